"""The trial: every case of one masking, and the measures of every way of ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommending import nested
from recommending.cases import Case, Subject, cases_of, wrong_for
from recommending.predictions import served
from recommending.rankings import (
    VARIANTS,
    Ranked,
    Values,
    candidates,
    columns,
    placed,
    ranked,
)
from recommending.scorecard import (
    Estimate,
    Score,
    by_chance,
    estimate,
    mean_of,
    needed,
    score,
    score_of_list,
)
from recommending.ways import BASE, CONTROL, LENGTH, NESTINGS, SHIPPED, TWINS, WAYS, Way

LARGE = frozenset({"fao", "undp", "unep", "who", "world-bank"})
"""The entities that specialists are ranked without."""
ALL, SPECIALISTS = "all", "specialists"
FIELDS = (ALL, SPECIALISTS)
LEVEL = 0.05
"""How often chance alone may give what is called shown."""
Scores = Mapping[str, Score]
"""A score for each agreement."""


@dataclass(frozen=True, slots=True)
class Trial:
    """All scores of all cases under one masking."""

    masking: str
    groups: Mapping[str, str]
    """The group of each agreement."""
    ranked: tuple[Ranked, ...]
    twins: tuple[Ranked, ...]
    """The same, in short, where what one statement says of other agreements was not hidden."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well every way of ranking does in one field, under one masking."""

    groups: Mapping[str, str]
    ways: Mapping[str, Scores]
    choices: Mapping[str, Mapping[str, str]]
    """What each nested way chose, for each agreement left out."""

    def mean(self, way: str) -> Score:
        """Return the mean over the agreements."""
        return mean_of(list(self.ways[way].values()))

    def estimate(self, way: str, measure: str = "precision") -> Estimate:
        """Return the mean of a measure over the agreements, with its interval."""
        return estimate(*self._listed({a: getattr(s, measure) for a, s in self.ways[way].items()}))

    def difference(self, one: str, other: str, measure: str = "precision") -> Estimate:
        """Return how much more one way has of a measure than another, paired by agreement."""
        return estimate(*self._listed(self._apart(one, other, measure)))

    def by_chance(self, one: str, other: str, measure: str = "precision") -> float:
        """Return how often chance alone would put two ways as far apart, either way."""
        return by_chance(*self._listed(self._apart(one, other, measure)))

    def shown(self, one: str, other: str, measure: str = "precision") -> bool:
        """Return whether one way has more than another: the interval and chance both say so."""
        above = self.difference(one, other, measure).low > 0
        return above and self.by_chance(one, other, measure) <= LEVEL

    def needed(self, one: str, other: str) -> float:
        """Return how many independent agreements would show the difference in precision."""
        return needed(*self._listed(self._apart(one, other, "precision")))

    def without_each(self, one: str, other: str) -> dict[str, float]:
        """Return the mean difference in precision without each group of agreements."""
        apart = self._apart(one, other, "precision")
        groups = sorted({self.groups[agreement] for agreement in apart})
        return {
            group: float(np.mean([v for a, v in apart.items() if self.groups[a] != group]))
            for group in groups
            if any(self.groups[agreement] != group for agreement in apart)
        }

    def moved_most(self, one: str, other: str) -> tuple[str, float]:
        """Return the group without which the mean difference moves most, and what is left."""
        whole, less = self.difference(one, other).mean, self.without_each(one, other)
        group = max(less, key=lambda name: (abs(less[name] - whole), name))
        return group, less[group]

    def _apart(self, one: str, other: str, measure: str) -> dict[str, float]:
        pairs = ((a, self.ways[one][a], self.ways[other][a]) for a in self.ways[one])
        return {a: getattr(first, measure) - getattr(second, measure) for a, first, second in pairs}

    def _listed(self, values: Mapping[str, float]) -> tuple[list[float], list[str]]:
        return list(values.values()), [self.groups[agreement] for agreement in values]


def run_trial(subjects: Sequence[Subject], masking: str, tell: Callable[[str], None]) -> Trial:
    """Rank everyone in every case of a masking, telling of each agreement."""
    found: list[Ranked] = []
    twins: list[Ranked] = []
    for subject in subjects:
        tell(f"{masking}: {subject.id}")
        wrong = wrong_for(subject, subjects)
        found += [ranked(case, wrong) for case in cases_of(subject, masking)]
        twins += [_in_short(case) for case in cases_of(subject, masking, twins=False)]
    groups = {subject.id: subject.group for subject in subjects}
    return Trial(masking, groups, tuple(found), tuple(twins))


def outcome(trial: Trial, field: str) -> Outcome:
    """Measure every way of ranking in a field, ``ALL`` or ``SPECIALISTS``."""
    ways = {name: _scores(trial.ranked, way, field, LENGTH.get(name)) for name, way in WAYS.items()}
    for name in (SHIPPED, "A alone", "popularity"):
        ways[name + TWINS] = _scores(trial.twins, WAYS[name], field)
    ways[CONTROL] = _control(trial.ranked, field)
    choices = {}
    for name, options in NESTINGS.items():
        every = [_scores(trial.ranked, option, field) for option in options]
        agreements = list(every[0])
        worth = np.array([[scores[a].precision for scores in every] for a in agreements])
        best = nested.chosen(worth, [trial.groups[a] for a in agreements])
        ways[name] = {a: every[i][a] for a, i in zip(agreements, best, strict=True)}
        choices[name] = {a: str(options[i]) for a, i in zip(agreements, best, strict=True)}
    return Outcome(trial.groups, ways, choices)


def _in_short(case: Case) -> Ranked:
    """Return the shipped scores and channels alone of a case, and who is popular."""
    scores = candidates(case.evidence, case.subject.id)
    found = {BASE: columns(case, scores, VARIANTS[BASE])}
    return Ranked(case, placed(case, scores), found, {}, {"popularity": served(case, case.actors)})


def _scores(cases: Iterable[Ranked], way: Way, field: str, length: int | None = None) -> Scores:
    return _by_agreement(((one.case, way(one)) for one in cases), field, length)


def _control(cases: Iterable[Ranked], field: str) -> Scores:
    return _by_agreement(((one.case, wrong) for one in cases for wrong in one.control), field)


def _by_agreement(
    scored: Iterable[tuple[Case, Values]], field: str, length: int | None = None
) -> Scores:
    """Return the mean score of each agreement's cases, of those with somebody to look for.

    Args:
        scored: the cases with the scores of everyone in them.
        field: who is ranked.
        length: how many of the field are on the list, if that is all the scores say.
    """
    found: dict[str, list[Score]] = {}
    for case, values in scored:
        within = np.array([field == ALL or actor not in LARGE for actor in case.actors])
        wanted = np.array([actor in case.positives for actor in case.actors])[within]
        if wanted.any():
            ranked = values[within]
            one = score_of_list(ranked, wanted, length) if length else score(ranked, wanted)
            found.setdefault(case.subject.id, []).append(one)
    return {agreement: mean_of(scores) for agreement, scores in found.items()}
