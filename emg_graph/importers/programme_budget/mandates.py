"""The mandates that rows cite, each once, however many budgets and rows list it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from emg_graph.importers.addresses import read_address
from emg_graph.importers.programme_budget.blocks import Link
from emg_graph.importers.programme_budget.bodies import is_text
from emg_graph.importers.programme_budget.cover import slug
from emg_graph.importers.programme_budget.lists import Row
from emg_graph.importers.programme_budget.programmes import short_slug
from emg_graph.importers.programme_budget.symbols import Cited, plain, read_symbols

_PUBLIC = frozenset(
    {
        "digitallibrary.un.org",
        "docs.un.org",
        "documents.un.org",
        "ecosoc.un.org",
        "undocs.org",
        "unece.org",
        "unhabitat.org",
        "www.un.org",
    }
)
"""The public sites of United Nations documents; fascicles also link internal ones."""
_PROVISION = re.compile(
    r"(?:articles?|art\.|annex|chap(?:ter|\.)|rules?|sect(?:ion|\.)|paras?\.)\s.+", re.IGNORECASE
)
_TREATY = re.compile(r"\b(?:convention|protocol|charter|covenant|treaty)\b", re.IGNORECASE)
_INSIDE = re.compile(r",\s+((?:articles?|art\.|annex|chap\.|sect\.|para\.)\s[^,]+)$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s\(((?:sects?|paras?|annex(?:es)?|rules?|chap|arts?)\b[^()]*(?:\([^()]*\)[^()]*)*)\)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?:agenda|agreement|charter|code|compact|consensus|constitution|convention|covenant|"
    r"declaration|framework|plan|platform|programme|protocol|rules|statement|statute|strategy|"
    r"treaty)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as one row of a budget lists it."""

    id: str
    symbol: str
    body: str
    title: str
    session_on: str
    homepage: str
    provision: str
    alone: bool = True
    """Whether the row lists no other document, so that its title is surely of this one."""


def read_mandates(row: Row) -> tuple[Listed, ...]:
    """Return the documents that a row cites, or none if it is not understood."""
    if row.heading and row.symbols:
        if cited := read_symbols(row.symbols, row.heading):
            return tuple(_with_symbol(one, row, len(cited)) for one in cited)
        if named := _named(row):
            return (named,)
    return ()


def _with_symbol(cited: Cited, row: Row, among: int) -> Listed:
    """Return a document that has a symbol, or one that only its year and title tell from others."""
    identifier = slug(cited.symbol)
    if cited.by_title:
        identifier = short_slug(f"{cited.symbol} {row.title}")
    title, part = parted(row.title) if among == 1 else (row.title, "")
    return Listed(
        identifier,
        cited.symbol,
        cited.body,
        title,
        cited.session_on,
        homepage(cited, row.links, among),
        cited.provision or part,
        among == 1,
    )


def parted(title: str) -> tuple[str, str]:
    """Split a title from the part of the document that stands after it in brackets.

    >>> parted("2005 World Summit Outcome (para. 61 (d))")
    ('2005 World Summit Outcome', 'para. 61 (d)')
    """
    if match := _AFTER.search(title):
        return title[: match.start()], match[1]
    return title, ""


def _named(row: Row) -> Listed | None:
    """Return the document that a row names: a treaty by its title, or an article of one."""
    assert row.heading is not None
    heading, text = row.heading, row.symbols
    if is_text(heading.text) and _PROVISION.fullmatch(text):
        return _document(heading.text, heading.body.concept, "", text)
    if row.title or len(text.split()) < 3 or not _NAME.search(text):
        return None
    provision = _INSIDE.search(text)
    name = text[: provision.start()] if provision else text
    body = "treaty-text" if heading.body.concept == "other-body" and _is_treaty(name) else ""
    return _document(name, body or heading.body.concept, "", provision[1] if provision else "")


def _is_treaty(name: str) -> bool:
    return _TREATY.search(name) is not None


def _document(name: str, body: str, session_on: str, provision: str) -> Listed:
    return Listed(f"text-{short_slug(name)}", name, body, name, session_on, "", provision)


def homepage(cited: Cited, links: Sequence[Link], among: int) -> str:
    """Return the public address that a cell gives for a document, or nothing.

    >>> cited = Cited("A/RES/47/190", "general-assembly", "47/190")
    >>> homepage(cited, [Link("47/190", "https://docs.un.org/en/A/RES/47/190")], 1)
    'https://docs.un.org/en/A/RES/47/190'
    >>> homepage(cited, [Link("47/190", "https://docs.un.org/en/A/RES/47/191")], 1)
    ''
    """
    for link in links:
        meant = among == 1 or _same_words(link.text, cited.written)
        address = read_address(unquote(link.address))
        if meant and address and _leads_to(link, cited):
            return address
    return ""


def _same_words(text: str, written: str) -> bool:
    first, second = plain(text).strip(" ;,"), plain(written)
    return len(first) > 2 and (first in second or second in first)


def _leads_to(link: Link, cited: Cited) -> bool:
    """Tell whether an address is public and, where it shows a symbol, shows this one."""
    try:
        parts = urlsplit(link.address.strip())
    except ValueError:  # such as http://[Insert link]
        return False
    if parts.scheme not in {"http", "https"} or parts.hostname not in _PUBLIC:
        return False
    if len(parts.path) < 2:
        return False
    if parts.hostname in {"docs.un.org", "undocs.org"}:
        shown = slug(unquote(re.sub(r"^/(?:en/)?", "", parts.path)))
        return _alike(shown, slug(cited.symbol))
    return True


def _alike(shown: str, wanted: str) -> bool:
    """Tell whether two symbols are of one document, or one is a lettered part of the other.

    >>> _alike("a-res-48-218b", "a-res-48-218-b"), _alike("a-res-79-1", "a-res-79-12")
    (True, False)
    """
    first, second = (re.sub(r"-?[a-h](?:-?[a-h])?$", "", one) for one in (shown, wanted))
    return first == second


def best_of(listed: Iterable[tuple[Row, Listed]]) -> tuple[Row, Listed, str]:
    """Return the first row that describes a document, and the first address that any gives.

    A row that lists it alone with a title comes before one where it shares a title with others,
    and that before one without. Rows come in the order of their sources and places.
    """
    rows = list(listed)
    row, document = min(rows, key=lambda one: (not one[1].title, not one[1].alone))
    return row, document, next((one.homepage for _, one in rows if one.homepage), "")
