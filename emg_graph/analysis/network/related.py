"""Who else has related work: the candidates of an agreement as links, in sentences of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.network.gaps import functions
from emg_graph.analysis.network.links import (
    CONFIDENCES,
    STANDINGS,
    Fact,
    Link,
    Network,
    network,
)
from emg_graph.analysis.network.telling import Teller
from emg_graph.analysis.network.wording import counted
from emg_graph.analysis.reasons import DIRECT, INDIRECT, ON_IT, Reason

_NOTE = (
    " Entities of the UN system and treaty secretariats with related work and no documented role,"
    " that is one stated and current, stand there too; the reasons are our own reading, and say"
    " who was named nearby, not who should act."
)
_WEAKER = " (past, planned, inferred or through a mechanism)"
_RELATIONS = {ON_IT: "candidate", DIRECT: "candidate", INDIRECT: "candidate-indirect"}
_AGES, _SURE = tuple(STANDINGS), tuple(CONFIDENCES)
_COUNTED = "medium"
"""How sure a number over many rows is: theirs differ, and what they say together is our reading."""


def with_candidates(
    near: Network, whole: Network, found: Collaborators, evidence: Evidence
) -> Network:
    """Add the candidates of an agreement, each linked to it by its reasons.

    All weigh the same: to have more reasons is no recommendation.

    Args:
        near: what touches the agreement.
        whole: the network that it was cut from.
        found: the candidates.
        evidence: what they were found in.
    """
    claims = {fact.claim: fact for link in whole.links for fact in link.facts if fact.claim}
    teller = Teller.of(found, evidence)
    links = [_link(candidate, found.agreement, teller, claims) for candidate in found.candidates]
    present = {node.id for node in near.nodes} | {link.start for link in links}
    there = {*near.links}
    between = [
        link for link in whole.links if {link.start, link.end} <= present and link not in there
    ]
    every = [*near.links, *links, *between]
    made = network(near.view, near.title, near.note + _NOTE, whole.known, every, near.focus)
    return replace(made, summary=tuple(_summary(found, whole, evidence)))


def _link(candidate: Candidate, agreement: str, teller: Teller, claims: Mapping[str, Fact]) -> Link:
    facts = tuple(
        _fact(reason, teller.told(candidate.short, reason), claims) for reason in candidate.reasons
    )
    return Link(candidate.id, agreement, _RELATIONS[candidate.band], facts)


def _fact(reason: Reason, sentence: str, claims: Mapping[str, Fact]) -> Fact:
    """Return a reason as a fact of our own reading, as old and unsure as the claims behind it."""
    behind = [claims[claim] for claim in reason.claims if claim in claims]
    sure = [fact.confidence for fact in behind if fact.confidence]
    notes = dict.fromkeys(fact.note for fact in behind if fact.note)
    return Fact(
        sentence,
        "inferred",
        max((fact.standing for fact in behind), key=_AGES.index, default="current"),
        reason.touches,
        reason.citation.source,
        reason.citation.locator,
        confidence=max(sure, key=_SURE.index, default=_COUNTED),
        note=" ".join(notes) or None,
    )


def _summary(found: Collaborators, whole: Network, evidence: Evidence) -> Iterator[str]:
    """Yield how many are on record and beside it, and for what nobody is."""
    documented = len({role.actor for role in found.linked if role.documented})
    weaker = len({role.actor for role in found.linked}) - documented
    more = f"; {weaker} only a weaker one{_WEAKER}" if weaker else ""
    have = "has" if documented == 1 else "have"
    yield f"{counted(documented, 'actor')} {have} a stated, current role on record{more}."
    on_it, direct, indirect = (len(found.band(band)) for band in (ON_IT, DIRECT, INDIRECT))
    if on_it:
        have = counted(on_it, "other has", "others have")
        yield f"{have} work on it on record, such as projects, and no documented role here."
    if direct or indirect:
        others = counted(direct, "other has", "others have")
        yield (
            f"{others} related work on record by direct evidence, {indirect} by indirect evidence"
            " only; none of them a documented role here."
        )
    yield from _silent(found.agreement, whole, evidence)


def _silent(agreement: str, whole: Network, evidence: Evidence) -> Iterator[str]:
    """Yield the functions for which nobody is documented, together where the record says alike."""
    by_status: dict[str, list[str]] = {}
    for link in functions(whole, evidence.searched):
        if link.start == agreement and link.status:
            by_status.setdefault(link.status, []).append(whole.known[link.end].label)
    for status, labels in sorted(by_status.items()):
        yield f"Nobody on record for: {', '.join(sorted(labels))} ({status})."
