"""How one agreement is near another, in words."""

from __future__ import annotations

from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.reasons.reason import DIRECT, INDIRECT, Wanted
from emg_graph.analysis.reasons.wording import listed_themes


def relation(evidence: Evidence, wanted: Wanted, other: Agreement) -> tuple[str, str] | None:
    """Return the band of a role in another agreement and in words how it is related, or None.

    An agreement of the same family, or with a theme in common, is direct evidence of related
    work; one that only stands in the same cluster is indirect. When the search is narrowed to
    themes, only a theme in common counts.
    """
    shared = sorted(wanted.themes & other.themes)
    if shared:
        words = f"shares the theme {listed_themes(evidence, shared)}"
    if wanted.narrowed:
        return (DIRECT, words) if shared else None
    if evidence.family(wanted.agreement.id) == evidence.family(other.id):
        return DIRECT, "same treaty family"
    if shared:
        return DIRECT, words
    if wanted.agreement.cluster == other.cluster:
        return INDIRECT, f"same cluster only, {other.cluster}"
    return None
