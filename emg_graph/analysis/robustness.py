"""How far a result moves when a source is dropped or some links are missing.

The record is incomplete, and nobody knows where. What stands the same with a source less, and with
a tenth or a fifth of the links left out at random, may be acted on; what does not is to be checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SHARES = (0.1, 0.2)
"""Shares of the links that are left out at random."""
DRAWS = 200
"""How often that is done, for each share."""
SEED = 1


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The least and the greatest of the values that a result takes."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g}–{self.high:g}"


def whole_range(values: Iterable[float]) -> Interval:
    """Return the least and the greatest value.

    >>> str(whole_range([3, 1, 2]))
    '1–3'
    """
    known = list(values)
    return Interval(min(known), max(known))


def most_of(values: Sequence[float]) -> Interval:
    """Return the values between which nine of ten lie, both of them values that occurred.

    >>> str(most_of(range(1, 101)))
    '6–95'
    """
    low, high = np.quantile(values, (0.05, 0.95), method="nearest")
    return Interval(float(low), float(high))


def kept(
    count: int, share: float, draws: int = DRAWS, seed: int = SEED
) -> Iterator[NDArray[np.bool_]]:
    """Yield for each draw which of so many links are kept.

    In each draw the same number is left out, the share of all, rounded.
    """
    random = np.random.default_rng([seed, round(share * 1000)])
    for _ in range(draws):
        yield random.permutation(count) >= round(share * count)
