"""The data folder read and checked: every problem of every file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from emg_graph.errors import DataError, Problem
from emg_graph.records import RECORDS, Claim, Row, Thing, columns
from emg_graph.tables.cells import Cells, Place
from emg_graph.tables.laying import laid_over
from emg_graph.tables.lines import TableFile, read_cells
from emg_graph.tables.misnamed import faults, likeliest, misnamed
from emg_graph.tables.overlay import Overlay, open_overlays
from emg_graph.tables.reading import Reading, note_identity, note_references
from emg_graph.tables.settling import unsettled

_UNASKED: set[str] = set()
"""Stands for the fields that were given, which nobody asks: a set a row takes half its memory."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a data folder, checked: rows by table name, things by id."""

    rows: Mapping[str, tuple[Row, ...]]
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    """Where each row stands."""

    def __len__(self) -> int:
        """Return the number of rows of all tables."""
        return sum(map(len, self.rows.values()))

    def things(self) -> Iterator[Thing]:
        """Yield every row that describes a thing."""
        return (row for rows in self.rows.values() for row in rows if isinstance(row, Thing))

    def claims(self) -> Iterator[Claim]:
        """Yield every row of evidence."""
        return (row for rows in self.rows.values() for row in rows if isinstance(row, Claim))

    def homes(self) -> dict[str, Place]:
        """Return where each thing stands, by its id."""
        return {row.id: place for row, place in self.placed() if isinstance(row, Thing)}

    def placed(self) -> Iterator[tuple[Row, Place]]:
        """Yield every row with the place where it stands."""
        for name, rows in self.rows.items():
            yield from zip(rows, self.places[name], strict=True)


def read_tables(folder: Path, overlays: Sequence[Path] = ()) -> Tables:
    """Read and check every table of a data folder, with overlays laid over them.

    Args:
        folder: a folder of every table; those that importers fill may be absent.
        overlays: folders of some tables each, a later one over an earlier.

    Raises:
        DataError: one or more files are missing, malformed or contradict each other.
    """
    reading = Reading()
    wrong = misnamed(folder)
    reading.problems.extend(faults(wrong))
    reading.unread.update(likeliest(wrong))
    opened = open_overlays(overlays)
    for overlay in opened:
        reading.problems.extend(overlay.problems)
        reading.unread.update(overlay.missed)
    rows: dict[str, tuple[Row, ...]] = {}
    places: dict[str, tuple[Place, ...]] = {}
    for name, model in RECORDS.items():
        read = list(_read_table(TableFile(model, folder), opened, reading))
        rows[name] = tuple(row for _, row in read)
        places[name] = tuple(place for place, _ in read)
    for problem in unsettled(reading):
        reading.problems.add(problem)
    if reading.problems.total:
        raise DataError(reading.problems.kept, reading.problems.total)
    return Tables(rows, places)


def _read_table(
    table: TableFile, overlays: Sequence[Overlay], reading: Reading
) -> Iterator[tuple[Place, Row]]:
    """Yield the rows of a table that are right, as long as no row of any is wrong."""
    rows = read_cells(table, reading) if table.wanted else iter(())
    for overlay in overlays:
        if upper := overlay.table(table.model):
            rows = laid_over(rows, upper, reading)
    for row in rows:
        record = _record(row, table.model, reading)
        if record is not None and not reading.problems.total:
            yield row.place, record


def _record(row: Cells, model: type[Row], reading: Reading) -> Row | None:
    """Check one row; note its problems, its id or identity, and what it refers to."""
    found = [*_missing(row, model), *_controls(row)]
    try:
        record = model.model_validate({name: cell for name, cell in row.values.items() if cell})
        object.__setattr__(record, "__pydantic_fields_set__", _UNASKED)
    except ValidationError as error:
        found.extend(_invalid(row, error))
        record = None
    wrong = {problem.column for problem in found}
    found.extend(_disorder(row, [pair for pair in model.ORDERED if wrong.isdisjoint(pair)]))
    reading.problems.extend(found)
    note_references(row, model, reading)
    note_identity(row, model, reading)
    return None if found else record


def _missing(row: Cells, model: type[Row]) -> Iterator[Problem]:
    for column in columns(model):
        if column.required and not row.values[column.name] and column.name not in row.told:
            if column.name == "source":
                message, hint = "is empty", "every row cites a source: name one of sources.csv"
            else:
                message, hint = "is empty", "this column is required"
            yield row.at(column.name).problem(column.name, None, message, hint)


def _controls(row: Cells) -> Iterator[Problem]:
    """Report characters that no text needs and a terminal may obey."""
    for name, cell in row.values.items():
        if control := _CONTROL.search(cell):
            message = f"holds a control character, U+{ord(control[0]):04X}"
            yield row.at(name).problem(name, None, message, "remove it")


def _disorder(row: Cells, pairs: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Report an end before its start, compared only as finely as both are given."""
    for first, second in pairs:
        start, end = row.values[first], row.values[second]
        fine = min(len(start), len(end))
        if fine and end[:fine] < start[:fine]:
            message = f"is before {first}, {start}"
            yield row.place.problem(second, end, message, "correct one of the two")


def _invalid(row: Cells, error: ValidationError) -> Iterator[Problem]:
    """Put pydantic's findings into our words; what is merely missing is told elsewhere."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "missing":
            continue
        name = str(detail["loc"][0])
        cell = row.values.get(name, "")
        if detail["type"] == "literal_error":
            message = f"is not one of {detail['ctx']['expected']}"
            yield row.at(name).problem(name, cell, message)
            continue
        part = detail["input"] if isinstance(detail["input"], str) else cell
        message, _, hint = detail["msg"].removeprefix("Value error, ").partition("; ")
        yield row.at(name).problem(name, part, message, hint)
