"""The rows of which a graph was built, read back from it by the mapping of the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError
from pyoxigraph import Literal, Triple

from emg_graph import namespaces as ns
from emg_graph.errors import StoreError
from emg_graph.records import RECORDS, Claim, Column, Row, Target, Thing, columns
from emg_graph.store import Store

Property = tuple[str, bool, str | None]
"""A property, whether it is inferred, and the language of its values: what tells columns apart."""
Values = dict[Property, list[str]]

_ROWS = frozenset({ns.GRAPH_THINGS, ns.GRAPH_SCHEMES, ns.GRAPH_INFERRED})
_SOURCES = ns.thing_iri("source", "")
"""The graphs that rows make: of things, and of the claims of each source. Others are derived."""
_TYPE, _ID = ns.expand("rdf:type"), ns.expand("dcterms:identifier")
_CLAIM = ns.expand("emg:Claim")


def stored_rows(store: Store) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of each table, in the order of their IRIs.

    A number comes back as the store writes it: 12.50 as 12.5.

    Raises:
        StoreError: something in the graph is a row of no table, as in one of another version.
    """
    found: dict[str, Values] = {}
    for subject, place, value in _statements(store):
        found.setdefault(subject, {}).setdefault(place, []).append(value)
    ids = {iri: values[_ID, False, None][0] for iri, values in found.items() if _is_thing(values)}
    rows: dict[str, list[Row]] = {table: [] for table in RECORDS}
    for iri, values in sorted(found.items()):
        if row := _row(iri, values, ids):
            rows[row.TABLE].append(row)
    return {table: tuple(made) for table, made in rows.items()}


def _statements(store: Store) -> Iterator[tuple[str, Property, str]]:
    """Yield subject, property and value of every statement that a row may have made."""
    for graph in store.engine.named_graphs():
        if graph.value not in _ROWS and not graph.value.startswith(_SOURCES):
            continue
        inferred = graph.value == ns.GRAPH_INFERRED
        for quad in store.engine.quads_for_pattern(None, None, None, graph):
            subject, value = quad.subject, quad.object
            assert not isinstance(subject, Triple)
            assert not isinstance(value, Triple)
            language = value.language if isinstance(value, Literal) else None
            yield subject.value, (quad.predicate.value, inferred, language), value.value


def _types(values: Values) -> list[str]:
    return values.get((_TYPE, False, None), [])


def _is_thing(values: Values) -> bool:
    return (_ID, False, None) in values and _CLAIM not in _types(values)


def _row(iri: str, values: Values, ids: Mapping[str, str]) -> Row | None:
    """Return the row of a subject, or None of what has no row, such as a scheme."""
    models = [model for type_ in _types(values) for model in _models().get(type_, ())]
    for model in models:
        try:
            row = model.model_validate(dict(_cells(iri, model, values, ids)))
        except ValidationError:
            continue
        if isinstance(row, Thing) or len(models) == 1 or claim_iri(row) == iri:
            return row
    if models:
        raise StoreError(
            f"the graph holds {iri}, which is a row of no table that this version knows; build it"
            " again from its tables"
        )
    return None


def claim_iri(row: Row) -> str:
    """Return the IRI of a claim."""
    assert isinstance(row, Claim)
    return ns.claim_iri(row.TABLE, {name: getattr(row, name) for name in row.IDENTITY})


@cache
def _models() -> Mapping[str, tuple[type[Row], ...]]:
    """Return the tables whose rows are of each class."""
    found: dict[str, tuple[type[Row], ...]] = {}
    for model in RECORDS.values():
        name = ns.expand(model.CLASS)
        found[name] = (*found.get(name, ()), model)
    return found


def _cells(
    iri: str, model: type[Row], values: Values, ids: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    for column, place in _places(model):
        if found := values.get(place):
            texts = sorted(_text(value, column, ids) for value in found)
            yield column.name, tuple(texts) if column.many else texts[0]
    if model is Target and not iri.startswith(ns.BASE):  # the one column that is no property
        yield "iri", iri


@cache
def _places(model: type[Row]) -> tuple[tuple[Column, Property], ...]:
    return tuple(
        (one, (ns.expand(one.maps.property), one.maps.inferred, one.maps.language))
        for one in columns(model)
        if one.maps
    )


def _text(value: str, column: Column, ids: Mapping[str, str]) -> str:
    if column.ref or column.concept:
        return ids.get(value, value)
    return ns.identifier(value) if column.name == "scheme" else value
