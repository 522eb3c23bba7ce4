"""Evidence channels: what each measure is. ``scoring`` makes percentiles and a mean of them.

A measure maps an actor to a number, or to None where nothing is known; unknown counts as the
middle of the field, never as zero. To add one, add a function to ``CHANNELS``.

* A, roles in related agreements: after item-based similarity over treaty families.
* B, mechanisms on its themes: with the size discount of Newman (2001) in logarithmic form.
* C, thematic record: the mean of what is known among the mandates on its themes, the share of
  money on its goals and the share of positions on its themes, each as a percentile of its own.
* D, projects on related agreements: as A, with the number of projects damped by a logarithm. A
  project counts by the name in its title or a mark of the fund, which are stated, and by the
  subject of its title, which is inferred; by a focal area it does not.

What is on record with the agreement itself (roles in it, projects, plans, mandates and positions
that name it) is direct evidence: it is shown first and apart, and enters no channel.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from math import log2, sqrt

from emg_graph.analysis.evidence import Agreement, Evidence

Channel = Callable[[Evidence, Agreement, str], float | None]

FORMAL_ROLES = frozenset({"depositary", "treasurer", "trustee"})
"""Roles that keep papers or money and say nothing of the subject."""

RUNNING_ROLES = frozenset(
    {"administers", "depositary", "hosts-secretariat", "secretariat", "treaty-institution"}
)
"""Roles that run the agreement itself, apart from supporting it."""

PROJECTS = frozenset({"named-in-title", "transparency-flag", "subject-in-title"})
"""Kinds of work that are projects on an agreement: as a source states it, or inferred from the
subject of the title."""


def cosine(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cosine of two sets of themes.

    >>> cosine(frozenset({"a", "b"}), frozenset({"b", "c"}))
    0.5
    """
    if not one or not other:
        return 0.0
    return round(len(one & other) / sqrt(len(one) * len(other)), 12)


def similarity(evidence: Evidence, one: Agreement, other: Agreement) -> float:
    """Return how near two agreements are, from 0 to 1.

    1 within a family; otherwise the mean of a shared cluster (0 or 1) and the cosine of their
    themes.
    """
    if evidence.family(one.id) == evidence.family(other.id):
        return 1.0
    return ((one.cluster == other.cluster) + cosine(one.themes, other.themes)) / 2


def related_roles(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Channel A: nearness of the other agreements in which the actor has a documented role."""
    served = {
        role.agreement
        for role in evidence.roles
        if role.actor == actor and role.documented and role.role not in FORMAL_ROLES
    } - {agreement.id}
    others = (evidence.agreements[other] for other in sorted(served))
    return sum(similarity(evidence, agreement, other) for other in others)


def theme_mechanisms(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Channel B: mechanisms on its themes; a small dedicated body says more than a large one."""
    bodies = {
        m.body
        for m in evidence.memberships
        if m.actor == actor and m.basis == "stated" and m.standing == "current"
    }
    return sum(
        cosine(evidence.bodies[body].themes, agreement.themes) / log2(1 + _size(evidence, body))
        for body in sorted(bodies)
    )


def theme_mandates(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Part of channel C: mandates on its themes, those that fewer entities cite weighing more.

    Omnibus mandates count by their small weight too. Unknown where no budget was read.
    """
    if not any(entity == actor for entity, _ in evidence.budgets):
        return None
    themes = evidence.widened_all(agreement.themes)
    named = naming(evidence, agreement.id, actor)
    weights = {
        one.mandate: one.weight
        for one in evidence.mandates
        if one.actor == actor and one.themes & themes and one.mandate not in named
    }
    return sum(weights[mandate] for mandate in sorted(weights))


def goal_money(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Part of channel C: the share of the money that it codes by goal on the agreement's goals."""
    coded = [one for one in evidence.spending if one.actor == actor]
    goals = {goal.id for goal in evidence.goals.get(agreement.id, ())}
    total = sum(one.amount for one in coded)
    if total <= 0 or not goals:
        return None
    return sum(one.amount for one in coded if one.goal in goals) / total


def theme_positions(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Part of channel C: the share of its positions on record that touch the themes."""
    own = [
        position
        for position in evidence.positions
        if position.actor == actor and agreement.id not in position.agreements
    ]
    if not own:
        return None
    return sum(1 for position in own if position.themes & agreement.themes) / len(own)


def related_projects(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Channel D: nearness of other agreements, by the logarithm of its projects on each.

    A project that is on the agreement itself counts for none. Unknown where the actor has no
    project on any agreement: only some implement projects for the funds.
    """
    own = projects_of(evidence, actor)
    if not own:
        return None
    itself = own.get(agreement.id, frozenset())
    return sum(
        similarity(evidence, agreement, evidence.agreements[other]) * log2(1 + len(found - itself))
        for other, found in sorted(own.items())
        if other != agreement.id
    )


CHANNELS: Mapping[str, Mapping[str, Channel]] = {
    "A": {"roles": related_roles},
    "B": {"mechanisms": theme_mechanisms},
    "C": {"mandates": theme_mandates, "money": goal_money, "positions": theme_positions},
    "D": {"projects": related_projects},
}
"""The measures of each channel, by name."""


def popularity(evidence: Evidence, agreement: Agreement, actor: str) -> int:
    """Return the number of other agreements in which the actor has a documented role."""
    served = {r.agreement for r in evidence.roles if r.actor == actor and r.documented}
    return len(served - {agreement.id})


def projects_of(
    evidence: Evidence, actor: str, bases: Collection[str] = ("stated", "inferred")
) -> Mapping[str, frozenset[str]]:
    """Return the projects of an actor on each agreement, stated or inferred."""
    found: dict[str, set[str]] = {}
    for work in evidence.works:
        if work.actor == actor and work.kind in PROJECTS and work.basis in bases:
            found.setdefault(work.agreement, set()).update(work.items)
    return {agreement: frozenset(projects) for agreement, projects in found.items()}


def naming(evidence: Evidence, agreement: str, actor: str) -> frozenset[str]:
    """Return the mandates that an actor cites and whose titles name the agreement."""
    return frozenset(
        item
        for work in evidence.works
        if work.kind == "mandate" and work.actor == actor and work.agreement == agreement
        for item in work.items
    )


def _size(evidence: Evidence, body: str) -> int:
    return len({m.actor for m in evidence.memberships if m.body == body})
