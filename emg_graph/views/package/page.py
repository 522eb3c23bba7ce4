"""A package put into a form: a page without scripts, or Markdown."""

from __future__ import annotations

from collections.abc import Callable

from emg_graph.views.package.money import dollars, money, percent
from emg_graph.views.paper import counted, printed

SHORT = 6
"""Lines of each list on the first pages; the annex has the rest."""
MODELS = 2
"""So many models used for other agreements are shown for each function."""
_WORDS: dict[str, Callable[..., str]] = {
    "dollars": dollars,
    "money": money,
    "percent": percent,
    "counted": counted,
}


def rendered(template: str, package: object) -> str:
    """Return a package in the form of a template."""
    return printed(template, package, short=SHORT, most=MODELS, **_WORDS)
