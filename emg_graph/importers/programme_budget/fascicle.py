"""A fascicle of a proposed programme budget, opened and taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.documents import read_docx
from emg_graph.importers.known import Known
from emg_graph.importers.programme_budget.blocks import Block, Paragraph, read_blocks
from emg_graph.importers.programme_budget.chapters import Chapter, read_chapters
from emg_graph.importers.programme_budget.cover import Cover, read_cover
from emg_graph.importers.programme_budget.lists import Row, read_lists
from emg_graph.importers.programme_budget.partners import is_about_partners


@dataclass(frozen=True, slots=True)
class Fascicle:
    """A document with what is read from it at once."""

    path: Path
    cover: Cover
    blocks: list[Block]
    chapters: list[Chapter]
    rows: list[Row]
    strays: list[Row]
    """The pieces of its lists that fit nowhere."""

    def on_cooperation(self) -> Iterator[tuple[Paragraph, Chapter]]:
        """Yield the paragraphs on cooperation, each with its chapter."""
        for block, chapter in zip(self.blocks, self.chapters, strict=True):
            if isinstance(block, Paragraph) and is_about_partners(block.text):
                yield block, chapter


def open_fascicle(path: Path, known: Known) -> Fascicle:
    """Open a fascicle.

    Raises:
        DocumentError: the file is no fascicle, or is damaged.
    """
    known.tell(f"reading {path.name}")
    document = read_docx(path)
    try:
        blocks = read_blocks(document)
        cover = read_cover(document, blocks, path)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DocumentError(
            f"{path} is damaged inside: its paragraphs and tables are not as Word writes them;"
            " open it in Word and save it anew"
        ) from error
    chapters = read_chapters(blocks, cover.section, known)
    rows, strays = read_lists(blocks, chapters, cover.year)
    return Fascicle(path, cover, blocks, chapters, rows, strays)
