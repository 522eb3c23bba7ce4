"""What the record lacks: each rule on a world small enough to check by hand, and on the shipped."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import click
import pytest
from conftest import Process, Run
from hypothesis import given
from hypothesis import settings as cheap
from hypothesis import strategies as st
from worlds import SOURCES, cited, project, worlds

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.claims import Citation, Membership, Position, Role, Work
from emg_graph.analysis.evidence import Actor, Agreement, Body, Evidence
from emg_graph.analysis.gaps import (
    KINDS,
    STATUSES,
    Gap,
    Gaps,
    Robustness,
    find_gaps,
    read_record,
    require_kinds,
)
from emg_graph.analysis.gaps.gap import DOCUMENTED, NONE_FOUND, NOT_SEARCHED, Drop
from emg_graph.analysis.gaps.record import Crossing, Extent, Naming, Record, Search, Target
from emg_graph.analysis.incidence import RELATIONS, Holding, Incidence
from emg_graph.analysis.nulls import require_null
from emg_graph.analysis.robustness import Interval
from emg_graph.cli.gaps import command as gaps_command
from emg_graph.errors import QueryError, UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.views.gaps import to_json, to_text

SMALL = Path(__file__).parent / "data" / "small"
GENERAL = "not searched; a general search in 2 sources (partly found)"
FUNCTIONS = {"data": "Data", "finance": "Finance"}
THEMES = {
    "air": "Air", "coordination": "Coordination", "gender": "Gender equality", "sea": "Sea",
    "soil": "Soil", "water": "Water",
}  # fmt: skip


def at(source: str) -> Citation:
    return Citation(source, "p. 1")


def treaty(
    name: str, themes: str = "", parent: str | None = None, secretariat: str | None = None
) -> Agreement:
    return Agreement(
        name, f"Convention {name}", name.upper(), parent, "c", frozenset(themes.split()),
        secretariat, frozenset(),
    )  # fmt: skip


def actor(name: str, kind: str = "agency") -> Actor:
    type_ = "mechanism" if name[0] == "m" else "entity"
    return Actor(name, type_, f"Office of {name}", name.upper(), kind, "Kind", "un-system")


def body(
    name: str, themes: str = "water", standing: str = "current", read: str = "partial"
) -> Body:
    return Body(name, f"Group {name}", name.upper(), standing, read, frozenset(themes.split()))


def role(
    who: str,
    agreement: str,
    what: str = "partner",
    functions: str = "data",
    basis: str = "stated",
    standing: str = "current",
    source: str = "s1",
) -> Role:
    return Role(
        f"role-{who}-{agreement}-{what}-{basis}-{standing}-{functions}", who, agreement, what,
        what.capitalize(), tuple(functions.split()), basis, standing, None, None, None, "Helps.",
        "high", None, at(source),
    )  # fmt: skip


def member(
    who: str, of: str, basis: str = "stated", standing: str = "current", source: str = "s2"
) -> Membership:
    return Membership(
        f"member-{who}-{of}", who, of, "member", "Member", basis, standing, at(source)
    )  # fmt: skip


def said(
    who: str,
    acts: str,
    themes: str = "water",
    names: str = "",
    inferred: str = "",
    source: str = "s3",
) -> Position:
    return Position(
        f"{who}-{acts.split()[0]}", f"position-{who}-{acts}", who, "meeting",
        tuple(acts.split()), frozenset(themes.split()), (), frozenset(names.split()),
        frozenset(inferred.split()), "Spoke up.", at(source),
    )  # fmt: skip


def search(
    subject: str,
    looked_for: str = "entities with a role",
    outcome: str = "partly-found",
    places: str = "p1 p2",
    source: str = "s9",
) -> Search:
    claim = f"https://x/{subject}-{looked_for.replace(' ', '-')}"
    return Search(
        claim, subject, looked_for, outcome, tuple(places.split()), "2026", at(source), None
    )  # fmt: skip


def naming(item: str, kind: str, thing: str, basis: str = "stated", source: str = "s4") -> Naming:
    return Naming(item, kind, thing, basis, item, f"{item}-{thing}", at(source))


def world(
    agreements: Iterable[Agreement] = (),
    actors: Iterable[Actor] = (),
    bodies: Iterable[Body] = (),
    roles: Iterable[Role] = (),
    memberships: Iterable[Membership] = (),
    positions: Iterable[Position] = (),
    works: Iterable[Work] = (),
    **more: object,
) -> Record:
    """Return a record of a few things; whoever is spoken of is an entity of the UN system."""
    known = {one.id: one for one in actors}
    names = {one.actor for one in roles} | {one.actor for one in memberships}
    names |= {one.actor for one in positions} | {one.actor for one in works}
    names -= known.keys()
    known |= {name: actor(name) for name in sorted(names)}
    evidence = Evidence(
        {one.id: one for one in agreements}, dict(sorted(known.items())),
        {one.id: one for one in bodies}, FUNCTIONS, THEMES, {"sea": "water"}, tuple(roles),
        tuple(memberships), tuple(positions), (), {}, tuple(works),
        budgets=more.pop("budgets", frozenset()),  # type: ignore[arg-type]
    )  # fmt: skip
    return Record(evidence, **more)  # type: ignore[arg-type]


def of(record: Record, kind: str) -> dict[tuple[str, ...], Gap]:
    """Return the gaps of a kind by their subjects."""
    return {gap.subjects: gap for gap in find_gaps(record, kinds=[kind]).gaps}


class TestSilence:
    """Where nobody looked."""

    def test_an_agreement_is_searched_if_a_search_for_entities_was_carried_out(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2"), treaty("a3"), treaty("a4")],
            roles=[role("e1", "a2", basis="inferred")],
            searches=(
                search("a1"),
                search("a2", outcome="not-looked-up"),
                search("a3", "the number of parties", "found"),
            ),
        )
        found = of(record, "supporters-not-searched")
        assert [*found] == [("a2",), ("a3",), ("a4",)]
        assert {gap.status for gap in found.values()} == {NOT_SEARCHED}
        assert [ground.claim for ground in found["a2",].grounds] == [record.searches[1].claim]
        assert [ground.basis for ground in found["a2",].against] == ["inferred"]
        assert found["a3",].grounds == found["a3",].against == ()
        assert found["a4",].robustness.sentence == (
            "stands whichever source is dropped; 1 more search would close it"
        )

    def test_without_the_sources_that_were_searched_nobody_has_searched(self) -> None:
        record = world([treaty("a1")], searches=(search("a1"),))
        for dropped in (["p1", "p2"], ["s9"]):
            assert [*of(record.without(dropped), "supporters-not-searched")] == [("a1",)]
        assert not of(record.without(["p1"]), "supporters-not-searched")

    def test_what_was_not_looked_up_is_told_once(self) -> None:
        decisions = "entities asked to act"
        record = world(
            [treaty("a1"), treaty("a2")],
            searches=(
                search("a1"),
                search("a1", decisions, "not-looked-up"),
                search("a1", "the number of parties", "unreadable"),
                search("a2", decisions, "not-looked-up"),
            ),
        )
        found = of(record, "not-looked-up")
        assert sorted(gap.statement for gap in found.values()) == [
            "On A1, entities asked to act: not looked up yet.",
            "On A1, the number of parties: could not be read.",
        ]
        assert all(gap.outcome == "not searched" for gap in found.values())
        assert all(gap.robustness.needed == ("s9",) for gap in found.values())
        assert [*of(record, "supporters-not-searched")] == [("a2",)]

    def test_what_was_searched_for_and_not_found(self) -> None:
        record = world(
            [treaty("a1")],
            searches=(
                search("a1", "a page", "none-found"),
                search("a1", "a list", "found"),
                search("a1", "a book", "unreadable"),
            ),
        )
        (gap,) = of(record, "sought-not-found").values()
        assert (gap.status, gap.outcome) == (NONE_FOUND, "none found in 2 sources")
        assert gap.statement == "On A1, a page: none found."
        assert not of(record.without(["p1", "p2"]), "sought-not-found")

    def test_the_members_of_current_mechanisms(self) -> None:
        record = world(
            bodies=[
                body("m1"), body("m2", read="complete"), body("m3", read="not-seen"),
                body("m4", standing="historic"),
            ],
            memberships=[member("e1", "m1"), member("e2", "m1")],
            searches=(search("m3", "the full list of members", "none-found"),),
        )  # fmt: skip
        found = of(record, "members-not-read")
        assert [*found] == [("m1",)], "of m3 its search says that none was found"
        assert {subjects[0] for subjects in of(record, "sought-not-found")} == {"m3"}
        assert found["m1",].statement.endswith("was read in part in 1 source: 2 members on record.")
        assert found["m1",].sources == ("s2",)
        assert found["m1",].outcome == (
            "not searched; nobody is on record as having looked for the whole list"
        )
        partly = search("m1", "the full list of members", "partly-found")
        (told, unread) = of(replace(record, searches=(partly,)), "members-not-read").values()
        assert unread.statement == "The list of members of M3 was not read; no member is on record."
        assert "read in part in 3 sources: 2 members" in told.statement
        assert told.sources == ("p1", "p2", "s2")
        assert told.outcome == "not searched; a search in 2 sources did not end with the whole list"

    @pytest.mark.parametrize(
        ("members", "told"), [("e1", "1 member is"), ("e1 e2", "2 members are")]
    )
    def test_members_on_record_of_a_list_that_was_not_read_come_from_elsewhere(
        self, members: str, told: str
    ) -> None:
        record = world(
            bodies=[body("m1", read="not-seen")],
            memberships=[member(one, "m1") for one in members.split()],
        )
        (gap,) = of(record, "members-not-read").values()
        assert gap.statement == (
            f"The list of members of M1 was not read; {told} on record from elsewhere."
        )

    def test_a_thing_that_is_no_actor_is_called_by_its_name(self) -> None:
        meeting = replace(search("som", "a list", "none-found"), name="Senior Officials Meeting")
        undone = replace(search("som", "a page", "not-looked-up"), name=meeting.name)
        record = world(searches=(meeting, undone))
        (gap,) = of(record, "sought-not-found").values()
        assert gap.statement == "On the Senior Officials Meeting, a list: none found."
        assert gap.subjects[0] == "som"
        (put_off,) = of(record, "not-looked-up").values()
        assert put_off.grounds[0].sentence == "Not looked up yet: a page."

    def test_entities_of_which_a_budget_a_place_or_expenses_were_not_read(self) -> None:
        record = world(
            actors=[actor("e1"), actor("e2"), replace(actor("e3"), group=None)],
            budgets=frozenset({("e1", "s1")}),
            places=(("e1", "seat", "s1"), ("e2", "expenses", "s2"), ("e3", "seat", "s1")),
        )
        assert [*of(record, "budget-not-read")] == [("e2",)]
        assert [*of(record, "seat-not-recorded")] == [("e2",)]
        ((subjects, gap),) = of(record, "presence-not-reported").items()
        assert subjects == ("e1",)
        assert gap.statement == (
            "No expenses by country of E1 are in the 1 source on record that gives such."
        )
        assert gap.sources == ("s2",)
        assert [
            one.statement for one in of(record.without(["s2"]), "presence-not-reported").values()
        ] == [f"No expenses by country of {name} are on record." for name in ("E1", "E2")]
        less = record.without(["s1"])
        assert [*of(less, "budget-not-read")] == [("e1",), ("e2",)]
        assert [*of(less, "seat-not-recorded")] == [("e1",), ("e2",)]

    def test_countries_known_otherwise_speak_against_unreported_expenses(self) -> None:
        record = world(
            actors=[actor("e1"), actor("e2")],
            extents=(
                Extent("e1", "project", 3, at("s1")), Extent("e1", "portfolio", 1, at("s2")),
                Extent("e1", "plan", 2, at("s3")), Extent("e1", "budget", 9, at("s4")),
            ),
        )  # fmt: skip
        found = of(record, "presence-not-reported")
        assert [one.sentence for one in found["e1",].against] == [
            "E1 is on record in 1 country by the list of its projects in a fund.",
            "E1 is on record in 2 countries by its activities in country plans.",
            "E1 is on record in 3 countries by projects of funds that it carries out.",
        ]
        assert found["e1",].cited == {"s1", "s2", "s3"}
        assert found["e2",].against == ()
        assert len(of(record.without(["s1"]), "presence-not-reported")["e1",].against) == 2

    def test_the_budget_of_what_it_is_part_of_speaks_against_an_unread_one(self) -> None:
        record = world(
            actors=[actor("e1"), actor("e2"), actor("e3")],
            budgets=frozenset({("e1", "s1")}),
            extents=(Extent("e1", "budget", 4, at("s1")), Extent("e1", "plan", 9, at("s2"))),
            above={"e2": ("e1",)},
        )
        found = of(record, "budget-not-read")
        assert [*found] == [("e2",), ("e3",)]
        (ground,) = found["e2",].against
        assert ground.sentence == "The budget of E1, of which it is a part, was read: 4 mandates."
        assert (ground.basis, ground.citation) == ("inferred", at("s1"))
        assert found["e3",].against == ()


class TestSupport:
    """Few supporters, and missing functions."""

    def test_at_most_one_supporter_besides_who_runs_it_or_keeps_its_papers(self) -> None:
        record = world(
            [treaty(f"a{n}") for n in range(5)],
            roles=[
                role("e1", "a0"), role("e2", "a0"),
                role("e1", "a1"), role("e9", "a1", "secretariat"), role("e8", "a1", "trustee"),
                role("e1", "a2", standing="historic"),
                role("e1", "a3", basis="inferred"), role("e2", "a3", standing="planned"),
            ],
            searches=(search("a1"),),
        )  # fmt: skip
        known = record.evidence.agreements
        found = {key: gap for key, gap in of(record, "thin-support").items() if key[0] in known}
        assert [*found] == [("a1",), ("a2",), ("a3",), ("a4",)]
        assert found["a1",].statement == "A1 has one documented supporter on record, E1."
        assert found["a1",].outcome == f"{GENERAL} did not ask for all of them"
        assert (found["a1",].robustness.closing, found["a4",].robustness.closing) == (1, 2)
        assert found["a2",].outcome == "not searched"
        assert [one.standing for one in found["a2",].against] == ["historic"]
        assert [one.standing for one in found["a3",].against] == ["current", "planned"]
        assert found["a3",].robustness.weaker == 2
        assert found["a4",].against == ()

    def test_no_supporter_is_searched_and_none_found_where_just_that_was_asked(self) -> None:
        none = search("a1", outcome="none-found")
        put_off = search("a1", "entities asked to act", "not-looked-up", source="s8")
        for searches, status in (
            ((none,), NONE_FOUND), ((none, put_off), NOT_SEARCHED),
            ((none, search("a1", "entities in decisions")), NOT_SEARCHED),
            ((none, search("a1", "the number of parties", "found")), NONE_FOUND),
        ):  # fmt: skip
            record = world([treaty("a1")], searches=searches)
            assert of(record, "thin-support")["a1",].status == status
        without = world([treaty("a1")], searches=(none, put_off)).without(["s8"])
        assert of(without, "thin-support")["a1",].status == NOT_SEARCHED, "nobody knows any more"

    def test_a_workstream_on_a_theme_speaks_against_its_having_no_supporter(self) -> None:
        record = world(bodies=[body("w1", "soil", standing="current")])
        found = of(record, "thin-support")
        assert found["soil",].robustness.weaker == 1
        assert found["soil",].counter
        assert found["soil",].counter.sentence.startswith("W1 is a workstream on it")
        assert found["air",].against == ()

    def test_what_the_parent_has_speaks_against_a_gap_of_its_protocol(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2", parent="a1")],
            roles=[role("e1", "a1"), role("e2", "a1", functions="finance")],
            above={"a2": ("a1",)},
        )
        thin, missing = of(record, "thin-support"), of(record, "missing-function")
        assert [one.basis for one in thin["a2",].against] == ["inferred", "inferred"]
        assert thin["a2",].against[0].sentence.startswith("Its parent has it: E1")
        assert [*missing] == [("a2", "data"), ("a2", "finance")]
        assert missing["a2", "finance"].counter
        assert missing["a2", "finance"].counter.sentence.startswith("Its parent has it: E2")

    def test_a_theme_is_supported_by_agreements_mechanisms_and_words_on_it(self) -> None:
        record = world(
            [treaty("a1", "sea")],
            [actor("m1"), actor("m2")],
            [body("m1", "air"), body("m2", "air", "historic"), body("w1", "soil")],
            roles=[role("e1", "a1"), role("e2", "a1"), role("e3", "a1", "secretariat")],
            positions=[said("e4", "offered", "air"), said("e5", "said", "soil")],
        )
        found = of(record, "thin-support")
        assert ("water",) not in found, "the narrower theme counts"
        assert ("sea",) not in found
        assert ("air",) not in found, "a mechanism and an offer"
        assert found["soil",].statement == "The theme soil has no documented supporter on record."
        assert found["soil",].status == NOT_SEARCHED

    def test_a_function_is_missing_where_no_documented_role_has_it(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2")],
            roles=[
                role("e1", "a1", functions="data"),
                role("e2", "a1", "trustee", "finance"),
                role("e3", "a2", functions="data finance", basis="via-mechanism"),
            ],
            searches=(search("a2", places="p1"),),
        )
        found = of(record, "missing-function")
        assert [*found] == [("a1", "finance"), ("a2", "data"), ("a2", "finance")]
        assert found["a1", "finance"].against == ()
        assert [one.basis for one in found["a2", "data"].against] == ["via-mechanism"]
        assert found["a2", "data"].outcome == (
            "not searched; a general search in 1 source (partly found) did not ask for this"
        )
        assert found["a2", "data"].sources == ("p1",)
        asked = search("a2", "entities that give data", "none-found", "p1 p3", "s8")
        exact = of(replace(record, searches=(*record.searches, asked)), "missing-function")
        assert exact["a2", "data"].outcome == "none found in 2 sources"
        assert exact["a2", "finance"].status == NOT_SEARCHED
        alone = of(replace(record, searches=(asked,)), "missing-function")
        assert alone["a2", "finance"].status == NOT_SEARCHED, "it asked for data alone"
        nobody = search("a2", outcome="none-found", places="p1")
        none = of(replace(record, searches=(nobody,)), "missing-function")
        for function in FUNCTIONS:
            assert none["a2", function].outcome == "none found in 1 source", "nobody at all"
        assert found["a1", "finance"].outcome == "not searched"

    def test_projects_and_plans_speak_against_a_lack_of_delivery_and_are_no_role(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2")],
            works=[
                project("e1", "a1", "p1", "p2"), project("e2", "a1", "p3"),
                project("e3", "a1", "p4", kind="transparency-flag"),
                project("e4", "a1", "p5", kind="subject-in-title"), project("e5", "a2", "p6"),
            ],
            plans=(
                Work("own-text", "e1", "a1", "stated", ("k1", "k2"), at("s6"), ("k1", "k2")),
                Work("own-text", "e6", "a1", "inferred", ("k3",), at("s6"), ("k3",)),
                Work("parent-text", "e7", "a1", "inferred", ("k4",), at("s6"), ("k4",)),
            ),
        )  # fmt: skip
        record = replace(
            record,
            evidence=replace(record.evidence, functions={**FUNCTIONS, "delivery": "Delivery"}),
        )
        found = of(record, "missing-function")
        gap = found["a1", "delivery"]
        assert gap.statement == "No stated, current role for delivery in A1 is on record."
        assert [one.sentence for one in gap.against] == [
            "E1 has 2 activities of country plans that name A1; that is no role in it.",
            "E1 has 2 projects whose titles name A1; that is no role in it.",
            "E2 has 1 project whose title names A1; that is no role in it.",
            "E3 has 1 project marked by its fund as on A1; that is no role in it.",
        ]
        assert {one.basis for one in gap.against} == {"stated"}
        assert gap.robustness.weaker == 0, "it would not count if it were confirmed"
        assert found["a1", "data"].against == ()
        assert len(found["a2", "delivery"].against) == 1
        assert len(of(record.without(["s6"]), "missing-function")["a1", "delivery"].against) == 3
        thin = of(record, "thin-support")["a1",]
        assert thin.against == gap.against
        helped = replace(record, evidence=replace(record.evidence, roles=(role("e1", "a1"),)))
        told = [one.sentence[:2] for one in of(helped, "thin-support")["a1",].against]
        assert told == ["E2", "E3"], "E1 is counted already"

    def test_the_projects_of_a_fund_speak_against_a_lack_of_finance(self) -> None:
        works = [
            replace(project("e1", "a1", "p1", "p2"), fund="m1"),
            replace(project("e2", "a1", "p2", "p3"), fund="m1"),
            replace(project("e3", "a1", "p4"), fund=None),
        ]  # fmt: skip
        record = world([treaty("a1")], [actor("m1")], works=works)
        (ground,) = of(record, "missing-function")["a1", "finance"].against
        assert ground.sentence == "M1 funds 3 projects whose titles name A1; that is no role in it."
        again = world([treaty("a1")], [actor("m1")], works=works[::-1])
        assert of(again, "missing-function")["a1", "finance"].against == (ground,)


PAIR = (treaty("a1", "water air"), treaty("a2", "water air soil"))


class TestApart:
    """Related agreements that nothing joins."""

    def test_two_common_themes_and_nothing_else(self) -> None:
        record = world([*PAIR, treaty("a3", "water gender")])
        (gap,) = of(record, "agreements-apart").values()
        assert gap.subjects == ("a1", "a2")
        assert gap.touches == ("air", "water")
        assert gap.robustness.wrong == 1
        assert gap.outcome == "not searched"

    @pytest.mark.parametrize(
        "joiner",
        [
            {"namings": tuple(naming("i", kind, thing) for thing in ("a1", "a2"))}
            for kind in ("reference", "product", "mandate", "plan", "project", "cooperation")
        ]
        + [
            {"roles": [role("e1", "a1"), role("e1", "a2")]},
            {"roles": [role("m1", "a1", "secretariat"), role("m1", "a2")]},
            {"positions": [said("e1", "said", names="a1 a2")]},
        ],
    )
    def test_whatever_joins_them_closes_it(self, joiner: dict[str, object]) -> None:
        actors = [actor("m1")]
        assert not of(world(PAIR, actors, **joiner), "agreements-apart")  # type: ignore[arg-type]
        less = world(PAIR, actors, **joiner).without(["s1", "s3", "s4"])  # type: ignore[arg-type]
        assert of(less, "agreements-apart")

    def test_a_family_or_a_common_secretariat_closes_it(self) -> None:
        one, other = PAIR
        assert not of(world([one, replace(other, parent="a1")]), "agreements-apart")
        same = [replace(treaty, secretariat="e1") for treaty in PAIR]
        assert not of(world(same), "agreements-apart")

    @pytest.mark.parametrize(
        ("weak", "count"),
        [
            ({"namings": (naming("i", "project", "a1"), naming("i", "project", "a2", "inferred"))},
             1),
            ({"positions": [said("e1", "said", names="a1", inferred="a2")]}, 1),
            ({"roles": [role("e1", "a1"), role("e1", "a2", standing="historic")]}, 2),
            ({"roles": [role("e1", "a1", "administers"), role("e1", "a2", "administers")]}, 2),
            ({"roles": [role("e1", "a1", "trustee"), role("e1", "a2", "trustee")]}, 0),
        ],
    )  # fmt: skip
    def test_weaker_links_stand_beside_it(self, weak: dict[str, object], count: int) -> None:
        (gap,) = of(world(PAIR, **weak), "agreements-apart").values()  # type: ignore[arg-type]
        assert len(gap.against) == count
        assert gap.robustness.weaker == min(count, 1)

    def test_who_runs_both_is_named(self) -> None:
        plain = world(PAIR)
        (gap,) = of(plain, "agreements-apart").values()
        nothing = (
            "no supporter of both is on record, nor a mechanism on a theme of each, a reference or"
            " a work of both"
        )
        assert gap.statement.endswith(f"{nothing}.")
        both = [role("e1", "a1", "administers"), role("e1", "a2", "secretariat")]
        (gap,) = of(world(PAIR, roles=both), "agreements-apart").values()
        assert gap.statement.endswith(f"{nothing}; E1 runs both.")
        mixed = [role("e1", "a1", "administers"), role("e1", "a2")]
        (gap,) = of(world(PAIR, roles=mixed), "agreements-apart").values()
        assert gap.statement.endswith(f"{nothing}; E1 serves one and runs the other.")
        papers = [role("e1", "a1", "depositary"), role("e1", "a2", "depositary")]
        (gap,) = of(world(PAIR, roles=papers), "agreements-apart").values()
        assert gap.statement.endswith(f"{nothing}; E1 keeps the papers or money of both.")
        read = [role("e1", "a1", "administers"), role("e1", "a2", "secretariat", basis="inferred")]
        (gap,) = of(world(PAIR, roles=read), "agreements-apart").values()
        assert gap.statement.endswith(f"{nothing}.")

    def test_a_body_in_which_both_secretariats_sit_closes_it_on_their_themes(self) -> None:
        pair = [replace(PAIR[0], secretariat="e1"), replace(PAIR[1], secretariat="e2")]
        both = [member("e1", "m1"), member("e2", "m1")]
        for themes in ("water", "air coordination"):
            record = world(pair, [actor("m1")], [body("m1", themes)], memberships=both)
            assert not of(record, "agreements-apart")
            assert of(record.without(["s2"]), "agreements-apart")
        past = [member("e1", "m1"), member("e2", "m1", standing="historic")]
        for themes, seats in (("soil", both), ("coordination", both), ("water", past)):
            record = world(pair, [actor("m1")], [body("m1", themes)], memberships=seats)
            (gap,) = of(record, "agreements-apart").values()
            (seat,) = gap.against
            assert seat.sentence == "The secretariats of both are on record in M1."
            assert seat.standing == ("historic" if seats is past else "current")
            assert gap.robustness.weaker == 1
        hosted = [member("e3", "m1")]
        above = {"e1": ("e3",), "e2": ("e3",)}
        record = world(pair, [actor("m1")], [body("m1")], memberships=hosted, above=above)
        assert of(record, "agreements-apart"), "a host sits there for all that it hosts"

    def test_a_workstream_on_a_common_theme_stands_beside_it_and_is_no_link(self) -> None:
        streams = [body("w1", "water soil"), body("w2", "soil"), body("w3", standing="historic")]
        (gap,) = of(world(PAIR, bodies=streams), "agreements-apart").values()
        assert [(one.sentence, one.basis) for one in gap.against] == [
            ("Both are on a theme of the workstream W1 (water), as read.", "inferred")
        ]
        assert gap.robustness.weaker == 0

    def test_those_with_more_common_themes_come_first(self) -> None:
        record = world([*PAIR, treaty("a3", "water air soil")])
        assert [*of(record, "agreements-apart")] == [("a2", "a3"), ("a1", "a2"), ("a1", "a3")]


def overlapping() -> Incidence:
    """Return a table in which of twelve entities only the first two share more than chance."""
    holds = {f"e{n:02}": [f"x{n}", f"y{n}"] for n in range(12)}
    for first in ("e00", "e01"):
        holds[first] += [f"z{n}" for n in range(20)]
    cells = {
        (entity, item): (Holding(f"{entity}-{item}", at(f"budget-{entity}")),)
        for entity, items in holds.items()
        for item in items
    }
    return Incidence(RELATIONS["mandates"], cells, {item: item for _, item in cells})


class TestSynergy:
    """Overlap beyond chance, and no body or product."""

    def found(self, **more: object) -> dict[tuple[str, ...], Gap]:
        actors = [actor(f"e{n:02}") for n in range(12)]
        return of(world(actors=actors, overlaps=(overlapping(),), **more), "synergy")  # type: ignore[arg-type]

    def test_a_pair_beyond_chance_without_a_common_body(self) -> None:
        ((subjects, gap),) = self.found().items()
        assert subjects == ("e00", "e01", "mandates")
        assert "share 20 mandates" in gap.statement
        assert "fdsm p" in gap.statement
        assert "among 66 pairs" in gap.statement
        items = sorted(f"z{n}" for n in range(20))
        both = [f"{entity}-{item}" for item in items for entity in ("e00", "e01")]
        assert [one.claim for one in gap.grounds] == both, "the record of each of them"
        assert gap.grounds[1].sentence == "Both hold z0 [z0]: the record of E01."
        assert gap.robustness.needed == ("budget-e00", "budget-e01")
        assert [drop.share for drop in gap.robustness.dropped] == [0.1, 0.2]
        assert all(drop.beyond > 0.5 for drop in gap.robustness.dropped)
        assert gap.status == NOT_SEARCHED

    @pytest.mark.parametrize(
        "joiner",
        [
            {"memberships": [member("e00", "m1"), member("e01", "m1")]},
            {"memberships": [member("e00", "m1"), member("e05", "m1")], "above": {"e01": ("e05",)}},
            {"parties": (naming("i", "product", "e00"), naming("i", "product", "e01"))},
            {"above": {"e01": ("e00",)}},
        ],
    )
    def test_a_body_a_product_or_a_whole_closes_it(self, joiner: dict[str, object]) -> None:
        assert not self.found(bodies=[body("m1")], **joiner)

    def test_a_body_of_the_whole_system_stands_beside_it(self) -> None:
        both = [member("e00", "m1"), member("e01", "m1")]
        (gap,) = self.found(bodies=[body("m1", "coordination")], memberships=both).values()
        (seat,) = gap.against
        assert seat.sentence == "Both are in M1, which coordinates the whole system."
        assert (seat.claim, seat.basis) == ("member-e00-m1", "stated")
        assert gap.robustness.weaker == 1
        for closing in ([body("m1", "coordination water")], [body("m1", "")]):
            assert not self.found(bodies=closing, memberships=both)

    def test_a_small_number_expected_keeps_a_digit(self) -> None:
        shared = [(entity, f"z{n}") for entity in ("e00", "e01") for n in range(3)]
        cells = {
            (entity, item): (Holding(f"{entity}-{item}", at("s")),)
            for entity, item in [*((f"e{n:03}"[-4:], f"x{n}") for n in range(2, 400)), *shared]
        }
        table = Incidence(RELATIONS["mandates"], cells, {item: item for _, item in cells})
        names = {entity for entity, _ in cells}
        record = world(actors=[actor(name) for name in sorted(names)], overlaps=(table,))
        (gap,) = find_gaps(record, kinds=["synergy"], null="hypergeometric").gaps
        assert "share 3 mandates (expected 0.02; " in gap.statement, "3 x 3 / 401"

    def test_a_cooperation_names_both(self) -> None:
        sides = (naming("i", "cooperation", "e00"), naming("i", "cooperation", "e01"))
        (gap,) = self.found(parties=sides).values()
        assert gap.against[0].sentence == "E00 and E01 are on record in one cooperation (i)."

    @pytest.mark.parametrize(
        "weak",
        [
            {"memberships": [member("e00", "m1"), member("e01", "m1", standing="historic")]},
            {"memberships": [member("e00", "m1", "inferred"), member("e01", "m1")]},
            {"parties": (naming("i", "cooperation", "e00"), naming("i", "cooperation", "e01"))},
        ],
    )
    def test_weaker_links_stand_beside_it(self, weak: dict[str, object]) -> None:
        (gap,) = self.found(bodies=[body("m1")], **weak).values()
        assert len(gap.against) == gap.robustness.weaker == 1

    def test_without_a_budget_on_which_it_rests_it_is_not_listed(self) -> None:
        actors = [actor(f"e{n:02}") for n in range(12)]
        record = world(actors=actors, overlaps=(overlapping(),))
        assert of(record, "synergy")
        for source in ("budget-e00", "budget-e01"):
            assert not of(record.without([source]), "synergy")

    def test_another_model_of_chance_is_named_and_has_no_intervals(self) -> None:
        actors = [actor(f"e{n:02}") for n in range(12)]
        record = world(actors=actors, overlaps=(overlapping(),))
        found = find_gaps(record, kinds=["synergy"], null="bicm")
        assert ("null", "bicm") in found.method.parameters
        for gap in found.gaps:
            assert gap.robustness.dropped == ()

    def test_what_the_quick_model_explains_or_nobody_asked_about_is_not_drawn(self) -> None:
        actors = [actor(f"e{n:02}") for n in range(12)]
        record = world([treaty("a1")], actors, overlaps=(overlapping(),))
        rounds: list[int] = []
        progress = lambda done, _: rounds.append(done)  # noqa: E731
        for subject, kinds in (("e05", ["synergy"]), ("a1", ["synergy"]), (None, ["thin-support"])):
            found = find_gaps(record, subject=subject, kinds=kinds, progress=progress)
            assert not found.of("synergy")
            assert rounds == []
        assert len(find_gaps(record, subject="e01", kinds=["synergy"], progress=progress)) == 1
        assert rounds

    def test_the_method_tells_of_chance_only_where_pairs_were_tested(self) -> None:
        record = world([treaty("a1")], overlaps=(overlapping(),))
        thin, both = (find_gaps(record, kinds=kinds, subject="a1").method
                      for kinds in (["thin-support"], ["thin-support", "synergy"]))  # fmt: skip
        assert (thin.seed, dict(thin.parameters).get("null")) == (None, None)
        assert dict(both.parameters)["null"] == "fdsm"
        assert "by the hypergeometric model alone" in both.text
        assert "by the hypergeometric model alone" not in thin.text

    def test_what_only_broad_items_make_is_left_to_chance_by_exact_sizes(self) -> None:
        holds = {f"e{n:02}": [f"x{n}-{i}" for i in range(4)] for n in range(30)}
        for n in range(30):
            holds[f"e{n:02}"] += [f"broad{i}" for i in range(8) if n < 2 or (n + i) % 3]
        cells = {
            (entity, item): (Holding(f"{entity}-{item}", at("s")),)
            for entity, items in holds.items()
            for item in items
        }
        table = Incidence(RELATIONS["mandates"], cells, {item: item for _, item in cells})
        record = world(actors=[actor(entity) for entity in holds], overlaps=(table,))
        pair = ("e00", "e01", "mandates")
        quick = {
            gap.subjects for gap in find_gaps(record, kinds=["synergy"], null="hypergeometric").gaps
        }
        exact = {gap.subjects for gap in find_gaps(record, kinds=["synergy"]).gaps}
        assert pair in quick
        assert pair not in exact
        assert exact <= quick

    def test_what_many_hold_says_little(self) -> None:
        cells = dict(overlapping().cells)
        for n in range(2, 12):
            for item in range(4):
                cells[f"e{n:02}", f"z{item}"] = (Holding("c", at("s")),)
        table = Incidence(RELATIONS["mandates"], cells, {item: item for _, item in cells})
        found = of(
            world(actors=[actor(f"e{n:02}") for n in range(12)], overlaps=(table,)), "synergy"
        )
        broad = [gap for gap in found.values() if gap.against]
        assert all("held by 10 entities or more" in gap.against[0].sentence for gap in broad)


class TestSpoken:
    """Asks and offers."""

    def test_an_ask_is_met_by_the_offer_of_another_on_a_common_theme(self) -> None:
        record = world(
            positions=[
                said("e1", "asked", "water"), said("e2", "offered", "water air"),
                said("e3", "proposed", "soil"), said("e3", "offered", "soil"),
                said("e4", "supported said", "soil"), said("e5", "offered", "gender"),
            ]
        )  # fmt: skip
        asks, offers = of(record, "ask-without-offer"), of(record, "offer-without-ask")
        assert [*asks] == [("e3", "e3-proposed")]
        assert [*offers] == [("e3", "e3-offered"), ("e5", "e5-offered")]
        ask = asks["e3", "e3-proposed"]
        assert ask.status == DOCUMENTED
        assert ask.outcome == "documented; none found in the records of 1 source"
        assert {one.claim for one in ask.against} == {
            "position-e3-offered", "position-e4-supported said",
        }  # fmt: skip
        assert ask.robustness.needed == ("s3",)
        assert offers["e5", "e5-offered"].status == NOT_SEARCHED
        assert offers["e5", "e5-offered"].against == ()

    def test_an_ask_keeps_its_words_and_what_it_was_read_as_about(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2")],
            positions=[
                said("e1", "said proposed", names="a1", inferred="a1 a2"),
                said("e2", "asked said"), said("e3", "said"), said("e4", "said supported"),
            ],
        )  # fmt: skip
        gap = of(record, "ask-without-offer")["e1", "e1-said"]
        a2 = record.evidence.agreements["a2"].called
        assert gap.statement.startswith(f"E1 proposed something on water (read as about {a2}), and")
        assert gap.grounds[0].sentence == "E1 proposed: spoke up."
        near = {one.claim for one in gap.against}
        assert near == {"position-e3-said", "position-e4-said supported"}, "an ask is no answer"
        assert gap.robustness.weaker == 1, "what was only said is no link"

    def test_an_offer_on_a_wider_or_narrower_theme_speaks_against_it(self) -> None:
        record = world(
            positions=[said("e1", "asked", "sea"), said("e2", "asked", "air"),
                       said("e3", "offered", "water")]
        )  # fmt: skip
        found = of(record, "ask-without-offer")
        assert [*found] == [("e1", "e1-asked"), ("e2", "e2-asked")]
        (near,) = found["e1", "e1-asked"].against
        assert near.sentence.startswith("E3 offered on a wider or narrower theme")
        assert found["e2", "e2-asked"].against == ()
        (back,) = of(record, "offer-without-ask")["e3", "e3-offered"].against
        assert back.sentence.startswith("E1 asked on a wider or narrower theme")


class TestRegions:
    """Regional commissions."""

    def test_each_global_agreement_and_workstream_and_none_of_a_region(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2"), treaty("a3"), treaty("a4")],
            [actor("r1", "regional-commission"), actor("r2", "regional-commission"), actor("m1")],
            [body("m1"), body("w1")],
            roles=[
                role("r1", "a1"), role("r2", "a1", basis="inferred"),
                role("r1", "a3"), role("m1", "a2"),
            ],
            memberships=[member("r1", "m1"), member("r2", "w1")],
            positions=[said("r2", "said", names="a2")],
            mentions=(),
            scopes={"a1": "global", "a2": "global, open", "a3": "regional: X", "a4": "regional"},
        )  # fmt: skip
        found = of(record, "regional-link")
        assert [*found] == [("a4",), ("r1", "a2"), ("r1", "w1"), ("r2", "a1")]
        assert [one.basis for one in found["r1", "a2"].against] == ["via-mechanism"]
        assert [one.basis for one in found["r2", "a1"].against] == ["inferred"]
        spoken = replace(record, mentions=(Naming("r1", "position", "w1", "stated", "It spoke.",
                                                  "c", at("s3")),))  # fmt: skip
        assert ("r1", "w1") not in of(spoken, "regional-link")
        assert ("r1", "w1") in of(spoken.without(["s3"]), "regional-link")

    @pytest.mark.parametrize("kind", ["plan", "cooperation", "project"])
    def test_a_plan_a_cooperation_or_a_project_that_a_source_ties_to_it_closes_it(
        self, kind: str
    ) -> None:
        link = Naming("r1", kind, "a1", "stated", "work-on-it", "c", at("s6"))
        record = world([treaty("a1")], [actor("r1", "regional-commission")],
                       scopes={"a1": "global"})  # fmt: skip
        assert [*of(record, "regional-link")] == [("r1", "a1")]
        linked = replace(record, links=(link, replace(link, item="e9")))
        assert not of(linked, "regional-link")
        assert of(linked.without(["s6"]), "regional-link")
        read = replace(record, links=(replace(link, basis="inferred"),))
        (gap,) = of(read, "regional-link").values()
        assert [one.basis for one in gap.against] == ["inferred"]
        assert gap.robustness.weaker == 1

    def test_only_a_search_for_the_commission_finds_none(self) -> None:
        record = world([treaty("a1")], [actor("r1", "regional-commission")],
                       scopes={"a1": "global"}, searches=(search("a1"),))  # fmt: skip
        (gap,) = of(record, "regional-link").values()
        assert gap.outcome == f"{GENERAL} did not ask for this"
        asked = search("a1", "regional commissions with a part in it", "none-found", "p3")
        (exact,) = of(replace(record, searches=(asked,)), "regional-link").values()
        assert exact.outcome == "none found in 1 source"

    def test_without_commissions_there_is_nothing_to_say(self) -> None:
        assert not of(world([treaty("a1")]), "regional-link")


class TestMandated:
    """A mandate on the environment, and no part."""

    def found(self, **more: object) -> dict[tuple[str, ...], Gap]:
        named = Work("mandate", "e1", "a1", "computed", ("n2", "n3"), at("s7"), ("c",),
                     omnibus=("n3",))  # fmt: skip
        record = world(
            [treaty("a1")],
            [actor("e1"), actor("e2"), replace(actor("e3"), group=None)],
            [body("m1"), body("m2", "coordination")],
            mandates=(cited("e1", "n1", "water"), cited("e2", "n1", "water", omnibus=True),
                      cited("e3", "n1", "water")),
            named=(named,),
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
        return of(record, "environment-mandate")

    def test_a_mandate_is_told_by_its_symbol(self) -> None:
        (gap,) = self.found(symbols={"n2": "A/RES/1/2"}).values()
        assert "Its budget lists A/RES/1/2, whose title names A1." in {
            one.sentence for one in gap.grounds
        }

    def test_mandates_that_task_everybody_and_others_than_those_compared_are_left_out(self) -> None:
        ((subjects, gap),) = self.found().items()
        assert subjects == ("e1",)
        assert "has 2 mandates on the environment" in gap.statement
        assert [one.basis for one in gap.grounds] == ["computed", "computed"]
        assert (gap.robustness.rests_on, gap.robustness.needed) == (("s0", "s7"), ())
        assert gap.robustness.wrong == 2

    @pytest.mark.parametrize(
        "part",
        [
            {"roles": [role("e1", "a1")]},
            {"memberships": [member("e1", "m1")]},
            {"parties": (naming("i", "product", "e1"),)},
            {"works": [project("e1", "a1", "p1")]},
        ],
    )
    def test_a_part_closes_it(self, part: dict[str, object]) -> None:
        assert not self.found(**part)

    @pytest.mark.parametrize(
        "weak",
        [
            {"roles": [role("e1", "a1", "depositary")]},
            {"roles": [role("e1", "a1", standing="historic")]},
            {"memberships": [member("e1", "m2")]},
            {"memberships": [member("e1", "m1", "inferred")]},
            {"parties": (naming("i", "cooperation", "e1"),)},
            {"works": [project("e1", "a1", "p1", kind="focal-area")]},
            {"positions": [said("e1", "said")]},
        ],
    )
    def test_less_than_a_part_stands_beside_it(self, weak: dict[str, object]) -> None:
        (gap,) = self.found(**weak).values()
        assert len(gap.against) == gap.robustness.weaker == 1

    def test_a_cooperation_names_the_other_side(self) -> None:
        sides = (naming("i-j", "cooperation", "e1"), naming("i-j", "cooperation", "e2"))
        (gap,) = self.found(parties=sides, roles=[role("e2", "a1")]).values()
        told = [one.sentence for one in gap.against]
        assert told == ["A cooperation on record has it with E2: i j."]

    @pytest.mark.parametrize("above", [("e1",), ("e2", "e1")])
    def test_a_part_of_what_is_part_of_it_closes_it(self, above: tuple[str, ...]) -> None:
        under = {"e9": above}
        for part in (
            {"roles": [role("e9", "a1", "secretariat")]}, {"memberships": [member("e9", "m1")]},
            {"parties": (naming("i", "product", "e9"),)}, {"works": [project("e9", "a1", "p1")]},
        ):  # fmt: skip
            assert self.found(**part)
            assert not self.found(**part, above=under)
        (gap,) = self.found(roles=[role("e9", "a1", "depositary")], above=under).values()
        assert [one.sentence for one in gap.against] == [
            "Through E9, a part of it: E9 (depositary for A1): helps."
        ]

    def test_what_it_is_part_of_lends_it_a_seat_and_lends_no_seat_back(self) -> None:
        seat = {"memberships": [member("e2", "m1")]}
        assert not self.found(**seat, above={"e1": ("e2",)})
        assert self.found(**seat, above={"e9": ("e1", "e2")}), "its part sits through another"


def test_an_agreement_on_a_cross_cutting_theme_or_served_by_a_mechanism_on_it_has_no_gap() -> None:
    record = world(
        [treaty("a1", "gender"), treaty("a2"), treaty("a3"), treaty("a4")],
        [actor("m1"), actor("m2")],
        [body("m1", "gender"), body("m2", "air")],
        roles=[role("m1", "a2"), role("m1", "a3", standing="historic"), role("m2", "a3"),
               role("e1", "a3"), role("e2", "a3"), role("e3", "a4"), role("e4", "a4")],
        positions=[said("e4", "said", "gender")],
        cross_cutting=(cited("e1", "n1", "gender"), cited("e1", "n2", "gender"),
                       cited("e2", "n3", "gender", omnibus=True), cited("e3", "n4", "air")),
        crossings=(Crossing("gender", "a3", "inferred", "target t", at("s5")),),
    )  # fmt: skip
    found = of(record, "cross-cutting-link")
    assert [*found] == [("a3", "gender"), ("a4", "gender")]
    first, second = found["a3", "gender"].against
    assert first.sentence.endswith(
        "It has 2 mandates on gender equality, as titles and words were read."
    )
    assert (first.basis, second.basis) == ("stated", "inferred")
    (spoke,) = found["a4", "gender"].against
    assert spoke.sentence.startswith("E4 ")
    assert "It has 1 position on gender equality" in spoke.sentence
    assert found["a4", "gender"].sources == ("s1", "s3"), "where was looked: roles and positions"
    assert ("a2", "gender") in of(record.without(["s1"]), "cross-cutting-link")


def test_a_cross_cutting_theme_is_linked_by_what_is_stated_alone() -> None:
    record = world(
        [treaty("a1"), treaty("a2"), treaty("a3")],
        crossings=(
            Crossing("gender", "a1", "stated", "position p1", at("s1")),
            Crossing("gender", "a2", "inferred", "theme of the agreement itself", at("s2")),
        ),
        searches=(search("a3", "what it says of gender", "none-found", "p1"),),
    )
    found = of(record, "cross-cutting-link")
    assert [*found] == [("a2", "gender"), ("a3", "gender")]
    assert [one.basis for one in found["a2", "gender"].against] == ["inferred"]
    assert found["a2", "gender"].status == NOT_SEARCHED
    assert found["a3", "gender"].outcome == "none found in 1 source"
    assert ("a1", "gender") in of(record.without(["s1"]), "cross-cutting-link")


def test_a_target_that_an_agreement_sets_is_its_own_and_one_of_its_kin_stands_against() -> None:
    target = Target("a2", "target 23, Gender equality", frozenset({"gender"}), at("s5"))
    record = world(
        [treaty("a1"), treaty("a2", parent="a1"), treaty("a3", parent="a2"), treaty("a4")],
        targets=(target, replace(target, name="goal A, Soil", themes=frozenset({"soil"}))),
        above={"a2": ("a1",), "a3": ("a2", "a1")},
    )
    found = of(record, "cross-cutting-link")
    assert [*found] == [("a1", "gender"), ("a3", "gender"), ("a4", "gender")]
    assert [one.sentence for one in found["a1", "gender"].against] == [
        "A2, which stands under it, sets a target on it: target 23, Gender equality."
    ]
    assert [one.sentence for one in found["a3", "gender"].against] == [
        "A2, which stands above it, sets a target on it: target 23, Gender equality."
    ]
    assert found["a3", "gender"].against[0].basis == "inferred"
    assert found["a4", "gender"].against == ()
    assert ("a2", "gender") in of(record.without(["s5"]), "cross-cutting-link")


def test_a_wider_search_on_a_cross_cutting_theme_is_named() -> None:
    record = world(
        [treaty("a1"), treaty("a2")], searches=(search("a1"), search("a2", outcome="not-looked-up"))
    )
    found = of(record, "cross-cutting-link")
    assert found["a1", "gender"].outcome == f"{GENERAL} did not ask for gender equality"
    assert found["a1", "gender"].sources == ("p1", "p2")
    assert [one.claim for one in found["a1", "gender"].grounds] == [record.searches[0].claim]
    assert found["a2", "gender"].outcome == "not searched"
    assert found["a2", "gender"].grounds[0].sentence == "Not looked up yet: entities with a role."


def test_a_link_that_was_read_is_told_by_names() -> None:
    record = world(
        [treaty("a1")],
        [actor("m1")],
        positions=[said("e1", "said", "air")],
        crossings=tuple(
            Crossing("gender", "a1", "inferred", text, at("s5"))
            for text in ("position e1-said", "science-body: e1 through m1", "product p (planned)")
        ),
    )
    (gap,) = of(record, "cross-cutting-link").values()
    assert [one.sentence for one in gap.against] == [
        "Read as a link: E1 on record: spoke up.",
        "Read as a link: product p (planned).",
        "Read as a link: science body E1 through M1.",
    ]


class TestAnswer:
    """The order, the subject, and what is told of the search."""

    record = world(
        [*PAIR, treaty("a3", "sea")],
        [actor("m1")],
        [body("m1")],
        roles=[role("e1", "a1"), role("e2", "a2")],
        positions=[said("e1", "asked", "sea")],
        searches=(search("a1"),),
    )

    def test_kinds_in_which_nobody_looked_come_first(self) -> None:
        evidence = [kind.evidence for kind in KINDS.values()]
        assert evidence == sorted(evidence, reverse=True)
        order = [*KINDS]
        found = [order.index(gap.kind) for gap in find_gaps(self.record).gaps]
        assert found == sorted(found)
        assert all(kind.about for kind in KINDS.values())

    def test_a_subject_keeps_what_is_about_it_pairs_included(self) -> None:
        whole = find_gaps(self.record)
        found = find_gaps(self.record, subject="a1")
        assert found.name == "Convention a1"
        assert set(found.gaps) == {gap for gap in whole.gaps if "a1" in gap.subjects}
        assert [gap.subjects for gap in found.of("agreements-apart")] == [("a1", "a2")]

    def test_a_theme_stands_for_the_narrower_ones(self) -> None:
        assert len(find_gaps(self.record, subject="water").of("ask-without-offer")) == 1
        assert len(find_gaps(self.record, subject="air").of("ask-without-offer")) == 0

    def test_the_subject_comes_first_among_the_parameters(self) -> None:
        found = find_gaps(self.record, subject="a1", kinds=["thin-support"])
        assert found.method.parameters[0] == ("subject", "a1")
        assert "subject" not in dict(find_gaps(self.record).method.parameters)

    def test_what_is_kept_carries_the_outcome_and_the_sources(self) -> None:
        found = find_gaps(self.record)
        for gap, result in zip(found.gaps, found.results(), strict=True):
            assert result.text == f"{gap.statement} ({gap.outcome})"
            assert set(result.sources) == {*gap.sources, *gap.cited}
            assert result.shared == gap.touches
        (one,) = [r for r in found.results() if r.concerns == ("a1", "finance")]
        assert one.text.endswith(f"({GENERAL} did not ask for this)")
        assert one.sources == ("p1", "p2", "s9")

    def test_where_was_looked(self) -> None:
        found = {one.what: (one.looked_at, one.of, one.sources)
                 for one in find_gaps(self.record).looked}  # fmt: skip
        assert found["agreements whose supporters were searched for"] == (1, 3, 2)
        assert found["entities with a position on record"] == (1, 2, 1)
        assert found["entities whose expenses by country are on record"] == (0, 2, 0)
        assert found["current mechanisms whose members were read whole"] == (0, 1, 0)

    def test_the_table_has_a_row_for_each_and_a_limit_counts_by_kind(self) -> None:
        found = find_gaps(self.record)
        assert len(found.to_table()) == len(found) == len(found.first(0))
        kinds = [row["kind"] for row in found.first(1).records()]
        assert kinds == list(dict.fromkeys(gap.kind for gap in found.gaps))

    def test_the_text_says_what_is_hidden_and_fits(self) -> None:
        found = find_gaps(self.record)
        for width in (60, 100):
            text = to_text(found, 1, width)
            assert max(map(len, text.splitlines())) <= width
        total = len(found.of("missing-function"))
        assert f"{total - 1} more of {total}; --kind missing-function --limit 0" in text

    def test_nothing_against_is_said_only_where_weaker_links_are_looked_at(self) -> None:
        record = world(
            [treaty("a1"), treaty("a2")],
            roles=[role("e1", "a1", basis="inferred")],
            searches=(search("a2", "a page", "none-found"),),
        )
        for kind, lines in (
            ("thin-support", {"E1 (partner for A1): helps. (inferred) [s1, p. 1]",
                              "no weaker link on record"}),
            ("supporters-not-searched", {"E1 has a role on record without a search: partner."
                                         " (inferred) [s1, p. 1]"}),
            ("sought-not-found", set()),
            ("seat-not-recorded", set()),
        ):  # fmt: skip
            text = to_text(find_gaps(record, kinds=[kind]), 0, 200)
            assert text.count("could check:") > 0
            told = re.findall(r"^ +against: (.*)$", text, re.MULTILINE)
            assert {*told} == lines
            assert "sources of this graph" not in text.split("WHERE WAS LOOKED")[1]
        unweighed = {kind.id for kind in KINDS.values() if not kind.weighed}
        assert unweighed == {
            *(kind.id for kind in KINDS.values() if kind.evidence), "sought-not-found",
        }  # fmt: skip

    def test_a_record_of_nothing_says_so(self) -> None:
        nothing = Record(Evidence({}, {}, {}, {}, {}, {}, (), (), (), (), {}))
        text = to_text(find_gaps(nothing))
        assert "this graph holds no agreement" in text
        none = find_gaps(world([treaty("a1")], searches=(search("a1"),)),
                         kinds=["supporters-not-searched"])  # fmt: skip
        assert "No gap found by these rules" in to_text(none)
        assert "None of the kinds" in to_text(find_gaps(self.record, kinds=[]))

    def test_kinds_and_models_are_known_by_name(self) -> None:
        assert [kind.id for kind in require_kinds(["synergy", "thin-support"])] == [
            "thin-support", "synergy",
        ]  # fmt: skip
        assert require_kinds() == tuple(KINDS.values())
        with pytest.raises(QueryError, match="did you mean synergy"):
            require_kinds(["synergies"])
        with pytest.raises(QueryError, match="use supporters-not-searched, "):
            require_kinds(["zzz"])
        require_null("fdsm")
        require_null("hypergeometric")
        with pytest.raises(QueryError, match="fdsm, hypergeometric, bicm"):
            require_null("none")

    def test_an_answer_without_gaps_is_still_an_answer(self) -> None:
        none = find_gaps(self.record, kinds=[])
        assert none
        assert len(none) == 0

    def test_robustness_is_told_in_words(self) -> None:
        one = Robustness(("s1", "s2"), ("s1",), 1, 2, unit="mandate")
        assert one.sentence == (
            "would not be listed without s1; falls if 1 mandate is wrong; 2 more links would close"
            " it"
        )
        shared = Robustness(("s1", "s2"), p=0.01, q=0.02, dropped=(Drop(0.1, Interval(0, 1), 0.5),))
        assert shared.sentence == (
            "what is shared rests on 2 sources; 1 more link would close it;"
            " 10% of links left out: hypergeometric p 0–1, beyond chance in 50%"
        )

    def test_a_notebook_shows_a_table_for_each_kind(self) -> None:
        page = find_gaps(self.record, subject="a1")._repr_html_()
        assert page.count("<table>") == len([*find_gaps(self.record, subject="a1").by_kind()])
        assert "Gaps in the record: Convention a1" in page

    def test_json_holds_every_ground_and_the_method(self) -> None:
        found = find_gaps(self.record, exclude_sources=["s9"], data="hash")
        data = json.loads(to_json(found))
        assert [gap["id"] for gap in data["gaps"]] == [gap.id for gap in found.gaps]
        assert data["method"]["data"] == "hash"
        assert ["without", "s9"] in data["method"]["parameters"]
        for gap, told in zip(found.gaps, data["gaps"], strict=True):
            assert len(told["evidence"]) == len(gap.grounds)
            assert told["robustness"]["sentence"] == gap.robustness.sentence


def drawn(evidence: Evidence, searches: Iterable[tuple[str, str, str, str]]) -> Record:
    """Return the record of a drawn world with searches of a subject, a place and a source."""
    spoken = tuple(replace(one, id=f"p{n}") for n, one in enumerate(evidence.positions))
    return Record(
        replace(evidence, positions=spoken),
        searches=tuple(
            Search(f"x/{n}", subject, "entities with data", outcome, (place,), "2026", at(source))
            for n, (subject, place, source, outcome) in enumerate(searches)
        ),
        above={one.id: (one.parent,) for one in evidence.agreements.values() if one.parent},
    )


searches = st.lists(
    st.tuples(
        st.sampled_from(("a0", "a1")),
        st.sampled_from(SOURCES),
        st.sampled_from(SOURCES),
        st.sampled_from(("found", "none-found", "not-looked-up", "partly-found")),
    ),
    max_size=3,
)
MONOTONE = ("thin-support", "missing-function", "agreements-apart", "supporters-not-searched")
"""Kinds that rest on no claim: to drop a source can only add to them."""


class TestInvariants:
    @cheap(max_examples=40)
    @given(worlds, searches, st.sampled_from(SOURCES))
    def test_dropping_a_source(
        self, evidence: Evidence, looked: list[tuple[str, str, str, str]], source: str
    ) -> None:
        """Nothing becomes searched, no supporter is added, no gap of an absence closes."""
        record = drawn(evidence, looked)
        less = record.without([source])
        for agreement, actors in less.supporters.items():
            assert {*actors} <= {*record.supporters[agreement]}
        before = {gap.id: gap for gap in find_gaps(record).gaps}
        after = {gap.id: gap for gap in find_gaps(less).gaps}
        for id_ in before.keys() & after.keys():
            if before[id_].status == NOT_SEARCHED:
                assert after[id_].status != NONE_FOUND
            assert source not in after[id_].sources
        assert {i for i, gap in before.items() if gap.kind in MONOTONE} <= after.keys()
        for id_, gap in before.items():
            if source in gap.robustness.needed:
                assert id_ not in after

    @cheap(max_examples=40)
    @given(worlds, searches, st.randoms())
    def test_the_order_of_claims_changes_nothing(
        self, evidence: Evidence, looked: list[tuple[str, str, str, str]], random: object
    ) -> None:
        roles, members = [*evidence.roles], [*evidence.memberships]
        random.shuffle(roles)  # type: ignore[attr-defined]
        random.shuffle(members)  # type: ignore[attr-defined]
        moved = replace(evidence, roles=tuple(roles), memberships=tuple(members))
        one, other = find_gaps(drawn(evidence, looked)), find_gaps(drawn(moved, looked))
        assert [gap.id for gap in one.gaps] == [gap.id for gap in other.gaps]
        assert [gap.against for gap in one.gaps] == [gap.against for gap in other.gaps]

    @cheap(max_examples=40)
    @given(worlds, searches)
    def test_every_gap_is_whole(
        self, evidence: Evidence, looked: list[tuple[str, str, str, str]]
    ) -> None:
        gaps = find_gaps(drawn(evidence, looked)).gaps
        assert len({gap.id for gap in gaps}) == len(gaps)
        for gap in gaps:
            assert gap.status in STATUSES
            assert (gap.status != NONE_FOUND) or gap.sources
            assert gap.statement.endswith(".")
            assert gap.check
            assert gap.robustness.closing >= 1
            assert [*gap.against] == sorted(gap.against, key=lambda one: (*one.strength, repr(one)))
            if gap.kind in ("thin-support", "missing-function"):
                strong = {one.claim for one in gap.against
                          if one.basis == "stated" and one.standing == "current"}  # fmt: skip
                assert strong <= {claim for work in evidence.works for claim in work.claims}
                assert not strong or gap.kind == "thin-support" or gap.subjects[1] == "finance"


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> Gaps:
    """Return every gap of the shipped graph."""
    return graph.gaps(null="hypergeometric")


class TestShipped:
    """The shipped graph, computed again by other ways."""

    def test_functions_are_missing_as_the_question_on_them_says(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        missing = {
            (role.agreement, function)
            for role in graph.evidence.roles
            for function in role.functions
            if role.documented and role.role not in FORMAL_ROLES
        }
        every = {(a, f) for a in graph.evidence.agreements for f in graph.evidence.functions}
        assert {gap.subjects for gap in shipped.of("missing-function")} == every - missing

    def test_support_is_thin_as_the_question_on_it_says(self, graph: Graph, shipped: Gaps) -> None:
        rows = graph.query("CQ18").records()
        expected = {str(row["id"]): (row["supporters"], row["searches"]) for row in rows}
        found = {gap.subjects[0]: gap for gap in shipped.of("thin-support")}
        assert found.keys() == expected.keys()
        for id_, (supporters, searched) in expected.items():
            assert found[id_].robustness.closing == 2 - int(str(supporters))
            done = found[id_].status == NONE_FOUND or "general search" in found[id_].outcome
            assert done == (searched != 0)

    def test_pairs_of_agreements_are_those_of_the_question_on_them_without_supporters(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        supporters: dict[str, set[str]] = {}
        for one in graph.evidence.roles:
            if one.documented and one.role not in FORMAL_ROLES | RUNNING_ROLES:
                supporters.setdefault(one.agreement, set()).add(one.actor)
        expected = {
            (row["agreement"], row["other_agreement"])
            for row in graph.query("CQ17").records()
            if int(str(row["shared_themes"])) >= 2
            and not supporters.get(str(row["agreement"]), set())
            & supporters.get(str(row["other_agreement"]), set())
        }
        found = {gap.subjects for gap in shipped.of("agreements-apart")}
        seated = {("cites", "gorilla-agreement"), ("itpgrfa", "km-gbf"), ("psma", "unclos")}
        assert expected - found <= seated, "what is only read as about both joins nothing here"
        assert found.isdisjoint(seated), "one body has both secretariats"
        read = {gap.subjects for gap in shipped.of("agreements-apart") if gap.against}
        assert found - expected <= read

    def test_asks_and_offers_are_those_of_the_question_on_them(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        rows = graph.query("CQ26").records()
        for side, other, kind in (
            ("ask", "offer", "ask-without-offer"), ("offer", "ask", "offer-without-ask"),
        ):  # fmt: skip
            own = [row for row in rows if row["side"] == side]
            met = {row["position"] for row in own if row["status"] != f"no {other} on record"}
            expected = {row["position"] for row in own} - met
            assert {gap.subjects[1] for gap in shipped.of(kind)} == expected

    def test_cross_cutting_themes_are_those_of_the_question_on_them(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        rows = graph.query("CQ21").records()
        found = {gap.subjects: gap for gap in shipped.of("cross-cutting-link")}
        none = {(str(r["agreement"]), str(r["theme"])) for r in rows if r["stated"] == 0}
        own = {
            (agreement, theme)
            for agreement, theme in none
            if graph.evidence.agreements[agreement].themes & graph.evidence.widened(theme)
        }
        serving = {
            (role.agreement, theme)
            for role in graph.evidence.roles
            for theme in {theme for _, theme in none}
            if role.documented and role.actor in graph.evidence.bodies
            if graph.evidence.bodies[role.actor].themes & graph.evidence.widened(theme)
        }
        assert ("sendai", "disaster-risk") in own
        assert ("cites", "environmental-crime") in serving
        data = Path(__file__).parent.parent / "data"
        with (data / "targets.csv").open(encoding="utf-8") as file:
            targets = {
                (row["agreement"], theme)
                for row in csv.DictReader(file)
                for theme in {theme for _, theme in none}
                if graph.evidence.widened(theme).intersection(row["themes"].split("|"))
            }
        assert {("km-gbf", "gender"), ("km-gbf", "human-rights")} <= targets & none
        assert found.keys() == none - own - serving - targets
        assert {
            agreement
            for (agreement, _), gap in found.items()
            if any("sets a target on it" in one.sentence for one in gap.against)
        } == {"cbd"}
        for row in rows:
            if (gap := found.get((str(row["agreement"]), str(row["theme"])))) is not None:
                read = [one for one in gap.against if one.sentence.startswith("Read as a link")]
                assert len(read) == row["inferred"]
        first = found["escazu", "human-mobility"].counter
        assert first
        assert (first.basis, first.sentence[:6]) == ("stated", "ECLAC ")

    def test_agreements_without_a_search_are_those_of_the_query_on_them(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        searched = graph.evidence.searched
        expected = {
            agreement for agreement in graph.evidence.agreements if agreement not in searched
        }
        assert {gap.subjects[0] for gap in shipped.of("supporters-not-searched")} == expected

    def test_regional_commissions_are_those_of_the_question_on_them(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        stated = {
            (row["entity"], id_)
            for row in graph.query("CQ24").records()
            for id_ in str(row["ids"]).split("|")
            if row["status"] == "documented" and row["standing"] in (None, "current")
        }
        found = {gap.subjects for gap in shipped.of("regional-link")}
        assert found
        assert found.isdisjoint(stated)

    def test_entities_with_a_mandate_and_no_part_have_none(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        entities = {gap.subjects[0] for gap in shipped.of("environment-mandate")}
        assert entities
        for one in graph.evidence.roles:
            if one.actor in entities:
                assert not one.documented or one.role in FORMAL_ROLES
        projects = {work.actor for work in graph.evidence.works if work.basis == "stated"}
        assert entities.isdisjoint(projects)
        assert ("doalos", "ola") in _parents(graph)
        for part, whole in _parents(graph):
            assert whole not in entities or not any(
                one.documented and one.role not in FORMAL_ROLES
                for one in graph.evidence.roles
                if one.actor == part
            )

    def test_delivery_by_projects_and_plans_is_that_of_the_tables(self, shipped: Gaps) -> None:
        data = Path(__file__).parent.parent / "data"
        rows = {}
        for name in ("projects", "project_links", "plan_mentions"):
            with (data / f"{name}.csv").open(encoding="utf-8") as file:
                rows[name] = list(csv.DictReader(file))
        agencies = {row["id"]: row["entities"].split("|") for row in rows["projects"]}
        expected: dict[str, int] = {}
        linked = {(row["project"], row["agreement"])
                  for row in rows["project_links"] if row["basis"] == "stated"}  # fmt: skip
        for number, agreement in linked:
            known = [*filter(None, agencies[number])]
            expected[agreement] = expected.get(agreement, 0) + len(known)
        for row in rows["plan_mentions"]:
            if (row["basis"], row["place"]) == ("stated", "own-text"):
                expected[row["agreement"]] = expected.get(row["agreement"], 0) + 1
        gaps = [gap for gap in shipped.of("missing-function") if gap.subjects[1] == "delivery"]
        assert "stockholm" in {gap.subjects[0] for gap in gaps}
        for gap in gaps:
            told = [one.sentence for one in gap.against if "that is no role in it" in one.sentence]
            counts = [int(re.findall(r" has (\d+) ", one)[0]) for one in told]
            assert sum(counts) == expected.get(gap.subjects[0], 0)

    def test_what_was_searched_is_called_by_its_name(self, graph: Graph, shipped: Gaps) -> None:
        gaps = {gap.subjects[0]: gap for kind in ("not-looked-up", "sought-not-found")
                for gap in shipped.of(kind)}  # fmt: skip
        assert gaps["one-un-mea-package"].statement.startswith("On the One UN MEA package, ")
        for id_, gap in gaps.items():
            assert "-" not in id_ or f"On {id_}," not in gap.statement

    def test_countries_are_counted_as_in_the_tables(self, shipped: Gaps) -> None:
        data = Path(__file__).parent.parent / "data"
        with (data / "portfolio_counts.csv").open(encoding="utf-8") as file:
            countries: dict[tuple[str, str], set[str]] = {}
            for row in csv.DictReader(file):
                if row["country"]:
                    key = (row["entity"], row["source"])
                    countries.setdefault(key, set()).add(row["country"])
        found = {gap.subjects[0]: gap for gap in shipped.of("presence-not-reported")}
        assert "world-bank" in found
        for (entity, source), known in countries.items():
            if entity in found:
                (told,) = [
                    one.sentence
                    for one in found[entity].against
                    if one.citation and one.citation.source == source and "the list" in one.sentence
                ]
                assert f" in {len(known)} countr" in told

    def test_pairs_beyond_chance_share_no_body_and_no_product(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        held: dict[str, set[str]] = {}
        wide = {"hlcm", "hlcp", "unsdg"}
        for member_ in graph.evidence.memberships:
            stated = (member_.basis, member_.standing) == ("stated", "current")
            if stated and member_.body not in wide:
                held.setdefault(member_.actor, set()).add(member_.body)
        products = graph.query("gap-parties").records()
        for row in products:
            if row["kind"] == "product":
                held.setdefault(str(row["actor"]), set()).add(f"product {row['item']}")
        whole = {(start, start) for start in graph.evidence.actors} | {*_parents(graph)}
        while more := {(a, d) for a, b in whole for c, d in whole if b == c} - whole:
            whole |= more
        seats: dict[str, set[str]] = {}
        for part, above in whole:
            bodies = {one for one in held.get(above, ()) if part == above or " " not in one}
            seats.setdefault(part, set()).update(bodies)
        beyond = {
            (pair.one, pair.other): pair
            for pair in graph.overlaps(by="mandates", null="hypergeometric").pairs
            if pair.beyond
        }
        found = {
            (gap.subjects[0], gap.subjects[1]): gap
            for gap in shipped.of("synergy")
            if gap.subjects[2] == "mandates"
        }
        assert found
        assert found.keys() == {
            pair
            for pair in beyond
            if seats[pair[0]].isdisjoint(seats[pair[1]]) and whole.isdisjoint({pair, pair[::-1]})
        }
        for pair, gap in found.items():
            assert len(gap.grounds) == 2 * len(beyond[pair].shared)
        told = {pair: {one.sentence for one in gap.against} for pair, gap in found.items()}
        assert "Both are in UNSDG, which coordinates the whole system." in told["desa", "eclac"]
        for pair, gap in found.items():
            assert (gap.robustness.p, gap.robustness.q) == (beyond[pair].p, beyond[pair].q)

    def test_whoever_has_a_role_in_both_of_two_agreements_is_named(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        roles: dict[str, set[str]] = {}
        for one in graph.evidence.roles:
            if one.documented:
                roles.setdefault(one.agreement, set()).add(one.actor)
        named = 0
        for gap in shipped.of("agreements-apart"):
            both = roles.get(gap.subjects[0], set()) & roles.get(gap.subjects[1], set())
            assert len(both) == gap.statement.count("; ")
            named += bool(both)
        assert named

    def test_nothing_is_called_searched_that_no_search_asked_for(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        record = read_record(graph.store, graph.evidence, ["thin-support"])
        none = {one.subject for one in record.searches if one.outcome == "none-found"}
        for gap in shipped.gaps:
            if gap.status == NONE_FOUND:
                assert none & {*gap.subjects}
            assert ("on record, " not in gap.statement) or "none found" not in gap.outcome
        assert {gap.status for gap in shipped.of("regional-link")} == {NOT_SEARCHED}
        nobody = {gap for gap in shipped.of("missing-function") if gap.status == NONE_FOUND}
        assert {gap.subjects[0] for gap in nobody} == {"un-watercourses"}, "nobody was found at all"
        assert len(nobody) == len(graph.evidence.functions)

    def test_a_missing_function_has_one_status_everywhere(
        self, graph: Graph, shipped: Gaps
    ) -> None:
        gaps = {gap.subjects: gap for gap in shipped.of("missing-function")}
        for agreement in ("minamata", "gorilla-agreement", "aarhus", "un-watercourses"):
            missing = graph.collaborators(agreement).missing
            assert {cover.function for cover in missing} == {
                function for one, function in gaps if one == agreement
            }
            for cover in missing:
                gap = gaps[agreement, cover.function]
                if gap.status == NONE_FOUND:
                    assert cover.status == gap.outcome
                    continue
                assert cover.status.split(" by itself")[0] == gap.status
                told = re.search(r"a general search in (\d+ sources?)", gap.outcome)
                assert ("in general" in cover.status) == bool(told)
                assert told is None or f"in general in {told[1]}" in cover.status

    def test_regional_commissions_have_no_stated_plan_cooperation_or_project(
        self, shipped: Gaps
    ) -> None:
        pairs = {gap.subjects for gap in shipped.of("regional-link")}
        data = Path(__file__).parent.parent / "data"
        stated = set()
        for name in ("plan_mentions", "cooperations"):
            with (data / f"{name}.csv").open(encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    for side in ("entity", "partner"):
                        for agreement in (row.get("agreements") or row.get("agreement", "")).split(
                            "|"
                        ):
                            if row["basis"] == "stated":
                                stated.add((row.get(side), agreement))
        assert {("unece", "paris"), ("eca", "unfccc"), ("escwa", "unccd")} <= stated
        assert pairs.isdisjoint(stated)

    def test_every_gap_opens_into_sources_that_are_known(self, graph: Graph, shipped: Gaps) -> None:
        known = set(graph.sources)
        assert len({gap.id for gap in shipped.gaps}) == len(shipped)
        for gap in shipped.gaps:
            assert {*gap.sources, *gap.robustness.rests_on} <= known
            for ground in (*gap.grounds, *gap.against):
                assert ground.citation is None or ground.citation.source in known
                assert ground.sentence.endswith(".")
            assert gap.check.startswith(("focal point", "whoever keeps this record"))

    def test_a_source_that_a_gap_needs_takes_it_away(self, graph: Graph, shipped: Gaps) -> None:
        record = read_record(
            graph.store, graph.evidence, ["ask-without-offer", "environment-mandate"]
        )
        for gap in shipped.of("environment-mandate"):
            for source in gap.robustness.rests_on:
                left = of(record.without([source]), "environment-mandate")
                assert (gap.subjects in left) == (source not in gap.robustness.needed)

    def test_a_subject_asks_only_what_concerns_it(self, graph: Graph, shipped: Gaps) -> None:
        kinds = ("missing-function", "regional-link")
        found = graph.gaps("Minamata Convention", kinds=kinds)
        assert {gap.id for gap in found.gaps} == {
            gap.id for kind in kinds for gap in shipped.of(kind) if "minamata" in gap.subjects
        }
        assert [gap.id for gap in graph.gaps("gef", kinds=["members-not-read"]).gaps] == [
            gap.id for gap in shipped.of("members-not-read") if gap.subjects == ("gef",)
        ]

    def test_kinds_and_names_that_are_unknown_are_refused(self, graph: Graph) -> None:
        with pytest.raises(QueryError, match="did you mean synergy"):
            graph.gaps(kinds=["synergies"])
        with pytest.raises(QueryError, match="thin-support"):
            graph.gaps(kinds=["zzz"])
        with pytest.raises(
            QueryError, match=r"missing-function cannot speak of an entity; use .*syn"
        ):
            graph.gaps("unep", kinds=["missing-function", "synergy"])
        with pytest.raises(UnknownNameError, match="minamata"):
            graph.gaps("minamatta")
        with pytest.raises(UnknownNameError):
            graph.gaps(exclude_sources=["no-such-source"])
        with pytest.raises(QueryError, match="hypergeometric"):
            graph.gaps(null="none")


def test_entities_that_are_part_of_one_another_are_read(graph: Graph) -> None:
    record = read_record(graph.store, graph.evidence, ["synergy"])
    for start, end in _parents(graph):
        assert end in record.above[start]
    assert all(thing not in above for thing, above in record.above.items())


def _parents(graph: Graph) -> list[tuple[str, str]]:
    return [(str(r["start"]), str(r["end"])) for r in graph.query("network-parents").records()]


class TestCommand:
    def test_the_table_begins_with_what_a_gap_is_and_where_was_looked(self, run: Run) -> None:
        kinds = ("--kind", "missing-function", "--kind", "regional-link")
        result = run("gaps", "minamata", "--limit", "1", *kinds)
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("Gaps in the record: Minamata Convention on Mercury\n===")
        places = [result.stdout.index(word) for word in (
            "A gap is a statement about the record", "WHERE WAS LOOKED", "FUNCTIONS FOR WHICH",
            "REGIONAL COMMISSIONS", "Method: ",
        )]  # fmt: skip
        assert places == sorted(places)
        assert max(map(len, result.stdout.splitlines())) <= 100
        assert result.stderr == ""

    def test_kinds_are_shown_ten_by_ten_unless_asked_otherwise(self, run: Run) -> None:
        few = run("gaps", "--kind", "supporters-not-searched").stdout
        total = len(json.loads(run("gaps", "--kind", "supporters-not-searched", "--format",
                                   "json").stdout)["gaps"])  # fmt: skip
        assert few.count("    id: ") == 10
        assert f"… and {total - 10} more of {total}" in few
        every = run("gaps", "--kind", "supporters-not-searched", "--limit", "0").stdout
        assert every.count("    id: ") == total

    @pytest.mark.parametrize("form", ["csv", "md"])
    def test_rows_say_on_standard_error_what_a_limit_hides(self, run: Run, form: str) -> None:
        whole = run("gaps", "minamata", "--kind", "regional-link", "--format", form)
        assert (whole.exit_code, whole.stderr) == (0, "")
        assert whole.stdout.count("focal point") == 5
        few = run("gaps", "minamata", "--kind", "regional-link", "--format", form, "--limit", "2")
        assert few.stdout.count("focal point") == 2
        assert "3 more of 5" in few.stderr

    def test_rows_open_into_claims_and_sources(self, run: Run, graph: Graph) -> None:
        text = run("gaps", "--kind", "environment-mandate", "--format", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows
        for row in rows:
            assert len(row["examined"].split("|")) == int(row["sources"])
            assert {*row["examined"].split("|")} <= set(graph.sources)
            assert all(c.startswith("https://") for c in row["claims"].split("|"))

    def test_fail_is_an_exit_code_and_nothing_else(self, run: Run) -> None:
        args = ("gaps", "minamata", "--kind", "missing-function")
        fails, passes = run(*args, "--fail"), run(*args)
        assert (fails.exit_code, passes.exit_code) == (1, 0)
        assert fails.stdout == passes.stdout

    def test_a_shell_offers_the_kinds(self) -> None:
        option = next(one for one in gaps_command.params if one.name == "kinds")
        offers = option.type.shell_complete(click.Context(gaps_command), option, "seat")
        assert [one.value for one in offers] == ["seat-not-recorded"]
        assert offers[0].help == KINDS["seat-not-recorded"].title

    def test_the_help_and_the_document_name_every_kind(self) -> None:
        assert gaps_command.help
        told = gaps_command.help.split("nobody looked:")[1].split("Examples:")[0]
        assert re.findall(r"[a-z]+(?:-[a-z]+)*", told) == list(KINDS)
        text = (Path(__file__).parents[1] / "docs" / "method.md").read_text(encoding="utf-8")
        assert re.findall(
            r"^\| `([a-z-]+)` \| (.*) \|$", text.split("The kinds, each")[1], re.MULTILINE
        ) == [(kind.id, kind.title) for kind in KINDS.values()]

    def test_fail_tells_a_pipeline_that_there_are_gaps(self, process: Process) -> None:
        found = process("gaps", "minamata", "--kind", "missing-function", "--fail")
        assert (found.returncode, found.stderr) == (1, "")
        assert "missing-function/minamata/enforcement" in found.stdout
        none = process("gaps", "minamata", "--kind", "thin-support", "--fail")
        assert none.returncode == 0, none.stdout
        assert "No gap found by these rules" in none.stdout

    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (("minamatta", "--kind", "synergy"), "minamata"),
            (("--limit", "-1"), "--limit"),
            (("undp", "--kind", "missing-function", "--fail"), "cannot speak of an entity"),
        ],
    )
    def test_what_is_unknown_is_refused_in_a_line(
        self, process: Process, args: tuple[str, ...], words: str
    ) -> None:
        result: subprocess.CompletedProcess[str] = process("gaps", *args)
        assert result.returncode == 2
        assert result.stdout == ""
        assert words in result.stderr
        assert "Traceback" not in result.stderr


def test_the_small_graph_is_read_whole() -> None:
    small = open_graph("memory:", SMALL)
    record = read_record(small.store, small.evidence)
    assert record.searches
    assert record.sources == set(small.sources)
    found = small.gaps()
    assert {kind.id for kind in found.kinds} == set(KINDS)
    for kind in KINDS:
        assert [gap.id for gap in small.gaps(kinds=[kind]).gaps] == [g.id for g in found.of(kind)]
    for one, other in combinations(found.gaps, 2):
        assert one.id != other.id
