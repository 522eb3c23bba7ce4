"""A knowledge graph of UN entities and the multilateral environmental agreements they serve.

>>> import emg_graph
>>> graph = emg_graph.open_graph("memory:")
>>> graph.collaborators("minamata").name
'Minamata Convention on Mercury'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emg_graph.errors import (
        DataError,
        EmgGraphError,
        OutputError,
        Problem,
        QueryError,
        StoreError,
        UnknownNameError,
    )
    from emg_graph.graph import Graph, Profile, open_graph
    from emg_graph.store import Table

__version__ = "0.1.0"

_HOMES = {
    "DataError": "errors",
    "EmgGraphError": "errors",
    "Graph": "graph",
    "OutputError": "errors",
    "Problem": "errors",
    "Profile": "graph",
    "QueryError": "errors",
    "StoreError": "errors",
    "Table": "store",
    "UnknownNameError": "errors",
    "open_graph": "graph",
}

__all__ = [
    "DataError",
    "EmgGraphError",
    "Graph",
    "OutputError",
    "Problem",
    "Profile",
    "QueryError",
    "StoreError",
    "Table",
    "UnknownNameError",
    "open_graph",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562), so that a command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
