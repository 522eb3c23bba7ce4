"""``emg-graph package``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, tell, write
from emg_graph.errors import OutputError

if TYPE_CHECKING:
    from emg_graph.views.package import Package

_PAGES = (".html", ".htm")
_TABLES = {".csv": "csv", ".json": "json"}


@click.command()
@click.argument("agreement", type=ThingName("agreement"))
@click.option(
    "--country",
    required=True,
    type=ThingName("country"),
    metavar="C",
    help="The country: its ISO code of three or two letters, or its name.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(),
    default="-",
    help="A .html page, .md text, or the findings as .csv or .json; - writes Markdown to standard"
    " output.",
)
@graph_options
def command(agreement: str, country: str, output: str, origin: Origin) -> None:
    """Write the package of an AGREEMENT for one country.

    The country's status under the agreement; who is present with how much; what is under way; who
    covers which function and what nobody covers; good practice on record; steps for a coalition
    with the responsible post left for you to fill in; where the data is silent; and numbered
    sources. The page is one file, opens without a network, and prints on A4.

    \b
    Examples:
      emg-graph package minamata --country JOR -o minamata-jordan.html
      emg-graph package unfccc --country Rwanda -o unfccc-rwanda.md
      emg-graph package cites --country PAN -o cites-panama.csv
    """
    suffix = Path(output).suffix.lower() if output != "-" else ".md"
    if suffix not in (*_PAGES, ".md", *_TABLES):
        raise OutputError(
            f"a package is a .html page, a .md text, or a .csv or .json table, not {output!r}"
        )
    graph = opened(origin)
    package = graph.package(agreement, country)
    tell(f"writing the package of {package.title}")
    write(_formed(package, suffix), output)
    if output != "-":
        tell(f"{output} is ready")


def _formed(package: Package, suffix: str) -> str:
    """Return the package in the form that a suffix stands for."""
    if suffix in _TABLES:
        from emg_graph.views import rows  # noqa: PLC0415

        return rows.render(package.to_table(), _TABLES[suffix])
    return package.to_html() if suffix in _PAGES else package.to_markdown()
