"""What a comparison of two snapshots says, before it is put into a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from emg_graph.analysis.comparison.change import (
    ADDED,
    CHANGED,
    CLAIM,
    ENDED,
    THING,
    Change,
    Value,
)
from emg_graph.analysis.comparison.collaboration import Collaboration
from emg_graph.analysis.comparison.snapshot import Snapshot
from emg_graph.analysis.method import Method
from emg_graph.answers import Table, Tabular, to_html

NOTE = (
    "This compares two states of the record, not of the world. What is added may be newly read"
    " and not new; a row that is gone is no longer on record, which does not say that the work"
    " has ended. Ended are rows that are gone, were retired, or now have an end on record and are"
    " not said to be current."
)
"""What the answer means and what it does not."""
UNCHANGED = "Nothing changed"
COLUMNS = (
    "change", "how", "table", "sort", "id", "name", "basis", "column", "old", "new",
    "source", "locator",
)  # fmt: skip
Group = tuple[tuple[str, str], tuple[Change, ...]]
"""The table and the kind of change, and the rows."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two snapshots: what it is, and how many rows it holds of each table."""

    name: str
    form: str
    version: str
    data_hash: str
    rows: Mapping[str, int]

    @property
    def line(self) -> str:
        """What it is, in one line."""
        return f"{self.name} ({self.what})"

    @property
    def what(self) -> str:
        """The same without its name."""
        data = f"data {self.version}, sha256 {self.data_hash[:12]}"
        return f"{self.form}, {data}, {sum(self.rows.values()):,} rows"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a table there were and are, and how many of them changed how."""

    sort: str
    """``thing`` or ``claim``."""
    table: str
    old: int
    new: int
    added: int
    ended: int
    changed: int
    not_stated: int
    """Of these, claims that are inferred or hold only through a mechanism."""
    editorial: int
    """Rows of which only editorial columns differ, which are counted nowhere else."""


@dataclass(frozen=True)
class Comparison(Tabular):
    """What was added, has ended and has changed from one snapshot to another."""

    old: Side
    new: Side
    every: tuple[Change, ...]
    """All that was asked for, by table, kind of change and name."""
    collaboration: Collaboration
    sources: Mapping[str, Mapping[str, str]]
    """The cells of every source, by id; the later snapshot's where both have it."""
    method: Method
    editorial: bool = False
    """Whether rows are told of which only editorial columns differ."""
    same: bool = False
    """Whether both are one folder."""

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The rows that are told."""
        return tuple(one for one in self.every if self.editorial or not one.editorial)

    @property
    def hidden(self) -> int:
        """How many rows are not told, as only editorial columns of them differ."""
        return len(self.every) - len(self.changes)

    @property
    def groups(self) -> Iterator[Group]:
        """The rows that are told, by table and kind of change."""
        for key, found in groupby(self.changes, key=lambda one: (one.table, one.change)):
            yield key, tuple(found)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The tables of which any row differs, each with its counts."""
        found: dict[str, list[Change]] = {}
        for one in self.every:
            found.setdefault(one.table, []).append(one)
        return tuple(
            Tally(
                changes[0].sort, table, self.old.rows.get(table, 0), self.new.rows.get(table, 0),
                _counted(changes, ADDED), _counted(changes, ENDED), _counted(changes, CHANGED),
                sum(one.not_stated and not one.editorial for one in changes),
                sum(one.editorial for one in changes),
            )
            for table, changes in found.items()
        )  # fmt: skip

    @property
    def finding(self) -> str:
        """How much changed, in a sentence or two."""
        chosen = [f"{name} {value}" for name, value in self.method.parameters if name in _ASKED]
        of_what = f" (asked for: {', '.join(chosen)})" if chosen else ""
        if not self.every:
            both = "both are the same folder" if self.same else "the two say the same"
            return f"{UNCHANGED}: {both}{of_what}."
        counts = ". ".join(
            f"{sort.capitalize()}s: {_told([one for one in self.every if one.sort == sort])}"
            for sort in (THING, CLAIM)
        )
        editorial = sum(one.editorial for one in self.every)
        more = f" Only in a note, a confidence or a date of reading: {editorial:,}"
        more += " (not shown; --all shows them)." if self.hidden else "."
        return f"{counts}{of_what}.{more if editorial else ''}"

    def to_table(self, limit: int = 0) -> Table:
        """Return a row for each cell that differs, and for each row added or gone.

        Of each group only the first so many rows of the data are told; 0 tells all.
        """
        told = (one for _, group in self.groups for one in group[: limit or None])
        return Table(COLUMNS, tuple(row for one in told for row in _rows(one)))

    def _repr_html_(self) -> str:
        title = f"From {self.old.name} to {self.new.name}"
        return to_html(((None, self.to_table()),), title, f"{self.finding} {NOTE}", UNCHANGED)


_ASKED = ("kind", "about")


def side(snapshot: Snapshot) -> Side:
    """Return what is said of a snapshot."""
    counts = {table: len(rows) for table, rows in snapshot.rows.items()}
    return Side(snapshot.name, snapshot.form, snapshot.version, snapshot.data_hash, counts)


def _told(changes: Sequence[Change]) -> str:
    """Say how many rows were added, have ended and have changed."""
    added, ended, changed = (_counted(changes, kind) for kind in (ADDED, ENDED, CHANGED))
    gone = sum(one.gone for one in changes)
    ways = f" ({gone:,} of them gone from the record)" if gone else ""
    return f"{added:,} added, {ended:,} ended{ways}, {changed:,} changed"


def _counted(changes: Sequence[Change], kind: str) -> int:
    return sum(one.change == kind and not one.editorial for one in changes)


def _rows(one: Change) -> Iterator[tuple[str | None, ...]]:
    cited = (one.citation.source, one.citation.locator) if one.citation else (None, None)
    for value in one.values or (Value("", "", ""),):
        cells = (value.column or None, value.old or None, value.new or None)
        known = (one.change, one.how or None, one.table, one.sort, one.id, one.name)
        yield (*known, one.cells.get("basis"), *cells, *cited)
