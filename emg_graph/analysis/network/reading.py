"""The whole network, read from a graph with one query for each relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from emg_graph.analysis.network.links import Fact, Link, Network, Node, network
from emg_graph.analysis.network.sentences import Names, Record, searched, sentence
from emg_graph.analysis.reading import asking
from emg_graph.store import Store

_TERSE = 2
"""Letters of an acronym that nobody would know a treaty by, such as MC."""

_RELATIONS = ("role", "membership", "position", "product", "theme", "parent")

_NOTE = (
    "Entities, agreements, mechanisms, workstreams, themes and joint products, and everything on"
    " record that links them. A line is as strong as its strongest statement: a current one comes"
    " before a past one, a stated one before an inferred one. Attendance at a meeting is no link. A"
    " missing link is one that these sources do not hold, not one that does not exist."
)


def read_network(store: Store, called: Mapping[str, tuple[str, ...]]) -> Network:
    """Read every thing and link of a graph.

    Args:
        store: the graph.
        called: the other names of each thing, by id.
    """
    things = _rows(store, "things")
    labels = {row["thing"]: _label(row) for row in things}
    links = [link for relation in _RELATIONS for link in _links(store, relation, labels)]
    themes = _themes(links)
    known = {row["thing"]: _node(row, called.get(row["thing"], ()), themes) for row in things}
    title = "UN entities, environmental agreements and what links them"
    alone = (node.id for node in known.values() if node.kind != "function")
    return network("all", title, _NOTE, known, links, alone=alone)


def read_searches(store: Store) -> dict[str, tuple[Fact, ...]]:
    """Return what was looked for about each agreement, by its id, and what was not looked up."""
    found: dict[str, list[Fact]] = {}
    rows = _rows(store, "searches")
    for (subject, _), search in groupby(rows, key=lambda row: (row["subject"], row["claim"])):
        found.setdefault(subject, []).append(_search(list(search)))
    return {subject: tuple(facts) for subject, facts in found.items()}


def _search(rows: list[dict[str, Any]]) -> Fact:
    first = rows[0]
    return Fact(
        sentence=searched(first, [row["place"] for row in rows if row["place"]]),
        basis="stated",
        source=first["source"],
        locator=first["locator"],
        confidence=first["confidence"],
        note=first["note"],
        claim=first["claim"],
        search=True,
    )


def _rows(store: Store, name: str) -> list[dict[str, Any]]:
    return asking.rows(store, f"network-{name}")


def _label(row: Record) -> str:
    """Return how a thing is called in a picture: a treaty by its acronym, unless too short."""
    first, second = "short_name", "acronym"
    if row["kind"] == "agreement" and len(row["acronym"] or "") > _TERSE:
        first, second = second, first
    return str(row[first] or row[second] or row["name"])


def _node(row: Record, aliases: tuple[str, ...], themes: Mapping[str, frozenset[str]]) -> Node:
    label, name = _label(row), str(row["name"])
    return Node(
        id=row["thing"],
        kind=row["kind"],
        label=label,
        name=name,
        aliases=tuple(sorted({*aliases} - {label, name})),
        detail=row["detail"] or "",
        text=row["text"] or "",
        homepage=row["homepage"],
        source=row["source"],
        locator=row["locator"],
        themes=themes.get(row["thing"], frozenset()),
    )


def _themes(links: Iterable[Link]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for link in links:
        if link.relation == "theme":
            found.setdefault(link.start, set()).add(link.end)
    return {thing: frozenset(themes) for thing, themes in found.items()}


def _links(store: Store, relation: str, labels: Names) -> Iterator[Link]:
    """Yield one link for each pair, with a fact for each claim and basis, the strongest first."""
    rows = _rows(store, f"{relation}s")
    for (start, end), pair in groupby(rows, key=lambda row: (row["start"], row["end"])):
        if start not in labels or end not in labels or start == end:
            continue
        claims = groupby(pair, key=lambda row: (row.get("claim"), row.get("basis")))
        facts = [_fact(list(claim), relation, labels) for _, claim in claims]
        facts.sort(key=lambda fact: (fact.strength, fact.sentence, fact.source or ""))
        yield Link.resting(start, end, relation, tuple(facts))


def _fact(rows: list[Record], relation: str, labels: Names) -> Fact:
    first = {**rows[0], "labels": sorted({row["label"] for row in rows if row.get("label")})}
    return Fact(
        sentence=sentence(relation, first, labels),
        basis=first.get("basis") or ("stated" if first.get("source") else "inferred"),
        standing=first.get("standing") or "current",
        functions=tuple(sorted({row["function"] for row in rows if row.get("function")})),
        source=first.get("source"),
        locator=first.get("locator"),
        term=first.get("term"),
        confidence=first.get("confidence"),
        note=first.get("note"),
        claim=first.get("claim"),
    )
