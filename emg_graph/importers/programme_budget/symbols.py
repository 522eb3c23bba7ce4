"""Symbols of documents as the cells of a budget abridge them, in their full official form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from emg_graph.importers.programme_budget.bodies import Heading
from emg_graph.importers.programme_budget.sessions import year_of

_LOOK_ALIKES = str.maketrans(
    "АВЕІКМНОРСЅТХасеоровѕіх–—−", "ABEIKMHOPCSTXaceopoвsix---".replace("в", "b")
)
_ROMAN = r"[IVXLC]+"
_LETTERS = r"[A-Z](?:\s?(?:-|and|,|to)\s?[A-Z])*"
_FULL = re.compile(
    r"(?:A|S|E|ST|TD|CD|CEP|ECE|ESCAP|ECA|LC|WT|HSP|UNEP|FCCC|CBD|DP|CTOC|CAC|NPT|ICCD|UNW)/"
    r"[\w.()/]*[\w)](?:-[A-Z]+/[\w.()/]*[\w)]|-[A-Z]+\d+/[\w.]*\w)*"
)
_PART = re.compile(r"(?:,| and|, and)?\s*((?:Add|Corr|Rev)\.\d+)")
_NUMBER = re.compile(
    rf"(?P<prst>PRST/(?:OS/)?\d+/\d+)"
    rf"|(?P<cop>\d+/(?:CP|CMP|CMA)\.\d+)"
    rf"|(?P<slash>(?:S-|ES-|SS\.{_ROMAN}|(?=\d))\d*/\d+(?:/Corr\.\d+)?)"
    rf"(?:\s*\((?P<of>(?:S-)?{_ROMAN})\))?(?:\s*\(?(?P<parts>{_LETTERS})(?![\w.])\)?)?"
    rf"|(?P<council>\d{{1,4}})\s*\((?P<year>(?:19|20)\d\d)\)"
    rf"|(?P<old>\d+)(?:\s*(?P<before>{_LETTERS}))?\s*"
    rf"\((?P<session>(?:S-)?{_ROMAN}|PLEN\.\d+)\)(?:\s*(?P<after>{_LETTERS})(?![\w.]))?"
    rf"|(?P<letter>[A-Z])\s*\((?P<meeting>\d+)\)"
    rf"|(?P<bare>(?:19|20)\d\d)(?![\d/])"
)
_PROVISION = re.compile(
    r"[,:]?\s*((?:sect|para|annex|part|chap|art|rule)[a-z]*\.?\s[^;]*?)"
    r"(?=;|,\s+(?:SS\.|S-)?\w*\d+/|$)|[,:]?\s*(annex)(?=;|$)",
    re.IGNORECASE,
)
_KIND = re.compile(r"(decision|resolution)(s?)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s;,.]*(?:and\s+)?")
_SERIES: Mapping[str, str] = MappingProxyType(
    {
        "A/RES/": "general-assembly",
        "A/DEC/": "general-assembly",
        "A/HRC/": "human-rights-council",
        "E/CN.4/": "commission-on-human-rights",
        "E/RES/": "economic-and-social-council",
        "E/DEC/": "economic-and-social-council",
        "S/RES/": "security-council",
        "S/PRST/": "security-council",
        "ST/SGB/": "secretary-general",
        "UNEP/EA.": "unea",
    }
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a cell cites: its symbol in full, its body, and the part that is meant."""

    symbol: str
    body: str
    written: str
    session_on: str = ""
    provision: str = ""
    by_title: bool = False
    """Whether the symbol is a year alone, so that only the title tells it from others."""


@dataclass(slots=True)
class _Reading:
    """How far a cell has been read, and what bare numbers in it now stand for."""

    text: str
    heading: Heading
    kind: str
    once: bool = False
    at: int = 0
    found: list[Cited] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()
        return match


def read_symbols(cell: str, heading: Heading) -> tuple[Cited, ...]:
    """Return the documents that a cell cites, or none if it is not wholly understood.

    >>> from emg_graph.importers.programme_budget.bodies import read_heading
    >>> assembly = read_heading("General Assembly resolutions", None)
    >>> [cited.symbol for cited in read_symbols("49/37; 2997 (XXVII); 43/222 A–B", assembly)]
    ['A/RES/49/37', 'A/RES/2997(XXVII)', 'A/RES/43/222 A', 'A/RES/43/222 B']
    """
    reading = _Reading(plain(cell), heading, heading.kind)
    while reading.at < len(reading.text):
        if kind := reading.take(_KIND):
            reading.kind, reading.once = kind[1].casefold(), not kind[2]
        if not (_take_full(reading) or _take_number(reading)):
            return ()
        _take_provision(reading)
        reading.take(_BETWEEN)
    return tuple(reading.found)


def plain(cell: str) -> str:
    """Return a cell's symbols with Latin letters alone and without spaces inside them.

    >>> plain("ЕСЕ/BATUMI. CONF/2016/2/ Add.1 ")
    'ECE/BATUMI.CONF/2016/2/Add.1'
    """
    text = " ".join(cell.translate(_LOOK_ALIKES).split()).strip(" *")
    text = re.sub(r"(?<=/)\s+(?=[\w(])|(?<=\w)\s+(?=/)", "", text)
    return re.sub(r"(?<=[A-Z]\.)\s+(?=[A-Z]+/)", "", text)


def _take_full(reading: _Reading) -> bool:
    """Read a symbol that is written in full, with its addenda and corrigenda."""
    if not (match := reading.take(_FULL)):
        return False
    symbol = re.sub(r"(?<=\d)[aA]$", " A", match[0]) if "/RES/" in match[0] else match[0]
    body = next(
        (body for start, body in _SERIES.items() if symbol.startswith(start)),
        reading.heading.body.concept,
    )
    first = Cited(symbol, body, match[0], _year_within(symbol) or year_of(symbol, body))
    reading.found.append(first)
    base = re.sub(r"/(?:Add|Corr)\.\d+$", "", symbol)
    while part := reading.take(_PART):
        reading.found.append(replace(first, symbol=f"{base}/{part[1]}", written=part[1]))
    return True


def _year_within(symbol: str) -> str:
    """Return the year that a full symbol holds as a part of its own."""
    if match := re.search(r"[/(]((?:19|20)\d\d)(?=[/)]|$)", symbol):
        return match[1]
    return ""


def _take_number(reading: _Reading) -> bool:
    """Read a bare number, which the heading says the body of."""
    body = reading.heading.body
    if not body.resolution or not (match := reading.take(_NUMBER)):
        return False
    if (match["bare"] and not body.dated) or (match["council"] and body.concept not in _COUNCIL):
        return False
    number, parts, year = _number(match)
    kind = reading.kind
    if body.first_decision and _ordinal(number) >= body.first_decision and not match["prst"]:
        kind = "decision"
    symbol = f"A/HRC/{number}" if match["prst"] else body.named(number, kind)
    year = year or year_of(symbol, body.concept)
    base = Cited(symbol, body.concept, match[0].strip(), year, by_title=bool(match["bare"]))
    reading.found.extend(_parted(base, parts))
    if reading.once:
        reading.kind, reading.once = reading.heading.kind, False
    return True


_COUNCIL = frozenset({"security-council"})


def _number(match: re.Match[str]) -> tuple[str, str, str]:
    """Return the number of a document, its parts, and the year that is written in it."""
    if match["slash"] and match["of"]:
        year, number = match["slash"].split("/", 1)
        return f"{number}({match['of']})", match["parts"] or "", year if len(year) == 4 else ""
    if match["slash"]:
        first = match["slash"].split("/", 1)[0]
        year = first if re.fullmatch(r"(?:19|20)\d\d", first) else ""
        return match["slash"], match["parts"] or "", year
    if match["council"]:
        return f"{match['council']}({match['year']})", "", match["year"]
    if match["old"]:
        number = f"{match['old']}({match['session']})"
        parts = match["before"] or match["after"] or ""
        return number, parts, ""
    if match["letter"]:
        return f"{match['letter']}({match['meeting']})", "", ""
    return match[0], "", match["bare"] or ""


def _ordinal(number: str) -> int:
    """Return the last number of a symbol, where the documents of a session are counted.

    >>> _ordinal("2004/310"), _ordinal("2997(XXVII)")
    (310, 0)
    """
    match = re.fullmatch(r"(?:S-|ES-)?\d+/(\d+)", number)
    return int(match[1]) if match else 0


def _parted(base: Cited, letters: str) -> Iterator[Cited]:
    """Yield a document for each lettered part of it.

    >>> [cited.symbol for cited in _parted(Cited("A/RES/43/222", "", ""), "A-C")]
    ['A/RES/43/222 A', 'A/RES/43/222 B', 'A/RES/43/222 C']
    """
    if not letters:
        yield base
        return
    named = re.findall(r"[A-Z]", letters)
    if re.search(r"-|to", letters):
        named = [chr(code) for code in range(ord(named[0]), ord(named[-1]) + 1)]
    for letter in named:
        yield replace(base, symbol=f"{base.symbol} {letter}")


def _take_provision(reading: _Reading) -> None:
    """Give the part that is named after a document to that document."""
    if match := reading.take(_PROVISION):
        named = " ".join((match[1] or match[2]).split()).strip(" ,")
        reading.found[-1] = replace(reading.found[-1], provision=named)
