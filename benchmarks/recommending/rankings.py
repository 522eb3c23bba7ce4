"""Every score of every case: of the channels in their variants, the baselines and the control."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis import nearness
from emg_graph.analysis.candidates import find_collaborators
from emg_graph.analysis.channels import CHANNELS
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.scoring import PLACES, WEIGHTS, percentiles, shares
from recommending.cases import Case, Subject, described_as
from recommending.predictions import predictions

Values = NDArray[np.float64]
LAST = -1.0
"""The score of who has no reason on record: below every percentile."""
FIFTH = ("NBI", "density")
"""Predictors of the literature that are tried as a further channel."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of computing the channels."""

    grounds: Mapping[str, float]
    """What makes two agreements near, with weights."""
    specialists: bool = False


GROUNDS: Mapping[str, Mapping[str, float]] = {
    "cluster, themes": {"cluster": 1.0, "themes": 1.0, "references": 0.0},
    "themes": {"cluster": 0.0, "themes": 1.0, "references": 0.0},
    "themes, references": {"cluster": 0.0, "themes": 1.0, "references": 1.0},
    "all three": {"cluster": 1.0, "themes": 1.0, "references": 1.0},
}
"""What may make two agreements near, with its weight."""
VARIANTS: Mapping[str, Variant] = {
    name + (", share" if share else ""): Variant(grounds, share)
    for share in (False, True)
    for name, grounds in GROUNDS.items()
}
"""The variants that are tried; in those called ``share``, the specialists' view of the package."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The scores of everyone in a case; the highest is first."""

    case: Case
    shipped: Values
    columns: Mapping[str, Mapping[str, Values]]
    """The percentiles of each channel in each variant; of who has no reason, ``LAST``."""
    fifth: Mapping[str, Values]
    """Percentiles of what is tried as a further channel."""
    baselines: Mapping[str, Values]
    control: tuple[Values, ...] = ()
    """The shipped scores for the descriptions of other clusters' agreements."""


@contextmanager
def near_by(grounds: Mapping[str, float]) -> Iterator[None]:
    """Let agreements be near by these grounds for a while."""
    before = nearness.NEARNESS
    nearness.NEARNESS = grounds
    try:
        yield
    finally:
        nearness.NEARNESS = before


def ranked(case: Case, wrong: Sequence[Subject] = ()) -> Ranked:
    """Return all scores of a case.

    Args:
        case: the case.
        wrong: agreements whose descriptions are tried on it, as a control.
    """
    evidence = case.evidence
    shipped = candidates(evidence, case.subject.id)
    everyone = (*case.actors, *sorted(set(shipped) - set(case.actors)))
    found = predictions(case, everyone)
    return Ranked(
        case,
        placed(case, shipped),
        {name: columns(case, shipped, variant) for name, variant in VARIANTS.items()},
        {name: _fifth(case, shipped, dict(zip(everyone, found[name], strict=True)))
         for name in FIFTH},
        {name: values[: len(case.actors)] for name, values in found.items()},
        tuple(placed(case, candidates(described_as(case, other), case.subject.id))
              for other in wrong),
    )  # fmt: skip


def candidates(evidence: Evidence, agreement: str) -> dict[str, float]:
    """Return the score of each candidate as the package gives it.

    These may be more than those who are ranked: whose link with an agreement is hidden may be a
    candidate of the package although it is known to run the agreement.
    """
    return {one.id: one.score for one in find_collaborators(evidence, agreement).candidates}


def columns(case: Case, field: Collection[str], variant: Variant) -> dict[str, Values]:
    """Return the percentiles of each channel, among all candidates of the package."""
    actors = sorted(field)
    agreement = case.evidence.agreements[case.subject.id]
    with near_by(variant.grounds):
        found = shares(case.evidence, agreement, actors, specialists=variant.specialists)
    return {
        name: placed(case, {a: one[name].percentile for a, one in zip(actors, found, strict=True)})
        for name in CHANNELS
    }


def _fifth(case: Case, field: Collection[str], values: Mapping[str, float]) -> Values:
    """Return the percentiles of a predictor, among all candidates of the package."""
    actors = sorted(field)
    found = percentiles([values[actor] for actor in actors])
    return placed(case, dict(zip(actors, found, strict=True)))


def placed(case: Case, values: Mapping[str, float]) -> Values:
    """Return the values of who is ranked in a case, and ``LAST`` for who has no reason."""
    return np.array([values.get(actor, LAST) for actor in case.actors])


def combination(parts: Mapping[str, Values], weights: Mapping[str, float] = WEIGHTS) -> Values:
    """Return the weighted mean of channels, to as many digits as the package counts."""
    total = sum(weights.values())
    found = sum(weight * parts[name] for name, weight in weights.items()) / total
    return np.asarray(np.round(found, PLACES))
