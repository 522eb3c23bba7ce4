"""Cells as publishers write them: several names in one, money with commas, unseen characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date

_MOST_PARTS = 4
"""So many parts a name may have between its own commas."""
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+|\d+", re.ASCII)


def tidy(text: str) -> str:
    r"""Return a text on one line, single-spaced, without characters that nobody sees.

    >>> tidy("  Great Green\xa0Wall\u200b \n corridor ")
    'Great Green Wall corridor'
    """
    seen = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join("".join(seen).split())


def read_date(cell: str) -> str | None:
    """Return a year, month or day of the calendar, or None where the cell is none.

    >>> read_date(" 2006-10 "), read_date("2006-13"), read_date("by 2016")
    ('2006-10', None, None)
    """
    text = cell.strip()
    try:
        date.fromisoformat(f"{text}{'-01-01'[len(text) - 4 :]}" if len(text) < 10 else text)
    except ValueError:
        return None
    return text if _DATE.fullmatch(text) else None


def whole_dollars(cell: str) -> str | None:
    """Return a sum written with commas between thousands, or None where it is no such sum.

    >>> whole_dollars("1,233,000"), whole_dollars("950000"), whole_dollars("1,23")
    ('1233000', '950000', None)
    """
    text = cell.strip()
    return str(int(text.replace(",", ""))) if _MONEY.fullmatch(text) else None


def found_in(cell: str, find: Callable[[str], str | None]) -> Iterator[tuple[str, str | None]]:
    """Yield each name of a cell that lists them between commas, with what it stands for.

    A name may hold a comma itself: the longest that is known is taken.

    >>> known = {"Mali": "mli", "Tanzania, United Republic of": "tza"}
    >>> list(found_in("Mali, Tanzania, United Republic of, Mars", known.get))
    [('Mali', 'mli'), ('Tanzania, United Republic of', 'tza'), ('Mars', None)]
    """
    parts = [part for part in map(tidy, cell.split(",")) if part]
    while parts:
        ends = range(min(len(parts), _MOST_PARTS), 0, -1)
        name, size = next(
            ((", ".join(parts[:end]), end) for end in ends if find(", ".join(parts[:end]))),
            (parts[0], 1),
        )
        yield name, find(name)
        parts = parts[size:]


def listed(values: Iterable[str]) -> str:
    """Return the cell of a table for several values, in one order."""
    return "|".join(sorted(values))
