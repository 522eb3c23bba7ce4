"""Scores: each measure as a percentile of the field, their mean, and who stands where.

A channel of several measures is the mean of the percentiles that are known, put in its place in
the field again; where nothing is known of an actor it stands in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis.channels import CHANNELS, Channel
from emg_graph.analysis.evidence import Agreement, Evidence

WEIGHTS: Mapping[str, float] = {"A": 1.0, "B": 1.0, "C": 1.0, "D": 1.0}
"""How much each channel counts in the mean; equal until a benchmark says otherwise."""


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
    evidence: Evidence, agreement: Agreement, actors: Sequence[str]
) -> list[Mapping[str, Share]]:
    """Return the channels of each actor, among these actors."""
    columns = {
        name: _channel(evidence, agreement, actors, measures, WEIGHTS[name])
        for name, measures in CHANNELS.items()
    }
    return [{name: column[i] for name, column in columns.items()} for i in range(len(actors))]


def _channel(
    evidence: Evidence,
    agreement: Agreement,
    actors: Sequence[str],
    measures: Mapping[str, Channel],
    weight: float,
) -> list[Share]:
    rows: list[dict[str, Measure]] = [{} for _ in actors]
    for name, measure in measures.items():
        values = [measure(evidence, agreement, actor) for actor in actors]
        for row, value, place in zip(rows, values, percentiles(values), strict=True):
            row[name] = Measure(value, None if value is None else round(place, 6))
    values = [_value(row) for row in rows]
    places = percentiles(values)
    return [
        Share(value, round(place, 6), weight, row)
        for value, place, row in zip(values, places, rows, strict=True)
    ]


def _value(row: Mapping[str, Measure]) -> float | None:
    """Return the one measure, or the mean of the known percentiles of several."""
    if len(row) == 1:
        return next(iter(row.values())).value
    known = [measure.percentile for measure in row.values() if measure.percentile is not None]
    return round(sum(known) / len(known), 6) if known else None


def percentiles(values: Sequence[float | None]) -> list[float]:
    """Return each value's place in the field, from 0 to 1; ties share, unknown is the middle.

    >>> percentiles([1.0, 3.0, 3.0, None])
    [0.0, 0.75, 0.75, 0.5]
    """
    known = [value for value in values if value is not None]
    return [0.5 if value is None else _place(value, known) for value in values]


def combined(places: Mapping[str, float]) -> float:
    """Return the weighted mean of an actor's percentiles."""
    total = sum(WEIGHTS[name] for name in places)
    return sum(WEIGHTS[name] * place for name, place in places.items()) / total


def ranks(values: Sequence[float]) -> list[int]:
    """Return each value's rank from 1, the highest first; ties share the better rank.

    >>> ranks([0.5, 0.9, 0.5])
    [2, 1, 2]
    """
    return [1 + sum(other > value for other in values) for value in values]


def _place(value: float, known: Sequence[float]) -> float:
    if len(known) == 1:
        return 0.5
    below = sum(other < value for other in known)
    ties = sum(other == value for other in known) - 1
    return (below + ties / 2) / (len(known) - 1)
