"""Who lies between communities, as an answer: communities, holders of items, and the measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from emg_graph.analysis.incidence import Holding, Incidence
from emg_graph.analysis.method import Method
from emg_graph.analysis.result import Result
from emg_graph.analysis.robustness import Interval
from emg_graph.answers import Table, Tabular

MEASURES: Mapping[str, str] = {
    "items": "how many items it holds",
    "communities": "in how many communities they lie",
    "spread": "how evenly they lie in them: 0 all in one, nearer to 1 the more and the more evenly",
    "degree": "the share of all items that it holds",
    "closeness": "how few steps lead from it to every item and holder, 1 the fewest there can be",
    "constraint": "how far those with whom it shares items share them with one another:"
    " low where it joins those who share nothing else",
    "effective_size": "with how many it shares items, those who share with one another counting"
    " less",
}
"""What each measure says of a holder, in the order in which they are told."""
NOTE = (
    "This is a position in the record, and no measure of importance or merit: links that nobody"
    " wrote down, or that were not read, move it, and nobody is ranked by it."
)
"""What the answer means and what it does not."""
COUNTS = ("items", "communities")
"""The measures that are whole numbers."""


_LONGEST = 70
"""Longer titles of items are shortened."""


@dataclass(frozen=True, slots=True)
class Community:
    """Items and holders that hold together more than the sums explain."""

    name: str
    """Its most typical items: those with most holders in it."""
    items: tuple[str, ...]
    """Ids, the most typical first."""
    holders: tuple[str, ...]
    """Ids, by name; a holder belongs to the community in which it holds most, given its size."""


@dataclass(frozen=True, slots=True)
class Side:
    """The items of one community that somebody holds."""

    community: Community
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value, and how far it moves; None where it is not defined."""

    value: float | None
    tenth: Interval | None
    """Between which values nine of ten draws lie that leave out a tenth of the links."""
    fifth: Interval | None
    """The same for a fifth of the links."""
    sources: Interval | None
    """The least and greatest value with each source left out in turn."""


@dataclass(frozen=True, slots=True)
class Holder:
    """An entity, and where its items lie."""

    id: str
    name: str
    sides: tuple[Side, ...]
    """The communities in which its items lie, those with most of them first."""
    measures: Mapping[str, Measured]
    """By the names of ``MEASURES``."""
    stays: tuple[int, int]
    """In how many draws its items lie in two communities or more: a tenth, a fifth left out."""
    rests_on: tuple[str, ...]
    """The sources without any one of which they do not."""

    @property
    def joins(self) -> bool:
        """Whether its items lie in two communities or more."""
        return len(self.sides) > 1


@dataclass(frozen=True, slots=True)
class Group:
    """One of two groups of items that are asked about."""

    name: str
    """What it is, such as a cluster of agreements, or the community of one."""
    items: tuple[str, ...]
    """Ids, as they stand in the community; those of a cluster in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Joint:
    """An entity that holds items of both groups."""

    id: str
    name: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    rests_on: tuple[str, ...]
    """The sources without any one of which it does not."""


@dataclass(frozen=True, slots=True)
class Between:
    """Who holds items of two groups."""

    one: Group
    other: Group
    joints: tuple[Joint, ...]
    """By name."""


@dataclass(frozen=True, slots=True)
class Bridges(Tabular):
    """Where the entities lie between the items of one relation."""

    incidence: Incidence
    """Who holds what, with the claims."""
    communities: tuple[Community, ...]
    """Those with most items first, then by name."""
    quality: float
    """Barber's modularity of the communities."""
    holders: tuple[Holder, ...]
    """By name; only the one that is asked about, if one is, and none beside two groups."""
    asked: str | None
    """The name of the entity that is asked about."""
    between: Between | None
    names: Mapping[str, str]
    """The names of all entities that are compared, by id."""
    method: Method

    @property
    def joining(self) -> tuple[Holder, ...]:
        """Those whose items lie in two communities or more, by name."""
        return tuple(holder for holder in self.holders if holder.joins)

    @property
    def others(self) -> tuple[Holder, ...]:
        """Those whose items lie in one community, by name."""
        return tuple(holder for holder in self.holders if not holder.joins)

    def called(self, item: str) -> str:
        """Return how an item is called, with its id where others are called the same."""
        return called(self.incidence, item)

    def claims(self, holder: str, items: tuple[str, ...]) -> Iterator[tuple[str, Holding]]:
        """Yield each item that an entity holds with each claim by which it does."""
        for item in items:
            for holding in self.incidence.cells.get((holder, item), ()):
                yield item, holding

    def results(self) -> Iterator[Result]:
        """Yield a line for each entity that joins two communities or groups, to be kept."""
        items = self.incidence.relation.items
        for holder in self.joining:
            held = tuple(item for side in holder.sides for item in side.items)
            where = "; ".join(side.community.name for side in holder.sides)
            told = ", ".join(
                f"{name.replace('_', ' ')} {found.value:g} ({found.fifth} with a fifth left out)"
                for name, found in holder.measures.items()
                if found.value is not None
            )
            text = f"The {items} of {holder.name} lie in {len(holder.sides)} communities: {where}."
            yield Result(
                (holder.id, *held),
                f"{text} Links left out at random move it: {told}.",
                (),
                self._sources(holder.id, held),
            )
        for joint in self.between.joints if self.between else ():
            assert self.between
            held = (*joint.one, *joint.other)
            groups = f"{self.between.one.name} and of {self.between.other.name}"
            text = f"{joint.name} holds {items} of {groups}."
            yield Result((joint.id, *held), text, (), self._sources(joint.id, held))

    def _sources(self, entity: str, items: Iterable[str]) -> tuple[str, ...]:
        """Return the sources by which an entity holds items."""
        held = (one for item in items for one in self.incidence.cells[entity, item])
        return tuple(sorted({one.citation.source for one in held}))

    def _repr_html_(self) -> str:
        from emg_graph.analysis.bridges.tabular import to_page  # noqa: PLC0415  (it reads this)

        return to_page(self)

    def to_table(self) -> Table:
        """Return a row for each entity; of one entity or of two groups, a row for each claim."""
        from emg_graph.analysis.bridges.tabular import to_table  # noqa: PLC0415  (it reads this)

        return to_table(self)


def called(incidence: Incidence, item: str) -> str:
    """Return the title of an item, shortened, with its id where another has the same title."""
    title = incidence.titles.get(item, item)
    same = sum(other == title for other in incidence.titles.values())
    short = shorten(title, _LONGEST, placeholder=" …")
    return f"{short} ({item})" if same > 1 else short
