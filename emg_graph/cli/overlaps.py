"""``emg-graph overlaps``."""

from __future__ import annotations

from contextlib import nullcontext

import click

from emg_graph.analysis.nulls import BLIND, FIXED, MEAN
from emg_graph.cli.names import ThingName
from emg_graph.cli.options import (
    RELATIONS,
    Origin,
    drawing,
    graph_options,
    opened,
    output_options,
    record_option,
    recorded,
    tell,
    width,
    write,
)


@click.command()
@click.argument("entity", required=False, type=ThingName("entity"))
@click.argument("other", required=False, type=ThingName("entity"))
@click.option(
    "--by",
    type=click.Choice(RELATIONS),
    default="mandates",
    show_default=True,
    help="What they share: mandates that budgets list, agreements served, themes of the mandates,"
    " mechanisms, goals on which money is spent, or themes of positions on record.",
)
@click.option(
    "--null",
    type=click.Choice((FIXED, BLIND, MEAN)),
    default=FIXED,
    show_default=True,
    help="What chance keeps: exact sizes of entities and items (fdsm), of entities alone"
    " (hypergeometric, a fast first look), or both on average (bicm).",
)
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw so many tables for fdsm (or some more, in whole rounds of 64), instead of as many as"
    " it takes to decide nearly all pairs.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Where chance begins; the same seed gives the same numbers.  [default: 1]",
)
@click.option(
    "--q",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    help="Tell pairs as beyond chance up to this false discovery rate.",
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
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Show so many pairs in a table and say how many are left; 0 shows all, as other formats"
    " do.",
)
@record_option
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    entity: str | None,
    other: str | None,
    by: str,
    null: str,
    draws: int | None,
    seed: int | None,
    q: float,
    exclude_sources: tuple[str, ...],
    limit: int,
    record: bool,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """What entities share, and whether their sizes alone explain it.

    A pair beyond chance (q at or below the level) has more in common than two portfolios of these
    sizes would have by accident. It does not say that the two do the same work, or that either
    should change: shared items are what to talk about.

    With one ENTITY, its pairs; with two, also what they share side by side, in which functions,
    with sources. Beside what is shared stand the share of both (Jaccard), whether one portfolio is
    nested in the other (the lesser has nothing of its own), mostly nested or partly shared, the
    Newman weight (what few share counts more), what chance expects, p, and q over all pairs
    tested. Rows come by q, p and name, never by raw counts. Compared are the UN system and treaty
    secretariats, and whoever else you name.

    \b
    Examples:
      emg-graph overlaps --null hypergeometric --limit 5
      emg-graph overlaps unep fao --by agreements
      emg-graph overlaps unece --null hypergeometric
      emg-graph overlaps --by sdgs -o sdgs.csv
    """
    from emg_graph.views import overlap, rows  # noqa: PLC0415

    if null != FIXED and (draws is not None or seed is not None):
        raise click.UsageError("--draws and --seed are for --null fdsm, which alone draws")
    graph = opened(origin)
    bar = drawing("drawing tables") if null == FIXED else nullcontext()
    with bar as progress:
        found = graph.overlaps(
            *(name for name in (entity, other) if name),
            by=by,
            null=null,
            draws=draws,
            seed=1 if seed is None else seed,
            q=q,
            exclude_sources=exclude_sources,
            progress=progress,
        )
    if record:
        recorded(graph, found)
    if form == "table":
        write(overlap.to_text(found, limit, width()), output)
    elif form == "json":
        write(overlap.to_json(found), output)
    else:
        write(rows.render(found.to_table(), form), output)
        for sentence in overlap.silences(found):
            tell(sentence)
