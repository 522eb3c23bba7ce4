"""``emg-graph show``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, output_options, width, write


@click.command()
@click.argument("thing", type=ThingName())
@graph_options
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=12,
    show_default=True,
    help="Rows shown of each group of a table; 0 shows all. JSON and Markdown always have all.",
)
@output_options("table", "json", "md")
def command(thing: str, origin: Origin, limit: int, form: str, output: str) -> None:
    """Everything known of one THING, grouped, each statement with its source.

    A thing is an entity, agreement, mandate, country, mechanism, workstream, theme, product,
    project, meeting or source, by id, name, symbol, acronym or alias.

    \b
    Examples:
      emg-graph show unicef
      emg-graph show "Green Customs" --format md
      emg-graph show A/RES/70/1
      emg-graph show mea-synergies --format json
    """
    from emg_graph.views import sheet  # noqa: PLC0415

    profile = opened(origin).show(thing)
    if form == "json":
        write(sheet.to_json(profile), output)
    elif form == "md":
        write(sheet.to_markdown(profile), output)
    else:
        write(sheet.to_text(profile, width(), limit), output)
