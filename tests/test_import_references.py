"""What agreements say of one another: forward, once each, between our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, small_world, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known, references

REFERENCES = SHARED / "agreements" / "ecolex_treaty_references.csv"
HEADER = (*references.COLUMNS, "title1", "title2")
BASEL, BAN, MINAMATA = "TRE-001003", "TRE-001340", "TRE-160007"


@pytest.fixture(scope="module")
def known() -> Known:
    return small_world({("ecolex-treaties", "MNMTMR_2013A"): ["minamata"]})


def read(path: Path, known: Known, *edges: tuple[str, str, str]) -> Drafts:
    lines = [("one", "other", word, first, second, "A", "B") for first, word, second in edges]
    return references.read([write_csv(path / "edges.csv", HEADER, *lines)], known)


@pytest.mark.parametrize(
    "edges",
    [
        [(BAN, "Amends", BASEL)],
        [(BASEL, "Amended by", BAN)],
        [(BAN, "Amends", BASEL), (BASEL, "Amended by", BAN)],
        [(BASEL, "Amended by", BAN), (BAN, "Amends", BASEL)],
    ],
)
def test_a_reference_and_its_inverse_are_one(
    tmp_path: Path, known: Known, edges: list[tuple[str, str, str]]
) -> None:
    drafts = read(tmp_path, known, *edges)
    columns = ("agreement", "relation", "referred_agreement", "locator")
    assert cells(drafts, "references", *columns) == [
        ("basel-ban", "amending", "basel", f"data/references.rda, {BAN} Amends {BASEL}")
    ]
    assert (drafts.tallies[0].rows, drafts.unread) == (len(edges), [])


@pytest.mark.parametrize(
    ("word", "relation", "first"),
    [
        ("Cites", "citing", "minamata"),
        ("Cited by", "citing", "basel"),
        ("Enables", "enabling", "minamata"),
        ("Enabled by", "enabling", "basel"),
        ("Supersedes", "superseding", "minamata"),
        ("Superseded by", "superseding", "basel"),
    ],
)
def test_every_word_has_its_relation_and_direction(
    tmp_path: Path, known: Known, word: str, relation: str, first: str
) -> None:
    drafts = read(tmp_path, known, (MINAMATA, word, BASEL))
    assert cells(drafts, "references", "agreement", "relation") == [(first, relation)]


def test_references_to_agreements_that_are_not_ours_are_counted(
    tmp_path: Path, known: Known
) -> None:
    drafts = read(tmp_path, known, (BAN, "Cites", "TRE-1"), ("NA", "Cites", BASEL))
    assert (rows(drafts, "references"), drafts.unread) == ([], [])
    assert drafts.tallies[0].besides == "rows on agreements that are not ours: 2"


def test_an_unknown_word_and_a_reference_to_itself_are_told(tmp_path: Path, known: Known) -> None:
    drafts = read(tmp_path, known, (BAN, "Loves", BASEL), (BASEL, "Cites", BASEL))
    assert doubts(drafts) == [
        "edges.csv, line 2: 'Loves' is no kind of reference",
        "edges.csv, line 3: 'basel Cites' is a reference of an agreement to itself",
    ]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 2)


def test_an_agreement_is_known_by_a_code_of_its_treaty_too(tmp_path: Path, known: Known) -> None:
    path = write_csv(tmp_path / "a.csv", HEADER, ("MNMTMR_2013A", "x", "Cites", "", BASEL))
    drafts = references.read([path], known)
    assert cells(drafts, "references", "agreement", "locator") == [
        ("minamata", f"data/references.rda, MNMTMR_2013A Cites {BASEL}")
    ]


def test_two_files_that_say_the_same_give_one_row(tmp_path: Path, known: Known) -> None:
    paths = [
        write_csv(tmp_path / name, HEADER, ("a", "b", "Cites", MINAMATA, BASEL))
        for name in ("one.csv", "two.csv")
    ]
    drafts = references.read(paths, known)
    assert len(rows(drafts, "references")) == 1
    assert drafts.rows == references.read(paths[::-1], known).rows


def test_a_table_with_other_columns_gives_one_line(tmp_path: Path, known: Known) -> None:
    path = write_csv(tmp_path / "a.csv", ("treatyID1", "treatyID2"))
    with pytest.raises(DocumentError, match="has other columns: RefType, ecolex1, ecolex2"):
        references.read([path], known)


@needs_shared
def test_the_published_references() -> None:
    drafts = references.read([REFERENCES], shipped())
    found = set(cells(drafts, "references", "agreement", "relation", "referred_agreement"))
    assert len(found) == len(rows(drafts, "references")) >= 26
    assert found >= {
        ("kigali", "amending", "montreal"),
        ("basel-ban", "amending", "basel"),
        ("minamata", "citing", "rotterdam"),
        ("vienna", "enabling", "montreal"),
    }
    (tally,) = drafts.tallies
    assert (tally.rows, tally.unread) == (2 * len(found) + 2, 2)
    assert "title" not in str(drafts.rows[-1].values)
