"""Write again what is generated and kept, in one go.

These are the published schemes, the golden answers, the dictionary of the tables and their data
package, the page on the command line, and what the documents show of commands. Run it after a
change of data, queries, commands or ranking, and read the diff::

    python tests/regenerate.py

A golden answer is what a query gives for the examples of its required parameters: in ``golden/``
on the shipped data, in ``golden_small/`` on the small folder, whose answers can be worked out by
hand (``golden_small/README.md`` does). Queries of the group ``analysis`` have only the small one,
since on the shipped data they repeat its tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import manual
from transcripts import LINES, MORE, SMALL, Terminal, refreshed

from emg_graph.catalogue import Query, queries
from emg_graph.graph import Graph, open_graph
from emg_graph.loader import schemes_turtle
from emg_graph.resources import folder
from emg_graph.tables import read_tables
from emg_graph.views import datapackage, dictionary
from emg_graph.views.rows import to_csv

SCHEMES = folder("ontology") / "emg-schemes.ttl"
TESTS = Path(__file__).parent
ROOT = TESTS.parent
GOLDEN = TESTS / "golden"
GOLDEN_SMALL = TESTS / "golden_small"
QUERIES = ROOT / "docs" / "queries.md"
COMMANDS = ROOT / "docs" / "cli.md"
DICTIONARY = folder("data") / "README.md"
PACKAGE = folder("data") / datapackage.FILE
_MARK = "<!-- dictionary: written by tests/regenerate.py -->\n"

IN_SMALL: Mapping[str, Mapping[str, str]] = {
    "copyable-support": {"agreement": "basel"},
    "data-platforms": {"agreement": "minamata"},
    "figures": {"thing": "basel"},
    "mandates-naming": {"thing": "minamata"},
    "searches": {"thing": "basel-ban"},
    "tags": {"thing": "unep-ea-1-res-5"},
}
"""Values for the small folder where it lacks the example."""

_GROUPS = {
    "cq": "Competency questions",
    "overlap": "Overlap",
    "gap": "Gaps",
    "money": "Money",
    "places": "Places",
}
_INTRODUCTION = f"""# The shipped queries

Each question in plain words, the command that asks it, and what it prints on the shipped data. An
output is cut after its first {LINES} lines; a last line `{MORE}` says that there is more. Every
command takes `--format csv`, `json`, `md` and others, and `-o FILE`; `emg-graph query show NAME`
prints the SPARQL text. Columns are called as in the tables: `entity`, `agreement`, `theme` and so
on hold ids, `source` and `locator` the evidence and the place in it.

This page is written by `python tests/regenerate.py`, and a test runs every command on it.
"""


def schemes() -> str:
    """Return the text of ``emg-schemes.ttl``."""
    return schemes_turtle(read_tables(folder("data")))


def dictionary_page() -> str:
    """Return the page on the tables with its dictionary as it is now."""
    written, mark, _ = DICTIONARY.read_text(encoding="utf-8").partition(_MARK)
    return f"{written}{mark}\n{dictionary.to_markdown()}"


def package_text() -> str:
    """Return the text of ``datapackage.json``."""
    return datapackage.to_json(folder("data"))


def commands_page() -> str:
    """Return the page on the command line."""
    return manual.page()


def values(query: Query, small: bool = False) -> dict[str, str]:
    """Return what a query's golden answer is asked with."""
    given = {param.name: param.example for param in query.params if param.required}
    return given | dict(IN_SMALL.get(query.name, {}) if small else {})


def golden_queries(small: bool = False) -> list[Query]:
    """Return the queries that have a golden answer."""
    return [query for query in queries() if small or query.group != "analysis"]


def answer(graph: Graph, query: Query, small: bool = False) -> str:
    """Return a golden answer as CSV."""
    return to_csv(graph.store.select(query.bind(values(query, small), graph.resolve)))


def documented() -> list[Query]:
    """Return the queries that the documents explain."""
    return [query for group in _GROUPS for query in queries() if query.group == group]


def command_of(query: Query) -> str:
    """Return the command by which the documents ask a query."""
    given = "".join(f" -p {name}={value}" for name, value in values(query).items())
    return f"emg-graph query run {query.question or query.name}{given}"


def queries_page() -> str:
    """Return the page on the queries, with outputs still to be filled in."""
    return "\n".join(_page_parts())


def _page_parts() -> Iterator[str]:
    yield _INTRODUCTION
    group = ""
    for query in documented():
        if query.group != group:
            group = query.group
            yield f"## {_GROUPS[group]}\n"
        number = f"{query.question}. " if query.question else ""
        yield f"### {number}{query.title}\n\n{query.description}\n"
        if query.params:
            yield "".join(_parameter_lines(query))
        yield f"```console\n$ {command_of(query)}\n{MORE}\n```\n"


def _parameter_lines(query: Query) -> Iterator[str]:
    for param in query.params:
        need = "required" if param.required else "optional"
        yield f"* `-p {param.name}={param.example}` ({need}): {param.help}\n"


def _write_answers(place: Path, graph: Graph, small: bool) -> None:
    place.mkdir(exist_ok=True)
    for old in place.glob("*.csv"):
        old.unlink()
    for query in golden_queries(small):
        text = answer(graph, query, small)
        (place / f"{query.name}.csv").write_text(text, encoding="utf-8")


def _write_documents() -> None:
    with TemporaryDirectory() as place:
        terminal = Terminal(Path(place))
        texts = {
            file: file.read_text(encoding="utf-8")
            for file in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
        }
        for file, text in {**texts, QUERIES: queries_page()}.items():
            file.write_text(refreshed(text, terminal.printed), encoding="utf-8")


def main() -> None:
    """Write every generated file."""
    SCHEMES.write_text(schemes(), encoding="utf-8")
    _write_answers(GOLDEN, open_graph("memory:"), small=False)
    _write_answers(GOLDEN_SMALL, open_graph("memory:", SMALL), small=True)
    DICTIONARY.write_text(dictionary_page(), encoding="utf-8")
    PACKAGE.write_text(package_text(), encoding="utf-8")
    COMMANDS.write_text(commands_page(), encoding="utf-8")
    _write_documents()


if __name__ == "__main__":
    main()
