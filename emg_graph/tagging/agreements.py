"""How agreements are named: which of their names can be searched for, and in which forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from emg_graph.names import folded
from emg_graph.records import Agreement
from emg_graph.tagging.lexicon import Hit, Lexicon, longest
from emg_graph.tagging.words import Word

_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2}|[A-Z]\d)\S{3,}")
_MODIFIED = re.compile(r", \d{4}, as modified by .*$|,? \((?!No)[^)]*\)$")
_YEARS = re.compile(
    r",? of \d{1,2} \w+ \d{4}"  # "of 10 December 1982"
    r"|,? \d{4}(?:[–-]\d{4})?$"  # ", 1972", "2015–2030"
    r"|\b\d{4} (?=[A-Z])"  # "1996 Protocol"
)
_BEGINNING = re.compile(r"^(?:United Nations|UN|International) ")
_PARENT = re.compile(r" to the .*Convention.*$")
_PLACED = re.compile(r"(\w+) (Convention|Protocol|Agreement)")
_ENOUGH = 4
"""So many words of a shortened name say which agreement is meant."""
_ON = frozenset("on for against concerning to regarding".split())
_CONTENT = 4
"""Words of so many letters say what a treaty is about."""


def forms(agreement: Agreement) -> Iterator[str]:
    """Yield the names by which a text names an agreement and nothing else.

    An acronym has three letters or more; a place alone ("Basel") is a place. A name stands also
    without its year and, if enough is left, without "United Nations" or "International", and a
    protocol's without its convention.
    """
    named = (agreement.name, agreement.short_name, *agreement.aliases, agreement.acronym)
    for name in filter(None, named):
        if " " not in name and not _ACRONYM.fullmatch(name):
            continue
        yield name
        undated = _YEARS.sub("", _MODIFIED.sub("", name))
        for short in (undated, _BEGINNING.sub("", undated), _PARENT.sub("", undated)):
            if len(short.split()) >= _ENOUGH:
                yield short


class AgreementNames:
    """The names of agreements, ready to be searched for; a name of two of them is of neither.

    Args:
        agreements: the rows of the table.
        taken: acronyms that stand for bodies too, and are left out.
    """

    def __init__(self, agreements: Iterable[Agreement], taken: frozenset[str]) -> None:
        rows = sorted(agreements, key=lambda row: row.id)
        named: dict[str, dict[str, str]] = {}
        for row in rows:
            for form in forms(row):
                if form not in taken:
                    named.setdefault(folded(form), {})[row.id] = form
        own = [found for found in named.values() if len(found) == 1]
        self._lexicon = Lexicon(
            ((form, identifier) for found in own for identifier, form in found.items()), "name"
        )
        self._short = {
            (match[1].casefold(), match[2].casefold()): identifier
            for found in own
            for identifier, form in found.items()
            if (match := _PLACED.fullmatch(form))
        }
        self._about = {
            row.id: frozenset(folded(" ".join((row.name, *row.aliases, *row.themes))).split())
            for row in rows
        }

    def hits(self, words: Sequence[Word]) -> list[Hit]:
        """Return the agreements named, in the order of the text."""
        found = (hit for hit in self._lexicon.hits(words) if self._is_own(hit, words))
        return longest([*found, *self._listed(words)], words)

    def _is_own(self, hit: Hit, words: Sequence[Word]) -> bool:
        """Tell whether a short name goes on as its agreement does, if it goes on.

        The Vienna Convention on Diplomatic Relations is not the one for the ozone layer.
        """
        rest = [folded(word.text) for word in words[hit.last : hit.last + 6]]
        if hit.last - hit.first > 2 or not rest or rest[0] not in _ON:
            return True
        content = [word for word in rest[1:] if len(word) >= _CONTENT]
        return not content or not self._about[hit.identifier].isdisjoint(content)

    def _listed(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Yield the agreements of a list: "the Basel, Rotterdam and Stockholm conventions"."""
        for place, word in enumerate(words):
            kind = word.text.casefold()
            if kind not in ("conventions", "protocols"):
                continue
            before = place - 1
            while before >= 0:
                low = words[before].text.casefold()
                if found := self._short.get((low, kind.removesuffix("s"))):
                    last = place + 1 if before == place - 1 else before + 1
                    yield Hit(before, last, found)
                elif low != "and":
                    break
                before -= 1
