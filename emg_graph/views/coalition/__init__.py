"""A coalition as text for a terminal, as rows, and as JSON."""

from __future__ import annotations

from emg_graph.analysis.coalition.tabular import to_table
from emg_graph.views.coalition.listing import to_text
from emg_graph.views.coalition.wording import hidden, nothing_wanted
from emg_graph.views.coalition.written import to_json

__all__ = ["hidden", "nothing_wanted", "to_json", "to_table", "to_text"]
