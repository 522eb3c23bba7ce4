"""The part of the network that touches one thing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from emg_graph.analysis.network.links import Network, network

_NOTE = (
    "Everything on record that touches {name}, and what links those things with each other. A"
    " missing link is one that these sources do not hold, not one that does not exist."
)


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
