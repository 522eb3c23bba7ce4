"""What is known of a folder while it is read: problems, ids seen, references to settle."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from emg_graph.errors import DataError, Problem
from emg_graph.records import SEPARATOR, THINGS, Claim, Column, ConceptRecord, Row, columns
from emg_graph.records.columns import ANYTHING
from emg_graph.tables.cells import Cells, Place

_THING_TABLES = tuple(model.TABLE for model in THINGS)


@dataclass(slots=True)
class Problems:
    """The problems found so far: the first few kept, all counted."""

    kept: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, problem: Problem) -> None:
        """Count a problem, and keep it while there is room."""
        self.total += 1
        if not self.full:
            self.kept.append(problem)

    @property
    def full(self) -> bool:
        """Whether further problems are only counted, so that hints are not worth their time."""
        return len(self.kept) >= DataError.LIMIT

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add each problem."""
        for problem in problems:
            self.add(problem)


@dataclass(slots=True)
class Reading:
    """What is known of the folders while they are read: ids seen, references to settle."""

    problems: Problems = field(default_factory=Problems)
    unread: set[str] = field(default_factory=set)
    """The tables with ids that could not be read: what refers to them is not judged."""
    places: dict[str, tuple[str, Place]] = field(default_factory=dict)
    schemes: dict[str, str] = field(default_factory=dict)
    references: list[tuple[Place, Column, str]] = field(default_factory=list)
    identities: dict[tuple[str, ...], Place] = field(default_factory=dict)
    retired: dict[str, Place] = field(default_factory=dict)
    """The ids that an overlay retires, and where."""
    strays: list[tuple[Problem, str]] = field(default_factory=list)
    """Rows of an overlay that fit no row below and are not whole, each with its id."""

    def knows(self, identifier: str, column: Column) -> bool:
        """Return whether a row read so far has the id and may be referred to from the column."""
        if column.concept:
            return self.schemes.get(identifier) == column.concept.scheme
        return identifier in self.places and self.places[identifier][0] in tables_of(column)


def note_references(row: Cells, model: type[Row], reading: Reading) -> None:
    """Note every id to which a row refers and that is not known, to be settled in the end."""
    for column in _referring(model):
        if cell := row.values[column.name]:
            for part in cell.split(SEPARATOR) if column.many else (cell,):
                if not reading.knows(part, column):
                    reading.references.append((row.at(column.name), column, part))


@cache
def _referring(model: type[Row]) -> tuple[Column, ...]:
    return tuple(column for column in columns(model) if column.ref or column.concept)


def tables_of(column: Column) -> tuple[str, ...]:
    """Return the tables to whose rows a column may refer."""
    if column.ref is None:
        return ("concepts",)
    return _THING_TABLES if column.ref == ANYTHING else column.ref.tables


def note_identity(row: Cells, model: type[Row], reading: Reading) -> None:
    """Note a row's id or, for a claim, its identity; report what another row has already."""
    if (identifier := row.values.get("id", "")) and (known := reading.places.get(identifier)):
        reading.problems.add(same_id(identifier, row.at("id"), known[1]))
    elif identifier:
        reading.places[identifier] = (model.TABLE, row.at("id"))
        if issubclass(model, ConceptRecord):
            reading.schemes[identifier] = row.values["scheme"]
    if issubclass(model, Claim):
        identity = (model.TABLE, *(row.values[name] for name in model.IDENTITY))
        if (first := reading.identities.setdefault(identity, row.place)) != row.place:
            reading.problems.add(same_claim(model, row.place, first))


def same_id(identifier: str, place: Place, other: Place) -> Problem:
    """Say of the row that stands in the upper folder, or later, that another has its id."""
    upper, lower = _upper_first(place, other)
    hint = f"see {lower}"
    return upper.problem("id", identifier, "is already the id of another row", hint)


def same_claim(model: type[Claim], place: Place, other: Place) -> Problem:
    """Say of the row that stands in the upper folder, or later, that another claims the same."""
    upper, lower = _upper_first(place, other)
    first = f"line {lower.line}" if lower.path == upper.path else str(lower)
    hint = f"merge the two, or tell them apart in {', '.join(model.IDENTITY)}"
    return upper.problem(None, None, f"makes the same claim as {first}", hint)


def _upper_first(place: Place, other: Place) -> tuple[Place, Place]:
    return (other, place) if other.layer > place.layer else (place, other)


def close(word: str, words: Sequence[str], cutoff: float = 0.75) -> list[str]:
    """Return the words that are spelt much like one, the likest first."""
    return difflib.get_close_matches(word, words, n=3, cutoff=cutoff)
