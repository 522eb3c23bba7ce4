"""Tables with given sums on average: the bipartite configuration model.

Saracco et al. (2017, New Journal of Physics 19:053022). It has little power on small, dense tables.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Values = NDArray[np.float64]

_TOLERANCE = 1e-9
_ROUNDS = 30_000


def probabilities(rows: ArrayLike, items: ArrayLike) -> Values:
    """Return how likely each place of a table is taken, rows by items.

    A row that has every item, or none, is sure, and so is an item of every row; the other places
    are independent, x_i y_a / (1 + x_i y_a), and add up to the sums given.

    Args:
        rows: the sum of each row.
        items: the sum of each item.

    Raises:
        ArithmeticError: no such table has these sums.
    """
    held, holders = np.asarray(rows, float), np.asarray(items, float)
    if not np.isclose(held.sum(), holders.sum()):
        raise ArithmeticError("no table has these sums: rows and items differ in all")
    for sums, other in ((held, holders), (holders, held)):
        sure = (sums == 0) | (sums == len(other))
        if sure.any() and len(other):
            found = np.zeros((len(sums), len(other)))
            found[sums == len(other)] = 1
            rest = probabilities(sums[~sure], other - found.sum(axis=0))
            found[~sure] = rest
            return found if sums is held else found.T
    return _open(held, holders) if held.size else np.zeros((0, holders.size))


def _open(held: Values, holders: Values) -> Values:
    """Return the probabilities where no place is sure, by turns of rows and items."""
    x, y = (sums / np.sqrt(held.sum()) for sums in (held, holders))
    for _ in range(_ROUNDS):
        x = held / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = holders / (x[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        product = np.outer(x, y)
        found = product / (1 + product)
        if np.abs(found.sum(axis=1) / held - 1).max() < _TOLERANCE:
            return np.asarray(found)
    raise ArithmeticError("no table of the configuration model has these sums")
