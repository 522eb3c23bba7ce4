"""Expenses by country and organisation in a year, as open.un.org publishes the CEB statistics.

The year stands in the name of the file (``country-expenses-2024.json``). The organisations of a
country must come to its ``total``; where they do not, nothing of that country is taken and the
difference is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from emg_graph.importers import ceb
from emg_graph.importers.amounts import amount_text, read_amount
from emg_graph.importers.documents import records_of
from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known

KEYS = ("iso3", "name", "total", "entities")
_ROUNDING = Decimal(1)
"""By how many dollars the organisations of a country may miss its total."""


@dataclass(frozen=True, slots=True)
class _Spent:
    """What an organisation spent in a country."""

    country: str
    entity: str
    code: str
    amount: Decimal
    place: str


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read expenses by country.

    Raises:
        DocumentError: a file is not of this form, or two are of one year.
    """
    paths = sorted(files)
    years = [ceb.year_of(path) for path in paths]
    ceb.require_one_a_year(paths, years)
    drafts = Drafts()
    for path, year in zip(paths, years, strict=True):
        records = records_of(path, KEYS)
        source = f"ceb-country-expenses-{year}"
        title = f"CEB financial statistics: expenses by country and organisation, {year}"
        ceb.add_source(drafts, source, title)
        spent, seen, lost = list[_Spent](), set[str](), 0
        for record in records:
            found = list(_of_entry(path.name, record, seen, known))
            taken = [one for one in found if isinstance(one, _Spent)]
            unread = [one for one in found if isinstance(one, Unread)]
            spent.extend(taken)
            drafts.unread.extend(unread)
            lost += max(_figures(record) - len(taken), 1 if unread else 0)
        for one in sorted(spent, key=lambda one: one.place):
            _add(drafts, one, year, source)
        drafts.count(path.name, len(spent) + lost, lost)
    return drafts


def _figures(record: Mapping[str, Any]) -> int:
    """Return of how many organisations an entry gives the expenses: so many rows it has."""
    return len(record["entities"]) if isinstance(record["entities"], dict) else 1


def _of_entry(
    file: str, record: Mapping[str, Any], seen: set[str], known: Known
) -> Iterator[_Spent | Unread]:
    """Yield what an entry gives, and what in it is not understood."""
    code = str(record["iso3"]).strip()
    country = known.country(code)
    if country is None:
        name = f"{code} ({record['name']})"
        yield Unread(file, code or "no code", name, "is no country of countries.csv")
    elif country in seen:
        yield Unread(file, code, code, "stands twice; its first entry is read")
    elif not isinstance(record["entities"], dict):
        reason = "is no list of organisations with their expenses"
        yield Unread(file, code, str(record["entities"]), reason)
    else:
        seen.add(country)
        yield from _of_country(file, code, country, record, known)


def _of_country(
    file: str, place: str, country: str, record: Mapping[str, Any], known: Known
) -> Iterator[_Spent | Unread]:
    """Yield what each organisation spent in a country, if together they come to the total."""
    if missed := _missed_total(record):
        yield Unread(file, f"{place}, total", str(record["total"]), missed)
    for code, value in record["entities"].items():
        amount, entity = read_amount(value), ceb.spender(known, code)
        if amount is None:
            yield Unread(file, f"{place}, {code}", str(value), "is no amount")
        elif entity is None:
            yield Unread(file, f"{place}, {code}", code, ceb.NO_CODE)
        elif not missed:
            yield _Spent(country, entity, code, amount, f"{place}, {code}")


def _missed_total(record: Mapping[str, Any]) -> str:
    """Say why the organisations of a country do not come to its total; empty if they do."""
    total = read_amount(record["total"])
    if total is None:
        return "is no amount; nothing of this country is taken"
    together = sum((read_amount(value) or Decimal(0)) for value in record["entities"].values())
    if abs(total - together) <= _ROUNDING:
        return ""
    return (
        f"is the total, but its organisations come to {amount_text(Decimal(together))};"
        " nothing of this country is taken"
    )


def _add(drafts: Drafts, one: _Spent, year: str, source: str) -> None:
    drafts.add(
        "expenditures_by_country",
        entity=one.entity,
        country=one.country,
        year_on=year,
        amount_usd=amount_text(one.amount),
        code_as_written=one.code,
        basis="stated",
        source=source,
        locator=one.place,
        confidence="high",
    )
