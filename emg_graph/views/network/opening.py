"""What a view shows first: its heaviest links, and of the gaps the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emg_graph.analysis.network import Link, Network

CROWDED: Mapping[str, int] = {"agreements": 120, "entities": 160, "gaps": 90}
"""The views whose links have weights, and how many of the heaviest are shown at first."""
_ASIDE: Mapping[str, str] = {"gaps": "function", "around": "candidate-indirect"}
"""The relation that a kind of view holds for comparison and shows only when asked."""
_STRENGTH: Mapping[str, str] = {
    "agreements": "Sharing something that few others share counts more.",
    "entities": "Sharing something that few others share counts more.",
    "gaps": "A missing function counts more the more agreements have it; two things that lack a"
    " link count more the more they share that few others share.",
}
"""What the weight of a link means."""


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
    held = _ASIDE.get(network.view.partition("-")[0])
    aside = frozenset(link.relation for link in network.links if link.relation == held)
    links = (link for link in network.links if link.relation not in aside)
    crowded = CROWDED.get(network.view)
    return Opening(None if crowded is None else _least(links, crowded), aside)


def strength(network: Network) -> str | None:
    """Return what the weight of a view's links means, None where they have none."""
    return _STRENGTH.get(network.view)


def _least(links: Iterable[Link], crowded: int) -> float:
    weights = sorted((link.weight for link in links), reverse=True)
    return weights[crowded - 1] if len(weights) > crowded else 0.0
