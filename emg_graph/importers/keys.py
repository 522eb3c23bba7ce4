"""The keys by which lists compiled for this project call agreements."""

from __future__ import annotations

from emg_graph.importers.known import Known

_RENAMED = {"cartagena": "cartagena-protocol"}
"""Keys that are not the ids of today: there is also a Cartagena Convention."""


def agreement_of(key: str, known: Known) -> str | None:
    """Return the id of the agreement that a key stands for, or None where there is none."""
    identifier = _RENAMED.get(key.strip(), key.strip())
    return identifier if known.has("agreements", identifier) else None
