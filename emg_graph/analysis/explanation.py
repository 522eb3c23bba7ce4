"""What an explanation of a score holds, and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emg_graph.analysis.candidate import Candidate
from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.prediction import PREDICTED
from emg_graph.answers import Table, Tabular


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands among those that are known: its percentile in whole numbers.

    The percentile is the number that is lower and half of the others that are the same, divided by
    all others.
    """

    lower: int
    same: int
    known: int


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a measure, and what it adds: nearness times what its count comes to."""

    thing: str
    name: str
    near: float
    count: float
    value: float
    told: str
    """How the nearness comes about, or what else says what the part is."""
    claims: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """One measure of the candidate: its terms, their sum and its place in the field."""

    name: str
    text: str
    counts: str
    size: str
    """What a count ``n`` comes to."""
    terms: tuple[Term, ...]
    far: int
    """Further parts that are not near at all and add nothing."""
    near: float
    """The sum of the terms."""
    divisor: float | None
    """What the sum is divided by: everything of the kind, or of a plain sum None."""
    value: float | None
    percentile: float | None
    place: Place | None
    """None where nothing is known of the candidate."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel of the candidate, with its measures."""

    id: str
    title: str
    value: float | None
    percentile: float
    weight: float
    place: Place | None
    """None where nothing is known: the candidate stands in the middle."""
    measures: tuple[Reckoning, ...]
    note: str = ""
    """What could belong to it and does not count in it, and why."""


@dataclass(frozen=True, slots=True)
class Explanation(Tabular):
    """How a candidate's score comes about, and what stands beside it."""

    agreement: str
    called: str
    candidate: Candidate
    specialists: bool
    channels: tuple[Channel, ...]
    field: int
    """How many candidates there are."""
    popularity: int
    """In how many other agreements the candidate has a documented role."""

    def to_table(self) -> Table:
        """Return one row for each part, measure and channel, then what they make together."""
        rows = [row for channel in self.channels for row in _channel_rows(channel)]
        rows += _result_rows(self)
        return Table(COLUMNS, tuple(tuple(row.get(name) for name in COLUMNS) for row in rows))


COLUMNS = (
    "level", "channel", "measure", "id", "name", "nearness", "count", "value", "lower", "same",
    "known", "percentile", "weight", "told", "claims", "source", "locator",
)  # fmt: skip


def _channel_rows(channel: Channel) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for measure in channel.measures:
        place = {"channel": channel.id, "measure": measure.name}
        rows += [{"level": "part", **place, **_term_row(term)} for term in measure.terms]
        rows.append(
            {
                "level": "measure",
                **place,
                "name": measure.text,
                "count": measure.divisor,
                "value": measure.value,
                "percentile": measure.percentile,
                **_place_row(measure.place),
            }
        )
    rows.append(
        {
            "level": "channel",
            "channel": channel.id,
            "name": channel.title,
            "value": channel.value,
            "percentile": channel.percentile,
            "weight": channel.weight,
            "told": channel.note or None,
            **_place_row(channel.place),
        }
    )
    return rows


def _term_row(term: Term) -> dict[str, Any]:
    return {
        "id": term.thing,
        "name": term.name,
        "nearness": term.near,
        "count": term.count,
        "value": term.value,
        "told": term.told,
        "claims": "|".join(term.claims),
        "source": "|".join(citation.source for citation in term.citations),
        "locator": "|".join(citation.locator for citation in term.citations),
    }


def _place_row(place: Place | None) -> dict[str, int]:
    return {} if place is None else {"lower": place.lower, "same": place.same, "known": place.known}


def _result_rows(found: Explanation) -> list[dict[str, Any]]:
    """Return the score, and what stands beside it and enters no score."""
    one = found.candidate
    rows: list[dict[str, Any]] = [
        {
            "level": "score",
            "name": "weighted mean of the percentiles of the channels",
            "count": sum(channel.weight for channel in found.channels),
            "value": one.score,
        },
        {"level": "rank", "name": "place by score", "value": one.rank, "known": found.field},
        {
            "level": "popularity",
            "name": "place by the number of other agreements in which it has a documented role",
            "count": found.popularity,
            "value": one.popularity_rank,
            "known": found.field,
        },
    ]
    for level, value in (("inference", one.inference), ("density", one.density)):
        rows.append({"level": level, "name": BESIDE[level], "value": value, "told": PREDICTED})
    if one.standing:
        rows += [
            {"level": "robust", "name": name, "told": said} for name, said in one.standing.lines
        ]
    return rows


BESIDE = {
    "inference": "network-based inference (Zhou and others 2007)",
    "density": "share of what is related to the agreement that it serves (Hidalgo and others 2007)",
}
"""What stands beside the score."""
