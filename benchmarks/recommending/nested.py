"""Weights chosen on the other agreements, reported on the one that is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

STEPS = (1.0, 0.0, 2.0)
"""How much a channel may count."""
Weights = Mapping[str, float]


def grid(channels: Sequence[str]) -> list[dict[str, float]]:
    """Return every weighting of channels by the steps, once each up to a factor, equal ones first.

    >>> [list(weights.values()) for weights in grid("AB")]
    [[1.0, 1.0], [1.0, 0.0], [1.0, 2.0], [0.0, 1.0], [2.0, 1.0]]
    """
    found: dict[tuple[float, ...], dict[str, float]] = {}
    for steps in product(STEPS, repeat=len(channels)):
        if total := sum(steps):
            key = tuple(step / total for step in steps)
            found.setdefault(key, dict(zip(channels, steps, strict=True)))
    return list(found.values())


def chosen(worth: NDArray[np.float64], groups: Sequence[str]) -> list[int]:
    """Return for each agreement the option that is best on the mean of all other groups.

    Of equals the first is chosen, so that the order of the options says which is preferred.

    Args:
        worth: how good each option is, agreements by options.
        groups: the group of each agreement; two at least.
    """
    found = []
    for group in groups:
        others = np.array([other != group for other in groups])
        found.append(int(np.argmax(np.round(worth[others].mean(axis=0), 9))))
    return found
