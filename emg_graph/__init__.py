"""A knowledge graph of UN entities and the multilateral environmental agreements they serve.

>>> import emg_graph
>>> graph = emg_graph.open_graph()
>>> graph.collaborators("minamata").name
'Minamata Convention on Mercury'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from emg_graph.analysis.candidates import Candidate, Collaborators
    from emg_graph.answers import Listing, Profile, Table
    from emg_graph.checks import Finding
    from emg_graph.errors import (
        DataError,
        DocumentError,
        EmgGraphError,
        OutputError,
        Problem,
        QueryError,
        StoreError,
        UnknownNameError,
    )
    from emg_graph.graph import Graph, open_graph
    from emg_graph.names import Label
    from emg_graph.views.brief import Brief
    from emg_graph.views.package import Package

__version__ = "0.1.0"

_HOMES = {
    "Brief": "views.brief",
    "Candidate": "analysis.candidates",
    "Collaborators": "analysis.candidates",
    "DataError": "errors",
    "DocumentError": "errors",
    "EmgGraphError": "errors",
    "Finding": "checks",
    "Graph": "graph",
    "Label": "names",
    "Listing": "answers",
    "OutputError": "errors",
    "Package": "views.package",
    "Problem": "errors",
    "Profile": "answers",
    "QueryError": "errors",
    "StoreError": "errors",
    "Table": "answers",
    "UnknownNameError": "errors",
    "open_graph": "graph",
}

__all__ = [
    "Brief",
    "Candidate",
    "Collaborators",
    "DataError",
    "DocumentError",
    "EmgGraphError",
    "Finding",
    "Graph",
    "Label",
    "Listing",
    "OutputError",
    "Package",
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
