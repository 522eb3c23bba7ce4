"""One row of the GEF's export: its cells read, and what in them was not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from emg_graph.importers.cells import found_in, tidy, whole_dollars
from emg_graph.importers.known import Known
from emg_graph.importers.missed import Missed
from emg_graph.importers.portfolios import Undertaking

REGISTRY = "gef-database"
FLAG = "Capacity-building Initiative for Transparency"
PAID_FROM = "Funding Source (indexed field)"
COLUMNS = (
    "Title", "ID", "Countries", "Focal Areas", "Type", "Agencies", "GEF Grant", "Status",
    "Approval FY", PAID_FROM, FLAG, "GEF Period",
)  # fmt: skip
SCOPES = frozenset(
    {
        "Africa", "Asia/Pacific", "Europe and Central Asia", "Global",
        "Latin America and Caribbean", "Regional",
    }
)  # fmt: skip
"""What the database writes among the countries that is no country."""
_FILLER = "1970"
"""The fiscal year that stands for none: the fund was founded in 1991."""
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_PERIOD = re.compile(r"GEF - (\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """A project of the export."""

    title: str
    number: str
    undertaking: Undertaking
    kind: str
    grant: str | None
    status: str
    approved: str | None
    earliest_year: int | None
    """The fiscal year of approval, or the first one of the fund's period if it has none."""
    paid_from: str
    transparency: bool

    @property
    def identifier(self) -> str:
        """The id under which the project stands in the tables."""
        return f"gef-{self.number}"

    @property
    def locator(self) -> str:
        """Where the export has it."""
        return f"ID {self.number}"


def fiscal_year(cell: str) -> str | None:
    """Return the fiscal year of approval that a cell gives, or None where it gives none.

    >>> fiscal_year("2024"), fiscal_year("1970"), fiscal_year("")
    ('2024', None, None)
    """
    text = cell.strip()
    return text if _YEAR.fullmatch(text) and text != _FILLER else None


def first_year(period: str) -> int | None:
    """Return the first fiscal year of one of the fund's periods of four years.

    >>> first_year("GEF - 5"), first_year("Pilot Phase")
    (2011, None)
    """
    match = _PERIOD.fullmatch(tidy(period))
    return 1991 + 4 * int(match[1]) if match else None


class Reader:
    """Reads rows, and notes what it does not understand."""

    def __init__(self, known: Known, missed: Missed) -> None:
        self._missed = missed
        self._entity = cache(
            lambda name: (
                known.by_code(REGISTRY, name) or known.by_name(name, ("entities", "mechanisms"))
            )
        )
        self._country = cache(
            lambda name: (
                name if name in SCOPES else known.by_code(REGISTRY, name) or known.country(name)
            )
        )

    def entry(self, line: int, row: Mapping[str, str]) -> Entry | None:
        """Return the project of a row, or None where it has no number or title."""
        number, title = row["ID"].strip(), tidy(row["Title"])
        if not (number.isascii() and number.isdigit()):
            self._missed.add(line, "ID", number, "is no number of a project")
            return None
        if not title:
            self._missed.add(line, "Title", title, "is empty")
            return None
        approved = self._approved(line, row["Approval FY"])
        return Entry(
            title=title,
            number=number,
            undertaking=self._undertaking(line, row),
            kind=tidy(row["Type"]),
            grant=self._grant(line, row["GEF Grant"]),
            status=tidy(row["Status"]),
            approved=approved,
            earliest_year=int(approved) if approved else first_year(row["GEF Period"]),
            paid_from=tidy(row[PAID_FROM]),
            transparency=self._flag(line, row[FLAG]),
        )

    def _undertaking(self, line: int, row: Mapping[str, str]) -> Undertaking:
        entities, countries = set(), set()
        for name, entity in found_in(row["Agencies"], self._entity):
            if entity is None:
                self._missed.add(line, "Agencies", name, "is no entity that the tables know")
            else:
                entities.add(entity)
        for name, country in found_in(row["Countries"], self._country):
            if country is None:
                self._missed.add(line, "Countries", name, "is no country that the tables know")
            else:
                countries.add(country)
        areas = frozenset(filter(None, map(tidy, row["Focal Areas"].split(","))))
        scope = ", ".join(sorted(countries & SCOPES))
        return Undertaking(frozenset(entities), areas, frozenset(countries - SCOPES), scope)

    def _grant(self, line: int, cell: str) -> str | None:
        if not cell.strip():
            return None
        if (grant := whole_dollars(cell)) is None:
            self._missed.add(line, "GEF Grant", cell, "is no sum of money")
        return grant

    def _approved(self, line: int, cell: str) -> str | None:
        year = fiscal_year(cell)
        if year is None and cell.strip() not in ("", _FILLER):
            self._missed.add(line, "Approval FY", cell, "is no year")
        return year

    def _flag(self, line: int, cell: str) -> bool:
        if cell.strip() not in ("Yes", "No", ""):
            self._missed.add(line, FLAG, cell, "is neither Yes nor No")
        return cell.strip() == "Yes"
