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
    from emg_graph.analysis.bridges import Bridges
    from emg_graph.analysis.candidates import Candidate, Collaborators
    from emg_graph.analysis.coalition import Coalition
    from emg_graph.analysis.comparison import Comparison
    from emg_graph.analysis.gaps import Gaps
    from emg_graph.analysis.overlap import Overlaps
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
    from emg_graph.graph import Graph, compare, open_graph
    from emg_graph.names import Label
    from emg_graph.views.brief import Brief
    from emg_graph.views.package import Package

__version__ = "0.1.0"

_HOMES = {
    "Bridges": "analysis.bridges",
    "Brief": "views.brief",
    "Candidate": "analysis.candidates",
    "Coalition": "analysis.coalition",
    "Collaborators": "analysis.candidates",
    "Comparison": "analysis.comparison",
    "DataError": "errors",
    "DocumentError": "errors",
    "EmgGraphError": "errors",
    "Finding": "checks",
    "Gaps": "analysis.gaps",
    "Graph": "graph",
    "Label": "names",
    "Listing": "answers",
    "OutputError": "errors",
    "Overlaps": "analysis.overlap",
    "Package": "views.package",
    "Problem": "errors",
    "Profile": "answers",
    "QueryError": "errors",
    "StoreError": "errors",
    "Table": "answers",
    "UnknownNameError": "errors",
    "compare": "graph",
    "open_graph": "graph",
}

__all__ = [
    "Bridges",
    "Brief",
    "Candidate",
    "Coalition",
    "Collaborators",
    "Comparison",
    "DataError",
    "DocumentError",
    "EmgGraphError",
    "Finding",
    "Gaps",
    "Graph",
    "Label",
    "Listing",
    "OutputError",
    "Overlaps",
    "Package",
    "Problem",
    "Profile",
    "QueryError",
    "StoreError",
    "Table",
    "UnknownNameError",
    "compare",
    "open_graph",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562), so that a command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
