"""Evidence channels: each measure apart, then as percentiles, then their mean.

A channel maps an actor to a number, or to None where nothing is known; unknown counts as the
middle of the field, never as zero. To add a measure, add a function to ``CHANNELS``.

The definitions follow the project's methods note: A after item-based similarity over treaty
families, B with the size discount of Newman (2001) in logarithmic form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log2, sqrt

from emg_graph.analysis.evidence import Agreement, Evidence

Channel = Callable[[Evidence, Agreement, str], float | None]

FORMAL_ROLES = frozenset({"depositary", "treasurer", "trustee"})
"""Roles that keep papers or money and say nothing of the subject."""

RUNNING_ROLES = frozenset(
    {"administers", "depositary", "hosts-secretariat", "secretariat", "treaty-institution"}
)
"""Roles that run the agreement itself, apart from supporting it."""

WEIGHTS: Mapping[str, float] = {"A": 1.0, "B": 1.0, "C": 1.0}
"""How much each channel counts in the mean; equal until a benchmark says otherwise."""


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


def thematic_record(evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
    """Channel C: the share of the actor's positions on record that touch the themes."""
    own = [position for position in evidence.positions if position.actor == actor]
    if not own:
        return None
    return sum(1 for position in own if position.themes & agreement.themes) / len(own)


CHANNELS: Mapping[str, Channel] = {
    "A": related_roles,
    "B": theme_mechanisms,
    "C": thematic_record,
}


def percentiles(values: Sequence[float | None]) -> list[float]:
    """Return each value's place in the field, from 0 to 1; ties share, unknown is the middle.

    >>> percentiles([1.0, 3.0, 3.0, None])
    [0.0, 0.75, 0.75, 0.5]
    """
    known = [value for value in values if value is not None]
    return [0.5 if value is None else _place(value, known) for value in values]


def combined(places: Mapping[str, float]) -> float:
    """Return the weighted mean of an actor's percentiles."""
    total = sum(WEIGHTS[name] for name in places)
    return sum(WEIGHTS[name] * place for name, place in places.items()) / total


def popularity(evidence: Evidence, agreement: Agreement, actor: str) -> int:
    """Return the number of other agreements in which the actor has a documented role."""
    served = {r.agreement for r in evidence.roles if r.actor == actor and r.documented}
    return len(served - {agreement.id})


def ranks(values: Sequence[float]) -> list[int]:
    """Return each value's rank from 1, the highest first; ties share the better rank.

    >>> ranks([0.5, 0.9, 0.5])
    [2, 1, 2]
    """
    return [1 + sum(other > value for other in values) for value in values]


def _place(value: float, known: Sequence[float]) -> float:
    if len(known) == 1:
        return 0.5
    below = sum(other < value for other in known)
    ties = sum(other == value for other in known) - 1
    return (below + ties / 2) / (len(known) - 1)


def _size(evidence: Evidence, body: str) -> int:
    return len({m.actor for m in evidence.memberships if m.body == body})
