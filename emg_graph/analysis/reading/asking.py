"""What a query of the evidence answers, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from emg_graph import catalogue
from emg_graph.analysis.claims import Citation
from emg_graph.namespaces import thing_iri
from emg_graph.store import Store

Record = Mapping[str, Any]


def records(store: Store, name: str, **ids: str | Sequence[str]) -> list[dict[str, Any]]:
    """Return the answer of the query ``evidence-NAME``, asked with ids."""
    return rows(store, f"evidence-{name}", **ids)


def rows(store: Store, name: str, **ids: str | Sequence[str]) -> list[dict[str, Any]]:
    """Return the answer of any query, asked with ids."""
    return store.select(catalogue.require_query(name).bind(ids, _iri)).records()


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
