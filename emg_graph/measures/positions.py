"""Where a node stands between others: Burt's constraint and effective size, two-mode centrality.

No betweenness: it moves most of all when links are missing (Smith and Moody 2013, Social Networks
35:652–668), and in this record they are. The formulas are those of networkx (``constraint``,
``effective_size``, ``bipartite.degree_centrality``, ``bipartite.closeness_centrality``), for a
whole table at once, since each is computed hundreds of times with links left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How far the neighbours of each node are themselves linked (Burt 1992, Structural Holes)."""

    constraint: Values
    """Low where they are not linked to one another; NaN for a node without links."""
    effective_size: Values
    """How many of them are left when those linked to one another count less; NaN without links."""


def brokerage(weights: Values) -> Brokerage:
    """Return constraint and effective size of each node of an undirected network.

    A network of ones gives both without weights; the effective size is then that of Borgatti
    (1997, Connections 20:35–38).

    Args:
        weights: nodes by nodes, the same both ways, 0 where there is no link and on the diagonal.
    """
    linked = weights > 0
    alone = ~linked.any(axis=1)
    whole = weights.sum(axis=1, keepdims=True)
    share = np.divide(weights, whole, out=np.zeros_like(weights, float), where=whole > 0)
    most = weights.max(axis=1, initial=0, keepdims=True)
    strength = np.divide(weights, most, out=np.zeros_like(weights, float), where=most > 0)
    constraint = (((share + share @ share) * linked) ** 2).sum(axis=1)
    size = (linked * (1 - share @ strength.T)).sum(axis=1)
    return Brokerage(np.where(alone, np.nan, constraint), np.where(alone, np.nan, size))


@dataclass(frozen=True, slots=True)
class Centrality:
    """Two-mode centrality (Borgatti and Everett 1997, Social Networks 19:243–269), from 0 to 1."""

    degree: Values
    """Share of the other side that each is linked to."""
    closeness: Values
    """How few steps each needs to reach all, as a share of the best there can be."""


def centrality(table: sparse.csr_array) -> Centrality:
    """Return the centrality of each row of a 0/1 table; of the items with the table turned.

    A row that cannot reach everything has the closeness among what it reaches, multiplied by the
    share of all that this is. (networkx takes the best there can be among all instead, and may
    then give more than 1.)
    """
    rows, items = table.shape
    counts = table.astype(np.int64)
    near, across, total = _walked(counts)
    best = across + 2 * (near - 1)
    closeness = np.divide(best, total, out=np.zeros(rows), where=total > 0)
    held = np.asarray(counts.sum(axis=1)).ravel()
    share = (near + across - 1) / max(rows + items - 1, 1)
    return Centrality(held / max(items, 1), closeness * share)


def _walked(
    table: sparse.csr_array,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many rows each reaches, itself included, how many items, and the steps in all.

    An item of one row alone is a step behind that row, and leads nowhere.
    """
    common = np.asarray(table.sum(axis=0)).ravel() > 1
    own = np.asarray(table[:, ~common].sum(axis=1)).ravel()
    there = table[:, common]
    back = sparse.csr_array(there.T)
    new = near = np.eye(table.shape[0], dtype=np.int64)
    across = np.zeros(back.shape, np.int64)
    items, total, step = np.zeros(len(near), np.int64), np.zeros(len(near), np.int64), 1
    while new.any():
        across_now = (back @ near > 0).astype(np.int64)
        more = (across_now - across).sum(axis=0) + own @ new
        near_now = (there @ across_now > 0).astype(np.int64) | near
        new, near, across = near_now - near, near_now, across_now
        items = items + more
        total = total + step * more + (step + 1) * new.sum(axis=0)
        step += 2
    return near.sum(axis=0), items, total


def participation(counts: NDArray[np.int64]) -> Values:
    """Return how evenly the links of each row spread over groups: 0 in one, at most 1 − 1/groups.

    1 less the sum of the squared shares (Guimerà and Amaral 2005, Nature 433:895–900).

    Args:
        counts: rows by groups, how many links each row has into each group; without any, NaN.

    >>> participation(np.array([[2, 0], [1, 1], [0, 0]])).tolist()
    [0.0, 0.5, nan]
    """
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0)
    return np.asarray(1 - (share**2).sum(axis=1))
