"""Who is likely to hold what, by what is held already: two measures from the literature.

Both predict who was named, not who should be.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Values = NDArray[np.float64]


def resource_weights(table: sparse.csr_array) -> sparse.csr_array:
    """Return how much of each item's resource comes to each other item: each column sums to 1.

    W of network-based inference (Zhou, Ren, Medo and Zhang 2007, Physical Review E 76:046115),
    items by items, from a 0/1 table of rows by items.
    """
    places = table.astype(float)
    by_row = sparse.diags_array(_inverse(np.asarray(table.sum(axis=1)).ravel()))
    by_item = sparse.diags_array(_inverse(np.asarray(table.sum(axis=0)).ravel()))
    return sparse.csr_array(places.T @ by_row @ places @ by_item)


def network_based_inference(table: sparse.csr_array) -> sparse.csr_array:
    """Return the score of each row for each item, in the shape of the table."""
    return sparse.csr_array(table.astype(float) @ resource_weights(table).T)


def comparative_advantage(amounts: ArrayLike) -> Values:
    """Return how much more of a row goes to an item than of all rows together (Balassa 1965).

    Args:
        amounts: rows by items, none negative; of an empty row all is 0.
    """
    known = np.asarray(amounts, float)
    rows, total = known.sum(axis=1, keepdims=True), known.sum()
    of_row = np.divide(known, rows, out=np.zeros_like(known), where=rows > 0)
    of_all = known.sum(axis=0) / total if total else np.zeros(known.shape[1])
    return np.asarray(np.divide(of_row, of_all, out=np.zeros_like(known), where=of_all > 0))


def proximity(table: ArrayLike) -> Values:
    """Return the lesser chance that who holds one of two items holds the other: items by items.

    Hidalgo, Klinger, Barabási and Hausmann (2007, Science 317:482–487); 1 on the diagonal of an
    item that is held, 0 of one that nobody holds.
    """
    known = np.asarray(table, float)
    both = known.T @ known
    larger = np.maximum.outer(np.diag(both), np.diag(both))
    return np.asarray(np.divide(both, larger, out=np.zeros_like(both), where=larger > 0))


def density(table: ArrayLike) -> Values:
    """Return the share of what is related to each item that each row holds, from 0 to 1.

    Relatedness density of the same authors: the sum is over all items, the item itself too.
    """
    known, near = np.asarray(table, float), proximity(table)
    total = near.sum(axis=0)
    return np.asarray(np.divide(known @ near, total, out=np.zeros_like(known), where=total > 0))


def _inverse(sums: NDArray[np.int64]) -> Values:
    return np.asarray(np.divide(1.0, sums, out=np.zeros(len(sums)), where=sums > 0))
