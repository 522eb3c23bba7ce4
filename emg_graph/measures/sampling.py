"""What chance makes of pairs when every row and every item keeps its exact size.

The fixed-degree sequence model: tables with the same sums are drawn at random, and a p-value is
(r + 1) / (S + 1), where r of S tables have a pair share as much (Davison and Hinkley 1997). Draws
come in rounds from streams, each with chance and tables of its own, and whether to go on is asked
between rounds alone: how many workers there are changes no number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import beta

from emg_graph.measures.chance import Chance, Pairs
from emg_graph.measures.curveball import Walk
from emg_graph.measures.significance import benjamini_hochberg

Values = NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called after each round with the draws made and the most there will be."""

MOST_ROWS = 1_000
"""Above so many rows a draw takes too long; the hypergeometric model has no such limit."""
STREAMS = 8
EACH = 8
"""Tables that walk side by side in a stream."""
_CELLS = 1 << 26
"""The tables of a stream have at most so many places together."""
_STEPS = 16
"""Draws of each stream in a round."""
_WARMING = 2
"""Draws that a stream makes and forgets, to walk away from the table it begins with."""
_LEAST = 1_000
_OPEN = 0.005
"""No more is drawn when fewer of the pairs tested are undecided: some lie on the level itself."""
_SURE = 0.99
_SOME = 1e-9


@dataclass(frozen=True, slots=True)
class Sample(Chance):
    """The chance of each pair, with how much was drawn for it."""

    draws: int
    effective: float
    """How many independent draws they are worth, for the pair where they are worth least."""
    undecided: NDArray[np.bool_]
    """Whether more draws might change on which side of the level a pair falls."""

    @property
    def resolution(self) -> float:
        """The least p-value that so many draws can give."""
        return 1 / (self.draws + 1)


def by_exact_sizes(
    table: sparse.csr_array,
    pairs: Pairs,
    *,
    level: float = 0.05,
    draws: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Sample:
    """Return the chance of each pair, drawing until nearly each is decided or the most is reached.

    Args:
        table: 0/1, rows by items.
        pairs: the pairs of its rows that share something.
        level: the false discovery rate that decides.
        draws: so many, rounded up to whole rounds, instead of as many as it takes.
        seed: of the chance.
        workers: how many threads; by default one for each core.
        progress: called after each round.

    Raises:
        ValueError: the table has more than ``MOST_ROWS`` rows.
    """
    if table.shape[0] > MOST_ROWS:
        raise ValueError(f"the fixed-degree model takes up to {MOST_ROWS:,} rows")
    most = draws or max(_LEAST, ceil(pairs.tests / level))
    tally = _Tally(pairs)
    for done in _rounds(table, pairs, most, seed, workers):
        tally.add(done)
        if progress:
            progress(tally.draws, most)
        if draws is None and tally.draws >= _LEAST and tally.settled(level):
            break
    return tally.sample(level)


class _Tally:
    """Counts over draws of how often and how far pairs share as much as in the table."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self.draws = 0
        self._sums = np.zeros((5, len(pairs.common)), np.int64)

    def draw(self, found: NDArray[np.int64], before: NDArray[np.int64]) -> None:
        """Count tables drawn at once, and how they go with those before: tables by pairs."""
        known = self._pairs.common
        self._sums[0] += (found >= known).sum(axis=0)
        self._sums[1] += (found <= known).sum(axis=0)
        self._sums[2] += found.sum(axis=0)
        self._sums[3] += (found * found).sum(axis=0)
        self._sums[4] += (found * before).sum(axis=0)
        self.draws += len(found)

    def add(self, other: _Tally) -> None:
        """Add what a stream counted."""
        self.draws += other.draws
        self._sums += other._sums

    def settled(self, level: float) -> bool:
        """Return whether draws enough were made: for the least p-value that counts, and to tell."""
        kept, undecided = self._kept(level), self.undecided(level)
        few = _OPEN * self._pairs.tests if kept else 0
        return int(undecided.sum()) <= few

    def undecided(self, level: float) -> NDArray[np.bool_]:
        """Return of which pairs the p-value may lie on either side of what is kept.

        By the exact interval of a share (Clopper and Pearson 1934), of the draws' worth.
        """
        bound = max(1, self._kept(level)) * level / max(1, self._pairs.tests)
        worth = self._effective() / max(1, self.draws)
        times, rest = self._sums[0] * worth, (self.draws - self._sums[0]) * worth
        low = np.where(times > 0, beta.ppf((1 - _SURE) / 2, times.clip(_SOME), rest + 1), 0)
        high = np.where(rest > 0, beta.ppf((1 + _SURE) / 2, times + 1, rest.clip(_SOME)), 1)
        return np.asarray((low < bound) & (high > bound))

    def _kept(self, level: float) -> int:
        return int((benjamini_hochberg(self._upper(), self._pairs.tests) <= level).sum())

    def sample(self, level: float) -> Sample:
        """Return what the draws make of each pair."""
        expected = self._sums[2] / max(1, self.draws)
        less = (self._sums[1] + 1) / (self.draws + 1)
        open_ = self.undecided(level)
        return Sample(expected, self._upper(), less, self.draws, self._effective(), open_)

    def _upper(self) -> Values:
        return np.asarray((self._sums[0] + 1) / (self.draws + 1))

    def _effective(self) -> float:
        """Return the worth of the draws where they hang together most, from one to the next."""
        mean = self._sums[2] / max(1, self.draws)
        spread = self._sums[3] / max(1, self.draws) - mean**2
        along = self._sums[4] / max(1, self.draws) - mean**2
        moving = spread > 0
        if not moving.any():
            return float(self.draws)
        hanging = float(np.clip((along[moving] / spread[moving]).max(), 0, 1 - 1e-9))
        return self.draws * (1 - hanging) / (1 + hanging)


class _Stream:
    """Tables on random walks, with chance of their own, and what they were last."""

    def __init__(self, table: sparse.csr_array, pairs: Pairs, seed: np.random.SeedSequence) -> None:
        each = max(1, min(EACH, _CELLS // max(1, table.shape[0] * table.shape[1])))
        self._walk = Walk(table, each, np.random.default_rng(seed))
        self._pairs = pairs
        for _ in range(_WARMING):
            self._before = self._drawn()

    @property
    def each(self) -> int:
        """How many tables it draws at once."""
        return self._walk.count

    def round(self, steps: int) -> _Tally:
        """Draw so many times, and count."""
        tally = _Tally(self._pairs)
        for _ in range(steps):
            now = self._drawn()
            tally.draw(now, self._before)
            self._before = now
        return tally

    def _drawn(self) -> NDArray[np.int64]:
        return self._walk.draw(self._pairs.one, self._pairs.other)


def _rounds(
    table: sparse.csr_array, pairs: Pairs, most: int, seed: int, workers: int | None
) -> Iterator[_Tally]:
    """Yield what each round of all streams counted, until the most is reached."""
    seeds = np.random.SeedSequence(seed).spawn(STREAMS)
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        streams = list(pool.map(lambda child: _Stream(table, pairs, child), seeds))
        at_once = sum(stream.each for stream in streams)
        left = -(-most // at_once)
        while left > 0:
            steps = min(left, _STEPS)
            yield _together(pairs, pool.map(partial(_Stream.round, steps=steps), streams))
            left -= steps


def _together(pairs: Pairs, tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally(pairs)
    for tally in tallies:
        whole.add(tally)
    return whole
