"""Groups of entities: who could take each place, and what it adds to the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from math import comb, prod
from typing import Any

from emg_graph.analysis.coalition.slot import Slot

SOUGHT = 100
"""So many ways to make up a group are looked for; where there are more, all are not known."""

Order = Callable[[str], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """One place in a group, or several alike: entities with equal cover stand for one another."""

    entities: tuple[str, ...]
    """Who could take it; in alphabetical order, of a country the nearest first."""
    count: int
    """How many of them the group needs."""
    required: bool
    covers: tuple[Slot, ...]
    """What each of them covers."""
    marginal: tuple[Slot, ...]
    """What would be covered less often than wanted if one of them left: of what is wanted once,
    that which nobody else of the group covers."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many members of a group cover a slot."""

    slot: Slot
    times: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its places by name, and how often it covers each slot."""

    places: tuple[Place, ...]
    filled: tuple[Filled, ...]

    @property
    def size(self) -> int:
        """The number of its members."""
        return sum(place.count for place in self.places)

    @property
    def ways(self) -> int:
        """In how many ways its places can be taken."""
        return prod(comb(len(place.entities), place.count) for place in self.places)

    @property
    def covered(self) -> tuple[Slot, ...]:
        """What it covers as often as wanted."""
        return tuple(one.slot for one in self.filled if one.times >= one.wanted)

    @property
    def uncovered(self) -> tuple[Filled, ...]:
        """What it covers less often than wanted, or not at all."""
        return tuple(one for one in self.filled if one.times < one.wanted)


@dataclass(frozen=True, slots=True)
class Field:
    """Who may be in a group and what each covers, and how they are ordered."""

    slots: tuple[Slot, ...]
    times: int
    size: int | None
    covers: Mapping[str, frozenset[Slot]]
    required: frozenset[str]
    nearest: Order
    """Orders those who could take the same place."""
    named: Order
    """Orders places and groups."""

    def groups(self, excluded: Collection[str] = ()) -> tuple[Group, ...]:
        """Return the smallest groups without these, by the names of their members.

        There are up to ``SOUGHT``, and none where nobody covers anything nor is required.
        """
        from emg_graph.measures.cover import smallest_covers  # noqa: PLC0415  (loads scipy)

        kinds = self._kinds(excluded)
        if not kinds:
            return ()
        found = smallest_covers(
            {slot.id: self.times for slot in self.slots},
            {name: frozenset(slot.id for slot in kind.cover) for name, kind in kinds.items()},
            bounds={name: kind.bounds(self.times) for name, kind in kinds.items()},
            size=self.size,
            most=SOUGHT,
        )
        groups = [
            self._group({kinds[name]: n for name, n in Counter(one).items()}) for one in found
        ]
        return tuple(sorted((group for group in groups if group.places), key=self._group_order))

    def _kinds(self, excluded: Collection[str]) -> dict[str, _Kind]:
        """Return those with equal cover together, under the first of their ids."""
        alike: dict[frozenset[Slot], list[str]] = {}
        for entity in sorted(set(self.covers) - set(excluded)):
            alike.setdefault(self.covers[entity], []).append(entity)
        return {
            entities[0]: _Kind(
                cover,
                tuple(one for one in entities if one in self.required),
                tuple(sorted(set(entities) - self.required, key=self.nearest)),
            )
            for cover, entities in alike.items()
        }

    def _group(self, counts: Mapping[_Kind, int]) -> Group:
        held = {
            slot: sum(count for kind, count in counts.items() if slot in kind.cover)
            for slot in self.slots
        }
        places = []
        for kind, count in counts.items():
            covers = tuple(slot for slot in self.slots if slot in kind.cover)
            marginal = tuple(slot for slot in covers if held[slot] <= self.times)
            places += [Place((one,), 1, True, covers, marginal) for one in kind.required]
            if free := count - len(kind.required):
                places.append(Place(kind.free, free, False, covers, marginal))
        places.sort(key=lambda place: self.named(place.entities[0]))
        filled = tuple(Filled(slot, held[slot], self.times) for slot in self.slots)
        return Group(tuple(places), filled)

    def _group_order(self, group: Group) -> list[tuple[Any, ...]]:
        return [(self.named(place.entities[0]), place.count) for place in group.places]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Entities with equal cover: those who must be in the group, and the others."""

    cover: frozenset[Slot]
    required: tuple[str, ...]
    free: tuple[str, ...]

    def bounds(self, times: int) -> tuple[int, int]:
        """Return how many of them a smallest group has at least and at most."""
        least = len(self.required)
        return least, max(least, min(times, least + len(self.free)))
