"""The collaborators of an agreement as text for a terminal, as rows, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from emg_graph.analysis.candidates import BANDS, Candidate, Collaborators
from emg_graph.analysis.evidence import Actor, Citation, Role
from emg_graph.store import Table

BAND_TITLES = {
    "direct": "Direct evidence of related work",
    "indirect": "Indirect: a shared mechanism or workstream, or an inferred link",
}
_COLUMNS = (
    "part", "id", "name", "kind", "role", "functions", "basis", "standing", "reason", "adds",
    "popularity_rank", "source", "locator",
)  # fmt: skip


def to_json(found: Collaborators) -> str:
    """Return everything: every candidate with reasons, score, rank and channels."""
    data = asdict(found)
    data["missing_functions"] = [cover.function for cover in found.missing]
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def to_table(found: Collaborators, limit: int = 0) -> Table:
    """Return one row for each link, each reason of each candidate, and each function."""
    rows = [_link_row(role, found.actors[role.actor]) for role in found.linked]
    for band in BANDS:
        for candidate in _shown(found.band(band), limit):
            rows += _candidate_rows(candidate)
    for cover in found.coverage:
        holders = "|".join(cover.documented or cover.weaker)
        rows.append(_row(part="function", id=cover.function, name=cover.label, role=holders,
                         standing=cover.status))  # fmt: skip
    return Table(_COLUMNS, tuple(rows))


def to_text(found: Collaborators, limit: int = 0, width: int = 100) -> str:
    """Return the answer to read in a terminal."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def place(citation: Citation) -> str:
    """Return a source and the place in it, in brackets."""
    return f"[{citation.source}, {citation.locator}]"


def hidden(total: int, limit: int) -> str | None:
    """Say how many of a band are not shown, or None if all are."""
    if limit <= 0 or total <= limit:
        return None
    return f"… and {total - limit} more in this band; --limit 0 shows all {total}"


def _lines(found: Collaborators, limit: int, width: int) -> Iterator[str]:
    yield found.name
    yield "=" * min(len(found.name), width)
    yield ""
    yield "ALREADY LINKED"
    if not found.linked:
        yield "  none found in the sources of this graph"
    for role in found.linked:
        marks = f" ({role.basis}, {role.standing})"
        yield from _wrapped(
            f"{found.actors[role.actor].short}: {role.role_label}{marks}. {role.summary}",
            width,
            place(role.citation),
        )
    for band in BANDS:
        candidates = found.band(band)
        yield ""
        yield f"CANDIDATES – {BAND_TITLES[band].upper()} ({len(candidates)}, alphabetical)"
        if not candidates:
            yield "  none on record in this graph for what was asked; not searched"
        for candidate in _shown(candidates, limit):
            yield from _candidate_lines(candidate, width)
        if more := hidden(len(candidates), limit):
            yield f"  {more}"
    yield ""
    yield "FUNCTIONS WITHOUT A DOCUMENTED ACTOR"
    for cover in found.missing:
        weaker = f"; weaker links only: {', '.join(cover.weaker)}" if cover.weaker else ""
        yield from _wrapped(f"{cover.label}: {cover.status}{weaker}", width)
    if not found.missing:
        yield "  each function has at least one documented actor"
    yield ""
    yield from textwrap.wrap(
        "Shown is what the record holds, not what is so. The bands keep stated related work apart"
        " from mere nearness; nobody is ranked within a band. Popularity is where a plain count of"
        " roles in other agreements would have put the entity.",
        width,
    )


def _candidate_lines(candidate: Candidate, width: int) -> Iterator[str]:
    name = candidate.name
    if candidate.short != candidate.name:
        name = f"{candidate.short} – {candidate.name}"
    yield f"  {name} ({candidate.id}; popularity: place {candidate.popularity_rank})"
    if candidate.adds:
        yield f"      would add: {', '.join(candidate.adds)}"
    for reason in candidate.reasons:
        sentence = f"• {reason.sentence} ({reason.basis})"
        yield from _wrapped(sentence, width, place(reason.citation), indent=6)


def _wrapped(text: str, width: int, end: str = "", indent: int = 2) -> list[str]:
    return textwrap.wrap(
        f"{text} {end}", width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _shown(candidates: tuple[Candidate, ...], limit: int) -> tuple[Candidate, ...]:
    return candidates[:limit] if limit > 0 else candidates


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
