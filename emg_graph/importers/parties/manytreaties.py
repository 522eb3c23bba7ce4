"""Lists of parties drawn from manytreaties, which holds several data sets on the same States.

Two of them cover our agreements, up to about 2020. IEADB is read with its dates. GGO adds States
and is unsafe: its dates of ratification are often those of another event, and many of its ends of
membership are one day for dozens of States. Of a State that GGO alone has, it is therefore only
read *whether* it is a party or has signed, without dates and with low confidence; where GGO says
that a membership ended, or gives all dates as IEADB has them of another State, nothing. The lists
are lower bounds: nothing follows from absence. They do not say of which day they are: it is that of
the edition that is known here, or is given (``--as-of``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from emg_graph.importers.documents import read_csv
from emg_graph.importers.known import Known
from emg_graph.importers.parties.editions import DataSet, Edition
from emg_graph.importers.parties.membership import (
    PARTY,
    SIGNATORY,
    WITHDRAWN,
    Membership,
    PartyList,
    is_after,
    no_country,
)

COLUMNS = (
    "mea", "state_iso3", "dataset", "treaty_id", "signed", "ratified", "in_force_for_state",
    "ended",
)  # fmt: skip
SOURCE = {
    "id": "manytreaties-dataset",
    "title": "manytreaties: data on agreements (release 1.0.0)",
    "publisher": "globalgov (PANARCHIC project, Geneva Graduate Institute)",
    "evidence_class": "D",
    "issued_on": "2025-10-05",
    "url": "https://github.com/globalgov/manytreaties",
    "licence": "CC BY 4.0",
}
_DATA = DataSet("manytreaties: data on agreements", SOURCE)
AS_OF = "2020"
"""The year of the known edition."""
_NEVER = "9999"
"""The year of the dates that stand for a day that has not come."""
_SAFE, _UNSAFE = "IEADB", "GGO"
_MISCODED = {"ALG": "DZA", "GIN - GNQ": "GNQ", "KOR - PRK": "PRK", "SWA - SWZ": "SWZ"}
"""Codes under which IEADB has some States, and theirs in GGO, which gives the same dates."""
_ALONE = "Of GGO alone, whose dates are unsafe; to be confirmed with the depositary."
_CONTRADICTORY = "IEADB has several rows that differ, so no date is given."

StateRow = Mapping[str, str]
Groups = Mapping[tuple[str, str], Sequence[StateRow]]
"""The rows on each agreement and State."""
Dated = tuple[str, ...]
"""An agreement, and when a State signed it, consented and was bound."""


def read_list(path: Path, known: Known) -> PartyList:
    """Read a list of this form.

    Raises:
        DocumentError: the file is not of this form.
    """
    found = PartyList(path.name)
    groups: dict[tuple[str, str], list[StateRow]] = {}
    for line, row in read_csv(path, COLUMNS):
        found.rows += 1
        cells = {name: row[name].strip() for name in COLUMNS}
        if cells["dataset"] in (_SAFE, _UNSAFE):
            code = _MISCODED.get(cells["state_iso3"], cells["state_iso3"])
            groups.setdefault((cells["mea"], code), []).append(cells)
        else:
            found.doubt(f"line {line}", cells["dataset"], "is no data set that is known")
    edition = _DATA.edition(path, _latest(groups), published=AS_OF, given=known.as_of)
    found.sources[edition.source["id"]] = edition.source
    safely = _dated_in_ieadb(groups)
    for (mea, code), rows in sorted(groups.items()):
        place = f"{mea}, {code}"
        agreement, country = known.by_name(mea, ("agreements",)), known.country(code)
        if agreement is None:
            found.doubt(place, mea, "is no agreement of agreements.csv", len(rows))
        elif country is None:
            found.doubt(place, code, no_country(code), len(rows))
        elif safe := [row for row in rows if row["dataset"] == _SAFE]:
            found.take(_of_ieadb(safe, country, agreement, edition), place, len(rows))
        elif others := [safely[dated] for dated in map(_dated, rows) if dated in safely]:
            reason = f"are the dates of {others[0]} in IEADB: its row, it seems, under another code"
            found.doubt(place, ", ".join(_dated(rows[0])[1:]), reason, len(rows))
        else:
            one = _of_ggo(rows, country, agreement, edition)
            if isinstance(one, Membership):
                found.take(one, place, len(rows))
            else:
                found.doubt(place, *one, len(rows))
    return found


def _latest(groups: Groups) -> Iterator[tuple[str, str]]:
    """Yield the dates in IEADB of what has happened by the day of the list; GGO's are unsafe."""
    for (mea, code), rows in sorted(groups.items()):
        for row in rows:
            if row["dataset"] == _SAFE:
                signed, consented, since, until = _dates(row)
                for date in (signed, consented or since, until):
                    yield f"{mea}, {code}", date


def _dated_in_ieadb(groups: Groups) -> dict[Dated, str]:
    """Return the State of which IEADB gives these three dates, where its rows do not differ."""
    found: dict[Dated, str] = {}
    for (_, code), rows in sorted(groups.items()):
        dated = {_dated(row) for row in rows if row["dataset"] == _SAFE}
        if len(dated) == 1 and all(one := dated.pop()):
            found.setdefault(one, code)
    return found


def _of_ieadb(
    rows: Sequence[StateRow], country: str, agreement: str, edition: Edition
) -> Membership:
    """Return what IEADB says; of rows that differ only the fact."""
    dates = {tuple(_dates(row)) for row in rows}
    as_of, source, locator = edition.as_of, edition.source["id"], _locator(rows)
    if len(dates) > 1:
        return Membership(
            country, agreement, PARTY, as_of, source, locator, "low", note=_CONTRADICTORY
        )
    signed, consented, since, until = dates.pop()
    status = WITHDRAWN if until else PARTY if consented or since else SIGNATORY
    return Membership(
        country=country,
        agreement=agreement,
        status=status,
        as_of_on=as_of,
        source=source,
        locator=locator,
        confidence="medium",
        signed_on=signed,
        consented_on=consented,
        from_on=since,
        to_on=until,
    )


def _of_ggo(
    rows: Sequence[StateRow], country: str, agreement: str, edition: Edition
) -> Membership | tuple[str, str]:
    """Return whether a State is a party or has signed, or a value and why it cannot be trusted."""
    as_of, statuses = edition.as_of, set()
    for signed, consented, since, until in map(_dates, rows):
        late = next((date for date in (consented, since) if date and is_after(date, as_of)), "")
        if until:
            reason = "is given by GGO alone as the end, a date that it has for many States"
            return until, reason
        if late and since:
            return late, f"is after {as_of}, as of which the list is read (--as-of gives the day)"
        statuses.add(PARTY if since else SIGNATORY if signed else "")
    if len(statuses) > 1 or not all(statuses):
        return country, "is neither party nor signatory in GGO, or both"
    source, status = edition.source["id"], statuses.pop()
    return Membership(country, agreement, status, as_of, source, _locator(rows), "low", note=_ALONE)


def _dates(row: StateRow) -> Iterator[str]:
    """Yield when a State signed, consented, was bound and left, as far as that has come."""
    for name in ("signed", "ratified", "in_force_for_state", "ended"):
        yield "" if row[name].startswith(_NEVER) else row[name]


def _dated(row: StateRow) -> Dated:
    return (row["mea"], *list(_dates(row))[:3])


def _locator(rows: Sequence[StateRow]) -> str:
    treaties = " and ".join(sorted({row["treaty_id"] for row in rows}))
    return f"data/parties.rda, {rows[0]['dataset']}, {treaties}, {rows[0]['state_iso3']}"
