"""What the page of a network holds: nodes, links, facts and sources as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from emg_graph.analysis.network import (
    BASES,
    CANDIDATES,
    CONFIDENCES,
    KINDS,
    RELATIONS,
    STANDINGS,
    Fact,
    Link,
    Network,
    Node,
)
from emg_graph.views.network import looks
from emg_graph.views.network.drawing import drawing
from emg_graph.views.network.opening import Opening, opening, strength
from emg_graph.views.network.summary import caution, summary

T = TypeVar("T")


def page_data(
    network: Network,
    sources: Mapping[str, Mapping[str, Any]],
    version: str,
    broader: Mapping[str, str],
) -> dict[str, Any]:
    """Return everything the page shows, facts and sources numbered and written once."""
    themes = {thing: _themes(node, broader) for thing, node in network.known.items()}
    facts = _numbered(fact for link in network.links for fact in link.facts)
    cited = _numbered(sorted(_cited(network)))
    places = _numbered(node.id for node in network.nodes)
    first = opening(network)
    related = _related(network)
    return {
        **_start(network, first),
        **_legend(network),
        "version": version,
        "focus": [places[thing] for thing in network.focus],
        "themes": _labels(network, _offered(network, themes)),
        "nodes": [
            _node(node, cited, themes[node.id]) | {"candidate": node.id in related}
            for node in network.nodes
        ],
        "links": [_link(network, link, places, facts, themes) for link in network.links],
        "facts": [_fact(fact, cited) for fact in facts],
        "sources": [_source(name, sources.get(name, {})) for name in cited],
        "drawing": drawing(network, places, first),
    }


def _start(network: Network, first: Opening) -> dict[str, Any]:
    """Return what a view is, says and hides at first."""
    return {
        "view": network.view,
        "title": network.title,
        "summary": summary(network, first),
        "caution": caution(network),
        "strength": strength(network),
        "least": first.least,
        "aside": [f"relation:{name}" for name in sorted(first.aside)],
        "words": {**BASES, **STANDINGS},
    }


def _numbered(things: Iterable[T]) -> dict[T, int]:
    """Number things from 0 in their order, each once."""
    return {thing: i for i, thing in enumerate(dict.fromkeys(things))}


def _cited(network: Network) -> set[str]:
    facts = (fact.source for link in network.links for fact in link.facts)
    return {source for source in (*facts, *(node.source for node in network.nodes)) if source}


def _related(network: Network) -> set[str]:
    """Return who is there for related work alone: nothing else links it with what is looked at."""
    joined = [link for link in network.links if {link.start, link.end} & {*network.focus}]
    near = {link.start for link in joined if link.relation in CANDIDATES}
    return near - {
        end for link in joined if link.relation not in CANDIDATES for end in (link.start, link.end)
    }


def _legend(network: Network) -> dict[str, Any]:
    """Return what can be told apart and filtered, with labels and looks, in reading order."""
    links = network.links
    return {
        "kinds": {
            kind: {"label": KINDS[kind], **asdict(looks.LOOKS[kind])}
            for kind in _present(KINDS, (node.kind for node in network.nodes))
        },
        "relations": {
            name: RELATIONS[name] for name in _present(RELATIONS, (ln.relation for ln in links))
        },
        "bases": {
            name: {"label": BASES[name], "dashes": looks.DASHES[name]}
            for name in _present(BASES, (link.basis for link in links))
        },
        "standings": {
            name: STANDINGS[name] for name in _present(STANDINGS, (ln.standing for ln in links))
        },
        "confidences": {
            name: CONFIDENCES[name]
            for name in _present(CONFIDENCES, (ln.confidence for ln in links))
        },
        "functions": _labels(network, (name for link in links for name in link.functions)),
    }


def _themes(node: Node, broader: Mapping[str, str]) -> frozenset[str]:
    """Return the themes of a thing, or the theme that it is, with every broader one."""
    found = {*node.themes} | ({node.id} if node.kind == "theme" else set())
    while more := {broader[theme] for theme in found if theme in broader} - found:
        found |= more
    return frozenset(found)


def _offered(network: Network, themes: Mapping[str, frozenset[str]]) -> set[str]:
    """Return the themes that a thing shown has, or an item that two entities share."""
    shared = (theme for link in network.links for theme in _shared_themes(network, link, themes))
    return {theme for node in network.nodes for theme in themes[node.id]}.union(shared)


def _shared_themes(
    network: Network, link: Link, themes: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the themes of what two entities share; entities have none of their own."""
    if {network.known[link.start].kind, network.known[link.end].kind} != {"entity"}:
        return frozenset()
    return frozenset(theme for item in link.shared for theme in themes[item])


def _present(words: Mapping[str, str], found: Iterable[str]) -> list[str]:
    known = {*found}
    return [word for word in words if word in known]


def _labels(network: Network, ids: Iterable[str]) -> dict[str, str]:
    """Return the labels of concepts by id, in the order of the labels."""
    named = {name: network.known[name].label for name in {*ids}}
    return dict(sorted(named.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def _link(
    network: Network,
    link: Link,
    places: Mapping[str, int],
    facts: Mapping[Fact, int],
    themes: Mapping[str, frozenset[str]],
) -> dict[str, Any]:
    return {
        "a": places[link.start],
        "b": places[link.end],
        "relation": link.relation,
        "basis": link.basis,
        "standing": link.standing,
        "confidence": link.confidence,
        "functions": link.functions,
        "facts": [facts[fact] for fact in link.facts],
        "themes": sorted(_shared_themes(network, link, themes)),
        "shared": [network.known[item].label for item in link.shared],
        "weight": link.weight,
        "status": link.status,
    }


def _fact(fact: Fact, cited: Mapping[str, int]) -> list[str | int | None]:
    source = cited.get(fact.source or "")
    told = [fact.sentence, fact.basis, fact.standing, source, fact.locator]
    return [*told, fact.confidence, fact.note]


def _node(node: Node, cited: Mapping[str, int], themes: Iterable[str]) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "name": node.name,
        "aliases": [name for name in node.aliases if name != node.id],
        "detail": node.detail,
        "text": node.text,
        "homepage": node.homepage,
        "source": cited.get(node.source or ""),
        "locator": node.locator,
        "themes": sorted(themes),
    }


def _source(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "title": row.get("title") or name,
        "publisher": row.get("publisher"),
        "class": row.get("evidence_class"),
        "accessed": row.get("accessed"),
        "url": row.get("url"),
    }
