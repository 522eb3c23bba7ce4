"""Pairs of agreements with common themes that nothing on record joins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.evidence import Role
from emg_graph.analysis.gaps.asking import agreement_desk
from emg_graph.analysis.gaps.gap import NOT_SEARCHED, Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import COORDINATION, Naming, Record, joined
from emg_graph.analysis.gaps.support import role_ground
from emg_graph.analysis.network.wording import counted, listed, lower, the

SHARED_THEMES = 2
"""Themes that two agreements share before their being apart is worth a look."""

_DOES = ("serves", "runs", "keeps the papers or money of")
"""What an actor does in an agreement, the most first."""

_Pair = tuple[str, str]
_Parts = Mapping[str, Mapping[str, int]]


def agreements_apart(record: Record) -> Iterator[Gap]:
    """Yield the pairs that share themes and that no documented link joins."""
    evidence = record.evidence
    by_items = joined((*record.namings, *_positions(record)))
    sources, parts = _sources(record), _parts(record)
    for one, other in combinations(sorted(evidence.agreements), 2):
        shared = sorted(evidence.agreements[one].themes & evidence.agreements[other].themes)
        items = by_items.get((one, other), [])
        if (
            len(shared) >= SHARED_THEMES
            and not any(left.counts and right.counts for left, right in items)
            and not _near(record, one, other)
            and not _common(record, one, other, documented=True)
            and not any(closes for _, closes in _seats(record, one, other))
        ):
            yield _apart(record, (one, other), shared, items, sources, parts)


def _apart(
    record: Record,
    pair: _Pair,
    shared: Sequence[str],
    items: Sequence[tuple[Naming, Naming]],
    sources: Mapping[str, frozenset[str]],
    parts: _Parts,
) -> Gap:
    one, other = (record.evidence.agreements[id_] for id_ in pair)
    themes = listed([lower(record.evidence.themes[theme]) for theme in shared])
    weaker = _common(record, *pair, documented=False)
    read = [_item(record, *both) for both in items]
    seats = [ground for ground, _ in _seats(record, *pair)]
    links = len(read) + len({role.actor for role in weaker}) + len(seats)
    told = (
        f"{one.called} and {other.called} share {counted(len(shared), 'theme')} ({themes}), and"
        " no supporter of both is on record, nor a mechanism on a theme of each, a reference or a"
        f" work of both{_beside(record, parts, *pair)}."
    )
    return Gap(
        "agreements-apart",
        pair,
        f"{told[:1].upper()}{told[1:]}",
        "a supporter, mechanism, reference, product, mandate, project or position of both",
        NOT_SEARCHED,
        tuple(sorted(sources.get(pair[0], frozenset()) | sources.get(pair[1], frozenset()))),
        f"{agreement_desk(record, pair[0])}; {agreement_desk(record, pair[1])}",
        tuple(
            Ground(f"Both are on {lower(record.evidence.themes[theme])}, as read.", "inferred")
            for theme in shared
        ),
        strongest_first(
            [
                *read,
                *(role_ground(record, role) for role in weaker),
                *seats,
                *_streams(record, shared),
            ]
        ),
        Robustness(wrong=len(shared) - SHARED_THEMES + 1, weaker=links, unit="theme"),
        tuple(shared),
        len(shared),
    )


def _parts(record: Record) -> _Parts:
    """Return for each agreement what each does there by a stated, current role, as a verb."""
    found: dict[str, dict[str, int]] = {}
    for role in record.evidence.roles:
        if role.documented:
            supports = role.actor in record.supporters[role.agreement]
            verb = 0 if supports else 2 if role.role in FORMAL_ROLES else 1
            mine = found.setdefault(role.agreement, {})
            mine[role.actor] = min(verb, mine.get(role.actor, verb))
    return found


def _beside(record: Record, parts: _Parts, one: str, other: str) -> str:
    """Say who has a role in both without being a supporter of both, such as their host."""
    sides = [parts.get(agreement, {}) for agreement in (one, other)]
    said = []
    for actor in sorted(sides[0].keys() & sides[1].keys()):
        first, second = sorted(side[actor] for side in sides)
        same = f"{_DOES[first]} both"
        rest = same if first == second else f"{_DOES[first]} one and {_DOES[second]} the other"
        said.append(f"; {record.short(actor)} {rest}")
    return "".join(said)


def _near(record: Record, one: str, other: str) -> bool:
    """Tell whether two agreements are of one family or have one secretariat."""
    evidence = record.evidence
    office = evidence.agreements[one].secretariat
    same = office is not None and office == evidence.agreements[other].secretariat
    return same or evidence.family(one) == evidence.family(other)


def _common(record: Record, one: str, other: str, *, documented: bool) -> list[Role]:
    """Return the roles of those who serve both: documented ones, or of any strength.

    An entity that only runs both, such as their host, is no common supporter, but a mechanism
    with a role in both joins them whatever its role.
    """
    sides = [_holders(record, agreement, documented) for agreement in (one, other)]
    both = sorted(sides[0].keys() & sides[1].keys())
    return [role for actor in both for side in sides for role in side[actor]]


def _holders(record: Record, agreement: str, documented: bool) -> Mapping[str, list[Role]]:
    supporters = record.supporters[agreement]
    found: dict[str, list[Role]] = {}
    for role in record.roles[agreement]:
        actor = record.evidence.actors.get(role.actor)
        mechanism = actor is not None and actor.type == "mechanism"
        counts = role.documented and (role.actor in supporters or mechanism)
        if counts or not documented:
            found.setdefault(role.actor, []).append(role)
    return found


def _seats(record: Record, one: str, other: str) -> Iterator[tuple[Ground, bool]]:
    """Yield the bodies in which both secretariats sit, and whether that joins the agreements.

    It does where both sit there by a stated, current claim, and the body has a theme of each
    besides coordination. What a secretariat is part of may sit there for all that it hosts, and
    lends no seat.
    """
    agreements = [record.evidence.agreements[id_] for id_ in (one, other)]
    mine, theirs = (record.own_seats.get(known.secretariat or "", {}) for known in agreements)
    for body in sorted(mine.keys() & theirs.keys()):
        best = [min(side[body], key=lambda seat: seat.strength) for side in (mine, theirs)]
        weakest = max(best, key=lambda seat: seat.strength)
        themes = record.evidence.bodies[body].themes - {COORDINATION}
        on_both = all(themes & known.themes for known in agreements)
        told = f"The secretariats of both are on record in {the(record.short(body))}."
        yield replace(weakest, sentence=told), on_both and all(map(_stated, best))


def _stated(ground: Ground) -> bool:
    return ground.basis == "stated" and ground.standing == "current"


def _streams(record: Record, shared: Sequence[str]) -> Iterator[Ground]:
    """Yield the workstreams on a theme that two agreements share."""
    themes = record.evidence.themes
    for body, read in record.evidence.bodies.items():
        on = sorted(read.themes & frozenset(shared) - {COORDINATION})
        if on and body not in record.evidence.actors and read.standing in (None, "current"):
            names = listed([lower(themes[theme]) for theme in on])
            told = f"Both are on a theme of the workstream {read.short} ({names}), as read."
            yield Ground(told, "inferred")


def _positions(record: Record) -> Iterator[Naming]:
    """Yield each agreement that a position names, or is read as about."""
    for one in record.evidence.positions:
        for basis, named in (("stated", one.agreements), ("inferred", one.inferred_agreements)):
            for agreement in sorted(named):
                yield Naming(
                    one.id, "position", agreement, basis, one.summary, one.claim, one.citation
                )


def _item(record: Record, left: Naming, right: Naming) -> Ground:
    """Return what joins two agreements only by a reading."""
    weak = left if not left.counts else right
    names = listed([the(record.short(side.thing)) for side in (left, right)])
    told = f"The {left.kind} “{left.name}” is read as about {names}."
    return Ground(told, "inferred", weak.citation, weak.claim)


def _sources(record: Record) -> dict[str, frozenset[str]]:
    """Return for each agreement the sources of every record in which a link was looked for."""
    found: dict[str, set[str]] = {}
    for role in record.evidence.roles:
        if role.role not in FORMAL_ROLES:
            found.setdefault(role.agreement, set()).add(role.citation.source)
    for one in (*record.namings, *_positions(record)):
        found.setdefault(one.thing, set()).add(one.citation.source)
    return {agreement: frozenset(sources) for agreement, sources in found.items()}
