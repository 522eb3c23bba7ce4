"""The collaborators of an agreement as rows: for spreadsheets, data frames and notebooks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.country import CountryAnswer
from emg_graph.analysis.evidence import Actor, Role
from emg_graph.analysis.presence import Presence
from emg_graph.analysis.reasons import BANDS, Reason
from emg_graph.answers import Table, to_html

BAND_TITLES = {
    "on-it": "Work on this agreement on record",
    "direct": "Direct evidence of related work",
    "indirect": "Indirect: a shared mechanism, mandates and money on its themes, an inferred link",
}
NOTE = (
    "This shows what the sources say; it may be incomplete. Work on the agreement itself comes"
    " first and enters no score; the bands keep related work on record apart from mere nearness;"
    " nobody is ranked within a band. The rank by related evidence only says who is shown first"
    " where space is short. The place by roles in other agreements (popularity_rank) is where a"
    " plain count of those roles would have put the entity. Beside them stand the share of what is"
    " related to the agreement that the entity serves (density) and network-based inference (NBI):"
    " they predict who was named, not who should be."
)
"""What the answer means and what it does not."""
_SPECIALISTS = (
    " In the specialists' view the rank goes by how much of a record lies near, instead of how much"
    " lies near."
)
_ROBUST = (
    " The ranks in brackets are those of nine in ten draws with a fifth of the links left out, and"
    " the lowest and highest with one source left out."
)

_COLUMNS = (
    "part", "id", "name", "kind", "role", "functions", "basis", "standing", "reason", "adds",
    "popularity_rank", "source", "locator", "rank", "score", "density", "inference",
)  # fmt: skip
_MOVED = (
    "rank_tenth_out", "rank_fifth_out", "rank_source_out", "moved_by", "moved_to",
)  # fmt: skip
"""What is said besides where it is asked how far ranks move."""
_THERE = (
    "presence", "spent_usd", "spent_in", "region_countries", "region_usd", "region_years",
    "region_source", "member_by", "seat",
)  # fmt: skip
"""What is said besides where a country is asked about."""
_TITLES = {
    "country": "The country", "linked": "Already linked",
    "linked-work": "Other work of those linked", **BAND_TITLES, "function": "Functions",
}  # fmt: skip


def to_table(found: Collaborators, limit: int = 0) -> Table:
    """Return one row for each link and work, each reason of each candidate, and each function.

    Where a country was asked about, its status comes first, and each row of an actor says
    whether the actor is on record there.
    """
    rows = list(_country_rows(found))
    rows += [_link_row(role, found.actors[role.actor]) for role in found.linked]
    for actor, works in found.works.items():
        rows += [_work_row(work, found.actors[actor]) for work in works]
    for band in BANDS:
        for candidate in shown(found.band(band), limit):
            rows += _candidate_rows(candidate)
    for cover in found.coverage:
        holders = "|".join(cover.documented or cover.weaker)
        rows.append(_row(part="function", id=cover.function, name=cover.label, role=holders,
                         standing=cover.status))  # fmt: skip
    columns: tuple[str, ...] = _COLUMNS
    if any(candidate.standing for candidate in found.candidates):
        columns, rows = (*columns, *_MOVED), [_moved(found, row) for row in rows]
    if found.country:
        columns, rows = (*columns, *_THERE), [_placed(found.country, row) for row in rows]
    return Table(columns, tuple(rows))


def note_on(found: Collaborators) -> str:
    """Return what the answer means and what it does not."""
    parameters = dict(found.method.parameters)
    view = _SPECIALISTS if "specialists" in parameters else ""
    return NOTE + view + (_ROBUST if "robust" in parameters else "")


def _moved(found: Collaborators, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Add to a row of a candidate how far its rank moves."""
    candidate = found.candidate(row[1]) if row[0] in BANDS else None
    if candidate is None or candidate.standing is None:
        return (*row, *(None,) * len(_MOVED))
    moved = candidate.standing
    drawn = (str(ranks) for _, ranks in moved.links)
    return (*row, *drawn, str(moved.sources), moved.moved_by, moved.moved_to)


def shown(candidates: tuple[Candidate, ...], limit: int) -> tuple[Candidate, ...]:
    """Return the first so many candidates, or with 0 all."""
    return candidates[:limit] if limit > 0 else candidates


def through_mechanism_only(found: Collaborators, actor: str) -> bool:
    """Tell whether all that links an actor to the agreement is its part in a mechanism."""
    bases = {role.basis for role in found.linked if role.actor == actor}
    return bases == {"via-mechanism"}


def _country_rows(found: Collaborators) -> Iterator[tuple[Any, ...]]:
    if country := found.country:
        citation = country.status.citation
        yield _row(
            part="country", id=country.id, name=country.name, standing=country.status.status,
            basis="stated" if citation else None, reason=country.status.sentence,
            source=citation.source if citation else None,
            locator=citation.locator if citation else None,
        )  # fmt: skip


def _placed(country: CountryAnswer, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Add to a row whether its actor is on record in the country."""
    there = country.presence.get(row[1]) if row[0] not in ("country", "function") else None
    return (*row, *(_cells(there) if there else (None,) * len(_THERE)))


def _cells(there: Presence) -> tuple[Any, ...]:
    nearby = "|".join(one.country for one in there.nearby)
    region = there.regional_citation
    return (
        there.state, there.amount, there.year, nearby or None, there.regional_amount,
        there.regional_years, region.source if region else None,
        there.member.source if there.member else None,
        "|".join(f"{one.city}, {one.country}" for one in there.seats) or None,
    )  # fmt: skip


def to_page(found: Collaborators) -> str:
    """Return each part as a table of its own, for a notebook."""
    empty = "none found in the sources of this graph"
    return to_html(_parts(to_table(found)), title=found.name, note=note_on(found), empty=empty)


def _parts(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield the rows of each part under its title, without the columns that it leaves empty."""
    for part, title in _TITLES.items():
        rows = [row for row in table.rows if row[0] == part]
        if part in ("country", "linked-work") and not rows:
            continue
        used = [i for i in range(1, len(table.columns)) if any(row[i] for row in rows)]
        columns = tuple(table.columns[i] for i in used)
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


def _work_row(reason: Reason, actor: Actor) -> tuple[Any, ...]:
    return _row(
        part="linked-work", id=actor.id, name=actor.name, kind=actor.kind, basis=reason.basis,
        reason=reason.sentence, source=reason.citation.source, locator=reason.citation.locator,
    )  # fmt: skip


def _candidate_rows(candidate: Candidate) -> list[tuple[Any, ...]]:
    return [
        _row(
            part=candidate.band, id=candidate.id, name=candidate.name, kind=candidate.kind,
            functions="|".join(reason.functions), basis=reason.basis, reason=reason.sentence,
            adds="|".join(candidate.adds), popularity_rank=candidate.popularity_rank,
            source=reason.citation.source, locator=reason.citation.locator, rank=candidate.rank,
            score=candidate.score, density=candidate.density, inference=candidate.inference,
        )
        for reason in candidate.reasons
    ]  # fmt: skip


def _row(**cells: Any) -> tuple[Any, ...]:
    return tuple(cells.get(column) for column in _COLUMNS)
