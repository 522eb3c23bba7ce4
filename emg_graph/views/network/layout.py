"""Where each node of a network stands: seeded, settled before anyone looks, labels apart.

A force-directed start (networkx, and rustworkx above 300 nodes, where networkx takes seconds) is
spread evenly over the picture; then boxes as large as the labels are pushed apart, as far as
there is time for. The same network gives the same whole numbers, whatever the hash seed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.network import Network
from emg_graph.views.network.opening import Opening

Array = NDArray[np.float64]
Places = NDArray[np.intp]

SEED = 20250915
LARGE = 300
"""Nodes above which networkx is too slow."""
CHARACTER = 6.6
"""Width of a character of a label, in units of the picture."""
_LONGEST = 26
"""Characters of a label for which room is made."""
_HEIGHT = 30.0
_FAINT = 0.05
_SHAPE = 1.15
"""Width of the picture for a height of one."""
_WORK = 40_000_000
"""Pairs of boxes that are compared in all; more nodes are compared less often."""
_ROUNDS = 8
_REACH = 1.3
"""Pairs that are this near, as a share of what they need are watched for some rounds."""


def positions(network: Network, first: Opening) -> Mapping[str, tuple[int, int]]:
    """Return x and y of each node by id, in units in which a label is some 12 high.

    Links that the opening does not show pull little.
    """
    if not network.nodes:
        return {}
    boxes = _boxes(network)
    placed = _spread(_start(network, first), boxes)
    placed = _apart(placed, boxes)
    placed -= _middle(network, placed)
    return {
        node.id: (round(x), round(y))
        for node, (x, y) in zip(network.nodes, placed.tolist(), strict=True)
    }


def _boxes(network: Network) -> Array:
    """Return half the width and height of each node with its label beside it."""
    widths = [40 + CHARACTER * min(len(node.label), _LONGEST) for node in network.nodes]
    return np.array([(width / 2, _HEIGHT / 2) for width in widths])


def _start(network: Network, first: Opening) -> Array:
    """Return the settled places of a force-directed drawing, one row a node."""
    places = {node.id: i for i, node in enumerate(network.nodes)}
    weights: dict[tuple[int, int], float] = {}
    for link in network.links:
        pair = places[link.start], places[link.end]
        pull = 1 + link.weight if first.shows(link) else _FAINT
        weights[pair] = weights.get(pair, 0.0) + pull
    degrees = Counter(end for pair in weights for end in pair)
    edges = [
        (start, end, weight / math.sqrt(degrees[start] * degrees[end]))
        for (start, end), weight in sorted(weights.items())
    ]
    if len(places) > LARGE:
        return _by_rustworkx(len(places), edges)
    return _by_networkx(len(places), edges)


def _by_networkx(count: int, edges: list[tuple[int, int, float]]) -> Array:
    import networkx as nx  # noqa: PLC0415

    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from(edges)
    found = nx.spring_layout(graph, seed=SEED, iterations=200, k=2.4 / count**0.5)
    return np.array([found[i] for i in range(count)], dtype=float)


def _by_rustworkx(count: int, edges: list[tuple[int, int, float]]) -> Array:
    import rustworkx as rx  # noqa: PLC0415

    graph = rx.PyGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(edges)
    found = rx.spring_layout(
        graph, seed=SEED, num_iter=200, k=2.4 / count**0.5, weight_fn=float, adaptive_cooling=True
    )
    return np.array([found[i] for i in range(count)], dtype=float)


def _spread(placed: Array, boxes: Array) -> Array:
    """Keep the direction of each node from the middle, and make the density even.

    The n-th nearest node comes to stand where a disc holds the boxes of n nodes.
    """
    offsets = placed - placed.mean(axis=0)
    distance = np.hypot(offsets[:, 0], offsets[:, 1])
    order = np.argsort(distance, kind="stable")
    areas = 4 * boxes[:, 0] * boxes[:, 1]
    radius = np.empty(len(placed))
    radius[order] = np.sqrt(np.cumsum(areas[order]) * 1.8 / np.pi)
    directions = offsets / np.maximum(distance, 1e-9)[:, None]
    spread: Array = directions * radius[:, None] * np.array([_SHAPE**0.5, _SHAPE**-0.5])
    return spread


def _apart(placed: Array, boxes: Array) -> Array:
    """Push overlapping boxes apart, each pair along the way that is shorter."""
    for _ in range(max(4, min(90, _WORK // len(placed) ** 2))):
        first, second = _close(placed, boxes)
        if not len(first):
            break
        need = boxes[first] + boxes[second]
        for _ in range(_ROUNDS):
            placed = _pushed(placed, first, second, need)
    return placed


def _close(placed: Array, boxes: Array) -> tuple[Places, Places]:
    """Return the pairs of nodes whose boxes overlap or nearly do."""
    near: list[NDArray[np.bool_]] = []
    for axis in (0, 1):
        gaps = np.abs(np.subtract.outer(placed[:, axis], placed[:, axis]))
        near.append(gaps < np.add.outer(boxes[:, axis], boxes[:, axis]) * _REACH)
    first, second = np.nonzero(np.triu(near[0] & near[1], k=1))
    return first, second


def _pushed(placed: Array, first: Places, second: Places, need: Array) -> Array:
    """Return the places after one small push of each pair that overlaps."""
    gaps = placed[first] - placed[second]
    over = need - np.abs(gaps)
    hit = (over > 0).all(axis=1)
    sideways = over[:, 0] < over[:, 1] * 2
    ways = np.stack([hit & sideways, hit & ~sideways], axis=1)
    push = np.where(ways, over * np.where(gaps < 0, -0.5, 0.5), 0.0)
    count = len(placed)
    moved = [
        np.bincount(first, push[:, axis], count) - np.bincount(second, push[:, axis], count)
        for axis in (0, 1)
    ]
    crowd = np.bincount(first, hit, count) + np.bincount(second, hit, count)
    shift: Array = np.stack(moved, axis=1) / np.maximum(crowd, 1)[:, None] * 1.1
    return placed + shift


def _middle(network: Network, placed: Array) -> Array:
    """Return the point that becomes the origin: the thing in focus, or the middle of all."""
    for i, node in enumerate(network.nodes):
        if node.id in network.focus:
            return np.asarray(placed[i], dtype=float)
    middle: Array = (placed.min(axis=0) + placed.max(axis=0)) / 2
    return middle
