"""The parts of a fascicle: which entity each of its paragraphs and tables is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from emg_graph.importers.known import Known
from emg_graph.importers.programme_budget.blocks import Block, Paragraph
from emg_graph.records import Code

REGISTRY = "programme-budget"

_NUMBERED = re.compile(r"(?:[IVXLC]+|\d{1,2})\.\s+(?=\S)")
_PLAN = re.compile(r"(?:A\. )?(?:Proposed programme plan|Planned activities) (?:for|in) \d{4}.*")
_GENERAL = re.compile(r".*\b(?:overview|introduction|cross-cutting information)\b.*", re.IGNORECASE)
_SUBPROGRAMME = re.compile(r"Subprogramme \d+")
_LONGEST = 400
"""The longest heading has some 270 characters."""
_NEAR = 3
"""So many paragraphs after a chapter's heading its programme plan begins at the latest."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a fascicle that is of one entity."""

    code: str
    entity: str | None
    owner: str | None
    """The entity of the whole plan of which the part is a subprogramme; else the entity."""
    confidence: str = "high"


def read_chapters(blocks: Sequence[Block], section: str, known: Known) -> list[Chapter]:
    """Return the chapter in which each block stands.

    A heading that has a code of the registry begins another chapter; so does a numbered heading
    before a programme plan, whose entity is then not known.
    """
    sure = _confidences(known)
    current = _chapter(section, known, sure)
    found = []
    for place, block in enumerate(blocks):
        if isinstance(block, Paragraph) and len(block.text) < _LONGEST:
            name = unnumbered(block.text)
            code = f"{section} | {name}"
            if known.by_code(REGISTRY, code):
                begun = _chapter(code, known, sure)
                below = place and _is_subprogramme(blocks[place - 1])
                current = replace(begun, owner=current.owner) if below else begun
            elif _begins(blocks, place) and not _GENERAL.fullmatch(name):
                current = Chapter(code, None, None)
        found.append(current)
    return found


def unnumbered(heading: str) -> str:
    """Return a heading without its number.

    >>> unnumbered("II. Joint Inspection Unit"), unnumbered("3. Panel of Experts on Libya")
    ('Joint Inspection Unit', 'Panel of Experts on Libya')
    """
    return _NUMBERED.sub("", heading, count=1) if _NUMBERED.match(heading) else heading


def _chapter(code: str, known: Known, sure: dict[str, str]) -> Chapter:
    entity = known.by_code(REGISTRY, code)
    return Chapter(code, entity, entity, sure.get(code, "high"))


def _confidences(known: Known) -> dict[str, str]:
    """Return how sure it is that a code stands for its entity."""
    return {
        row.code: row.confidence
        for row in known.tables.rows["codes"]
        if isinstance(row, Code) and row.registry == REGISTRY
    }


def _is_subprogramme(block: Block) -> bool:
    return isinstance(block, Paragraph) and _SUBPROGRAMME.fullmatch(block.text) is not None


def _begins(blocks: Sequence[Block], place: int) -> bool:
    """Tell whether a numbered heading has a programme plan right after it."""
    block = blocks[place]
    if not isinstance(block, Paragraph) or not _NUMBERED.match(block.text):
        return False
    following = blocks[place + 1 : place + 1 + _NEAR]
    return any(isinstance(one, Paragraph) and _PLAN.fullmatch(one.text) for one in following)
