"""What an open graph says of itself: which data it holds, and how much."""

from __future__ import annotations

from emg_graph.answers import Table, to_html
from emg_graph.namespaces import GRAPH_THINGS, ONTOLOGY
from emg_graph.store import Store

_COUNTS = f"""
SELECT (STRAFTER(STR(?class), "#") AS ?kind) (COUNT(DISTINCT ?thing) AS ?things)
WHERE {{
  GRAPH <{GRAPH_THINGS}> {{ ?thing a ?class . }}
  FILTER(STRSTARTS(STR(?class), "{ONTOLOGY}#"))
}}
GROUP BY ?class
ORDER BY ?kind
"""


def to_line(store: Store, data_version: str, data_hash: str) -> str:
    """Return the data's version and hash and the counts, on one line."""
    return f"<Graph of data {data_version} ({data_hash[:12]}): {_size(store, _things(store))}>"


def to_card(store: Store, data_version: str, data_hash: str) -> str:
    """Return the same for a notebook, with how many things there are of each kind."""
    things = _things(store)
    note = f"Data {data_version}, sha256 {data_hash}. {_size(store, things)}."
    return to_html([(None, things)], title="UN entities and environmental agreements", note=note)


def _things(store: Store) -> Table:
    return store.select(_COUNTS)


def _size(store: Store, things: Table) -> str:
    count = sum(int(number or 0) for _, number in things.rows)
    return f"{len(store):,} statements on {count:,} things"
