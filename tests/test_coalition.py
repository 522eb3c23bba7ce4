"""Coalitions: the smallest groups, what each member adds, and what nobody covers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from conftest import Process, Run
from folders import SMALL, DataFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    AGREEMENTS,
    ENTITIES,
    FUNCTIONS,
    SUBJECT,
    THEMES,
    brute_force,
    partner,
    role_strategy,
    shuffled_world,
    small_world,
    spoken,
    subsets,
    wanted_of,
    worlds,
)

from emg_graph.analysis.candidates import find_collaborators
from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.claims import Citation
from emg_graph.analysis.coalition import Coalition, Group, Slot, Wishes, find_coalition
from emg_graph.analysis.coalition.ground import Grounds
from emg_graph.analysis.country import Country
from emg_graph.analysis.evidence import Evidence, Role
from emg_graph.analysis.presence import Presence, Spent
from emg_graph.analysis.searches import Sought
from emg_graph.errors import QueryError
from emg_graph.graph import Graph, open_graph
from emg_graph.measures.cover import smallest_covers
from emg_graph.views import coalition as view

SHIPPED = (
    "aarhus", "basel", "bbnj", "cbd", "cites", "maputo-convention", "minamata", "rotterdam",
    "unclos", "unfccc", "waigani-convention", "wto-fisheries-subsidies",
)  # fmt: skip
"""Agreements with few and with many candidates, with one smallest group, several and none."""
TONE = ("duplication", "failure", "inactive")
AT = Citation("s0", "p. 1")


def ask(evidence: Evidence, **wishes: object) -> Coalition:
    """Ask for a coalition as the graph does."""
    asked = Wishes(**wishes)  # type: ignore[arg-type]
    found = find_collaborators(evidence, SUBJECT, themes=asked.themes)
    return find_coalition(evidence, found, asked)


def does(actor: str, *functions: str, agreement: str = "a1", **other: str) -> Role:
    """Make a role of an actor with these functions."""
    claim = f"{actor}-{agreement}-{'-'.join(functions)}"
    return replace(partner(actor, agreement, claim=claim, **other), functions=functions)


def told(found: Coalition) -> str:
    """Return the text for a terminal on one line."""
    return " ".join(view.to_text(found).split())


def members(group: Group) -> list[tuple[str, ...]]:
    return [place.entities for place in group.places]


def firm(found: Coalition) -> dict[str, set[Slot]]:
    """Return what each candidate covers by a stated, current record."""
    covers: dict[str, set[Slot]] = {}
    for cover in found.covers:
        if cover.firm:
            covers.setdefault(cover.entity, set()).add(cover.slot)
    return covers


def missing(
    covers: dict[str, set[Slot]], slots: Sequence[Slot], times: int, group: Sequence[str]
) -> int:
    """Return how many times are left uncovered, of all slots together."""
    held = {slot: sum(slot in covers[one] for one in group) for slot in slots}
    return sum(max(0, times - count) for count in held.values())


def least(covers: dict[str, set[Slot]], slots: Sequence[Slot], times: int, most: int) -> set[int]:
    """Return the size of the smallest groups that leave least, by trying every group."""
    groups = [g for n in range(min(most, len(covers)) + 1) for g in combinations(sorted(covers), n)]
    best = min(missing(covers, slots, times, group) for group in groups)
    fitting = [group for group in groups if missing(covers, slots, times, group) == best]
    return {min(map(len, fitting))}


THREE = small_world(
    roles=(
        does("e0", "data"),
        does("e1", "data"),
        does("e2", "finance", "norms"),
        does("e3", "finance"),
    )
)
"""Two for one function, one for the two others, and one for a part of that."""


def pairs_of(number: int) -> Evidence:
    """Make a world in which each two of so many functions are those of one entity."""
    functions = [f"f{i}" for i in range(number)]
    roles = [does(f"x{i:02}", *pair) for i, pair in enumerate(combinations(functions, 2))]
    world = small_world(roles=tuple(roles))
    actors = {
        role.actor: replace(world.actors["e0"], id=role.actor, short=role.actor) for role in roles
    }
    return replace(world, actors=actors, functions={one: one.upper() for one in functions})


class TestSmallestCover:
    @given(
        subsets(tuple("abcdef")),
        st.dictionaries(st.sampled_from("uvwxyz"), subsets(tuple("abcdefg")), max_size=6),
    )
    def test_it_is_every_smallest_group_as_brute_force_finds_them(
        self, wanted: tuple[str, ...], drawn: dict[str, tuple[str, ...]]
    ) -> None:
        covers = {key: frozenset(cover) for key, cover in drawn.items()}
        found = smallest_covers(dict.fromkeys(wanted, 1), covers, most=1000)
        assert found == (brute_force(wanted, covers) or [()])

    def test_a_cover_may_need_one_member_for_each_function(self) -> None:
        wanted = dict.fromkeys("abcdefg", 1)
        covers = {f"e{word}": frozenset(word) for word in wanted}
        assert smallest_covers(wanted, covers) == [tuple(f"e{word}" for word in wanted)]


class TestGroups:
    def test_those_with_equal_cover_take_the_same_place(self) -> None:
        found = ask(THREE)
        assert [members(group) for group in found.groups] == [[("e0", "e1"), ("e2",)]]
        assert (found.arrangements, found.total) == (1, 2)
        assert found.all_known
        (group,) = found.groups
        assert (group.size, group.ways) == (2, 2)
        assert group.uncovered == ()
        assert [place.count for place in group.places] == [1, 1]

    def test_a_member_s_margin_is_what_nobody_else_of_the_group_covers(self) -> None:
        world = small_world(roles=(does("e0", "data", "norms"), does("e1", "finance", "norms")))
        first, second = ask(world).groups[0].places
        data, finance, norms = (Slot(function) for function in FUNCTIONS)
        assert (first.covers, first.marginal) == ((data, norms), (data,))
        assert (second.covers, second.marginal) == ((finance, norms), (finance,))

    def test_the_largest_is_not_taken_first(self) -> None:
        """The classic case: the largest leaves two more to be needed, two others leave none."""
        functions = tuple("abcdef")
        roles = (does("e0", *"bcde"), does("e1", *"abc"), does("e2", *"def"))
        world = replace(small_world(roles=roles), functions={f: f.upper() for f in functions})
        assert [members(group) for group in ask(world).groups] == [[("e1",), ("e2",)]]

    def test_groups_and_places_stand_by_name(self) -> None:
        first = (does("e0", "data"), does("e1", "finance"), does("e2", "data", "norms"))
        more = (does("e3", "norms"), does("e4", "finance", "norms"))
        world = small_world(roles=first + more)
        names = {"e0": "zeta", "e1": "Beta", "e2": "alpha", "e3": "Delta", "e4": "Gamma"}
        world = replace(
            world,
            actors={
                id_: replace(actor, short=names.get(id_, actor.short))
                for id_, actor in world.actors.items()
            },
        )
        assert [members(group) for group in ask(world).groups] == [
            [("e2",), ("e1",)],
            [("e2",), ("e4",)],
            [("e4",), ("e0",)],
        ]

    def test_more_than_ten_groups_are_counted_and_ten_given(self) -> None:
        found = ask(pairs_of(6), size=1)
        assert (len(found.groups), found.arrangements, found.total) == (10, 15, 15)
        assert [members(group) for group in found.groups] == [[(f"x{i:02}",)] for i in range(10)]
        text = told(found)
        assert "There are 15 groups as small that cover as much; 10 are given." in text
        assert "THE GROUPS OF UP TO 1 THAT COVER MOST (1 member, covering 2 of 6)" in text

    def test_of_very_many_groups_as_many_are_known_as_were_sought(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("group", "answer"):
            monkeypatch.setattr(f"emg_graph.analysis.coalition.{module}.SOUGHT", 12)
        found = ask(pairs_of(6), size=1)
        assert (len(found.groups), found.arrangements, found.all_known) == (10, 12, False)
        assert "There are at least 12 groups as small" in told(found)


class TestEvidence:
    def test_what_is_inferred_or_earlier_counts_for_no_group_and_is_told(self) -> None:
        roles = (does("e0", "data"), does("e1", "finance", basis="inferred"))
        world = small_world(roles=(*roles, does("e2", "norms", standing="historic")))
        found = ask(world)
        assert members(found.groups[0]) == [("e0",)]
        assert [(n.slot.function, n.holders, n.weaker) for n in found.needs] == [
            ("data", ("e0",), ()),
            ("finance", (), ("e1",)),
            ("norms", (), ("e2",)),
        ]
        text = told(found)
        assert "Finance: inferred or earlier links only, to check: E1" in text
        assert "E1 (" not in text.partition("WHAT THE RECORD SAYS")[2]

    def test_what_is_inferred_of_a_member_is_marked_beside_what_counts(self) -> None:
        roles = (does("e0", "data"), does("e0", "data", "norms", agreement="a2", basis="inferred"))
        found = ask(small_world(roles=roles))
        assert [(c.slot.function, c.firm, len(c.grounds)) for c in found.covers] == [
            ("data", True, 2),
            ("norms", False, 1),
        ]
        assert "(inferred, current: not counted) [s0, p. 1]" in told(found)

    def test_who_runs_an_agreement_lends_nothing_to_another(self) -> None:
        role = min(RUNNING_ROLES)
        assert not ask(small_world(roles=(does("e0", "data", role=role),))).groups

    def test_an_offer_counts_and_what_was_only_said_does_not(self) -> None:
        offered = ask(small_world(positions=(spoken("e0", "t0", act="offered"),)))
        assert members(offered.groups[0]) == [("e0",)]
        assert offered.covers[0].grounds[0].claim == "p1"
        assert not ask(small_world(positions=(spoken("e0", "t0"),))).groups

    def test_each_cover_opens_into_its_claims_with_source_and_place(self) -> None:
        found = ask(THREE)
        (cover,) = found.of("e0")
        (ground,) = cover.grounds
        assert (ground.claim, ground.basis, ground.standing) == ("e0-a1-data", "stated", "current")
        assert (ground.citation, ground.functions) == (AT, ("data",))
        assert ground.sentence == "Partner for A1 (shares the theme theme t0): Helps."

    @given(worlds)
    def test_the_claims_lend_exactly_the_functions_of_the_reasons(self, evidence: Evidence) -> None:
        grounds = Grounds(evidence, wanted_of(evidence))
        for candidate in find_collaborators(evidence, SUBJECT).candidates:
            of_reasons = {f for reason in candidate.reasons for f in reason.functions}
            own = grounds.of(candidate.reasons)
            assert {f for ground in own for f in ground.functions} == of_reasons
            claims = {claim for reason in candidate.reasons for claim in reason.claims}
            assert {ground.claim for ground in own} <= claims

    def test_with_themes_a_slot_is_a_function_on_a_theme(self) -> None:
        world = small_world(roles=(does("e0", "data"), does("e1", "data", agreement="a2")))
        a2 = replace(world.agreements["a2"], themes=frozenset({"t1"}))
        world = replace(world, agreements={**world.agreements, "a2": a2}, broader={"t1": "t3"})
        offer = spoken("e2", "t1", act="offered")
        found = ask(replace(world, positions=(offer,)), themes=("t3", "t0"), functions=("data",))
        on0, on3 = Slot("data", "t0"), Slot("data", "t3")
        assert [need.slot for need in found.needs] == [on0, on3]
        assert firm(found) == {"e0": {on0}, "e1": {on3}, "e2": {on3}}
        assert members(found.groups[0]) == [("e0",), ("e1", "e2")]
        assert found.called_slot(on3) == "Data on theme t3"
        assert (on3.id, Slot("data").id) == ("t3/data", "data")


class TestWishes:
    def test_functions_take_the_place_of_those_with_fewer_than_two(self) -> None:
        there = (does("e3", "data", agreement=SUBJECT), does("e4", "data", agreement=SUBJECT))
        world = small_world(roles=(*THREE.roles[:3], *there))
        assert [need.slot.function for need in ask(world).needs] == ["finance", "norms"]
        found = ask(world, functions=("data",))
        assert members(found.groups[0]) == [("e0", "e1")]
        assert found.needs[0].coverage.documented == ("e3", "e4")

    def test_times_asks_for_several_and_says_what_falls_short(self) -> None:
        found = ask(THREE, times=2)
        (group,) = found.groups
        assert [(p.entities, p.count) for p in group.places] == [
            (("e0", "e1"), 2),
            (("e2",), 1),
            (("e3",), 1),
        ]
        assert [(f.slot.function, f.times) for f in group.uncovered] == [("norms", 1)]
        assert all(place.marginal == place.covers for place in group.places)
        text = told(found)
        assert "E0 and E1: data*" in text
        assert "Norms (covered 1 of 2 times): on record nearby: E2" in text
        assert "without this member it is covered less often than wanted" in text

    def test_two_of_three_alike_are_told_as_such(self) -> None:
        world = small_world(roles=tuple(does(f"e{i}", "data") for i in range(3)))
        found = ask(world, times=2, functions=("data",))
        assert [(p.entities, p.count) for p in found.groups[0].places] == [(("e0", "e1", "e2"), 2)]
        assert found.total == 3
        assert "2 of E0, E1 or E2 (equal cover): data*" in told(found)

    def test_a_size_gives_what_covers_most(self) -> None:
        found = ask(THREE, size=1)
        assert [members(group) for group in found.groups] == [[("e2",)]]
        assert [f.slot.function for f in found.groups[0].uncovered] == ["data"]
        assert "Group 1, which leaves Data:" in told(found)
        assert "Data: on record nearby: E0, E1" in told(found)

    def test_who_is_required_is_in_each_group_and_has_a_place_of_its_own(self) -> None:
        found = ask(THREE, require=("e1", "e3"))
        (group,) = found.groups
        assert members(group) == [("e1",), ("e2",), ("e3",)]
        assert [place.required for place in group.places] == [True, False, True]
        assert found.alternative
        assert (found.alternative.without, found.alternative.tied) == ("e2", ())
        assert "less of norms" in told(found)

    def test_a_required_entity_without_a_cover_is_told(self) -> None:
        found = ask(THREE, require=("e4",))
        assert members(found.groups[0]) == [("e0", "e1"), ("e2",), ("e4",)]
        assert found.notes == (
            "E4 is in each group because it is required: no stated, current record of what is"
            " wanted was found for it",
        )
        assert "E4 (required): nothing of this" in told(found)
        world = replace(THREE, roles=(*THREE.roles, does("e4", "data", basis="inferred")))
        assert ask(world, require=("e4",)).notes[0].endswith(", only an inferred or earlier one")

    def test_a_required_entity_that_is_linked_already_is_told_and_no_member(self) -> None:
        world = replace(THREE, roles=(*THREE.roles, does("e4", "norms", agreement=SUBJECT)))
        found = ask(world, require=("e4",))
        assert members(found.groups[0]) == [("e0", "e1"), ("e2",)]
        assert found.notes == (
            "E4 is linked to A0 already: it counts among those who are there, not as a member of"
            " a group",
        )

    def test_if_all_are_required_there_is_no_alternative(self) -> None:
        found = ask(THREE, require=("e0", "e2"))
        assert found.alternative is None
        assert "Everybody in the group is required" in told(found)

    def test_who_is_excluded_is_in_no_group_and_named_where_missed(self) -> None:
        found = ask(THREE, exclude=("e2", "e4"))
        assert members(found.groups[0]) == [("e0", "e1"), ("e3",)]
        assert found.needs[2].excluded == ("e2",)
        assert found.notes == ("To exclude E4 changes nothing: it would be in no group",)
        assert "Norms: on record nearby and excluded: E2" in told(found)

    def test_if_all_are_excluded_it_is_said(self) -> None:
        found = ask(THREE, exclude=("e0", "e1", "e2", "e3"))
        assert (found.groups, found.alternative) == ((), None)
        assert found.notes == ("Everybody on record for what is wanted is excluded",)
        text = told(found)
        assert "none: everybody on record for any of this is excluded" in text
        assert "Data: on record nearby and excluded: E0, E1" in text

    @pytest.mark.parametrize(
        ("wishes", "words"),
        [
            ({"size": 0}, "the size must be 1 or more, not 0"),
            ({"times": -1}, "the times must be 1 or more, not -1"),
            (
                {"require": ("e0", "e1"), "exclude": ("e1",)},
                "e1 cannot be both required and excluded",
            ),
            (
                {"require": ("e1", "e0"), "size": 1},
                "a group of at most 1 has no room for the 2 required: e0, e1",
            ),
        ],
    )
    def test_wishes_that_cannot_be_are_refused(self, wishes: dict[str, object], words: str) -> None:
        with pytest.raises(QueryError) as caught:
            ask(THREE, **wishes)
        assert str(caught.value) == words

    def test_of_those_alike_the_ones_in_the_country_come_first(self) -> None:
        here = Presence(here=Spent("Jordan", "2024", 2e6, AT))
        country = Country("jordan", "Jordan", (), (), {"e1": here}, frozenset())
        found = find_coalition(THREE, find_collaborators(THREE, SUBJECT, country=country))
        assert members(found.groups[0]) == [("e1", "e0"), ("e2",)]
        text = told(found)
        assert "E1 [present] or E0 [presence not reported] (equal cover): data*" in text
        assert "Expenses in Jordan: 2 million US dollars in 2024 [s0, p. 1]" in text
        table = found.to_table()
        assert table.columns[-1] == "presence"
        rows = [row for row in table.records() if row["part"] == "cover"]
        assert {row["id"]: row["presence"] for row in rows} == {
            "e0": "not-reported", "e1": "present", "e2": "not-reported", "e3": "not-reported",
        }  # fmt: skip
        data = json.loads(view.to_json(found))
        assert data["country"]["presence"]["e1"]["state"] == "present"

    def test_the_alternative_is_without_the_member_who_covers_most(self) -> None:
        found = ask(THREE)
        assert found.alternative
        assert (found.alternative.without, found.alternative.tied) == ("e2", ())
        assert [members(group) for group in found.alternative.groups] == [[("e0", "e1"), ("e3",)]]
        assert "Without E2: 2 members, covering 2 of 3; less of norms:" in told(found)

    def test_of_those_who_cover_as_much_the_first_by_name_is_taken_out_and_the_others_named(
        self,
    ) -> None:
        found = ask(THREE, functions=("data", "finance"))
        assert found.alternative
        assert found.alternative.without == "e0"
        assert found.alternative.tied == ("e1", "e2", "e3")
        assert "Without E0 (E1, E2 and E3 as much; E0 is first by name)" in told(found)

    def test_without_anybody_else_that_is_said(self) -> None:
        found = ask(small_world(roles=(does("e0", "data"),)))
        assert found.alternative
        assert found.alternative.groups == ()
        assert "Without E0: nobody else covers anything of this." in told(found)

    def test_what_nobody_covers_is_told_with_what_was_searched(self) -> None:
        searched = small_world(roles=(does("e0", "data"),), searched={SUBJECT: 3})
        text = told(ask(searched))
        assert "None found among 1 candidate, in the 1 source of roles and offers:" in text
        words = "not searched by itself, in general in 3 sources"
        assert f"• Finance: here: {words}" in text
        assert f"Finance: nobody documented here ({words})" in text
        nobody = {SUBJECT: (Sought("entities with a role", "none-found", ("p1", "p2")),)}
        text = told(ask(replace(searched, sought=nobody)))
        assert "• Finance: here: none found in 2 sources" in text
        assert "Finance: nobody documented here (none found in 2 sources)" in text
        assert "• Finance: here: not searched" in told(
            ask(small_world(roles=(does("e0", "data"),)))
        )
        assert "Not searched, since this graph holds no roles and no positions:" in told(
            ask(small_world())
        )

    def test_weaker_links_in_the_agreement_itself_are_told(self) -> None:
        weaker = does("e4", "finance", agreement=SUBJECT, basis="inferred")
        found = ask(small_world(roles=(does("e0", "data"), weaker)))
        words = "Finance: nobody documented here (not searched; weaker links only: E4)"
        assert words in told(found)
        rows = {row["function"]: row for row in found.to_table().records()[:3]}
        assert rows["finance"]["part"] == "wanted"
        assert rows["finance"]["reason"] == "weaker links here: e4"

    def test_where_nothing_is_missing_that_is_said(self) -> None:
        there = tuple(does(one, *FUNCTIONS, agreement=SUBJECT) for one in ("e0", "e1"))
        found = ask(small_world(roles=(*there, does("e2", "data"))))
        assert (found.needs, found.groups, found.covers) == ((), (), ())
        text = told(found)
        assert "each function has two or more on record; nothing to cover" in text
        empty = replace(small_world(), functions={})
        assert "no functions are in this graph; nothing to cover" in told(ask(empty))


WISHES = st.fixed_dictionaries(
    {
        "times": st.integers(1, 2),
        "size": st.sampled_from([None, None, 1, 2]),
        "exclude": subsets(ENTITIES[:2]),
        "themes": st.sampled_from([(), (), ("t0",), ("t0", "t3")]),
        "functions": st.sampled_from([(), (), ("data", "norms")]),
    }
)


class TestProperties:
    @settings(max_examples=50)
    @given(worlds)
    def test_places_cover_all_that_any_candidate_can(self, evidence: Evidence) -> None:
        found = find_collaborators(evidence, SUBJECT)
        wanted = {c.function for c in found.coverage if len(c.documented) < 2}
        can = {c.id: set(c.adds) | set(c.strengthens) for c in found.candidates}
        reachable = set().union(*can.values())
        coalition = find_coalition(evidence, found)
        assert {need.slot.function for need in coalition.needs} == wanted
        told: dict[str, set[str]] = {}
        for cover in coalition.covers:
            told.setdefault(cover.entity, set()).add(cover.slot.function)
        assert told == {one: functions for one, functions in can.items() if functions}
        held = {need.slot.function for need in coalition.needs if need.holders}
        hinted = {need.slot.function for need in coalition.needs if need.weaker}
        assert held | hinted == reachable
        assert {need.slot.function for need in coalition.beyond} == wanted - held
        assert bool(coalition.groups) == bool(held)
        for group in coalition.groups:
            assert {slot.function for slot in group.covered} == held
            for place in group.places:
                assert place.entities
                for entity in place.entities:
                    assert firm(coalition)[entity] == set(place.covers)
        assert len({group.size for group in coalition.groups}) <= 1

    @settings(max_examples=50)
    @given(worlds, WISHES)
    def test_no_smaller_group_covers_as_much(
        self, evidence: Evidence, wishes: dict[str, object]
    ) -> None:
        found = ask(evidence, **wishes)
        slots = [need.slot for need in found.needs]
        excluded = wishes["exclude"]
        assert isinstance(excluded, tuple)
        covers = {one: own for one, own in firm(found).items() if one not in excluded}
        for group in found.groups:
            left = sum(one.wanted - one.times for one in group.uncovered)
            taken = [one for place in group.places for one in place.entities[: place.count]]
            assert missing(covers, slots, found.times, taken) == left
            most = found.size or len(covers)
            assert {group.size} == least(covers, slots, found.times, most)
        assert bool(found.groups) == bool(covers)

    @settings(max_examples=50)
    @given(worlds, WISHES)
    def test_each_group_covers_what_it_says(
        self, evidence: Evidence, wishes: dict[str, object]
    ) -> None:
        found = ask(evidence, **wishes)
        covers = firm(found)
        excluded = {entity for need in found.needs for entity in need.excluded}
        other = found.alternative.groups if found.alternative else ()
        for group in (*found.groups, *other):
            for filled in group.filled:
                held = sum(place.count for place in group.places if filled.slot in place.covers)
                assert filled.times == held
                for place in group.places:
                    less = filled.slot in place.covers and held - 1 < found.times
                    assert (filled.slot in place.marginal) == less
            for place in group.places:
                assert len(place.entities) >= place.count
                assert all(covers[one] == set(place.covers) for one in place.entities)
                assert not set(place.entities) & excluded
        if found.alternative:
            assert not any(
                found.alternative.without in place.entities for g in other for place in g.places
            )

    @settings(max_examples=50)
    @given(worlds.flatmap(shuffled_world), WISHES)
    def test_the_order_of_the_rows_changes_nothing(
        self, pair: tuple[Evidence, Evidence], wishes: dict[str, object]
    ) -> None:
        one, other = (view.to_json(ask(world, **wishes)) for world in pair)
        assert one == other

    @settings(max_examples=50)
    @given(
        worlds,
        role_strategy(
            AGREEMENTS[1:], ENTITIES, roles=("partner",), basis=("stated",), standing=("current",)
        ),
    )
    def test_one_more_on_record_never_makes_the_smallest_group_larger(
        self, evidence: Evidence, role: Role
    ) -> None:
        before = ask(evidence)
        after = ask(replace(evidence, roles=(*evidence.roles, replace(role, claim="new"))))
        worth = [
            (-len(f.groups[0].covered), f.groups[0].size) if f.groups else (0, 0)
            for f in (before, after)
        ]
        assert worth[1] <= worth[0]

    @settings(max_examples=50)
    @given(worlds)
    def test_places_and_those_alike_stand_by_name(self, evidence: Evidence) -> None:
        def name(entity: str) -> tuple[str, str]:
            return evidence.actors[entity].short.casefold(), entity

        found = ask(evidence)
        for group in found.groups:
            for place in group.places:
                assert list(place.entities) == sorted(place.entities, key=name)
            firsts = [name(place.entities[0]) for place in group.places]
            assert firsts == sorted(firsts)
        order = [[name(place.entities[0]) for place in g.places] for g in found.groups]
        assert order == sorted(order)

    @settings(max_examples=50)
    @given(worlds, st.sampled_from(THEMES))
    def test_a_theme_is_covered_by_no_more_than_the_function_alone(
        self, evidence: Evidence, theme: str
    ) -> None:
        narrowed = ask(evidence, themes=(theme,))
        reached = evidence.widened(theme)
        for cover in narrowed.covers:
            assert cover.slot.theme == theme
            for ground in cover.grounds:
                assert set(ground.themes) & reached
                assert cover.slot.function in ground.functions


class TestShipped:
    @pytest.mark.parametrize("agreement", SHIPPED)
    def test_the_groups_are_the_smallest_by_what_the_record_says(
        self, agreement: str, graph: Graph
    ) -> None:
        """Recomputed from the claims and by trying every group."""
        found = graph.coalition(agreement)
        evidence = graph.evidence
        candidates = {c.id: c for c in graph.collaborators(agreement).candidates}
        slots = [need.slot for need in found.needs]
        covers: dict[str, set[Slot]] = {}
        for role in evidence.roles:
            near = candidates.get(role.actor)
            shown = near and any(role.claim in reason.claims for reason in near.reasons)
            if shown and role.documented and role.role not in RUNNING_ROLES:
                covers.setdefault(role.actor, set()).update(map(Slot, role.functions))
        for position in evidence.positions:
            near = candidates.get(position.actor)
            stated = near and any(
                position.claim in reason.claims and reason.basis == "stated"
                for reason in near.reasons
            )
            if stated and "offered" in position.acts:
                covers.setdefault(position.actor, set()).update(map(Slot, position.functions))
        covers = {e: own & set(slots) for e, own in covers.items() if own & set(slots)}
        assert covers == firm(found)
        assert bool(found.groups) == bool(covers)
        alike = {frozenset(own): one for one, own in sorted(covers.items(), reverse=True)}
        kinds = {one: set(own) for own, one in alike.items()}
        for group in found.groups:
            assert least(kinds, slots, 1, group.size) == {group.size}
            assert missing(kinds, slots, 1, list(kinds)) == len(group.uncovered)
        claims = {role.claim: role.citation for role in evidence.roles}
        claims |= {position.claim: position.citation for position in evidence.positions}
        for cover in found.covers:
            for ground in cover.grounds:
                assert claims[ground.claim] == ground.citation
                assert ground.citation.source in graph.sources
        best = len(found.groups[0].uncovered) if found.groups else 0
        size = found.groups[0].size if found.groups else 0
        every = [
            group
            for group in combinations(kinds, size)
            if size and missing(kinds, slots, 1, group) == best
        ]
        assert len(every) == found.arrangements

    def test_a_name_serves_as_well_as_an_id(self, graph: Graph) -> None:
        by_name = graph.coalition("Minamata Convention on Mercury", exclude=["World Bank"])
        assert by_name == graph.coalition("minamata", exclude=["world-bank"])
        assert by_name.method.data == graph.data_hash
        assert by_name.method.parameters == (
            ("agreement", "minamata"),
            ("functions", "with fewer than two documented"),
            ("excluded", "world-bank"),
            ("times", "1"),
        )


class TestCommand:
    def test_the_text_has_its_parts_and_fits(self, run: Run) -> None:
        text = run("coalition", "bbnj").stdout
        heads = ("WANTED", "THE SMALLEST GROUPS", "LEFT UNCOVERED", "WITHOUT", "WHAT THE RECORD")
        places = [text.index(f"\n{head}") for head in heads]
        assert places == sorted(places)
        assert all(len(line) <= 100 for line in text.splitlines())
        assert not [word for word in TONE if word in text.lower()]
        assert "not best in the world" in text.replace("\n", " ")

    def test_json_holds_everything_whatever_the_limit(self, run: Run, graph: Graph) -> None:
        whole = run("coalition", "bbnj", "--format", "json").stdout
        assert run("coalition", "bbnj", "--format", "json", "--limit", "1").stdout == whole
        data = json.loads(whole)
        found = graph.coalition("bbnj")
        assert len(data["groups"]) == len(found.groups) > 1
        ground = data["covers"][0]["grounds"][0]
        assert {"claim", "basis", "standing", "sentence", "citation"} <= set(ground)
        assert data["method"]["parameters"]["agreement"] == "bbnj"
        assert {cover["basis"] for cover in data["covers"]} == {"stated", "weaker"}

    def test_a_limit_says_what_it_hides(self, run: Run, graph: Graph) -> None:
        total = len(graph.coalition("bbnj").groups)
        words = f"… and {total - 1} more groups; --limit 0 shows all {total}"
        assert words in run("coalition", "bbnj", "--limit", "1").stdout
        done = run("coalition", "bbnj", "--limit", "1", "--format", "csv")
        assert words in done.stderr
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert {row["group"] for row in rows if row["part"] == "group"} == {"1"}
        every = run("coalition", "bbnj", "--limit", "0", "--format", "csv")
        assert every.stderr == ""
        groups = {row["group"] for row in csv.DictReader(io.StringIO(every.stdout))}
        assert groups >= {str(number) for number in range(1, total + 1)}

    def test_a_row_of_a_claim_names_its_source(self, run: Run) -> None:
        text = run("coalition", "minamata", "--format", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(text)))
        claims = [row for row in rows if row["part"] == "cover"]
        assert claims
        assert all(row["claim"] and row["source"] and row["locator"] for row in claims)
        wanted = [row for row in rows if row["part"] == "wanted"]
        assert {row["function"] for row in wanted} >= {"enforcement"}

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("minimata",), "no agreement is called 'minimata'; did you mean"),
            (("minamata", "--require", "unicefs"), "no entity is called 'unicefs'"),
            (("minamata", "--function", "money"), "no function is called 'money'"),
            (("minamata", "--require", "who", "--exclude", "WHO"), "who cannot be both required"),
            (
                ("minamata", "--require", "unicef", "--require", "undrr", "--size", "1"),
                "has no room for the 2 required",
            ),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, arguments: tuple[str, ...], words: str, run: Run
    ) -> None:
        done = run("coalition", *arguments)
        assert words in str(done.exception)
        assert done.stdout == ""

    @pytest.mark.parametrize("option", ["--size", "--times"])
    @pytest.mark.parametrize("number", ["0", "-3", "two"])
    def test_a_number_below_one_is_refused(self, option: str, number: str, run: Run) -> None:
        done = run("coalition", "minamata", option, number)
        assert done.exit_code == 2
        assert "Invalid value" in done.stderr

    def test_where_nothing_is_missing_that_is_said_and_nothing_is_wrong(
        self, run: Run, tmp_path: Path
    ) -> None:
        data = DataFolder(tmp_path / "data")
        functions = [row[0] for row in data.read("concepts") if row[1] == "function"]
        for entity in ("unicef", "escwa"):
            data.add(
                "roles", entity=entity, agreement="minamata", role="capacity-partner",
                functions="|".join(sorted(functions)), summary=f"{entity} helps with everything",
            )  # fmt: skip
        own = ("--data", data.path, "--store", "memory:")
        words = "each function has two or more on record; nothing to cover"
        text = run("coalition", "minamata", *own)
        assert (text.exit_code, words in text.stdout) == (0, True)
        rows = run("coalition", "minamata", *own, "--format", "csv")
        assert (rows.exit_code, rows.stdout.count("\n")) == (0, 1)
        assert words in rows.stderr

    def test_the_same_bytes_whatever_the_hash_seed(self, process: Process) -> None:
        outputs = {
            process("coalition", "bbnj", "--country", "KEN", env={"PYTHONHASHSEED": seed}).stdout
            for seed in ("1", "2")
        }
        assert len(outputs) == 1
        assert "[present]" in outputs.pop()


class TestSmallData:
    def test_in_a_notebook_each_part_is_a_table(self) -> None:
        html = ask(THREE)._repr_html_()
        for title in ("Wanted", "The smallest groups", "Without the member who covers most"):
            assert f"<h4>{title}</h4>" in html
        assert "<h4>Left uncovered</h4>" not in html
        assert "<h4>Left uncovered</h4>" in ask(THREE, size=1)._repr_html_()
        assert "nothing here speaks of merit" in html

    def test_the_table_says_what_is_left_uncovered_and_the_notes(self) -> None:
        rows = ask(THREE, size=1, exclude=("e4",)).to_table().records()
        left = [row for row in rows if row["part"] == "uncovered"]
        assert [(row["function"], row["reason"]) for row in left] == [
            ("data", "covered 0 times of 1 wanted")
        ]
        assert [row["reason"] for row in rows if row["part"] == "note"] == [
            "To exclude E4 changes nothing: it would be in no group"
        ]

    def test_small_data_of_one_s_own_is_answered(self) -> None:
        graph = open_graph("memory:", SMALL)
        found = graph.coalition("minamata", functions=["finance"], require=["who"])
        assert [need.slot.function for need in found.needs] == ["finance"]
        assert all(place.entities for group in found.groups for place in group.places)
        assert len(found.to_table()) > 0
