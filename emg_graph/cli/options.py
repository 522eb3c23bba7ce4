"""The options that commands share, and how they open the graph and write what they answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from emg_graph import files
from emg_graph.errors import OutputError

if TYPE_CHECKING:
    from emg_graph.graph import Graph

F = TypeVar("F", bound=Callable[..., Any])

TABLE_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "srj")


def graph_options(function: F) -> F:
    """Add ``--store`` and ``--data``."""
    function = click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        help="A folder of your own tables instead of the shipped ones.",
    )(function)
    return click.option(
        "--store",
        metavar="PATH",
        envvar="EMG_GRAPH_STORE",
        help="Where the built graph is kept: a folder, or memory: for none."
        " [default: a folder in your data directory; env: EMG_GRAPH_STORE]",
    )(function)


def output_options(*formats: str, default: str = "table") -> Callable[[F], F]:
    """Add ``--format`` and ``-o``."""

    def added(function: F) -> F:
        function = click.option(
            "-o", "--output", metavar="FILE", default="-", help="Write here; - is standard output."
        )(function)
        return click.option(
            "--format", "form", type=click.Choice(formats), default=default, show_default=True
        )(function)

    return added


def opened(store: str | None, data: Path | None) -> Graph:
    """Open the graph, telling the steps of a build on standard error."""
    from emg_graph.graph import open_graph  # noqa: PLC0415

    return open_graph(store, data, tell)


def tell(line: str) -> None:
    """Say something on standard error."""
    click.echo(f"emg-graph: {line}", err=True)


def write(text: str | bytes, output: str) -> None:
    """Write to standard output, or replace a file in one step.

    Raises:
        OutputError: the file cannot be written.
    """
    if output == "-":
        click.echo(text, nl=False)
        return
    data = text.encode() if isinstance(text, str) else text
    file = Path(output).resolve()
    try:
        if file.exists() and not file.is_file():  # a device is written to, never replaced
            file.write_bytes(data)
        else:
            files.replace(file, data)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}") from error


def width() -> int:
    """Return the width of the terminal, or 100 where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size().columns or 100
    except OSError:
        return 100
