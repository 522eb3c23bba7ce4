"""The command ``emg-graph``: one module a command, each imported only when it is used."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

import click

from emg_graph import __version__
from emg_graph.errors import EmgGraphError

_COMMANDS = {
    "brief": "Write the collaboration brief of an agreement, as a page or as Markdown.",
    "bridges": "Which entities lie between communities of agreements, and which they join.",
    "build": "Build the graph from the tables, all or nothing.",
    "check": "Check the graph against the ontology's shapes and rules.",
    "coalition": "The smallest groups that cover what few are on record for.",
    "collaborators": "Who serves an agreement, who else could and why.",
    "compare": "What changed between two snapshots of the data, and in collaboration.",
    "completion": "Print the script by which a shell completes commands and ids.",
    "data": "Look after the tables: check, format and describe them.",
    "export": "Write the graph for other tools: RDF, networks, CSV.",
    "find": "Find entities, agreements and other things by a part of their name.",
    "gaps": "What the record lacks, what was looked for, and what speaks against it.",
    "import": "Read a public document into rows of the tables, for review.",
    "network": "Write the network as a page to explore in a browser.",
    "ontology": "The terms of the ontology: meaning, columns, alignments, uses.",
    "overlaps": "What entities share, and whether their sizes alone explain it.",
    "package": "Write the package of an agreement for one country, with steps to fill in.",
    "query": "List, show and run the shipped queries.",
    "show": "Everything known of one thing, with sources.",
    "sparql": "Run SPARQL over the graph.",
}

_RARELY = 50_000
"""So many objects more before a look for cycles: most of what is made lasts to the end."""
_MODULES = {"import": "importing"}
"""The module of a command whose name no module can have."""


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"emg_graph.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        unknown = bool(args) and args[0] not in _COMMANDS and not args[0].startswith("-")
        if unknown and not ctx.resilient_parsing:  # a shell that asks for completions is not told
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"there is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="emg-graph")
@click.option("--debug", is_flag=True, help="Show the whole traceback of an error.")
def cli(debug: bool) -> None:
    """Who serves which multilateral environmental agreement, who else could, and why.

    A knowledge graph of UN entities, their roles and positions, and the agreements that they
    serve; every statement names its source and the place in it. The graph is built from the
    shipped tables the first time it is asked.

    \b
    A first minute:
      emg-graph collaborators minamata
      emg-graph brief minamata -o minamata.html
      emg-graph show unicef
      emg-graph query list
    """


def main() -> None:
    """Run the command line; exit 0 clean, 1 findings, 2 could not run."""
    gc.set_threshold(_RARELY)
    code = _outcome()
    # What is left goes with the process; to look through it first takes a seventh of the time.
    gc.freeze()
    sys.exit(code)


def _outcome() -> int:
    """Run the command line and return its exit code, whatever happens."""
    try:
        code = _run()
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was changed", err=True)
        return 130
    except BrokenPipeError:  # the reader has gone, as after `| head`
        _silence()
        return 0
    except Exception as error:
        _explain(error)
        return 2
    return code


def _run() -> int:
    if "_EMG_GRAPH_COMPLETE" in os.environ:  # a shell asks
        from emg_graph.cli import shells  # noqa: PLC0415

        shells.register()
    stdout = sys.stdout
    try:
        code = cli.main(standalone_mode=False)
    except SystemExit as end:
        if sys.stdout is not stdout:  # click has put a silent one there: the reader has gone
            raise BrokenPipeError from None
        code = end.code
    return code if isinstance(code, int) else 0


def _explain(error: Exception) -> None:
    if "--debug" in sys.argv:
        import traceback  # noqa: PLC0415

        traceback.print_exception(error)
    if isinstance(error, EmgGraphError):
        click.echo(f"error: {error}", err=True)
    else:
        what = f"{type(error).__name__}: {error}"
        click.echo(f"error: {what} (to see where, put --debug after emg-graph)", err=True)
    if isinstance(error, OSError):
        _silence()


def _silence() -> None:
    """Keep the interpreter from writing again, at its exit, what could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
