"""What the shapes find in a store, looked for in a process of its own.

The tracer of a coverage run follows every call of the SHACL engine and makes it take minutes.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from emg_graph.checks import Finding, shape_findings
from emg_graph.graph import open_graph


def findings_in(folder: Path) -> tuple[Finding, ...]:
    """Return what the shapes find in the store of a folder."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_findings, folder).result()


def _findings(folder: Path) -> tuple[Finding, ...]:
    return shape_findings(open_graph(folder).store)
