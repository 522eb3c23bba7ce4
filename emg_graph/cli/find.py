"""``emg-graph find``."""

from __future__ import annotations

import sys

import click

from emg_graph.cli.names import KindName
from emg_graph.cli.options import Origin, graph_options, opened, output_options, tell, width, write


@click.command()
@click.argument("text")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=KindName(),
    metavar="K",
    help="Only things of this kind: entity, agreement, mechanism, theme …",
)
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(text: str, kinds: tuple[str, ...], origin: Origin, form: str, output: str) -> None:
    """Find things by a part of their name, acronym or alias, in any case or accent.

    Exits with 1 if nothing is found.

    \b
    Examples:
      emg-graph find mercury
      emg-graph find "bonn convention"
      emg-graph find oms --kind entity
    """
    from emg_graph.answers import Table  # noqa: PLC0415
    from emg_graph.errors import QueryError  # noqa: PLC0415
    from emg_graph.views import rows  # noqa: PLC0415

    if not any(character.isalnum() for character in text):
        raise QueryError("give a part of a name to look for, such as mercury")
    graph = opened(origin)
    if unknown := sorted({*kinds} - graph.names.kinds):
        known = ", ".join(sorted(graph.names.kinds))
        raise QueryError(f"there is no kind {unknown[0]!r}; use {known}")
    labels = graph.find(text, kinds)
    if not labels:
        near = graph.names.suggest(text, kinds)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        tell(f"nothing is called {text!r}{hint}")
        sys.exit(1)
    found = ((lb.identifier, lb.kind, graph.names.name_of(lb.identifier), lb.text) for lb in labels)
    table = Table(("id", "kind", "name", "found_as"), tuple(found))
    write(rows.render(table, form, width()), output)
