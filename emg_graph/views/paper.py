"""What pages to print and send have in common: text made safe, words joined, a frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from emg_graph.views.filling import filled


def printed(template: str, paper: object, **values: Any) -> str:
    """Return a paper in the form of a template, which calls it ``paper``."""
    return filled(template, _FILTERS, paper=paper, **values)


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


def counted(number: int, one: str, many: str) -> str:
    """Return a number with the word for what it counts.

    >>> counted(1, "entity", "entities"), counted(1200, "row", "rows")
    ('1 entity', '1,200 rows')
    """
    return f"{number:,} {one if number == 1 else many}"


def markdown(text: object) -> str:
    r"""Escape what Markdown or HTML would take for its own.

    >>> markdown("a_b | <c>")
    'a\\_b \\| &lt;c&gt;'
    """
    escaped = str(text).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
    for mark in "`*_[]":
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


_FILTERS: Mapping[str, Callable[..., str]] = {"joined": joined, "md": markdown}
