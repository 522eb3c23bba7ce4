"""The store: answers of every kind, exports in one order, errors in our words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from emg_graph import store as store_module
from emg_graph.answers import Table
from emg_graph.errors import OutputError, QueryError, StoreError
from emg_graph.namespaces import EMG, PREFIXES
from emg_graph.store import Store, current_build

XSD = "http://www.w3.org/2001/XMLSchema#"
A, B, C = (NamedNode(f"http://example.org/{name}") for name in "abc")
GRAPHS = tuple(NamedNode(f"http://example.org/graph/{number}") for number in (1, 2))


@pytest.fixture
def store() -> Store:
    """Return a store with one triple in two graphs, and another in one."""
    made = Store.memory()
    made.load([Quad(A, B, C, graph) for graph in GRAPHS])
    made.load([Quad(A, B, Literal("é", language="fr"), GRAPHS[0])])
    return made


def one(store: Store, expression: str) -> object:
    table = store.query(f"SELECT ({expression} AS ?x) {{}}")
    assert isinstance(table, Table)
    return table.rows[0][0]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("1 = 2", False),
        ('"text"', "text"),
        ('"text"@en', "text"),
        ('"2025-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', "2025-09"),
        ("<http://example.org/a>", "http://example.org/a"),
        ("1/0", None),
        (f'"many"^^<{XSD}integer>', "many"),
        (f'"1"^^<{XSD}boolean>', True),
    ],
)
def test_a_term_becomes_a_plain_value(store: Store, expression: str, value: object) -> None:
    assert one(store, expression) == value
    assert type(one(store, expression)) is type(value)


def test_a_blank_node_becomes_its_label(store: Store) -> None:
    assert str(one(store, "BNODE()")).startswith("_:")


def test_a_select_gives_named_columns(store: Store) -> None:
    table = store.select("SELECT ?s ?o { ?s ?p ?o . FILTER(isIRI(?o)) } LIMIT 1")
    assert table.records() == [{"s": A.value, "o": C.value}]
    assert (table.columns, len(table)) == (("s", "o"), 1)


def test_the_known_prefixes_need_not_be_declared(store: Store) -> None:
    link = NamedNode(EMG.serves)
    store.load([Quad(A, link, C, GRAPHS[0])])
    assert store.select("SELECT ?s { ?s emg:serves ?o }").rows == ((A.value,),)
    assert store.serialized("SELECT ?s { ?s emg:serves ?o }", "csv").split() == [
        b"s", A.value.encode(),
    ]  # fmt: skip
    for prefix in PREFIXES:
        assert store.query(f"ASK {{ ?s {prefix}:none ?o }}") is False
    with pytest.raises(QueryError, match="this is not valid SPARQL"):
        store.query("ASK { ?s nobody:none ?o }")


def test_a_prefix_of_the_querys_own_counts_for_more_than_a_known_one(store: Store) -> None:
    assert store.query("PREFIX emg: <http://example.org/> ASK { ?s emg:b ?o }") is True
    assert store.query("ASK { ?s emg:b ?o }") is False


def test_an_ask_gives_yes_or_no_and_is_no_table(store: Store) -> None:
    assert store.query(f"ASK {{ {A} ?p ?o }}") is True
    assert store.query(f"ASK {{ {C} ?p ?o }}") is False
    with pytest.raises(QueryError, match="asks yes or no; a SELECT query was expected"):
        store.select("ASK {}")


def test_a_construct_gives_triples_in_order_and_each_once(store: Store) -> None:
    table = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert table == Table(
        ("subject", "predicate", "object"),
        ((A.value, B.value, C.value), (A.value, B.value, "é")),
    )


def test_a_query_sees_every_graph_and_may_name_one(store: Store) -> None:
    assert len(store) == 3
    text = "SELECT ?o { GRAPH <http://example.org/graph/2> { ?s ?p ?o } }"
    assert store.select(text).rows == ((C.value,),)


@pytest.mark.parametrize("text", ["SELECT", "DROP ALL", "SELECT * { ?s ?p ?o } LIMIT x"])
def test_what_is_no_sparql_query_is_an_error(store: Store, text: str) -> None:
    with pytest.raises(QueryError, match=r"this is not valid SPARQL: .*1:"):
        store.query(text)
    with pytest.raises(QueryError, match="this is not valid SPARQL"):
        store.serialized(text, "csv")


def test_an_error_that_comes_with_the_rows_is_ours_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(store_module, "_value", fail)
    with pytest.raises(QueryError, match="this query cannot be run: the disk is gone"):
        store.query("SELECT ?s { ?s ?p ?o }")


def test_answers_are_serialized_by_the_engine(store: Store) -> None:
    text = "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 1"
    assert store.serialized(text, "csv").splitlines() == [b"o", C.value.encode()]
    assert store.serialized(text, "tsv").splitlines() == [b"?o", str(C).encode()]
    answer = json.loads(store.serialized(text, "srj"))
    assert answer["results"]["bindings"] == [{"o": {"type": "uri", "value": C.value}}]
    assert json.loads(store.serialized("ASK {}", "srj"))["boolean"] is True


def test_triples_are_serialized_as_turtle_with_prefixes_in_order(store: Store) -> None:
    turtle = store.serialized("CONSTRUCT WHERE { ?s ?p ?o }", "csv")
    lines = [line for line in turtle.splitlines() if line.startswith(b"@prefix")]
    assert lines
    assert lines == sorted(lines)
    assert len(list(parse(turtle, format=RdfFormat.TURTLE))) == 2


def test_an_export_is_in_one_order_and_can_be_read_back(store: Store) -> None:
    quads = store.quads()
    assert quads == sorted(quads, key=str)
    backwards = Store.memory()
    backwards.load(reversed(quads))
    for suffix, form, number in (
        (".nq", RdfFormat.N_QUADS, 3),
        (".trig", RdfFormat.TRIG, 3),
        (".jsonld", RdfFormat.JSON_LD, 3),
        (".ttl", RdfFormat.TURTLE, 2),
    ):
        assert store.export(suffix) == backwards.export(suffix)
        assert len(set(parse(store.export(suffix), format=form))) == number
    assert store.snapshot_hash() == backwards.snapshot_hash()


def test_the_snapshot_hash_is_that_of_the_statements(store: Store) -> None:
    before = store.snapshot_hash()
    store.load([Quad(C, B, A, GRAPHS[0])])
    assert store.snapshot_hash() != before
    assert len(before) == 64


@pytest.mark.parametrize(("suffix", "said"), [(".xml", "'.xml'"), ("", "'no suffix'")])
def test_an_unknown_format_is_an_error(store: Store, suffix: str, said: str) -> None:
    known = r"\.nq, \.trig, \.jsonld, \.ttl$"
    with pytest.raises(OutputError, match=rf"{said} is no RDF format here; use {known}"):
        store.export(suffix)


def test_a_store_on_disk_answers_after_it_is_opened_again(tmp_path: Path, store: Store) -> None:
    made = Store.create(tmp_path / "db")
    made.load(store.quads())
    del made
    assert Store.open(tmp_path / "db").export(".nq") == store.export(".nq")


def test_a_store_opened_for_reading_cannot_be_written(tmp_path: Path, store: Store) -> None:
    made = Store.create(tmp_path / "db")
    del made
    opened = Store.open(tmp_path / "db")
    with pytest.raises(StoreError, match="the graph cannot be written"):
        opened.load(store.quads())


@pytest.mark.parametrize("name", ["nowhere", "empty", "file"])
def test_what_is_no_database_is_an_error_and_stays_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=f"the graph in .*{name} cannot be opened"):
        Store.open(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


# The build in use


def test_a_folder_without_builds_has_none_in_use(tmp_path: Path) -> None:
    assert current_build(tmp_path) is None
    assert current_build(tmp_path / "nowhere") is None


@pytest.mark.parametrize("name", ["", "gone", "../elsewhere"])
def test_a_name_of_no_build_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / "current").write_text(name, encoding="utf-8")
    assert current_build(tmp_path) is None


def test_the_build_in_use_is_the_one_that_the_file_names(tmp_path: Path) -> None:
    build = tmp_path / "builds" / "b-1"
    build.mkdir(parents=True)
    (build / "manifest.json").touch()
    (tmp_path / "current").write_text("b-1\n", encoding="utf-8")
    assert current_build(tmp_path) == build


@pytest.mark.parametrize("kind", ["folder", "bytes", "store is a file"])
def test_what_cannot_be_read_is_no_store(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "store"
    if kind == "store is a file":
        place.touch()
    else:
        place.mkdir()
    if kind == "folder":
        (place / "current").mkdir()
    elif kind == "bytes":
        (place / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="store is not a readable store"):
        current_build(place)
