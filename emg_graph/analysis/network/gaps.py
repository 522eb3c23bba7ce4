"""The links that the record lacks: where support, a common body or a common supporter is missing.

A gap is a statement about the record, not about the world. Its facts are what speaks for looking
closer; its status says whether anybody has looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.network.links import Fact, Link, Network, network
from emg_graph.analysis.network.projection import Holding, agreements, entities, holding, turned

_SHARED_THEMES = 2
"""Themes that two agreements share before their having no common supporter is worth a look."""
_SHARED_AGREEMENTS = 2
"""Agreements that two entities serve before their having no common body is worth a look."""
_NOTE = (
    "Links that this graph does not hold, drawn as broken lines: functions for which nobody is on"
    " record in an agreement; entities that serve two or more of the same agreements and share no"
    " body or workstream, unless one is part of the other; agreements with two or more common"
    " themes and no common supporter besides those who run them or keep their deposit or money."
    " Each says whether anyone has searched, and how many weaker links there are: past, planned,"
    " inferred or through a mechanism. A gap in the record is a reason to look closer, not a"
    " finding that nobody works on it."
)


def gaps(whole: Network, searched: Mapping[str, int]) -> Network:
    """Return the view of missing links.

    Args:
        whole: every link on record.
        searched: in how many sources supporters of an agreement were looked for.
    """
    links = [*_functions(whole, searched), *_bodies(whole), *_supporters(whole)]
    return network("gaps", "Where the record is silent", _NOTE, whole.known, links)


def _functions(whole: Network, searched: Mapping[str, int]) -> Iterator[Link]:
    """Yield for each agreement and function who is on record, or that nobody is.

    A missing function weighs as much as the share of agreements that would have it with this one:
    what most have is the more remarkable where it lacks.
    """
    found = _facts_by_function(whole)
    subjects = [node.id for node in whole.nodes if node.kind == "agreement"]
    for function in sorted(node.id for node in whole.known.values() if node.kind == "function"):
        told = {
            subject: tuple(fact for fact in found.get((subject, function), ()) if fact.documented)
            for subject in subjects
        }
        share = round((sum(map(bool, told.values())) + 1) / max(1, len(subjects)), 6)
        for subject, facts in told.items():
            if facts:
                yield Link.resting(subject, function, "function", facts)
            else:
                weaker = tuple(found.get((subject, function), ()))
                status = _status(searched.get(subject, 0), len(weaker))
                yield Link(subject, function, "missing-function", weaker, (), share, status)


def _facts_by_function(whole: Network) -> dict[tuple[str, str], list[Fact]]:
    """Return the facts of roles by agreement and function, but for deposit and money."""
    found: dict[tuple[str, str], list[Fact]] = {}
    for link in whole.links:
        if link.relation == "role":
            for fact in link.facts:
                if fact.term not in FORMAL_ROLES:
                    for function in fact.functions:
                        found.setdefault((link.end, function), []).append(fact)
    return found


def _bodies(whole: Network) -> Iterator[Link]:
    """Yield the pairs of entities that serve the same agreements and share no body.

    One that is part of the other needs none.
    """
    links = entities(whole).links
    near = {_pair(link) for link in links if link.relation == "shared-bodies"}
    near |= {_pair(link) for link in whole.links if link.relation == "parent"}
    bodies = turned(holding(whole, "membership", lambda _: True))
    for link in links:
        if (
            link.relation == "shared-agreements"
            and len(link.shared) >= _SHARED_AGREEMENTS
            and _pair(link) not in near
        ):
            yield _missing(link, "missing-body", bodies)


def _supporters(whole: Network) -> Iterator[Link]:
    """Yield the pairs of agreements with common themes and no common supporter."""
    links = agreements(whole).links
    near = {_pair(link) for link in links if link.relation != "shared-themes"}
    supporters = holding(whole, "role", lambda fact: fact.term not in FORMAL_ROLES | RUNNING_ROLES)
    for link in links:
        if (
            link.relation == "shared-themes"
            and len(link.shared) >= _SHARED_THEMES
            and _pair(link) not in near
        ):
            yield _missing(link, "missing-supporter", supporters)


def _missing(link: Link, relation: str, weaker: Holding) -> Link:
    """Return what a pair lacks, with the facts that it has and the weaker ones of what it lacks."""
    one, other = weaker.get(link.start, {}), weaker.get(link.end, {})
    common = sorted(one.keys() & other.keys())
    facts = [*link.facts, *(fact for item in common for fact in (*one[item], *other[item]))]
    status = _status(0, len(common)) if common else "none on record here; not searched"
    distinct = tuple(dict.fromkeys(facts))
    return Link(link.start, link.end, relation, distinct, link.shared, link.weight, status)


def _pair(link: Link) -> frozenset[str]:
    return frozenset((link.start, link.end))


def _status(sources: int, weaker: int) -> str:
    """Say of a missing function what was searched, and what weaker links there are."""
    looked = "not searched"
    if sources:
        looked = f"none found in {sources} {'source' if sources == 1 else 'sources'}"
    return f"{looked}; only weaker links ({weaker})" if weaker else looked
