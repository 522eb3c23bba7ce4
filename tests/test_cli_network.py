"""``emg-graph network`` and the networks of ``emg-graph export``: options, words, places."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import Result
from conftest import Process, Run

from emg_graph.cli import cli
from emg_graph.errors import OutputError, UnknownNameError
from emg_graph.graph import STORE_VARIABLE, Graph
from emg_graph.views.network import VIEWS, near, to_gexf, to_graphml, to_node_link, view_of

FORMS = {".gexf": to_gexf, ".graphml": to_graphml, ".json": to_node_link}


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, so that whatever is written is seen."""
    place = tmp_path / "empty"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def names(place: Path) -> list[str]:
    return sorted(file.name for file in place.iterdir())


def failed(result: Result, kind: type[Exception] = OutputError) -> str:
    assert isinstance(result.exception, kind), result.output
    assert result.stdout == ""
    return str(result.exception)


class TestNetwork:
    @pytest.mark.parametrize(
        ("given", "asked"),
        [
            ((), {}),
            (("--view", "entities"), {"view": "entities"}),
            (("--view", "agreements"), {"view": "agreements"}),
            (("--view", "gaps"), {"view": "gaps"}),
            (("--view", "all", "--agreement", "CITES"), {"agreement": "cites"}),
            (("--agreement", "Minamata Convention"), {"agreement": "minamata"}),
            (("--entity", "UNICEF"), {"entity": "unicef"}),
            (("--entity", "GEF"), {"entity": "gef"}),
            (("--theme", "mercure"), {"theme": "mercury"}),
        ],
    )
    def test_each_option_gives_its_page_and_writes_nothing_else(
        self, run: Run, graph: Graph, empty: Path, given: tuple[str, ...], asked: dict[str, str]
    ) -> None:
        result = run("network", *given, "-o", "page.html")
        assert (result.exit_code, result.stdout) == (0, "")
        expected = graph.network(**asked)
        assert (empty / "page.html").read_text(encoding="utf-8") == expected.to_html()
        assert names(empty) == ["page.html"]
        counts = f"{len(expected.network.nodes):,} things, {len(expected.network.links):,} links"
        assert result.stderr.splitlines() == [
            f"emg-graph: writing {expected.network.title}: {counts}",
            "emg-graph: page.html is ready",
        ]

    def test_a_dash_is_standard_output(self, run: Run, graph: Graph, empty: Path) -> None:
        result = run("network", "--view", "agreements", "-o", "-")
        assert result.stdout == graph.network("agreements").to_html()
        assert "is ready" not in result.stderr
        assert names(empty) == []

    @pytest.mark.parametrize("name", ["page.htm", "PAGE.HTML"])
    def test_every_suffix_of_a_page_will_do(self, run: Run, empty: Path, name: str) -> None:
        assert run("network", "--agreement", "cites", "-o", name).exit_code == 0
        assert names(empty) == [name]

    @pytest.mark.parametrize("name", ["page.pdf", "page", "page.gexf", ""])
    def test_a_network_is_a_page(self, run: Run, empty: Path, name: str) -> None:
        said = failed(run("network", "-o", name))
        assert said == f"a network is a .html page, not {name!r}; other forms: export"
        assert names(empty) == []

    @pytest.mark.parametrize(
        "given",
        [
            ("--agreement", "cites", "--entity", "unep"),
            ("--entity", "unep", "--theme", "mercury"),
            ("--agreement", "cites", "--view", "gaps"),
            ("--theme", "mercury", "--view", "entities"),
        ],
    )
    def test_only_one_thing_can_be_asked_for(
        self, run: Run, empty: Path, given: tuple[str, ...]
    ) -> None:
        said = failed(run("network", *given, "-o", "page.html"))
        assert said == "give one of a view, an agreement, an entity or a theme"
        assert names(empty) == []

    @pytest.mark.parametrize(
        ("option", "name", "said"),
        [
            ("--agreement", "minamatta", "no agreement is called 'minamatta'; did you mean"),
            ("--agreement", "unicef", "no agreement is called 'unicef'; it is the name of another"),
            ("--entity", "unicefe", "no entity or mechanism is called 'unicefe'; did you mean"),
            ("--entity", "cites", "no entity or mechanism is called 'cites'; it is the name of"),
            ("--theme", "mercurry", "no theme is called 'mercurry'; did you mean 'mercury'"),
            ("--theme", "", "no theme is called ''"),
        ],
    )
    def test_an_unknown_name_is_told_with_suggestions(
        self, run: Run, empty: Path, option: str, name: str, said: str
    ) -> None:
        result = run("network", option, name, "-o", "page.html")
        assert failed(result, UnknownNameError).startswith(said)
        assert names(empty) == []

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ((), "Missing option '-o'"),
            (("-o", "page.html", "--view", "bodies"), "'bodies' is not one of 'all', 'entities'"),
            (("-o", "page.html", "--mechanism", "gef"), "No such option"),
            (("-o", "page.html", "minamata"), "Got unexpected extra argument (minamata)"),
        ],
    )
    def test_a_wrong_use_ends_with_2(
        self, run: Run, empty: Path, given: tuple[str, ...], said: str
    ) -> None:
        result = run("network", *given)
        assert result.exit_code == 2
        assert said in result.stderr
        assert names(empty) == []

    def test_a_place_that_is_not_there_is_told(self, run: Run, empty: Path) -> None:
        said = failed(run("network", "--agreement", "cites", "-o", "no/page.html"))
        assert said == "no/page.html cannot be written: No such file or directory"
        assert names(empty) == []

    def test_a_page_that_is_there_is_replaced(self, run: Run, empty: Path) -> None:
        (empty / "page.html").write_text("old", encoding="utf-8")
        assert run("network", "--agreement", "cites", "-o", "page.html").exit_code == 0
        assert (empty / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
        assert names(empty) == ["page.html"]

    def test_a_page_that_cannot_be_put_in_place_leaves_the_old_one(
        self, run: Run, empty: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        (empty / "page.html").write_text("old", encoding="utf-8")
        monkeypatch.setattr(os, "replace", refuse)
        said = failed(run("network", "--agreement", "cites", "-o", "page.html"))
        assert said == "page.html cannot be written: Permission denied"
        assert names(empty) == ["page.html"]
        assert (empty / "page.html").read_text(encoding="utf-8") == "old"

    def test_in_a_process_of_its_own_it_ends_with_a_code(
        self, process: Process, empty: Path
    ) -> None:
        done = process("network", "--agreement", "minamatta", "-o", "page.html")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("error: no agreement is called 'minamatta'; did you mean")
        assert "Traceback" not in done.stderr
        done = process("network", "--agreement", "cites", "-o", "page.html")
        assert (done.returncode, done.stdout) == (0, "")
        assert names(empty) == ["page.html"]

    @pytest.mark.parametrize("name", ["network", "export"])
    def test_names_are_completed_by_their_kind(self, graph: Graph, name: str) -> None:
        command = cli.get_command(click.Context(cli), name)
        assert command
        kinds = {param.name: getattr(param.type, "kinds", None) for param in command.params}
        assert kinds["agreement"] == ("agreement",)
        assert kinds["entity"] == ("entity", "mechanism")
        assert kinds["theme"] == ("theme",)


class TestExport:
    @pytest.mark.parametrize("suffix", FORMS)
    def test_each_form_of_a_network_is_written_and_nothing_else(
        self, run: Run, graph: Graph, empty: Path, suffix: str
    ) -> None:
        result = run("export", "-o", f"n{suffix}", "--view", "agreements")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"emg-graph: n{suffix} is ready\n"
        expected = FORMS[suffix](view_of(graph, "agreements"))
        assert (empty / f"n{suffix}").read_bytes() == expected
        assert names(empty) == [f"n{suffix}"]

    @pytest.mark.parametrize("view", VIEWS)
    def test_every_view_can_be_written(self, run: Run, empty: Path, view: str) -> None:
        assert run("export", "-o", "n.json", "--view", view).exit_code == 0
        data = json.loads((empty / "n.json").read_text(encoding="utf-8"))
        assert data["graph"]["view"] == view

    @pytest.mark.parametrize(
        ("option", "name", "thing"),
        [
            ("--agreement", "CITES", "cites"),
            ("--entity", "GEF", "gef"),
            ("--theme", "mercure", "mercury"),
        ],
    )
    def test_what_touches_one_thing_can_be_written(
        self, run: Run, graph: Graph, empty: Path, option: str, name: str, thing: str
    ) -> None:
        assert run("export", "-o", "n.graphml", option, name).exit_code == 0
        assert (empty / "n.graphml").read_bytes() == to_graphml(near(graph, thing))

    @pytest.mark.parametrize(
        "given",
        [("--agreement", "cites", "--view", "gaps"), ("--entity", "unep", "--theme", "mercury")],
    )
    def test_only_one_thing_can_be_asked_for(
        self, run: Run, empty: Path, given: tuple[str, ...]
    ) -> None:
        said = failed(run("export", "-o", "n.json", *given))
        assert said == "give one of a view, an agreement, an entity or a theme"
        assert names(empty) == []

    def test_an_unknown_name_is_told_with_suggestions(self, run: Run, empty: Path) -> None:
        result = run("export", "-o", "n.json", "--theme", "mercurry")
        assert failed(result, UnknownNameError).startswith("no theme is called 'mercurry'; did")
        assert names(empty) == []

    def test_without_a_view_a_network_is_whole(self, run: Run, empty: Path) -> None:
        assert run("export", "-o", "n.json").exit_code == 0
        assert json.loads((empty / "n.json").read_text(encoding="utf-8"))["graph"]["view"] == "all"

    @pytest.mark.parametrize(
        ("name", "idle"),
        [
            ("g.nq", {"jinja2", "networkx", "numpy", "pyvis", "rustworkx"}),
            ("n.json", {"jinja2", "pyvis"}),
        ],
    )
    def test_an_export_imports_no_more_than_it_needs(
        self, store_folder: Path, graph: Graph, name: str, idle: set[str]
    ) -> None:
        program = (
            "import sys\n"
            "from emg_graph.cli import cli\n"
            f"cli.main(['export', '-o', {name!r}], standalone_mode=False)\n"
            "print(*sys.modules)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, STORE_VARIABLE: str(store_folder)},
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        assert not idle & {*done.stdout.split()}

    def test_json_ld_is_written(self, run: Run, graph: Graph, empty: Path) -> None:
        assert run("export", "-o", "g.jsonld").exit_code == 0
        assert (empty / "g.jsonld").read_bytes() == graph.store.export(".jsonld")

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            (
                ("g.nq", "--view", "gaps"),
                "only a network has a view or a thing in its middle; write it as .gexf, .graphml,",
            ),
            (("tables", "--view", "all"), "only a network has a view"),
            (("g.ttl", "--agreement", "cites"), "only a network has a view or a thing in its"),
            (("g.xml",), "'.xml' is no form of an export; use .nq, .trig, .jsonld, .ttl, .gexf,"),
            (("n.html",), "'.html' is no form of an export"),
            (("no/n.gexf",), "no/n.gexf cannot be written: No such file or directory"),
            (("-",), "an export is a file or a folder; name one, such as emg.trig"),
        ],
    )
    def test_what_cannot_be_written_is_told(
        self, run: Run, empty: Path, given: tuple[str, ...], said: str
    ) -> None:
        assert failed(run("export", "-o", *given)).startswith(said)
        assert names(empty) == []

    def test_an_unknown_view_ends_with_2(self, run: Run, empty: Path) -> None:
        result = run("export", "-o", "n.gexf", "--view", "bodies")
        assert result.exit_code == 2
        assert "'bodies' is not one of 'all', 'entities', 'agreements', 'gaps'" in result.stderr
        assert names(empty) == []
