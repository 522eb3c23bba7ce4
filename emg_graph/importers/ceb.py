"""The financial statistics of the Chief Executives Board: what their three forms share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known

REGISTRY = "ceb-statistics"
PUBLISHER = "United Nations System Chief Executives Board for Coordination"
NO_CODE = "is no organisation of the codes of ceb-statistics in codes.csv"

_OPEN_UN = "https://github.com/united-nations/open"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)


def year_of(path: Path) -> str:
    """Return the year that a file's name gives.

    >>> year_of(Path("ceb/country-expenses-2024.json"))
    '2024'

    Raises:
        DocumentError: the name gives none, or several.
    """
    years = _YEAR.findall(path.stem)
    if len(set(years)) != 1:
        raise DocumentError(
            f"{path} does not say of which year it is; name it as country-expenses-2024.json"
        )
    return str(years[0])


def require_one_a_year(paths: Sequence[Path], years: Sequence[str]) -> None:
    """Refuse two files of one year, of which no one could say which is right.

    Raises:
        DocumentError: there are two.
    """
    seen: dict[str, Path] = {}
    for path, year in zip(paths, years, strict=True):
        if year in seen:
            raise DocumentError(f"{seen[year]} and {path} are both of {year}; give one of them")
        seen[year] = path


def spender(known: Known, code: str) -> str | None:
    """Return the entity that a code of the statistics stands for, or None."""
    return known.by_code(REGISTRY, code)


def add_source(drafts: Drafts, identifier: str, title: str) -> None:
    """Add the source of a year's figures as open.un.org publishes them."""
    drafts.add(
        "sources",
        id=identifier,
        title=title,
        publisher=PUBLISHER,
        evidence_class="B",
        url=_OPEN_UN,
        note="Read in the form in which open.un.org publishes them.",
    )
