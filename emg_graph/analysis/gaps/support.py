"""Agreements and themes with few supporters, and functions that nobody is on record for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.evidence import Role
from emg_graph.analysis.gaps.asking import EDITORS, agreement_desk
from emg_graph.analysis.gaps.gap import Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import Record, Search
from emg_graph.analysis.gaps.searching import searched
from emg_graph.analysis.gaps.works import DELIVERY, FINANCE, carried_out, funded
from emg_graph.analysis.network.wording import lower, the, unstopped
from emg_graph.analysis.searches import for_function

_FEW = 1
"""So many supporters are few."""
_MORE = "other "
_RATHER = "did not ask for all of them"
_BACKING = frozenset({"offered", "supported"})
"""Acts of a position that back work on a theme."""


def thin_support(record: Record) -> Iterator[Gap]:
    """Yield the agreements and themes with one documented supporter or none."""
    for agreement, actors in sorted(record.supporters.items()):
        if len(actors) <= _FEW:
            yield _thin_agreement(record, agreement, actors)
    for theme, backing in sorted(theme_supporters(record).items()):
        if len(backing) <= _FEW:
            yield _thin_theme(record, theme, backing)


def _thin_agreement(record: Record, agreement: str, actors: tuple[str, ...]) -> Gap:
    roles = record.roles[agreement]
    mine = [role for role in roles if role.actor in actors and _supports(role)]
    others = [role for role in roles if not role.documented and role.role not in RUNNING_ROLES]
    known = record.evidence.agreements[agreement]
    looked = searched(record, agreement, _for_supporters, _RATHER)
    above = [
        ground
        for parent in record.above.get(agreement, ())
        for ground in _of_parent(record, parent, _supports)
    ]
    working = [ground for who, ground in carried_out(record, agreement) if who not in actors]
    return Gap(
        "thin-support",
        (agreement,),
        _few(f"{known.called[:1].upper()}{known.called[1:]}", record, actors),
        f"{_MORE * len(actors)}entities or mechanisms with a stated, current role besides running"
        " it",
        looked.status,
        looked.places,
        agreement_desk(record, agreement),
        (*(role_ground(record, role) for role in mine), *_searches(record, agreement)),
        strongest_first([*(role_ground(record, role) for role in others), *above, *working]),
        Robustness(closing=_FEW + 1 - len(actors), weaker=len(others)),
        instead=looked.instead,
    )


def _thin_theme(record: Record, theme: str, backing: Mapping[str, tuple[Ground, ...]]) -> Gap:
    looked = searched(record, theme, _for_supporters, _RATHER)
    weaker = _weak_backing(record, theme, backing.keys())
    return Gap(
        "thin-support",
        (theme,),
        _few(f"The theme {lower(record.short(theme))}", record, tuple(sorted(backing))),
        "entities or mechanisms that serve an agreement on it, work on it or backed it",
        looked.status,
        looked.places,
        EDITORS,
        strongest_first(ground for told in backing.values() for ground in told),
        weaker,
        Robustness(closing=_FEW + 1 - len(backing), weaker=len(weaker)),
        instead=looked.instead,
    )


def theme_supporters(record: Record) -> dict[str, dict[str, tuple[Ground, ...]]]:
    """Return for each theme who serves an agreement on it, works on it, or backed it."""
    return {theme: _backing(record, theme) for theme in record.evidence.themes}


def _backing(record: Record, theme: str) -> dict[str, tuple[Ground, ...]]:
    evidence = record.evidence
    narrower = evidence.widened(theme)
    found: dict[str, list[Ground]] = {}
    for agreement, known in evidence.agreements.items():
        if known.themes & narrower:
            for role in filter(_supports, record.roles[agreement]):
                found.setdefault(role.actor, []).append(role_ground(record, role))
    for body, read in evidence.bodies.items():
        current = body in evidence.actors and read.standing == "current"
        if current and read.themes & narrower:
            told = f"{read.short} is a current mechanism on it, as its themes were read."
            found.setdefault(body, []).append(Ground(told, "inferred"))
    for one in evidence.positions:
        if one.themes & narrower and _BACKING & {*one.acts}:
            told = f"{record.short(one.actor)} on record: {unstopped(lower(one.summary))}."
            ground = Ground(told, "stated", one.citation, one.claim)
            found.setdefault(one.actor, []).append(ground)
    return {actor: tuple(grounds) for actor, grounds in found.items()}


def _weak_backing(record: Record, theme: str, known: Iterable[str]) -> tuple[Ground, ...]:
    """Return what backs a theme more weakly: roles of others than supporters, and workstreams."""
    narrower, counted = record.evidence.widened(theme), {*known}
    roles = (
        role_ground(record, role)
        for agreement, about in record.evidence.agreements.items()
        if about.themes & narrower
        for role in record.roles[agreement]
        if not role.documented and role.actor not in counted
    )
    streams = (
        Ground(f"{read.short} is a workstream on it, as its themes were read.", "inferred")
        for body, read in record.evidence.bodies.items()
        if body not in record.evidence.actors
        and read.themes & narrower
        and read.standing in (None, "current")
    )
    return strongest_first([*roles, *streams])


def missing_functions(record: Record) -> Iterator[Gap]:
    """Yield for each agreement the functions that no documented role in it has."""
    for agreement, roles in sorted(record.roles.items()):
        searches = _searches(record, agreement)
        for function, label in record.evidence.functions.items():
            having = [role for role in roles if function in role.functions]
            if not any(role.documented for role in having):
                yield _missing(record, agreement, function, label, having, searches)


def _missing(
    record: Record,
    agreement: str,
    function: str,
    label: str,
    weaker: list[Role],
    searches: tuple[Ground, ...],
) -> Gap:
    asks = for_function(record.about(agreement), function, record.evidence.functions)
    looked = searched(record, agreement, asks)
    above = [
        ground
        for parent in record.above.get(agreement, ())
        for ground in _of_parent(
            record, parent, lambda role: role.documented and function in role.functions
        )
    ]
    roles = [role_ground(record, role) for role in weaker]
    called = record.evidence.agreements[agreement].called
    return Gap(
        "missing-function",
        (agreement, function),
        f"No stated, current role for {lower(label)} in {called} is on record.",
        f"entities or mechanisms with a stated, current role for {lower(label)}",
        looked.status,
        looked.places,
        agreement_desk(record, agreement),
        searches,
        strongest_first([*roles, *above, *_work(record, agreement, function)]),
        Robustness(weaker=len(weaker)),
        instead=looked.instead,
    )


def _work(record: Record, agreement: str, function: str) -> Iterator[Ground]:
    """Yield the work on an agreement that speaks of a function, though it is no role."""
    if function == DELIVERY:
        yield from (ground for _, ground in carried_out(record, agreement))
    elif function == FINANCE:
        yield from funded(record, agreement)


def role_ground(record: Record, role: Role) -> Ground:
    """Return a role as what speaks for or against a gap."""
    through = f" through {record.short(role.via)}" if role.via else ""
    where = the(record.short(role.agreement))
    told = f"{record.short(role.actor)} ({role.role_label.lower()} for {where}{through}):"
    summary = f"{told} {unstopped(lower(role.summary))}."
    return Ground(summary, role.basis, role.citation, role.claim, role.standing)


def _of_parent(record: Record, parent: str, counts: Callable[[Role], bool]) -> Iterator[Ground]:
    """Yield what of this is on record for the agreement under which one stands."""
    for role in record.roles.get(parent, ()):
        if counts(role):
            one = role_ground(record, role)
            yield Ground(f"Its parent has it: {one.sentence}", "inferred", one.citation, one.claim)


def _searches(record: Record, subject: str) -> tuple[Ground, ...]:
    return tuple(one.ground for one in record.about(subject) if one.supporters)


def _for_supporters(search: Search) -> bool:
    return search.supporters


def _supports(role: Role) -> bool:
    return role.documented and role.role not in RUNNING_ROLES


def _few(name: str, record: Record, actors: tuple[str, ...]) -> str:
    if not actors:
        return f"{name} has no documented supporter on record."
    return f"{name} has one documented supporter on record, {record.short(actors[0])}."
