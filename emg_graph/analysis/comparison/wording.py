"""What rows are called, in words, with the names that the two snapshots hold."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from emg_graph.analysis.comparison.snapshot import Snapshot
from emg_graph.records import Claim, Column, Row, Thing, columns

ASIDE = frozenset({"as_of_on", "from_on", "locator", "source", "to_on"})
"""Columns that make a claim what it is by when and where it is said, not by what."""
_CALLED = ("short_name", "acronym", "name", "label", "symbol", "title")
_NAMED = ("name", "title")
JOIN = " · "


class Wording:
    """The names of things, the later snapshot's first."""

    def __init__(self, *snapshots: Snapshot) -> None:
        self._called = {
            thing.id: called(thing) for snapshot in snapshots for thing in snapshot.things()
        }

    def called(self, identifier: str) -> str:
        """Return the shortest name of a thing, or its id where it has none."""
        return self._called.get(identifier, identifier)

    def named(self, row: Row) -> str:
        """Return what a row is about: the name of a thing, or who says what of whom."""
        if isinstance(row, Thing):
            found = (getattr(row, name, None) for name in _NAMED)
            return next((str(name) for name in found if name), called(row))
        assert isinstance(row, Claim)
        parts = (column for column in columns(type(row)) if column.name in row.IDENTITY)
        said = (text for column in parts for text in self._said(row, column))
        return JOIN.join(said)

    def _said(self, row: Claim, column: Column) -> Iterator[str]:
        if column.name not in ASIDE:
            for text in texts(row, column):
                yield self.called(text) if column.ref or column.concept else text


def texts(row: Row, column: Column) -> tuple[str, ...]:
    """Return the single values of a cell; of a number, however written, as a graph keeps it.

    >>> from emg_graph.records import ConceptRecord
    >>> row = ConceptRecord(id="a", scheme="b", label="c", definition="d")
    >>> [texts(row, column) for column in columns(ConceptRecord)[:5]]
    [('a',), ('b',), ('c',), ('d',), ()]
    """
    value = getattr(row, column.name)
    if value is None:
        return ()
    if column.number:
        return (f"{Decimal(value).normalize() + 0:f}",)
    return tuple(value) if column.many else (str(value),)


def called(thing: Thing) -> str:
    """Return the shortest name of a thing, or its id where it has none."""
    found = (getattr(thing, name, None) for name in _CALLED)
    return next((str(name) for name in found if name), thing.id)
