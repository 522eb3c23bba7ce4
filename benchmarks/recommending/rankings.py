"""Every score of every case: of the channels in their variants, the baselines and the control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis import nearness
from emg_graph.analysis.candidates import find_collaborators
from emg_graph.analysis.channels import CHANNELS
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.scoring import WEIGHTS, percentiles, shares
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
    shipped, kept = candidates(evidence, case)
    found = predictions(case)
    return Ranked(
        case,
        shipped,
        {name: columns(evidence, case, kept, variant) for name, variant in VARIANTS.items()},
        {name: _spread(percentiles(found[name][kept].tolist()), kept) for name in FIFTH},
        found,
        tuple(candidates(described_as(case, other), case)[0] for other in wrong),
    )


def candidates(evidence: Evidence, case: Case) -> tuple[Values, NDArray[np.bool_]]:
    """Return the score of everyone as the package gives it, and who has a reason on record."""
    found = {one.id: one for one in find_collaborators(evidence, case.subject.id).candidates}
    kept = np.array([actor in found for actor in case.actors])
    scores = [found[actor].score if actor in found else LAST for actor in case.actors]
    return np.array(scores), kept


def columns(
    evidence: Evidence, case: Case, kept: NDArray[np.bool_], variant: Variant
) -> dict[str, Values]:
    """Return the percentiles of each channel among those with a reason."""
    actors = [actor for actor, known in zip(case.actors, kept, strict=True) if known]
    agreement = evidence.agreements[case.subject.id]
    with near_by(variant.grounds):
        found = shares(evidence, agreement, actors, specialists=variant.specialists)
    return {name: _spread([one[name].percentile for one in found], kept) for name in CHANNELS}


def _spread(places: Sequence[float], kept: NDArray[np.bool_]) -> Values:
    """Return the places of those with a reason, and ``LAST`` for the others."""
    found = np.full(len(kept), LAST)
    found[kept] = places
    return found


def combination(parts: Mapping[str, Values], weights: Mapping[str, float] = WEIGHTS) -> Values:
    """Return the weighted mean of channels."""
    total = sum(weights.values())
    return np.asarray(sum(weight * parts[name] for name, weight in weights.items()) / total)
