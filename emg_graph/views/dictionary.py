"""The dictionary of the tables: every column, what may stand in it, what it becomes."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.answers import Table
from emg_graph.records import RECORDS, Claim, Column, columns
from emg_graph.views import rows


def to_table() -> Table:
    """Return one row for each column of each table."""
    found = (
        (name, column.name, "yes" if column.required else "", holds(column), _property(column))
        for name, model in RECORDS.items()
        for column in columns(model)
    )
    return Table(("table", "column", "required", "holds", "property"), tuple(found))


def to_markdown() -> str:
    """Return a section for each table: what a row is, its identity, its columns."""
    return "\n".join(_sections())


def holds(column: Column) -> str:
    """Say what may stand in a cell of a column."""
    if column.concept:
        what = f"concept of the scheme {column.concept.scheme}"
    elif column.ref:
        tables = ["any table" if table == "*" else f"{table}.csv" for table in column.ref.tables]
        what = f"id of {' or '.join(tables)}"
    elif column.date:
        what = "date: YYYY, YYYY-MM or YYYY-MM-DD"
    elif column.url:
        what = "web address"
    elif column.number:
        what = "whole number" if column.number == "xsd:integer" else "amount of money"
    else:
        what = "text"
    return f"list of: {what}" if column.many else what


def _sections() -> Iterator[str]:
    every = to_table()
    for name, model in RECORDS.items():
        doc = (model.__doc__ or "").strip().splitlines()[0]
        yield f"### {name}.csv\n\n{doc}"
        if issubclass(model, Claim):
            yield f"\nA claim is told from another by: {', '.join(model.IDENTITY)}."
        own = tuple(row[1:] for row in every.rows if row[0] == name)
        yield "\n" + rows.to_markdown(Table(every.columns[1:], own))


def _property(column: Column) -> str:
    if column.maps is None:
        return ""
    return f"{column.maps.property} (inferred)" if column.maps.inferred else column.maps.property
