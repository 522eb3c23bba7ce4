"""The network: read from the small folder by hand, projected, searched for gaps, cut around."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from folders import SMALL, DataFolder
from hypothesis import given
from hypothesis import settings as cheap
from hypothesis import strategies as st
from networks import READ, STATED, Row, rows, whole, worlds

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.network import (
    BASES,
    CANDIDATES,
    CONFIDENCES,
    KINDS,
    RELATIONS,
    STANDINGS,
    Fact,
    Link,
    Network,
    agreements,
    around,
    entities,
    gaps,
    with_candidates,
)
from emg_graph.graph import Graph, open_graph
from emg_graph.views.network import near, view_of

DEPOSIT = replace(STATED, term="depositary")
RUNNING = replace(STATED, term="secretariat")
WEAKER = (
    READ,
    replace(STATED, basis="via-mechanism"),
    replace(STATED, standing="historic"),
    replace(STATED, standing="planned"),
)
few = cheap(max_examples=40)


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture(scope="module")
def davis() -> Network:
    """Return the Southern Women of Davis, Gardner and Gardner (1941) and their 14 events."""
    made = nx.davis_southern_women_graph()
    events = sorted(made.graph["bottom"], key=lambda name: int(name[1:]))
    ids = {event: f"a{i}" for i, event in enumerate(events)}
    ids |= {woman: f"e-{woman.split()[0]}" for woman in made.graph["top"]}
    return whole(
        (ids[woman], ids[event], "role", STATED)
        for woman in made.graph["top"]
        for event in made[woman]
    )


def link(network: Network, start: str, relation: str, end: str) -> Link:
    (found,) = [
        one for one in network.links if (one.start, one.relation, one.end) == (start, relation, end)
    ]
    return found


def of(network: Network, relation: str) -> dict[tuple[str, str], Link]:
    return {(one.start, one.end): one for one in network.links if one.relation == relation}


def sentences(network: Network, start: str, relation: str, end: str) -> list[str]:
    return [fact.sentence for fact in link(network, start, relation, end).facts]


class TestReading:
    def test_each_table_gives_the_links_that_were_counted_in_it_by_hand(self, small: Graph) -> None:
        counts = Counter(one.relation for one in small.links.links)
        assert counts == {
            "theme": 33,  # the lists of themes of agreements, bodies and the product
            "role": 11,  # 14 rows, three of UNEP and two of WHO in Minamata
            "position": 11,  # ITC 4 themes; UNICEF theme, 2 entities, product, Minamata; UNU 2
            "membership": 6,  # 7 rows, two of UNEP in the Global Mercury Partnership
            "product": 3,
            "parent": 3,
        }

    def test_everything_stands_there_but_functions(self, small: Graph) -> None:
        counts = Counter(node.kind for node in small.links.nodes)
        assert counts == {
            "agreement": 3, "entity": 9, "mechanism": 3, "product": 1, "theme": 23, "workstream": 2,
        }  # fmt: skip
        assert len(small.links.known) == 50
        touched = {end for one in small.links.links for end in (one.start, one.end)}
        assert "environmental-law" not in touched, "a theme that nothing has"
        assert "environmental-law" in {node.id for node in small.links.nodes}

    def test_a_treaty_is_called_by_its_acronym_unless_that_is_too_short(self, graph: Graph) -> None:
        assert graph.links.known["minamata"].label == "Minamata Convention"
        assert graph.links.known["cites"].label == "CITES"
        assert graph.links.known["minamata-secretariat"].label == "Minamata Secretariat"

    def test_a_thing_has_its_names_and_its_source(self, small: Graph) -> None:
        node = small.links.known["basel"]
        assert (node.kind, node.detail) == ("agreement", "Convention")
        assert node.name.startswith("Basel Convention on the Control")
        assert {"BC", "Basel"} <= {*node.aliases}
        assert not {node.name, node.label} & {*node.aliases}
        assert (node.source, node.locator) == ("untc-xxvii-3", "whole page")
        assert node.themes == {"chemicals", "e-waste", "plastics", "waste"}
        assert small.links.known["unep"].themes == frozenset()

    def test_a_link_has_a_fact_for_each_claim_the_strongest_first(self, small: Graph) -> None:
        found = link(small.links, "unep", "role", "minamata")
        assert [(fact.term, fact.basis) for fact in found.facts] == [
            ("administers", "stated"), ("capacity-partner", "stated"),
            ("indicator-custodian", "inferred"),
        ]  # fmt: skip
        assert found.facts[0].source == "codexis-minamata-article-24"
        assert found.facts[0].locator == "Art. 24.3"

    def test_what_a_link_says_is_what_its_strongest_facts_say(self, small: Graph) -> None:
        found = link(small.links, "unep", "role", "minamata")
        assert (found.basis, found.standing) == ("stated", "current")
        assert (found.evidence, found.weight) == (2, 2.0), "the inferred one is not counted"
        assert found.functions == ("capacity", "convening"), "data rests on the inferred one"
        historic = link(small.links, "who", "role", "minamata")
        assert [fact.standing for fact in historic.facts] == ["current", "historic"]
        assert (historic.evidence, historic.functions) == (1, ("knowledge", "policy"))

    @pytest.mark.parametrize(
        ("start", "relation", "end", "expected"),
        [
            ("world-bank", "role", "minamata",
             "World Bank (trustee for the Minamata Convention through GEF): is trustee of the GEF,"
             " which serves the Convention."),
            ("brs-secretariat", "membership", "green-customs",
             "BRS Secretariat is a member of Green Customs."),
            ("unep", "membership", "global-mercury-partnership",
             "UNEP hosts Global Mercury Partnership."),
            ("unu", "position", "environmental-governance",
             "At the SOM31 Senior Segment UNU offered and said: stressed the need to live up to"
             " sustainability aims in practice, and offered training of UN focal points on the UN"
             " Sustainability Strategy"
             " and help with progress reports, with weight on sharing knowledge and active"
             " engagement."),
            ("unicef", "product", "unicef-minamata-mercury-report",
             "UNICEF is named as a party to the joint product UNICEF–Minamata secretariat report on"
             " mercury (announced)."),
            ("unicef-minamata-mercury-report", "product", "minamata",
             "UNICEF–Minamata secretariat report on mercury (announced) concerns the Minamata"
             " Convention."),
            ("gef", "theme", "land-degradation",
             "GEF is about land degradation and desertification, by its title, cluster or stated"
             " purpose."),
            ("basel-ban", "parent", "basel",
             "Basel Ban Amendment stands under the Basel Convention."),
            ("brs-secretariat", "parent", "unep", "BRS Secretariat is part of UNEP."),
        ],
    )  # fmt: skip
    def test_a_fact_is_a_sentence(
        self, small: Graph, start: str, relation: str, end: str, expected: str
    ) -> None:
        assert sentences(small.links, start, relation, end)[0] == expected

    def test_what_is_read_into_a_position_says_so_and_is_inferred(self, small: Graph) -> None:
        found = link(small.links, "unicef", "position", "minamata")
        assert found.basis == "inferred"
        start = (
            "At the SOM31 Senior Segment UNICEF proposed (read as about the Minamata Convention):"
            " encouraged small"
        )
        assert found.facts[0].sentence.startswith(start)
        plain = sentences(small.links, "unicef", "position", "who")
        assert plain == sentences(small.links, "unicef", "position", "coordination")

    def test_past_and_planned_memberships_are_told_as_such(self, tmp_path: Path) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("participations", "standing", "historic", 0)
        data.set("participations", "from_on", "2011-09", 0)
        data.set("participations", "to_on", "2020", 0)
        data.set("participations", "standing", "planned", 1)
        data.set("participations", "from_on", "2030", 1)
        found = open_graph("memory:", data.path).links
        assert sentences(found, "brs-secretariat", "membership", "global-mercury-partnership") == [
            "BRS Secretariat was a partner of Global Mercury Partnership, from 2011-09 until 2020."
        ]
        assert sentences(found, "brs-secretariat", "membership", "green-customs") == [
            "BRS Secretariat is to be a member of Green Customs, from 2030."
        ]
        assert link(found, "brs-secretariat", "membership", "green-customs").standing == "planned"

    def test_one_who_only_spoke_is_on_record(self, tmp_path: Path) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("positions", "acts", "said", 0)
        data.set("positions", "acts", "offered|proposed|said", 1)
        found = open_graph("memory:", data.path).links
        assert sentences(found, "itc", "position", "trade")[0].startswith(
            "At the SOM31 Senior Segment ITC said: "
        )
        spoken = sentences(found, "unicef", "position", "coordination")[0]
        assert spoken.startswith("At the SOM31 Senior Segment UNICEF offered, proposed and said: ")

    def test_a_meeting_without_another_name_is_called_by_its_whole_one(
        self, tmp_path: Path
    ) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("meetings", "aliases", "", 1)
        found = open_graph("memory:", data.path).links
        start = "At the senior segment of the 31st Senior Officials Meeting ITC "
        assert sentences(found, "itc", "position", "trade")[0].startswith(start)

    def test_who_names_itself_is_not_linked_with_itself(self, tmp_path: Path) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("positions", "named_entities", "unicef|who", 1)
        found = open_graph("memory:", data.path).links
        assert ("unicef", "who") in of(found, "position")
        assert all(one.start != one.end for one in found.links)

    @pytest.mark.parametrize(
        ("status", "standing"),
        [
            ("announced", "planned"), ("proposed-product", "planned"),
            ("existing", "current"), ("in-development", "current"),
        ],
    )  # fmt: skip
    def test_a_product_that_is_only_announced_or_proposed_is_planned(
        self, tmp_path: Path, status: str, standing: str
    ) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("products", "status", status)
        shipped = SMALL.parents[2] / "data" / "concepts.csv"
        data.file("concepts").write_bytes(shipped.read_bytes())
        found = open_graph("memory:", data.path).links
        assert {one.standing for one in found.links if one.relation == "product"} == {standing}

    def test_the_order_of_rows_changes_nothing(self, small: Graph, tmp_path: Path) -> None:
        data = DataFolder(tmp_path / "data")
        for table in ("roles", "participations", "positions", "agreements", "entities"):
            header, *lines = data.read(table)
            data.write(table, [header, *reversed(lines)])
        assert open_graph("memory:", data.path).links == small.links

    def test_every_sentence_of_the_shipped_data_is_one(self, graph: Graph) -> None:
        for one in graph.links.links:
            for fact in one.facts:
                text = fact.sentence
                assert text.endswith("."), text
                assert not text.endswith(".."), text
                assert "  " not in text, text
                assert "None" not in text, text
                assert " as provides" not in text, text

    def test_a_fact_without_a_source_is_our_own_reading(self, graph: Graph) -> None:
        facts = [fact for one in graph.links.links for fact in one.facts]
        assert all(fact.source and fact.locator for fact in facts if fact.basis != "inferred")
        unsourced = {one.relation for one in graph.links.links if not one.facts[0].source}
        assert unsourced == {"theme"}

    def test_every_word_of_a_network_is_known(self, graph: Graph) -> None:
        for view in ("all", "entities", "agreements", "gaps"):
            found = view_of(graph, view)
            assert {node.kind for node in found.nodes} <= KINDS.keys()
            assert {one.relation for one in found.links} <= RELATIONS.keys()
            assert {one.basis for one in found.links} <= BASES.keys()
            assert {one.standing for one in found.links} <= STANDINGS.keys()
            assert {name for one in found.links for name in one.functions} <= found.known.keys()
            assert {end for one in found.links for end in (one.start, one.end)} <= {
                node.id for node in found.nodes
            }
            assert found.note.endswith(".")


class TestClaims:
    def test_a_fact_keeps_how_sure_the_record_is_and_what_it_adds(self, graph: Graph) -> None:
        capacity = link(graph.links, "wco", "role", "minamata")
        sure = {fact.term: fact.confidence for fact in capacity.facts}
        assert sure == {
            "capacity-partner": "low", "technical-partner": "medium", "mandated-partner": "medium",
        }  # fmt: skip
        assert capacity.confidence == "medium"
        (doubt,) = (fact.note for fact in capacity.facts if fact.confidence == "low")
        assert doubt == "Copy on a third-party site; not confirmed on a page of the Convention."

    def test_every_claim_has_a_confidence_and_its_note(self, graph: Graph) -> None:
        claims = ("role", "membership", "position", "product", "parent")
        facts = [
            (one, fact) for one in graph.links.links if one.relation in claims for fact in one.facts
        ]
        assert all(fact.confidence in CONFIDENCES for _, fact in facts)
        noted = Counter(one.relation for one, fact in facts if fact.note)
        assert noted.keys() == {"role", "membership", "position", "product"}
        bird = link(graph.links, "birdlife", "membership", "avian-influenza-task-force")
        assert [fact.note for fact in bird.facts] == ["List of 2007."]

    def test_the_surest_of_the_strongest_facts_counts(self) -> None:
        low, high = (replace(STATED, confidence=word) for word in ("low", "high"))
        past = replace(high, standing="historic")
        assert Link.resting("e1", "a1", "role", (low, past)).confidence == "low"
        assert Link.resting("e1", "a1", "role", (low, high)).confidence == "high"
        assert Link.resting("e1", "a1", "role", (READ,)).confidence == ""
        assert Link("a1", "f1", "missing-function", (high,), status="x").confidence == ""


class TestStrength:
    def test_a_stated_past_and_an_inferred_present_do_not_add_up(self) -> None:
        past = replace(STATED, standing="historic")
        found = Link.resting("e1", "a1", "role", (past, READ))
        assert (found.basis, found.standing) == ("inferred", "current")
        assert found.strongest == (READ,)

    def test_a_link_without_facts_claims_nothing(self) -> None:
        found = Link("e1", "a1", "role")
        assert (found.basis, found.standing, found.evidence) == ("inferred", "current", 0)
        assert found.functions == ()

    def test_what_is_missing_is_missing_now(self) -> None:
        past = replace(STATED, standing="historic")
        found = Link("a1", "f1", "missing-function", (past,), status="not searched")
        assert (found.basis, found.standing, found.functions) == ("missing", "current", ("f1",))

    @few
    @given(worlds())
    def test_a_link_never_says_more_than_one_of_its_facts(self, made: list[Row]) -> None:
        for one in whole(made).links:
            assert any(
                (fact.basis, fact.standing) == (one.basis, one.standing) for fact in one.facts
            )
            if any(fact.documented for fact in one.facts):
                assert (one.basis, one.standing) == ("stated", "current")


class TestProjection:
    @pytest.mark.parametrize(
        ("one", "other", "weight"),
        [
            ("Evelyn", "Theresa", 1.4869), ("Katherina", "Sylvia", 1.6178),
            ("Flora", "Olivia", 1 / 11 + 1 / 3),
        ],
    )  # fmt: skip
    def test_weights_are_those_of_newman(
        self, davis: Network, one: str, other: str, weight: float
    ) -> None:
        found = link(entities(davis), f"e-{one}", "shared-agreements", f"e-{other}")
        assert found.weight == pytest.approx(weight, abs=5e-5)

    def test_the_shared_items_are_kept(self, davis: Network) -> None:
        found = link(entities(davis), "e-Flora", "shared-agreements", "e-Olivia")
        assert found.shared == ("a10", "a8"), "the ninth and the eleventh event"
        assert found.evidence == 2

    def test_entities_of_the_small_folder(self, small: Graph) -> None:
        found = entities(small.links)
        shared = {(one.start, one.relation, one.end): one.shared for one in found.links}
        both = ("global-mercury-partnership", "green-customs")
        assert shared == {
            ("brs-secretariat", "shared-agreements", "unep"): ("basel",),
            ("minamata-secretariat", "shared-agreements", "unep"): ("minamata",),
            ("minamata-secretariat", "shared-agreements", "who"): ("minamata",),
            ("unep", "shared-agreements", "who"): ("minamata",),
            ("brs-secretariat", "shared-bodies", "unep"): both,
            ("brs-secretariat", "shared-bodies", "minamata-secretariat"): ("green-customs",),
            ("minamata-secretariat", "shared-bodies", "unep"): ("green-customs",),
            ("brs-secretariat", "shared-bodies", "who"): ("global-mercury-partnership",),
            ("unep", "shared-bodies", "who"): ("global-mercury-partnership",),
            ("itc", "shared-positions", "unu"): ("environmental-governance",),
        }
        assert link(found, "brs-secretariat", "shared-bodies", "unep").weight == 1 / 2 + 1 / 2

    def test_agreements_of_the_small_folder(self, small: Graph) -> None:
        found = agreements(small.links)
        shared = {(one.start, one.relation, one.end): one.shared for one in found.links}
        assert shared == {
            ("basel", "shared-supporters", "minamata"): ("green-customs",),
            ("basel", "shared-themes", "minamata"): ("chemicals",),
            ("basel", "shared-themes", "basel-ban"): ("waste",),
            ("basel-ban", "same-family", "basel"): (),
        }
        assert {one.basis for one in found.links if one.relation == "shared-themes"} == {"inferred"}

    @pytest.mark.parametrize("fact", WEAKER)
    def test_only_stated_and_current_links_count(self, fact: Fact) -> None:
        for relation, ends in (("role", "a1"), ("membership", "m1"), ("position", "t1")):
            made = rows(f"e1-{ends}", relation)
            assert entities(whole([*made, *rows(f"e2-{ends}", relation, fact)])).links == ()
            assert len(entities(whole([*made, *rows(f"e2-{ends}", relation)])).links) == 1
        made = rows("e1-a1") + rows("e1-a2", fact=fact)
        assert agreements(whole(made)).links == ()

    def test_formal_roles_are_left_out_on_both_sides(self) -> None:
        for term in sorted(FORMAL_ROLES):
            made = rows("e1-a1 e2-a1 e1-a2", fact=replace(STATED, term=term))
            assert entities(whole(made)).links == agreements(whole(made)).links == ()

    def test_who_runs_two_agreements_serves_both_and_supports_neither(self) -> None:
        for term in sorted(RUNNING_ROLES - FORMAL_ROLES):
            made = whole(rows("e1-a1 e1-a2 e2-a1", fact=replace(STATED, term=term)))
            assert of(entities(made), "shared-agreements").keys() == {("e1", "e2")}
            assert agreements(made).links == ()

    def test_a_position_on_anything_but_a_theme_is_not_counted(self) -> None:
        made = rows("e1-a1 e2-a1 e1-m1 e2-m1 e1-e3 e2-e3", "position")
        assert entities(whole(made)).links == ()

    def test_mechanisms_are_neither_counted_nor_shown_among_entities(self) -> None:
        found = entities(whole(rows("e1-a1 e2-a1 m1-a1")))
        assert [one.weight for one in found.links] == [1.0]
        assert {node.id for node in found.nodes} == {"e1", "e2"}

    def test_a_link_keeps_each_fact_of_both_sides_once(self) -> None:
        spoken = replace(STATED, sentence="E1 spoke.")
        made = [*rows("e1-t1 e1-t2", "position", spoken), *rows("e2-t1 e2-t2", "position")]
        (found,) = entities(whole(made)).links
        assert found.facts == (spoken, STATED)

    @few
    @given(worlds())
    def test_a_things_total_weight_is_its_number_of_shared_items(self, made: list[Row]) -> None:
        network = whole(made)
        kinds = {node.id: node.kind for node in network.nodes}
        holders: dict[str, set[str]] = defaultdict(set)
        for one in network.links:
            served = any(f.documented and f.term not in FORMAL_ROLES for f in one.facts)
            if one.relation == "role" and kinds[one.start] == "entity" and served:
                holders[one.end].add(one.start)
        expected: Counter[str] = Counter(
            holder for held in holders.values() if len(held) > 1 for holder in held
        )
        total: dict[str, float] = defaultdict(float)
        for pair, found in of(entities(network), "shared-agreements").items():
            for end in pair:
                total[end] += found.weight
        assert total.keys() == expected.keys()
        assert all(abs(total[name] - expected[name]) < 1e-4 for name in expected)

    @few
    @given(worlds(), st.randoms(use_true_random=False))
    def test_the_order_of_facts_changes_nothing(self, made: list[Row], chance: object) -> None:
        shuffled = list(made)
        chance.shuffle(shuffled)  # type: ignore[attr-defined]
        assert entities(whole(made)) == entities(whole(shuffled))
        assert agreements(whole(made)) == agreements(whole(shuffled))
        assert gaps(whole(made), {}) == gaps(whole(shuffled), {})

    @few
    @given(worlds())
    def test_each_relation_is_projected_alone(self, made: list[Row]) -> None:
        whole_view, relations = entities(whole(made)), ("role", "membership", "position")
        apart = (entities(whole(row for row in made if row[2] == name)).links for name in relations)
        assert {*whole_view.links} == {one for links in apart for one in links}

    @few
    @given(worlds(), st.sampled_from(["e1-a1", "e2-a2", "e3-a1"]), st.sampled_from(WEAKER))
    def test_a_weaker_fact_changes_no_projection(
        self, made: list[Row], pair: str, fact: Fact
    ) -> None:
        more = [*made, *rows(pair, fact=fact)]
        assert entities(whole(more)).links == entities(whole(made)).links
        supported = of(agreements(whole(more)), "shared-supporters")
        assert supported == of(agreements(whole(made)), "shared-supporters")

    @few
    @given(worlds(), st.sampled_from(["e1-a1", "e2-a2", "e3-a1"]))
    def test_another_claim_never_lowers_what_is_shared(self, made: list[Row], pair: str) -> None:
        before = of(entities(whole(made)), "shared-agreements")
        after = of(entities(whole([*made, *rows(pair)])), "shared-agreements")
        assert all({*found.shared} <= {*after[ends].shared} for ends, found in before.items())


class TestGaps:
    def test_functions_of_the_small_folder(self, small: Graph) -> None:
        found = view_of(small, "gaps")
        documented = {
            "basel": {"capacity", "convening", "enforcement", "norms"},
            "basel-ban": set(),
            "minamata": {"capacity", "convening", "enforcement", "finance", "knowledge", "norms",
                         "policy"},
        }  # fmt: skip
        functions = {name for name, node in found.known.items() if node.kind == "function"}
        assert len(functions) == 9
        assert of(found, "function").keys() == {(a, f) for a, fs in documented.items() for f in fs}
        assert of(found, "missing-function").keys() == {
            (a, f) for a, fs in documented.items() for f in functions - fs
        }

    @pytest.mark.parametrize(
        ("agreement", "function", "status"),
        [
            ("basel", "finance", "not searched"),
            ("minamata", "data", "not searched; only weaker links (1)"),
            ("basel-ban", "policy", "1 source searched for any role, none for this function"),
            (
                "basel-ban",
                "norms",
                "1 source searched for any role, none for this function; only"
                " weaker links (1); its parent, the Basel Convention, has it on record",
            ),
        ],
    )
    def test_a_missing_function_says_what_was_searched(
        self, small: Graph, agreement: str, function: str, status: str
    ) -> None:
        found = link(view_of(small, "gaps"), agreement, "missing-function", function)
        assert (found.status, found.basis) == (status, "missing")
        assert (
            found.evidence == sum(not fact.search for fact in found.facts) == ("weaker" in status)
        )

    def test_two_sources_are_two_sources(self) -> None:
        found = gaps(whole([], ["a1", "f1"]), {"a1": 2})
        status = "2 sources searched for any role, none for this function"
        assert [one.status for one in found.links] == [status]

    def test_a_function_that_nobody_has_anywhere_is_missing_everywhere(self, small: Graph) -> None:
        found = of(view_of(small, "gaps"), "missing-function")
        delivery = {start: one.weight for (start, end), one in found.items() if end == "delivery"}
        third = pytest.approx(1 / 3, abs=1e-6)
        assert delivery == {"basel": third, "basel-ban": third, "minamata": third}

    def test_a_function_that_most_have_weighs_most_where_it_is_missing(self, small: Graph) -> None:
        missing = of(view_of(small, "gaps"), "missing-function")
        assert missing["basel-ban", "capacity"].weight == 1, "Basel and Minamata have it"
        assert missing["basel-ban", "finance"].weight == pytest.approx(2 / 3, abs=1e-6)

    def test_money_and_papers_are_no_support(self) -> None:
        fact = replace(DEPOSIT, functions=("f1",))
        (found,) = gaps(whole(rows("e1-a1", fact=fact), ["f1"]), {}).links
        assert (found.relation, found.status, found.facts) == (
            "missing-function", "not searched", (),
        )  # fmt: skip

    def test_nothing_at_all_has_no_gaps(self) -> None:
        assert gaps(whole([], ["f1"]), {}).links == ()
        assert gaps(whole([]), {}).nodes == ()

    def test_two_that_serve_the_same_two_agreements_lack_a_body(self) -> None:
        served = rows("e1-a1 e2-a1 e1-a2 e2-a2")
        (found,) = gaps(whole(served), {}).links
        assert (found.start, found.relation, found.end) == ("e1", "missing-body", "e2")
        assert (found.shared, found.weight) == (("a1", "a2"), 2.0)
        assert found.status == "nobody has searched for one"
        assert gaps(whole(served[:3]), {}).links == (), "one common agreement is not enough"

    def test_one_that_is_part_of_the_other_needs_no_body(self) -> None:
        served = rows("e1-a1 e2-a1 e1-a2 e2-a2")
        for pair in ("e1-e2", "e2-e1"):
            assert gaps(whole([*served, *rows(pair, "parent")]), {}).links == ()

    def test_who_is_part_of_another_sits_where_that_one_sits(self) -> None:
        """Through UNU its institute meets whoever meets UNU, however many steps are between."""
        served = rows("e1-a1 e2-a1 e1-a2 e2-a2") + rows("e1-e3 e3-e4", "parent")
        for seats in ("e3-m1 e2-m1", "e4-m1 e2-m1"):
            assert gaps(whole([*served, *rows(seats, "membership")]), {}).links == ()
        past = replace(STATED, standing="historic")
        seated = [*rows("e4-m1", "membership", past), *rows("e2-m1", "membership")]
        (found,) = gaps(whole([*served, *seated]), {}).links
        assert found.status == "nobody has searched for one; only weaker links (1)"
        assert found.facts == (STATED, past)

    def test_things_that_are_part_of_each_other_do_no_harm(self) -> None:
        served = rows("e1-a1 e2-a1 e1-a2 e2-a2") + rows("e1-e3 e3-e1", "parent")
        (found,) = gaps(whole(served), {}).links
        assert found.relation == "missing-body"

    def test_what_a_parent_treaty_has_is_told_and_fills_no_gap(self) -> None:
        held = replace(STATED, functions=("f1",))
        made = [*rows("a3-a2 a2-a1", "parent"), *rows("e1-a1", fact=held)]
        found = of(gaps(whole(made, ["f1"]), {}), "missing-function")
        assert {start: one.status for (start, _), one in found.items()} == dict.fromkeys(
            ("a2", "a3"), "not searched; its parent, a1, has it on record"
        )
        weaker = [*rows("a3-a2", "parent"), *rows("e1-a2", fact=replace(held, basis="inferred"))]
        found = of(gaps(whole(weaker, ["f1"]), {}), "missing-function")
        assert found["a3", "f1"].status == "not searched", "what is inferred is not on record"

    def test_what_was_searched_stands_beside_and_counts_for_nothing(self, small: Graph) -> None:
        found = link(view_of(small, "gaps"), "basel-ban", "missing-function", "policy")
        assert [fact.sentence for fact in found.facts] == [
            "Not looked up: entities addressed by decisions of its governing body.",
            "Searched for entities with a role for the agreement, in Working notes on agreements,"
            " roles, mechanisms and joint initiatives: partly found.",
            "Not looked up: number of parties.",
        ]  # fmt: skip
        assert {(fact.basis, fact.standing, fact.search) for fact in found.facts} == {
            ("stated", "current", True)
        }
        assert found.facts[1].note
        assert found.facts[1].note.startswith("Roles were collected from stored public pages;")
        assert (found.evidence, found.confidence, found.strongest) == (0, "", ())
        other = link(view_of(small, "gaps"), "basel", "missing-function", "finance")
        assert other.facts == ()

    @pytest.mark.parametrize("fact", WEAKER)
    def test_a_body_in_which_both_are_by_weaker_claims_is_told(self, fact: Fact) -> None:
        served = rows("e1-a1 e2-a1 e1-a2 e2-a2")
        joined = [*rows("e1-m1", "membership"), *rows("e2-m1", "membership", fact)]
        (found,) = gaps(whole([*served, *joined]), {}).links
        assert found.status == "nobody has searched for one; only weaker links (1)"
        assert found.facts == (STATED, fact)

    def test_two_agreements_with_two_common_themes_lack_a_supporter(self) -> None:
        about = rows("a1-t1 a2-t1 a1-t2 a2-t2", "theme", READ)
        (found,) = gaps(whole(about), {}).links
        assert (found.start, found.relation, found.end) == ("a1", "missing-supporter", "a2")
        assert found.status == "nobody has searched for one"
        assert gaps(whole(about[:3]), {}).links == (), "one common theme is not enough"
        assert gaps(whole([*about, *rows("e1-a1 e1-a2")]), {}).links == ()
        assert gaps(whole([*about, *rows("a2-a1", "parent")]), {}).links == ()

    def test_who_runs_both_is_no_common_supporter(self) -> None:
        about = rows("a1-t1 a2-t1 a1-t2 a2-t2", "theme", READ)
        for fact in (RUNNING, DEPOSIT):
            (found,) = gaps(whole([*about, *rows("e1-a1 e1-a2", fact=fact)]), {}).links
            assert found.status == "nobody has searched for one"

    def test_a_weaker_common_supporter_is_told(self) -> None:
        about = rows("a1-t1 a2-t1 a1-t2 a2-t2", "theme", READ)
        planned = replace(STATED, standing="planned")
        made = [*about, *rows("e1-a1"), *rows("e1-a2", fact=planned)]
        (found,) = gaps(whole(made), {}).links
        assert found.status == "nobody has searched for one; only weaker links (1)"
        assert found.facts == (READ, STATED, planned)

    def test_the_shipped_gaps_are_gaps(self, graph: Graph) -> None:
        found = view_of(graph, "gaps")
        assert all(one.status for one in found.links if one.relation.startswith("missing"))
        in_body: dict[str, set[str]] = defaultdict(set)
        for row in table("participations"):
            if (row["basis"], row["standing"]) == ("stated", "current"):
                in_body[row["entity"]].add(row["body"])
        pairs = of(found, "missing-body")
        assert pairs
        for one, other in pairs:
            assert not in_body[one] & in_body[other]

    def test_the_shipped_functions_are_those_of_the_table(self, graph: Graph) -> None:
        found = view_of(graph, "gaps")
        documented = {
            (row["agreement"], function)
            for row in table("roles")
            if (row["basis"], row["standing"]) == ("stated", "current")
            and row["role"] not in FORMAL_ROLES
            for function in row["functions"].split("|")
        }
        assert of(found, "function").keys() == documented
        every = {
            (row["id"], concept["id"])
            for row in table("agreements")
            for concept in table("concepts")
            if concept["scheme"] == "function"
        }
        assert of(found, "missing-function").keys() == every - documented

    @few
    @given(worlds(), st.sampled_from(["e1-a1", "e2-a2", "m1-a3"]), st.sampled_from(["f1", "f2"]))
    def test_another_role_never_adds_a_missing_function(
        self, made: list[Row], pair: str, function: str
    ) -> None:
        others = ("a1", "a2", "a3", "f1", "f2", "f3")
        more = [*made, *rows(pair, fact=replace(STATED, functions=(function,)))]
        before = of(gaps(whole(made, others), {}), "missing-function")
        after = of(gaps(whole(more, others), {}), "missing-function")
        assert after.keys() <= before.keys()
        _, end = pair.split("-")
        assert (end, function) not in after

    @few
    @given(worlds(), st.sampled_from(["e1-m2", "e2-m2", "e3-w1"]))
    def test_another_membership_never_adds_a_missing_body(self, made: list[Row], pair: str) -> None:
        before = of(gaps(whole(made), {}), "missing-body")
        after = of(gaps(whole([*made, *rows(pair, "membership")]), {}), "missing-body")
        assert after.keys() <= before.keys()

    @few
    @given(worlds(), st.sampled_from(["e1-a1", "e2-a2", "m1-a3"]))
    def test_another_supporter_never_adds_a_missing_one(self, made: list[Row], pair: str) -> None:
        before = of(gaps(whole(made), {}), "missing-supporter")
        after = of(gaps(whole([*made, *rows(pair)]), {}), "missing-supporter")
        assert after.keys() <= before.keys()

    @few
    @given(worlds())
    def test_nothing_is_both_on_record_and_missing(self, made: list[Row]) -> None:
        found = gaps(whole(made, ["f1", "f2", "f3"]), {})
        assert not of(found, "function").keys() & of(found, "missing-function").keys()
        together = of(entities(whole(made)), "shared-bodies")
        assert not of(found, "missing-body").keys() & together.keys()
        supported = of(agreements(whole(made)), "shared-supporters")
        assert not of(found, "missing-supporter").keys() & supported.keys()


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a shipped table."""
    file = SMALL.parents[2] / "data" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class TestAround:
    def test_around_unicef(self, small: Graph) -> None:
        found = near(small, "unicef")
        assert found.focus == ("unicef",)
        assert ids(found) == {
            "unicef", "coordination", "minamata", "minamata-secretariat", "who",
            "unicef-minamata-mercury-report",
        }  # fmt: skip
        ends = {(one.start, one.end) for one in found.links}
        assert ("who", "minamata") in ends, "what links the neighbours with each other"
        assert found.title == "United Nations Children's Fund"
        assert found.note.startswith("Everything on record that touches United Nations Children's")

    def test_around_a_theme_stand_narrower_ones_and_who_serves(self, small: Graph) -> None:
        found = near(small, "pollution")
        assert {"chemicals", "mercury", "waste", "img-pollution", "basel", "minamata"} <= ids(found)
        assert {"who", "unep", "world-bank"} <= ids(found), "who has a role in Minamata"
        assert "unicef" not in ids(found), "a party to a product alone"

    def test_around_a_thing_that_nothing_links_is_the_thing(self, small: Graph) -> None:
        found = near(small, "air-quality")
        assert (ids(found), found.links) == ({"air-quality"}, ())

    @few
    @given(worlds(), st.sampled_from(["e1", "a1", "m1", "t1"]))
    def test_everything_around_a_thing_touches_it(self, made: list[Row], middle: str) -> None:
        network = whole(made, [middle])
        found = around(network, middle)
        beside = {middle}
        for one in network.links:
            if middle in (one.start, one.end):
                beside |= {one.start, one.end}
        assert beside <= ids(found)
        if not middle.startswith("t"):
            assert beside == ids(found)
        assert {*found.links} == {
            one for one in network.links if {one.start, one.end} <= ids(found)
        }

    def test_candidates_of_the_small_folder(self, small: Graph) -> None:
        found = near(small, "minamata")
        direct, indirect = of(found, "candidate"), of(found, "candidate-indirect")
        assert direct.keys() == {("brs-secretariat", "minamata")}
        assert indirect.keys() == {("unicef", "minamata"), ("world-bank", "minamata")}
        for one in (*direct.values(), *indirect.values()):
            assert (one.basis, one.weight) == ("inferred", 1.0)
            assert all(fact.source and fact.locator for fact in one.facts)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("brs-secretariat", [
                "BRS Secretariat is the joint secretariat of the Basel, Rotterdam and Stockholm"
                " Conventions (secretariat for the Basel Convention, which shares the theme"
                " chemicals with the Minamata Convention).",
                "BRS Secretariat has on record a memorandum on the Minamata Convention with"
                " Minamata Secretariat (2023).",
                "BRS Secretariat is a partner of UNEP Global Mercury Partnership, which serves the"
                " Minamata Convention (capacity partner).",
                "BRS Secretariat is a member of Green Customs Initiative, which serves"
                " the Minamata Convention (enforcement partner).",
                "BRS Secretariat serves the Ban Amendment as the secretariat of the Basel"
                " Convention (secretariat for the Basel Ban Amendment, only in the same cluster as"
                " the Minamata Convention: Chemicals and Waste).",
            ]),
            ("unicef", [
                "UNICEF is named as a party to the joint product UNICEF–Minamata secretariat"
                " report on mercury (announced), which is read as concerning the Minamata"
                " Convention.",
                "UNICEF encouraged small coalitions",
            ]),
            ("world-bank", [
                "World Bank is trustee of the GEF, which serves the Convention (trustee for the"
                " Minamata Convention; through a mechanism).",
            ]),
        ],
    )  # fmt: skip
    def test_a_reason_names_who_is_near_and_to_which_agreement(
        self, small: Graph, name: str, expected: list[str]
    ) -> None:
        (found,) = (
            one
            for one in near(small, "minamata").links
            if one.relation in CANDIDATES and one.start == name
        )
        told = {fact.sentence for fact in found.facts}
        for sentence in expected:
            assert any(one.startswith(sentence) for one in told), told
        assert len(told) == len(expected)

    @pytest.mark.parametrize("agreement", ["minamata", "kigali", "basel-ban", "unfccc", "km-gbf"])
    def test_every_reason_of_the_shipped_data_is_a_sentence(
        self, graph: Graph, agreement: str
    ) -> None:
        called = graph.evidence.agreements[agreement].called
        shorts = {c.id: c.short for c in graph.collaborators(agreement).candidates}
        links = [one for one in near(graph, agreement).links if one.relation in CANDIDATES]
        assert {one.start for one in links} == shorts.keys()
        for one in links:
            for fact in one.facts:
                text = fact.sentence
                assert text.startswith(f"{shorts[one.start]} ")
                assert called in text, text
                assert "this agreement" not in text, text
                assert re.search(r"[^.]\.$", text), text
                assert fact.confidence in CONFIDENCES

    def test_a_position_that_names_the_agreement_says_so(self, tmp_path: Path) -> None:
        data = DataFolder(tmp_path / "data")
        data.set("positions", "agreements", "minamata", 1)
        data.set("positions", "inferred_agreements", "", 1)
        found = near(open_graph("memory:", data.path), "minamata")
        told = [fact.sentence for fact in link(found, "unicef", "candidate", "minamata").facts]
        assert any(
            text.endswith("(on record: proposed; names the Minamata Convention).") for text in told
        )

    def test_without_candidates_the_summary_speaks_of_none(self, small: Graph) -> None:
        nobody = replace(small.collaborators("minamata"), candidates=())
        plain = around(small.links, "minamata")
        found = with_candidates(plain, small.links, nobody, small.evidence)
        assert found.links == plain.links
        assert [line.split(" ")[0] for line in found.summary] == ["6", "Nobody", "Nobody"]

    def test_what_candidates_touch_are_their_functions(self, small: Graph) -> None:
        (found,) = of(near(small, "minamata"), "candidate").values()
        (candidate,) = small.collaborators("minamata").band("on-it")
        touched = {name for reason in candidate.reasons for name in reason.touches}
        assert {*found.functions} == touched

    def test_a_reason_is_as_unsure_as_the_least_sure_claim_behind_it(self, small: Graph) -> None:
        (found,) = of(near(small, "minamata"), "candidate").values()
        sure = {fact.sentence.split(" of ")[0]: fact.confidence for fact in found.facts}
        assert sure["BRS Secretariat is a partner"] == "medium"
        (noted,) = (fact.note for fact in found.facts if " partner of " in fact.sentence)
        assert noted == "Named as Basel Convention."

    def test_the_summary_counts_who_is_there_and_what_nobody_does(self, small: Graph) -> None:
        assert near(small, "minamata").summary == (
            "6 actors have a stated, current role on record; 1 only a weaker one (past, planned,"
            " inferred or through a mechanism).",
            "1 other has work on it on record, such as projects, and no documented role here.",
            "0 others have related work on record by direct evidence, 2 by indirect evidence only;"
            " none of them a documented role here.",
            "Nobody on record for: Delivery on the ground (not searched).",
            "Nobody on record for: Data and statistics (not searched; only weaker links (1)).",
        )
        assert near(small, "unep").summary == ()

    def test_candidates_bring_their_links_with_what_is_there(self, small: Graph) -> None:
        found = near(small, "minamata")
        names = {(one.start, one.relation, one.end) for one in found.links}
        assert ("brs-secretariat", "membership", "green-customs") in names
        assert len(names) == len(found.links), "none comes twice"

    def test_only_an_agreement_has_candidates(self, small: Graph) -> None:
        for thing in ("unep", "gef", "mercury"):
            assert not of(near(small, thing), "candidate")

    @pytest.mark.parametrize("standing", ["historic", "planned", "current"])
    def test_a_past_or_planned_reason_is_no_present_one(self, small: Graph, standing: str) -> None:
        found = self.with_a_trustee_of(small, [standing])
        assert of(found, "candidate-indirect")["world-bank", "minamata"].standing == standing

    def test_a_reason_is_as_old_as_the_oldest_claim_behind_it(self, small: Graph) -> None:
        found = self.with_a_trustee_of(small, ["current", "historic"])
        assert of(found, "candidate-indirect")["world-bank", "minamata"].standing == "historic"

    def with_a_trustee_of(self, small: Graph, standings: list[str]) -> Network:
        """Return what is around Minamata with one candidate, whose claims have these standings."""
        collaborators = small.collaborators("minamata")
        (trustee,) = (c for c in collaborators.candidates if c.id == "world-bank")
        (old,) = (role for role in small.evidence.roles if role.actor == "world-bank")
        names = tuple(f"claim-{standing}" for standing in standings)
        roles = tuple(replace(old, claim=name) for name in names)
        reason = replace(trustee.reasons[0], claims=names)
        facts = [
            replace(STATED, claim=name, standing=standing)
            for name, standing in zip(names, standings, strict=True)
        ]
        extra = Link.resting("world-bank", "gef", "product", tuple(facts))
        return with_candidates(
            around(small.links, "minamata"),
            replace(small.links, links=(*small.links.links, extra)),
            replace(collaborators, candidates=(replace(trustee, reasons=(reason,)),)),
            replace(small.evidence, roles=(*small.evidence.roles, *roles)),
        )

    def test_reasons_of_the_shipped_data_are_as_old_as_their_claims(self, graph: Graph) -> None:
        collaborators = graph.collaborators("kigali")
        past = Counter(
            candidate.id
            for candidate in collaborators.candidates
            for reason in candidate.reasons
            if not reason.current
        )
        told = Counter(
            one.start
            for one in near(graph, "kigali").links
            if one.relation in CANDIDATES
            for fact in one.facts
            if fact.standing != "current"
        )
        assert past
        assert told == past


def ids(network: Network) -> set[str]:
    return {node.id for node in network.nodes}


def test_a_network_is_in_one_order_whatever_it_is_made_of(small: Graph) -> None:
    def ordered(names: Iterable[str]) -> bool:
        found = list(names)
        return found == sorted(found)

    for view in ("all", "entities", "agreements", "gaps"):
        network = view_of(small, view)
        assert ordered(node.id for node in network.nodes)
        assert ordered(f"{one.start} {one.end} {one.relation}" for one in network.links)
