"""Scores: each measure as a percentile of the field, their mean, and who stands where.

A channel of several measures is the mean of the percentiles that are known, put in its place in
the field again; where nothing is known of an actor it stands in the middle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from emg_graph.analysis.channels import CHANNELS, DIGITS
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.errors import QueryError

WEIGHTS: Mapping[str, float] = {"A": 1.0, "B": 1.0, "C": 1.0, "D": 1.0}
"""How much each channel counts in the mean: alike, since weights fitted to other agreements found
no more of those on record (``benchmarks/recommendation.py``)."""
PLACES = 6
"""So many digits of a percentile and of a score count."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of an actor, and its place in the field; both None where nothing is known."""

    value: float | None
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """One channel's part in a candidate's score."""

    value: float | None
    """The measure itself, or of several the mean of the percentiles that are known."""
    percentile: float
    weight: float
    measures: Mapping[str, Measure]


def shares(
    evidence: Evidence,
    agreement: Agreement,
    actors: Sequence[str],
    *,
    channels: Iterable[str] = CHANNELS,
    specialists: bool = False,
) -> list[Mapping[str, Share]]:
    """Return the channels of each actor, among these actors.

    Args:
        evidence: what the graph holds, read for the agreement.
        agreement: what the actors are compared for.
        actors: the field.
        channels: those to look at.
        specialists: how much of each actor's record lies near, instead of how much lies near.
    """
    columns: dict[str, list[Share]] = {}
    for name in channels:
        found = {}
        for gauge in CHANNELS[name].values():
            tallies = gauge.parts(evidence, agreement)
            values = [gauge.value(tallies.get(actor), specialists=specialists) for actor in actors]
            found[gauge.name] = values
        columns[name] = _channel(found, WEIGHTS[name])
    return [{name: column[i] for name, column in columns.items()} for i in range(len(actors))]


def channels_without(removed: Collection[str]) -> tuple[str, ...]:
    """Return the channels less some.

    Raises:
        QueryError: there is no such channel, or none that counts would be left.
    """
    for name in removed:
        if name not in CHANNELS:
            raise QueryError(f"there is no channel {name!r}; it is one of {', '.join(CHANNELS)}")
    left = tuple(name for name in CHANNELS if name not in removed)
    if not sum(WEIGHTS[name] for name in left):
        raise QueryError("nothing is left to compare by: keep at least one channel")
    return left


def _channel(found: Mapping[str, Sequence[float | None]], weight: float) -> list[Share]:
    """Return the shares of everyone in a channel, from the values of its measures."""
    parts = {name: percentiles(values) for name, values in found.items()}
    rows = [
        {name: _measure(values[i], parts[name][i]) for name, values in found.items()}
        for i in range(len(next(iter(found.values()))))
    ]
    values = _together(list(found.values()), list(parts.values()))
    return [
        Share(value, rounded(place), weight, row)
        for value, place, row in zip(values, percentiles(values), rows, strict=True)
    ]


def _measure(value: float | None, place: float) -> Measure:
    return Measure(value, None if value is None else rounded(place))


def _together(
    values: Sequence[Sequence[float | None]], parts: Sequence[Sequence[float]]
) -> list[float | None]:
    """Return the one measure, or the mean of the known percentiles of several."""
    if len(values) == 1:
        return list(values[0])
    known = [
        [place for value, place in zip(own, places_, strict=True) if value is not None]
        for own, places_ in zip(zip(*values, strict=True), zip(*parts, strict=True), strict=True)
    ]
    return [float(np.round(sum(some) / len(some), DIGITS)) if some else None for some in known]


def percentiles(values: Sequence[float | None]) -> list[float]:
    """Return each value's place in the field, from 0 to 1; ties share, unknown is the middle.

    >>> percentiles([1.0, 3.0, 3.0, None])
    [0.0, 0.75, 0.75, 0.5]
    """
    known = [np.nan if value is None else value for value in values]
    return [float(place) for place in places(known)]


def places(values: ArrayLike) -> NDArray[np.float64]:
    """Return what ``percentiles`` does, of an array in which what is unknown is no number."""
    every = np.asarray(values, float)
    known = ~np.isnan(every)
    others = known.sum() - 1
    found = np.full(every.shape, 0.5)
    if others > 0:
        below, ties = standing(every[known])
        found[known] = (below + ties / 2) / others
    return found


def standing(values: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many are lower than each value, and how many others are the same.

    >>> [found.tolist() for found in standing([1.0, 3.0, 3.0])]
    [[0, 1, 1], [0, 1, 1]]
    """
    every = np.asarray(values, float)
    ordered = np.sort(every)
    below = np.searchsorted(ordered, every, side="left")
    return below, np.searchsorted(ordered, every, side="right") - below - 1


def rounded(value: float) -> float:
    """Return a percentile or score to the digits that count, as arrays are rounded."""
    return float(np.round(value, PLACES))


def combined(places: Mapping[str, float]) -> float:
    """Return the weighted mean of an actor's percentiles."""
    total = sum(WEIGHTS[name] for name in places)
    return sum(WEIGHTS[name] * place for name, place in places.items()) / total


def ranks(values: Sequence[float]) -> list[int]:
    """Return each value's rank from 1, the highest first; ties share the better rank.

    >>> ranks([0.5, 0.9, 0.5])
    [2, 1, 2]
    """
    below, ties = standing(values)
    return [int(place) for place in len(values) - below - ties]
