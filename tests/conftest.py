"""What the tests share: one graph of the shipped data, and two ways of running the command."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from browsing import Visiting, launched, visits
from click.testing import CliRunner, Result
from hypothesis import settings
from network_pages import Pages
from pyoxigraph import Quad

from emg_graph.analysis.candidates import Collaborators
from emg_graph.answers import Table
from emg_graph.build import default_store, open_store
from emg_graph.cli import cli
from emg_graph.graph import STORE_VARIABLE, Graph, open_graph
from emg_graph.resources import folder
from emg_graph.store import Store, current_build
from emg_graph.tables import Tables, read_tables

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


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run what is picked out in this process: it is done before workers would have started."""
    picked = config.option.keyword or config.getoption("lf", default=False)
    return 0 if picked or not all(Path(arg).is_dir() for arg in config.args) else None


def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests write, and what subprocesses write, out of the user's folders.

    The processes of one run share the folder, and the graph of the shipped data in it.
    """
    gc.set_threshold(100_000, 20, 20)
    if not hasattr(config, "workerinput"):
        home = mkdtemp(prefix="emg-graph-")
        os.environ.update(XDG_DATA_HOME=home, COLUMNS="100")
        os.environ.pop(STORE_VARIABLE, None)
        config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace what small data shows once; what asks the shipped graph, reads whole published
    documents or looks at a hundred made-up cases takes too long traced."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        shipped = asked & {"found_for", "graph", "tables"} and "run" not in asked
        made_up = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if shipped or made_up or "published" in item.nodeid.casefold():
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Trace no fixture either that is made for a test which is not traced."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin.cov_controller if plugin and item.get_closest_marker("no_cover") else None
    if controller:
        controller.pause()
    try:
        return (yield)
    finally:
        if controller:
            controller.resume()


@pytest.fixture(scope="session")
def store_folder() -> Path:
    """Return the store in which the shipped data is built once for all tests."""
    return default_store()


class Answering(Store):
    """The store of the shipped data, which looks once for what it is asked again."""

    MOST = 1_000

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self._answers: dict[str, Table | bool] = {}

    def query(self, text: str) -> Table | bool:
        if text not in self._answers:
            if len(self._answers) == self.MOST:
                self._answers.clear()
            self._answers[text] = super().query(text)
        return self._answers[text]

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> None:
        self._answers.clear()
        super().replace_graph(name, quads)


class Remembering(Graph):
    """The graph of the shipped data, which works out once who could serve an agreement."""

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self._known: dict[str, Collaborators] = {}

    def collaborators(self, agreement: str, **wishes: Any) -> Collaborators:
        if any(wish for name, wish in wishes.items() if name != "seed"):
            return super().collaborators(agreement, **wishes)
        if agreement not in self._known:
            self._known[agreement] = super().collaborators(agreement)
        return self._known[agreement]


@pytest.fixture(scope="session")
def graph(store_folder: Path) -> Graph:
    """Return the graph of the shipped data."""
    _, manifest = open_store(store_folder)
    build = current_build(store_folder)
    assert build
    return Remembering(Answering.open(build / "db"), manifest)


@pytest.fixture(scope="session")
def tables() -> Tables:
    """Return the rows of the shipped tables."""
    return read_tables(folder("data"))


@pytest.fixture(scope="session")
def found_for(graph: Graph) -> Mapping[str, Collaborators]:
    """Return who could serve each agreement, asked without any wish."""
    return {agreement: graph.collaborators(agreement) for agreement in graph.evidence.agreements}


@pytest.fixture
def reopened(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a store that holds the shared graph be answered by it.

    It is opened all the same, but what is read of it once is not read again.
    """

    def opened(*args: Any, **options: Any) -> Graph:
        found = open_graph(*args, **options)
        same = (found.data_version, found.data_hash) == (graph.data_version, graph.data_hash)
        return graph if same else found

    monkeypatch.setattr("emg_graph.graph.open_graph", opened)


@pytest.fixture(scope="session")
def _read() -> dict[tuple[object, ...], Tables]:
    return {}


@pytest.fixture
def read_once(_read: dict[tuple[object, ...], Tables], monkeypatch: pytest.MonkeyPatch) -> None:
    """Read tables once only while their files are the same."""

    def remembered(place: Path, overlays: Sequence[Path] = ()) -> Tables:
        files = (file for one in (place, *overlays) for file in sorted(Path(one).glob("*.csv")))
        now = tuple((file, file.stat().st_size, file.stat().st_mtime_ns) for file in files)
        key = (place, *overlays, *now)
        if key not in _read:
            _read[key] = read_tables(place, overlays)
        return _read[key]

    monkeypatch.setattr("emg_graph.tables.read_tables", remembered)


@pytest.fixture
def run(store_folder: Path, reopened: None) -> Run:
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
