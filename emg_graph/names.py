"""Names, acronyms and aliases, in any case or accent, to the id that they stand for."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emg_graph.errors import UnknownNameError

if TYPE_CHECKING:
    from emg_graph.records import Thing

_LOOK_ALIKES = str.maketrans("авекмнорстх", "abekmhopctx")

_NEAR = 0.7
"""How much alike two spellings are, from 0 to 1, for one to be suggested for the other."""
_FEW = 24
"""So many ids of a kind may be listed in an error."""
NAME = 2
"""The rank of a thing's own name among its labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """One way of calling a thing; its rank says which.

    0 is the id, 1 an acronym or short name, 2 the name, 3 an alias.
    """

    text: str
    identifier: str
    kind: str
    rank: int = 3


_FIRST = ("agreement", "entity", "mechanism", "workstream", "product", "theme")
_LAST = ("mandate", "source")
"""A document is often titled like the thing that it is about; the thing is meant."""


def _order(label: Label) -> tuple[int, int, int, str]:
    kind = _FIRST.index(label.kind) if label.kind in _FIRST else len(_FIRST)
    return (_last(label.kind) if label.rank else 0, label.rank, kind, label.identifier)


def _last(kind: str) -> int:
    return _LAST.index(kind) + 1 if kind in _LAST else 0


def folded(text: str) -> str:
    """Fold case, accents, Cyrillic look-alikes, punctuation and spaces.

    >>> folded("  Escazú  Agreement ") == folded("ESCAZU agreement")
    True
    >>> folded("wто")
    'wto'
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = plain.translate(_LOOK_ALIKES)
    kept = ("" if unicodedata.combining(c) else c if c.isalnum() else " " for c in plain)
    return " ".join("".join(kept).split())


class Names:
    """An index of labels."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._labels: dict[str, list[Label]] = {}
        for label in labels:
            self._labels.setdefault(folded(label.text), []).append(label)
        self._names = {
            label.identifier: label.text
            for labels in self._labels.values()
            for label in labels
            if label.rank == NAME
        }
        for same in self._labels.values():
            same.sort(key=_order)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of thing that is called something."""
        return frozenset(label.kind for labels in self._labels.values() for label in labels)

    def get(self, name: str, kinds: Sequence[str] = ()) -> Label | None:
        """Return the label that the name matches best among the kinds, or None."""
        same = self._labels.get(folded(name), [])
        return next((label for label in same if not kinds or label.kind in kinds), None)

    def require(self, name: str, kinds: Sequence[str] = ()) -> Label:
        """Return the label that the name matches best.

        Raises:
            UnknownNameError: nothing of these kinds is called so; holds suggestions.
        """
        if label := self.get(name, kinds):
            return label
        wanted = " or ".join(kinds) if kinds else "thing"
        other = self.get(name)
        near = self.suggest(name, kinds) or self._few(kinds)
        raise UnknownNameError(name, wanted, near, other.kind if other else None)

    def name_of(self, identifier: str) -> str:
        """Return the name by which a thing is best known: its name, else its id."""
        return self._names.get(identifier, identifier)

    def suggest(self, name: str, kinds: Sequence[str] = (), limit: int = 3) -> tuple[str, ...]:
        """Return ids whose labels are spelt much like the name, the likest first."""
        texts = {
            text
            for text, labels in self._labels.items()
            if not kinds or any(label.kind in kinds for label in labels)
        }
        near = difflib.get_close_matches(folded(name), sorted(texts), n=3 * limit, cutoff=_NEAR)
        ids = [label.identifier for text in near if (label := self.get(text, kinds))]
        return tuple(dict.fromkeys(ids))[:limit]

    def _few(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Return every id of the kinds where they are few enough to be listed, or none."""
        ids = {
            label.identifier
            for labels in self._labels.values()
            for label in labels
            if label.kind in kinds
        }
        return tuple(sorted(ids)) if len(ids) <= _FEW else ()

    def find(self, text: str, kinds: Sequence[str] = ()) -> tuple[Label, ...]:
        """Return one label for each thing with a label that holds the text, best first.

        Whole labels come before beginnings of labels, those before words, parts of words, and
        labels that hold every word of the text in another order.
        """
        wanted = folded(text)
        if not wanted:
            return ()
        best: dict[str, tuple[tuple[object, ...], Label]] = {}
        for key, labels in self._labels.items():
            if (fit := _fit(wanted, key)) is None:
                continue
            for label in labels:
                if kinds and label.kind not in kinds:
                    continue
                order = (_last(label.kind), fit, *_order(label))
                if label.identifier not in best or order < best[label.identifier][0]:
                    best[label.identifier] = (order, label)
        return tuple(label for _, label in sorted(best.values(), key=lambda pair: pair[0]))


def _fit(wanted: str, key: str) -> int | None:
    """Return how well a folded text fits a folded label, 0 the best, or None."""
    if key == wanted:
        return 0
    if wanted in key:
        return 1 if key.startswith(wanted) else 2 if f" {wanted}" in key else 3
    return 4 if all(f" {word}" in f" {key}" for word in wanted.split()) else None


def labels_of(things: Iterable[Thing]) -> Iterator[Label]:
    """Yield every way of calling the things that have aliases: id, acronym, name, aliases."""
    for thing in things:
        if (aliases := getattr(thing, "aliases", None)) is None:
            continue
        ranked = [(thing.id, 0), *((alias, 3) for alias in aliases)]
        for column, rank in (("acronym", 1), ("short_name", 1), ("name", NAME)):
            if text := getattr(thing, column, None):
                ranked.append((text, rank))
        yield from (Label(text, thing.id, thing.TABLE, rank) for text, rank in ranked)


def clashes(labels: Iterable[Label]) -> tuple[tuple[Label, Label], ...]:
    """Return the pairs of labels by which two things would be called at once, each label once."""
    known: dict[str, Label] = {}
    found = []
    for label in sorted(labels, key=lambda label: (label.rank, label.identifier, label.text)):
        first = known.setdefault(folded(label.text), label)
        if first.identifier != label.identifier:
            found.append((first, label))
    return tuple(found)
