"""Where an entity could support a country from: there, its region, or headquarters alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emg_graph.analysis.claims import Citation

PRESENT, IN_REGION, ELSEWHERE, UNREPORTED = "present", "in-region", "elsewhere", "not-reported"
PRESENCES = (PRESENT, IN_REGION, ELSEWHERE, UNREPORTED)
"""The nearest first, as ``Presence.state`` has them."""


@dataclass(frozen=True, slots=True, order=True)
class Spent:
    """What an entity reports to have spent in a country in a year, in US dollars."""

    country: str
    """Its name."""
    year: str
    amount: float
    citation: Citation


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """The headquarters of an entity: its city and country, by name."""

    city: str
    country: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Presence:
    """Where an entity is on record, seen from a country."""

    here: Spent | None = None
    """Its latest expenses in the country, whatever their amount."""
    nearby: tuple[Spent, ...] = ()
    """Its latest expenses above zero in other countries of the region, by country."""
    member: Citation | None = None
    """Where it is listed as the regional commission of which the country is a member."""
    seat: Seat | None = None
    reports: bool = False
    """Whether it reports expenses by country at all."""

    @property
    def state(self) -> str:
        """The nearest place from which it could support the country."""
        if self.here and self.here.amount > 0:
            return PRESENT
        if self.nearby or self.member:
            return IN_REGION
        return ELSEWHERE if self.reports or self.here else UNREPORTED

    @property
    def amount(self) -> float | None:
        """What it spent in the country, if it reports that."""
        return self.here.amount if self.here else None

    @property
    def year(self) -> str | None:
        """The year of that sum."""
        return self.here.year if self.here else None

    @property
    def regional_amount(self) -> float | None:
        """What it spent in other countries of the region, or None where nothing is on record."""
        return sum(one.amount for one in self.nearby) if self.nearby else None

    def without(self, sources: Iterable[str]) -> Presence:
        """Return the same less what rests on the given sources alone."""
        gone = frozenset(sources)
        return Presence(
            here=self.here if self.here and self.here.citation.source not in gone else None,
            nearby=tuple(one for one in self.nearby if one.citation.source not in gone),
            member=self.member if self.member and self.member.source not in gone else None,
            seat=self.seat if self.seat and self.seat.citation.source not in gone else None,
        )
