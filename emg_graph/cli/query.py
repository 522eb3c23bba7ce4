"""``emg-graph query``: list, show and run the shipped queries."""

from __future__ import annotations

import click

from emg_graph.cli.names import QueryName, QueryParameter
from emg_graph.cli.options import (
    TABLE_FORMATS,
    Origin,
    graph_options,
    opened,
    output_options,
    width,
    write,
)
from emg_graph.errors import QueryError

_GROUPS = ("cq", "overlap", "gap", "profile", "money", "places")


@click.group()
def command() -> None:
    """List, show and run the shipped queries, competency questions among them.

    \b
    Examples:
      emg-graph query list
      emg-graph query show CQ01
      emg-graph query run CQ01 -p agreement=minamata
    """


@command.command("list")
@output_options("table", "csv", "tsv", "json", "jsonl", "md")
def list_queries(form: str, output: str) -> None:
    """List every query with its question, title and parameters.

    \b
    Examples:
      emg-graph query list
      emg-graph query list --format json
    """
    from emg_graph import catalogue  # noqa: PLC0415
    from emg_graph.answers import Table  # noqa: PLC0415
    from emg_graph.views import rows  # noqa: PLC0415

    found = (
        (query.group, query.name, query.question, query.title, _parameters(query))
        for query in sorted(catalogue.queries(), key=_group_order)
    )
    table = Table(("group", "name", "question", "title", "parameters"), tuple(found))
    write(rows.render(table, form, width()), output)


@command.command()
@click.argument("name", type=QueryName())
def show(name: str) -> None:
    """Print the text of the query NAME (or of a question's number, CQ01).

    \b
    Examples:
      emg-graph query show CQ01
      emg-graph query show shared-agreements
    """
    from emg_graph import catalogue  # noqa: PLC0415

    click.echo(catalogue.require_query(name).text, nl=False)


@command.command()
@click.argument("name", type=QueryName())
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    type=QueryParameter(),
    metavar="NAME=VALUE",
    help="A parameter of the query; several values as NAME=A,B.",
)
@graph_options
@output_options(*TABLE_FORMATS)
def run(
    name: str,
    params: tuple[str, ...],
    origin: Origin,
    form: str,
    output: str,
) -> None:
    """Run the query NAME (or a question's number, CQ01).

    Parameters take ids, names, acronyms or aliases.

    \b
    Examples:
      emg-graph query run CQ01 -p agreement=minamata
      emg-graph query run CQ02 -p entity=UNICEF --format json
      emg-graph query run shared-agreements -p entity=who,ilo --format csv
    """
    from emg_graph import catalogue  # noqa: PLC0415
    from emg_graph.views import rows  # noqa: PLC0415

    query = catalogue.require_query(name)
    graph = opened(origin)
    text = query.bind(_values(params), graph.resolve)
    if form == "srj":
        write(graph.store.serialized(text, form), output)
    else:
        write(rows.render(graph.store.select(text), form, width()), output)


def _group_order(query: object) -> int:
    """Put the questions that people ask before the queries that the program asks."""
    from emg_graph.catalogue import Query  # noqa: PLC0415

    assert isinstance(query, Query)
    return _GROUPS.index(query.group) if query.group in _GROUPS else len(_GROUPS)


def _values(params: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise QueryError(f"write a parameter as NAME=VALUE, not {param!r}")
        if name in values:
            raise QueryError(f"the parameter {name} is given twice; write {name}=A,B")
        values[name] = [part.strip() for part in value.split(",") if part.strip()]
    return values


def _parameters(query: object) -> str:
    from emg_graph.catalogue import Query  # noqa: PLC0415

    assert isinstance(query, Query)
    return ", ".join(p.name if p.required else f"[{p.name}]" for p in query.params)
