"""The tagger: from a text to the themes and agreements that it names, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from emg_graph.records import Agreement, ConceptRecord, Entity, Mechanism
from emg_graph.tagging.agreements import AgreementNames
from emg_graph.tagging.asides import set_aside
from emg_graph.tagging.breadth import Breadth
from emg_graph.tagging.institutions import bodies, named_bodies
from emg_graph.tagging.language import LANGUAGES, languages_of
from emg_graph.tagging.lexicon import Hit, Lexicon, longest
from emg_graph.tagging.senses import NOTHING, OTHER_SENSES, elsewhere, otherwise
from emg_graph.tagging.words import Word, words_of

SCHEME = "theme"


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that name a theme or an agreement, and the offset of the first."""

    kind: Literal["theme", "agreement"]
    identifier: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.start + len(self.text)


class Tagger:
    """Finds the themes and agreements that texts name.

    Args:
        concepts: the rows of concepts; those of other schemes than ``theme`` are left out.
        agreements: the rows of agreements.
        bodies: the entities and mechanisms whose names are names of institutions.
    """

    def __init__(
        self,
        concepts: Iterable[ConceptRecord],
        agreements: Iterable[Agreement] = (),
        bodies: Iterable[Entity | Mechanism] = (),
    ) -> None:
        themes = sorted((row for row in concepts if row.scheme == SCHEME), key=lambda row: row.id)
        known = tuple(bodies)
        self._breadth = Breadth({row.id: row.broader_concept for row in themes})
        self._themes = {
            language: Lexicon(_labels(themes, language), language) for language in LANGUAGES
        }
        acronyms = frozenset(row.acronym for row in known if row.acronym)
        self._agreements = AgreementNames(agreements, acronyms)
        self._bodies = named_bodies(
            name for row in known for name in (row.name, row.short_name, *row.aliases) if name
        )

    def find(self, text: str) -> tuple[Match, ...]:
        """Return what a text names, in its order, agreements before themes at one place."""
        words = words_of(text)
        agreements = self._agreements.hits(words)
        themes = self._breadth.standing(self._theme_hits(text, words, agreements), words)
        found = [
            *(_match("agreement", hit, words, text) for hit in agreements),
            *(_match("theme", hit, words, text) for hit in themes),
        ]
        return tuple(sorted(found, key=lambda match: (match.start, match.kind)))

    def themes(self, text: str) -> frozenset[str]:
        """Return the themes that a text names."""
        return frozenset(match.identifier for match in self.find(text) if match.kind == "theme")

    def _theme_hits(self, text: str, words: Sequence[Word], agreements: Sequence[Hit]) -> list[Hit]:
        silent = self._silent(text, words, agreements)
        hits = (
            hit
            for language in languages_of(word.text for word in words)
            for hit in self._themes[language].hits(words)
            if silent.isdisjoint(range(hit.first, hit.last))
            and not _negated(hit, words)
            and not otherwise(words, hit.first, hit.last)
            and not elsewhere(hit.identifier, text)
        )
        found = longest(hits, words)
        other = {hit.first for hit in found if hit.identifier == NOTHING}
        return [hit for hit in found if hit.first not in other]

    def _silent(
        self, text: str, words: Sequence[Word], agreements: Sequence[Hit]
    ) -> frozenset[int]:
        """Return the places of the words that name no theme."""
        named = {i for hit in self._bodies.hits(words) for i in range(hit.first, hit.last)}
        named.update(i for found in bodies(words) for i in found)
        named.difference_update(i for hit in agreements for i in range(hit.first, hit.last))
        for span in set_aside(text):
            named.update(i for i, word in enumerate(words) if word.start in span)
        return frozenset(named)


def _labels(themes: Sequence[ConceptRecord], language: str) -> Iterator[tuple[str, str]]:
    if language == "en":
        yield from ((phrase.strip(), NOTHING) for phrase in OTHER_SENSES)
        yield from ((row.label, row.id) for row in themes)
    for row in themes:
        labels = {"en": row.alt_en, "fr": row.alt_fr, "es": row.alt_es}[language]
        yield from ((label, row.id) for label in labels)


def _negated(hit: Hit, words: Sequence[Word]) -> bool:
    return hit.first > 0 and words[hit.first - 1].text.casefold() == "non"


def _match(
    kind: Literal["theme", "agreement"], hit: Hit, words: Sequence[Word], text: str
) -> Match:
    start, end = words[hit.first].start, words[hit.last - 1].end
    return Match(kind, hit.identifier, text[start:end], start)
