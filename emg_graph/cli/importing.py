"""``emg-graph import``."""

from __future__ import annotations

from pathlib import Path

import click

from emg_graph.cli.options import FOLDER, output_options, tell, width, write
from emg_graph.importers import KINDS
from emg_graph.importers.cells import read_date


def _listed() -> str:
    """Return the kinds with what each is, as a block that help does not wrap."""
    lines = (f"      {name:<17} {kind.files:<5} {kind.summary}" for name, kind in KINDS.items())
    return "\n".join(lines)


def _date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Refuse what is no date as the tables write it."""
    if value is not None and read_date(value) != value:
        raise click.BadParameter(f"{value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return value


@click.command(
    help=f"""Read public documents of one KIND into rows of the tables, for review.

    Every row names its document and the place in it. A row that is new is added, one that the
    document gives otherwise is updated, and one that a person has edited (its reviewed_on says
    so: put the day there when you edit a row) is left and reported. Nothing is ever deleted.
    What could not be understood, and what was left out on purpose, is listed with its place; a
    document of which nothing is understood is refused. All or nothing: the tables are checked as
    a whole before one is written. Exits with 1 if something was not understood.

    \b
    Kinds:
{_listed()}

    \b
    Examples:
      emg-graph import ceb-sdg expenses.csv --since 2022 --dry-run
      emg-graph import programme-budget A_80_6_Sect.14.docx --data my-tables
      emg-graph import gef-projects export.csv --data my-tables
      emg-graph import parties minamata.csv --data my-tables -o report.csv
      emg-graph import parties basel.csv --as-of 2026-10 --data my-tables
    """
)
@click.argument("kind", type=click.Choice([*KINDS]), metavar="KIND")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--data", type=FOLDER, help="The folder of tables to add to. [default: the checkout's]"
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--since",
    type=click.IntRange(1900, 2999),
    metavar="YEAR",
    help="Leave out expenses of years before this one.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_date,
    help="The day of a list of parties whose form gives none: YYYY, YYYY-MM or YYYY-MM-DD.",
)
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
@click.pass_context
def command(
    context: click.Context,
    kind: str,
    files: tuple[Path, ...],
    data: Path | None,
    dry_run: bool,
    since: int | None,
    as_of: str | None,
    form: str,
    output: str,
) -> None:
    """Read documents, merge their rows, write the tables and report."""
    from emg_graph import importers, resources  # noqa: PLC0415
    from emg_graph.views import imported, rows  # noqa: PLC0415

    if not data and not dry_run and resources.installed():
        raise click.UsageError(
            "without --data this would write into the installed package, which its next version"
            " replaces: copy the tables (emg-graph data copy my-tables) and name the copy"
        )
    if as_of and not KINDS[kind].undated:
        undated = ", ".join(name for name, one in KINDS.items() if one.undated)
        raise click.UsageError(f"--as-of is for {undated} alone: {kind} says its dates itself")
    folder = data or resources.folder("data")
    drafts = KINDS[kind].read(files, importers.know(folder, tell, as_of=as_of))
    drafts.require_understood()
    merged = importers.merge(folder, drafts.since(since))
    if merged.texts and not dry_run:
        tell(f"checking and writing the tables of {folder}")
        importers.write(folder, merged)
    if form == "table":
        write(imported.to_text(drafts, merged, dry_run=dry_run), output)
    else:
        write(rows.render(imported.to_table(drafts, merged), form, width()), output)
    if drafts.unread:
        context.exit(1)
