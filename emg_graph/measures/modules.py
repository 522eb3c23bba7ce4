"""Groups of rows and items that hold together, found in the two-sided table itself.

No projection: what two rows share is not first made a link between them. The quality of a
division is Barber's modularity (2007, Physical Review E 76:066102), and it is sought by moving
labels and joining groups (LPAb+; Liu and Murata 2010, IEICE Transactions E93-D:1542), from many
starts.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    places = table.tocoo()
    total = places.nnz
    groups = int(max(rows.max(initial=0), items.max(initial=0))) + 1
    inside = int((rows[places.row] == items[places.col]).sum())
    held, holders = _sums(table)
    by_row = np.bincount(rows, weights=held, minlength=groups)
    by_item = np.bincount(items, weights=holders, minlength=groups)
    return float(inside / total - (by_row @ by_item) / total**2)


def divide(
    table: sparse.csr_array, *, most: int | None = None, starts: int = 100, seed: int = 1
) -> Division:
    """Return the best division found, of a table without an empty row or item.

    Groups are numbered in the order of their first row. The same seed gives the same division.

    Args:
        table: 0/1, rows by items.
        most: into how many groups at most; by default as many as serve the quality.
        starts: how many random divisions are bettered.
        seed: of the random divisions.
    """
    random = np.random.default_rng(seed)
    found = (_one(table, random, most or table.shape[0]) for _ in range(starts))
    rows, items = max(found, key=lambda one: round(quality(table, *one), 12))
    rows, items = _renumbered(rows, items)
    return Division(tuple(rows.tolist()), tuple(items.tolist()), quality(table, rows, items))


def _one(table: sparse.csr_array, random: np.random.Generator, most: int) -> tuple[Labels, Labels]:
    """Move labels until none moves for the better, then join the two groups that gain most."""
    dense = _gains(table)
    rows = random.permutation(table.shape[0]) % most
    items = np.zeros(table.shape[1], np.intp)
    while True:
        rows, items = _moved(dense, rows, items)
        joined = _joined(dense, rows, items)
        if joined is None:
            return rows, items
        rows, items = joined


def _gains(table: sparse.csr_array) -> NDArray[np.float64]:
    """Return what each row and item gain in one group: 1 if linked, less what sums explain."""
    held, holders = _sums(table)
    return np.asarray(table.toarray() - np.outer(held, holders) / table.nnz)


def _moved(gains: NDArray[np.float64], rows: Labels, items: Labels) -> tuple[Labels, Labels]:
    """Give items, then rows, the label they gain most with, until the whole gains no more."""
    best = -np.inf
    while True:
        rows, groups = _compact(rows)
        items = (gains.T @ np.eye(groups)[rows]).argmax(axis=1)
        by_row = gains @ np.eye(groups)[items]
        rows = by_row.argmax(axis=1)
        now = float(by_row.max(axis=1).sum())
        if now <= best + 1e-9:
            return rows, items
        best = now


def _joined(
    gains: NDArray[np.float64], rows: Labels, items: Labels
) -> tuple[Labels, Labels] | None:
    """Join the two groups that gain most by it, or return None if none gain."""
    groups = int(max(rows.max(), items.max())) + 1
    ones = np.eye(groups)
    between = ones[rows].T @ gains @ ones[items]
    gain = np.triu(between + between.T, k=1)
    first, second = np.unravel_index(gain.argmax(), gain.shape)
    if gain[first, second] <= 1e-9:
        return None
    return np.where(rows == second, first, rows), np.where(items == second, first, items)


def _compact(labels: Labels) -> tuple[Labels, int]:
    kept, numbered = np.unique(labels, return_inverse=True)
    return numbered, len(kept)


def _renumbered(rows: Labels, items: Labels) -> tuple[Labels, Labels]:
    order = {label: i for i, label in enumerate(dict.fromkeys([*rows.tolist(), *items.tolist()]))}
    return (
        np.array([order[label] for label in rows.tolist()]),
        np.array([order[label] for label in items.tolist()]),
    )


def _sums(table: sparse.csr_array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return (
        np.asarray(table.sum(axis=1)).ravel().astype(np.int64),
        np.asarray(table.sum(axis=0)).ravel().astype(np.int64),
    )
