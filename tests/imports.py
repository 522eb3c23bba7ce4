"""Small documents to import, and what they gave."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from folders import SMALL

from emg_graph.importers import Drafts, Known, know
from emg_graph.records import Code
from emg_graph.resources import folder

SHARED = Path(__file__).parents[2] / "shared" / "sources"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public documents are not here")


def small_world(codes: Mapping[tuple[str, str], Sequence[str]] | None = None) -> Known:
    """Return what the small data folder knows, with some codes of registries besides."""
    known = know(SMALL)
    rows = [
        Code(
            subject=subject,
            registry=registry,
            code=code,
            basis="stated",
            source="som31-report",
            locator="-",
            confidence="high",
        )
        for (registry, code), subjects in (codes or {}).items()
        for subject in subjects
    ]
    tables = replace(
        known.tables, rows={**known.tables.rows, "codes": (*known.tables.rows["codes"], *rows)}
    )
    added = {(row.registry, row.code): row.subject for row in rows}
    return replace(known, tables=tables, codes={**known.codes, **added})


def shipped() -> Known:
    """Return what the shipped data knows."""
    return know(folder("data"))


def write_csv(path: Path, header: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a CSV file; short rows are filled up with empty cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(header)
        table.writerows([*row, *[""] * (len(header) - len(row))] for row in rows)
    return path


def write_json(path: Path, found: Any) -> Path:
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def rows(drafts: Drafts, table: str) -> list[Mapping[str, str]]:
    """Return the rows that a document gave for a table."""
    return [draft.values for draft in drafts.rows if draft.table == table]


def cells(drafts: Drafts, table: str, *columns: str) -> list[tuple[str, ...]]:
    """Return some columns of the rows that a document gave for a table."""
    return [tuple(row.get(column, "") for column in columns) for row in rows(drafts, table)]


def doubts(drafts: Drafts) -> list[str]:
    """Return what could not be understood, each in its words."""
    return [str(one) for one in drafts.unread]


def total(found: Iterable[Mapping[str, str]]) -> Decimal:
    """Return what some rows come to in dollars."""
    return sum((Decimal(row["amount_usd"]) for row in found), Decimal(0))
