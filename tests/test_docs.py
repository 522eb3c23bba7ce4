"""The documents: what they show of commands is what the commands print; every example runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import manual
import pytest
import regenerate
from click.testing import CliRunner
from shapes_apart import findings_in
from transcripts import MORE, Terminal, Transcript, refreshed, transcripts

from emg_graph import checks, resources
from emg_graph.checks import Finding
from emg_graph.cli import cli
from emg_graph.graph import Graph
from emg_graph.store import Store

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = [
    pytest.param(transcript, id=f"{document.name}: {transcript.command[:60]}")
    for document in DOCUMENTS
    for transcript in transcripts(document.read_text(encoding="utf-8"))
]


def commands(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each command's words, its help as printed and as written, groups included."""
    printed = CliRunner().invoke(cli, [*path, "--help"], terminal_width=WIDTH)
    assert printed.exit_code == 0, printed.output
    yield " ".join(("emg-graph", *path)), (printed.stdout, command.help or "")
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child
            yield from commands(child, (*path, name))


def examples(text: str) -> list[str]:
    """Return the example commands of a help text, each on a line of its own."""
    return [
        line.strip()
        for line in text.splitlines()
        if re.match(r" *(cat \S+ \| )?emg-graph( |$)", line)
    ]


WIDTH = 80
COMMANDS = dict(commands(cli))
EXAMPLES = sorted({example for text, _ in COMMANDS.values() for example in examples(text)})


@pytest.fixture(scope="module")
def terminal(
    graph: Graph, store_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("terminal"), store_folder)


@pytest.mark.no_cover
@pytest.mark.parametrize("transcript", SHOWN)
@pytest.mark.usefixtures("reopened", "read_once")
def test_a_command_prints_what_the_document_shows(
    transcript: Transcript, terminal: Terminal
) -> None:
    printed = terminal.printed(transcript)
    assert printed[: len(transcript.lines)] == transcript.lines
    assert (len(printed) > len(transcript.lines)) == transcript.cut


def test_documents_show_commands() -> None:
    assert {document.name for document in DOCUMENTS} >= {
        "README.md",
        "queries.md",
        "asking.md",
        "cli.md",
    }
    assert SHOWN


def test_every_query_is_documented_with_its_command() -> None:
    text = regenerate.QUERIES.read_text(encoding="utf-8")
    shown = [transcript.command for transcript in transcripts(text)]
    assert shown == [regenerate.command_of(query) for query in regenerate.documented()]
    assert all(query.description in text for query in regenerate.documented())


def test_the_page_on_the_queries_is_the_one_that_is_generated() -> None:
    """But for the outputs, which are compared one by one."""

    def nothing(_: Transcript) -> tuple[str, ...]:
        return ()

    page = regenerate.QUERIES.read_text(encoding="utf-8")
    assert refreshed(page, nothing) == refreshed(regenerate.queries_page(), nothing)


def test_the_page_on_the_command_line_is_the_one_that_is_generated() -> None:
    assert regenerate.COMMANDS.read_text(encoding="utf-8") == regenerate.commands_page()


@pytest.mark.parametrize("words", COMMANDS)
def test_the_page_on_the_command_line_has_every_command_with_its_help(words: str) -> None:
    page = regenerate.COMMANDS.read_text(encoding="utf-8")
    title, _, text = page.partition(f"\n## {words}\n\n```text\n")
    assert f"* [{words}](#{words.replace(' ', '-')})\n" in title
    shown = text.partition("```\n")[0]
    assert shown.startswith(f"Usage: {words} ")
    assert examples(shown) == examples(COMMANDS[words][0])


def test_the_page_on_the_command_line_does_not_depend_on_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = manual.page()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("EMG_GRAPH_STORE", "elsewhere")
    assert manual.page() == page


@pytest.mark.parametrize("words", COMMANDS)
def test_the_help_of_every_command_has_an_example_of_it(words: str) -> None:
    printed, _ = COMMANDS[words]
    assert any(re.search(rf"(^|\| ){words}( |$)", example) for example in examples(printed))


@pytest.mark.parametrize("words", COMMANDS)
def test_the_printed_help_of_every_command_has_each_example_on_its_own_line(words: str) -> None:
    printed, written = COMMANDS[words]
    _, mark, end = written.rpartition("\b")
    title, *lines = [line.strip() for line in end.strip().splitlines()]
    assert mark, "a real backspace tells click to leave the lines as they are"
    assert lines
    assert examples(written) == lines
    shown = [line.strip() for line in printed.splitlines()]
    start = shown.index(title)
    assert shown[start + 1 : start + 1 + len(lines)] == lines
    assert "\b" not in printed
    assert "\\b" not in printed


@pytest.fixture(scope="module")
def shapes(graph: Graph, store_folder: Path) -> Callable[[Store], tuple[Finding, ...]]:
    """Return the check of shapes, which looks at the shared graph once only."""
    found: list[tuple[Finding, ...]] = []

    def once(store: Store) -> tuple[Finding, ...]:
        assert store is graph.store
        if not found:
            found.append(findings_in(store_folder))
        return found[0]

    return once


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, marks=pytest.mark.slow if " check" in example else ())
        for example in EXAMPLES
    ],
)
@pytest.mark.usefixtures("reopened", "read_once")
def test_an_example_in_a_help_text_runs(
    example: str,
    terminal: Terminal,
    shapes: Callable[[Store], tuple[Finding, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Against a copy of the tables, since one of them rewrites what it is given."""
    shipped = resources.folder

    def folder(name: str) -> Path:
        return terminal.tables if name == "data" else shipped(name)

    monkeypatch.setattr(resources, "folder", folder)
    monkeypatch.setattr(checks, "shape_findings", shapes)
    result = terminal.run(example)
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


BLOCK = "text\n\n```console\n$ emg-graph a\n{shown}```\n\n```console\n$ ls\nx\n```\n"


def renew(shown: str, *printed: str) -> str:
    text = refreshed(BLOCK.format(shown=shown), lambda _: printed)
    assert text.startswith("text\n\n```console\n$ emg-graph a\n")
    assert text.endswith("```\n\n```console\n$ ls\nx\n```\n"), "only our own command is run"
    return text.removeprefix("text\n\n```console\n$ emg-graph a\n").partition("```")[0]


def test_a_block_is_renewed_as_far_as_it_went() -> None:
    assert renew("old\n", "one", "two") == "one\ntwo\n"
    assert renew(f"old\n{MORE}\n", "one", "two") == f"one\n{MORE}\n"
    assert renew(f"old\nolder\n{MORE}\n", "one", "two") == "one\ntwo\n"
    assert renew(f"{MORE}\n", *"abc") == "a\nb\nc\n"
    assert renew(f"{MORE}\n", *["x"] * 30) == "x\n" * 20 + f"{MORE}\n"
    assert renew("", "one") == "one\n"


def test_two_commands_in_a_block_stand_apart() -> None:
    text = "```console\n$ emg-graph a\nold\n\n$ emg-graph b\nold\n```\n"
    assert refreshed(text, lambda one: (one.command,)) == (
        "```console\n$ emg-graph a\nemg-graph a\n\n$ emg-graph b\nemg-graph b\n```\n"
    )
