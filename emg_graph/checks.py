"""Shapes and violation queries over a graph; what they find are findings, not exceptions."""

from __future__ import annotations

import functools
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emg_graph import catalogue
from emg_graph.namespaces import BASE, GRAPH_ONTOLOGY
from emg_graph.resources import folder
from emg_graph.store import Store

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.query import Result


_AT_ONCE = 2
"""So many rules are asked at a time: each takes memory of its own."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing in the graph that breaks a rule: which, what, and what to do."""

    rule: str
    subject: str
    message: str

    def __str__(self) -> str:
        return f"{self.subject.removeprefix(BASE)}: {self.message} [{self.rule}]"


def violations(store: Store) -> tuple[Finding, ...]:
    """Return the rows of every shipped ``*-violation`` query, asked side by side."""
    rules = [
        query
        for query in catalogue.queries()
        if query.group == "check" and query.name.endswith("-violation")
    ]
    with ThreadPoolExecutor(min(_AT_ONCE, os.cpu_count() or 1)) as pool:
        answers = pool.map(lambda rule: store.select(rule.text).rows, rules)
        found = {
            Finding(rule.name, str(subject), str(message))
            for rule, rows in zip(rules, answers, strict=True)
            for subject, message in rows
        }
    return tuple(sorted(found))


def shape_findings(store: Store) -> tuple[Finding, ...]:
    """Return what the SHACL shapes find in the graph, all graphs taken together.

    Much slower than ``violations``, which enforces the same rules; for checks and CI.
    """
    import pyshacl  # noqa: PLC0415  (a second of imports that only this needs)
    from rdflib.namespace import SH  # noqa: PLC0415

    data = prepared_graph().parse(data=_plain_triples(store), format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    if conforms:
        return ()
    found = {
        Finding(
            str(report.value(result, SH.sourceShape)).rsplit("#", 1)[-1],
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage)),
        )
        for result in report.objects(predicate=SH.result)
    }
    return tuple(sorted(found))


def prepared_graph() -> Graph:
    """Return an empty graph that parses a query once, not for each node that a shape looks at."""
    return _prepared_class()()


@functools.cache
def _prepared_class() -> type[Graph]:
    from rdflib import Graph  # noqa: PLC0415
    from rdflib.plugins.sparql import prepareQuery  # noqa: PLC0415

    prepared = functools.cache(prepareQuery)

    class Prepared(Graph):
        def query(self, query_object: Any, *args: Any, **others: Any) -> Result:
            return super().query(prepared(query_object), *args, **others)

    return Prepared


@functools.cache
def _shapes() -> Graph:
    from rdflib import Graph  # noqa: PLC0415

    return aimed(Graph().parse(folder("ontology") / "emg-shapes.ttl"))


def aimed(shapes: Graph) -> Graph:
    """Return shapes of properties with the targets of the shapes that ask for them.

    They look at the same nodes and find the same, but sooner: at targets of its own a shape looks
    in one go, at nodes that another shape hands to it one after the other.
    """
    from rdflib import Graph  # noqa: PLC0415
    from rdflib.namespace import SH  # noqa: PLC0415

    found = Graph()
    found += shapes
    for aim in (SH.targetClass, SH.targetSubjectsOf):
        for shape, target in shapes.subject_objects(aim):
            for asked in shapes.objects(shape, SH.property):
                found.add((asked, aim, target))
                found.remove((shape, SH.property, asked))
    return found


def _plain_triples(store: Store) -> bytes:
    """Return the triples of every graph but the ontology's, as N-Triples in no order."""
    every = store.engine.quads_for_pattern(None, None, None, None)
    wanted = (quad for quad in every if str(quad.graph_name) != f"<{GRAPH_ONTOLOGY}>")
    return "".join(f"{quad.triple} .\n" for quad in wanted).encode()
