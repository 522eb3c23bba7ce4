"""The measures of every holder, and how they move when links or sources are left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.bridges.answer import COUNTS, MEASURES, Measured
from emg_graph.analysis.incidence import Incidence
from emg_graph.analysis.robustness import DRAWS, SHARES, Interval, kept, most_of, whole_range
from emg_graph.measures.modules import Division, divide
from emg_graph.measures.portfolios import newman
from emg_graph.measures.positions import brokerage, centrality, participation

Values = NDArray[np.float64]
"""The measures by holders, in the order of ``MEASURES`` and of the table's rows."""

STARTS = 400
"""How many divisions are bettered to find the communities."""
STARTS_AGAIN = 3
"""How many are where something is left out; the first of them begins with the known one."""


@dataclass(frozen=True, slots=True)
class Moving:
    """The measures on the whole record, and on less than the whole."""

    whole: Values
    drawn: tuple[Values, ...]
    """For each share of the links left out: draws by measures by holders."""
    dropped: Mapping[str, Values]
    """With each source left out."""

    def measured(self, row: int) -> dict[str, Measured]:
        """Return each measure of a holder with its intervals."""
        return {name: self._measured(place, row) for place, name in enumerate(MEASURES)}

    def _measured(self, place: int, row: int) -> Measured:
        value = float(self.whole[place, row])
        tenth, fifth = (_within(drawn[:, place, row], most_of) for drawn in self.drawn)
        dropped = np.array([value, *(each[place, row] for each in self.dropped.values())])
        known = None if np.isnan(value) else round(value, 4)
        return Measured(known, tenth, fifth, _within(dropped, whole_range))

    def stays(self, row: int) -> tuple[int, int]:
        """Return in how many draws of each share the items lie in two communities or more."""
        tenth, fifth = (int((drawn[:, _COMMUNITIES, row] > 1).sum()) for drawn in self.drawn)
        return tenth, fifth

    def rests_on(self, row: int) -> tuple[str, ...]:
        """Return the sources without any one of which the items lie in fewer than two."""
        if self.whole[_COMMUNITIES, row] < 2:
            return ()
        return tuple(s for s, values in self.dropped.items() if values[_COMMUNITIES, row] < 2)


_COMMUNITIES = list(MEASURES).index("communities")


def move(
    incidence: Incidence,
    division: Division,
    seed: int,
    progress: Callable[[str], None],
) -> Moving:
    """Measure every holder again and again with less of the record.

    Each time the communities are sought anew, beginning with the known ones, so that they may
    move too. Where links are left out, holders and items stay, those left without a link too;
    without a source, what it alone records is not there.

    Args:
        incidence: who holds what.
        division: the communities of the whole.
        seed: of what is left out, and of the communities.
        progress: called with a line for each step.
    """
    table, begin = incidence.table, np.array(division.rows)
    drawn = []
    for share in SHARES:
        progress(f"leaving out {share:.0%} of {table.nnz:,} links, {DRAWS} times")
        masks = kept(table.nnz, share, DRAWS, seed)
        drawn.append(np.array([_again(_less(table, mask), begin, seed) for mask in masks]))
    if len(incidence.sources) > 1:
        progress(f"leaving out each of {len(incidence.sources):,} sources in turn")
    dropped = {source: _without(incidence, source, begin, seed) for source in incidence.sources}
    whole = _values(table, np.array(division.items))
    return Moving(whole, (drawn[0], drawn[1]), dropped)


def _less(table: Any, mask: NDArray[np.bool_]) -> Any:
    """Return a sparse table less the links that are not kept."""
    left = table.copy()
    left.data = mask.astype(np.int64)
    left.eliminate_zeros()
    return left


def _without(incidence: Incidence, source: str, begin: NDArray[np.intp], seed: int) -> Values:
    """Return the measures without a source: nothing held where nothing else is on record."""
    part = incidence.without([source])
    found = np.full((len(MEASURES), len(incidence.rows)), np.nan)
    found[: len(COUNTS)] = 0
    if part.rows:
        at = [incidence.rows.index(row) for row in part.rows]
        found[:, at] = _again(part.table, begin[at], seed)
    return found


def _again(table: Any, begin: NDArray[np.intp], seed: int) -> Values:
    """Seek the communities anew, beginning with those given, and measure every row."""
    rows = np.flatnonzero(table.sum(axis=1))
    items = np.flatnonzero(table.sum(axis=0))
    labels = np.zeros(table.shape[1], np.intp)  # of an item without a link it counts for nothing
    if len(rows):
        found = divide(
            table[rows][:, items], starts=STARTS_AGAIN, seed=seed, begin=begin[rows].tolist()
        )
        labels[items] = found.items
    return _values(table, labels)


def _values(table: Any, labels: NDArray[np.intp]) -> Values:
    """Return every measure of every row, given the community of each item."""
    spread = table @ np.eye(int(labels.max(initial=0)) + 1, dtype=np.int64)[labels]
    two_mode = centrality(table)
    between = brokerage(newman(table).toarray())
    return np.array([
        np.asarray(table.sum(axis=1)).ravel(),
        (spread > 0).sum(axis=1),
        participation(spread),
        two_mode.degree,
        two_mode.closeness,
        between.constraint,
        between.effective_size,
    ], float)  # fmt: skip


def _within(
    values: NDArray[np.float64], told: Callable[[Sequence[float]], Interval]
) -> Interval | None:
    """Return the interval of the values that are defined, or None if none is."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    return told([round(value, 4) for value in known.tolist()])
