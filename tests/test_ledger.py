"""The ledgers: every line of the first tables and of their check has one outcome that holds.

A target is a list separated by ``; ``. A part of it names rows by their cells, as
``roles: fao ippc depositary``, ``participations: fao gesamp sponsor`` and
``positions: som31-s10-unicef`` do, or things by their ids, separated by ``, ``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from emg_graph.records import Figure, Participation, Position, Role, SourceRecord
from emg_graph.resources import folder
from emg_graph.tables import Tables, read_tables

Line = dict[str, str]

DATA = folder("data")
LEDGER = DATA / "ledger"
RESEARCH = Path(__file__).resolve().parents[2] / "shared" / "sources" / "agreements"

CORRECTIONS = ("corrections-agreements", "corrections-roles", "corrections-mechanisms")
MISSING = ("missing-agreements", "missing-mechanisms", "missing-roles")
LAST_LINE = {("roles",): 398, CORRECTIONS: 282, MISSING: 70}
PLACED = {"role", "membership", "remit", "position", "set-aside"}
JUDGED = {"applied", "applied-in-part", "not-confirmed", "rejected", "deferred"}
SELF_EVIDENT = {"role", "membership", "remit", "applied"}
RENAMED = {"cartagena": "cartagena-protocol"}

ROLE = re.compile(
    r"(?P<entity>\S+) (?P<agreement>\S+) (?P<role>\S+)"
    r"(?: via (?P<via>\S+))?(?: (?P<locator>indicator .+))?"
)


def read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ledger(*names: str) -> list[Line]:
    return [line for name in names for line in read(LEDGER / f"{name}.csv")]


def label(line: Line) -> str:
    return f"line {line['line']}"


def parts(line: Line) -> list[str]:
    return line["target"].split("; ") if line["target"] else []


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(DATA)


@pytest.fixture(scope="module")
def resolves(tables: Tables) -> Callable[[str], bool]:
    """Return a function that says whether one part of a target names rows of the tables."""
    roles = [row for row in tables.rows["roles"] if isinstance(row, Role)]
    members = {
        f"{row.entity} {row.body} {row.capacity}"
        for row in tables.rows["participations"]
        if isinstance(row, Participation)
    }
    positions = {row.id for row in tables.rows["positions"] if isinstance(row, Position)}
    things = {thing.id for thing in tables.things()}

    def holds(part: str) -> bool:
        table, _, cells = part.partition(": ")
        if table == "roles":
            return any(matches(row, cells) for row in roles)
        if table == "participations":
            return cells in members
        if table == "positions":
            return cells in positions
        return set(part.split(", ")) <= things

    return holds


def matches(row: Role, cells: str) -> bool:
    wanted = ROLE.fullmatch(cells)
    return (
        wanted is not None
        and row.entity == wanted["entity"]
        and fnmatchcase(row.agreement, wanted["agreement"])
        and row.role == wanted["role"]
        and wanted["via"] in (None, row.via_mechanism)
        and wanted["locator"] in (None, row.locator)
    )


def test_every_file_of_the_folder_is_a_ledger() -> None:
    names = {name for group in LAST_LINE for name in group}
    assert {path.stem for path in LEDGER.iterdir()} == names


@pytest.mark.parametrize(("names", "last"), LAST_LINE.items(), ids=lambda value: str(value))
def test_every_line_has_one_outcome(names: tuple[str, ...], last: int) -> None:
    assert sorted(int(line["line"]) for line in ledger(*names)) == list(range(2, last + 1))


@pytest.mark.parametrize("path", sorted(LEDGER.iterdir()), ids=lambda path: path.stem)
def test_is_in_order_and_in_the_canonical_form(path: Path) -> None:
    lines = read(path)
    numbers = [int(line["line"]) for line in lines]
    assert numbers == sorted(numbers)
    cells = [cell for line in lines for cell in line.values()]
    assert [cell for cell in cells if cell != " ".join(cell.split())] == []
    assert b"\r" not in path.read_bytes()


@pytest.mark.parametrize(
    ("names", "outcomes"), [(("roles",), PLACED), (CORRECTIONS, JUDGED), (MISSING, JUDGED)]
)
def test_outcomes_are_of_the_closed_list(names: tuple[str, ...], outcomes: set[str]) -> None:
    assert [label(line) for line in ledger(*names) if line["outcome"] not in outcomes] == []


@pytest.mark.parametrize("names", [("roles",), MISSING])
def test_says_why_a_line_is_not_simply_entered(names: tuple[str, ...]) -> None:
    silent = [line for line in ledger(*names) if not line["reason"]]
    assert [label(line) for line in silent if line["outcome"] not in SELF_EVIDENT] == []


def test_every_correction_has_its_reason() -> None:
    assert [label(line) for line in ledger(*CORRECTIONS) if not line["reason"]] == []


def test_sources_of_corrections_are_known(tables: Tables) -> None:
    known = {row.id for row in tables.rows["sources"] if isinstance(row, SourceRecord)}
    cited = {line["source"] for line in ledger(*CORRECTIONS)} - {""}
    assert sorted(cited - known) == []


@pytest.mark.parametrize("names", [("roles",), MISSING])
def test_every_target_stands_in_the_tables(
    names: tuple[str, ...], resolves: Callable[[str], bool]
) -> None:
    dangling = [
        f"{label(line)}: {part}"
        for line in ledger(*names)
        for part in parts(line)
        if not resolves(part)
    ]
    assert dangling == []


@pytest.mark.parametrize(
    ("outcome", "table"),
    [
        ("role", "roles"),
        ("remit", "roles"),
        ("remit", "participations"),
        ("membership", "participations"),
        ("position", "positions"),
    ],
)
def test_an_outcome_leads_to_its_table(outcome: str, table: str) -> None:
    astray = [
        label(line)
        for line in ledger("roles")
        if line["outcome"] == outcome
        and not any(part.startswith(f"{table}: ") for part in parts(line))
    ]
    assert astray == []


def test_what_is_set_aside_or_deferred_leads_nowhere() -> None:
    lines = [*ledger("roles"), *ledger(*MISSING)]
    left_out = [line for line in lines if line["outcome"] in {"set-aside", "deferred"}]
    assert left_out
    assert [label(line) for line in left_out if line["target"]] == []


def test_what_is_entered_has_a_target() -> None:
    lines = [*ledger("roles"), *ledger(*MISSING)]
    entered = [line for line in lines if line["outcome"] not in {"set-aside", "deferred"}]
    assert [label(line) for line in entered if not line["target"]] == []


def test_a_remit_belongs_to_a_mechanism(tables: Tables) -> None:
    mechanisms = {thing.id for thing in tables.rows["mechanisms"] if hasattr(thing, "id")}
    actors = {
        part.removeprefix("roles: ").split()[0]
        for line in ledger("roles")
        if line["outcome"] == "remit"
        for part in parts(line)
        if part.startswith("roles: ")
    }
    assert sorted(actors - mechanisms) == []


def test_no_role_stands_for_every_member_of_a_body(tables: Tables) -> None:
    """A membership is one row, however many lines of the first table spoke of it."""
    members = [line for line in ledger("roles") if line["outcome"] == "membership"]
    assert [label(line) for line in members if "roles: " in line["target"]] == []
    assert len({line["target"] for line in members}) < len(members)


def test_counts_are_plain_numbers(tables: Tables) -> None:
    figures = [row for row in tables.rows["figures"] if isinstance(row, Figure)]
    counts = [row for row in figures if row.quantity.endswith("-count")]
    assert [f"{row.subject}: {row.value}" for row in counts if not row.value.isdecimal()] == []


@pytest.mark.parametrize(
    ("agreement", "values"),
    [("cites", {"184", "185"}), ("paris", {"194", "195"}), ("kyoto", {"192", "193"})],
)
def test_disputed_counts_stand_side_by_side(
    agreement: str, values: set[str], tables: Tables
) -> None:
    counts = {
        row.value
        for row in tables.rows["figures"]
        if isinstance(row, Figure) and (row.subject, row.quantity) == (agreement, "party-count")
    }
    assert counts == values


# --- against the research tables, where they are at hand -------------------------------------


@pytest.fixture(scope="module")
def research() -> Callable[[str], list[tuple[str, Line]]]:
    """Return a function that reads a research table with its line numbers."""
    if not RESEARCH.is_dir():
        pytest.skip("the research tables are not beside this checkout")

    def numbered(name: str) -> list[tuple[str, Line]]:
        rows = read(RESEARCH / f"{name}.csv")
        return [(str(number), row) for number, row in enumerate(rows, start=2)]

    return numbered


def differing(
    rows: list[tuple[str, Line]], lines: list[Line], columns: dict[str, str]
) -> Iterator[str]:
    """Yield the lines of a research table that the ledger gives under another key."""
    by_number = {line["line"]: line for line in lines}
    for number, row in rows:
        for ours, theirs in columns.items():
            value = RENAMED.get(row[theirs], row[theirs])
            if by_number[number][ours] != value:
                yield f"line {number}: {ours}"


def test_roles_are_those_of_the_research(
    research: Callable[[str], list[tuple[str, Line]]],
) -> None:
    columns = {"agreement": "mea", "role_class": "role_class"}
    rows = research("roles")
    assert len(rows) == len(ledger("roles"))
    assert list(differing(rows, ledger("roles"), columns)) == []


def test_corrections_are_those_of_the_research(
    research: Callable[[str], list[tuple[str, Line]]],
) -> None:
    rows = research("corrections")
    lines = ledger(*CORRECTIONS)
    assert len(rows) == len(lines)
    by_number = {line["line"]: line for line in lines}
    for number, row in rows:
        line = by_number[number]
        assert (line["file"], line["field"]) == (row["file"], row["field"]), number
        assert line["key"] in {row["key"], RENAMED.get(row["key"], row["key"])}, number


def test_missing_items_are_those_of_the_research(
    research: Callable[[str], list[tuple[str, Line]]],
) -> None:
    rows = research("missing")
    assert len(rows) == len(ledger(*MISSING))
    assert list(differing(rows, ledger(*MISSING), {"kind": "kind"})) == []
