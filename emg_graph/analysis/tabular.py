"""The collaborators of an agreement as rows: for spreadsheets, data frames and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emg_graph.analysis.candidates import BANDS, Candidate, Collaborators
from emg_graph.analysis.evidence import Actor, Role
from emg_graph.answers import Table, to_html

BAND_TITLES = {
    "direct": "Direct evidence of related work",
    "indirect": "Indirect: a shared mechanism or workstream, or an inferred link",
}
NOTE = (
    "Shown is what the record holds, not what is so. The bands keep stated related work apart"
    " from mere nearness; nobody is ranked within a band. Popularity is where a plain count of"
    " roles in other agreements would have put the entity."
)
"""What the answer means and what it does not."""

_COLUMNS = (
    "part", "id", "name", "kind", "role", "functions", "basis", "standing", "reason", "adds",
    "popularity_rank", "source", "locator",
)  # fmt: skip
_TITLES = {"linked": "Already linked", **BAND_TITLES, "function": "Functions"}


def to_table(found: Collaborators, limit: int = 0) -> Table:
    """Return one row for each link, each reason of each candidate, and each function."""
    rows = [_link_row(role, found.actors[role.actor]) for role in found.linked]
    for band in BANDS:
        for candidate in shown(found.band(band), limit):
            rows += _candidate_rows(candidate)
    for cover in found.coverage:
        holders = "|".join(cover.documented or cover.weaker)
        rows.append(_row(part="function", id=cover.function, name=cover.label, role=holders,
                         standing=cover.status))  # fmt: skip
    return Table(_COLUMNS, tuple(rows))


def shown(candidates: tuple[Candidate, ...], limit: int) -> tuple[Candidate, ...]:
    """Return the first so many candidates, or with 0 all."""
    return candidates[:limit] if limit > 0 else candidates


def to_page(found: Collaborators) -> str:
    """Return each part as a table of its own, for a notebook."""
    empty = "none found in the sources of this graph"
    return to_html(_parts(to_table(found)), title=found.name, note=NOTE, empty=empty)


def _parts(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the rows of each part under its title, without the columns that it leaves empty."""
    for part, title in _TITLES.items():
        rows = [row for row in table.rows if row[0] == part]
        used = [i for i in range(1, len(_COLUMNS)) if any(row[i] for row in rows)]
        columns = tuple(_COLUMNS[i] for i in used)
        yield title, Table(columns, tuple(tuple(row[i] for i in used) for row in rows))


def _link_row(role: Role, actor: Actor) -> tuple[Any, ...]:
    return _row(
        part="linked",
        id=role.actor,
        name=actor.name,
        kind=actor.kind,
        role=role.role,
        functions="|".join(role.functions),
        basis=role.basis,
        standing=role.standing,
        reason=role.summary,
        source=role.citation.source,
        locator=role.citation.locator,
    )


def _candidate_rows(candidate: Candidate) -> list[tuple[Any, ...]]:
    return [
        _row(
            part=candidate.band, id=candidate.id, name=candidate.name, kind=candidate.kind,
            functions="|".join(reason.functions), basis=reason.basis, reason=reason.sentence,
            adds="|".join(candidate.adds), popularity_rank=candidate.popularity_rank,
            source=reason.citation.source, locator=reason.citation.locator,
        )
        for reason in candidate.reasons
    ]  # fmt: skip


def _row(**cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(column) for column in _COLUMNS)
