"""The names of standing bodies, which name no theme whatever words they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from emg_graph.tagging.lexicon import Lexicon
from emg_graph.tagging.words import Word, words_of

_HEADS = frozenset(
    """
    academy agency assembly authority bank board body bureau center centre commission commissioner
    committee council court department directorate division facility force forces foundation fund
    institute mission office organisation organization secretariat subcommittee tribunal union
    university
    """.split()
)
"""What a body is called; counts in a name, which is written with a capital."""

_HEADS_IN_TABLES = _HEADS | frozenset(
    "alliance association coalition conference consortium group network partnership programme"
    " society un".split()
)
"""What else a body of the tables is called, where other names may hold the word too."""

_SUBJECTS = frozenset(
    """
    decade finding forum panel platform rapporteur representative team teams voluntary working
    """.split()
)
"""Words in the names of mandates, forums and funds *on* something, which carry their subject."""

_STANDING = (
    "Centre for Human Settlements (Habitat)",
    "Conference on Disarmament",
    "Habitat and Human Settlements Foundation",
    "United Nations Conference on Trade and Development",
)
"""Bodies whose names their form alone does not tell, or not whole."""

_DOCUMENTS = frozenset(
    "agreement charter compact convention conventions covenant declaration framework instrument"
    " protocol strategy treaty".split()
)
"""What an agreement or another text is called: its name is not part of a body's."""

_LINKS = frozenset("of for on to against in and the".split())
"""Small words within the name of a body, if a capital follows."""
_AFTER_HEAD = frozenset("of for on to against in".split())
_FOUNDING = re.compile(r"(?:establish|creat|upgrad|transform)\w+( of)? (an?|the)", re.IGNORECASE)
_EXPERT_GROUP = frozenset({"group", "experts"})


def named_bodies(names: Iterable[str]) -> Lexicon:
    """Return the names of bodies that are more than a word and carry no subject."""
    found = [*_STANDING, *(name for name in names if _is_body(name))]
    return Lexicon(((name, "body") for name in found), "name")


def _is_body(name: str) -> bool:
    found = {word.text.casefold() for word in words_of(name)}
    return (
        len(found) > 1
        and bool(found & _HEADS_IN_TABLES)
        and found.isdisjoint(_SUBJECTS | _DOCUMENTS)
        and not found >= _EXPERT_GROUP
    )


def bodies(words: Sequence[Word]) -> Iterator[range]:
    """Yield the words of each name of a body, told by its form.

    >>> text = "Report of the Committee on World Food Security on its tenth session"
    >>> words = words_of(text)
    >>> [" ".join(words[i].text for i in found) for found in bodies(words)]
    ['Committee on World Food Security']
    """
    for place, word in enumerate(words):
        low = word.text.casefold()
        if not word.capital:
            continue
        if low == "un" and place + 1 < len(words) and words[place + 1].gap == "-":
            yield range(place, place + 2)
        elif low in _HEADS or (low == "programme" and _is_united(words, place)):
            found = range(_beginning(words, place), _ending(words, place))
            if _stands(words, found):
                yield found


def _is_united(words: Sequence[Word], place: int) -> bool:
    """Tell whether a programme is a body: one of the United Nations, without *of*."""
    before = {word.text for word in words[_beginning(words, place) : place]}
    follows = words[place + 1].text if place + 1 < len(words) else ""
    return {"United", "Nations"} <= before and follows not in ("of", "for", "on")


def _stands(words: Sequence[Word], found: range) -> bool:
    """Tell whether a name is of a body that is there already and of no mandate *on* something."""
    if any(words[i].text.casefold() in _SUBJECTS for i in found):
        return False
    return not _FOUNDING.fullmatch(" ".join(word.text for word in words[: found.start]))


def _beginning(words: Sequence[Word], head: int) -> int:
    """Return where a name begins: after the last word without a capital before its head."""
    begin = head
    while begin and _joined(words[begin]):
        before = words[begin - 1]
        if before.text.casefold() in _DOCUMENTS:
            break
        if before.capital:
            begin -= 1
        elif before.text == "and" and begin > 1 and _joined(before) and words[begin - 2].capital:
            begin -= 2
        else:
            break
    return begin


def _ending(words: Sequence[Word], head: int) -> int:
    """Return where a name ends: before what follows without a capital, or names a document."""
    end = head + 1
    if end >= len(words) or words[end].text not in _AFTER_HEAD:
        return end
    place = end
    while place < len(words) and _joined(words[place]):
        word = words[place]
        if word.text.casefold() in _DOCUMENTS:
            return end if end > head + 1 else place
        if word.capital:
            end = place + 1
        elif word.text not in _LINKS:
            break
        place += 1
    return end


def _joined(word: Word) -> bool:
    """Tell whether a word stands in one name with the word before it."""
    return word.gap in (" ", "-", "’", "'", ", ", "/", "\N{NO-BREAK SPACE}")
