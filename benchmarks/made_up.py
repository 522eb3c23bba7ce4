"""Tables of the shape of the shipped ones at a multiple of their size, made up from a seed."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse

from emg_graph.resources import folder

SEED = 20250915


class Size(NamedTuple):
    """How large a table is."""

    entities: int
    mandates: int
    citations: int

    def __str__(self) -> str:
        return ", ".join(f"{value:,} {name}" for name, value in self._asdict().items())


def write_tables(place: Path, times: int, build_up_to: int) -> Size:
    """Write a table of entities by mandates, and the tables of a graph if one is to be built."""
    random = np.random.default_rng(SEED)
    shipped = {(row["entity"], row["mandate"]) for row in _rows("citations")}
    sizes, holders = (np.array([*Counter(pair[i] for pair in sorted(shipped)).values()])
                      for i in (0, 1))  # fmt: skip
    entities, mandates = len(sizes) * times, len(holders) * times
    likely = random.choice(sizes, entities).astype(float)
    counts = random.choice(holders, mandates)
    chosen = random.choice(entities, counts.sum(), p=likely / likely.sum())
    table = sparse.csr_array(
        (np.ones(len(chosen), np.int64), (chosen, np.repeat(np.arange(mandates), counts))),
        shape=(entities, mandates),
    )
    table.data[:] = 1  # an entity drawn twice for a mandate cites it once
    sparse.save_npz(place / "table.npz", table)
    if times <= build_up_to:
        _write_data(place / "data", table, random)
    return Size(entities, mandates, table.nnz)


def _write_data(place: Path, table: sparse.csr_array, random: np.random.Generator) -> None:
    """Write the shipped tables with these entities, mandates and citations besides."""
    shutil.copytree(folder("data"), place)
    _append(place / "sources.csv", _source())
    _append(place / "entities.csv", (_entity(i) for i in range(table.shape[0])))
    words = [row["label"] for row in _rows("concepts") if row["scheme"] == "theme"]
    titles = random.choice(words, table.shape[1])
    _append(place / "mandates.csv", (_mandate(i, titles[i]) for i in range(table.shape[1])))
    cells = table.tocoo()
    pairs = zip(cells.row.tolist(), cells.col.tolist(), strict=True)
    _append(place / "citations.csv", (_citation(*pair) for pair in pairs))


def _citation(entity: int, mandate: int) -> Mapping[str, str]:
    return {
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


def _append(file: Path, rows: Iterator[Mapping[str, str]]) -> None:
    with file.open(encoding="utf-8", newline="") as known:
        heads = next(csv.reader(known))
    with file.open("a", encoding="utf-8", newline="") as more:
        writer = csv.DictWriter(more, heads, restval="", lineterminator="\n")
        writer.writerows(rows)
