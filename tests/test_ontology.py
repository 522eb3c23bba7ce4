"""The ontology's files: they parse, and every term has the one form that terms have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import regenerate
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from emg_graph import namespaces as ns
from emg_graph.records import CLAIMS, RECORDS, columns
from emg_graph.resources import folder

FOLDER = folder("ontology")
FILES = sorted(FOLDER.rglob("*.ttl"))
TERMS = FOLDER / "emg.ttl"
ALIGNMENTS = FOLDER / "emg-alignments.ttl"
SECTIONS = {
    "Classes": (OWL.Class, ns.CLASSES),
    "Object properties": (OWL.ObjectProperty, ns.OBJECT_PROPERTIES),
    "Datatype properties": (OWL.DatatypeProperty, ns.DATATYPE_PROPERTIES),
}
AXIOMS = {RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf}
GRAPH = Graph().parse(TERMS)
EMG = ns.PREFIXES["emg"]
NAMES = sorted(ns.CLASSES | ns.OBJECT_PROPERTIES | ns.DATATYPE_PROPERTIES)


def relative(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def without_texts(text: str) -> str:
    """Leave out comments, quoted texts and IRIs in angle brackets."""
    return re.sub(
        r'"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|^#.*$', '""', text, flags=re.MULTILINE
    )


def section(title: str) -> str:
    sections = re.split(r"^# (.+)$", TERMS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(sections[::2], sections[1::2], strict=True))[title]


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_parses(file: Path) -> None:
    assert len(Graph().parse(file))


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_declares_only_the_prefixes_it_uses_in_order(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    declared = re.findall(r"^@prefix ([\w-]+):", text, flags=re.MULTILINE)
    body = re.sub(r"^@prefix .*$", "", without_texts(text), flags=re.MULTILINE)
    used = set(re.findall(r"(?<![\w-])([a-z][\w-]*):(?=\w)", body))
    used |= set(re.findall(r'"\^\^([a-z]+):', body))
    assert declared == sorted(used)


@pytest.mark.parametrize("title", SECTIONS)
def test_terms_are_those_of_the_vocabulary(title: str) -> None:
    kind, expected = SECTIONS[title]
    found = {str(term).removeprefix(EMG) for term in GRAPH.subjects(RDF.type, kind)}
    assert found == expected


@pytest.mark.parametrize("title", SECTIONS)
def test_terms_are_in_order_in_their_section(title: str) -> None:
    names = re.findall(r"^emg:(\w+)$", section(title), flags=re.MULTILINE)
    assert names == sorted(SECTIONS[title][1])


@pytest.mark.parametrize("name", NAMES)
def test_a_term_has_exactly_its_parts(name: str) -> None:
    term = URIRef(EMG + name)
    parts = [str(predicate) for predicate in GRAPH.predicates(term) if predicate not in AXIOMS]
    expected = (RDF.type, RDFS.label, SKOS.definition, RDFS.isDefinedBy)
    assert sorted(parts) == sorted(str(part) for part in expected)
    assert GRAPH.value(term, RDFS.isDefinedBy) == URIRef(ns.ONTOLOGY)


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_does_not_use_its_label(name: str) -> None:
    label, definition = texts(name)
    assert not re.search(rf"\b{re.escape(label)}\b", definition, flags=re.IGNORECASE)
    assert definition[0].isupper()
    assert definition.endswith(".")


def texts(name: str) -> tuple[str, str]:
    label, definition = (
        GRAPH.value(URIRef(EMG + name), part) for part in (RDFS.label, SKOS.definition)
    )
    assert getattr(label, "language", None) == getattr(definition, "language", None) == "en"
    return str(label), str(definition)


def test_no_two_terms_share_a_label_or_a_definition() -> None:
    labels, definitions = zip(*(texts(name) for name in NAMES), strict=True)
    assert len(set(labels)) == len(set(definitions)) == len(NAMES)


def test_axioms_are_between_our_own_terms() -> None:
    triples = [triple for axiom in AXIOMS for triple in GRAPH.triples((None, axiom, None))]
    assert triples
    assert all(str(target).startswith(EMG) for _, _, target in triples)


def test_every_kind_of_claim_is_a_claim() -> None:
    claims = set(GRAPH.subjects(RDFS.subClassOf, URIRef(ns.EMG.Claim)))
    assert claims == {URIRef(ns.expand(model.CLASS)) for model in CLAIMS}


@pytest.mark.parametrize("table", RECORDS)
def test_every_mapped_property_has_a_term_of_the_right_kind(table: str) -> None:
    for column in columns(RECORDS[table]):
        if column.maps and column.maps.property.startswith("emg:"):
            points = bool(column.ref or column.concept)
            kind = OWL.ObjectProperty if points else OWL.DatatypeProperty
            term = URIRef(ns.expand(column.maps.property))
            assert (term, RDF.type, kind) in GRAPH, f"{table}.{column.name}"
        elif column.maps:
            assert ns.expand(column.maps.property)


def test_the_file_of_the_schemes_is_written_from_the_table_of_concepts() -> None:
    assert regenerate.SCHEMES.read_text(encoding="utf-8") == regenerate.schemes()


def test_alignments_lead_from_our_terms_to_others() -> None:
    graph = Graph().parse(ALIGNMENTS)
    header = URIRef(f"{ns.ONTOLOGY}/alignments")
    triples = [triple for triple in graph if triple[0] != header]
    assert {str(subject).removeprefix(EMG) for subject, _, _ in triples} <= set(NAMES)
    assert not any(str(target).startswith(ns.BASE) for _, _, target in triples)
    assert not list(graph.objects(None, OWL.imports))


def test_alignments_are_in_order() -> None:
    text = ALIGNMENTS.read_text(encoding="utf-8")
    names = [re.findall(r"^emg:(\w+)", part, flags=re.MULTILINE) for part in text.split("\n# ")[1:]]
    assert names
    assert all(part == sorted(part) for part in names)
