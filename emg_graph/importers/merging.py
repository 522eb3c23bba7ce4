"""Rows of documents merged into a data folder: added, changed, left; never over a person's."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from emg_graph import files
from emg_graph.errors import DataError, OutputError, Problem
from emg_graph.importers.drafts import Draft
from emg_graph.records import RECORDS, Row, SourceRecord, columns
from emg_graph.tables import canonical, read_tables
from emg_graph.tables.cells import identifying
from emg_graph.tables.lines import TableFile, read_lines, tidied

Key = tuple[str, ...]
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a document gives otherwise; ``after`` is empty if it does not give it at all."""

    table: str
    key: Key
    before: Cells
    after: Cells

    @property
    def differing(self) -> tuple[str, ...]:
        """The columns in which the two differ."""
        return tuple(name for name, cell in self.after.items() if cell != self.before[name])


@dataclass(slots=True)
class Merge:
    """What an import does to a folder."""

    added: list[Draft] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    left: list[Draft] = field(default_factory=list)
    reviewed: list[Change] = field(default_factory=list)
    """Rows that a person has edited and that the document gives otherwise: they stay."""
    gone: list[Change] = field(default_factory=list)
    """Rows of the same sources that the documents do not give any more: they stay."""
    texts: dict[str, str] = field(default_factory=dict)
    """The new text of each table that changes, things before claims."""


def merge(folder: Path, drafts: Iterable[Draft]) -> Merge:
    """Lay the rows of documents over the tables of a folder, without writing anything.

    A row is known by its id or, for a claim, by what makes the claim, and where a person has edited
    just that, by the place in its source; of several drafts of one row the first counts. An empty
    cell of a document keeps what the table has. A thing that another source describes stays as it
    is unless the document was issued later; rows of tables that no importer reviews are only added
    to.

    Raises:
        DataError: a table of the folder is malformed.
    """
    given: dict[str, list[Draft]] = {}
    for draft in drafts:
        given.setdefault(draft.table, []).append(draft)
    found = Merge()
    issued = {row["id"]: row["issued_on"] for row in _rows(TableFile(SourceRecord, folder))}
    for draft in given.get(SourceRecord.TABLE, ()):
        issued.setdefault(draft.values["id"], draft.values.get("issued_on", ""))
    for table, model in RECORDS.items():
        if table in given:
            _merge_table(TableFile(model, folder), given[table], issued, found)
    return found


def write(folder: Path, merged: Merge) -> None:
    """Put the new texts of tables in place, once all of them together have been checked.

    Whatever stops it between two tables, those that it has written are put back.

    Raises:
        DataError: the folder would have problems; nothing is changed.
        OutputError: a file cannot be written; nothing is changed.
    """
    with TemporaryDirectory() as trial:
        for file in folder.glob("*.csv"):
            shutil.copy(file, trial)
        for table, text in merged.texts.items():
            (Path(trial) / f"{table}.csv").write_text(text, encoding="utf-8")
        read_tables(Path(trial))
    written: dict[Path, bytes | None] = {}
    try:
        for table, text in merged.texts.items():
            file = folder / f"{table}.csv"
            written[file] = file.read_bytes() if file.exists() else None
            files.replace(file, text.encode())
    except BaseException as error:
        for file, before in written.items():
            _put_back(file, before)
        if isinstance(error, OSError):
            raise OutputError(f"{file} cannot be written: {error.strerror}") from error
        raise


def _put_back(file: Path, before: bytes | None) -> None:
    if before is None:
        file.unlink(missing_ok=True)
    elif file.read_bytes() != before:
        files.replace(file, before)


def _merge_table(
    table: TableFile, given: Sequence[Draft], issued: Mapping[str, str], found: Merge
) -> None:
    """Sort the drafts of one table into what they do to it."""
    model = table.model
    before = {_key(cells, model): cells for cells in _rows(table)}
    drafts: dict[Key, tuple[Draft, Cells]] = {}
    for draft in given:
        cells = _cells(draft, model)
        drafts.setdefault(_key(cells, model), (draft, cells))
    after, seen = dict(before), set(drafts)
    reviewed = {key: row for key, row in before.items() if row.get("reviewed_on")}
    for key, (draft, cells) in drafts.items():
        own = key if key in before else _edited(cells, reviewed, seen, model)
        seen.add(own or key)
        after[own or key] = _settled(draft, cells, before.get(own or key), issued, found)
    found.gone.extend(_gone(before, seen, given, model))
    if after != before:
        found.texts[model.TABLE] = _text(after.values(), model)


def _edited(
    cells: Cells, reviewed: Mapping[Key, Cells], seen: Container[Key], model: type[Row]
) -> Key | None:
    """Return the reviewed row that a person has made of a document's by changing what it is.

    It names the same place of the same source, and no draft gives it.
    """
    names = identifying(model)
    likeness = {
        key: sum(cells[name] == row[name] for name in names)
        for key, row in reviewed.items()
        if key not in seen
        and all(cells.get(name) == row.get(name) for name in ("source", "locator"))
    }
    return max(likeness, key=lambda key: likeness[key], default=None)


def _settled(
    draft: Draft, cells: Cells, before: Cells | None, issued: Mapping[str, str], found: Merge
) -> Cells:
    """Return the row as it is to stand, and note what has been done."""
    if before is None:
        found.added.append(draft)
        return cells
    after = {name: cell or before[name] for name, cell in cells.items()}
    change = Change(draft.table, _key(before, RECORDS[draft.table]), before, after)
    if before.get("reviewed_on") and _disputed(change):
        found.reviewed.append(change)
        return before
    if (
        not change.differing
        or before.get("reviewed_on")
        or "reviewed_on" not in before
        or not _prevails(change, issued)
    ):
        found.left.append(draft)
        return before
    found.changed.append(change)
    return after


def _disputed(change: Change) -> bool:
    """Tell whether a document differs in more than where it says it."""
    return bool({*change.differing} - {"source", "locator"})


def _prevails(change: Change, issued: Mapping[str, str]) -> bool:
    """Tell whether a row's document is the one that describes it already, or a later one."""
    known, new = (row["source"] for row in (change.before, change.after))
    then, now = issued.get(known, ""), issued.get(new, "")
    return known == new or (bool(then) and now[: len(then)] > then[: len(now)])


def _gone(
    before: Mapping[Key, Cells], seen: set[Key], given: Sequence[Draft], model: type[Row]
) -> Iterator[Change]:
    """Yield the rows of the drafts' own sources, and about their years, that no draft gives."""
    about = {(draft.values.get("source"), draft.values.get("year_on")) for draft in given}
    for key, cells in before.items():
        known = (cells.get("source"), cells.get("year_on"))
        if key not in seen and "reviewed_on" in cells and known in about:
            yield Change(model.TABLE, key, cells, {})


def _key(cells: Cells, model: type[Row]) -> Key:
    return tuple(cells[name] for name in identifying(model))


def _cells(draft: Draft, model: type[Row]) -> Cells:
    """Return a draft's cells in canonical form, one for each column."""
    known = columns(model)
    assert draft.values.keys() <= {column.name for column in known}, draft
    return {
        column.name: tidied(draft.values.get(column.name, ""), many=column.many) for column in known
    }


def _rows(table: TableFile) -> Iterator[Cells]:
    """Yield the rows of a table in canonical form; there are none where it has no file yet."""
    if not table.wanted:
        return
    many = {column.name for column in columns(table.model) if column.many}
    header: list[str] = []
    for _, cells in read_lines(table):
        if isinstance(cells, Problem):
            raise DataError([cells])
        if header:
            pairs = zip(header, cells, strict=True)
            yield {name: tidied(cell, many=name in many) for name, cell in pairs}
        header = header or cells


def _text(rows: Iterable[Cells], model: type[Row]) -> str:
    names = [column.name for column in columns(model)]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return canonical(buffer.getvalue(), model)
