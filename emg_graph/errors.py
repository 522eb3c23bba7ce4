"""What can go wrong, as one tree.

::

    EmgGraphError                   anything this package raises on purpose
    ├── DataError                   the tables cannot be loaded; holds every problem found
    ├── DocumentError               a document to import is not what it should be
    ├── UnknownNameError            no entity, agreement, theme … of that name
    ├── QueryError                  a query or one of its parameters is wrong
    ├── StoreError                  the stored graph is missing, locked or unreadable
    └── OutputError                 the output cannot be written or has no such format
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EmgGraphError(Exception):
    """Base of every error that this package raises on purpose."""


class UnknownNameError(EmgGraphError):
    """No thing in the graph answers to the given name, or none of the kind asked for."""

    def __init__(
        self,
        name: str,
        kind: str,
        suggestions: Sequence[str] = (),
        other: str | None = None,
        *,
        listed_by: str = "emg-graph find",
    ) -> None:
        self.name, self.kind, self.suggestions = name, kind, tuple(suggestions)
        self.other = other
        if other:
            hint = f"; it is the name of another kind of thing, {other}: try emg-graph show"
        elif len(self.suggestions) > 3:
            hint = f"; it is one of {', '.join(self.suggestions)}"
        elif self.suggestions:
            hint = f"; did you mean {_either(self.suggestions)}?"
        else:
            hint = f"; try {listed_by}"
        super().__init__(f"no {kind} is called {name!r}{hint}")


class QueryError(EmgGraphError):
    """A query is not valid SPARQL, or a parameter is unknown, missing or of the wrong kind."""


class StoreError(EmgGraphError):
    """The stored graph is missing, in use, or not one of ours."""


class DocumentError(EmgGraphError):
    """A document to import cannot be read, or is not of the kind that it should be."""


class OutputError(EmgGraphError):
    """An output path or format cannot be used."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell, row or file of the tables.

    >>> print(Problem("roles.csv", 14, "entity", "unepp", "is unknown", "did you mean 'unep'?"))
    roles.csv:14 entity: 'unepp' is unknown; did you mean 'unep'?
    """

    path: str
    line: int | None
    column: str | None
    value: str | None
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        column = f" {self.column}" if self.column else ""
        value = "" if self.value is None else f"{_shortened(self.value)!r} "
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{column}: {value}{self.message}{hint}"


class DataError(EmgGraphError):
    """The tables have problems; every one is counted, the first ``LIMIT`` are kept."""

    LIMIT = 50

    def __init__(self, problems: Sequence[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems[: self.LIMIT])
        self.total = len(problems) if total is None else total
        lines = [str(problem) for problem in self.problems]
        if (hidden := self.total - len(self.problems)) > 0:
            lines.append(f"… and {hidden:,} more")
        noun = "problem" if self.total == 1 else "problems"
        super().__init__(f"{self.total:,} {noun} in the data:\n" + "\n".join(lines))


def _either(words: Sequence[str]) -> str:
    """Join quoted alternatives: ``'a'``, ``'a' or 'b'``, ``'a', 'b' or 'c'``."""
    quoted = [repr(word) for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _shortened(value: str, width: int = 80) -> str:
    return value if len(value) <= width else value[: width - 1] + "…"
