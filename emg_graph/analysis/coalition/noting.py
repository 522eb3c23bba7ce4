"""What is to be said of who was required of a group, or excluded from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.coalition.answer import Cover
from emg_graph.analysis.coalition.slot import Slot, Wishes
from emg_graph.analysis.evidence import Evidence


def linked(evidence: Evidence, found: Collaborators) -> frozenset[str]:
    """Return who has a documented role in the agreement, or runs it."""
    subject = evidence.agreements[found.agreement]
    roles = {r.actor for r in found.linked if r.documented or r.role in RUNNING_ROLES}
    return frozenset(roles | subject.administering | {subject.secretariat or ""})


def notes(
    evidence: Evidence,
    found: Collaborators,
    wishes: Wishes,
    slots: Sequence[Slot],
    covers: Sequence[Cover],
) -> Iterator[str]:
    """Say what is peculiar to who was required or excluded."""
    firm = {cover.entity for cover in covers if cover.firm}
    weaker = {cover.entity for cover in covers} - firm
    there = linked(evidence, found)
    for entity in sorted(set(wishes.require)) if slots else ():
        name = evidence.actors[entity].short
        if entity in there:
            yield (
                f"{name} is linked to {found.called} already: it counts among those who are there,"
                " not as a member of a group"
            )
        elif entity not in firm:
            only = ", only an inferred or earlier one" if entity in weaker else ""
            yield (
                f"{name} is in each group because it is required: no stated, current record of what"
                f" is wanted was found for it{only}"
            )
    excluded = sorted(set(wishes.exclude))
    for entity in excluded if slots else ():
        if entity not in firm:
            name = evidence.actors[entity].short
            yield f"To exclude {name} changes nothing: it would be in no group"
    if firm and firm <= set(excluded):
        yield "Everybody on record for what is wanted is excluded"
