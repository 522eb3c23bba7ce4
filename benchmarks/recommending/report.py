"""The tables of the trial for people, and all its numbers for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isinf
from typing import Any

from recommending.cases import Subject
from recommending.trial import ALL, FIELDS, SPECIALISTS, Outcome, Trial
from recommending.ways import (
    BASE,
    BASELINES,
    CONTROL,
    HONEST,
    NESTINGS,
    SHIPPED,
    SVD,
)

WIDTH = 34
"""The letters of a way's name."""
Outcomes = Mapping[str, Mapping[str, Outcome]]
"""The outcome of each masking and field."""


def head(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield what is measured, on how much."""
    links = sum(len(subject.supporters) for subject in subjects)
    groups = sorted({subject.group for subject in subjects})
    ranked = sorted({len(subject.field) for subject in subjects})
    yield (
        f"{len(subjects)} agreements with two supporters or more, {links} supporters,"
        f" among {ranked[0]} to {ranked[-1]} entities;"
    )
    yield f"{len(groups)} groups of agreements that share no family and no statement:"
    for group in groups:
        yield "  " + ", ".join(subject.id for subject in subjects if subject.group == group)
    yield f"What is shipped has agreements near by {BASE}."


def scores(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield one line for each way of ranking, with all entities and with specialists alone."""
    yield ""
    yield f"{trial.masking} left out: recall at 5 and 10, mean average precision (interval), AUC"
    yield " " * WIDTH + f"{ALL:33}{SPECIALISTS}"
    for way in outcomes[ALL].ways:
        cells = (_cells(outcomes[field], way) for field in FIELDS)
        yield f"{way:{WIDTH}}" + " ".join(f"{cell:32}" for cell in cells).rstrip()


def _cells(outcome: Outcome, way: str) -> str:
    mean = outcome.mean(way)
    return f"{mean.recall_5:.2f} {mean.recall_10:.2f} {outcome.precision(way)} {mean.auc:.2f}"


def differences(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield how much better the ranking is than each baseline, and what would show it.

    First of the nearness that was chosen on the other groups, which is the honest estimate; then
    of what is shipped, beside its variants too.
    """
    yield ""
    yield (
        f"{trial.masking} left out: average precision of one way less that of another, paired by"
        " agreement"
    )
    yield "(interval; beaten where it is above zero), and how many groups would show it"
    peers = (*BASELINES, CONTROL)
    nested = [name for name in NESTINGS if name != SVD]
    yield from _less(HONEST, peers, outcomes)
    yield from _less(SHIPPED, (*peers, *nested, *_variants(outcomes[ALL])), outcomes)


def _less(one: str, others: Sequence[str], outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    yield f"{one + ' less':{WIDTH}}{ALL:33}{SPECIALISTS}"
    for other in others:
        cells = (_apart(outcomes[field], one, other) for field in FIELDS)
        yield f"  {other:{WIDTH - 2}}" + " ".join(f"{cell:32}" for cell in cells).rstrip()


def _variants(outcome: Outcome) -> list[str]:
    known = ("near by", "without", "half of", "with ")
    return [way for way in outcome.ways if way.startswith(known)]


def _apart(outcome: Outcome, one: str, other: str) -> str:
    return f"{outcome.difference(one, other).signed} {groups_needed(outcome, one, other)}".rstrip()


def groups_needed(outcome: Outcome, one: str, other: str) -> str:
    """Return how many groups would show a difference; nothing where there is none to show."""
    apart, many = outcome.difference(one, other), outcome.needed(one, other)
    if apart.mean <= 0 or isinf(many):
        return ""
    return f"{many:.0f}" if many < 1000 else "over 999"


def steadiness(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield how far each difference moves when one group of agreements is left out."""
    yield ""
    yield f"{trial.masking} left out: the difference of what is shipped in all, and without the"
    yield "group of agreements that moves it most"
    yield " " * WIDTH + f"{ALL:33}{SPECIALISTS}"
    for other in (*BASELINES, CONTROL):
        cells = (_moved(outcomes[field], other) for field in FIELDS)
        yield f"{other:{WIDTH}}" + " ".join(f"{cell:32}" for cell in cells).rstrip()


def _moved(outcome: Outcome, other: str) -> str:
    whole = outcome.difference(SHIPPED, other).mean
    less = outcome.without_each(SHIPPED, other)
    group = max(less, key=lambda name: (abs(less[name] - whole), name))
    return f"{whole:+.2f}  {less[group]:+.2f} without {group}"


def by_agreement(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield the average precision on each agreement of what is shipped and of the baselines."""
    ways = (HONEST, SHIPPED, CONTROL, *BASELINES)
    names = "nest ship contr popul any best ten JaccE JaccA PageE PageA SVD NBI dens".split()
    for field in FIELDS:
        yield ""
        yield f"{trial.masking} left out, {field}: average precision on each agreement"
        yield f"{'':14}" + "".join(f"{name:>6}" for name in names)
        found = outcomes[field].ways
        for agreement in found[SHIPPED]:
            cells = (f"{found[way][agreement].precision:6.2f}" for way in ways)
            yield f"{agreement:14}" + "".join(cells)


def chosen(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield what each nested way chose, and how often."""
    yield ""
    yield f"{trial.masking} left out: what was chosen, for how many agreements"
    for field in FIELDS:
        for way, choices in outcomes[field].choices.items():
            picked = list(choices.values())
            for choice in sorted(set(picked), key=lambda one: (-picked.count(one), one)):
                yield f"  {field:12} {way:27} {picked.count(choice):2}  {choice}"


TABLES = (scores, differences, steadiness, by_agreement, chosen)
"""The tables of one masking, in the order in which they are shown."""


def numbers(subjects: Sequence[Subject], outcomes: Outcomes, data: str) -> dict[str, Any]:
    """Return everything measured, on each agreement."""
    return {
        "data": data,
        "near_by": BASE,
        "agreements": [
            {"id": s.id, "group": s.group, "supporters": s.supporters, "ranked": len(s.field)}
            for s in subjects
        ],
        "outcomes": [
            {
                "masking": masking,
                "field": field,
                "way": way,
                "precision": asdict(outcome.precision(way)),
                "nested_variant_less_this": asdict(outcome.difference(HONEST, way)),
                "shipped_less_this": asdict(outcome.difference(SHIPPED, way)),
                "mean": asdict(outcome.mean(way)),
                "chosen": dict(outcome.choices.get(way, {})),
                "by_agreement": {agreement: asdict(one) for agreement, one in found.items()},
            }
            for masking, fields in outcomes.items()
            for field, outcome in fields.items()
            for way, found in outcome.ways.items()
        ],
    }
