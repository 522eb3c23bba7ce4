"""The shapes and the violation queries: both give each example the verdict that it announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import DCTERMS, RDF, SH, Graph, Literal, Namespace, URIRef
from rdflib.paths import mul_path
from rdflib.term import Node

from emg_graph import checks
from emg_graph import namespaces as ns
from emg_graph.records import RECORDS, Column, Thing, columns
from emg_graph.resources import folder

SHAPE = Namespace(f"{ns.BASE}shapes#")
EXAMPLES = folder("ontology") / "examples"
FILES = sorted(EXAMPLES.rglob("*.ttl"))
QUERIES = sorted((folder("queries") / "check").glob("*-violation.rq"))
SHAPES = Graph().parse(folder("ontology") / "emg-shapes.ttl")
CLASSES = {model.CLASS for model in RECORDS.values()} | {"emg:Claim", "emg:Tag"}


def relative(file: Path) -> str:
    return file.relative_to(EXAMPLES).as_posix()


def name_of(file: Path) -> str:
    return file.stem


def announced(file: Path) -> set[str]:
    """Return the messages that the first line of an example announces: none or one."""
    return set(
        re.findall(r"\A# expects: (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    )


def report_of(data: Graph, shapes: Graph) -> Graph:
    prepared = checks.prepared_graph()
    prepared += data
    _, report, _ = pyshacl.validate(prepared, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    return report


def shape_messages(data: Graph) -> set[str]:
    report = report_of(data, SHAPES)
    return {str(message) for message in report.objects(None, SH.result / SH.resultMessage)}


def results(report: Graph) -> list[tuple[str, ...]]:
    """Return what a report says of each result, in order."""
    told = (SH.sourceShape, SH.focusNode, SH.resultPath, SH.value, SH.resultMessage)
    return sorted(
        tuple(str(report.value(result, what)) for what in told)
        for result in report.objects(None, SH.result)
    )


def query_rows(query: Path, store: pyoxigraph.Store) -> Iterator[tuple[str, str]]:
    text = query.read_text(encoding="utf-8")
    solutions = store.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for solution in solutions:
        yield solution["subject"].value, solution["message"].value


def query_messages(store: pyoxigraph.Store) -> set[str]:
    return {message for query in QUERIES for _, message in query_rows(query, store)}


@cache
def messages_of_shapes() -> frozenset[str]:
    return frozenset(str(message) for message in SHAPES.objects(None, SH.message))


def texts_of_queries() -> str:
    return "".join(query.read_text(encoding="utf-8") for query in QUERIES)


@pytest.mark.no_cover
@pytest.mark.parametrize("file", FILES, ids=relative)
def test_the_shapes_find_what_the_example_announces(file: Path) -> None:
    found = shape_messages(Graph().parse(file))
    assert found == announced(file)
    assert file.stem.startswith("violates" if found else "conforms")


@pytest.mark.no_cover
@pytest.mark.parametrize("file", [file for file in FILES if announced(file)], ids=relative)
def test_aimed_by_themselves_the_shapes_find_the_same(file: Path) -> None:
    data = Graph().parse(file)
    assert results(report_of(data, checks.aimed(SHAPES))) == results(report_of(data, SHAPES)) != []


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_the_queries_agree_with_the_shapes(file: Path) -> None:
    store = pyoxigraph.Store()
    store.load(path=str(file), format=pyoxigraph.RdfFormat.TURTLE)
    assert query_messages(store) == announced(file)


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_the_queries_find_the_same_across_named_graphs(file: Path) -> None:
    """Each statement in a graph of its own, and one of them in two."""
    store = pyoxigraph.Store()
    for number, quad in enumerate(pyoxigraph.parse(path=str(file))):
        for name in {f"urn:{number}", f"urn:{number % 7}"}:
            graph = pyoxigraph.NamedNode(name)
            store.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph))
    assert query_messages(store) == announced(file)


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted(CLASSES))
def test_both_find_the_same_in_a_spoilt_example(name: str) -> None:
    """Each statement of the conforming example in turn: left out, wrong, or beside another."""
    data = Graph().parse(EXAMPLES / name.partition(":")[2] / "conforms.ttl")
    focus = data.value(predicate=RDF.type, object=URIRef(ns.expand(name)))
    for triple in sorted(data.triples((focus, None, None))):
        for wrong in (None, URIRef("urn:wrong"), Literal("wrong")):
            spoilt = data - Graph().add(triple)
            if wrong:
                spoilt.add((triple[0], triple[1], wrong))
            assert shape_messages(spoilt) == query_messages(loaded(spoilt)), triple
        others = {value for value in data.objects(None, triple[1]) if value != triple[2]}
        if triple[1] == DCTERMS.identifier:  # by the id of another, the shapes take it for that
            others = set()
        for other in (Literal("wrong"), *sorted(others, key=str)[:1]):
            doubled = data + Graph().add((*triple[:2], other))
            assert shape_messages(doubled) == query_messages(loaded(doubled)), triple


def loaded(data: Graph) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(data.serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_class_has_a_shape_and_a_pair_of_examples(name: str) -> None:
    local = name.partition(":")[2]
    shape = SHAPE[f"{local}Shape"]
    assert SHAPES.value(shape, SH.targetClass) == URIRef(ns.expand(name))
    assert (EXAMPLES / local / "conforms.ttl").is_file()
    assert (EXAMPLES / local / "violates.ttl").is_file()


def test_every_rule_beside_the_classes_has_an_example() -> None:
    rules = set(SHAPES.subjects(RDF.type, SH.NodeShape)) - {SHAPE.Date}
    classes = {SHAPE[f"{name.partition(':')[2]}Shape"] for name in CLASSES}
    expected = set.union(*(announced(file) for file in FILES))
    for rule in rules - classes:
        assert expected & {str(message) for message in rule_messages(rule)}, rule


def rule_messages(rule: Node) -> Iterator[Node]:
    yield from SHAPES.objects(rule, SH.message)
    yield from SHAPES.objects(rule, SH.sparql / SH.message)


def test_shapes_and_queries_speak_the_same_words() -> None:
    quoted = set(re.findall(r'"([A-Z][^"]+\.)"', texts_of_queries()))
    assert quoted == messages_of_shapes()


def test_each_message_says_what_is_so_and_what_to_do() -> None:
    assert all(re.fullmatch(r"[A-Z].+?: .+\.", text) for text in messages_of_shapes())


def test_the_bounds_of_the_queries_are_those_that_they_can_tell() -> None:
    row = r"^ +\(shape:\w+ .* (\d+) (\d+|UNDEF)\n"
    rows = re.findall(row, texts_of_queries(), flags=re.MULTILINE)
    assert {least for least, _ in rows} == {"0", "1"}
    assert {most for _, most in rows} == {"1", "UNDEF"}


def test_the_queries_list_the_shapes_of_each_class() -> None:
    """Their tables hold the same pairs as ``sh:targetClass`` and ``sh:property``."""
    pairs = {
        (SHAPES.namespace_manager.curie(str(cls)), str(part).removeprefix(SHAPE))
        for shape, cls in SHAPES.subject_objects(SH.targetClass)
        for part in SHAPES.objects(shape, SH.property)
    }
    listed = re.findall(r"^ +\(([\w:]+) shape:(\w+)\)$", texts_of_queries(), flags=re.MULTILINE)
    assert sorted(listed) == sorted(pairs)


def test_every_property_shape_is_named_and_used() -> None:
    used = set(SHAPES.objects(None, SH.property)) | set(SHAPES.subjects(SH.targetSubjectsOf))
    named = set(SHAPES.subjects(RDF.type, SH.PropertyShape))
    assert named <= used
    assert all(SHAPES.value(shape, SH.message) for shape in named)


@pytest.mark.parametrize("table", RECORDS)
def test_the_shapes_follow_the_records(table: str) -> None:
    """A required column has a minimum; concepts and references have their scheme and classes."""
    model = RECORDS[table]
    for column in columns(model):
        if column.maps and (table, column.name) not in CONDITIONAL:
            shapes = shapes_of(model.CLASS, column)
            if column.required or column.ref or column.concept or column.date:
                assert shapes, f"{table}.{column.name} has no shape"
            assert all(minimum(shape) == column.required for shape in shapes), column.name
            if column.concept:
                assert schemes(shapes) == {ns.thing_iri("scheme", column.concept.scheme)}
            if column.ref and column.ref.tables != ("*",):
                expected = {ns.expand(RECORDS[name].CLASS) for name in column.ref.tables}
                assert expected <= targets(shapes), column.name


CONDITIONAL = {
    ("attendance", "name_as_written"),
    ("expenditures_by_country", "country"),
    ("expenditures_by_goal", "goal"),
    ("participations", "standing"),
    ("products", "inferred_agreements"),
    ("searches", "sources_searched"),
}
"""Columns whose need depends on another value: rules of their own in the shapes."""


def shapes_of(name: str, column: Column) -> list[Node]:
    assert column.maps is not None
    path = URIRef(ns.expand(column.maps.property))
    classes = {URIRef(ns.expand(name))}
    if name in {model.CLASS for model in RECORDS.values() if not issubclass(model, Thing)}:
        classes.add(URIRef(ns.EMG.Claim))
    return [
        part
        for cls in classes
        for shape in SHAPES.subjects(SH.targetClass, cls)
        for part in SHAPES.objects(shape, SH.property)
        if SHAPES.value(part, SH.path) == path
    ]


def minimum(shape: Node) -> bool:
    return SHAPES.value(shape, SH.minCount) is not None


def schemes(shapes: list[Node]) -> set[str]:
    return {
        str(scheme)
        for shape in shapes
        for scheme in SHAPES.objects(shape, SH.node / SH.property / SH.hasValue)
    }


def targets(shapes: list[Node]) -> set[str]:
    """Return the classes to which references may point, whether one or several."""
    each = SH["or"] / mul_path(RDF.rest, "*") / RDF.first / SH["class"]
    return {str(target) for shape in shapes for target in SHAPES.objects(shape, SH["class"] | each)}


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_a_query_has_its_header_and_a_total_order(query: Path) -> None:
    lines = query.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("#+ title: ")
    assert lines[1].startswith("#+ description: ")
    assert lines[2] == "#+ columns: subject, message"
    assert lines[-1] == "ORDER BY ?subject ?message"
    assert not [line for line in lines if re.search(r"SELECT \*|NOT EXISTS|\t", line)]
