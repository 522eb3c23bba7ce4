"""What a list says of a country and an agreement, and the list as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise

from pydantic import ValidationError

from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.records import Party

PARTY, SIGNATORY, WITHDRAWN = "party", "signatory", "withdrawn"
_UNION = frozenset({"EU", "EUE", "EUU"})
"""Codes of the European Union, which is a party to many agreements and no country."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What a country is to an agreement, and since when; dates as the tables write them."""

    country: str
    agreement: str
    status: str
    as_of_on: str
    source: str
    locator: str
    confidence: str
    consent: str = ""
    signed_on: str = ""
    consented_on: str = ""
    from_on: str = ""
    to_on: str = ""
    note: str = ""

    def row(self) -> dict[str, str]:
        """Return the row of the table of parties."""
        return {"basis": "stated", **asdict(self)}

    def doubt(self) -> tuple[str, str] | None:
        """Return the value that cannot be and why, if there is one."""
        try:
            Party.model_validate({name: cell for name, cell in self.row().items() if cell})
        except ValidationError as error:
            first = error.errors()[0]
            return str(first["input"]), first["msg"].removeprefix("Value error, ")
        dates = [*filter(None, (self.signed_on, self.consented_on, self.from_on, self.to_on))]
        for before, after in pairwise(dates):
            if is_after(before, after):
                return before, f"is after {after}, which should follow it"
        became = self.consented_on or self.from_on or self.signed_on
        if is_after(became, self.as_of_on):
            return became, f"is after {self.as_of_on}, as of which the list is read"
        return None


@dataclass(slots=True)
class PartyList:
    """What one file gives."""

    file: str
    sources: dict[str, Mapping[str, str]] = field(default_factory=dict)
    found: dict[tuple[str, str], Membership] = field(default_factory=dict)
    """By agreement and country."""
    unread: list[Unread] = field(default_factory=list)
    rows: int = 0
    """How many rows the file has."""
    lost: int = 0
    """How many of them could not be read."""

    def doubt(self, place: str, value: str, reason: str, rows: int = 1) -> None:
        """Note what could not be read, and of how many rows it is."""
        self.unread.append(Unread(self.file, place, value, reason))
        self.lost += rows

    def take(self, one: Membership, place: str, rows: int = 1) -> None:
        """Keep what some rows say of a country, or note what is wrong with it."""
        key = (one.agreement, one.country)
        if doubt := one.doubt():
            self.doubt(place, *doubt, rows)
        elif key in self.found:
            reason = f"stands twice for {one.agreement}; the first is read"
            self.doubt(place, one.country, reason, rows)
        else:
            self.found[key] = one

    def add_to(self, drafts: Drafts) -> None:
        """Add everything as rows."""
        for _, source in sorted(self.sources.items()):
            drafts.add("sources", **source)
        for _, one in sorted(self.found.items()):
            drafts.add("parties", **one.row())
        drafts.unread.extend(self.unread)
        drafts.count(self.file, self.rows, self.lost)


def no_country(written: str) -> str:
    """Say why something that should be a country is none."""
    if written in _UNION:
        return "is the European Union, a party that is no country"
    return "is no country of countries.csv"


def is_after(one: str, other: str) -> bool:
    """Tell whether a date is certainly after another; either may lack its month or day.

    >>> is_after("2021-01-06", "2020"), is_after("2020-12", "2020")
    (True, False)
    """
    known = min(len(one), len(other))
    return one[:known] > other[:known]
