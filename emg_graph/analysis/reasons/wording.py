"""Words of a reason: lists, numbers, years and sums."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from emg_graph.analysis.evidence import Evidence

_LONG = 90
"""A title of more characters is cut in a sentence."""


def and_list(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["a"]), and_list(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def listed_themes(evidence: Evidence, themes: Iterable[str]) -> str:
    """Return themes by their labels, in sentence case."""
    return and_list([evidence.themes.get(theme, theme).lower() for theme in themes])


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "project", "projects"), counted(1200, "project", "projects")
    ('1 project', '1,200 projects')
    """
    return f"{number:,} {one if number == 1 else many}"


def years(since: Iterable[str | None], until: Iterable[str | None]) -> str:
    """Return from when to when, or nothing where no year is on record.

    >>> years(["2019", None], ["2021", "2024"]), years(["2019"], ["2019"]), years([None], [])
    ('2019–2024', '2019', '')
    """
    known = sorted(year for year in (*since, *until) if year)
    return "–".join(dict.fromkeys((known[0], known[-1]))) if known else ""


def dollars(amount: float) -> str:
    """Return a sum in words, to three figures.

    >>> dollars(119272720), dollars(1_540_000_000), dollars(54732), dollars(640)
    ('119 million US dollars', '1.54 billion US dollars', '54,700 US dollars', '640 US dollars')
    """
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if abs(amount) >= size * 0.9995:
            return f"{float(f'{amount / size:.3g}'):g}{name} US dollars"
    return f"{int(float(f'{amount:.3g}')):,} US dollars"


def percent(share: float) -> str:
    """Return a share in whole per cent.

    >>> percent(0.1476), percent(0.002), percent(1.0)
    ('15 %', 'less than 1 %', '100 %')
    """
    return "less than 1 %" if share < 0.01 else f"{share:.0%}".replace("%", " %")


def cut(text: str) -> str:
    """Return a title short enough for a sentence."""
    return textwrap.shorten(text, _LONG, placeholder=" …")
