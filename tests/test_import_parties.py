"""Lists of parties: one form of ours and two that are published; undated ones are refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Run
from folders import DataFolder
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, small_world, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known, parties
from emg_graph.importers.parties import canonical, countrygroups, manytreaties

LISTS = SHARED / "parties"
DATES = ("country", "status", "signed_on", "consented_on", "from_on", "to_on", "confidence")


@pytest.fixture(scope="module")
def known() -> Known:
    return small_world()


@pytest.fixture(scope="module")
def world() -> Known:
    return shipped()


def ours(path: Path, *rows: tuple[str, ...]) -> Path:
    return write_csv(path / "list.csv", canonical.COLUMNS, *rows)


def stately(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write a list in the form of manytreaties; a row begins with country and data set."""
    header = (*manytreaties.COLUMNS, "comments")
    full = [("minamata", code, dataset, "T_1", *dates) for code, dataset, *dates in rows]
    return write_csv(path / "mea.csv", header, *full)


def read(path: Path, known: Known) -> Drafts:
    return parties.read([path], known)


def test_our_own_form_takes_codes_and_names_ids_and_labels(tmp_path: Path, known: Known) -> None:
    path = ours(
        tmp_path,
        ("JOR", "minamata", "2013-10-10", "2015-11-12", "ratification", "2017-08-16", "2026-06"),
        ("Ghana", "Minamata Convention", "2014-09-24", "2017-03-23", "Ratification", "", "2026-06"),
        ("HTI", "basel", "1989-03-22", "", "", "", "2026-05-01"),
        ("rwa", "Basel", "", "", "", "2004", "2026-05-01"),
    )
    drafts = read(path, known)
    assert cells(drafts, "parties", "agreement", *DATES, "consent", "as_of_on", "source") == [
        ("basel", "hti", "signatory", "1989-03-22", "", "", "", "medium", "", "2026-05-01",
         "parties-basel-2026-05-01"),
        ("basel", "rwa", "party", "", "", "2004", "", "medium", "", "2026-05-01",
         "parties-basel-2026-05-01"),
        ("minamata", "gha", "party", "2014-09-24", "2017-03-23", "", "", "medium", "ratification",
         "2026-06", "parties-minamata-2026-06"),
        ("minamata", "jor", "party", "2013-10-10", "2015-11-12", "2017-08-16", "", "medium",
         "ratification", "2026-06", "parties-minamata-2026-06"),
    ]  # fmt: skip
    assert [row["id"] for row in rows(drafts, "sources")] == [
        "parties-basel-2026-05-01", "parties-minamata-2026-06",
    ]  # fmt: skip
    assert drafts.unread == []


def test_consent_may_come_into_force_after_the_day_of_the_list(
    tmp_path: Path, known: Known
) -> None:
    row = ("JOR", "basel", "", "2026-05-20", "", "2026-08-18", "2026-06-01")
    drafts = read(ours(tmp_path, row), known)
    assert cells(drafts, "parties", "from_on") == [("2026-08-18",)]
    drafts = read(ours(tmp_path, (*row[:3], "", *row[4:])), known)
    assert "'2026-08-18' is after 2026-06-01" in doubts(drafts)[0]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("XYZ", "basel", "", "2000", "", "", "2026"), "'XYZ' is no country of countries.csv"),
        (("EUU", "basel", "", "2000", "", "", "2026"), "'EUU' is the European Union, a party that"),
        (("JOR", "mars", "", "2000", "", "", "2026"), "'mars' is no agreement of agreements.csv"),
        (("JOR", "basel", "", "2000", "nod", "", "2026"), "'nod' is no kind of consent: one of"),
        (("JOR", "basel", "", "", "", "", "2026"), "'JOR' has no date, so it is not said what"),
        (("JOR", "basel", "", "2000-13", "", "", "2026"), "'2000-13' is not a date; write YYYY"),
        (("JOR", "basel", "", "12.3.2000", "", "", "2026"), "'12.3.2000' is not a date"),
        (("JOR", "basel", "", "2000", "", "", "soon"), "'soon' is not a date"),
        (("JOR", "basel", "", "2000", "", "", ""), "'JOR' has no as_of_on, the day of the list"),
        (("JOR", "basel", "2001-05", "2000", "", "", "2026"), "'2001-05' is after 2000, which"),
        (("JOR", "basel", "", "2026-07", "", "", "2026-06"), "'2026-07' is after 2026-06, as of"),
        (("HTI", "basel", "", "2000", "", "", "2026"), "'hti' stands twice for basel; the first"),
    ],
)
def test_a_row_of_our_form_that_cannot_be_is_told(
    tmp_path: Path, known: Known, row: tuple[str, ...], told: str
) -> None:
    drafts = read(ours(tmp_path, ("HTI", "basel", "1989", "", "", "", "2026"), row), known)
    assert [told in one and one.startswith("list.csv, line 3") for one in doubts(drafts)] == [True]
    assert cells(drafts, "parties", "country") == [("hti",)]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 1)


def grouped(path: Path, *rows: tuple[str, ...]) -> Path:
    """Write a list in the form of countrygroups."""
    return write_csv(path, countrygroups.COLUMNS, *rows)


JORDAN = ("JOR", "Jordan", "", "1993-11-12", "Ratification")


def test_a_list_of_countrygroups_needs_the_name_of_an_agreement_and_a_day(
    tmp_path: Path, known: Known
) -> None:
    with pytest.raises(DocumentError, match=r"say of which agreement it is; name the file after"):
        read(grouped(tmp_path / "mars.csv", JORDAN), known)
    with pytest.raises(DocumentError, match=r"of which day it is; give the day, as --as-of 2026"):
        read(grouped(tmp_path / "minamata.csv", JORDAN), known)


def test_the_day_that_is_given_makes_a_source_of_its_own(tmp_path: Path, known: Known) -> None:
    path = grouped(tmp_path / "minamata.csv", JORDAN)
    drafts = read(path, replace(known, as_of="2026-10"))
    assert cells(drafts, "parties", "country", "as_of_on", "source") == [
        ("jor", "2026-10", "countrygroups-dataset-2026-10")
    ]
    [source] = rows(drafts, "sources")
    assert source["title"] == "countrygroups: lists of parties and country groups as of 2026-10"
    assert source["note"].startswith("The day of which it is was given")
    assert "issued_on" not in source


def test_the_known_day_is_not_put_on_a_list_with_a_later_date(
    tmp_path: Path, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(countrygroups, "_AS_OF", {"basel": "2024-10"})
    path = grouped(tmp_path / "basel.csv", JORDAN, ("GHA", "Ghana", "", "2024-11-30", "Accession"))
    told = r"line 3: 2024-11-30 is after 2024-10, the day of the edition that is known; give the"
    with pytest.raises(DocumentError, match=told):
        read(path, known)
    drafts = read(path, replace(known, as_of="2026-10"))
    assert cells(drafts, "parties", "country", "as_of_on") == [
        ("gha", "2026-10"), ("jor", "2026-10"),
    ]  # fmt: skip
    assert cells(read(grouped(path, JORDAN), known), "parties", "as_of_on", "source") == [
        ("2024-10", "countrygroups-dataset")
    ]


def test_the_name_of_the_file_tells_the_agreement_and_its_day(
    tmp_path: Path, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(countrygroups, "_AS_OF", {"basel": "2024-10"})
    path = grouped(
        tmp_path / "basel.csv",
        ("JOR", "Jordan", "1992-06-11", "1993-11-12", "Ratification"),
        ("HTI", "Haiti", "1989-03-22", "", "Signature"),
        ("RWA", "Rwanda", "1992-06-11"),
        ("GHA", "Ghana", "", "2024-11-30", "Accession"),
        ("EUU", "European Union", "", "1993-12-21", "Approval"),
        ("HTI", "Haiti"),
    )
    drafts = read(path, replace(known, as_of="2024-10"))
    assert cells(drafts, "parties", *DATES, "consent", "as_of_on", "locator") == [
        ("jor", "party", "1992-06-11", "1993-11-12", "", "", "high", "ratification", "2024-10",
         "data/basel.csv, JOR"),
        ("rwa", "signatory", "1992-06-11", "", "", "", "high", "", "2024-10",
         "data/basel.csv, RWA"),
    ]  # fmt: skip
    assert doubts(drafts) == [
        "basel.csv, line 3: 'Signature' is no kind of consent that is known",
        "basel.csv, line 5: '2024-11-30' is after 2024-10, as of which the list is read",
        "basel.csv, line 6: 'EUU (European Union)' is the European Union, a party that is no"
        " country",
        "basel.csv, line 7: 'HTI' has no date, so it is not said what it is",
    ]
    assert [row["id"] for row in rows(drafts, "sources")] == ["countrygroups-dataset"]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (6, 4)


def test_the_day_of_a_list_that_says_it_itself_is_not_given_besides(
    tmp_path: Path, known: Known
) -> None:
    path = ours(tmp_path, ("JOR", "basel", "", "2000", "", "", "2026-06"))
    with pytest.raises(DocumentError, match="in its column as_of_on of which day it is; leave out"):
        read(path, replace(known, as_of="2026-10"))


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that imports one list of Jordan by the command into a small folder."""
    folder = DataFolder(tmp_path / "tables")

    def invoke(*args: str, kind: str = "parties") -> Result:
        path = grouped(tmp_path / "basel.csv", JORDAN)
        return run("import", kind, path, "--data", folder.path, *args)

    return invoke


def test_the_command_takes_the_day_of_a_list(imported: Callable[..., Result]) -> None:
    told = imported("--as-of", "2026-10-31", "--format", "json")
    assert told.exit_code == 0, told.output
    assert "countrygroups-dataset-2026-10-31, data/basel.csv, JOR" in told.stdout
    assert imported().exit_code != 0


@pytest.mark.parametrize(
    ("kind", "day", "told"),
    [
        ("ceb-sdg", "2026-10", "--as-of is for parties alone: ceb-sdg says its dates itself"),
        ("parties", "31.10.2026", "'31.10.2026' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("parties", "2026-13", "'2026-13' is no date"),
        ("parties", "", "'' is no date"),
    ],
)
def test_a_day_that_is_none_or_not_asked_for_is_refused(
    imported: Callable[..., Result], kind: str, day: str, told: str
) -> None:
    result = imported("--as-of", day, kind=kind)
    assert (result.exit_code, told in " ".join(result.stderr.split())) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("dates", "late"),
    [
        (("", "2021-10-15", "2022-01-13"), "2021-10-15"),
        (("", "", "2022-01-13"), "2022-01-13"),
        (("2021-10-15",), "2021-10-15"),
        (("", "2001-01-01", "2002-01-01", "2022-01-01"), "2022-01-01"),
    ],
)
def test_a_later_edition_of_ieadb_is_not_given_the_known_day(
    tmp_path: Path, known: Known, dates: tuple[str, ...], late: str
) -> None:
    path = stately(tmp_path, ("JOR", "IEADB", *dates))
    with pytest.raises(DocumentError, match=f"minamata, JOR: {late} is after 2020, the day of the"):
        read(path, known)
    drafts = read(path, replace(known, as_of="2026"))
    assert cells(drafts, "parties", "country", "as_of_on", "source") == [
        ("jor", "2026", "manytreaties-dataset-2026")
    ]
    assert cells(drafts, "sources", "title") == [("manytreaties: data on agreements as of 2026",)]


def test_what_is_bound_later_than_it_consented_is_no_later_edition(
    tmp_path: Path, known: Known
) -> None:
    path = stately(tmp_path, ("JOR", "IEADB", "", "2020-12-01", "2021-03-01", "9999-12-31"))
    drafts = read(path, known)
    assert cells(drafts, "parties", "as_of_on", "from_on") == [("2020", "2021-03-01")]


def test_all_rows_on_a_state_count_whether_they_are_read_or_not(
    tmp_path: Path, known: Known
) -> None:
    path = stately(
        tmp_path,
        ("JOR", "IEADB", "2013-10-10", "2015-11-12", "2017-08-16"),
        ("JOR", "GGO", "2013-10-10", "2015-11-12", "2017-08-16"),
        ("SCG", "IEADB", "2013-10-10"),
        ("SCG", "GGO", "2013-10-10"),
        ("RWA", "HEIDI", "2013-10-10"),
    )
    drafts = read(path, known)
    assert len(drafts.unread) == 2
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (5, 3)


def test_ieadb_is_read_with_its_dates(tmp_path: Path, known: Known) -> None:
    path = stately(
        tmp_path,
        ("JOR", "IEADB", "2013-10-10", "2015-11-12", "2017-08-16"),
        ("JOR", "GGO", "2013-10-10", "2014-09-24", "9999-12-31"),
        ("GHA", "IEADB", "2014-09-24"),
        ("HTI", "IEADB", "", "2001-01-01", "2002-01-01", "2010-01-01"),
        ("RWA", "IEADB", "", "", "2004-05-01", "9999-12-31"),
    )
    drafts = read(path, known)
    assert cells(drafts, "parties", *DATES) == [
        ("gha", "signatory", "2014-09-24", "", "", "", "medium"),
        ("hti", "withdrawn", "", "2001-01-01", "2002-01-01", "2010-01-01", "medium"),
        ("jor", "party", "2013-10-10", "2015-11-12", "2017-08-16", "", "medium"),
        ("rwa", "party", "", "", "2004-05-01", "", "medium"),
    ]
    assert cells(drafts, "parties", "locator")[2] == ("data/parties.rda, IEADB, T_1, JOR",)
    assert {row["as_of_on"] for row in rows(drafts, "parties")} == {"2020"}


def test_rows_of_ieadb_that_differ_give_the_fact_alone(tmp_path: Path, known: Known) -> None:
    path = stately(
        tmp_path,
        ("JOR", "IEADB", "", "2005-03-23", "2005-06-21"),
        ("JOR", "IEADB", "", "2006-07-13", "2006-10-11"),
        ("RWA", "IEADB", "", "2006-07-13", "2006-10-11"),
        ("RWA", "IEADB", "", "2006-07-13", "2006-10-11"),
    )
    assert cells(read(path, known), "parties", *DATES) == [
        ("jor", "party", "", "", "", "", "low"),
        ("rwa", "party", "", "2006-07-13", "2006-10-11", "", "medium"),
    ]


def test_of_ggo_alone_only_the_fact_is_taken_and_a_signature_is_no_consent(
    tmp_path: Path, known: Known
) -> None:
    path = stately(
        tmp_path,
        ("JOR", "GGO", "2013-10-10", "2014-09-24", "9999-12-31"),
        ("RWA", "GGO", "2013-10-10", "2005-03-23", "2005-06-21", "9999-12-31"),
        ("RWA", "GGO", "2005-06-23", "2005-03-23", "2005-06-21"),
    )
    drafts = read(path, known)
    assert cells(drafts, "parties", *DATES) == [
        ("jor", "signatory", "", "", "", "", "low"),
        ("rwa", "party", "", "", "", "", "low"),
    ]
    assert all("GGO alone" in row["note"] for row in rows(drafts, "parties"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("JOR", "GGO", "", "2004-01-01", "2004-05-17", "2006-03-06"), "'2006-03-06' is given by"),
        (("JOR", "GGO", "", "2021-10-15", "2022-01-13"), "'2021-10-15' is after 2020, as of"),
        (("JOR", "GGO", "", "2020-10-08", "2021-01-06"), "'2021-01-06' is after 2020, as of"),
        (("JOR", "GGO", "", "2004-01-01", "9999-12-31"), "'jor' is neither party nor signatory"),
        (("JOR", "IEADB", "2012", "2010", "2011"), "'2012' is after 2010, which should follow it"),
        (("EUE", "GGO", "", "2004-01-01", "2004-05-17"), "'EUE' is the European Union"),
        (("GHA", "GGO", "2013-10-10", "2015-11-12", "2017-08-16"), "are the dates of HTI in IEADB"),
        (("SCG", "GGO", "", "2004-01-01", "2004-05-17"), "'SCG' is no country of countries.csv"),
        (("JOR", "HEIDI", "", "2004-01-01", "2004-05-17"), "'HEIDI' is no data set that is known"),
    ],
)
def test_what_cannot_be_trusted_is_told(
    tmp_path: Path, known: Known, row: tuple[str, ...], told: str
) -> None:
    other = ("HTI", "IEADB", "2013-10-10", "2015-11-12", "2017-08-16")
    drafts = read(stately(tmp_path, other, row), known)
    assert [told in one for one in doubts(drafts)] == [True]
    assert cells(drafts, "parties", "country") == [("hti",)]


def test_dates_that_are_another_state_s_only_in_part_or_in_doubt_are_no_ground_to_refuse(
    tmp_path: Path, known: Known
) -> None:
    path = stately(
        tmp_path,
        ("HTI", "IEADB", "", "2015-11-12", "2017-08-16"),
        ("GHA", "GGO", "", "2015-11-12", "2017-08-16"),
        ("RWA", "IEADB", "2013-10-10", "2005-03-23", "2005-06-21"),
        ("RWA", "IEADB", "2013-10-10", "2006-07-13", "2006-10-11"),
        ("JOR", "GGO", "2013-10-10", "2005-03-23", "2005-06-21"),
    )
    drafts = read(path, known)
    assert drafts.unread == []
    assert {row["country"] for row in rows(drafts, "parties")} == {"gha", "hti", "jor", "rwa"}


def test_an_agreement_that_is_not_ours_is_told(tmp_path: Path, known: Known) -> None:
    row = ("mars", "JOR", "GGO", "T", "", "2004-01-01", "2004-05-17")
    path = write_csv(tmp_path / "a.csv", manytreaties.COLUMNS, row)
    assert doubts(read(path, known)) == [
        "a.csv, mars, JOR: 'mars' is no agreement of agreements.csv"
    ]


def test_an_undated_list_is_refused(tmp_path: Path, known: Known) -> None:
    header = ("factbook_path", "country", "factbook_agreement", "mea_key", "status")
    path = write_csv(tmp_path / "a.csv", header, ("x", "Jordan", "Biodiversity", "cbd", "party"))
    with pytest.raises(DocumentError, match="is an undated list of parties") as caught:
        read(path, known)
    assert "neither since when nor as of when" in str(caught.value)
    assert "no codes of countries" in str(caught.value)


def test_a_table_of_another_kind_is_refused(tmp_path: Path, known: Known) -> None:
    for header in (("entity", "amount"), ("country", "joined_on")):
        path = write_csv(tmp_path / "a.csv", header, ("x", "y"))
        with pytest.raises(DocumentError, match="is no list of parties that is known"):
            read(path, known)


@needs_shared
def test_the_published_list_of_the_unfccc(world: Known) -> None:
    drafts = read(LISTS / "unfccc.csv", world)
    found = rows(drafts, "parties")
    assert len(found) + len(drafts.unread) == drafts.tallies[0].rows == 198
    assert [one.value for one in drafts.unread] == ["EUU (European Union)"]
    assert {row["status"] for row in found} == {"party"}
    assert {row["as_of_on"] for row in found} == {"2024-10"}


@needs_shared
def test_the_published_lower_bounds(world: Known) -> None:
    drafts = read(LISTS / "mea_parties_manytreaties.csv", world)
    found = rows(drafts, "parties")
    parties = Counter(row["agreement"] for row in found if row["status"] == "party")
    assert parties["minamata"] >= 120
    assert ("rus", "minamata", "signatory") in cells(
        drafts, "parties", "country", "agreement", "status"
    )
    assert len(drafts.unread) < 15
    odd = [one for one in doubts(drafts) if "are the dates of" in one]
    assert odd == [
        "mea_parties_manytreaties.csv, cms, JAM: '1980-06-20, 1983-08-05, 1983-11-01' are the dates"
        " of IRL in IEADB: its row, it seems, under another code"
    ]


@needs_shared
def test_the_undated_extract_is_refused(world: Known) -> None:
    with pytest.raises(DocumentError, match="is an undated list"):
        read(LISTS / "factbook_parties_undated.csv", world)
