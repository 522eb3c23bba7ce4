"""``emg-graph bridges``."""

from __future__ import annotations

import click

from emg_graph.cli.names import ThingName
from emg_graph.cli.options import (
    RELATIONS,
    Origin,
    graph_options,
    opened,
    output_options,
    record_option,
    recorded,
    tell,
    width,
    write,
)

_LIMIT = 10
"""So many of each part are shown to be read, if nothing else is said."""


@click.command()
@click.argument("entity", type=ThingName("entity"), required=False)
@click.option(
    "--by",
    "relation",
    type=click.Choice(RELATIONS),
    default="agreements",
    show_default=True,
    help="What the entities hold; one kind of link at a time, never mixed.",
)
@click.option(
    "--between",
    "groups",
    type=ThingName("agreement", "theme", "mechanism", "mandate", "target"),
    nargs=2,
    metavar="X Y",
    help="Only who holds items of both: clusters of agreements, or the communities of two items.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Where the chance begins; the same seed gives the same answer.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=None,
    help="Show so many of each part and say how many are left; 0 shows all."
    f"  [default: {_LIMIT} in a table, else all]",
)
@record_option
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    entity: str | None,
    relation: str,
    groups: tuple[str, str] | None,
    seed: int,
    limit: int | None,
    record: bool,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """Which entities lie between communities of agreements, and which they join.

    A bridge holds items that else are held by different entities: it could carry something from
    one side to the other. It is a position in the record, not importance: links that are missing
    from the record move it, so each number comes with how far it moves when 10 % or 20 % of the
    links are left out, and each source. Communities are found in the two-sided table itself. Those
    whose items lie in two or more come first, by name; nobody is ranked. With an ENTITY, all its
    measures and the claims on every side; JSON holds them for all. It takes some seconds.

    \b
    Examples:
      emg-graph bridges
      emg-graph bridges fao
      emg-graph bridges --between "Chemicals and Waste" "Biological Diversity"
      emg-graph bridges --by mechanisms --between un-water unsdg --format csv
    """
    from emg_graph.views import bridges, rows  # noqa: PLC0415

    graph = opened(origin)
    found = graph.bridges(relation, entity, between=groups or None, seed=seed, progress=tell)
    if record:
        recorded(graph, found)
    if form == "table":
        write(bridges.to_text(found, _LIMIT if limit is None else limit, width()), output)
    elif form == "json":
        write(bridges.to_json(found), output)
    else:
        write(rows.render(bridges.to_table(found, limit or 0), form), output)
        _say_what_is_hidden(found, limit or 0)


def _say_what_is_hidden(found: object, limit: int) -> None:
    """Name on standard error what a limit keeps from rows, where there is no place to say it."""
    from emg_graph.analysis.bridges import Bridges  # noqa: PLC0415
    from emg_graph.views.bridges import hidden  # noqa: PLC0415

    assert isinstance(found, Bridges)
    if found.asked is not None and not found.between:
        return
    parts = {"joins": found.joining, "others": found.others}
    counts = {name: len(every) for name, every in parts.items()}
    if found.between:
        counts = {"between": len(found.between.joints)}
    for part, count in counts.items():
        if more := hidden(count, limit):
            tell(f"{part}: {more}")
