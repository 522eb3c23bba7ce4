"""The rows of one table that two snapshots do not hold alike.

A thing is known by its id and a claim by the columns of which its IRI is made. Two of these tell
how a claim stands rather than what it says, its end and its status: a claim that differs in them
alone is the same one, changed. So is one that says all the same at another place of its source, if
no other row is like it: a place that was put right, and no claim that ended and came again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis.claims import Citation
from emg_graph.analysis.comparison.change import (
    ADDED,
    CHANGED,
    CLAIM,
    EDITORIAL,
    ENDED,
    THING,
    Change,
    Value,
)
from emg_graph.analysis.comparison.wording import ASIDE, Wording, texts
from emg_graph.namespaces import claim_iri
from emg_graph.records import SEPARATOR, Claim, Column, Row, Thing, columns
from emg_graph.tables.cells import identifying

Key = tuple[object, ...]
Retired = Mapping[tuple[str, tuple[str, ...]], str]

_STATES = frozenset({"status", "to_on"})
"""Columns that make a claim's IRI and yet tell only how it stands."""
_PLACE = "locator"
_ENDS = frozenset({"ended_on", "to_on"})
_PLANNED = frozenset({"plan_mentions"})
"""Tables in which an end is one that was planned."""
_OVER = frozenset({("standing", "historic"), ("status", "withdrawn")})


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The rows of a table: those that both hold, and those that one alone does."""

    both: list[tuple[Row, Row]]
    gone: list[Row]
    added: list[Row]


def differing(
    model: type[Row], old: Iterable[Row], new: Iterable[Row], wording: Wording, retired: Retired
) -> Iterator[Change]:
    """Yield the rows of a table that were added, have ended or have changed."""
    before, after = {_key(row): row for row in old}, {_key(row): row for row in new}
    pairs = _paired(model, before, after)
    earlier, later = _said(before.values()), _said(after.values())
    for row in pairs.added:
        known = earlier.get(_statement(row))
        yield _change(ADDED, f"said before in {known}" if known else "", row, None, wording)
    for row in pairs.gone:
        how = _gone(row, retired, later.get(_statement(row)))
        yield _change(ENDED, how, row, None, wording)
    for first, second in pairs.both:
        if values := tuple(_values(first, second)):
            over = "; ".join(_over(values, second))
            yield _change(ENDED if over else CHANGED, over, second, first, wording, values)


def _key(row: Row) -> Key:
    names = row.IDENTITY if isinstance(row, Claim) else ("id",)
    return tuple(getattr(row, name) for name in names)


def _paired(model: type[Row], before: Mapping[Key, Row], after: Mapping[Key, Row]) -> _Pairs:
    both = [(row, after[key]) for key, row in before.items() if key in after]
    gone = {key: row for key, row in before.items() if key not in after}
    added = {key: row for key, row in after.items() if key not in before}
    for alike in _alike(model):
        left, right = _alone(gone.values(), alike), _alone(added.values(), alike)
        same = left.keys() & right.keys()
        both += [(gone.pop(_key(left[key])), added.pop(_key(right[key]))) for key in same]
    return _Pairs(both, list(gone.values()), list(added.values()))


def _alike(model: type[Row]) -> Iterator[list[Column]]:
    """Yield the columns in which two rows of one claim are alike though its IRI is another."""
    if not issubclass(model, Claim):
        return
    every, identity = columns(model), frozenset(model.IDENTITY)
    if _STATES & identity:
        yield [column for column in every if column.name in identity - _STATES]
    if _PLACE in identity:
        yield [column for column in every if column.name not in {_PLACE, *EDITORIAL}]


def _alone(rows: Iterable[Row], alike: Sequence[Column]) -> dict[Key, Row]:
    """Return the rows that no other is like in some columns, by what they say there."""
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(texts(row, column) for column in alike), []).append(row)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _values(old: Row, new: Row) -> Iterator[Value]:
    """Yield the cells that differ."""
    if old.__dict__ == new.__dict__:
        return
    for column in columns(type(new)):
        first, second = texts(old, column), texts(new, column)
        if first != second:
            yield Value(column.name, SEPARATOR.join(first), SEPARATOR.join(second))


def _over(values: Iterable[Value], row: Row) -> Iterator[str]:
    """Say by which cells the record has come to call something ended.

    An end of what is current still, or of what is planned, is ahead.
    """
    ahead = getattr(row, "standing", None) == "current" or row.TABLE in _PLANNED
    for value in values:
        if (value.column, value.new) in _OVER:
            yield f"{value.column} {value.old} → {value.new}"
        elif value.column in _ENDS and value.new and not value.old and not ahead:
            yield f"{value.column} set to {value.new}"


def _gone(row: Row, retired: Retired, still: str | None) -> str:
    """Say how it is that a row is held no longer."""
    known = tuple(SEPARATOR.join(texts(row, column)) for column in _known_by(type(row)))
    if place := retired.get((row.TABLE, known)):
        return f"{'id' if isinstance(row, Thing) else 'claim'} retired in {place}"
    return f"row gone; said still in {still}" if still else "row gone"


def _known_by(model: type[Row]) -> list[Column]:
    every = {column.name: column for column in columns(model)}
    return [every[name] for name in identifying(model)]


def _said(rows: Iterable[Row]) -> Mapping[Key, str]:
    """Return the first place where each statement stands; things are no statements."""
    found: dict[Key, str] = {}
    for row in rows:
        if isinstance(row, Claim):
            place, statement = _place(row), _statement(row)
            found[statement] = min(place, found.get(statement, place))
    return found


def _statement(row: Row) -> Key:
    """Return what a claim says and on what basis, wherever it stands; of a thing, nothing."""
    if not isinstance(row, Claim):
        return ()
    return (row.basis, *(getattr(row, name) for name in row.IDENTITY if name not in ASIDE))


def _place(row: Row) -> str:
    return f"{getattr(row, 'source', '')}, {getattr(row, 'locator', '')}"


def _change(
    change: str,
    how: str,
    row: Row,
    old: Row | None,
    wording: Wording,
    values: tuple[Value, ...] = (),
) -> Change:
    source, locator = getattr(row, "source", None), getattr(row, "locator", None)
    every = columns(type(row))
    filled = {column.name: SEPARATOR.join(texts(row, column)) for column in every}
    return Change(
        change=change,
        how=how,
        table=row.TABLE,
        sort=THING if isinstance(row, Thing) else CLAIM,
        id=_identifier(row),
        name=wording.named(row),
        values=values,
        cells={name: cell for name, cell in filled.items() if cell},
        things=frozenset(_things(row)).union(_things(old) if old else ()),
        citation=Citation(source, locator) if source and locator else None,
    )


def _identifier(row: Row) -> str:
    if isinstance(row, Thing):
        return row.id
    assert isinstance(row, Claim)
    return claim_iri(row.TABLE, {name: getattr(row, name) for name in row.IDENTITY})


def _things(row: Row) -> Iterator[str]:
    """Yield the ids of what a row describes and of all that it refers to."""
    if isinstance(row, Thing):
        yield row.id
    for column in columns(type(row)):
        if column.ref or column.concept:
            yield from texts(row, column)
