"""The Python API: its names, how a graph is opened and asked, and what goes wrong in words."""

from __future__ import annotations

import dataclasses
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset

import emg_graph
from emg_graph.analysis import candidates, coalition, evidence, reasons
from emg_graph.answers import Profile
from emg_graph.graph import STORE_VARIABLE, Graph, open_graph
from emg_graph.resources import folder
from emg_graph.views.brief import Brief

SMALL = Path(__file__).parent / "data" / "small"
ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    document.name: re.findall(
        r"^```python\n(.*?)^```$", document.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    for document in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
"""The blocks of Python in each document, in order."""
RECORDS = (
    Profile,
    Brief,
    emg_graph.Problem,
    emg_graph.Table,
    candidates.Candidate,
    candidates.Collaborators,
    candidates.Coverage,
    candidates.Share,
    coalition.Coalition,
    evidence.Actor,
    evidence.Agreement,
    evidence.Body,
    evidence.Citation,
    evidence.Evidence,
    evidence.Joint,
    evidence.Membership,
    evidence.Position,
    evidence.Role,
    reasons.Reason,
    reasons.Wanted,
)


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


class TestNames:
    def test_every_public_name_is_its_home_s_own(self) -> None:
        for name, home in emg_graph._HOMES.items():
            module = importlib.import_module(f"emg_graph.{home}")
            assert getattr(emg_graph, name) is getattr(module, name)

    def test_all_lists_the_public_names_in_order(self) -> None:
        assert list(emg_graph.__all__) == sorted(emg_graph._HOMES)

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="has no attribute 'graphs'"):
            _ = emg_graph.graphs

    def test_importing_the_package_imports_no_store(self) -> None:
        program = "import sys, emg_graph; print('pyoxigraph' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stdout == "False\n"

    @pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
    def test_what_the_api_returns_is_frozen(self, record: type) -> None:
        assert dataclasses.is_dataclass(record)
        assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]

    def test_an_answer_cannot_be_changed(self, graph: Graph) -> None:
        found = graph.collaborators("minamata")
        with pytest.raises(dataclasses.FrozenInstanceError):
            found.name = "other"  # type: ignore[misc]
        with pytest.raises(dataclasses.FrozenInstanceError):
            found.candidates[0].rank = 1  # type: ignore[misc]


class TestOpening:
    def test_the_environment_names_the_store(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "here"))
        assert len(open_graph(data=SMALL)) > 0
        assert (tmp_path / "here" / "current").is_file()

    def test_an_argument_counts_before_the_environment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "unused"))
        open_graph(tmp_path / "used", SMALL)
        assert (tmp_path / "used" / "current").is_file()
        assert not (tmp_path / "unused").exists()

    def test_the_default_store_is_in_the_user_s_data_directory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        open_graph(data=SMALL)
        assert list(tmp_path.glob("emg-graph/*/current"))

    def test_the_second_opening_builds_nothing(self, tmp_path: Path) -> None:
        first: list[str] = []
        again: list[str] = []
        open_graph(tmp_path / "store", SMALL, first.append)
        open_graph(tmp_path / "store", SMALL, again.append)
        assert first
        assert not again

    def test_the_data_s_version_and_hash_are_known(self, small: Graph) -> None:
        assert small.data_version == (SMALL / "VERSION").read_text(encoding="utf-8").strip()
        assert len(small.data_hash) == 64

    def test_bad_data_is_a_data_error_that_holds_every_problem(self, tmp_path: Path) -> None:
        data = tmp_path / "data"
        shutil.copytree(SMALL, data)
        roles = (data / "roles.csv").read_text(encoding="utf-8")
        (data / "roles.csv").write_text(roles.replace("unep,", "unepp,"), encoding="utf-8")
        with pytest.raises(emg_graph.DataError, match="did you mean 'unep'") as raised:
            open_graph("memory:", data)
        assert raised.value.problems
        assert {problem.path for problem in raised.value.problems} == {"roles.csv"}
        assert isinstance(raised.value, emg_graph.EmgGraphError)

    def test_a_store_that_is_something_else_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
        with pytest.raises(emg_graph.StoreError, match="other things"):
            open_graph(tmp_path, SMALL)
        assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear"


class TestAsking:
    def test_a_query_goes_by_its_number_or_its_name(self, graph: Graph) -> None:
        by_number = graph.query("CQ01", agreement="minamata")
        assert by_number == graph.query("roles-of-agreement", agreement="Minamata Convention")
        assert len(by_number) > 0

    def test_several_values_are_a_sequence(self, graph: Graph) -> None:
        both = graph.query("shared-agreements", entity=["unep", "who"])
        assert len(both) > 0

    def test_an_unknown_query_suggests_one(self, graph: Graph) -> None:
        with pytest.raises(emg_graph.QueryError, match="roles-of-agreement"):
            graph.query("roles-of-agreements")

    def test_an_unknown_parameter_suggests_one(self, graph: Graph) -> None:
        with pytest.raises(emg_graph.QueryError, match="did you mean agreement"):
            graph.query("CQ01", agreemnt="minamata")

    def test_an_unknown_name_suggests_ids(self, graph: Graph) -> None:
        with pytest.raises(emg_graph.UnknownNameError, match="did you mean 'minamata'") as raised:
            graph.query("CQ01", agreement="minamatta")
        assert raised.value.suggestions[0] == "minamata"

    def test_sparql_asks_the_union_of_all_graphs(self, graph: Graph) -> None:
        minamata = "<https://w3id.org/emg-graph/agreement/minamata>"
        assert graph.sparql(f"ASK {{ {minamata} ?p ?o }}") is True
        table = graph.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        assert isinstance(table, emg_graph.Table)
        assert isinstance(table.rows[0][0], int)
        assert 0 < table.rows[0][0] <= len(graph)

    def test_bad_sparql_is_a_query_error(self, graph: Graph) -> None:
        with pytest.raises(emg_graph.QueryError, match="not valid SPARQL"):
            graph.sparql("SELECT WHERE")

    def test_resolve_takes_ids_names_and_kinds(self, graph: Graph) -> None:
        iri = "https://w3id.org/emg-graph/agreement/minamata"
        assert graph.resolve("minamata") == iri
        assert graph.resolve("minamata", ("agreement",)) == iri
        assert graph.resolve("Minamata Convention on Mercury", ("entity", "agreement")) == iri
        with pytest.raises(emg_graph.UnknownNameError, match="no entity is called 'minamata'"):
            graph.resolve("minamata", ("entity",))

    def test_show_groups_what_is_known(self, graph: Graph) -> None:
        profile = graph.show("UNICEF")
        assert (profile.id, profile.kind) == ("unicef", "entity")
        assert profile.name == "United Nations Children's Fund"
        titles = [title for title, _ in profile.groups]
        assert {"Facts", "Positions on record"} <= set(titles)
        assert all(table.rows for _, table in profile.groups)
        with pytest.raises(emg_graph.UnknownNameError):
            graph.show("no such thing at all")

    def test_find_puts_the_best_first_and_keeps_to_kinds(self, graph: Graph) -> None:
        assert graph.find("minamata")[0].identifier == "minamata"
        assert {label.kind for label in graph.find("minamata", ("entity",))} == {"entity"}
        assert graph.find("no such thing at all") == ()

    def test_what_is_found_is_a_tuple_that_can_be_laid_out(self, graph: Graph) -> None:
        found = graph.find("minamata")
        assert found == tuple(graph.names.find("minamata"))
        assert [row["identifier"] for row in found.to_table().records()] == [
            label.identifier for label in found
        ]

    def test_an_empty_answer_keeps_its_columns(self, small: Graph) -> None:
        table = small.sparql("SELECT ?a WHERE { ?a a <urn:none> }")
        assert table == emg_graph.Table(("a",), ())

    def test_the_shipped_graph_has_no_findings(self, small: Graph) -> None:
        assert small.check() == ()
        assert small.check().to_table().columns == ("rule", "subject", "message")


class TestCollaborating:
    def test_an_agreement_goes_by_any_of_its_names(self, graph: Graph) -> None:
        assert graph.collaborators("Basel Convention") == graph.collaborators("basel")

    @pytest.mark.parametrize(
        ("arguments", "kind"),
        [
            ({"functions": ["minamata"]}, "function"),
            ({"themes": ["unep"]}, "theme"),
            ({"kinds": ["mercury"]}, "entity-kind"),
            ({"exclude_sources": ["no-such-source"]}, "source"),
        ],
    )
    def test_each_argument_names_a_thing_of_its_kind(
        self, graph: Graph, arguments: dict[str, Any], kind: str
    ) -> None:
        with pytest.raises(emg_graph.UnknownNameError, match=f"no {kind} is called"):
            graph.collaborators("minamata", **arguments)

    def test_an_entity_is_no_agreement(self, graph: Graph) -> None:
        with pytest.raises(emg_graph.UnknownNameError, match="no agreement is called 'unep'"):
            graph.collaborators("unep")
        with pytest.raises(emg_graph.UnknownNameError, match="no agreement"):
            graph.brief("unep")

    def test_arguments_go_by_label_too(self, graph: Graph) -> None:
        label = graph.evidence.functions["finance"]
        by_label = graph.collaborators("basel", functions=[label])
        assert by_label == graph.collaborators("basel", functions=["finance"])

    def test_excluding_a_source_takes_its_links_away(self, small: Graph) -> None:
        source = "codexis-minamata-article-24"
        before = small.collaborators("minamata")
        after = small.collaborators("minamata", exclude_sources=[source])
        assert len(after.linked) < len(before.linked)
        assert source not in {role.citation.source for role in after.linked}

    def test_unicef_is_a_candidate_through_its_joint_report(self, small: Graph) -> None:
        found = {c.id: c for c in small.collaborators("minamata").candidates}
        reasons_ = {reason.channel for reason in found["unicef"].reasons}
        assert {"joint product", "position on record"} <= reasons_

    def test_a_brief_is_of_the_agreement(self, small: Graph) -> None:
        brief = small.brief("Minamata Convention")
        assert brief.agreement.id == "minamata"
        assert brief.data_hash == small.data_hash


class TestForOthers:
    def test_rdflib_reads_the_same_open_store(self, small: Graph) -> None:
        dataset = small.rdflib()
        assert isinstance(dataset, Dataset)
        assert len(dataset) == len(small)
        with pytest.raises(emg_graph.StoreError, match="read-only"):
            dataset.update("DROP ALL")
        assert len(dataset) == len(small)

    def test_opening_and_asking_import_neither_rdflib_nor_pandas(
        self, store_folder: Path, graph: Graph
    ) -> None:
        program = (
            "import sys, emg_graph; graph = emg_graph.open_graph(sys.argv[1])\n"
            "graph.query('CQ01', agreement='minamata')._repr_html_(); repr(graph)\n"
            "print({'rdflib', 'oxrdflib', 'pandas', 'networkx'} & set(sys.modules))"
        )
        command = [sys.executable, "-c", program, str(store_folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout == "set()\n"


@pytest.mark.no_cover
class TestDocuments:
    def test_python_is_shown(self) -> None:
        assert {name for name, blocks in DOCUMENTS.items() if blocks} >= {"README.md", "python.md"}

    @pytest.mark.slow
    @pytest.mark.parametrize("name", [name for name, blocks in DOCUMENTS.items() if blocks])
    def test_the_blocks_of_a_document_run_one_after_the_other(
        self,
        name: str,
        store_folder: Path,
        graph: Graph,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv(STORE_VARIABLE, str(store_folder))
        monkeypatch.chdir(tmp_path)
        names: dict[str, Any] = {}
        for place, block in enumerate(DOCUMENTS[name], 1):
            exec(compile(block, f"{name}, block {place}", "exec"), names)
        assert isinstance(names["graph"], Graph)


class TestWriting:
    @pytest.mark.parametrize("suffix", [".nq", ".trig", ".ttl", ".TTL"])
    def test_rdf_is_written_by_the_suffix(self, small: Graph, tmp_path: Path, suffix: str) -> None:
        path = small.export(tmp_path / f"graph{suffix}")
        assert path.read_bytes() == small.store.export(suffix.lower())

    def test_a_folder_takes_a_table_for_each_kind(self, small: Graph, tmp_path: Path) -> None:
        path = small.export(str(tmp_path / "new" / "tables"))
        names = {file.stem for file in path.iterdir()}
        assert {"agreement", "entity", "role", "position", "concept", "source"} <= names

    def test_an_unknown_suffix_is_an_output_error(self, small: Graph, tmp_path: Path) -> None:
        with pytest.raises(emg_graph.OutputError, match=r"\.xlsx"):
            small.export(tmp_path / "graph.xlsx")
        assert not list(tmp_path.iterdir())


def test_the_shipped_data_is_what_opens_by_default(graph: Graph) -> None:
    version = (folder("data") / "VERSION").read_text(encoding="utf-8").strip()
    assert graph.data_version == version
