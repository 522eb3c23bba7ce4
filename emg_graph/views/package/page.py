"""A package put into a form: a page without scripts, or Markdown."""

from __future__ import annotations

from collections.abc import Callable

from emg_graph.views.package.money import dollars, money, percent
from emg_graph.views.package.parts import ELSEWHERE, UNREPORTED, WITHIN
from emg_graph.views.paper import printed

SHORT = 6
"""Lines of each list on the first pages; the annex has the rest."""
_WORDS: dict[str, Callable[..., str]] = {"dollars": dollars, "money": money, "percent": percent}
_PLACES = {"ELSEWHERE": ELSEWHERE, "WITHIN": WITHIN, "UNREPORTED": UNREPORTED}


def rendered(template: str, package: object) -> str:
    """Return a package in the form of a template."""
    return printed(template, package, short=SHORT, **_WORDS, **_PLACES)
