"""Whom to ask: a role at an organisation, never a person."""

from __future__ import annotations

from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.network.wording import the

EDITORS = "whoever keeps this record"


def entity_desk(record: Record, entity: str) -> str:
    """Return whom to ask at an entity or mechanism."""
    known = record.evidence.actors.get(entity)
    return f"focal point for partnerships at {the(known.name if known else entity)}"


def searchers(desk: str) -> str:
    """Return who could look first: those who keep this record, then a desk if it is another."""
    return desk if desk.startswith(EDITORS) else f"{EDITORS}; then the {desk}"


def agreement_desk(record: Record, agreement: str) -> str:
    """Return whom to ask about an agreement: at its secretariat, else at who administers it."""
    known = record.evidence.agreements[agreement]
    runs = known.secretariat or next(iter(sorted(known.administering)), None)
    if runs is None:
        return f"{EDITORS}: no secretariat of {known.called} is on record"
    return entity_desk(record, runs)
