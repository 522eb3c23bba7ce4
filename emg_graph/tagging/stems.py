"""Stems of words: what singular and plural, and a verb and its noun in -ing, have in common.

Light on purpose: a stem that takes too much away makes two words one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_SHORT = 3
"""Words of so few letters are left alone."""
_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "lives": "life"}
_NO_PLURAL = re.compile(r"(?:ss|us|is)$")
_SIBILANT_PLURAL = re.compile(r"(?:ss|x|ch|sh|zz)es$")
_DOUBLED = re.compile(r"([bdgkmnprt])\1$")


def english(word: str) -> str:
    """Return the stem of a folded English word.

    >>> [english(word) for word in ("policies", "financing", "finance", "shipping", "ships")]
    ['policy', 'financ', 'financ', 'ship', 'ship']
    """
    if len(word) <= _SHORT:
        return word
    word = _english_singular(_IRREGULAR.get(word, word)).replace("isation", "ization")
    if word.endswith("ing") and len(word) > 6:
        return _DOUBLED.sub(r"\1", word[:-3])
    return word[:-1] if word.endswith("e") and len(word) > _SHORT + 1 else word


def _english_singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return f"{word[:-3]}y"
    if _SIBILANT_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not _NO_PLURAL.search(word) else word


def french(word: str) -> str:
    """Return the stem of a folded French word.

    >>> [french(word) for word in ("régionaux", "régional", "climatiques", "climatique")]
    ['régional', 'régional', 'climatiqu', 'climatiqu']
    """
    if len(word) <= _SHORT:
        return word
    if word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    word = word[:-1] if word.endswith(("s", "x")) else word
    return word[:-1] if word.endswith("e") and len(word) > _SHORT else word


def spanish(word: str) -> str:
    """Return the stem of a folded Spanish word.

    >>> [spanish(word) for word in ("ambientales", "ambiental", "climática", "climáticos")]
    ['ambiental', 'ambiental', 'climátic', 'climátic']
    """
    if len(word) <= _SHORT:
        return word
    word = word.removesuffix("s")
    return word[:-1] if word.endswith(("a", "e", "o")) and len(word) > _SHORT else word


def unchanged(word: str) -> str:
    """Return the word itself: names have no stem."""
    return word


STEMS: Mapping[str, Callable[[str], str]] = {
    "en": english,
    "fr": french,
    "es": spanish,
    "name": unchanged,
}
"""The stem of a folded word, by language; ``name`` is for names of agreements and bodies."""
