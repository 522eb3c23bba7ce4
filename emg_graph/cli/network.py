"""``emg-graph network``."""

from __future__ import annotations

from pathlib import Path

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, tell, write
from emg_graph.errors import OutputError

VIEWS = ("all", "entities", "agreements", "gaps")
_PAGE = "The .html page; - is standard output."


@click.command()
@click.option(
    "--agreement",
    type=ThingName("agreement"),
    metavar="A",
    help="Only what touches this agreement, and related work.",
)
@click.option(
    "--entity",
    type=ThingName("entity", "mechanism"),
    metavar="E",
    help="Only what touches this entity or mechanism.",
)
@click.option(
    "--theme",
    type=ThingName("theme"),
    metavar="T",
    help="Only what has this theme, and who serves it.",
)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default="all",
    show_default=True,
    help="Everything; entities by what they share; agreements likewise; missing links.",
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(), required=True, help=_PAGE)
@graph_options
def command(
    agreement: str | None,
    entity: str | None,
    theme: str | None,
    view: str,
    output: str,
    origin: Origin,
) -> None:
    """Write the network as a page to explore in a browser.

    Entities, agreements, mechanisms, workstreams and themes by shape and colour; a line for each
    link, wider with more evidence, whole where a source states it, dotted where it is inferred.
    Search by any name, filter by the legend, click for the statements with their sources, look one
    or two steps around a thing, send the address, save the picture. The page is one file and needs
    no network.

    \b
    Examples:
      emg-graph network -o network.html
      emg-graph network --agreement minamata -o minamata-network.html
      emg-graph network --entity UNICEF -o unicef.html
      emg-graph network --theme chemicals -o chemicals.html
      emg-graph network --view gaps -o gaps.html
    """
    if output != "-" and Path(output).suffix.lower() not in (".html", ".htm"):
        raise OutputError(f"a network is a .html page, not {output!r}; other forms: export")
    graph = opened(origin)
    page = graph.network(view, agreement=agreement, entity=entity, theme=theme)
    counts = f"{len(page.network.nodes):,} things, {len(page.network.links):,} links"
    tell(f"writing {page.network.title}: {counts}")
    write(page.to_html(), output)
    if output != "-":
        tell(f"{output} is ready")
