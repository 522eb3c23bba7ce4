"""Everything that the rules look at, each claim with its source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeVar

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.claims import Citation, CitedMandate, Work
from emg_graph.analysis.evidence import Evidence, Role
from emg_graph.analysis.gaps.gap import Ground
from emg_graph.analysis.searches import NOTHING as NOTHING
from emg_graph.analysis.searches import UNDONE as UNDONE
from emg_graph.analysis.searches import carried_out, for_supporters

if TYPE_CHECKING:
    from emg_graph.analysis.incidence import Incidence

COORDINATION = "coordination"
"""The theme of bodies that coordinate the whole system, of which most entities are members."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for about a thing, in which sources, with what outcome."""

    claim: str
    subject: str
    looked_for: str
    outcome: str
    places: tuple[str, ...]
    searched_on: str
    citation: Citation
    note: str | None = None
    name: str | None = None
    """How the subject is called."""

    @property
    def supporters(self) -> bool:
        """Whether it looked for who serves the subject."""
        return for_supporters(self)

    @property
    def done(self) -> bool:
        """Whether it was carried out, in sources still counted."""
        return carried_out(self)

    @property
    def ground(self) -> Ground:
        """It as what speaks for a gap."""
        if self.outcome == UNDONE:
            told = f"Not looked up yet: {self.looked_for}."
            return Ground(told, "stated", self.citation, self.claim)
        outcome = self.outcome.replace("-", " ")
        where = f" in {len(self.places)} source{'s' * (len(self.places) != 1)}" * self.done
        told = f"Looked for: {self.looked_for}{where}; outcome: {outcome}."
        return Ground(told, "stated", self.citation, self.claim)


@dataclass(frozen=True, slots=True)
class Naming:
    """A claim by which a thing, such as a mandate or product, has to do with another."""

    item: str
    kind: str
    thing: str
    """The agreement that is named, or the party."""
    basis: str
    name: str
    claim: str
    citation: Citation

    @property
    def counts(self) -> bool:
        """Whether it is more than a reading of ours."""
        return self.basis != "inferred"


@dataclass(frozen=True, slots=True)
class Crossing:
    """What links an agreement with a cross-cutting theme, in words."""

    theme: str
    agreement: str
    basis: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Extent:
    """In how many countries an entity works, or how many mandates it has, by a source."""

    entity: str
    kind: str
    """Countries by its ``project``, ``portfolio`` or ``plan``; mandates by its ``budget``."""
    number: int
    citation: Citation


@dataclass(frozen=True, slots=True)
class Target:
    """A goal or target that an agreement itself sets."""

    agreement: str
    name: str
    """Its number and title."""
    themes: frozenset[str]
    citation: Citation


_Claim = TypeVar("_Claim", Search, Naming, CitedMandate, Work, Crossing, Extent, Target)


@dataclass(frozen=True)
class Record:
    """The record as the rules of gaps see it; ``read_record`` reads it."""

    evidence: Evidence
    searches: tuple[Search, ...] = ()
    namings: tuple[Naming, ...] = ()
    """What names agreements."""
    parties: tuple[Naming, ...] = ()
    """Parties to products and cooperations."""
    mentions: tuple[Naming, ...] = ()
    """What positions of an actor (item) say of mechanisms and workstreams (thing)."""
    places: tuple[tuple[str, str, str], ...] = ()
    """Entity, ``seat`` or ``expenses``, and source."""
    scopes: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each thing is part of or stands under, the nearest first, to the end."""
    overlaps: tuple[Incidence, ...] = ()
    mandates: tuple[CitedMandate, ...] = ()
    """Mandates on environmental themes."""
    named: tuple[Work, ...] = ()
    """Mandates that name an agreement."""
    crossings: tuple[Crossing, ...] = ()
    sources: frozenset[str] = frozenset()
    """Every source of the graph that counts."""
    links: tuple[Naming, ...] = ()
    """What an actor (item) has on record with an agreement besides roles and positions."""
    cross_cutting: tuple[CitedMandate, ...] = ()
    """Mandates on the cross-cutting themes."""
    symbols: Mapping[str, str] = field(default_factory=dict)
    """The symbol of each mandate whose title names an agreement."""
    doubted: frozenset[str] = frozenset()
    """Things on which a search that found something, or was put off, is left out."""
    plans: tuple[Work, ...] = ()
    """Activities of country plans on agreements."""
    extents: tuple[Extent, ...] = ()
    targets: tuple[Target, ...] = ()

    def without(self, sources: Iterable[str]) -> Record:
        """Return the record less every claim and every search from the given sources.

        What a thing is, such as its themes, is no claim and stays.
        """
        out = frozenset(sources)
        if not out:
            return self
        return replace(
            self,
            evidence=self.evidence.without(out),
            searches=tuple(_searched(one, out) for one in _cited(self.searches, out)),
            links=_cited(self.links, out),
            cross_cutting=_cited(self.cross_cutting, out),
            doubted=self.doubted | _doubted(self.searches, out),
            namings=_cited(self.namings, out),
            parties=_cited(self.parties, out),
            mentions=_cited(self.mentions, out),
            places=tuple(one for one in self.places if one[2] not in out),
            overlaps=tuple(one.without(out) for one in self.overlaps),
            mandates=_cited(self.mandates, out),
            named=_cited(self.named, out),
            crossings=_cited(self.crossings, out),
            plans=_cited(self.plans, out),
            extents=_cited(self.extents, out),
            targets=_cited(self.targets, out),
            sources=self.sources - out,
        )

    @cached_property
    def compared(self) -> frozenset[str]:
        """The entities of the UN system and the treaty secretariats."""
        return frozenset(actor.id for actor in self.evidence.compared)

    @cached_property
    def supporters(self) -> Mapping[str, tuple[str, ...]]:
        """Who supports each agreement on record, besides running it or keeping its papers."""
        found: dict[str, set[str]] = {agreement: set() for agreement in self.evidence.agreements}
        for role in self.evidence.roles:
            if role.documented and role.role not in FORMAL_ROLES | RUNNING_ROLES:
                found[role.agreement].add(role.actor)
        return {agreement: tuple(sorted(actors)) for agreement, actors in found.items()}

    @cached_property
    def roles(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles in each agreement, whatever their strength, but for deposit and money."""
        found: dict[str, list[Role]] = {agreement: [] for agreement in self.evidence.agreements}
        for role in self.evidence.roles:
            if role.role not in FORMAL_ROLES:
                found[role.agreement].append(role)
        return {agreement: tuple(roles) for agreement, roles in found.items()}

    @cached_property
    def crossing(self) -> Mapping[str, tuple[CitedMandate, ...]]:
        """The mandates of each entity on cross-cutting themes."""
        return _by(lambda one: one.actor, self.cross_cutting)

    @cached_property
    def extents_of(self) -> Mapping[str, tuple[Extent, ...]]:
        """How much the sources have of each entity."""
        return _by(lambda one: one.entity, self.extents)

    @cached_property
    def seats(self) -> Mapping[str, Mapping[str, tuple[Ground, ...]]]:
        """The bodies in which each actor sits, itself or through what it is part of."""
        own = self.own_seats
        found = {actor: dict(bodies) for actor, bodies in own.items()}
        for actor, above in self.above.items():
            for parent in above:
                for body, told in own.get(parent, {}).items():
                    mine = found.setdefault(actor, {})
                    mine[body] = (*mine.get(body, ()), *told)
        return found

    @cached_property
    def own_seats(self) -> Mapping[str, Mapping[str, tuple[Ground, ...]]]:
        """The bodies in which each actor sits itself."""
        own: dict[str, dict[str, list[Ground]]] = defaultdict(lambda: defaultdict(list))
        for one in self.evidence.memberships:
            own[one.actor][one.body].append(
                Ground(
                    f"{self.short(one.actor)} is on record in {self.short(one.body)}"
                    f" ({one.capacity_label.lower()}).",
                    one.basis, one.citation, one.claim, one.standing,
                )
            )  # fmt: skip
        return {
            actor: {b: tuple(told) for b, told in bodies.items()} for actor, bodies in own.items()
        }

    def common_seats(
        self, one: str, other: str
    ) -> Mapping[str, tuple[tuple[Ground, ...], tuple[Ground, ...]]]:
        """Return the bodies in which two actors sit by any claim, with what says so of each."""
        mine, theirs = self.seats.get(one, {}), self.seats.get(other, {})
        return {body: (mine[body], theirs[body]) for body in sorted(mine.keys() & theirs.keys())}

    def coordinates(self, body: str) -> bool:
        """Tell whether a body does nothing but coordinate the whole system."""
        known = self.evidence.bodies.get(body)
        return known is not None and known.themes == {COORDINATION}

    def searched(self, subject: str) -> tuple[str, ...]:
        """Return the sources in which supporters of a thing were searched for at all."""
        done = [one for one in self.about(subject) if one.done and one.supporters]
        return tuple(sorted({place for one in done for place in one.places}))

    def about(self, subject: str) -> tuple[Search, ...]:
        """Return every search on a thing."""
        return self._searches.get(subject, ())

    @cached_property
    def _searches(self) -> Mapping[str, tuple[Search, ...]]:
        return _by(lambda one: one.subject, self.searches)

    def short(self, thing: str) -> str:
        """Return how a thing is called in a sentence."""
        return self._shorts.get(thing, thing)

    def name(self, thing: str) -> str:
        """Return the whole name of a thing, else its id."""
        evidence = self.evidence
        for known in (evidence.agreements, evidence.actors, evidence.bodies):
            if thing in known:
                return known[thing].name
        return evidence.themes.get(thing, thing)

    @cached_property
    def _shorts(self) -> Mapping[str, str]:
        evidence = self.evidence
        found = {one.subject: one.name for one in self.searches if one.name}
        found |= {**evidence.functions, **evidence.themes}
        found |= {id_: body.short for id_, body in evidence.bodies.items()}
        found |= {id_: actor.short for id_, actor in evidence.actors.items()}
        return found | {id_: agreement.short for id_, agreement in evidence.agreements.items()}


def _by(name: Callable[[_Claim], str], told: Iterable[_Claim]) -> dict[str, tuple[_Claim, ...]]:
    """Return what has the same name together, in the order in which it came."""
    found: dict[str, list[_Claim]] = defaultdict(list)
    for one in told:
        found[name(one)].append(one)
    return {key: tuple(some) for key, some in found.items()}


def joined(namings: Iterable[Naming]) -> dict[tuple[str, str], list[tuple[Naming, Naming]]]:
    """Return for each pair of things the claims by which one item has to do with both."""
    items: dict[tuple[str, str], dict[str, Naming]] = {}
    for one in sorted(namings, key=lambda one: (one.basis, one.claim)):
        best = items.setdefault((one.kind, one.item), {})
        if one.thing not in best or (one.counts and not best[one.thing].counts):
            best[one.thing] = one
    found: dict[tuple[str, str], list[tuple[Naming, Naming]]] = {}
    for _, held in sorted(items.items()):
        for pair in combinations(sorted(held), 2):
            found.setdefault(pair, []).append((held[pair[0]], held[pair[1]]))
    return found


def _searched(search: Search, out: Collection[str]) -> Search:
    return replace(search, places=tuple(place for place in search.places if place not in out))


def _doubted(searches: Iterable[Search], out: Collection[str]) -> frozenset[str]:
    return frozenset(
        one.subject for one in searches if one.citation.source in out and one.outcome != NOTHING
    )


def _cited(claims: Iterable[_Claim], out: Collection[str]) -> tuple[_Claim, ...]:
    return tuple(one for one in claims if one.citation.source not in out)
