"""The trial of the candidates' channels: what it hides, what it compares with and how it counts."""

from __future__ import annotations

import doctest
import json
import re
import sys
from dataclasses import astuple, replace
from itertools import combinations, pairwise, permutations, product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import AGREEMENTS, SUBJECT, claims_of, member, partner, project, small_world, worlds

from emg_graph.analysis import nearness
from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.claims import Citation, Joint
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.nearness import similarity
from emg_graph.graph import Graph
from emg_graph.tables import Tables

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import recommendation
from recommendation import METHOD
from recommending import baselines, masking, nested
from recommending.bounds import BOUNDS, checked
from recommending.cases import (
    FAMILY,
    LINK,
    MASKINGS,
    Case,
    Subject,
    cases_of,
    described_as,
    field_of,
    groups_of,
    read_subjects,
    subjects_of,
    supporters_of,
    wrong_for,
)
from recommending.page import PEERS, _apart, page, written
from recommending.predictions import predictions
from recommending.rankings import (
    LAST,
    VARIANTS,
    candidates,
    columns,
    combination,
    near_by,
    placed,
    ranked,
)
from recommending.report import MEASURES, head
from recommending.scorecard import (
    DRAWS,
    Score,
    by_chance,
    estimate,
    mean_of,
    needed,
    score,
    score_of_list,
)
from recommending.trial import (
    ALL,
    FIELDS,
    LARGE,
    LEVEL,
    SPECIALISTS,
    Outcome,
    Trial,
    outcome,
    run_trial,
)
from recommending.ways import (
    BASE,
    BASELINES,
    BEST,
    CONTROL,
    EQUAL,
    HONEST,
    NESTINGS,
    SHIPPED,
    SVD,
    TEN,
    shipped_variant,
)

SOUTHERN = nx.davis_southern_women_graph()
DAVIS = nx.bipartite.biadjacency_matrix(
    SOUTHERN, SOUTHERN.graph["top"], SOUTHERN.graph["bottom"]
).toarray().astype(float)  # fmt: skip
RANKED = ("basel", "cbd", "escazu", "minamata")
"""Agreements of different clusters, but for two."""
READ = (*RANKED, "unccd", "unclos")


@pytest.fixture(scope="module")
def subjects(graph: Graph) -> dict[str, Subject]:
    return {subject.id: subject for subject in read_subjects(graph, READ)}


@pytest.fixture(scope="module")
def trial(subjects: dict[str, Subject]) -> Trial:
    """Return the trial of some agreements, with their families left out."""
    return run_trial([subjects[one] for one in RANKED], FAMILY, lambda _: None)


@pytest.fixture(scope="module")
def outcomes(trial: Trial) -> dict[str, Outcome]:
    return {field: outcome(trial, field) for field in FIELDS}


def tables_of(rows: int = 5, items: int = 6) -> st.SearchStrategy[baselines.Values]:
    cells = st.lists(st.sampled_from([0.0, 1.0]), min_size=rows * items, max_size=rows * items)
    return cells.map(lambda drawn: np.array(drawn).reshape(rows, items))


class TestBaselines:
    @pytest.mark.parametrize(
        ("name", "published"),
        [
            ("NBI", 0.861), ("density", 0.864), ("Jaccard", 0.846), ("PageRank", 0.777),
            ("popularity", 0.667),
        ],
    )  # fmt: skip
    def test_davis_with_each_edge_left_out(self, name: str, published: float) -> None:
        found = baselines.left_out(DAVIS, baselines.PREDICTORS[name])
        assert found == pytest.approx(published, abs=0.001)

    def test_jaccard_by_hand(self) -> None:
        table = np.array([[1, 1, 0], [1, 0, 1], [0, 0, 1]], float)
        found = baselines.jaccard_neighbours(table)
        assert found[0].tolist() == pytest.approx([1 / 3, 0, 1 / 3])
        assert found[2].tolist() == pytest.approx([1 / 2, 0, 1 / 2])

    def test_a_walk_is_that_of_networkx(self) -> None:
        women, events = SOUTHERN.graph["top"], SOUTHERN.graph["bottom"]
        walked = nx.pagerank(
            SOUTHERN, personalization={women[3]: 1}, weight=None, tol=1e-12, max_iter=999
        )
        found = baselines.pagerank(DAVIS)[3]
        assert found.tolist() == pytest.approx([walked[event] for event in events], abs=1e-9)

    def test_a_row_without_links_walks_nowhere(self) -> None:
        assert not baselines.pagerank(np.array([[0.0, 0.0], [1.0, 1.0]]))[0].any()

    @given(tables_of())
    def test_all_patterns_give_the_table_back(self, table: baselines.Values) -> None:
        assert baselines.decomposition(5)(table) == pytest.approx(table, abs=1e-9)

    @pytest.mark.parametrize("name", sorted(baselines.PREDICTORS))
    @given(data=st.data())
    def test_the_order_of_rows_and_items_says_nothing(self, name: str, data: st.DataObject) -> None:
        table = data.draw(tables_of())
        rows, items = data.draw(st.permutations(range(5))), data.draw(st.permutations(range(6)))
        moved = baselines.PREDICTORS[name](table[rows][:, items])
        assert moved == pytest.approx(baselines.PREDICTORS[name](table)[rows][:, items], abs=1e-9)


def in_order(order: tuple[int, ...], positives: frozenset[int]) -> Score:
    """Score one order, without equals, straight from the definitions."""
    places = [place for place, one in enumerate(order, 1) if one in positives]
    pairs = [(a, b) for a in positives for b in order if b not in positives]
    return Score(
        sum(place <= 5 for place in places) / len(places),
        sum(place <= 10 for place in places) / len(places),
        sum(i / place for i, place in enumerate(places, 1)) / len(places),
        sum(order.index(a) < order.index(b) for a, b in pairs) / len(pairs),
    )


class TestScorecard:
    @given(
        st.lists(st.sampled_from([0.1, 0.2, 0.3]), min_size=2, max_size=7).flatmap(
            lambda values: st.tuples(
                st.just(values),
                st.sets(st.integers(0, len(values) - 1), min_size=1, max_size=len(values) - 1),
            )
        )
    )
    def test_equals_are_put_in_every_order(self, drawn: tuple[list[float], set[int]]) -> None:
        values, positives = drawn
        orders = [
            order
            for order in permutations(range(len(values)))
            if all(values[a] >= values[b] for a, b in pairwise(order))
        ]
        expected = mean_of([in_order(order, frozenset(positives)) for order in orders])
        found = score(values, np.array([i in positives for i in range(len(values))]))
        assert found.precision == pytest.approx(expected.precision)
        assert found.auc == pytest.approx(expected.auc)
        assert found.recall_5 == pytest.approx(expected.recall_5)
        assert found.recall_10 == 1

    def test_the_first_of_all_is_found_and_the_last_is_not(self) -> None:
        first = np.arange(20) == 0
        assert score(-np.arange(20), first) == Score(1, 1, 1, 1)
        assert score(np.arange(20), first) == Score(0, 0, 1 / 20, 0)

    def test_all_equal_is_chance(self) -> None:
        found = score(np.zeros(20), np.arange(20) < 2)
        assert (found.recall_5, found.recall_10, found.auc) == pytest.approx((0.25, 0.5, 0.5))

    def test_what_differs_by_noise_alone_is_equal(self) -> None:
        found = score([0.1 + 0.2, 0.3], np.array([True, False]))
        assert found.auc == 0.5

    @given(
        st.lists(st.sampled_from([0.1, 0.2, 0.3]), min_size=2, max_size=7).flatmap(
            lambda values: st.tuples(
                st.just(values),
                st.sets(st.integers(0, len(values) - 1), min_size=1, max_size=len(values) - 1),
                st.integers(1, 5),
            )
        )
    )
    def test_of_those_tied_at_the_end_of_a_list_any_may_be_on_it(
        self, drawn: tuple[list[float], set[int], int]
    ) -> None:
        values, positives, length = drawn
        wanted = np.array([i in positives for i in range(len(values))])
        last = sorted(values, reverse=True)[min(length, len(values)) - 1]
        sure = {i for i, value in enumerate(values) if value > last}
        tied = [i for i, value in enumerate(values) if value == last]
        room = min(length, len(values)) - len(sure)
        lists = [sure | set(some) for some in combinations(tied, room)]
        expected = mean_of(
            [
                score([values[i] if i in listed else 0 for i in range(len(values))], wanted)
                for listed in lists
            ]
        )
        assert astuple(score_of_list(values, wanted, length)) == pytest.approx(astuple(expected))

    def test_a_list_ends_where_it_ends(self) -> None:
        values, wanted = [5.0, 4, 3, 3, 3, 1], np.array([False, False, False, False, True, False])
        found = score_of_list(values, wanted, 3)
        assert found.precision == pytest.approx(1 / 3 * 1 / 3 + 2 / 3 * (1 / 4 + 1 / 5 + 1 / 6) / 3)
        assert found.auc == pytest.approx((1 / 3 * 3 + 2 / 3 * 1) / 5)

    def test_chance_is_counted_over_every_choice_of_signs(self) -> None:
        values, groups = [0.5, 0.3, -0.2, 0.1], ["a", "a", "b", "c"]
        sums = {"a": 0.8, "b": -0.2, "c": 0.1}
        all_sums = [
            sum(sign * value for sign, value in zip(signs, sums.values(), strict=True))
            for signs in product((1, -1), repeat=3)
        ]
        as_far = [abs(one) >= sum(values) - 1e-9 for one in all_sums]
        assert sum(as_far) == 6
        assert by_chance(values, groups) == pytest.approx(6 / 8)
        assert by_chance([0.1] * 10, list("abcdefghij")) == pytest.approx(2 / 1024)
        assert by_chance([0.0, 0.0], ["a", "b"]) == 1
        assert by_chance([0.4], ["a"]) == 1

    @given(st.lists(st.floats(-1, 1), min_size=2, max_size=6), st.data())
    def test_chance_is_the_same_either_way(self, values: list[float], data: st.DataObject) -> None:
        groups = data.draw(st.lists(st.sampled_from("abc"), min_size=6, max_size=6))[: len(values)]
        found = by_chance(values, groups)
        assert 2 / 2 ** len(set(groups)) <= found <= 1
        assert found == by_chance([-value for value in values], groups)

    def test_an_interval_holds_the_mean_and_draws_whole_groups(self) -> None:
        found = estimate([0.0, 0.0, 1.0, 1.0], ["a", "a", "b", "b"])
        assert (found.mean, found.low, found.high) == (0.5, 0.0, 1.0)
        assert estimate([0.3, 0.5], ["a", "a"]).low == pytest.approx(0.4)
        assert estimate([0.3, 0.5], ["a", "a"]).high == pytest.approx(0.4)

    def test_an_interval_is_the_same_each_time(self) -> None:
        values, groups = [0.1, 0.5, 0.2, 0.9], ["a", "b", "c", "d"]
        assert estimate(values, groups) == estimate(values, groups, DRAWS)

    def test_how_many_would_show_a_difference(self) -> None:
        assert needed([0.1, 0.3], ["a", "b"]) == pytest.approx(7.849 * 0.02 / 0.04)
        assert needed([0.1, 0.1, 0.3], ["a", "a", "b"]) == pytest.approx(7.849 * 0.02 / 0.04)
        assert needed([-0.1, 0.1], ["a", "b"]) == float("inf")


class TestNested:
    def test_the_examples(self) -> None:
        assert doctest.testmod(nested).failed == 0

    def test_a_grid_has_each_weighting_once(self) -> None:
        found = [tuple(weights.values()) for weights in nested.grid("ABCD")]
        shares = {tuple(value / sum(weights) for value in weights) for weights in found}
        assert len(found) == len(shares) == 65
        assert found[0] == (1, 1, 1, 1)
        assert {(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)} <= {
            tuple(value / max(weights) for value in weights) for weights in found
        }

    def test_what_is_best_elsewhere_is_chosen_and_of_equals_the_first(self) -> None:
        worth = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.5]])
        assert nested.chosen(worth, ["a", "b", "c"]) == [0, 1, 0]

    @given(st.lists(st.floats(0, 1), min_size=12, max_size=12), st.floats(0, 1))
    def test_no_agreement_has_a_say_in_its_own_choice(
        self, drawn: list[float], other: float
    ) -> None:
        worth, groups = np.array(drawn).reshape(4, 3), ["a", "a", "b", "c"]
        changed = worth.copy()
        changed[:2] = other
        assert nested.chosen(worth, groups)[:2] == nested.chosen(changed, groups)[:2]


def masked_world() -> Evidence:
    """Return a world in which a1 is a protocol of a0, m0 serves these alone and m1 others too."""
    page, other = Citation("s1", "p. 7"), Citation("s1", "p. 8")
    found = small_world(
        roles=(
            replace(partner("e0", "a0", claim="r0"), citation=page),
            replace(partner("e0", "a2", claim="r1"), citation=page),
            replace(partner("e0", "a3", claim="r2"), citation=other),
            replace(partner("e1", "a1", claim="r3"), citation=page),
            replace(partner("e1", "a2", claim="r4"), citation=other),
            replace(partner("e2", "a0", claim="r5", role="secretariat"), citation=other),
            replace(partner("e2", "a2", claim="r6", role="secretariat"), citation=other),
            partner("m0", "a0", claim="r7"),
            partner("m1", "a1", claim="r8"),
            replace(partner("m1", "a3", claim="r9"), citation=other),
            replace(partner("e3", "a2", claim="r10"), via="m0"),
            replace(partner("e0", "a2", claim="r11", basis="via-mechanism"), via="m1"),
        ),
        memberships=(
            member("e0", "m0", claim="m0"),
            member("e0", "m1", claim="m1"),
            member("e3", "m0", claim="m2"),
        ),
        joints=(
            Joint("j0", "Report", "existing", "e0", "a0", "stated", page),
            Joint("j0", "Report", "existing", "e1", "a2", "stated", page),
            Joint("j1", "Report", "existing", "e0", "a3", "stated", page),
        ),
    )
    agreements = {**found.agreements, "a1": replace(found.agreements["a1"], parent="a0")}
    works = (
        project("e0", "a1", "p0", "p1"), project("e0", "a2", "p1", "p2"),
        project("e0", "a3", "p1"), project("e1", "a2", "p1"),
        project("e0", "a0", "p3", kind="focal-area"), project("e0", "a2", "p3"),
    )  # fmt: skip
    return replace(found, agreements=agreements, works=works)


class TestMasking:
    def test_what_each_body_serves(self) -> None:
        assert masking.served_by(masked_world()) == {
            "m0": frozenset({"a0", "a2"}),
            "m1": frozenset({"a1", "a2", "a3"}),
        }

    def test_a_family_goes_with_its_twins_and_bodies(self) -> None:
        world = masked_world()
        world = replace(world, roles=tuple(r for r in world.roles if r.claim != "r10"))
        world = replace(
            world,
            roles=(*world.roles, partner("w0", "a2", claim="r12")),
            memberships=(*world.memberships, member("e1", "w0", claim="m3")),
        )
        rest = masking.without_family(world, "a0")
        assert [role.claim for role in rest.roles] == ["r2", "r4", "r6", "r12"]
        assert [m.claim for m in rest.memberships] == ["m3"]
        assert [joint.product for joint in rest.joints] == ["j1"]
        assert [(w.actor, w.agreement, w.items) for w in rest.works] == [
            ("e0", "a2", ("p2",)),
            ("e1", "a2", ("p1",)),
            ("e0", "a2", ("p3",)),
        ]

    def test_twins_can_be_left_to_see_what_they_give_away(self) -> None:
        rest = masking.without_family(masked_world(), "a0", twins=False)
        assert "r1" in {role.claim for role in rest.roles}
        assert "r1" not in {r.claim for r in masking.without_family(masked_world(), "a0").roles}

    def test_a_link_goes_and_those_of_others_stay(self) -> None:
        rest = masking.without_link(masked_world(), "a0", "e0")
        gone = {r.claim for r in masked_world().roles} - {r.claim for r in rest.roles}
        assert gone == {"r0", "r1"}
        assert [m.claim for m in rest.memberships] == ["m1", "m2"]
        assert [(j.product, j.actor) for j in rest.joints] == [("j0", "e1"), ("j1", "e0")]
        assert rest.works == masked_world().works[:4] + masked_world().works[5:]

    def test_roles_through_its_bodies_go_with_a_link(self) -> None:
        rest = masking.without_link(masked_world(), "a1", "e0")
        gone = {r.claim for r in masked_world().roles} - {r.claim for r in rest.roles}
        assert gone == {"r11"}
        assert [m.claim for m in rest.memberships] == ["m0", "m2"]
        assert [w.items for w in rest.works if w.actor == "e0"] == [("p2",), ("p3",), ("p3",)]

    def test_no_body_that_serves_the_family_and_others_is_left(self, graph: Graph) -> None:
        served = masking.served_by(graph.evidence)
        family = masking.family_of(graph.evidence, "minamata")
        both = {body for body, of in served.items() if of & family and of - family}
        assert both
        rest = masking.without_family(graph.evidence, "minamata")
        assert not both & {m.body for m in rest.memberships}
        assert not both & {body for role in rest.roles for body in (role.actor, role.via)}
        others = {m for m in graph.evidence.memberships if not served.get(m.body, set()) & family}
        assert others == set(rest.memberships)

    @given(worlds)
    def test_nothing_of_the_family_is_left(self, world: Evidence) -> None:
        rest = masking.without_family(world, SUBJECT)
        family = masking.family_of(world, SUBJECT)
        assert not family & {role.agreement for role in rest.roles}
        assert not family & {work.agreement for work in rest.works}
        assert not family & {joint.agreement for joint in rest.joints}
        assert not any(family & (p.agreements | p.inferred_agreements) for p in rest.positions)
        said = masking.statements(role for role in world.roles if role.agreement in family)
        assert not said & {(role.actor, role.citation) for role in rest.roles}

    @given(worlds, st.sampled_from(["e0", "e1"]))
    def test_a_link_takes_nothing_from_others(self, world: Evidence, actor: str) -> None:
        rest = masking.without_link(world, SUBJECT, actor)
        for before, after in zip(claims_of(world), claims_of(rest), strict=True):
            assert [c for c in before if c.actor != actor] == [c for c in after if c.actor != actor]
        own = [role for role in rest.roles if role.actor == actor]
        assert SUBJECT not in {role.agreement for role in own}

    @given(worlds)
    def test_what_is_hidden_adds_nothing(self, world: Evidence) -> None:
        for rest in (
            masking.without_family(world, SUBJECT),
            masking.without_link(world, SUBJECT, "e0"),
        ):
            for before, after in zip(claims_of(world), claims_of(rest), strict=True):
                if before and not hasattr(before[0], "items"):
                    assert set(after) <= set(before)
            items = {(w.actor, w.agreement, item) for w in world.works for item in w.items}
            assert {(w.actor, w.agreement, i) for w in rest.works for i in w.items} <= items


class TestCases:
    def test_agreements_of_one_statement_or_family_are_of_one_group(self) -> None:
        world = masked_world()
        assert groups_of(world, AGREEMENTS) == {"a0": "a0", "a1": "a0", "a2": "a0", "a3": "a3"}

    def test_the_field_is_without_those_who_run_it(self) -> None:
        world = masked_world()
        assert field_of(world, "a0") == ("e0", "e1", "e3", "e4")
        assert field_of(world, "a3") == ("e0", "e1", "e2", "e3", "e4")

    def test_a_supporter_has_a_documented_role_of_its_own(self) -> None:
        world = masked_world()
        assert supporters_of(world, "a0") == ("e0",)
        assert supporters_of(world, "a2") == ("e0", "e1", "e3")
        assert supporters_of(world, "a3") == ("e0",)

    def test_supporters_are_those_of_the_table(self, graph: Graph, tables: Tables) -> None:
        beside = FORMAL_ROLES | RUNNING_ROLES
        rows = [role.model_dump() for role in tables.rows["roles"]]
        found: dict[str, set[str]] = {one: set() for one in graph.evidence.agreements}
        for row in rows:
            stated = (row["basis"], row["standing"]) == ("stated", "current")
            if stated and row["role"] not in beside:
                found[row["agreement"]].add(row["entity"])
        expected = {one: found[one] & set(field_of(graph.evidence, one)) for one in found}
        chosen = {one: set(actors) for one, actors in subjects_of(graph.evidence).items()}
        assert chosen == {one: actors for one, actors in expected.items() if len(actors) >= 2}

    def test_the_three_conventions_of_one_secretariat_are_one_group(self, graph: Graph) -> None:
        group = groups_of(graph.evidence, list(subjects_of(graph.evidence)))
        assert group["basel"] == group["rotterdam"] == group["stockholm"] == "basel"
        assert group["kyoto"] == group["unfccc"]
        assert group["minamata"] == "minamata"

    @pytest.mark.parametrize("masking", MASKINGS)
    def test_who_is_looked_for_is_no_longer_linked(
        self, subjects: dict[str, Subject], masking: str
    ) -> None:
        for subject in subjects.values():
            cases = cases_of(subject, masking)
            found = [actor for case in cases for actor in case.positives]
            assert sorted(found) == sorted(subject.supporters)
            for case in cases:
                roles = {r.actor for r in case.evidence.roles if r.agreement == subject.id}
                works = {w.actor for w in case.evidence.works if w.agreement == subject.id}
                assert case.positives <= set(case.actors)
                assert not (roles | works) & case.positives

    def test_the_other_supporters_stay_and_are_not_ranked(
        self, subjects: dict[str, Subject]
    ) -> None:
        subject = subjects["minamata"]
        for case in cases_of(subject, LINK):
            others = set(subject.supporters) - case.positives
            assert not others & set(case.actors)
            assert others <= set(supporters_of(case.evidence, "minamata"))

    def test_a_control_lends_the_description_alone(self, subjects: dict[str, Subject]) -> None:
        own, other = subjects["minamata"], subjects["cbd"]
        assert other in wrong_for(own, list(subjects.values()))
        assert subjects["basel"] not in wrong_for(own, list(subjects.values()))
        for case in (*cases_of(own, FAMILY), *cases_of(own, LINK)[:1]):
            lent = described_as(case, other)
            assert lent.roles == case.evidence.roles
            assert lent.agreements["minamata"].themes == lent.agreements["cbd"].themes
            assert lent.agreements["minamata"].secretariat == "minamata-secretariat"
            assert lent.goals["minamata"] == lent.goals.get("cbd", ())

    @pytest.mark.parametrize(("one", "other"), [("a0", "a1"), ("a1", "a0")])
    def test_a_control_is_of_no_family(self, one: str, other: str) -> None:
        world = masked_world()
        assert similarity(world, world.agreements[one], world.agreements[other]) == 1
        agreements = dict(world.agreements)
        for name, theme in (("a0", "t0"), ("a1", "t1"), ("a3", "t3")):
            agreements[name] = replace(agreements[name], themes=frozenset({theme}))
        world = replace(world, agreements=agreements)
        own = Subject(one, "a0", field_of(world, one), ("e0",), world)
        lent = Subject("a3", "a3", field_of(world, "a3"), ("e0",), world)
        (case, *_) = cases_of(own, LINK)
        wrong = described_as(case, lent)
        near = {
            name: similarity(wrong, wrong.agreements[one], wrong.agreements[name])
            for name in (other, "a3")
        }
        assert near == {other: 0, "a3": 1}
        assert case.evidence.family(one) == case.evidence.family(other), "the case is as it was"


class TestRankings:
    @pytest.mark.parametrize("masking", MASKINGS)
    def test_what_is_shipped_is_the_weighted_mean(
        self, subjects: dict[str, Subject], masking: str
    ) -> None:
        for case in (case for one in subjects.values() for case in cases_of(one, masking)):
            field = candidates(case.evidence, case.subject.id)
            shipped = placed(case, field)
            kept = np.array([actor in field for actor in case.actors])
            again = combination(columns(case, field, VARIANTS[BASE]))
            assert shipped.tolist() == pytest.approx(again.tolist(), abs=1e-9)
            assert (shipped[~kept] == LAST).all()
            assert (shipped[kept] >= 0).all()

    def test_percentiles_are_those_among_all_candidates(self, subjects: dict[str, Subject]) -> None:
        (case,) = cases_of(subjects["unclos"], FAMILY)
        field = candidates(case.evidence, "unclos")
        outside = set(field) - set(case.actors)
        assert outside, "who runs the agreement is a candidate once its link is hidden"
        found = ranked(case)
        few = columns(case, set(field) - outside, VARIANTS[BASE])
        assert any((few[name] != found.columns[BASE][name]).any() for name in few)
        assert {len(values) for values in found.baselines.values()} == {len(case.actors)}
        assert all(((values >= 0) == (found.shipped >= 0)).all() for values in found.fifth.values())

    def test_variants_are_tried_and_taken_back(self, subjects: dict[str, Subject]) -> None:
        before = nearness.NEARNESS
        with near_by({"themes": 1.0}):
            assert nearness.NEARNESS == {"themes": 1.0}
        assert nearness.NEARNESS is before
        (case,) = cases_of(subjects["minamata"], FAMILY)
        field = candidates(case.evidence, case.subject.id)
        found = {name: columns(case, field, one) for name, one in VARIANTS.items()}
        assert (found["themes"]["A"] != found["cluster, themes"]["A"]).any()
        assert (found["themes"]["B"] == found["cluster, themes"]["B"]).all()
        assert (found["themes"]["A"] != found["themes, share"]["A"]).any()

    def test_a_variant_that_nobody_tried_is_named(self) -> None:
        with pytest.raises(ValueError, match=r"add \{'themes': 7\} to rankings.GROUNDS"):
            shipped_variant({"themes": 7})

    def test_baselines_see_the_masked_record(self, subjects: dict[str, Subject]) -> None:
        (case,) = cases_of(subjects["cbd"], FAMILY)
        found = predictions(case, case.actors)
        roles = [r for r in case.evidence.roles if r.documented and r.agreement != "cbd"]
        any_role = [len({r.agreement for r in roles if r.actor == one}) for one in case.actors]
        roles = [role for role in roles if role.role not in FORMAL_ROLES]
        own = [len({r.agreement for r in roles if r.actor == actor}) for actor in case.actors]
        assert found["popularity"].tolist() == own
        assert found["popularity, any role"].tolist() == any_role
        seats = [
            len({m.body for m in case.evidence.memberships
                 if m.actor == actor and (m.basis, m.standing) == ("stated", "current")})
            for actor in case.actors
        ]  # fmt: skip
        assert found[BEST].tolist() == [a + b for a, b in zip(own, seats, strict=True)]
        assert {len(values) for values in found.values()} == {len(case.actors)}

    def test_neighbours_by_hand(self) -> None:
        world = small_world(
            roles=(
                partner("e0", "a1", claim="r0"), partner("e0", "a2", claim="r1"),
                partner("e1", "a1", claim="r2"), partner("e1", "a0", claim="r3"),
                partner("e2", "a0", claim="r4"),
            )
        )  # fmt: skip
        subject = Subject("a0", "a0", field_of(world, "a0"), ("e1", "e2"), world)
        case = Case(subject, LINK, world, ("e0", "e3"), frozenset({"e0"}))
        found = predictions(case, case.actors)
        assert found["Jaccard, entities"].tolist() == pytest.approx([1 / 3, 0])
        assert found["popularity"].tolist() == [2, 0]
        assert found["NBI"].tolist() == pytest.approx([1 / 4, 0])


class TestOutcome:
    def test_every_way_is_measured_on_every_agreement(self, outcomes: dict[str, Outcome]) -> None:
        found = outcomes[ALL]
        assert {*BASELINES, *NESTINGS, SHIPPED} <= set(found.ways)
        assert found.ways[SHIPPED] == found.ways[EQUAL], "the weights are equal as shipped"
        assert {tuple(scores) for scores in found.ways.values()} == {RANKED}
        assert set(found.choices[SVD].values()) <= {f"SVD, rank {rank}" for rank in range(1, 13)}

    def test_popularity_is_counted_by_hand(
        self, trial: Trial, outcomes: dict[str, Outcome]
    ) -> None:
        (one,) = (r for r in trial.ranked if r.case.subject.id == "escazu")
        actors = [actor for actor in one.case.actors if actor not in LARGE]
        held = dict(zip(one.case.actors, one.baselines["popularity"], strict=True))
        below = sum(held[a] < held["ohchr"] for a in actors)
        equal = sum(held[a] == held["ohchr"] for a in actors) - 1
        measured = outcomes[SPECIALISTS].ways["popularity"]["escazu"]
        assert measured.auc == pytest.approx((below + equal / 2) / (len(actors) - 1))

    def test_the_ten_of_specialists_are_ten_of_them(
        self, trial: Trial, outcomes: dict[str, Outcome]
    ) -> None:
        (one,) = (r for r in trial.ranked if r.case.subject.id == "minamata")
        within = np.array([actor not in LARGE for actor in one.case.actors])
        wanted = np.array([actor in one.case.positives for actor in one.case.actors])[within]
        connected = one.baselines[BEST][within]
        found = outcomes[SPECIALISTS].ways[TEN]["minamata"]
        assert found == score_of_list(connected, wanted, 10)
        last = np.sort(connected)[-10]
        above, tied = connected > last, connected == last
        assert tied.sum() > 10 - above.sum(), "some of equals are on the list"
        hits = wanted[above].sum() + wanted[tied].sum() * (10 - above.sum()) / tied.sum()
        assert found.recall_10 == pytest.approx(hits / wanted.sum())
        assert score(connected, wanted) == outcomes[SPECIALISTS].ways[BEST]["minamata"]

    def test_no_agreement_chooses_for_itself(self, trial: Trial) -> None:
        found = outcome(trial, ALL)
        best = {
            way: {a: found.ways[way][a].precision for a in RANKED}
            for way in (EQUAL, *(name for name in found.ways if name.startswith("near by")))
        }
        for agreement in RANKED:
            others = [a for a in RANKED if trial.groups[a] != trial.groups[agreement]]
            worth = {way: np.mean([values[a] for a in others]) for way, values in best.items()}
            most = max(worth.values())
            equals = [way for way, value in worth.items() if value == pytest.approx(most)]
            mine = found.ways[HONEST][agreement].precision
            assert mine in [pytest.approx(best[way][agreement]) for way in equals]

    def test_a_difference_is_paired(self, outcomes: dict[str, Outcome]) -> None:
        found = outcomes[ALL]
        apart = [
            found.ways[SHIPPED][a].precision - found.ways["density"][a].precision for a in RANKED
        ]
        assert found.difference(SHIPPED, "density").mean == pytest.approx(np.mean(apart))
        less = found.without_each(SHIPPED, "density")
        assert less["basel"] == pytest.approx(np.mean(apart[1:]))
        nothing = found.difference(SHIPPED, SHIPPED)
        assert (nothing.mean, nothing.low, nothing.high) == (0, 0, 0)
        assert found.needed(SHIPPED, SHIPPED) == float("inf")
        group, left = found.moved_most(SHIPPED, "density")
        whole = found.difference(SHIPPED, "density").mean
        assert abs(left - whole) == max(abs(value - whole) for value in less.values())
        assert less[group] == left

    def test_shown_is_what_the_interval_and_chance_both_say(
        self, outcomes: dict[str, Outcome]
    ) -> None:
        found, names = outcomes[ALL], [f"g{i}" for i in range(8)]
        agreements = dict(zip(names, names, strict=True))

        def told(values: list[float]) -> Outcome:
            one = {a: Score(0, 0, v, 0) for a, v in zip(names, values, strict=False)}
            nothing = dict.fromkeys(one, Score(0, 0, 0, 0))
            return replace(found, groups=agreements, ways={"one": one, "other": nothing})

        few = told([0.2] * 4)
        assert few.difference("one", "other").low > 0
        assert few.by_chance("one", "other") > LEVEL
        assert not few.shown("one", "other")
        assert told([0.2] * 8).shown("one", "other")
        assert not told([-0.2] * 8).shown("one", "other")

    def test_the_command_prints_writes_and_judges(
        self,
        subjects: dict[str, Subject],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        some = [subjects["cbd"], subjects["escazu"]]
        monkeypatch.setattr(recommendation, "read_subjects", lambda _: some)
        monkeypatch.setattr(recommendation, "open_graph", lambda: _Hashed())
        code = recommendation.main(["--quick", "--json", str(tmp_path / "numbers.json")])
        printed = capsys.readouterr()
        assert printed.err.splitlines() == ["family: cbd", "family: escazu"]
        assert max(map(len, printed.out.splitlines())) <= 100
        assert code == int("FAILS" in printed.out)
        assert printed.out.count(": MAP above ") + printed.out.count(": AUC above ") == len(BOUNDS)
        short = printed.out.partition("in short, as docs/method.md has it (data 0123):")[2]
        assert short.count("| control |") == 2 * len(FIELDS) + 1
        numbers = json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8"))
        assert numbers["data"] == "0123"
        assert [one["id"] for one in numbers["agreements"]] == ["cbd", "escazu"]
        assert {one["field"] for one in numbers["outcomes"]} == set(FIELDS)
        for one in numbers["outcomes"]:
            for measure in MEASURES:
                values = [each[measure] for each in one["by_agreement"].values()]
                known = one[measure]
                assert known["mean"] == pytest.approx(np.mean(values))
                assert known["low"] <= known["mean"] <= known["high"]
            assert 0 < one["nested_variant_less_this"]["p"] <= 1


class TestTelling:
    def test_a_bound_fails_where_the_interval_reaches_nothing(
        self, outcomes: dict[str, Outcome]
    ) -> None:
        found = checked({FAMILY: outcomes})
        assert len(found) == len(BOUNDS) == len(set(BOUNDS))
        for one in found:
            bound = one.bound
            ways = (bound.one, bound.other, bound.measure)
            apart = outcomes[bound.field].difference(*ways)
            assert (one.apart, one.holds) == (apart.signed, apart.low > 0)
            assert one.shown == outcomes[bound.field].shown(*ways)
        same = {field: replace(one, ways={**one.ways, CONTROL: one.ways[HONEST]})
                for field, one in outcomes.items()}  # fmt: skip
        failed = [one.bound for one in checked({FAMILY: same}) if not one.holds]
        assert {b for b in BOUNDS if (b.one, b.other) == (HONEST, CONTROL)} <= set(failed)

    def test_the_page_has_each_peer_with_every_measure(self, outcomes: dict[str, Outcome]) -> None:
        rows = [line.strip("| ").split(" | ") for line in page({FAMILY: outcomes}, "0123" * 4)]
        found = [row for row in rows if row[0] == BEST]
        assert len(found) == 2 * len(FIELDS) + 1
        for field, means, less in zip(FIELDS, found, found[len(FIELDS) :], strict=False):
            one = outcomes[field]
            assert means[1:] == [str(one.estimate(BEST, measure)) for measure in MEASURES]
            group, left = one.moved_most(HONEST, BEST)
            assert less[1] == one.difference(HONEST, BEST).signed
            assert less[2].strip("*") == f"{one.by_chance(HONEST, BEST):.3f}"
            assert less[-1] == f"{left:+.3f} without {group}"
        for place, field in enumerate(FIELDS):
            apart, chance = found[-1][1 + 2 * place : 3 + 2 * place]
            assert apart == outcomes[field].difference(HONEST, BEST, "auc").signed
            assert chance.strip("*") == f"{outcomes[field].by_chance(HONEST, BEST, 'auc'):.3f}"
        assert {row[0] for row in rows} >= {*PEERS, HONEST, SHIPPED, "half of D", "C alone"}

    def test_bold_is_what_is_shown(self, outcomes: dict[str, Outcome]) -> None:
        ways = {HONEST: "nested variant", "good": "good", "same": "same"}
        names = [f"g{i}" for i in range(6)]
        worth = {HONEST: 0.6, "good": 0.2, "same": 0.6}
        scored = {
            way: {name: Score(worth[way], worth[way], worth[way], worth[way]) for name in names}
            for way in ways
        }
        one = replace(
            outcomes[ALL], groups=dict(zip(names, names, strict=True)), ways=scored, choices={}
        )
        assert _apart(one, HONEST, "good", "auc") == ("+0.400 (+0.400 to +0.400)", "**0.031**")
        assert _apart(one, HONEST, "same", "auc") == ("+0.000 (+0.000 to +0.000)", "1.000")

    def test_links_and_who_has_them_are_counted_apart(self, subjects: dict[str, Subject]) -> None:
        some = [subjects["basel"], subjects["minamata"]]
        links = [who for one in some for who in one.supporters]
        assert len(set(links)) < len(links)
        told = list(head(some))[1]
        assert told.startswith(f"{len(links)} links of support, by {len(set(links))} of the ")

    def test_the_tables_take_the_place_of_the_old_ones(self, outcomes: dict[str, Outcome]) -> None:
        tables = list(page({FAMILY: outcomes}, "0123" * 4))
        heads = [one for one, rule in pairwise(tables) if "|---" in rule]
        old = "\n".join(f"Before.\n\n{head}\n|---|\n| old | 1 |\n" for head in heads)
        text = written(f"Its last tables, on data 99ff.\n\n{old}\nAfter.\n", tables, "0123" * 4)
        assert [line for line in text.splitlines() if line.startswith("|")] == [
            line for line in tables if line.startswith("|")
        ]
        assert text.startswith("Its last tables, on data 012301230123.\n\nBefore.\n\n| all |")
        assert text.endswith("|\n\nAfter.\n")
        assert text.count("Before.") == len(heads) == 2 * len(FIELDS) + 2
        assert written(text, tables, "0123" * 4) == text
        with pytest.raises(ValueError, match="not in list"):
            written("no tables", tables, "")

    def test_the_page_of_the_method_is_of_these_tables(self, graph: Graph) -> None:
        text = METHOD.read_text(encoding="utf-8")
        said = re.findall(r"last tables, on data ([0-9a-f]+)", text)
        assert said == [graph.data_hash[:12]], "run benchmarks/recommendation.py --write"
        rows = [line.strip("| ").split(" | ")[0] for line in text.splitlines() if "|" in line]
        for peer in PEERS:
            tables = 2 * len(FIELDS) + 2
            assert rows.count(peer) == tables, "run benchmarks/recommendation.py --write"
        assert "python benchmarks/recommendation.py" in text

    def test_the_page_of_the_method_says_how_often_it_compares(self, graph: Graph) -> None:
        text = METHOD.read_text(encoding="utf-8")
        subjects = subjects_of(graph.evidence)
        groups = set(groups_of(graph.evidence, list(subjects)).values())
        assert f"compare {3 * len(FIELDS) * len(PEERS)} times" in text
        assert f"All {2 ** len(groups):,} choices" in text
        links = [who for supporters in subjects.values() for who in supporters]
        assert f"{len(links)} links of support, by {len(set(links))} entities" in text


class _Hashed:
    data_hash = "0123"
