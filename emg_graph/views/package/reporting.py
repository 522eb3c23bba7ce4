"""Who may help with reports under an agreement, as titles of projects and indicators suggest.

No source says it as such, so that all of it is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emg_graph.analysis.evidence import Actor, Citation, Evidence
from emg_graph.views.package.parts import Project
from emg_graph.views.paper import counted

_ON_REPORTS = re.compile(
    r"\b(?:(?:national|country|biosafety) report|national communication|biennial|nbsap"
    r"|(?:BTR|BUR)s?\d*\b)",
    re.IGNORECASE,
)
CUSTODIAN = "indicator-custodian"


@dataclass(frozen=True, slots=True)
class Reporter:
    """An entity, whether it is present, and what suggests that it may help with reports."""

    actor: Actor
    here: bool
    what: str
    citation: Citation


def on_reports(title: str) -> bool:
    """Return whether the title of a project speaks of reports that a party owes.

    >>> on_reports("Support to the Sixth National Report"), on_reports("Clean energy for islands")
    (True, False)
    """
    return bool(_ON_REPORTS.search(title))


def reporters(
    evidence: Evidence, agreement: str, projects: Sequence[Project], present: frozenset[str]
) -> tuple[Reporter, ...]:
    """Return those who carry out projects on reports, then custodians of indicators, by name."""
    made = [*_by_projects(evidence, projects, present), *_custodians(evidence, agreement, present)]
    first: dict[str, Reporter] = {}
    for one in made:
        first.setdefault(one.actor.id, one)
    return tuple(sorted(first.values(), key=lambda one: one.actor.short.casefold()))


def _by_projects(
    evidence: Evidence, projects: Sequence[Project], present: frozenset[str]
) -> Iterator[Reporter]:
    by_entity: dict[str, list[Project]] = {}
    for project in projects:
        if on_reports(project.name):
            for entity in project.entities:
                by_entity.setdefault(entity, []).append(project)
    for entity, found in by_entity.items():
        over = sum(one.over for one in found)
        tail = f", {over} completed or cancelled" if over else ""
        what = counted(len(found), "project", "projects") + tail
        yield Reporter(evidence.actors[entity], entity in present, what, found[0].citation)


def _custodians(evidence: Evidence, agreement: str, present: frozenset[str]) -> Iterator[Reporter]:
    for role in evidence.roles:
        if role.agreement == agreement and role.role == CUSTODIAN and role.documented:
            yield Reporter(
                evidence.actors[role.actor],
                role.actor in present,
                "custodian of an indicator",
                role.citation,
            )
