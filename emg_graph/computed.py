"""The graph of what is computed: tags of texts, and how much a mandate says.

A tag says which words of which text name a theme or an agreement; ``emg:taggedWith`` and
``emg:namesAgreement`` are the same as plain links. None of it is stated by a source or judged by a
reader, so that it stands in a graph of its own, with the activities that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from emg_graph import namespaces as ns
from emg_graph.records import Agreement, Citation, ConceptRecord, Entity, Mechanism, Row
from emg_graph.tables import Tables
from emg_graph.tagging import Match, Tagger
from emg_graph.weighing import OMNIBUS, citers, is_omnibus, weight

TEXTS: Mapping[str, str] = {"mandates": "title", "programmes": "name", "positions": "summary"}
"""The column of each table whose words are searched."""

_GRAPH = NamedNode(ns.GRAPH_COMPUTED)
_TYPE = NamedNode(ns.expand("rdf:type"))
_LINKS = {"theme": ns.EMG.taggedWith, "agreement": ns.EMG.namesAgreement}
_ACTIVITIES: Mapping[str, str] = {
    "tagging": (
        "Titles of mandates, names of programmes and summaries of positions searched for the labels"
        " of the themes and for the names of agreements: whole words, singular or plural, the"
        " longest name first, acronyms as written. Words in the name of an institution, of a"
        " ministry, in another sense, or set aside (non-, other than, excluding, without) name no"
        " theme; within a noun phrase the narrower theme stands for the broader."
    ),
    "weighing": (
        "A mandate that n entities cite weighs 1 / log2(1 + n), rounded to four places; one that at"
        f" least {OMNIBUS} entities cite is an omnibus mandate."
    ),
}


def tagger_of(tables: Tables) -> Tagger:
    """Return the tagger that the tables of a data folder make."""
    things = tuple(tables.things())
    return Tagger(
        (row for row in things if isinstance(row, ConceptRecord)),
        (row for row in things if isinstance(row, Agreement)),
        (row for row in things if isinstance(row, Entity | Mechanism)),
    )


def computed_quads(tables: Tables, iri_of: Callable[[Row], str]) -> Iterator[Quad]:
    """Yield the tags of texts, the weights of mandates, and what made them.

    Args:
        tables: the rows.
        iri_of: gives the IRI under which a row stands in the graph.
    """
    iris = {thing.id: NamedNode(iri_of(thing)) for thing in tables.things()}
    tagger = tagger_of(tables)
    for table, column in TEXTS.items():
        for row in _rows(tables, table):
            if text := getattr(row, column):
                subject = NamedNode(iri_of(row))
                for match in tagger.find(text):
                    yield from _tag_quads(subject, column, match, iris[match.identifier])
    yield from _weight_quads(tables, iris)
    yield from _activity_quads()


def _tag_quads(subject: NamedNode, column: str, match: Match, named: NamedNode) -> Iterator[Quad]:
    tag = NamedNode(ns.tag_iri(subject.value, named.value, match.start))
    place = f"{column}, characters {match.start + 1}–{match.end}"
    yield Quad(tag, _TYPE, NamedNode(ns.EMG.Tag), _GRAPH)
    yield Quad(tag, NamedNode(ns.EMG.subject), subject, _GRAPH)
    yield Quad(tag, NamedNode(ns.expand(f"emg:{match.kind}")), named, _GRAPH)
    yield Quad(tag, NamedNode(ns.EMG.matchedText), Literal(match.text), _GRAPH)
    yield Quad(tag, NamedNode(ns.EMG.locator), Literal(place), _GRAPH)
    yield Quad(subject, NamedNode(_LINKS[match.kind]), named, _GRAPH)


def _weight_quads(tables: Tables, iris: Mapping[str, NamedNode]) -> Iterator[Quad]:
    citations = (row for row in _rows(tables, "citations") if isinstance(row, Citation))
    decimal, boolean = (NamedNode(ns.expand(name)) for name in ("xsd:decimal", "xsd:boolean"))
    for mandate, entities in citers(citations).items():
        value = Literal(f"{weight(entities):g}", datatype=decimal)
        yield Quad(iris[mandate], NamedNode(ns.EMG.citationWeight), value, _GRAPH)
        if is_omnibus(entities):
            true = Literal("true", datatype=boolean)
            yield Quad(iris[mandate], NamedNode(ns.EMG.omnibus), true, _GRAPH)


def _activity_quads() -> Iterator[Quad]:
    for name, text in _ACTIVITIES.items():
        activity = NamedNode(ns.thing_iri("activity", name))
        description = Literal(text, language="en")
        yield Quad(activity, _TYPE, NamedNode(ns.expand("prov:Activity")), _GRAPH)
        yield Quad(activity, NamedNode(ns.expand("dcterms:description")), description, _GRAPH)
        yield Quad(_GRAPH, NamedNode(ns.expand("prov:wasGeneratedBy")), activity, _GRAPH)


def _rows(tables: Tables, name: str) -> Sequence[Row]:
    return tables.rows.get(name, ())
