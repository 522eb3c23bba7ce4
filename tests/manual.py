"""The page on the command line: the help of every command, as click prints it."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.testing import CliRunner

from emg_graph.cli import cli

PROGRAM = "emg-graph"
WIDTH = 80
"""How wide the help is set, whatever the terminal."""

_INTRODUCTION = f"""# The command line

What `{PROGRAM} COMMAND --help` prints, for every command. They answer on standard output and tell
what they do on standard error; `-o FILE` writes a file instead, in one step. They end with 0 if all
is well, with 1 if there are findings, or nothing is found, and with 2 if they could not run.

This page is written by `python tests/regenerate.py`, and a test runs every example on it.
"""


def paths(command: click.Command = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command after the program's name, groups before what is in them."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child
            yield from paths(child, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    """Return the help of a command."""
    result = CliRunner().invoke(
        cli, [*path, "--help"], prog_name=PROGRAM, terminal_width=WIDTH, max_content_width=WIDTH
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def page() -> str:
    """Return the page, with a list of contents."""
    every = list(paths())
    contents = "".join(_entry(path) for path in every)
    parts = (f"## {_title(path)}\n\n```text\n{help_of(path)}```\n" for path in every)
    return "\n".join([_INTRODUCTION, contents, *parts])


def _entry(path: tuple[str, ...]) -> str:
    indent = "  " * max(0, len(path) - 1)
    return f"{indent}* [{_title(path)}](#{_title(path).replace(' ', '-')})\n"


def _title(path: tuple[str, ...]) -> str:
    return " ".join((PROGRAM, *path))
