"""Entities with a mandate on the environment and no recorded part in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.claims import CitedMandate, Work
from emg_graph.analysis.gaps.asking import entity_desk
from emg_graph.analysis.gaps.gap import NOT_SEARCHED, Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import COORDINATION, Record
from emg_graph.analysis.gaps.support import role_ground
from emg_graph.analysis.network.wording import counted, listed, lower, the, unstopped

_Listed = Mapping[str, Mapping[str, Sequence[Ground]]]
"""The mandates of each entity, with every row of a budget that lists them."""
_Part = tuple[str, Ground, bool]
"""An entity, what it takes part in, and whether that counts."""


def environment_mandates(record: Record) -> Iterator[Gap]:
    """Yield the entities whose budgets list such mandates and of which no part is on record."""
    mandates = _mandates(record)
    parts = list(_parts(record))
    taking = {actor for actor, _, counts in parts if counts}
    weaker: dict[str, list[Ground]] = {}
    for actor, ground, counts in parts:
        if not counts:
            weaker.setdefault(actor, []).append(ground)
    for entity in sorted((mandates.keys() & record.compared) - taking):
        yield _gap(record, entity, mandates[entity], strongest_first(weaker.get(entity, ())))


def _mandates(record: Record) -> _Listed:
    """Return for each entity its mandates on the environment, but for those of everybody."""
    found: dict[str, dict[str, list[Ground]]] = {}
    for one in record.mandates:
        if not one.omnibus:
            themes = listed([lower(record.short(theme)) for theme in sorted(one.themes)])
            told = f"Its budget lists {one.symbol}, by its title on {themes}."
            ground = _ground(told, one)
            found.setdefault(one.actor, {}).setdefault(one.mandate, []).append(ground)
    for work in record.named:
        for item in sorted({*work.items} - {*work.omnibus}):
            name = the(record.short(work.agreement))
            symbol = record.symbols.get(item, item)
            ground = _ground(f"Its budget lists {symbol}, whose title names {name}.", work)
            found.setdefault(work.actor, {}).setdefault(item, []).append(ground)
    return found


def _ground(told: str, one: CitedMandate | Work) -> Ground:
    return Ground(told, "computed", one.citation, one.claims[0] if one.claims else None)


def _gap(
    record: Record,
    entity: str,
    mandates: Mapping[str, Sequence[Ground]],
    against: tuple[Ground, ...],
) -> Gap:
    grounds = tuple(ground for mandate in sorted(mandates) for ground in mandates[mandate])
    sources = tuple(sorted({one.citation.source for one in grounds if one.citation}))
    name = the(record.short(entity))
    return Gap(
        "environment-mandate",
        (entity,),
        f"{name[:1].upper()}{name[1:]} has {counted(len(mandates), 'mandate')} on the environment"
        f" by {'its title' if len(mandates) == 1 else 'their titles'}, and no part in a body,"
        " product or project, nor in an agreement besides keeping its papers or money, is on"
        " record.",
        "a role, a seat, a joint product or a project",
        NOT_SEARCHED,
        _examined(record),
        entity_desk(record, entity),
        grounds,
        against,
        Robustness(
            sources,
            sources if len(sources) == 1 else (),
            len(mandates),
            weaker=len(against),
            unit="mandate",
        ),
    )


def _parts(record: Record) -> Iterator[_Part]:
    """Yield every part of an entity and of what is part of it, and whether it counts.

    An entity sits besides in the bodies of what it is part of.
    """
    for actor, ground, counts in _own_parts(record):
        yield actor, ground, counts
        told = f"Through {the(record.short(actor))}, a part of it: {ground.sentence}"
        for whole in record.above.get(actor, ()):
            yield whole, replace(ground, sentence=told), counts
    for actor, above in record.above.items():
        for whole in above:
            for ground, counts in _seats(record, whole):
                yield actor, ground, counts


def _own_parts(record: Record) -> Iterator[_Part]:
    """Yield every part in agreements, bodies, products and projects, and whether it counts."""
    evidence = record.evidence
    for role in evidence.roles:
        counts = role.documented and role.role not in FORMAL_ROLES
        yield role.actor, role_ground(record, role), counts
    for actor in record.own_seats:
        for one, counts in _seats(record, actor):
            yield actor, one, counts
    sides: dict[str, set[str]] = {}
    for party in record.parties:
        if party.kind == "cooperation":
            sides.setdefault(party.item, set()).add(party.thing)
    for party in record.parties:
        others = sorted(sides.get(party.item, {party.thing}) - {party.thing})
        beside = f" with {listed([the(record.short(one)) for one in others])}" if others else ""
        told = f"A {party.kind} on record has it{beside}: {party.name.replace('-', ' ')}."
        ground = Ground(told, party.basis, party.citation, party.claim)
        yield party.thing, ground, party.kind == "product" and party.counts
    for work in evidence.works:
        name = the(record.short(work.agreement))
        who = record.short(work.actor)
        told = f"{who} has {counted(len(work.items), 'project')} on {name}."
        claim = work.claims[0] if work.claims else None
        yield work.actor, Ground(told, work.basis, work.citation, claim), work.basis == "stated"
    for spoken in evidence.positions:
        told = f"{record.short(spoken.actor)} on record: {unstopped(lower(spoken.summary))}."
        yield spoken.actor, Ground(told, "stated", spoken.citation, spoken.claim), False


def _seats(record: Record, actor: str) -> Iterator[tuple[Ground, bool]]:
    """Yield the bodies in which an actor itself sits, and whether that counts."""
    bodies = record.evidence.bodies
    for body, grounds in record.own_seats.get(actor, {}).items():
        special = body in bodies and bool(bodies[body].themes - {COORDINATION})
        for one in grounds:
            yield one, special and one.basis == "stated" and one.standing == "current"


def _examined(record: Record) -> tuple[str, ...]:
    """Return the sources of every record in which a part was looked for."""
    evidence = record.evidence
    found = {one.citation.source for one in evidence.roles}
    found |= {one.citation.source for one in evidence.memberships}
    found |= {one.citation.source for one in record.parties}
    return tuple(sorted(found | {one.citation.source for one in evidence.works}))
