"""The record read from a graph: only what the rules that are asked for look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from emg_graph.analysis.claims import Citation, Work
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.gaps.crossings import THEMES
from emg_graph.analysis.gaps.kinds import KINDS
from emg_graph.analysis.gaps.record import (
    COORDINATION,
    Crossing,
    Extent,
    Naming,
    Record,
    Search,
    Target,
)
from emg_graph.analysis.reading import asking
from emg_graph.analysis.reading.works import read_mandates
from emg_graph.store import Store

if TYPE_CHECKING:
    from emg_graph.analysis.incidence import Incidence

ENVIRONMENT = (
    "biodiversity", "climate", "environmental-finance", "environmental-governance", "freshwater",
    "green-economy", "land-degradation", "natural-capital-accounting", "oceans", "ozone",
    "pollution", "sustainable-consumption-and-production",
)  # fmt: skip
"""Themes of the environment; any theme under them counts too, system-wide coordination apart."""
OVERLAPS = ("mandates", "agreements")
"""The relations in which entities are compared, each by itself."""
_LINK = re.compile(r"(?P<text>.+?) \[(?P<source>[^\s\],|]+), (?P<locator>.*?)\](?:\||$)")
"""A link in an answer of CQ21: what it is, its source and the place in it."""

_Row = Mapping[str, Any]


def read_record(store: Store, evidence: Evidence, kinds: Collection[str] = tuple(KINDS)) -> Record:
    """Read what the rules of some kinds of gap look at, or of all.

    Args:
        store: the graph.
        evidence: what the rankings weigh.
        kinds: ids of ``KINDS``; by default all.
    """
    asked = frozenset(kinds)

    def wanted(*some: str) -> bool:
        return not asked.isdisjoint(some)

    apart, pairs = wanted("agreements-apart"), wanted("synergy")
    mandates, crossing = wanted("environment-mandate"), wanted("cross-cutting-link")
    regions = wanted("regional-link")
    return Record(
        evidence,
        tuple(_searches(store)),
        tuple(_namings(store, "gap-namings", "agreement")) if apart else (),
        tuple(_namings(store, "gap-parties", "actor")) if pairs or mandates else (),
        tuple(_mentions(store, evidence)) if regions else (),
        _places(store),
        {row["agreement"]: row["scope"] for row in asking.rows(store, "gap-scopes")},
        _above(asking.rows(store, "network-parents")),
        _overlaps(store) if pairs else (),
        tuple(read_mandates(store, _on(evidence, ENVIRONMENT))) if mandates else (),
        tuple(_named(store)) if mandates else (),
        tuple(_crossings(store)) if crossing else (),
        frozenset(row["source"] for row in asking.rows(store, "evidence-sources")),
        tuple(_links(store)) if regions else (),
        tuple(read_mandates(store, _on(evidence, THEMES))) if crossing else (),
        _symbols(store) if mandates else {},
        plans=tuple(_plans(store)) if wanted("missing-function", "thin-support") else (),
        extents=(
            tuple(_extents(store)) if wanted("presence-not-reported", "budget-not-read") else ()
        ),
        targets=tuple(_targets(store)) if crossing else (),
    )


def _overlaps(store: Store) -> tuple[Incidence, ...]:
    from emg_graph.analysis.incidence import read_incidence  # noqa: PLC0415  (it loads slowly)

    return tuple(read_incidence(store, name) for name in OVERLAPS)


def _citation(row: _Row) -> Citation:
    return Citation(row["source"], row["locator"])


def _searches(store: Store) -> Iterator[Search]:
    key: Callable[[_Row], tuple[str, str]] = lambda row: (row["subject"], row["claim"])  # noqa: E731
    for _, run in groupby(asking.rows(store, "gap-searches"), key=key):
        rows = list(run)
        row = rows[0]
        yield Search(
            row["claim"], row["subject"], row["looked_for"], row["outcome"],
            tuple(sorted({one["place"] for one in rows if one["place"]})),
            row["searched_on"] or "", _citation(row), row["note"], row["name"],
        )  # fmt: skip


def _namings(store: Store, query: str, thing: str) -> Iterator[Naming]:
    for row in asking.rows(store, query):
        yield Naming(
            row["item"], row["kind"], row[thing], row["basis"], str(row["name"]), row["claim"],
            _citation(row),
        )  # fmt: skip


def _mentions(store: Store, evidence: Evidence) -> Iterator[Naming]:
    """Yield what positions say of a mechanism or workstream, each claim once."""
    key: Callable[[_Row], tuple[str, ...]] = lambda row: (  # noqa: E731
        row["start"], row["end"], row["claim"],
    )  # fmt: skip
    for _, run in groupby(asking.rows(store, "network-positions"), key=key):
        row = next(run)
        if row["end"] in evidence.bodies:
            yield Naming(
                row["start"], "position", row["end"], row["basis"], row["summary"], row["claim"],
                _citation(row),
            )  # fmt: skip


def _places(store: Store) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (row["entity"], row["kind"], row["source"]) for row in asking.rows(store, "gap-places")
    )


def _above(rows: Iterable[_Row]) -> dict[str, tuple[str, ...]]:
    """Return what each thing is part of, followed to the end, the nearest first."""
    up: dict[str, list[str]] = {}
    for row in rows:
        up.setdefault(row["start"], []).append(row["end"])
    found = {}
    for thing in up:
        above: dict[str, None] = {}
        near = [thing]
        while near := [end for one in near for end in up.get(one, ()) if end not in above]:
            above |= dict.fromkeys(near)
        found[thing] = tuple(one for one in above if one != thing)
    return found


def _links(store: Store) -> Iterator[Naming]:
    for row in asking.rows(store, "gap-links"):
        yield Naming(
            row["actor"], row["kind"], row["agreement"], row["basis"], str(row["name"]),
            row["claim"], _citation(row),
        )  # fmt: skip


def _symbols(store: Store) -> dict[str, str]:
    return {row["mandate"]: row["symbol"] for row in asking.rows(store, "gap-symbols")}


def _on(evidence: Evidence, asked: Collection[str]) -> frozenset[str]:
    """Return some themes and all under them, system-wide coordination apart."""
    known = [theme for theme in asked if theme in evidence.themes]
    return frozenset(evidence.widened_all(known) - {COORDINATION})


def _named(store: Store) -> Iterator[Work]:
    for row in asking.rows(store, "evidence-namings"):
        yield Work(
            "mandate", row["actor"], row["agreement"], "computed", _parts(row["items"]),
            _citation(row), _parts(row["claims"]), example=row["example"],
            omnibus=_parts(row["omnibus"]),
        )  # fmt: skip


def _crossings(store: Store) -> Iterator[Crossing]:
    for row in asking.rows(store, "CQ21"):
        for basis in ("stated", "inferred"):
            for link in _LINK.finditer(row[f"{basis}_links"] or ""):
                at = Citation(link["source"], link["locator"])
                yield Crossing(row["theme"], row["agreement"], basis, link["text"], at)


def _plans(store: Store) -> Iterator[Work]:
    """Yield the activities of country plans on every agreement."""
    for row in asking.rows(store, "evidence-plans"):
        claims = _parts(row["claims"])
        yield Work(
            row["kind"], row["actor"], row["agreement"], row["basis"], claims, _citation(row),
            claims, row["since"], row["until"], row["title"], countries=int(row["countries"]),
        )  # fmt: skip


def _extents(store: Store) -> Iterator[Extent]:
    for row in asking.rows(store, "gap-extents"):
        yield Extent(row["entity"], row["kind"], int(row["number"]), _citation(row))


def _targets(store: Store) -> Iterator[Target]:
    rows = asking.rows(store, "gap-targets")
    for _, run in groupby(rows, key=lambda row: (row["agreement"], row["target"])):
        some = list(run)
        row = some[0]
        yield Target(
            row["agreement"], f"{row['kind']} {row['number']}, {row['name']}",
            frozenset(one["theme"] for one in some), _citation(row),
        )  # fmt: skip


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(sorted({part for part in cell.split("|") if part}))
