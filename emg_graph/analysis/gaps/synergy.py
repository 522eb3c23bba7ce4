"""Pairs of entities that share more than chance explains, and no body or product."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from emg_graph.analysis.gaps.asking import entity_desk
from emg_graph.analysis.gaps.dropping import drops
from emg_graph.analysis.gaps.gap import (
    NOT_SEARCHED,
    Drop,
    Gap,
    Ground,
    Robustness,
    strongest_first,
)
from emg_graph.analysis.gaps.record import Naming, Record, joined
from emg_graph.analysis.incidence import Holding, Incidence
from emg_graph.analysis.network.wording import counted, the
from emg_graph.analysis.nulls import BLIND, FIXED
from emg_graph.analysis.overlap import (
    COMPLEMENTARY,
    TO_CHECK,
    Overlaps,
    Pair,
    find_overlaps,
)
from emg_graph.analysis.robustness import SEED
from emg_graph.measures.sampling import MOST_ROWS, Progress

_MANY = 10
"""An item that so many entities hold says little of any two of them."""

_Joins = Mapping[tuple[str, str], Sequence[tuple[Naming, Naming]]]


@dataclass(frozen=True, slots=True)
class _Paired:
    """Two entities that share beyond chance, and what joins them weakly."""

    found: Pair
    overlaps: Overlaps
    joins: Sequence[tuple[Naming, Naming]]
    dropped: tuple[Drop, ...]


def synergy(
    record: Record,
    null: str = FIXED,
    level: float = 0.05,
    progress: Progress | None = None,
    about: Collection[str] | None = None,
) -> Iterator[Gap]:
    """Yield the pairs beyond chance that no body or product on record joins.

    The hypergeometric model is tried first, since it is quick: what it explains is not listed, and
    where it leaves nothing that was asked about, nothing is drawn. It decides alone where entities
    are too many for draws.

    Args:
        record: what is looked at.
        null: the model of chance that decides, one of those of ``analysis.overlap``.
        level: the false discovery rate at which sharing counts as beyond chance.
        progress: called after each round of draws, where the model draws at random.
        about: only pairs of these entities or that share these agreements.
    """
    by_items = joined(record.parties)
    for incidence in record.overlaps:
        quick = find_overlaps(incidence, null=BLIND, q=level)
        left = {
            (one.one, one.other)
            for one in quick.pairs_beyond
            if not _joined(record, one.one, one.other, by_items)
            and (about is None or not {*about}.isdisjoint((one.one, one.other, *one.shared)))
        }
        if not left:
            continue
        overlaps = quick
        if null != BLIND and (null != FIXED or len(incidence.rows) <= MOST_ROWS):
            overlaps = find_overlaps(incidence, null=null, q=level, seed=SEED, progress=progress)
        alone = [one for one in overlaps.pairs_beyond if (one.one, one.other) in left]
        dropped = {}
        if null in (BLIND, FIXED):
            dropped = drops(incidence, [(one.one, one.other) for one in alone], _limit(quick))
        for found in alone:
            pair = (found.one, found.other)
            paired = _Paired(found, overlaps, by_items.get(pair, []), dropped.get(pair, ()))
            yield _gap(record, paired)


def _limit(overlaps: Overlaps) -> float:
    """Return the greatest p with which one pair more would count: the level's share of ranks."""
    return overlaps.level * overlaps.beyond / max(1, overlaps.measured.pairs.tests)


def _joined(
    record: Record,
    one: str,
    other: str,
    by_items: _Joins,
) -> bool:
    """Tell whether one is part of the other, or a body or product has both on record."""
    if one in record.above.get(other, ()) or other in record.above.get(one, ()):
        return True
    seats = [
        body for body, sides in record.common_seats(one, other).items() if all(map(_stated, sides))
    ]
    products = (left for left, _ in by_items.get((one, other), ()) if left.kind == "product")
    return not all(map(record.coordinates, seats)) or any(True for _ in products)


def _stated(told: Sequence[Ground]) -> list[Ground]:
    """Return the claims by which an entity is stated to sit in a body now."""
    return [one for one in told if one.basis == "stated" and one.standing == "current"]


def _gap(record: Record, pair: _Paired) -> Gap:
    found, incidence = pair.found, pair.overlaps.incidence
    names = [the(record.short(entity)) for entity in (found.one, found.other)]
    weaker = _weaker(record, pair)
    sources = [
        {one.citation.source for one in _holdings(incidence, entity, found.shared)}
        for entity in (found.one, found.other)
    ]
    told = (
        f"{names[0]} and {names[1]} share {len(found.shared)} {incidence.relation.items}"
        f" (expected {_number(found.expected)}; {pair.overlaps.null} p {found.p:.2g}, q"
        f" {found.q:.2g} among"
        f" {counted(pair.overlaps.measured.pairs.tests, 'pair')}), and no mechanism, workstream or"
        " product on record has both."
    )
    return Gap(
        "synergy",
        (found.one, found.other, incidence.relation.name),
        f"{told[:1].upper()}{told[1:]}",
        "a mechanism, workstream or joint product of both",
        NOT_SEARCHED,
        _sources(record, found.one, found.other),
        f"{entity_desk(record, found.one)}; {entity_desk(record, found.other)}",
        tuple(one for item in found.shared for one in _shared(record, incidence, found, item)),
        strongest_first([*weaker, *_broad(incidence, found)]),
        Robustness(
            tuple(sorted(sources[0] | sources[1])),
            tuple(sorted({next(iter(some)) for some in sources if len(some) == 1})),
            weaker=len(weaker),
            p=found.p,
            q=found.q,
            dropped=pair.dropped,
        ),
        found.shared if incidence.relation.name == "agreements" else (),
    )


def _holdings(incidence: Incidence, entity: str, items: Sequence[str]) -> list[Holding]:
    return [one for item in items for one in incidence.cells[entity, item]]


def _number(expected: float) -> str:
    """Return a number with a decimal, or if that were zero with one digit that is not.

    >>> _number(12.34), _number(0.0312), _number(0.0)
    ('12.3', '0.03', '0')
    """
    return f"{expected:.1f}" if expected >= 0.05 else f"{expected:.1g}"


def _shared(record: Record, incidence: Incidence, found: Pair, item: str) -> Iterator[Ground]:
    """Yield an item that both hold by the record of each, and whether in the same function."""
    mine, theirs = (incidence.functions(entity, item) for entity in (found.one, found.other))
    reading = f" ({TO_CHECK if mine & theirs else COMPLEMENTARY})" if mine and theirs else ""
    others = len(incidence.holders(item)) - 2
    beside = f", as do {counted(others, 'other')}" if others else ""
    told = f"Both hold {incidence.titles.get(item, item)} [{item}]{beside}{reading}"
    for entity in (found.one, found.other):
        held = incidence.cells[entity, item][0]
        sentence = f"{told}: the record of {the(record.short(entity))}."
        yield Ground(sentence, "stated", held.citation, held.claim)


def _broad(incidence: Incidence, found: Pair) -> Iterator[Ground]:
    """Yield that what two share is held by many, where half of it or more is."""
    broad = [item for item in found.shared if len(incidence.holders(item)) >= _MANY]
    if 2 * len(broad) >= len(found.shared):
        told = (
            f"{len(broad)} of the {counted(len(found.shared), 'item')} that both hold are held by"
            f" {_MANY} entities or more, and say little of any two."
        )
        yield Ground(told, "computed")


def _weaker(record: Record, pair: _Paired) -> tuple[Ground, ...]:
    """Return what joins two entities more weakly: cooperations, wide, past or inferred seats."""
    one, other = pair.found.one, pair.found.other
    weak = [_seated(record, body, sides) for body, sides in record.common_seats(one, other).items()]
    names = f"{record.short(one)} and {record.short(other)}"
    met = [
        Ground(f"{names} are on record in one cooperation ({left.name.replace('-', ' ')}).",
               left.basis, left.citation, left.claim)
        for left, _ in pair.joins
    ]  # fmt: skip
    return strongest_first([*weak, *met])


def _seated(record: Record, body: str, sides: tuple[Sequence[Ground], Sequence[Ground]]) -> Ground:
    """Return a common seat that joins nothing: of a body of the whole system, or the weaker one."""
    mine, theirs = map(_stated, sides)
    if mine and theirs:
        told = f"Both are in {the(record.short(body))}, which coordinates the whole system."
        return replace(min(mine, key=lambda ground: ground.strength), sentence=told)
    return max((*sides[0], *sides[1]), key=lambda ground: ground.strength)


def _sources(record: Record, one: str, other: str) -> tuple[str, ...]:
    """Return the sources of every membership, product and cooperation of either."""
    pair = {one, other, *record.above.get(one, ()), *record.above.get(other, ())}
    found = {m.citation.source for m in record.evidence.memberships if m.actor in pair}
    found |= {party.citation.source for party in record.parties if party.thing in pair}
    return tuple(sorted(found))
