"""References settled when every table is read: what leads nowhere, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from emg_graph.errors import Problem
from emg_graph.records import Column
from emg_graph.records.columns import ANYTHING
from emg_graph.tables.cells import Place
from emg_graph.tables.reading import Reading, close, tables_of


def unsettled(reading: Reading) -> Iterator[Problem]:
    """Yield every row that fits nothing, and every reference to what is not there."""
    yield from _strays(reading)
    half_known = {identifier for _, identifier in reading.strays}
    for place, column, value in reading.references:
        if reading.knows(value, column):
            continue
        if value in reading.places:
            hint = _likeliest(column, value, reading)
            yield place.problem(column.name, value, f"is not {_wanted(column)}", hint)
        elif value not in half_known and reading.unread.isdisjoint(tables_of(column)):
            yield _unknown(place, column, value, reading)


def _strays(reading: Reading) -> Iterator[Problem]:
    """Yield the rows that fit no row below; what stands in another table is told to."""
    for problem, identifier in reading.strays:
        if known := reading.places.get(identifier):
            hint = f"it stands in {known[1]}: put this row into {known[0]}.csv"
            yield replace(problem, hint=hint)
        else:
            yield problem


def _unknown(place: Place, column: Column, value: str, reading: Reading) -> Problem:
    if retired := reading.retired.get(value):
        hint = "in an overlay, retire this row as well or correct its cell"
        return place.problem(column.name, value, f"was retired in {retired}", hint)
    hint = _likeliest(column, value, reading)
    return place.problem(column.name, value, "is unknown", hint)


def _likeliest(column: Column, value: str, reading: Reading) -> str:
    near = []
    if not reading.problems.full:
        near = close(value, [one for one in reading.places if reading.knows(one, column)])
    return f"did you mean {near[0]!r}?" if near else f"it must be {_wanted(column)}"


def _wanted(column: Column) -> str:
    """Say what a column's ids must be ids of."""
    if column.concept:
        return f"a concept of the scheme {column.concept.scheme!r}"
    if column.ref == ANYTHING:
        return "the id of a thing"
    return f"an id of {' or '.join(f'{table}.csv' for table in tables_of(column))}"
