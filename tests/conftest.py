"""What the tests share: one graph of the shipped data, and two ways of running the command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from browsing import Visiting, launched, visits
from click.testing import CliRunner, Result
from hypothesis import settings
from network_pages import Pages

from emg_graph.cli import cli
from emg_graph.graph import STORE_VARIABLE, Graph, open_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("emg-graph", deadline=None, database=None)
settings.load_profile("emg-graph")

COMMAND = (sys.executable, "-W", "error", "-c", "from emg_graph.cli import main; main()")


class Run(Protocol):
    """Runs a command in this process; its result has ``stdout``, ``stderr`` and ``exit_code``."""

    def __call__(self, *args: str | Path, stdin: str | None = None) -> Result: ...


class Process(Protocol):
    """Runs the command in a process of its own, as a shell would."""

    def __call__(
        self, *args: str | Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store in which the shipped data is built once for all tests."""
    return tmp_path_factory.mktemp("store") / "shipped"


@pytest.fixture(scope="session")
def graph(store_folder: Path) -> Graph:
    """Return the graph of the shipped data."""
    return open_graph(store_folder)


@pytest.fixture(scope="session", autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests write, and what subprocesses write, out of the user's folders."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(STORE_VARIABLE, raising=False)
        patch.setenv("XDG_DATA_HOME", str(home))
        patch.setenv("COLUMNS", "100")
        yield


@pytest.fixture
def run(store_folder: Path, graph: Graph) -> Run:
    """Return a function that runs a command against the shared graph, if it takes a store.

    An error of ours comes back as ``result.exception``, as the command line leaves it to
    ``main``; use ``process`` for exit codes and for the words of an error.
    """

    def invoke(*args: str | Path, stdin: str | None = None) -> Result:
        env = {STORE_VARIABLE: str(store_folder)}
        return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, env=env)

    return invoke


@pytest.fixture
def process(store_folder: Path, graph: Graph) -> Process:
    """Return a function that runs the command in a process, against the shared graph."""

    def start(
        *args: str | Path, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *(str(arg) for arg in args)],
            env={**os.environ, STORE_VARIABLE: str(store_folder), **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    return start


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; for one module only, since its loop suffers no other beside it."""
    with launched() as found:
        yield found


@pytest.fixture
def visited(browser: Browser) -> Iterator[Visiting]:
    """Return a function that opens a page; its window is closed at the end of the test."""
    with visits(browser) as visiting:
        yield visiting


@pytest.fixture(scope="session")
def pages(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return the pages of the network of the shipped data."""
    return Pages(graph, tmp_path_factory.mktemp("networks"))
