"""``emg-graph ontology``."""

from __future__ import annotations

import click

from emg_graph.cli.names import SchemeName, TermName
from emg_graph.cli.options import Origin, graph_options, opened, output_options, width, write


@click.command()
@click.argument("term", type=TermName(), required=False)
@click.option(
    "--scheme",
    "schemes",
    multiple=True,
    type=SchemeName(),
    metavar="S",
    help="List the concepts of this scheme, e.g. theme.",
)
@graph_options
@output_options("table", "csv", "json", "md", "html")
def command(
    term: str | None,
    schemes: tuple[str, ...],
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """The terms of the ontology, or one TERM: meaning, columns, alignments, uses.

    A term is called by its name (serves, emg:serves) or its label. Where it is used and what it
    holds is read off the tables. The table names the concept schemes, and --scheme lists the
    concepts of one; the other formats hold everything, html as one page that opens without a
    network.

    \b
    Examples:
      emg-graph ontology
      emg-graph ontology emg:serves
      emg-graph ontology Role --format md
      emg-graph ontology --scheme theme --scheme function
      emg-graph ontology -o ontology.html
    """
    from emg_graph.views import ontology  # noqa: PLC0415

    found = opened(origin).ontology(term, schemes=schemes)
    overview = term is None and not schemes
    write(ontology.render(found, form, width(), overview=overview), output)
