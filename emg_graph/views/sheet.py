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


def to_text(profile: Grouped, width: int = 100) -> str:
    """Return the groups as tables for a terminal."""
    parts = [f"{profile.name}\n{profile.kind} {profile.id}\n"]
    parts += [
        f"{title.upper()}\n{rows.render(table, 'table', width)}" for title, table in profile.groups
    ]
    return "\n".join(parts)


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
