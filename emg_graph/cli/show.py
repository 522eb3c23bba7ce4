"""``emg-graph show``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, output_options, width, write


@click.command()
@click.argument("thing", type=ThingName())
@graph_options
@output_options("table", "json", "md")
def command(thing: str, origin: Origin, form: str, output: str) -> None:
    """Everything known of one THING, grouped, each statement with its source.

    A thing is an entity, agreement, mechanism, workstream, theme, product, meeting or source, by
    id, name, acronym or alias.

    \b
    Examples:
      emg-graph show unicef
      emg-graph show "Green Customs" --format md
      emg-graph show mea-synergies --format json
    """
    from emg_graph.views import sheet  # noqa: PLC0415

    profile = opened(origin).show(thing)
    if form == "json":
        write(sheet.to_json(profile), output)
    elif form == "md":
        write(sheet.to_markdown(profile), output)
    else:
        write(sheet.to_text(profile, width()), output)
