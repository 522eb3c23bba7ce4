"""The lists of legislative mandates: each row with its heading, programme and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from emg_graph.importers.programme_budget.blocks import Block, Cell, Link, Paragraph, Table
from emg_graph.importers.programme_budget.bodies import Heading, is_heading, is_text, read_heading
from emg_graph.importers.programme_budget.chapters import Chapter
from emg_graph.importers.programme_budget.programmes import (
    Programme,
    Title,
    programme_of,
    read_title,
)

_START = re.compile(r"(?:legislative mandates?|list of mandates)\W*", re.IGNORECASE)
_END = re.compile(
    r"(?:deliverables|programme of work|evaluation activities|overall orientation|objective|"
    r"strategy.*|annex.*|[A-Z]\. (?:proposed|planned).*|_+|\* \* \*)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"Replace the table for subprogramme (\d+), (.+), with the following:?", re.IGNORECASE
)
_PARAGRAPH = re.compile(r"Paragraph (\d\S*)")
_BULLET = re.compile(r"[•\uf0b7▪–]\s*")
_LABELS = frozenset({"symbol", "resolution", "number", "no.", "title"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a list of mandates, as it is written."""

    chapter: Chapter
    programme: Programme | None
    heading: Heading | None
    paragraph: str
    number: int
    symbols: str
    """What stands in the cell of symbols; a document without one is named here."""
    title: str = ""
    links: tuple[Link, ...] = ()

    @property
    def place(self) -> str:
        """Where the row is, for a locator."""
        parts = [f"para. {self.paragraph}" if self.paragraph else "legislative mandates"]
        if self.programme:
            parts.append(self.programme.place())
        if self.heading and self.number:
            parts.append(self.heading.text.rstrip(":"))
        return ", ".join([*parts, f"row {self.number}"] if self.number else parts)


@dataclass(slots=True)
class _State:
    """What has been read above a row."""

    paragraph: str = ""
    title: Title | None = None
    heading: Heading | None = None
    counts: Counter[tuple[str, ...]] = field(default_factory=Counter)


def read_lists(
    blocks: Sequence[Block], chapters: Sequence[Chapter], year: str
) -> tuple[list[Row], list[Row]]:
    """Return the rows of all lists of a fascicle, and the pieces of them that fit nowhere."""
    reader = _Lists(blocks, chapters, year)
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Paragraph):
            if _START.fullmatch(block.text):
                place = reader.read(place + 1, _State())
                continue
            if match := _CORRECTED.fullmatch(block.text):
                title = Title(match[1], "", match[2], 1)
                place = reader.read(place + 1, _State(_above(blocks, place), title))
                continue
        place += 1
    return reader.rows, reader.strays


def _above(blocks: Sequence[Block], place: int) -> str:
    """Return the paragraph that a corrigendum says it corrects."""
    block = blocks[place - 1] if place else None
    match = _PARAGRAPH.fullmatch(block.text) if isinstance(block, Paragraph) else None
    return match[1] if match else ""


class _Lists:
    """Reads lists one after the other."""

    def __init__(self, blocks: Sequence[Block], chapters: Sequence[Chapter], year: str) -> None:
        self.rows: list[Row] = []
        self.strays: list[Row] = []
        self._blocks, self._chapters, self._year = blocks, chapters, year

    def read(self, place: int, state: _State) -> int:
        """Read the list that begins at a place, and return where it ends."""
        while place < len(self._blocks):
            block = self._blocks[place]
            chapter = self._chapters[place]
            if isinstance(block, Table):
                self._read_table(block, chapter, state)
            elif _END.fullmatch(block.text):
                return place
            else:
                place += self._read_paragraph(block, place, state) - 1
            place += 1
        return place

    def _read_paragraph(self, block: Paragraph, place: int, state: _State) -> int:
        """Read a paragraph of a list, and return how many it takes."""
        chapter, text = self._chapters[place], block.text
        above = state.title.number if state.title else ""
        if title := read_title(self._blocks, place, above):
            state.title, state.heading = title, None
            return title.paragraphs
        if _BULLET.match(text) and state.heading:
            self._add(chapter, state, _BULLET.sub("", text, count=1))
        elif is_heading(text, chapter.entity):
            state.heading = read_heading(text, chapter.entity)
        elif block.number or text.endswith("."):
            state.paragraph = block.number or state.paragraph
        elif len(text) > 2:
            self._read_name(text, place, state)
        return 1

    def _read_name(self, text: str, place: int, state: _State) -> None:
        """Read a short paragraph: an unusual heading, a document, or a part without number."""
        chapter = self._chapters[place]
        following = self._blocks[place + 1] if place + 1 < len(self._blocks) else None
        listed = isinstance(following, Paragraph) and _BULLET.match(following.text)
        if isinstance(following, Table) or listed:
            state.heading = read_heading(text, chapter.entity)
        elif is_text(text):
            state.heading = read_heading(text, chapter.entity)
            self._add(chapter, state, text)
        elif isinstance(following, Paragraph) and is_heading(following.text, chapter.entity):
            state.title, state.heading = Title("", "", text, 1), None
        else:
            self.strays.append(self._row(chapter, state, 0, text))

    def _read_table(self, table: Table, chapter: Chapter, state: _State) -> None:
        start = len(self.rows)
        for cells in table.rows:
            texts = [cell for cell in cells if cell.text]
            if not texts or {cell.text.casefold() for cell in texts} <= _LABELS:
                continue
            symbols = "" if not cells[0].text else _apart(cells[0])
            title = " ".join(cell.text for cell in cells[1:] if cell.text)
            links = tuple(link for cell in cells[:1] for link in cell.links)
            if symbols:
                self._add(chapter, state, symbols, title, links)
            elif len(self.rows) > start:
                above = self.rows[-1]
                self.rows[-1] = replace(above, title=f"{above.title}; {title}".strip("; "))
            else:
                self._add(chapter, state, "", title)

    def _add(
        self,
        chapter: Chapter,
        state: _State,
        symbols: str,
        title: str = "",
        links: tuple[Link, ...] = (),
    ) -> None:
        heading = state.heading.text if state.heading else ""
        part = state.title.label + state.title.name if state.title else ""
        key = (chapter.code, state.paragraph, part, heading)
        state.counts[key] += 1
        self.rows.append(self._row(chapter, state, state.counts[key], symbols, title, links))

    def _row(
        self,
        chapter: Chapter,
        state: _State,
        number: int,
        symbols: str,
        title: str = "",
        links: tuple[Link, ...] = (),
    ) -> Row:
        programme = programme_of(state.title, chapter, self._year) if state.title else None
        return Row(
            chapter, programme, state.heading, state.paragraph, number, symbols, title, links
        )


def _apart(cell: Cell) -> str:
    """Return the symbols of a cell, with a break where a hyperlink begins right after a number.

    >>> _apart(Cell(("44/1553/3",), (Link("53/3", "https://docs.un.org/en/A/HRC/RES/53/3"),)))
    '44/15; 53/3'
    """
    texts = list(cell.texts)
    for link in cell.links:
        if re.fullmatch(r"\d+/\d+", link.text):
            joined = re.compile(rf"(?<=/\d\d){re.escape(link.text)}(?!\d)")
            texts = [joined.sub(f"; {link.text}", text) for text in texts]
    return "; ".join(text.strip(" ;") for text in texts)
