"""What becomes of pairs that share beyond chance where some links are left out at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.gaps.gap import Drop
from emg_graph.analysis.incidence import Incidence
from emg_graph.analysis.robustness import SHARES, kept, most_of
from emg_graph.measures.chance import Pairs, by_row_sizes

_Two = tuple[str, str]


def drops(
    incidence: Incidence, pairs: Sequence[_Two], limit: float
) -> dict[_Two, tuple[Drop, ...]]:
    """Return for each pair the range of p with a tenth and with a fifth of all links left out.

    Args:
        incidence: who holds what.
        pairs: the entities, two by two.
        limit: the greatest p that counts as beyond chance in the whole table; it is kept.
    """
    if not pairs:
        return {}
    found: dict[_Two, list[Drop]] = {pair: [] for pair in pairs}
    places = {name: row for row, name in enumerate(incidence.rows)}
    one, other = (np.array([places[pair[side]] for pair in pairs]) for side in (0, 1))
    for share in SHARES:
        p = _of_draws(incidence, one, other, share)
        for pair, values in zip(pairs, p.T, strict=True):
            low_to_high = most_of([float(f"{value:.2g}") for value in values])
            found[pair].append(Drop(share, low_to_high, float((values <= limit).mean())))
    return {pair: tuple(told) for pair, told in found.items()}


def _of_draws(
    incidence: Incidence, one: NDArray[np.int64], other: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """Return p of each pair in each draw: draws by pairs."""
    less = incidence.table.copy()
    found = []
    for left in kept(less.nnz, share):
        less.data = left.astype(np.int64)
        both = less[one].multiply(less[other]).sum(axis=1)
        common = np.asarray(both, np.int64).ravel()
        found.append(by_row_sizes(less, Pairs(one, other, common, less.shape[0])).more)
    return np.array(found)
