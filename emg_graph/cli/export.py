"""``emg-graph export``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, tell
from emg_graph.errors import OutputError


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    required=True,
    help="A file, whose suffix says the form, or a folder for CSV.",
)
@click.option(
    "--view",
    type=click.Choice(("all", "entities", "agreements", "gaps")),
    help="Which view of the network a .graphml, .gexf or .json holds.  [default: all]",
)
@click.option(
    "--agreement",
    type=ThingName("agreement"),
    metavar="A",
    help="Of the network only what touches this agreement, and related work.",
)
@click.option(
    "--entity",
    type=ThingName("entity", "mechanism"),
    metavar="E",
    help="Of the network only what touches this entity or mechanism.",
)
@click.option(
    "--theme",
    type=ThingName("theme"),
    metavar="T",
    help="Of the network only what has this theme, and who serves it.",
)
@graph_options
def command(
    output: str,
    view: str | None,
    agreement: str | None,
    entity: str | None,
    theme: str | None,
    origin: Origin,
) -> None:
    """Write the graph for other tools; the same data gives the same bytes.

    What --record kept is left behind; emg-graph sparql "CONSTRUCT …" gives it out.

    \b
    .nq .trig .jsonld  RDF with its named graphs
    .ttl               RDF, all graphs merged
    .graphml .gexf     the network with places and colours, for Gephi and others
    .json              the network as node-link data, for networkx or d3
    a folder           CSV, one table for each kind of thing and claim

    \b
    Examples:
      emg-graph export -o emg.trig
      emg-graph export -o entities.gexf --view entities
      emg-graph export -o minamata.graphml --agreement minamata
      emg-graph export -o emg-tables
    """
    if output == "-":
        raise OutputError("an export is a file or a folder; name one, such as emg.trig")
    graph = opened(origin)
    place = graph.export(output, view, agreement=agreement, entity=entity, theme=theme)
    tell(f"{place} is ready")
