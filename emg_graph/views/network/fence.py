"""The fence around pyvis: its node and edge lists filled from ours, and vis-network's file.

Nothing else imports pyvis. Of what it makes only the data and the options are used: its page
links other hosts, and does not escape what it is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any


def drawn(
    nodes: Sequence[Mapping[str, Any]],
    edges: Sequence[Mapping[str, Any]],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    """Return nodes, edges and options as vis-network takes them.

    The lists are filled directly, since ``add_edge`` looks through all edges each time.
    """
    from pyvis.network import Network as Pyvis  # noqa: PLC0415  (a file of a network needs none)

    held = Pyvis(cdn_resources="in_line")
    held.nodes = [dict(node) for node in nodes]
    held.node_ids = [node["id"] for node in nodes]
    held.edges = [dict(edge) for edge in edges]
    held.set_options(json.dumps(options))
    found_nodes, found_edges, *_, found_options = held.get_network_data()
    return {"nodes": found_nodes, "edges": found_edges, "options": found_options}


def script() -> str:
    """Return the text of vis-network, as pyvis carries it."""
    file = files("pyvis") / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return file.read_text(encoding="utf-8")
