"""Tables with the same row and column sums, drawn at random: the fixed-degree sequence model.

By curveball trades (Strona et al. 2014, Nature Communications 5:4114), all rows trading at once,
two by two (global trades; Carstens, Berger and Strona 2018). Many tables are traded side by side in
arrays. An item that one row alone holds stands for any other such item, so that of these only the
number is kept and a trade draws how many change hands, not which.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

TRADES = 5
"""Trades for each row between two draws (Strona et al. 2014)."""

Counts = NDArray[np.int64]


class Walk:
    """Tables of the same row and column sums, each on a random walk of its own.

    Args:
        table: 0/1, rows by items.
        count: how many tables walk side by side.
        random: where the chance comes from.
    """

    def __init__(self, table: sparse.csr_array, count: int, random: np.random.Generator) -> None:
        columns = sparse.csc_array(table)
        held = np.diff(columns.indptr)
        together = columns[:, held > 1].tocoo()
        alone = np.asarray(columns[:, held == 1].sum(axis=1)).ravel().astype(np.int64)
        self._random = random
        self._each = np.arange(count)[:, None]
        self._item = together.col.astype(np.int64)
        self._holder = np.tile(together.row.astype(np.int64), (count, 1))
        self._alone = np.tile(alone, (count, 1))
        self._has = np.zeros((count, *together.shape), bool)
        self._has[:, together.row, together.col] = True

    @property
    def sizes(self) -> Counts:
        """How many items each row has: tables by rows; trades change none."""
        return np.asarray(self._has.sum(axis=2) + self._alone)

    @property
    def holders(self) -> Counts:
        """How many rows hold each item that several hold: tables by items; trades change none."""
        return np.asarray(self._has.sum(axis=1))

    def draw(self) -> Counts:
        """Walk on until the tables are new, and return what their rows share: tables, rows, rows.

        The diagonal counts only items that several rows hold.
        """
        for _ in range(2 * TRADES):
            self._step()
        found = self._has.astype(np.float32)
        return np.asarray(np.matmul(found, found.transpose(0, 2, 1)), np.int64)

    def _step(self) -> None:
        """Let every row trade once with another; of an odd number one stands aside."""
        count, rows, _ = self._has.shape
        half = rows // 2
        order = self._random.permuted(np.tile(np.arange(rows), (count, 1)), axis=1)
        first, second = order[:, :half], order[:, half : 2 * half]
        partner, pair = order.copy(), np.full((count, rows), half)
        partner[self._each, order] = order
        partner[self._each, first], partner[self._each, second] = second, first
        pair[self._each, first] = pair[self._each, second] = np.arange(half)
        other = np.take_along_axis(partner, self._holder, 1)
        free = ~self._has[self._each, other, self._item]
        where = np.where(free, np.take_along_axis(pair, self._holder, 1), half)
        is_first = np.zeros((count, rows), bool)
        is_first[self._each, first] = True
        mine = free & np.take_along_axis(is_first, self._holder, 1)
        pool, kept = self._tally(where, free, half), self._tally(where, mine, half)
        to_first = self._deal(first, second, pool, kept)
        self._hand_over(first, second, where, pool, to_first)

    def _tally(self, where: Counts, which: NDArray[np.bool_], half: int) -> Counts:
        """Count the items of each pair: tables by pairs."""
        places = (self._each * half + where)[which]
        return np.bincount(places, minlength=len(where) * half).reshape(-1, half)

    def _deal(self, first: Counts, second: Counts, pool: Counts, kept: Counts) -> Counts:
        """Draw how many of a pair's items with other holders go to the first; deal the rest too."""
        one, other = self._alone[self._each, first], self._alone[self._each, second]
        to_first = self._random.hypergeometric(pool, one + other, kept + one)
        self._alone[self._each, first] = kept + one - to_first
        self._alone[self._each, second] = other - kept + to_first
        return to_first

    def _hand_over(
        self, first: Counts, second: Counts, where: Counts, pool: Counts, to_first: Counts
    ) -> None:
        """Shuffle the items of each pair and give the first of them to the first row."""
        count, half = pool.shape
        width = where.shape[1]
        bits = max(1, (width - 1).bit_length())
        chance = self._random.integers(0, 1 << 32, size=where.shape, dtype=np.int64)
        keys = (where << (32 + bits)) | (chance << bits) | np.arange(width)
        keys.sort(axis=1)
        place, group = keys & ((1 << bits) - 1), keys >> (32 + bits)
        begins = np.concatenate([np.zeros((count, 1), np.int64), pool.cumsum(axis=1)], axis=1)
        rank = np.arange(width) - np.take_along_axis(begins, group, 1)
        table, spot = np.nonzero(group < half)
        group, place, rank = group[table, spot], place[table, spot], rank[table, spot]
        new = np.where(rank < to_first[table, group], first[table, group], second[table, group])
        item = self._item[place]
        self._has[table, self._holder[table, place], item] = False
        self._holder[table, place] = new
        self._has[table, new, item] = True
