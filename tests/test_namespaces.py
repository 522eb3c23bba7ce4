"""The vocabulary is closed, and IRIs are minted the same way for good."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emg_graph import namespaces as ns
from emg_graph.records import THINGS

WORDS = st.dictionaries(
    st.sampled_from(["entity", "agreement", "role", "source", "locator"]),
    st.none() | st.text() | st.lists(st.text()),
    min_size=1,
)


def test_a_term_is_an_attribute() -> None:
    assert ns.EMG.Role == "https://w3id.org/emg-graph/ontology#Role"


def test_a_term_that_the_ontology_lacks_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no term emg:Rôle"):
        _ = getattr(ns.EMG, "Rôle")  # noqa: B009


def test_the_vocabulary_lists_every_term_once_in_order() -> None:
    terms = list(ns.EMG)
    assert terms == sorted(ns.CLASSES | ns.OBJECT_PROPERTIES | ns.DATATYPE_PROPERTIES)
    assert len(terms) == sum(map(len, (ns.CLASSES, ns.OBJECT_PROPERTIES, ns.DATATYPE_PROPERTIES)))


def test_graphs_of_ours_are_told_apart_and_none_is_the_space_of_a_table() -> None:
    graphs = [value for name, value in vars(ns).items() if name.startswith("GRAPH_")]
    assert ns.GRAPH_COMPUTED in graphs
    assert len(set(graphs)) == len(graphs)
    assert all(graph.startswith(f"{ns.BASE}graph/") for graph in graphs)
    assert "graph" not in {model.PATH for model in THINGS}


def test_a_prefixed_name_is_expanded() -> None:
    assert ns.expand("dcterms:title") == "http://purl.org/dc/terms/title"
    assert ns.expand("emg:serves") == ns.EMG.serves


def test_an_unknown_prefix_or_term_is_an_error() -> None:
    with pytest.raises(KeyError):
        ns.expand("foo:bar")
    with pytest.raises(AttributeError):
        ns.expand("emg:servs")


@given(WORDS)
def test_a_claim_iri_does_not_hang_on_the_order_of_its_fields(
    identity: dict[str, str | list[str] | None],
) -> None:
    backwards = dict(reversed(identity.items()))
    assert ns.claim_iri("roles", identity) == ns.claim_iri("roles", backwards)


@given(WORDS, WORDS)
def test_claims_of_other_identity_have_other_iris(
    one: dict[str, str | list[str] | None], two: dict[str, str | list[str] | None]
) -> None:
    assert (ns.claim_iri("roles", one) == ns.claim_iri("roles", two)) == (one == two)
    assert ns.claim_iri("roles", one) != ns.claim_iri("figures", one)


def test_a_claim_iri_is_what_it_was() -> None:
    """Coined once and never changed: the SHA-256 of this text, in UTF-8."""
    text = '{"entity":"unep","kind":"roles","locator":"§ 1","to_on":null}'
    digest = hashlib.sha256(text.encode()).hexdigest()
    identity = {"to_on": None, "locator": "§ 1", "entity": "unep"}
    assert ns.claim_iri("roles", identity) == f"https://w3id.org/emg-graph/claim/{digest}"


def test_the_identifier_is_the_end_of_our_own_iris_only() -> None:
    assert ns.identifier(ns.thing_iri("agreement", "cbd")) == "cbd"
    assert ns.identifier("http://metadata.un.org/sdg/12") == "http://metadata.un.org/sdg/12"


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (b"", b""),
        (b"<s> a <c> .\n", b"<s> a <c> .\n"),
        (b"@prefix b: <y> .\n@prefix a: <x> .\n", b"@prefix a: <x> .\n@prefix b: <y> .\n\n"),
    ],
)
def test_prefix_lines_are_put_in_order(given_: bytes, expected: bytes) -> None:
    assert ns.with_sorted_prefixes(given_) == expected
