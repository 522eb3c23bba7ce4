"""A package gathered from the graph: what each part rests on, and which sources it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.reasons import MONEY, Reason
from emg_graph.answers import Table
from emg_graph.views.package import reading
from emg_graph.views.package.content import Package
from emg_graph.views.package.covering import Ground, covers
from emg_graph.views.package.parts import Activity, Count, Project, Share, Spender, Spending
from emg_graph.views.package.reporting import reporters
from emg_graph.views.package.status import LOOKED_FOR, Status

Record = Mapping[str, Any]

_FOUNDED = frozenset({"stated", "via-mechanism"})
"""Bases of which each step is stated."""
_PROJECTS_NEARBY = "projects on related agreements"


class Asked(Protocol):
    """What a package asks of the graph."""

    data_version: str
    data_hash: str

    @property
    def evidence(self) -> Evidence: ...  # noqa: D102
    @property
    def sources(self) -> Mapping[str, Record]: ...  # noqa: D102
    def query(self, name: str, **params: str | Sequence[str]) -> Table: ...  # noqa: D102
    def collaborators(self, agreement: str) -> Collaborators: ...  # noqa: D102


def make_package(graph: Asked, agreement: str, country: str) -> Package:
    """Gather what a package says of an agreement in a country."""
    evidence = graph.evidence
    subject = evidence.agreements[agreement]
    family = _family(evidence, subject)
    place = {"agreement": family, "country": country}
    activities = reading.activities(graph.query("package-plans", **place).records(), agreement)
    projects = reading.projects(graph.query("package-projects", **place).records())
    findings = graph.query("CQ25", **place).records()
    counted = reading.counts(findings)
    spent = graph.query("package-presence", country=country).records()
    spendings = reading.spendings(spent)
    support = graph.query("support-in-country", country=country).records()
    described = graph.query("package-country", country=country).records()
    shares = reading.shares(graph.query("package-goals", agreement=agreement).records())
    parties = graph.query("package-parties", country=country).records()
    searches = graph.query("searches", thing=agreement).records()
    found = graph.collaborators(agreement)
    present = tuple(one for one in spendings if one.amount > 0)
    ground = Ground(
        present=frozenset(one.entity for one in present),
        reporting=reading.reporting(graph.query("package-reporting").records()),
        parents=reading.parents(graph.query("network-parents").records()),
        working=frozenset(_working(activities, projects, counted)),
        near=reading.near(described[0], spent, support),
    )
    made = Package(
        agreement=subject,
        family=tuple(evidence.agreements[one] for one in family if one != agreement),
        country=reading.country(described),
        status=_status(graph, agreement, parties, searches, findings),
        others=tuple(row for row in parties if row["agreement"] != agreement),
        counts=tuple(
            row
            for row in graph.query("figures", thing=agreement).records()
            if row["quantity"] == "party-count"
        ),
        spenders=tuple(
            _spenders(evidence, found, family, present, activities, projects, counted, shares)
        ),
        corrections=tuple(one for one in spendings if one.amount <= 0),
        goals=reading.goals(shares),
        activities=activities,
        projects=projects,
        counted=counted,
        readings=reading.readings(graph.query("package-readings").records()),
        covers=tuple(covers(evidence, found, family, ground)),
        practices=reading.practices(practice := graph.query("package-practice").records()),
        reported=reading.reported(practice),
        reporters=reporters(evidence, agreement, projects, ground.present),
        models=reading.models(
            graph.query("package-proposals").records(),
            graph.query("CQ12", agreement=agreement).records(),
            _near(evidence, subject),
        ),
        searches=tuple(searches),
        sources={},
        names=_names(evidence),
        functions=evidence.functions,
        data_version=graph.data_version,
        data_hash=graph.data_hash,
    )
    return made.with_sources(graph.sources)


def _family(evidence: Evidence, subject: Agreement) -> list[str]:
    """Return the agreement and then the others of its family, by id."""
    root = evidence.family(subject.id)
    others = (one for one in evidence.agreements if evidence.family(one) == root)
    return [subject.id, *sorted(one for one in others if one != subject.id)]


def _near(evidence: Evidence, subject: Agreement) -> dict[str, reading.Nearness]:
    """Return how near each agreement is: by shared themes, then by cluster."""
    return {
        id_: (-len(subject.themes & other.themes), subject.cluster != other.cluster)
        for id_, other in evidence.agreements.items()
    }


def _names(evidence: Evidence) -> dict[str, str]:
    """Return what actors, bodies and agreements are called in a table."""
    every = (evidence.bodies, evidence.actors, evidence.agreements)
    return {id_: thing.short for things in every for id_, thing in things.items()}


def _status(
    graph: Asked,
    agreement: str,
    parties: Sequence[Record],
    searches: Sequence[Record],
    findings: Sequence[Record],
) -> Status:
    """Return the country's status by the latest list, or by that of a group of parties."""
    rows = [row for row in parties if row["agreement"] == agreement]
    lists = graph.query("evidence-party-lists", agreement=agreement).records()
    return Status(
        row=max(rows, key=lambda row: str(row["as_of"]), default=None),
        list=lists[0] if lists else None,
        search=next((row for row in searches if row["looked_for"] == LOOKED_FOR), None),
        group=reading.group_listing(findings, agreement),
    )


def _working(
    activities: Sequence[Activity], projects: Sequence[Project], counted: Sequence[Count]
) -> Iterator[str]:
    """Yield who has or pays for work in the country on record, listed or counted."""
    yield from (one.entity for one in activities)
    yield from (actor for one in projects for actor in (one.fund, *one.entities))
    yield from (actor for one in counted for actor in (one.fund, one.entity))


def _spenders(
    evidence: Evidence,
    found: Collaborators,
    family: Sequence[str],
    present: Sequence[Spending],
    activities: Sequence[Activity],
    projects: Sequence[Project],
    counted: Sequence[Count],
    shares: Sequence[Share],
) -> Iterator[Spender]:
    """Yield who is present: first who is on record on the agreement, each part by name."""
    reasons = {one.id: one.reasons for one in found.candidates}
    made = []
    for spending in present:
        entity = spending.entity
        roles = [r for r in evidence.roles if r.actor == entity and r.documented]
        links = reasons.get(entity, ())
        acts = [one.stated for one in activities if one.entity == entity]
        works = [one.stated for one in projects if entity in one.entities]
        made.append(
            Spender(
                actor=evidence.actors[entity],
                spending=spending,
                roles=tuple(r for r in roles if r.agreement == family[0]),
                kin=tuple(r for r in roles if r.agreement in family[1:]),
                activities=acts.count(True),
                projects=works.count(True),
                supposed=(acts.count(False), works.count(False)),
                counted=tuple(one for one in counted if one.entity == entity),
                shares=tuple(one for one in shares if one.entity == entity),
                reason=next((r for r in links if r.basis in _FOUNDED), None),
                inferred=next((r for r in links if _weak(r)), None),
                nearby=sum(len(r.claims) for r in links if r.channel == _PROJECTS_NEARBY),
            )
        )
    yield from sorted(made, key=_order)


def _weak(reason: Reason) -> bool:
    """Return whether a link is inferred; money on the goals has a column of its own."""
    return reason.basis not in _FOUNDED and reason.channel != MONEY


def _order(one: Spender) -> tuple[bool, bool, str]:
    return (not one.core, not one.related, one.actor.short.casefold())
