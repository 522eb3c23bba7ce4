"""What the graph answers with: tables of plain values, and lists and pages that hold them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self, TypeVar

from emg_graph.errors import OutputError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pandas import DataFrame

Value = str | int | float | bool | None
T = TypeVar("T", bound="DataclassInstance")

SHOWN = 60
"""So many rows of a table are shown in a notebook."""

_LINE = 40
"""A longer text takes several lines of a cell."""
_LARGEST = 2**63 - 1
_TEXT = "text-align:left;vertical-align:top;max-width:40em;overflow-wrap:break-word"
_LONG_TEXT = f"{_TEXT};min-width:18em"
_NUMBER = "text-align:right;vertical-align:top"


class Tabular(ABC):
    """An answer that can be laid out as a table, in a data frame, and in a notebook."""

    __slots__ = ()

    @abstractmethod
    def to_table(self) -> Table:
        """Return the answer as named columns and rows of plain values."""

    def to_pandas(self) -> DataFrame:
        """Return the answer as a data frame: numbers as numbers, dates as text, gaps as NA.

        Raises:
            OutputError: pandas is not installed.
        """
        return to_frame(self.to_table())

    def _repr_html_(self) -> str:
        return to_html(((None, self.to_table()),))


@dataclass(frozen=True, slots=True)
class Table(Tabular):
    """An answer: named columns, and rows of strings, numbers or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Value]]:
        """Return each row as a mapping from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_table(self) -> Table:
        """Return the table itself."""
        return self


class Listing(tuple[T, ...], Tabular):
    """Answers of one kind in their order: a tuple that is also a table, a row each."""

    of: type[T]
    """The kind, whose fields are the columns."""

    def __new__(cls, items: Iterable[T], of: type[T]) -> Self:
        """Make a listing of what may be no items at all, but has columns."""
        listing = super().__new__(cls, items)
        listing.of = of
        return listing

    def __getnewargs__(self) -> tuple[tuple[T, ...], type[T]]:
        return tuple(self), self.of

    def to_table(self) -> Table:
        """Return a row for each item and a column for each of its fields."""
        names = tuple(field.name for field in fields(self.of))
        return Table(names, tuple(tuple(getattr(item, name) for name in names) for item in self))


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known of one thing: its name, and one table for each kind of statement."""

    id: str
    kind: str
    name: str
    groups: tuple[tuple[str, Table], ...]

    def to_pandas(self) -> dict[str, DataFrame]:
        """Return a data frame for each group, by its title; their columns differ.

        Raises:
            OutputError: pandas is not installed.
        """
        return {title: to_frame(table) for title, table in self.groups}

    def _repr_html_(self) -> str:
        return to_html(self.groups, title=self.name, note=f"{self.kind} {self.id}")


def to_frame(table: Table) -> DataFrame:
    """Return a table as a data frame.

    Raises:
        OutputError: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415  (only who asks for a frame needs it)
    except ImportError as error:
        message = "a data frame needs pandas: pip install 'emg-graph[pandas]'"
        raise OutputError(message) from error
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    cells = {
        place: pd.Series([pd.NA if v is None else v for v in column], dtype=_dtype(column))
        for place, column in enumerate(columns)
    }
    frame = pd.DataFrame(cells, index=pd.RangeIndex(len(table)))
    frame.columns = pd.Index(table.columns)
    return frame


def _dtype(column: Sequence[Value]) -> str:
    """Return the pandas type that holds a column as it is, with room for what is missing."""
    present = [value for value in column if value is not None]
    kinds = {type(value) for value in present}
    if not kinds or any(type(v) is int and abs(v) > _LARGEST for v in present):
        return "object"
    known = (({bool}, "boolean"), ({int}, "Int64"), ({int, float}, "Float64"), ({str}, "string"))
    return next((dtype for fitting, dtype in known if kinds <= fitting), "object")


def to_html(
    groups: Iterable[tuple[str | None, Table]],
    title: str = "",
    note: str = "",
    empty: str = "(no rows)",
) -> str:
    """Return titled tables for a notebook; everything in them is text.

    >>> to_html([("None", Table(("id",), ()))], title="<script>").splitlines()[1:]
    ['<h3>&lt;script&gt;</h3>', '<h4>None</h4>', '<p>(no rows)</p>', '</div>']
    """
    from html import escape  # noqa: PLC0415  (a command prints no HTML)

    # A notebook would read two dollar signs in a cell as a formula.
    lines = ['<div class="emg-graph mathjax_ignore tex2jax_ignore" style="overflow-x:auto">']
    lines += [f"<h3>{escape(title)}</h3>"] if title else []
    lines += [f"<p>{escape(note)}</p>"] if note else []
    for name, table in groups:
        lines += [f"<h4>{escape(name)}</h4>"] if name else []
        lines += _html_lines(table) if table.rows else [f"<p>{escape(empty)}</p>"]
    return "\n".join([*lines, "</div>"])


def _html_lines(table: Table) -> list[str]:
    heads = "".join(_html_cell("th", name.replace("_", " ")) for name in table.columns)
    lines = ["<table>", f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
    for row in table.rows[:SHOWN]:
        lines += [f"<tr>{''.join(_html_cell('td', value) for value in row)}</tr>"]
    lines += ["</tbody>", "</table>"]
    if (hidden := len(table) - SHOWN) > 0:
        lines.append(f"<p>… and {hidden:,} more rows; to_pandas() has all {len(table):,}</p>")
    return lines


def _html_cell(tag: str, value: Value) -> str:
    from html import escape  # noqa: PLC0415

    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    style = _NUMBER if number else _LONG_TEXT if len(text) > _LINE else _TEXT
    return f'<{tag} style="{style}">{escape(text).replace("|", "|<wbr>")}</{tag}>'
