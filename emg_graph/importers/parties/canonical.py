"""Lists of parties in the form of this project; see the package for its columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.documents import read_csv
from emg_graph.importers.known import Known
from emg_graph.importers.parties.membership import (
    PARTY,
    SIGNATORY,
    Membership,
    PartyList,
    no_country,
)
from emg_graph.records import ConceptRecord

COLUMNS = (
    "country", "agreement", "signed_on", "consented_on", "consent", "from_on", "as_of_on",
)  # fmt: skip


def read_list(path: Path, known: Known) -> PartyList:
    """Read a list in the form of this project.

    Raises:
        DocumentError: the file is not of this form, or its day is given besides.
    """
    if known.as_of:
        raise DocumentError(
            f"{path} says in its column as_of_on of which day it is; leave out --as-of"
        )
    found, consents = PartyList(path.name), _consents(known)
    for line, row in read_csv(path, COLUMNS):
        found.rows += 1
        cells = {name: row[name].strip() for name in COLUMNS}
        place = f"line {line}"
        consent = consents.get(cells["consent"].lower()) if cells["consent"] else ""
        agreement = known.by_name(cells["agreement"], ("agreements",))
        country = known.country(cells["country"])
        if agreement is None:
            found.doubt(place, cells["agreement"], "is no agreement of agreements.csv")
        elif country is None:
            found.doubt(place, cells["country"], no_country(cells["country"]))
        elif consent is None:
            reason = f"is no kind of consent: one of {', '.join(sorted(set(consents.values())))}"
            found.doubt(place, cells["consent"], reason)
        elif not (cells["signed_on"] or cells["consented_on"] or cells["from_on"]):
            found.doubt(place, cells["country"], "has no date, so it is not said what it is")
        elif not cells["as_of_on"]:
            found.doubt(place, cells["country"], "has no as_of_on, the day of the list")
        else:
            _take(found, cells, (country, agreement, consent), place, known)
    return found


def _take(
    found: PartyList,
    cells: Mapping[str, str],
    ids: tuple[str, str, str],
    place: str,
    known: Known,
) -> None:
    country, agreement, consent = ids
    as_of = cells["as_of_on"]
    source = _source(agreement, as_of, known)
    one = Membership(
        country=country,
        agreement=agreement,
        status=PARTY if cells["consented_on"] or cells["from_on"] else SIGNATORY,
        as_of_on=as_of,
        source=source["id"],
        locator=country.upper(),
        confidence="medium",
        consent=consent,
        signed_on=cells["signed_on"],
        consented_on=cells["consented_on"],
        from_on=cells["from_on"],
    )
    before = len(found.unread)
    found.take(one, place)
    if len(found.unread) == before:
        found.sources[source["id"]] = source


def _source(agreement: str, as_of: str, known: Known) -> dict[str, str]:
    return {
        "id": f"parties-{agreement}-{as_of}",
        "title": f"List of the parties to the {known.names.name_of(agreement)}, as of {as_of}",
        "evidence_class": "D",
        "issued_on": as_of,
        "note": "Who issued the list is to be filled in by the person who reviews it.",
    }


def _consents(known: Known) -> dict[str, str]:
    """Return the kinds of consent by id and by label, in lower case."""
    return {
        name.lower(): row.id
        for row in known.tables.rows["concepts"]
        if isinstance(row, ConceptRecord) and row.scheme == "consent"
        for name in (row.id, row.label)
    }
