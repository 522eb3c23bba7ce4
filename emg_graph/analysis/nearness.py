"""How near two agreements are: one family, or a cluster, themes and references in common."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt

from emg_graph.analysis.evidence import Agreement, Evidence

NEARNESS: Mapping[str, float] = {"cluster": 0.0, "themes": 1.0, "references": 0.0}
"""How much each ground counts in the mean that makes two agreements of different families near.

Themes alone found the supporters on record better than with the cluster, and no worse than with
references (``benchmarks/recommendation.py``); the choice was made with those agreements in view.
Set another to 1 to let it count as much."""


def cosine(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the cosine of two sets of themes.

    >>> cosine(frozenset({"a", "b"}), frozenset({"b", "c"}))
    0.5
    """
    if not one or not other:
        return 0.0
    return round(len(one & other) / sqrt(len(one) * len(other)), 12)


def similarity(evidence: Evidence, one: Agreement, other: Agreement) -> float:
    """Return how near two agreements are, from 0 to 1.

    1 within a family; otherwise the mean of a shared cluster (0 or 1), the cosine of their themes
    and a reference of one to the other (0 or 1), weighted by ``NEARNESS``.
    """
    if evidence.family(one.id) == evidence.family(other.id):
        return 1.0
    found = grounds(evidence, one, other)
    total = sum(NEARNESS[name] for name in found)
    return sum(NEARNESS[name] * value for name, value in found.items()) / total


def grounds(evidence: Evidence, one: Agreement, other: Agreement) -> Mapping[str, float]:
    """Return each ground that counts for two agreements of different families."""
    found = {
        "cluster": float(one.cluster == other.cluster),
        "themes": cosine(one.themes, other.themes),
        "references": float(evidence.refers(one.id, other.id)),
    }
    return {name: value for name, value in found.items() if NEARNESS[name]}


def told(evidence: Evidence, one: Agreement, other: Agreement) -> str:
    """Say how the nearness of two agreements comes about, so that it can be computed again."""
    if evidence.family(one.id) == evidence.family(other.id):
        return "same treaty family"
    found = grounds(evidence, one, other)
    shown = ", ".join(f"{name} {value:.6g}" for name, value in found.items())
    weights = {NEARNESS[name] for name in found}
    if len(found) == 1:
        return f"by {shown}"
    return f"mean of {shown}" if len(weights) == 1 else f"mean of {shown}, weighted"
