"""``emg-graph collaborators``."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    width,
    write,
)

if TYPE_CHECKING:
    from emg_graph.analysis.candidates import Collaborators

CHANNELS = ("A", "B", "C", "D")


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
    "--without-channel",
    "without_channels",
    multiple=True,
    type=click.Choice(CHANNELS, case_sensitive=False),
    help="Leave this channel out of the score: A roles, B mechanisms, C record, D projects.",
)
@click.option(
    "--specialists",
    is_flag=True,
    help="Score how much of each record lies near, instead of how much lies near.",
)
@click.option(
    "--explain",
    type=ThingName("entity"),
    metavar="E",
    help="Print the whole computation of this candidate's score instead.",
)
@click.option(
    "--robust",
    is_flag=True,
    help="Say how far each rank moves without a source, and without a tenth or fifth of the links.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="With --robust: where the chance begins by which links are left out.  [default: 1]",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Show so many of each band and say how many are left; 0 shows all.",
)
@record_option
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    agreement: str,
    functions: tuple[str, ...],
    themes: tuple[str, ...],
    exclude_sources: tuple[str, ...],
    kinds: tuple[str, ...],
    country: str | None,
    without_channels: tuple[str, ...],
    specialists: bool,
    explain: str | None,
    robust: bool,
    seed: int | None,
    limit: int,
    record: bool,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """Who already serves an AGREEMENT, who else could and why.

    A candidate is an entity of the UN system or a treaty secretariat without a documented role
    there, for which the record holds a reason. It says whom the sources bring near, not who does
    it well, who ought to, or that anybody else does nothing.

    First those already linked, with role, basis and source. Then candidates in three bands: work on
    the agreement itself, related work, and what is only near; alphabetical within each. Then the
    functions for which nobody is documented. With a country, its status under the agreement
    comes first; in each band those present there come first, then those of its region, with
    sums and headquarters.

    The rank by related evidence is the mean of four channels, each the candidate's place among
    all: roles in related agreements (A), mechanisms on its themes (B), mandates, money and
    positions on them (C), projects on related agreements (D). Beside it stand the place by roles
    alone, and two measures that predict who was named, not who should be. JSON holds every
    candidate with its channels, whatever the limit.

    \b
    Examples:
      emg-graph collaborators minamata
      emg-graph collaborators cites --function enforcement --limit 5
      emg-graph collaborators "Paris Agreement" --theme human-mobility
      emg-graph collaborators unfccc --country JOR --limit 3
      emg-graph collaborators minamata --explain iaea
      emg-graph collaborators cites --robust --specialists --limit 5
      emg-graph collaborators basel -o basel.json
    """
    from emg_graph.analysis.robustness import SEED  # noqa: PLC0415
    from emg_graph.views import listing, rows  # noqa: PLC0415

    if seed is not None and not robust:
        raise click.UsageError("--seed is for the draws of --robust: give both, or neither")
    if limit and explain is not None:
        raise click.UsageError("--limit cuts bands, and --explain shows one candidate: give one")
    if country is not None and explain is not None:
        raise click.UsageError(
            "--country orders bands, and --explain shows one score, which no country enters:"
            " give one"
        )
    graph = opened(origin)
    found = graph.collaborators(
        agreement,
        functions=functions,
        themes=themes,
        kinds=kinds,
        exclude_sources=exclude_sources,
        country=country,
        without_channels=without_channels,
        specialists=specialists,
        explain=explain,
        robust=robust,
        seed=SEED if seed is None else seed,
    )
    if record:
        recorded(graph, found)
    if found.explanation:
        write(_explained(found, form), output)
    elif form == "table":
        write(listing.to_text(found, limit, width()), output)
    elif form == "json":
        write(listing.to_json(found), output)
    else:
        write(rows.render(listing.to_table(found, limit), form), output)
        _say_what_is_hidden(found, limit)


def _explained(found: Collaborators, form: str) -> str:
    """Return the computation of the one score that was asked about."""
    from emg_graph.views import explanation, rows  # noqa: PLC0415

    assert found.explanation
    if form == "table":
        return explanation.to_text(found.explanation, found.method, width())
    if form == "json":
        return explanation.to_json(found.explanation, found.method)
    return rows.render(found.explanation.to_table(), form)


def _say_what_is_hidden(found: Collaborators, limit: int) -> None:
    """Name on standard error what a limit keeps from rows, where there is no place to say it."""
    from emg_graph.analysis.reasons import BANDS  # noqa: PLC0415
    from emg_graph.cli.options import tell  # noqa: PLC0415
    from emg_graph.views.listing import hidden  # noqa: PLC0415

    for band in BANDS:
        if more := hidden(len(found.band(band)), limit):
            tell(f"{band}: {more}")
