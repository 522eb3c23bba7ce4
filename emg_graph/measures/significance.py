"""What of many tests is beyond chance: from p-values to q-values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def benjamini_hochberg(values: Values, tests: int | None = None) -> Values:
    """Return the q-value of each p-value: the false discovery rate at which it would be kept.

    Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57:289–300).

    Args:
        values: p-values.
        tests: how many tests there were in all; those not given had a p-value of 1.

    >>> [round(float(q), 4) for q in benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.9]))]
    [0.04, 0.0533, 0.0533, 0.9]
    >>> [round(float(q), 4) for q in benjamini_hochberg(np.array([0.01, 0.04]), tests=4)]
    [0.04, 0.08]
    """
    order = np.argsort(values)[::-1]
    ranks = np.arange(len(values), 0, -1)
    found = np.empty(len(values))
    raised = values[order] * (tests or len(values)) / ranks
    found[order] = np.minimum(1.0, np.minimum.accumulate(raised))
    return found
