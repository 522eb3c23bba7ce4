"""Measure a build of the shipped tables against a bulk load of the finished graph.

Runs ``emg_graph.build`` into a folder of its own, and lets pyoxigraph load the N-Quads of the
result into another, in turn; prints the median of each and their ratio, which is to stay under 5::

    python benchmarks/build.py

Exits with 1 if it does not. Both run in this process, so that neither pays for imports; what
shapes would find is not part of a build (``emg-graph check`` runs them).
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import RdfFormat
from pyoxigraph import Store as Oxigraph

from emg_graph.build import build_store, open_store
from emg_graph.resources import folder

RUNS = 3
LIMIT = 5.0


def seconds(work: Callable[[Path, Path], object], place: Path, source: Path) -> float:
    """Return how long it takes to make a store in a place of what a source holds."""
    gc.collect()
    start = time.perf_counter()
    work(place, source)
    return time.perf_counter() - start


def main() -> int:
    """Measure and print; return 1 if the ratio is not under the limit."""
    builds, loads = [], []
    with TemporaryDirectory() as place:
        root = Path(place)
        quads = root / "finished.nq"
        for run in range(RUNS):
            builds.append(seconds(build_store, build := root / f"build-{run}", folder("data")))
            if not run:
                store, manifest = open_store(build)
                quads.write_bytes(store.export(".nq"))
                del store
            loads.append(seconds(bulk_load, root / f"load-{run}", quads))
    built, loaded = statistics.median(builds), statistics.median(loads)
    print(f"build of the shipped tables: {built:.2f} s, {manifest.quads:,} statements")
    print(f"bulk load of the same statements by pyoxigraph: {loaded:.2f} s")
    print(f"ratio: {built / loaded:.2f} (to stay under {LIMIT:g}; medians of {RUNS} runs in turn)")
    return 0 if built / loaded < LIMIT else 1


def bulk_load(place: Path, quads: Path) -> None:
    """Load a file of N-Quads into a new store on disk."""
    store = Oxigraph(str(place))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    store.flush()


if __name__ == "__main__":
    sys.exit(main())
