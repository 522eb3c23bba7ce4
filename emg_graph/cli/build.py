"""``emg-graph build``."""

from __future__ import annotations

import click

from emg_graph.cli.options import Origin, graph_options, tell


@click.command()
@graph_options
def command(origin: Origin) -> None:
    """Build the graph from the tables, and only then replace the stored one.

    Reports every problem of the tables at once, with file, line, column, value and what to do.
    If there is one, or the build is stopped, the graph of before stays in use.

    \b
    Examples:
      emg-graph build
      emg-graph build --data my-tables --store my-graph
      emg-graph build --overlay country-team
    """
    from emg_graph import build  # noqa: PLC0415
    from emg_graph.errors import StoreError  # noqa: PLC0415
    from emg_graph.resources import folder  # noqa: PLC0415
    from emg_graph.store import MEMORY  # noqa: PLC0415

    if origin.store == MEMORY:
        raise StoreError("a build into memory: would be gone at once; name a folder")
    place = build.store_folder(origin.store, origin.data, origin.overlay)
    data = origin.data or folder("data")
    _, manifest = build.build_store(place, data, tell, overlay=origin.overlay)
    tell(f"data {manifest.data_version}, sha256 {manifest.data_hash}")
