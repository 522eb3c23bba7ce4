"""The still picture of a brief: which nodes and links it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.reasons import INDIRECT
from emg_graph.views import picture
from emg_graph.views.brief.content import Linked, Suggestion

CROWDED = 16
"""With more linked actors than this, only the documented ones are drawn."""
_SAID = frozenset({"stated", "via-mechanism"})
"""Bases of which each step is stated: the role, or the membership and the body's remit."""


def draw_network(
    evidence: Evidence,
    found: Collaborators,
    linked: Sequence[Linked],
    suggestions: Sequence[Suggestion],
) -> str:
    """Return the picture of who is linked, who could be, and by what they are near."""
    nodes = [picture.Node(found.agreement, found.short, "agreement", "agreement")]
    edges = []
    suggested = {suggestion.candidate.id for suggestion in suggestions}
    for actor in linked:
        shown_as_candidate = actor.actor.id in suggested
        if actor.documented or (len(linked) <= CROWDED and not shown_as_candidate):
            nodes.append(
                picture.Node(actor.actor.id, actor.actor.short, "linked", actor.actor.type)
            )
            edges.append(picture.Edge(actor.actor.id, found.agreement, actor.documented))
    for suggestion in suggestions:
        candidate = suggestion.candidate
        nodes.append(picture.Node(f"c-{candidate.id}", candidate.short, "candidate", "entity"))
        ways = [way for way in _ways(evidence, candidate) if way[0].id != found.agreement]
        if not ways:
            edges.append(
                picture.Edge(found.agreement, f"c-{candidate.id}", candidate.band != INDIRECT)
            )
        for way, stated in ways:
            edges.append(picture.Edge(f"b-{way.id}", f"c-{candidate.id}", stated))
            known = stated and not isinstance(way, Agreement)  # how two agreements relate is read
            edges.append(picture.Edge(found.agreement, f"b-{way.id}", known))
            if all(node.id != f"b-{way.id}" for node in nodes):
                shape = "agreement" if isinstance(way, Agreement) else "mechanism"
                nodes.append(picture.Node(f"b-{way.id}", way.short, "bridge", shape))
    title = f"Who serves {found.called}, and who else could"
    return picture.draw(nodes, edges, title)


def _ways(evidence: Evidence, candidate: Candidate) -> list[tuple[Any, bool]]:
    """Return the first two things by which a candidate is near, and whether that is stated."""
    ways = [
        (way, reason.basis in _SAID)
        for reason in candidate.reasons
        for id_ in reason.through
        if (way := evidence.agreements.get(id_) or evidence.bodies.get(id_))
    ]
    unique = {way.id: (way, stated) for way, stated in reversed(ways)}
    return [unique[id_] for id_ in dict.fromkeys(way.id for way, _ in ways)][:2]
