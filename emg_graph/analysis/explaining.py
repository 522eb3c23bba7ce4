"""The whole computation of one candidate's score, so that a reader can repeat it by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from emg_graph.analysis.candidate import Candidate, Lens
from emg_graph.analysis.channels import CHANNELS, DIGITS, TITLES, Gauge, popularity
from emg_graph.analysis.claims import CitedMandate, Position
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.explanation import Channel, Explanation, Place, Reckoning, Term
from emg_graph.analysis.nearness import told
from emg_graph.analysis.parts import Part, Tally, ids_of
from emg_graph.analysis.scoring import standing

NOTES: Mapping[str, str] = {
    "C": (
        "Not counted here: custody of an indicator, which is a role and counts in A; paragraphs of"
        " budgets that name an entity, of which the record holds only those that name a partner, on"
        " no theme; and what an entity was founded for, which is not in the record."
    ),
}
"""What could belong to a channel and does not count in it, and why."""


def explain(
    evidence: Evidence,
    agreement: Agreement,
    candidates: Sequence[Candidate],
    candidate: Candidate,
    how: Lens,
) -> Explanation:
    """Return how the score of one of the candidates comes about.

    Args:
        evidence: what the graph holds, read for the agreement.
        agreement: what they are candidates for.
        candidates: the field.
        candidate: one of them.
        how: what they were compared by.
    """
    return Explanation(
        agreement.id,
        agreement.called,
        candidate,
        how.specialists,
        tuple(
            Channel(
                name,
                TITLES[name],
                share.value,
                share.percentile,
                share.weight,
                _place(share, [other.channels[name] for other in candidates]),
                tuple(
                    _reckoning(evidence, agreement, gauge, candidates, candidate, name, how)
                    for gauge in CHANNELS[name].values()
                ),
                NOTES.get(name, ""),
            )
            for name, share in candidate.channels.items()
        ),
        len(candidates),
        popularity(evidence, agreement, candidate.id),
    )


def _reckoning(
    evidence: Evidence,
    agreement: Agreement,
    gauge: Gauge,
    candidates: Sequence[Candidate],
    candidate: Candidate,
    channel: str,
    how: Lens,
) -> Reckoning:
    tally = gauge.parts(evidence, agreement).get(candidate.id) or Tally()
    measure = candidate.channels[channel].measures[gauge.name]
    near = [part for part in tally.parts if part.near]
    divisor = gauge.divisor(tally, specialists=how.specialists)
    return Reckoning(
        gauge.name,
        gauge.text,
        gauge.counts,
        gauge.size.text,
        tuple(_term(evidence, agreement, gauge, part) for part in near),
        len(tally.parts) - len(near),
        round(sum(gauge.worth(part) for part in near), DIGITS),
        None if divisor is None else round(divisor, DIGITS),
        measure.value,
        measure.percentile,
        _place(measure, [other.channels[channel].measures[gauge.name] for other in candidates]),
    )


def _place(one: Any, field: Sequence[Any]) -> Place | None:
    """Return where a share or measure stands among those of the field that are known."""
    if one.value is None:
        return None
    known = [one.value, *(other.value for other in field if other.value is not None)]
    lower, same = standing(known)
    return Place(int(lower[0]), int(same[0]) - 1, len(known) - 1)


def _term(evidence: Evidence, agreement: Agreement, gauge: Gauge, part: Part) -> Term:
    name, said = _called(evidence, agreement, part)
    claims = {c for claim in part.behind for c in ids_of(claim)}
    return Term(
        part.thing,
        name,
        round(part.near, DIGITS),
        part.count,
        round(gauge.worth(part), DIGITS),
        said,
        tuple(sorted(claims)),
        tuple(sorted({claim.citation for claim in part.behind})),
    )


def _called(evidence: Evidence, agreement: Agreement, part: Part) -> tuple[str, str]:
    """Return what a part is called, and what says more of it."""
    first = part.behind[0]
    if isinstance(first, CitedMandate):
        return first.symbol, "omnibus, cited by very many" if first.omnibus else "on its themes"
    if isinstance(first, Position):
        return first.id, first.summary
    if other := evidence.agreements.get(part.thing):
        return other.short, told(evidence, agreement, other)
    if body := evidence.bodies.get(part.thing):
        shared = len(body.themes & agreement.themes)
        sizes = f"{len(body.themes)} × {len(agreement.themes)}"
        doubt = f"{part.told}; " if part.told else ""
        return body.short, f"{doubt}cosine of the themes, {shared} / sqrt({sizes})"
    goals: Mapping[str, str] = {
        goal.id: f"SDG {goal.number}, {goal.basis}" for goal in evidence.goals.get(agreement.id, ())
    }
    return goals[part.thing], "one of its goals"
