"""Why an entity is no candidate for an agreement, in words."""

from __future__ import annotations

from collections.abc import Sequence

from emg_graph.analysis.evidence import Actor, Agreement, Evidence, Role
from emg_graph.analysis.parts import RUNNING_ROLES
from emg_graph.analysis.reasons import SUPPORTING, Reason


def why_not(
    evidence: Evidence,
    agreement: Agreement,
    actor: Actor,
    reasons: Sequence[Reason],
    *,
    functions: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> str:
    """Say why an actor is no candidate, as a sentence that follows its name.

    Args:
        evidence: what the graph holds, read for the agreement.
        agreement: what it is no candidate for.
        actor: who is none.
        reasons: what speaks for it all the same.
        functions: what was asked of candidates.
        kinds: of which kinds they were to be.
    """
    if actor.type != "entity":
        return f"is a {actor.type}; only entities are compared"
    if said := _runs(evidence, agreement, actor) or _serves(evidence, agreement, actor):
        return said
    if actor.id not in {one.id for one in evidence.compared}:
        return "is neither of the UN system nor a treaty secretariat; only these are compared"
    if kinds and actor.kind not in kinds:
        return f"is of the kind {actor.kind}, which was not asked for"
    if not reasons:
        return "has no reason on record: nothing found in the sources of this graph leads to it"
    if all(reason.channel in SUPPORTING for reason in reasons):
        channels = " and ".join(sorted({reason.channel for reason in reasons}))
        return f"has no reason on record but {channels}, which most entities have"
    return f"has nothing on record that touches {' or '.join(functions)}"


def _runs(evidence: Evidence, agreement: Agreement, actor: Actor) -> str | None:
    """Say that an actor runs the agreement, if it does."""
    running = (role for role in _roles(evidence, agreement, actor) if role.role in RUNNING_ROLES)
    if role := next(running, None):
        return f"runs the agreement: {_told(role)}"
    if actor.id == agreement.secretariat:
        return "runs the agreement: it is its secretariat"
    if actor.id in agreement.administering:
        return "runs the agreement: it administers its secretariat"
    return None


def _serves(evidence: Evidence, agreement: Agreement, actor: Actor) -> str | None:
    """Say that an actor has a documented role in the agreement, if it has."""
    documented = (role for role in _roles(evidence, agreement, actor) if role.documented)
    if role := next(documented, None):
        return f"already has a documented role in it: {_told(role)}"
    return None


def _roles(evidence: Evidence, agreement: Agreement, actor: Actor) -> list[Role]:
    """Return the roles of an actor in the agreement, the documented first."""
    own = [r for r in evidence.roles if (r.actor, r.agreement) == (actor.id, agreement.id)]
    return sorted(own, key=lambda role: (not role.documented, role.role, role.claim))


def _told(role: Role) -> str:
    place = f"[{role.citation.source}, {role.citation.locator}]"
    return f"{role.role_label}. {role.summary} {place}"
