"""How well a ranking finds who is looked for, and how sure that is.

Equal scores are put in every order in equal measure: what is returned is the exact mean over all
orders, so that no draw is needed and no order of rows helps anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS = 10_000
SEED = 1
_NOTHING = 1e-9
_PLACES = 9
"""Scores that differ after so many decimal places only are equal."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranking finds the positives, each from 0 to 1."""

    recall_5: float
    """The share of the positives among the first five."""
    recall_10: float
    precision: float
    """Average precision."""
    auc: float
    """The share of pairs of a positive and another in which the positive is first."""


def score(values: ArrayLike, positives: NDArray[np.bool_]) -> Score:
    """Return how well scores, the highest first, find the positives; one at least, not all.

    Args:
        values: one score for each who is ranked.
        positives: who is looked for.
    """
    known = np.round(np.asarray(values, float), _PLACES)
    _, group = np.unique(-known, return_inverse=True)
    sizes = np.bincount(group)
    hits = np.bincount(group[positives], minlength=len(sizes))
    before = np.cumsum(sizes) - sizes
    rest = sizes - hits
    below = rest.sum() - np.cumsum(rest)
    return Score(
        _recall(sizes, hits, before, 5),
        _recall(sizes, hits, before, 10),
        _precision(sizes, hits, before),
        float((hits * (below + rest / 2)).sum() / (hits.sum() * rest.sum())),
    )


def score_of_list(values: ArrayLike, positives: NDArray[np.bool_], length: int) -> Score:
    """Return how well a list of the highest so many finds the positives, all others being equal.

    Of those tied for the last places of the list, as many are on it as there is room for: what is
    returned is the exact mean over all choices, by how many positives each has.
    """
    known = np.round(np.asarray(values, float), _PLACES)
    if len(known) <= length:
        return score(known, positives)
    last = np.sort(known)[-length]
    room = length - int((known > last).sum())
    wanted, others = (np.flatnonzero((known == last) & some) for some in (positives, ~positives))
    scores, chances = [], []
    for hits in range(max(0, room - len(others)), min(room, len(wanted)) + 1):
        listed = np.where(known > last, known, last - 1)
        listed[[*wanted[:hits], *others[: room - hits]]] = last
        scores.append(score(listed, positives))
        chances.append(comb(len(wanted), hits) * comb(len(others), room - hits))
    return mean_of(scores, chances)


def mean_of(scores: Sequence[Score], weights: Sequence[float] | None = None) -> Score:
    """Return the mean of each measure, by weights if there are any."""
    return Score(*np.average([astuple(one) for one in scores], axis=0, weights=weights).tolist())


def _recall(
    sizes: NDArray[np.int64], hits: NDArray[np.int64], before: NDArray[np.int64], first: int
) -> float:
    within = np.clip((first - before) / sizes, 0, 1)
    return float((hits * within).sum() / hits.sum())


def _precision(
    sizes: NDArray[np.int64], hits: NDArray[np.int64], before: NDArray[np.int64]
) -> float:
    """Return the mean average precision over all orders of equals (McSherry and Najork 2008).

    A positive is at each place of its group as often; of the other places before it in the group
    the positives hold their share.
    """
    total, above = 0.0, 0
    for size, hit, start in zip(sizes.tolist(), hits.tolist(), before.tolist(), strict=True):
        if hit:
            place = np.arange(1, size + 1)
            share = (hit - 1) / (size - 1) if size > 1 else 0.0
            total += hit / size * float(((above + 1 + (place - 1) * share) / (start + place)).sum())
        above += hit
    return total / float(hits.sum())


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the interval in which nineteen of twenty means of redrawn groups lie."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.2f} ({self.low:.2f}–{self.high:.2f})"

    @property
    def short(self) -> str:
        """The same in less room."""
        return f"{self.mean:.2f} {self.low:.2f}–{self.high:.2f}"

    @property
    def signed(self) -> str:
        """The same with its signs, of a difference: to three places, where small ones are seen."""
        return f"{self.mean:+.3f} ({self.low:+.3f} to {self.high:+.3f})"


def estimate(values: Sequence[float], groups: Sequence[str], draws: int = DRAWS) -> Estimate:
    """Return the mean of values and its interval, by drawing whole groups again with replacement.

    Values of a group are not independent, so that a group is drawn or not as one (cluster
    bootstrap; Efron and Tibshirani 1993). From ten groups such an interval is too narrow: it holds
    the truth some nine times in ten. ``by_chance`` needs no such number.
    """
    members = _grouped(values, groups)
    sums = np.array([sum(some) for some in members])
    sizes = np.array([len(some) for some in members])
    picked = np.random.default_rng(SEED).integers(len(members), size=(draws, len(members)))
    means = sums[picked].sum(axis=1) / sizes[picked].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(float(np.mean(values)), float(low), float(high))


def by_chance(differences: Sequence[float], groups: Sequence[str]) -> float:
    """Return how often chance alone would give a mean as far from zero, either way (exact p).

    If neither of two ways is better, the differences of a whole group could as well be those of
    the other way round: the mean is taken with every choice of signs for the groups (randomisation
    test; Fisher 1935). From n groups p is 2 / 2ⁿ at least.
    """
    first, *rest = (sum(values) for values in _grouped(differences, groups))
    sums = np.array([first])
    for more in rest:
        sums = np.concatenate([sums + more, sums - more])
    return float((abs(sums) >= abs(sum(differences)) - _NOTHING).mean())


def needed(differences: Sequence[float], groups: Sequence[str]) -> float:
    """Return how many independent agreements would show a mean difference as large as this one.

    Four times in five, at the five per cent level, if the spread between groups stays the same:
    (1.96 + 0.84)² times its variance over the square of the mean (Cohen 1988). Infinite if the
    mean is not above zero.
    """
    means = [float(np.mean(values)) for values in _grouped(differences, groups)]
    mean = float(np.mean(means))
    if mean <= _NOTHING or len(means) < 2:
        return float("inf")
    return 7.849 * float(np.var(means, ddof=1)) / mean**2


def _grouped(values: Sequence[float], groups: Sequence[str]) -> list[list[float]]:
    """Return the values of each group, in the order of the groups' names."""
    return [
        [value for value, group in zip(values, groups, strict=True) if group == name]
        for name in sorted(set(groups))
    ]
