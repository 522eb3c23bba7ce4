"""``emg-graph data``: look after the tables."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from emg_graph.cli.options import output_options, tell, width, write
from emg_graph.errors import DataError

_FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group()
def command() -> None:
    """Check the tables, or put them in their canonical form.

    \b
    Examples:
      emg-graph data check
      emg-graph data format my-tables
    """


@command.command()
@click.argument("folder", type=_FOLDER, required=False)
@click.pass_context
def check(context: click.Context, folder: Path | None) -> None:
    """Read every table of FOLDER (the shipped one by default) and report all problems.

    Exits with 1 if there are any.

    \b
    Examples:
      emg-graph data check
      emg-graph data check my-tables
    """
    from emg_graph import resources, tables  # noqa: PLC0415

    try:
        found = tables.read_tables(folder or resources.folder("data"))
    except DataError as error:
        write(f"{error}\n", "-")
        context.exit(1)
    tell(f"{sum(len(rows) for rows in found.rows.values()):,} rows, no problems")


@command.command("format")
@click.argument("folder", type=_FOLDER, required=False)
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if it would.")
@click.pass_context
def format_(context: click.Context, folder: Path | None, only_check: bool) -> None:
    """Put the tables of FOLDER in canonical form: columns and rows in order, lists sorted, LF.

    \b
    Examples:
      emg-graph data format
      emg-graph data format my-tables --check
    """
    from emg_graph import resources, tables  # noqa: PLC0415

    changed = tables.format_folder(
        folder or resources.folder("data"), None if only_check else _replaced
    )
    for name in changed:
        tell(f"{name} {'is not in canonical form' if only_check else 'rewritten'}")
    if not changed:
        tell("every table is in canonical form")
    if changed and only_check:
        context.exit(1)


@command.command("columns")
@click.argument("table", required=False)
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def columns_(table: str | None, form: str, output: str) -> None:
    """List the columns of every TABLE or of one: what may stand in them, what they become.

    \b
    Examples:
      emg-graph data columns roles
      emg-graph data columns --format csv
    """
    from emg_graph.errors import UnknownNameError  # noqa: PLC0415
    from emg_graph.store import Table  # noqa: PLC0415
    from emg_graph.views import dictionary, rows  # noqa: PLC0415

    every = dictionary.to_table()
    names = [str(row[0]) for row in every.rows]
    wanted = table.removesuffix(".csv") if table else None
    if wanted and wanted not in names:
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
        raise UnknownNameError(wanted, "table", near)
    found = tuple(row for row in every.rows if wanted in (None, row[0]))
    write(rows.render(Table(every.columns, found), form, width()), output)


def _replaced(file: Path, text: str) -> None:
    write(text, str(file))
