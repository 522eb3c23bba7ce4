"""What a view shows first: its heaviest links, and of the gaps the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emg_graph.analysis.network import Link, Network

CROWDED: Mapping[str, int] = {"agreements": 120, "entities": 160, "gaps": 90}
"""The views whose links have weights, and how many of the heaviest are shown at first."""
_ASIDE: Mapping[str, frozenset[str]] = {"gaps": frozenset({"function"})}
"""Relations that a view holds for comparison and shows only when asked."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The least weight shown at first, None where links have none, and the relations left out."""

    least: float | None
    aside: frozenset[str]

    def shows(self, link: Link) -> bool:
        """Tell whether a link is shown at first."""
        return link.relation not in self.aside and link.weight >= (self.least or 0)


def opening(network: Network) -> Opening:
    """Return what a view shows first."""
    aside = _ASIDE.get(network.view, frozenset())
    links = (link for link in network.links if link.relation not in aside)
    crowded = CROWDED.get(network.view)
    return Opening(None if crowded is None else _least(links, crowded), aside)


def _least(links: Iterable[Link], crowded: int) -> float:
    weights = sorted((link.weight for link in links), reverse=True)
    return weights[crowded - 1] if len(weights) > crowded else 0.0
