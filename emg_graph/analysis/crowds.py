"""How many take part in each body, also where the list of those who do was not read whole.

A list of which only some names are known says that there are at least so many. It counts as the
middle of the lists that were read whole, if that is more: what is unknown counts as the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from emg_graph.analysis.claims import Membership
from emg_graph.analysis.evidence import Evidence

WHOLE = "complete"
"""The coverage of a body whose list of members was read whole."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who takes part in a body now, as sources state it."""

    members: tuple[Membership, ...]
    whole: bool
    """Whether the list was read whole."""

    @property
    def known(self) -> int:
        """How many are on record, each once in whatever capacity."""
        return len({member.actor for member in self.members})

    def size(self, middle: float) -> float:
        """Return how many it counts as, if lists that were read whole have so many."""
        return self.known if self.whole else max(self.known, middle)

    def told(self, middle: float) -> str:
        """Say what is doubtful about the number; nothing of a list that was read whole."""
        if self.whole:
            return ""
        if self.known < middle:
            return f"list not read whole: counted as {middle:g}, the middle of those that were"
        return f"list not read whole: {self.known} on record"


def crowds_of(evidence: Evidence) -> Mapping[str, Crowd]:
    """Return the crowd of each body in which anybody is stated to take part now."""
    found: dict[str, list[Membership]] = {}
    for member in evidence.memberships:
        if takes_part(member):
            found.setdefault(member.body, []).append(member)
    return {
        body: Crowd(tuple(members), evidence.bodies[body].coverage == WHOLE)
        for body, members in found.items()
    }


def middle_of(crowds: Mapping[str, Crowd]) -> float:
    """Return the median number of members of the lists that were read whole; 0 if none was."""
    sizes = [crowd.known for crowd in crowds.values() if crowd.whole]
    return float(median(sizes)) if sizes else 0.0


def takes_part(member: Membership) -> bool:
    """Tell whether a source states that somebody takes part now."""
    return member.basis == "stated" and member.standing == "current"
