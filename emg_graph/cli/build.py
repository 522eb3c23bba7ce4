"""``emg-graph build``."""

from __future__ import annotations

from pathlib import Path

import click

from emg_graph.cli.options import graph_options, tell


@click.command()
@graph_options
def command(store: str | None, data: Path | None) -> None:
    """Build the graph from the tables, and only then replace the stored one.

    Reports every problem of the tables at once, with file, line, column, value and what to do.
    If there is one, or the build is stopped, the graph of before stays in use.

    \b
    Examples:
      emg-graph build
      emg-graph build --data my-tables --store my-graph
    """
    from emg_graph import build  # noqa: PLC0415
    from emg_graph.errors import StoreError  # noqa: PLC0415
    from emg_graph.resources import folder  # noqa: PLC0415
    from emg_graph.store import MEMORY  # noqa: PLC0415

    if store == MEMORY:
        raise StoreError("a build into memory: would be gone at once; name a folder")
    place = build.store_folder(store, data)
    _, manifest = build.build_store(place, data or folder("data"), tell)
    tell(f"data {manifest.data_version}, sha256 {manifest.data_hash}")
