"""The network that is asked for: whole, a projection, the gaps, or what touches one thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from emg_graph.analysis import network
from emg_graph.errors import OutputError
from emg_graph.views.network.page import NetworkPage

if TYPE_CHECKING:
    from emg_graph.analysis.candidates import Collaborators
    from emg_graph.analysis.evidence import Evidence
    from emg_graph.analysis.network import Network
    from emg_graph.store import Store

VIEWS = ("all", "entities", "agreements", "gaps")


class Asked(Protocol):
    """What a network asks of the graph."""

    store: Store
    data_version: str
    data_hash: str

    @property
    def evidence(self) -> Evidence: ...  # noqa: D102
    @property
    def links(self) -> Network: ...  # noqa: D102
    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]: ...  # noqa: D102
    def collaborators(self, agreement: str) -> Collaborators: ...  # noqa: D102


def view_of(asked: Asked, view: str = "all") -> Network:
    """Return one of ``VIEWS``.

    Raises:
        OutputError: there is no such view.
    """
    if view not in VIEWS:
        raise OutputError(f"there is no view {view!r}; use {', '.join(VIEWS)}")
    if view == "entities":
        return network.entities(asked.links)
    if view == "agreements":
        return network.agreements(asked.links)
    if view == "gaps":
        searches = network.read_searches(asked.store)
        return network.gaps(asked.links, asked.evidence.searched, searches)
    return asked.links


def near(asked: Asked, thing: str) -> Network:
    """Return what touches a thing; around an agreement also who else has related work."""
    narrower = sorted(asked.evidence.widened(thing) - {thing})
    found = network.around(asked.links, thing, narrower)
    if thing in asked.evidence.agreements:
        candidates = asked.collaborators(thing)
        return network.with_candidates(found, asked.links, candidates, asked.evidence)
    return found


def page_of(asked: Asked, found: Network) -> NetworkPage:
    """Return the page of a network, with the sources that it cites."""
    version = f"data {asked.data_version}, sha256 {asked.data_hash[:12]}"
    return NetworkPage(found, asked.sources, version, asked.evidence.broader)
