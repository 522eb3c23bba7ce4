"""The smallest groups that cover what few or none are on record for in an agreement."""

from __future__ import annotations

from emg_graph.analysis.coalition.answer import Alternative, Coalition, Cover, Need
from emg_graph.analysis.coalition.finding import find_coalition
from emg_graph.analysis.coalition.ground import Ground
from emg_graph.analysis.coalition.group import Filled, Group, Place
from emg_graph.analysis.coalition.slot import Slot, Wishes

__all__ = [
    "Alternative",
    "Coalition",
    "Cover",
    "Filled",
    "Ground",
    "Group",
    "Need",
    "Place",
    "Slot",
    "Wishes",
    "find_coalition",
]
