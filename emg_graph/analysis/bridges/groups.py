"""Who holds items of two groups: clusters of agreements, communities, or single items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from emg_graph import catalogue
from emg_graph.analysis.bridges.answer import Between, Community, Group, Joint
from emg_graph.analysis.incidence import Incidence
from emg_graph.errors import QueryError, UnknownNameError
from emg_graph.store import Store

KINDS: Mapping[str, str] = {
    "mandates": "mandate",
    "agreements": "agreement",
    "themes": "theme",
    "mechanisms": "mechanism",
    "sdgs": "target",
    "positions": "theme",
}
"""The kind of thing that the items of each relation are."""
_CLUSTER = "the cluster "


def read_groups(
    store: Store, relation: str, names: tuple[str, str], identify: Callable[[str, str], str]
) -> tuple[Group, Group]:
    """Return what two names stand for: an item, called by its id, or a cluster of agreements.

    Raises:
        QueryError: both stand for the same.
        UnknownNameError: one of them is neither an item nor, of agreements, a cluster.
    """
    clusters = _clusters(store) if relation == "agreements" else {}
    one, other = (_asked(name, KINDS[relation], clusters, identify) for name in names)
    if one == other:
        raise QueryError("--between takes two different groups; both of these are the same")
    return one, other


def between(
    incidence: Incidence,
    communities: Sequence[Community],
    names: Mapping[str, str],
    asked: tuple[Group, Group],
) -> Between:
    """Return who holds items of both groups.

    An item stands for the community in which it lies. Two items of one community stand for
    themselves, and so does an item that nobody holds.
    """
    home = {item: community for community in communities for item in community.items}
    first, second = (home.get(group.name) for group in asked)
    apart = first is not second
    one, other = (
        _meant(group, community if apart else None, incidence.titles)
        for group, community in zip(asked, (first, second), strict=True)
    )
    joints = (
        _joint(incidence, entity, names[entity], one, other)
        for entity in sorted(incidence.rows, key=lambda row: (names[row].casefold(), row))
    )
    return Between(one, other, tuple(joint for joint in joints if joint))


def _joint(incidence: Incidence, entity: str, name: str, one: Group, other: Group) -> Joint | None:
    """Return what an entity holds of both groups, or None if it does not hold of both."""
    held = _held(incidence, entity, one), _held(incidence, entity, other)
    if not all(held):
        return None
    cells = [incidence.cells[entity, item] for item in (*held[0], *held[1])]
    sources = {holding.citation.source for holdings in cells for holding in holdings}
    rests_on = tuple(
        source
        for source in sorted(sources)
        if not all(
            _held(less, entity, group)
            for less in [incidence.without([source])]
            for group in (one, other)
        )
    )
    return Joint(entity, name, *held, rests_on)


def _asked(
    name: str, kind: str, clusters: Mapping[str, Group], identify: Callable[[str, str], str]
) -> Group:
    """Return the cluster of a name, or the item."""
    if cluster := clusters.get(name.casefold()):
        return cluster
    try:
        item = identify(name, kind)
    except UnknownNameError as error:
        if error.suggestions or not clusters:
            raise
        every = [cluster.name.removeprefix(_CLUSTER) for cluster in clusters.values()]
        raise UnknownNameError(name, f"{kind} or cluster", sorted(every)) from error
    return Group(item, (item,))


def _meant(group: Group, community: Community | None, titles: Mapping[str, str]) -> Group:
    """Return the group that is meant, with its name to be read."""
    if community:
        title = titles[group.name]
        return Group(f"the community of {title}", community.items)
    return Group(titles.get(group.name, group.name), group.items)


def _held(incidence: Incidence, entity: str, group: Group) -> tuple[str, ...]:
    held = set(incidence.of(entity))
    return tuple(item for item in group.items if item in held)


def _clusters(store: Store) -> dict[str, Group]:
    """Return the agreements of each cluster, by its name in small letters."""
    found: dict[str, list[str]] = {}
    for row in store.select(catalogue.require_query("evidence-agreements").text).records():
        found.setdefault(str(row["cluster"]), []).append(str(row["agreement"]))
    return {
        name.casefold(): Group(f"{_CLUSTER}{name}", tuple(sorted({*agreements})))
        for name, agreements in found.items()
    }
