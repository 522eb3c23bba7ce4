"""What has to hold of the ranking: a ratchet, not a proof.

Each bound held by its interval on the data at hand when it was set, with these data in view. That
it goes on holding keeps the ranking from getting worse unseen. It does not prove that the ranking
is better: from so few groups an interval is too narrow, so what is called shown has to hold by the
exact test too (``Outcome.shown``), which not every bound does.
"""

from __future__ import annotations

from dataclasses import dataclass

from recommending.cases import FAMILY
from recommending.report import Outcomes
from recommending.trial import ALL, FIELDS, SPECIALISTS
from recommending.ways import BEST, CONTROL, HONEST, SHIPPED, SVD, TEN


@dataclass(frozen=True, slots=True)
class Bound:
    """What has to hold: the whole interval of how much more one way has is above zero.

    With the family left out.
    """

    field: str
    other: str
    measure: str = "precision"
    one: str = HONEST

    def __str__(self) -> str:
        names = {"precision": "MAP", "auc": "AUC"}
        return f"{self.one}: {names[self.measure]} above {self.other} ({self.field})"


@dataclass(frozen=True, slots=True)
class Checked:
    """A bound with its difference, whether it holds, and whether chance is excluded too."""

    bound: Bound
    apart: str
    holds: bool
    shown: bool


BOUNDS = (
    *(Bound(field, CONTROL, one=one) for field in FIELDS for one in (HONEST, SHIPPED)),
    Bound(ALL, CONTROL, "auc"),
    *(
        Bound(field, other)
        for field in FIELDS
        for other in ("Jaccard, agreements", "PageRank, agreements", "NBI", "density")
    ),
    *(Bound(SPECIALISTS, other) for other in (BEST, TEN, SVD)),
    *(Bound(ALL, f"{one}, entities") for one in ("Jaccard", "PageRank")),
)


def checked(outcomes: Outcomes) -> list[Checked]:
    """Return each bound, and how it stands."""
    found = []
    for bound in BOUNDS:
        outcome, ways = outcomes[FAMILY][bound.field], (bound.one, bound.other, bound.measure)
        apart = outcome.difference(*ways)
        found.append(Checked(bound, apart.signed, apart.low > 0, outcome.shown(*ways)))
    return found
