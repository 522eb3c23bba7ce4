"""A Word document as a reader sees it: paragraphs with their numbers, tables of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emg_graph.importers.programme_budget.numbering import Numbering

if TYPE_CHECKING:
    from docx.document import Document

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_GONE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_UNSEEN = frozenset(f"{_WORD}{name}" for name in ("del", "moveFrom", "txbxContent", "pPr"))
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_MARK = re.compile(r"[a-z*†‡§]{1,3}|\d{1,2}")
_TYPED = re.compile(r"(\d+[A-Z]?(?:\.[IVX]+)?\.\d+)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the words that it lies on, and where it leads."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its number is the one typed before its text or given by Word's numbering."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its paragraphs, and the hyperlinks in them."""

    texts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    @property
    def text(self) -> str:
        """The whole text of the cell."""
        return " ".join(self.texts)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, each with the cells that begin in it."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


def cleaned(text: str) -> str:
    """Return a text with plain spaces and hyphens, and without what cannot be seen.

    >>> cleaned("2001–\u200d2010,\u00a0non\u2011breaking ")
    '2001–2010, non-breaking'
    """
    return " ".join(_GONE.sub("", text).translate(_HYPHENS).split())


def read_blocks(document: Document) -> list[Block]:
    """Return the paragraphs and tables of a document that have something in them, in order."""
    numbering = Numbering(document)
    links = {
        name: relation.target_ref
        for name, relation in document.part.rels.items()
        if relation.is_external
    }
    return [*_blocks(document.element.body, numbering, links)]


def _blocks(
    parent: Iterable[Any], numbering: Numbering, links: Mapping[str, str]
) -> Iterator[Block]:
    for element in parent:
        if element.tag == f"{_WORD}p":
            number = numbering.next(element)
            if text := cleaned(_text(element)):
                yield _paragraph(text, number)
        elif element.tag == f"{_WORD}tbl":
            yield Table(tuple(_row(row, links) for row in element.iter(f"{_WORD}tr")))
        elif element.tag == f"{_WORD}sdt":
            yield from _blocks(element.findall(f"{_WORD}sdtContent/*"), numbering, links)


def _paragraph(text: str, number: str) -> Paragraph:
    """Take a typed number off the text.

    >>> _paragraph("14.8 The list below", "")
    Paragraph(text='The list below', number='14.8')
    """
    if typed := _TYPED.match(text):
        return Paragraph(text[typed.end() :], typed[1])
    return Paragraph(text, number)


def _row(row: Any, links: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(_cell(cell, links) for cell in row.iterfind(f"{_WORD}tc"))


def _cell(cell: Any, links: Mapping[str, str]) -> Cell:
    """Read a cell; one that a merged cell above reaches into is empty."""
    merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
    if merged is not None and merged.get(f"{_WORD}val") != "restart":
        return Cell()
    texts = (cleaned(_text(paragraph)) for paragraph in cell.iter(f"{_WORD}p"))
    found = _links(cell, links)
    return Cell(tuple(text for text in texts if text), tuple(one for one in found if one.address))


@dataclass(slots=True)
class _Field:
    """A field of Word that is being read: what it does, and the words that it shows."""

    instruction: str = ""
    text: str = ""
    shown: bool = False


def _links(cell: Any, links: Mapping[str, str]) -> Iterator[Link]:
    """Yield the hyperlinks of a cell, which Word keeps as elements or as fields."""
    fields: list[_Field] = []
    for element in _seen(cell):
        if element.tag == f"{_WORD}hyperlink":
            yield Link(cleaned(_text(element)), links.get(element.get(_RELATION), ""))
        elif element.tag == f"{_WORD}fldSimple":
            yield Link(cleaned(_text(element)), _target(element.get(f"{_WORD}instr", "")))
        elif element.tag == f"{_WORD}fldChar":
            if field := _turn(fields, element.get(f"{_WORD}fldCharType")):
                yield Link(cleaned(field.text), _target(field.instruction))
        elif element.tag == f"{_WORD}instrText" and fields:
            fields[-1].instruction += element.text or ""
        else:
            for field in fields:
                field.text += _letters(element) if field.shown else ""


def _turn(fields: list[_Field], mark: str) -> _Field | None:
    """Follow a mark between the parts of fields, and return the field that it ends."""
    if mark == "begin":
        fields.append(_Field())
    elif fields and mark == "separate":
        fields[-1].shown = True
    elif fields and mark == "end":
        return fields.pop()
    return None


def _target(instruction: str) -> str:
    """Return the address that a field leads to, empty for any other field.

    >>> _target(' HYPERLINK "https://docs.un.org/en/A/RES/47/190" '), _target("REF _Ref1")
    ('https://docs.un.org/en/A/RES/47/190', '')
    """
    match = _HYPERLINK.match(instruction)
    return match[1] if match else ""


def _text(element: Any) -> str:
    return "".join(_letters(one) for one in _seen(element))


def _seen(element: Any) -> Iterator[Any]:
    """Yield what is in an element, at any depth, without notes, deletions and text boxes."""
    for child in element:
        if child.tag in _UNSEEN or (child.tag == f"{_WORD}r" and _is_mark(child)):
            continue
        yield child
        yield from _seen(child)


def _letters(element: Any) -> str:
    """Return what a reader sees of one element, without what is in it."""
    if element.tag == f"{_WORD}t":
        return element.text or ""
    if element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}:
        return " "
    return "-" if element.tag == f"{_WORD}noBreakHyphen" else ""


def _is_mark(run: Any) -> bool:
    """Tell whether a run is the raised letter, number or star of a footnote."""
    raised = run.find(f"{_WORD}rPr/{_WORD}vertAlign")
    if raised is None or raised.get(f"{_WORD}val") != "superscript":
        return False
    return _MARK.fullmatch("".join(text.text or "" for text in run.iter(f"{_WORD}t"))) is not None
