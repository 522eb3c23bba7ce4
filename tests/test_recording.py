"""What is computed and kept: in a graph of its own, with the activity, beside what is stated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Process, Run

from emg_graph import namespaces as ns
from emg_graph import recording
from emg_graph.analysis.method import Method
from emg_graph.analysis.overlap import Overlaps
from emg_graph.analysis.result import Computed, Result
from emg_graph.build import build_store
from emg_graph.errors import StoreError
from emg_graph.graph import Graph, open_graph

SMALL = Path(__file__).parent / "data" / "small"
SUBJECTS = ("minamata", "basel")
ASKED: list[tuple[str, Callable[[Graph, str], Computed]]] = [
    ("collaborators", lambda graph, subject: graph.collaborators(subject)),
    ("gaps", lambda graph, subject: graph.gaps(subject)),
]
ASK = """
SELECT ?result ?q (GROUP_CONCAT(?id; SEPARATOR="|") AS ?ids) WHERE {
  { SELECT ?result ?q ?id WHERE {
    ?result a emg:Result ; emg:measure "overlap" ; emg:qValue ?q ; emg:concerns ?thing .
    ?thing dcterms:identifier ?id .
  } ORDER BY ?id }
} GROUP BY ?result ?q
"""


def kept(graph: Graph) -> set[tuple[object, ...]]:
    """Return every statement of every named graph, what was kept included."""
    found = graph.sparql("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert not isinstance(found, bool)
    return set(found.rows)


@pytest.fixture
def small() -> Graph:
    return open_graph("memory:", SMALL)


def overlaps(graph: Graph, **options: int) -> Overlaps:
    return graph.overlaps(by="agreements", **{"draws": 64, **options})  # type: ignore[arg-type]


def test_each_pair_is_kept_with_its_numbers(small: Graph) -> None:
    found = overlaps(small)
    assert found.pairs
    graph = small.record(found)
    answer = small.sparql(ASK)
    assert not isinstance(answer, bool)
    assert {row["ids"]: row["q"] for row in answer.records()} == {
        f"{pair.one}|{pair.other}": pair.q for pair in found.pairs
    }
    assert graph.startswith(f"{ns.GRAPH_COMPUTED}/overlap-")


def test_the_least_of_numbers_is_not_nothing() -> None:
    method = Method("overlap", "…")
    result = Result(("unep", "fao"), "…", values={"pValue": 4.5e-30, "rank": 3, "score": 0.25})

    class Answer:
        def __init__(self) -> None:
            self.method = method

        def results(self) -> list[Result]:
            return [result]

    quads = recording.result_quads(Answer(), f"{ns.BASE}entity/{{}}".format)
    found = {str(quad.predicate): quad.object for quad in quads}
    assert float(found[f"<{ns.EMG.pValue}>"].value) == 4.5e-30  # type: ignore[union-attr]
    assert found[f"<{ns.EMG.score}>"].value == "0.25"  # type: ignore[union-attr]
    assert found[f"<{ns.EMG.rank}>"].value == "3"  # type: ignore[union-attr]


@pytest.mark.parametrize("ask", ASKED, ids=[name for name, _ in ASKED])
def test_every_answer_is_kept_with_what_was_asked(
    small: Graph, ask: tuple[str, Callable[[Graph, str], Computed]]
) -> None:
    first, second = (small.record(ask[1](small, subject)) for subject in SUBJECTS)
    assert first != second
    for graph in (first, second):
        kept = f"ASK {{ GRAPH <{graph}> {{ ?r a emg:Result ; emg:concerns ?x }} }}"
        assert small.sparql(kept) is True
        derived = f"ASK {{ GRAPH <{graph}> {{ ?r prov:wasDerivedFrom/a ?any }} }}"
        assert small.sparql(derived) is False  # the source itself stands elsewhere
        derived = f"ASK {{ GRAPH <{graph}> {{ ?r prov:wasDerivedFrom ?source }} }}"
        assert small.sparql(derived) is True


def test_a_group_is_kept_with_its_sources(graph: Graph) -> None:
    found = graph.coalition("bbnj")
    kept = list(found.results())
    assert len(kept) == len(found.groups) > 1
    assert all(result.concerns[0] == "bbnj" and result.sources for result in kept)
    assert {function for result in kept for function in result.shared} <= set(found.functions)


def test_who_joins_two_groups_is_kept_with_the_sources(graph: Graph) -> None:
    found = graph.bridges(between=("minamata", "cbd"))
    kept = list(found.results())
    assert {result.concerns[0] for result in kept} >= {"unep"}
    assert all(result.sources for result in kept)


def test_it_says_how_it_was_computed(small: Graph) -> None:
    graph = small.record(overlaps(small, seed=5))
    answer = small.sparql(f"""
        SELECT ?text ?seed ?data (GROUP_CONCAT(?set; SEPARATOR=", ") AS ?sets) WHERE {{
          {{ SELECT ?text ?seed ?data ?set WHERE {{
            <{graph}> prov:wasGeneratedBy ?activity .
            ?activity a prov:Activity ; dcterms:description ?text ; emg:seed ?seed ;
              emg:dataHash ?data ; emg:parameter ?set .
          }} ORDER BY ?set }}
        }} GROUP BY ?text ?seed ?data""")
    assert not isinstance(answer, bool)
    ((text, seed, data, sets),) = answer.rows
    assert "Strona et al. 2014" in str(text)
    assert (seed, data) == (5, small.data_hash)
    assert sets == "by=agreements, draws=64, null=fdsm, q=0.05"


def test_kept_again_it_is_the_same_and_with_other_parameters_another(small: Graph) -> None:
    one = small.record(overlaps(small))
    before = kept(small)
    assert small.record(overlaps(small)) == one
    assert kept(small) == before
    assert small.record(overlaps(small, seed=2)) != one
    assert kept(small) > before


def test_nothing_of_it_stands_among_what_is_stated(small: Graph) -> None:
    before, built = kept(small), small.store.quads()
    graph = small.record(overlaps(small))
    added = kept(small) - before
    assert added
    assert {name for name, *_ in added} == {graph}
    assert small.store.quads() == built


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nq", ".jsonld"])
def test_an_export_is_of_the_build_alone(small: Graph, suffix: str) -> None:
    before = small.store.export(suffix)
    small.record(overlaps(small))
    assert small.store.export(suffix) == before


def test_on_disk_it_is_there_for_whoever_opens_the_graph_next(tmp_path: Path) -> None:
    store, manifest = build_store(tmp_path / "store", SMALL)
    graph = Graph(store, manifest)
    statements = len(graph)
    graph.record(overlaps(graph))
    assert len(graph) > statements
    assert len(open_graph(tmp_path / "store")) == len(graph)


def test_a_graph_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    store, manifest = build_store(tmp_path / "store", SMALL)
    graph = Graph(store, manifest)
    found = overlaps(graph)
    busy = store.create(next((tmp_path / "store" / "builds").iterdir()) / "db")
    with pytest.raises(StoreError, match="cannot be"):
        graph.record(found)
    del busy


def test_the_command_keeps_it_on_request(run: Run, tmp_path: Path) -> None:
    args = ("overlaps", "--by", "agreements", "--null", "hypergeometric", "--data", SMALL)
    kept = run(*args, "--record", "--store", tmp_path / "store")
    assert "kept in the graph https://w3id.org/emg-graph/graph/computed/overlap-" in kept.stderr
    graph = open_graph(tmp_path / "store")
    assert graph.sparql("ASK { ?result a emg:Result }") is True


def test_the_command_keeps_nothing_in_memory(process: Process) -> None:
    args = ("overlaps", "--by", "agreements", "--null", "hypergeometric", "--data", SMALL)
    done = process(*args, "--record", "--store", "memory:")
    assert done.returncode == 2
    assert "--record keeps nothing in memory: name a folder with --store" in done.stderr
