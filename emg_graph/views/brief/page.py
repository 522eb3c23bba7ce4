"""A brief put into a form: a page without scripts, or Markdown."""

from __future__ import annotations

from emg_graph.analysis.reasons import BANDS
from emg_graph.analysis.tabular import BAND_TITLES
from emg_graph.views.paper import printed

ROOM = 10
"""Rows of the table of links on the first two pages."""
SHORT = 4
"""Lines of each shorter list there."""
FORMAL = " (formal)"
"""Said of what a depositary, treasurer or trustee does: it says nothing of the subject."""


def rendered(template: str, brief: object) -> str:
    """Return a brief in the form of a template."""
    return printed(
        template, brief, brief=brief, bands=BANDS, titles=BAND_TITLES, room=ROOM, short=SHORT,
        formal=FORMAL,
    )  # fmt: skip
