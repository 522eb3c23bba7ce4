"""What is taken out of the record before somebody is looked for again.

One source often says one thing of several agreements at once (a course on three conventions), and
the record has a row for each. Who takes out one row and leaves its twins has hidden nothing: what
rests on the same place of the same source goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from emg_graph.analysis.channels import FORMAL_ROLES, PROJECTS, RUNNING_ROLES
from emg_graph.analysis.claims import Citation, Position, Role, Work
from emg_graph.analysis.evidence import Evidence

BESIDE = FORMAL_ROLES | RUNNING_ROLES
"""Roles that run an agreement or keep its papers or money: no support of it."""
DONE = PROJECTS | {"mandate"}
"""Kinds of work whose items, projects and mandates, count elsewhere too."""
Statements = frozenset[tuple[str, Citation]]
"""Who is said to do something, and where."""


def family_of(evidence: Evidence, agreement: str) -> frozenset[str]:
    """Return the agreements of a family, the agreement itself too."""
    root = evidence.family(agreement)
    return frozenset(other for other in evidence.agreements if evidence.family(other) == root)


def served_by(evidence: Evidence) -> dict[str, frozenset[str]]:
    """Return the agreements that each body serves: it has a role there, or others have through it.

    A body that serves none is left out.
    """
    found: dict[str, set[str]] = {}
    for role in evidence.roles:
        for body in (role.actor, role.via):
            if body in evidence.bodies:
                found.setdefault(str(body), set()).add(role.agreement)
    return {body: frozenset(found[body]) for body in sorted(found)}


def statements(roles: Iterable[Role]) -> Statements:
    """Return who supports an agreement by which place of which source."""
    return frozenset((role.actor, role.citation) for role in roles if role.role not in BESIDE)


def without_family(evidence: Evidence, agreement: str, *, twins: bool = True) -> Evidence:
    """Return the evidence less all that is on record with an agreement and its whole family.

    Gone are roles, with their twins on other agreements; works, and the projects and mandates in
    them wherever else they count; positions that name one of the family; joint products; and
    whatever is on record through a body that serves one of the family, even if it serves others
    too. The descriptions of agreements, mechanisms and goals stay.

    Args:
        evidence: read for the agreement and its family.
        agreement: id of the agreement.
        twins: whether the twins go too; to see what they would have given away.
    """
    family = family_of(evidence, agreement)
    own = {body for body, served in served_by(evidence).items() if served & family}
    said = statements(role for role in evidence.roles if role.agreement in family and twins)
    rest = _less_work(evidence, lambda work: work.agreement in family)
    products = {joint.product for joint in evidence.joints if joint.agreement in family}
    return replace(
        rest,
        roles=tuple(
            role
            for role in evidence.roles
            if role.agreement not in family
            and (role.actor, role.citation) not in said
            and role.actor not in own
            and role.via not in own
        ),
        memberships=tuple(m for m in evidence.memberships if m.body not in own),
        positions=tuple(p for p in evidence.positions if not _names(p, family)),
        joints=tuple(joint for joint in evidence.joints if joint.product not in products),
    )


def without_link(evidence: Evidence, agreement: str, actor: str, *, twins: bool = True) -> Evidence:
    """Return the evidence less one actor's link with one agreement and all that comes from it.

    Gone are, of this actor alone: its roles there, with their twins on other agreements; its roles
    through bodies that serve the agreement and its memberships of these; its works there, and the
    projects and mandates in them wherever else they count; its positions that name the agreement;
    and its part in joint products on it.
    """
    link = (actor, agreement)
    bodies = {body for body, served in served_by(evidence).items() if agreement in served}
    said = statements(r for r in evidence.roles if (r.actor, r.agreement) == link and twins)
    rest = _less_work(evidence, lambda work: (work.actor, work.agreement) == link)
    products = {
        joint.product for joint in evidence.joints if (joint.actor, joint.agreement) == link
    }
    return replace(
        rest,
        roles=tuple(
            role
            for role in evidence.roles
            if role.actor != actor
            or (
                role.agreement != agreement
                and (actor, role.citation) not in said
                and role.via not in bodies
            )
        ),
        memberships=tuple(
            m for m in evidence.memberships if m.actor != actor or m.body not in bodies
        ),
        positions=tuple(
            p for p in evidence.positions if p.actor != actor or not _names(p, {agreement})
        ),
        joints=tuple(j for j in evidence.joints if j.actor != actor or j.product not in products),
    )


def _less_work(evidence: Evidence, gone: Callable[[Work], bool]) -> Evidence:
    """Return the evidence less some works, and less what was done in them."""
    masked = [work for work in evidence.works if work.kind in DONE and gone(work)]
    done = {(work.actor, item) for work in masked for item in work.items}
    rest = (
        replace(work, items=tuple(i for i in work.items if (work.actor, i) not in done))
        for work in evidence.works
        if not gone(work)
    )
    return replace(
        evidence,
        works=tuple(work for work in rest if work.items),
        mandates=tuple(m for m in evidence.mandates if (m.actor, m.mandate) not in done),
    )


def _names(position: Position, agreements: Collection[str]) -> bool:
    return bool((position.agreements | position.inferred_agreements) & set(agreements))
