"""``emg-graph brief``."""

from __future__ import annotations

from pathlib import Path

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, tell, write
from emg_graph.errors import OutputError


@click.command()
@click.argument("agreement", type=ThingName("agreement"))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    default="-",
    help="A .html page or .md text; - writes Markdown to standard output.",
)
@graph_options
def command(agreement: str, output: str, origin: Origin) -> None:
    """Write the collaboration brief of an AGREEMENT.

    One finding and one ask; who is linked; candidates with reasons and a first step; a coalition
    option; overlaps, gaps and reusable products; limits and numbered sources. The page is one
    file, opens without a network, and prints on two pages and an annex.

    \b
    Examples:
      emg-graph brief minamata -o minamata.html
      emg-graph brief "Basel Convention" -o basel.md
    """
    suffix = Path(output).suffix.lower() if output != "-" else ".md"
    if suffix not in (".html", ".htm", ".md"):
        raise OutputError(f"a brief is a .html page or a .md text, not {output!r}")
    graph = opened(origin)
    brief = graph.brief(agreement)
    tell(f"writing the brief of {brief.agreement.name}")
    write(brief.to_markdown() if suffix == ".md" else brief.to_html(), output)
    if output != "-":
        tell(f"{output} is ready")
