"""What vis-network draws of a network: nodes where they stand, and lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from emg_graph.analysis.network import Network
from emg_graph.views.network import fence, layout, looks
from emg_graph.views.network.opening import Opening

_OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0, "chosen": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 0,
    },
    "layout": {"improvedLayout": False},
    "nodes": {"borderWidth": 1, "chosen": False, "fixed": False},
    "physics": {"enabled": False},
}


def drawing(network: Network, places: Mapping[str, int], first: Opening) -> dict[str, Any]:
    """Return what vis-network draws: nodes where they stand, and lines."""
    return fence.drawn(_nodes(network, first), list(_edges(network, places)), _OPTIONS)


def _nodes(network: Network, first: Opening) -> list[dict[str, Any]]:
    sizes = looks.sizes(network, first)
    spots = layout.positions(network, first)
    return [
        {
            "id": i,
            "group": node.kind,
            "shape": looks.LOOKS[node.kind].shape,
            "size": sizes[node.id],
            "x": spots[node.id][0],
            "y": spots[node.id][1],
        }
        for i, node in enumerate(network.nodes)
    ]


def _edges(network: Network, places: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield a line for each link; the second, third … between the same two nodes is bent."""
    seen: Counter[tuple[str, str]] = Counter()
    for i, link in enumerate(network.links):
        pair = (min(link.start, link.end), max(link.start, link.end))
        edge: dict[str, Any] = {
            "id": i,
            "from": places[link.start],
            "to": places[link.end],
            "width": looks.width(link),
            "dashes": list(looks.DASHES[link.basis]) or False,
        }
        if seen[pair]:
            edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": _bend(seen[pair])}
        seen[pair] += 1
        yield edge


def _bend(count: int) -> float:
    """Return how far the second, third … line between the same two nodes is bent aside."""
    return round(0.12 * count, 2)
