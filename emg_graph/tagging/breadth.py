"""Which of several themes found in one text stand, and which yield to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from emg_graph.tagging.lexicon import Hit
from emg_graph.tagging.words import Word

_PHRASE = 3
"""So many words may stand between two themes of one noun phrase."""
_APART = frozenset("and or including as et ou y o".split())
"""Words that part one noun phrase from another."""

_ALONE = frozenset({"climate"})
"""Themes that yield to a narrower one anywhere in the text."""

_NATURE = frozenset(
    "biodiversity climate freshwater land-degradation oceans pollution"
    " sustainable-consumption-and-production".split()
)
"""Parts of nature, and what is done to them; their narrower themes are too."""
_WHOLE = "environmental-governance"
"""The theme of the environment as a whole, which yields to a part of nature: "environmental
effects of waste" is about waste."""
_SIDES = frozenset("aspects considerations dimension dimensions effects impact impacts".split())

_AWARENESS = "education-and-awareness"
"""The theme of what people learn of the environment: awareness of another matter is not it."""


class Breadth:
    """Knows which theme is broader than which."""

    def __init__(self, broader: Mapping[str, str | None]) -> None:
        self._above = {theme: _above(theme, broader) for theme in broader}

    def standing(self, hits: Sequence[Hit], words: Sequence[Word]) -> Iterator[Hit]:
        """Yield the hits that stand.

        A theme yields to a narrower one of the same noun phrase, the environment as a whole to
        the part of it that the phrase goes on to, and awareness stands only beside nature.
        """
        for hit in hits:
            if not any(self._yields(hit, other, words) for other in hits) and (
                not _is_awareness(hit, words) or any(map(self._is_environment, hits))
            ):
                yield hit

    def _yields(self, hit: Hit, other: Hit, words: Sequence[Word]) -> bool:
        if hit.identifier in self._above[other.identifier]:
            return hit.identifier in _ALONE or _one_phrase(hit, other, words)
        return (
            hit.identifier == _WHOLE
            and words[hit.last - 1].text.casefold() in _SIDES
            and hit.first < other.first
            and self._is_nature(other)
            and _one_phrase(hit, other, words)
        )

    def _is_nature(self, hit: Hit) -> bool:
        return bool(_NATURE & {hit.identifier, *self._above[hit.identifier]})

    def _is_environment(self, hit: Hit) -> bool:
        return self._is_nature(hit) or _WHOLE in {hit.identifier, *self._above[hit.identifier]}


def _is_awareness(hit: Hit, words: Sequence[Word]) -> bool:
    found = {word.text.casefold() for word in words[hit.first : hit.last]}
    return (
        hit.identifier == _AWARENESS
        and "awareness" in found
        and found.isdisjoint({"education", "environmental"})
    )


def _above(theme: str, broader: Mapping[str, str | None]) -> frozenset[str]:
    found: set[str] = set()
    parent = broader[theme]
    while parent is not None and parent not in found:
        found.add(parent)
        parent = broader.get(parent)
    return frozenset(found)


def _one_phrase(one: Hit, other: Hit, words: Sequence[Word]) -> bool:
    """Tell whether two themes stand in one noun phrase: no mark, no *and*, few words between."""
    first, last = sorted((one, other), key=lambda hit: hit.first)
    between = words[first.last : last.first]
    gaps = [word.gap for word in words[first.last : last.first + 1]]
    return (
        len(between) <= _PHRASE
        and all(gap in (" ", "-") for gap in gaps)
        and _APART.isdisjoint(word.text.casefold() for word in between)
    )
