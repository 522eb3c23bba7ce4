"""Write the page on the ontology that pyLODE makes, for publication beside the documents.

Needs the ``dev`` extra. The page is not kept in the repository, since it changes with each version
of pyLODE; ``emg-graph ontology --format html`` makes one of our own::

    python docs/ontology.py -o FOLDER
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import types
import warnings
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph, URIRef

from emg_graph.namespaces import ONTOLOGY
from emg_graph.resources import folder

PAGE = "ontology.html"
FILES = ("emg.ttl", "emg-alignments.ttl")


def page() -> str:
    """Return the page that pyLODE makes of the terms and their alignments."""
    pylode = _pylode()
    with TemporaryDirectory() as place, warnings.catch_warnings():
        # It would keep a cache in its own installation, and it leaves its stylesheet open.
        pylode.utils.RDF_FOLDER = _without_cache(pylode.utils.RDF_FOLDER, Path(place))
        warnings.filterwarnings("ignore", "unclosed file", ResourceWarning, r"pylode\.")
        return str(pylode.OntPub(_ontology(), sort_subjects=True).make_html())


def main() -> None:
    """Write the page into the folder that ``-o`` names."""
    parser = argparse.ArgumentParser(description="Write pyLODE's page on the ontology.")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    place = parser.parse_args().output
    place.mkdir(parents=True, exist_ok=True)
    (place / PAGE).write_text(page(), encoding="utf-8")
    print(place / PAGE)  # noqa: T201


def _ontology() -> Graph:
    """Return terms and alignments as one ontology, under the header of the terms."""
    graph = Graph()
    for name in FILES:
        graph.parse(folder("ontology") / name)
    graph.remove((URIRef(f"{ONTOLOGY}/alignments"), None, None))
    return graph


def _pylode() -> types.ModuleType:
    """Import pyLODE; 3.4.1 looks for its own version in a file that no installation has."""
    module = types.ModuleType("pylode.version")
    module.__dict__["__version__"] = version("pylode")
    sys.modules.setdefault(module.__name__, module)
    found = import_module("pylode")
    logging.getLogger().setLevel(logging.WARNING)  # it turns on everyone's debugging messages
    return found


def _without_cache(rdf: Path, place: Path) -> Path:
    shutil.copytree(rdf, place, ignore=shutil.ignore_patterns("*.pickle"), dirs_exist_ok=True)
    return place


if __name__ == "__main__":
    main()
