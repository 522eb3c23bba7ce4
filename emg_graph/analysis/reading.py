"""The evidence read from a graph, with one query for each kind of thing and claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

from emg_graph import catalogue
from emg_graph.analysis.evidence import (
    Actor,
    Agreement,
    Body,
    Citation,
    Evidence,
    Joint,
    Membership,
    Position,
    Role,
)
from emg_graph.store import Store

Record = Mapping[str, Any]


def read_evidence(store: Store) -> Evidence:
    """Read the evidence of a graph, with one query for each kind of thing and claim."""
    concepts = _rows(store, "concepts")
    schemes = {scheme: [c for c in concepts if c["scheme"] == scheme] for scheme in _SCHEMES}
    return Evidence(
        agreements=_by_id(_grouped(store, "agreements", "agreement", _agreement)),
        actors={row["actor"]: _actor(row) for row in _rows(store, "actors")},
        bodies=_by_id(_grouped(store, "bodies", "body", _body)),
        functions={c["concept"]: c["label"] for c in schemes["function"]},
        themes={c["concept"]: c["label"] for c in schemes["theme"]},
        broader={c["concept"]: c["broader"] for c in schemes["theme"] if c["broader"]},
        roles=tuple(_grouped(store, "roles", "claim", _role)),
        memberships=tuple(_membership(row) for row in _rows(store, "memberships")),
        positions=tuple(_grouped(store, "positions", "claim", _position)),
        joints=tuple(_joint(row) for row in _rows(store, "products")),
        searched={row["subject"]: row["sources"] for row in _rows(store, "searches")},
    )


_SCHEMES = ("function", "theme")


def _rows(store: Store, name: str) -> list[dict[str, Any]]:
    return store.select(catalogue.require_query(f"evidence-{name}").text).records()


def _grouped(store: Store, name: str, key: str, make: Callable[[list[Record]], Any]) -> list[Any]:
    """Make one object of each run of rows with the same key; the queries keep them together."""
    return [make(list(rows)) for _, rows in groupby(_rows(store, name), key=lambda r: r[key])]


def _by_id(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


def _all(rows: Iterable[Record], column: str) -> tuple[str, ...]:
    return tuple(sorted({row[column] for row in rows if row[column] is not None}))


def _short(row: Record) -> str:
    """Return how a thing is called in a table or picture."""
    return str(row["short_name"] or row["acronym"] or row["name"])


def _citation(row: Record) -> Citation:
    return Citation(row["source"], row["locator"])


def _agreement(rows: list[Record]) -> Agreement:
    row = rows[0]
    return Agreement(
        id=row["agreement"],
        name=row["name"],
        short=row["short_name"] or row["name"],
        parent=row["parent"],
        cluster=row["cluster"],
        themes=frozenset(_all(rows, "theme")),
        secretariat=row["secretariat"],
        administering=frozenset(_all(rows, "administering")),
    )


def _actor(row: Record) -> Actor:
    return Actor(
        row["actor"], row["type"], row["name"], _short(row), row["kind"], row["kind_label"],
        row["group"],
    )  # fmt: skip


def _body(rows: list[Record]) -> Body:
    row = rows[0]
    return Body(
        row["body"], row["name"], _short(row), row["standing"], row["coverage"],
        frozenset(_all(rows, "theme")),
    )  # fmt: skip


def _role(rows: list[Record]) -> Role:
    row = rows[0]
    return Role(
        row["claim"], row["actor"], row["agreement"], row["role"], row["role_label"],
        _all(rows, "function"), row["basis"], row["standing"], row["from"], row["to"],
        row["via"], row["summary"], row["confidence"], row["note"], _citation(row),
    )  # fmt: skip


def _membership(row: Record) -> Membership:
    return Membership(
        row["claim"], row["actor"], row["body"], row["capacity"], row["capacity_label"],
        row["basis"], row["standing"], _citation(row),
    )  # fmt: skip


def _position(rows: list[Record]) -> Position:
    row = rows[0]
    named = [r for r in rows if r["agreement_basis"] == "stated"]
    inferred = [r for r in rows if r["agreement_basis"] == "inferred"]
    return Position(
        row["position"], row["claim"], row["actor"], row["meeting"], _all(rows, "act"),
        frozenset(_all(rows, "theme")), _all(rows, "function"),
        frozenset(_all(named, "agreement")), frozenset(_all(inferred, "agreement")),
        row["summary"], _citation(row),
    )  # fmt: skip


def _joint(row: Record) -> Joint:
    return Joint(
        row["product"], row["name"], row["status"], row["party"], row["agreement"], row["basis"],
        _citation(row),
    )  # fmt: skip
