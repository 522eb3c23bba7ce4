"""Projects of the Global Environment Facility, from the export of its database.

A project whose title names an agreement or is on what one alone asks for, or that the fund marks as
one of its initiative for transparency, is a row of its own; the others are counted. Only a name and
the mark are stated: the initiative exists under the Paris Agreement alone, and the fund itself says
which projects are of it. That a subject stands for its agreement is inferred. Fields of work serve
agreements by the fund's own rules (climate change the UNFCCC, biodiversity the CBD, land
degradation the UNCCD), so a link by one of them is inferred too. Chemicals and waste and
international waters serve several agreements each and give no link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.cells import listed
from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.gef_entries import COLUMNS, Entry, Reader, fiscal_year
from emg_graph.importers.known import Known
from emg_graph.importers.links import Link
from emg_graph.importers.missed import Missed
from emg_graph.importers.portfolios import Portfolio
from emg_graph.importers.titles import Titles

FUND = "gef"
AREAS = {"Biodiversity": "cbd", "Climate Change": "unfccc", "Land Degradation": "unccd"}
"""The agreement that each field of work serves; a field that serves several is not here."""
_URL = "https://www.thegef.org/projects-operations"
_EXPORT = f"{_URL}/database/export?page&_format=csv"
_OWN_FUND = "GEF Trust Fund"


@dataclass(frozen=True, slots=True)
class _Edition:
    """One export: its rows, and the latest fiscal year of approval in it, by which it is known."""

    path: Path
    rows: tuple[tuple[int, dict[str, str]], ...]
    year: str

    @property
    def source(self) -> str:
        return f"gef-projects-export-{self.year}"

    def portfolio(self) -> Portfolio:
        """Return the place where its projects are counted."""
        return Portfolio(FUND, self.source, self.year, "Agencies, Focal Areas and Countries")


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read exports of the database; of a project in several of them, the latest one counts.

    Raises:
        DocumentError: a file is no export of the database.
    """
    drafts, titles = Drafts(), Titles(known)
    described: set[str] = set()
    editions = sorted(map(_edition, files), key=lambda one: (-int(one.year), one.path.name))
    for edition in editions:
        missed = Missed(edition.path.name)
        _add_source(edition, known, drafts)
        portfolio = edition.portfolio()
        for entry in _entries(edition, known, missed):
            links = tuple(_links(entry, titles))
            if not links:
                portfolio.count(entry.undertaking)
            elif entry.number not in described:
                described.add(entry.number)
                _add_project(entry, edition.source, drafts)
                for link in links:
                    link.add_to(drafts, entry.identifier, edition.source, entry.locator)
        portfolio.add_to(drafts)
        drafts.unread.extend(missed.unread())
        drafts.count(edition.path.name, len(edition.rows), missed.lines)
    return drafts


def _edition(path: Path) -> _Edition:
    rows = tuple(read_csv(path, COLUMNS))
    years = {year for _, row in rows if (year := fiscal_year(row["Approval FY"]))}
    if not years:
        raise DocumentError(f"{path} has no project with a year of approval, so it has no date")
    return _Edition(path, rows, max(years))


def _entries(edition: _Edition, known: Known, missed: Missed) -> Iterator[Entry]:
    """Yield the projects of an edition, each once."""
    reader, seen = Reader(known, missed), set()
    for line, row in edition.rows:
        if (entry := reader.entry(line, row)) is None:
            continue
        if entry.number in seen:
            missed.add(line, "ID", entry.number, "is there twice; the first one counts")
            continue
        seen.add(entry.number)
        yield entry


def _links(entry: Entry, titles: Titles) -> Iterator[Link]:
    """Yield what links a project; its field of work does only if its title or mark does too."""
    links = list(titles.links(entry.title, entry.earliest_year))
    if entry.transparency:
        links.append(Link("paris", "transparency-flag", "stated", "high"))
    yield from links
    linked = {link.agreement for link in links}
    for area, agreement in sorted(AREAS.items()):
        if links and area in entry.undertaking.areas and agreement not in linked:
            yield Link(agreement, "focal-area", "inferred", "medium", area)


def _add_source(edition: _Edition, known: Known, drafts: Drafts) -> None:
    if not known.has("sources", edition.source):
        drafts.add(
            "sources",
            id=edition.source,
            title=f"GEF project database (export with projects up to fiscal year {edition.year})",
            publisher="Global Environment Facility",
            evidence_class="B",
            issued_on=edition.year,
            url=_EXPORT,
        )


def _add_project(entry: Entry, source: str, drafts: Drafts) -> None:
    one = entry.undertaking
    drafts.add(
        "projects",
        id=entry.identifier,
        name=entry.title,
        number=entry.number,
        fund=FUND,
        entities=listed(one.entities),
        countries=listed(one.countries),
        scope=one.scope,
        focal_areas=listed(one.areas),
        project_type=entry.kind,
        grant=entry.grant,
        currency="USD" if entry.grant else None,
        project_status=entry.status,
        approved_on=entry.approved,
        homepage=f"{_URL}/projects/{entry.number}",
        source=source,
        locator=entry.locator,
        note="" if entry.paid_from in ("", _OWN_FUND) else f"Paid from: {entry.paid_from}.",
    )
