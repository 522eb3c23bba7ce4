"""Where a node stands between others: Burt's constraint and effective size, two-mode centrality.

No betweenness: it moves most of all when links are missing (Smith and Moody 2013, Social Networks
35:652–668), and in this record they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import networkx as nx
from networkx.algorithms import bipartite


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How far the neighbours of a node are themselves linked (Burt 1992, Structural Holes)."""

    constraint: float
    """Low where they are not linked to one another; NaN for a node without links."""
    effective_size: float
    """How many of them are left when those linked to one another count less."""


def brokerage(
    links: Mapping[tuple[str, str], float], *, weighted: bool = False
) -> dict[str, Brokerage]:
    """Return constraint and effective size of each node of an undirected network.

    Args:
        links: the weight of each pair, each pair once.
        weighted: whether the weights count in the constraint; in effective size they never do.
    """
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in links.items())
    constraint = nx.constraint(graph, weight="weight" if weighted else None)
    size = nx.effective_size(graph)
    return {
        node: Brokerage(constraint.get(node, nan), size.get(node, nan)) for node in sorted(graph)
    }


@dataclass(frozen=True, slots=True)
class Centrality:
    """Two-mode centrality (Borgatti and Everett 1997, Social Networks 19:243–269), from 0 to 1."""

    degree: float
    """Share of the other side that it is linked to."""
    closeness: float
    """How few steps it needs to reach all, as a share of the best there can be."""


def centralities(
    links: Mapping[str, frozenset[str]],
) -> tuple[dict[str, Centrality], dict[str, Centrality]]:
    """Return the centrality of each row and of each item, from the items of each row.

    Rows and items may bear the same name.
    """
    graph = nx.Graph()
    rows = [(0, row) for row in sorted(links)]
    graph.add_nodes_from(rows)
    graph.add_edges_from(
        ((0, row), (1, item)) for row, items in links.items() for item in sorted(items)
    )
    degree = bipartite.degree_centrality(graph, rows)
    closeness = bipartite.closeness_centrality(graph, rows)
    found: tuple[dict[str, Centrality], dict[str, Centrality]] = {}, {}
    for side, name in sorted(graph):
        node = (side, name)
        found[side][name] = Centrality(degree[node], closeness[node])
    return found
