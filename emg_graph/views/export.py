"""The whole graph as files for other tools: RDF, a network, or a folder of CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph import files
from emg_graph.answers import Table
from emg_graph.errors import OutputError
from emg_graph.store import FORMATS, Store
from emg_graph.views import rows

if TYPE_CHECKING:
    from emg_graph.analysis.network import Network

_NETWORKS = (".gexf", ".graphml", ".json")


def write_export(
    store: Store, path: Path, network: Callable[[], Network], *, chosen: bool = False
) -> Path:
    """Write the graph as RDF or as a network, by the suffix, or as CSV into a folder.

    Args:
        store: the graph.
        path: a ``.nq``, ``.trig``, ``.jsonld`` or ``.ttl`` file, a ``.graphml``, ``.gexf`` or
            node-link ``.json`` file, or a folder.
        network: makes the network, where one is to be written.
        chosen: whether a view or a thing was asked for, which only a network has.

    Raises:
        OutputError: the suffix is unknown, a view or thing is asked for in another form, or the
            place cannot be written.
    """
    suffix = path.suffix.lower()
    if chosen and suffix not in _NETWORKS:
        known = ", ".join(_NETWORKS)
        raise OutputError(
            f"only a network has a view or a thing in its middle; write it as {known}"
        )
    try:
        if suffix in _NETWORKS:
            files.replace(path, _network(network(), suffix))
        elif suffix:
            files.replace(path, _rdf(store, suffix))
        else:
            _write_tables(store, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _network(found: Network, suffix: str) -> bytes:
    from emg_graph.views import network  # noqa: PLC0415  (RDF and tables need no picture)

    forms = {
        ".gexf": network.to_gexf,
        ".graphml": network.to_graphml,
        ".json": network.to_node_link,
    }
    return forms[suffix](found)


def _rdf(store: Store, suffix: str) -> bytes:
    if suffix not in FORMATS:
        known = ", ".join((*FORMATS, *_NETWORKS))
        raise OutputError(f"{suffix!r} is no form of an export; use {known}, or a folder for CSV")
    return store.export(suffix)


def _write_tables(store: Store, path: Path) -> None:
    tables = _tables(store)
    path.mkdir(parents=True, exist_ok=True)
    if others := {file.name for file in path.iterdir()} - {f"{name}.csv" for name in tables}:
        hint = f"there is {min(others)} in it; name a new or empty folder"
        raise OutputError(f"{path} is not a folder of an export: {hint}")
    for name, text in tables.items():
        files.replace(path / f"{name}.csv", text.encode())


def _tables(store: Store) -> dict[str, str]:
    """Return one CSV text for each class of thing and claim, a property a column.

    Several values of one property are joined by ``|`` in one cell, in order.
    """
    texts = {}
    for row in store.select(_CLASSES).rows:
        found = store.select(_STATEMENTS.replace("$class", str(row[0])))
        in_order = sorted(tuple(map(str, statement)) for statement in found.rows)
        texts[str(row[1])] = rows.to_csv(rows.pivoted(Table(found.columns, tuple(in_order))))
    return texts


_CLASSES = """
PREFIX emg: <https://w3id.org/emg-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT DISTINCT ?class ?name
WHERE {
  ?thing a ?class .
  FILTER(?class != emg:Claim)
  FILTER(STRSTARTS(STR(?class), STR(emg:)) || ?class = skos:Concept)
  BIND(LCASE(REPLACE(REPLACE(STR(?class), "^.*#", ""), "([a-z])([A-Z])", "$1-$2")) AS ?name)
}
ORDER BY ?name
"""
_STATEMENTS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>

SELECT ?thing ?property ?value
WHERE {
  ?thing a <$class> .
  ?thing ?predicate ?object .
  FILTER(?predicate != rdf:type)
  OPTIONAL { ?object dcterms:identifier ?identifier . }
  BIND(REPLACE(STR(?predicate), "^.*[/#]", "") AS ?property)
  BIND(COALESCE(?identifier, STR(?object)) AS ?value)
}
"""
