"""``emg-graph compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from emg_graph.cli.names import TableName, ThingName
from emg_graph.cli.options import output_options, overlay_option, tell, width, write

if TYPE_CHECKING:
    from emg_graph.analysis.comparison import Comparison

_ROWS = {"table": 12, "html": 40}
"""So many rows of each group are shown unless another limit is given; other forms show all."""


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=TableName(),
    metavar="TABLE",
    help="Only rows of this table (roles, participations, agreements …).",
)
@click.option(
    "--about",
    type=ThingName(),
    metavar="THING",
    help="Only this entity, agreement or other thing, and the rows that refer to it.",
)
@click.option(
    "--all",
    "editorial",
    is_flag=True,
    help="Show also the rows of which only a note, a confidence or a date of reading differs.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help="Rows shown of each table and kind of change; 0 shows all."
    " [default: 12 in a table, 40 on a page, else all]",
)
@overlay_option
@output_options("table", "csv", "tsv", "json", "jsonl", "md", "html")
def command(
    old: str,
    new: str,
    kinds: tuple[str, ...],
    about: str | None,
    editorial: bool,
    limit: int | None,
    overlay: tuple[Path, ...],
    form: str,
    output: str,
) -> None:
    """What was added, has ended and has changed on record from OLD to NEW, row by row.

    It does not say what changed in the world: what is added may be newly read, and a row that is
    gone may stand for work that goes on. Each change has its source and the place in it.

    OLD and NEW are each a folder of tables, the folder of a built graph, or the word shipped for
    the shipped tables; nothing is built or changed. An overlay is laid over NEW, so that shipped
    against shipped shows what it does. The numbers on system-wide collaboration count agreements
    with at least 3 entities or mechanisms in at least 3 functions, and say how much of their
    growth comes from sources that OLD did not have. A FILE that ends in .html is a page to read
    and print, without a network.

    \b
    Examples:
      emg-graph compare shipped shipped --overlay country-team
      emg-graph compare my-tables shipped --kind roles --about minamata -o minamata.html
    """
    from emg_graph.graph import compare  # noqa: PLC0415
    from emg_graph.views import comparison, rows  # noqa: PLC0415

    found = compare(
        old, new, kinds=kinds, about=about, editorial=editorial, overlay=overlay, progress=tell
    )
    most = _ROWS.get(form, 0) if limit is None else limit
    if form == "table":
        write(comparison.to_text(found, most, width()), output)
    elif form == "html":
        write(comparison.to_html(found, most), output)
    elif form == "json":
        write(comparison.to_json(found, most), output)
    else:
        write(rows.render(found.to_table(most), form), output)
    if form != "table":
        _say_the_rest(found, most, form)


def _say_the_rest(found: Comparison, limit: int, form: str) -> None:
    """Say on standard error what rows have no place for."""
    from emg_graph.views.comparison import editorial, hidden, title  # noqa: PLC0415

    if not found.every:
        tell(found.finding)
    if told := editorial(found):
        tell(told)
    if form != "html":
        for key, group in found.groups:
            if more := hidden(len(group), limit):
                tell(f"{title(*key)}: {more}")
