"""A coalition as an answer: what is wanted, the groups, and what each member rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from emg_graph.analysis.coalition.ground import Ground
from emg_graph.analysis.coalition.group import SOUGHT, Group
from emg_graph.analysis.coalition.slot import Slot
from emg_graph.analysis.country import CountryAnswer
from emg_graph.analysis.coverage import Coverage
from emg_graph.analysis.evidence import Actor
from emg_graph.analysis.method import Method
from emg_graph.analysis.result import Result
from emg_graph.answers import Table, Tabular

MOST = 10
"""So many groups are given."""
NOTE = (
    "Smallest by the record in this graph, not best in the world: nothing here speaks of merit,"
    " means or will. Who is named is on record for the function in a related agreement, or has"
    " offered it; whether that serves here is to be checked with them. What is inferred or earlier"
    " counts for no group and is told apart. Groups, and those who could take the same place, stand"
    " in alphabetical order."
)
"""What the answer means and what it does not."""


@dataclass(frozen=True, slots=True)
class Need:
    """A wanted slot: who is documented in the agreement already, and who else could cover it."""

    slot: Slot
    coverage: Coverage
    holders: tuple[str, ...]
    """Candidates on record for it nearby, stated and current, who are not excluded."""
    weaker: tuple[str, ...]
    """Candidates on record for it nearby only as inferred, earlier or through a mechanism."""
    excluded: tuple[str, ...]
    """Those who would be holders if they were not excluded."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What shows that an entity covers a slot."""

    entity: str
    slot: Slot
    grounds: tuple[Ground, ...]

    @property
    def firm(self) -> bool:
        """Whether any of it is stated and current; only then it counts."""
        return any(ground.firm for ground in self.grounds)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The groups without the member of the first group that covers most."""

    without: str
    tied: tuple[str, ...]
    """Others of that group who cover as much; the first by name was taken out."""
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Coalition(Tabular):
    """The smallest groups that cover what is wanted for an agreement, and what they rest on."""

    agreement: str
    name: str
    called: str
    needs: tuple[Need, ...]
    times: int
    """How many members must cover each slot."""
    size: int | None
    """The most members, if there is a bound."""
    groups: tuple[Group, ...]
    """Up to ten, by the names of their members."""
    arrangements: int
    """How many there are, those with equal cover counted as one; up to a hundred."""
    total: int
    """How many groups these are if each choice between those with equal cover is one."""
    alternative: Alternative | None
    covers: tuple[Cover, ...]
    """For each candidate and slot, what shows it."""
    actors: Mapping[str, Actor]
    """Everyone who is named, by id."""
    notes: tuple[str, ...]
    """What is to be said of who was required or excluded."""
    candidates: int
    """How many entities could have been in a group."""
    sources: int
    """In how many sources the roles and offers were read."""
    functions: Mapping[str, str]
    themes: Mapping[str, str]
    method: Method
    country: CountryAnswer | None = None

    @property
    def all_known(self) -> bool:
        """Whether every group of least size was found."""
        return self.arrangements < SOUGHT

    @property
    def beyond(self) -> tuple[Need, ...]:
        """What nobody covers by a stated, current record, excluded or not."""
        return tuple(need for need in self.needs if not need.holders and not need.excluded)

    def called_slot(self, slot: Slot) -> str:
        """Return a slot in words."""
        function = self.functions[slot.function]
        return f"{function} on {self.themes[slot.theme].lower()}" if slot.theme else function

    def of(self, entity: str) -> tuple[Cover, ...]:
        """Return what an entity covers, and what shows it."""
        return tuple(cover for cover in self.covers if cover.entity == entity)

    def results(self) -> Iterator[Result]:
        """Yield each group: the agreement, who could be in it, and the functions that it covers."""
        for number, group in enumerate(self.groups, 1):
            places = (
                f"{place.count} of {' or '.join(self.actors[one].short for one in place.entities)}"
                for place in group.places
            )
            covered = ", ".join(self.called_slot(slot).lower() for slot in group.covered)
            yield Result(
                (self.agreement, *(one for place in group.places for one in place.entities)),
                f"Group {number} for {self.called}: {'; '.join(places)}. It covers {covered}.",
                tuple(dict.fromkeys(slot.function for slot in group.covered)),
                self._sources(group),
            )

    def _sources(self, group: Group) -> tuple[str, ...]:
        """Return the sources on which those rest who could be in a group."""
        members = {one for place in group.places for one in place.entities}
        grounds = (ground for cover in self.covers if cover.entity in members
                   for ground in cover.grounds if ground.firm)  # fmt: skip
        return tuple(sorted({ground.citation.source for ground in grounds}))

    def to_table(self) -> Table:
        """Return a row for each slot, each place of each group, and each claim behind it."""
        from emg_graph.analysis.coalition.tabular import to_table  # noqa: PLC0415

        return to_table(self)

    def _repr_html_(self) -> str:
        from emg_graph.analysis.coalition.tabular import to_page  # noqa: PLC0415

        return to_page(self)
