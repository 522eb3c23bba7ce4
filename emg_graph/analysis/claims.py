"""Claims as the rankings weigh them, each with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A source and the place in it."""

    source: str
    locator: str


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


PROJECTS = frozenset({"named-in-title", "transparency-flag", "subject-in-title"})
"""Kinds of work that are projects on an agreement: as a source states it, or inferred from the
subject of the title."""


@dataclass(frozen=True, slots=True)
class Work:
    """What an actor has on record with an agreement, short of a role: rows of a kind and source."""

    kind: str
    """Projects: ``named-in-title``, ``transparency-flag``, ``subject-in-title``, ``focal-area``.
    Activities of country plans: ``own-text`` (which names it), ``subject-in-text`` (its own text
    has only what it asks for), ``parent-text``. Others: ``memorandum``, ``accreditation`` and
    ``organised-with`` (with partners), ``mandate`` (cited, its title names the agreement)."""
    actor: str
    agreement: str
    basis: str
    items: tuple[str, ...]
    """What is counted: projects, activities, mandates or partners, each once."""
    citation: Citation
    """Where the latest of them stands."""
    claims: tuple[str, ...]
    since: str | None = None
    until: str | None = None
    example: str | None = None
    """The latest of them, or the partners named first."""
    example_id: str | None = None
    fund: str | None = None
    amount: float = 0.0
    """US dollars that the fund gives for the projects."""
    countries: int = 0
    omnibus: tuple[str, ...] = ()
    """Those of the mandates that task everybody (``weighing.OMNIBUS``)."""
    superseded: bool = False
    """Whether its source says that a memorandum has been superseded since."""

    @property
    def project(self) -> bool:
        """Whether it is projects on the agreement, by their titles or a mark of the fund."""
        return self.kind in PROJECTS


@dataclass(frozen=True, slots=True)
class CitedMandate:
    """A mandate with a title on some themes, which an entity's budget lists."""

    actor: str
    mandate: str
    symbol: str
    session: str | None
    themes: frozenset[str]
    weight: float
    omnibus: bool
    citation: Citation
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """What an entity spent in a year on a Sustainable Development Goal, in US dollars."""

    actor: str
    year: str
    goal: str
    amount: float
    citation: Citation
    claim: str
