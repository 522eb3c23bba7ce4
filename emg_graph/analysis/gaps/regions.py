"""Regional commissions that nothing on record links with an agreement or a workstream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.gaps.asking import agreement_desk, entity_desk
from emg_graph.analysis.gaps.gap import Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import Naming, Record
from emg_graph.analysis.gaps.searching import naming, searched
from emg_graph.analysis.gaps.support import role_ground
from emg_graph.analysis.network.wording import lower, the, unstopped

_COMMISSION = "regional-commission"
_GLOBAL = "global"
"""The scope of an agreement begins so where it is for the whole world."""

_Link = tuple[str, str, Ground, bool]
"""A commission, what it is linked with, the link, and whether it counts."""
Links = Mapping[tuple[str, str], list[Ground]]


def regional_links(record: Record) -> Iterator[Gap]:
    """Yield each commission with each global agreement or workstream that it has no link with.

    An agreement of a region concerns not all of them: it is yielded alone, where none has a link.
    """
    commissions = sorted(id_ for id_, one in record.evidence.actors.items()
                         if one.kind == _COMMISSION)  # fmt: skip
    if not commissions:
        return
    stated, weaker = _links(record, frozenset(commissions))
    streams = sorted(record.evidence.bodies.keys() - record.evidence.actors.keys())
    for thing in (*sorted(record.evidence.agreements), *streams):
        if thing in streams or record.scopes.get(thing, "").startswith(_GLOBAL):
            for commission in commissions:
                if (commission, thing) not in stated:
                    against = weaker.get((commission, thing), [])
                    yield _gap(record, (commission, thing), thing, against)
        elif not any((commission, thing) in stated for commission in commissions):
            against = [one for c in commissions for one in weaker.get((c, thing), ())]
            yield _gap(record, (thing,), thing, against)


def _gap(record: Record, subjects: tuple[str, ...], thing: str, against: list[Ground]) -> Gap:
    *commission, _ = subjects
    asks = naming("regional commission", *map(record.name, commission))
    looked = searched(record, thing, asks)
    who = the(record.short(commission[0])) if commission else "any regional commission"
    desk = entity_desk(record, commission[0]) if commission else agreement_desk(record, thing)
    return Gap(
        "regional-link",
        subjects,
        f"No stated link of {who} with {the(record.short(thing))} is on record.",
        "a stated, current role or part, or a position, activity of a country plan, project or"
        " cooperation that a source ties to it",
        looked.status,
        looked.places,
        desk,
        tuple(one.ground for one in record.about(thing) if one.supporters),
        strongest_first(against),
        Robustness(weaker=len(against)),
        instead=looked.instead,
    )


def _links(record: Record, commissions: frozenset[str]) -> tuple[Links, Links]:
    """Return the stated links of the commissions, and the weaker ones."""
    stated: dict[tuple[str, str], list[Ground]] = {}
    weaker: dict[tuple[str, str], list[Ground]] = {}
    for actor, thing, ground, counts in _all(record, commissions):
        (stated if counts else weaker).setdefault((actor, thing), []).append(ground)
    return stated, weaker


def _all(record: Record, commissions: frozenset[str]) -> Iterator[_Link]:
    """Yield every link with an agreement or workstream, and whether it counts."""
    for role in record.evidence.roles:
        if role.actor in commissions and role.role not in FORMAL_ROLES:
            yield role.actor, role.agreement, role_ground(record, role), role.documented
    for link in record.links:
        if link.item in commissions:
            yield link.item, link.thing, _linked(record, link), link.counts
    yield from _spoken(record, commissions)
    yield from _seated(record, commissions)


def _linked(record: Record, link: Naming) -> Ground:
    """Return a cooperation, or an activity or project by its title."""
    name, what = record.short(link.item), the(record.short(link.thing))
    if link.kind == "cooperation":
        told = f"{name} is on record in a cooperation on {what} ({link.name.replace('-', ' ')})."
    else:
        work = {"plan": "an activity of a country plan", "project": "a project"}[link.kind]
        read = "" if link.counts else ", as it was read"
        told = f"{name} has {work} on {what}{read}: {unstopped(link.name)}."
    return Ground(told, link.basis, link.citation, link.claim)


def _spoken(record: Record, commissions: frozenset[str]) -> Iterator[_Link]:
    """Yield the agreements and workstreams that positions name, or are read as about."""
    for one in record.evidence.positions:
        if one.actor in commissions:
            told = f"{record.short(one.actor)} on record: {unstopped(lower(one.summary))}."
            for basis, named in (("stated", one.agreements), ("inferred", one.inferred_agreements)):
                for agreement in sorted(named):
                    ground = Ground(told, basis, one.citation, one.claim)
                    yield one.actor, agreement, ground, basis == "stated"
    for said in record.mentions:
        if said.item in commissions:
            told = f"{record.short(said.item)} on record: {unstopped(lower(said.name))}."
            ground = Ground(told, said.basis, said.citation, said.claim)
            yield said.item, said.thing, ground, said.counts


def _seated(record: Record, commissions: frozenset[str]) -> Iterator[_Link]:
    """Yield the bodies in which they sit, and as weaker links the agreements these serve."""
    serving: dict[str, set[str]] = {}
    for role in record.evidence.roles:
        if role.standing == "current":
            serving.setdefault(role.actor, set()).add(role.agreement)
    for actor in sorted(commissions):
        for body, grounds in record.seats.get(actor, {}).items():
            for ground in grounds:
                documented = ground.basis == "stated" and ground.standing == "current"
                yield actor, body, ground, documented
                for agreement in sorted(serving.get(body, ())):
                    yield actor, agreement, _through(record, ground, body, agreement), False


def _through(record: Record, ground: Ground, body: str, agreement: str) -> Ground:
    """Return the membership of a body with a role in an agreement as a weaker link with it."""
    serves = f"{record.short(body)} serves {the(record.short(agreement))}."
    basis = "via-mechanism" if ground.basis == "stated" else "inferred"
    return Ground(f"{ground.sentence} {serves}", basis, ground.citation, ground.claim,
                  ground.standing)  # fmt: skip
