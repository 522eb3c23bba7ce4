"""Groups of rows and items that hold together, found in the two-sided table itself.

No projection: what two rows share is not first made a link between them. The quality of a
division is Barber's modularity (2007, Physical Review E 76:066102), and it is sought by moving
labels and joining groups (LPAb+; Liu and Murata 2010, IEICE Transactions E93-D:1542), from many
starts, and from the best found so far with some rows moved at random. All sums are of whole
numbers, so that the same seed divides alike on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Division:
    """Which group each row and each item belongs to, and how good the division is."""

    rows: tuple[int, ...]
    items: tuple[int, ...]
    quality: float
    """Barber's modularity, from −1 to 1; 0 is what the sums alone explain."""

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len({*self.rows, *self.items})


def quality(table: sparse.csr_array, rows: Labels, items: Labels) -> float:
    """Return Barber's modularity of a division of a 0/1 table."""
    return _Counts(table, np.ones(table.shape[1], np.int64)).quality(rows, items)


def divide(
    table: sparse.csr_array,
    *,
    most: int | None = None,
    starts: int = 400,
    seed: int = 1,
    begin: Sequence[int] | None = None,
) -> Division:
    """Return the best division found, of a table without an empty row or item.

    Groups are numbered in the order of their first row. The same seed gives the same division.

    Args:
        table: 0/1, rows by items.
        most: into how many groups at most; by default as many as serve the quality.
        starts: how many divisions are bettered.
        seed: of the random divisions.
        begin: the groups of the rows in the first of them; by default each row is one.
    """
    random = np.random.default_rng(seed)
    distinct, times, place = _distinct(table)
    counts = _Counts(distinct, times)
    size = table.shape[0]
    most = min(most or size, size)
    first = np.arange(size) if begin is None else np.array(begin, np.intp)
    rows, items = _best(counts, random, first % most, most, starts)
    rows, items = _renumbered(rows, items[place])
    return Division(tuple(rows.tolist()), tuple(items.tolist()), quality(table, rows, items))


@dataclass(frozen=True)
class _Counts:
    """A table in which an item stands for several of the same rows, and its sums."""

    table: sparse.csr_array
    times: NDArray[np.int64]

    @cached_property
    def weighted(self) -> sparse.csr_array:
        return sparse.csr_array(
            self.table.astype(np.int64) @ sparse.diags_array(self.times, dtype=np.int64)
        )

    @cached_property
    def turned(self) -> sparse.csr_array:
        return sparse.csr_array(self.table.T.astype(np.int64))

    @cached_property
    def held(self) -> NDArray[np.int64]:
        return np.asarray(self.weighted.sum(axis=1)).ravel().astype(np.int64)

    @cached_property
    def holders(self) -> NDArray[np.int64]:
        return np.asarray(self.turned.sum(axis=1)).ravel().astype(np.int64)

    @cached_property
    def total(self) -> int:
        return int(self.held.sum())

    def gains_of_items(self, rows: Labels, groups: int) -> NDArray[np.int64]:
        """Return what each item gains in each group: links in it, less what sums explain."""
        ones = np.eye(groups, dtype=np.int64)[rows]
        return np.asarray(
            self.total * (self.turned @ ones) - np.outer(self.holders, self.held @ ones)
        )

    def gains_of_rows(self, items: Labels, groups: int) -> NDArray[np.int64]:
        """Return what each row gains in each group."""
        ones = np.eye(groups, dtype=np.int64)[items]
        sizes = (self.holders * self.times) @ ones
        return np.asarray(self.total * (self.weighted @ ones) - np.outer(self.held, sizes))

    def gain(self, rows: Labels, items: Labels) -> int:
        """Return the quality times the square of the number of links."""
        groups = int(max(rows.max(), items.max())) + 1
        found = self.gains_of_rows(items, groups)
        return int(found[np.arange(len(rows)), rows].sum())

    def quality(self, rows: Labels, items: Labels) -> float:
        return self.gain(rows, items) / self.total**2


def _distinct(
    table: sparse.csr_array,
) -> tuple[sparse.csr_array, NDArray[np.int64], NDArray[np.intp]]:
    """Return the items of different rows, how many there are of each, and which each item is.

    Items of the same rows always gain alike, so that one of them may stand for all.
    """
    columns = table.tocsc()
    columns.sort_indices()
    keys = [
        columns.indices[start:end].tobytes()
        for start, end in zip(columns.indptr[:-1], columns.indptr[1:], strict=True)
    ]
    first = {key: i for i, key in reversed(list(enumerate(keys)))}
    order = {key: place for place, key in enumerate(sorted(first, key=first.__getitem__))}
    place = np.array([order[key] for key in keys], np.intp)
    chosen = columns[:, sorted(first.values())].tocsr()
    return sparse.csr_array(chosen), np.bincount(place).astype(np.int64), place


def _best(
    counts: _Counts, random: np.random.Generator, first: Labels, most: int, starts: int
) -> tuple[Labels, Labels]:
    """Better the first division, then random ones and, in turn, the best with some rows moved."""
    size = len(first)
    best = _bettered(counts, first)
    gain = counts.gain(*best)
    for start in range(1, starts):
        rows = random.permutation(size) % random.integers(1, most, endpoint=True)
        if start % 2:
            rows = np.where(random.random(size) < random.uniform(0.1, 0.6), rows, best[0])
        found = _bettered(counts, rows)
        if (now := counts.gain(*found)) > gain:
            best, gain = found, now
    return best


def _bettered(counts: _Counts, rows: Labels) -> tuple[Labels, Labels]:
    """Move labels until none moves for the better, then join groups, until none gain."""
    while True:
        rows, items = _moved(counts, rows)
        joined = _joined(counts, rows, items)
        if joined is None:
            return rows, items
        rows = joined


def _moved(counts: _Counts, rows: Labels) -> tuple[Labels, Labels]:
    """Give items, then rows, the label they gain most with, until the whole gains no more."""
    best = None
    while True:
        rows, groups = _compact(rows)
        items = counts.gains_of_items(rows, groups).argmax(axis=1)
        by_row = counts.gains_of_rows(items, groups)
        rows = by_row.argmax(axis=1)
        now = int(by_row.max(axis=1).sum())
        if best is not None and now <= best:
            return rows, items
        best = now


def _joined(counts: _Counts, rows: Labels, items: Labels) -> Labels | None:
    """Return the rows with every two groups joined that gain most by each other, or None."""
    groups = int(max(rows.max(), items.max())) + 1
    between = np.eye(groups, dtype=np.int64)[rows].T @ counts.gains_of_rows(items, groups)
    gain = between + between.T
    np.fill_diagonal(gain, 0)
    partner, own = gain.argmax(axis=1), np.arange(groups)
    joins = (gain.max(axis=1) > 0) & (partner[partner] == own)
    return np.where(joins, np.minimum(partner, own), own)[rows] if joins.any() else None


def _compact(labels: Labels) -> tuple[Labels, int]:
    kept, numbered = np.unique(labels, return_inverse=True)
    return numbered, len(kept)


def _renumbered(rows: Labels, items: Labels) -> tuple[Labels, Labels]:
    order = {label: i for i, label in enumerate(dict.fromkeys([*rows.tolist(), *items.tolist()]))}
    return (
        np.array([order[label] for label in rows.tolist()]),
        np.array([order[label] for label in items.tolist()]),
    )
