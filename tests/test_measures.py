"""The measures: what is published of each, and what must hold whatever the table."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matrices import DAVIS, WOMEN, table_of, tables
from scipy import sparse

from emg_graph.measures.portfolios import jaccard, newman, shared, split
from emg_graph.measures.prediction import (
    comparative_advantage,
    density,
    network_based_inference,
    resource_weights,
)

FIVE = np.array(
    [
        (100, 0, 0, 0, 0),
        (0, 15, 5, 70, 10),
        (0, 20, 10, 20, 50),
        (0, 25, 30, 5, 40),
        (0, 40, 55, 5, 0),
    ]
)
"""The example of the R package EconGeo."""


def between(values: sparse.csr_array, one: str, other: str) -> float:
    return float(values.toarray()[WOMEN[one], WOMEN[other]])


class TestPortfolios:
    @pytest.mark.parametrize(
        ("one", "other", "weight"),
        [
            ("Evelyn", "Theresa", 1.4869),
            ("Sylvia", "Katherina", 1.6178),
            ("Olivia", "Flora", 1 / 11 + 1 / 3),
        ],
    )
    def test_newman_on_davis(self, one: str, other: str, weight: float) -> None:
        assert between(newman(DAVIS), one, other) == pytest.approx(weight, abs=5e-5)

    @pytest.mark.parametrize(
        ("one", "other", "share"), [("Evelyn", "Theresa", 0.7778), ("Olivia", "Flora", 1.0)]
    )
    def test_jaccard_on_davis(self, one: str, other: str, share: float) -> None:
        assert between(jaccard(DAVIS), one, other) == pytest.approx(share, abs=5e-5)

    @pytest.mark.parametrize(
        ("counts", "dissimilarity", "turnover", "nestedness"),
        [((4, 6, 0), 0.4286, 0, 0.4286), ((3, 3, 3), 0.5, 0.5, 0)],
    )
    def test_the_split_of_baselga(
        self,
        counts: tuple[int, int, int],
        dissimilarity: float,
        turnover: float,
        nestedness: float,
    ) -> None:
        found = split(*counts)
        assert found
        assert (found.dissimilarity, found.turnover, found.nestedness) == pytest.approx(
            (dissimilarity, turnover, nestedness), abs=5e-5
        )

    def test_two_empty_portfolios_have_none(self) -> None:
        assert split(0, 0, 0) is None
        assert split(0, 2, 3) == split(0, 3, 2)

    @given(tables())
    def test_a_rows_weights_add_up_to_its_items_that_others_have(
        self, table: sparse.csr_array
    ) -> None:
        held = np.asarray(table.sum(axis=0)).ravel()
        expected = np.asarray(table[:, held > 1].sum(axis=1)).ravel()
        assert np.asarray(newman(table).sum(axis=1)).ravel() == pytest.approx(expected)

    @given(tables(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_and_items_says_nothing(
        self, table: sparse.csr_array, random: object
    ) -> None:
        rows, items = (np.random.default_rng(1).permutation(n) for n in table.shape)
        turned = sparse.csr_array(table[rows][:, items])
        for measure in (shared, jaccard, newman):
            expected = measure(table).toarray()[np.ix_(rows, rows)]
            assert measure(turned).toarray() == pytest.approx(expected)

    @given(tables())
    def test_all_are_symmetric_and_bounded(self, table: sparse.csr_array) -> None:
        for measure in (shared, jaccard, newman):
            values = measure(table).toarray()
            assert (values >= 0).all()
            assert values == pytest.approx(values.T)
        assert jaccard(table).toarray().max() <= 1
        assert np.diag(jaccard(table).toarray()) == pytest.approx(1)

    @given(tables(), st.data())
    def test_an_item_twice_counts_twice_and_one_more_never_lowers(
        self, table: sparse.csr_array, data: st.DataObject
    ) -> None:
        item = data.draw(st.integers(0, table.shape[1] - 1))
        doubled = sparse.csr_array(sparse.hstack([table, table[:, [item]]]))
        more = shared(doubled).toarray() - shared(table).toarray()
        column = table[:, [item]].toarray().ravel()
        assert (more == np.outer(column, column)).all()

    @given(tables())
    def test_the_split_adds_up(self, table: sparse.csr_array) -> None:
        common = shared(table).toarray()
        for i, j in combinations(range(len(common)), 2):
            found = split(common[i, j], common[i, i] - common[i, j], common[j, j] - common[i, j])
            assert found
            assert 0 <= found.turnover <= found.dissimilarity <= 1


class TestPrediction:
    def test_network_based_inference(self) -> None:
        holders = {"x": (1, 2, 3), "y": (3, 4), "z": (2, 3, 4)}
        table = table_of([[row in holders[item] for item in "xyz"] for row in (1, 2, 3, 4)])
        expected = [[11 / 18, 1 / 6, 5 / 18], [1 / 9, 5 / 12, 5 / 18], [5 / 18, 5 / 12, 4 / 9]]
        assert resource_weights(table).toarray() == pytest.approx(np.array(expected))

    @given(tables())
    def test_resource_is_handed_on_and_never_lost(self, table: sparse.csr_array) -> None:
        assert np.asarray(resource_weights(table).sum(axis=0)).ravel() == pytest.approx(1)
        found = network_based_inference(table)
        assert found.sum(axis=1) == pytest.approx(table.sum(axis=1))

    def test_comparative_advantage_of_econgeo(self) -> None:
        assert comparative_advantage(FIVE) == pytest.approx(
            np.array([
                (5, 0, 0, 0, 0), (0, 0.75, 0.25, 3.5, 0.5), (0, 1, 0.5, 1, 2.5),
                (0, 1.25, 1.5, 0.25, 2), (0, 2, 2.75, 0.25, 0),
            ])
        )  # fmt: skip

    def test_density_of_econgeo(self) -> None:
        found = density(comparative_advantage(FIVE) >= 1)
        assert found == pytest.approx(
            np.array([
                (1, 0, 0, 0, 0), (0, 0.125, 0, 0.5455, 0.1875), (0, 0.75, 0.5385, 1, 0.8125),
                (0, 0.875, 1, 0.4545, 0.8125), (0, 0.625, 0.7692, 0.1818, 0.4375),
            ]),
            abs=5e-5,
        )  # fmt: skip

    @given(tables())
    def test_density_is_a_share(self, table: sparse.csr_array) -> None:
        found = density(table.toarray())
        assert (found >= 0).all()
        assert (found <= 1 + 1e-12).all()
