"""References settled when every table is read: what leads nowhere, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from emg_graph.errors import Problem
from emg_graph.records import THINGS, Column
from emg_graph.records.columns import ANYTHING
from emg_graph.tables.cells import Place
from emg_graph.tables.reading import Reading, close

Members = Mapping[str, set[str]]


def unsettled(reading: Reading) -> Iterator[Problem]:
    """Yield every row that fits nothing, and every reference to what is not there."""
    yield from _strays(reading)
    members = _members(reading)
    half_known = {identifier for _, identifier in reading.strays}
    for place, column, value in reading.references:
        tables, groups, _ = _targets(column)
        if any(value in members.get(group, ()) for group in groups):
            continue
        if value in reading.places:
            yield _wrong(place, column, value, members, reading)
        elif value not in half_known and reading.unread.isdisjoint(tables):
            yield _unknown(place, column, value, members, reading)


def _strays(reading: Reading) -> Iterator[Problem]:
    """Yield the rows that fit no row below; what stands in another table is told to."""
    for problem, identifier in reading.strays:
        if known := reading.places.get(identifier):
            hint = f"it stands in {known[1]}: put this row into {known[0]}.csv"
            yield replace(problem, hint=hint)
        else:
            yield problem


def _members(reading: Reading) -> Members:
    """Return the ids of each table and of each scheme of concepts."""
    members: dict[str, set[str]] = {}
    for identifier, (table, _) in reading.places.items():
        members.setdefault(table, set()).add(identifier)
    for identifier, scheme in reading.schemes.items():
        members.setdefault(f"concepts:{scheme}", set()).add(identifier)
    return members


def _wrong(place: Place, column: Column, value: str, members: Members, reading: Reading) -> Problem:
    kind = _targets(column)[2]
    hint = _likeliest(column, value, members, reading)
    return place.problem(column.name, value, f"is not {kind}", hint)


def _unknown(
    place: Place, column: Column, value: str, members: Members, reading: Reading
) -> Problem:
    if retired := reading.retired.get(value):
        hint = "in an overlay, retire this row as well or correct its cell"
        return place.problem(column.name, value, f"was retired in {retired}", hint)
    hint = _likeliest(column, value, members, reading)
    return place.problem(column.name, value, "is unknown", hint)


def _likeliest(column: Column, value: str, members: Members, reading: Reading) -> str:
    _, groups, kind = _targets(column)
    near = []
    if not reading.problems.full:
        near = close(value, [i for group in groups for i in members.get(group, ())])
    return f"did you mean {near[0]!r}?" if near else f"it must be {kind}"


@cache
def _targets(column: Column) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the tables to which a column may refer, the groups of ids there, how to say so."""
    if column.concept:
        scheme = column.concept.scheme
        return ("concepts",), (f"concepts:{scheme}",), f"a concept of the scheme {scheme!r}"
    assert column.ref is not None
    if column.ref == ANYTHING:
        tables = tuple(model.TABLE for model in THINGS)
        return tables, tables, "the id of a thing"
    files = " or ".join(f"{table}.csv" for table in column.ref.tables)
    return column.ref.tables, column.ref.tables, f"an id of {files}"
