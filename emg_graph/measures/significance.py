"""Whether rows share more items than their sizes explain: p-values, and q-values of many tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

Values = NDArray[np.float64]


def hypergeometric(
    shared: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64], items: int
) -> Values:
    """Return the upper p-values of sharing so many, were each row's items drawn at random.

    Tumminello et al. (2011), PLoS ONE 6:e17994.
    """
    return np.asarray(hypergeom.sf(shared - 1, items, one, other))


def benjamini_hochberg(values: Values) -> Values:
    """Return the q-value of each p-value: the false discovery rate at which it would be kept.

    Benjamini and Hochberg (1995).

    >>> [round(float(q), 4) for q in benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.9]))]
    [0.04, 0.0533, 0.0533, 0.9]
    """
    order = np.argsort(values)[::-1]
    count = len(values)
    ranks = np.arange(count, 0, -1)
    found = np.empty(count)
    found[order] = np.minimum(1.0, np.minimum.accumulate(values[order] * count / ranks))
    return found
