"""One row that two snapshots do not hold alike, and in which cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emg_graph.analysis.claims import Citation

ADDED, ENDED, CHANGED = "added", "ended", "changed"
CHANGES = (ADDED, ENDED, CHANGED)
THING, CLAIM = "thing", "claim"

EDITORIAL = ("accessed_on", "confidence", "note", "reviewed_on", "verified_on")
"""The columns that say how a row was read and judged, and nothing new of what it is about."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that is not the same in the two; empty where there was nothing."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was added, has ended or has changed."""

    change: str
    """``added``, ``ended`` or ``changed``."""
    how: str
    """In what way it has ended, or what else there is to know of it; may be empty."""
    table: str
    sort: str
    """``thing`` or ``claim``."""
    id: str
    """The id of a thing, the IRI of a claim; of a claim whose IRI is another now, the new one."""
    name: str
    """What the row is about, in words."""
    values: tuple[Value, ...]
    """The cells that differ; none of a row that one of the two does not hold at all."""
    cells: Mapping[str, str]
    """What the row says, without its empty cells: in the new snapshot, else in the old."""
    things: frozenset[str]
    """The ids of everything that the row is about or refers to, before and after."""
    citation: Citation | None
    """Where it stands; of a source, which is evidence itself, nowhere."""

    @property
    def editorial(self) -> bool:
        """Whether only editorial columns differ."""
        return bool(self.values) and all(value.column in EDITORIAL for value in self.values)

    @property
    def not_stated(self) -> bool:
        """Whether it is a claim that its source does not state of this very subject."""
        return self.cells.get("basis", "stated") != "stated"

    @property
    def marks(self) -> str:
        """The basis of a claim and how it stands, in brackets; of a thing, nothing."""
        known = ", ".join(filter(None, (self.cells.get("basis"), self.cells.get("standing"))))
        return f" ({known})" if known and self.sort == CLAIM else ""

    @property
    def restated(self) -> bool:
        """Whether it is a claim that is added and that another place said before."""
        return self.change == ADDED and bool(self.how)

    @property
    def gone(self) -> bool:
        """Whether the new snapshot does not hold the row at all."""
        return self.change == ENDED and not self.values
