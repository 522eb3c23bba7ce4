"""What was searched for, and whether a search answers for just what is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, TypeVar

_SUPPORTERS = "entities "
"""A search for who serves an agreement begins with this word."""
NOTHING = "none-found"
UNDONE = "not-looked-up"
DONE = frozenset({"found", NOTHING, "partly-found"})
"""Outcomes of a search that was carried out."""


class _Search(Protocol):
    """What is asked of a search here."""

    @property
    def looked_for(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def places(self) -> tuple[str, ...]: ...


_Some = TypeVar("_Some", bound=_Search)


@dataclass(frozen=True, slots=True)
class Sought:
    """What was looked for about a thing, in which sources, with what outcome."""

    looked_for: str
    outcome: str
    places: tuple[str, ...]


def for_supporters(search: _Search) -> bool:
    """Tell whether a search looked for who serves a thing."""
    return search.looked_for.startswith(_SUPPORTERS)


def carried_out(search: _Search) -> bool:
    """Tell whether a search was carried out, in sources still counted."""
    return search.outcome in DONE and bool(search.places)


def naming(*words: str) -> Callable[[_Search], bool]:
    """Return what tells whether a search names one of some words."""
    small = [word.replace("-", " ").lower() for word in words]
    return lambda one: any(word in one.looked_for.lower() for word in small)


def for_function(
    searches: Iterable[_Search], function: str, functions: Mapping[str, str]
) -> Callable[[_Search], bool]:
    """Return what tells whether a search answers for one of the functions, given with their labels.

    One that names it does. Where every search for supporters found nobody at all, those that name
    no function do too: whom nobody found has no function either.
    """
    nobody = all(one.outcome == NOTHING for one in searches if for_supporters(one))
    names, any_ = naming(function, functions[function]), naming(*functions, *functions.values())
    return lambda one: names(one) or (nobody and for_supporters(one) and not any_(one))


def none_found(searches: Iterable[_Some], asks: Callable[[_Some], bool]) -> tuple[_Some, ...]:
    """Return the searches for just what is asked about, if they found none and nothing is open.

    One that found something or a part leaves it open; so does one that was put off, also a general
    one for supporters.
    """
    about = [one for one in searches if for_supporters(one) or asks(one)]
    just = [one for one in about if asks(one)]
    if any(one.outcome != NOTHING for one in just) or any(one.outcome == UNDONE for one in about):
        return ()
    return tuple(one for one in just if carried_out(one))


def places(searches: Iterable[_Search]) -> tuple[str, ...]:
    """Return the sources of some searches, each once."""
    return tuple(sorted({place for one in searches for place in one.places}))


def grouped_by_subject(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Sought, ...]]:
    """Return the searches on each thing, from one source searched a row."""
    found: dict[str, list[Sought]] = {}
    for _, run in groupby(rows, key=lambda row: (row["subject"], row["looked_for"], row["claim"])):
        some = list(run)
        row = some[0]
        where = tuple(sorted({one["place"] for one in some if one["place"]}))
        found.setdefault(row["subject"], []).append(
            Sought(row["looked_for"], row["outcome"], where)
        )
    return {subject: tuple(searches) for subject, searches in found.items()}
