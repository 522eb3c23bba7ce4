"""Who covers each function for an agreement, as it is seen from a country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.coverage import Coverage
from emg_graph.analysis.evidence import Citation, Evidence, Role
from emg_graph.views.package.parts import (
    ELSEWHERE,
    PRESENT,
    UNREPORTED,
    WITHIN,
    Cover,
    Holder,
    Near,
)

ORDER = (
    "finance", "capacity", "knowledge", "policy", "norms", "delivery", "data", "enforcement",
    "convening",
)  # fmt: skip
"""Functions as a country team asks for them: money, people, technical support, proof."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Who is present in the country, who reports by country, who is part of whom, who works."""

    present: frozenset[str]
    reporting: frozenset[str]
    parents: Mapping[str, str]
    working: frozenset[str]
    """Who has or pays for work there, listed or counted."""
    near: Mapping[str, Near] = field(default_factory=dict)
    """What each of the others has on record near the country."""

    def place(self, actor: str) -> tuple[str, str | None]:
        """Return where an actor is seen from the country, and within whom."""
        if actor in self.present:
            return PRESENT, None
        if actor in self.reporting:
            return ELSEWHERE, None
        whole = self._whole(actor)
        return (WITHIN, whole) if whole else (UNREPORTED, None)

    def _whole(self, actor: str) -> str | None:
        """Return the nearest entity above an actor that is present.

        Nobody is part of itself; the build checks that.
        """
        above = self.parents.get(actor)
        while above and above not in self.present:
            above = self.parents.get(above)
        return above


def covers(
    evidence: Evidence, found: Collaborators, family: Sequence[str], ground: Ground
) -> Iterator[Cover]:
    """Yield each function with who covers it, in the order of ``ORDER``, others after it."""
    for cover in sorted(found.coverage, key=lambda c: (_rank(c.function), c.function)):
        yield _cover(evidence, found, cover, family, ground)


def _rank(function: str) -> int:
    return ORDER.index(function) if function in ORDER else len(ORDER)


def _cover(
    evidence: Evidence,
    found: Collaborators,
    cover: Coverage,
    family: Sequence[str],
    ground: Ground,
) -> Cover:
    own = [
        role
        for role in found.linked
        if cover.function in role.functions and role.role not in FORMAL_ROLES
    ]
    documented = _holders(evidence, (_link(r) for r in own if r.documented), ground)
    weaker = _holders(evidence, (_link(r) for r in own if r.actor in cover.weaker), ground)
    out = {holder.actor.id for holder in documented}
    links = (*_kin(evidence, cover.function, family), *_offers(found, cover.function))
    nearby = (one for one in links if one.actor in ground.present and one.actor not in out)
    return Cover(
        function=cover.function,
        label=cover.label,
        holders=documented,
        nearby=_holders(evidence, nearby, ground),
        weaker=weaker,
        status=cover.status,
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """What links an actor to a function beside its roles in the agreement."""

    actor: str
    through: tuple[str, ...]
    basis: str
    citation: Citation


def _link(role: Role) -> _Link:
    return _Link(role.actor, (role.agreement,), role.basis, role.citation)


def _kin(evidence: Evidence, function: str, family: Sequence[str]) -> Iterator[_Link]:
    """Yield the stated, current roles in the function in other agreements of the family."""
    for role in evidence.roles:
        if (
            role.agreement in family[1:]
            and role.documented
            and role.role not in FORMAL_ROLES
            and function in role.functions
        ):
            yield _link(role)


def _offers(found: Collaborators, function: str) -> Iterator[_Link]:
    """Yield the candidates with a stated reason that speaks of the function."""
    for candidate in sorted(found.candidates, key=lambda one: one.id):
        for reason in candidate.reasons:
            if function in reason.functions and reason.basis == "stated":
                yield _Link(candidate.id, reason.through, reason.basis, reason.citation)


def _holders(evidence: Evidence, links: Iterable[_Link], ground: Ground) -> tuple[Holder, ...]:
    """Return each actor of the links once, with the first link that shows it, by name."""
    first: dict[str, _Link] = {}
    for link in links:
        first.setdefault(link.actor, link)
    made = (
        Holder(
            evidence.actors[link.actor], *ground.place(link.actor), link.through, link.basis,
            link.citation, link.actor in ground.working, ground.near.get(link.actor),
        )
        for link in first.values()
    )  # fmt: skip
    return tuple(sorted(made, key=_by_name))


def _by_name(holder: Holder) -> tuple[str, str]:
    return (holder.actor.short.casefold(), holder.actor.id)
