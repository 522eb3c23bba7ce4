"""What a view comes to, in short sentences, and the caution that stays beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from emg_graph.analysis.network import KINDS, RELATIONS, Network
from emg_graph.analysis.network.wording import counted, listed
from emg_graph.views.network.opening import Opening

CAUTION = (
    "A whole line is stated by a source; dotted lines are our own reading; what is missing here is"
    " missing from the record, not from the world."
)
_GAPS = (
    "A broken line is something that this record lacks; it is missing from the record, not from"
    " the world."
)


def caution(network: Network) -> str:
    """Return the one sentence that a picture is never shown without."""
    return _GAPS if network.view == "gaps" else CAUTION


def summary(network: Network, first: Opening) -> list[str]:
    """Return what a view holds and what of it is hidden at first."""
    if not network.nodes:
        return []
    return [*(network.summary or [_held(network)]), *_hidden(network, first)]


def _held(network: Network) -> str:
    kinds = Counter(node.kind for node in network.nodes)
    things = [
        counted(kinds[kind], label.lower(), "entities" if kind == "entity" else "")
        for kind, label in KINDS.items()
        if kinds[kind]
    ]
    return f"{counted(len(network.links), 'link')} between {listed(things)}."


def _hidden(network: Network, first: Opening) -> Iterator[str]:
    """Yield what is left out at first, and how it comes back."""
    aside = Counter(link.relation for link in network.links if link.relation in first.aside)
    for relation, count in sorted(aside.items()):
        yield f"Hidden at first, shown by its tick: {RELATIONS[relation]} ({count:,})."
    light = sum(not first.shows(link) for link in network.links if link.relation not in first.aside)
    if light:
        hidden = "link is hidden" if light == 1 else "links are hidden"
        yield f"{light:,} of the lightest {hidden} at first; the slider shows more."
