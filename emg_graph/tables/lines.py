"""The lines of one table's file: decoded, the header checked, the cells of each row counted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import Problem
from emg_graph.records import SEPARATOR, Row, columns
from emg_graph.tables.cells import Cells, Place, identifying
from emg_graph.tables.reading import Reading, close

RETIRED = "retired"
"""The column of an overlay that says of a row below that it no longer holds."""
_LINE = re.compile(r".*\n|.+")
"""A line ends with a line feed alone, unlike those of ``str.splitlines``."""
_EXCEL = "(in Excel: 'CSV UTF-8 (comma delimited)')"


@dataclass(frozen=True, slots=True)
class TableFile:
    """The file of a table: what problems call it, what its header may hold and must hold.

    In an overlay, a layer above 0, columns may be left out and there may be no rows yet.
    """

    model: type[Row]
    folder: Path
    label: str = ""
    layer: int = 0

    @property
    def file(self) -> Path:
        """Where the table is read."""
        return self.folder / f"{self.model.TABLE}.csv"

    @property
    def path(self) -> str:
        """What problems call the file."""
        return f"{self.label}/{self.file.name}" if self.layer else self.file.name

    @property
    def known(self) -> tuple[str, ...]:
        """The columns that the header may hold, in their canonical order."""
        names = tuple(column.name for column in columns(self.model))
        return (*names, RETIRED) if self.layer else names

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that the header must hold."""
        if not self.layer:
            return self.known
        names = identifying(self.model)
        return tuple(one.name for one in columns(self.model) if one.required and one.name in names)

    @property
    def wanted(self) -> bool:
        """Whether the file is there or ought to be."""
        return not self.model.OPTIONAL or self.file.exists()


def read_cells(table: TableFile, reading: Reading) -> Iterator[Cells]:
    """Yield the rows of a table; note the problem of each that is malformed."""
    many = {column.name for column in columns(table.model) if column.many}
    header: list[str] = []
    for line, cells in read_lines(table):
        if isinstance(cells, Problem):
            reading.problems.add(cells)
            reading.unread.add(table.model.TABLE)
        elif not header:
            header = cells
        else:
            pairs = zip(header, cells, strict=True)
            values = {name: tidied(cell, many=name in many) for name, cell in pairs}
            yield Cells(Place(table.path, line, table.layer), values)


def read_lines(table: TableFile) -> Iterator[tuple[int, list[str] | Problem]]:
    """Yield a table's header and rows, each with its line; a problem where one is malformed."""
    text, problem = _decoded(table)
    if problem:
        yield 1, problem
    else:
        yield from parsed(text, table)


def parsed(text: str, table: TableFile) -> Iterator[tuple[int, list[str] | Problem]]:
    """Do the same for the text of a table.

    After a problem with the header there is nothing more; after one with a row there is.
    """
    path = table.path
    if not text.strip():
        yield 1, Problem(path, None, None, None, "is empty", "its first line names the columns")
        return
    rows = _rows(text, path)
    line, header = next(rows)
    if isinstance(header, Problem):
        yield line, header
        return
    if found := _header_problems(table, header):
        yield from ((line, problem) for problem in found)
        return
    yield line, header
    count = 0
    for line, row in rows:
        count += 1
        yield line, row if isinstance(row, Problem) else _whole(row, path, line, len(header))
    if not count and not table.layer:
        hint = f"add at least one row{', or remove the file' if table.model.OPTIONAL else ''}"
        yield line, Problem(path, None, None, None, "has a header and no rows", hint)


def tidied(cell: str, *, many: bool) -> str:
    """Return a cell in canonical form: single spaces, and a list without order or repetition.

    >>> tidied(" para.  10 ", many=False), tidied("b| a|b|", many=True)
    ('para. 10', 'a|b')
    """
    cell = " ".join(cell.split())
    if many:
        return SEPARATOR.join(sorted({part.strip() for part in cell.split(SEPARATOR)} - {""}))
    return cell


def _decoded(table: TableFile) -> tuple[str, Problem | None]:
    """Return a file's text, or the problem that keeps it from being read."""
    path, file = table.path, table.file
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return "", Problem(path, None, None, None, "is missing", f"expected at {file}")
    except OSError as error:
        return "", Problem(path, None, None, None, f"cannot be read: {error.strerror}")
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found = repr(data[error.start : error.start + 1])[1:]
        message = f"is not UTF-8 (byte {found})"
        return "", Problem(path, line, None, None, message, f"save the file as UTF-8 {_EXCEL}")


def _rows(text: str, path: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """Yield each record with the line on which it starts, up to the first that is not CSV."""
    reader = csv.reader((found[0] for found in _LINE.finditer(text)), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            hint = "look for a quotation mark that is not closed or not doubled"
            yield line, Problem(path, line, None, None, f"is not CSV: {error}", hint)
            return
        if row:
            yield line, row


def _header_problems(table: TableFile, header: Sequence[str]) -> list[Problem]:
    path, expected = table.path, table.known
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        mark = ";" if ";" in header[0] else "tab"
        message = f"separates its cells by {mark!r}"
        return [Problem(path, 1, None, None, message, f"save it with commas {_EXCEL}")]
    found = []
    for name in dict.fromkeys(header):
        if name not in expected:
            near = [other for other in close(name, expected) if other not in header]
            hint = f"did you mean {near[0]!r}?" if near else "remove it or rename it"
            found.append(Problem(path, 1, None, name, "is not a column of this table", hint))
        elif header.count(name) > 1:
            found.append(Problem(path, 1, name, None, "stands twice in the header", "remove one"))
    missing = [name for name in table.needed if name not in header]
    message, hint = "is missing from the header", "add the column"
    return [*found, *(Problem(path, 1, name, None, message, hint) for name in missing)]


def _whole(row: list[str], path: str, line: int, width: int) -> list[str] | Problem:
    """Return the row, or the problem that it has more or fewer cells than the header."""
    if len(row) == width:
        return row
    few = "few" if len(row) < width else "many"
    message = f"has too {few} cells: {len(row)} instead of {width}"
    hint = "quote a cell that holds a comma, and close every quotation mark"
    return Problem(path, line, None, None, message, hint)
