"""The tour for Jupyter: it is stored in one form, runs offline, and shows what it says.

After a change in a notebook editor, ``python tests/test_notebook.py`` takes the outputs out again.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from emg_graph.graph import STORE_VARIABLE, Graph

TOUR = Path(__file__).parent.parent / "examples" / "tour.ipynb"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
MEANING = re.compile(r"\*\*What it does not( mean)?\.\*\*")


def canonical(text: str) -> str:
    """Return a notebook without outputs, counts and what an editor leaves of its machine."""
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    notebook.metadata = nbformat.from_dict(METADATA)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return written(notebook)


def written(notebook: Any) -> str:
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def read_tour() -> Any:
    return nbformat.read(TOUR, as_version=4)  # type: ignore[no-untyped-call]


class TestAsStored:
    def test_it_is_in_the_canonical_form(self) -> None:
        text = TOUR.read_text(encoding="utf-8")
        assert text == canonical(text), "python tests/test_notebook.py mends it"

    def test_the_canonical_form_holds_no_output(self) -> None:
        notebook = read_tour()
        code = next(cell for cell in notebook.cells if cell.cell_type == "code")
        code.outputs = [nbformat.v4.new_output("stream", text="/somewhere")]  # type: ignore[no-untyped-call]
        code.execution_count = 7
        code.metadata = {"execution": {"started": "now"}}
        notebook.metadata["authors"] = ["somebody"]
        assert canonical(written(notebook)) == TOUR.read_text(encoding="utf-8")

    def test_every_cell_has_a_name_of_its_own(self) -> None:
        notebook = read_tour()
        nbformat.validate(notebook)
        names = [cell.id for cell in notebook.cells]
        assert len(set(names)) == len(names)
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)

    def test_it_says_what_answers_do_not_mean(self) -> None:
        texts = [cell.source for cell in read_tour().cells if cell.cell_type == "markdown"]
        assert sum(bool(MEANING.search(text)) for text in texts) >= 4


class Shown:
    """What each cell shows once the notebook has run, by the cell's name."""

    def __init__(self, notebook: Any) -> None:
        self._cells = {cell.id: cell for cell in notebook.cells if cell.cell_type == "code"}

    def __getitem__(self, name: str) -> str:
        """Return what a cell shows: as HTML if it can, else as text."""
        (output,) = self._cells[name].outputs
        if output.output_type == "stream":
            assert output.name == "stdout", output.text
            return str(output.text)
        return str(output.data.get("text/html", output.data["text/plain"]))

    def __iter__(self) -> Any:
        return iter(self._cells)


@pytest.fixture(scope="module")
def shown(graph: Graph, store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Run the tour in a kernel of its own, whose files all go to a temporary folder."""
    from nbclient import NotebookClient

    place = tmp_path_factory.mktemp("tour")
    notebook = read_tour()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(STORE_VARIABLE, str(store_folder))
        for variable in (
            "JUPYTER_RUNTIME_DIR",
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "IPYTHONDIR",
        ):
            patch.setenv(variable, str(place / variable.lower()))
        client = NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": place}}
        )
        client.execute()
    return Shown(notebook)


@pytest.mark.slow
class TestAsRun:
    def test_every_cell_shows_something(self, shown: Shown) -> None:
        assert all(shown[name] for name in shown)

    def test_it_opens_the_shipped_data(self, shown: Shown, graph: Graph) -> None:
        assert shown["open"] == graph._repr_html_()

    def test_tables_are_those_of_the_graph(self, shown: Shown, graph: Graph) -> None:
        assert shown["find"] == graph.find("basel convention")._repr_html_()
        assert shown["roles"] == graph.query("CQ01", agreement="basel")._repr_html_()
        assert shown["collaborators"] == graph.collaborators("basel")._repr_html_()

    def test_sparql_lists_what_the_regional_commissions_serve(self, shown: Shown) -> None:
        assert "Economic Commission for Europe" in shown["sparql"]
        assert ">lrtap</td>" in shown["sparql"]

    def test_what_is_stated_stands_apart(self, shown: Shown) -> None:
        assert "stated" in shown["basis"]
        assert "inferred" in shown["basis"]

    def test_gaps_say_how_much_was_searched(self, shown: Shown, graph: Graph) -> None:
        missing = graph.collaborators("basel").missing
        assert missing
        assert all(cover.status in shown["missing"] for cover in missing)

    def test_who_adds_what_names_the_candidates(self, shown: Shown, graph: Graph) -> None:
        adding = [c for c in graph.collaborators("basel").candidates if c.adds]
        assert adding
        assert all(candidate.name in shown["adds"] for candidate in adding)

    def test_the_network_keeps_what_the_pairs_share(self, shown: Shown, graph: Graph) -> None:
        assert shown["network"].count("<tr") == 11
        heaviest = max(
            (data for _, _, data in graph.to_networkx("entities").edges(data=True)
             if data["relation"] == "shared-agreements"),
            key=lambda data: float(data["weight"]),
        )  # fmt: skip
        assert ", ".join(heaviest["shared"]) in shown["network"]

    def test_rdflib_answers_by_source(self, shown: Shown, graph: Graph) -> None:
        linked = graph.collaborators("basel").linked
        assert any(f"<td>{role.citation.source}</td>" in shown["rdflib"] for role in linked)
        assert shown["turtle"].startswith("@prefix dcterms:")
        assert "emg:Claim" in shown["turtle"]

    def test_the_brief_stands_in_a_frame_without_scripts(self, shown: Shown) -> None:
        assert shown["brief"].startswith('<iframe sandbox="" srcdoc="')


if __name__ == "__main__":
    TOUR.write_text(canonical(TOUR.read_text(encoding="utf-8")), encoding="utf-8")
