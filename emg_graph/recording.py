"""What a measure computed, kept in the graph: in a graph of its own, with the activity behind it.

The same measure with the same parameters on the same data has the same name and replaces what was
kept before. Nothing of it ever stands among what sources state, and a new build drops it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from emg_graph import namespaces as ns
from emg_graph.analysis.method import Method
from emg_graph.analysis.result import Computed, Result
from emg_graph.store import Store

_TYPE = NamedNode(ns.expand("rdf:type"))
_TEXT = NamedNode(ns.expand("dcterms:description"))
_DECIMAL = NamedNode(ns.expand("xsd:decimal"))


def record(store: Store, computed: Computed, iri_of: Callable[[str], str | None]) -> str:
    """Keep an answer in the graph, and return the IRI of the graph that holds it.

    Args:
        store: the graph.
        computed: the answer.
        iri_of: gives the IRI of the thing that an id names; what it does not know is left out.

    Raises:
        StoreError: the graph cannot be written.
    """
    graph = graph_iri(computed.method)
    store.replace_graph(graph, result_quads(computed, iri_of))
    return graph


def graph_iri(method: Method) -> str:
    """Return the name of the graph in which what was computed so is kept."""
    return f"{ns.GRAPH_COMPUTED}/{_name(method)}"


def result_quads(computed: Computed, iri_of: Callable[[str], str | None]) -> Iterator[Quad]:
    """Yield an answer as statements: first how it was computed, then its lines."""
    method = computed.method
    name, graph = _name(method), NamedNode(graph_iri(method))
    yield from _activity_quads(method, NamedNode(ns.thing_iri("activity", name)), graph)
    for result in computed.results():
        node = NamedNode(ns.thing_iri("result", f"{name}-{_place(result)}"))
        for property_, value in _statements(method, result, iri_of):
            yield Quad(node, NamedNode(property_), value, graph)


def _activity_quads(method: Method, activity: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    yield Quad(graph, NamedNode(ns.expand("prov:wasGeneratedBy")), activity, graph)
    yield Quad(activity, _TYPE, NamedNode(ns.expand("prov:Activity")), graph)
    yield Quad(activity, _TEXT, Literal(method.text, language="en"), graph)
    yield Quad(activity, NamedNode(ns.EMG.dataHash), Literal(method.data), graph)
    for name, value in method.parameters:
        yield Quad(activity, NamedNode(ns.EMG.parameter), Literal(f"{name}={value}"), graph)
    if method.seed is not None:
        yield Quad(activity, NamedNode(ns.EMG.seed), Literal(method.seed), graph)


def _statements(
    method: Method, result: Result, iri_of: Callable[[str], str | None]
) -> Iterator[tuple[str, NamedNode | Literal]]:
    yield _TYPE.value, NamedNode(ns.EMG.Result)
    yield ns.EMG.measure, Literal(method.measure)
    yield _TEXT.value, Literal(result.text, language="en")
    links = (
        (ns.EMG.concerns, result.concerns),
        (ns.EMG.sharedItem, result.shared),
        (ns.expand("prov:wasDerivedFrom"), result.sources),
    )
    for property_, ids in links:
        for iri in filter(None, map(iri_of, dict.fromkeys(ids))):
            yield property_, NamedNode(iri)
    for term, value in result.values.items():
        yield ns.expand(f"emg:{term}"), _literal(value)


def _literal(value: float | int | str) -> Literal:
    """Return a number as an integer or decimal, so that every engine compares it alike."""
    if isinstance(value, float):
        return Literal(format(Decimal(repr(value)), "f"), datatype=_DECIMAL)
    return Literal(value)


def _name(method: Method) -> str:
    """Return what tells one computation from another: measure, parameters, seed and data."""
    said = json.dumps([method.parameters, method.seed, method.data], ensure_ascii=False)
    return f"{method.measure}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _place(result: Result) -> str:
    """Return what tells one line from another: what it is about, and what it says."""
    said = json.dumps([result.concerns, result.text], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
