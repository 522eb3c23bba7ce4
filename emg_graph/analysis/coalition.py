"""The smallest groups of candidates that cover the functions held by too few.

A small exact set cover: at most a handful of functions, and candidates with equal cover stand for
one another, so that branching on who covers the first function left, size by size, is quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis.candidates import Collaborators


@dataclass(frozen=True, slots=True)
class Coalition:
    """Slots of one group: for each, the functions it covers and who could take it."""

    wanted: tuple[str, ...]
    slots: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    uncovered: tuple[str, ...]


def smallest_cover(
    wanted: Sequence[str], covers: Mapping[str, frozenset[str]]
) -> list[tuple[str, ...]]:
    """Return every smallest group of keys that covers as much of what is wanted as any can.

    >>> smallest_cover(["a", "b"], {"x": frozenset("a"), "y": frozenset("b"), "z": frozenset("a")})
    [('x', 'y'), ('y', 'z')]
    """
    reachable = frozenset(wanted) & frozenset().union(*covers.values())
    if not reachable:
        return []
    size = 1
    while not (found := {tuple(sorted(group)) for group in _groups(reachable, covers, size)}):
        size += 1
    return sorted(found)


def _groups(
    missing: frozenset[str], covers: Mapping[str, frozenset[str]], size: int
) -> Iterator[tuple[str, ...]]:
    """Yield the groups of at most ``size`` keys that cover what is missing, some repeatedly."""
    if not missing:
        yield ()
    elif size:
        first = min(missing)
        for key, cover in covers.items():
            if first in cover:
                yield from ((key, *rest) for rest in _groups(missing - cover, covers, size - 1))


def find_coalitions(found: Collaborators, most: int = 2) -> tuple[Coalition, ...]:
    """Return up to ``most`` smallest coalitions for the functions that fewer than two hold.

    Candidates that cover the same functions are alternatives for one slot, best founded first.
    """
    wanted = tuple(cover.function for cover in found.coverage if len(cover.documented) < 2)
    by_cover: dict[frozenset[str], list[str]] = {}
    for candidate in found.candidates:
        cover = frozenset(candidate.adds) | frozenset(candidate.strengthens)
        if cover:
            by_cover.setdefault(cover, []).append(candidate.id)
    covers = {ids[0]: cover for cover, ids in by_cover.items()}
    groups = smallest_cover(wanted, covers)
    order = {candidate.id: candidate.rank for candidate in found.candidates}
    groups.sort(key=lambda group: (sum(order[key] for key in group), group))
    return tuple(_coalition(wanted, group, covers, by_cover) for group in groups[:most])


def _coalition(
    wanted: tuple[str, ...],
    group: tuple[str, ...],
    covers: Mapping[str, frozenset[str]],
    by_cover: Mapping[frozenset[str], Sequence[str]],
) -> Coalition:
    slots = tuple(
        (tuple(f for f in wanted if f in covers[key]), tuple(by_cover[covers[key]]))
        for key in group
    )
    reached = frozenset().union(*(covers[key] for key in group))
    return Coalition(wanted, slots, tuple(f for f in wanted if f not in reached))
