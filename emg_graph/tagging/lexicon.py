"""Names in a tree of words, so that one walk over a text finds every one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from emg_graph.tagging.words import Word, key, words_of

_END = ""
"""Where a name ends in the tree; no word is empty."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found: the first of its words, the one after its last, and what it stands for."""

    first: int
    last: int
    identifier: str


class Lexicon:
    """Names of one language, each standing for an id; a name may stand for several."""

    def __init__(self, names: Iterable[tuple[str, str]], language: str) -> None:
        self.language = language
        self._root: dict[str, Any] = {}
        for name, identifier in names:
            node = self._root
            for word in words_of(name):
                node = node.setdefault(key(word.text, language), {})
            if node is not self._root:
                node.setdefault(_END, {})[identifier] = None

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Yield every name that the words hold, those inside of others too."""
        keys = [key(word.text, self.language) for word in words]
        for first, begin in enumerate(keys):
            node = self._root.get(begin)
            last = first
            while node is not None:
                last += 1
                for identifier in node.get(_END, ()):
                    yield Hit(first, last, identifier)
                node = node.get(keys[last]) if last < len(keys) else None


def longest(hits: Iterable[Hit], words: Sequence[Word]) -> list[Hit]:
    """Return the hits in the order of the text; where some share a word, the longest.

    Hits on the very same words stay together.
    """

    def order(hit: Hit) -> tuple[int, int, str]:
        return (words[hit.first].start - words[hit.last - 1].end, hit.first, hit.identifier)

    taken: dict[int, tuple[int, int]] = {}
    chosen = []
    for hit in sorted(set(hits), key=order):
        own = (hit.first, hit.last)
        if all(taken.get(place, own) == own for place in range(*own)):
            taken.update(dict.fromkeys(range(*own), own))
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.first)
