"""The export of the GEF's database: awkward rows, and the whole of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.documents import read_csv
from emg_graph.importers.gef_entries import COLUMNS
from emg_graph.importers.gef_projects import AREAS, read

UNDP, UNEP = "United Nations Development Programme", "United Nations Environment Programme"
FECO = "Foreign Economic Cooperation Office, Ministry of Environmental Protection of China"
PLAIN = {
    "Title": "Forests of Togo",
    "ID": "1",
    "Countries": "Togo",
    "Focal Areas": "Biodiversity",
    "Type": "Full-size Project",
    "Agencies": UNDP,
    "GEF Grant": "1,233,000",
    "Status": "Completed",
    "Approval FY": "2024",
    "Funding Source (indexed field)": "GEF Trust Fund",
    "Capacity-building Initiative for Transparency": "No",
    "GEF Period": "GEF - 8",
}
WHOLE = SHARED / "portfolio" / "gef_projects_export.csv"
Make = Callable[..., Drafts]


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


def export(path: Path, *changes: dict[str, str]) -> Path:
    """Write an export with a row for each change of the plain one."""
    made = [PLAIN | change for change in changes]
    return write_csv(path, COLUMNS, *([row[name] for name in COLUMNS] for row in made))


@pytest.fixture
def make(tmp_path: Path, known: Known) -> Make:
    """Return a function that reads an export of the given rows."""

    def of(*changes: dict[str, str]) -> Drafts:
        return read([export(tmp_path / "export.csv", *changes)], known)

    return of


def links(drafts: Drafts) -> list[tuple[str, ...]]:
    return cells(drafts, "project_links", "agreement", "ground", "basis", "matched_text")


def counts(drafts: Drafts) -> dict[tuple[str, ...], str]:
    found = rows(drafts, "portfolio_counts")
    keys = ("entity", "focal_area", "country", "scope")
    return {tuple(row[key] for key in keys): row["projects"] for row in found}


def test_a_title_that_names_an_agreement_gives_a_project_and_its_link(make: Make) -> None:
    title = "Great\u200b  CBD\n of\xa0Togo"
    drafts = make({"Title": title, "ID": "11649", "Agencies": f"{UNDP}, {FECO}, {UNDP}"})
    [project] = rows(drafts, "projects")
    assert project == {
        "id": "gef-11649",
        "name": "Great CBD of Togo",
        "number": "11649",
        "fund": "gef",
        "entities": "feco|undp",
        "countries": "tgo",
        "scope": "",
        "focal_areas": "Biodiversity",
        "project_type": "Full-size Project",
        "grant": "1233000",
        "currency": "USD",
        "project_status": "Completed",
        "approved_on": "2024",
        "homepage": "https://www.thegef.org/projects-operations/projects/11649",
        "source": "gef-projects-export-2024",
        "locator": "ID 11649",
        "note": "",
    }
    assert links(drafts) == [("cbd", "named-in-title", "stated", "CBD")]
    assert rows(drafts, "portfolio_counts") == []
    assert drafts.unread == []


def test_a_title_with_only_its_subject_gives_the_project_and_an_inferred_link(make: Make) -> None:
    drafts = make({"Title": "NBSAP of Togo"})
    assert cells(drafts, "projects", "name") == [("NBSAP of Togo",)]
    assert links(drafts) == [("cbd", "subject-in-title", "inferred", "NBSAP")]


def test_the_mark_is_stated_beside_a_title_that_only_has_the_subject(make: Make) -> None:
    flag = {"Capacity-building Initiative for Transparency": "Yes"}
    drafts = make(flag | {"Title": "CBIT", "Focal Areas": ""})
    assert links(drafts) == [
        ("paris", "subject-in-title", "inferred", "CBIT"),
        ("paris", "transparency-flag", "stated", ""),
    ]


def test_the_filler_for_a_year_and_an_empty_grant_stay_empty(make: Make) -> None:
    drafts = make({}, {"ID": "2", "Title": "NBSAP", "Approval FY": "1970", "GEF Grant": ""})
    assert cells(drafts, "projects", "approved_on", "grant", "currency") == [("", "", "")]


def test_a_project_without_a_year_is_read_by_the_first_year_of_its_period(make: Make) -> None:
    mercury = {"Title": "Mercury", "Approval FY": "1970"}
    drafts = make(
        {"ID": "1"},
        mercury | {"ID": "2", "GEF Period": "GEF - 5"},
        mercury | {"ID": "3", "GEF Period": "GEF - 6"},
        mercury | {"ID": "4", "GEF Period": "Pilot Phase"},
    )
    assert cells(drafts, "projects", "id") == [("gef-3",)]


def test_the_mark_for_transparency_is_stated_and_the_field_of_work_inferred(make: Make) -> None:
    flag = {"Capacity-building Initiative for Transparency": "Yes"}
    drafts = make(flag | {"Focal Areas": "Climate Change, Biodiversity"})
    assert links(drafts) == [
        ("paris", "transparency-flag", "stated", ""),
        ("cbd", "focal-area", "inferred", "Biodiversity"),
        ("unfccc", "focal-area", "inferred", "Climate Change"),
    ]


def test_a_field_of_work_adds_nothing_to_a_title(make: Make) -> None:
    drafts = make({"Title": "NBSAP of Togo", "Focal Areas": "Biodiversity"})
    assert [link[1] for link in links(drafts)] == ["subject-in-title"]


@pytest.mark.parametrize(
    "area", ["Chemicals and Waste", "International Waters", "POPs", "Ozone Depletion"]
)
def test_a_field_of_work_that_serves_several_agreements_gives_no_link(
    make: Make, area: str
) -> None:
    drafts = make({"Title": "Minamata assessment", "Focal Areas": area})
    assert [link[:2] for link in links(drafts)] == [("minamata", "named-in-title")]


def test_other_projects_are_counted_by_each_entity_field_and_country(make: Make) -> None:
    drafts = make(
        {"ID": "1"},
        {"ID": "2", "Agencies": f"{UNDP}, {UNEP}", "Countries": "Togo, Mali"},
        {"ID": "3", "Focal Areas": "Biodiversity, Land Degradation, Biodiversity"},
        {"ID": "4", "Countries": "Regional, Africa", "Focal Areas": ""},
        {"ID": "5", "Countries": "Regional, Mali"},
    )
    assert counts(drafts) == {
        ("undp", "Biodiversity", "tgo", ""): "3",
        ("undp", "Biodiversity", "mli", ""): "2",
        ("unep", "Biodiversity", "tgo", ""): "1",
        ("unep", "Biodiversity", "mli", ""): "1",
        ("undp", "Land Degradation", "tgo", ""): "1",
        ("undp", "none given", "", "Africa, Regional"): "1",
    }
    [as_of] = {row["as_of_on"] for row in rows(drafts, "portfolio_counts")}
    assert as_of == "2024"
    assert rows(drafts, "projects") == []


def test_another_trust_fund_is_noted(make: Make) -> None:
    fund = "Least Developed Countries Fund"
    drafts = make({"Title": "NAPA", "Funding Source (indexed field)": fund})
    assert cells(drafts, "projects", "fund", "note") == [("gef", f"Paid from: {fund}.")]


def test_what_is_not_understood_is_told_once_with_its_place(make: Make) -> None:
    drafts = make(
        {"ID": "x1"},
        {"ID": "2", "Title": " \n"},
        {"ID": "3", "Countries": "Mars, Togo", "Agencies": "Bank of Nowhere"},
        {"ID": "4", "Countries": "Mars", "GEF Grant": "1,23", "Approval FY": "soon"},
        {"ID": "5", "Capacity-building Initiative for Transparency": "Maybe"},
        {"ID": "5", "Title": "NBSAP"},
    )
    assert doubts(drafts) == [
        "export.csv, line 2, ID: 'x1' is no number of a project",
        "export.csv, line 3, Title: '' is empty",
        "export.csv, line 5, Agencies: 'Bank of Nowhere' is no entity that the tables know",
        "export.csv, line 5, Countries (and 1 more): 'Mars' is no country that the tables know",
        "export.csv, line 6, Approval FY: 'soon' is no year",
        "export.csv, line 6, GEF Grant: '1,23' is no sum of money",
        "export.csv, line 7, Capacity-building Initiative for Transparency: 'Maybe' is neither"
        " Yes nor No",
        "export.csv, line 8, ID: '5' is there twice; the first one counts",
    ]
    [tally] = drafts.tallies
    assert (tally.rows, tally.unread) == (6, 6)
    assert counts(drafts) == {("undp", "Biodiversity", "tgo", ""): "1"}


def test_of_two_editions_the_later_one_describes_a_project_and_both_count(
    tmp_path: Path, known: Known
) -> None:
    nbsap = {"ID": "7", "Title": "NBSAP"}
    old = export(tmp_path / "b.csv", {"ID": "1"}, nbsap | {"Status": "Project Approved"})
    new = export(tmp_path / "a.csv", {"ID": "1", "Approval FY": "2025"}, nbsap)
    one, other = (read(files, known) for files in permutations([old, new]))
    assert one.rows == other.rows
    assert cells(one, "projects", "project_status", "source") == [
        ("Completed", "gef-projects-export-2025")
    ]
    assert len(rows(one, "project_links")) == 1
    assert [row["as_of_on"] for row in rows(one, "portfolio_counts")] == ["2025", "2024"]


def test_a_new_edition_becomes_a_source_and_a_known_one_does_not(make: Make) -> None:
    assert rows(make({}), "sources") == []
    [source] = rows(make({"Approval FY": "2026"}), "sources")
    assert source["id"] == "gef-projects-export-2026"
    assert source["evidence_class"] == "B"


def test_an_export_without_any_year_is_refused(make: Make) -> None:
    with pytest.raises(DocumentError, match="no project with a year of approval"):
        make({"Approval FY": "1970"})


def test_a_table_with_other_columns_is_refused(tmp_path: Path, known: Known) -> None:
    other = write_csv(tmp_path / "other.csv", ["Title", "ID"], ["NBSAP", "1"])
    with pytest.raises(DocumentError, match="other columns: Countries"):
        read([other], known)


@pytest.fixture(scope="module")
def whole(known: Known) -> Drafts:
    return read([WHOLE], known)


@needs_shared
class TestTheWholeExport:
    def test_every_project_is_described_or_counted(self, whole: Drafts) -> None:
        [tally] = whole.tallies
        assert tally.rows == 6131
        assert tally.unread <= 3  # countries that are no more
        projects = rows(whole, "projects")
        assert 1650 < len(projects) < 1700
        assert len({row["id"] for row in projects}) == len(projects)

    @pytest.mark.parametrize(
        ("agreement", "named", "by_subject"),
        [
            ("unfccc", 277, 137),
            ("stockholm", 232, 163),
            ("cbd", 208, 169),
            ("minamata", 88, 73),
            ("unccd", 78, 30),
            ("paris", 45, 66),
            ("nagoya", 37, 14),
            ("cartagena-protocol", 28, 58),
            ("km-gbf", 24, 0),
            ("montreal", 1, 37),
            ("whc", 1, 0),
            ("bwm", 0, 1),
            ("kigali", 0, 1),
        ],
    )
    def test_agreements_have_as_many_projects_as_titles_name_them_or_are_on_them(
        self, whole: Drafts, agreement: str, named: int, by_subject: int
    ) -> None:
        found = Counter(link[:3] for link in links(whole) if link[0] == agreement)
        assert found[agreement, "named-in-title", "stated"] == named
        assert found[agreement, "subject-in-title", "inferred"] == by_subject

    def test_only_a_name_and_the_mark_are_stated(self, whole: Drafts) -> None:
        assert Counter(link[1:3] for link in links(whole)) == {
            ("named-in-title", "stated"): 1019,
            ("subject-in-title", "inferred"): 749,
            ("focal-area", "inferred"): 242,
            ("transparency-flag", "stated"): 94,
        }

    def test_fields_of_work_link_to_the_three_agreements_that_they_serve(
        self, whole: Drafts
    ) -> None:
        inferred = [row for row in rows(whole, "project_links") if row["ground"] == "focal-area"]
        assert {(row["matched_text"], row["agreement"]) for row in inferred} == set(AREAS.items())
        assert {row["basis"] for row in inferred} == {"inferred"}

    def test_a_count_is_that_of_the_rows(self, whole: Drafts) -> None:
        described = {row["number"] for row in rows(whole, "projects")}
        china = sum(
            UNDP in row["Agencies"].split(", ")
            and "China" in row["Countries"].split(", ")
            and "Climate Change" in row["Focal Areas"].split(", ")
            and row["ID"] not in described
            for _, row in read_csv(WHOLE, COLUMNS)
        )
        assert china > 10
        assert counts(whole)["undp", "Climate Change", "chn", ""] == str(china)

    def test_no_filler_is_taken_for_a_year(self, whole: Drafts) -> None:
        years = {row["approved_on"] for row in rows(whole, "projects")}
        assert "" in years
        assert min(years - {""}) == "1992"
