"""A question to a built graph imports what it needs and nothing heavy; never a time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from emg_graph.graph import STORE_VARIABLE, Graph

HEAVY = {
    "jinja2", "networkx", "numpy", "oxrdflib", "pandas", "pydantic", "pyshacl", "pyvis", "rdflib",
    "rustworkx", "scipy",
}  # fmt: skip
IDLE = {
    "emg_graph.analysis.candidates",
    "emg_graph.analysis.reading",
    "emg_graph.checks",
    "emg_graph.loader",
    "emg_graph.names",
    "emg_graph.records",
    "emg_graph.tables",
}
PROGRAM = """
import sys
from emg_graph.cli import cli
cli.main({arguments!r}, standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""
QUESTIONS = (
    ("query", "run", "CQ01", "-p", "agreement=minamata"),
    ("query", "run", "CQ01", "-p", "agreement=minamata", "--format", "json"),
    ("query", "run", "shared-agreements", "-p", "entity=unep", "--format", "csv"),
    ("sparql", "ASK { ?s ?p ?o }"),
)


def modules_after(arguments: tuple[str, ...], store: Path) -> set[str]:
    """Return what a process has imported once a command has run in it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=list(arguments))],
        env={**os.environ, STORE_VARIABLE: str(store)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.strip()
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_a_question_imports_nothing_heavy(
    arguments: tuple[str, ...], store_folder: Path, graph: Graph
) -> None:
    imported = modules_after(arguments, store_folder)
    assert "pyoxigraph" in imported
    assert not imported & HEAVY
    assert not imported & IDLE


def test_a_question_hashes_nothing_and_makes_no_files(store_folder: Path, graph: Graph) -> None:
    imported = modules_after(QUESTIONS[0], store_folder)
    assert not imported & {"_hashlib", "tempfile", "shutil", "csv"}


def test_help_does_not_even_import_the_store(store_folder: Path, graph: Graph) -> None:
    assert "pyoxigraph" not in modules_after(("--help",), store_folder)
