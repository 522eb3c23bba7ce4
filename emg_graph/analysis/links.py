"""The links behind the parts of measures: a claim, or one project of a claim that tells of several.

They have numbers, so that what is left when some are left out is a row of yes and no; and things
that rest on several links, or count several things, are runs of such numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.claims import CitedMandate, Membership, Spending, Work
from emg_graph.analysis.parts import Claim, Part, ids_of

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
Places = NDArray[np.int64]


class Links:
    """The links by number, with the source of each."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self._memberships: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.sources)

    def add(self, source: str) -> int:
        """Enter a link and return its number."""
        self.sources.append(source)
        return len(self.sources) - 1

    def of_membership(self, member: Membership) -> int:
        """Return the number of a membership, which may count for several actors."""
        if member.claim not in self._memberships:
            self._memberships[member.claim] = self.add(member.citation.source)
        return self._memberships[member.claim]

    def of(self, part: Part) -> dict[str, list[tuple[int, float]]]:
        """Return the links of a part with their amounts, by what they count once."""
        found: dict[str, list[tuple[int, float]]] = {}
        for claim in sorted(part.behind, key=lambda claim: (claim.citation, ids_of(claim))):
            if isinstance(claim, Membership):
                found.setdefault("", []).append((self.of_membership(claim), 1.0))
                continue
            for item, amount in _items(claim, part):
                found.setdefault(item, []).append((self.add(claim.citation.source), amount))
        return found


def _items(claim: Claim, part: Part) -> Iterator[tuple[str, float]]:
    """Yield each thing of a claim that counts once, with its amount."""
    if isinstance(claim, Work):
        yield from ((item, 1.0) for item in sorted(part.items.intersection(claim.items)))
    elif isinstance(claim, CitedMandate):
        yield from (("", 1.0) for _ in claim.claims)
    elif isinstance(claim, Spending):
        yield claim.claim, claim.amount
    else:
        yield "", 1.0


@dataclass(frozen=True, slots=True)
class Runs:
    """Numbers that stand in runs, one run for each thing of a level above."""

    numbers: Places
    starts: Places

    @classmethod
    def of(cls, runs: Iterable[Sequence[int]]) -> Runs:
        """Put runs, none of them empty, one after another."""
        every = list(runs)
        sizes = [len(run) for run in every]
        starts = np.cumsum([0, *sizes])[:-1]
        return cls(np.array([n for run in every for n in run], np.int64), starts.astype(np.int64))

    def any(self, flags: Flags) -> Flags:
        """Tell of each run in each row whether one of its numbers is marked."""
        if not len(self.starts):
            return np.zeros((len(flags), 0), bool)
        return np.asarray(np.logical_or.reduceat(flags[:, self.numbers], self.starts, axis=1))

    def sum(self, values: Values) -> Values:
        """Add up each run in each row."""
        if not len(self.starts):
            return np.zeros((len(values), 0))
        return np.asarray(np.add.reduceat(values[:, self.numbers], self.starts, axis=1))


def consecutive(sizes: Iterable[int]) -> list[range]:
    """Return runs of these sizes over the numbers from 0 on.

    >>> consecutive([2, 1])
    [range(0, 2), range(2, 3)]
    """
    ends = list(accumulate(sizes, initial=0))
    return [range(start, end) for start, end in pairwise(ends)]
