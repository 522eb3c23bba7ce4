"""Dated memoranda and accreditations between bodies of agreements and organisations.

A memorandum is the same for both sides, so that it stands once, in order of their ids; an
accreditation goes from the one that accredits to the other. What a conference of parties has only
asked for or decided is no instrument that the two have signed, and is told. A date that is only a
limit, and an end of which no date is given, stay empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from emg_graph.importers.cells import listed, read_date, tidy
from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.keys import agreement_of
from emg_graph.importers.known import Known
from emg_graph.importers.missed import Missed
from emg_graph.importers.webpages import Webpage, WebpageSources, is_address

REGISTRY = "dated-memoranda"
COLUMNS = ("party_a", "party_b", "mea", "instrument", "date", "note", "source_url")
KINDS = {
    "accreditation": "accreditation",
    "memorandum of cooperation": "memorandum",
    "memorandum of understanding": "memorandum",
    "joint programme of work": "memorandum",
    "strategic working partnership": "memorandum",
}
"""The kind of cooperation by the beginning of the instrument's name."""
_NO_KIND = (
    "is neither a memorandum nor an accreditation; if the two have signed it, add it to"
    " cooperations.csv by hand as a memorandum; if not, there is no kind for it in the scheme"
    " cooperation-kind of concepts.csv yet, and it stays out"
)
_ACTORS = ("entities", "mechanisms")
_LIMIT = re.compile(r"by (\d{4}(?:-\d{2}(?:-\d{2})?)?)", re.ASCII)
_ON_DATE = re.compile(r"\bdate\b|\binferred\b")
"""Words of a remark that is about the date and not about the instrument."""

Row = Mapping[str, str]


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read memoranda and accreditations.

    Raises:
        DocumentError: a file is no list of them.
    """
    drafts = Drafts()
    sources = WebpageSources(known, drafts)
    for path in sorted(files, key=lambda path: path.name):
        missed, rows = Missed(path.name), 0
        for line, row in read_csv(path, COLUMNS):
            rows += 1
            _take(line, row, known, sources, missed)
        drafts.unread.extend(missed.unread())
        drafts.count(path.name, rows, missed.lines)
    return drafts


def _take(line: int, row: Row, known: Known, sources: WebpageSources, missed: Missed) -> None:
    """Add the instrument of a row, or note what in it was not understood."""
    one, other = (_party(row[column], known) for column in ("party_a", "party_b"))
    kind = _kind(tidy(row["instrument"]))
    for column, found, reason in (
        ("party_a", one, "is no entity that the tables know"),
        ("party_b", other, "is no entity that the tables know"),
        ("party_b", one != other, "is the same entity as party_a"),
        ("instrument", kind, _NO_KIND),
        ("source_url", is_address(row["source_url"].strip()), "is no web address"),
    ):
        if not found:
            missed.add(line, column, row[column], reason)
            return
    page, (remarks, on_date) = sources.page(row["source_url"].strip()), _remarks(row)
    sides = [one or "", other or ""]
    entity, partner = sides if kind == "accreditation" else sorted(sides)
    sources.drafts.add(
        "cooperations",
        entity=entity,
        partner=partner,
        kind=kind,
        agreements=listed(_agreements(line, row["mea"], known, missed)),
        name_as_written=f"{tidy(row['party_a'])}; {tidy(row['party_b'])}",
        summary=_summary(tidy(row["instrument"]), remarks),
        basis="stated",
        from_on=_date(line, row["date"].strip(), missed),
        source=page.source,
        locator="whole page",
        confidence=_confidence(row, page),
        note=on_date,
    )


def _kind(instrument: str) -> str | None:
    return next((kind for start, kind in KINDS.items() if instrument.startswith(start)), None)


def _party(cell: str, known: Known) -> str | None:
    return known.by_code(REGISTRY, tidy(cell)) or known.by_name(tidy(cell), _ACTORS)


def _agreements(line: int, cell: str, known: Known, missed: Missed) -> set[str]:
    """Return the agreements of a cell, which may be none: the instrument is there all the same."""
    found = set()
    for key in filter(None, map(str.strip, cell.split("|"))):
        if agreement := agreement_of(key, known):
            found.add(agreement)
        else:
            missed.add(line, "mea", key, "is no agreement that the tables know")
    return found


def _summary(instrument: str, remarks: str) -> str:
    """Return one sentence on an instrument.

    >>> _summary("memorandum of cooperation", "joint work plan 2012-2014")
    'Memorandum of cooperation: joint work plan 2012-2014.'
    >>> _summary("memorandum of understanding", "superseded")
    'Memorandum of understanding, superseded since.'
    """
    name = f"{instrument[:1].upper()}{instrument[1:]}"
    if remarks == "superseded":
        return f"{name}, superseded since."
    return f"{name}: {remarks}." if remarks else f"{name}."


def _remarks(row: Row) -> tuple[str, str]:
    """Return what the list remarks on an instrument, and what it remarks on its date."""
    remarks = [part for part in map(tidy, row["note"].split(";")) if part]
    on_date = [part for part in remarks if _ON_DATE.search(part)]
    if limit := _LIMIT.fullmatch(row["date"].strip()):
        on_date.append(f"concluded not later than {limit[1]}")
    text = "; ".join(on_date)
    told = f"{text[:1].upper()}{text[1:]}." if text else ""
    return "; ".join(part for part in remarks if part not in on_date), told


def _date(line: int, cell: str, missed: Missed) -> str | None:
    found = read_date(cell)
    if cell and not found and not _LIMIT.fullmatch(cell):
        missed.add(line, "date", cell, "is no date")
    return found


def _confidence(row: Row, page: Webpage) -> str:
    """Return how far a row is to be trusted: by its page, and by how its date is known."""
    if "inferred" in row["note"]:
        return "low"
    return "high" if read_date(row["date"]) and page.evidence_class in "AB" else "medium"
