"""Find the communities of a relation, and who lies between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from emg_graph.analysis.bridges.answer import Bridges, Community, Group, Holder, Side, called
from emg_graph.analysis.bridges.groups import between, read_groups
from emg_graph.analysis.bridges.moving import STARTS, STARTS_AGAIN, Moving, move
from emg_graph.analysis.incidence import RELATIONS, Incidence, read_compared, read_incidence
from emg_graph.analysis.method import Method
from emg_graph.analysis.robustness import DRAWS
from emg_graph.errors import QueryError
from emg_graph.measures.modules import Division, divide
from emg_graph.store import Store

TEXT = (
    "Communities of items and holders by Barber's modularity (2007), without projection, sought by"
    " moving labels and joining groups (LPAb+, Liu and Murata 2010); spread is the participation"
    " coefficient (Guimerà and Amaral 2005) of a holder's items over them; degree and closeness of"
    " the two-sided network (Borgatti and Everett 1997); constraint and effective size (Burt 1992)"
    " of the network of holders, both weighted by what they share (Newman 2001: an item of c"
    " holders counts 1 / (c − 1)). Everything is computed again with links and sources left out,"
    " the communities too."
)
MOST_ROWS = 5_000
"""Of more entities than this the distances between all would take too much memory."""
_NAMED = 3
"""So many items name a community."""


def find_bridges(
    store: Store,
    relation: str,
    *,
    entity: str | None = None,
    groups: tuple[str, str] | None = None,
    identify: Callable[[str, str], str],
    seed: int = 1,
    data: str = "",
    progress: Callable[[str], None] | None = None,
) -> Bridges:
    """Return where the entities lie between the items of a relation.

    Args:
        store: the graph.
        relation: one of ``RELATIONS``.
        entity: the id of the one entity to tell of.
        groups: two items, or for agreements clusters: who holds items of the communities of both?
            Then that is told, and nothing else.
        identify: returns the id of the thing that a name of a kind stands for.
        seed: of the communities, and of what is left out.
        data: the hash of the data.
        progress: called with a line for each step.

    Raises:
        QueryError: there is no such relation, both an entity and groups are given, or there are
            more than ``MOST_ROWS`` entities.
        UnknownNameError: one of the groups is neither an item nor a cluster.
    """
    if relation not in RELATIONS:
        raise QueryError(f"there is no relation {relation!r}; use {', '.join(RELATIONS)}")
    if entity and groups:
        raise QueryError("give an entity, or two groups between which to look, not both")
    return make_bridges(
        read_incidence(store, relation),
        read_compared(store),
        entity=entity,
        groups=read_groups(store, relation, groups, identify) if groups else None,
        seed=seed,
        data=data,
        progress=progress,
    )


def make_bridges(
    incidence: Incidence,
    names: Mapping[str, str],
    *,
    entity: str | None = None,
    groups: tuple[Group, Group] | None = None,
    seed: int = 1,
    data: str = "",
    progress: Callable[[str], None] | None = None,
) -> Bridges:
    """Return where the holders of a table lie; the arguments are those of ``find_bridges``.

    Args:
        incidence: who holds what.
        names: the names of all who are compared, by id.
        entity: the id of the one to tell of.
        groups: two groups of items, to tell who holds items of both and nothing else.
        seed: of the communities, and of what is left out.
        data: the hash of the data.
        progress: called with a line for each step.

    Raises:
        QueryError: the table has more than ``MOST_ROWS`` rows.
    """
    if len(incidence.rows) > MOST_ROWS:
        many = f"{len(incidence.rows):,} entities"
        raise QueryError(f"bridges are sought among up to {MOST_ROWS:,}, and here are {many}")
    division = _division(incidence, seed)
    found = _Found(incidence, division, names)
    communities = tuple(found.communities.values())
    asked = incidence.rows if entity is None else {entity} & set(incidence.rows)
    holders: list[Holder] = []
    if asked and not groups:
        moving = move(incidence, division, seed, progress or (lambda _: None))
        holders = [found.holder(row, moving) for row in found.order if incidence.rows[row] in asked]
    return Bridges(
        incidence,
        communities,
        division.quality,
        tuple(holders),
        None if entity is None else names.get(entity, entity),
        between(incidence, communities, names, groups) if groups else None,
        names,
        _method(incidence.relation.name, entity, groups, seed, data),
    )


def _division(incidence: Incidence, seed: int) -> Division:
    if not incidence.rows:
        return Division((), (), 0.0)
    return divide(incidence.table, starts=STARTS, seed=seed)


def _method(
    relation: str, entity: str | None, groups: tuple[Group, Group] | None, seed: int, data: str
) -> Method:
    parameters = [("by", relation), ("entity", entity or "all")]
    parameters += [("between", " and ".join(group.name for group in groups))] if groups else []
    parameters += [("divisions", str(STARTS))]
    if not groups:
        parameters += [("draws", str(DRAWS)), ("divisions in a draw", str(STARTS_AGAIN))]
    return Method("bridges", TEXT, tuple(parameters), seed, data)


@dataclass(frozen=True)
class _Found:
    """The communities of a table, and what lies in which."""

    incidence: Incidence
    division: Division
    names: Mapping[str, str]

    @cached_property
    def order(self) -> list[int]:
        """The rows in the order of the names of the entities."""
        rows = self.incidence.rows
        return sorted(
            range(len(rows)), key=lambda row: (self.names[rows[row]].casefold(), rows[row])
        )

    @cached_property
    def communities(self) -> dict[int, Community]:
        """The communities by their labels, those with most items first."""
        every = {label: self._community(label) for label in sorted({*self.division.items})}
        return dict(
            sorted(every.items(), key=lambda one: (-len(one[1].items), one[1].name, one[0]))
        )

    def _community(self, label: int) -> Community:
        rows = [row for row in self.order if self.division.rows[row] == label]
        within = np.asarray(self.incidence.table[rows].sum(axis=0)).ravel()
        inside = [i for i, its in enumerate(self.division.items) if its == label]
        typical = sorted(inside, key=lambda i: (-int(within[i]), self.incidence.items[i]))
        items = tuple(self.incidence.items[i] for i in typical)
        first = [called(self.incidence, item) for item in items[:_NAMED]]
        more = len(items) - len(first)
        name = ", ".join(first) + (f" and {more} more" if more else "")
        return Community(name, items, tuple(self.incidence.rows[row] for row in rows))

    def holder(self, row: int, moving: Moving) -> Holder:
        """Return an entity with its items by community and its measures."""
        id_ = self.incidence.rows[row]
        held = set(self.incidence.of(id_))
        sides = [
            Side(community, items)
            for community in self.communities.values()
            if (items := tuple(item for item in community.items if item in held))
        ]
        sides.sort(key=lambda side: -len(side.items))
        return Holder(
            id_,
            self.names[id_],
            tuple(sides),
            moving.measured(row),
            moving.stays(row),
            moving.rests_on(row),
        )
