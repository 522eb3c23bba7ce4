"""A folder of the user's own tables that are laid over those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import Problem
from emg_graph.records import RECORDS, Row
from emg_graph.tables.lines import TableFile
from emg_graph.tables.misnamed import csv_names, faults, likeliest, strays

_FILES = {f"{table}.csv": model for table, model in RECORDS.items()}


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a folder holds: some of the tables, and files that are none."""

    tables: tuple[TableFile, ...]
    missed: frozenset[str] = frozenset()
    """The tables that it may hold as well, under a name that is none."""
    problems: tuple[Problem, ...] = ()

    def table(self, model: type[Row]) -> TableFile | None:
        """Return the overlay's table of a model, if it holds it."""
        return next((table for table in self.tables if table.model is model), None)


def open_overlays(folders: Sequence[Path]) -> list[Overlay]:
    """Return what each folder holds; the files that are no CSV are passed over."""
    return [
        _opened(folder, label, layer)
        for layer, (folder, label) in enumerate(zip(folders, labels(folders), strict=True), 1)
    ]


def labels(folders: Sequence[Path]) -> list[str]:
    """Return the names by which problems tell overlays apart: as short as they can be.

    >>> labels([Path("/a/team"), Path("/b/team"), Path("/b/other")])
    ['a/team', 'b/team', 'b/other']
    """
    places = [folder.resolve() for folder in folders]
    length = 1
    while True:
        names = ["/".join(place.parts[-length:]) for place in places]
        if len({*names}) == len({*places}):
            return names
        length += 1


def _opened(folder: Path, label: str, layer: int) -> Overlay:
    try:
        names = csv_names(folder)
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "name a folder of tables"
        return Overlay((), frozenset(RECORDS), (Problem(label, None, None, None, message, hint),))
    tables = (TableFile(_FILES[name], folder, label, layer) for name in _FILES if name in names)
    wrong = strays(names)
    problems = tuple(faults(wrong, label)) if names else (_empty(label),)
    return Overlay(tuple(tables), likeliest(wrong), problems)


def _empty(label: str) -> Problem:
    hint = "an overlay has at least one, such as roles.csv"
    return Problem(label, None, None, None, "holds no table", hint)
