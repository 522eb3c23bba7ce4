"""What changed between two snapshots of the data: rows added, ended and changed."""

from __future__ import annotations

from emg_graph.analysis.comparison.change import ADDED, CHANGED, ENDED, Change, Value
from emg_graph.analysis.comparison.collaboration import Collaboration, Crossing
from emg_graph.analysis.comparison.comparing import compare_snapshots
from emg_graph.analysis.comparison.content import Comparison, Tally
from emg_graph.analysis.comparison.snapshot import (
    Snapshot,
    read_snapshot,
    read_snapshots,
    same_place,
)

__all__ = [
    "ADDED",
    "CHANGED",
    "ENDED",
    "Change",
    "Collaboration",
    "Comparison",
    "Crossing",
    "Snapshot",
    "Tally",
    "Value",
    "compare_snapshots",
    "read_snapshot",
    "read_snapshots",
    "same_place",
]
