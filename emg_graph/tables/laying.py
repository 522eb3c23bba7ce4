"""The rows of an overlay laid over those below: added, corrected, or retiring them.

A row of an overlay is known by its id or, for a claim without one, by what makes the claim. If no
row below is known so, it is added and must be whole; else its cells replace those below, an empty
cell or an absent column keeps them, and ``-`` empties them. ``retired`` takes the row below away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from emg_graph.errors import Problem
from emg_graph.records import Claim, Row, columns
from emg_graph.tables.cells import EMPTY, Cells, Place, identifying
from emg_graph.tables.lines import RETIRED, TableFile, read_cells
from emg_graph.tables.reading import Reading, close, same_claim, same_id

Key = tuple[str, ...]
_YES = "yes"
_ASIDE = ("source", "locator", "also_sources", "note")
"""Columns in which a correction says nothing that a source would have to say."""


def laid_over(below: Iterable[Cells], table: TableFile, reading: Reading) -> Iterator[Cells]:
    """Yield the rows of a table with those of an overlay laid over them."""
    model, upper = table.model, _upper_rows(table, reading)
    seen: dict[Key, Place] = {}
    for row in below:
        key = row.key(model)
        seen[key] = row.place
        change = upper.get(key)
        if change is None:
            yield row
        elif change.values.get(RETIRED) != _YES:
            reading.problems.extend(_unsourced(change, row, model))
            yield change.over(row, model)
        elif "id" in row.values:
            reading.retired[row.values["id"]] = change.place
    for key, change in upper.items():
        if key not in seen:
            yield from _added(change, seen, model, reading)


def _upper_rows(table: TableFile, reading: Reading) -> Mapping[Key, Cells]:
    """Return the rows of an overlay's table by what they are known by, without the unfit."""
    model = table.model
    rows: dict[Key, Cells] = {}
    for row in read_cells(table, reading):
        found = [*_unfit(row, model)]
        reading.problems.extend(found)
        if {problem.column for problem in found}.isdisjoint(identifying(model)):
            key = row.key(model)
            if (first := rows.setdefault(key, row)) is not row:
                reading.problems.add(_double(row.place, first.place, key, model))
    return rows


def _unfit(row: Cells, model: type[Row]) -> Iterator[Problem]:
    """Yield what is wrong with a row before it is laid over anything."""
    for column in columns(model):
        cell = row.values.get(column.name, "")
        if cell == EMPTY and column.required:
            message = "would empty the cell, and this column is required"
            hint = "give a value, or leave it empty to keep the one below"
            yield row.place.problem(column.name, cell, message, hint)
        elif not cell and column.required and column.name in identifying(model):
            message, hint = "is empty", "this column says which row is meant"
            yield row.place.problem(column.name, None, message, hint)
    if (cell := row.values.get(RETIRED, "")) not in ("", _YES):
        hint = f"write {_YES}, or leave it empty"
        yield row.place.problem(RETIRED, cell, f"is not {_YES!r}", hint)


def _unsourced(change: Cells, below: Cells, model: type[Row]) -> Iterator[Problem]:
    """Yield that a correction would stand under the source of what it corrects.

    What repeats the cell below, or empties it, says nothing new and so needs no source.
    """
    given, cited = change.values, below.values.get("source")
    if not cited or (given.get("source") and given.get("locator")):
        return
    aside = (*identifying(model), *_ASIDE)
    for name in (column.name for column in columns(model) if column.name not in aside):
        if (cell := given.get(name, "")) not in ("", EMPTY, below.values[name]):
            message = f"is not what {cited} says, which the row goes on citing"
            hint = "give the source and the locator of the correction in this row too"
            yield change.place.problem(name, cell, message, hint)
            return


def _double(place: Place, first: Place, key: Key, model: type[Row]) -> Problem:
    if "id" in model.model_fields:
        return same_id(key[0], place, first)
    assert issubclass(model, Claim)
    return same_claim(model, place, first)


def _added(
    row: Cells, below: Mapping[Key, Place], model: type[Row], reading: Reading
) -> Iterator[Cells]:
    """Yield a row that fits none below, if it is whole; else note that it has gone astray."""
    whole = row.over(None, model)
    lacking = [
        column.name
        for column in columns(model)
        if column.required and not whole.values[column.name] and column.name not in whole.told
    ]
    if row.values.get(RETIRED) == _YES:
        message = "so there is nothing to retire"
    elif lacking:
        message = f"and a row that adds it needs {', '.join(lacking)} too"
    else:
        yield whole
        return
    if model.TABLE not in reading.unread:
        reading.strays.append(_stray(row, message, below, model, reading))


def _stray(
    row: Cells, message: str, below: Mapping[Key, Place], model: type[Row], reading: Reading
) -> tuple[Problem, str]:
    """Say of a row that it fits none below, and what may be meant; return its id with it."""
    message = f"in no row of {model.TABLE}.csv below, {message}"
    key = row.key(model)
    if "id" not in model.model_fields:
        hint = "" if reading.problems.full else _nearest(key, below, identifying(model))
        hint = hint or "repeat the cells below that make it, or add the whole row"
        return row.place.problem(None, None, f"makes a claim that is {message}", hint), ""
    near = [] if reading.problems.full else close(key[0], [one for (one,) in below])
    hint = f"did you mean {near[0]!r}?" if near else "correct the id, or add the whole row"
    if retired := reading.retired.get(key[0]):
        hint = f"it was retired in {retired}"
    return row.place.problem("id", key[0], f"is {message}", hint), key[0]


def _nearest(key: Key, below: Mapping[Key, Place], names: tuple[str, ...]) -> str:
    """Name the claim below that differs in the fewest cells, if these are one or two.

    Of several, it is the one that only fills in what the key leaves empty, or the first.
    """

    def differing(other: Key) -> list[tuple[str, str]]:
        pairs = zip(names, key, other, strict=True)
        return [(name, cell) for name, wanted, cell in pairs if cell != wanted]

    def distance(other: Key) -> tuple[int, int, int]:
        denied = sum(wanted not in ("", cell) for wanted, cell in zip(key, other, strict=True))
        return len(differing(other)), denied, below[other].line

    best = min(below, key=distance, default=None)
    if best is None or len(differing(best)) > 2:
        return ""
    cells = (f"its {name} is {repr(cell) if cell else 'empty'}" for name, cell in differing(best))
    return f"did you mean {below[best]}? There {' and '.join(cells)}"
