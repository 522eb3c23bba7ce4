"""Activities in the plans of United Nations country teams whose text names an agreement.

The list gives one row for each activity, agency and agreement, with the words that it found. Where
these, or the activity's title, name the agreement, that is stated. Where they only say what an
agreement asks for, or stand in the text of the activity's parent, the link is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from emg_graph.importers.amounts import amount_text, read_amount
from emg_graph.importers.cells import listed, read_date, tidy
from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.keys import agreement_of
from emg_graph.importers.known import Known
from emg_graph.importers.missed import Missed
from emg_graph.importers.origins import OriginSources, read_origin
from emg_graph.importers.titles import Titles
from emg_graph.records import PlanMention

REGISTRY = "uninfo-plans"
COLUMNS = (
    "workspace_id", "iso3", "project_id", "agency", "mea", "matched_text", "where", "code", "name",
    "start", "end", "required_usd", "available_usd", "spent_usd", "source",
)  # fmt: skip
_OWN = "name_or_description"
PLACES = {_OWN: ("own-text", "medium"), "parent_output": ("parent-text", "low")}
"""Place and confidence of a mention, by where the list says it was found."""
_MONEY = ("required_usd", "available_usd", "spent_usd")

Row = Mapping[str, str]


@dataclass(slots=True)
class _Reading:
    """One file's rows as they are read, with what in them was not understood."""

    known: Known
    drafts: Drafts
    sources: OriginSources
    missed: Missed
    titles: Titles
    given: set[tuple[str | None, ...]] = field(default_factory=set)
    repeated: int = 0


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read mentions of agreements in country plans; the same one is kept once.

    Raises:
        DocumentError: a file is no list of mentions.
    """
    drafts = Drafts()
    sources = OriginSources(known, drafts, REGISTRY, "B")
    reading = _Reading(known, drafts, sources, Missed(""), Titles(known))
    for path in sorted(files, key=lambda path: path.name):
        reading.missed, reading.repeated, rows = Missed(path.name), 0, 0
        for line, row in read_csv(path, COLUMNS):
            rows += 1
            _take(reading, line, row)
        besides = f"{reading.repeated} repeated" if reading.repeated else ""
        drafts.unread.extend(reading.missed.unread())
        drafts.count(path.name, rows, reading.missed.lines, besides)
    return drafts


def _take(reading: _Reading, line: int, row: Row) -> None:
    """Add the mention of a row, unless something that it cannot do without is not known."""
    known = reading.known
    agency = tidy(row["agency"])
    entity = known.by_code(REGISTRY, agency) or known.by_name(agency, ("entities", "mechanisms"))
    agreement = agreement_of(row["mea"], known)
    countries = _countries(reading, line, row["iso3"])
    for column, found, reason in (
        ("agency", entity, "is no entity that the tables know"),
        ("mea", agreement, "is no agreement that the tables know"),
        ("iso3", countries, "names no country that the tables know"),
        ("where", PLACES.get(row["where"]), "is no place of a mention"),
        ("source", read_origin(row["source"]), "does not say from where the list is"),
        ("project_id", tidy(row["project_id"]), "is empty"),
        ("name", tidy(row["name"]), "is empty"),
        ("matched_text", tidy(row["matched_text"]), "is empty"),
    ):
        if not found:
            reading.missed.add(line, column, row[column], reason)
            return
    assert agreement  # another would have been told
    known_cells = {"entity": entity, "countries": listed(countries)}
    _add(reading, known_cells | _told(reading, row, agreement) | _measured(reading, line, row))


def _told(reading: _Reading, row: Row, agreement: str) -> dict[str, str | None]:
    """Return what a row tells in words of an agreement."""
    place, confidence = PLACES[row["where"]]
    words, named = _words(reading.titles, row, agreement)
    origin = read_origin(row["source"])
    assert origin  # another would have been told
    number = tidy(row["project_id"])
    return {
        "agreement": agreement,
        "plan": f"UNINFO workspace {tidy(row['workspace_id'])}",
        "number": number,
        "title": tidy(row["name"]),
        "matched_text": words,
        "place": place,
        "basis": "stated" if named else "inferred",
        "source": reading.sources.cite(origin),
        "locator": f"sub-output {tidy(row['code']) or number}",
        "confidence": confidence,
    }


def _words(titles: Titles, row: Row, agreement: str) -> tuple[str, bool]:
    """Return the words that were found, and whether the activity's own text has a name by them.

    Where the title has a name beside what was found, the name is what was found.
    """
    words, own = tidy(row["matched_text"]), row["where"] == _OWN
    if not own or titles.named_by(words, agreement):
        return words, own
    name = titles.name_in(tidy(row["name"]), agreement)
    return name or words, bool(name)


def _measured(reading: _Reading, line: int, row: Row) -> dict[str, str | None]:
    """Return what a row tells in dates and sums."""
    sums = {column: _amount(reading, line, column, row[column]) for column in _MONEY}
    start, end = (_date(reading, line, column, row[column]) for column in ("start", "end"))
    if start and end and end < start:
        reading.missed.add(line, "end", end, f"is before the start, {start}")
        return sums
    return sums | {"from_on": start, "to_on": end}


def _add(reading: _Reading, values: Mapping[str, str | None]) -> None:
    key = tuple(values[column] for column in PlanMention.IDENTITY)
    if key in reading.given:
        reading.repeated += 1
        return
    reading.given.add(key)
    reading.drafts.add("plan_mentions", **values)


def _countries(reading: _Reading, line: int, cell: str) -> set[str]:
    """Return the countries of a cell, noting those that are not known if any other is."""
    codes = {code: reading.known.country(code) for code in filter(None, map(tidy, cell.split("|")))}
    found = {country for country in codes.values() if country}
    for code, country in codes.items():
        if found and not country:
            reading.missed.add(line, "iso3", code, "is no country that the tables know")
    return found


def _date(reading: _Reading, line: int, column: str, cell: str) -> str | None:
    found = read_date(cell)
    if cell.strip() and found is None:
        reading.missed.add(line, column, cell, "is no date")
    return found


def _amount(reading: _Reading, line: int, column: str, cell: str) -> str | None:
    if not cell.strip():
        return None
    if (amount := read_amount(cell)) is None:
        reading.missed.add(line, column, cell, "is no sum of money")
        return None
    return amount_text(amount)
