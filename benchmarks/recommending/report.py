"""The tables of the trial for people, and all its numbers for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isinf
from typing import Any

from recommending.cases import FAMILY, Subject
from recommending.trial import ALL, FIELDS, SPECIALISTS, Outcome, Trial
from recommending.ways import BASE, BASELINES, CONTROL, NESTINGS, SHIPPED, SVD

WIDTH = 34
"""The letters of a way's name."""
Outcomes = Mapping[str, Mapping[str, Outcome]]
"""The outcome of each masking and field."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What has to hold: the whole interval of a difference from what is shipped above zero."""

    masking: str
    field: str
    other: str
    measure: str

    def __str__(self) -> str:
        names = {"precision": "MAP", "auc": "AUC"}
        return f"{names[self.measure]} above {self.other} ({self.masking}, {self.field})"


BOUNDS = (
    *(Bound(FAMILY, field, other, "auc") for field in FIELDS for other in (CONTROL, "popularity")),
    *(Bound(FAMILY, field, CONTROL, "precision") for field in FIELDS),
    *(
        Bound(FAMILY, field, other, "precision")
        for field in FIELDS
        for other in ("Jaccard, agreements", "PageRank, agreements", "NBI", "density")
    ),
    *(Bound(FAMILY, SPECIALISTS, other, "precision") for other in ("list of ten", SVD)),
    *(Bound(FAMILY, ALL, f"{one}, entities", "precision") for one in ("Jaccard", "PageRank")),
)


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
    """Yield how much better what is shipped is than each baseline, and what would show it."""
    yield ""
    yield (
        f"{trial.masking} left out: average precision of what is shipped less that of another,"
        " paired by"
    )
    yield "agreement (interval; beaten where it is above zero), and how many groups would show it"
    yield " " * WIDTH + f"{ALL:33}{SPECIALISTS}"
    others = (*BASELINES, CONTROL, *(n for n in NESTINGS if n != SVD), *_variants(outcomes[ALL]))
    for other in others:
        cells = (_apart(outcomes[field], other) for field in FIELDS)
        yield f"{other:{WIDTH}}" + " ".join(f"{cell:32}" for cell in cells).rstrip()


def _variants(outcome: Outcome) -> list[str]:
    return [way for way in outcome.ways if way.startswith(("near by", "without", "with "))]


def _apart(outcome: Outcome, other: str) -> str:
    apart, many = outcome.difference(SHIPPED, other), outcome.needed(SHIPPED, other)
    shown = "" if apart.mean <= 0 or isinf(many) else f"{many:.0f}" if many < 1000 else "over 999"
    return f"{apart.signed} {shown}".rstrip()


def steadiness(trial: Trial, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield how far each difference moves when one group of agreements is left out of the mean."""
    yield ""
    yield f"{trial.masking} left out: the same difference in all, and without the group of"
    yield "agreements that moves it most"
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
    ways = (SHIPPED, CONTROL, *BASELINES)
    names = "ship contr popul ten JaccE JaccA PageE PageA SVD NBI dens".split()
    for field in FIELDS:
        yield ""
        yield f"{trial.masking} left out, {field}: average precision on each agreement"
        yield f"{'':14}" + "".join(f"{name:>7}" for name in names)
        found = outcomes[field].ways
        for agreement in found[SHIPPED]:
            cells = (f"{found[way][agreement].precision:7.2f}" for way in ways)
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


def checked(outcomes: Outcomes) -> list[tuple[Bound, str, bool]]:
    """Return each bound with its difference and whether it holds, of the maskings measured."""
    found = []
    for bound in BOUNDS:
        apart = outcomes[bound.masking][bound.field].difference(SHIPPED, bound.other, bound.measure)
        found.append((bound, apart.signed, apart.low > 0))
    return found


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
