"""``emg-graph check``."""

from __future__ import annotations

import click

from emg_graph.cli.options import Origin, graph_options, opened, output_options, tell, write


@click.command()
@click.pass_context
@graph_options
@output_options("table", "csv", "json", "md")
def command(context: click.Context, origin: Origin, form: str, output: str) -> None:
    """Check the graph against the SHACL shapes and the violation queries.

    Prints one finding a row and exits with 1 if there are any.

    \b
    Examples:
      emg-graph check
      emg-graph check -o findings.csv
    """
    from emg_graph.answers import Table  # noqa: PLC0415
    from emg_graph.views import rows  # noqa: PLC0415

    graph = opened(origin)
    tell("checking shapes and rules")
    found = graph.check()
    if not found:
        tell("no findings")
        return
    table = Table(
        ("rule", "subject", "message"), tuple((f.rule, f.subject, f.message) for f in found)
    )
    write(rows.render(table, form), output)
    context.exit(1)
