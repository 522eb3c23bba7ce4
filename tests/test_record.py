"""Mandates, money, projects and countries in the ranking: numbers worked out by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from math import log2

import pytest
from conftest import Run
from transcripts import SMALL
from worlds import (
    SUBJECT,
    cited,
    partner,
    project,
    small_world,
    spent,
    spoken,
    wanted_of,
)

from emg_graph.analysis import channels, scoring
from emg_graph.analysis.candidates import Collaborators, find_collaborators
from emg_graph.analysis.claims import Citation, Work
from emg_graph.analysis.country import Country, GroupListing, Party, PartyList
from emg_graph.analysis.evidence import Evidence, Goal
from emg_graph.analysis.presence import Presence, Seat, Spent
from emg_graph.analysis.reading import read_evidence_on
from emg_graph.analysis.reasons import DIRECT, INDIRECT, ON_IT, Reason, reasons_for
from emg_graph.graph import Graph, open_graph
from emg_graph.views import listing

GOALS = {SUBJECT: (Goal("sdg-3", "3", "inferred"), Goal("sdg-12", "12", "inferred"))}
AT = Citation("s0", "p. 1")


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


def world(**parts: object) -> Evidence:
    return replace(small_world(), **parts)  # type: ignore[arg-type]


def memorandum(other: str, year: str | None, *, superseded: bool = False) -> Work:
    """Make a memorandum of e0 with another on the agreement, all of one source."""
    return replace(
        project("e0", SUBJECT, other, kind="memorandum", since=year, until=year),
        claims=(f"{other}-{year}",),
        superseded=superseded,
    )


def only(evidence: Evidence, actor: str = "e0") -> Reason:
    (reason,) = reasons_for(evidence, wanted_of(evidence), actor)
    return reason


class TestWorkOnIt:
    def test_projects_on_it_are_one_reason_in_the_first_band(self) -> None:
        reason = only(world(works=(project("e0", SUBJECT, "x1", "x2"),)))
        assert (reason.band, reason.basis, reason.channel) == (ON_IT, "stated", "project on it")
        assert reason.sentence == (
            "Implements 2 projects of the M1 with a title that names this agreement (2019–2024;"
            " 2.5 million US dollars from the fund), the latest: The last (x9)"
        )
        assert reason.claims == ("e0-a0-x1", "e0-a0-x2")
        assert (reason.functions, reason.touches) == ((), ())

    def test_projects_of_two_sources_are_added_up_each_once(self) -> None:
        works = (
            project("e0", SUBJECT, "x1", "x2"),
            project("e0", SUBJECT, "x2", "x3", source="s1", since="1998", until="2026"),
        )
        reason = only(world(works=works))
        assert reason.sentence.startswith("Implements 3 projects of the M1")
        assert "(1998–2026; 5 million US dollars" in reason.sentence
        assert reason.citation.source == "s1", "the source of the latest"

    @pytest.mark.parametrize(
        ("kind", "band", "basis", "words"),
        [
            (
                "own-text",
                ON_IT,
                "stated",
                "Has 1 activity in United Nations country plans that name",
            ),
            (
                "subject-in-text",
                DIRECT,
                "inferred",
                "Has 1 activity in United Nations country plans whose own text is on what this"
                " agreement asks for, in 3 countries",
            ),
            (
                "parent-text",
                INDIRECT,
                "inferred",
                "under an output that names this agreement or what it asks for",
            ),
            (
                "subject-in-title",
                DIRECT,
                "inferred",
                "Implements 1 project of the M1 with a title on what this agreement deals with",
            ),
            ("transparency-flag", ON_IT, "stated", "that the fund counts as transparency work"),
            ("focal-area", INDIRECT, "inferred", "in a focal area that is read as the field"),
            (
                "mandate",
                ON_IT,
                "computed",
                "Cites 1 mandate with a title that names this agreement",
            ),
        ],
    )
    def test_what_names_it_is_on_it_and_what_is_read_into_it_is_not(
        self, kind: str, band: str, basis: str, words: str
    ) -> None:
        reason = only(world(works=(project("e0", SUBJECT, "x1", kind=kind),)))
        assert (reason.band, reason.basis) == (band, basis)
        assert words in reason.sentence

    def test_a_subject_is_told_apart_from_a_name_and_never_as_one(self) -> None:
        works = (
            project("e0", SUBJECT, "x1", "x2"),
            project("e0", SUBJECT, "x3", kind="subject-in-title"),
            project("e0", SUBJECT, "y1", kind="own-text"),
            project("e0", SUBJECT, "y2", "y3", kind="subject-in-text"),
        )
        evidence = world(works=works)
        reasons = reasons_for(evidence, wanted_of(evidence), "e0")
        told = {(r.band, r.channel, r.basis, "name" in r.sentence) for r in reasons}
        assert told == {
            (ON_IT, "project on it", "stated", True),
            (ON_IT, "country plan", "stated", True),
            (DIRECT, "project on its subject", "inferred", False),
            (DIRECT, "country plan on its subject", "inferred", False),
        }
        assert [r.sentence[:21] for r in reasons if r.channel == "project on it"] == [
            "Implements 2 projects"
        ]

    @pytest.mark.parametrize("kind", ["subject-in-title", "subject-in-text"])
    def test_a_subject_alone_puts_nobody_on_it(self, kind: str) -> None:
        evidence = world(works=(project("e0", SUBJECT, "x1", kind=kind),))
        (candidate,) = find_collaborators(evidence, SUBJECT).candidates
        assert candidate.band == DIRECT

    def test_an_inferred_claim_of_a_kind_is_counted_by_itself(self) -> None:
        stated = project("e0", SUBJECT, "x1", "x2")
        doubted = replace(project("e0", SUBJECT, "x3"), basis="inferred", until="2026")
        evidence = world(works=(stated, doubted))
        reasons = reasons_for(evidence, wanted_of(evidence), "e0")
        assert [(r.band, r.basis, r.claims) for r in reasons] == [
            (ON_IT, "stated", stated.claims),
            (INDIRECT, "inferred", doubted.claims),
        ]

    def test_an_omnibus_mandate_that_names_it_is_marked(self) -> None:
        cited = replace(project("e0", SUBJECT, "x1", "x2", kind="mandate"), omnibus=("x2",))
        assert only(world(works=(cited,))).sentence.endswith("; 1 omnibus")

    def test_a_memorandum_names_the_other_and_the_year(self) -> None:
        signed = memorandum("e1", "2018")
        again = replace(memorandum("e2", None), citation=Citation("s1", "p. 2"))
        reason = only(world(works=(signed, again)))
        assert reason.sentence == "Has on record memoranda on this agreement with E1 (2018) and E2"
        assert (reason.band, reason.basis) == (ON_IT, "stated")

    def test_partners_of_one_source_have_each_their_own_latest_year(self) -> None:
        works = (
            memorandum("e1", "1998"),
            memorandum("e1", "2012"),
            memorandum("e2", "2005", superseded=True),
            memorandum("e2", "2011"),
            memorandum("e3", "1997", superseded=True),
        )
        reason = only(world(works=works))
        assert reason.sentence == (
            "Has on record memoranda on this agreement with E1 (2012), E2 (2011) and E3 (1997,"
            " superseded since)"
        )
        assert reason.claims == tuple(sorted(claim for work in works for claim in work.claims))

    def test_one_that_is_superseded_without_a_year_says_so(self) -> None:
        reason = only(world(works=(memorandum("e1", None, superseded=True),)))
        assert reason.sentence == (
            "Has on record a memorandum on this agreement with E1 (superseded since)"
        )

    def test_side_events_count_partners_and_never_events(self) -> None:
        events = replace(project("e0", SUBJECT, "e1", "e2", kind="organised-with"), example="E2|E1")
        reason = only(world(works=(events,)))
        assert reason.sentence == (
            "Organised side events at meetings of this agreement with 2 others,"
            " most often E2 and E1"
        )

    def test_an_accreditation_is_through_a_mechanism(self) -> None:
        work = replace(
            project("e0", SUBJECT, "m0", kind="accreditation"), basis="via-mechanism", until=None
        )
        reason = only(world(works=(work,)))
        assert (reason.band, reason.basis) == (INDIRECT, "via-mechanism")
        assert reason.sentence == "Is accredited to the M0, said to serve this agreement"

    def test_a_narrowed_search_looks_at_themes_and_not_at_work_on_it(self) -> None:
        evidence = world(works=(project("e0", SUBJECT, "x1"),), spending=(spent("e0", "sdg-3", 5),))
        wanted = replace(wanted_of(evidence), narrowed=True)
        assert not reasons_for(replace(evidence, goals=GOALS), wanted, "e0")

    def test_who_is_linked_already_stays_there_with_the_work_beside(self) -> None:
        evidence = world(
            roles=(partner("e0", SUBJECT),),
            works=(project("e0", SUBJECT, "x1"), project("e1", SUBJECT, "x2")),
        )
        found = find_collaborators(evidence, SUBJECT)
        assert [c.id for c in found.band(ON_IT)] == ["e1"]
        assert [work.claims for work in found.works["e0"]] == [("e0-a0-x1",)]
        assert "E0: + Implements 1 project" in listing.to_text(found)
        rows = [r for r in listing.to_table(found).records() if r["part"] == "linked-work"]
        assert [(row["id"], row["source"]) for row in rows] == [("e0", "s0")]

    def test_work_on_it_enters_no_channel(self) -> None:
        plain = world(
            works=(project("e0", "a1", "x1"),),
            mandates=(cited("e0", "n1", "t0"),),
            budgets=frozenset({("e0", "s0")}),
            positions=(spoken("e0", "t0"),),
        )
        about = replace(spoken("e0", "t3"), agreements=frozenset({SUBJECT}), claim="p2")
        more = replace(
            plain,
            works=(
                *plain.works,
                project("e0", SUBJECT, "x2", "x3"),
                project("e0", "a1", "x3"),
                project("e0", SUBJECT, "n2", kind="mandate"),
            ),
            mandates=(*plain.mandates, cited("e0", "n2", "t0")),
            positions=(*plain.positions, about),
        )
        subject = plain.agreements[SUBJECT]
        for parts in channels.CHANNELS.values():
            for name, measure in parts.items():
                assert measure(more, subject, "e0") == measure(plain, subject, "e0"), name


class TestRelatedProjects:
    def test_the_channel_weighs_by_nearness_and_damps_by_a_logarithm(self) -> None:
        """a1 is as near as can be, a2 by one theme of four: 1 × log2(1+3) + ½ × log2(1+1)."""
        evidence = world(works=(project("e0", "a1", "x1", "x2", "x3"), project("e0", "a2", "x1")))
        subject = evidence.agreements[SUBJECT]
        (theme,) = subject.themes
        far = replace(evidence.agreements["a2"], themes=frozenset({theme, "x", "y", "z"}))
        evidence = replace(evidence, agreements={**evidence.agreements, "a2": far})
        assert channels.related_projects(evidence, subject, "e0") == pytest.approx(2.0 + 0.5)
        assert log2(1 + 3) == 2.0

    def test_a_project_that_is_on_the_agreement_too_is_not_counted_again(self) -> None:
        works = (project("e0", SUBJECT, "x1"), project("e0", "a1", "x1", "x2"))
        evidence = world(works=works)
        assert channels.related_projects(evidence, evidence.agreements[SUBJECT], "e0") == 1.0
        related = [r for r in reasons_for(evidence, wanted_of(evidence), "e0") if r.band == DIRECT]
        assert [r.sentence for r in related] == ["Implements 1 project on a related agreement, A1"]

    def test_a_project_by_its_subject_counts_in_the_channel_as_one_by_its_name(self) -> None:
        works = (
            project("e0", "a1", "x1", kind="subject-in-title"),
            project("e0", "a1", "x2", "x3"),
            project("e0", SUBJECT, "x3", kind="subject-in-title"),
        )
        evidence = world(works=works)
        subject = evidence.agreements[SUBJECT]
        assert channels.related_projects(evidence, subject, "e0") == pytest.approx(log2(1 + 2))

    def test_those_by_a_subject_are_told_apart_and_those_by_a_name_not_again(self) -> None:
        works = (
            project("e0", "a1", "x1", "x2"),
            project("e0", "a2", "x2", "x3", "x4", kind="subject-in-title", source="s1"),
            project("e0", "a1", "x4", kind="subject-in-title", source="s1"),
        )
        evidence = world(works=works)
        found = reasons_for(evidence, wanted_of(evidence), "e0")
        told = {reason.basis: reason for reason in found}
        assert len(found) == len(told) == 2
        assert {reason.band for reason in found} == {DIRECT}
        assert told["stated"].sentence == ("Implements 2 projects on related agreements (A1 2)")
        assert told["inferred"].sentence == (
            "Implements 2 projects with titles on what related agreements deal with (A2 2 and A1 1)"
        )
        assert (told["stated"].citation.source, told["inferred"].citation.source) == ("s0", "s1")
        assert not {*told["stated"].claims} & {*told["inferred"].claims}

    def test_a_single_project_by_a_subject_does_not_name_the_agreement(self) -> None:
        reason = only(world(works=(project("e0", "a1", "x1", kind="subject-in-title"),)))
        assert (reason.band, reason.basis) == (DIRECT, "inferred")
        assert reason.sentence == (
            "Implements 1 project with a title on what a related agreement, A1, deals with"
        )

    def test_who_implements_for_no_fund_is_unknown_and_a_guess_counts_for_nothing(self) -> None:
        evidence = world(works=(project("e0", "a1", "x1", kind="focal-area"),))
        assert channels.related_projects(evidence, evidence.agreements[SUBJECT], "e0") is None

    def test_the_sentence_counts_each_project_once_and_names_the_agreements(self) -> None:
        works = (project("e0", "a1", "x1", "x2"), project("e0", "a2", "x2"))
        reason = only(world(works=works))
        assert (reason.band, reason.basis, reason.through) == (DIRECT, "stated", ("a1", "a2"))
        assert reason.sentence == "Implements 2 projects on related agreements (A1 2 and A2 1)"

    def test_the_same_cluster_alone_is_indirect(self) -> None:
        evidence = world(works=(project("e0", "a1", "x1"),))
        other = replace(evidence.agreements["a1"], themes=frozenset())
        reason = only(replace(evidence, agreements={**evidence.agreements, "a1": other}))
        assert reason.band == INDIRECT
        assert "an agreement of the same cluster only, A1" in reason.sentence


class TestMandates:
    def test_the_weights_of_those_on_its_themes_or_narrower_ones_are_added(self) -> None:
        mandates = (
            cited("e0", "n1", "t0", weight=1.0),
            cited("e0", "n2", "t1", weight=0.5),
            cited("e0", "n3", "t3", weight=1.0),
            cited("e0", "n4", "t0", weight=0.25, omnibus=True),
        )
        evidence = world(
            mandates=mandates, broader={"t1": "t0"}, budgets=frozenset({("e0", "s0"), ("e1", "s0")})
        )
        subject = evidence.agreements[SUBJECT]
        assert channels.theme_mandates(evidence, subject, "e0") == 1.75
        assert channels.theme_mandates(evidence, subject, "e1") == 0
        assert channels.theme_mandates(evidence, subject, "e2") is None, "no budget of it was read"

    def test_a_mandate_of_two_sources_counts_once(self) -> None:
        twice = (
            cited("e0", "n1", "t0"),
            replace(cited("e0", "n1", "t0"), citation=Citation("s1", "p")),
        )
        evidence = world(mandates=twice, budgets=frozenset({("e0", "s0")}))
        assert channels.theme_mandates(evidence, evidence.agreements[SUBJECT], "e0") == 1.0
        assert only(evidence).sentence == "Cites 1 mandate on theme t0, N1 (2020)"

    def test_omnibus_mandates_are_marked_and_not_counted(self) -> None:
        mandates = tuple(cited("e0", f"n{i}", "t0") for i in range(4))
        omnibus = cited("e0", "n9", "t0", weight=0.2, omnibus=True)
        reason = only(world(mandates=(*mandates, omnibus)))
        assert (reason.band, reason.basis) == (INDIRECT, "computed")
        assert reason.sentence == (
            "Cites 4 mandates on theme t0, among them N3 (2020), N2 (2020) and N1 (2020);"
            " 1 omnibus mandate not counted"
        )
        assert reason.claims == ("e0-n0", "e0-n1", "e0-n2", "e0-n3")

    def test_omnibus_mandates_alone_are_no_reason(self) -> None:
        evidence = world(mandates=(cited("e0", "n9", "t0", omnibus=True),))
        assert not reasons_for(evidence, wanted_of(evidence), "e0")

    @pytest.mark.parametrize(("citing", "candidates"), [(9, 9), (10, 0)])
    def test_a_theme_that_ten_entities_are_mandated_on_makes_nobody_a_candidate(
        self, citing: int, candidates: int
    ) -> None:
        evidence = small_world()
        office = evidence.actors["e0"]
        actors = {f"x{i}": replace(office, id=f"x{i}") for i in range(citing)}
        mandates = tuple(cited(name, title, "t0") for name in actors for title in ("n1", "n2"))
        evidence = replace(evidence, actors=actors, mandates=mandates)
        assert len(find_collaborators(evidence, SUBJECT).candidates) == candidates

    def test_a_single_mandate_makes_nobody_a_candidate(self) -> None:
        evidence = world(mandates=(cited("e0", "n1", "t0"),))
        assert not find_collaborators(evidence, SUBJECT).candidates
        assert only(evidence).channel == "single or widely shared mandates"


class TestMoney:
    def test_the_share_is_of_what_is_coded_by_goal(self) -> None:
        spending = (
            spent("e0", "sdg-12", 30e6),
            spent("e0", "sdg-3", 10e6),
            spent("e0", "sdg-1", 160e6),
        )
        evidence = world(spending=spending, goals=GOALS)
        subject = evidence.agreements[SUBJECT]
        assert channels.goal_money(evidence, subject, "e0") == 0.2
        assert channels.goal_money(evidence, subject, "e1") is None, "not reported is not zero"
        assert channels.goal_money(replace(evidence, goals={}), subject, "e0") is None
        reason = only(evidence)
        assert (reason.band, reason.basis) == (INDIRECT, "inferred")
        assert reason.sentence == (
            "Spent 40 million US dollars on SDGs 3 and 12 (to which its themes relate) in 2024,"
            " 20 % of what it codes by goal"
        )

    def test_a_stated_goal_makes_a_stated_reason(self) -> None:
        goals = {SUBJECT: (Goal("sdg-12", "12", "stated"),)}
        reason = only(world(spending=(spent("e0", "sdg-12", 119272720.0),), goals=goals))
        assert reason.basis == "stated"
        assert reason.sentence == (
            "Spent 119 million US dollars on SDG 12 in 2024, 100 % of what it codes by goal"
        )

    def test_money_alone_makes_nobody_a_candidate(self) -> None:
        evidence = world(spending=(spent("e0", "sdg-12", 5.0),), goals=GOALS)
        assert not find_collaborators(evidence, SUBJECT).candidates
        more = replace(evidence, roles=(partner("e0", "a1"),))
        (candidate,) = find_collaborators(more, SUBJECT).candidates
        assert [r.channel for r in candidate.reasons] == [
            "role in a related agreement", "money on its goals",
        ]  # fmt: skip

    def test_a_correction_below_zero_is_no_reason(self) -> None:
        evidence = world(spending=(spent("e0", "sdg-12", -5.0),), goals=GOALS)
        assert not reasons_for(evidence, wanted_of(evidence), "e0")
        assert channels.goal_money(evidence, evidence.agreements[SUBJECT], "e0") is None


class TestScore:
    def test_the_thematic_record_is_the_mean_of_the_percentiles_that_are_known(self) -> None:
        """Mandates: e0 1, e1 0 (both read): percentiles 1 and 0. Money: e0 ¼, e1 1: 0 and 1.
        Positions: e0 alone: ½. So C of e0 is (1 + 0 + ½) / 3 = ½, of e1 (0 + 1) / 2 = ½, and of
        e2, of which nothing is known, unknown, in the middle."""
        evidence = world(
            mandates=(cited("e0", "n1", "t0"),),
            budgets=frozenset({("e0", "s0"), ("e1", "s0")}),
            spending=(
                spent("e0", "sdg-3", 1.0),
                spent("e0", "sdg-1", 3.0),
                spent("e1", "sdg-3", 1.0),
            ),
            goals=GOALS,
            positions=(spoken("e0", "t0"),),
        )
        found = scoring.shares(evidence, evidence.agreements[SUBJECT], ["e0", "e1", "e2"])
        record = [share["C"] for share in found]
        assert [(s.value, s.percentile) for s in record] == [(0.5, 0.5), (0.5, 0.5), (None, 0.5)]
        assert {name: (m.value, m.percentile) for name, m in record[0].measures.items()} == {
            "mandates": (1.0, 1.0), "money": (0.25, 0.0), "positions": (1.0, 0.5),
        }  # fmt: skip
        assert record[1].measures["positions"] == scoring.Measure(None, None)

    def test_an_unknown_measure_takes_nothing_away(self) -> None:
        evidence = world(works=(project("e0", "a1", "x1"), project("e1", "a1", "x2", "x3")))
        found = scoring.shares(evidence, evidence.agreements[SUBJECT], ["e0", "e1", "e2"])
        assert [share["D"].percentile for share in found] == [0.0, 1.0, 0.5]


def country(**parts: object) -> Country:
    made = Country(
        id="jor",
        name="Jordan",
        parties=(Party(SUBJECT, "party", "Party", "2017", None, "2020", AT),),
        lists=(PartyList(SUBJECT, "2020", False, "s0"),),
        there={
            "e0": Presence(Spent("Jordan", "2024", 4.7e6, AT), seats=(Seat("Rome", "Italy", AT),)),
            "e1": Presence(
                Spent("Jordan", "2024", 0.0, AT), seats=(Seat("Bern", "Switzerland", AT),)
            ),
        },
        region="Western Asia",
        reporters=frozenset({("e0", "s0"), ("e1", "s0"), ("e2", "s0")}),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def asked(**parts: object) -> Collaborators:
    roles = tuple(partner(f"e{i}", "a1", claim=f"r{i}") for i in range(4))
    return find_collaborators(small_world(roles=roles), SUBJECT, country=country(**parts))


class TestCountry:
    @pytest.mark.parametrize(
        ("parts", "status", "words"),
        [
            (
                {},
                "party",
                "party since 2017, by the list of 2020, a lower bound: it may have left since",
            ),
            (
                {"lists": (PartyList(SUBJECT, "2020", True, "s0"),)},
                "party",
                "party since 2017, by the list of 2020, which is whole",
            ),
            (
                {"lists": (PartyList(SUBJECT, "2020", None, "s0"),)},
                "party",
                "party since 2017, by the list of 2020, not known to be whole: it may have left"
                " since",
            ),
            (
                {
                    "parties": (),
                    "lists": (),
                    "groups": (GroupListing(SUBJECT, "in the list of Big parties", "2024", AT),),
                },
                "in-group",
                "stood in the list of Big parties of 2024; no dated list of all parties that names"
                " it is at hand",
            ),
            (
                {"parties": ()},
                "not-listed",
                "not on the list of 2020, a lower bound: it may have joined since",
            ),
            (
                {"parties": (), "lists": (PartyList(SUBJECT, "2024-10", True, "s0"),)},
                "not-listed",
                "not on the list of 2024-10, which is whole",
            ),
            ({"parties": (), "lists": ()}, "no-list", "no dated list of parties at hand"),
            (
                {
                    "parties": (
                        Party(SUBJECT, "signatory", "Signatory only", None, None, "2020", AT),
                    )
                },
                "signatory",
                "signatory only, by the list of 2020, a lower bound: it may have joined since",
            ),
        ],
    )
    def test_its_status_says_how_far_the_list_goes(
        self, parts: dict[str, object], status: str, words: str
    ) -> None:
        found = country(**parts).status(SUBJECT)
        assert (found.status, found.sentence) == (status, words)

    def test_presence_is_money_above_zero_and_silence_is_not_absence(self) -> None:
        found = asked().country
        assert found
        states = {actor: there.state for actor, there in found.presence.items()}
        assert states == {
            "e0": "present", "e1": "elsewhere", "e2": "elsewhere", "e3": "not-reported",
        }  # fmt: skip

    def test_those_present_come_first_in_their_band(self) -> None:
        found = asked(there={"e2": Presence(Spent("Jordan", "2024", 1.0, AT))})
        assert [c.id for c in found.band(DIRECT)] == ["e2", "e0", "e1", "e3"]

    def test_all_forms_carry_it(self) -> None:
        found = asked()
        text = listing.to_text(found)
        places = [
            text.index(words)
            for words in (
                "STATUS OF JORDAN\n  party since 2017, by the list of 2020, a lower bound:"
                " it may have left since [s0, p. 1]",
                "Present in Jordan:\n  E0",
                "Expenses in Jordan: 4.7 million US dollars in 2024 [s0, p. 1]",
                "From elsewhere, or there by projects alone"
                " (no expenses above zero in Jordan or Western Asia):\n  E1",
                "Headquarters: Bern, Switzerland [s0, p. 1]",
                "Presence in Jordan not reported (report no expenses by country):\n  E3",
                "is not in this graph",
            )
        ]
        assert places == sorted(places)
        rows = listing.to_table(found).records()
        assert (rows[0]["part"], rows[0]["standing"]) == ("country", "party")
        there = {r["id"]: (r["presence"], r["spent_usd"]) for r in rows if r["part"] == "direct"}
        assert there["e0"] == ("present", 4.7e6)
        assert there["e3"] == ("not-reported", None)
        data = json.loads(listing.to_json(found))["country"]
        assert data["status"]["sentence"].startswith(
            "party since 2017, by the list of 2020, a lower bound"
        )
        assert data["presence"]["e0"]["amount"] == 4.7e6
        assert "<h3>The country" in found._repr_html_() or "The country" in found._repr_html_()

    def test_the_region_comes_before_elsewhere(self) -> None:
        other = Citation("s1", "row 2")
        nearby = (Spent("Iraq", "2024", 1e6, AT), Spent("Lebanon", "2024", 3e6, other))
        found = asked(there={"e1": Presence(nearby=nearby), "e3": Presence(member=other)})
        assert found.country
        assert {id_: there.state for id_, there in found.country.presence.items()} == {
            "e0": "elsewhere", "e1": "in-region", "e2": "elsewhere", "e3": "commission",
        }  # fmt: skip
        assert [c.id for c in found.band(DIRECT)] == ["e1", "e3", "e0", "e2"]
        text = " ".join(listing.to_text(found).split())
        for words in (
            "With expenses on record in its region, Western Asia (none above zero in Jordan): E1",
            "Regional commissions of which Jordan is a member: E3",
            "Expenses in Western Asia: 4 million US dollars in 2024 in 2 other countries"
            " (Lebanon, Iraq) [s1, row 2; 1 more]",
            "Jordan is a member of it [s1, row 2]",
        ):
            assert words in text
        rows = {row["id"]: row for row in listing.to_table(found).records()}
        assert (rows["e1"]["region_countries"], rows["e1"]["region_usd"]) == ("Iraq|Lebanon", 4e6)
        assert rows["e1"]["region_source"] == "s1"
        assert (rows["e3"]["region_countries"], rows["e3"]["member_by"]) == (None, "s1")
        assert (
            json.loads(listing.to_json(found))["country"]["presence"]["e1"]["state"] == "in-region"
        )

    def test_without_a_region_nothing_is_said_of_one(self) -> None:
        text = " ".join(listing.to_text(asked(region=None)).split())
        assert "(no expenses above zero in Jordan; no region on record): E1" in text

    def test_what_is_weak_about_a_seat_or_a_sum_is_said(self) -> None:
        seat = Seat("Bern", "Switzerland", AT, "inferred", doubted=True)
        sums = Presence(Spent("Jordan", "2024", 5e6, AT, doubted=True))
        text = " ".join(
            listing.to_text(asked(there={"e1": Presence(seats=(seat,)), "e2": sums})).split()
        )
        assert "Headquarters: Bern, Switzerland (inferred, low confidence) [s0, p. 1]" in text
        assert "5 million US dollars in 2024 (low confidence: check before use) [s0" in text

    def test_without_its_source_nothing_is_near(self) -> None:
        near = Presence(
            nearby=(Spent("Iraq", "2024", 1e6, AT),),
            member=AT,
            seats=(Seat("Bern", "Switzerland", AT),),
        )
        assert country(there={"e1": near}).without(["s0"]).presence("e1") == Presence()

    def test_without_a_country_nothing_is_said_of_one(self) -> None:
        found = find_collaborators(small_world(), SUBJECT)
        assert found.country is None
        assert "presence" not in listing.to_table(found).columns
        assert "STATUS OF" not in listing.to_text(found)

    def test_an_excluded_source_says_nothing_of_the_country(self) -> None:
        left = country().without(["s0"])
        assert left.status(SUBJECT).status == "no-list"
        assert left.presence("e0").state == "not-reported"

    def test_the_linked_are_told_together(self) -> None:
        evidence = small_world(roles=(partner("e0", SUBJECT), partner("m0", SUBJECT, claim="r2")))
        text = listing.to_text(find_collaborators(evidence, SUBJECT, country=country()))
        assert "with expenses there: E0 4.7 million US dollars in 2024 [s0, p. 1]" in text
        assert "M0 4" not in text


class TestSmallData:
    def test_work_on_minamata(self, small: Graph) -> None:
        known = read_evidence_on(small.store, small.evidence, "minamata")
        on_it = sorted(
            (w.kind, w.actor, len(w.items), w.since, w.until, w.amount)
            for w in known.works
            if w.agreement == "minamata"
        )
        assert on_it == [
            ("memorandum", "brs-secretariat", 1, "2023", "2023", 0),
            ("memorandum", "minamata-secretariat", 1, "2023", "2023", 0),
            ("named-in-title", "unep", 1, "2021", "2021", 594000),
            ("own-text", "unep", 1, "2023", "2025", 0),
            ("parent-text", "who", 1, "2023", "2024", 0),
        ]

    def test_goals_are_stated_or_else_inferred(self, small: Graph) -> None:
        goals = small.evidence.goals
        assert [(g.id, g.basis) for g in goals["basel"]] == [("sdg-12", "stated")]
        assert [(g.id, g.basis) for g in goals["minamata"]] == [
            ("sdg-3", "inferred"), ("sdg-12", "inferred"),
        ]  # fmt: skip

    def test_the_mandates_on_chemicals_are_those_of_unep(self, small: Graph) -> None:
        known = read_evidence_on(small.store, small.evidence, "minamata")
        assert {(m.actor, m.symbol) for m in known.mandates} == {
            ("unep", "UNEP/EA.1/RES.5"), ("unep", "UNEP/GC.27/12"),
        }  # fmt: skip
        assert {actor for actor, _ in known.budgets} == {"itc", "unep"}

    def test_jordan_by_name_and_by_code(self, small: Graph) -> None:
        for name in ("jor", "JOR", "JO", "Jordan"):
            found = small.collaborators("minamata", country=name).country
            assert found
            assert (found.id, found.status.status) == ("jor", "party")
            assert found.presence["who"].amount == 11820111
            assert found.presence["minamata-secretariat"].state == "not-reported"

    def test_the_memorandum_puts_its_party_first(self, small: Graph) -> None:
        (candidate,) = small.collaborators("minamata").band(ON_IT)
        assert candidate.id == "brs-secretariat"
        assert candidate.reasons[0].sentence == (
            "Has on record a memorandum on this agreement with Minamata Secretariat (2023)"
        )


class TestShippedData:
    def test_who_works_on_minamata_without_a_documented_role(self, graph: Graph) -> None:
        found = graph.collaborators("minamata")
        assert "world-bank" in {c.id for c in found.band(ON_IT)}
        assert "unodc" in {c.id for c in found.band(DIRECT)}, "a plan of it is on mercury"
        works = {work.channel: work for work in found.works["unep"]}
        named, near = works["project on it"], works["project on its subject"]
        assert named.sentence.startswith(
            "Implements 43 projects of the GEF with a title that names this agreement (2014–2022;"
        )
        assert near.sentence.startswith(
            "Implements 24 projects of the GEF with a title on what this agreement deals with ("
        )
        assert (len(named.claims), named.basis) == (43, "stated")
        assert (len(near.claims), near.basis) == (24, "inferred")

    def test_the_memoranda_on_ramsar_have_each_the_latest_year_of_its_partner(
        self, graph: Graph
    ) -> None:
        found = graph.collaborators("ramsar")
        (own,) = found.works["ramsar-secretariat"]
        assert own.sentence == (
            "Has on record memoranda on this agreement with CMS Secretariat (2012), CBD Secretariat"
            " (2011), UN Tourism (2010), World Bank (2010), UNEP (2006), Cartagena Convention"
            " Secretariat (2005), UNCTAD (2002), UNESCO (2002), World Heritage Centre (1999) and"
            " UNCCD Secretariat (1998)"
        )
        years = {
            candidate.id: reason.sentence[-5:-1]
            for candidate in found.band(ON_IT)
            for reason in candidate.reasons
            if reason.channel == "memorandum on it"
        }
        assert (years["cbd-secretariat"], years["cms-secretariat"]) == ("2011", "2012")
        assert years["unccd-secretariat"] == "1998"

    def test_a_superseded_memorandum_is_read_as_such(self, graph: Graph) -> None:
        works = read_evidence_on(graph.store, graph.evidence, "ramsar").works
        found = {
            (work.items[0], work.since, work.superseded)
            for work in works
            if work.kind == "memorandum" and work.actor == "ramsar-secretariat"
        }
        assert {
            ("cbd-secretariat", "2005", True), ("cbd-secretariat", "2011", False),
            ("cms-secretariat", "1997", True), ("cms-secretariat", "2012", False),
        } <= found  # fmt: skip

    @pytest.mark.parametrize("agreement", ["minamata", "stockholm", "unfccc", "paris", "cbd"])
    def test_nothing_that_is_inferred_is_said_to_name_the_agreement(
        self, graph: Graph, agreement: str
    ) -> None:
        found = graph.collaborators(agreement)
        told = [r for reasons in found.works.values() for r in reasons]
        told += [r for candidate in found.candidates for r in candidate.reasons]
        counted = [r for r in told if "project" in r.channel or "country plan" in r.channel]
        assert {r.basis for r in counted} == {"stated", "inferred"}
        for reason in counted:
            if reason.basis == "inferred":
                assert reason.band != ON_IT
                assert "with a title that names" not in reason.sentence
                assert "in their own text" not in reason.sentence

    @pytest.mark.parametrize(
        "source", ["gef-projects-export-2024", "uninfo-plans-2026", "ceb-expenses-sdgs"]
    )
    def test_an_excluded_source_reaches_all_new_evidence(self, graph: Graph, source: str) -> None:
        everyone = listing.to_json(graph.collaborators("minamata"))
        left = listing.to_json(graph.collaborators("minamata", exclude_sources=[source]))
        assert f'"source": "{source}"' in everyone
        assert f'"source": "{source}"' not in left

    def test_jordan_from_the_command_line(self, run: Run) -> None:
        text = run("collaborators", "unfccc", "--country", "JOR", "--limit", "2").stdout
        assert "party since 1993-11-12, by the list of 2024-10" in " ".join(text.split())
        assert "Present in Jordan:" in text

    def test_a_country_with_an_id_of_its_own_is_found_by_its_code(self, graph: Graph) -> None:
        found = graph.collaborators("minamata", country="CAF").country
        assert found
        assert found.name == "Central African Republic"

    def test_no_dated_list_is_said_to_be_none_at_hand(self, graph: Graph) -> None:
        found = graph.collaborators("cites", country="jor").country
        assert found
        assert found.status.sentence == "no dated list of parties at hand"
