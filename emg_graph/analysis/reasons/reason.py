"""What a reason is: a sentence, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from emg_graph.analysis.evidence import Agreement, Citation

ON_IT, DIRECT, INDIRECT = "on-it", "direct", "indirect"
BANDS = (ON_IT, DIRECT, INDIRECT)
"""Work on the agreement itself, related work on record, what is only near: the nearest first."""
ITSELF, SERVING, RELATED = 0, 1, 2
"""How far a reason is from the agreement: about it, through a body that serves it, or beside it."""

MONEY = "money on its goals"
THIN_MANDATES = "single or widely shared mandates"
SUPPORTING = frozenset({MONEY, THIN_MANDATES})
"""Channels that make nobody a candidate by themselves: most entities spend on most goals, very
many are mandated on human rights or coordination, and one title may be a chance."""
_FIRST = frozenset({"project on it"})
"""The channels told first of those that are as near."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a sentence that follows the entity's name, and what it rests on."""

    band: str
    channel: str
    sentence: str
    basis: str
    functions: tuple[str, ...]
    """What the entity itself is on record for doing or offering."""
    touches: tuple[str, ...]
    """Those, and what it spoke of, runs elsewhere or shares in a body; what a search looks at."""
    citation: Citation
    claims: tuple[str, ...]
    through: tuple[str, ...]
    """Ids of the agreements or of the body by which the entity is near."""
    body: str | None
    """The name of the body in which both could meet."""
    distance: int
    current: bool

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands among others: nearer bands first, then current, then by distance."""
        place = (
            BANDS.index(self.band),
            not self.current,
            self.distance,
            self.channel not in _FIRST,
        )
        return (*place, self.channel, self.sentence, self.claims)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: an agreement, seen through all or some of its themes."""

    agreement: Agreement
    themes: frozenset[str]
    narrowed: bool


def counted_reason(
    band: str,
    channel: str,
    sentence: str,
    basis: str,
    citation: Citation,
    claims: tuple[str, ...],
    *,
    through: tuple[str, ...] = (),
    distance: int = RELATED,
) -> Reason:
    """Make a reason that counts rows: what these do for an agreement as a function, none says."""
    return Reason(
        band=band,
        channel=channel,
        sentence=sentence,
        basis=basis,
        functions=(),
        touches=(),
        citation=citation,
        claims=claims,
        through=through,
        body=None,
        distance=distance,
        current=True,
    )
