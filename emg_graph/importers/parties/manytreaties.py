"""Lists of parties drawn from manytreaties, which holds several data sets on the same States.

Two of them cover our agreements, up to about 2020. IEADB is read with its dates. GGO adds States
and is unsafe: its dates of ratification are often those of another event, and many of its ends of
membership are one day for dozens of States. Of a State that GGO alone has, it is therefore only
read *whether* it is a party or has signed, without dates and with low confidence; where GGO says
that a membership ended, or gives all dates as IEADB has them of another State, nothing. The lists
are lower bounds: nothing follows from absence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from emg_graph.importers.documents import read_csv
from emg_graph.importers.known import Known
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
AS_OF = "2020"
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
    found = PartyList(path.name, {SOURCE["id"]: SOURCE})
    groups: dict[tuple[str, str], list[StateRow]] = {}
    for line, row in read_csv(path, COLUMNS):
        cells = {name: row[name].strip() for name in COLUMNS}
        if cells["dataset"] in (_SAFE, _UNSAFE):
            code = _MISCODED.get(cells["state_iso3"], cells["state_iso3"])
            groups.setdefault((cells["mea"], code), []).append(cells)
        else:
            found.doubt(f"line {line}", cells["dataset"], "is no data set that is known")
    safely = _dated_in_ieadb(groups)
    for (mea, code), rows in sorted(groups.items()):
        place = f"{mea}, {code}"
        agreement, country = known.by_name(mea, ("agreements",)), known.country(code)
        if agreement is None:
            found.doubt(place, mea, "is no agreement of agreements.csv")
        elif country is None:
            found.doubt(place, code, no_country(code))
        elif safe := [row for row in rows if row["dataset"] == _SAFE]:
            found.take(_of_ieadb(safe, country, agreement), place)
        elif others := [safely[dated] for dated in map(_dated, rows) if dated in safely]:
            reason = f"are the dates of {others[0]} in IEADB: its row, it seems, under another code"
            found.doubt(place, ", ".join(_dated(rows[0])[1:]), reason)
        else:
            _take_ggo(found, rows, country, agreement, place)
    return found


def _dated_in_ieadb(groups: Groups) -> dict[Dated, str]:
    """Return the State of which IEADB gives these three dates, where its rows do not differ."""
    found: dict[Dated, str] = {}
    for (_, code), rows in sorted(groups.items()):
        dated = {_dated(row) for row in rows if row["dataset"] == _SAFE}
        if len(dated) == 1 and all(one := dated.pop()):
            found.setdefault(one, code)
    return found


def _of_ieadb(rows: Sequence[StateRow], country: str, agreement: str) -> Membership:
    """Return what IEADB says; of rows that differ only the fact."""
    dates = {tuple(_dates(row)) for row in rows}
    locator = _locator(rows)
    if len(dates) > 1:
        return Membership(
            country, agreement, PARTY, AS_OF, SOURCE["id"], locator, "low", note=_CONTRADICTORY
        )
    signed, consented, since, until = dates.pop()
    status = WITHDRAWN if until else PARTY if consented or since else SIGNATORY
    return Membership(
        country=country,
        agreement=agreement,
        status=status,
        as_of_on=AS_OF,
        source=SOURCE["id"],
        locator=locator,
        confidence="medium",
        signed_on=signed,
        consented_on=consented,
        from_on=since,
        to_on=until,
    )


def _take_ggo(
    found: PartyList, rows: Sequence[StateRow], country: str, agreement: str, place: str
) -> None:
    """Keep whether a State is a party or has signed, as far as GGO can be trusted with it."""
    statuses = set()
    for signed, consented, since, until in map(_dates, rows):
        late = next((date for date in (consented, since) if date and is_after(date, AS_OF)), "")
        if until:
            reason = "is given by GGO alone as the end, a date that it has for many States"
            return found.doubt(place, until, reason)
        if late and since:
            return found.doubt(place, late, f"is after {AS_OF}, as of which the list is read")
        statuses.add(PARTY if since else SIGNATORY if signed else "")
    if len(statuses) > 1 or not all(statuses):
        return found.doubt(place, country, "is neither party nor signatory in GGO, or both")
    one = Membership(
        country,
        agreement,
        statuses.pop(),
        AS_OF,
        SOURCE["id"],
        _locator(rows),
        "low",
        note=_ALONE,
    )
    return found.take(one, place)


def _dates(row: StateRow) -> Iterator[str]:
    """Yield when a State signed, consented, was bound and left, as far as that has come."""
    for name in ("signed", "ratified", "in_force_for_state", "ended"):
        yield "" if row[name].startswith(_NEVER) else row[name]


def _dated(row: StateRow) -> Dated:
    return (row["mea"], *list(_dates(row))[:3])


def _locator(rows: Sequence[StateRow]) -> str:
    treaties = " and ".join(sorted({row["treaty_id"] for row in rows}))
    return f"data/parties.rda, {rows[0]['dataset']}, {treaties}, {rows[0]['state_iso3']}"
