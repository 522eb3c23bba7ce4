"""Where nodes stand, and what holds together: what is published, and what networkx finds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import isclose, isnan, nan

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import DAVIS, SOUTHERN, WOMEN, table_of, tables
from networkx.algorithms import bipartite
from numpy.typing import NDArray
from scipy import sparse

from emg_graph.measures.modules import Division, divide, quality
from emg_graph.measures.positions import brokerage, centrality, participation

BORGATTI = {
    (pair[0], pair[1]): float(weight)
    for pair, weight in zip(
        "AB AF AG AE EG FG BG BD DG GC".split(), (2, 3, 5, 2, 8, 3, 4, 1, 3, 10), strict=True
    )
}
"""Borgatti (1997), Connections 20:35–38."""


def network(links: dict[tuple[str, str], float]) -> tuple[list[str], NDArray[np.float64]]:
    """Return the nodes and the weights between them, both ways."""
    nodes = sorted({node for pair in links for node in pair})
    found = np.zeros((len(nodes), len(nodes)))
    for (one, other), weight in links.items():
        at = nodes.index(one), nodes.index(other)
        found[at] = found[at[::-1]] = weight
    return nodes, found


@st.composite
def networks(draw: st.DrawFn) -> NDArray[np.float64]:
    """Return the weights of an undirected network, some of whose nodes may have no link."""
    size = draw(st.integers(2, 7))
    weights = draw(
        st.lists(st.sampled_from((0, 0, 1, 2.5, 0.25)), min_size=size**2, max_size=size**2)
    )
    upper = np.triu(np.array(weights, float).reshape(size, size), 1)
    return np.asarray(upper + upper.T)


class TestPositions:
    def test_constraint_and_effective_size_of_borgatti(self) -> None:
        nodes, weights = network(BORGATTI)
        at = [nodes.index(node) for node in "GAC"]
        plain = brokerage((weights > 0).astype(float))
        assert plain.constraint[at].round(3).tolist() == [0.4, 0.595, 1]
        assert plain.effective_size[at].round(2).tolist() == [4.67, 2.5, 1]
        assert brokerage(weights).constraint[at].round(3).tolist() == [0.299, 0.795, 1]

    @given(networks())
    def test_networkx_says_the_same_of_a_network(self, weights: NDArray[np.float64]) -> None:
        """Asked node by node: for all at once networkx 3.6.1 divides the weights otherwise."""
        graph = nx.from_numpy_array(weights)
        found = brokerage(weights)
        constraint = nx.constraint(graph, list(graph), weight="weight")
        size = nx.effective_size(graph, list(graph), weight="weight")
        for node in graph:
            expected = (constraint[node], size[node]) if graph[node] else (nan, nan)
            assert (found.constraint[node], found.effective_size[node]) == pytest.approx(
                expected, nan_ok=True
            )

    def test_two_mode_centrality_on_davis(self) -> None:
        event = DAVIS.shape[1] - SOUTHERN.graph["bottom"][::-1].index("E8") - 1
        women, events = centrality(DAVIS), centrality(sparse.csr_array(DAVIS.T))
        assert (round(events.degree[event], 2), round(events.closeness[event], 2)) == (0.78, 0.85)
        evelyn = WOMEN["Evelyn"]
        assert (round(women.degree[evelyn], 2), round(women.closeness[evelyn], 2)) == (0.57, 0.8)

    @given(tables(), st.booleans())
    def test_networkx_says_the_same_of_each_connected_part(
        self, table: sparse.csr_array, turned: bool
    ) -> None:
        """Of a part, weighed by the share of all that it is."""
        table = sparse.csr_array(table.T) if turned else table
        rows, items = table.shape
        graph = bipartite.from_biadjacency_matrix(table)
        found = centrality(table)
        degree = bipartite.degree_centrality(graph, range(rows))
        for part in nx.connected_components(graph):
            top = [node for node in part if node < rows]
            near = bipartite.closeness_centrality(graph.subgraph(part), top)
            for node in top:
                assert found.degree[node] == pytest.approx(degree[node])
                share = (len(part) - 1) / (rows + items - 1)
                assert found.closeness[node] == pytest.approx(near[node] * share)
                assert 0 < found.closeness[node] <= 1

    def test_a_row_without_items_reaches_nothing(self) -> None:
        found = centrality(table_of([[1, 1], [0, 0]]))
        assert (found.degree.tolist(), found.closeness.tolist()) == ([1, 0], [2 / 3, 0])

    @given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=5))
    def test_participation_is_at_most_what_even_shares_give(self, counts: list[list[int]]) -> None:
        table = np.array(counts)
        found = participation(table)
        groups = (table > 0).sum(axis=1)
        for value, many in zip(found.tolist(), groups.tolist(), strict=True):
            assert isnan(value) if not many else -1e-12 <= value <= 1 - 1 / many + 1e-12
        assert participation(table[:, ::-1]) == pytest.approx(found, nan_ok=True)


def _best_items(table: NDArray[np.int64], labels: Sequence[int]) -> list[int]:
    """Return for each item the group of rows in which it gains most over what sums explain."""
    held, total = table.sum(axis=1), table.sum()
    groups = [[row for row, label in enumerate(labels) if label == g] for g in range(len(labels))]
    return [
        max(
            range(len(groups)),
            key=lambda g: sum(column[row] - held[row] * column.sum() / total for row in groups[g]),
        )
        for column in table.T
    ]


class TestModules:
    def test_barber_on_davis(self) -> None:
        assert divide(DAVIS, most=2).quality == pytest.approx(0.32117, abs=5e-6)
        best = divide(DAVIS)
        assert best.quality == pytest.approx(0.34554, abs=5e-6)
        assert best.groups == 4

    def test_the_same_seed_gives_the_same(self) -> None:
        assert divide(DAVIS, seed=3) == divide(DAVIS, seed=3)

    def test_two_tables_side_by_side_fall_apart(self) -> None:
        block = np.ones((2, 3), np.int64)
        table = table_of(np.block([[block, 0 * block], [0 * block, block]]))
        assert divide(table, starts=5) == Division((0, 0, 1, 1), (0, 0, 0, 1, 1, 1), 0.5)
        for begin, quality_ in (([0, 0, 1, 1], 0.5), ([1, 0, 1, 0], 0)):
            assert divide(table, starts=1, begin=begin).quality == quality_

    @settings(max_examples=30, deadline=None)
    @given(tables(most=4))
    def test_no_division_at_all_is_better_on_small_tables(self, table: sparse.csr_array) -> None:
        """By trying every division of the rows, each item put where it serves best."""
        rows = table.shape[0]
        best = max(
            quality(table, np.array(labels), np.array(its))
            for labels in product(range(rows), repeat=rows)
            for its in [_best_items(table.toarray(), labels)]
        )
        assert divide(table, starts=60).quality == pytest.approx(best)

    @settings(max_examples=40, deadline=None)
    @given(tables())
    def test_no_division_is_worse_than_one_group(self, table: sparse.csr_array) -> None:
        found = divide(table, starts=10)
        assert found.quality >= -1e-12
        one = (np.zeros(table.shape[0], np.intp), np.zeros(table.shape[1], np.intp))
        assert isclose(quality(table, *one), 0, abs_tol=1e-12)
        assert set(found.rows) | set(found.items) == set(range(found.groups))
