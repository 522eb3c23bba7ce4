"""The smallest groups of candidates for an agreement, from what is on record of each nearby."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.coalition.answer import MOST, Alternative, Coalition, Cover, Need
from emg_graph.analysis.coalition.ground import Ground, Grounds
from emg_graph.analysis.coalition.group import Field, Group
from emg_graph.analysis.coalition.noting import linked, notes
from emg_graph.analysis.coalition.slot import Slot, Wishes, wanted_slots
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.method import Method
from emg_graph.analysis.presence import PRESENCES
from emg_graph.analysis.reasons import Wanted
from emg_graph.errors import QueryError

_TEXT = (
    "The smallest groups of entities without a documented role in the agreement that cover each"
    " wanted slot as often as asked, or come nearest to it; a slot is covered by a stated, current"
    " role in a related agreement or by an offer on record. Set cover, solved exactly by integer"
    " programming (HiGHS, through scipy.optimize.milp)."
)
_ON_THEMES = " A role is on the themes of its agreement, an offer on those of what was said."


def find_coalition(
    evidence: Evidence, found: Collaborators, wishes: Wishes | None = None, data: str = ""
) -> Coalition:
    """Return the smallest groups that cover what is wanted for an agreement.

    Args:
        evidence: what the graph holds.
        found: who could serve the agreement, asked with the same themes.
        wishes: what is wished of the group.
        data: the hash of the data.

    Raises:
        QueryError: the wishes contradict each other, or more are required than the size allows.
    """
    wishes = wishes or Wishes()
    wishes.check()
    slots = wanted_slots(found.coverage, wishes)
    covers = tuple(_covers(evidence, found, wishes, slots))
    field = _field(evidence, found, wishes, slots, covers)
    groups = field.groups(wishes.exclude)
    alternative = _alternative(field, groups, wishes) if groups else None
    return Coalition(
        agreement=found.agreement,
        name=found.name,
        called=found.called,
        needs=tuple(_needs(found, wishes, slots, covers)),
        times=wishes.times,
        size=wishes.size,
        groups=groups[:MOST],
        arrangements=len(groups),
        total=sum(group.ways for group in groups),
        alternative=alternative,
        covers=covers,
        actors={one: evidence.actors[one] for one in _named(found, wishes, covers)},
        notes=tuple(notes(evidence, found, wishes, slots, covers)),
        candidates=len(found.candidates),
        sources=_sources(evidence),
        functions=evidence.functions,
        themes=evidence.themes,
        method=_method(found, wishes, data),
        country=found.country,
    )


def _sources(evidence: Evidence) -> int:
    """Return in how many sources roles and positions were read."""
    read = {role.citation.source for role in evidence.roles}
    return len(read | {position.citation.source for position in evidence.positions})


def _covers(
    evidence: Evidence, found: Collaborators, wishes: Wishes, slots: Sequence[Slot]
) -> Iterator[Cover]:
    """Yield what each candidate covers, firmly or not, candidates by name."""
    subject = evidence.agreements[found.agreement]
    grounds = Grounds(evidence, Wanted(subject, frozenset(found.themes), bool(wishes.themes)))
    within = {theme: evidence.widened(theme) for theme in wishes.themes}
    for candidate in sorted(found.candidates, key=lambda one: (one.short.casefold(), one.id)):
        own = grounds.of(candidate.reasons)
        for slot in slots:
            if shown := tuple(one for one in own if _fills(one, slot, within)):
                yield Cover(candidate.id, slot, shown)


def _fills(ground: Ground, slot: Slot, within: Mapping[str, frozenset[str]]) -> bool:
    on_theme = slot.theme is None or bool(within[slot.theme] & set(ground.themes))
    return on_theme and slot.function in ground.functions


def _field(
    evidence: Evidence,
    found: Collaborators,
    wishes: Wishes,
    slots: tuple[Slot, ...],
    covers: Sequence[Cover],
) -> Field:
    required = frozenset(wishes.require) - linked(evidence, found)
    if wishes.size is not None and wishes.size < len(required):
        raise QueryError(
            f"a group of at most {wishes.size} has no room for the {len(required)} required:"
            f" {', '.join(sorted(required))}"
        )
    held: dict[str, set[Slot]] = {one: set() for one in required}
    for cover in covers:
        if cover.firm:
            held.setdefault(cover.entity, set()).add(cover.slot)

    def named(entity: str) -> tuple[Any, ...]:
        return evidence.actors[entity].short.casefold(), entity

    def nearest(entity: str) -> tuple[Any, ...]:
        there = found.country.presence.get(entity) if found.country else None
        return PRESENCES.index(there.state) if there else len(PRESENCES), *named(entity)

    return Field(
        slots=slots,
        times=wishes.times,
        size=wishes.size,
        covers={entity: frozenset(own) for entity, own in held.items()} if slots else {},
        required=required,
        nearest=nearest,
        named=named,
    )


def _alternative(field: Field, groups: Sequence[Group], wishes: Wishes) -> Alternative | None:
    """Return the groups without whoever covers most in the first; of those alike the first by name.

    Who is required stays. None where nobody else is in the group.
    """
    places = [place for place in groups[0].places if not place.required]
    if not places:
        return None
    most = max(len(place.covers) for place in places)
    largest = [place for place in places if len(place.covers) == most]
    without, *_ = largest[0].entities
    tied = tuple(entity for place in largest for entity in place.entities if entity != without)
    left = field.groups([*wishes.exclude, without])
    return Alternative(without, tied, left[:MOST])


def _needs(
    found: Collaborators, wishes: Wishes, slots: Sequence[Slot], covers: Sequence[Cover]
) -> Iterator[Need]:
    coverage = {cover.function: cover for cover in found.coverage}
    for slot in slots:
        firm = [one.entity for one in covers if one.slot == slot and one.firm]
        yield Need(
            slot=slot,
            coverage=coverage[slot.function],
            holders=tuple(one for one in firm if one not in wishes.exclude),
            weaker=tuple(one.entity for one in covers if one.slot == slot and not one.firm),
            excluded=tuple(one for one in firm if one in wishes.exclude),
        )


def _named(found: Collaborators, wishes: Wishes, covers: Sequence[Cover]) -> list[str]:
    documented = {actor for cover in found.coverage for actor in cover.documented + cover.weaker}
    asked = {*wishes.require, *wishes.exclude}
    return sorted(documented | asked | {cover.entity for cover in covers})


def _method(found: Collaborators, wishes: Wishes, data: str) -> Method:
    asked: list[tuple[str, str]] = [
        ("agreement", found.agreement),
        ("functions", ", ".join(sorted(set(wishes.functions))) or "with fewer than two documented"),
        ("themes", ", ".join(sorted(set(wishes.themes)))),
        ("country", found.country.id if found.country else ""),
        ("size", str(wishes.size or "")),
        ("required", ", ".join(sorted(set(wishes.require)))),
        ("excluded", ", ".join(sorted(set(wishes.exclude)))),
        ("times", str(wishes.times)),
    ]
    text = _TEXT + (_ON_THEMES if wishes.themes else "")
    return Method("coalition", text, tuple((n, v) for n, v in asked if v), None, data)
