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
from recommending.scorecard import Estimate, Score, estimate, mean_of, needed, score
from recommending.ways import BASE, CONTROL, CUTS, NESTINGS, SHIPPED, TWINS, WAYS, Way

LARGE = frozenset({"fao", "undp", "unep", "who", "world-bank"})
"""The entities that specialists are ranked without."""
ALL, SPECIALISTS = "all", "specialists"
FIELDS = (ALL, SPECIALISTS)
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

    def precision(self, way: str) -> Estimate:
        """Return the mean average precision, with its interval."""
        return estimate(*self._listed({a: s.precision for a, s in self.ways[way].items()}))

    def difference(self, one: str, other: str, measure: str = "precision") -> Estimate:
        """Return how much more one way has of a measure than another, paired by agreement."""
        return estimate(*self._listed(self._apart(one, other, measure)))

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
    ways = {
        name: _scores(trial.ranked, way, field, CUTS.get(name, np.asarray))
        for name, way in WAYS.items()
    }
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


def _scores(
    cases: Iterable[Ranked], way: Way, field: str, cut: Callable[[Values], Values] = np.asarray
) -> Scores:
    return _by_agreement(((one.case, way(one)) for one in cases), field, cut)


def _control(cases: Iterable[Ranked], field: str) -> Scores:
    return _by_agreement(((one.case, wrong) for one in cases for wrong in one.control), field)


def _by_agreement(
    scored: Iterable[tuple[Case, Values]],
    field: str,
    cut: Callable[[Values], Values] = np.asarray,
) -> Scores:
    """Return the mean score of each agreement's cases, of those with somebody to look for.

    Args:
        scored: the cases with the scores of everyone in them.
        field: who is ranked.
        cut: what is made of the scores of the field.
    """
    found: dict[str, list[Score]] = {}
    for case, values in scored:
        within = np.array([field == ALL or actor not in LARGE for actor in case.actors])
        wanted = np.array([actor in case.positives for actor in case.actors])[within]
        if wanted.any():
            found.setdefault(case.subject.id, []).append(score(cut(values[within]), wanted))
    return {agreement: mean_of(scores) for agreement, scores in found.items()}
