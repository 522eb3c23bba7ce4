"""Measure how long a question takes from a cold start, against the bare imports it needs.

Runs ``emg-graph query run …`` on the graph of the shipped tables, which is built first if there is
none, and ``python -c 'import pyoxigraph, click'`` in turn, and prints the median of each and their
ratio, which is to stay under 2::

    python benchmarks/cold_start.py

Exits with 1 if it does not. Measure on a quiet machine: the engine opens its files with several
threads, so that other work slows the question more than the imports. Both run with their bytecode
in a folder of the benchmark's own, written by one run of each that is not counted, as after any
installation.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = 15
LIMIT = 2.0
QUESTION = ("query", "run", "CQ01", "-p", "agreement=minamata")
BASELINE = (sys.executable, "-c", "import pyoxigraph, click")


def command() -> tuple[str, ...]:
    """Return the installed console command, or what it runs where it is not on this path."""
    script = Path(sys.executable).with_name("emg-graph")
    if script.is_file():
        return (str(script),)
    return (sys.executable, "-c", "from emg_graph.cli import main; main()")


def seconds(arguments: Sequence[str], env: Mapping[str, str]) -> float:
    """Return how long a process takes, start and end included."""
    start = time.perf_counter()
    subprocess.run(arguments, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def medians(commands: Sequence[Sequence[str]], env: Mapping[str, str]) -> list[float]:
    """Return the median time of each command, run in turn so that noise falls on all alike."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(RUNS):
        for taken, arguments in zip(times, commands, strict=True):
            taken.append(seconds(arguments, env))
    return [statistics.median(taken) for taken in times]


def main() -> int:
    """Measure and print; return 1 if the ratio is not under the limit."""
    with TemporaryDirectory() as folder:
        env = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
        }
        question = (*command(), *QUESTION)
        for warm_up in (question, BASELINE):
            subprocess.run(warm_up, env=env, capture_output=True, check=True)
        asked, bare = medians((question, BASELINE), env)
    ratio = asked / bare
    print(f"emg-graph {' '.join(QUESTION)}: {1000 * asked:.0f} ms")
    print(f"python {' '.join(BASELINE[1:])!r}: {1000 * bare:.0f} ms")
    print(f"ratio: {ratio:.2f} (to stay under {LIMIT:g}; medians of {RUNS} runs in turn)")
    return 0 if ratio < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
