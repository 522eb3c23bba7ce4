"""Expenses by organisation in a year, as open.un.org publishes the CEB statistics.

One file holds one year (``entity-spending-2024.json``) and repeats it in every entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from emg_graph.errors import DocumentError
from emg_graph.importers import ceb
from emg_graph.importers.amounts import amount_text, read_amount
from emg_graph.importers.documents import records_of
from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known

KEYS = ("entity", "year", "amount")


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read expenses by organisation.

    Raises:
        DocumentError: a file is not of this form or of several years, or two are of one year.
    """
    paths = sorted(files)
    opened = [records_of(path, KEYS) for path in paths]
    years = [_year(path, records) for path, records in zip(paths, opened, strict=True)]
    ceb.require_one_a_year(paths, years)
    drafts = Drafts()
    for path, records, year in zip(paths, opened, years, strict=True):
        title = f"CEB financial statistics: expenses by organisation, {year}"
        ceb.add_source(drafts, f"ceb-entity-spending-{year}", title)
        _read_year(path.name, records, year, known, drafts)
    return drafts


def _year(path: Path, records: Sequence[Mapping[str, Any]]) -> str:
    """Return the one year that every entry of a file gives."""
    years = sorted({str(record["year"]) for record in records})
    if len(years) > 1 or not (years[0].isascii() and years[0].isdigit() and len(years[0]) == 4):
        raise DocumentError(f"{path} is not of one year, but of {', '.join(years)}")
    return years[0]


def _read_year(
    file: str, records: Sequence[Mapping[str, Any]], year: str, known: Known, drafts: Drafts
) -> None:
    seen: set[str] = set()
    unread = []
    for record in sorted(records, key=lambda record: str(record["entity"])):
        code, amount = str(record["entity"]), read_amount(record["amount"])
        if (entity := ceb.spender(known, code)) is None:
            unread.append(Unread(file, code, code, ceb.NO_CODE))
        elif amount is None:
            unread.append(Unread(file, code, str(record["amount"]), "is no amount"))
        elif code in seen:
            unread.append(Unread(file, code, code, "stands twice; its first entry is read"))
        else:
            seen.add(code)
            drafts.add(
                "expenditures",
                entity=entity,
                year_on=year,
                amount_usd=amount_text(amount),
                code_as_written=code,
                basis="stated",
                source=f"ceb-entity-spending-{year}",
                locator=f"entity {code}",
                confidence="high",
            )
    drafts.unread.extend(unread)
    drafts.count(file, len(records), len(unread))
