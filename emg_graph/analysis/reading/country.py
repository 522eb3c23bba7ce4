"""A country read from a graph, for one agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emg_graph.analysis.country import Country, GroupListing, Party, PartyList
from emg_graph.analysis.presence import Presence, Seat, Spent
from emg_graph.analysis.reading.asking import Record, citation_of, records, rows
from emg_graph.store import Store


def read_country(store: Store, country: str, agreement: str) -> Country:
    """Read what a country is to an agreement, and who spent there."""
    parties = [
        row for row in _asked(store, "package-parties", country) if row["agreement"] == agreement
    ]
    described = _asked(store, "package-country", country)[0]
    support = _asked(store, "support-in-country", country)
    return Country(
        id=country,
        name=described["name"],
        parties=tuple(
            Party(
                row["agreement"], row["status"], row["status_label"],
                row["from"] or row["consented"], row["to"], row["as_of"], citation_of(row),
            )
            for row in parties
        ),
        lists=tuple(
            PartyList(row["agreement"], row["as_of"], _whole(row["outcome"]), row["source"])
            for row in records(store, "party-lists", agreement=agreement)
        ),
        there=presences(described["name"], _asked(store, "package-presence", country), support),
        reporters=frozenset(
            (row["actor"], row["source"]) for row in records(store, "reporters")
        ),
        groups=tuple(
            GroupListing(agreement, row["status"], row["as_of"], citation_of(row))
            for row in _asked(store, "CQ25", country, agreement)
            if row["coverage"] == "list of a group"
        ),
        region=described["region_label"],
    )  # fmt: skip


def _whole(outcome: str | None) -> bool | None:
    """Return whether a list is whole by the search for it, or None where none is on record."""
    return None if outcome is None else outcome == "found"


def presences(
    country: str, spent: Sequence[Record], support: Sequence[Record]
) -> dict[str, Presence]:
    """Return where each entity is on record, seen from a country of this name.

    Both answers give the latest year first.
    """
    here: dict[str, Spent] = {}
    nearby: dict[str, dict[str, Spent]] = {}
    seats: dict[str, list[Seat]] = {}
    for row in spent:
        here.setdefault(row["entity"], _spent(row, country, row["amount"]))
    for row in _on(support, "expenses in the region"):
        told = _spent(row, row["place_name"], row["amount_usd"])
        nearby.setdefault(row["entity"], {}).setdefault(row["place"], told)
    for row in _on(support, "headquarters"):
        seat = Seat(row["city"], row["place_name"], citation_of(row), row["basis"], _doubted(row))
        seats.setdefault(row["entity"], []).append(seat)
    members = {row["entity"]: citation_of(row) for row in _on(support, "membership of the country")}
    return {
        actor: Presence(
            here.get(actor),
            tuple(sorted(one for one in nearby.get(actor, {}).values() if _counts(one))),
            members.get(actor),
            tuple(sorted(seats.get(actor, ()))),
        )
        for actor in sorted({*here, *nearby, *members, *seats})
    }


def _spent(row: Record, country: str, amount: float | str) -> Spent:
    return Spent(country, row["year"], float(amount), citation_of(row), _doubted(row))


def _doubted(row: Record) -> bool:
    return bool(row["confidence"] == "low")


def _counts(spent: Spent) -> bool:
    return spent.amount > 0 and not spent.doubted


def _on(rows: Sequence[Record], ground: str) -> Iterator[Record]:
    return (row for row in rows if row["ground"] == ground)


def _asked(store: Store, name: str, country: str, agreement: str = "") -> Sequence[Record]:
    """Return the answer of a query that the package of a country asks too."""
    asked = {"country": country} | ({"agreement": agreement} if agreement else {})
    return rows(store, name, **asked)
