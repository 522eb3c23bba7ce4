"""What has to hold of the ranking, as far as the agreements at hand can show it."""

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


BOUNDS = (
    *(Bound(field, CONTROL, measure) for field in FIELDS for measure in ("precision", "auc")),
    *(Bound(field, CONTROL, one=SHIPPED) for field in FIELDS),
    *(
        Bound(field, other)
        for field in FIELDS
        for other in ("Jaccard, agreements", "PageRank, agreements", "NBI", "density")
    ),
    *(Bound(SPECIALISTS, other) for other in (BEST, TEN, SVD)),
    *(Bound(ALL, f"{one}, entities") for one in ("Jaccard", "PageRank")),
)


def checked(outcomes: Outcomes) -> list[tuple[Bound, str, bool]]:
    """Return each bound with its difference and whether it holds."""
    found = []
    for bound in BOUNDS:
        apart = outcomes[FAMILY][bound.field].difference(bound.one, bound.other, bound.measure)
        found.append((bound, apart.signed, apart.low > 0))
    return found
