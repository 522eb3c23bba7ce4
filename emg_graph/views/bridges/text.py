"""The bridges as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from emg_graph.analysis.bridges import MEASURES, NOTE, Bridges, Community, Holder, Measured
from emg_graph.answers import Table
from emg_graph.views.bridges.words import (
    cited,
    first_of,
    items_of,
    number,
    told_group,
    told_holder,
    told_sources,
    told_stays,
    with_id,
    with_interval,
    within,
    wrapped,
)
from emg_graph.views.rows import render

_MOVING = (
    "In brackets is where nine of ten values lie when 20 % of the links are left out at random."
    " With fewer links most measures shift one way, so that the width of the interval tells more"
    " than how far it is from the value. Betweenness is not told: of such measures it moves most"
    " when links are missing (Smith and Moody 2013)."
)
_COLUMNS = ("items", "communities", "spread", "constraint", "effective_size", "closeness")
"""The measures shown of every bridge; the others stand with a single entity."""


def to_text(found: Bridges, limit: int = 0, width: int = 100) -> str:
    """Return the answer to read in a terminal."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def hidden(total: int, limit: int) -> str | None:
    """Say how many are not shown, or None if all are."""
    if limit <= 0 or total <= limit:
        return None
    return f"… and {total - limit} more; --limit 0 shows all {total}"


def _lines(found: Bridges, limit: int, width: int) -> Iterator[str]:
    yield from _head(found, width)
    if found.between:
        yield from _between_lines(found, limit, width)
    elif found.asked is not None:
        yield from _asked_lines(found, found.asked, width)
    elif found.holders:
        yield from _whole_lines(found, limit, width)
    yield ""
    yield from textwrap.wrap(
        f"{NOTE} {_MOVING}" if found.holders and found.asked is None else NOTE, width
    )
    yield from textwrap.wrap(f"How it was computed: {found.method.line}.", width)


def _head(found: Bridges, width: int) -> Iterator[str]:
    relation = found.incidence.relation
    title = f"Bridges by {relation.name}"
    yield title
    yield "=" * len(title)
    rows, items, sources = (
        len(every)
        for every in (found.incidence.rows, found.incidence.items, found.incidence.sources)
    )
    if not rows:
        told = f"None of the {len(found.names)} entities compared holds any {relation.items}: none"
        yield from textwrap.wrap(f"{told} found in the sources of this graph.", width)
        return
    yield from textwrap.wrap(
        f"{rows} of the {len(found.names)} entities compared hold {items:,} {relation.items}, by"
        f" {found.incidence.table.nnz:,} links from {sources}"
        f" {'source' if sources == 1 else 'sources'}: {relation.meaning}. They fall into"
        f" {len(found.communities)} communities (modularity {found.quality:.2f}).",
        width,
    )


def _whole_lines(found: Bridges, limit: int, width: int) -> Iterator[str]:
    yield ""
    told = f"COMMUNITIES ({len(found.communities)}, those with most {items_of(found)} first)"
    yield from wrapped(told, width, 0)
    for community in found.communities[: limit or None]:
        yield from _community_lines(found, community, width)
    yield from _more(len(found.communities), limit)
    yield ""
    told = f"ENTITIES WITH {items_of(found).upper()} IN"
    many = f"{told} TWO OR MORE COMMUNITIES ({len(found.joining)}, alphabetical)"
    yield from wrapped(many, width, 0)
    if found.joining:
        yield from _table(found.joining[: limit or None], width)
        yield from _more(len(found.joining), limit)
        yield ""
        yield "WHAT EACH JOINS"
    for holder in found.joining[: limit or None]:
        yield f"  {told_holder(holder)}"
        yield from _side_lines(found, holder, width, claims=False)
        yield from wrapped(told_stays(holder), width, 6)
    yield ""
    yield from wrapped(f"{told} ONE COMMUNITY ({len(found.others)}, alphabetical)", width, 0)
    names = ", ".join(holder.name for holder in found.others[: limit or None])
    yield from wrapped(names or "none", width, 2)
    yield from _more(len(found.others), limit)


def _more(total: int, limit: int) -> Iterator[str]:
    if told := hidden(total, limit):
        yield f"  {told}"


def _community_lines(found: Bridges, community: Community, width: int) -> Iterator[str]:
    yield from wrapped(f"{community.name} ({len(community.items)})", width, 2)
    names = ", ".join(found.names[id_] for id_ in community.holders)
    yield from wrapped(
        f"entities: {names}" if names else "no entity holds most of its own here", width, 6
    )


def _table(holders: Iterable[Holder], width: int) -> list[str]:
    rows = tuple(
        (holder.name, *(with_interval(name, holder.measures[name]) for name in _COLUMNS))
        for holder in holders
    )
    table = Table(("entity", *_COLUMNS), rows)
    return ["  " + line for line in render(table, "table", width - 2).splitlines()]


def _asked_lines(found: Bridges, name: str, width: int) -> Iterator[str]:
    yield ""
    if name not in found.names.values():
        told = (
            "is not among the entities compared: the UN system and the secretariats of agreements"
        )
        yield from textwrap.wrap(f"{name} {told}.", width)
    elif not found.holders:
        told = f"no {items_of(found)} found in {len(found.incidence.sources)} sources"
        yield from textwrap.wrap(f"{name}: {told}.", width)
    for holder in found.holders:
        yield f"{holder.name.upper()} ({holder.id})"
        rows = tuple(_measure_row(measure, holder.measures[measure]) for measure in MEASURES)
        columns = (
            "measure",
            "value",
            "10 % left out",
            "20 % left out",
            "a source left out",
            "says",
        )
        yield from render(Table(columns, rows), "table", width).splitlines()
        yield ""
        yield from wrapped(told_stays(holder), width, 0)
        yield ""
        yield from _side_lines(found, holder, width, claims=True)


def _measure_row(name: str, measured: Measured) -> tuple[str | None, ...]:
    return (
        name.replace("_", " "),
        number(name, measured.value),
        *(within(name, one) for one in (measured.tenth, measured.fifth, measured.sources)),
        MEASURES[name],
    )


def _side_lines(found: Bridges, holder: Holder, width: int, *, claims: bool) -> Iterator[str]:
    for side in holder.sides:
        if claims:
            yield from wrapped(f"In {side.community.name}:", width, 2)
            yield from _claim_lines(found, holder.id, side.items, width)
        else:
            held = first_of(found, side.items)
            yield from wrapped(f"• {held} – in {side.community.name}", width, 6)


def _claim_lines(found: Bridges, entity: str, items: tuple[str, ...], width: int) -> Iterator[str]:
    for item in items:
        places = dict.fromkeys(
            f"[{one.citation.source}, {one.citation.locator}]"
            for _, one in found.claims(entity, (item,))
        )
        told = f"{with_id(found, item)} {cited(list(places))}"
        yield from wrapped(told, width, 6)


def _between_lines(found: Bridges, limit: int, width: int) -> Iterator[str]:
    between = found.between
    assert between
    one, other = (told_group(found, group) for group in (between.one, between.other))
    yield ""
    yield from textwrap.wrap(f"BETWEEN {one} AND {other}", width)
    if not between.joints:
        told = f"no entity of those compared holds {items_of(found)} of both: none found in"
        yield from wrapped(f"{told} {len(found.incidence.sources)} sources", width, 2)
    for joint in between.joints[: limit or None]:
        yield f"  {joint.name} ({joint.id})"
        for group, items in ((between.one, joint.one), (between.other, joint.other)):
            yield from wrapped(f"of {group.name}:", width, 4)
            yield from _claim_lines(found, joint.id, items, width)
        yield from wrapped(f"rests on {told_sources(joint.rests_on)}", width, 4)
    yield from _more(len(between.joints), limit)
