"""How much the portfolios of two rows have in common, from a 0/1 table of rows by items.

Every function takes the table as a sparse array and gives rows by rows; pairs that share nothing
are not stored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def shared(table: sparse.csr_array) -> sparse.csr_array:
    """Return how many items each pair of rows shares; on the diagonal, how many each has."""
    counts = table.astype(np.int64)
    return sparse.csr_array(counts @ counts.T)


def jaccard(table: sparse.csr_array) -> sparse.csr_array:
    """Return the share of the items of two rows that both have (Jaccard 1901), from 0 to 1."""
    common = shared(table).tocoo()
    sizes = _sizes(table)
    union = sizes[common.row] + sizes[common.col] - common.data
    return sparse.csr_array((common.data / union, (common.row, common.col)), shape=common.shape)


def newman(table: sparse.csr_array) -> sparse.csr_array:
    """Return the weight of what pairs of rows share: an item of c rows counts 1 / (c − 1).

    Newman (2001), Physical Review E 64:016132. Items of one row alone count for none, and the
    diagonal is empty, so that a row's weights add up to its items that others have too.
    """
    held = np.asarray(table.sum(axis=0)).ravel()
    weights = np.divide(1.0, held - 1, out=np.zeros(len(held)), where=held > 1)
    found = (table.astype(float) @ sparse.diags_array(weights) @ table.T.astype(float)).tocoo()
    apart = found.row != found.col
    kept = (found.data[apart], (found.row[apart], found.col[apart]))
    return sparse.csr_array(kept, shape=found.shape)


@dataclass(frozen=True, slots=True)
class Split:
    """How two portfolios differ (Baselga 2010, Global Ecology and Biogeography 19:134–143)."""

    dissimilarity: float
    """Sørensen's: 0 the same, 1 nothing in common."""
    turnover: float
    """What comes of items that each has in place of the other's (Simpson's)."""

    @property
    def nestedness(self) -> float:
        """What comes of one having more than the other."""
        return self.dissimilarity - self.turnover


def split(both: int, one: int, other: int) -> Split | None:
    """Return the split of two portfolios, or None for two empty ones.

    Args:
        both: how many items they share.
        one: how many only the one has.
        other: how many only the other has.

    >>> found = split(4, 6, 0)
    >>> round(found.dissimilarity, 4), found.turnover, round(found.nestedness, 4)
    (0.4286, 0.0, 0.4286)
    >>> split(3, 3, 3)
    Split(dissimilarity=0.5, turnover=0.5)
    """
    if not both + one + other:
        return None
    least = min(one, other)
    simpson = least / (both + least) if both + least else 0.0
    return Split((one + other) / (2 * both + one + other), simpson)


def _sizes(table: sparse.csr_array) -> NDArray[np.int64]:
    """Return how many items each row has."""
    return np.asarray(table.sum(axis=1)).ravel().astype(np.int64)
