"""``emg-graph coalition``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import (
    Origin,
    graph_options,
    opened,
    output_options,
    record_option,
    recorded,
    several,
    tell,
    width,
    write,
)


@click.command()
@click.argument("agreement", type=ThingName("agreement"))
@click.option(
    "--function",
    "--functions",
    "functions",
    multiple=True,
    callback=several,
    type=ThingName("function"),
    metavar="F",
    help="Cover this function, or these with commas between them; without it, those for which fewer"
    " than two are documented.",
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    type=ThingName("theme"),
    metavar="T",
    help="Cover each function on this theme, by work on it or on a narrower one.",
)
@click.option(
    "--country",
    type=ThingName("country"),
    metavar="C",
    help="Say who is on record in this country; of those with equal cover these come first.",
)
@click.option(
    "--size",
    type=click.IntRange(min=1),
    metavar="N",
    help="The groups of at most so many that cover most.",
)
@click.option(
    "--require",
    multiple=True,
    type=ThingName("entity"),
    metavar="E",
    help="Only groups with this entity.",
)
@click.option(
    "--exclude",
    multiple=True,
    type=ThingName("entity"),
    metavar="E",
    help="Only groups without this entity.",
)
@click.option(
    "--times",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="R",
    help="How many members must cover each function.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="Show so many groups and say how many are left; 0 shows all, at most ten.",
)
@record_option
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    agreement: str,
    functions: tuple[str, ...],
    themes: tuple[str, ...],
    country: str | None,
    size: int | None,
    require: tuple[str, ...],
    exclude: tuple[str, ...],
    times: int,
    limit: int,
    record: bool,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """The smallest groups that cover what few are on record for in an AGREEMENT.

    A group is the smallest by the record: its members are on record, in related agreements or by
    an offer, for each function that is wanted here. It is not the best group there could be, and
    says nothing of merit, means or will.

    Wanted are the functions for which fewer than two actors are documented. Members are entities
    without a documented role here; only what is stated and current counts, and what is inferred
    or earlier is told apart. Groups are found by trying every choice, not by taking the largest
    member first; entities that cover the same stand for one another. For each place it is told
    what it covers, what nobody else of the group covers, and on which claims that rests; then
    what is left uncovered, and a group without the member who covers most. JSON holds every claim
    and up to ten groups, whatever the limit.

    \b
    Examples:
      emg-graph coalition minamata
      emg-graph coalition bbnj --limit 2
      emg-graph coalition cites --functions capacity,enforcement --times 2
      emg-graph coalition ramsar --theme biodiversity --size 2
      emg-graph coalition basel --country JOR --exclude UNEP --format json
    """
    from emg_graph.views import coalition, rows  # noqa: PLC0415

    graph = opened(origin)
    found = graph.coalition(
        agreement,
        functions=functions,
        themes=themes,
        country=country,
        size=size,
        require=require,
        exclude=exclude,
        times=times,
    )
    if record:
        recorded(graph, found)
    if form == "table":
        write(coalition.to_text(found, limit, width()), output)
    elif form == "json":
        write(coalition.to_json(found), output)
    else:
        write(rows.render(coalition.to_table(found, limit), form), output)
        if not found.needs:
            tell(coalition.nothing_wanted(found))
        if more := coalition.hidden(len(found.groups), limit):
            tell(more)
