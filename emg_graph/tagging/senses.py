"""Where a word of a label stands in another sense, and so names no theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from emg_graph.tagging.words import Word

NOTHING = ""
"""What a phrase of another sense stands for."""

OTHER_SENSES = tuple(
    phrase.strip()
    for line in """
    business climate | climate of | investment climate | political climate
    environment conducive to | environment in which | enabling legal environment
    conflict of interest | conflict of laws | war crimes | World War | culture of
    illegal trade | illegal international trade | illicit trade | terms of trade
    illicit crops | illicit drug crops
    business ecosystem | entrepreneurial ecosystem | innovation ecosystem
    intellectual property rights | right of reply | special drawing rights
    business continuity | disaster recovery and business continuity | road map
    city of | Sea of | Great Lakes | Great Lakes region
    promoting investments for sustainable development
    """.splitlines()
    for phrase in line.split("|")
    if phrase.strip()
)
"""Searched together with the labels, so that the longer phrase wins over the word within it."""

_ELSEWHERE = {
    "chemicals": re.compile(r"\b(?:narcotic|psychotropic|precursors?|drugs?)\b", re.IGNORECASE)
}
"""Subjects of a text in which the words of a theme are about that subject."""

_LINKS = frozenset("a an the and or of for on in to with from by as our their its through".split())
_BEFORE_ENVIRONMENT = (_LINKS - {"a", "an"}) | {"global", "human", "natural", "world"}
"""What may stand before *environment* where it is that of nature: not "an enabling"."""
_BEFORE_TECHNOLOGY = _LINKS | {"emerging", "modern", "new", "rapid", "scientific"}
"""What may stand before *technology* in general: that of one field is a matter of the field."""

_UNLAWFUL = frozenset({"illegal", "illicit", "unlawful"})
"""What before *trade* makes it a crime."""

_PLACES = frozenset({"Sea", "Ocean", "River"})
"""Words that, after a name, make the name of a place: "Black Sea"."""


def elsewhere(theme: str, text: str) -> bool:
    """Tell whether a text is about a subject to which the words of a theme then belong.

    >>> elsewhere("chemicals", "Control of precursor chemicals")
    True
    """
    pattern = _ELSEWHERE.get(theme)
    return bool(pattern and pattern.search(text))


def otherwise(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the words from ``first`` up to ``last`` stand in another sense here.

    >>> from emg_graph.tagging.words import words_of
    >>> otherwise(words_of("a learning environment"), 2, 3)
    True
    """
    word, before = words[first], words[first - 1] if first else None
    if before is None or word.gap != " ":
        return False
    low = word.text.casefold()
    if low.startswith(("technolog", "research")):
        return before.text.casefold() not in _BEFORE_TECHNOLOGY
    if last - first > 1:
        return False
    if low == "trade":
        return any(other.text.casefold() in _UNLAWFUL for other in words[max(0, first - 3) : first])
    if word.text == "environment" or (word.text == "Environment" and before.capital):
        return before.text.casefold() not in _BEFORE_ENVIRONMENT
    if word.text == "Lake":
        return last < len(words) and words[last].capital
    return word.text in _PLACES and before.capital
