"""What entities share, and whether their sizes alone explain it.

Raw counts mislead: broad portfolios meet often by their size. Beside what two entities share stand
what chance would make them share, how likely chance alone would make it as much, and the false
discovery rate over all pairs tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.incidence import Incidence
from emg_graph.analysis.measured import Measured, measure
from emg_graph.analysis.method import Method
from emg_graph.analysis.network.wording import counted
from emg_graph.analysis.nulls import BLIND, FIXED, NULLS
from emg_graph.analysis.result import Result
from emg_graph.answers import Table, Tabular, Value
from emg_graph.measures.portfolios import split
from emg_graph.measures.sampling import Progress, Sample

SAME, NESTED, MOSTLY = "the same", "nested", "mostly nested"
PARTLY, APART = "partly shared", "nothing shared"
TO_CHECK, COMPLEMENTARY, UNKNOWN = "to check", "complementary", "function not on record"


_NOTHING = "Nothing was measured: one of those asked about has no such item on record."


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities, what they share, and what chance says of it."""

    one: str
    other: str
    shared: tuple[str, ...]
    one_total: int
    other_total: int
    jaccard: float
    form: str
    """Whether the lesser portfolio lies in the greater, wholly or more than not, or each has items
    of its own."""
    turnover: float
    """How far each has items in place of the other's (Simpson), from 0 to 1."""
    nestedness: float
    """How far one merely has more than the other (Baselga 2010)."""
    newman: float
    """What they share, an item with c holders counting 1 / (c − 1)."""
    expected: float
    p: float
    """How likely chance alone makes them share as much or more."""
    p_less: float
    """How likely chance alone makes them share as little or less."""
    q: float
    """The false discovery rate at which the pair would be told, over all pairs tested."""
    beyond: bool
    """Whether q is at or below the level asked for."""
    undecided: bool
    """Whether more draws might change that."""


@dataclass(frozen=True, slots=True)
class SharedItem:
    """An item that two entities hold, and in which functions each does."""

    id: str
    title: str
    one_functions: tuple[str, ...]
    other_functions: tuple[str, ...]
    one_places: tuple[str, ...]
    """Source and place of each claim by which the first holds it."""
    other_places: tuple[str, ...]

    @property
    def reading(self) -> str:
        """Whether both hold it in one function, in different ones, or nobody says."""
        if not self.one_functions or not self.other_functions:
            return UNKNOWN
        return TO_CHECK if {*self.one_functions} & {*self.other_functions} else COMPLEMENTARY


@dataclass(frozen=True)
class Overlaps(Tabular):
    """What entities share in one relation, the least explained by chance first."""

    incidence: Incidence
    names: Mapping[str, str]
    measured: Measured
    method: Method
    null: str
    level: float
    about: tuple[str, ...] = ()
    """Ids of the entities that were asked about."""

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs asked about, by q, p and id: size decides nothing."""
        return self._asked(np.ones(self.measured.q.shape, bool))

    @property
    def pairs_beyond(self) -> tuple[Pair, ...]:
        """Those that share more than chance explains; the others are not even put together."""
        return self._asked(self.told)

    @property
    def items(self) -> tuple[SharedItem, ...]:
        """What the two entities asked about share, side by side; empty unless two were asked."""
        if len(self.about) != 2 or not self.pairs:
            return ()
        return tuple(self._item(item) for item in self.pairs[0].shared)

    @property
    def absent(self) -> tuple[str, ...]:
        """The entities asked about for which nothing of this relation is on record."""
        return tuple(entity for entity in self.about if entity not in self.incidence.rows)

    @property
    def told(self) -> NDArray[np.bool_]:
        """Which of all pairs that share something share more than chance explains."""
        return self.measured.q <= self.level

    @property
    def beyond(self) -> int:
        """How many those are."""
        return int(self.told.sum())

    @property
    def alone(self) -> tuple[str, ...]:
        """The entities asked about that share nothing with anybody."""
        sharing = {
            entity for pair in self.pairs if pair.shared for entity in (pair.one, pair.other)
        }
        return tuple(one for one in self.about if one not in sharing and one not in self.absent)

    def to_table(self) -> Table:
        """Return a row for each pair that shares something, with its items and the method."""
        sample, method = self.measured.chance, self.method
        fixed: dict[str, Value] = {
            "by": self.incidence.relation.name,
            "pairs_tested": self.measured.pairs.tests,
            "null": self.null,
            "draws": sample.draws if isinstance(sample, Sample) else None,
            "effective_draws": round(sample.effective) if isinstance(sample, Sample) else None,
            "seed": method.seed,
            "data": method.data,
        }
        heads = ("one", "other", "shared_count", *Pair.__slots__[2:])
        rows = (
            tuple(_cell(pair, head) for head in heads) + tuple(fixed.values())
            for pair in self.pairs
        )
        return Table((*heads, *fixed), tuple(rows))

    def results(self) -> Iterator[Result]:
        """Yield each pair, its shared items and its numbers, to be kept in the graph."""
        relation = self.incidence.relation
        for pair in self.pairs:
            one, other = (self.names.get(entity, entity) for entity in (pair.one, pair.other))
            shared = counted(len(pair.shared), relation.item, relation.items)
            yield Result(
                (pair.one, pair.other),
                f"{one} and {other} share {shared}, of {pair.one_total} and {pair.other_total}"
                f" (q {pair.q:g} among {self.measured.pairs.tests:,} pairs tested).",
                pair.shared,
                self._sources(pair),
                {"expectedCount": pair.expected, "pValue": pair.p, "qValue": pair.q},
            )

    def _sources(self, pair: Pair) -> tuple[str, ...]:
        """Return the sources of the claims behind what a pair shares."""
        cells = (self.incidence.cells[e, item] for e in (pair.one, pair.other)
                 for item in pair.shared)  # fmt: skip
        return tuple(sorted({one.citation.source for held in cells for one in held}))

    def _asked(self, chosen: NDArray[np.bool_]) -> tuple[Pair, ...]:
        """Return those of the chosen pairs that were asked about, in their order."""
        if self.absent:
            return ()
        rows, found = self.incidence.rows, self.measured.pairs
        for entity in self.about:
            row = rows.index(entity)
            chosen = chosen & ((found.one == row) | (found.other == row))
        pairs = (self._pair(i) for i in np.flatnonzero(chosen).tolist())
        return tuple(sorted(pairs, key=lambda p: (p.q, p.p, p.one, p.other)))

    def _pair(self, i: int) -> Pair:
        found, rows = self.measured, self.incidence.rows
        one, other = int(found.pairs.one[i]), int(found.pairs.other[i])
        shared, totals = self._shared(one, other), self._totals
        apart = split(len(shared), totals[one] - len(shared), totals[other] - len(shared))
        assert apart  # a row of the table holds something
        chance = found.chance
        return Pair(
            one=rows[one],
            other=rows[other],
            shared=tuple(self.incidence.items[item] for item in shared),
            one_total=totals[one],
            other_total=totals[other],
            jaccard=round(float(found.jaccard[i]), 6),
            form=form_of(apart.dissimilarity, apart.turnover),
            turnover=round(apart.turnover, 6),
            nestedness=round(apart.nestedness, 6),
            newman=round(float(found.newman[i]), 6),
            expected=round(float(chance.expected[i]), 6),
            p=significant(chance.more[i]),
            p_less=significant(chance.less[i]),
            q=significant(found.q[i]),
            beyond=bool(found.q[i] <= self.level),
            undecided=bool(chance.undecided[i]) if isinstance(chance, Sample) else False,
        )

    @cached_property
    def _totals(self) -> list[int]:
        return [int(total) for total in np.diff(self.incidence.table.indptr)]

    def _shared(self, one: int, other: int) -> list[int]:
        table = self.incidence.table
        mine, theirs = (
            table.indices[table.indptr[row] : table.indptr[row + 1]] for row in (one, other)
        )
        shared: list[int] = np.intersect1d(mine, theirs, assume_unique=True).tolist()
        return shared

    def _item(self, item: str) -> SharedItem:
        one, other = (self.pairs[0].one, self.pairs[0].other)
        return SharedItem(
            item,
            self.incidence.titles[item],
            *(tuple(sorted(self.incidence.functions(entity, item))) for entity in (one, other)),
            *(self._places(entity, item) for entity in (one, other)),
        )

    def _places(self, entity: str, item: str) -> tuple[str, ...]:
        held = self.incidence.cells[entity, item]
        return tuple(f"{one.citation.source}, {one.citation.locator}" for one in held)


def find_overlaps(
    incidence: Incidence,
    *,
    names: Mapping[str, str] | None = None,
    about: tuple[str, ...] = (),
    null: str = FIXED,
    draws: int | None = None,
    seed: int = 1,
    q: float = 0.05,
    workers: int | None = None,
    progress: Progress | None = None,
    data: str = "",
) -> Overlaps:
    """Return what pairs of entities share, against chance.

    All pairs are tested whatever is asked about, so that one answer holds beside another.

    Args:
        incidence: who holds what.
        names: the short name of each entity.
        about: at most two entities; by default every pair is told.
        null: the model of chance, one of ``NULLS``.
        draws: how many tables the fixed-degree model draws; by default as many as it takes.
        seed: of the draws.
        q: the false discovery rate up to which a pair is told as beyond chance.
        workers: how many threads draw; they change no number.
        progress: called after each round of draws.
        data: the hash of the data.

    Raises:
        QueryError: the model of chance is unknown, or cannot be had for this table.
    """
    ordered, rows = tuple(sorted(about)), incidence.rows
    asked = [rows.index(entity) for entity in ordered if entity in rows]
    known = bool(rows) and len(asked) == len(ordered)
    measured = measure(
        incidence.table if known else incidence.table[:0],
        also=(asked[0], asked[1]) if len(asked) == 2 else None,
        null=null if known else BLIND,
        draws=draws,
        seed=seed,
        q=q,
        workers=workers,
        progress=progress,
    )
    method = _method(incidence, measured, ordered, null if known else None, seed, q, data)
    return Overlaps(incidence, names or {}, measured, method, null, q, ordered)


def _cell(pair: Pair, head: str) -> Value:
    """Return a value of a pair as a cell holds it."""
    if head == "shared_count":
        return len(pair.shared)
    value: Value | tuple[str, ...] = getattr(pair, head)
    return "|".join(value) if isinstance(value, tuple) else value


def form_of(dissimilarity: float, turnover: float) -> str:
    """Say how two portfolios that differ so lie to one another.

    Nested, where the lesser has nothing of its own; mostly nested, where that one has more than the
    other makes more of the difference than what each has in place of the other's.

    >>> form_of(0.4286, 0.0), form_of(0.4286, 0.1), form_of(0.5, 0.5)
    ('nested', 'mostly nested', 'partly shared')
    >>> form_of(0, 0), form_of(1, 1)
    ('the same', 'nothing shared')
    """
    if dissimilarity in (0, 1):
        return APART if dissimilarity else SAME
    if turnover == 0:
        return NESTED
    return MOSTLY if dissimilarity - turnover > turnover else PARTLY


def significant(value: float) -> float:
    """Return a number to four significant digits, so that every machine prints the same."""
    return float(f"{value:.4g}")


def _method(
    incidence: Incidence,
    measured: Measured,
    about: Sequence[str],
    null: str | None,
    seed: int,
    q: float,
    data: str,
) -> Method:
    said = [("about", "|".join(about))] if about else []
    said += [("by", incidence.relation.name)]
    said += [("exclude-source", "|".join(incidence.excluded))] if incidence.excluded else []
    if null is None:
        return Method("overlap", _NOTHING, tuple(said), data=data)
    said += [("null", null), ("q", f"{q:g}")]
    if not isinstance(measured.chance, Sample):
        return Method("overlap", NULLS[null], tuple(said), data=data)
    said += [("draws", str(measured.chance.draws))]
    return Method("overlap", NULLS[null], tuple(said), seed, data)
