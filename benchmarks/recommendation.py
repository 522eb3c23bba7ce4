"""Measure how well the candidates' channels find who is known to support an agreement.

The known supporters of each agreement are hidden and looked for again, in two ways: all that is on
record with the agreement's family is left out at once (``family``), or one supporter's link and
what comes from it (``one link``). What rests on the same statement as a hidden link is hidden with
it. The ranking is measured beside popularity, a fixed list of ten, neighbours by Jaccard,
personalised PageRank, a truncated decomposition, network-based inference and relatedness density,
which see the same masked record; and beside itself with the description of an agreement of another
cluster, as a control. Weights and variants are chosen on the other agreements alone::

    python benchmarks/recommendation.py               # both maskings, about a minute
    python benchmarks/recommendation.py --quick       # the family's alone
    python benchmarks/recommendation.py --json FILE   # all numbers on each agreement too

Intervals are of nineteen in twenty redrawn samples of groups of agreements; ties are resolved in
every order in equal measure. Exits with 1 if, with the family left out, what is shipped is not
above what ``report.BOUNDS`` names by more than the interval.

What is not shown: that the candidates are right. Found is who was named in the sources that were
read, and these were searched agreement by agreement. Popularity is not beaten on average precision
by more than the interval, and with one link left out the usual methods do as well, most of all by
one family whose two supporters are the same. Groups are few: an interval from so few is too narrow
rather than too wide, and the tables say how many would show a difference. The bounds were set with
these data in view: they keep what is shipped from getting worse, and prove nothing more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from recommending import report
from recommending.cases import FAMILY, MASKINGS, read_subjects
from recommending.trial import FIELDS, outcome, run_trial

from emg_graph.graph import open_graph


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if a bound does not hold."""
    parser = argparse.ArgumentParser(description="Measure the channels of the candidates.")
    parser.add_argument("--quick", action="store_true", help="leave out families alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers to a file")
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
    bounds = report.checked(outcomes)
    print("\nwhat has to hold of what is shipped:")
    for bound, apart, holds in bounds:
        print(f"  {'holds' if holds else 'FAILS'}  {apart:24} {bound}")
    if options.json:
        numbers = report.numbers(subjects, outcomes, graph.data_hash)
        options.json.write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    return 0 if all(holds for _, _, holds in bounds) else 1


def _tell(text: str) -> None:
    """Say on standard error how far the work is."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
