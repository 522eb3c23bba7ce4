"""A data folder in which every free text tries to be more than text."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from emg_graph.records import RECORDS, columns

SMALL = Path(__file__).parent / "data" / "small"
PAYLOAD = (
    "<script>alert(1)</script>\"'</title></style></script><img src=x onerror=alert(1)>"
    "{{ 7 * 7 }} [x](javascript:alert(1)) `code` *b* _i_ &amp; \u202eright\u200f"
)
LONG = "x" * 10_000
FIXED = frozenset(
    "id scheme evidence_class framework kind iso2 iso3 letter number external_id".split()
)
LENGTHY = (
    ("roles", "summary", "unep"),
    ("positions", "summary", "som31-s10-unicef"),
    ("entities", "name", "unicef"),
    ("agreements", "scope", "minamata"),
    ("sources", "title", "som31-report"),
)
"""Table, column and first cell of the rows in which a text is also very long."""


def write_payloads(target: Path) -> Path:
    """Copy the small data folder with the payload added to every free text of every table."""
    shutil.copytree(SMALL, target)
    for table, model in RECORDS.items():
        file = target / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as opened:
            header, *rows = list(csv.reader(opened))
        free = {
            column.name
            for column in columns(model)
            if not (column.ref or column.concept or column.url or column.date or column.number)
        } - FIXED
        for row in rows:
            for place, name in enumerate(header):
                if name in free and row[place]:
                    row[place] += f" {PAYLOAD}"
                    if (table, name, row[0]) in LENGTHY:
                        row[place] += LONG
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened, lineterminator="\n").writerows([header, *rows])
    return target
