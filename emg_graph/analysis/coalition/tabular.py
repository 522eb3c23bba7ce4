"""A coalition as rows: for spreadsheets, data frames and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from emg_graph.analysis.coalition.answer import NOTE, Coalition, Cover, Need
from emg_graph.analysis.coalition.group import Filled, Group, Place
from emg_graph.analysis.coalition.slot import Slot
from emg_graph.answers import Table, to_html

_COLUMNS = (
    "part", "group", "id", "name", "count", "covers", "marginal", "theme", "function", "basis",
    "standing", "claim", "reason", "source", "locator",
)  # fmt: skip
_TITLES = {
    "wanted": "Wanted", "group": "The smallest groups", "uncovered": "Left uncovered",
    "alternative": "Without the member who covers most", "cover": "What the record says",
    "note": "Notes",
}  # fmt: skip
GROUP, ALTERNATIVE = "group", "alternative"


def to_table(found: Coalition, limit: int = 0) -> Table:
    """Return a row for each slot, each place of each group, and each claim behind a cover.

    Where a country was asked about, each row of one entity says whether it is on record there.
    """
    groups = found.groups[:limit] if limit > 0 else found.groups
    rows = [_need_row(found, need) for need in found.needs]
    rows += _group_rows(found, GROUP, groups)
    if found.alternative:
        rows += _group_rows(found, ALTERNATIVE, found.alternative.groups[:1])
    for cover in found.covers:
        rows += _cover_rows(found, cover)
    rows += [_row(part="note", reason=note) for note in found.notes]
    if found.country is None:
        return Table(_COLUMNS, tuple(rows))
    presence = found.country.presence
    placed = ((*row, presence[row[2]].state if row[2] in presence else None) for row in rows)
    return Table((*_COLUMNS, "presence"), tuple(placed))


def to_page(found: Coalition) -> str:
    """Return each part as a table of its own, for a notebook."""
    empty = "none found in the sources of this graph"
    return to_html(_parts(to_table(found)), title=found.name, note=NOTE, empty=empty)


def _parts(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the rows of each part under its title, without the columns that it leaves empty."""
    for part, title in _TITLES.items():
        rows = [row for row in table.rows if row[0] == part]
        if rows or part in ("wanted", "group"):
            used = [i for i in range(1, len(table.columns)) if any(row[i] for row in rows)]
            columns = tuple(table.columns[i] for i in used)
            yield title, Table(columns, tuple(tuple(row[i] for i in used) for row in rows))


def _need_row(found: Coalition, need: Need) -> tuple[Any, ...]:
    weaker = ", ".join(need.coverage.weaker)
    return _row(
        part="wanted", id="|".join(need.coverage.documented) or None,
        name=found.called_slot(need.slot), theme=need.slot.theme, function=need.slot.function,
        standing=need.coverage.status, count=len(need.holders),
        reason=f"weaker links here: {weaker}" if weaker else None,
    )  # fmt: skip


def _group_rows(found: Coalition, part: str, groups: Sequence[Group]) -> Iterator[tuple[Any, ...]]:
    for number, group in enumerate(groups, 1):
        for place in group.places:
            yield _place_row(found, part, number, place)
        for missed in group.uncovered:
            yield _missed_row(found, part, number, missed)


def _place_row(found: Coalition, part: str, number: int, place: Place) -> tuple[Any, ...]:
    names = (found.actors[entity].name for entity in place.entities)
    return _row(
        part=part, group=number, id="|".join(place.entities), name="|".join(names),
        count=place.count, covers=_ids(place.covers), marginal=_ids(place.marginal),
        reason="required" if place.required else None,
    )  # fmt: skip


def _missed_row(found: Coalition, part: str, number: int, missed: Filled) -> tuple[Any, ...]:
    return _row(
        part="uncovered" if part == GROUP else part, group=number,
        name=found.called_slot(missed.slot), count=missed.times, theme=missed.slot.theme,
        function=missed.slot.function,
        reason=f"covered {missed.times} times of {missed.wanted} wanted",
    )  # fmt: skip


def _cover_rows(found: Coalition, cover: Cover) -> Iterator[tuple[Any, ...]]:
    for ground in cover.grounds:
        yield _row(
            part="cover", id=cover.entity, name=found.actors[cover.entity].name,
            theme=cover.slot.theme, function=cover.slot.function, basis=ground.basis,
            standing=ground.standing, claim=ground.claim, reason=ground.sentence,
            source=ground.citation.source, locator=ground.citation.locator,
        )  # fmt: skip


def _ids(slots: Iterable[Slot]) -> str | None:
    return "|".join(slot.id for slot in slots) or None


def _row(**cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(column) for column in _COLUMNS)
