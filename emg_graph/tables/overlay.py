"""A folder of the user's own tables that are laid over those below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import Problem
from emg_graph.records import RECORDS, Row
from emg_graph.tables.lines import TableFile
from emg_graph.tables.reading import close

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
        names = _names(folder)
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "name a folder of tables"
        return Overlay((), frozenset(RECORDS), (Problem(label, None, None, None, message, hint),))
    tables = (TableFile(_FILES[name], folder, label, layer) for name in _FILES if name in names)
    wrong = [name for name in names if name not in _FILES]
    likely = {near for name in wrong if (near := _likeliest(name))}
    return Overlay(tuple(tables), frozenset(likely), tuple(_faults(label, names, wrong)))


def _names(folder: Path) -> list[str]:
    """Return the names of a folder's CSV files; a hidden one is none of the user's."""
    files = (file for file in folder.iterdir() if file.suffix.lower() == ".csv")
    return sorted(file.name for file in files if not file.name.startswith("."))


def _likeliest(name: str) -> str | None:
    """Return the table that a file was likely to be; ``entity`` and ``entities`` are near."""
    return next(iter(close(name.lower().removesuffix(".csv"), [*RECORDS], cutoff=0.7)), None)


def _faults(label: str, names: Iterable[str], wrong: Iterable[str]) -> Iterator[Problem]:
    if not names:
        hint = "an overlay has at least one, such as roles.csv"
        yield Problem(label, None, None, None, "holds no table", hint)
    for name in wrong:
        near = _likeliest(name)
        hint = f"did you mean {near}.csv?" if near else "emg-graph data columns lists the tables"
        yield Problem(f"{label}/{name}", None, None, None, "is no table", hint)
