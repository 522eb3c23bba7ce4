"""Measure how well the candidates' channels find who is known to support an agreement.

The known supporters of each agreement are hidden and looked for again, in two ways: all that is on
record with the agreement's family is left out at once (``family``), or one supporter's link and
what comes from it (``one link``). What rests on the same statement as a hidden link is hidden with
it. The ranking is measured beside popularity (roles counted), the best-connected (roles and seats
counted), a fixed list of the first ten of these, neighbours by Jaccard, personalised PageRank, a
truncated decomposition, network-based inference and relatedness density, which see the same masked
record; and beside itself with the description of an agreement of another cluster, as a control.

What makes agreements near was settled with all agreements in view, so that what is shipped looks
better than it is. For the *nested variant* it is chosen anew for each group of agreements: what is
best on all other groups, with equal weights. It stands first in every table, and the bounds are its
own. Only this choice is nested: the channels themselves, with their logarithms and what they take
for the middle, were made with these agreements in view. Weights that are chosen in the same way are
reported beside it::

    python benchmarks/recommendation.py               # both maskings, about a minute
    python benchmarks/recommendation.py --quick       # the family's alone
    python benchmarks/recommendation.py --json FILE   # all numbers on each agreement too
    python benchmarks/recommendation.py --write       # put its last tables into docs/method.md

Intervals are of nineteen in twenty redrawn samples of groups of agreements; ties are resolved in
every order in equal measure. Groups are few: an interval from ten of them holds the truth some nine
times in ten only. So beside each difference stands *p*, how often it would be as large if in each
group the two ways could as well be exchanged, which is exact; and *shown* is called only what both
say. The last tables are those of ``docs/method.md``, which tells what they show and what they do
not. Exits with 1 if, with the family left out, the ranking is not above what
``recommending.bounds`` names by more than the interval. The bounds were set with these data in
view: they keep the ranking from getting worse, and prove nothing more.

What no such trial can show is that the candidates are right. Found is who was named in the sources
that were read, and these were searched agreement by agreement.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from recommending import report
from recommending.bounds import checked
from recommending.cases import FAMILY, MASKINGS, read_subjects
from recommending.page import page, written
from recommending.trial import FIELDS, outcome, run_trial

from emg_graph.graph import open_graph

METHOD = Path(__file__).parents[1] / "docs" / "method.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(description="Measure the channels of the candidates.")
    parser.add_argument("--quick", action="store_true", help="leave out families alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to a file")
    parser.add_argument(
        "--write", action="store_true", help="put the last tables into docs/method.md"
    )
    options = parser.parse_args(arguments)
    graph = open_graph()
    subjects = read_subjects(graph)
    print(*report.head(subjects), sep="\n")
    outcomes = {}
    for masking in (FAMILY,) if options.quick else MASKINGS:
        trial = run_trial(subjects, masking, _tell)
        found = outcomes[masking] = {field: outcome(trial, field) for field in FIELDS}
        for table in report.TABLES:
            print(*table(trial, found), sep="\n")
    tables = list(page(outcomes, graph.data_hash))
    print(*tables, sep="\n")
    if options.write:
        text = written(METHOD.read_text(encoding="utf-8"), tables, graph.data_hash)
        METHOD.write_text(text, encoding="utf-8")
    bounds = checked(outcomes)
    print("\nwhat has to hold with the family left out (by the interval; a star: by chance too):")
    for one in bounds:
        told = "holds" if one.holds else "FAILS"
        print(f"  {told} {'*' if one.shown else ' '} {one.apart:27} {one.bound}")
    if options.json:
        numbers = report.numbers(subjects, outcomes, graph.data_hash)
        options.json.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.holds for one in bounds) else 1


def _tell(text: str) -> None:
    """Say on standard error how far the work is."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
