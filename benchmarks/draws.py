"""Measure how fast tables of fixed degrees are drawn, beside curveball trades in plain Python.

Draws tables with the sums of the shipped entities by mandates, in turn by
``emg_graph.measures.sampling`` and by one trade after the other on sets, with as many trades
between two draws; prints milliseconds a draw and the ratio, which is to stay above 10::

    python benchmarks/draws.py

Exits with 1 if it does not. Both are measured in one thread and by the time of the processor, so
that neither the number of cores nor other work on them counts. How long a draw takes with a thread
for each core is printed beside, and not judged.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable

from scipy import sparse

from emg_graph.analysis.incidence import read_incidence
from emg_graph.graph import open_graph
from emg_graph.measures.chance import Pairs, pairs_of
from emg_graph.measures.curveball import TRADES
from emg_graph.measures.sampling import by_exact_sizes

RUNS = 3
DRAWS = 1_024
PLAIN_DRAWS = 8
LIMIT = 10.0


def main() -> int:
    """Measure and print; return 1 if the ratio is not above the limit."""
    table = read_incidence(open_graph().store, "mandates").table
    pairs = pairs_of(table)
    ours, threaded, plain = [], [], []
    for run in range(RUNS):
        ours.append(_ours(table, pairs, run, 1, time.process_time))
        threaded.append(_ours(table, pairs, run, None, time.perf_counter))
        plain.append(_plain(table, pairs, run))
    mine, peer = statistics.median(ours), statistics.median(plain)
    wall = statistics.median(threaded)
    print(f"{table.shape[0]} entities by {table.shape[1]:,} mandates, {len(pairs.one)} pairs")
    print(f"drawn side by side in arrays, one thread: {mine:.2f} ms a draw")
    print(f"the same in {os.cpu_count()} threads: {wall:.2f} ms, {3 * wall:.1f} s for 3,000 draws")
    print(f"one trade after the other in plain Python: {peer:.2f} ms a draw")
    print(f"ratio: {peer / mine:.1f} (to stay above {LIMIT:g}; medians of {RUNS} runs in turn)")
    return judge(mine, peer)


def judge(mine: float, peer: float) -> int:
    """Return 1 if ours is not faster than the peer by more than the limit."""
    return 0 if peer / mine > LIMIT else 1


def _ours(
    table: sparse.csr_array,
    pairs: Pairs,
    seed: int,
    workers: int | None,
    clock: Callable[[], float],
) -> float:
    """Return the milliseconds that a draw takes, by a clock, in so many threads."""
    start = clock()
    found = by_exact_sizes(table, pairs, draws=DRAWS, seed=seed, workers=workers)
    return 1000 * (clock() - start) / found.draws


def _plain(table: sparse.csr_array, pairs: Pairs, seed: int) -> float:
    """Return the milliseconds that a draw takes, with the counting of what pairs share."""
    chance = random.Random(seed)
    ends = table.indptr
    rows = [{*table.indices[ends[i] : ends[i + 1]].tolist()} for i in range(table.shape[0])]
    asked = list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    start = time.process_time()
    for _ in range(PLAIN_DRAWS):
        for _ in range(TRADES * len(rows)):
            _trade(rows, chance)
        shared = [len(rows[one] & rows[other]) for one, other in asked]
        assert len(shared) == len(asked)
    return 1000 * (time.process_time() - start) / PLAIN_DRAWS


def _trade(rows: list[set[int]], chance: random.Random) -> None:
    """Let two rows deal anew what only one of them has (Strona et al. 2014)."""
    one, other = chance.sample(range(len(rows)), 2)
    mine, theirs = rows[one] - rows[other], rows[other] - rows[one]
    pool = [*mine, *theirs]
    chance.shuffle(pool)
    both = rows[one] & rows[other]
    rows[one], rows[other] = both | {*pool[: len(mine)]}, both | {*pool[len(mine) :]}


if __name__ == "__main__":
    sys.exit(main())
