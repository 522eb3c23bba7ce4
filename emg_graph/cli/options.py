"""The options that commands share, and how they open the graph and write what they answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from emg_graph import files
from emg_graph.errors import OutputError, StoreError

if TYPE_CHECKING:
    from emg_graph.analysis.result import Computed
    from emg_graph.graph import Graph

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)

WRITE_HERE = "Write here; - is standard output."

RELATIONS = ("agreements", "mandates", "themes", "mechanisms", "sdgs", "positions")
"""Those of ``analysis.incidence``, which loads slowly."""
TABLE_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "srj")
_FORMS = {"": "table", ".txt": "table", ".htm": "html"}
"""The forms of suffixes that are not called as these."""


class Origin(NamedTuple):
    """Where the graph comes from: its store, and the folders of which it is built."""

    store: str | None
    data: Path | None
    overlay: tuple[Path, ...]


def graph_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--store``, ``--data`` and ``--overlay``, handed to the function as its ``origin``."""

    @wraps(function)
    def gathered(
        *args: Any, store: str | None, data: Path | None, overlay: tuple[Path, ...], **others: Any
    ) -> Any:
        return function(*args, origin=Origin(store, data, overlay), **others)

    with_data = click.option(
        "--data",
        type=FOLDER,
        help="A folder of your own tables instead of the shipped ones.",
    )(overlay_option(gathered))
    return click.option(
        "--store",
        metavar="PATH",
        type=click.Path(),
        envvar="EMG_GRAPH_STORE",
        help="Where the built graph is kept: a folder, or memory: for none."
        " [default: a folder in your data directory; env: EMG_GRAPH_STORE]",
    )(with_data)


def overlay_option(function: F) -> F:
    """Add ``--overlay``."""
    return click.option(
        "--overlay",
        type=FOLDER,
        multiple=True,
        help="A folder of your own tables laid over the others: their rows add to those, correct"
        " them or retire them. Give it again for a folder to be laid over this one.",
    )(function)


def output_options(*formats: str) -> Callable[[F], F]:
    """Add ``--format`` and ``-o``, of whose suffix the form is taken where none is named."""

    def added(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def formed(*args: Any, form: str | None, output: str, **others: Any) -> Any:
            return function(*args, form=form or _form_of(output, formats), output=output, **others)

        form = click.option(
            "--format",
            "form",
            type=click.Choice(formats),
            help="[default: that of the suffix of FILE, else table]",
        )
        return form(
            click.option(
                "-o", "--output", metavar="FILE", type=click.Path(), default="-", help=WRITE_HERE
            )(formed)
        )

    return added


def _form_of(output: str, formats: Sequence[str]) -> str:
    """Return the form that the suffix of a file stands for; a table if it has none.

    Raises:
        click.UsageError: the command has no such form.
    """
    suffix = "" if output == "-" else Path(output).suffix.lower()
    form = _FORMS.get(suffix, suffix[1:])
    if form not in formats:
        known = ", ".join(f".{one}" for one in formats if one != "table")
        raise click.UsageError(
            f"{output}: nothing is written as {suffix} here; let FILE end in one of {known},"
            " or name a --format"
        )
    return form


def several(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Return every name of an option that takes several, with commas between them too."""
    names = (name.strip() for value in values for name in value.split(","))
    return tuple(name for name in names if name)


def record_option(function: F) -> F:
    """Add ``--record``."""
    return click.option(
        "--record",
        is_flag=True,
        help="Keep the answer in the graph too, in a graph of its own with how it was computed;"
        " the next build drops it.",
    )(function)


def recorded(graph: Graph, found: Computed) -> None:
    """Keep an answer in the graph, and say where.

    Raises:
        StoreError: the graph is in memory, and would be gone with the command.
    """
    if not graph.store.lasting:
        raise StoreError("--record keeps nothing in memory: name a folder with --store")
    tell(f"kept in the graph {graph.record(found)}")


def opened(origin: Origin) -> Graph:
    """Open the graph, telling the steps of a build on standard error."""
    from emg_graph.graph import open_graph  # noqa: PLC0415

    return open_graph(origin.store, origin.data, tell, overlay=origin.overlay)


def tell(line: str) -> None:
    """Say something on standard error."""
    click.echo(f"emg-graph: {line}", err=True)


@contextmanager
def drawing(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show how far long work is on standard error, where somebody looks; else show nothing.

    It may be done before the most that was foreseen.
    """
    if not sys.stderr.isatty():
        yield _unseen
        return
    with click.progressbar(length=1, label=what, file=sys.stderr) as bar:

        def moved(done: int, most: int) -> None:
            bar.length = most
            bar.update(done - bar.pos)

        yield moved


def _unseen(done: int, most: int) -> None:
    """Show nothing."""


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
