"""What changed between two snapshots, as text, as JSON, and as a page to print."""

from __future__ import annotations

from emg_graph.views.comparison.page import to_html
from emg_graph.views.comparison.text import to_json, to_text
from emg_graph.views.comparison.wording import editorial, hidden, title

__all__ = ["editorial", "hidden", "title", "to_html", "to_json", "to_text"]
