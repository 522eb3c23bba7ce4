"""The graph as an rdflib dataset: what plain oxrdflib leaves to trip over, and its absence here.

A test named ``test_plain_…`` shows a trap in oxrdflib itself. Where one of them fails, the trap is
mended there, and what mends it in ``emg_graph.dataset`` can go.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest
import rdflib
from folders import SMALL
from oxrdflib import OxigraphStore
from rdflib import DCTERMS, RDF, SKOS, XSD, BNode, Dataset, Literal, URIRef, Variable
from rdflib.compare import isomorphic
from rdflib.plugins.sparql import prepareQuery, prepareUpdate

from emg_graph.dataset import ReadOnlyStore, to_dataset
from emg_graph.errors import QueryError, StoreError
from emg_graph.graph import Graph, open_graph
from emg_graph.namespaces import EMG, PREFIXES
from emg_graph.store import Store

EX = rdflib.Namespace("http://example.org/")
ONE, TWO = EX["graph/1"], EX["graph/2"]
SERVES = URIRef(EMG.serves)
MINAMATA = URIRef("https://w3id.org/emg-graph/agreement/minamata")
TURTLE = "<http://example.org/new> <http://example.org/p> <http://example.org/o> ."


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


QUADS = (
    ox.Quad(node(EX.a), node(SERVES), node(EX.b), node(ONE)),
    ox.Quad(node(EX.a), node(SERVES), node(EX.b), node(TWO)),
    ox.Quad(node(EX.a), node(DCTERMS.identifier), ox.Literal("x"), node(ONE)),
    ox.Quad(node(EX.a), node(SKOS.prefLabel), ox.Literal("x", language="en"), node(ONE)),
    ox.Quad(node(EX.b), node(DCTERMS.date), ox.Literal("2025-09", datatype=node(XSD.gYearMonth)),
            node(TWO)),
)  # fmt: skip


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Return a small store of each kind: in memory, and on disk as a command opens it."""
    memory = request.param == "memory"
    made = Store.memory() if memory else Store.create(tmp_path / "db")
    made.load(QUADS)
    if memory:
        return made
    del made
    return Store.open(tmp_path / "db")


@pytest.fixture
def dataset(store: Store) -> Dataset:
    return to_dataset(store)


@pytest.fixture
def plain(store: Store) -> Dataset:
    """Return what oxrdflib makes of the same store by itself."""
    return Dataset(store=OxigraphStore(store=store.engine), default_union=True)


class Witness:
    """Stands before an engine and writes down what is asked of it."""

    def __init__(self, engine: ox.Store) -> None:
        self.engine, self.asked = engine, list[str]()

    def __len__(self) -> int:
        self.asked.append("len")
        return len(self.engine)

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self.engine, name)


def witnessed(kind: type[OxigraphStore]) -> tuple[Dataset, list[str]]:
    """Return a dataset of a kind of store, and what its engine is asked from now on."""
    engine = ox.Store()
    engine.extend(QUADS)
    witness = Witness(engine)
    return Dataset(kind(store=cast("ox.Store", witness)), default_union=True), witness.asked


class TestPlainStrings:
    def test_plain_strings_differ_from_the_same_string(self, plain: Dataset) -> None:
        assert plain.value(EX.a, DCTERMS.identifier) != Literal("x")

    def test_a_string_is_the_same_string(self, dataset: Dataset) -> None:
        found = dataset.value(EX.a, DCTERMS.identifier)
        assert found == Literal("x")
        assert isinstance(found, Literal)
        assert found.datatype is None

    def test_a_string_is_so_in_every_answer(self, dataset: Dataset) -> None:
        select = dataset.query("SELECT ?x { ?s dcterms:identifier ?x }")
        construct = dataset.query("CONSTRUCT { ?s rdfs:label ?x } { ?s dcterms:identifier ?x }")
        assert [row.x for row in select] == [Literal("x")]  # type: ignore[union-attr]
        assert construct.graph is not None
        assert list(construct.graph.objects()) == [Literal("x")]
        assert (EX.a, DCTERMS.identifier, Literal("x"), ONE) in set(dataset)

    @pytest.mark.parametrize("datatype", [None, XSD.string])
    def test_a_string_is_found_however_it_is_written(
        self, dataset: Dataset, datatype: URIRef | None
    ) -> None:
        wanted = Literal("x", datatype=datatype)
        assert list(dataset.subjects(DCTERMS.identifier, wanted)) == [EX.a]

    def test_other_literals_stay_as_they_are(self, dataset: Dataset) -> None:
        assert dataset.value(EX.a, SKOS.prefLabel) == Literal("x", lang="en")
        assert dataset.value(EX.b, DCTERMS.date) == Literal("2025-09", datatype=XSD.gYearMonth)

    def test_every_literal_of_the_shipped_graph_keeps_its_letters(self, graph: Graph) -> None:
        every = graph.store.engine.quads_for_pattern(None, None, None, None)
        stored = sorted(one.object.value for one in every if isinstance(one.object, ox.Literal))
        seen = [str(o) for _, _, o, _ in graph.rdflib() if isinstance(o, Literal)]
        assert sorted(seen) == stored


class TestLength:
    def test_plain_length_asks_for_every_triple(self) -> None:
        plain, asked = witnessed(OxigraphStore)
        assert len(plain) == len(QUADS) - 1, "and does not count what it would list"
        assert asked == ["query"]

    def test_the_length_is_the_engine_s_own(self) -> None:
        dataset, asked = witnessed(ReadOnlyStore)
        assert len(dataset) == len(QUADS) == len(list(dataset))
        assert asked[0] == "len"

    def test_the_length_of_one_graph_is_its_own(self, dataset: Dataset) -> None:
        assert [len(dataset.graph(name)) for name in (ONE, TWO, EX.nowhere)] == [3, 2, 0]
        assert [len(list(dataset.graph(name))) for name in (ONE, TWO)] == [3, 2]
        assert len(dataset.default_graph) == 0


class TestNothingIsAnsweredElsewhere:
    QUERY = "SELECT ?o { ?s ?p ?o }"

    @pytest.mark.parametrize("how", [{}, {"base": "http://example.org/"}, {"DEBUG": False}])
    def test_plain_falls_back_without_a_word(self, how: dict[str, Any]) -> None:
        plain, asked = witnessed(OxigraphStore)
        assert len(plain.query(self.QUERY if how else prepareQuery(self.QUERY), **how))
        assert "query" not in asked

    def test_a_prepared_query_is_refused(self, dataset: Dataset) -> None:
        with pytest.raises(QueryError, match=r"prepared query .* give the query's text"):
            dataset.query(prepareQuery(self.QUERY))
        with pytest.raises(QueryError, match="prepared query"):
            dataset.graph(ONE).query(prepareQuery(self.QUERY))

    @pytest.mark.parametrize("name", ["base", "DEBUG"])
    def test_what_the_engine_is_not_told_is_refused_by_name(self, dataset: Any, name: str) -> None:
        with pytest.raises(QueryError, match=f"{name}: not known here"):
            dataset.query(self.QUERY, **{name: "x"})

    def test_a_text_is_answered_by_the_engine(self) -> None:
        dataset, asked = witnessed(ReadOnlyStore)
        assert len(dataset.query(self.QUERY)) == len(QUADS)
        assert asked == ["query"]

    def test_rdflib_s_evaluator_is_there_for_who_asks_for_it(self, dataset: Dataset) -> None:
        found = dataset.query(prepareQuery(self.QUERY), use_store_provided=False)
        assert len(found) == len(QUADS)

    def test_bad_sparql_is_a_query_error(self, dataset: Dataset) -> None:
        with pytest.raises(QueryError, match="not valid SPARQL"):
            dataset.query("SELECT", initBindings={"o": EX.b})


class TestInitBindings:
    QUERY = "SELECT ?s ?o { ?s emg:serves ?o }"

    @pytest.mark.parametrize("name", ["s", "?s", Variable("s")])
    def test_a_selected_variable_takes_a_value(self, dataset: Dataset, name: str) -> None:
        assert len(dataset.query(self.QUERY, initBindings={name: EX.a})) == 2
        assert len(dataset.query(self.QUERY, initBindings={name: EX.b})) == 0

    def test_a_value_reaches_filters_and_other_forms(self, dataset: Dataset) -> None:
        bound = {"o": Literal("x")}
        text = "SELECT ?s ?o { ?s dcterms:identifier ?y FILTER(?y = ?o) }"
        assert len(dataset.query(text, initBindings=bound)) == 1
        ask = "ASK { ?s dcterms:identifier ?o }"
        assert dataset.query(ask, initBindings=bound).askAnswer is True
        assert dataset.query(ask, initBindings={"o": Literal("y")}).askAnswer is False

    @pytest.mark.parametrize(
        "text", ["SELECT ?o { ?s ?p ?o }", "ASK {}", "DESCRIBE ?o { ?x ?y ?o }"]
    )
    def test_a_variable_that_it_would_not_reach_is_refused(
        self, dataset: Dataset, text: str
    ) -> None:
        with pytest.raises(QueryError, match=r"\?s .*must be selected by the query, or .*VALUES"):
            dataset.query(text, initBindings={"s": EX.a})

    def test_what_is_no_term_is_refused(self, dataset: Dataset) -> None:
        with pytest.raises(QueryError, match="this query cannot be run"):
            dataset.query(self.QUERY, initBindings={"s": "text"})  # type: ignore[dict-item]


class TestAsking:
    def test_the_default_graph_is_the_union_and_one_graph_is_itself(self, dataset: Dataset) -> None:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        numbers = [
            int(row.n)  # type: ignore[union-attr]
            for place in (dataset, dataset.graph(ONE), dataset.graph(TWO))
            for row in place.query(count)
        ]
        assert numbers == [5, 3, 2]

    def test_a_triple_of_two_graphs_comes_twice(self, dataset: Dataset) -> None:
        assert list(dataset.triples((EX.a, SERVES, None))) == [(EX.a, SERVES, EX.b)] * 2
        rows = dataset.query("SELECT ?g { GRAPH ?g { ?s emg:serves ?o } }")
        assert {row.g for row in rows} == {ONE, TWO}  # type: ignore[union-attr]

    def test_ask_and_construct(self, dataset: Dataset) -> None:
        assert bool(dataset.query("ASK { ?s emg:serves ?o }")) is True
        assert bool(dataset.query("ASK { ?s emg:role ?o }")) is False
        built = dataset.query("CONSTRUCT { ?o emg:serves ?s } WHERE { ?s emg:serves ?o }")
        assert built.graph is not None
        assert set(built.graph) == {(EX.b, SERVES, EX.a)}
        written = built.serialize(format="turtle")
        assert written
        assert b"emg:serves" in written

    def test_plain_gives_a_gap_as_a_value(self, plain: Dataset) -> None:
        row = next(iter(plain.query("SELECT ?s ?none { ?s ?p ?o } LIMIT 1").bindings))
        assert row[Variable("none")] is None

    def test_an_unbound_variable_is_left_out(self, dataset: Dataset) -> None:
        found = dataset.query("SELECT ?s ?none { ?s emg:serves ?o } LIMIT 1")
        assert [dict(row) for row in found.bindings] == [{Variable("s"): EX.a}]
        assert [row.none for row in found] == [None]  # type: ignore[union-attr]
        for form in ("xml", "json", "csv", "txt"):
            assert b"http://example.org/a" in (found.serialize(format=form) or b"")

    def test_prefixes_are_bound_and_more_can_be_given(self, dataset: Dataset) -> None:
        assert dict(PREFIXES).items() <= {p: str(iri) for p, iri in dataset.namespaces()}.items()
        assert dataset.qname(EMG.serves) == "emg:serves"
        text = "ASK { ?s our:serves ?o . ?s emg:serves ?o }"
        assert bool(dataset.query(text, initNs={"our": rdflib.Namespace(PREFIXES["emg"])}))
        dataset.bind("our", PREFIXES["emg"])
        assert bool(dataset.query("ASK { ?s our:serves ?o }"))

    def test_a_graph_that_rdflib_makes_keeps_the_prefixes(self, dataset: Dataset) -> None:
        one = next(iter(dataset.graphs()))
        assert one.namespace_manager.qname(EMG.serves) == "emg:serves"

    def test_rdflib_s_own_ways_of_reading_work(self, dataset: Any) -> None:
        one = dataset.graph(ONE)
        assert (EX.a, SERVES, EX.b) in dataset
        assert (EX.a, SERVES, EX.b, TWO) in dataset
        assert (EX.a, DCTERMS.identifier, None, TWO) not in dataset
        assert (BNode(), None, None) not in dataset
        assert set(dataset.quads((None, SERVES, None, TWO))) == {(EX.a, SERVES, EX.b, TWO)}
        assert set(one.predicates(EX.a)) == {SERVES, DCTERMS.identifier, SKOS.prefLabel}
        assert set(one[EX.a : DCTERMS.identifier | SKOS.prefLabel]) == {
            Literal("x"), Literal("x", lang="en"),
        }  # fmt: skip
        choices = dataset.triples_choices((EX.a, [RDF.type, DCTERMS.identifier], None))
        assert [o for _, _, o in choices] == [Literal("x")]
        assert len(dataset.cbd(EX.a)) == 3
        holding = dataset.graphs((EX.b, None, None))
        assert next(holding).identifier == TWO

    def test_a_literal_as_subject_finds_nothing(self, dataset: Dataset) -> None:
        assert list(dataset.triples((Literal("x"), None, None))) == []

    def test_graphs_come_by_name(self, dataset: Dataset) -> None:
        names = [str(graph.identifier) for graph in dataset.graphs()]
        assert names == [str(ONE), str(TWO), "urn:x-rdflib:default"]


class TestWriting:
    @pytest.mark.parametrize("form", ["turtle", "trig", "nt", "json-ld", "xml"])
    def test_a_graph_is_written_and_read_back(self, dataset: Dataset, form: str) -> None:
        one = dataset.graph(ONE)
        text = one.serialize(format=form)
        again = rdflib.Dataset(default_union=True) if form == "trig" else rdflib.Graph()
        again.parse(data=text, format=form)
        read = again.graph(ONE) if isinstance(again, Dataset) else again
        assert isomorphic(read, one)

    @pytest.mark.parametrize("form", ["trig", "nquads", "ox-trig", "ox-nquads"])
    def test_the_whole_is_written_and_read_back(self, dataset: Dataset, form: str) -> None:
        again = rdflib.Dataset(default_union=True)
        again.parse(data=dataset.serialize(format=form), format=form.removeprefix("ox-"))
        assert {quad for quad in again if quad[3]} == set(dataset)


CHANGES: dict[str, Callable[[Any], object]] = {
    "add": lambda it: it.add((EX.a, EX.p, EX.b)),
    "add to a graph": lambda it: it.graph(ONE).add((EX.a, EX.p, EX.b)),
    "add several": lambda it: it.addN([(EX.a, EX.p, EX.b, it.graph(ONE))]),
    "set": lambda it: it.set((EX.a, EX.p, EX.b)),
    "add a graph": lambda it: it.add_graph(rdflib.Graph().add((EX.a, EX.p, EX.b))),
    "remove": lambda it: it.remove((EX.a, None, None)),
    "remove from a graph": lambda it: it.graph(ONE).remove((EX.a, None, None)),
    "remove nothing": lambda it: it.remove((EX.nobody, None, None)),
    "remove a graph": lambda it: it.remove_graph(ONE),
    "update": lambda it: it.update("DROP ALL"),
    "update a graph": lambda it: it.graph(ONE).update("DROP ALL"),
    "update, prepared": lambda it: it.update(prepareUpdate("INSERT DATA { " + TURTLE + " }")),
    "update, by rdflib": lambda it: it.update(
        "INSERT DATA { " + TURTLE + " }", use_store_provided=False
    ),
    "destroy": lambda it: it.destroy("somewhere"),
    "open": lambda it: it.open("somewhere"),
    **{
        f"parse {form}": lambda it, form=form: it.parse(data=TURTLE, format=form)  # type: ignore[misc]
        for form in ("turtle", "nt", "nquads", "trig", "ox-turtle", "ox-nquads")
    },
    "parse into a graph": lambda it: it.graph(ONE).parse(data=TURTLE),
    "load into a graph": lambda it: it.graph(ONE).parse(
        data=TURTLE, format="ox-turtle", transactional=False
    ),
}


class TestReadOnly:
    @pytest.mark.parametrize("change", CHANGES)
    def test_a_change_is_refused_and_changes_nothing(
        self, store: Store, dataset: Dataset, change: str
    ) -> None:
        with pytest.raises(StoreError, match=r"this graph is read-only; for a copy to write to"):
            CHANGES[change](dataset)
        assert set(store.quads()) == set(QUADS)

    def test_plain_writes_to_a_store_in_memory(self) -> None:
        plain, _ = witnessed(OxigraphStore)
        plain.parse(data=TURTLE, format="ox-turtle")
        assert (EX.new, None, None) in plain

    def test_plain_cannot_name_a_graph_of_a_store_on_disk(self, tmp_path: Path) -> None:
        Store.create(tmp_path / "db").load(QUADS)
        engine = Store.open(tmp_path / "db").engine
        plain = Dataset(OxigraphStore(store=engine), default_union=True)
        with pytest.raises(RuntimeError):
            plain.graph(ONE)

    def test_naming_a_graph_makes_none(self, store: Store, dataset: Dataset) -> None:
        dataset.graph(EX.nowhere)
        dataset.graph()
        assert {name.value for name in store.engine.named_graphs()} == {str(ONE), str(TWO)}

    def test_the_copy_that_the_error_tells_of_can_be_written(self, dataset: Any) -> None:
        copy: Any = rdflib.Dataset(default_union=True)
        copy += dataset
        copy.graph(ONE).add((EX.a, EX.p, EX.b))
        assert set(copy) - set(dataset) == {(EX.a, EX.p, EX.b, ONE)}
        assert set(dataset) < set(copy)

    def test_closing_it_leaves_the_graph_open(self, store: Store, dataset: Dataset) -> None:
        dataset.close()
        dataset.close()
        assert len(dataset) == len(store) == len(QUADS)

    def test_prefixes_of_one_dataset_are_its_own(self, store: Store, dataset: Dataset) -> None:
        dataset.bind("mine", EX)
        assert "mine" not in dict(to_dataset(store).namespaces())


class TestShipped:
    def test_the_graph_and_the_dataset_answer_alike(self, graph: Graph) -> None:
        text = f"SELECT ?entity {{ ?entity emg:serves <{MINAMATA}> }} ORDER BY ?entity"
        found = [(str(row.entity),) for row in graph.rdflib().query(text)]  # type: ignore[union-attr]
        table = graph.store.select(text)
        assert tuple(found) == table.rows
        assert len(graph.rdflib()) == len(graph)

    def test_what_is_written_is_the_same_whatever_the_seed(self, tmp_path: Path) -> None:
        open_graph(tmp_path, SMALL)
        program = (
            "import sys, hashlib, rdflib; from emg_graph import open_graph\n"
            "it = open_graph(sys.argv[1]).rdflib()\n"
            "one = it.graph('https://w3id.org/emg-graph/source/som31-report')\n"
            "texts = one.serialize(format='turtle'), it.serialize(format='trig'), str(list(it))\n"
            "print(*(hashlib.sha256(text.encode()).hexdigest() for text in texts))"
        )
        assert len({_printed(program, tmp_path, seed) for seed in ("0", "1")}) == 1


def _printed(program: str, store: Path, seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, str(store)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
