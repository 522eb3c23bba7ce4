"""``emg-graph sparql``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

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


@click.command()
@click.argument("query", type=click.Path(allow_dash=True))
@graph_options
@output_options(*TABLE_FORMATS)
def command(query: str, origin: Origin, form: str, output: str) -> None:
    """Run a SPARQL QUERY: a text, a file, or - for standard input.

    The default graph is the union of all; GRAPH ?source { … } asks of the claims of a source.
    Updates are not possible. CSV, TSV and srj are the engine's own, with full IRIs; there
    the triples of a CONSTRUCT or DESCRIBE come as Turtle.

    \b
    Examples:
      emg-graph sparql 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
      emg-graph sparql my-query.rq -o answer.csv
      cat my-query.rq | emg-graph sparql -
    """
    from emg_graph.views import rows  # noqa: PLC0415

    text = _text(query)
    graph = opened(origin)
    if form in ("csv", "tsv", "srj"):
        write(graph.store.serialized(text, form), output)
        return
    answer = graph.sparql(text)
    if isinstance(answer, bool):
        write(f"{str(answer).lower()}\n", output)
    else:
        write(rows.render(answer, form, width()), output)


def _text(query: str) -> str:
    if query == "-":
        return sys.stdin.read()
    if any(mark in query for mark in "{}<>\n"):
        return query
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{query!r} is neither SPARQL nor a readable file: {error}") from error
