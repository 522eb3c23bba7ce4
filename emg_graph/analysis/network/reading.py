"""The whole network, read from a graph with one query for each relation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from emg_graph import catalogue
from emg_graph.analysis.network.links import Fact, Link, Network, Node, network
from emg_graph.store import Store

Record = Mapping[str, Any]
Names = Mapping[str, str]

_TERSE = 2
"""Letters of an acronym that nobody would know a treaty by, such as MC."""

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


def _rows(store: Store, name: str) -> list[dict[str, Any]]:
    return store.select(catalogue.require_query(f"network-{name}").text).records()


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
    name, sentence = _RELATIONS[relation]
    rows = _rows(store, name)
    for (start, end), pair in groupby(rows, key=lambda row: (row["start"], row["end"])):
        if start not in labels or end not in labels or start == end:
            continue
        claims = groupby(pair, key=lambda row: (row.get("claim"), row.get("basis")))
        facts = [_fact(list(claim), sentence, labels) for _, claim in claims]
        facts.sort(key=lambda fact: (fact.strength, fact.sentence, fact.source or ""))
        yield Link.resting(start, end, relation, tuple(facts))


def _fact(rows: list[Record], sentence: Callable[[Record, Names], str], labels: Names) -> Fact:
    first = {**rows[0], "labels": sorted({row["label"] for row in rows if row.get("label")})}
    return Fact(
        sentence=sentence(first, labels) + _period(first),
        basis=first.get("basis") or ("stated" if first.get("source") else "inferred"),
        standing=first.get("standing") or "current",
        functions=tuple(sorted({row["function"] for row in rows if row.get("function")})),
        source=first.get("source"),
        locator=first.get("locator"),
        term=first.get("term"),
    )


def _period(row: Record) -> str:
    """Return the end of a sentence: since when, until when.

    >>> _period({"since": "2011-09", "until": "2020"})
    ', from 2011-09 until 2020.'
    """
    ends = (("from", row.get("since")), ("until", row.get("until")))
    told = " ".join(f"{word} {day}" for word, day in ends if day)
    return f", {told}." if told else "."


def _role(row: Record, labels: Names) -> str:
    through = f" through {labels.get(row['via'], row['via'])}" if row["via"] else ""
    what = f"{_lower(row['label'])} for {_the(labels[row['end']])}{through}"
    return f"{labels[row['start']]} ({what}): {_unstopped(_lower(row['summary']))}"


def _membership(row: Record, labels: Names) -> str:
    verb = _TAKES_PART[row["standing"]]
    return f"{labels[row['start']]} {verb} {labels[row['end']]} ({_lower(row['label'])})"


def _position(row: Record, labels: Names) -> str:
    """Tell what was said; the same of each thing that it touches, unless that is our reading."""
    *others, last = (_lower(label) for label in row["labels"])
    acts = f"{', '.join(others)} and {last}" if others else last.replace("said", "on record")
    read = f"; read as about {_the(labels[row['end']])}" if row["basis"] == "inferred" else ""
    return f"{labels[row['start']]} ({acts}{read}): {_unstopped(_lower(row['summary']))}"


def _product(row: Record, labels: Names) -> str:
    status = _lower(row["label"])
    if row["claim"] == row["start"]:
        return f"{labels[row['start']]} ({status}) concerns {_the(labels[row['end']])}"
    what = f"the joint product {labels[row['end']]} ({status})"
    return f"{labels[row['start']]} is named as a party to {what}"


def _theme(row: Record, labels: Names) -> str:
    about = f"{labels[row['start']]} is about {_lower(labels[row['end']])}"
    return f"{about}, by its title, cluster or stated purpose"


def _parent(row: Record, labels: Names) -> str:
    return f"{labels[row['start']]} {row['label']} {_the(labels[row['end']])}"


def _lower(text: str) -> str:
    """Begin a text with a small letter, unless its first word is an acronym or a name.

    >>> _lower("Capacity partner"), _lower("NDC 3.0 support")
    ('capacity partner', 'NDC 3.0 support')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _the(label: str) -> str:
    """Return a label as a sentence has it: with an article unless it is one word.

    >>> _the("Basel Convention"), _the("CITES")
    ('the Basel Convention', 'CITES')
    """
    return f"the {label}" if " " in label else label


def _unstopped(text: str) -> str:
    return text.rstrip().removesuffix(".")


_TAKES_PART: Mapping[str, str] = {
    "current": "takes part in",
    "planned": "is to take part in",
    "historic": "took part in",
}
_RELATIONS: Mapping[str, tuple[str, Callable[[Record, Names], str]]] = {
    "role": ("roles", _role),
    "membership": ("memberships", _membership),
    "position": ("positions", _position),
    "product": ("products", _product),
    "theme": ("themes", _theme),
    "parent": ("parents", _parent),
}
