"""How far the place of each candidate moves when a source is dropped or links are missing.

The field stays the same, and so does what is known to be on the agreement itself. Everything else
is worked out again: a link that is left out takes its part with it unless another claim bears it,
a body has fewer members, a share has less to be a share of. The parts are read once, and each way
of leaving out is a row of yes and no over their links.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.channels import CHANNELS, DIGITS
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.ledger import Ledger
from emg_graph.analysis.links import Flags, Values
from emg_graph.analysis.robustness import DRAWS, SEED, SHARES, Interval, kept, most_of, whole_range
from emg_graph.analysis.scoring import PLACES, WEIGHTS, places, ranks


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate stands when something is left out."""

    links: tuple[tuple[float, Interval], ...]
    """For each share of the links that is left out, the ranks of nine in ten draws."""
    sources: Interval
    """The lowest and the highest rank with one source left out, each source in turn."""
    moved_by: str | None
    """The source whose removal moves the rank most; None where none moves it."""
    moved_to: int
    """The rank without that source."""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What is left out, and the ranks that are taken then, in words."""
        drawn = tuple(
            (f"{share:.0%} of the links left out at random, nine draws in ten", str(ranks_))
            for share, ranks_ in self.links
        )
        most = f"; most without {self.moved_by}: {self.moved_to}" if self.moved_by else ""
        return (*drawn, ("one source left out, each in turn", f"{self.sources}{most}"))

    @property
    def briefly(self) -> str:
        """The ranks with a fifth of the links left out, and with a source left out."""
        return f"{self.links[-1][1]}; without a source {self.sources}"


def standings(
    evidence: Evidence,
    agreement: Agreement,
    actors: Sequence[str],
    *,
    channels: Iterable[str] = CHANNELS,
    specialists: bool = False,
    seed: int = SEED,
    draws: int = DRAWS,
) -> list[Standing]:
    """Return how far the rank of each actor moves, among these actors.

    Args:
        evidence: what the graph holds, read for the agreement.
        agreement: what the actors are compared for.
        actors: the field.
        channels: those to look at.
        specialists: as in ``shares``.
        seed: where the chance begins.
        draws: how often each share of the links is left out.
    """
    ledger = Ledger(evidence, agreement, actors, tuple(channels))
    sources = ledger.sources

    def ranked(left: Flags) -> NDArray[np.int64]:
        return _ranks(ledger, left, specialists=specialists)

    (now,) = ranked(np.ones((1, ledger.size), bool))
    each = [ledger.without(source) for source in sources]
    dropped = ranked(np.array(each, bool).reshape(len(sources), ledger.size))
    drawn = [(share, ranked(_left(ledger, share, draws, seed))) for share in SHARES]
    return [
        _standing(now[i], sources, dropped[:, i], [(share, found[:, i]) for share, found in drawn])
        for i in range(len(actors))
    ]


def _left(ledger: Ledger, share: float, draws: int, seed: int) -> Flags:
    """Return which links are left in each draw; what only makes an actor known is not drawn."""
    chosen = np.array(list(kept(ledger.drawn, share, draws, seed)), bool)
    rest = np.ones((draws, ledger.size - ledger.drawn), bool)
    return np.concatenate([chosen, rest], axis=1)


def _ranks(ledger: Ledger, left: Flags, *, specialists: bool) -> NDArray[np.int64]:
    """Return the rank of each actor under each way of leaving out: ways by actors."""
    scores = np.zeros((len(left), ledger.actors))
    weights = 0.0
    for name, columns in ledger.columns.items():
        values = _channel([one.values(left, specialists=specialists) for one in columns])
        scores += WEIGHTS[name] * np.round(_places(values), PLACES)
        weights += WEIGHTS[name]
    rounded = np.round(scores / weights, PLACES)
    return np.array([ranks(row) for row in rounded], np.int64).reshape(len(left), ledger.actors)


def _channel(measures: Sequence[Values]) -> Values:
    """Return one measure as it is, of several the mean of the percentiles that are known."""
    if len(measures) == 1:
        return measures[0]
    every = np.array([np.where(np.isnan(one), np.nan, _places(one)) for one in measures])
    known = ~np.isnan(every)
    counts = known.sum(axis=0)
    total = np.where(known, every, 0.0).sum(axis=0)
    mean = np.divide(total, counts, out=np.full(total.shape, np.nan), where=counts > 0)
    return np.asarray(np.round(mean, DIGITS))


def _places(values: Values) -> Values:
    return np.array([places(row) for row in values]).reshape(values.shape)


def _standing(
    now: int,
    sources: Sequence[str],
    dropped: NDArray[np.int64],
    drawn: Sequence[tuple[float, NDArray[np.int64]]],
) -> Standing:
    moves = np.abs(dropped - now)
    most = int(moves.argmax()) if len(moves) else None
    moved = most is not None and moves[most] > 0
    return Standing(
        links=tuple((share, most_of(found.tolist())) for share, found in drawn),
        sources=whole_range([int(now), *dropped.tolist()]),
        moved_by=sources[most] if most is not None and moved else None,
        moved_to=int(dropped[most]) if most is not None and moved else int(now),
    )
