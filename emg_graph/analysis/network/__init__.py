"""Who is linked with whom: the things of the graph and their links, for pictures and measures.

``read_network`` reads it whole; ``around`` keeps what touches one thing; ``entities`` and
``agreements`` project it onto one side, with the shared items kept; ``gaps`` has the links that
the record lacks.
"""

from __future__ import annotations

from emg_graph.analysis.network.around import around
from emg_graph.analysis.network.gaps import gaps
from emg_graph.analysis.network.links import (
    BASES,
    CANDIDATES,
    CONFIDENCES,
    KINDS,
    RELATIONS,
    STANDINGS,
    Fact,
    Link,
    Network,
    Node,
)
from emg_graph.analysis.network.projection import agreements, entities
from emg_graph.analysis.network.reading import read_network, read_searches
from emg_graph.analysis.network.related import with_candidates

__all__ = [
    "BASES",
    "CANDIDATES",
    "CONFIDENCES",
    "KINDS",
    "RELATIONS",
    "STANDINGS",
    "Fact",
    "Link",
    "Network",
    "Node",
    "agreements",
    "around",
    "entities",
    "gaps",
    "read_network",
    "read_searches",
    "with_candidates",
]
