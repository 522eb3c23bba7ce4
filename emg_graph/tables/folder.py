"""The data folder read and checked: every problem of every file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from emg_graph.errors import DataError, Problem
from emg_graph.records import RECORDS, Claim, Column, Row, Thing, columns
from emg_graph.tables.lines import read_lines, tidied
from emg_graph.tables.reading import Reading, note_identity, note_references, unsettled

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table of a data folder, checked: rows by table name, things by id."""

    rows: Mapping[str, tuple[Row, ...]]
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The line of each row in its file."""

    def things(self) -> Iterator[Thing]:
        """Yield every row that describes a thing."""
        return (row for rows in self.rows.values() for row in rows if isinstance(row, Thing))

    def claims(self) -> Iterator[Claim]:
        """Yield every row of evidence."""
        return (row for rows in self.rows.values() for row in rows if isinstance(row, Claim))


def read_tables(folder: Path) -> Tables:
    """Read and check every table of a data folder.

    Raises:
        DataError: one or more files are missing, malformed or contradict each other.
    """
    reading = Reading()
    rows: dict[str, tuple[Row, ...]] = {}
    lines: dict[str, tuple[int, ...]] = {}
    for name, model in RECORDS.items():
        read = list(_read_table(folder, name, model, reading))
        rows[name] = tuple(row for _, row in read)
        lines[name] = tuple(line for line, _ in read)
    for problem in unsettled(reading):
        reading.problems.add(problem)
    if reading.problems.total:
        raise DataError(reading.problems.kept, reading.problems.total)
    return Tables(rows, lines)


def _read_table(
    folder: Path, name: str, model: type[Row], reading: Reading
) -> Iterator[tuple[int, Row]]:
    path = f"{name}.csv"
    known = {column.name: column for column in columns(model)}
    header: list[Column] = []
    for line, cells in read_lines(folder / path, model):
        if isinstance(cells, Problem):
            reading.problems.add(cells)
            reading.unread.add(name)
        elif not header:
            header = [known[cell] for cell in cells]
        else:
            record = _record(path, line, cells, header, model, reading)
            if record is not None and not reading.problems.total:
                yield line, record


def _record(
    path: str,
    line: int,
    row: Sequence[str],
    header: Sequence[Column],
    model: type[Row],
    reading: Reading,
) -> Row | None:
    """Check one row; note its problems, its id or identity, and what it refers to."""
    values = {
        column.name: tidied(cell, many=column.many)
        for column, cell in zip(header, row, strict=True)
    }
    found = [*_missing(path, line, header, values), *_controls(path, line, values)]
    try:
        record = model.model_validate({name: cell for name, cell in values.items() if cell})
    except ValidationError as error:
        found.extend(_invalid(path, line, values, error))
        record = None
    wrong = {problem.column for problem in found}
    found.extend(_disorder(path, line, values, [p for p in model.ORDERED if wrong.isdisjoint(p)]))
    reading.problems.extend(found)
    note_references(path, line, header, values, reading)
    note_identity(path, line, values, model, reading)
    return None if found else record


def _missing(
    path: str, line: int, header: Sequence[Column], values: Mapping[str, str]
) -> Iterator[Problem]:
    for column in header:
        if column.required and not values[column.name]:
            if column.name == "source":
                message, hint = "is empty", "every row cites a source: name one of sources.csv"
            else:
                message, hint = "is empty", "this column is required"
            yield Problem(path, line, column.name, None, message, hint)


def _controls(path: str, line: int, values: Mapping[str, str]) -> Iterator[Problem]:
    """Report characters that no text needs and a terminal may obey."""
    for name, cell in values.items():
        if control := _CONTROL.search(cell):
            code = f"U+{ord(control[0]):04X}"
            yield Problem(path, line, name, None, f"holds a control character, {code}", "remove it")


def _disorder(
    path: str, line: int, values: Mapping[str, str], pairs: Sequence[tuple[str, str]]
) -> Iterator[Problem]:
    """Report an end before its start, compared only as finely as both are given."""
    for first, second in pairs:
        start, end = values[first], values[second]
        fine = min(len(start), len(end))
        if fine and end[:fine] < start[:fine]:
            message = f"is before {first}, {start}"
            yield Problem(path, line, second, end, message, "correct one of the two")


def _invalid(
    path: str, line: int, values: Mapping[str, str], error: ValidationError
) -> Iterator[Problem]:
    """Put pydantic's findings into our words; what is merely missing is told elsewhere."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "missing":
            continue
        name = str(detail["loc"][0])
        cell = values.get(name, "")
        if detail["type"] == "literal_error":
            message = f"is not one of {detail['ctx']['expected']}"
            yield Problem(path, line, name, cell, message)
            continue
        part = detail["input"] if isinstance(detail["input"], str) else cell
        message, _, hint = detail["msg"].removeprefix("Value error, ").partition("; ")
        yield Problem(path, line, name, part, message, hint)
