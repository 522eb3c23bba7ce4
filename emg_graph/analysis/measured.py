"""Every pair of a table of entities by items, measured at once: what is shared, against chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from emg_graph.analysis.nulls import BLIND, FIXED, MEAN, require_null
from emg_graph.errors import QueryError
from emg_graph.measures.chance import Chance, Pairs, by_mean_sizes, by_row_sizes, pairs_of
from emg_graph.measures.portfolios import newman
from emg_graph.measures.sampling import MOST_ROWS, Progress, by_exact_sizes
from emg_graph.measures.significance import benjamini_hochberg

Model = Callable[[sparse.csr_array, Pairs], Chance]


@dataclass(frozen=True)
class Measured:
    """The measures of every pair that shares something, as arrays in the order of the pairs."""

    pairs: Pairs
    jaccard: NDArray[np.float64]
    newman: NDArray[np.float64]
    chance: Chance
    q: NDArray[np.float64]


def measure(
    table: sparse.csr_array,
    *,
    also: tuple[int, int] | None = None,
    null: str = FIXED,
    draws: int | None = None,
    seed: int = 1,
    q: float = 0.05,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Measured:
    """Return the measures of every pair of rows that shares something; no dense array is made.

    Args:
        table: 0/1, entities by items.
        also: the numbers of a pair that is measured even if it shares nothing, the less first.
        null: the model of chance, one of ``NULLS``.
        draws: how many tables the fixed-degree model draws; by default as many as it takes.
        seed: of the draws.
        q: the false discovery rate that decides.
        workers: how many threads draw; they change no number.
        progress: called after each round of draws.

    Raises:
        QueryError: the model of chance is unknown, or cannot be had for this table.
    """
    require_null(null)
    pairs = pairs_of(table, also)
    exact: Model = partial(
        by_exact_sizes, level=q, draws=draws, seed=seed, workers=workers, progress=progress
    )
    models: Mapping[str, Model] = {FIXED: exact, BLIND: by_row_sizes, MEAN: by_mean_sizes}
    chance = _chance(models[null], null, table, pairs)
    sizes = np.diff(table.indptr)
    union = sizes[pairs.one] + sizes[pairs.other] - pairs.common
    return Measured(
        pairs,
        pairs.common / union,
        pairs.of(newman(table)),
        chance,
        benjamini_hochberg(chance.more, pairs.tests),
    )


def _chance(model: Model, null: str, table: sparse.csr_array, pairs: Pairs) -> Chance:
    rows = table.shape[0]
    if null == FIXED and rows > MOST_ROWS:
        raise QueryError(
            f"the fixed-degree model takes up to {MOST_ROWS:,} entities, and these are {rows:,};"
            f" use --null {BLIND}"
        )
    try:
        return model(table, pairs)
    except ArithmeticError as error:
        raise QueryError(f"{error}; use --null {FIXED}") from error
