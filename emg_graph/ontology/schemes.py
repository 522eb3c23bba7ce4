"""The concept schemes of a graph, with their concepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from emg_graph import namespaces as ns
from emg_graph.ontology.statements import Parts, grouped, shortened
from emg_graph.records import RECORDS, columns
from emg_graph.store import Store


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme."""

    id: str
    iri: str
    label: str
    definition: str
    uses: int
    """Statements that point to it, those of the schemes apart."""
    broader: str | None = None
    also: tuple[str, ...] = ()
    """What else it is called, in any language."""
    matches: tuple[tuple[str, str], ...] = ()
    """Concepts of others, such as ``("skos:closeMatch", "https://…")``."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme, and the columns in which its concepts stand."""

    name: str
    title: str
    concepts: tuple[Concept, ...]
    columns: tuple[str, ...]

    @property
    def uses(self) -> int:
        """Return how many statements point to one of its concepts."""
        return sum(concept.uses for concept in self.concepts)


def read_schemes(store: Store) -> tuple[Scheme, ...]:
    """Return every scheme in alphabetical order, its concepts by id."""
    uses = {str(row[0]): int(row[1] or 0) for row in store.select(_USES).rows}
    prefixes = {iri: prefix for prefix, iri in ns.PREFIXES.items()}
    said = grouped(
        (subject, shortened(predicate, prefixes), value)
        for subject, predicate, value in sorted(
            tuple(str(cell) for cell in row) for row in store.select(_STATEMENTS).rows
        )
    )
    members: dict[str, list[Concept]] = {}
    for iri, parts in said.items():
        for scheme in parts.get("skos:inScheme", []):
            members.setdefault(scheme, []).append(_concept(iri, parts, uses.get(iri, 0)))
    return tuple(_scheme(iri, said[iri], members[iri]) for iri in sorted(members))


def _scheme(iri: str, parts: Parts, concepts: list[Concept]) -> Scheme:
    name = ns.identifier(iri)
    return Scheme(name, parts["dcterms:title"][0], tuple(concepts), tuple(_columns(name)))


def _concept(iri: str, parts: Mapping[str, list[str]], uses: int) -> Concept:
    return Concept(
        id=ns.identifier(iri),
        iri=iri,
        label=parts["skos:prefLabel"][0],
        definition=parts["skos:definition"][0],
        uses=uses,
        broader=next((ns.identifier(wider) for wider in parts.get("skos:broader", [])), None),
        also=tuple(parts.get("skos:altLabel", [])),
        matches=tuple(
            (part, match) for part in parts if part.endswith("Match") for match in parts[part]
        ),
    )


def _columns(scheme: str) -> Iterator[str]:
    for table, model in RECORDS.items():
        for column in columns(model):
            if column.concept and column.concept.scheme == scheme:
                yield f"{table}.{column.name}"


_STATEMENTS = f"""
SELECT ?subject ?predicate ?value
WHERE {{
  GRAPH <{ns.GRAPH_SCHEMES}> {{ ?subject ?predicate ?value . }}
}}
"""
"""Put in order here: the engine takes fifty times longer to."""

_USES = f"""
PREFIX skos: <{ns.PREFIXES["skos"]}>

SELECT ?concept (COUNT(*) AS ?uses)
WHERE {{
  GRAPH <{ns.GRAPH_SCHEMES}> {{ ?concept a skos:Concept . }}
  GRAPH ?graph {{ ?thing ?property ?concept . }}
  FILTER(?graph != <{ns.GRAPH_SCHEMES}>)
}}
GROUP BY ?concept
"""
