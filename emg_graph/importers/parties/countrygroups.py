"""Lists of parties in the form of openclimatedata/countrygroups: one agreement a file.

The file says neither of which agreement nor of which day it is: its name tells the agreement
(``unfccc.csv``), and the day is that of the edition that is known here, or is given (``--as-of``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.documents import read_csv
from emg_graph.importers.known import Known
from emg_graph.importers.parties.editions import DataSet, Edition
from emg_graph.importers.parties.membership import (
    PARTY,
    SIGNATORY,
    Membership,
    PartyList,
    no_country,
)

_CONSENTED = "Ratification-Acceptance-Accession-Approval-Succession"
COLUMNS = ("Code", "Name", "Signature", _CONSENTED, "Kind")
SOURCE = {
    "id": "countrygroups-dataset",
    "title": "countrygroups: lists of parties and country groups as of October 2024",
    "publisher": "openclimatedata on GitHub",
    "evidence_class": "D",
    "issued_on": "2024-10",
    "url": "https://github.com/openclimatedata/countrygroups",
    "licence": "CC0",
}
_DATA = DataSet("countrygroups: lists of parties and country groups", SOURCE)
_AS_OF = {"unfccc": "2024-10"}
"""The day of each list in the known edition, by its file's name."""
_KINDS = frozenset({"acceptance", "accession", "approval", "ratification", "succession"})


def read_list(path: Path, known: Known) -> PartyList:
    """Read a list of this form.

    Raises:
        DocumentError: the file is not of this form, or of an agreement or a day that is not known.
    """
    agreement, name = known.by_name(path.stem, ("agreements",)), path.stem.lower()
    if agreement is None:
        raise DocumentError(
            f"{path} does not say of which agreement it is; name the file after it, as unfccc.csv"
        )
    rows = [*_rows(path)]
    day, dates = _AS_OF.get(name), _latest(rows)
    edition = _DATA.edition(path, dates, published=day, given=known.as_of)
    found = PartyList(path.name, {edition.source["id"]: edition.source}, rows=len(rows))
    for place, cells in rows:
        code, kind = cells["Code"], cells["Kind"].lower()
        if (country := known.country(code)) is None:
            found.doubt(place, f"{code} ({cells['Name']})", no_country(code))
        elif kind and kind not in _KINDS:
            found.doubt(place, cells["Kind"], "is no kind of consent that is known")
        elif not (cells["Signature"] or cells[_CONSENTED]):
            found.doubt(place, code, "has no date, so it is not said what it is")
        else:
            locator = f"data/{path.name}, {code}"
            found.take(_membership(cells, country, agreement, edition, locator), place)
    return found


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    for line, row in read_csv(path, COLUMNS):
        yield f"line {line}", {name: row[name].strip() for name in COLUMNS}


def _latest(rows: Sequence[tuple[str, Mapping[str, str]]]) -> Iterator[tuple[str, str]]:
    """Yield the dates of what has happened by the day of the list."""
    yield from ((place, cells[name]) for place, cells in rows for name in ("Signature", _CONSENTED))


def _membership(
    cells: Mapping[str, str], country: str, agreement: str, edition: Edition, locator: str
) -> Membership:
    return Membership(
        country=country,
        agreement=agreement,
        status=PARTY if cells[_CONSENTED] else SIGNATORY,
        as_of_on=edition.as_of,
        source=edition.source["id"],
        locator=locator,
        confidence="high",
        consent=cells["Kind"].lower() if cells[_CONSENTED] else "",
        signed_on=cells["Signature"],
        consented_on=cells[_CONSENTED],
    )
