"""One side of the network onto itself, with every shared item kept beside its evidence.

Only stated, current links count, and relations are never mixed: a link says either that two
entities serve the same agreements, or that they sit in the same bodies, or that they spoke on the
same themes. Its weight is Newman's: each shared item adds 1/(n - 1), where n things hold it, so
that a group of two says more than one of forty (Newman 2001, doi:10.1073/pnas.98.2.404).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.network.links import Fact, Link, Network, network

Holding = Mapping[str, Mapping[str, tuple[Fact, ...]]]
"""For each item, who holds it, and the facts that say so."""

_ENTITIES_NOTE = (
    "Entities that serve the same agreements, sit in the same bodies, or spoke on the same themes"
    " on record. Only stated, current links count; depositaries, trustees and treasurers are left"
    " out, since they keep papers or money and say nothing of the subject. That an entity spoke is"
    " stated; which theme its words are on is our reading. A link is no proof of working together:"
    " broad mandates meet often by their size alone."
)
_AGREEMENTS_NOTE = (
    "Agreements with the same supporters on record, of one treaty family, or with the same themes."
    " Supporters are stated and current, and leave out who runs an agreement or keeps its deposit"
    " or money; themes are our own reading. A link says that two agreements are near, not that they"
    " cooperate."
)


def entities(whole: Network) -> Network:
    """Return the entity-entity view of every link on record."""
    kinds = {node.id: node.kind for node in whole.nodes}
    is_entity = {thing: kind == "entity" for thing, kind in kinds.items()}
    positions = holding(whole, "position", _documented)
    spoken = {thing: held for thing, held in positions.items() if kinds[thing] == "theme"}
    links = [
        *_pairs(holding(whole, "role", serves), "shared-agreements", is_entity),
        *_pairs(holding(whole, "membership", _documented), "shared-bodies", is_entity),
        *_pairs(spoken, "shared-positions", is_entity),
    ]
    title = "Entities and what they share"
    return network("entities", title, _ENTITIES_NOTE, whole.known, links)


def agreements(whole: Network) -> Network:
    """Return the agreement-agreement view of every link on record."""
    is_agreement = {node.id: node.kind == "agreement" for node in whole.nodes}
    supporters = turned(holding(whole, "role", supports))
    themes = holding(whole, "theme", lambda _: True)
    links = [
        *_pairs(supporters, "shared-supporters", is_agreement),
        *_pairs(themes, "shared-themes", is_agreement),
        *(
            Link(link.start, link.end, "same-family", link.facts)
            for link in whole.links
            if link.relation == "parent" and is_agreement[link.start] and is_agreement[link.end]
        ),
    ]
    title = "Agreements and what they share"
    return network("agreements", title, _AGREEMENTS_NOTE, whole.known, links)


def holding(whole: Network, relation: str, counts: Callable[[Fact], bool]) -> Holding:
    """Return for each item who holds it by facts of a relation that count."""
    found: dict[str, dict[str, tuple[Fact, ...]]] = {}
    for link in whole.links:
        if link.relation == relation and (facts := tuple(filter(counts, link.facts))):
            found.setdefault(link.end, {})[link.start] = facts
    return found


def serves(fact: Fact) -> bool:
    """Tell whether a role is stated, current, and says something of the subject."""
    return fact.documented and fact.term not in FORMAL_ROLES


def supports(fact: Fact) -> bool:
    """Tell whether a role that serves is more than running the agreement."""
    return serves(fact) and fact.term not in RUNNING_ROLES


def _documented(fact: Fact) -> bool:
    return fact.documented


def turned(holding: Holding) -> Holding:
    """Return for each holder its items: roles seen from the entity."""
    found: dict[str, dict[str, tuple[Fact, ...]]] = {}
    for item, held in holding.items():
        for holder, facts in held.items():
            found.setdefault(holder, {})[item] = facts
    return found


def _pairs(holding: Holding, relation: str, kept: Mapping[str, bool]) -> Iterator[Link]:
    """Yield a link for each pair that shares an item, with the facts of both sides."""
    pairs: dict[tuple[str, str], list[str]] = {}
    among = {
        item: {thing: facts for thing, facts in held.items() if kept.get(thing)}
        for item, held in sorted(holding.items())
    }
    for item, held in among.items():
        for pair in combinations(sorted(held), 2):
            pairs.setdefault(pair, []).append(item)
    for (start, end), items in pairs.items():
        facts = [fact for item in items for side in (start, end) for fact in among[item][side]]
        weight = sum(1 / (len(among[item]) - 1) for item in items)
        yield Link(
            start, end, relation, tuple(dict.fromkeys(facts)), tuple(items), round(weight, 6)
        )
