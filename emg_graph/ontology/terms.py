"""The terms of the ontology: what each means, how it stands to others, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, parse

from emg_graph import namespaces as ns
from emg_graph.ontology.statements import Parts, grouped, shortened
from emg_graph.records import CLAIMS, RECORDS, Claim, Column, columns
from emg_graph.resources import folder
from emg_graph.store import Store

CLASS, OBJECT_PROPERTY, DATATYPE_PROPERTY = "class", "object property", "datatype property"
KINDS: Mapping[str, frozenset[str]] = {
    CLASS: ns.CLASSES,
    OBJECT_PROPERTY: ns.OBJECT_PROPERTIES,
    DATATYPE_PROPERTY: ns.DATATYPE_PROPERTIES,
}

_FILES = ("emg.ttl", "emg-alignments.ttl")
_PREFIX = "emg:"
_OF_EVERY_TERM = frozenset({"rdf:type", "rdfs:label", "skos:definition", "rdfs:isDefinedBy"})
"""Whatever else is said of a term says how it stands to another."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A column that becomes a property, or, if derived, one on which the property rests."""

    table: str
    column: Column
    subjects: tuple[str, ...]
    """The classes of the things and claims that then have the property."""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of the ontology."""

    name: str
    kind: str
    label: str
    definition: str
    uses: int
    """Things of a class, or statements with a property."""
    relations: tuple[tuple[str, str], ...] = ()
    """How it stands to other terms, such as ``("rdfs:subClassOf", "prov:Entity")``."""
    tables: tuple[str, ...] = ()
    """The tables whose rows become things of a class."""
    origins: tuple[Origin, ...] = ()

    @property
    def local(self) -> str:
        """Return the name without its prefix."""
        return self.name.removeprefix(_PREFIX)

    @property
    def computed(self) -> bool:
        """Return whether a computation states it, and no column."""
        return self.local in ns.COMPUTED

    @property
    def iri(self) -> str:
        """Return the whole IRI."""
        return ns.expand(self.name)

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the classes of what has a property."""
        return tuple(sorted({name for origin in self.origins for name in origin.subjects}))

    @property
    def names(self) -> tuple[str, ...]:
        """Return the ways of writing its name."""
        return (self.local, self.name, self.iri)


def shipped() -> dict[str, Parts]:
    """Return what the ontology's files say, by subject; names are shortened, texts left alone."""
    prefixes = {iri: prefix for prefix, iri in ns.PREFIXES.items()}
    statements = []
    for name in _FILES:
        reader = parse(path=str(folder("ontology") / name), format=RdfFormat.TURTLE)
        quads = list(reader)
        prefixes |= {iri: prefix for prefix, iri in reader.prefixes.items()}
        for quad in quads:
            value = quad.object.value
            if isinstance(quad.object, NamedNode):
                value = shortened(value, prefixes)
            statements.append(
                (quad.subject.value, shortened(quad.predicate.value, prefixes), value)
            )
    return grouped(statements)


def read_terms(said: Mapping[str, Parts], store: Store) -> tuple[Term, ...]:
    """Return every term, classes first, each kind in alphabetical order, with its uses."""
    uses = {str(row[0]): int(row[1] or 0) for row in store.select(_USES).rows}
    return tuple(
        _term(f"{_PREFIX}{local}", kind, said, uses)
        for kind, names in KINDS.items()
        for local in sorted(names)
    )


def _term(name: str, kind: str, said: Mapping[str, Parts], uses: Mapping[str, int]) -> Term:
    own = said[ns.expand(name)]
    relations = ((part, value) for part in own.keys() - _OF_EVERY_TERM for value in own[part])
    return Term(
        name=name,
        kind=kind,
        label=own["rdfs:label"][0],
        definition=own["skos:definition"][0],
        uses=uses.get(ns.expand(name), 0),
        relations=tuple(sorted(relations)),
        tables=tuple(_tables(name)) if kind == CLASS else (),
        origins=tuple(_origins(name)) if kind != CLASS else (),
    )


def _tables(name: str) -> Iterator[str]:
    for table, model in RECORDS.items():
        if name == model.CLASS or (name == "emg:Claim" and issubclass(model, Claim)):
            yield table


def _origins(name: str) -> Iterator[Origin]:
    for table, model in RECORDS.items():
        for column in columns(model):
            if column.maps and column.maps.property == name:
                yield Origin(table, column, (model.CLASS,))
    for claim in CLAIMS:
        if name == claim.LINK:
            by_name = {column.name: column for column in columns(claim)}
            actor, target = (by_name[part] for part in claim.IDENTITY[:2])
            yield Origin(claim.TABLE, target, _classes(actor), derived=True)


def _classes(column: Column) -> tuple[str, ...]:
    assert column.ref is not None
    return tuple(RECORDS[table].CLASS for table in column.ref.tables)


_USES = """
SELECT ?term (COUNT(*) AS ?uses)
WHERE {
  { ?thing ?term ?value . }
  UNION
  { SELECT DISTINCT ?thing ?term WHERE { ?thing a ?term . } }
}
GROUP BY ?term
"""
