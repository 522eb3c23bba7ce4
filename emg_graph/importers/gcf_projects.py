"""Projects of the Green Climate Fund, from the answer of its public interface.

A project whose title names an agreement (stated), or is on what one alone asks for (inferred), is a
row of its own; the others are counted by accredited entity, theme and country. The fund serves the
UNFCCC and the Paris Agreement: that all its projects do so too follows from what it is for and not
from what they do, so that it makes no link.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from emg_graph.errors import DocumentError
from emg_graph.importers.amounts import amount_text, read_amount
from emg_graph.importers.cells import listed, read_date, tidy
from emg_graph.importers.documents import records_of
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known
from emg_graph.importers.missed import Missed
from emg_graph.importers.portfolios import Portfolio, Undertaking
from emg_graph.importers.titles import Titles
from emg_graph.importers.webpages import is_address

FUND = "gcf"
REGISTRY = "gcf-projects"
KEYS = (
    "ApprovedRef", "ProjectName", "ApprovalDate", "Theme", "Size", "ProjectURL", "Countries",
    "Entities", "Funding",
)  # fmt: skip
_LONG = 60
"""So many characters of a value that is not understood are told."""
_REFERENCE = re.compile(r"[A-Za-z]+[0-9]+", re.ASCII)
_API = "http://api.gcfund.org/v1/projects"
_BY_PURPOSE = "The UNFCCC and the Paris Agreement are served by the fund's purpose, not by titles."

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Edition:
    """One answer: its projects, and the year of the rates of exchange that it was given with."""

    path: Path
    entries: tuple[Entry, ...]
    year: str
    missed: Missed

    @property
    def source(self) -> str:
        return f"gcf-projects-api-{self.year}"

    def portfolio(self) -> Portfolio:
        """Return the place where its projects are counted."""
        place = "Entities, Theme and Countries"
        return Portfolio(FUND, self.source, self.year, place, _BY_PURPOSE)


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read lists of projects; of a project in several of them, the latest one counts.

    Raises:
        DocumentError: a file is no list of the fund's projects.
    """
    drafts, titles = Drafts(), Titles(known)
    described: set[str] = set()
    editions = sorted(map(_edition, files), key=lambda one: (-int(one.year), one.path.name))
    for edition in editions:
        _add_source(edition, known, drafts)
        portfolio, missed = edition.portfolio(), edition.missed
        for place, entry in _once(edition):
            one = _undertaking(place, entry, known, missed)
            links = titles.links(tidy(entry["ProjectName"]), int(entry["ApprovalDate"][:4]))
            if not links:
                portfolio.count(one)
            elif (number := entry["ApprovedRef"]) not in described:
                described.add(number)
                funding = _funding(place, entry, missed)
                _add_project(entry, one, funding, edition.source, drafts)
                for link in links:
                    link.add_to(drafts, _identifier(entry), edition.source, _locator(entry))
        portfolio.add_to(drafts)
        drafts.unread.extend(missed.unread())
        drafts.count(edition.path.name, len(edition.entries), missed.lines)
    return drafts


def _edition(path: Path) -> _Edition:
    entries = records_of(path, KEYS)
    for number, entry in enumerate(entries, 1):
        _require_form(path, number, entry)
    missed = Missed(path.name, "entry")
    rates = set(_rate_years(entries, missed))
    year = max(rates or {entry["ApprovalDate"][:4] for entry in entries})
    return _Edition(path, tuple(entries), year, missed)


def _rate_years(entries: Sequence[Entry], missed: Missed) -> Iterator[str]:
    """Yield the years of the rates of exchange, noting those that are none."""
    for place, entry in enumerate(entries, 1):
        for part in entry["Funding"]:
            rate = part.get("CurrentExchangeRate")
            if not isinstance(rate, dict) or "EffectiveDate" not in rate:
                continue
            dated = rate["EffectiveDate"]
            if isinstance(dated, str) and read_date(dated[:10]):
                yield dated[:4]
            else:
                missed.add(place, "EffectiveDate", _shown(dated), "is no date")


def _require_form(path: Path, number: int, entry: Entry) -> None:
    """Refuse an entry whose parts have another form than the fund gives them."""
    for key, sound in (
        ("ApprovedRef", _REFERENCE.fullmatch),
        ("ProjectName", tidy),
        ("ApprovalDate", lambda text: read_date(text[:10])),
        ("Theme", tidy),
        ("Size", tidy),
        ("ProjectURL", is_address),
    ):
        if not isinstance(entry[key], str) or not sound(entry[key]):
            told = f"{entry[key]!r}"[:_LONG]
            raise DocumentError(
                f"{path} is another kind of JSON: {key} of entry {number} is {told}"
            )
    for key in ("Countries", "Entities", "Funding"):
        parts = entry[key]
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise DocumentError(f"{path}: {key} of entry {number} is no list of objects")


def _once(edition: _Edition) -> Iterator[tuple[int, Entry]]:
    """Yield each project of an edition with its place, the first time that it is there."""
    seen: set[str] = set()
    for place, entry in enumerate(edition.entries, 1):
        number = entry["ApprovedRef"]
        if number in seen:
            edition.missed.add(place, "ApprovedRef", number, "is there twice; the first one counts")
        else:
            seen.add(number)
            yield place, entry


def _undertaking(place: int, entry: Entry, known: Known, missed: Missed) -> Undertaking:
    """Return who does a project where, noting entities and countries that are not known."""
    entities, countries = set(), set()
    for part in entry["Entities"]:
        names = [str(part.get(key, "")) for key in ("Acronym", "Name")]
        codes = (known.by_code(REGISTRY, name) for name in names)
        if entity := next(filter(None, codes), None) or known.by_name(names[1], ("entities",)):
            entities.add(entity)
        else:
            missed.add(place, "Entities", names[1], "is no entity that the tables know")
    for part in entry["Countries"]:
        names = [str(part.get(key, "")) for key in ("ISO3", "CountryName")]
        ids = (known.country(name) for name in names)
        if country := next(filter(None, ids), None):
            countries.add(country)
        else:
            missed.add(place, "Countries", names[1], "is no country that the tables know")
    areas = frozenset({tidy(entry["Theme"])})
    return Undertaking(frozenset(entities), areas, frozenset(countries))


def _funding(place: int, entry: Entry, missed: Missed) -> tuple[str, str] | None:
    """Return what the fund gives and in which currency, or None where that is not one sum."""
    parts = [part for part in entry["Funding"] if part.get("Source") == "GCF"]
    sums = [read_amount(part.get("Budget")) for part in parts]
    given = [part.get("Currency") for part in parts]
    for one in given:
        if not isinstance(one, str | None):
            missed.add(place, "Currency", _shown(one), "is no currency")
    currencies = {one if isinstance(one, str) else None for one in given}
    if len(currencies) != 1 or None in sums or (currency := currencies.pop()) is None:
        return None
    return amount_text(sum((one for one in sums if one), Decimal(0))), currency


def _shown(value: object) -> str:
    """Return a value as the file has it, cut short."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:_LONG]


def _identifier(entry: Entry) -> str:
    return f"{FUND}-{entry['ApprovedRef'].lower()}"


def _locator(entry: Entry) -> str:
    return f"ApprovedRef {entry['ApprovedRef']}"


def _add_source(edition: _Edition, known: Known, drafts: Drafts) -> None:
    if not known.has("sources", edition.source):
        drafts.add(
            "sources",
            id=edition.source,
            title=f"Green Climate Fund projects: answer of the public interface, {edition.year}",
            publisher="Green Climate Fund",
            evidence_class="B",
            issued_on=edition.year,
            url=_API,
        )


def _add_project(
    entry: Entry,
    one: Undertaking,
    funding: tuple[str, str] | None,
    source: str,
    drafts: Drafts,
) -> None:
    amount, currency = funding or (None, None)
    drafts.add(
        "projects",
        id=_identifier(entry),
        name=tidy(entry["ProjectName"]),
        number=entry["ApprovedRef"],
        fund=FUND,
        entities=listed(one.entities),
        countries=listed(one.countries),
        focal_areas=listed(one.areas),
        project_type=tidy(entry["Size"]),
        grant=amount,
        currency=currency,
        approved_on=entry["ApprovalDate"][:10],
        homepage=entry["ProjectURL"],
        source=source,
        locator=_locator(entry),
        note="The sum is all that the fund gives, grants, loans and others together.",
    )
