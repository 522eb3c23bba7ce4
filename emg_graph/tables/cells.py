"""One row of a table before it is checked: its cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from emg_graph.errors import Problem
from emg_graph.records import Claim, Row, columns

EMPTY = "-"
"""A cell of an overlay that empties the one below it, since an empty one keeps it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its file, its line, and how many folders lie below its own.

    >>> print(Place("my-overlay/roles.csv", 3, layer=1))
    my-overlay/roles.csv:3
    """

    path: str
    line: int
    layer: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"

    def problem(
        self, column: str | None, value: str | None, message: str, hint: str = ""
    ) -> Problem:
        """Return a problem at this place."""
        return Problem(self.path, self.line, column, value, message, hint)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row by column, tidied and unchecked."""

    place: Place
    values: Mapping[str, str]
    kept: Mapping[str, Place] = field(default_factory=dict)
    """The places of cells that an overlay keeps from the row below its own."""
    told: frozenset[str] = frozenset()
    """The columns with a problem that has been told already."""

    def at(self, column: str) -> Place:
        """Return where the cell of a column stands."""
        return self.kept.get(column, self.place)

    def key(self, model: type[Row]) -> tuple[str, ...]:
        """Return what tells the row from the others of its table; an absent cell is empty."""
        cells = (self.values.get(name, "") for name in identifying(model))
        return tuple("" if cell == EMPTY else cell for cell in cells)

    def over(self, below: Cells | None, model: type[Row]) -> Cells:
        """Lay the row over the one below: a cell with a value replaces, an empty one keeps."""
        values, kept, told = {}, {}, below.told if below else frozenset()
        for column in columns(model):
            name, cell = column.name, self.values.get(column.name, "")
            if below and (not cell or name in identifying(model)):
                values[name], kept[name] = below.values[name], below.at(name)
            else:
                values[name] = "" if cell == EMPTY else cell
            if cell == EMPTY and column.required:
                told |= {name}
        return Cells(self.place, values, kept, told)


def identifying(model: type[Row]) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart.

    These are the id or, for claims without one, those that make a claim what it is.

    >>> from emg_graph.records import Attendance, Position
    >>> identifying(Position), identifying(Attendance)
    (('id',), ('entity', 'body', 'capacity', 'source', 'locator'))
    """
    if "id" in model.model_fields:
        return ("id",)
    assert issubclass(model, Claim)
    return model.IDENTITY
