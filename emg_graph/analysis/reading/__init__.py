"""The evidence read from a graph, with one query for each kind of thing and claim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from emg_graph.analysis.evidence import (
    Actor,
    Agreement,
    Body,
    Evidence,
    Joint,
    Membership,
    Position,
    Role,
)
from emg_graph.analysis.reading.asking import (
    Record,
    all_of,
    citation_of,
    grouped,
    records,
    rows,
)
from emg_graph.analysis.reading.works import read_evidence_on as read_evidence_on
from emg_graph.analysis.reading.works import read_goals, read_projects, read_spending
from emg_graph.analysis.reading.works import with_portfolios as with_portfolios
from emg_graph.analysis.searches import grouped_by_subject
from emg_graph.store import Store


def read_evidence(store: Store) -> Evidence:
    """Read the evidence of a graph, with one query for each kind of thing and claim."""
    concepts = records(store, "concepts")
    schemes = {scheme: [c for c in concepts if c["scheme"] == scheme] for scheme in _SCHEMES}
    return Evidence(
        agreements=_by_id(grouped(store, "agreements", "agreement", _agreement)),
        actors={row["actor"]: _actor(row) for row in records(store, "actors")},
        bodies=_by_id(grouped(store, "bodies", "body", _body)),
        functions={c["concept"]: c["label"] for c in schemes["function"]},
        themes={c["concept"]: c["label"] for c in schemes["theme"]},
        broader={c["concept"]: c["broader"] for c in schemes["theme"] if c["broader"]},
        roles=tuple(grouped(store, "roles", "claim", _role)),
        memberships=tuple(_membership(row) for row in records(store, "memberships")),
        positions=tuple(grouped(store, "positions", "claim", _position)),
        joints=tuple(_joint(row) for row in records(store, "products")),
        searched={row["subject"]: row["sources"] for row in records(store, "searches")},
        works=read_projects(store),
        budgets=frozenset((row["actor"], row["source"]) for row in records(store, "budgets")),
        spending=read_spending(store),
        goals=read_goals(store),
        references=frozenset(
            (row["agreement"], row["referred_agreement"], row["source"])
            for row in records(store, "references")
        ),
        sought=grouped_by_subject(rows(store, "gap-searches")),
    )


_SCHEMES = ("function", "theme")


def _by_id(things: Iterable[Any]) -> dict[str, Any]:
    return {thing.id: thing for thing in things}


def _short(row: Record) -> str:
    """Return how a thing is called in a table or picture."""
    return str(row["short_name"] or row["acronym"] or row["name"])


def _agreement(rows: list[Record]) -> Agreement:
    row = rows[0]
    return Agreement(
        id=row["agreement"],
        name=row["name"],
        short=row["short_name"] or row["name"],
        parent=row["parent"],
        cluster=row["cluster"],
        themes=frozenset(all_of(rows, "theme")),
        secretariat=row["secretariat"],
        administering=frozenset(all_of(rows, "administering")),
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
        frozenset(all_of(rows, "theme")),
    )  # fmt: skip


def _role(rows: list[Record]) -> Role:
    row = rows[0]
    return Role(
        row["claim"], row["actor"], row["agreement"], row["role"], row["role_label"],
        all_of(rows, "function"), row["basis"], row["standing"], row["from"], row["to"],
        row["via"], row["summary"], row["confidence"], row["note"], citation_of(row),
    )  # fmt: skip


def _membership(row: Record) -> Membership:
    return Membership(
        row["claim"], row["actor"], row["body"], row["capacity"], row["capacity_label"],
        row["basis"], row["standing"], citation_of(row),
    )  # fmt: skip


def _position(rows: list[Record]) -> Position:
    row = rows[0]
    named = [r for r in rows if r["agreement_basis"] == "stated"]
    inferred = [r for r in rows if r["agreement_basis"] == "inferred"]
    return Position(
        row["position"], row["claim"], row["actor"], row["meeting"], all_of(rows, "act"),
        frozenset(all_of(rows, "theme")), all_of(rows, "function"),
        frozenset(all_of(named, "agreement")), frozenset(all_of(inferred, "agreement")),
        row["summary"], citation_of(row),
    )  # fmt: skip


def _joint(row: Record) -> Joint:
    return Joint(
        row["product"], row["name"], row["status"], row["party"], row["agreement"], row["basis"],
        citation_of(row),
    )  # fmt: skip
