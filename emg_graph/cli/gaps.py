"""``emg-graph gaps``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from emg_graph.cli.names import Name, Offers, ThingName
from emg_graph.cli.options import (
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

if TYPE_CHECKING:
    from emg_graph.analysis.gaps import Gaps

_LIMIT = 10
"""So many gaps of each kind are shown to be read, if nothing else is said."""


class _GapKind(Name):
    """A kind of gap."""

    name = "kind"

    def offers(self, _ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return every kind with its title."""
        from emg_graph.analysis.gaps import KINDS  # noqa: PLC0415

        return ((kind.id, kind.title) for kind in KINDS.values())


@click.command()
@click.argument(
    "subject", required=False, type=ThingName("agreement", "theme", "entity", "mechanism",
                                              "workstream")
)  # fmt: skip
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=_GapKind(),
    metavar="K",
    help="Only gaps of this kind, e.g. missing-function; give it again for another.",
)
@click.option(
    "--exclude-source",
    "exclude_sources",
    multiple=True,
    type=ThingName("source"),
    metavar="S",
    help="Leave out every claim and search from this source.",
)
@click.option(
    "--null",
    default="fdsm",
    show_default=True,
    metavar="N",
    help="The model of chance for what entities share: fdsm (fixed sizes, draws at random),"
    " hypergeometric (a fast first look) or bicm.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=None,
    help="Show so many of each kind and say how many are left; 0 shows all."
    f"  [default: {_LIMIT} in a table, else all]",
)
@click.option("--fail", is_flag=True, help="Exit with 1 if there is any gap, for a pipeline.")
@click.pass_context
@record_option
@graph_options
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def command(
    context: click.Context,
    subject: str | None,
    kinds: tuple[str, ...],
    exclude_sources: tuple[str, ...],
    null: str,
    limit: int | None,
    fail: bool,
    record: bool,
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """What the record lacks, of everything or of one SUBJECT: agreement, theme, entity or body.

    A gap says that the sources of this graph do not hold something, and in how many of them it
    was looked for. It does not say that nobody works on it, and it judges nobody: an order by
    ids is no ranking.

    Gaps where nobody has looked come first, since they are the cheapest to close; then those of
    support, functions, pairs of agreements and of entities, asks and offers, regions, mandates
    and cross-cutting themes. Each has its status (documented, searched and none found, not
    searched), the strongest counter-evidence, how easily it would fall or close, and the role of
    who could check it. JSON holds every gap with all its evidence, whatever the limit.

    \b
    The kinds, those first in which nobody looked:
      supporters-not-searched, not-looked-up, members-not-read, budget-not-read,
      presence-not-reported, seat-not-recorded; sought-not-found, thin-support,
      missing-function, agreements-apart, synergy, ask-without-offer,
      offer-without-ask, regional-link, environment-mandate, cross-cutting-link

    \b
    Examples:
      emg-graph gaps minamata
      emg-graph gaps --kind supporters-not-searched --limit 3
      emg-graph gaps human-mobility --kind cross-cutting-link --limit 5
      emg-graph gaps escap --kind regional-link --kind synergy --null hypergeometric
      emg-graph gaps cites -o cites-gaps.json
    """
    from emg_graph.views import gaps, rows  # noqa: PLC0415

    graph = opened(origin)
    with drawing("drawing tables at random") as progress:
        found = graph.gaps(
            subject, kinds=kinds, exclude_sources=exclude_sources, null=null, progress=progress
        )
    if record:
        recorded(graph, found)
    if form == "table":
        write(gaps.to_text(found, _LIMIT if limit is None else limit, width()), output)
    elif form == "json":
        write(gaps.to_json(found), output)
    else:
        write(rows.render(found.first(limit or 0), form), output)
        _say_what_is_hidden(found, limit or 0)
    if fail and found.gaps:
        context.exit(1)


def _say_what_is_hidden(found: Gaps, limit: int) -> None:
    """Name on standard error what a limit keeps from rows, where there is no place to say it."""
    from emg_graph.views.gaps import hidden  # noqa: PLC0415

    for kind, gaps in found.by_kind():
        if more := hidden(kind, len(gaps), limit):
            tell(f"{kind.id}: {more}")
