"""What a query of the evidence answers, as records."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from typing import Any

from emg_graph import catalogue
from emg_graph.analysis.claims import Citation
from emg_graph.answers import Value
from emg_graph.namespaces import thing_iri
from emg_graph.store import Store

Record = Mapping[str, Any]

_ORDER = re.compile(r"ORDER BY((?: \?\w+)+)\s*\Z")


def records(store: Store, name: str, **ids: str | Collection[str]) -> list[dict[str, Any]]:
    """Return the answer of the query ``evidence-NAME``, asked with ids."""
    return rows(store, f"evidence-{name}", **ids)


def rows(store: Store, name: str, **ids: str | Collection[str]) -> list[dict[str, Any]]:
    """Return the answer of any query, asked with ids, in its order.

    Rows are put in order here: the engine would look a text up again each time it compares it.
    An order that goes down in a column, ``DESC``, is left to the engine.
    """
    asked = {key: value if isinstance(value, str) else sorted(value) for key, value in ids.items()}
    text = catalogue.require_query(name).bind(asked, _iri)
    order = _ORDER.search(text)
    if not order:
        return store.select(text).records()
    keys = [variable.removeprefix("?") for variable in order[1].split()]
    found = store.select(text[: order.start()]).records()
    return sorted(found, key=lambda row: [ranked(row[key]) for key in keys])


def ranked(value: Value) -> tuple[bool, bool, Value]:
    """Return what puts values of a column in order: none first, then numbers, then texts."""
    return value is not None, isinstance(value, str), value


def grouped(store: Store, name: str, key: str, make: Callable[[list[Record]], Any]) -> list[Any]:
    """Make one object of each run of rows with the same key; the queries keep them together."""
    return [make(list(run)) for _, run in groupby(records(store, name), key=lambda r: r[key])]


def all_of(some: Iterable[Record], column: str) -> tuple[str, ...]:
    """Return the values of a column, each once and in order."""
    return tuple(sorted({row[column] for row in some if row[column] is not None}))


def parts(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, each once, in order.

    >>> parts("b|a|b")
    ('a', 'b')
    """
    return tuple(sorted({part for part in cell.split("|") if part}))


def citation_of(row: Record) -> Citation:
    """Return the source of a row and the place in it."""
    return Citation(row["source"], row["locator"])


def _iri(identifier: str, kinds: tuple[str, ...]) -> str:
    return thing_iri(kinds[0], identifier)
