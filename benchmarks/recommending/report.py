"""The tables of the trial for people, and all its numbers for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isinf
from typing import Any

from recommending.cases import Subject
from recommending.trial import FIELDS, LEVEL, Outcome, Trial
from recommending.ways import (
    BASE,
    BASELINES,
    CONTROL,
    HONEST,
    NESTINGS,
    SHIPPED,
    SVD,
)

WIDTH = 36
"""The letters of a way's name."""
MEASURES = {
    "recall_5": "recall at 5",
    "recall_10": "recall at 10",
    "precision": "MAP",
    "auc": "AUC",
}
"""What is measured of each way, and how it is called."""
Outcomes = Mapping[str, Mapping[str, Outcome]]
"""The outcome of each masking and field."""


def head(subjects: Sequence[Subject]) -> Iterator[str]:
    """Yield what is measured, on how much."""
    links = sum(len(subject.supporters) for subject in subjects)
    who = {supporter for subject in subjects for supporter in subject.supporters}
    groups = sorted({subject.group for subject in subjects})
    ranked = sorted({len(subject.field) for subject in subjects})
    yield f"{len(subjects)} agreements with two supporters or more:"
    yield (
        f"{links} links of support, by {len(who)} of the {ranked[0]} to {ranked[-1]} entities"
        " that are ranked;"
    )
    yield f"{len(groups)} groups of agreements that share no family and no statement:"
    for group in groups:
        yield "  " + ", ".join(subject.id for subject in subjects if subject.group == group)
    yield f"What is shipped has agreements near by {BASE}."


def scores(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield one line for each way of ranking in each field: each measure with its interval."""
    for field in FIELDS:
        yield ""
        yield f"{trial.masking} left out, {field}: each mean with its interval"
        yield f"{'':{WIDTH}}" + "".join(f"{name:16}" for name in MEASURES.values()).rstrip()
        for way in outcomes[field].ways:
            cells = (outcomes[field].estimate(way, measure).short for measure in MEASURES)
            yield f"{way:{WIDTH}}" + "  ".join(cells)


def differences(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield how much better the ranking is than each baseline, and what would show it.

    First of the nearness that was chosen on the other groups; then of what is shipped, beside its
    variants too.
    """
    peers = (*BASELINES, CONTROL)
    nested = [name for name in NESTINGS if name != SVD]
    yield ""
    yield f"{trial.masking} left out: average precision of one way less that of another, paired by"
    yield "agreement (interval); p, how often chance alone would give as much; how many groups"
    yield "would show it; and what is left without the group of agreements that moves it most. A"
    yield f"star: more is found, by the interval and by p of {LEVEL} at most"
    for field in FIELDS:
        found = outcomes[field]
        yield from _less(field, HONEST, peers, found)
        yield from _less(field, SHIPPED, (*peers, *nested, *_variants(found)), found)


def _less(field: str, one: str, others: Sequence[str], outcome: Outcome) -> Iterator[str]:
    yield f"{field}: {one} less"
    for other in others:
        mark = "*" if outcome.shown(one, other) else " "
        apart = outcome.difference(one, other).signed
        chance = outcome.by_chance(one, other)
        many, left = groups_needed(outcome, one, other), moved(outcome, one, other)
        yield f"{mark} {other:{WIDTH - 2}}{apart} {chance:.3f} {many:>8} {left}"


def _variants(outcome: Outcome) -> list[str]:
    known = ("near by", "without", "half of", "with ")
    return [way for way in outcome.ways if way.startswith(known) or way.endswith(" alone")]


def groups_needed(outcome: Outcome, one: str, other: str) -> str:
    """Return how many groups would show a difference; nothing where there is none to show."""
    apart, many = outcome.difference(one, other), outcome.needed(one, other)
    if apart.mean <= 0 or isinf(many):
        return ""
    return f"{many:.0f}" if many < 1000 else "over 999"


def moved(outcome: Outcome, one: str, other: str) -> str:
    """Return a mean difference without the group of agreements that moves it most."""
    group, left = outcome.moved_most(one, other)
    return f"{left:+.3f} without {group}"


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


TABLES = (scores, differences, by_agreement, chosen)
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
                **{measure: asdict(outcome.estimate(way, measure)) for measure in MEASURES},
                **{
                    f"{name}_less_this": {
                        **asdict(outcome.difference(one, way)),
                        "p": outcome.by_chance(one, way),
                    }
                    for name, one in (("nested_variant", HONEST), ("shipped", SHIPPED))
                },
                "chosen": dict(outcome.choices.get(way, {})),
                "by_agreement": {agreement: asdict(one) for agreement, one in found.items()},
            }
            for masking, fields in outcomes.items()
            for field, outcome in fields.items()
            for way, found in outcome.ways.items()
        ],
    }
