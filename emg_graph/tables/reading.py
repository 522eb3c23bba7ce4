"""What is known of a folder while it is read: problems, ids seen, references to settle."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from emg_graph.errors import DataError, Problem
from emg_graph.records import SEPARATOR, THINGS, Claim, Column, ConceptRecord, Row
from emg_graph.records.columns import ANYTHING


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
    """What is known of the folder while it is read: ids seen, references to settle."""

    problems: Problems = field(default_factory=Problems)
    unread: set[str] = field(default_factory=set)
    """The tables with ids that could not be read: what refers to them is not judged."""
    places: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    schemes: dict[str, str] = field(default_factory=dict)
    references: list[tuple[str, int, Column, str]] = field(default_factory=list)
    identities: dict[tuple[object, ...], int] = field(default_factory=dict)


def note_references(
    path: str, line: int, header: Sequence[Column], values: Mapping[str, str], reading: Reading
) -> None:
    """Note every id to which a row refers, to be settled when all tables are read."""
    for column in header:
        if column.ref or column.concept:
            cell = values[column.name]
            for part in cell.split(SEPARATOR) if column.many else [cell]:
                if part:
                    reading.references.append((path, line, column, part))


def note_identity(
    path: str, line: int, values: Mapping[str, str], model: type[Row], reading: Reading
) -> None:
    """Note a row's id or, for a claim, its identity; report what another row has already."""
    if (identifier := values.get("id", "")) and (known := reading.places.get(identifier)):
        message, hint = "is already the id of another row", f"see {known[1]}:{known[2]}"
        reading.problems.add(Problem(path, line, "id", identifier, message, hint))
    elif identifier:
        reading.places[identifier] = (model.TABLE, path, line)
        if issubclass(model, ConceptRecord):
            reading.schemes[identifier] = values["scheme"]
    if issubclass(model, Claim):
        identity = (path, *(values[name] for name in model.IDENTITY))
        if (first := reading.identities.setdefault(identity, line)) != line:
            message = f"makes the same claim as line {first}"
            hint = f"merge the two, or tell them apart in {', '.join(model.IDENTITY)}"
            reading.problems.add(Problem(path, line, None, None, message, hint))


def unsettled(reading: Reading) -> Iterator[Problem]:
    """Yield every reference to an id that is unknown or of the wrong kind."""
    by_table: dict[str, list[str]] = {}
    for identifier, (table, _, _) in reading.places.items():
        by_table.setdefault(table, []).append(identifier)
    by_scheme: dict[str, list[str]] = {}
    for identifier, scheme in reading.schemes.items():
        by_scheme.setdefault(scheme, []).append(identifier)
    for path, line, column, value in reading.references:
        tables, kind = _targets(column)
        if column.concept:
            right = reading.schemes.get(value) == column.concept.scheme
            allowed = by_scheme.get(column.concept.scheme, [])
        else:
            right = value in reading.places and reading.places[value][0] in tables
            allowed = [] if right else [i for table in tables for i in by_table.get(table, [])]
        if right or (value not in reading.places and not reading.unread.isdisjoint(tables)):
            continue
        near = [] if reading.problems.full else close(value, allowed)
        hint = f"did you mean {near[0]!r}?" if near else f"it must be {kind}"
        message = f"is not {kind}" if value in reading.places else "is unknown"
        yield Problem(path, line, column.name, value, message, hint)


@cache
def _targets(column: Column) -> tuple[tuple[str, ...], str]:
    """Return the tables to which a column may refer, and how to say so."""
    if column.concept:
        return ("concepts",), f"a concept of the scheme {column.concept.scheme!r}"
    assert column.ref is not None
    if column.ref == ANYTHING:
        return tuple(model.TABLE for model in THINGS), "the id of a thing"
    files = " or ".join(f"{table}.csv" for table in column.ref.tables)
    return column.ref.tables, f"an id of {files}"


def close(word: str, words: Sequence[str]) -> list[str]:
    """Return the words that are spelt much like one, the likest first."""
    return difflib.get_close_matches(word, words, n=3, cutoff=0.75)
