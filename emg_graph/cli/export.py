"""``emg-graph export``."""

from __future__ import annotations

from pathlib import Path

import click

from emg_graph.cli.options import graph_options, opened, tell
from emg_graph.errors import OutputError


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="A .nq, .trig or .ttl file, or a folder for CSV.",
)
@graph_options
def command(output: str, store: str | None, data: Path | None) -> None:
    """Write the whole graph: RDF with named graphs, merged Turtle, or a folder of CSV.

    The same data gives the same bytes.

    \b
    Examples:
      emg-graph export -o emg.trig
      emg-graph export -o emg-tables
    """
    if output == "-":
        raise OutputError("an export is a file or a folder; name one, such as emg.trig")
    place = opened(store, data).export(output)
    tell(f"{place} is ready")
