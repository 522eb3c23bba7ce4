"""Measure every shipped query against a scan of the whole graph by the same engine.

Asks each query with its example, and the rules in memory as a build does, in turn with a scan
that looks at each statement once and counts the predicates (a tenth of a second). One that is over
the limit is asked twice more, and the best of each counts, since other work may have been in its
way. Prints the dearest, and the ratio, which is to stay under 10::

    python benchmarks/queries.py

Exits with 1 if one does not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from emg_graph.catalogue import Query, queries
from emg_graph.graph import Graph, open_graph
from emg_graph.store import Store

AGAIN = 2
LIMIT = 10.0
SHOWN = 10
SCAN = "SELECT ?p (COUNT(?o) AS ?count) WHERE { ?s ?p ?o } GROUP BY ?p"


def seconds(store: Store, text: str) -> float:
    """Return how long a store takes to answer a query."""
    start = time.perf_counter()
    store.select(text)
    return time.perf_counter() - start


def measured(graph: Graph) -> Iterator[tuple[float, Query]]:
    """Yield for each query how many scans it costs."""
    in_memory = Store.memory()
    in_memory.load(graph.store.engine.quads_for_pattern(None, None, None, None))
    for query in queries():
        given = {param.name: param.example for param in query.params if param.required}
        text = query.bind(given, graph.resolve)
        store = in_memory if query.group == "check" else graph.store
        own, scan = seconds(store, text), seconds(store, SCAN)
        for _ in range(AGAIN):
            if own / scan >= LIMIT:
                own, scan = min(own, seconds(store, text)), min(scan, seconds(store, SCAN))
        yield own / scan, query


def main() -> int:
    """Measure and print; return 1 if a ratio is not under the limit."""
    every = sorted(measured(open_graph()), reverse=True)
    for ratio, query in every[:SHOWN]:
        print(f"{ratio:5.2f}  {query.group}/{query.name}")
    dearest = every[0][0]
    print(f"dearest of {len(every)} queries: {dearest:.2f} scans (to stay under {LIMIT:g})")
    return 0 if dearest < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
