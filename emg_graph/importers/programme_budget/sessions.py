"""The years of the sessions that symbols show.

A session has a year here only where a public record says so: the dates on the bodies' own pages
of sessions, the lists of special sessions on un.org and ohchr.org, and the title pages of the
reports on sessions. A run holds sessions at a steady pace between two such records and ends with
the last session that is known; a later one stays without a year until its run is made longer.
The year is that in which the session opened, or in which its main part was held where Vienna's
commissions open theirs the December before. The General Assembly alone is counted on without such
an end, since the Charter has it meet every year.

The Human Rights Council (General Assembly resolution 60/251) first met in June, September and
November 2006, and since March 2007 in its fourth session three times every year. Its organizational
sessions (``OS``) are numbered by cycle and have no year here. The Environment Assembly held its
fifth session in two parts, 2021 and 2022: its resolutions are all of 2022, its decisions of either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Run:
    """Sessions that follow each other at a steady pace, the first of them in a year."""

    first: int
    last: int
    year: int
    apart: int = 1
    """How many years lie between one round of sessions and the next."""
    round: int = 1
    """How many sessions there are in a year that has any."""

    def year_of(self, number: int) -> int | None:
        """Return the year of a session, None if the run does not reach it.

        >>> council = Run(1, 60, 2006, round=3)
        >>> council.year_of(3), council.year_of(4), council.year_of(61)
        (2006, 2007, None)
        """
        if not self.first <= number <= self.last:
            return None
        return self.year + (number - self.first) // self.round * self.apart


def _each(years: Mapping[int, int]) -> tuple[Run, ...]:
    return tuple(Run(number, number, year) for number, year in years.items())


_RUNS: Mapping[tuple[str, str], tuple[Run, ...]] = MappingProxyType(
    {
        ("general-assembly", ""): (Run(1, 99, 1946),),
        ("general-assembly", "S-"): (
            *(Run(8, 10, 1978, round=3), Run(17, 18, 1990, round=2), Run(19, 20, 1997)),
            Run(21, 26, 1999, round=2),
            *_each({27: 2002, 28: 2005, 29: 2014, 30: 2016, 31: 2020, 32: 2021}),
        ),
        ("economic-and-social-council", ""): (
            *_each({3: 1946, 4: 1947, 5: 1947, 6: 1948, 11: 1950}),
            Run(15, 36, 1953, round=2),
            Run(40, 63, 1966, round=2),
        ),
        ("human-rights-council", ""): (Run(1, 60, 2006, round=3),),
        ("human-rights-council", "S-"): _each(
            {7: 2008, 8: 2008, 9: 2009, 10: 2009}
            | {30: 2021, 31: 2021, 32: 2021, 33: 2021, 34: 2022, 35: 2022, 36: 2023, 37: 2025}
        ),
        ("unea", ""): _each({1: 2014, 2: 2016, 3: 2017, 4: 2019, 6: 2024}),
        ("unep-governing-council", ""): (Run(14, 27, 1987, 2),),
        ("unep-governing-council", "SS."): (Run(6, 12, 2000, 2),),
        ("un-habitat-governing-council", ""): (Run(16, 26, 1997, 2),),
        ("un-habitat-assembly", ""): _each({1: 2019, 2: 2023}),
        ("commission-on-narcotic-drugs", ""): (Run(42, 68, 1999),),
        ("commission-on-crime-prevention-and-criminal-justice", ""): (Run(1, 34, 1992),),
        ("commission-for-social-development", ""): (Run(45, 63, 2007),),
        ("conference-of-the-parties-to-untoc", ""): (Run(4, 12, 2008, 2),),
        ("conference-of-the-states-parties-to-uncac", ""): (
            *_each({1: 2006, 2: 2008}),
            Run(3, 10, 2009, 2),
        ),
        ("conference-of-the-parties-to-unfccc", ""): (Run(1, 25, 1995), Run(26, 30, 2021)),
        ("economic-commission-for-africa", ""): (
            *_each({31: 1996}),
            *(Run(40, 52, 2007), Run(53, 54, 2021)),
        ),
        ("economic-commission-for-europe", ""): (Run(63, 70, 2009, 2),),
        ("economic-commission-for-latin-america-and-the-caribbean", ""): (Run(26, 40, 1996, 2),),
        ("economic-and-social-commission-for-asia-and-the-pacific", ""): (Run(59, 81, 2003),),
        ("economic-and-social-commission-for-western-asia", ""): (
            Run(24, 30, 2006, 2),
            *_each({31: 2023}),
        ),
        ("economic-and-social-commission-for-western-asia", "S-"): _each({6: 2019}),
        # The World Trade Organization writes the year of the conference where others count.
        ("wto-ministerial-conference", ""): (Run(1, 24, 2001),),
    }
)
_OF_ONE_PART: Mapping[str, str] = MappingProxyType({"UNEP/EA.5/RES.": "2022"})
_MISPRINTED = frozenset({"ECA/RES/935(XLVII)", "ECLAC/RES/678(XXXVI)"})
"""Symbols whose number lies among those of another session than the one in brackets."""
_SESSION = re.compile(
    r"/(?:RES|DEC|PRST)/(?P<kind>S-|SS\.|)(?P<number>\d+|[IVXLC]+)/"
    r"|/(?:EA|HA)\.(?P<assembly>\d+)/"
    r"|/CP\.(?P<conference>\d+)$"
    r"|\((?P<kind_after>S-|)(?P<after>[IVXLC]+|\d\d)\)"
)


def year_of(symbol: str, body: str) -> str:
    """Return the year of the session that a full symbol shows, empty where it is not sure.

    >>> year_of("A/HRC/RES/46/7", "human-rights-council")
    '2021'
    >>> year_of("A/RES/2997(XXVII)", "general-assembly")
    '1972'
    >>> year_of("UNEP/EA.5/DEC.1", "unea")
    ''
    """
    for start, year in _OF_ONE_PART.items():
        if symbol.startswith(start):
            return year
    match = _SESSION.search(symbol)
    if not match or symbol in _MISPRINTED:
        return ""
    kind = match["kind"] or match["kind_after"] or ""
    written = match["number"] or match["assembly"] or match["conference"] or match["after"]
    number = int(written) if written.isdecimal() else roman(written)
    years = (run.year_of(number) for run in _RUNS.get((body, kind), ()))
    return next((str(year) for year in years if year), "")


def roman(text: str) -> int:
    """Return the value of a Roman numeral, 0 for anything else.

    >>> roman("XLIV"), roman("S-VI")
    (44, 0)
    """
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not text or set(text) - set(values):
        return 0
    digits = [values[letter] for letter in text]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-one if one < following else one for one, following in pairs)
