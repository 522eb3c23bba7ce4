"""The tables of entities by items: what a place of them rests on, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.claims import Citation
from emg_graph.analysis.incidence import (
    RELATIONS,
    Holding,
    Incidence,
    read_compared,
    read_incidence,
)
from emg_graph.graph import Graph
from emg_graph.measures.portfolios import shared
from emg_graph.records import Citation as CitationRow
from emg_graph.tables import Tables


def made(places: dict[str, str], relation: str = "agreements") -> Incidence:
    """Return a table from entity to the letters that it holds, each letter from its own source."""
    cells = {
        (entity, item): (Holding(f"{entity}-{item}", Citation(f"source-{item}", "p. 1")),)
        for entity, items in places.items()
        for item in items
    }
    return Incidence(RELATIONS[relation], cells, {item: item for _, item in cells})


portfolios = st.dictionaries(st.sampled_from("pqrst"), st.text("abcdef", max_size=6), min_size=1)


def test_a_place_is_taken_once_however_many_claims_there_are() -> None:
    twice = (Holding("one", Citation("s", "1")), Holding("two", Citation("s", "2")))
    found = Incidence(RELATIONS["mandates"], {("p", "a"): twice}, {"a": "A"})
    assert found.table.toarray().tolist() == [[1]]
    assert found.cells["p", "a"] == twice


@given(portfolios)
def test_the_table_is_what_is_held(places: dict[str, str]) -> None:
    found = made(places)
    for i, entity in enumerate(found.rows):
        row = found.table.toarray()[i]
        assert {found.items[j] for j in np.flatnonzero(row)} == set(places[entity])
        assert found.of(entity) == tuple(sorted(set(places[entity])))
    assert set(found.rows) == {entity for entity, items in places.items() if items}
    for item in found.items:
        assert found.holders(item) == tuple(sorted(e for e in places if item in places[e]))
    assert found.of("nobody") == found.of("") == found.holders("zzz") == ()


@given(portfolios, st.sets(st.sampled_from("abcdef")))
def test_dropping_a_source_adds_nothing(places: dict[str, str], dropped: set[str]) -> None:
    whole = made(places)
    less = whole.without([f"source-{item}" for item in dropped])
    assert set(less.cells) == {place for place in whole.cells if place[1] not in dropped}
    assert set(less.sources).isdisjoint({f"source-{item}" for item in dropped})


@given(portfolios, st.sampled_from("pqrst"), st.sampled_from("abcdef"))
def test_one_claim_more_never_lowers_what_is_shared(
    places: dict[str, str], entity: str, item: str
) -> None:
    before, after = made(places), made({**places, entity: places.get(entity, "") + item})
    old, new = shared(before.table).toarray(), shared(after.table).toarray()
    at = [after.rows.index(row) for row in before.rows]
    assert (new[np.ix_(at, at)] >= old).all()


def test_money_counts_where_its_share_is_larger_than_that_of_all() -> None:
    cells = {
        ("p", "one"): (Holding("1", Citation("s", "1"), amount=90.0),),
        ("p", "two"): (Holding("2", Citation("s", "2"), amount=10.0),),
        ("q", "two"): (Holding("3", Citation("s", "3"), amount=60.0),),
        ("q", "one"): (Holding("4", Citation("s", "4"), amount=40.0),),
    }
    found = Incidence(RELATIONS["sdgs"], cells, {"one": "One", "two": "Two"})
    assert (found.of("p"), found.of("q")) == (("one",), ("two",))


def test_a_correction_below_zero_counts_as_nothing() -> None:
    cells = {
        ("p", "one"): (Holding("1", Citation("s", "1"), amount=-5.0),),
        ("q", "one"): (Holding("2", Citation("s", "2"), amount=60.0),),
        ("q", "two"): (Holding("3", Citation("s", "3"), amount=40.0),),
    }
    found = Incidence(RELATIONS["sdgs"], cells, {"one": "One", "two": "Two"})
    assert found.rows == ("q",)
    assert found.of("q") == ("one", "two")  # all of the money is its own: the same share as all


def test_a_source_less_can_add_a_theme_since_shares_are_compared_with_the_whole() -> None:
    """The one exception to the rule above: what others have decides what is a larger share."""
    cells = {
        ("p", "one"): (Holding("1", Citation("s", "1"), amount=50.0),),
        ("p", "two"): (Holding("2", Citation("s", "2"), amount=50.0),),
        ("q", "one"): (Holding("3", Citation("t", "3"), amount=100.0),),
    }
    whole = Incidence(RELATIONS["sdgs"], cells, {"one": "One", "two": "Two"})
    assert whole.of("p") == ("two",)
    assert whole.without(["t"]).of("p") == ("one", "two")


@pytest.mark.parametrize("relation", RELATIONS)
def test_no_claims_make_an_empty_table(relation: str) -> None:
    found = Incidence(RELATIONS[relation], {}, {})
    assert (found.rows, found.items, found.table.shape) == ((), (), (0, 0))


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_place_of_the_shipped_tables_has_a_source(graph: Graph, relation: str) -> None:
    found = read_incidence(graph.store, relation)
    assert found.table.nnz == found.table.sum() > 0
    assert set(found.rows) <= read_compared(graph.store).keys()
    assert all(one.citation.source and one.citation.locator and one.claim
               for held in found.cells.values() for one in held)  # fmt: skip
    assert found.titles.keys() >= set(found.items)


def test_the_agreements_of_the_shipped_graph_are_its_documented_roles(graph: Graph) -> None:
    compared = read_compared(graph.store)
    expected = {
        (role.actor, role.agreement)
        for role in graph.evidence.roles
        if role.documented and role.role not in FORMAL_ROLES and role.actor in compared
    }
    assert read_incidence(graph.store, "agreements").cells.keys() == expected


def test_the_mandates_of_the_shipped_graph_are_the_listed_ones(graph: Graph) -> None:
    found = read_incidence(graph.store, "mandates")
    table = graph.query("mandates-of-entity", entity="unep").records()
    listed = {row["mandate"] for row in table if row["basis"] == "stated"}
    assert set(found.of("unep")) == listed


def test_every_stated_citation_of_the_shipped_table_is_held(graph: Graph, tables: Tables) -> None:
    rows = (row for row in tables.rows["citations"] if isinstance(row, CitationRow))
    listed = {(row.entity, row.mandate) for row in rows if row.basis == "stated"}
    assert read_incidence(graph.store, "mandates").cells.keys() == listed
