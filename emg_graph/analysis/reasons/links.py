"""Roles, positions, joint products and memberships: the links of an entity as reasons."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.evidence import Body, Evidence, Membership, Position, Role
from emg_graph.analysis.reasons.near import relation
from emg_graph.analysis.reasons.reason import (
    DIRECT,
    INDIRECT,
    ITSELF,
    RELATED,
    SERVING,
    Reason,
    Wanted,
)
from emg_graph.analysis.reasons.wording import and_list, listed_themes


def own_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield what links the actor to the agreement itself, short of a documented role."""
    for role in evidence.roles:
        if role.actor == actor and role.agreement == wanted.agreement.id:
            how = role.standing if role.standing != "current" else role.basis.replace("-", " ")
            sentence = f"{role.role_label} for this agreement [{how}]: {role.summary}"
            yield _role_reason(INDIRECT, "earlier or inferred link", sentence, [role], ITSELF)


def role_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield roles in related agreements; one and the same role in several is one reason."""
    near: dict[tuple[bool, str, str, str, tuple[str, str]], list[Role]] = {}
    for role in evidence.roles:
        if role.actor == actor and _tells(role) and role.agreement != wanted.agreement.id:
            other = evidence.agreements[role.agreement]
            if link := relation(evidence, wanted, other):
                key = (role.documented, role.standing, role.role, role.citation.source, link)
                near.setdefault(key, []).append(role)
    for (documented, standing, _, _, (band, how)), roles in near.items():
        names = list(dict.fromkeys(evidence.agreements[r.agreement].called for r in roles))
        summaries = "; ".join(dict.fromkeys(role.summary for role in roles))
        sentence = f"{roles[0].role_label} for {and_list(names)} ({how}): {summaries}"
        if standing != "current":
            sentence += f" [{standing}]"
        channel = "role in a related agreement"
        yield _role_reason(band if documented else INDIRECT, channel, sentence, roles, RELATED)


def _tells(role: Role) -> bool:
    return role.role not in FORMAL_ROLES


def position_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield what the actor put on record on the agreement or its themes."""
    for position in evidence.positions:
        if position.actor != actor:
            continue
        shared = sorted(position.themes & wanted.themes)
        if wanted.agreement.id in position.agreements and not wanted.narrowed:
            yield _spoken(DIRECT, "names this agreement", "stated", position, ITSELF)
        elif shared:
            on = f"on {listed_themes(evidence, shared)}"
            yield _spoken(DIRECT, on, "stated", position, RELATED)
        elif wanted.agreement.id in position.inferred_agreements and not wanted.narrowed:
            link = "read as about this agreement"
            yield _spoken(INDIRECT, link, "inferred", position, ITSELF)


def product_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield the joint products for the agreement to which the actor is a party."""
    for joint in evidence.joints:
        if joint.actor == actor and joint.agreement == wanted.agreement.id:
            yield Reason(
                band=INDIRECT,
                channel="joint product",
                sentence=f"Party to a joint product for it: {joint.name} ({joint.status.lower()})",
                basis=joint.basis,
                functions=(),
                touches=(),
                citation=joint.citation,
                claims=(joint.product,),
                through=(),
                body=None,
                distance=ITSELF,
                current=True,
            )


def membership_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield the bodies of the actor that serve the agreement or work on its themes."""
    current = [
        role
        for role in evidence.roles
        if role.agreement == wanted.agreement.id and role.standing == "current"
    ]
    current.sort(key=lambda role: (role.basis != "stated", role.claim), reverse=True)
    remits = {role.actor: role for role in current}
    for membership in evidence.memberships:
        if membership.actor != actor or membership.standing != "current":
            continue
        body = evidence.bodies[membership.body]
        shared = sorted(body.themes & wanted.themes)
        remit = remits.get(body.id) if not wanted.narrowed else None
        if not shared and remit is None:
            continue
        sentence = f"{_capacity(membership)} of {_body_name(body)}, "
        if remit is not None:
            verb = "serves" if remit.basis == "stated" else "is read as serving"
            sentence += f"which {verb} this agreement ({remit.role_label.lower()})"
        else:
            sentence += f"which works on {listed_themes(evidence, shared)}"
        yield _member_reason(sentence, membership, _body_name(body), remit)


def _role_reason(
    band: str, channel: str, sentence: str, roles: list[Role], distance: int
) -> Reason:
    """Make a reason of one role; who runs an agreement does not lend that to another."""
    lent = [role for role in roles if role.role not in RUNNING_ROLES]
    return Reason(
        band=band,
        channel=channel,
        sentence=sentence,
        basis=roles[0].basis,
        functions=_functions(lent),
        touches=_functions(roles),
        citation=roles[0].citation,
        claims=tuple(role.claim for role in roles),
        through=tuple(role.agreement for role in roles),
        body=None,
        distance=distance,
        current=all(role.standing == "current" for role in roles),
    )


def _spoken(band: str, link: str, basis: str, position: Position, distance: int) -> Reason:
    """Make a reason of a position; only what was offered is a function that it would add."""
    return Reason(
        band=band,
        channel="position on record",
        sentence=f"On record ({and_list(list(position.acts))}; {link}): {position.summary}",
        basis=basis,
        functions=position.functions if "offered" in position.acts else (),
        touches=position.functions,
        citation=position.citation,
        claims=(position.claim,),
        through=(),
        body=None,
        distance=distance,
        current=True,
    )


def _member_reason(sentence: str, membership: Membership, name: str, remit: Role | None) -> Reason:
    """Make a reason that names no function: what a body does, not each member does."""
    return Reason(
        band=INDIRECT,
        channel="mechanism or workstream",
        sentence=sentence,
        basis="via-mechanism" if _all_stated(membership, remit) else "inferred",
        functions=(),
        touches=remit.functions if remit else (),
        citation=membership.citation,
        claims=(membership.claim,),
        through=(membership.body,),
        body=name,
        distance=SERVING if remit else RELATED,
        current=True,
    )


def _capacity(membership: Membership) -> str:
    return "Secretariat" if membership.capacity == "secretariat-of" else membership.capacity_label


def _all_stated(membership: Membership, remit: Role | None) -> bool:
    return remit is not None and remit.basis == membership.basis == "stated"


def _body_name(body: Body) -> str:
    return body.name if body.short in body.name else f"{body.name} ({body.short})"


def _functions(roles: list[Role]) -> tuple[str, ...]:
    return tuple(sorted({function for role in roles for function in role.functions}))
