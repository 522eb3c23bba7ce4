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

_ONES = np.unpackbits(np.arange(1 << 16, dtype=np.uint16).view(np.uint8)).reshape(-1, 16)
_ONE_BITS = _ONES.sum(axis=1).astype(np.uint8)
"""How many ones each number of sixteen bits has."""


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
        self.count = count
        self._random = random
        self._rows, self._items = together.shape
        self._alone = np.tile(alone, (count, 1))
        self._each = np.arange(count)[:, None]
        self._holder = (self._each * self._rows + together.row).ravel()
        """Who holds each place, counting the rows of all tables on."""
        self._item = np.tile(together.col.astype(np.int64), count)
        self._has = np.zeros(count * self._rows * self._items, bool)
        self._has[self._holder * self._items + self._item] = True

    @property
    def sizes(self) -> Counts:
        """How many items each row has: tables by rows; trades change none."""
        return np.asarray(self._tables().sum(axis=2) + self._alone)

    @property
    def holders(self) -> Counts:
        """How many rows hold each item that several hold: tables by items; trades change none."""
        return np.asarray(self._tables().sum(axis=1))

    def draw(self, one: Counts, other: Counts) -> Counts:
        """Walk on until the tables are new, and return what pairs of rows share: tables by pairs.

        Args:
            one: the number of the first row of each pair.
            other: that of the second, never the same.
        """
        for _ in range(2 * TRADES):
            self._step()
        packed = np.packbits(self._tables(), axis=2)
        words = np.pad(packed, ((0, 0), (0, 0), (0, packed.shape[2] % 2))).view(np.uint16)
        return np.asarray(_ONE_BITS[words[:, one] & words[:, other]].sum(axis=2, dtype=np.int64))

    def _tables(self) -> NDArray[np.bool_]:
        return self._has.reshape(self.count, self._rows, self._items)

    def _step(self) -> None:
        """Let every row trade once with another; of an odd number one stands aside.

        What both partners of a pair have stays; what one alone has is pooled and dealt anew.
        """
        first, second = self._partners()
        partner, seat = self._seating(first, second)
        places = np.flatnonzero(~self._has[(partner * self._items)[self._holder] + self._item])
        seats = seat[self._holder[places]]
        taken = np.bincount(seats, minlength=2 * len(first)).reshape(-1, 2)
        pool = taken.sum(axis=1)
        to_first = self._deal(first, second, pool, taken[:, 0])
        self._hand_over(
            self._shuffled(places, seats >> 1), first, second, to_first, pool - to_first
        )

    def _partners(self) -> tuple[Counts, Counts]:
        """Return the rows that trade, pair by pair, counting the rows of all tables on."""
        half = self._rows // 2
        order = self._random.permuted(np.tile(np.arange(self._rows), (self.count, 1)), axis=1)
        order += self._each * self._rows
        return order[:, :half].ravel(), order[:, half : 2 * half].ravel()

    def _seating(self, first: Counts, second: Counts) -> tuple[Counts, Counts]:
        """Return for each row its partner, and its seat: two to a pair, the first row's first.

        Who has no partner is its own, so that nothing of it is free, and needs no seat.
        """
        partner = np.arange(self.count * self._rows)
        partner[first], partner[second] = second, first
        seat = np.zeros(len(partner), np.int64)
        seat[first] = np.arange(0, 2 * len(first), 2)
        seat[second] = seat[first] + 1
        return partner, seat

    def _deal(self, first: Counts, second: Counts, pool: Counts, kept: Counts) -> Counts:
        """Draw how many of a pair's items with other holders go to the first; deal the rest too."""
        alone = self._alone.reshape(-1)
        one, other = alone[first], alone[second]
        to_first = self._random.hypergeometric(pool, one + other, kept + one)
        alone[first] = kept + one - to_first
        alone[second] = other - kept + to_first
        return np.asarray(to_first)

    def _shuffled(self, places: Counts, group: Counts) -> Counts:
        """Return the places by pairs, in each in random order."""
        order = self._random.permutation(len(places))
        narrow = group.astype(np.min_scalar_type(self._alone.size))  # sorted by its digits
        return np.asarray(places[order[np.argsort(narrow[order], kind="stable")]])

    def _hand_over(
        self, places: Counts, first: Counts, second: Counts, to_first: Counts, to_second: Counts
    ) -> None:
        """Give the first places of each pair to its first row, and the others to its second."""
        rows, shares = np.stack((first, second), 1), np.stack((to_first, to_second), 1)
        new, item = np.repeat(rows.ravel(), shares.ravel()), self._item[places]
        self._has[self._holder[places] * self._items + item] = False
        self._holder[places] = new
        self._has[new * self._items + item] = True
