"""Measure the theme tagger on mandates whose themes were read off their titles.

Compares ``emg_graph.tagging`` with the labels of ``labels/sample.csv`` (the rule is in its
``README.md``), over every theme of every title, beside a plain search for the same labels::

    python benchmarks/tagging.py          # figures of both halves, confusions of ``report``
    python benchmarks/tagging.py --tune   # figures and confusions of ``tune`` alone

Exits with 1 if the half measured, ``report`` unless ``--tune``, has a precision under 0.95 or a
recall under 0.85. The tagger was written with ``tune`` alone in view; who tunes it further should
not look at the other half.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from emg_graph.computed import tagger_of
from emg_graph.records import ConceptRecord
from emg_graph.resources import folder
from emg_graph.tables import Tables, read_tables
from emg_graph.tagging import Tagger

SAMPLE = Path(__file__).parent / "labels" / "sample.csv"
PRECISION, RECALL = 0.95, 0.85
HALVES = ("tune", "report")
Finder = Callable[[str], Mapping[str, str]]
"""From a title to its themes, each with the words in which it was found."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title of the sample with the themes that a reader found in it."""

    text: str
    themes: frozenset[str]
    half: str


@dataclass(frozen=True, slots=True)
class Score:
    """Decisions on themes: rightly given, wrongly given, wrongly not given."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the themes given that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the right themes that are given."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def passes(self) -> bool:
        """Whether both reach the bar."""
        return self.precision >= PRECISION and self.recall >= RECALL

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f}"
            f" ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def sample(half: str, path: Path = SAMPLE) -> list[Title]:
    """Return the titles of one half of the sample."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Title(row["title"], frozenset(filter(None, row["themes"].split("|"))), row["half"])
            for row in csv.DictReader(file)
            if row["half"] == half
        ]


def score(titles: Sequence[Title], finder: Finder) -> Score:
    """Count the decisions of a finder on titles."""
    found = [(frozenset(finder(title.text)), title.themes) for title in titles]
    return Score(
        sum(len(given & right) for given, right in found),
        sum(len(given - right) for given, right in found),
        sum(len(right - given) for given, right in found),
    )


def tagged(tagger: Tagger) -> Finder:
    """Return the tagger as a finder."""

    def find(text: str) -> dict[str, str]:
        return {m.identifier: m.text for m in tagger.find(text) if m.kind == "theme"}

    return find


def plain_search(tables: Tables) -> Finder:
    """Return the baseline: every label and alternative label as written, in any case."""
    labels = [
        (re.compile(rf"\b{re.escape(label)}\b", re.IGNORECASE), concept.id)
        for concept in tables.rows["concepts"]
        if isinstance(concept, ConceptRecord) and concept.scheme == "theme"
        for label in (concept.label, *concept.alt_en)
    ]

    def find(text: str) -> dict[str, str]:
        return {theme: match[0] for label, theme in labels if (match := label.search(text))}

    return find


def confusions(titles: Sequence[Title], finder: Finder) -> Iterator[str]:
    """Yield each theme wrongly given, with its words, and each wrongly not given."""
    for title in titles:
        given = finder(title.text)
        lines = [
            *(
                f"  wrong   {theme}: “{given[theme]}”"
                for theme in sorted(given.keys() - title.themes)
            ),
            *(f"  missed  {theme}" for theme in sorted(title.themes - given.keys())),
        ]
        if lines:
            yield "\n".join((title.text, *lines))


def by_theme(titles: Sequence[Title], finder: Finder) -> Iterator[str]:
    """Yield for each theme how often it was given rightly, wrongly, or not though right."""
    counts: Counter[tuple[str, str]] = Counter()
    for title in titles:
        given = frozenset(finder(title.text))
        counts.update((theme, "right") for theme in given & title.themes)
        counts.update((theme, "wrong") for theme in given - title.themes)
        counts.update((theme, "missed") for theme in title.themes - given)
    for theme in sorted({theme for theme, _ in counts}):
        figures = (counts[theme, kind] for kind in ("right", "wrong", "missed"))
        yield f"{theme:40}" + "".join(f"{figure:8}" for figure in figures)


def pairs(titles: Sequence[Title], finder: Finder) -> Iterator[str]:
    """Yield how often one theme was given where another was right, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for title in titles:
        given = frozenset(finder(title.text))
        wrong, missed = given - title.themes or {"(none)"}, title.themes - given or {"(none)"}
        if given != title.themes:
            counts.update((one, other) for one in missed for other in wrong)
    for (one, other), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:4}  {one} read, {other} given"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if the half measured is under the bar."""
    parser = argparse.ArgumentParser(description="Measure the theme tagger.")
    parser.add_argument("--tune", action="store_true", help="look at the half for tuning alone")
    half = "tune" if parser.parse_args(arguments).tune else "report"
    tables = read_tables(folder("data"))
    tagger, baseline = tagged(tagger_of(tables)), plain_search(tables)
    for name in ("tune",) if half == "tune" else HALVES:
        titles = sample(name)
        print(f"{name}: {len(titles)} titles")
        print(f"  tagger          {score(titles, tagger)}")
        print(f"  plain search    {score(titles, baseline)}")
    titles = sample(half)
    print(f"\n{half}, by theme{'':{31 - len(half)}}   right   wrong  missed")
    print("\n".join(by_theme(titles, tagger)))
    print(f"\n{half}, what was taken for what:", *pairs(titles, tagger), sep="\n")
    print(f"\n{half}, title by title:", *confusions(titles, tagger), sep="\n")
    result = score(titles, tagger)
    print(f"\nthe bar: precision {PRECISION:g}, recall {RECALL:g}; {half}: {result}")
    return 0 if result.passes else 1


if __name__ == "__main__":
    sys.exit(main())
