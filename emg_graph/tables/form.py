"""The one canonical form of a table, and its writing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from emg_graph.errors import DataError, Problem
from emg_graph.records import RECORDS, Row, columns
from emg_graph.tables.lines import TableFile, parsed, read_lines, tidied
from emg_graph.tables.misnamed import faults, misnamed
from emg_graph.tables.overlay import open_overlays

Lines = Iterable[tuple[int, list[str] | Problem]]


def canonical(text: str, model: type[Row]) -> str:
    """Return a table's text in canonical form: column order, sorted rows and lists, LF, UTF-8.

    Values are not checked.

    Raises:
        DataError: the text is not a table of the model, so that something would be lost.
    """
    table = TableFile(model, Path())
    return _written(parsed(text.removeprefix("\ufeff"), table), table)


def format_folder(
    folder: Path | None,
    write: Callable[[Path, str], None] | None = None,
    overlays: Sequence[Path] = (),
) -> tuple[str, ...]:
    """Return the names of the tables that are not in canonical form, writing them if asked.

    Args:
        folder: a folder of every table, or None for the overlays alone.
        write: called with each file that is to change and its text.
        overlays: folders of some tables, with some of their columns each.

    Raises:
        DataError: some file is missing or no table; then nothing is written.
    """
    tables = [TableFile(model, folder) for model in RECORDS.values()] if folder else []
    whole = [table for table in tables if table.wanted]
    opened = open_overlays(overlays)
    problems = [*faults(misnamed(folder) if folder else ())]
    problems += [problem for overlay in opened for problem in overlay.problems]
    total = len(problems)
    forms: dict[TableFile, str] = {}
    for table in [*whole, *(table for overlay in opened for table in overlay.tables)]:
        try:
            forms[table] = _written(read_lines(table), table)
        except DataError as error:
            problems.extend(error.problems)
            total += error.total
    if problems:
        raise DataError(problems, total)
    changed = [one for one, form in forms.items() if one.file.read_bytes() != form.encode()]
    if write:
        for table in changed:
            write(table.file, forms[table])
    return tuple(table.path for table in changed)


def _written(lines: Lines, table: TableFile) -> str:
    found = [line for _, line in lines]
    if problems := [line for line in found if isinstance(line, Problem)]:
        raise DataError(problems)
    header, *rows = [line for line in found if not isinstance(line, Problem)]
    many = {column.name for column in columns(table.model) if column.many}
    places = [(header.index(name), name in many) for name in table.known if name in header]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header[i] for i, _ in places)
    writer.writerows(sorted([tidied(row[i], many=many) for i, many in places] for row in rows))
    return buffer.getvalue()
