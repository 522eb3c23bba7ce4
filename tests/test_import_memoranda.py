"""Memoranda and accreditations: awkward rows, and the whole list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.memoranda import COLUMNS, read

PAGE = "https://www.ramsar.org/a_page"
PLAIN = {
    "party_a": "Ramsar Secretariat",
    "party_b": "CBD Secretariat",
    "mea": "ramsar|cbd",
    "instrument": "memorandum of cooperation",
    "date": "2011-11-04",
    "note": "fifth joint work plan 2011-2020",
    "source_url": PAGE,
}
Make = Callable[..., Drafts]


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


def memoranda(path: Path, *changes: dict[str, str]) -> Path:
    made = [PLAIN | change for change in changes]
    return write_csv(path, COLUMNS, *([row[name] for name in COLUMNS] for row in made))


@pytest.fixture
def make(tmp_path: Path, known: Known) -> Make:
    """Return a function that reads a list of the given rows."""

    def of(*changes: dict[str, str]) -> Drafts:
        return read([memoranda(tmp_path / "memoranda.csv", *changes)], known)

    return of


def test_a_memorandum_stands_once_in_order_of_the_parties(make: Make) -> None:
    drafts = make({})
    assert rows(drafts, "cooperations") == [
        {
            "entity": "cbd-secretariat",
            "partner": "ramsar-secretariat",
            "kind": "memorandum",
            "agreements": "cbd|ramsar",
            "name_as_written": "Ramsar Secretariat; CBD Secretariat",
            "summary": "Memorandum of cooperation: fifth joint work plan 2011-2020.",
            "basis": "stated",
            "from_on": "2011-11-04",
            "source": "ramsar-org-a-page",
            "locator": "whole page",
            "confidence": "high",
            "note": "",
        }
    ]
    assert drafts.unread == []


def test_an_accreditation_goes_from_the_fund_to_the_organisation(make: Make) -> None:
    drafts = make(
        {"party_a": "Green Climate Fund", "party_b": "UNEP", "instrument": "accreditation"}
    )
    assert cells(drafts, "cooperations", "entity", "partner", "kind") == [
        ("gcf", "unep", "accreditation")
    ]


@pytest.mark.parametrize(
    ("change", "summary", "from_on", "note", "confidence"),
    [
        ({"note": ""}, "Memorandum of cooperation.", "2011-11-04", "", "high"),
        (
            {"note": "superseded"},
            "Memorandum of cooperation, superseded since.",
            "2011-11-04",
            "",
            "high",
        ),
        (
            {"date": "by 2016-12", "note": "COP decision XIII/6"},
            "Memorandum of cooperation: COP decision XIII/6.",
            "",
            "Concluded not later than 2016-12.",
            "medium",
        ),
        (
            {"date": "", "note": "first to sign; date not in the excerpt"},
            "Memorandum of cooperation: first to sign.",
            "",
            "Date not in the excerpt.",
            "medium",
        ),
        (
            {"date": "2024", "note": "year inferred from the text"},
            "Memorandum of cooperation.",
            "2024",
            "Year inferred from the text.",
            "low",
        ),
    ],
)
def test_what_is_remarked_of_the_date_is_kept_apart(
    make: Make, change: dict[str, str], summary: str, from_on: str, note: str, confidence: str
) -> None:
    drafts = make(change)
    assert cells(drafts, "cooperations", "summary", "from_on", "note", "confidence", "to_on") == [
        (summary, from_on, note, confidence, "")
    ]


def test_a_page_is_added_once_unless_the_tables_have_it(make: Make) -> None:
    there = "https://greenclimate.fund/ae/unep/"
    drafts = make(
        {},
        {"date": "2012"},
        {"source_url": there},
        {"source_url": "http://blog.example/x?p=7", "date": "2013"},
    )
    assert cells(drafts, "sources", "id", "publisher", "evidence_class", "url") == [
        ("ramsar-org-a-page", "Ramsar Convention secretariat", "B", PAGE),
        ("blog-example-x-p-7", "blog.example", "D", "http://blog.example/x?p=7"),
    ]
    assert cells(drafts, "cooperations", "source", "confidence") == [
        ("ramsar-org-a-page", "high"),
        ("ramsar-org-a-page", "high"),
        ("greenclimate-fund-ae-unep", "high"),
        ("blog-example-x-p-7", "medium"),
    ]


def test_what_is_not_understood_is_told_with_its_place_and_cites_no_page(make: Make) -> None:
    drafts = make(
        {"party_a": "Nobody"},
        {"party_b": "No one"},
        {"party_b": "Ramsar Secretariat"},
        {"instrument": "shared services"},
        {"source_url": "ramsar.org"},
    )
    assert doubts(drafts) == [
        "memoranda.csv, line 2, party_a: 'Nobody' is no entity that the tables know",
        "memoranda.csv, line 3, party_b: 'No one' is no entity that the tables know",
        "memoranda.csv, line 4, party_b: 'Ramsar Secretariat' is the same entity as party_a",
        "memoranda.csv, line 5, instrument: 'shared services' is neither a memorandum nor an"
        " accreditation; if the two have signed it, add it to cooperations.csv by hand as a"
        " memorandum; if not, there is no kind for it in the scheme cooperation-kind of"
        " concepts.csv yet, and it stays out",
        "memoranda.csv, line 6, source_url: 'ramsar.org' is no web address",
    ]
    assert drafts.rows == []
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (5, 5)


def test_an_unknown_agreement_or_date_is_told_and_the_rest_kept(make: Make) -> None:
    drafts = make({"mea": "ramsar|no-such", "date": "spring"})
    assert doubts(drafts) == [
        "memoranda.csv, line 2, date: 'spring' is no date",
        "memoranda.csv, line 2, mea: 'no-such' is no agreement that the tables know",
    ]
    assert cells(drafts, "cooperations", "agreements", "from_on") == [("ramsar", "")]


def test_the_order_of_files_does_not_matter(tmp_path: Path, known: Known) -> None:
    files = [memoranda(tmp_path / name, {"note": name}) for name in ("a.csv", "b.csv")]
    one, other = (read(order, known) for order in permutations(files))
    assert one == other


def test_a_table_with_other_columns_is_refused(tmp_path: Path, known: Known) -> None:
    with pytest.raises(DocumentError, match="other columns: party_b"):
        read([write_csv(tmp_path / "other.csv", ["party_a"], ["UNEP"])], known)


@needs_shared
def test_the_whole_list(known: Known) -> None:
    drafts = read([SHARED / "portfolio" / "cooperation_agreements_dated.csv"], known)
    kinds = Counter(row["kind"] for row in rows(drafts, "cooperations"))
    assert kinds == {"memorandum": 20, "accreditation": 8}
    assert [one.value for one in drafts.unread] == [
        "joint work programme",
        "shared services and programmatic cooperation",
    ]
    sources = [row["id"] for row in rows(drafts, "sources")]
    assert len(set(sources)) == len(sources)
