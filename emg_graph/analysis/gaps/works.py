"""Projects and activities of country plans that a source ties to an agreement: work, and no role.

Only what is stated is told: a project or activity whose own words name the agreement, or which a
fund marks as on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from emg_graph.analysis.claims import Work
from emg_graph.analysis.gaps.gap import Ground
from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.network.wording import counted, the

DELIVERY = "delivery"
"""The function against whose lack carried out work speaks."""
FINANCE = "finance"
"""The function against whose lack the projects of a fund speak."""

_KINDS: Mapping[str, tuple[str, str, str, str]] = {
    "named-in-title": ("project", "projects", "whose title names", "whose titles name"),
    "transparency-flag": ("project", "projects", "marked by its fund as on", "marked by their fund"
                          " as on"),
    "own-text": ("activity of a country plan", "activities of country plans", "that names",
                 "that name"),
}  # fmt: skip
"""What a kind of work is called, and how it is tied to the agreement, of one and of more."""


def carried_out(record: Record, agreement: str) -> Iterator[tuple[str, Ground]]:
    """Yield who carries out projects or activities that a source ties to an agreement.

    An actor has one for each kind of work and source, with the number.
    """
    for work in _works(record, agreement):
        yield work.actor, _ground(record, work, "has", len(work.items))


def funded(record: Record, agreement: str) -> Iterator[Ground]:
    """Yield the funds of such projects, one for each kind and source, with the number."""
    items: dict[tuple[str, str, str], set[str]] = {}
    latest: dict[tuple[str, str, str], Work] = {}
    for work in _works(record, agreement):
        if work.fund:
            key = (work.fund, work.kind, work.citation.source)
            items.setdefault(key, set()).update(work.items)
            latest[key] = max(latest.get(key, work), work, key=_when)
    for key, work in sorted(latest.items()):
        yield _ground(record, work, "funds", len(items[key]), key[0])


def _works(record: Record, agreement: str) -> Iterator[Work]:
    for work in (*record.evidence.works, *record.plans):
        if work.agreement == agreement and work.basis == "stated" and work.kind in _KINDS:
            yield work


def _when(work: Work) -> tuple[str, ...]:
    return (work.until or "", work.actor, work.citation.locator, *work.claims)


def _ground(record: Record, work: Work, does: str, number: int, actor: str = "") -> Ground:
    one, more, tied, all_tied = _KINDS[work.kind]
    name, where = record.short(actor or work.actor), the(record.short(work.agreement))
    how = tied if number == 1 else all_tied
    told = f"{name} {does} {counted(number, one, more)} {how} {where}; that is no role in it."
    return Ground(told, work.basis, work.citation, work.claims[0] if work.claims else None)
