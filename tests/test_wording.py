"""The texts of the shipped data are in our own words and say nothing of how they came about."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from emg_graph.resources import folder

DATA = folder("data")
REPORT = DATA.parent.parent / "shared" / "sources" / "som31" / "summary-report.txt"

RUN = 8
OURS = {"summary", "looked_for", "caveat", "note", "definition"}
OFFICIAL = (
    "Issue Management Group on Gender and the Environment",
    "Issue Management Group on Human Rights and the Environment",
    "Issue Management Group on Urbanization and the Environment",
    "UN System-wide Framework of Strategies on the Environment",
)
"""Names that a sentence of ours may share with the report."""

GIVEN = {
    "id",
    "url",
    "homepage",
    "title",
    "publisher",
    "source",
    "also_sources",
    "sources_searched",
    "file",
    "key",
}
"""Columns whose words are those of others, or follow from them."""

UNPUBLISHED = re.compile(r"NOTES\.md|\.json\b", re.IGNORECASE)
MACHINE_PATH = re.compile(
    r"(?<![\w./:-])(?:/(?:home|mnt|opt|root|srv|tmp|Users|usr|var|work)/|~/|[A-Z]:\\)|file://"
)

Words = tuple[str, ...]


class Cell(NamedTuple):
    """One cell that holds a text, with its place."""

    table: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"{self.table}, row {self.line}, {self.column}: {self.text}"


def cells_of(path: Path) -> Iterator[Cell]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            for column, text in row.items():
                yield Cell(path.relative_to(DATA).as_posix(), line, column, text)


CELLS = [cell for path in sorted(DATA.rglob("*.csv")) for cell in cells_of(path)]


def words(text: str) -> Words:
    return tuple(re.findall(r"\w+", re.sub(r"['’]", "", text.casefold())))


def runs(text: str) -> set[Words]:
    """Return every run of so many words that stand one after the other in the text."""
    found = words(text)
    return {found[start : start + RUN] for start in range(len(found) - RUN + 1)}


@pytest.fixture(scope="module")
def report() -> set[Words]:
    """Return the runs of words of the meeting report, without the official names."""
    if not REPORT.is_file():
        pytest.skip("the meeting report is not beside this checkout")
    return runs(REPORT.read_text(encoding="utf-8")).difference(*map(runs, OFFICIAL))


def test_a_run_is_found_whatever_its_case_and_marks() -> None:
    text = "The Group’s own-words rule: no sentence is copied."
    assert runs(text) == {
        ("the", "groups", "own", "words", "rule", "no", "sentence", "is"),
        ("groups", "own", "words", "rule", "no", "sentence", "is", "copied"),
    }


def test_no_sentence_is_that_of_the_meeting_report(report: set[Words]) -> None:
    ours = [cell for cell in CELLS if cell.column in OURS]
    assert [str(cell) for cell in ours if not report.isdisjoint(runs(cell.text))] == []


def test_no_cell_holds_a_control_character() -> None:
    def hidden(text: str) -> bool:
        return any(unicodedata.category(character) in {"Cc", "Cf"} for character in text)

    assert [str(cell) for cell in CELLS if hidden(cell.text)] == []


@pytest.mark.parametrize("pattern", [UNPUBLISHED, MACHINE_PATH], ids=["file", "path"])
def test_no_text_names_what_no_reader_can_open(pattern: re.Pattern[str]) -> None:
    texts = [cell for cell in CELLS if cell.column not in GIVEN]
    assert [str(cell) for cell in texts if pattern.search(cell.text)] == []


@pytest.mark.parametrize("text", ["/tmp/rows.csv", "see /srv/tables", "~/data", "C:\\data"])
def test_a_machine_path_is_known_as_one(text: str) -> None:
    assert MACHINE_PATH.search(f"{text}/")
