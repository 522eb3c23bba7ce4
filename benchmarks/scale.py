"""Measure how build, overlap, candidates and gaps grow with the record, beside their peers.

Takes seeded tables of the shape of the shipped ones (entities by mandates by themes) at a multiple
of their size, from ``made_up``; each step runs in a process of its own, so that time and peak
memory are its own. ``measures`` takes every measure of overlap of the table alone, and ``networkx``
projects the same table; ``draws`` draws tables of the same sums, up to as many entities as that is
offered for. The others build a graph of such tables and ask it; ``rdflib`` counts what pairs share
by SPARQL over the same plain links. A step that does not finish in time is told so, and one that
fails is told with its last words; the others go on, but for those that ask a graph that was not
built::

    python benchmarks/scale.py                                          # builds at 10 and 100
    python benchmarks/scale.py --times 1000 --build-up-to 1000 --deadline 7200 --place DIR
    python benchmarks/scale.py --step overlap --place DIR/1000          # one step again

Tables and graphs are made in a folder that is thrown away, or kept in one that is named, where a
step can be taken again by itself.

Multiplied are entities, mandates with a theme in their titles, and who cites what. Agreements,
roles, mechanisms, projects and positions stay as many as are shipped, so that candidates
are asked for the same agreement among more entities, and gaps on the same agreements. What chance
makes of pairs is told by the hypergeometric model at every size, since the fixed-degree model is
offered up to 1,000 entities only.

Exits with 1 if a step of ours fails or does not finish, if the time of one grows faster than the
pairs that share something (the non-zeros of A·Aᵀ, with half as much again for noise), or if above
5,000 entities the memory of the measures would hold a table of all entities by all entities. A
build holds all rows in memory, which is what bounds it.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from made_up import Size, write_tables
from scipy import sparse

from emg_graph.measures.chance import pairs_of
from emg_graph.measures.sampling import MOST_ROWS

SLACK = 1.5
DENSE = 5_000
"""Entities above which nothing may be held for each pair of all."""
NOISE = 0.5
"""Seconds below which a time says nothing of growth."""
PEER = 600.0
"""Seconds that a peer is given at most."""
DRAWS = 640
"""Tables that are drawn, to tell how long one takes."""
Told = Mapping[str, Any]
"""What a step says of itself: its seconds, its memory and what it found; or why it ``failed``."""
Steps = Mapping[str, Told | None]
"""What each step told at one size; None if it did not finish in time."""
TOO_MUCH = " – TOO MUCH"
JUDGED = ("measures", "build", "overlap", "candidates", "gaps")
"""The steps of ours whose growth is judged."""
PEERS = ("networkx", "rdflib")
OF_TABLE = ("measures", "draws", "networkx")
ASKING = ("overlap", "candidates", "gaps", "rdflib")
"""The steps that ask the graph that was built."""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every step at every size, print them, and judge the growth."""
    asked = _asked(argv)
    if asked.step:
        print(json.dumps(measured(STEP[asked.step], Path(asked.place))))
        return 0
    found: dict[int, Steps] = {}
    for times in asked.times:
        with _folder(asked.place, times) as place:
            began = time.perf_counter()
            size = write_tables(place, times, asked.build_up_to)
            print(f"\n{times:,} times: {size} (written in {time.perf_counter() - began:.0f} s)")
            steps: dict[str, Told | None] = {}
            found[times] = steps
            for step in steps_at(size, built=times <= asked.build_up_to):
                if step in ASKING and done(steps, "build") is None:
                    print(f"  {step:<11}not asked: there is no graph")
                    continue
                deadline = min(PEER, asked.deadline) if step in PEERS else asked.deadline
                steps[step] = told = _apart(step, place, deadline)
                print(f"  {step:<11}{_line(told, deadline)}", flush=True)
            for line in per_pair(steps):
                print(f"  {line}")
    return judge(found)


@contextmanager
def _folder(kept: str | None, times: int) -> Iterator[Path]:
    """Make a folder for one size: a new one in the folder that is named, or one thrown away."""
    if kept:
        place = Path(kept) / str(times)
        place.mkdir(parents=True)
        yield place
        return
    with TemporaryDirectory() as thrown_away:
        yield Path(thrown_away)


def steps_at(size: Size, *, built: bool) -> Iterator[str]:
    """Yield the steps that are taken of tables of a size, whether or not a graph is built."""
    for step in (*OF_TABLE, *(("build", *ASKING) if built else ())):
        if step != "draws" or size.entities <= MOST_ROWS:
            yield step


def done(steps: Steps, name: str) -> Told | None:
    """Return what a step told, if it was taken, finished and did not fail."""
    told = steps.get(name)
    return told if told and "failed" not in told else None


def per_pair(steps: Steps) -> Iterator[str]:
    """Yield how long each step on a graph takes for a thousand of the measures' non-zeros."""
    told = done(steps, "measures")
    for name in ("build", *ASKING):
        if told and (step := done(steps, name)):
            each = 1e6 * step["seconds"] / told["nonzeros"]
            yield f"{name}: {each:,.0f} ms for each 1,000 non-zeros"


def growth(found: Mapping[int, Steps]) -> Iterator[tuple[str, bool]]:
    """Yield how each step that is judged grew beside the measures' non-zeros, and if too fast."""
    for name in JUDGED:
        known = [
            (times, step["seconds"], told["nonzeros"])
            for times, steps in found.items()
            if (step := done(steps, name)) and (told := done(steps, "measures"))
        ]
        for (small, before, few), (large, after, many) in pairwise(known):
            longer, pairs = after / max(NOISE, before), many / few
            bad = longer > SLACK * pairs
            yield (
                f"{name} from {small:,} to {large:,} times: {longer:.1f} times the time for"
                f" {pairs:.1f} times the non-zeros{TOO_MUCH if bad else ''}",
                bad,
            )


def judge(found: Mapping[int, Steps]) -> int:
    """Say whether time and memory grow as they may; return 1 if they do not, or if that is unknown.

    Args:
        found: what each step told at each size.
    """
    wrong = 0
    for times, steps in found.items():
        for name, told in steps.items():
            if told is None and name not in PEERS:
                wrong += 1
                print(f"{name} at {times:,} times: not finished{TOO_MUCH}")
            elif told and "failed" in told:
                wrong += name not in PEERS
                print(f"{name} at {times:,} times: FAILED: {told['failed']}")
    for line, bad in growth(found):
        wrong += bad
        print(line)
    for times, steps in found.items():
        step = done(steps, "measures")
        if step and step["entities"] > DENSE:
            dense = step["entities"] ** 2 * 8 / 1e6
            bad = step["grown_mb"] > dense
            wrong += bad
            print(
                f"measures at {times:,} times: {step['grown_mb']:,.0f} MB, where a dense table"
                f" would be {dense:,.0f} MB{TOO_MUCH if bad else ''}"
            )
    return 1 if wrong else 0


def build(place: Path) -> dict[str, Any]:
    """Build the graph of the tables."""
    from emg_graph.build import build_store

    _, manifest = build_store(place / "store", place / "data")
    return {"statements": manifest.quads}


def measures(place: Path) -> dict[str, Any]:
    """Measure every pair of the table that shares something, by the hypergeometric model."""
    from emg_graph.analysis.measured import measure
    from emg_graph.analysis.nulls import BLIND

    table = sparse.csr_array(sparse.load_npz(place / "table.npz"))
    began, before = time.perf_counter(), _peak()
    found = measure(table, null=BLIND)
    return {
        "seconds": time.perf_counter() - began,
        "grown_mb": _peak() - before,
        "entities": table.shape[0],
        "nonzeros": 2 * len(found.pairs.one) + table.shape[0],
        "beyond": int((found.q <= 0.05).sum()),
    }


def draws(place: Path) -> dict[str, Any]:
    """Draw tables of the same sums, as the fixed-degree model does."""
    from emg_graph.measures.sampling import by_exact_sizes

    table = sparse.csr_array(sparse.load_npz(place / "table.npz"))
    pairs = pairs_of(table)
    began = time.perf_counter()
    found = by_exact_sizes(table, pairs, draws=DRAWS)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "draws": found.draws, "ms_a_draw": 1000 * seconds / found.draws}


def overlap(place: Path) -> dict[str, Any]:
    """Read who cites what from the graph with its claims, and measure every pair."""
    found = _graph(place).overlaps(null="hypergeometric")
    return {"entities": len(found.incidence.rows), "beyond": found.beyond}


def candidates(place: Path) -> dict[str, Any]:
    """Find who could collaborate on one agreement."""
    return {"candidates": len(_graph(place).collaborators("minamata").candidates)}


def gaps(place: Path) -> dict[str, Any]:
    """Tell every gap."""
    return {"gaps": len(_graph(place).gaps(null="hypergeometric").gaps)}


def by_networkx(place: Path) -> dict[str, Any]:
    """Project the same table by networkx."""
    import networkx as nx

    table = sparse.load_npz(place / "table.npz")
    graph = nx.bipartite.from_biadjacency_matrix(table)
    entities = range(table.shape[0])
    began = time.perf_counter()
    found = nx.bipartite.weighted_projected_graph(graph, entities)
    return {"seconds": time.perf_counter() - began, "pairs": found.number_of_edges()}


def by_rdflib(place: Path) -> dict[str, Any]:
    """Count what every pair shares by SPARQL in plain rdflib, over the plain links alone."""
    from rdflib import Graph as Rdflib

    from emg_graph.namespaces import EMG

    graph = Rdflib()
    links = _graph(place).store.serialized(
        f"CONSTRUCT {{ ?one <{EMG.cites}> ?mandate }} WHERE {{ ?one <{EMG.cites}> ?mandate }}",
        "turtle",
    )
    began = time.perf_counter()
    graph.parse(data=links, format="turtle")
    rows = graph.query(
        f"SELECT ?one ?other (COUNT(*) AS ?shared) WHERE {{ ?one <{EMG.cites}> ?mandate ."
        f" ?other <{EMG.cites}> ?mandate . FILTER(STR(?one) < STR(?other)) }} GROUP BY ?one ?other"
    )
    return {"pairs": len(list(rows)), "seconds": time.perf_counter() - began}


STEP: Mapping[str, Callable[[Path], dict[str, Any]]] = {
    "measures": measures,
    "draws": draws,
    "build": build,
    "overlap": overlap,
    "candidates": candidates,
    "gaps": gaps,
    "networkx": by_networkx,
    "rdflib": by_rdflib,
}


def measured(step: Callable[[Path], dict[str, Any]], place: Path) -> dict[str, Any]:
    """Return what a step says, with its own time unless it took that itself, and its memory."""
    began = time.perf_counter()
    told = step(place)
    return {"seconds": time.perf_counter() - began, **told, "peak_mb": _peak()}


def _graph(place: Path) -> Any:
    from emg_graph.graph import open_graph

    return open_graph(place / "store", place / "data")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(step: str, place: Path, deadline: float) -> dict[str, Any] | None:
    """Measure a step in a process of its own; None if it does not finish in time.

    Of a step that fails, the last line that it wrote is told, or the signal that ended it.
    """
    command = [sys.executable, __file__, "--step", step, "--place", str(place)]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=deadline, check=False)
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode:
        print(ran.stderr, file=sys.stderr)
        last = ran.stderr.strip().splitlines()[-1:] or [f"ended with {ran.returncode}"]
        return {"failed": last[0]}
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told


def _line(told: Mapping[str, Any] | None, deadline: float) -> str:
    if told is None:
        return f"not finished in {deadline:,.0f} s"
    if "failed" in told:
        return f"FAILED: {told['failed']}"
    rest = {k: v for k, v in told.items() if k not in ("seconds", "peak_mb", "grown_mb")}
    more = ", ".join(f"{name} {round(value, 2):,}" for name, value in rest.items())
    return f"{told['seconds']:10.2f} s {told['peak_mb']:10,.0f} MB   {more}"


def _asked(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return what was asked, or say what is wrong with it before anything is made."""
    parser = _arguments()
    asked = parser.parse_args(argv)
    if asked.step and not (asked.place and (Path(asked.place) / "table.npz").is_file()):
        parser.error("--step needs --place DIR/TIMES, a folder that an earlier run has filled")
    made = [Path(asked.place) / str(times) for times in asked.times if asked.place]
    if not asked.step and (there := [str(place) for place in made if place.exists()]):
        parser.error(f"{', '.join(there)}: there already; remove it, or name another --place")
    return asked


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--build-up-to", type=int, default=100, help="times up to which to build")
    parser.add_argument("--deadline", type=float, default=600.0, help="seconds for a step")
    parser.add_argument("--place", metavar="DIR", help="where tables and graphs are kept")
    parser.add_argument("--step", choices=STEP, help="take one step alone, of what DIR holds")
    return parser


if __name__ == "__main__":
    sys.exit(main())
