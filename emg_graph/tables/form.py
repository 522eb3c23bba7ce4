"""The one canonical form of a table, and its writing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from emg_graph.errors import DataError, Problem
from emg_graph.records import RECORDS, Row, columns
from emg_graph.tables.lines import parsed, read_lines, tidied

Lines = Iterable[tuple[int, list[str] | Problem]]


def canonical(text: str, model: type[Row]) -> str:
    """Return a table's text in canonical form: column order, sorted rows and lists, LF, UTF-8.

    Values are not checked.

    Raises:
        DataError: the text is not a table of the model, so that something would be lost.
    """
    return _written(parsed(text.removeprefix("\ufeff"), f"{model.TABLE}.csv", model), model)


def format_folder(
    folder: Path, write: Callable[[Path, str], None] | None = None
) -> tuple[str, ...]:
    """Return the names of the tables that are not in canonical form, writing them if asked.

    Raises:
        DataError: some file is missing or no table; then nothing is written.
    """
    forms: dict[Path, str] = {}
    problems: list[Problem] = []
    total = 0
    for name, model in RECORDS.items():
        file = folder / f"{name}.csv"
        try:
            forms[file] = _written(read_lines(file, model), model)
        except DataError as error:
            problems.extend(error.problems)
            total += error.total
    if problems:
        raise DataError(problems, total)
    changed = [file for file, form in forms.items() if file.read_bytes() != form.encode()]
    if write:
        for file in changed:
            write(file, forms[file])
    return tuple(file.name for file in changed)


def _written(lines: Lines, model: type[Row]) -> str:
    found = [line for _, line in lines]
    if problems := [line for line in found if isinstance(line, Problem)]:
        raise DataError(problems)
    header, *rows = [line for line in found if not isinstance(line, Problem)]
    places = [(header.index(column.name), column.many) for column in columns(model)]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.name for column in columns(model))
    writer.writerows(sorted([tidied(row[i], many=many) for i, many in places] for row in rows))
    return buffer.getvalue()
