"""Measure how build, overlap, candidates and gaps grow with the record, beside their peers.

Makes seeded tables of the shape of the shipped ones (entities by mandates by themes) at a multiple
of their size, builds a graph of them, and asks it; each step in a process of its own, so that time
and peak memory are its own. Beside it networkx' projection of the same table, and plain rdflib with
the same statements, as far as they finish::

    python benchmarks/scale.py                       # 10 and 100 times
    python benchmarks/scale.py --times 10 100 1000   # some hours, and some 20 GB

Exits with 1 if the time of the overlap grows faster than the pairs that share something (the
non-zeros of A·Aᵀ, with half as much again for noise), or if above 5,000 entities its memory would
hold a table of all entities by all entities.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from emg_graph.resources import folder

SLACK = 1.5
DENSE = 5_000
"""Entities above which nothing may be held for each pair of all."""
NOISE = 0.5
"""Seconds below which a time says nothing of growth."""
SEED = 20250915
STEPS = ("build", "overlap", "candidates", "gaps", "networkx", "rdflib")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every step at every size, print them, and judge the growth."""
    asked = _arguments().parse_args(argv)
    if asked.step:
        print(json.dumps(measured(STEP[asked.step], Path(asked.place))))
        return 0
    found: dict[int, dict[str, dict[str, Any] | None]] = {}
    for times in asked.times:
        with TemporaryDirectory() as place:
            began = time.perf_counter()
            size = write_tables(Path(place) / "data", times)
            print(f"\n{times:,} times: {size} (written in {time.perf_counter() - began:.0f} s)")
            found[times] = {}
            for step in STEPS:
                found[times][step] = told = _apart(step, Path(place), asked.deadline)
                print(f"  {step:<11}{_line(told, asked.deadline)}", flush=True)
    return judge(found)


def judge(found: Mapping[int, Mapping[str, Mapping[str, Any] | None]]) -> int:
    """Say whether time and memory grow as they may; return 1 if they do not."""
    wrong = 0
    known = [(times, told) for times, steps in found.items() if (told := steps["overlap"])]
    for (small, before), (large, after) in pairwise(known):
        pairs = after["nonzeros"] / before["nonzeros"]
        longer = after["seconds"] / max(NOISE, before["seconds"])
        bad = longer > SLACK * pairs
        wrong += bad
        print(
            f"overlap from {small:,} to {large:,} times: {longer:.1f} times the time for"
            f" {pairs:.1f} times the non-zeros{' – TOO MUCH' if bad else ''}"
        )
    for times, step in known:
        dense = step["entities"] ** 2 * 8 / 1e6
        bad = step["entities"] > DENSE and step["grown_mb"] > dense
        wrong += bad
        if step["entities"] > DENSE:
            print(
                f"overlap at {times:,} times: {step['grown_mb']:,.0f} MB, where a dense table would"
                f" be {dense:,.0f} MB{' – TOO MUCH' if bad else ''}"
            )
    return 1 if wrong else 0


def write_tables(place: Path, times: int) -> str:
    """Write the shipped tables with so many times the entities, mandates and citations."""
    shutil.copytree(folder("data"), place)
    random = np.random.default_rng(SEED)
    shipped = _rows("citations")
    sizes = np.array([*_counts(shipped, "entity").values()])
    holders = np.array([*_counts(shipped, "mandate").values()])
    entities = len(sizes) * (times - 1)
    mandates = len(holders) * (times - 1)
    _append(place / "sources.csv", _source())
    _append(place / "entities.csv", (_entity(i) for i in range(entities)))
    words = [row["label"] for row in _rows("concepts") if row["scheme"] == "theme"]
    titles = random.choice(words, mandates)
    _append(place / "mandates.csv", (_mandate(i, titles[i]) for i in range(mandates)))
    likely = random.choice(sizes, entities).astype(float)
    chosen = random.choice(entities, int(holders.sum()) * times, p=likely / likely.sum())
    counts = random.choice(holders, mandates)
    _append(place / "citations.csv", _citations(counts, chosen))
    return f"{entities + len(sizes):,} entities, {mandates + len(holders):,} mandates"


def _citations(counts: Any, chosen: Any) -> Iterator[Mapping[str, str]]:
    begins = np.concatenate([[0], counts.cumsum()])
    for mandate, count in enumerate(counts):
        here = chosen[np.arange(begins[mandate], begins[mandate] + count) % len(chosen)]
        for entity in sorted({*here.tolist()}):
            yield {
                "entity": f"synthetic-entity-{entity}",
                "mandate": f"synthetic-mandate-{mandate}",
                "name_as_written": f"X/{mandate}",
                "basis": "stated",
                "source": "synthetic-budget",
                "locator": f"row {mandate}",
                "confidence": "high",
            }


def _source() -> Iterator[Mapping[str, str]]:
    yield {
        "id": "synthetic-budget",
        "title": "A budget that was made up",
        "publisher": "Nobody",
        "evidence_class": "A",
        "accessed_on": "2026-11",
    }


def _entity(i: int) -> Mapping[str, str]:
    return {
        "id": f"synthetic-entity-{i}",
        "name": f"Synthetic Entity {i}",
        "kind": "other-un-body",
        "emg_status": "emg-not-listed",
        "source": "synthetic-budget",
        "locator": "whole page",
        "confidence": "high",
    }


def _mandate(i: int, title: str) -> Mapping[str, str]:
    return {
        "id": f"synthetic-mandate-{i}",
        "symbol": f"X/{i}",
        "title": f"Number {i} on {title}",
        "body": "general-assembly",
        "source": "synthetic-budget",
        "locator": f"row {i}",
    }


def _rows(table: str) -> list[dict[str, str]]:
    with (folder("data") / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _counts(rows: Sequence[Mapping[str, str]], column: str) -> dict[str, int]:
    pairs = sorted({(row["entity"], row["mandate"]) for row in rows})
    place = ("entity", "mandate").index(column)
    found: dict[str, int] = {}
    for pair in pairs:
        found[pair[place]] = found.get(pair[place], 0) + 1
    return found


def _append(file: Path, rows: Iterator[Mapping[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as known:
        heads = next(csv.reader(known))
    with file.open("a", encoding="utf-8", newline="") as more:
        writer = csv.DictWriter(more, heads, restval="", lineterminator="\n")
        writer.writerows(rows)


def build(place: Path) -> dict[str, Any]:
    """Build the graph of the tables."""
    from emg_graph.build import build_store

    _, manifest = build_store(place / "store", place / "data")
    return {"statements": manifest.quads}


def overlap(place: Path) -> dict[str, Any]:
    """Read who cites what, and measure every pair against the hypergeometric model."""
    from emg_graph.analysis.incidence import read_incidence
    from emg_graph.analysis.overlap import BLIND, find_overlaps

    incidence = read_incidence(_graph(place).store, "mandates")
    began, before = time.perf_counter(), _peak()
    found = find_overlaps(incidence, null=BLIND)
    return {
        "seconds": time.perf_counter() - began,
        "grown_mb": _peak() - before,
        "entities": len(incidence.rows),
        "nonzeros": 2 * len(found.measured.pairs.one) + len(incidence.rows),
        "beyond": found.beyond,
    }


def candidates(place: Path) -> dict[str, Any]:
    """Find who could collaborate on one agreement."""
    return {"candidates": len(_graph(place).collaborators("minamata").candidates)}


def gaps(place: Path) -> dict[str, Any]:
    """Tell every gap."""
    return {"gaps": len(_graph(place).gaps().gaps)}


def by_networkx(place: Path) -> dict[str, Any]:
    """Project the same table by networkx."""
    import networkx as nx

    graph = nx.Graph()
    with (place / "data" / "citations.csv").open(encoding="utf-8", newline="") as file:
        graph.add_edges_from((("e", row["entity"]), ("m", row["mandate"]))
                             for row in csv.DictReader(file))  # fmt: skip
    entities = [node for node in graph if node[0] == "e"]
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
    """Measure a step in a process of its own; None if it does not finish in time."""
    command = [sys.executable, __file__, "--step", step, "--place", str(place)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=deadline, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        raise SystemExit(f"the step {step} failed")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _line(told: Mapping[str, Any] | None, deadline: float) -> str:
    if told is None:
        return f"not finished in {deadline:,.0f} s"
    rest = {k: v for k, v in told.items() if k not in ("seconds", "peak_mb", "grown_mb")}
    more = ", ".join(f"{name} {value:,}" for name, value in rest.items())
    return f"{told['seconds']:10.2f} s {told['peak_mb']:10,.0f} MB   {more}"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--deadline", type=float, default=600.0, help="seconds for a step")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--place", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
