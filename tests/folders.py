"""A data folder of one's own, to spoil a cell of and see what is said of it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from emg_graph.errors import DataError
from emg_graph.tables import read_tables

SMALL = Path(__file__).parent / "data" / "small"


class DataFolder:
    """A copy of the small data folder, changed cell by cell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(SMALL, path)

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def read(self, table: str) -> list[list[str]]:
        """Return the header and the rows."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, rows: Iterable[Sequence[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table: str, column: str, value: str, row: int = 0) -> str:
        """Change a cell and return what stood in it; the first row stands on line 2."""
        rows = self.read(table)
        place = rows[0].index(column)
        before, rows[row + 1][place] = rows[row + 1][place], value
        self.write(table, rows)
        return before

    def get(self, table: str, column: str, row: int = 0) -> str:
        rows = self.read(table)
        return rows[row + 1][rows[0].index(column)]

    def add(self, table: str, **cells: str) -> int:
        """Add a row like the first but for some cells; return its line."""
        rows = self.read(table)
        row = dict(zip(rows[0], rows[1], strict=True)) | cells
        self.write(table, [*rows, list(row.values())])
        return len(rows) + 1

    def remove(self, table: str, row: int) -> None:
        rows = self.read(table)
        del rows[row + 1]
        self.write(table, rows)


def problems(folder: DataFolder) -> list[str]:
    """Return what is wrong with a folder, each problem in its words."""
    with pytest.raises(DataError) as caught:
        read_tables(folder.path)
    assert caught.value.total == len(caught.value.problems)
    return [str(problem) for problem in caught.value.problems]
