"""What a fascicle says of itself: symbol, year, section and title."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph.errors import DocumentError
from emg_graph.importers.programme_budget.blocks import Block, Paragraph, cleaned

if TYPE_CHECKING:
    from docx.document import Document

_SYMBOL = re.compile(
    r"A/(\d{2,3})/6 ?\(((?:Income )?sect\. ?\d+[A-Z]?|Plan outline)\)(/(?:Add|Corr|Rev)\.\d{1,2})?",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"A_(\d{2,3})_6_(INCOME_?SECT|SECT|PLAN_?OUTLINE)[._]*(\d+[A-Z]?)?"
    r"(?:[_. ]+(ADD|CORR|REV)\.?(\d+))?",
    re.IGNORECASE,
)
_BUDGET = re.compile(r"Proposed programme budget for (\d{4})")
_SECTION = re.compile(r"(?:Income )?section \d+[A-Z]?", re.IGNORECASE)
_PROGRAMME = re.compile(r"Programme (\d+)")
_LETTERHEAD = "Distr."
_FIRST_SESSION = 1946
"""The year from which the budget's year is counted to the session: the eightieth for 2026."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of a fascicle.

    >>> Cover("A/80/6 (Sect. 3)/Add.2", "2026", "Political affairs").section
    'sect. 3/Add.2'
    """

    symbol: str
    year: str
    title: str = ""
    programme: tuple[str, str] | None = None
    """The number and title of the programme, where the fascicle is of one."""

    @property
    def identifier(self) -> str:
        """The id of the fascicle as a source."""
        return slug(self.symbol.replace("(", ""))

    @property
    def section(self) -> str:
        """The section as the codes of the registry write it."""
        inner, rest = self.symbol.split("(", 1)[1].split(")", 1)
        return inner[0].lower() + inner[1:] + rest

    @property
    def whole_title(self) -> str:
        """The title of the fascicle as a source."""
        section, _, addition = self.section.replace("sect. ", "section ").partition("/")
        parts = [f"Proposed programme budget for {self.year}", section]
        if self.title and self.title.casefold() != section.casefold():
            parts.append(self.title)
        named = addition.replace("Add.", "addendum ").replace("Corr.", "corrigendum ")
        return ", ".join(parts) + (f": {named}" if named else "")

    @property
    def address(self) -> str:
        """The public address of the document."""
        return f"https://undocs.org/{self.symbol.replace(' ', '')}"


def slug(text: str) -> str:
    """Return letters without accents and digits in lower case, joined by hyphens.

    >>> slug("A/RES/2997(XXVII)"), slug("communiqué")
    ('a-res-2997-xxvii', 'communique')
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "-".join(re.findall(r"[a-z0-9]+", kept))


def read_cover(document: Document, blocks: Sequence[Block], path: Path) -> Cover:
    """Read the cover of a fascicle.

    Raises:
        DocumentError: neither the document nor its name says which fascicle it is.
    """
    texts = [
        block.text
        for block in blocks[:60]
        if isinstance(block, Paragraph) and not block.text.startswith("*")
    ]
    years = [match[1] for text in texts if (match := _BUDGET.search(text))]
    symbol = _symbol([*_headers(document)], years) or _from_name(path)
    if not symbol:
        raise DocumentError(
            f"{path} is no fascicle of a proposed programme budget: no symbol such as A/80/6"
            " (Sect. 14) stands in its header or file name"
        )
    year = years[0] if years else str(_FIRST_SESSION + int(symbol.split("/")[1]))
    return Cover(symbol, year, _after(texts, _SECTION), _programme(texts))


def _headers(document: Document) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/header"):
            element = relation.target_part.element
            yield cleaned("".join(node.text or "" for node in element.iter("{*}t")))


def _symbol(headers: Sequence[str], years: Sequence[str]) -> str:
    """Return the symbol on the letterhead; headers often keep those of an earlier year.

    >>> _symbol(["A/79/6 (Sect. 1)", "A/80/6 (Sect. 1) Distr.: General"], ["2026"])
    'A/80/6 (Sect. 1)'
    """
    session = str(int(years[0]) - _FIRST_SESSION) if years else ""
    found = [
        (match[1] == session, _LETTERHEAD in header, _form(match))
        for header in headers
        for match in _SYMBOL.finditer(header)
    ]
    counted = Counter(found)
    best = sorted(counted, key=lambda one: (not one[0], not one[1], -counted[one], one[2]))
    return best[0][2] if best else ""


def _form(match: re.Match[str]) -> str:
    section = " ".join(match[2].replace(".", ". ").split())
    return f"A/{match[1]}/6 ({section[0].upper()}{section[1:]}){match[3] or ''}"


def _from_name(path: Path) -> str:
    """Return the symbol that the name of a file gives, or nothing.

    >>> _from_name(Path("A_80_6_Sect._3_Add.2_Cluster_I.docx")), _from_name(Path("x.docx"))
    ('A/80/6 (Sect. 3)/Add.2', '')
    """
    if not (match := _FILE.match(path.stem)):
        return ""
    session, kind, number, what, part = match.groups()
    addition = f"/{what.capitalize()}.{part}" if what else ""
    if kind.casefold().startswith("plan"):
        return f"A/{session}/6 (Plan outline){addition}"
    if not number:
        return ""
    begin = "Income sect." if kind.casefold().startswith("income") else "Sect."
    return f"A/{session}/6 ({begin} {number}){addition}"


def _after(texts: Iterable[str], heading: re.Pattern[str]) -> str:
    """Return the paragraph after the heading, which is the title that goes with it."""
    found = iter(texts)
    for text in found:
        if heading.fullmatch(text):
            return next(found, "")
    return ""


def _programme(texts: Sequence[str]) -> tuple[str, str] | None:
    for number, title in pairwise(texts):
        if match := _PROGRAMME.fullmatch(number):
            return match[1], title
    return None
