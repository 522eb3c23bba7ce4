"""Nodes, links between them, and the facts on which a link rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

KINDS: Mapping[str, str] = {
    "entity": "Entity",
    "agreement": "Agreement",
    "mechanism": "Mechanism",
    "workstream": "Workstream",
    "theme": "Theme",
    "product": "Joint product",
    "function": "Function",
}
"""What a node can be."""

RELATIONS: Mapping[str, str] = {
    "role": "Role in an agreement",
    "membership": "Member of a body",
    "position": "Position on record",
    "product": "Joint product",
    "theme": "Has the theme",
    "parent": "Part of",
    "candidate": "Related work (direct evidence), no documented role here",
    "candidate-indirect": "Related work (indirect), no documented role here",
    "shared-agreements": "Serve the same agreements",
    "shared-bodies": "Sit in the same bodies",
    "shared-positions": "Spoke on the same themes",
    "shared-supporters": "Have the same supporters",
    "shared-themes": "Have the same themes",
    "same-family": "Of one treaty family",
    "function": "Has support for",
    "missing-function": "No support on record for",
    "missing-body": "No common body on record",
    "missing-supporter": "No common supporter on record",
}
"""What a link can say."""

BASES: Mapping[str, str] = {
    "stated": "Stated by a source",
    "via-mechanism": "Through a mechanism",
    "inferred": "Inferred",
    "missing": "None on record",
}
"""On what a link can rest, the strongest first."""

STANDINGS: Mapping[str, str] = {
    "current": "Current",
    "planned": "Planned or proposed",
    "historic": "Past",
}
"""Of when a link speaks."""

CONFIDENCES: Mapping[str, str] = {"high": "High", "medium": "Medium", "low": "Low, in doubt"}
"""How sure the record is of a claim, the surest first."""

CANDIDATES = frozenset({"candidate", "candidate-indirect"})
"""The relations of an agreement with entities that have related work and no documented role."""

_BASIS = tuple(BASES)
_STANDING = tuple(STANDINGS)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement as a sentence, and where it stands; without a source it is our own reading."""

    sentence: str
    basis: str
    standing: str = "current"
    functions: tuple[str, ...] = ()
    source: str | None = None
    locator: str | None = None
    term: str | None = None
    """The id of the role or of the capacity, where it is one."""
    confidence: str | None = None
    note: str | None = None
    claim: str | None = field(default=None, compare=False)
    search: bool = False
    """Whether it tells what was searched, and so says nothing of the two ends."""

    @property
    def documented(self) -> bool:
        """Whether a source states it, as current."""
        return self.basis == "stated" and self.standing == "current"

    @property
    def strength(self) -> tuple[int, int]:
        """Its place in the order from strong to weak: current first, then stated."""
        return _STANDING.index(self.standing), _BASIS.index(self.basis)


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its short label, its whole name, and what else it is called."""

    id: str
    kind: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    detail: str = ""
    """What it is more narrowly: a convention, a fund."""
    text: str = ""
    homepage: str | None = None
    source: str | None = None
    locator: str | None = None
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A link of one relation between two nodes, with every fact that says so.

    What it says of itself is what its strongest facts say: a current one comes before a past one,
    a stated one before an inferred one. Weaker facts stay beside them and add nothing.
    """

    start: str
    end: str
    relation: str
    facts: tuple[Fact, ...] = ()
    shared: tuple[str, ...] = ()
    """Ids of the items that both ends have in common, where the link is a projection."""
    weight: float = 1.0
    """The number of its strongest facts; of a projection the Newman weight of what is shared."""
    status: str = ""
    """What the record says of a link that it lacks, in words."""

    @classmethod
    def resting(cls, start: str, end: str, relation: str, facts: tuple[Fact, ...]) -> Self:
        """Return a link that weighs as much as it has evidence."""
        link = cls(start, end, relation, facts)
        return replace(link, weight=float(link.evidence))

    @property
    def strongest(self) -> tuple[Fact, ...]:
        """The facts than which no other is more current or better founded; searches are none."""
        told = [fact for fact in self.facts if not fact.search]
        best = min((fact.strength for fact in told), default=None)
        return tuple(fact for fact in told if fact.strength == best)

    @property
    def confidence(self) -> str:
        """How sure the surest of its strongest facts is; empty where none says, or it is lacking.

        >>> sure, unsure = (Fact("So.", "stated", confidence=word) for word in ("high", "low"))
        >>> Link("a", "b", "role", (unsure, sure)).confidence
        'high'
        """
        known = {fact.confidence for fact in self.strongest} if not self.status else set()
        return next((word for word in CONFIDENCES if word in known), "")

    @property
    def basis(self) -> str:
        """The basis of the strongest facts; ``missing`` where the record lacks the link."""
        if self.status:
            return "missing"
        return self.strongest[0].basis if self.strongest else "inferred"

    @property
    def standing(self) -> str:
        """The standing of the strongest facts; what is missing is missing now."""
        return self.strongest[0].standing if self.strongest and not self.status else "current"

    @property
    def functions(self) -> tuple[str, ...]:
        """The function that it is about, or every one that its strongest facts name."""
        if self.relation in ("function", "missing-function"):
            return (self.end,)
        return tuple(sorted({name for fact in self.strongest for name in fact.functions}))

    @property
    def evidence(self) -> int:
        """The number of shared items, or of the strongest facts."""
        return len(self.shared) or len(self.strongest)


@dataclass(frozen=True)
class Network:
    """Nodes and the links between them, each in one total order.

    >>> known = {name: Node(name, "entity", name, name) for name in ("c", "b", "a")}
    >>> [node.id for node in network("v", "V", "", known, [Link("b", "a", "role")]).nodes]
    ['a', 'b']
    """

    view: str
    title: str
    note: str
    """What the view shows, what it leaves out, and what may not be read into it."""
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    focus: tuple[str, ...] = ()
    """Ids of the things that the view is about."""
    known: Mapping[str, Node] = field(default_factory=dict)
    """Every thing of the graph by id, those included that are no nodes here."""
    summary: tuple[str, ...] = ()
    """What it comes to, in short sentences."""


def network(
    view: str,
    title: str,
    note: str,
    known: Mapping[str, Node],
    links: Iterable[Link],
    focus: Sequence[str] = (),
    alone: Iterable[str] = (),
) -> Network:
    """Return a network of the links and of the things that they touch.

    Args:
        view: its short name.
        title: its title.
        note: what it shows, what it leaves out, and what may not be read into it.
        known: every thing of the graph by id.
        links: the links.
        focus: ids of the things that it is about, linked or not.
        alone: ids of further things that stand there even if nothing links them.
    """
    ordered = tuple(sorted(links, key=lambda link: (link.start, link.end, link.relation)))
    touched = {end for link in ordered for end in (link.start, link.end)}
    nodes = tuple(known[thing] for thing in sorted(touched.union(focus, alone)))
    return Network(view, title, note, nodes, ordered, tuple(focus), known)
