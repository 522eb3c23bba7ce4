"""The numbers that Word gives to paragraphs by itself and that stand in no text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_WORD}val"
_DECIMAL = re.compile(r"[\d.]*%(\d)\.?")
"""A level's pattern that makes a paragraph number: ``%1.`` or ``1.%2``, in Arabic numerals."""


class Numbering:
    """Counts the numbered paragraphs of a document as Word does, from its first to its last."""

    def __init__(self, document: Document) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read(relation.target_part.element)
        for style in document.styles.element.iterfind(f"{_WORD}style"):
            if numbered := _numbered(style):
                self._styles[style.get(f"{_WORD}styleId")] = numbered

    def next(self, paragraph: Any) -> str:
        """Count the document's next paragraph and return its number, empty where it has none."""
        numbered = _numbered(paragraph) or self._styles.get(_style(paragraph))
        if not numbered or numbered[0] not in self._lists:
            return ""
        name, level = self._lists[numbered[0]], numbered[1]
        counts = self._counts[name]
        definition = self._levels[name].get(level)
        first = 1 if definition is None else _number(definition, "start", 1)
        counts[level] = counts.get(level, first - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        return _written(definition, level, counts[level])

    def _read(self, element: Any) -> None:
        for one in element.iterfind(f"{_WORD}abstractNum"):
            self._levels[one.get(f"{_WORD}abstractNumId")] = {
                int(level.get(f"{_WORD}ilvl")): level for level in one.iterfind(f"{_WORD}lvl")
            }
        for one in element.iterfind(f"{_WORD}num"):
            name = one.find(f"{_WORD}abstractNumId").get(_VALUE)
            if name in self._levels:
                self._lists[one.get(f"{_WORD}numId")] = name


def _numbered(element: Any) -> tuple[str, int] | None:
    """Return the list and level that a paragraph or style names, or None."""
    found = element.find(f"{_WORD}pPr/{_WORD}numPr")
    if found is None or (name := found.find(f"{_WORD}numId")) is None:
        return None
    return name.get(_VALUE), _number(found, "ilvl", 0)


def _number(element: Any, name: str, otherwise: int) -> int:
    found = element.find(f"{_WORD}{name}")
    return otherwise if found is None else int(found.get(_VALUE))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if found is None else str(found.get(_VALUE))


def _written(definition: Any, level: int, count: int) -> str:
    """Return the number as it is printed, if it is one of paragraphs and no letter or bullet."""
    if definition is None:
        return ""
    form = definition.find(f"{_WORD}numFmt")
    text = definition.find(f"{_WORD}lvlText")
    if text is None or (form is not None and form.get(_VALUE) != "decimal"):
        return ""
    match = _DECIMAL.fullmatch(text.get(_VALUE) or "")
    if not match or int(match[1]) != level + 1:
        return ""
    return match[0].replace(f"%{match[1]}", str(count)).rstrip(".")
