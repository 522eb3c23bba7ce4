"""Overlays of one's own, to lay over the small data folder and see what comes of it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Mapping[str, str]]

NEW = {
    "id": "er-office", "name": "Environment Office", "kind": "research-and-training",
    "emg_status": "emg-not-listed", "source": "er-plan", "locator": "p. 1", "confidence": "high",
}  # fmt: skip
SOURCE = {"id": "er-plan", "title": "Plan of the Example Republic", "evidence_class": "B"}
ROLE = {
    "entity": "er-office", "agreement": "minamata", "role": "capacity-partner",
    "functions": "capacity", "basis": "stated", "standing": "current", "summary": "Trains miners",
    "source": "er-plan", "locator": "p. 2", "confidence": "high",
}  # fmt: skip
WHO = {
    "entity": "who", "agreement": "minamata", "role": "mandated-partner", "locator": "Art. 16.2",
    "source": "mercuryconvention-health-organization-labour",
}  # fmt: skip


def written(place: Path, tables: Mapping[str, Rows]) -> Path:
    """Write an overlay: of each table the rows given, with no more columns than they have."""
    place.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        names = list(dict.fromkeys(name for row in rows for name in row))
        with (place / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return place
