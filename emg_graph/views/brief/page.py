"""A brief put into a form: a page without scripts, or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from emg_graph.analysis.candidates import BANDS
from emg_graph.analysis.tabular import BAND_TITLES
from emg_graph.views.filling import filled

ROOM = 10
"""Rows of the table of links on the first two pages."""
SHORT = 4
"""Lines of each shorter list there."""


def rendered(template: str, brief: object) -> str:
    """Return a brief in the form of a template."""
    filters: dict[str, Callable[..., str]] = {"joined": joined, "md": _markdown}
    values = {"brief": brief, "bands": BANDS, "titles": BAND_TITLES, "room": ROOM, "short": SHORT}
    return filled(template, filters, **values)


def framed(page: str, title: str) -> str:
    """Return a page in a frame of its own for a notebook; nothing in it can run or reach out."""
    style = "width:100%;height:48em;border:1px solid #c9d1d9"
    return (
        f'<iframe sandbox="" srcdoc="{escape(page)}" title="{escape(title)}" style="{style}">'
        "</iframe>"
    )


def joined(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    found = list(words)
    return f" {last} ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _markdown(text: object) -> str:
    """Escape what Markdown or HTML would take for its own."""
    escaped = str(text).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    for mark in "`*_[]":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped.replace("<", "&lt;").replace(">", "&gt;")
