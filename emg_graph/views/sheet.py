"""Everything known of one thing, group after group."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from emg_graph.answers import Table
from emg_graph.views import rows


class Grouped(Protocol):
    """A named thing with titled tables."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def groups(self) -> Sequence[tuple[str, Table]]: ...  # noqa: D102


def to_text(profile: Grouped, width: int = 100, limit: int = 0) -> str:
    """Return the groups as tables for a terminal, each with so many rows; 0 shows all.

    A column that says in every row of several what is shown is left out.
    """
    parts = [f"{profile.name}\n{profile.kind} {profile.id}\n"]
    for title, table in profile.groups:
        shown = _without(_first(table, limit), profile.id)
        text = rows.render(shown, "table", width)
        parts.append(f"{title.upper()}\n{text}{_hidden(len(table), limit)}")
    return "\n".join(parts)


def _first(table: Table, limit: int) -> Table:
    return Table(table.columns, table.rows[:limit] if limit else table.rows)


def _hidden(total: int, limit: int) -> str:
    more = total - limit if limit else 0
    return f"… and {more:,} more; --limit 0 shows all {total:,}\n" if more > 0 else ""


def _without(table: Table, itself: str) -> Table:
    """Return a table of several rows without the columns that hold one id alone."""
    if len(table) < 2:
        return table
    kept = [i for i in range(len(table.columns)) if {row[i] for row in table.rows} != {itself}]
    columns = tuple(table.columns[i] for i in kept)
    return Table(columns, tuple(tuple(row[i] for i in kept) for row in table.rows))


def to_markdown(profile: Grouped) -> str:
    """Return the groups as Markdown tables."""
    parts = [f"# {rows.markdown_text(profile.name)}\n\n{profile.kind} `{profile.id}`\n"]
    parts += [f"## {title}\n\n{rows.to_markdown(table)}" for title, table in profile.groups]
    return "\n".join(parts)


def to_json(profile: Grouped) -> str:
    """Return the groups as one JSON object."""
    groups = {title: table.records() for title, table in profile.groups}
    data = {"id": profile.id, "kind": profile.kind, "name": profile.name, "groups": groups}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
