"""The evidence that the rankings weigh, kept with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A source and the place in it."""

    source: str
    locator: str


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
class Role:
    """What an actor is to an agreement."""

    claim: str
    actor: str
    agreement: str
    role: str
    role_label: str
    functions: tuple[str, ...]
    basis: str
    standing: str
    since: str | None
    until: str | None
    via: str | None
    summary: str
    confidence: str
    note: str | None
    citation: Citation

    @property
    def documented(self) -> bool:
        """Whether a source states it, as current."""
        return self.basis == "stated" and self.standing == "current"


@dataclass(frozen=True, slots=True)
class Membership:
    """What an actor is in a body."""

    claim: str
    actor: str
    body: str
    capacity: str
    capacity_label: str
    basis: str
    standing: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Position:
    """What an entity put on record."""

    id: str
    claim: str
    actor: str
    meeting: str
    acts: tuple[str, ...]
    themes: frozenset[str]
    functions: tuple[str, ...]
    agreements: frozenset[str]
    inferred_agreements: frozenset[str]
    summary: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Joint:
    """A party to a joint product that concerns an agreement."""

    product: str
    name: str
    status: str
    actor: str
    agreement: str
    basis: str
    citation: Citation


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
        )

    def family(self, agreement: str) -> str:
        """Return the agreement at the root of a family: parents followed to the end."""
        while parent := self.agreements[agreement].parent:
            agreement = parent
        return agreement

    def widened(self, theme: str) -> frozenset[str]:
        """Return a theme with every narrower one.

        The scheme has no cycles; the build checks that.
        """
        found = {theme}
        while more := {t for t, up in self.broader.items() if up in found} - found:
            found |= more
        return frozenset(found)
