"""The cases of the trial: what is left of the record, who is ranked and who is looked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.reading import read_evidence_on
from emg_graph.graph import Graph
from recommending.masking import family_of, statements, without_family, without_link

LEAST = 2
"""An agreement with fewer supporters says little of a ranking."""
FAMILY, LINK = "family", "one link"
MASKINGS = (FAMILY, LINK)


@dataclass(frozen=True, slots=True)
class Subject:
    """An agreement with those who support it."""

    id: str
    group: str
    """Agreements whose families or statements meet are of one group: they are not independent."""
    field: tuple[str, ...]
    """Who could be a candidate, by id, the supporters too."""
    supporters: tuple[str, ...]
    evidence: Evidence
    """Read for this agreement and its family."""


@dataclass(frozen=True, slots=True)
class Case:
    """Who is looked for among whom, with what is left of the record."""

    subject: Subject
    masking: str
    evidence: Evidence
    actors: tuple[str, ...]
    positives: frozenset[str]


def field_of(evidence: Evidence, agreement: str) -> tuple[str, ...]:
    """Return the entities of the UN system and secretariats that do not run an agreement."""
    subject = evidence.agreements[agreement]
    secretariats = {one.secretariat for one in evidence.agreements.values()}
    roles = (role for role in evidence.roles if role.agreement == agreement)
    running = {role.actor for role in roles if role.role in RUNNING_ROLES}
    running |= {subject.secretariat or "", *subject.administering}
    return tuple(
        actor.id
        for actor in sorted(evidence.actors.values(), key=lambda actor: actor.id)
        if actor.type == "entity"
        and (actor.group == "un-system" or actor.id in secretariats)
        and actor.id not in running
    )


def supporters_of(evidence: Evidence, agreement: str) -> tuple[str, ...]:
    """Return who of the field has a documented role that supports an agreement, by id."""
    roles = (r for r in evidence.roles if r.agreement == agreement and r.documented)
    found = {actor for actor, _ in statements(roles)}
    return tuple(actor for actor in field_of(evidence, agreement) if actor in found)


def groups_of(evidence: Evidence, agreements: Sequence[str]) -> dict[str, str]:
    """Return the group of each agreement, named by its first member.

    Two agreements are of one group if they are of one family, or if a supporter of both has it
    from the same place of the same source.
    """
    marks = {agreement: _marks(evidence, agreement) for agreement in agreements}
    group = {agreement: agreement for agreement in sorted(agreements)}
    for one in marks:
        for other in marks:
            if marks[one] & marks[other]:
                first, second = sorted((group[one], group[other]))
                group = {a: first if name == second else name for a, name in group.items()}
    return group


def _marks(evidence: Evidence, agreement: str) -> set[object]:
    """Return the family of an agreement, and the places that tell of its supporters."""
    known = supporters_of(evidence, agreement)
    roles = (r for r in evidence.roles if r.agreement == agreement and r.documented)
    said = {statement for statement in statements(roles) if statement[0] in known}
    return {evidence.family(agreement), *said}


def subjects_of(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Return the agreements of the trial, by id: those with supporters enough, with these."""
    supporters = {one: supporters_of(evidence, one) for one in sorted(evidence.agreements)}
    return {one: found for one, found in supporters.items() if len(found) >= LEAST}


def read_subjects(graph: Graph, only: Collection[str] = ()) -> list[Subject]:
    """Read the agreements of the trial, or some of them only."""
    evidence = graph.evidence
    supporters = subjects_of(evidence)
    group = groups_of(evidence, list(supporters))
    return [
        Subject(one, group[one], field_of(evidence, one), found, _read(graph, one))
        for one, found in supporters.items()
        if not only or one in only
    ]


def _read(graph: Graph, agreement: str) -> Evidence:
    """Return the evidence for an agreement, with the work that is read of each of its family."""
    evidence = graph.evidence
    own = read_evidence_on(graph.store, evidence, agreement)
    more = [
        work
        for other in sorted(family_of(evidence, agreement) - {agreement})
        for work in read_evidence_on(graph.store, evidence, other).works[len(evidence.works) :]
    ]
    return replace(own, works=(*own.works, *more))


def cases_of(subject: Subject, masking: str, *, twins: bool = True) -> list[Case]:
    """Return the one case of a family left out, or one for each supporter whose link is.

    With one link left out the other supporters stay, and are not ranked.

    Args:
        subject: the agreement.
        masking: one of ``MASKINGS``.
        twins: whether what the same statement says of other agreements is left out too.
    """
    evidence, agreement, supporters = subject.evidence, subject.id, set(subject.supporters)
    if masking == FAMILY:
        rest = without_family(evidence, agreement, twins=twins)
        return [Case(subject, masking, rest, subject.field, frozenset(supporters))]
    return [
        Case(
            subject,
            masking,
            without_link(evidence, agreement, one, twins=twins),
            tuple(actor for actor in subject.field if actor not in supporters - {one}),
            frozenset({one}),
        )
        for one in subject.supporters
    ]


def described_as(case: Case, other: Subject) -> Evidence:
    """Return the evidence of a case whose agreement has another's cluster, themes and goals.

    It is of no family then: what was near to it as one of its family is so by themes alone.
    """
    own = case.evidence.agreements[case.subject.id]
    lent = other.evidence.agreements[other.id]
    known = case.evidence
    wrong = replace(own, cluster=lent.cluster, themes=lent.themes, parent=None)
    others = {
        one.id: replace(one, parent=None) if one.parent == own.id else one
        for one in known.agreements.values()
    }
    masked = replace(case.subject.evidence, mandates=other.evidence.mandates)
    again = _masked_again(case, masked)
    return replace(
        again,
        agreements={**others, own.id: wrong},
        goals={**known.goals, own.id: known.goals.get(lent.id, ())},
    )


def _masked_again(case: Case, evidence: Evidence) -> Evidence:
    if case.masking == FAMILY:
        return without_family(evidence, case.subject.id)
    (actor,) = case.positives
    return without_link(evidence, case.subject.id, actor)


def wrong_for(subject: Subject, subjects: Sequence[Subject]) -> list[Subject]:
    """Return the other agreements of the trial that are of another cluster."""
    own = subject.evidence.agreements[subject.id].cluster
    return [one for one in subjects if one.evidence.agreements[one.id].cluster != own]
