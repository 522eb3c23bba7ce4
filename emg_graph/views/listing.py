"""The collaborators of an agreement as text for a terminal, as rows, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from emg_graph.analysis.candidates import BANDS, Candidate, Collaborators
from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.tabular import BAND_TITLES as BAND_TITLES
from emg_graph.analysis.tabular import NOTE, shown
from emg_graph.analysis.tabular import to_table as to_table


def to_json(found: Collaborators) -> str:
    """Return everything: every candidate with reasons, score, rank and channels."""
    data = asdict(found)
    data["missing_functions"] = [cover.function for cover in found.missing]
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


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
        for candidate in shown(candidates, limit):
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
    yield from textwrap.wrap(NOTE, width)


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
