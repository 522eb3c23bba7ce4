"""Where an entity could support a country from: there, its region, or headquarters alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emg_graph.analysis.claims import Citation

PRESENT, IN_REGION, COMMISSION = "present", "in-region", "commission"
ELSEWHERE, UNREPORTED = "elsewhere", "not-reported"
PRESENCES = (PRESENT, IN_REGION, COMMISSION, ELSEWHERE, UNREPORTED)
"""The nearest first: expenses above zero there; in other countries of its region; a regional
commission of which the country is a member; reports by country, and none of those; reports none."""


@dataclass(frozen=True, slots=True, order=True)
class Spent:
    """What an entity reports to have spent in a country in a year, in US dollars."""

    country: str
    """Its name."""
    year: str
    amount: float
    citation: Citation
    doubted: bool = False
    """Whether the row has low confidence."""


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """The headquarters of an entity: its city and country, by name."""

    city: str
    country: str
    citation: Citation
    basis: str = "stated"
    doubted: bool = False
    """Whether the row has low confidence."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Where an entity is on record, seen from a country."""

    here: Spent | None = None
    """Its latest expenses in the country, whatever their amount."""
    nearby: tuple[Spent, ...] = ()
    """Its latest expenses in other countries of the region: above zero, not doubted."""
    member: Citation | None = None
    """Where it is listed as a regional commission of which the country is a member."""
    seats: tuple[Seat, ...] = ()
    reports: bool = False
    """Whether it reports expenses by country at all."""

    @property
    def state(self) -> str:
        """The nearest place from which it could support the country."""
        if self.here and self.here.amount > 0:
            return PRESENT
        if self.nearby:
            return IN_REGION
        if self.member:
            return COMMISSION
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
    def largest(self) -> tuple[Spent, ...]:
        """Its expenses in other countries of the region, the largest first."""
        return tuple(sorted(self.nearby, key=lambda one: (-one.amount, one.country)))

    @property
    def others(self) -> str:
        """In how many other countries of the region it spent, in words."""
        return f"{len(self.nearby)} other {'country' if len(self.nearby) == 1 else 'countries'}"

    @property
    def regional_amount(self) -> float | None:
        """What it spent in other countries of the region, or None where nothing is on record."""
        return sum(one.amount for one in self.nearby) if self.nearby else None

    @property
    def regional_years(self) -> str | None:
        """The year or years of that sum."""
        years = sorted({one.year for one in self.nearby})
        return "–".join(dict.fromkeys((years[0], years[-1]))) if years else None

    @property
    def regional_citation(self) -> Citation | None:
        """The row of the largest sum, and how many more there are."""
        if not self.nearby:
            return None
        first = self.largest[0].citation
        more = f"; {len(self.nearby) - 1} more" if len(self.nearby) > 1 else ""
        return Citation(first.source, f"{first.locator}{more}")

    def without(self, sources: Iterable[str]) -> Presence:
        """Return the same less what rests on the given sources alone."""
        gone = frozenset(sources)
        return Presence(
            here=self.here if self.here and self.here.citation.source not in gone else None,
            nearby=tuple(one for one in self.nearby if one.citation.source not in gone),
            member=self.member if self.member and self.member.source not in gone else None,
            seats=tuple(one for one in self.seats if one.citation.source not in gone),
        )
