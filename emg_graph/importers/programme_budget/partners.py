"""The bodies that a paragraph on cooperation or coordination names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from emg_graph.importers.known import Known
from emg_graph.records import Agreement, Entity, Mechanism

_ABOUT = re.compile(
    r"(?:with regard to|regarding|in terms of|concerning) (?:the )?"
    r"(?:cooperation|inter-?agency|coordination|liaison)\b",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?:,? and|,| or|, as well as)?,? (?:the )?(?:secretariats? of (?:the )?)?")
_OF_SECRETARIAT = re.compile(r"[Ss]ecretariats? of (?:the )?$")
_SECRETARIAT = re.compile(r"(?:’s)? [Ss]ecretariat\b")
_CONVENTION = re.compile(
    r"Convention|Protocol|Agreement|Treaty|Framework|Instrument|^[A-Z][A-Z-]{2,}$"
)
_CAPITALS = re.compile(r"[A-Z].*[A-Z0-9]|.*\s")
_LONGER = re.compile(r" (?:(?:for|of) (?:the )?)?[A-Z][\w’-]*")
_BEFORE = re.compile(r"[A-Z][\w’-]+ (?:(?:of|for|on) (?:the )?)?$")
_OPENING = frozenset(
    "The With Through Together In For By Under From Within Alongside And Jointly Both".split()
)


@dataclass(frozen=True, slots=True)
class Named:
    """A body that is named in a text."""

    id: str
    written: str
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class _Label:
    id: str
    treaty: bool


def is_about_partners(text: str) -> bool:
    """Tell whether a paragraph is on cooperation or inter-agency coordination.

    >>> is_about_partners("With regard to inter-agency coordination and liaison, UNEP …")
    True
    >>> is_about_partners("With regard to external factors, the plan is based on …")
    False
    """
    return _ABOUT.match(text) is not None


class Partners:
    """Finds the bodies that a data folder knows in a text, the longest names first."""

    def __init__(self, known: Known) -> None:
        self._labels = dict(_labels(known))
        longest = sorted(self._labels, key=lambda label: (-len(label), label))
        names = "|".join(re.escape(label) for label in longest)
        self._pattern = re.compile(rf"(?<![\w/-])(?:{names})(?![\w/]|-\w)")

    def find(self, text: str) -> list[Named]:
        """Return each body that a text names, once, in the order of the text.

        A treaty counts as its secretariat where the text says so, or where the treaty stands in
        a list beside a body.
        """
        found: dict[str, Named] = {}
        matches = [match for match in self._pattern.finditer(text) if _is_whole(match)]
        listed = self._listed(matches)
        for match, counts in zip(matches, listed, strict=True):
            label = self._labels[match[0]]
            if counts:
                sure = "medium" if label.treaty else "high"
                found.setdefault(label.id, Named(label.id, match[0], sure))
        return list(found.values())

    def _listed(self, matches: list[re.Match[str]]) -> list[bool]:
        """Tell of each match whether it is of a body or of a treaty that stands for one."""
        counts = [not self._labels[match[0]].treaty or _is_secretariat(match) for match in matches]
        for steps in (range(1, len(matches)), range(len(matches) - 2, -1, -1)):
            for place in steps:
                beside = place - 1 if steps.step > 0 else place + 1
                first, second = sorted((place, beside))
                if counts[beside] and _adjoin(matches[first], matches[second]):
                    counts[place] = True
        return counts


def _labels(known: Known) -> Iterator[tuple[str, _Label]]:
    """Yield the names by which bodies are called, and those of treaties with a secretariat."""
    for row in known.tables.things():
        if isinstance(row, Entity | Mechanism):
            for text in (row.name, row.short_name, row.acronym, *row.aliases):
                if text and _CAPITALS.match(text):
                    identifier = known.by_name(text, ("entities", "mechanisms"))
                    yield _apostrophe(text), _Label(identifier or row.id, treaty=False)
    for row in known.tables.things():
        if isinstance(row, Agreement) and row.secretariat_entity:
            for text in (row.name, row.short_name, row.acronym, *row.aliases):
                taken = text and known.by_name(text, ("entities", "mechanisms"))
                if text and _CONVENTION.search(text) and not taken:
                    yield _apostrophe(text), _Label(row.secretariat_entity, treaty=True)


def _apostrophe(text: str) -> str:
    return text.replace("'", "’")


def _is_whole(match: re.Match[str]) -> bool:
    """Tell whether a name is not only a part of a longer one."""
    text = match.string
    if _LONGER.match(text, match.end()):
        return False
    before = _BEFORE.search(text[: match.start()])
    return before is None or before[0].split()[0] in _OPENING


def _is_secretariat(match: re.Match[str]) -> bool:
    text = match.string
    before = _OF_SECRETARIAT.search(text[: match.start()])
    return bool(before or _SECRETARIAT.match(text, match.end()))


def _adjoin(first: re.Match[str], second: re.Match[str]) -> bool:
    """Tell whether two names stand side by side in one list."""
    between = re.sub(r"^ \([^)]*\)", "", first.string[first.end() : second.start()])
    return bool(between) and _GAP.fullmatch(between) is not None
