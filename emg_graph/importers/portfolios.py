"""How many projects of a fund each entity has, by field of work and country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product

from emg_graph.importers.drafts import Drafts

NO_AREA = "none given"
"""The field of work of projects for which the fund gives none."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A project as far as it is counted."""

    entities: frozenset[str]
    areas: frozenset[str]
    countries: frozenset[str]
    scope: str = ""


@dataclass(slots=True)
class Portfolio:
    """The projects of one edition of a fund's list that are counted rather than described.

    A project counts once for each of its entities, fields of work and countries; so counts of
    several of these must not be added up. Sums of money are not given at all: a project under
    several entities would be paid several times.
    """

    fund: str
    source: str
    as_of: str
    locator: str
    note: str = ""
    counts: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def count(self, one: Undertaking) -> None:
        """Count a project for each entity, field and country, or for its scope if it has none."""
        areas = one.areas or {NO_AREA}
        places = [(country, "") for country in one.countries] or [("", one.scope)]
        for entity, area, (country, scope) in product(one.entities, areas, places):
            if country or scope:
                self.counts[entity, area, country, scope] += 1

    def add_to(self, drafts: Drafts) -> None:
        """Add a row for each count."""
        for (entity, area, country, scope), projects in sorted(self.counts.items()):
            drafts.add(
                "portfolio_counts",
                entity=entity,
                fund=self.fund,
                focal_area=area,
                country=country,
                scope=scope,
                projects=str(projects),
                as_of_on=self.as_of,
                basis="stated",
                source=self.source,
                locator=self.locator,
                confidence="high",
                note=self.note,
            )
