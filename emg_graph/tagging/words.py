"""The words of a text with their places, and the form in which words are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from emg_graph.names import folded
from emg_graph.tagging.stems import STEMS

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ACRONYM = re.compile(r"(?=(?:\w*[A-Z]){2}|[A-Z]\d+$)\w+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it begins and ends, and what stands between it and the word before."""

    text: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter or a figure."""
        return not self.text[0].islower()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text; hyphens, apostrophes and other marks stand between words.

    >>> [(word.text, word.start, word.gap) for word in words_of("Women’s land-use")]
    [('Women', 0, ''), ('s', 6, '’'), ('land', 8, ' '), ('use', 13, '-')]
    """
    found, before = [], 0
    for match in _WORD.finditer(text):
        found.append(Word(match[0], match.start(), match.end(), text[before : match.start()]))
        before = match.end()
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def key(word: str, language: str) -> str:
    """Return the form in which a word is compared: an acronym as written, others as a stem.

    >>> key("Wetlands", "en"), key("PCBs", "en"), key("Água", "es")
    ('wetland', 'PCB', 'agu')
    """
    if _ACRONYM.fullmatch(word):
        return word.removesuffix("s")
    return STEMS[language](folded(word))
