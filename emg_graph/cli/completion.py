"""``emg-graph completion``."""

from __future__ import annotations

import click

from emg_graph.cli.options import WRITE_HERE, write
from emg_graph.cli.shells import PROGRAM, SHELLS, VARIABLE


@click.command()
@click.argument("shell", type=click.Choice(tuple(SHELLS)))
@click.option("-o", "--output", metavar="FILE", type=click.Path(), default="-", help=WRITE_HERE)
@click.pass_context
def command(context: click.Context, shell: str, output: str) -> None:
    """Print the script by which a SHELL completes commands, options, ids and queries.

    Ids come from the built graph, or from the tables where there is none; nothing is built.
    To have it in every new shell, run one of these once:

    Bash: echo 'eval "$(emg-graph completion bash)"' >> ~/.bashrc

    Zsh: echo 'eval "$(emg-graph completion zsh)"' >> ~/.zshrc

    Fish: emg-graph completion fish -o ~/.config/fish/completions/emg-graph.fish

    In zsh the line must stand after the one that calls compinit.

    \b
    Examples:
      emg-graph completion bash
      emg-graph completion fish -o emg-graph.fish
    """
    root = context.find_root().command
    write(SHELLS[shell](root, {}, PROGRAM, VARIABLE).source(), output)
