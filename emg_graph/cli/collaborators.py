"""``emg-graph collaborators``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import Origin, graph_options, opened, output_options, width, write


@click.command()
@click.argument("agreement", type=ThingName("agreement"))
@click.option(
    "--function",
    "functions",
    multiple=True,
    type=ThingName("function"),
    metavar="F",
    help="Only candidates whose evidence touches this function (finance, data …).",
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    type=ThingName("theme"),
    metavar="T",
    help="Look at this theme instead of the agreement's own.",
)
@click.option(
    "--exclude-source",
    "exclude_sources",
    multiple=True,
    type=ThingName("source"),
    metavar="S",
    help="Leave out every claim from this source.",
)
@click.option(
    "--kinds",
    "kinds",
    multiple=True,
    type=ThingName("entity-kind"),
    metavar="K",
    help="Only entities of this kind, e.g. specialised-agency.",
)
@click.option(
    "--country",
    type=ThingName("country"),
    metavar="C",
    help="Say also what this country is to it, and who could help from where (JOR, JO, Jordan).",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Show so many of each band and say how many are left; 0 shows all.",
)
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    agreement: str,
    functions: tuple[str, ...],
    themes: tuple[str, ...],
    exclude_sources: tuple[str, ...],
    kinds: tuple[str, ...],
    country: str | None,
    limit: int,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """Who already serves an AGREEMENT, who else could and why.

    First those already linked, with role, basis and source. Then candidates: entities of the UN
    system and treaty secretariats without a documented role there, in three bands: work on the
    agreement itself, related work, and what is only near; alphabetical within each. Then the
    functions for which nobody is documented. With a country, its status under the agreement
    comes first; in each band those present there come first, then those of its region, with
    sums and headquarters. JSON holds every candidate with its score, rank and evidence channels,
    whatever the limit.

    \b
    Examples:
      emg-graph collaborators minamata
      emg-graph collaborators cites --function enforcement --limit 5
      emg-graph collaborators "Paris Agreement" --theme human-mobility
      emg-graph collaborators unfccc --country JOR --limit 3
      emg-graph collaborators basel --format json -o basel.json
    """
    from emg_graph.views import listing, rows  # noqa: PLC0415

    graph = opened(origin)
    found = graph.collaborators(
        agreement,
        functions=functions,
        themes=themes,
        kinds=kinds,
        exclude_sources=exclude_sources,
        country=country,
    )
    if form == "table":
        write(listing.to_text(found, limit, width()), output)
    elif form == "json":
        write(listing.to_json(found), output)
    else:
        write(rows.render(listing.to_table(found, limit), form), output)
        _say_what_is_hidden(found, limit)


def _say_what_is_hidden(found: object, limit: int) -> None:
    """Name on standard error what a limit keeps from rows, where there is no place to say it."""
    from emg_graph.analysis.candidates import Collaborators  # noqa: PLC0415
    from emg_graph.analysis.reasons import BANDS  # noqa: PLC0415
    from emg_graph.cli.options import tell  # noqa: PLC0415
    from emg_graph.views.listing import hidden  # noqa: PLC0415

    assert isinstance(found, Collaborators)
    for band in BANDS:
        if more := hidden(len(found.band(band)), limit):
            tell(f"{band}: {more}")
