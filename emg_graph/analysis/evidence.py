"""The evidence that the rankings weigh, kept with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from emg_graph.analysis.claims import Citation as Citation
from emg_graph.analysis.claims import CitedMandate, Spending, Work
from emg_graph.analysis.claims import Joint as Joint
from emg_graph.analysis.claims import Membership as Membership
from emg_graph.analysis.claims import Position as Position
from emg_graph.analysis.claims import Role as Role


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


@dataclass(frozen=True, slots=True)
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
        )

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
