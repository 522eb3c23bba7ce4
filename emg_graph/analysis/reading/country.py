"""A country read from a graph, for one agreement."""

from __future__ import annotations

from emg_graph import catalogue
from emg_graph.analysis.country import (
    ELSEWHERE,
    PRESENT,
    Country,
    GroupListing,
    Party,
    PartyList,
    Presence,
)
from emg_graph.analysis.reading.asking import Record, citation_of, records
from emg_graph.namespaces import thing_iri
from emg_graph.store import Store


def read_country(store: Store, country: str, agreement: str) -> Country:
    """Read what a country is to an agreement, and who spent there."""
    parties = [
        row for row in _asked(store, "package-parties", country) if row["agreement"] == agreement
    ]
    spent: dict[str, Presence] = {}
    for row in _asked(store, "package-presence", country):  # the latest year first
        spent.setdefault(row["entity"], _presence(row))
    return Country(
        id=country,
        name=_asked(store, "package-country", country)[0]["name"],
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
        spent=spent,
        reporters=frozenset(
            (row["actor"], row["source"]) for row in records(store, "reporters")
        ),
        groups=tuple(
            GroupListing(agreement, row["status"], row["as_of"], citation_of(row))
            for row in _asked(store, "CQ25", country, agreement)
            if row["coverage"] == "list of a group"
        ),
    )  # fmt: skip


def _whole(outcome: str | None) -> bool | None:
    """Return whether a list is whole by the search for it, or None where none is on record."""
    return None if outcome is None else outcome == "found"


def _presence(row: Record) -> Presence:
    amount = float(row["amount"])
    state = PRESENT if amount > 0 else ELSEWHERE
    return Presence(state, row["year"], amount, citation_of(row))


def _asked(store: Store, name: str, country: str, agreement: str = "") -> list[Record]:
    """Return the answer of a query that the package of a country asks too."""
    query = catalogue.require_query(name)
    asked = {"country": country} | ({"agreement": agreement} if agreement else {})
    bound = query.bind(asked, lambda value, kinds: thing_iri(kinds[0], value))
    return list(store.select(bound).records())
