"""How kinds, bases and weights look: a shape and a colour for each kind, a line for each basis.

Colours are those of Okabe and Ito's palette, told apart with any colour vision; each kind has a
shape of its own besides, each basis a pattern of dashes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from emg_graph.analysis.network import CANDIDATES, Link, Network
from emg_graph.views.network.opening import Opening


@dataclass(frozen=True, slots=True)
class Look:
    """The shape of a kind, as vis-network names it, and its colour on light and on dark."""

    shape: str
    light: str
    dark: str


LOOKS: Mapping[str, Look] = {
    "entity": Look("dot", "#0072b2", "#4aa8e0"),
    "agreement": Look("diamond", "#d55e00", "#f0803c"),
    "mechanism": Look("square", "#009e73", "#2cc79b"),
    "workstream": Look("triangle", "#cc79a7", "#e39cc4"),
    "theme": Look("triangleDown", "#e69f00", "#f2b632"),
    "product": Look("star", "#56b4e9", "#8accf2"),
    "function": Look("hexagon", "#5a5a5a", "#d6d6d6"),
}

DASHES: Mapping[str, tuple[int, ...]] = {
    "stated": (),
    "via-mechanism": (12, 5),
    "inferred": (2, 5),
    "missing": (10, 4, 2, 4),
}
"""The pattern of a line by basis, in units of the picture; empty is a whole line."""


_NARROW, _ALIKE = 0.8, 1.2
"""Width of the lightest lines and of those in doubt, and of lines to entities with related work."""


def sizes(network: Network, first: Opening) -> dict[str, int]:
    """Return the radius of each node by id: larger with more of the links shown at first."""
    shown = (link for link in network.links if first.shows(link))
    degrees = Counter(end for link in shown for end in (link.start, link.end))
    return {node.id: _radius(degrees[node.id]) for node in network.nodes}


def _radius(degree: int) -> int:
    """Return the radius of a node with so many links.

    >>> _radius(1), _radius(16), _radius(400)
    (6, 10, 18)
    """
    return min(18, 5 + round(1.25 * math.sqrt(degree)))


def width(link: Link) -> float:
    """Return the width of a line: wider with more evidence, never wide, narrow where in doubt.

    Lines to entities with related work are all alike: they recommend nobody.

    >>> width(Link("a", "b", "role", weight=1.0)), width(Link("a", "b", "role", weight=0.1))
    (1.5, 0.8)
    """
    if link.relation in CANDIDATES:
        return _ALIKE
    if link.confidence == "low":
        return _NARROW
    return round(min(6.0, max(_NARROW, 0.5 + math.log2(1 + link.weight))), 2)
