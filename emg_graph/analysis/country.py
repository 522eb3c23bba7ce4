"""A country: what it is to an agreement, and where entities could support it from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from emg_graph.analysis.claims import Citation
from emg_graph.analysis.presence import Presence

PLACE_NOTE = (
    "Presence is expenses above zero in the latest year on record; who does not report by country,"
    " or has projects there that are not counted as expenses, may be there all the same. A region"
    " is one of United Nations statistics (M49, Oceania as one); sums of low confidence are left"
    " out of it. Full members of a regional commission are on record, associates are not. Which"
    " office of an entity serves the country is not in this graph; a seat is its headquarters."
)


@dataclass(frozen=True, slots=True)
class Party:
    """What a dated list says that a country is to an agreement."""

    agreement: str
    status: str
    label: str
    since: str | None
    until: str | None
    as_of: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PartyList:
    """A dated list of parties: whole, a lower bound, or (None) not known to be either."""

    agreement: str
    as_of: str
    whole: bool | None
    source: str


@dataclass(frozen=True, slots=True)
class GroupListing:
    """The place of a country in the dated list of a group of an agreement's own parties."""

    agreement: str
    place: str
    """As ``in the list of Article 5 parties``."""
    as_of: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Status:
    """What a country is to an agreement, in a sentence, with its source."""

    status: str
    """``party``, ``signatory``, ``in-group``, ``not-listed`` or ``no-list``."""
    sentence: str
    as_of: str | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Country:
    """What the graph holds of a country, for one agreement."""

    id: str
    name: str
    parties: tuple[Party, ...]
    lists: tuple[PartyList, ...]
    there: Mapping[str, Presence]
    """Where each entity is on record, less whether it reports by country."""
    reporters: frozenset[tuple[str, str]]
    """Each entity that reports by country, with the source."""
    groups: tuple[GroupListing, ...] = ()
    region: str | None = None
    """The region of the country, by name."""

    def without(self, sources: Iterable[str]) -> Country:
        """Return the same less every row from the given sources."""
        dropped = frozenset(sources)
        return replace(
            self,
            parties=tuple(row for row in self.parties if row.citation.source not in dropped),
            lists=tuple(row for row in self.lists if row.source not in dropped),
            there={actor: row.without(dropped) for actor, row in self.there.items()},
            reporters=frozenset(row for row in self.reporters if row[1] not in dropped),
            groups=tuple(row for row in self.groups if row.citation.source not in dropped),
        )

    def status(self, agreement: str) -> Status:
        """Return what the country is to an agreement, by the latest dated list."""
        lists = [row for row in self.lists if row.agreement == agreement]
        rows = [row for row in self.parties if row.agreement == agreement]
        groups = [row for row in self.groups if row.agreement == agreement]
        if groups and not rows:
            return _in_group(max(groups, key=lambda row: (row.as_of or "", row.citation)))
        if not rows and not lists:
            return Status("no-list", "no dated list of parties at hand", None, None)
        if not rows:
            last = max(lists, key=lambda row: (row.as_of, row.whole is True, row.source))
            words = f"not on the list of {last.as_of}{_bound(last.whole)}"
            place = Citation(last.source, f"no row for {self.name}")
            return Status("not-listed", words, last.as_of, place)
        row = max(rows, key=lambda row: (row.as_of, row.status == "party", row.citation))
        reach = {one.whole for one in lists if one.as_of == row.as_of}
        whole = next((one for one in (True, False) if one in reach), None)
        since = f" since {row.since}" if row.since else ""
        until = f" until {row.until}" if row.until else ""
        bound = _bound(whole, _CHANGES.get(row.status, _JOINED))
        words = f"{row.label.lower()}{since}{until}, by the list of {row.as_of}{bound}"
        return Status(row.status, words, row.as_of, row.citation)

    def presence(self, actor: str) -> Presence:
        """Tell where an entity is on record, seen from the country."""
        reports = any(entity == actor for entity, _ in self.reporters)
        return replace(self.there.get(actor, Presence()), reports=reports)


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """What an answer says of a country: its status, and who is on record there."""

    id: str
    name: str
    status: Status
    region: str | None
    presence: Mapping[str, Presence]
    """Of each linked actor and each candidate, by id."""
    note: str = PLACE_NOTE


_JOINED = "it may have joined since"
_CHANGES = {"party": "it may have left since", "withdrawn": "it may have joined again since"}
"""What may have changed since a list that is not whole."""


def _bound(whole: bool | None, change: str = _JOINED) -> str:
    """Return how far a list goes; of one that is not whole, what may have changed."""
    if whole:
        return ", which is whole"
    return f", {'not known to be whole' if whole is None else 'a lower bound'}: {change}"


def _in_group(row: GroupListing) -> Status:
    """Return the status of one that is known from a list of a group of the parties alone."""
    dated = f" of {row.as_of}" if row.as_of else ""
    words = f"stood {row.place}{dated}; no dated list of all parties that names it is at hand"
    return Status("in-group", words, row.as_of, row.citation)
