"""What a candidate is, and by what candidates are compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis.channels import CHANNELS, popularity
from emg_graph.analysis.evidence import Actor, Evidence
from emg_graph.analysis.method import Method
from emg_graph.analysis.nearness import NEARNESS
from emg_graph.analysis.prediction import predictions
from emg_graph.analysis.reasons import Reason, Wanted
from emg_graph.analysis.robustness import DRAWS, SEED, SHARES
from emg_graph.analysis.scoring import (
    WEIGHTS,
    Share,
    channels_without,
    combined,
    ranks,
    rounded,
    shares,
)
from emg_graph.analysis.standing import Standing, standings
from emg_graph.errors import QueryError


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that could collaborate, with everything that speaks for it."""

    id: str
    name: str
    short: str
    kind: str
    band: str
    reasons: tuple[Reason, ...]
    adds: tuple[str, ...]
    """Functions it is on record for nearby and nobody is documented for in the agreement."""
    strengthens: tuple[str, ...]
    """Functions it is on record for nearby and only one actor is documented for."""
    score: float
    rank: int
    popularity_rank: int
    channels: Mapping[str, Share]
    inference: float | None = None
    """Network-based inference for the agreement; None where it has no supporter to start from."""
    density: float | None = None
    """How much of what is related to the agreement it serves; None likewise."""
    standing: Standing | None = None
    """How far its rank moves, where that was asked."""

    def placed(self, field: int) -> str:
        """Say which of so many it is, also by roles alone, and how far that moves if known."""
        lines = self.standing.lines if self.standing else ()
        moved = "".join(f"; with {left}: {ranks_}" for left, ranks_ in lines)
        return (
            f"Rank {self.rank} of {field} by related evidence{moved};"
            f" place {self.popularity_rank} by roles in other agreements"
        )


@dataclass(frozen=True, slots=True)
class Lens:
    """By what candidates are compared, and what is worked out besides."""

    channels: tuple[str, ...] = tuple(CHANNELS)
    specialists: bool = False
    """How much of each record lies near, instead of how much lies near."""
    robust: bool = False
    """Whether to say how far ranks move."""
    seed: int = SEED

    def method(self, asked: Mapping[str, Sequence[str]], data: str) -> Method:
        """Return how candidates were compared.

        Args:
            asked: everything that was asked, by option, the agreement first.
            data: the hash of the data.
        """
        parameters = [(name, ", ".join(values)) for name, values in asked.items() if values]
        weights = (f"{name} {WEIGHTS[name]:g}" for name in self.channels)
        near = (f"{ground} {weight:g}" for ground, weight in NEARNESS.items() if weight)
        parameters += [("channels", ", ".join(weights)), ("nearness", ", ".join(near))]
        if self.specialists:
            parameters.append(("specialists", "yes"))
        if self.robust:
            shares_ = " and ".join(f"{share:.0%}" for share in SHARES)
            parameters.append(("robust", f"{shares_} of the links left out, {DRAWS} draws each"))
        text = TEXT + SPECIALISTS if self.specialists else TEXT
        return Method(
            "candidates", text, tuple(parameters), self.seed if self.robust else None, data
        )


def lens_of(
    without: Sequence[str] = (),
    *,
    specialists: bool = False,
    robust: bool = False,
    seed: int = SEED,
) -> Lens:
    """Return what candidates are compared by, less some channels.

    Raises:
        QueryError: there is no such channel, none would be left, or the seed is below zero.
    """
    if seed < 0:
        raise QueryError(f"a seed is 0 or a number above it, not {seed}")
    removed = [name.strip().upper() for name in without]
    return Lens(channels_without(removed), specialists=specialists, robust=robust, seed=seed)


TEXT = (
    "Each measure of an entity is put in its place among all candidates, from 0 to 1; a channel of"
    " several measures is the mean of what is known, put in its place again; the score is the"
    " weighted mean of the channels, and what is unknown counts as the middle. What is on record"
    " with the agreement itself enters no score. Network-based inference (Zhou, Ren, Medo and Zhang"
    " 2007) and relatedness density (Hidalgo, Klinger, Barabási and Hausmann 2007) stand beside it."
)
SPECIALISTS = (
    " In this view each sum is divided by 1 and the same sum with everything as near as can be:"
    " how much of a record lies near, instead of how much lies near."
)


def compared(
    evidence: Evidence,
    wanted: Wanted,
    kept: Sequence[Actor],
    found: Mapping[str, tuple[Reason, ...]],
    held: Mapping[str, int],
    how: Lens,
) -> tuple[Candidate, ...]:
    """Return the candidates, best score first, equal scores by id.

    Args:
        evidence: what the graph holds, read for the agreement.
        wanted: the agreement.
        kept: the field.
        found: the reasons for each of them.
        held: how many are documented for each function.
        how: what they are compared by.
    """
    subject, ids = wanted.agreement, [actor.id for actor in kept]
    parts = shares(evidence, subject, ids, channels=how.channels, specialists=how.specialists)
    scores = [rounded(combined({name: s.percentile for name, s in one.items()})) for one in parts]
    places = ranks(scores)
    popular = ranks([popularity(evidence, subject, actor) for actor in ids])
    predicted = predictions(evidence, subject.id)
    moved = _standings(evidence, wanted, ids, how)
    made = [
        Candidate(
            id=actor.id,
            name=actor.name,
            short=actor.short,
            kind=actor.kind,
            band=found[actor.id][0].band,
            reasons=found[actor.id],
            adds=_on_record(found[actor.id], held, 0),
            strengthens=_on_record(found[actor.id], held, 1),
            score=scores[i],
            rank=places[i],
            popularity_rank=popular[i],
            channels=parts[i],
            inference=predicted[actor.id].inference if predicted else None,
            density=predicted[actor.id].density if predicted else None,
            standing=moved.get(actor.id),
        )
        for i, actor in enumerate(kept)
    ]
    return tuple(sorted(made, key=lambda candidate: (candidate.rank, candidate.id)))


def _standings(
    evidence: Evidence, wanted: Wanted, ids: Sequence[str], how: Lens
) -> Mapping[str, Standing]:
    if not how.robust:
        return {}
    found = standings(
        evidence,
        wanted.agreement,
        ids,
        channels=how.channels,
        specialists=how.specialists,
        seed=how.seed,
    )
    return dict(zip(ids, found, strict=True))


def _on_record(reasons: Sequence[Reason], held: Mapping[str, int], holders: int) -> tuple[str, ...]:
    """Return the functions of the reasons for which so many are documented."""
    known = {function for reason in reasons for function in reason.functions}
    return tuple(f for f, count in held.items() if count == holders and f in known)
