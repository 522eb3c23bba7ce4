"""Agreements that nothing stated links with a cross-cutting theme."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.gaps.asking import agreement_desk
from emg_graph.analysis.gaps.gap import (
    NONE_FOUND,
    NOT_SEARCHED,
    Gap,
    Ground,
    Robustness,
    strongest_first,
)
from emg_graph.analysis.gaps.record import Record, Search
from emg_graph.analysis.network.wording import lower

THEMES = (
    "digital-technology", "disaster-risk", "environmental-crime", "gender", "human-mobility",
    "human-rights",
)  # fmt: skip
"""The themes that cut across agreements; they are those of CQ21."""


def cross_cutting_links(record: Record) -> Iterator[Gap]:
    """Yield each cross-cutting theme with each agreement that no stated link joins."""
    found: dict[tuple[str, str], list[Ground]] = {}
    stated = set()
    for one in record.crossings:
        if one.basis == "stated":
            stated.add((one.agreement, one.theme))
        ground = Ground(f"Read as a link: {one.text}.", one.basis, one.citation)
        found.setdefault((one.agreement, one.theme), []).append(ground)
    for agreement in sorted(record.evidence.agreements):
        for theme in THEMES:
            if theme in record.evidence.themes and (agreement, theme) not in stated:
                yield _gap(record, agreement, theme, found.get((agreement, theme), []))


def _gap(record: Record, agreement: str, theme: str, against: list[Ground]) -> Gap:
    searches = [one for one in record.about(agreement) if one.done and _names(one, theme)]
    places = sorted({place for one in searches for place in one.places})
    called = record.evidence.agreements[agreement].called
    return Gap(
        "cross-cutting-link",
        (agreement, theme),
        f"No stated link of {called} with {lower(record.short(theme))} is on record.",
        f"a position that names it and is on {lower(record.short(theme))}",
        NONE_FOUND if searches else NOT_SEARCHED,
        tuple(places) if searches else _examined(record),
        agreement_desk(record, agreement),
        tuple(one.ground for one in searches),
        strongest_first(against),
        Robustness(weaker=len(against)),
    )


def _names(search: Search, theme: str) -> bool:
    return theme.replace("-", " ") in search.looked_for.lower()


def _examined(record: Record) -> tuple[str, ...]:
    return tuple(sorted({one.citation.source for one in record.evidence.positions}))
