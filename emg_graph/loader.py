"""Records to quads, by the mapping that the records themselves declare.

Things stand in one graph, concepts in another, each claim in the graph of its source. The plain
links that people expect are derived from the stated, current claims and stand once, in the graph
of links; what is inferred about things stands in a graph of its own, and so does what is computed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from emg_graph import namespaces as ns
from emg_graph.computed import computed_quads
from emg_graph.records import Claim, Column, ConceptRecord, Row, Target, Thing, columns
from emg_graph.tables import Tables

_TYPE = NamedNode(ns.expand("rdf:type"))
_DATE_TYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


Iris = Mapping[str, NamedNode]


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A column that becomes a property, and how a value of it becomes a term."""

    name: str
    many: bool
    predicate: NamedNode
    inferred: bool
    term: Callable[[str, Iris], NamedNode | Literal]


def quads(tables: Tables) -> Iterator[Quad]:
    """Yield the graph of a data folder: things, schemes, claims, links, inferred and computed.

    A quad may come twice (the same link from two claims); a store keeps it once.
    """
    iris = {thing.id: NamedNode(_thing_iri(thing)) for thing in tables.things()}
    for thing in tables.things():
        yield from _thing_quads(thing, iris)
    for claim in tables.claims():
        yield from _claim_quads(claim, iris)
    yield from _scheme_quads(tables)
    yield from _activity_quads()
    yield from computed_quads(tables, _iri)


def places(tables: Tables) -> dict[str, tuple[str, int]]:
    """Return the file and line of each thing and claim, by its IRI."""
    found = {}
    for row, place in tables.placed():
        found[_iri(row)] = (place.path, place.line)
    return found


def ontology_quads(files: Iterable[Path]) -> Iterator[Quad]:
    """Yield the terms of the ontology's files, in their own graph."""
    graph = NamedNode(ns.GRAPH_ONTOLOGY)
    for file in files:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


def schemes_turtle(tables: Tables) -> str:
    """Return the concept schemes as Turtle in one order, as published in ``emg-schemes.ttl``."""
    concepts = [row for row in tables.rows["concepts"] if isinstance(row, ConceptRecord)]
    iris = {thing.id: NamedNode(_thing_iri(thing)) for thing in tables.things()}
    found = {quad.triple for concept in concepts for quad in _thing_quads(concept, iris)}
    found |= {quad.triple for quad in _scheme_quads(tables)}
    prefixes = {name: ns.PREFIXES[name] for name in ("dcterms", "skos")}
    buffer = io.BytesIO()
    serialize(sorted(found, key=str), buffer, RdfFormat.TURTLE, prefixes=prefixes)
    return ns.with_sorted_prefixes(buffer.getvalue()).decode()


def _iri(row: Row) -> str:
    return _thing_iri(row) if isinstance(row, Thing) else _claim_iri(row)


def _thing_iri(thing: Thing) -> str:
    if isinstance(thing, Target) and thing.iri:
        return thing.iri
    path = thing.scheme if isinstance(thing, ConceptRecord) else thing.PATH
    return ns.thing_iri(path, thing.id)


def _claim_iri(claim: Row) -> str:
    assert isinstance(claim, Claim)
    return ns.claim_iri(claim.TABLE, {name: getattr(claim, name) for name in claim.IDENTITY})


def _thing_quads(thing: Thing, iris: Iris) -> Iterator[Quad]:
    subject = iris[thing.id]
    home = ns.GRAPH_SCHEMES if isinstance(thing, ConceptRecord) else ns.GRAPH_THINGS
    graphs = {False: _node(home), True: _node(ns.GRAPH_INFERRED)}
    yield Quad(subject, _TYPE, _node(ns.expand(thing.CLASS)), graphs[False])
    for column, value in _cells(thing):
        yield Quad(subject, column.predicate, column.term(value, iris), graphs[column.inferred])


def _claim_quads(claim: Claim, iris: Iris) -> Iterator[Quad]:
    subject = NamedNode(_claim_iri(claim))
    graph = iris[claim.source]
    for kind in _classes(type(claim)):
        yield Quad(subject, _TYPE, kind, graph)
    for column, value in _cells(claim):
        yield Quad(subject, column.predicate, column.term(value, iris), graph)
    if link := _link(claim, iris):
        yield link


def _link(claim: Claim, iris: Iris) -> Quad | None:
    """Return the plain link of a claim that is stated and, where it can lapse, current."""
    if not claim.LINK or claim.basis != "stated":
        return None
    column, value = claim.LINKED_IF
    if vars(claim).get(column, value) != value:  # getattr is slow where there is no such column
        return None
    subject, target = (getattr(claim, name) for name in claim.IDENTITY[:2])
    predicate = _node(ns.expand(claim.LINK))
    return Quad(iris[subject], predicate, iris[target], _node(ns.GRAPH_LINKS))


@cache
def _classes(model: type[Claim]) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(ns.expand(name)) for name in ("emg:Claim", model.CLASS))


def _cells(row: Row) -> Iterator[tuple[_Mapped, str]]:
    """Yield each single value of a row that is mapped to a property."""
    for column in _mapped(type(row)):
        value = getattr(row, column.name)
        if value is None:
            continue
        for part in value if column.many else (value,):
            yield column, part


@cache
def _mapped(model: type[Row]) -> tuple[_Mapped, ...]:
    """Return the columns of a table that become properties, worked out once."""
    return tuple(
        _Mapped(
            column.name,
            column.many,
            _node(ns.expand(column.maps.property)),
            column.maps.inferred,
            _maker(column, column.maps.language),
        )
        for column in columns(model)
        if column.maps
    )


def _maker(column: Column, language: str | None) -> Callable[[str, Iris], NamedNode | Literal]:
    """Return what makes a term of a column's values."""
    if column.ref or column.concept:
        return lambda value, iris: iris[value]
    if column.name == "scheme":
        return lambda value, _: _node(ns.thing_iri("scheme", value))
    if column.url:
        return lambda value, _: NamedNode(value)
    if column.date:
        return lambda value, _: Literal(value, datatype=_node(ns.expand(_DATE_TYPES[len(value)])))
    if column.number:
        datatype = _node(ns.expand(column.number))
        return lambda value, _: Literal(value, datatype=datatype)
    return lambda value, _: Literal(value, language=language)


@cache
def _node(iri: str) -> NamedNode:
    return NamedNode(iri)


def _scheme_quads(tables: Tables) -> Iterator[Quad]:
    graph = NamedNode(ns.GRAPH_SCHEMES)
    concepts = [row for row in tables.rows["concepts"] if isinstance(row, ConceptRecord)]
    for scheme in sorted({concept.scheme for concept in concepts}):
        subject = NamedNode(ns.thing_iri("scheme", scheme))
        title = Literal(scheme.replace("-", " ").capitalize(), language="en")
        yield Quad(subject, _TYPE, NamedNode(ns.expand("skos:ConceptScheme")), graph)
        yield Quad(subject, NamedNode(ns.expand("dcterms:title")), title, graph)
    for concept in concepts:
        if concept.broader_concept is None:
            subject = NamedNode(_thing_iri(concept))
            scheme_iri = NamedNode(ns.thing_iri("scheme", concept.scheme))
            yield Quad(subject, NamedNode(ns.expand("skos:topConceptOf")), scheme_iri, graph)


def _activity_quads() -> Iterator[Quad]:
    """Say of the graph of inferred links how it came about."""
    graph = NamedNode(ns.GRAPH_INFERRED)
    activity = NamedNode(ns.thing_iri("activity", "editorial-assignment"))
    text = (
        "Themes and agreements assigned to things from their titles, clusters and stated purpose,"
        " by reading them one by one; not stated by the sources."
    )
    yield Quad(activity, _TYPE, NamedNode(ns.expand("prov:Activity")), graph)
    yield Quad(
        activity, NamedNode(ns.expand("dcterms:description")), Literal(text, language="en"), graph
    )
    yield Quad(graph, NamedNode(ns.expand("prov:wasGeneratedBy")), activity, graph)
