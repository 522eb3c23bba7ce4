"""Evidence, reasons, channels, candidates and first steps: the rules they keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from math import log2
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import (
    AGREEMENTS,
    ENTITIES,
    FUNCTIONS,
    SOURCES,
    SUBJECT,
    THEMES,
    a_candidate,
    a_reason,
    claims_for,
    claims_of,
    documented_in,
    joint_strategy,
    member,
    membership_strategy,
    partner,
    permuted_pair,
    position_strategy,
    role_strategy,
    running,
    shuffled_world,
    small_world,
    spoken,
    subsets,
    wanted_of,
    worlds,
)

from emg_graph import catalogue
from emg_graph.analysis import channels, nearness, scoring
from emg_graph.analysis.candidates import BANDS, Collaborators, find_collaborators
from emg_graph.analysis.crowds import crowds_of, middle_of
from emg_graph.analysis.evidence import (
    Agreement,
    Body,
    Citation,
    Evidence,
    Joint,
    Membership,
    Position,
    Role,
)
from emg_graph.analysis.incidence import read_incidence
from emg_graph.analysis.parts import mechanism_parts
from emg_graph.analysis.reading import asking, read_evidence_on
from emg_graph.analysis.reasons import (
    DIRECT,
    INDIRECT,
    ITSELF,
    RELATED,
    SERVING,
    SUPPORTING,
    reasons_for,
    relation,
)
from emg_graph.analysis.steps import first_step
from emg_graph.graph import Graph

MEASURES = [measure for parts in channels.CHANNELS.values() for measure in parts.values()]
TONE = ("duplication", "failure", "inactive")


def crowded(*coverage: str | None) -> Evidence:
    """Make bodies on the theme with 3, 1 and 1 members: e1 to e3, e3 again, and e0.

    In each is one more who is inferred and one who has left.
    """
    own = (("e1", "m0"), ("e2", "m0"), ("e3", "m0"), ("e3", "m1"), ("e0", "m2"))
    members = [member(*pair, claim=f"m{i}") for i, pair in enumerate(own)]
    for body in ("m0", "m1", "m2"):
        other = member("m0", body, claim=f"{body}-inferred")
        members.append(replace(other, basis="inferred"))
        members.append(replace(other, actor="m1", claim=f"{body}-past", standing="historic"))
    bodies = {
        name: Body(name, name, name, "current", read, frozenset({"t0"}))
        for name, read in zip(("m0", "m1", "m2"), coverage, strict=True)
    }
    return small_world(memberships=tuple(members), bodies=bodies)


class TestEvidence:
    def test_without_nothing_is_itself(self, graph: Graph) -> None:
        assert graph.evidence.without(()) is graph.evidence

    @given(worlds, st.sampled_from(SOURCES))
    def test_without_a_source_no_claim_cites_it(self, evidence: Evidence, source: str) -> None:
        left = evidence.without([source])
        for kept, all_ in zip(claims_of(left), claims_of(evidence), strict=True):
            assert kept == [claim for claim in all_ if claim.citation.source != source]

    def test_family_follows_parents_to_the_end(self, graph: Graph) -> None:
        assert graph.evidence.family("basel-ban") == "basel"
        assert graph.evidence.family("basel") == "basel"

    @given(worlds)
    def test_widened_holds_every_narrower_theme(self, evidence: Evidence) -> None:
        assert evidence.widened("t0") == {"t0", "t1", "t2"}
        assert evidence.widened("t3") == {"t3"}

    def test_shipped_evidence_refers_only_to_what_it_holds(self, graph: Graph) -> None:
        known = graph.evidence
        assert {role.agreement for role in known.roles} <= set(known.agreements)
        assert {role.actor for role in known.roles} <= set(known.actors)
        assert {function for role in known.roles for function in role.functions} <= set(
            known.functions
        )
        assert {member.actor for member in known.memberships} <= set(known.actors)
        assert {member.body for member in known.memberships} <= set(known.bodies)
        assert {theme for a in known.agreements.values() for theme in a.themes} <= set(known.themes)
        assert set(known.broader) | set(known.broader.values()) <= set(known.themes)

    def test_each_claim_stands_once(self, graph: Graph) -> None:
        for claims in (graph.evidence.roles, graph.evidence.memberships, graph.evidence.positions):
            ids = [claim.claim for claim in claims]
            assert ids
            assert len(set(ids)) == len(ids)

    def test_every_claim_has_a_source_and_a_place(self, graph: Graph) -> None:
        sources = {row["source"] for row in graph.query("evidence-sources").records()}
        for claims in claims_of(read_evidence_on(graph.store, graph.evidence, "cbd")):
            assert claims
            assert {claim.citation.source for claim in claims} <= sources
            assert all(claim.citation.locator for claim in claims)


class TestChannels:
    @given(worlds)
    def test_similarity_is_symmetric_bounded_and_one_within_a_family(
        self, evidence: Evidence
    ) -> None:
        for one, other in combinations(evidence.agreements.values(), 2):
            near = channels.similarity(evidence, one, other)
            assert near == channels.similarity(evidence, other, one)
            assert 0 <= near <= 1
            if evidence.family(one.id) == evidence.family(other.id):
                assert near == 1
        subject = evidence.agreements[SUBJECT]
        assert channels.similarity(evidence, subject, subject) == 1

    def test_similarity_is_by_themes_and_by_other_grounds_as_far_as_they_count(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = Agreement("a", "A", "A", None, "waste", frozenset({"t0", "t1"}), None, frozenset())
        other = replace(one, id="b", themes=frozenset({"t1", "t2"}))
        world = Evidence({"a": one, "b": other}, {}, {}, {}, {}, {}, (), (), (), (), {})
        away = replace(other, cluster="water")
        assert channels.similarity(world, one, other) == 0.5
        assert channels.similarity(world, one, away) == 0.5
        assert channels.similarity(world, one, replace(other, themes=frozenset())) == 0
        monkeypatch.setitem(nearness.NEARNESS, "cluster", 1.0)
        assert channels.similarity(world, one, other) == 0.75
        assert channels.similarity(world, one, away) == 0.25
        assert channels.similarity(world, one, replace(other, themes=frozenset())) == 0.5

    @given(subsets(THEMES), subsets(THEMES))
    def test_cosine_is_symmetric_and_bounded(
        self, one: tuple[str, ...], other: tuple[str, ...]
    ) -> None:
        near = channels.cosine(frozenset(one), frozenset(other))
        assert near == channels.cosine(frozenset(other), frozenset(one))
        assert 0 <= near <= 1
        assert (near == 1) == (bool(one) and one == other)

    def test_a_small_dedicated_mechanism_says_more_than_a_large_general_one(self) -> None:
        world = small_world(
            bodies={
                "m0": Body("m0", "Small", "Small", "current", None, frozenset({"t0"})),
                "m1": Body("m1", "Large", "Large", "current", None, frozenset(THEMES)),
            },
            memberships=(
                member("e0", "m0"),
                member("e1", "m1"),
                member("e2", "m1"),
                member("e3", "m1"),
            ),
        )
        subject = world.agreements[SUBJECT]
        assert channels.theme_mechanisms(world, subject, "e0") == 1.0
        assert channels.theme_mechanisms(world, subject, "e1") == 0.25

    def test_the_thematic_record_is_a_share_and_unknown_without_any_position(self) -> None:
        world = small_world(positions=(spoken("e0", "t0"), spoken("e0", "t3")))
        subject = world.agreements[SUBJECT]
        assert channels.theme_positions(world, subject, "e0") == 0.5
        assert channels.theme_positions(world, subject, "e1") is None

    @given(worlds, role_strategy(agreements=AGREEMENTS[1:], actors=("e0",)))
    def test_a_further_role_never_lowers_channel_a_or_popularity(
        self, evidence: Evidence, role: Role
    ) -> None:
        more = replace(evidence, roles=(*evidence.roles, role))
        subject = evidence.agreements[SUBJECT]
        for measure in (channels.related_roles, channels.popularity):
            before, after = (measure(world, subject, "e0") for world in (evidence, more))
            assert before is not None
            assert after is not None
            assert after >= before

    def test_a_list_not_read_whole_counts_as_the_middle_of_those_that_were(self) -> None:
        """The lists read whole have 3 and 1: 2 in the middle. e0 is one of 1, counted as 2."""
        evidence = crowded("complete", "complete", "not-seen")
        subject = evidence.agreements[SUBJECT]
        (part,) = mechanism_parts(evidence, subject)["e0"].parts
        assert (part.thing, part.count) == ("m2", 2)
        assert part.told == "list not read whole: counted as 2, the middle of those that were"
        assert channels.theme_mechanisms(evidence, subject, "e0") == pytest.approx(1 / log2(3))
        counts = {part.thing: part for part in mechanism_parts(evidence, subject)["e3"].parts}
        assert [(one.count, one.told) for one in counts.values()] == [(3, ""), (1, "")]

    def test_a_list_not_read_whole_never_counts_as_less_than_is_on_record(self) -> None:
        evidence = crowded("partial", "complete", "complete")
        parts = mechanism_parts(evidence, evidence.agreements[SUBJECT])["e3"].parts
        assert [(part.count, part.told) for part in parts] == [
            (3, "list not read whole: 3 on record"), (1, ""),
        ]  # fmt: skip

    def test_without_a_list_read_whole_there_is_no_middle(self) -> None:
        evidence = crowded("partial", None, "not-seen")
        assert middle_of(crowds_of(evidence)) == 0
        (part,) = mechanism_parts(evidence, evidence.agreements[SUBJECT])["e0"].parts
        assert (part.count, part.told) == (1, "list not read whole: 1 on record")

    @given(worlds)
    def test_only_those_who_are_stated_to_take_part_now_are_counted(
        self, evidence: Evidence
    ) -> None:
        crowds = crowds_of(evidence)
        middle = middle_of(crowds)
        now = [m for m in evidence.memberships if (m.basis, m.standing) == ("stated", "current")]
        assert set(crowds) == {member.body for member in now}
        for body, crowd in crowds.items():
            known = len({member.actor for member in now if member.body == body})
            whole = evidence.bodies[body].coverage == "complete"
            assert crowd.known == known > 0
            assert crowd.size(middle) == (known if whole else max(known, middle))
        others = replace(evidence, memberships=tuple(now))
        for actor in ENTITIES:
            known_, left = (
                channels.theme_mechanisms(world, world.agreements[SUBJECT], actor)
                for world in (evidence, others)
            )
            assert known_ == left

    def test_shipped_lists_are_counted_by_hand(self, graph: Graph) -> None:
        found: dict[str, set[str]] = {}
        for row in graph.query("evidence-memberships").records():
            if row["basis"] == "stated" and row["standing"] == "current":
                found.setdefault(str(row["body"]), set()).add(str(row["actor"]))
        whole = {
            str(row["body"])
            for row in graph.query("evidence-bodies").records()
            if row["coverage"] == "complete"
        }
        middle = median([len(actors) for body, actors in found.items() if body in whole])
        tallies = mechanism_parts(graph.evidence, graph.evidence.agreements["cbd"])
        counts = {part.thing: part.count for tally in tallies.values() for part in tally.parts}
        assert counts == {
            body: len(actors) if body in whole else max(len(actors), middle)
            for body, actors in found.items()
        }
        assert len(found["ipcc"]) < counts["ipcc"] == middle
        assert len(found["gesamp"]) == counts["gesamp"] > middle

    @given(worlds, membership_strategy().map(lambda m: replace(m, actor="e0")))
    def test_a_further_membership_never_lowers_channel_b_of_its_actor(
        self, evidence: Evidence, membership: Membership
    ) -> None:
        """Of lists not read whole; a longer one that was may say that the others are longer."""
        bodies = {name: replace(b, coverage="partial") for name, b in evidence.bodies.items()}
        evidence = replace(evidence, bodies=bodies)
        more = replace(evidence, memberships=(*evidence.memberships, membership))
        subject = evidence.agreements[SUBJECT]
        before = channels.theme_mechanisms(evidence, subject, "e0")
        after = channels.theme_mechanisms(more, subject, "e0")
        assert before is not None
        assert after is not None
        in_body = any(m.actor == "e0" and m.body == membership.body for m in evidence.memberships)
        if in_body or (membership.basis == "stated" and membership.standing == "current"):
            assert after >= before
        else:
            assert after == before

    @given(worlds, role_strategy(roles=tuple(sorted(channels.FORMAL_ROLES))))
    def test_a_formal_role_counts_for_nothing_in_channel_a(
        self, evidence: Evidence, role: Role
    ) -> None:
        more = replace(evidence, roles=(*evidence.roles, role))
        subject = evidence.agreements[SUBJECT]
        for actor in ENTITIES:
            assert channels.related_roles(more, subject, actor) == channels.related_roles(
                evidence, subject, actor
            )

    @given(worlds, role_strategy(roles=tuple(sorted(channels.FORMAL_ROLES))))
    def test_a_formal_role_counts_for_nothing_in_popularity(
        self, evidence: Evidence, role: Role
    ) -> None:
        more = replace(evidence, roles=(*evidence.roles, role))
        subject = evidence.agreements[SUBJECT]
        for actor in ENTITIES:
            before, after = (channels.popularity(e, subject, actor) for e in (evidence, more))
            assert before == after

    def test_shipped_popularity_is_what_the_table_of_agreements_holds(self, graph: Graph) -> None:
        held = read_incidence(graph.store, "agreements")
        subject = graph.evidence.agreements["minamata"]
        for actor in held.rows:
            served = set(held.of(actor)) - {subject.id}
            assert channels.popularity(graph.evidence, subject, actor) == len(served)
        assert channels.popularity(graph.evidence, subject, "fao") == 8

    @given(st.lists(st.none() | st.integers(0, 5).map(float), max_size=9))
    def test_percentiles_lie_between_zero_and_one_and_unknown_is_the_middle(
        self, values: list[float | None]
    ) -> None:
        places = scoring.percentiles(values)
        assert len(places) == len(values)
        for value, place in zip(values, places, strict=True):
            assert 0 <= place <= 1
            if value is None:
                assert place == 0.5

    @given(st.lists(st.none() | st.integers(0, 5).map(float), max_size=9).flatmap(permuted_pair))
    def test_percentiles_do_not_depend_on_the_order(
        self, pair: tuple[list[float | None], list[int]]
    ) -> None:
        values, order = pair
        places = scoring.percentiles(values)
        assert scoring.percentiles([values[i] for i in order]) == [places[i] for i in order]

    @given(st.lists(st.integers(0, 5).map(float), min_size=2, max_size=9))
    def test_percentiles_keep_the_order_of_the_values(self, values: list[float]) -> None:
        places = scoring.percentiles(values)
        for (one, its), (other, others) in combinations(zip(values, places, strict=True), 2):
            assert (one < other) == (its < others)
            assert (one == other) == (its == others)

    def test_the_percentile_of_a_field_of_one_is_the_middle(self) -> None:
        assert scoring.percentiles([7.0]) == [0.5]
        assert scoring.percentiles([]) == []

    @given(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=9))
    def test_ranks_count_those_that_are_better(self, values: list[float]) -> None:
        found = scoring.ranks(values)
        assert min(found) == 1
        for value, rank in zip(values, found, strict=True):
            assert sorted(values, reverse=True).index(value) + 1 == rank

    def test_the_score_is_the_weighted_mean_of_the_percentiles(self) -> None:
        assert scoring.combined({"A": 1.0, "B": 0.5, "C": 0.0}) == 0.5
        assert scoring.combined({"A": 1.0}) == 1.0


class TestReasons:
    @given(worlds)
    def test_every_reason_is_a_sentence_with_a_source_and_claims(self, evidence: Evidence) -> None:
        for actor in ENTITIES:
            for reason in reasons_for(evidence, wanted_of(evidence), actor):
                assert reason.sentence
                assert reason.citation.source in SOURCES
                assert reason.citation.locator
                assert reason.claims
                assert reason.band in BANDS

    @given(worlds)
    def test_code_never_uses_words_of_blame(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        for candidate in found.candidates:
            said = [reason.sentence for reason in candidate.reasons] + [first_step(candidate)]
            assert not [word for word in TONE if any(word in text.lower() for text in said)]

    @given(worlds)
    def test_direct_reasons_come_first_then_current_then_nearer_ones(
        self, evidence: Evidence
    ) -> None:
        for actor in ENTITIES:
            found = reasons_for(evidence, wanted_of(evidence), actor)
            keys = [(BANDS.index(r.band), not r.current, r.distance) for r in found]
            assert keys == sorted(keys)
            assert [r.order for r in found] == sorted(r.order for r in found)

    @given(worlds)
    def test_what_an_entity_does_is_part_of_what_its_evidence_touches(
        self, evidence: Evidence
    ) -> None:
        for actor in ENTITIES:
            for reason in reasons_for(evidence, wanted_of(evidence), actor):
                assert set(reason.functions) <= set(reason.touches)

    def test_a_current_reason_comes_before_a_nearer_past_one(self) -> None:
        roles = (
            partner("e0", SUBJECT, claim="r1", standing="historic"),
            partner("e0", "a1", claim="r2", basis="inferred"),
        )
        world = small_world(roles=roles)
        found = reasons_for(world, wanted_of(world), "e0")
        assert [(r.claims, r.current, r.distance) for r in found] == [
            (("r2",), True, RELATED),
            (("r1",), False, ITSELF),
        ]

    @given(worlds, st.sampled_from(SOURCES))
    def test_removing_a_source_never_adds_a_reason(self, evidence: Evidence, source: str) -> None:
        left = evidence.without([source])
        for actor in ENTITIES:
            before = reasons_for(evidence, wanted_of(evidence), actor)
            after = reasons_for(left, wanted_of(evidence), actor)
            assert len(after) <= len(before)
            assert claims_for(left, actor) <= claims_for(evidence, actor)
            assert all(reason.citation.source != source for reason in after)

    @given(worlds, role_strategy(), membership_strategy(), position_strategy(), joint_strategy())
    def test_adding_a_claim_never_takes_a_reason_away(
        self,
        evidence: Evidence,
        role: Role,
        membership: Membership,
        position: Position,
        joint: Joint,
    ) -> None:
        more = (
            replace(evidence, roles=(*evidence.roles, replace(role, claim="new"))),
            replace(
                evidence, memberships=(*evidence.memberships, replace(membership, claim="new"))
            ),
            replace(evidence, positions=(*evidence.positions, replace(position, claim="new"))),
            replace(evidence, joints=(*evidence.joints, replace(joint, product="new"))),
        )
        for actor in ENTITIES:
            before = reasons_for(evidence, wanted_of(evidence), actor)
            for world in more:
                after = reasons_for(world, wanted_of(evidence), actor)
                assert claims_for(evidence, actor) <= claims_for(world, actor)
                assert [r.band for r in before].count(DIRECT) <= [r.band for r in after].count(
                    DIRECT
                )

    @given(worlds, role_strategy(agreements=AGREEMENTS[1:], roles=("depositary", "trustee")))
    def test_a_formal_role_elsewhere_is_no_reason(self, evidence: Evidence, role: Role) -> None:
        more = replace(evidence, roles=(*evidence.roles, replace(role, claim="new")))
        for actor in ENTITIES:
            assert reasons_for(more, wanted_of(more), actor) == reasons_for(
                evidence, wanted_of(evidence), actor
            )

    def test_a_depositary_of_a_related_agreement_is_no_candidate(self) -> None:
        depositary = partner("e0", "a1", role="depositary")
        assert not find_collaborators(small_world(roles=(depositary,)), SUBJECT).candidates
        working = small_world(roles=(replace(depositary, role="partner"),))
        assert [c.band for c in find_collaborators(working, SUBJECT).candidates] == [DIRECT]

    def test_one_role_in_several_related_agreements_is_one_reason(self) -> None:
        world = small_world(roles=(partner("e0", "a1"), partner("e0", "a2", claim="r2")))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.sentence == ("Partner for A1 and A2 (shares the theme theme t0): Helps.")
        assert reason.claims == ("r1", "r2")
        assert reason.through == ("a1", "a2")

    def test_a_name_of_several_words_has_an_article(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        named = replace(world.agreements["a1"], short="First Convention")
        world = replace(world, agreements={**world.agreements, "a1": named})
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.sentence.startswith("Partner for the First Convention (")
        assert [named.called, world.agreements["a2"].called] == ["the First Convention", "A2"]

    @pytest.mark.parametrize("role", sorted(channels.RUNNING_ROLES - channels.FORMAL_ROLES))
    def test_running_another_agreement_lends_no_function(self, role: str) -> None:
        world = small_world(roles=(partner("e0", "a1", role=role),))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert (reason.functions, reason.touches) == ((), ("data",))
        (candidate,) = find_collaborators(world, SUBJECT).candidates
        assert candidate.adds == ()

    def test_supporting_another_agreement_lends_its_functions(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.functions == reason.touches == ("data",)

    def test_a_past_role_is_indirect_and_says_so(self) -> None:
        world = small_world(roles=(partner("e0", "a1", standing="historic"),))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert (reason.band, reason.current) == (INDIRECT, False)
        assert reason.sentence.endswith("[historic]")

    def test_a_family_is_named_before_a_theme(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        child = replace(world.agreements["a1"], parent="a0", cluster="other")
        world = replace(world, agreements={**world.agreements, "a1": child})
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert "(same treaty family)" in reason.sentence

    def test_a_theme_in_common_is_direct_and_a_cluster_alone_indirect(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        related = world.agreements["a1"]
        for other, band, words in (
            (replace(related, themes=frozenset()), INDIRECT, "same cluster only, waste"),
            (replace(related, cluster="other"), DIRECT, "shares the theme theme t0"),
        ):
            near = replace(world, agreements={**world.agreements, "a1": other})
            assert relation(near, wanted_of(near), other) == (band, words)
            (reason,) = reasons_for(near, wanted_of(near), "e0")
            assert reason.band == band
            assert f"({words})" in reason.sentence
        far = replace(world.agreements["a1"], cluster="other", themes=frozenset())
        alone = replace(world, agreements={**world.agreements, "a1": far})
        assert relation(alone, wanted_of(alone), far) is None
        assert not reasons_for(alone, wanted_of(alone), "e0")

    def test_a_narrowed_search_counts_only_a_theme_in_common(self) -> None:
        world = small_world()
        child = replace(world.agreements["a1"], parent=SUBJECT, themes=frozenset({"t3"}))
        for theme, expected in (("t0", None), ("t3", (DIRECT, "shares the theme theme t3"))):
            wanted = replace(wanted_of(world), themes=frozenset({theme}), narrowed=True)
            assert relation(world, wanted, child) == expected

    def test_an_earlier_or_inferred_role_of_its_own_is_an_indirect_reason(self) -> None:
        for role, word in (
            (partner("e0", SUBJECT, standing="historic"), "[historic]"),
            (partner("e0", SUBJECT, basis="via-mechanism"), "[via mechanism]"),
        ):
            world = small_world(roles=(role,))
            (reason,) = reasons_for(world, wanted_of(world), "e0")
            assert (reason.band, reason.distance) == (INDIRECT, ITSELF)
            assert reason.current == (role.standing == "current")
            assert word in reason.sentence

    def test_a_position_is_direct_where_it_names_the_agreement_or_a_theme(self) -> None:
        named = replace(spoken("e0", "t3"), agreements=frozenset({SUBJECT}))
        inferred = replace(spoken("e0", "t3"), inferred_agreements=frozenset({SUBJECT}))
        cases = (
            (named, DIRECT, "stated", ITSELF, "names this agreement"),
            (spoken("e0", "t0"), DIRECT, "stated", RELATED, "on theme t0"),
            (inferred, INDIRECT, "inferred", ITSELF, "read as about this agreement"),
        )
        for position, band, basis, distance, words in cases:
            world = small_world(positions=(position,))
            (reason,) = reasons_for(world, wanted_of(world), "e0")
            assert (reason.band, reason.basis, reason.distance) == (band, basis, distance)
            assert words in reason.sentence
        elsewhere = small_world(positions=(spoken("e0", "t3"),))
        assert not reasons_for(elsewhere, wanted_of(elsewhere), "e0")

    @pytest.mark.parametrize("act", ["asked", "proposed", "said", "supported"])
    def test_a_position_that_offered_nothing_adds_nothing(self, act: str) -> None:
        world = small_world(positions=(spoken("e0", "t0", act=act),))
        (candidate,) = find_collaborators(world, SUBJECT).candidates
        (reason,) = candidate.reasons
        assert (reason.functions, reason.touches) == ((), ("data",))
        assert (candidate.adds, candidate.strengthens) == ((), ())

    def test_a_position_that_offered_something_adds_it(self) -> None:
        offer = replace(spoken("e0", "t0"), acts=("asked", "offered"))
        (candidate,) = find_collaborators(small_world(positions=(offer,)), SUBJECT).candidates
        assert candidate.reasons[0].functions == ("data",)
        assert candidate.adds == ("data",)

    def test_a_joint_product_is_indirect(self) -> None:
        joint = Joint("j", "Report", "Announced", "e0", SUBJECT, "stated", Citation("s0", "p. 1"))
        world = small_world(joints=(joint,))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.band == INDIRECT
        assert reason.sentence == "Party to a joint product for it: Report (announced)"

    def test_a_body_is_named_with_its_remit_or_else_with_its_themes(self) -> None:
        world = small_world(memberships=(member("e0", "m0"),))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.sentence == "Member of Group m0 (M0), which works on theme t0"
        assert (reason.basis, reason.distance, reason.body) == (
            "inferred",
            RELATED,
            "Group m0 (M0)",
        )
        serving = replace(world, roles=(partner("m0", SUBJECT),))
        (reason,) = reasons_for(serving, wanted_of(serving), "e0")
        assert reason.sentence == "Member of Group m0 (M0), which serves this agreement (partner)"
        assert (reason.basis, reason.distance) == ("via-mechanism", SERVING)
        inferred = replace(world, roles=(partner("m0", SUBJECT, basis="inferred"),))
        (reason,) = reasons_for(inferred, wanted_of(inferred), "e0")
        assert reason.basis == "inferred"
        assert reason.sentence == (
            "Member of Group m0 (M0), which is read as serving this agreement (partner)"
        )

    def test_a_stated_remit_counts_before_an_inferred_one(self) -> None:
        roles = (
            partner("m0", SUBJECT, claim="r1", basis="inferred"),
            partner("m0", SUBJECT, claim="r2"),
            partner("m0", SUBJECT, claim="r3", basis="inferred"),
        )
        world = small_world(memberships=(member("e0", "m0"),), roles=roles)
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.basis == "via-mechanism"
        assert "which serves this agreement" in reason.sentence

    def test_who_keeps_a_body_running_is_its_secretariat(self) -> None:
        kept = replace(member("e0", "m0"), capacity="secretariat-of", capacity_label="Provides it")
        world = small_world(memberships=(kept,))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.sentence == "Secretariat of Group m0 (M0), which works on theme t0"

    def test_past_membership_and_foreign_themes_are_no_reason(self) -> None:
        past = replace(member("e0", "m0"), standing="historic")
        world = small_world(memberships=(past, member("e0", "m1", claim="m2")))
        assert not reasons_for(world, wanted_of(world), "e0")

    def test_what_a_body_does_is_not_what_its_member_does(self) -> None:
        world = small_world(memberships=(member("e0", "m0"),), roles=(partner("m0", SUBJECT),))
        (reason,) = reasons_for(world, wanted_of(world), "e0")
        assert reason.functions == ()
        assert reason.touches == ("data",)
        (candidate,) = find_collaborators(world, SUBJECT, functions=["data"]).candidates
        assert (candidate.adds, candidate.strengthens) == ((), ())


class TestCandidates:
    @given(worlds)
    def test_no_candidate_has_a_documented_role(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        assert not {c.id for c in found.candidates} & documented_in(evidence, SUBJECT)

    @given(worlds)
    def test_candidates_are_un_entities_with_a_reason_and_all_of_them(
        self, evidence: Evidence
    ) -> None:
        found = find_collaborators(evidence, SUBJECT)
        secretariats = {agreement.secretariat for agreement in evidence.agreements.values()}
        expected = {
            actor.id
            for actor in evidence.actors.values()
            if actor.type == "entity"
            and (actor.group == "un-system" or actor.id in secretariats)
            and actor.id not in documented_in(evidence, SUBJECT) | running(evidence, SUBJECT)
            and any(
                reason.channel not in SUPPORTING
                for reason in reasons_for(evidence, wanted_of(evidence), actor.id)
            )
        }
        assert {c.id for c in found.candidates} == expected
        assert all(candidate.reasons for candidate in found.candidates)

    @given(worlds)
    def test_bands_are_disjoint_complete_and_alphabetical(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        bands = [found.band(name) for name in BANDS]
        assert sorted(c.id for band in bands for c in band) == sorted(
            c.id for c in found.candidates
        )
        for band in bands:
            names = [(c.short.casefold(), c.id) for c in band]
            assert names == sorted(names)

    @given(worlds)
    def test_a_candidate_stands_in_the_nearest_band_of_its_reasons(
        self, evidence: Evidence
    ) -> None:
        for candidate in find_collaborators(evidence, SUBJECT).candidates:
            places = [BANDS.index(reason.band) for reason in candidate.reasons]
            assert BANDS.index(candidate.band) == min(places)

    @given(worlds)
    def test_scores_ranks_and_shares_agree(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT).candidates
        assert [c.rank for c in found] == sorted(c.rank for c in found)
        assert [c.popularity_rank for c in sorted(found, key=lambda c: c.id)] == scoring.ranks(
            [
                channels.popularity(evidence, evidence.agreements[SUBJECT], c.id)
                for c in sorted(found, key=lambda c: c.id)
            ]
        )
        for candidate in found:
            assert 0 <= candidate.score <= 1
            assert set(candidate.channels) == set(channels.CHANNELS)
            shares = {name: share.percentile for name, share in candidate.channels.items()}
            assert candidate.score == pytest.approx(scoring.combined(shares), abs=1e-5)

    @given(worlds)
    def test_direct_evidence_of_the_same_agreement_never_enters_the_score(
        self, evidence: Evidence
    ) -> None:
        subject = evidence.agreements[SUBJECT]
        without = replace(
            evidence,
            roles=tuple(r for r in evidence.roles if r.agreement != SUBJECT),
            positions=tuple(p for p in evidence.positions if SUBJECT not in p.agreements),
        )
        for actor in ENTITIES:
            for channel in MEASURES:
                assert channel(evidence, subject, actor) == channel(without, subject, actor)
            known, left = (channels.popularity(e, subject, actor) for e in (evidence, without))
            assert known == left

    @given(worlds.flatmap(shuffled_world))
    def test_the_order_of_the_evidence_changes_nothing(
        self, pair: tuple[Evidence, Evidence]
    ) -> None:
        one, other = (find_collaborators(world, SUBJECT) for world in pair)

        def essence(found: Collaborators) -> list[tuple[object, ...]]:
            return [(c.id, c.band, c.rank, c.score, c.popularity_rank) for c in found.candidates]

        assert essence(one) == essence(other)
        assert one.coverage == other.coverage

    @given(worlds, st.sampled_from(SOURCES))
    def test_excluding_a_source_is_leaving_its_claims_out(
        self, evidence: Evidence, source: str
    ) -> None:
        excluded = find_collaborators(evidence, SUBJECT, exclude_sources=[source])
        left = find_collaborators(evidence.without([source]), SUBJECT)
        assert replace(excluded, method=left.method) == left
        assert ("exclude-source", source) in excluded.method.parameters
        assert all(role.citation.source != source for role in excluded.linked)
        for candidate in excluded.candidates:
            assert all(reason.citation.source != source for reason in candidate.reasons)

    @given(worlds, st.sampled_from(FUNCTIONS))
    def test_a_function_keeps_only_who_is_on_record_for_it(
        self, evidence: Evidence, function: str
    ) -> None:
        everyone = find_collaborators(evidence, SUBJECT)
        some = find_collaborators(evidence, SUBJECT, functions=[function])
        expected = {
            c.id for c in everyone.candidates if any(function in r.touches for r in c.reasons)
        }
        assert {c.id for c in some.candidates} == expected
        assert some.linked == everyone.linked
        assert some.coverage == everyone.coverage

    @given(worlds, st.sampled_from(("fund", "agency")))
    def test_kinds_keep_only_entities_of_the_kind(self, evidence: Evidence, kind: str) -> None:
        everyone = find_collaborators(evidence, SUBJECT)
        some = find_collaborators(evidence, SUBJECT, kinds=[kind])
        assert {c.id for c in some.candidates} == {
            c.id for c in everyone.candidates if c.kind == kind
        }
        assert some.considered <= everyone.considered

    @given(worlds, st.sampled_from(THEMES))
    def test_a_theme_narrows_direct_reasons_to_itself_and_narrower_ones(
        self, evidence: Evidence, theme: str
    ) -> None:
        found = find_collaborators(evidence, SUBJECT, themes=[theme])
        looked_for = evidence.widened(theme)
        assert set(found.themes) == looked_for
        positions = {position.claim: position for position in evidence.positions}
        for candidate in found.candidates:
            for reason in candidate.reasons:
                if reason.channel == "role in a related agreement":
                    assert all(evidence.agreements[a].themes & looked_for for a in reason.through)
                elif reason.channel == "position on record":
                    assert positions[reason.claims[0]].themes & looked_for
                elif reason.channel == "mechanism or workstream":
                    assert evidence.bodies[reason.through[0]].themes & looked_for

    @given(worlds)
    def test_adds_what_nobody_does_and_strengthens_what_one_does(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        held = {cover.function: len(cover.documented) for cover in found.coverage}
        for candidate in found.candidates:
            on_record = {f for reason in candidate.reasons for f in reason.functions}
            assert set(candidate.adds) == {f for f in on_record if held[f] == 0}
            assert set(candidate.strengthens) == {f for f in on_record if held[f] == 1}

    @given(worlds)
    def test_coverage_lists_each_function_once_with_its_holders(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        assert [cover.function for cover in found.coverage] == list(evidence.functions)
        for cover in found.coverage:
            holders = {
                role.actor
                for role in found.linked
                if cover.function in role.functions and role.role not in channels.FORMAL_ROLES
            }
            assert set(cover.documented) | set(cover.weaker) == holders
            assert not set(cover.documented) & set(cover.weaker)
            assert (cover in found.missing) == (not cover.documented)
            assert cover.searched == evidence.searched.get(SUBJECT, 0)

    def test_a_formal_role_covers_no_function(self) -> None:
        for role in channels.FORMAL_ROLES:
            world = small_world(roles=(partner("e0", SUBJECT, role=role),))
            covers = {c.function: c for c in find_collaborators(world, SUBJECT).coverage}
            assert (covers["data"].documented, covers["data"].weaker) == ((), ())

    def test_a_gap_says_whether_and_where_it_was_searched(self) -> None:
        roles = (partner("e0", SUBJECT),)
        for searched, words in (
            ({}, "not searched"),
            ({"a1": 3}, "not searched"),
            ({SUBJECT: 1}, "not searched by itself, in general in 1 source"),
            ({SUBJECT: 2}, "not searched by itself, in general in 2 sources"),
        ):
            found = find_collaborators(small_world(roles=roles, searched=searched), SUBJECT)
            status = {cover.function: cover.status for cover in found.coverage}
            assert status == {"data": "documented", "finance": words, "norms": words}

    @pytest.mark.parametrize("role", sorted(channels.RUNNING_ROLES))
    @pytest.mark.parametrize("basis", ["stated", "inferred"])
    def test_whoever_runs_the_agreement_is_no_candidate(self, role: str, basis: str) -> None:
        roles = (
            partner("e0", SUBJECT, claim="r1", role=role, basis=basis),
            partner("e0", "a1", claim="r2"),
            partner("e1", SUBJECT, claim="r3", basis="inferred"),
        )
        found = find_collaborators(small_world(roles=roles), SUBJECT)
        assert [c.id for c in found.candidates] == ["e1"]

    def test_secretariat_and_administering_entity_are_no_candidates_without_a_role(self) -> None:
        roles = tuple(partner(f"e{i}", "a1", claim=f"r{i}") for i in range(3))
        world = small_world(roles=roles)
        subject = replace(
            world.agreements[SUBJECT], secretariat="e0", administering=frozenset({"e1"})
        )
        world = replace(world, agreements={**world.agreements, SUBJECT: subject})
        assert [c.id for c in find_collaborators(world, SUBJECT).candidates] == ["e2"]

    def test_outside_the_un_system_only_a_treaty_secretariat_is_a_candidate(self) -> None:
        roles = (partner("e0", "a1"), partner("e1", "a1", claim="r2"))
        world = small_world(roles=roles)
        outside = {id_: replace(a, group="other") for id_, a in world.actors.items()}
        served = replace(world.agreements["a2"], secretariat="e0")
        world = replace(world, actors=outside, agreements={**world.agreements, "a2": served})
        assert [c.id for c in find_collaborators(world, SUBJECT).candidates] == ["e0"]

    def test_supporters_are_the_documented_besides_whoever_runs_it(self) -> None:
        roles = (
            partner("e0", SUBJECT, claim="r1", role="secretariat"),
            partner("e1", SUBJECT, claim="r2"),
            partner("e2", SUBJECT, claim="r3", basis="inferred"),
            partner("e3", SUBJECT, claim="r4", role="secretariat"),
            partner("e3", SUBJECT, claim="r5"),
        )
        found = find_collaborators(small_world(roles=roles), SUBJECT)
        assert found.supporters == ("e1", "e3")

    @pytest.mark.parametrize("agreement", ["km-gbf", "nkl"])
    def test_shipped_secretariat_of_an_instrument_is_not_its_candidate(
        self, graph: Graph, agreement: str
    ) -> None:
        subject = graph.evidence.agreements[agreement]
        found = {candidate.id for candidate in graph.collaborators(agreement).candidates}
        assert subject.secretariat == "cbd-secretariat"
        assert found
        assert "cbd-secretariat" not in found

    def test_no_shipped_agreement_has_whoever_runs_it_as_a_candidate(
        self, graph: Graph, found_for: Mapping[str, Collaborators]
    ) -> None:
        for agreement, found in found_for.items():
            candidates = {candidate.id for candidate in found.candidates}
            assert not candidates & running(graph.evidence, agreement)

    def test_a_search_for_enforcement_finds_unodc_for_cites(self, graph: Graph) -> None:
        found = graph.collaborators("cites", functions=["enforcement"])
        (unodc,) = (candidate for candidate in found.candidates if candidate.id == "unodc")
        assert any("enforcement" in reason.touches for reason in unodc.reasons)

    def test_a_treaty_secretariat_outside_the_un_system_is_a_candidate(self, graph: Graph) -> None:
        whales = graph.evidence.actors["iwc-secretariat"]
        assert whales.group != "un-system"
        assert whales.id in {c.id for c in graph.collaborators("cms").candidates}
        assert whales.id not in {c.id for c in graph.collaborators("icrw").candidates}

    def test_shipped_searches_are_of_agreements_and_counted(self, graph: Graph) -> None:
        searched = graph.evidence.searched
        assert set(searched) & set(graph.evidence.agreements)
        assert all(count > 0 for count in searched.values())

    def test_shipped_agreements_keep_the_rules(
        self, graph: Graph, found_for: Mapping[str, Collaborators]
    ) -> None:
        sources = {row["source"] for row in graph.query("evidence-sources").records()}
        assert set(found_for) == set(graph.evidence.agreements)
        for agreement, found in found_for.items():
            assert found.candidates
            assert not {c.id for c in found.candidates} & documented_in(graph.evidence, agreement)
            assert {role.actor for role in found.linked} == set(found.actors)
            for candidate in found.candidates:
                assert {reason.citation.source for reason in candidate.reasons} <= sources

    def test_treaty_secretariats_are_among_the_candidates(self, graph: Graph) -> None:
        kinds = {c.kind for c in graph.collaborators("minamata").candidates}
        assert "treaty-secretariat" in kinds

    def test_popularity_alone_would_have_said_something_else(self, graph: Graph) -> None:
        found = graph.collaborators("minamata").candidates
        assert [c.rank for c in found] != [c.popularity_rank for c in found]


class TestFirstSteps:
    def test_the_step_rests_on_the_best_founded_reason(self) -> None:
        spoke = a_reason(channel="position on record")
        assert first_step(a_candidate(spoke)) == (
            "take up what it put on record (p. 1): name one deliverable"
        )
        joint = a_reason(channel="joint product")
        assert first_step(a_candidate(joint)) == (
            "ask how far the joint product is, and what its launch could carry"
        )

    def test_a_body_in_common_is_named(self) -> None:
        member_of = a_reason(channel="mechanism or workstream", through=("gw",), body="Group (GW)")
        assert first_step(a_candidate(member_of)) == (
            "raise it where both could meet: one item for the next meeting of Group (GW)"
        )

    def test_the_most_specific_function_of_the_first_reason_decides(self) -> None:
        for functions, words in (
            (("data", "enforcement"), "trade and compliance"),
            (("data", "finance", "norms"), "data set"),
            (("convening", "norms"), "definition"),
            (("convening",), "agenda"),
        ):
            assert words in first_step(a_candidate(a_reason(functions=functions)))

    def test_nothing_but_the_first_reason_decides(self) -> None:
        work = a_reason(functions=("finance",))
        alone = a_candidate(work)
        more = replace(
            alone,
            reasons=(work, a_reason(functions=("data",)), a_reason(body="Group")),
            adds=("data",),
            strengthens=("norms",),
        )
        assert first_step(more) == first_step(alone)

    def test_a_past_link_is_a_first_talk(self) -> None:
        past = a_reason(functions=("data",), current=False)
        assert first_step(a_candidate(past)) == (
            "ask for a first talk on what each side does today"
        )

    def test_without_any_function_two_work_programmes_are_compared(self) -> None:
        assert first_step(a_candidate(a_reason())) == (
            "compare the two work programmes, and agree on one joint paragraph"
        )

    def test_every_shipped_candidate_has_a_step_small_enough_for_a_line(
        self, found_for: Mapping[str, Collaborators]
    ) -> None:
        for found in found_for.values():
            for each in found.candidates:
                assert 20 < len(first_step(each)) < 250

    def test_every_shipped_function_has_a_step_of_its_own(self, graph: Graph) -> None:
        functions = [(), *((function,) for function in graph.evidence.functions)]
        steps = [first_step(a_candidate(a_reason(functions=some))) for some in functions]
        assert len(set(steps)) == len(steps)


class TestAsking:
    @pytest.mark.parametrize(
        "query",
        [
            query
            for query in catalogue.queries()
            if query.name.startswith(("incidence-", "network-", "gap-", "evidence-"))
            and not any(param.required for param in query.params)
        ],
        ids=lambda query: query.name,
    )
    def test_rows_come_in_the_order_that_the_query_names(
        self, graph: Graph, query: catalogue.Query
    ) -> None:
        assert asking.rows(graph.store, query.name) == graph.store.select(query.text).records()

    def test_what_is_unbound_comes_first_and_numbers_before_texts(self) -> None:
        values = ("x", None, 10, 9, "10")
        assert sorted(values, key=asking.ranked) == [None, 9, 10, "10", "x"]
