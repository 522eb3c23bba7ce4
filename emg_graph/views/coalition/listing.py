"""A coalition as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from emg_graph.analysis.coalition import Alternative, Coalition, Cover, Group
from emg_graph.analysis.coalition.answer import NOTE
from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.presence import PRESENT
from emg_graph.analysis.reasons.wording import dollars
from emg_graph.views.coalition import wording
from emg_graph.views.paper import counted, joined

_SHOWN = 2
"""So many claims are told of an entity and a slot; JSON and CSV have all."""


def to_text(found: Coalition, limit: int = 0, width: int = 100) -> str:
    """Return the answer to read in a terminal."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def _lines(found: Coalition, limit: int, width: int) -> Iterator[str]:
    yield from textwrap.wrap(found.name, width)
    yield "=" * min(len(found.name), width)
    yield ""
    if found.needs:
        yield from _sections(found, limit, width)
    else:
        yield from _wrapped(wording.nothing_wanted(found), width)
        yield ""
    for note in found.notes:
        yield from textwrap.wrap(f"{note}.", width)
    yield from [""] if found.notes else []
    yield from textwrap.wrap(NOTE, width)
    if found.country:
        yield from textwrap.wrap(found.country.note, width)
    yield from textwrap.wrap(f"Method: {found.method.text} {found.method.line}.", width)


def _sections(found: Coalition, limit: int, width: int) -> Iterator[str]:
    yield from _wanted_lines(found, width)
    yield ""
    yield from _group_lines(found, limit, width)
    yield ""
    yield "LEFT UNCOVERED"
    yield from _uncovered_lines(found, width)
    yield ""
    if found.groups:
        yield "WITHOUT THE MEMBER WHO COVERS MOST"
        yield from _alternative_lines(found, found.alternative, width)
        yield ""
    if covers := _told(found, limit):
        yield "WHAT THE RECORD SAYS OF THEM"
        yield from _record_lines(found, covers, width)
        yield ""


def _wanted_lines(found: Coalition, width: int) -> Iterator[str]:
    yield f"WANTED ({len(found.needs)})"
    for need in found.needs:
        nearby = counted(len(need.holders), "candidate", "candidates")
        told = f"{wording.here(found, need)}; {nearby} on record nearby"
        yield from _wrapped(f"{found.called_slot(need.slot)}: {told}", width)


def _group_lines(found: Coalition, limit: int, width: int) -> Iterator[str]:
    if not found.groups:
        yield "THE SMALLEST GROUP"
        yield from _wrapped(wording.no_group(found), width)
        return
    yield wording.heading(found)
    for number, group in enumerate(_first(found, limit), 1):
        yield from _wrapped(f"Group {number}{wording.missing(found, group)}:", width)
        yield from _place_lines(found, group, width)
    if more := wording.hidden(len(found.groups), limit):
        yield f"  {more}"
    yield from _wrapped(wording.star(found), width)
    yield from _wrapped(wording.tally(found), width)


def _first(found: Coalition, limit: int) -> Sequence[Group]:
    return found.groups[:limit] if limit > 0 else found.groups


def _place_lines(found: Coalition, group: Group, width: int) -> Iterator[str]:
    for place in group.places:
        told = f"• {wording.who(found, place)}: {wording.covered(found, place)}"
        yield from _wrapped(told, width, indent=4)


def _uncovered_lines(found: Coalition, width: int) -> Iterator[str]:
    """Tell what the first group leaves: first what somebody could cover, then what nobody could."""
    first = found.groups[0].uncovered if found.groups else ()
    short = {one.slot: wording.short_of(found, one) for one in first}
    for need in found.needs:
        if need not in found.beyond and (need.slot in short or not found.groups):
            name = short.get(need.slot, found.called_slot(need.slot))
            yield from _wrapped(f"{name}: {wording.why(found, need)}", width)
    if found.beyond:
        yield from _wrapped(f"{wording.none_found(found)}:", width)
    for need in found.beyond:
        told = filter(None, (found.called_slot(need.slot), wording.why(found, need)))
        yield from _wrapped(f"• {': '.join(told)}", width, indent=4)
    if not short and found.groups:
        yield "  nothing that is wanted"


def _alternative_lines(found: Coalition, other: Alternative | None, width: int) -> Iterator[str]:
    if other is None:
        yield from _wrapped("Everybody in the group is required; nobody was taken out.", width)
        return
    name = found.actors[other.without].short
    tied = joined(found.actors[one].short for one in other.tied)
    ties = f" ({tied} as much; {name} is first by name)" if tied else ""
    if not other.groups:
        yield from _wrapped(f"Without {name}{ties}: nobody else covers anything of this.", width)
        return
    group, *more = other.groups
    others = f" ({counted(len(more), 'more group', 'more groups')} in JSON)" if more else ""
    measure = f"{wording.measured(found, group)}{others}{wording.lost(found, group)}"
    yield from _wrapped(f"Without {name}{ties}: {measure}:", width)
    yield from _place_lines(found, group, width)


def _told(found: Coalition, limit: int) -> list[Cover]:
    """Return what those in the groups that are shown cover."""
    groups = [*_first(found, limit), *(found.alternative.groups[:1] if found.alternative else ())]
    named = {one for group in groups for place in group.places for one in place.entities}
    return [cover for cover in found.covers if cover.entity in named]


def _record_lines(found: Coalition, covers: Sequence[Cover], width: int) -> Iterator[str]:
    for entity, own in groupby(covers, key=lambda cover: cover.entity):
        actor = found.actors[entity]
        name = f" – {actor.name}" if actor.short != actor.name else ""
        yield from _wrapped(f"{actor.short}{name} ({actor.id})", width)
        yield from _there_lines(found, actor.id, width)
        yield from _ground_lines(found, list(own), width)


def _there_lines(found: Coalition, entity: str, width: int) -> Iterator[str]:
    """Say what the entity spent in the country that was asked about."""
    there = found.country.presence.get(entity) if found.country else None
    if found.country and there and there.here and there.state == PRESENT:
        here = there.here
        doubt = " (low confidence: check before use)" if here.doubted else ""
        told = f"Expenses in {found.country.name}: {dollars(here.amount)} in {here.year}{doubt}"
        yield from _wrapped(f"{told} {_place(here.citation)}", width, indent=6)


def _ground_lines(found: Coalition, covers: Sequence[Cover], width: int) -> Iterator[str]:
    """Tell the first claims of each cover; what is inferred or earlier is marked."""
    every = {ground: None for cover in covers for ground in cover.grounds}
    first = {ground: None for cover in covers for ground in cover.grounds[:_SHOWN]}
    for ground in first:
        slots = [found.called_slot(one.slot) for one in covers if ground in one.grounds]
        marks = ground.basis if ground.firm else f"{ground.basis}, {ground.standing}: not counted"
        told = f"• {', '.join(slots)}: {ground.sentence} ({marks}) {_place(ground.citation)}"
        yield from _wrapped(told, width, indent=6)
    if more := len(every) - len(first):
        yield from _wrapped(f"and {counted(more, 'more claim', 'more claims')} in JSON", width, 8)


def _place(citation: Citation) -> str:
    return f"[{citation.source}, {citation.locator}]"


def _wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
