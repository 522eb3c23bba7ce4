"""Who holds what, of one relation: a sparse table of entities by items, with the claims behind it.

Relations are never mixed in one table: what an entity is mandated to do, where it has a role and
where it spends are different things. Entities of the UN system and treaty secretariats are
compared; an entity or item that holds or is held by none is no row or column.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from emg_graph.analysis.claims import Citation
from emg_graph.analysis.reading import asking
from emg_graph.errors import QueryError
from emg_graph.measures.prediction import comparative_advantage
from emg_graph.store import Store


@dataclass(frozen=True, slots=True)
class Relation:
    """One way of holding an item."""

    name: str
    item: str
    """What an item is."""
    items: str
    """The same, in the plural."""
    meaning: str
    """What it means that an entity holds an item, as a clause."""
    absence: str = "no {items} found in {sources}"
    """What is said of an entity that holds none: not searched, where no source is about it."""
    compared: bool = False
    """Whether only items are held of which an entity has at least the share that all have; what it
    holds then depends on the others, so that a source less can add an item."""


RELATIONS: Mapping[str, Relation] = {
    relation.name: relation
    for relation in (
        Relation(
            "mandates", "mandate", "mandates", "a budget says that the entity's mandates include it"
        ),
        Relation(
            "agreements",
            "agreement",
            "agreements",
            "the entity has a stated, current role in it besides keeping its papers or money",
        ),
        Relation(
            "themes",
            "theme",
            "themes",
            "at least as large a share of the entity's mandates as of all mandates cited is on it,"
            " by the words of their titles",
            compared=True,
        ),
        Relation(
            "mechanisms", "mechanism", "mechanisms", "the entity is stated to take part in it now"
        ),
        Relation(
            "sdgs",
            "goal",
            "goals",
            "at least as large a share of its money as of all money goes to it, in the latest year",
            "it reports no money by goal in the {sources} read (not searched elsewhere)",
            compared=True,
        ),
        Relation(
            "positions", "theme", "themes", "the entity put a position on record that touches it"
        ),
    )
}
"""The relations by name, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A claim by which an entity holds an item."""

    claim: str
    citation: Citation
    functions: tuple[str, ...] = ()
    amount: float = 1.0
    """How much of it: 1, or US dollars where the relation is money."""
    through: str | None = None
    """The mandate through which a theme is held."""


Cells = Mapping[tuple[str, str], tuple[Holding, ...]]
"""The claims behind each entity and item."""


@dataclass(frozen=True)
class Incidence:
    """A 0/1 table of entities by items, in the order of their ids, with every claim kept."""

    relation: Relation
    cells: Cells
    """What is held, and by which claims; with a compared relation also what does not count."""
    titles: Mapping[str, str]
    """How each item is called."""
    excluded: tuple[str, ...] = ()
    """Sources whose claims were left out."""

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The entities that hold something, by id."""
        return tuple(sorted({entity for entity, _ in self._held}))

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The items that somebody holds, by id."""
        return tuple(sorted({item for _, item in self._held}))

    @cached_property
    def table(self) -> sparse.csr_array:
        """The table itself: rows by items, 1 where held."""
        row = {name: i for i, name in enumerate(self.rows)}
        column = {name: i for i, name in enumerate(self.items)}
        places = sorted((row[entity], column[item]) for entity, item in self._held)
        at = np.array(places, np.int64).reshape(-1, 2)
        ones = np.ones(len(at), np.int64)
        return sparse.csr_array((ones, (at[:, 0], at[:, 1])), shape=(len(row), len(column)))

    @cached_property
    def _turned(self) -> sparse.csr_array:
        """The table, items by entities."""
        return self.table.T.tocsr()

    @cached_property
    def _held(self) -> frozenset[tuple[str, str]]:
        if not self.relation.compared or not self.cells:
            return frozenset(self.cells)
        names, amounts = self._amounts()
        wider = np.argwhere((comparative_advantage(amounts) >= 1) & (amounts > 0))
        return frozenset((names[0][row], names[1][column]) for row, column in wider.tolist())

    def _amounts(self) -> tuple[tuple[list[str], list[str]], NDArray[np.float64]]:
        """Return how much each entity has of each item, with the names of rows and columns.

        A negative amount, which is a correction of an earlier year, counts as nothing.
        """
        entities = sorted({entity for entity, _ in self.cells})
        items = sorted({item for _, item in self.cells})
        row = {name: i for i, name in enumerate(entities)}
        column = {name: i for i, name in enumerate(items)}
        found = np.zeros((len(entities), len(items)))
        for (entity, item), holdings in self.cells.items():
            found[row[entity], column[item]] = max(0.0, _amount(holdings))
        return (entities, items), found

    def of(self, entity: str) -> tuple[str, ...]:
        """Return the items that an entity holds, by id."""
        row = _place(self.rows, entity)
        return () if row is None else tuple(self.items[i] for i in _line(self.table, row))

    def holders(self, item: str) -> tuple[str, ...]:
        """Return the entities that hold an item, by id."""
        column = _place(self.items, item)
        return () if column is None else tuple(self.rows[i] for i in _line(self._turned, column))

    def functions(self, entity: str, item: str) -> frozenset[str]:
        """Return the functions in which an entity holds an item; none where none is known."""
        return frozenset(f for held in self.cells.get((entity, item), ()) for f in held.functions)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its claims, by id."""
        return tuple(sorted({one.citation.source for held in self.cells.values() for one in held}))

    def without(self, sources: Collection[str]) -> Incidence:
        """Return the table less every claim from the given sources."""
        dropped = frozenset(sources)
        kept = self._keeping(lambda _, holding: holding.citation.source not in dropped)
        return replace(kept, excluded=tuple(sorted(dropped)))

    def within(self, entities: Collection[str]) -> Incidence:
        """Return the table of some entities alone."""
        kept = frozenset(entities)
        return self._keeping(lambda place, _: place[0] in kept)

    def _keeping(self, kept: Callable[[tuple[str, str], Holding], bool]) -> Incidence:
        """Return the table of the claims that are kept."""
        cells = {
            place: some
            for place, held in self.cells.items()
            if (some := tuple(one for one in held if kept(place, one)))
        }
        return replace(self, cells=cells)


def _place(ids: Sequence[str], one: str) -> int | None:
    """Return where an id stands among ids in order, or None."""
    place = bisect_left(ids, one)
    return place if place < len(ids) and ids[place] == one else None


def _line(table: sparse.csr_array, row: int) -> list[int]:
    """Return the numbers of the columns in which a row of a table holds something, in order."""
    found: list[int] = table.indices[table.indptr[row] : table.indptr[row + 1]].tolist()
    return found


def read_incidence(store: Store, relation: str, entities: Collection[str] = ()) -> Incidence:
    """Read the table of a relation with one query.

    Args:
        store: the graph.
        relation: one of ``RELATIONS``.
        entities: whom to compare; by default the UN system and treaty secretariats.

    Raises:
        QueryError: there is no such relation.
    """
    if relation not in RELATIONS:
        raise QueryError(f"nothing is held by {relation!r}; use {', '.join(RELATIONS)}")
    rows = asking.rows(store, f"incidence-{relation}")
    cells: dict[tuple[str, str], dict[str, Holding]] = {}
    for row in rows:
        held = cells.setdefault((row["entity"], row["item"]), {})
        held[row["claim"]] = _holding(row, held.get(row["claim"]))
    titles = {row["item"]: row["title"] or row["symbol"] for row in rows}
    every = {place: tuple(held.values()) for place, held in cells.items()}
    return Incidence(RELATIONS[relation], every, titles).within(entities or read_compared(store))


def read_compared(store: Store) -> dict[str, str]:
    """Return the entities that are compared with one another, with their short names."""
    return {
        row["entity"]: row["short_name"] or row["acronym"] or row["name"]
        for row in asking.rows(store, "incidence-entities")
    }


def _holding(row: Mapping[str, Any], known: Holding | None) -> Holding:
    """Return what a row says, with the function of an earlier row of the same claim."""
    functions = {*(known.functions if known else ()), row.get("function")}
    return Holding(
        row["claim"],
        Citation(row["source"], row["locator"]),
        tuple(sorted(function for function in functions if function)),
        float(row.get("amount", 1.0)),
        row.get("mandate"),
    )


def _amount(holdings: Iterable[Holding]) -> float:
    """Return how much the claims come to; a mandate cited twice counts once."""
    mandates = {holding.through for holding in holdings if holding.through}
    return float(len(mandates)) if mandates else sum(holding.amount for holding in holdings)
