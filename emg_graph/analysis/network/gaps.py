"""The links that the record lacks: where support, a common body or a common supporter is missing.

A gap is a statement about the record, not about the world. Its facts are what speaks for looking
closer; its status says whether anybody has looked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from emg_graph.analysis.channels import FORMAL_ROLES, RUNNING_ROLES
from emg_graph.analysis.network.links import Fact, Link, Network, network
from emg_graph.analysis.network.projection import Holding, agreements, entities, holding, turned
from emg_graph.analysis.network.wording import counted, the

Searches = Mapping[str, Sequence[Fact]]

_SHARED_THEMES = 2
"""Themes that two agreements share before their having no common supporter is worth a look."""
_SHARED_AGREEMENTS = 2
"""Agreements that two entities serve before their having no common body is worth a look."""
_NOTE = (
    "Links that this graph does not hold, drawn as broken lines: functions for which nobody is on"
    " record in an agreement; entities that serve two or more of the same agreements and share no"
    " body or workstream, by themselves or through an organisation of which they are part, unless"
    " one is part of the other; agreements with two or more common themes and no common supporter"
    " besides those who run them or keep their deposit or money. Each says what was searched, and"
    " how many weaker links there are: past, planned, inferred or through a mechanism; of an"
    " amendment or protocol also whether its parent treaty has the function on record. A gap in"
    " the record is a reason to look closer, not a finding that nobody works on it."
)


def gaps(whole: Network, searched: Mapping[str, int], searches: Searches | None = None) -> Network:
    """Return the view of missing links.

    Args:
        whole: every link on record.
        searched: in how many sources supporters of an agreement were looked for.
        searches: what was looked for about each agreement, as facts.
    """
    links = [*functions(whole, searched, searches), *_bodies(whole), *_supporters(whole)]
    return network("gaps", "Where the record is silent", _NOTE, whole.known, links)


def functions(
    whole: Network, searched: Mapping[str, int], searches: Searches | None = None
) -> Iterator[Link]:
    """Yield for each agreement and function who is on record, or that nobody is.

    A missing function weighs as much as the share of agreements that would have it with this one:
    what most have is the more remarkable where it lacks.
    """
    found = _facts_by_function(whole)
    above = parents(whole)
    subjects = [node.id for node in whole.nodes if node.kind == "agreement"]
    for function in sorted(node.id for node in whole.known.values() if node.kind == "function"):
        every = {subject: found.get((subject, function), ()) for subject in subjects}
        told = {
            subject: tuple(fact for fact in facts if fact.documented)
            for subject, facts in every.items()
        }
        share = round((sum(map(bool, told.values())) + 1) / max(1, len(subjects)), 6)
        for subject, facts in told.items():
            if facts:
                yield Link.resting(subject, function, "function", facts)
                continue
            holder = next((up for up in above.get(subject, ()) if told.get(up)), None)
            name = whole.known[holder].label if holder else None
            status = function_status(searched.get(subject, 0), len(every[subject]), name)
            rest = (*every[subject], *(searches or {}).get(subject, ()))
            yield Link(subject, function, "missing-function", rest, (), share, status)


def parents(whole: Network) -> dict[str, tuple[str, ...]]:
    """Return what each thing is part of or stands under, the nearest first, to the end."""
    up: dict[str, list[str]] = {}
    for link in whole.links:
        if link.relation == "parent":
            up.setdefault(link.start, []).append(link.end)
    return {thing: _ancestors(thing, up) for thing in up}


def _ancestors(thing: str, up: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    near = [thing]
    while near := [parent for one in near for parent in up.get(one, ()) if parent not in found]:
        found |= dict.fromkeys(near)
    return tuple(one for one in found if one != thing)


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

    One that is part of the other needs none; who is part of another sits where that one does.
    """
    near = {_pair(link) for link in whole.links if link.relation == "parent"}
    documented = _seats(whole, lambda fact: fact.documented)
    every = _seats(whole, lambda _: True)
    for link in entities(whole).links:
        if (
            link.relation == "shared-agreements"
            and len(link.shared) >= _SHARED_AGREEMENTS
            and _pair(link) not in near
            and documented.get(link.start, {}).keys().isdisjoint(documented.get(link.end, {}))
        ):
            yield _missing(link, "missing-body", every)


def _seats(whole: Network, counts: Callable[[Fact], bool]) -> Holding:
    """Return for each thing the bodies in which it sits, itself or through what it is part of."""
    own = turned(holding(whole, "membership", counts))
    seats = {thing: dict(bodies) for thing, bodies in own.items()}
    for thing, above in parents(whole).items():
        for parent in above:
            for body, facts in own.get(parent, {}).items():
                seats.setdefault(thing, {}).setdefault(body, facts)
    return seats


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
    status = f"nobody has searched for one{_weaker(len(common))}"
    distinct = tuple(dict.fromkeys(facts))
    return Link(link.start, link.end, relation, distinct, link.shared, link.weight, status)


def _pair(link: Link) -> frozenset[str]:
    return frozenset((link.start, link.end))


def function_status(sources: int, weaker: int, parent: str | None = None) -> str:
    """Say of a missing function what was searched, what weaker links there are, and of whom.

    >>> function_status(1, 0)
    '1 source searched for any role, none for this function'
    >>> function_status(0, 2, "Basel Convention")
    'not searched; only weaker links (2); its parent, the Basel Convention, has it on record'
    """
    looked = "not searched"
    if sources:
        looked = f"{counted(sources, 'source')} searched for any role, none for this function"
    above = f"; its parent, {the(parent)}, has it on record" if parent else ""
    return f"{looked}{_weaker(weaker)}{above}"


def _weaker(count: int) -> str:
    return f"; only weaker links ({count})" if count else ""
