"""The whole graph as files for other tools: RDF, or a folder of CSV."""

from __future__ import annotations

from pathlib import Path

from emg_graph import files
from emg_graph.errors import OutputError
from emg_graph.store import Store
from emg_graph.views import rows


def write_export(store: Store, path: Path) -> Path:
    """Write the graph to a ``.nq``, ``.trig`` or ``.ttl`` file, or as CSV into a folder.

    Raises:
        OutputError: the suffix is unknown, or the place cannot be written.
    """
    try:
        if path.suffix:
            files.replace(path, store.export(path.suffix.lower()))
        else:
            tables = _tables(store)
            path.mkdir(parents=True, exist_ok=True)
            if others := {file.name for file in path.iterdir()} - {
                f"{name}.csv" for name in tables
            }:
                hint = f"there is {min(others)} in it; name a new or empty folder"
                raise OutputError(f"{path} is not a folder of an export: {hint}")
            for name, text in tables.items():
                files.replace(path / f"{name}.csv", text.encode())
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from error
    return path


def _tables(store: Store) -> dict[str, str]:
    """Return one CSV text for each class of thing and claim, a property a column.

    Several values of one property are joined by ``|`` in one cell, in order.
    """
    texts = {}
    for row in store.select(_CLASSES).rows:
        table = store.select(_STATEMENTS.replace("$class", str(row[0])))
        texts[str(row[1])] = rows.to_csv(rows.pivoted(table))
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
ORDER BY ?thing ?property ?value
"""
