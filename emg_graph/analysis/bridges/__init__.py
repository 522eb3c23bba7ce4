"""Who lies between communities of agreements, mandates, themes or mechanisms.

A position in the record, and no measure of importance: links that nobody wrote down, or that were
not read, move it. So nobody is ranked by it, and each number comes with how far it moves.
"""

from __future__ import annotations

from emg_graph.analysis.bridges.answer import (
    COUNTS,
    MEASURES,
    NOTE,
    Between,
    Bridges,
    Community,
    Group,
    Holder,
    Joint,
    Measured,
    Side,
)
from emg_graph.analysis.bridges.finding import (
    find_bridges,
    make_bridges,
)
from emg_graph.analysis.bridges.groups import (
    KINDS,
    read_groups,
)

__all__ = [
    "COUNTS",
    "KINDS",
    "MEASURES",
    "NOTE",
    "Between",
    "Bridges",
    "Community",
    "Group",
    "Holder",
    "Joint",
    "Measured",
    "Side",
    "find_bridges",
    "make_bridges",
    "read_groups",
]
