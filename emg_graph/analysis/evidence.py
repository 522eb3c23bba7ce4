"""The evidence that the rankings weigh, kept with its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from emg_graph.analysis.claims import Citation as Citation
from emg_graph.analysis.claims import CitedMandate, Spending, Work
from emg_graph.analysis.claims import Joint as Joint
from emg_graph.analysis.claims import Membership as Membership
from emg_graph.analysis.claims import Position as Position
from emg_graph.analysis.claims import Role as Role
from emg_graph.analysis.searches import Sought

GROUPS = frozenset({"un-system"})
"""Entities of a kind whose broader kind is one of these are compared, and can be candidates."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with what decides how near it is to another."""

    id: str
    name: str
    short: str
    parent: str | None
    cluster: str
    themes: frozenset[str]
    secretariat: str | None
    administering: frozenset[str]

    @property
    def called(self) -> str:
        """Its short name as a sentence has it: with an article unless it is one word."""
        return f"the {self.short}" if " " in self.short else self.short


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity, or a mechanism that acts."""

    id: str
    type: str
    name: str
    short: str
    kind: str
    kind_label: str
    group: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """A mechanism or workstream in which actors take part."""

    id: str
    name: str
    short: str
    standing: str | None
    coverage: str | None
    themes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A Sustainable Development Goal of an agreement, and whether that is stated or inferred."""

    id: str
    number: str
    basis: str


@dataclass(frozen=True)
class Evidence:
    """Everything that the rankings use."""

    agreements: Mapping[str, Agreement]
    actors: Mapping[str, Actor]
    bodies: Mapping[str, Body]
    functions: Mapping[str, str]
    """Label of each function, in the order of their ids."""
    themes: Mapping[str, str]
    broader: Mapping[str, str]
    roles: tuple[Role, ...]
    memberships: tuple[Membership, ...]
    positions: tuple[Position, ...]
    joints: tuple[Joint, ...]
    searched: Mapping[str, int]
    """In how many sources supporters of an agreement were looked for; absent means not at all."""
    works: tuple[Work, ...] = ()
    """Projects on every agreement; other work only on the agreement that is asked about."""
    mandates: tuple[CitedMandate, ...] = ()
    """Only those on the themes that are asked about."""
    budgets: frozenset[tuple[str, str]] = frozenset()
    """Each entity with a source in which its mandates were read."""
    spending: tuple[Spending, ...] = ()
    goals: Mapping[str, tuple[Goal, ...]] = field(default_factory=dict)
    """The goals of each agreement: the stated ones, or where there are none the inferred."""
    references: frozenset[tuple[str, str, str]] = frozenset()
    """Each agreement that refers to another, that other, and the source that says so."""
    portfolios: Mapping[str, float] = field(default_factory=dict)
    """The weights of all mandates that an entity cites, whatever their themes, added up; read only
    for the specialists' view."""
    aside: frozenset[tuple[str, str, str]] = frozenset()
    """An actor, an agreement and a project or mandate of the actor's on it, as told by sources that
    were left out: what is on an agreement itself never counts as near it."""
    sought: Mapping[str, tuple[Sought, ...]] = field(default_factory=dict)
    """Every search on record about a thing."""

    def without(self, sources: Iterable[str]) -> Evidence:
        """Return the evidence less every claim from the given sources."""
        dropped = frozenset(sources)
        if not dropped:
            return self
        return replace(
            self,
            roles=tuple(c for c in self.roles if c.citation.source not in dropped),
            memberships=tuple(c for c in self.memberships if c.citation.source not in dropped),
            positions=tuple(c for c in self.positions if c.citation.source not in dropped),
            joints=tuple(c for c in self.joints if c.citation.source not in dropped),
            works=tuple(c for c in self.works if c.citation.source not in dropped),
            mandates=tuple(c for c in self.mandates if c.citation.source not in dropped),
            budgets=frozenset(b for b in self.budgets if b[1] not in dropped),
            spending=tuple(c for c in self.spending if c.citation.source not in dropped),
            references=frozenset(r for r in self.references if r[2] not in dropped),
            aside=self.aside
            | {
                (work.actor, work.agreement, item)
                for work in self.works
                if work.citation.source in dropped and (work.project or work.kind == "mandate")
                for item in work.items
            },
        )

    @cached_property
    def mandates_of(self) -> Mapping[str, tuple[CitedMandate, ...]]:
        """The mandates that each actor cites, in their order; who cites none is absent."""
        found: dict[str, list[CitedMandate]] = {}
        for one in self.mandates:
            found.setdefault(one.actor, []).append(one)
        return {actor: tuple(cited) for actor, cited in found.items()}

    @cached_property
    def citers_by_theme(self) -> Counter[str]:
        """How many actors cite a mandate on each theme, 0 for one on which none does."""
        pairs = {(theme, one.actor) for one in self.mandates for theme in one.themes}
        return Counter(theme for theme, _ in pairs)

    @property
    def compared(self) -> tuple[Actor, ...]:
        """The entities of the UN system and the treaty secretariats, by id."""
        secretariats = {agreement.secretariat for agreement in self.agreements.values()}
        return tuple(
            actor
            for actor in sorted(self.actors.values(), key=lambda actor: actor.id)
            if actor.type == "entity" and (actor.group in GROUPS or actor.id in secretariats)
        )

    def refers(self, one: str, other: str) -> bool:
        """Tell whether one of two agreements is on record as referring to the other."""
        return any({one, other} == {first, second} for first, second, _ in self.references)

    def family(self, agreement: str) -> str:
        """Return the agreement at the root of a family: parents followed to the end."""
        while parent := self.agreements[agreement].parent:
            agreement = parent
        return agreement

    def widened_all(self, themes: Iterable[str]) -> frozenset[str]:
        """Return themes with every narrower one."""
        return frozenset().union(*(self.widened(theme) for theme in themes))

    def widened(self, theme: str) -> frozenset[str]:
        """Return a theme with every narrower one.

        The scheme has no cycles; the build checks that.
        """
        found = {theme}
        while more := {t for t, up in self.broader.items() if up in found} - found:
            found |= more
        return frozenset(found)
