"""Asks on record that no offer meets, and offers that meet no ask."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.claims import Position
from emg_graph.analysis.gaps.asking import entity_desk
from emg_graph.analysis.gaps.gap import (
    DOCUMENTED,
    NOT_SEARCHED,
    Gap,
    Ground,
    Robustness,
    strongest_first,
)
from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.network.wording import listed, lower, unstopped

ASKS = frozenset({"asked", "proposed"})
OFFERS = frozenset({"offered"})
_NEAR = frozenset({"said", "supported"})
"""Acts that are near to an answer and are none."""


def asks_without_offer(record: Record) -> Iterator[Gap]:
    """Yield what was asked or proposed, and on a theme of which no other entity offered."""
    for one in _of(record, ASKS):
        if not _answers(record, one, OFFERS):
            yield _unmet(record, one, "ask-without-offer", "offer", OFFERS, DOCUMENTED)


def offers_without_ask(record: Record) -> Iterator[Gap]:
    """Yield what was offered, and on a theme of which no other entity asked."""
    for one in _of(record, OFFERS):
        if not _answers(record, one, ASKS):
            yield _unmet(record, one, "offer-without-ask", "ask", ASKS, NOT_SEARCHED)


def _of(record: Record, acts: frozenset[str]) -> list[Position]:
    positions = (one for one in record.evidence.positions if acts & {*one.acts})
    return sorted(positions, key=lambda one: (one.actor, one.id))


def _answers(record: Record, one: Position, acts: frozenset[str]) -> list[Position]:
    """Return the positions of other entities with one of the acts on one of its themes."""
    return [
        other
        for other in record.evidence.positions
        if other.actor != one.actor and acts & {*other.acts} and one.themes & other.themes
    ]


def _unmet(
    record: Record,
    one: Position,
    kind: str,
    other: str,
    acts: frozenset[str],
    status: str,
) -> Gap:
    """Return the gap of a position; what speaks against it are other words on its themes."""
    name = record.short(one.actor)
    done = listed([act for act in one.acts if act != "said"])
    words = [lower(record.short(theme)) for theme in sorted(one.themes)]
    themes = listed(words) if words else "no theme on record"
    near_by = [
        near
        for near in record.evidence.positions
        if near.id != one.id and near.themes & one.themes and _is_near(one, near, acts)
    ]
    against = [
        Ground(
            f"{record.short(near.actor)} {listed(list(near.acts))} on a common theme:"
            f" {unstopped(lower(near.summary))}.",
            "inferred",
            near.citation,
            near.claim,
        )
        for near in near_by
    ] + [
        Ground(
            f"{record.short(near.actor)} {listed(list(near.acts))} on a wider or narrower theme:"
            f" {unstopped(lower(near.summary))}.",
            "inferred",
            near.citation,
            near.claim,
        )
        for near in record.evidence.positions
        if near.actor != one.actor and acts & {*near.acts} and _widely(record, one, near)
    ]
    weaker = len(against) - sum({*near.acts} == {"said"} for near in near_by)
    return Gap(
        kind,
        (one.actor, one.id),
        f"{name} {done} something on {themes}{_read(record, one)}, and no {other} of another"
        " entity on record shares a theme.",
        f"an {other} of another entity on {themes}",
        status,
        tuple(sorted({near.citation.source for near in record.evidence.positions})),
        entity_desk(record, one.actor),
        (Ground(f"{name} {done}: {unstopped(lower(one.summary))}.", "stated", one.citation,
                one.claim),),
        strongest_first(against),
        Robustness((one.citation.source,), (one.citation.source,), 1, weaker=weaker),
        (*sorted(one.themes), *sorted(one.agreements | one.inferred_agreements)),
    )  # fmt: skip


def _read(record: Record, one: Position) -> str:
    """Say of which agreements that it does not name a position is read as speaking."""
    read = sorted(one.inferred_agreements - one.agreements)
    names = [record.evidence.agreements[agreement].called for agreement in read]
    return f" (read as about {listed(names)})" if names else ""


def _widely(record: Record, one: Position, near: Position) -> bool:
    """Tell whether a theme of one position lies under a theme of the other."""
    widened = record.evidence.widened_all
    return bool(widened(one.themes) & near.themes or one.themes & widened(near.themes))


def _is_near(one: Position, near: Position, acts: frozenset[str]) -> bool:
    """Tell whether a position answers nearly: the entity's own, or said without asking."""
    if near.actor == one.actor:
        return bool(acts & {*near.acts})
    return bool(_NEAR & {*near.acts}) and not ASKS & {*near.acts}
