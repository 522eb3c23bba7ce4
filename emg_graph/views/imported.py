"""What an import did, as text for a terminal and as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from emg_graph.answers import Table
from emg_graph.importers import Change, Draft, Drafts, Merge, Unread
from emg_graph.records import RECORDS
from emg_graph.tables.cells import identifying
from emg_graph.views.rows import render

COLUMNS = ("outcome", "table", "row", "place", "detail")
_FEW = 40
"""How many rows of a kind are listed in a terminal before the rest is counted."""
_FIRST = 5
"""How many are listed of what was left out on purpose, which asks for no look."""


def to_table(drafts: Drafts, merged: Merge) -> Table:
    """Return one row for each row added, changed or left, each thing left out or not understood."""
    return Table(COLUMNS, tuple(_rows(drafts, merged)))


def to_text(drafts: Drafts, merged: Merge, *, dry_run: bool = False) -> str:
    """Return the report to read in a terminal: counts, then everything that asks for a look."""
    return "\n".join(_lines(drafts, merged, dry_run)) + "\n"


def _rows(drafts: Drafts, merged: Merge) -> Iterator[tuple[str, ...]]:
    for outcome, rows in (("added", merged.added), ("left", merged.left)):
        for draft in rows:
            yield outcome, draft.table, _name(draft), _place(draft.values), ""
    for outcome, changes in _changes(merged):
        for change in changes:
            row = "; ".join(filter(None, change.key))
            yield outcome, change.table, row, _place(change.before), _difference(change)
    for one in drafts.unread:
        yield "not understood", "", one.value, f"{one.path}, {one.place}", one.reason
    for other in drafts.omitted:
        yield "left out", "", other.name, f"{other.path}, {other.place}", other.reason


def _changes(merged: Merge) -> Iterator[tuple[str, list[Change]]]:
    yield "changed", merged.changed
    yield "edited by a person", merged.reviewed
    yield "no longer given", merged.gone


def _lines(drafts: Drafts, merged: Merge, dry_run: bool) -> Iterator[str]:
    rows = sum(one.rows for one in drafts.tallies)
    unread = sum(one.unread for one in drafts.tallies)
    share = f" ({unread / rows:.2%})" if unread else ""
    files = "1 file" if len(drafts.tallies) == 1 else f"{len(drafts.tallies):,} files"
    counted_rows = "1 row" if rows == 1 else f"{rows:,} rows"
    yield f"{files} read: {counted_rows}, {unread:,} not understood{share}"
    if len(drafts.tallies) > 1:
        counted = tuple((one.path, one.rows, one.unread) for one in drafts.tallies)
        yield "\n" + render(Table(("file", "rows", "not understood"), counted), "table", 120)
    yield from (f"{one.path}: {one.besides}" for one in drafts.tallies if one.besides)
    yield "\n" + render(_counted(merged), "table", 120)
    for title, found in _listed(drafts, merged):
        yield from _cut(title, found, _FEW)
    if drafts.omitted:
        yield from _cut("Left out on purpose", [*map(str, drafts.omitted)], _FIRST)
    if dry_run:
        yield "Nothing was written (--dry-run)."
    elif not merged.texts:
        yield "Nothing has changed."


def _cut(title: str, found: Sequence[str], most: int) -> Iterator[str]:
    """Yield a list as far as it is short enough for a terminal, and how many more there are."""
    yield f"{title} ({len(found):,}):"
    yield from (f"  {line}" for line in found[:most])
    if (more := len(found) - most) > 0:
        yield f"  … and {more:,} more; --format csv lists all"
    yield ""


def _counted(merged: Merge) -> Table:
    """Return how many rows of each table were added, changed and left."""
    outcomes: tuple[list[Draft] | list[Change], ...] = (
        merged.added, merged.changed, merged.left, merged.reviewed, merged.gone,
    )  # fmt: skip
    counts = [Counter(row.table for row in rows) for rows in outcomes]
    header = ("table", "added", "changed", "left", "edited by a person", "no longer given")
    touched = [table for table in RECORDS if any(table in count for count in counts)]
    return Table(header, tuple((table, *(count[table] for count in counts)) for table in touched))


def _listed(drafts: Drafts, merged: Merge) -> Iterator[tuple[str, list[str]]]:
    """Yield what asks for a look, with a title for each kind."""
    found: list[tuple[str, list[Change] | list[Unread]]] = [
        ("Not understood", drafts.unread),
        ("Edited by a person and given otherwise: left", merged.reviewed),
        ("Changed", merged.changed),
        ("No longer given by the document: left", merged.gone),
    ]
    for title, things in found:
        if things:
            yield title, [_told(thing) for thing in things]


def _told(thing: Change | Unread) -> str:
    if isinstance(thing, Unread):
        return str(thing)
    row = "; ".join(filter(None, thing.key))
    return f"{thing.table}: {row}{_difference(thing, before=': ')}"


def _difference(change: Change, before: str = "") -> str:
    """Say what differs, column by column."""
    parts = (
        f"{name} {change.before[name] or '(empty)'!r} → {change.after[name]!r}"
        for name in change.differing
    )
    text = ", ".join(parts)
    return f"{before}{text}" if text else ""


def _name(draft: Draft) -> str:
    cells = (draft.values.get(name, "") for name in identifying(RECORDS[draft.table]))
    return "; ".join(filter(None, cells))


def _place(values: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (values.get("source"), values.get("locator"))))
