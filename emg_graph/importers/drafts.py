"""What a document gives: rows for review, and what in it could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from emg_graph.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Draft:
    """A row of a table as a document gives it: cells as text, absent ones empty.

    Its ``source`` and ``locator`` name the document and the place in it.
    """

    table: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell or paragraph of a document that could not be understood.

    >>> print(Unread("sect14.docx", "table 3, row 7", "n/a", "is no symbol of a document"))
    sect14.docx, table 3, row 7: 'n/a' is no symbol of a document
    """

    path: str
    place: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, {self.place}: {self.value!r} {self.reason}"


@dataclass(frozen=True, slots=True)
class Omitted:
    """Something in a document that was understood and gives no row, on purpose.

    >>> print(Omitted("chart.csv", "line 7", "UNFICYP", "is no body of the tables"))
    chart.csv, line 7: 'UNFICYP' is no body of the tables
    """

    path: str
    place: str
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, {self.place}: {self.name!r} {self.reason}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of a document was read: rows of its own, those not understood among them."""

    path: str
    rows: int
    unread: int
    """How many of the rows have something in them that was not understood."""
    besides: str = ""
    """What else it holds that gives no row on purpose, counted and in words.

    This is for sums of many; the few that have names are ``Drafts.omitted``.
    """
    given: bool = True
    """Whether any row of the tables came of it; sources are none."""


@dataclass(slots=True)
class Drafts:
    """Everything that some documents of one kind give, in the order of the documents."""

    rows: list[Draft] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    omitted: list[Omitted] = field(default_factory=list)
    _counted: int = field(default=0, repr=False, compare=False)
    """How many rows there were when the last document was counted."""

    def add(self, table: str, **values: str | None) -> None:
        """Add a row; a value of None is an empty cell."""
        self.rows.append(Draft(table, {name: value or "" for name, value in values.items()}))

    def count(self, path: str, rows: int, unread: int, besides: str = "") -> None:
        """Note how much of a document was read, once its rows are added."""
        added = self.rows[self._counted :]
        given = any(draft.table != "sources" for draft in added)
        self.tallies.append(Tally(path, rows, unread, besides, given))
        self._counted = len(self.rows)

    def since(self, year: int | None) -> Iterator[Draft]:
        """Yield the rows, without those about an earlier year."""
        for draft in self.rows:
            about = draft.values.get("year_on")
            if not year or not about or int(about[:4]) >= year:
                yield draft

    def require_understood(self) -> None:
        """Refuse a document that was read and of which nothing was understood.

        Raises:
            DocumentError: there is one; it would add its source and nothing besides.
        """
        given = any(draft.table != "sources" for draft in self.rows)
        for tally in self.tallies:
            understood = tally.unread < tally.rows or (given and tally.given)
            if tally.unread and not tally.besides and not understood:
                first = next(one for one in self.unread if one.path == tally.path)
                rows = "1 row" if tally.rows == 1 else f"{tally.rows:,} rows"
                raise DocumentError(
                    f"{tally.path} was read and nothing in it understood ({rows}); the first is"
                    f" {first.place}: {first.value!r} {first.reason}"
                )
