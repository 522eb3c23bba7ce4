"""Why an entity could work on an agreement: sentences, each with its evidence."""

from __future__ import annotations

from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.reasons.links import (
    membership_reasons,
    own_reasons,
    position_reasons,
    product_reasons,
    role_reasons,
)
from emg_graph.analysis.reasons.near import relation
from emg_graph.analysis.reasons.reason import (
    BANDS,
    DIRECT,
    INDIRECT,
    ITSELF,
    MONEY,
    ON_IT,
    RELATED,
    SERVING,
    SUPPORTING,
    Reason,
    Wanted,
)
from emg_graph.analysis.reasons.record import mandate_reasons, money_reasons
from emg_graph.analysis.reasons.works import related_project_reasons, work_reasons

__all__ = [
    "BANDS",
    "DIRECT",
    "INDIRECT",
    "ITSELF",
    "MONEY",
    "ON_IT",
    "RELATED",
    "SERVING",
    "SUPPORTING",
    "Reason",
    "Wanted",
    "reasons_for",
    "relation",
    "work_reasons",
]


def reasons_for(evidence: Evidence, wanted: Wanted, actor: str) -> tuple[Reason, ...]:
    """Return every reason for one actor: nearer bands first, then by channel and sentence."""
    found = [
        *work_reasons(evidence, wanted, actor),
        *own_reasons(evidence, wanted, actor),
        *role_reasons(evidence, wanted, actor),
        *related_project_reasons(evidence, wanted, actor),
        *position_reasons(evidence, wanted, actor),
        *product_reasons(evidence, wanted, actor),
        *membership_reasons(evidence, wanted, actor),
        *mandate_reasons(evidence, wanted, actor),
        *money_reasons(evidence, wanted, actor),
    ]
    return tuple(sorted(found, key=lambda reason: reason.order))
