"""Public documents read in their publishers' own form, into rows of the tables for review.

One module a form; each has ``read(files, known) -> Drafts`` and knows nothing of how its rows are
merged into a folder. ``KINDS`` lists them for the command line.
"""

from __future__ import annotations

from emg_graph.importers.drafts import Draft, Drafts, Omitted, Tally, Unread
from emg_graph.importers.kinds import KINDS, Kind
from emg_graph.importers.known import Known, know
from emg_graph.importers.merging import Change, Merge, merge, write

__all__ = [
    "KINDS",
    "Change",
    "Draft",
    "Drafts",
    "Kind",
    "Known",
    "Merge",
    "Omitted",
    "Tally",
    "Unread",
    "know",
    "merge",
    "write",
]
