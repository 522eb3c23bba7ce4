"""What the record lacks: gaps by kind, each with what was looked for and what speaks against it.

A gap is a statement about the record, not about the world. ``find_gaps`` applies the rules of
``KINDS`` to a ``Record``; one module has the rules of one family.
"""

from __future__ import annotations

from emg_graph.analysis.gaps.coverage import Looked
from emg_graph.analysis.gaps.gap import STATUSES, Gap, Ground, Robustness
from emg_graph.analysis.gaps.kinds import KINDS, SUBJECTS, Kind
from emg_graph.analysis.gaps.reading import read_record
from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.gaps.report import (
    Gaps,
    find_gaps,
    require_about,
    require_kinds,
)

__all__ = [
    "KINDS",
    "STATUSES",
    "SUBJECTS",
    "Gap",
    "Gaps",
    "Ground",
    "Kind",
    "Looked",
    "Record",
    "Robustness",
    "find_gaps",
    "read_record",
    "require_about",
    "require_kinds",
]
