"""The language of a text, told by its small words.

Written with a capital they may be part of a name ("UN", "El Niño") and tell nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

_SMALL = {
    "en": frozenset("the of and for in on to with by from its their an under through".split()),
    "fr": frozenset("le la les des du et dans pour sur aux au une un par avec sous en".split()),
    "es": frozenset("el la los las del y en para por con una un al sobre entre su sus".split()),
}
LANGUAGES = tuple(_SMALL)


def languages_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return the language of a text, or every one of ours if its words do not tell.

    >>> languages_of("Protection of the ozone layer".split())
    ('en',)
    >>> languages_of("Biodiversité".split())
    ('en', 'fr', 'es')
    """
    found = tuple(words)
    counts = {name: sum(word in small for word in found) for name, small in _SMALL.items()}
    best = max(counts.values())
    return tuple(name for name in LANGUAGES if counts[name] == best) if best else LANGUAGES
