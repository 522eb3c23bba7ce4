"""The part of the network that touches one thing, and who else could join it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.network.links import STANDINGS, Fact, Link, Network, network
from emg_graph.analysis.reasons import Reason

_NOTE = (
    "Everything on record that touches {name}, and what links those things with each other. A"
    " missing link is one that these sources do not hold, not one that does not exist."
)
_CANDIDATES = (
    " Candidates are entities with evidence of related work and no documented role; the reasons"
    " are our own reading, and say who was named nearby, not who should act."
)

_AGES = tuple(STANDINGS)


def around(whole: Network, thing: str, narrower: Sequence[str] = ()) -> Network:
    """Return a thing with everything one step from it, and the links between all of those.

    Around a theme also stands whoever has a role in an agreement that has the theme.

    Args:
        whole: the network to cut from.
        thing: id of the thing in the middle.
        narrower: further things that count as the same, such as narrower themes.
    """
    middle = {thing, *narrower}
    near = _beside(whole, middle)
    node = whole.known[thing]
    if node.kind == "theme":
        near |= {link.start for link in whole.links if link.relation == "role" and link.end in near}
    links = [link for link in whole.links if link.start in near and link.end in near]
    note = _NOTE.format(name=node.name)
    return network(f"around-{thing}", node.name, note, whole.known, links, [thing])


def _beside(whole: Network, middle: Collection[str]) -> set[str]:
    """Return the things in the middle and those one step from them."""
    ends = ({link.start, link.end} for link in whole.links)
    return set(middle).union(*(pair for pair in ends if not pair.isdisjoint(middle)))


def with_candidates(
    near: Network, whole: Network, found: Collaborators, standings: Mapping[str, str]
) -> Network:
    """Add the candidates of an agreement, each linked to it by its reasons.

    Args:
        near: what touches the agreement.
        whole: the network that it was cut from.
        found: the candidates.
        standings: the standing of each role by its claim; without one a claim is current.
    """
    links = []
    for candidate in found.candidates:
        facts = tuple(_fact(candidate.short, reason, standings) for reason in candidate.reasons)
        links.append(Link.resting(candidate.id, found.agreement, "candidate", facts))
    present = {node.id for node in near.nodes} | {link.start for link in links}
    between = [
        link for link in whole.links if {link.start, link.end} <= present and link not in near.links
    ]
    every = [*near.links, *links, *between]
    note = near.note + _CANDIDATES
    return network(near.view, near.title, note, whole.known, every, near.focus)


def _fact(short: str, reason: Reason, standings: Mapping[str, str]) -> Fact:
    """Return a reason as a fact of our own reading, as old as the oldest claim behind it."""
    return Fact(
        f"{short}: {reason.sentence.removesuffix('.')}.",
        "inferred",
        max((standings.get(claim, "current") for claim in reason.claims), key=_AGES.index),
        reason.functions,
        reason.citation.source,
        reason.citation.locator,
    )
