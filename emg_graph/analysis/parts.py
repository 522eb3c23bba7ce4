"""What each measure counts for each actor: parts, each with the claims behind it.

A function here reads a measure's parts for all actors at once. An actor that is left out of the
answer is one of whom nothing is known; one with no parts is known to have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from emg_graph.analysis.claims import PROJECTS as PROJECTS
from emg_graph.analysis.claims import CitedMandate, Membership, Position, Role, Spending, Work
from emg_graph.analysis.crowds import Crowd, crowds_of, middle_of, takes_part
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.nearness import cosine, similarity

FORMAL_ROLES = frozenset({"depositary", "treasurer", "trustee"})
"""Roles that keep papers or money and say nothing of the subject."""

RUNNING_ROLES = frozenset(
    {"administers", "depositary", "hosts-secretariat", "secretariat", "treaty-institution"}
)
"""Roles that run the agreement itself, apart from supporting it."""

T = TypeVar("T")
Claim = Role | Membership | CitedMandate | Spending | Position | Work


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a measure counts for an actor."""

    thing: str
    """Id of the agreement, body, mandate, goal or position."""
    near: float
    """How near it is to the agreement, or how much it weighs, from 0 to 1."""
    count: float
    """How much of it: projects, US dollars, members of the body; 1 of what counts once."""
    behind: tuple[Claim, ...]
    """The claims that it rests on."""
    items: frozenset[str] = frozenset()
    """The projects that count, where the claims tell of others too."""
    crowd: Crowd | None = None
    """Who takes part in a body, by whom its members are counted."""
    told: str = ""
    """What is doubtful about the count."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a measure counts for one actor."""

    parts: tuple[Part, ...] = ()
    heard: frozenset[str] = frozenset()
    """Sources by which something is known of the actor though no part rests on them."""
    whole: float | None = None
    """How much of the kind the actor has in all, where the parts are not all of it."""


Tallies = Mapping[str, Tally]
"""What a measure counts, by actor."""


def role_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the other agreements in which each actor has a documented role."""
    found = _by_thing(
        (role.actor, role.agreement, role)
        for role in evidence.roles
        if role.documented and role.role not in FORMAL_ROLES and role.agreement != agreement.id
    )
    near = _nearness(evidence, agreement)
    return {
        actor: Tally(tuple(Part(one, near(one), 1, claims) for one, claims in sorted(own.items())))
        for actor, own in found.items()
    }


def mechanism_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the bodies in which each actor is stated to take part now, with their members."""
    crowds = crowds_of(evidence)
    middle = middle_of(crowds)
    near = {body: cosine(evidence.bodies[body].themes, agreement.themes) for body in crowds}
    found = _by_thing(
        (member.actor, member.body, member) for member in evidence.memberships if takes_part(member)
    )

    def part(body: str, claims: tuple[Membership, ...]) -> Part:
        crowd = crowds[body]
        size, told = crowd.size(middle), crowd.told(middle)
        return Part(body, near[body], size, claims, crowd=crowd, told=told)

    return {
        actor: Tally(tuple(part(body, claims) for body, claims in sorted(own.items())))
        for actor, own in found.items()
    }


def mandate_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the mandates on its themes that each actor cites whose budget was read."""
    themes = evidence.widened_all(agreement.themes)
    named = _naming(evidence, agreement.id)
    nobody: frozenset[str] = frozenset()
    found = _by_thing(
        (one.actor, one.mandate, one)
        for one in evidence.mandates
        if one.themes & themes and one.mandate not in named.get(one.actor, nobody)
    )
    heard: dict[str, set[str]] = {}
    for actor, source in evidence.budgets:
        heard.setdefault(actor, set()).add(source)
    return {
        actor: Tally(
            tuple(
                Part(mandate, max(one.weight for one in claims), 1, claims)
                for mandate, claims in sorted(found.get(actor, {}).items())
            ),
            frozenset(sources),
            evidence.portfolios.get(actor, 0.0),
        )
        for actor, sources in heard.items()
    }


def money_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the money that each actor codes by goal; near 1 is that on the agreement's goals."""
    goals = {goal.id for goal in evidence.goals.get(agreement.id, ())}
    if not goals:
        return {}
    found = _by_thing((one.actor, one.goal, one) for one in evidence.spending)
    return {
        actor: Tally(
            tuple(
                Part(goal, float(goal in goals), sum(one.amount for one in rows), rows)
                for goal, rows in sorted(own.items())
            )
        )
        for actor, own in found.items()
    }


def position_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the positions of each actor on record; near 1 are those that touch the themes."""
    found: dict[str, list[Part]] = {}
    for position in sorted(evidence.positions, key=lambda position: position.claim):
        if agreement.id not in position.agreements:
            near = float(bool(position.themes & agreement.themes))
            part = Part(position.claim, near, 1, (position,))
            found.setdefault(position.actor, []).append(part)
    return {actor: Tally(tuple(parts)) for actor, parts in found.items()}


def project_parts(evidence: Evidence, agreement: Agreement) -> Tallies:
    """Return the other agreements on which each actor implements projects.

    A project that is on the agreement itself counts for none.
    """
    found = _by_thing((work.actor, work.agreement, work) for work in evidence.works if work.project)
    near = _nearness(evidence, agreement)
    aside = _aside(evidence, agreement.id)
    return {
        actor: _projects(own, agreement.id, near, aside.get(actor, frozenset()))
        for actor, own in found.items()
    }


def _projects(
    own: Mapping[str, tuple[Work, ...]],
    itself: str,
    near: Callable[[str], float],
    aside: frozenset[str],
) -> Tally:
    on_it = aside | {item for work in own.get(itself, ()) for item in work.items}
    parts, heard = [], set()
    for other, works in sorted(own.items()):
        counted = frozenset(item for work in works for item in work.items) - on_it
        if counted and other != itself:
            telling = tuple(work for work in works if counted & frozenset(work.items))
            parts.append(Part(other, near(other), len(counted), telling, counted))
        else:
            heard |= {work.citation.source for work in works}
    return Tally(tuple(parts), frozenset(heard))


def _by_thing(
    claims: Iterable[tuple[str, str, T]],
) -> Mapping[str, Mapping[str, tuple[T, ...]]]:
    """Put claims together by actor and by what they are about."""
    found: dict[str, dict[str, list[T]]] = {}
    for actor, thing, claim in claims:
        found.setdefault(actor, {}).setdefault(thing, []).append(claim)
    return {
        actor: {thing: tuple(some) for thing, some in own.items()} for actor, own in found.items()
    }


def _nearness(evidence: Evidence, agreement: Agreement) -> Callable[[str], float]:
    """Return what tells how near another agreement is, each worked out once."""
    return cache(lambda other: similarity(evidence, agreement, evidence.agreements[other]))


def _naming(evidence: Evidence, agreement: str) -> Mapping[str, frozenset[str]]:
    """Return the mandates whose titles name the agreement, by the actor that cites them."""
    aside = _aside(evidence, agreement)
    found = {actor: set(items) for actor, items in aside.items()}
    for work in evidence.works:
        if work.kind == "mandate" and work.agreement == agreement:
            found.setdefault(work.actor, set()).update(work.items)
    return {actor: frozenset(mandates) for actor, mandates in found.items()}


def _aside(evidence: Evidence, agreement: str) -> Mapping[str, frozenset[str]]:
    """Return what sources that were left out tell to be on the agreement, by actor."""
    found: dict[str, set[str]] = {}
    for actor, other, item in evidence.aside:
        if other == agreement:
            found.setdefault(actor, set()).add(item)
    return {actor: frozenset(items) for actor, items in found.items()}


def ids_of(claim: Claim) -> tuple[str, ...]:
    """Return the ids of what may be one claim or several rows of one kind and source."""
    return claim.claims if isinstance(claim, CitedMandate | Work) else (claim.claim,)
