"""What the tables know already: names, codes of registries, and the rows themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from emg_graph.names import Names, labels_of
from emg_graph.records import Code, Country, Thing
from emg_graph.tables import Tables, read_tables


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Known:
    """The things of a data folder as a document may call them, and what it does not say itself."""

    tables: Tables
    names: Names
    codes: Mapping[tuple[str, str], str]
    """The id that a registry's code stands for, by registry and code."""
    countries: Mapping[str, str] = field(default_factory=dict)
    """The id of each country, by its code of three letters."""
    tell: Callable[[str], None] = _silent
    """Called with what is being read, where that takes long."""
    as_of: str | None = None
    """The day that a list is of by the word of whoever imports it, as it does not say so itself."""

    def by_code(self, registry: str, code: str) -> str | None:
        """Return the id of what a registry calls so, or None."""
        return self.codes.get((registry, " ".join(code.split())))

    def by_name(self, name: str, kinds: Sequence[str]) -> str | None:
        """Return the id of the thing of these tables that is called so in any way, or None."""
        label = self.names.get(name, kinds)
        return label.identifier if label else None

    def country(self, name: str) -> str | None:
        """Return the id of the country of that name, or code of three letters, or None."""
        return self.countries.get(name.strip()) or self.by_name(name, ("countries",))

    def has(self, table: str, identifier: str) -> bool:
        """Tell whether a table has a thing of that id."""
        rows = self.tables.rows[table]
        return any(isinstance(row, Thing) and row.id == identifier for row in rows)


def know(folder: Path, tell: Callable[[str], None] = _silent, *, as_of: str | None = None) -> Known:
    """Read what a data folder knows.

    Args:
        folder: the folder of tables.
        tell: called with what is being read, where that takes long.
        as_of: the day of the documents to be read, where they do not say it themselves.

    Raises:
        DataError: the folder's tables have problems; they are mended before anything is added.
    """
    tables = read_tables(folder)
    codes = {
        (row.registry, row.code): row.subject
        for row in tables.rows["codes"]
        if isinstance(row, Code)
    }
    rows = tables.rows["countries"]
    countries = {row.iso3: row.id for row in rows if isinstance(row, Country)}
    return Known(tables, Names(labels_of(tables.things())), codes, countries, tell, as_of)
