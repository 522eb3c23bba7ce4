"""A brief gathered from the graph: who is shown, in which order, from which sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.coalition import find_coalition
from emg_graph.analysis.evidence import Agreement, Citation, Evidence, Position, Role
from emg_graph.analysis.reasons import BANDS, DIRECT, ON_IT
from emg_graph.analysis.steps import first_step
from emg_graph.answers import Table
from emg_graph.views.brief.content import Brief, Linked, Overlap, Suggestion
from emg_graph.views.brief.network import draw_network

SHOWN = 8
"""Candidates on the first two pages; the annex has all."""
UP_TO = {ON_IT: 3, DIRECT: 5}
"""How many are shown when each of these bands has had its turn, before the next one has."""
_CARD = {
    "kind": "Kind",
    "agreement status": "Status",
    "scope": "Scope",
    "parent agreement": "Under",
    "adopted on": "Adopted",
    "opened on": "Opened for signature",
    "in force on": "In force since",
    "secretariat": "Secretariat",
    "administered by": "Administered by",
    "depositary name": "Depositary",
    "financial mechanism": "Financial mechanism",
    "science body": "Science body",
    "has theme": "Themes (inferred)",
    "target": "SDG indicators name it under",
    "homepage": "Home page",
}


class Asked(Protocol):
    """What a brief asks of the graph."""

    data_version: str
    data_hash: str

    @property
    def evidence(self) -> Evidence: ...  # noqa: D102
    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]: ...  # noqa: D102
    def query(self, name: str, **params: str | Sequence[str]) -> Table: ...  # noqa: D102
    def collaborators(self, agreement: str) -> Collaborators: ...  # noqa: D102


def make_brief(graph: Asked, agreement: str) -> Brief:
    """Gather what a brief says of an agreement."""
    evidence = graph.evidence
    found = graph.collaborators(agreement)
    subject = evidence.agreements[agreement]
    linked = _linked(found)
    suggestions = tuple(Suggestion(c, first_step(c)) for c in _chosen(found))
    asked = tuple(p for p in evidence.positions if p.actor == subject.secretariat)
    tables = {
        "workstreams": graph.query("CQ04", agreement=agreement),
        "products": graph.query("CQ09", agreement=agreement),
        "figures": graph.query("figures", thing=agreement),
        "searches": graph.query("searches", thing=agreement),
    }
    rows = {name: tuple(table.records()) for name, table in tables.items()}
    read_from = tuple(
        str(row["source"]) for row in graph.query("sources", thing=agreement).records()
    )
    cited = _cited(found, linked, suggestions, asked, rows, read_from)
    return Brief(
        agreement=subject,
        addressee=_addressee(evidence, subject),
        facts=_facts(graph.query("facts", thing=agreement)),
        read_from=read_from,
        found=found,
        linked=linked,
        suggestions=suggestions,
        coalition=find_coalition(evidence, found, data=graph.data_hash),
        overlaps=tuple(_overlaps(evidence, found)),
        asked=asked,
        workstreams=rows["workstreams"],
        products=tuple(sorted(_merged(rows["products"], "link"), key=_product_order)),
        figures=rows["figures"],
        searches=rows["searches"],
        sources={source: graph.sources[source] for source in cited},
        names={actor.id: actor.short for actor in evidence.actors.values()},
        functions=evidence.functions,
        svg=draw_network(evidence, found, linked, suggestions),
        data_version=graph.data_version,
        data_hash=graph.data_hash,
    )


def _addressee(evidence: Evidence, agreement: Agreement) -> str:
    """Name a post, never a person."""
    if agreement.secretariat and (actor := evidence.actors.get(agreement.secretariat)):
        return f"the focal point for partnerships, {actor.name}"
    return "the focal point for partnerships of whoever serves the agreement"


def _facts(table: Table) -> tuple[tuple[str, str], ...]:
    """Return the agreement's own facts in reading order."""
    known = {str(row["property"]): str(row["value"]) for row in table.records()}
    return tuple((label, known[name]) for name, label in _CARD.items() if name in known)


def _linked(found: Collaborators) -> tuple[Linked, ...]:
    by_actor: dict[str, list[Role]] = {}
    for role in found.linked:
        by_actor.setdefault(role.actor, []).append(role)
    made = [
        Linked(
            found.actors[actor],
            tuple(sorted(roles, key=lambda r: (not r.documented, r.role, r.claim))),
            _held(role for role in roles if role.role not in FORMAL_ROLES),
            _held(role for role in roles if role.role in FORMAL_ROLES),
        )
        for actor, roles in by_actor.items()
    ]
    return tuple(sorted(made, key=_linked_order))


def _held(roles: Iterable[Role]) -> dict[str, bool]:
    """Return the functions of some roles, each with whether any such role is documented."""
    held: dict[str, bool] = {}
    for role in roles:
        for function in role.functions:
            held[function] = held.get(function, False) or role.documented
    return held


def _linked_order(linked: Linked) -> tuple[bool, bool, str]:
    """Put documented before weaker, entities before mechanisms, then names."""
    actor = linked.actor
    return (not linked.documented, actor.type != "entity", actor.short.casefold())


def _chosen(found: Collaborators) -> list[Candidate]:
    """Return the candidates for the first pages, those with a link nearer to it first."""
    ordered = sorted(found.candidates, key=lambda c: (min(r.distance for r in c.reasons), c.rank))
    chosen: list[Candidate] = []
    for band in BANDS:
        room = UP_TO.get(band, SHOWN) - len(chosen)
        chosen += [c for c in ordered if c.band == band][:room]
    rest = [c for band in BANDS for c in ordered if c.band == band and c not in chosen]
    chosen = (chosen + rest)[:SHOWN]
    return sorted(chosen, key=lambda c: (BANDS.index(c.band), c.short.casefold(), c.id))


def _overlaps(evidence: Evidence, found: Collaborators) -> Iterator[Overlap]:
    """Yield the functions that several actors are documented for, with where they meet."""
    members: dict[str, set[str]] = {}
    for membership in evidence.memberships:
        if membership.standing == "current":
            members.setdefault(membership.body, set()).add(membership.actor)
    for cover in found.coverage:
        holders = set(cover.documented)
        if len(holders) > 1:
            bodies = sorted(
                evidence.bodies[body].short
                for body, actors in members.items()
                if len(actors & holders) > 1 and _about(evidence, body, found)
            )
            names = sorted((found.actors[h].short for h in holders), key=str.casefold)
            yield Overlap(cover, tuple(names), tuple(bodies))


def _about(evidence: Evidence, body: str, found: Collaborators) -> bool:
    return body in found.actors or bool(evidence.bodies[body].themes & set(found.themes))


def _merged(rows: Iterable[Mapping[str, Any]], column: str) -> tuple[Mapping[str, Any], ...]:
    """Merge rows that differ in one column only, its values joined."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(value for name, value in row.items() if name != column)
        if key in merged:
            merged[key][column] = f"{merged[key][column]}; {row[column]}"
        else:
            merged[key] = dict(row)
    return tuple(merged.values())


def _product_order(row: Mapping[str, Any]) -> tuple[bool, bool, str]:
    """Put what concerns the agreement before what shares a theme, stated before inferred."""
    return ("concerns" not in row["link"], row["basis"] != "stated", row["name"])


def _cited(
    found: Collaborators,
    linked: Iterable[Linked],
    suggestions: Iterable[Suggestion],
    asked: Iterable[Position],
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
    read_from: Iterable[str],
) -> tuple[str, ...]:
    """Return every source of the brief in the order in which it is first cited."""
    citations: list[Citation] = [role.citation for actor in linked for role in actor.roles]
    citations += [work.citation for works in found.works.values() for work in works]
    citations += [r.citation for s in suggestions for r in s.candidate.reasons]
    citations += [position.citation for position in asked]
    citations += [r.citation for c in found.candidates for r in c.reasons]
    ids = [*read_from, *(citation.source for citation in citations)]
    ids += [str(row["source"]) for table in rows.values() for row in table]
    return tuple(dict.fromkeys(ids))
