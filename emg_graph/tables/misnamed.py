"""Files of a folder that are no table, and the tables that they were likely to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from emg_graph.errors import Problem
from emg_graph.records import RECORDS
from emg_graph.tables.reading import close

_FILES = frozenset(f"{table}.csv" for table in RECORDS)


def csv_names(folder: Path) -> list[str]:
    """Return the names of a folder's CSV files; a hidden one is none of the user's.

    Raises:
        OSError: the folder cannot be read.
    """
    files = (file for file in folder.iterdir() if file.suffix.lower() == ".csv")
    return sorted(file.name for file in files if not file.name.startswith("."))


def misnamed(folder: Path) -> list[str]:
    """Return a folder's CSV files that are no table; none of one that cannot be read."""
    try:
        return strays(csv_names(folder))
    except OSError:
        return []


def strays(names: Iterable[str]) -> list[str]:
    """Return the names that are of no table.

    >>> strays(["citations.csv", "citation.csv"])
    ['citation.csv']
    """
    return [name for name in names if name not in _FILES]


def likeliest(names: Iterable[str]) -> frozenset[str]:
    """Return the tables that files of these names were likely to be.

    >>> sorted(likeliest(["entity.csv", "Role.csv", "budget.csv"]))
    ['entities', 'roles']
    """
    return frozenset(near for name in names if (near := _nearest(name)))


def faults(names: Iterable[str], label: str = "") -> Iterator[Problem]:
    """Yield that each of these files is no table; the label is what problems call its folder."""
    for name in names:
        near = _nearest(name)
        hint = f"did you mean {near}.csv?" if near else "emg-graph data columns lists the tables"
        path = f"{label}/{name}" if label else name
        yield Problem(path, None, None, None, "is no table", hint)


def _nearest(name: str) -> str | None:
    """Return the table of the nearest name; ``entity`` and ``entities`` are near."""
    return next(iter(close(name.lower().removesuffix(".csv"), [*RECORDS], cutoff=0.7)), None)
