"""``emg-graph data``: look after the tables."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from emg_graph.cli.names import TableName
from emg_graph.cli.options import (
    FOLDER,
    WRITE_HERE,
    output_options,
    overlay_option,
    tell,
    width,
    write,
)
from emg_graph.errors import DataError, OutputError


@click.group()
def command() -> None:
    """Check the tables, put them in their canonical form, describe them or begin your own.

    \b
    Examples:
      emg-graph data check
      emg-graph data format my-tables
    """


@command.command()
@click.argument("folder", type=FOLDER, required=False)
@overlay_option
@click.pass_context
def check(context: click.Context, folder: Path | None, overlay: tuple[Path, ...]) -> None:
    """Read every table of FOLDER (the shipped one by default) and report all problems.

    Exits with 1 if there are any.

    \b
    Examples:
      emg-graph data check
      emg-graph data check my-tables
      emg-graph data check --overlay country-team
    """
    from emg_graph import resources, tables  # noqa: PLC0415

    try:
        found = tables.read_tables(folder or resources.folder("data"), overlay)
    except DataError as error:
        write(f"{error}\n", "-")
        context.exit(1)
    tell(f"{sum(len(rows) for rows in found.rows.values()):,} rows, no problems")


@command.command("format")
@click.argument("folder", type=FOLDER, required=False)
@overlay_option
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if it would.")
@click.pass_context
def format_(
    context: click.Context, folder: Path | None, overlay: tuple[Path, ...], only_check: bool
) -> None:
    """Put the tables of FOLDER in canonical form: columns and rows in order, lists sorted, LF.

    With --overlay and no FOLDER, those of the overlay alone, as many as it holds.

    \b
    Examples:
      emg-graph data format
      emg-graph data format my-tables --check
      emg-graph data format --overlay country-team
    """
    from emg_graph import resources, tables  # noqa: PLC0415

    whole = folder if folder or overlay else resources.folder("data")
    changed = tables.format_folder(whole, None if only_check else _replaced, overlay)
    for name in changed:
        tell(f"{name} {'is not in canonical form' if only_check else 'rewritten'}")
    if not changed:
        tell("every table is in canonical form")
    if changed and only_check:
        context.exit(1)


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def copy_(folder: Path) -> None:
    """Copy the shipped tables to a new FOLDER, to add to them there.

    Every command takes the copy by --data, and emg-graph import adds to it.

    \b
    Examples:
      emg-graph data copy our-tables
    """
    import shutil  # noqa: PLC0415

    from emg_graph import resources  # noqa: PLC0415

    if folder.exists() and any(folder.iterdir()):
        raise OutputError(f"{folder} is there already, with files in it; name a new folder")
    try:
        shutil.copytree(resources.folder("data"), folder, dirs_exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error}") from error
    tell(f"the tables are in {folder}; name it with --data")


@command.command("columns")
@click.argument("table", type=TableName(), required=False)
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def columns_(table: str | None, form: str, output: str) -> None:
    """List the columns of every TABLE or of one: what may stand in them, what they become.

    \b
    Examples:
      emg-graph data columns roles
      emg-graph data columns --format csv
    """
    from emg_graph.answers import Table  # noqa: PLC0415
    from emg_graph.errors import UnknownNameError  # noqa: PLC0415
    from emg_graph.views import dictionary, rows  # noqa: PLC0415

    every = dictionary.to_table()
    names = [str(row[0]) for row in every.rows]
    wanted = table.removesuffix(".csv") if table else None
    if wanted and wanted not in names:
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.5)
        raise UnknownNameError(wanted, "table", near, listed_by="emg-graph data columns")
    found = tuple(row for row in every.rows if wanted in (None, row[0]))
    write(rows.render(Table(every.columns, found), form, width()), output)


@command.command("package")
@click.argument("folder", type=FOLDER, required=False)
@click.option("-o", "--output", metavar="FILE", type=click.Path(), default="-", help=WRITE_HERE)
def package_(folder: Path | None, output: str) -> None:
    """Describe the tables of FOLDER as a Frictionless Data Package, for use without this program.

    It names every column, what may stand in it, the keys and the property that it becomes. Tools
    look for it beside the tables, as datapackage.json.

    \b
    Examples:
      emg-graph data package
      emg-graph data package my-tables -o my-tables/datapackage.json
    """
    from emg_graph import resources  # noqa: PLC0415
    from emg_graph.views import datapackage  # noqa: PLC0415

    write(datapackage.to_json(folder or resources.folder("data")), output)


def _replaced(file: Path, text: str) -> None:
    write(text, str(file))
