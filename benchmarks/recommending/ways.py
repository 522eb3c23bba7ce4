"""The ways of ranking that are compared, each from the scores of a case to one score for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis import nearness
from emg_graph.analysis.channels import CHANNELS
from recommending.nested import Weights, grid
from recommending.predictions import SVD_RANKS
from recommending.rankings import FIFTH, VARIANTS, Ranked, Values, combination

Way = Callable[[Ranked], Values]
SHIPPED, EQUAL, HONEST = "as shipped", "equal weights", "nested variant"
CONTROL, TWINS = "control", ", twins left in"
SVD, BEST, TEN = "SVD, nested rank", "best-connected", "list of ten"
HALF = 0.5


def shipped_variant(grounds: Weights) -> str:
    """Return the name of the variant that the package has.

    Raises:
        ValueError: it is none of those that are tried.
    """
    for name, variant in VARIANTS.items():
        if variant.grounds == grounds and not variant.specialists:
            return name
    raise ValueError(f"add {dict(grounds)} to rankings.GROUNDS: the package has them")


BASE = shipped_variant(nearness.NEARNESS)


@dataclass(frozen=True, slots=True)
class Option:
    """Channels in a variant, with weights."""

    variant: str
    weights: Weights

    def __call__(self, one: Ranked) -> Values:
        """Return the scores of a case."""
        return combination(one.columns[self.variant], self.weights)

    def __str__(self) -> str:
        weights = " ".join(f"{name}{weight:g}" for name, weight in self.weights.items())
        return f"{weights}, near by {self.variant}"


@dataclass(frozen=True, slots=True)
class Fifth:
    """The channels and a predictor of the literature, all of equal weight."""

    predictor: str

    def __call__(self, one: Ranked) -> Values:
        """Return the scores of a case."""
        parts = {**one.columns[BASE], self.predictor: one.fifth[self.predictor]}
        return combination(parts, dict.fromkeys(parts, 1.0))


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline by its name."""

    name: str

    def __call__(self, one: Ranked) -> Values:
        """Return the scores of a case."""
        return one.baselines[self.name]

    def __str__(self) -> str:
        return self.name


BASELINES = (
    "popularity",
    "popularity, any role",
    BEST,
    TEN,
    "Jaccard, entities",
    "Jaccard, agreements",
    "PageRank, entities",
    "PageRank, agreements",
    SVD,
    "NBI",
    "density",
)
_EVEN = dict.fromkeys(CHANNELS, 1.0)
_VARIANTS = sorted(VARIANTS, key=lambda name: name != BASE)
_WEIGHTS = grid(tuple(CHANNELS))
WAYS: Mapping[str, Way] = {
    SHIPPED: lambda one: one.shipped,
    EQUAL: Option(BASE, _EVEN),
    **{
        f"{name} alone": Option(BASE, {**dict.fromkeys(CHANNELS, 0.0), name: 1})
        for name in CHANNELS
    },
    **{f"without {name}": Option(BASE, {**_EVEN, name: 0}) for name in CHANNELS},
    **{f"half of {name}": Option(BASE, {**_EVEN, name: HALF}) for name in CHANNELS},
    **{f"near by {name}": Option(name, _EVEN) for name in _VARIANTS if name != BASE},
    **{f"with {name} as a channel": Fifth(name) for name in FIFTH},
    **{name: Baseline(BEST if name == TEN else name) for name in BASELINES if name != SVD},
}
"""Every way of ranking that needs no choice, all of equal weights unless shipped otherwise."""
LENGTH: Mapping[str, int] = {TEN: 10}
"""How many of those who are ranked are on the list of a way that is one."""
NESTINGS: Mapping[str, Sequence[Option] | Sequence[Baseline]] = {
    "nested weights": [Option(BASE, weights) for weights in _WEIGHTS],
    "nested halves": [
        Option(BASE, {**_EVEN, **halved}) for halved in ({}, *({name: HALF} for name in CHANNELS))
    ],
    HONEST: [Option(name, _EVEN) for name in _VARIANTS],
    "nested weights, variant": [
        Option(name, weights) for weights in _WEIGHTS for name in _VARIANTS
    ],
    SVD: [Baseline(f"SVD, rank {rank}") for rank in SVD_RANKS],
}
"""What is chosen on all other groups; of equals the first, so that what is shipped is first.

That agreements are near by themes alone was settled with all of them in view. ``HONEST`` chooses
what makes them near on all other groups, with equal weights. No more than that is nested: the
channels themselves were made with these agreements in view. ``nested halves`` chooses which channel
counts half, if one does."""
