"""The network as a picture to explore, as a page of its own, and as files for other tools."""

from __future__ import annotations

from emg_graph.views.network.exchange import to_gexf, to_graphml, to_networkx, to_node_link
from emg_graph.views.network.page import NetworkPage
from emg_graph.views.network.view import VIEWS, Asked, near, page_of, view_of

__all__ = [
    "VIEWS",
    "Asked",
    "NetworkPage",
    "near",
    "page_of",
    "to_gexf",
    "to_graphml",
    "to_networkx",
    "to_node_link",
    "view_of",
]
