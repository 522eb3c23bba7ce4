"""The country package: what it says, what it keeps apart, and that data in it stays text."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Run
from payloads import LONG, PAYLOAD, SMALL, write_payloads

from emg_graph.answers import Tabular
from emg_graph.errors import OutputError, UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.resources import folder
from emg_graph.views.package import Package, make_package
from emg_graph.views.package.finding import nearest
from emg_graph.views.package.lines import ABSENT, AT_WORK, Cell
from emg_graph.views.package.page import MODELS
from emg_graph.views.package.parts import ELSEWHERE, PRESENT, UNREPORTED, WITHIN, Readings
from emg_graph.views.package.reading import spendings
from emg_graph.views.package.reporting import on_reports
from emg_graph.views.package.status import Status
from emg_graph.views.package.table import COLUMNS

SAMPLE = (
    ("minamata", "jor"),
    ("unfccc", "pan"),
    ("unfccc", "rwa"),
    ("cites", "central-african-republic"),
    ("cms", "tkl"),
    ("minamata", "cod"),
    ("basel-ban", "abw"),
)
SECTIONS = (
    "1. The country and the agreement",
    "2. Who is present, with how much, on which goal",
    "3. Work on it in the country, under way or finished",
    "4. Who covers what",
    "5. Good practice on record, and models to copy",
    "6. Steps of a coalition, to fill in",
    "7. Where the data is silent",
    "Method",
    "8. Sources",
)
Made = Callable[[str, str], Package]


class Page(HTMLParser):
    """The links, ids, tags and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.events: list[str] = []
        self.text = ""
        self._styled = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._styled = tag == "style"
        given = {name: value or "" for name, value in attrs}
        self.links += [given["href"]] if "href" in given else []
        self.ids += [given["id"]] if "id" in given else []
        self.events += [name for name in given if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._styled = self._styled and tag != "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._styled else data


@pytest.fixture(scope="module")
def made(graph: Graph) -> Made:
    known: dict[tuple[str, str], Package] = {}

    def package(agreement: str, country: str) -> Package:
        if (agreement, country) not in known:
            known[agreement, country] = graph.package(agreement, country)
        return known[agreement, country]

    return package


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Package:
    data = write_payloads(tmp_path_factory.mktemp("hostile") / "data")
    return make_package(open_graph("memory:", data), "minamata", "jor")


def rows(table: str) -> list[dict[str, str]]:
    with (folder("data") / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class TestStatus:
    def test_a_party_is_named_with_its_consent_its_dates_and_the_date_of_the_list(
        self, made: Made
    ) -> None:
        row = next(
            r for r in rows("parties") if (r["country"], r["agreement"]) == ("jor", "unfccc")
        )
        status = made("unfccc", "jor").status
        assert (status.kind, status.word) == ("party", "Party")
        assert dict(status.dates)["consent given"] == row["consented_on"]
        text = made("unfccc", "jor").to_markdown()
        assert row["consent"] in text.lower()
        assert "The list is whole as of 2024-10" in text

    @pytest.mark.parametrize("agreement", ["minamata", "cms", "rotterdam", "stockholm"])
    def test_a_list_that_is_a_lower_bound_is_said_to_be_one(
        self, made: Made, agreement: str
    ) -> None:
        package = made(agreement, "jor")
        assert package.status.bounded
        assert "(list of about 2020; may be incomplete)" in package.finding
        assert "The list is of about 2020 and may be incomplete" in package.to_html()

    def test_absence_from_a_lower_bound_shows_nothing(self, made: Made) -> None:
        package = made("minamata", "tkl")
        assert package.status.kind == "not-listed"
        assert "absence from it shows nothing" in package.status.reach
        assert "confirm the status with the depositary" in package.ask

    def test_without_a_list_the_page_says_so_and_counts_keep_their_own_dates(
        self, made: Made
    ) -> None:
        package = made("cites", "jor")
        assert package.status.kind == "no-list"
        assert package.status.citation is None
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert "No dated list of its parties" in text
            assert "185 (as of 2025-11-24)" in text
            assert "Whether Jordan is a party to CITES was not searched" in text
        assert package.silences[0].startswith("Not searched: whether Jordan is a party")

    def test_a_place_in_a_list_of_a_group_of_its_parties_is_said_with_its_date(
        self, made: Made
    ) -> None:
        package = made("montreal", "jor")
        status = package.status
        assert (status.kind, status.as_of, status.dates) == ("in-group", "2024-10", ())
        assert status.citation is not None
        assert status.citation.source == "countrygroups-dataset"
        said = "Jordan stood in the list of Article 5 parties to the Montreal Protocol"
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert f"{said} (list of 2024-10)" in text
            assert "a list of a group" in status.reach or "a group of the parties" in text
            assert "not searched: whether jordan" not in text.lower()
            assert "No dated list of its parties" not in text
        assert "confirm the status with the depositary" in package.ask
        (row,) = [r for r in package.to_table().records() if r["part"] == "status"]
        assert (row["basis"], row["source"]) == ("stated", "countrygroups-dataset")
        assert made("montreal", "usa").status.kind == "no-list"
        assert made("vienna", "jor").status.kind == "no-list", "the group is of the Protocol"

    def test_the_ranking_says_the_same_of_the_country(self, graph: Graph) -> None:
        said = {}
        for agreement, country in (("montreal", "jor"), ("minamata", "rwa"), ("unfccc", "jor")):
            found = graph.collaborators(agreement, country=country).country
            assert found is not None
            said[agreement] = found.status
        assert said["montreal"].status == "in-group"
        assert said["montreal"].sentence.startswith(
            "stood in the list of Article 5 parties of 2024-10"
        )
        assert said["minamata"].sentence.endswith(
            "by the list of 2020, a lower bound: it may have left since"
        )
        assert said["unfccc"].sentence.endswith("by the list of 2024-10, which is whole")

    def test_a_group_listing_counts_before_absence_from_a_list_and_after_a_row(
        self, made: Made
    ) -> None:
        group = made("montreal", "jor").status.group
        bounded = made("minamata", "tkl").status
        assert replace(bounded, group=group).kind == "in-group"
        assert replace(bounded, group=group).as_of == "2024-10"
        assert replace(made("minamata", "jor").status, group=group).kind == "party"

    def test_a_signatory_is_not_called_a_party(self, made: Made) -> None:
        package = made("minamata", "central-african-republic")
        assert package.status.kind == "signatory"
        assert "had signed the Minamata Convention without being bound by it" in package.finding

    def test_a_list_of_unknown_reach_is_said_to_be_one(self, small: Graph) -> None:
        status = small.package("minamata", "JOR").status
        assert status.reach.endswith("whether it is whole is not on record.")

    def test_who_left_is_said_to_have_left(self, made: Made) -> None:
        row = dict(made("minamata", "jor").status.row or {})
        row |= {"status": "withdrawn", "status_label": "Withdrawn", "to": "2024"}
        left = replace(made("minamata", "jor"), status=Status(row, None, None))
        assert left.finding.startswith("Jordan had left the Minamata Convention (list of 2020)")
        assert ("until", "2024") in left.status.dates
        assert "What binds the country today" in left.steps[0].why


class TestPresence:
    def test_who_is_present_reports_more_than_zero_there(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            expected: dict[str, float] = {}
            for row in rows("expenditures_by_country"):
                if row["country"] == country:
                    amount = float(row["amount_usd"])
                    expected[row["entity"]] = expected.get(row["entity"], 0) + amount
            package = made(agreement, country)
            found = {one.actor.id: one.spending.amount for one in package.spenders}
            assert found == pytest.approx({e: a for e, a in expected.items() if a > 0})
            assert {one.entity for one in package.corrections} == set(expected) - set(found)

    def test_several_codes_of_one_entity_are_added_and_both_are_cited(self, made: Made) -> None:
        package = made("cites", "central-african-republic")
        one = next(s for s in package.spenders if s.actor.id == "un-secretariat")
        places = [citation.locator for citation in one.spending.citations]
        assert places == ["CAF, UN", "CAF, UN-DPO"]

    def test_a_correction_is_no_presence_and_is_said_to_be_one(self, made: Made) -> None:
        package = made("minamata", "cod")
        assert [one.entity for one in package.corrections] == ["unep"]
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert "below zero as a correction of earlier years: UNEP USD -359 thousand" in text
        held = [h for cover in package.covers for h in cover.holders if h.actor.id == "unep"]
        assert {holder.place for holder in held} == {ELSEWHERE}

    def test_those_on_record_come_first_then_those_near_each_by_name(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            shown = [
                (not one.core, not one.related, one.actor.short.casefold())
                for one in made(agreement, country).spenders
            ]
            assert shown == sorted(shown)

    def test_goals_are_said_to_be_world_wide_and_not_of_the_country(self, made: Made) -> None:
        package = made("unfccc", "pan")
        for text in (Page(package.to_html()).text, package.to_markdown().replace("**", "")):
            assert "Expenses are of the country; the last column is not." in text
            assert "world-wide on SDG 13 Climate action (stated)" in " ".join(text.split())
        assert any("Not reported: which goals" in line for line in package.silences)

    def test_a_share_is_of_what_the_entity_coded_to_goals_in_that_year(self, made: Made) -> None:
        spent = [r for r in rows("expenditures_by_goal") if r["year_on"] == "2024"]
        coded = sum(float(r["amount_usd"]) for r in spent if r["entity"] == "unep")
        (on_it,) = [r for r in spent if (r["entity"], r["goal"]) == ("unep", "sdg-13")]
        unep = next(s for s in made("unfccc", "pan").spenders if s.actor.id == "unep")
        (share,) = unep.shares
        assert (share.amount, share.coded) == pytest.approx((float(on_it["amount_usd"]), coded))

    def test_without_a_stated_goal_inferred_ones_say_so(self, made: Made) -> None:
        assert {basis for _, _, basis in made("minamata", "jor").goals} == {"inferred"}
        assert {basis for _, _, basis in made("unfccc", "pan").goals} == {"stated"}

    def test_no_expenses_on_record_is_not_called_zero(self, small: Graph) -> None:
        package = small.package("minamata", "Ghana")
        assert package.spenders == ()
        assert "No UN entity's expenses there are on record" in package.finding
        assert "not reported, which is not zero" in package.to_html()
        assert "not reported, which is not zero" in package.to_markdown()
        assert "the secretariat of the agreement and the national focal point" in package.ask

    def test_an_inferred_link_is_shown_as_such_and_its_lack_as_none_found(self, made: Made) -> None:
        package = made("minamata", "jor")
        said = {s.actor.id: [text for text, _ in package.record(s)] for s in package.spenders}
        assert said["unicef"][0].startswith("inferred: party to a joint product for it")
        assert said["wfp"] == []
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert "none on record" in text
            assert "nothing on record" not in text
        for one in package.spenders:
            assert one.only_inferred is None or one.only_inferred.basis == "inferred"

    def test_spending_on_the_goals_stands_in_its_own_column_alone(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            texts = [text for one in package.spenders for text, _ in package.record(one)]
            assert not any("codes by goal" in text for text in texts)

    def test_an_amount_with_a_note_shows_it(self, made: Made) -> None:
        package = made("minamata", "jor")
        first = package.spenders[0]
        doubted = replace(first, spending=replace(first.spending, note="To be checked."))
        noted = replace(package, spenders=(doubted, *package.spenders[1:]))
        for text in (Page(noted.to_html()).text, noted.to_markdown()):
            assert "To be checked" in text
        assert "To be checked." in [row["note"] for row in noted.to_table().records()]

    def test_notes_are_read_from_the_rows(self) -> None:
        row = {"entity": "unep", "year": "2024", "amount": 1.0, "source": "s", "locator": "p"}
        (one,) = spendings([row | {"note": "In doubt."}, row | {"note": None}])
        assert (one.amount, one.note) == (2.0, "In doubt.")

    def test_work_elsewhere_is_never_shown_as_work_here(self, made: Made) -> None:
        package = made("unfccc", "jor")
        assert not package.activities
        for one in package.spenders:
            for text, _ in package.record(one):
                assert "country plan" not in text or text.startswith("on it, elsewhere")


class TestUnderWay:
    def test_plan_activities_are_those_that_name_the_family_in_the_country(
        self, made: Made
    ) -> None:
        family = {"unfccc", "paris", "kyoto", "doha-amendment"}
        expected = {
            (r["entity"], r["title"], r["locator"])
            for r in rows("plan_mentions")
            if "pan" in r["countries"].split("|") and r["agreement"] in family
        }
        found = made("unfccc", "pan").activities
        assert {(one.entity, one.title, one.citation.locator) for one in found} == expected
        assert len(found) == len(expected)

    def test_an_activity_that_names_two_is_shown_with_the_one_asked_about(self, made: Made) -> None:
        assert any(one.agreement == "unfccc" for one in made("unfccc", "pan").activities)

    def test_projects_are_those_linked_to_the_agreement_that_name_the_country(
        self, made: Made
    ) -> None:
        here = {r["id"] for r in rows("projects") if "jor" in r["countries"].split("|")}
        linked = {r["project"] for r in rows("project_links") if r["agreement"] == "minamata"}
        assert {one.id for one in made("minamata", "jor").projects} == here & linked

    def test_a_grant_for_several_countries_says_for_how_many(self, made: Made) -> None:
        package = made("cbd", "jor")
        shared = [one for one in package.projects if one.countries > 1]
        assert shared
        for one in shared:
            assert f"for {one.countries} countries" in package.to_html()

    def test_nothing_found_names_the_sources_searched(self, made: Made) -> None:
        package = made("cites", "central-african-republic")
        assert (package.activities, package.projects) == ((), ())
        for text in (package.to_html(), package.to_markdown()):
            assert "not searched; none in the records of 1 source" in text
            assert "none in the 2 lists read" in text
            assert "only counted" not in text
            assert "none found in 1 source." not in text
        assert not any(line.startswith("None found in") for line in package.silences)
        (plans,) = [line for line in package.silences if "country plan" in line]
        (projects,) = [line for line in package.silences if "lists read" in line]
        assert plans.startswith("Not searched; none in the records of 1 source:")
        assert projects.startswith("None in the 2 lists read (of the projects of GCF and GEF):")

    @pytest.mark.parametrize(
        ("agreement", "country", "entity", "field", "number"),
        [
            ("unccd", "chn", "adb", ("gef", "Land Degradation"), 7),
            ("unfccc", "jor", "undp", ("gef", "Climate Change"), 10),
            ("unfccc", "jor", "fao", ("gcf", "Adaptation"), 1),
            ("paris", "jor", "fao", ("gcf", "Adaptation"), 1),
        ],
    )
    def test_projects_only_counted_are_shown_as_inferred_with_their_source(
        self,
        made: Made,
        agreement: str,
        country: str,
        entity: str,
        field: tuple[str, str],
        number: int,
    ) -> None:
        package = made(agreement, country)
        (count,) = [
            one for one in package.counted if (one.entity, (one.fund, one.area)) == (entity, field)
        ]
        assert count.projects == number
        name = package.names[entity]
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert f"{name} {number}" in text
            assert "are only counted, not read one by one: that they serve it is inferred" in text
            assert "the numbers must not be added up" in text
        assert "only counted, in fields that serve it" in package.finding
        assert count.citation.source in package.sources
        (row,) = [
            r
            for r in package.to_table().records()
            if r["part"] == "counted projects"
            and r["id"] == entity
            and f" {field[0]}, {field[1]}," in str(r["statement"])
        ]
        assert (row["amount"], row["unit"], row["basis"]) == (number, "projects", "inferred")

    def test_counts_are_those_of_the_query_and_of_no_other_field(self, made: Made) -> None:
        for agreement, country in (("minamata", "jor"), ("montreal", "jor"), ("cites", "jor")):
            assert made(agreement, country).counted == ()
            assert "only counted" not in made(agreement, country).to_markdown()
        areas = {one.area for one in made("cbd", "ken").counted}
        assert areas == {"Biodiversity"}

    def test_at_least_so_many_are_said_since_counts_must_not_be_added(self, made: Made) -> None:
        package = made("unccd", "chn")
        largest = max(one.projects for one in package.counted)
        assert package.further == f"at least {largest} further projects"
        assert package.further in package.finding.replace("At", "at")

    def test_who_is_known_by_counts_alone_is_not_said_to_be_absent(self, made: Made) -> None:
        for agreement, country in (*SAMPLE, ("unccd", "chn"), ("cbd", "ken")):
            package = made(agreement, country)
            working = {one.entity for one in package.counted}
            working |= {one.fund for one in package.counted}
            working |= {one.fund for one in package.projects}
            working |= {one.entity for one in package.activities}
            working |= {entity for one in package.projects for entity in one.entities}
            assert not working & {holder.actor.id for holder in package.absent}
            afar = {h.actor.id: h for cover in package.covers for h in cover.afar}
            assert {id_ for id_, one in afar.items() if one.at_work} == working & set(afar)
        (gef,) = [
            item
            for line in made("unccd", "chn").lines
            for cell in line.cells
            for item in cell.items
            if item.name == "GEF"
        ]
        assert gef.tag == AT_WORK

    def test_what_is_inferred_puts_nobody_on_record(self, made: Made) -> None:
        package = made("minamata", "jor")
        one = next(s for s in package.spenders if not s.core)
        supposed = replace(one, supposed=(1, 2), counted=made("unccd", "chn").counted[:1])
        assert not supposed.core
        said = [text for text, _ in package.record(supposed)]
        assert "inferred: 1 plan activity and 2 projects here" in said
        assert "inferred: 7 projects only counted" in said

    def test_what_names_it_is_told_from_what_is_on_its_subject(self, made: Made) -> None:
        package = made("unfccc", "rwa")
        project = next(one for one in package.projects if one.stated)
        other = replace(project, grounds=("subject-in-title",), basis="inferred")
        told = replace(package, projects=(project, other))
        for text in (Page(told.to_html()).text, told.to_markdown()):
            assert "title names it, stated" in text
            assert "title on its subject, inferred" in text
        assert "2 projects (1 inferred)" in told.work or "1 inferred)" in told.work

    def test_an_activity_says_how_it_is_linked(self, made: Made) -> None:
        package = made("unfccc", "pan")
        first = replace(package.activities[0], own=True, basis="stated")
        subject, above = (
            replace(first, basis="inferred"),
            replace(first, own=False, basis="inferred"),
        )
        assert [one.link for one in (first, subject, above)] == [
            "names it", "on its subject", "by the text above it",
        ]  # fmt: skip
        told = replace(package, activities=(first, subject, above), projects=())
        assert told.work == "3 plan activities (2 inferred)"
        assert "on its subject, inferred" in Page(told.to_html()).text
        assert "by the text above it, inferred" in told.to_markdown()

    def test_without_a_list_read_whole_nothing_is_said_of_lists(self, made: Made) -> None:
        package = made("cites", "central-african-republic")
        bare = replace(package, readings=Readings(0, 2, 0, ()))
        assert bare.no_activities == "not searched"
        assert bare.no_projects == "not searched; none in the records of 2 sources"
        assert not any("lists read" in line for line in bare.silences)


class TestCovers:
    def test_every_function_is_there_in_the_order_of_a_country_team(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            assert {cover.function for cover in package.covers} == set(package.functions)
            assert [c.function for c in package.covers][:2] == ["finance", "capacity"]

    def test_who_is_present_has_a_role_and_expenses(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            here = {one.actor.id for one in package.spenders}
            for cover in package.covers:
                assert {h.actor.id for h in cover.present} <= here
                assert not {h.actor.id for h in cover.afar} & here
                assert {h.actor.id for h in cover.nearby} <= here
                assert not {h.actor.id for h in cover.nearby} & {h.actor.id for h in cover.holders}

    def test_absence_is_kept_apart_from_what_is_not_reported(self, made: Made) -> None:
        places = {
            holder.actor.id: holder
            for agreement in ("minamata", "unfccc")
            for cover in made(agreement, "jor").covers
            for holder in cover.holders
        }
        assert places["undp"].place == PRESENT
        assert places["icao"].place == ELSEWHERE
        assert (places["minamata-secretariat"].place, places["minamata-secretariat"].within) == (
            WITHIN,
            "unep",
        )
        assert places["gef"].place == UNREPORTED

    def test_those_without_figures_come_last_and_are_named_as_such(self, made: Made) -> None:
        package = made("unfccc", "jor")
        for cover in package.covers:
            unreported = [holder.place == UNREPORTED for holder in cover.afar]
            assert unreported == sorted(unreported)
        assert "no figures by country:" in Page(package.to_html()).text
        assert "links only: no figures" not in Page(package.to_html()).text

    def test_what_nobody_covers_says_in_how_many_sources_it_was_sought(self, made: Made) -> None:
        package = made("minamata", "jor")
        assert package.uncovered == ("enforcement",)
        for text in (Page(package.to_html()).text, package.to_markdown()):
            asked = r"not searched by itself, in general in \d+ sources?"
            assert re.search(rf"Enforcement\W*{asked}; weaker links only", text)
        assert any(re.match(f"Enforcement: {asked}", line) for line in package.silences)
        assert re.search(rf"For enforcement {asked}\.", package.finding)

    def test_who_reports_nothing_here_is_not_called_nobody(self, made: Made) -> None:
        package = made("minamata", "jor")
        line = next(one for one in package.lines if one.label == "Finance")
        assert line.cells[0] == Cell(ABSENT)
        assert [item.name for item in line.cells[1].items] == ["GEF"]
        assert "nobody present" not in package.to_html() + package.to_markdown()


class TestReporting:
    @pytest.mark.parametrize(
        "title",
        [
            "Support to the Sixth National Report",
            "Third National Communication",
            "Biennial Update Report",
            "First BTR1 and NC4",
            "NBSAP Update",
        ],
    )
    def test_titles_that_speak_of_reports_are_told_from_others(self, title: str) -> None:
        assert on_reports(title)
        assert not on_reports("Clean energy for islands, with reporters and a biennale")

    def test_projects_on_reports_are_inferred_to_help_with_reporting(self, made: Made) -> None:
        package = made("unfccc", "rwa")
        line = package.lines[-1]
        assert (line.label, line.cells[0].lead) == ("Reporting", "inferred")
        agencies = {e for one in package.projects if on_reports(one.name) for e in one.entities}
        here = {one.actor.id for one in package.spenders}
        named = {one.actor.id for one in package.reporters if one.here}
        assert named == agencies & here != set()
        rows_of = [r for r in package.to_table().records() if r["part"] == "reporting"]
        assert {row["basis"] for row in rows_of} == {"inferred"}

    def test_custodians_of_indicators_are_named_apart_from_agencies(self, made: Made) -> None:
        cells = made("cites", "pan").lines[-1].cells
        assert cells[0].lead.startswith("no one whose projects")
        assert [(one.name, one.tag) for one in cells[1].items] == [
            ("CITES Secretariat", "custodian of an indicator")
        ]

    def test_without_a_sign_it_is_not_searched(self, made: Made) -> None:
        package = made("minamata", "jor")
        assert package.reporters == ()
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert re.search(r"Reporting\W*not searched", text)
        assert "Not searched: who helps with the country's reports under the agreement." in (
            package.silences
        )


class TestPractice:
    def test_the_cases_on_record_are_jordan_rwanda_and_panama(self, made: Made) -> None:
        package = made("minamata", "jor")
        assert [one.countries for one in package.practices] == [("jor",), ("pan", "rwa")]
        (figure,) = package.reported
        assert (figure.country, figure.value) == ("jor", "29")
        text = " ".join(Page(package.to_html()).text.split())
        assert "Jordan: 29 entities as reported, 2025-09-15" in text
        assert "the two are not the same measure" in text
        other = Page(made("unfccc", "rwa").to_html()).text
        assert "the two are not the same measure" not in other
        assert "this country" in other

    def test_models_put_forward_on_record_come_first(self, made: Made) -> None:
        models = made("minamata", "jor").models
        proposed = [model.proposed_in is not None for model in models]
        assert proposed == sorted(proposed, reverse=True)
        assert {m.id for m in models if m.proposed_in} >= {"climate-promise", "one-un-mea-package"}
        assert len({model.id for model in models}) == len(models)

    def test_models_of_nearer_agreements_come_first_and_few_for_a_function(
        self, made: Made
    ) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            taken = [one for model in package.shown for one in model.functions]
            assert all(taken.count(one) <= MODELS for one in taken)
            assert len(package.proposed) + len(package.shown) + package.left == len(package.models)
        shown = made("minamata", "jor").shown
        assert shown[0].used_for == ("basel",)
        assert "great-apes-survival-partnership" not in {model.id for model in shown}
        assert "Great Apes" not in made("minamata", "jor").to_html()


class TestSteps:
    def test_there_are_eight_to_ten_in_order_each_with_why_week_and_inputs(
        self, made: Made
    ) -> None:
        for agreement, country in SAMPLE:
            steps = made(agreement, country).steps
            assert 8 <= len(steps) <= 10
            assert [s.week for s in steps] == sorted({s.week for s in steps})
            for step in steps:
                assert step.why.endswith(".")
                assert not step.what.endswith(".")
                assert step.inputs

    def test_the_responsible_post_is_left_to_the_reader(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            assert package.to_markdown().count("| ________ |") == len(package.steps)
            assert package.to_html().count('<td class="write"></td>') == len(package.steps)

    def test_where_all_is_covered_the_thin_ones_are_checked(self, made: Made) -> None:
        package = made("minamata", "jor")
        covered = replace(package, covers=tuple(c for c in package.covers if c.holders))
        assert covered.uncovered == ()
        assert "none found in" not in covered.finding
        assert any(step.what.startswith("Check the functions") for step in covered.steps)

    def test_step_and_section_agree_on_the_functions_with_someone_here(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            functions = package.lines[:-1]
            held = [one for one in functions if one.cells[0].items and not one.cells[0].gap]
            more = [one for one in functions if one not in held and one.cells[2].items]
            (said,) = [step.inputs for step in package.steps if step.week == 5]
            assert f"Section 4: {len(held)} of {len(functions)} functions ha" in said
            assert (f"; {len(more)} more only through" in said) == bool(more)

    def test_the_section_prints_the_lines_that_the_step_counts(self, made: Made) -> None:
        text = made("unfccc", "rwa").to_markdown().partition("## 4.")[2].partition("## 5.")[0]
        printed = [row for row in text.splitlines() if row.startswith("| ")][2:-1]
        assert len(printed) == 9
        assert sum(ABSENT in row or "not searched by itself" in row for row in printed) == 9
        assert (
            "Section 4: 0 of 9 functions have someone here" in made("unfccc", "rwa").steps[4].inputs
        )

    def test_finished_projects_are_told_apart_and_counted(self, made: Made) -> None:
        package = made("unfccc", "rwa")
        over = [one.over for one in package.projects]
        assert over == sorted(over)
        assert {True, False} == set(over)
        supposed = sum(not one.stated for one in package.projects)
        inferred = f", {supposed} inferred" if supposed else ""
        words = f"{len(over)} projects ({sum(over)} completed{inferred})"
        assert words in package.finding
        assert package.steps[3].inputs == f"Section 3: {words} and {package.further} only counted"
        assert "<strong>completed</strong>, 2001" in package.to_html()
        assert "1 project (completed)" in made("minamata", "jor").finding

    def test_without_holders_the_inputs_name_sections_alone(self, made: Made) -> None:
        bare = replace(made("minamata", "jor"), covers=(), spenders=())
        inputs = {step.week: step.inputs for step in bare.steps}
        assert inputs[2] == "Section 2"
        assert inputs[6] == "Section 4: no other role on record"
        assert inputs[8] == "Sections 3 and 5"


class TestWords:
    def test_its_parts_stand_in_their_order(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            for text in (Page(package.to_html()).text, package.to_markdown()):
                places = [text.find(part) for part in ("Finding.", "Ask.", *SECTIONS)]
                assert min(places) >= 0
                assert places == sorted(places)

    def test_one_finding_and_one_ask_addressed_to_a_post(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            for text in (package.finding, package.ask):
                assert text.endswith(".")
                assert "None," not in text
                assert " 0 " not in text
            assert max(len(one.split()) for one in package.finding.split(". ")) <= 40
            assert package.ask.count(". ") == 0
            assert package.ask.startswith("To the UN presence in ")
            assert "(the Resident Coordinator's Office, where there is one)" in package.ask

    def test_two_with_a_link_elsewhere_are_named_by_a_stated_rule(self, made: Made) -> None:
        package = made("unfccc", "rwa")
        chosen = nearest(package.related)
        rest = [one for one in package.related if one not in chosen]
        assert len(chosen) == 2
        assert min(one.nearby for one in chosen) >= max(one.nearby for one in rest)
        assert f"call UNEP, {chosen[0].actor.short}, {chosen[1].actor.short} and" in package.ask
        assert "most project links to related agreements first" in package.to_markdown()
        assert nearest(package.related[::-1]) == chosen

    def test_few_are_named_in_the_finding_and_many_counted(self, made: Made) -> None:
        jordan = made("minamata", "jor").finding
        assert "5 of them are on record on it: ILO, UNDP, UNEP, UNIDO and WHO." in jordan
        near = [one.actor.short for one in made("minamata", "jor").related]
        assert near
        assert (
            f"{len(near)} more {'is' if len(near) == 1 else 'are'} on record on it elsewhere"
            in (jordan)
        )
        assert jordan.count(f": {' and '.join(near)}.") == 1
        assert re.search(r"through a shared body\.", made("unfccc", "rwa").finding)

    def test_that_nobody_is_on_record_is_said(self, made: Made) -> None:
        package = made("unfccc", "rwa")
        bare = replace(package, spenders=package.related)
        assert "None of them is on record on it" in bare.finding
        assert " more " not in bare.finding
        one = replace(package, spenders=package.related[:1])
        assert "It is not on record on it" in one.finding
        assert "1 is on record on it elsewhere" in one.finding

    def test_groups_are_cited_to_their_own_lists(self, made: Made, small: Graph) -> None:
        jordan, gibraltar = made("minamata", "jor"), made("unfccc", "gib")
        for package in (jordan, gibraltar):
            assert package.country.group_citation is not None
            assert package.country.group_citation.source == "countrygroups-dataset"
        assert jordan.groups == "Article 5 parties"
        assert gibraltar.groups == "none in the lists of groups read"
        assert "none in the lists of groups read" in gibraltar.to_html()
        unknown = replace(gibraltar.country, group_citation=None)
        assert replace(gibraltar, country=unknown).groups == "not searched"
        assert small.package("minamata", "jor").country.group_citation is not None

    def test_the_key_to_the_classes_stands_in_both_forms(self, made: Made) -> None:
        package = made("minamata", "jor")
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert "Class A: governing text or budget." in text

    def test_the_annex_says_only_what_it_holds(self, made: Made) -> None:
        page = " ".join(Page(made("unfccc", "rwa").to_html()).text.split())
        assert "In the annex: 3 more projects." in page
        assert " 0 more" not in page

    def test_a_long_list_of_guests_is_counted(self, made: Made) -> None:
        package = made("minamata", "jor")
        many = replace(package, spenders=(*package.core, *package.core))
        assert f"the {len(many.core)} entities that section 2 lists first" in many.ask

    def test_every_citation_leads_to_a_source_and_every_source_is_cited(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            page = Page(package.to_html())
            cited = {link.removeprefix("#") for link in page.links if link.startswith("#")}
            assert cited <= set(page.ids)
            text = package.to_markdown()
            numbers = {int(n) for n in re.findall(r"(?<!\\)\[(\d+), ", text)}
            every = set(range(1, len(package.sources) + 1))
            assert numbers == every
            assert {link for link in page.links if link.startswith("#s")} == {
                f"#s{number}" for number in every
            }
            assert f"\n{len(package.sources)}. " in text

    def test_markdown_tables_keep_their_columns(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            text = made(agreement, country).to_markdown()
            for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
                assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1

    def test_data_version_hash_and_the_way_to_correct_stand_on_it(self, made: Made) -> None:
        package = made("minamata", "jor")
        for text in (Page(package.to_html()).text, package.to_markdown()):
            assert package.data_version in text
            assert package.data_hash in text
            assert "To correct a row" in text
            assert "Corrections are welcome." in text

    def test_a_country_that_needs_an_article_has_it(self, made: Made) -> None:
        package = made("cites", "central-african-republic")
        assert package.title == "CITES in the Central African Republic"
        assert "Whether the Central African Republic" in package.finding

    @pytest.mark.parametrize("name", ["CAF", "CF", "Central African Republic"])
    def test_a_country_is_found_by_code_or_name(self, graph: Graph, name: str) -> None:
        assert graph.package("cites", name).country.id == "central-african-republic"

    def test_an_unknown_country_is_refused(self, graph: Graph) -> None:
        with pytest.raises(UnknownNameError, match="country"):
            graph.package("cites", "Atlantis")


class TestTable:
    def test_each_finding_is_a_row_with_its_source(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            package = made(agreement, country)
            assert isinstance(package, Tabular)
            table = package.to_table()
            assert table.columns == COLUMNS
            known = {row["id"]: row for row in rows("sources")}
            for row in table.records():
                assert (row["agreement"], row["country"]) == (agreement, country)
                if row["source"]:
                    assert row["locator"]
                    assert set(str(row["source"]).split("|")) <= set(known)
                else:
                    assert row["part"] in {"status", "function", "step", "silence"}
            parts = [row["part"] for row in table.records()]
            assert parts.count("step") == len(package.steps)
            assert parts.count("presence") == len(package.spenders) + len(package.corrections)

    def test_amounts_are_numbers(self, made: Made) -> None:
        for agreement, country in SAMPLE:
            found = made(agreement, country).to_table().records()
            assert all(isinstance(row["amount"], int | float | None) for row in found)
            counts = [row["amount"] for row in found if row["part"] == "party count"]
            assert all(isinstance(value, int) for value in counts)

    def test_a_count_in_words_has_no_number(self, made: Made) -> None:
        package = made("minamata", "jor")
        told = replace(package, counts=({**package.counts[0], "value": "about 150"},))
        (row,) = [r for r in told.to_table().records() if r["part"] == "party count"]
        assert row["amount"] is None

    def test_it_becomes_a_data_frame_and_a_framed_page(self, made: Made) -> None:
        package = made("minamata", "jor")
        assert list(package.to_pandas().columns) == list(COLUMNS)
        assert package._repr_html_().startswith('<iframe sandbox=""')


class TestInert:
    def test_in_a_page_the_payload_is_text(self, hostile: Package) -> None:
        page = Page(hostile.to_html())
        assert PAYLOAD in page.text
        assert not {"script", "img"} & set(page.tags)
        assert page.events == []
        assert all(re.match(r"#s\d+$|https?://|data:,$", link) for link in page.links)
        assert LONG in page.text

    def test_in_markdown_the_payload_is_text(self, hostile: Package) -> None:
        text = hostile.to_markdown()
        assert "&lt;script&gt;alert(1)" in text
        rest = re.sub(r"<https?://[^<>\s]+>", "", text)
        assert "<" not in rest
        assert not re.search(r"(?<!\\)\]\(", text)

    def test_two_hash_seeds_give_the_same_bytes(self) -> None:
        program = (
            "import sys, hashlib; from emg_graph import open_graph;"
            "p = open_graph('memory:', sys.argv[1]).package('minamata', 'JOR');"
            "text = p.to_html() + p.to_markdown() + str(p.to_table());"
            "print(hashlib.sha256(text.encode()).hexdigest())"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", program, str(SMALL)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }
        assert len(digests) == 1


class TestCommand:
    def test_the_suffix_decides_the_form(self, run: Run, made: Made, tmp_path: Path) -> None:
        package = made("minamata", "jor")
        for name, text in (("a.html", package.to_html()), ("b.md", package.to_markdown())):
            result = run("package", "minamata", "--country", "JOR", "-o", tmp_path / name)
            assert result.exit_code == 0
            assert (tmp_path / name).read_text(encoding="utf-8") == text

    def test_csv_and_json_hold_a_row_for_each_finding(
        self, run: Run, made: Made, tmp_path: Path
    ) -> None:
        table = made("minamata", "jor").to_table()
        for name in ("a.csv", "a.json"):
            assert (
                run("package", "minamata", "--country", "JOR", "-o", tmp_path / name).exit_code == 0
            )
        with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as opened:
            assert len(list(csv.DictReader(opened))) == len(table)
        assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == table.records()

    def test_without_a_file_it_is_markdown_on_standard_output(self, run: Run, made: Made) -> None:
        result = run("package", "minamata", "--country", "Jordan")
        assert result.stdout == made("minamata", "jor").to_markdown()

    def test_another_suffix_is_refused_before_anything_is_opened(
        self, run: Run, tmp_path: Path
    ) -> None:
        result = run("package", "minamata", "--country", "JOR", "-o", tmp_path / "a.pdf")
        assert isinstance(result.exception, OutputError)
        assert not list(tmp_path.iterdir())

    def test_a_country_must_be_given(self, run: Run) -> None:
        assert run("package", "minamata").exit_code == 2
