"""What chance alone would make pairs of rows share: three null models, one answer.

Broad portfolios meet often by their size alone. Each model says what pairs would share if only
sizes counted: the hypergeometric one keeps the size of each row, the configuration model keeps
rows and items on average, and the fixed-degree model keeps both exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import binom, hypergeom

from emg_graph.measures.configuration import probabilities
from emg_graph.measures.portfolios import shared

Values = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows of a table, with what each shares."""

    one: Places
    """The number of the first row of each pair."""
    other: Places
    common: Places
    """How many items both have."""
    rows: int
    """How many rows there are, so that each pair of them is one test."""

    def of(self, values: sparse.csr_array) -> Values:
        """Return the value of each pair in a table of rows by rows."""
        if not len(self.one):
            return np.zeros(0)
        return np.asarray(values[self.one, self.other], float).ravel()

    @property
    def tests(self) -> int:
        """How many pairs there are, those that share nothing included."""
        return self.rows * (self.rows - 1) // 2


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance makes of each pair, in the order of the pairs."""

    expected: Values
    """How many items a pair shares on average."""
    more: Values
    """How likely a pair shares as many or more: the upper p-value."""
    less: Values
    """How likely a pair shares as many or fewer: the lower p-value."""


def pairs_of(table: sparse.csr_array, also: tuple[int, int] | None = None) -> Pairs:
    """Return the pairs of rows that share something, in order; no dense array is made.

    Args:
        table: 0/1, rows by items.
        also: the numbers of a pair that is looked at even if it shares nothing, the less first.
    """
    common = sparse.triu(shared(table), k=1).tocoo()
    places = {"one": common.row, "other": common.col, "common": common.data}
    if also and not ((common.row == also[0]) & (common.col == also[1])).any():
        added = zip(places, (*also, 0), strict=True)
        places = {name: np.append(places[name], value) for name, value in added}
    order = np.lexsort((places["other"], places["one"]))
    found = {name: np.asarray(values[order], np.int64) for name, values in places.items()}
    return Pairs(**found, rows=table.shape[0])


def by_row_sizes(table: sparse.csr_array, pairs: Pairs) -> Chance:
    """Return the chance where each row draws its items blindly from all.

    The hypergeometric model (Tumminello et al. 2011, PLoS ONE 6:e17994). Pairs of the same sizes
    that share as much are reckoned once.
    """
    sizes, items = _sizes(table, 1), table.shape[1]
    one, other = sizes[pairs.one], sizes[pairs.other]
    asked = np.stack((np.minimum(one, other), np.maximum(one, other), pairs.common))
    kinds, place = np.unique(asked, axis=1, return_inverse=True)
    less, more, common = kinds
    return Chance(
        one * other / max(1, items),
        np.asarray(hypergeom.sf(common - 1, items, less, more))[place.ravel()],
        np.asarray(hypergeom.cdf(common, items, less, more))[place.ravel()],
    )


def by_mean_sizes(table: sparse.csr_array, pairs: Pairs) -> Chance:
    """Return the chance where rows and items keep their sizes on average.

    The bipartite configuration model (Saracco et al. 2017, New Journal of Physics 19:053022): what
    a pair shares is a sum of independent coins, a binomial for each size of item.

    Raises:
        ArithmeticError: the model has no solution for these sizes.
    """
    sizes, kinds, of_kind = _kinds(table)
    likely = probabilities(sizes, _sizes(table, 0))[:, of_kind]
    both = likely[pairs.one] * likely[pairs.other]
    expected = both @ kinds
    more, less = np.empty(len(expected)), np.empty(len(expected))
    coins = [_binomial(int(count), both[:, i]) for i, count in enumerate(kinds)]
    for place, common in enumerate(pairs.common):
        spread = np.ones(1)
        for coin in coins:
            spread = np.convolve(spread, np.trim_zeros(coin[place], "b"))
        more[place], less[place] = spread[common:].sum(), spread[: common + 1].sum()
    return Chance(expected, np.minimum(more, 1), np.minimum(less, 1))


def _kinds(table: sparse.csr_array) -> tuple[Places, Places, Places]:
    """Return the sizes of rows, how many items there are of each size, and one item of each."""
    _, first, counts = np.unique(_sizes(table, 0), return_index=True, return_counts=True)
    return _sizes(table, 1), counts, first


def _binomial(count: int, likely: Values) -> Values:
    """Return how likely each number of successes is, up to where it is none: pairs by numbers."""
    mean = count * likely.max(initial=0.0)
    most = min(count, int(mean + 12 * np.sqrt(mean) + 40))
    return np.asarray(binom.pmf(np.arange(most + 1), count, likely[:, None]))


def _sizes(table: sparse.csr_array, axis: int) -> Places:
    return np.asarray(table.sum(axis=axis)).ravel().astype(np.int64)
