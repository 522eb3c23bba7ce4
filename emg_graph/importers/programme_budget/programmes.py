"""Programmes, subprogrammes and components, as the headings of a fascicle name them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emg_graph.importers.programme_budget.blocks import Block, Paragraph
from emg_graph.importers.programme_budget.bodies import is_heading
from emg_graph.importers.programme_budget.chapters import Chapter
from emg_graph.importers.programme_budget.cover import Cover, slug

_SUBPROGRAMME = re.compile(
    r"Subprogramme (?P<number>\d+)(?:, component (?P<part>\d+))?(?:\. (?P<title>\S.*))?",
    re.IGNORECASE,
)
_COMPONENT = re.compile(r"Component (?P<part>\d+)(?:\. (?P<title>\S.*))?", re.IGNORECASE)
_TITLE = re.compile(r"[A-Z0-9](?!.*(?:thousands of|RB:|XB:)).{2,250}(?<![.:;])")
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme or a part of one."""

    id: str
    name: str
    number: str
    entity: str

    def place(self) -> str:
        """Return how a locator calls it."""
        return self.number or self.name


@dataclass(frozen=True, slots=True)
class Title:
    """A heading that names a programme's part, and how many paragraphs it takes."""

    number: str
    part: str
    name: str
    paragraphs: int

    @property
    def label(self) -> str:
        """The number in words, empty where the part has a name only."""
        numbered = f"subprogramme {self.number}" if self.number else ""
        component = f"component {self.part}" if self.part else ""
        return ", ".join(one for one in (numbered, component) if one)


def read_title(blocks: Sequence[Block], place: int, above: str = "") -> Title | None:
    """Read the heading of a subprogramme or component, with the title in the next paragraph.

    Args:
        blocks: the blocks of the fascicle.
        place: where the heading would be.
        above: the number of the subprogramme that a component belongs to.
    """
    block = blocks[place]
    if not isinstance(block, Paragraph):
        return None
    if match := _SUBPROGRAMME.fullmatch(block.text):
        number, part = match["number"], match["part"] or ""
    elif match := _COMPONENT.fullmatch(block.text):
        number, part = above, match["part"]
    else:
        return None
    if match["title"]:
        return Title(number, part, match["title"], 1)
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if not isinstance(following, Paragraph) or not _TITLE.fullmatch(following.text):
        return None
    if _COMPONENT.fullmatch(following.text) or is_heading(following.text, None):
        return Title(number, part, block.text, 1)
    return Title(number, part, following.text, 2)


def programme_of(title: Title, chapter: Chapter, year: str) -> Programme | None:
    """Return the programme that a heading names in a chapter, None where its entity is unknown.

    >>> programme_of(Title("1", "", "Climate action", 2), Chapter("", "unep", "unep"), "2026").id
    'pb2026-unep-sp1'
    """
    if not chapter.entity or not chapter.owner:
        return None
    numbers = "-".join(
        f"{letters}{number}"
        for letters, number in (("sp", title.number), ("c", title.part))
        if number
    )
    identifier = f"pb{year}-{chapter.owner}-{numbers or short_slug(title.name)}"
    return Programme(identifier, title.name, title.label, chapter.entity)


def read_programmes(
    cover: Cover, blocks: Sequence[Block], chapters: Sequence[Chapter]
) -> Iterator[Programme]:
    """Yield the whole programme of a fascicle and every subprogramme that has a heading."""
    first = chapters[0].entity if chapters else None
    if cover.programme and first:
        number, name = cover.programme
        yield Programme(f"pb{cover.year}-{first}", name, f"programme {number}", first)
    for place, chapter in enumerate(chapters):
        title = read_title(blocks, place)
        if title and title.number:
            later = chapters[min(place + 1, len(chapters) - 1)]
            if found := programme_of(title, later if later.owner else chapter, cover.year):
                yield found


def short_slug(text: str) -> str:
    """Return a slug that is short enough for an id and still of this text alone.

    >>> short_slug("Conference management, Vienna")
    'conference-management-vienna'
    >>> short_slug("a word " * 20)
    'a-word-a-word-a-word-a-word-a-word-a-word-a-word-a-0ce3a2'
    """
    whole = slug(text)
    if len(whole) <= _LONGEST_ID:
        return whole
    start = whole[: _LONGEST_ID - 6].rsplit("-", 1)[0]
    return f"{start}-{hashlib.sha256(whole.encode()).hexdigest()[:6]}"
