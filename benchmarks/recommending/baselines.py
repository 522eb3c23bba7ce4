"""What is usually done to guess the missing links of a table of 0 and 1, and is to be beaten.

Each takes a table of rows by items and returns a score for each row and item, of which only the
order within a row says something.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from emg_graph.measures.prediction import density, network_based_inference

Values = NDArray[np.float64]
Predictor = Callable[[Values], Values]
DAMPING = 0.85
"""How likely a walk goes on at each step."""


def popularity(table: Values) -> Values:
    """Return how many rows hold each item, the same for every row."""
    return np.tile(table.sum(axis=0), (len(table), 1))


def jaccard_neighbours(table: Values) -> Values:
    """Return how near, by Jaccard, the other rows are that hold an item: user-based filtering."""
    both = table @ table.T
    sizes = table.sum(axis=1)
    either = sizes[:, None] + sizes[None, :] - both
    near = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    np.fill_diagonal(near, 0)
    return np.asarray(near @ table)


def pagerank(table: Values) -> Values:
    """Return how often a walk that restarts at a row is at each item (Page and others 1999).

    The walk goes along the links both ways.
    """
    forth, back = _shares(table), _shares(table.T)
    around = np.eye(len(table)) - DAMPING**2 * forth @ back
    return np.asarray(DAMPING * (1 - DAMPING) * np.linalg.inv(around) @ forth)


def decomposition(rank: int) -> Predictor:
    """Return what approximates a table best by so many patterns (truncated SVD)."""
    return lambda table: decompositions(table, (rank,))[rank]


def decompositions(table: Values, ranks: Sequence[int]) -> dict[int, Values]:
    """Return the best approximation of a table by each number of patterns."""
    left, sizes, right = np.linalg.svd(table, full_matrices=False)
    return {rank: (left[:, :rank] * sizes[:rank]) @ right[:rank] for rank in ranks}


def inference(table: Values) -> Values:
    """Return network-based inference of the package, over the items."""
    return np.asarray(network_based_inference(sparse.csr_array(table)).toarray())


PREDICTORS: Mapping[str, Predictor] = {
    "popularity": popularity,
    "Jaccard": jaccard_neighbours,
    "PageRank": pagerank,
    "NBI": inference,
    "density": density,
}


def left_out(table: Values, predictor: Predictor) -> float:
    """Return the mean share of other items below a link that is left out, each link in its turn.

    Ranked are the items that the row does not hold; ties count as half.
    """
    shares = []
    for row, item in np.argwhere(table > 0):
        known = table.copy()
        known[row, item] = 0
        scores = predictor(known)[row]
        others = np.round(scores[table[row] == 0], 12)
        own = np.round(scores[item], 12)
        shares.append(((others < own).sum() + (others == own).sum() / 2) / len(others))
    return float(np.mean(shares))


def _shares(table: Values) -> Values:
    """Return the table with each row divided by its sum; a row of zeros stays one."""
    sums = table.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(table, sums, out=np.zeros_like(table), where=sums > 0))
