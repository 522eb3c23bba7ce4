"""What chance makes of shared items: published values, and what must hold whatever the table."""

from __future__ import annotations

from dataclasses import astuple
from itertools import combinations, product
from math import comb, sqrt
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matrices import BACKBONE, DAVIS, WOMEN, table_of, tables
from numpy.typing import NDArray
from scipy import sparse

from emg_graph.measures.chance import Pairs, by_mean_sizes, by_row_sizes, pairs_of
from emg_graph.measures.configuration import probabilities
from emg_graph.measures.curveball import Walk
from emg_graph.measures.portfolios import shared
from emg_graph.measures.sampling import MOST_ROWS, by_exact_sizes
from emg_graph.measures.significance import benjamini_hochberg

EVERY_PAIR_OF_BACKBONE = Pairs(
    np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3), (BACKBONE @ BACKBONE.T).ravel(), 3
)


class TestSignificance:
    def test_hypergeometric_of_backbone(self) -> None:
        found = by_row_sizes(table_of(BACKBONE), EVERY_PAIR_OF_BACKBONE)
        expected = [[0.25, 1, 0.5], [1, 0.25, 1], [0.5, 1, 1 / 6]]
        assert found.more.reshape(3, 3) == pytest.approx(np.array(expected), abs=1e-9)

    def test_hypergeometric_on_davis(self) -> None:
        pairs = pairs_of(DAVIS)
        found = dict(zip(zip(pairs.one, pairs.other, strict=True),
                         by_row_sizes(DAVIS, pairs).more, strict=True))  # fmt: skip
        assert found[WOMEN["Olivia"], WOMEN["Flora"]] == pytest.approx(1 / comb(14, 2))
        assert found[WOMEN["Katherina"], WOMEN["Sylvia"]] == pytest.approx(0.002331, abs=5e-7)
        values = np.array(list(found.values()))
        assert ((values <= 0.05).sum(), (values <= 0.01).sum()) == (17, 1)
        assert not (benjamini_hochberg(values, pairs.tests) <= 0.05).any()

    @settings(max_examples=40)
    @given(tables(), st.randoms(use_true_random=False))
    def test_the_order_of_rows_and_items_changes_nothing(
        self, table: sparse.csr_array, random: Random
    ) -> None:
        rows, items = ([*range(n)] for n in table.shape)
        random.shuffle(rows)
        random.shuffle(items)
        turned = table[rows][:, items]
        for model in (by_row_sizes, by_mean_sizes):
            try:
                first = model(table, pairs_of(table))
            except ArithmeticError:
                with pytest.raises(ArithmeticError):
                    model(turned, pairs_of(turned))
                continue
            second = model(turned, pairs_of(turned))
            for one, other in zip(astuple(first), astuple(second), strict=True):
                assert sorted(one) == pytest.approx(sorted(other), abs=1e-6)

    def test_a_sum_of_coins_is_counted_to_the_last(self) -> None:
        """By going through every outcome of the items of a small table."""
        table = table_of([[1, 1, 0, 0, 1, 0], [1, 0, 1, 1, 0, 0], [0, 1, 0, 1, 0, 1]])
        pairs = pairs_of(table)
        found = by_mean_sizes(table, pairs)
        likely = probabilities(*(np.asarray(table.sum(axis=axis)).ravel() for axis in (1, 0)))
        for place, (one, other) in enumerate(zip(pairs.one, pairs.other, strict=True)):
            both = likely[one] * likely[other]
            outcomes = np.array(list(product((0, 1), repeat=len(both))))
            weights = np.where(outcomes, both, 1 - both).prod(axis=1)
            enough = outcomes.sum(axis=1) >= pairs.common[place]
            assert found.more[place] == pytest.approx(weights[enough].sum())
            few = outcomes.sum(axis=1) <= pairs.common[place]
            assert found.less[place] == pytest.approx(weights[few].sum())
            assert found.expected[place] == pytest.approx(both.sum())

    @given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=30))
    def test_a_q_value_is_never_below_its_p_value_and_keeps_the_order(
        self, values: list[float]
    ) -> None:
        known = np.array(values)
        found = benjamini_hochberg(known)
        assert (found >= known - 1e-15).all()
        assert (found <= 1).all()
        order = np.argsort(known, kind="stable")
        assert (np.diff(found[order]) >= -1e-15).all()

    @given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=20), st.floats(0.01, 0.5))
    def test_those_kept_are_those_of_the_step_up_rule(
        self, values: list[float], level: float
    ) -> None:
        """Keep the k smallest, for the largest k whose p-value is at most k / n of the level."""
        ordered = sorted(values)
        kept = max(
            (k for k, p in enumerate(ordered, 1) if p <= k * level / len(ordered) * (1 - 1e-12)),
            default=0,
        )
        assert (benjamini_hochberg(np.array(values)) <= level * (1 - 1e-12)).sum() == kept


def sampled(
    table: sparse.csr_array, draws: int, *, chains: int = 256, seed: int = 1
) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    """Return how often pairs share as much or more, and as much or less, than in the table."""
    walk = Walk(table, chains, np.random.default_rng(seed))
    pairs = np.triu_indices(table.shape[0], 1)
    known = shared(table).toarray()[pairs]
    counts, done = np.zeros((2, len(known))), 0
    walk.draw(*pairs)
    while done < draws:
        found = walk.draw(*pairs)
        counts += (found >= known).sum(axis=0), (found <= known).sum(axis=0)
        done += len(found)
    more, less = np.zeros((2, *table.shape[:1] * 2))
    more[pairs], less[pairs] = counts / done
    return more, less, done


def same_sums(table: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return every 0/1 table with the row and column sums of one."""
    rows, items = table.sum(axis=1), table.sum(axis=0)
    found = [np.zeros((0, table.shape[1]), np.int64)]
    for size in rows:
        found = [
            np.vstack([begun, row])
            for begun in found
            for row in (
                np.isin(np.arange(table.shape[1]), chosen).astype(np.int64)
                for chosen in combinations(range(table.shape[1]), int(size))
            )
            if (begun.sum(axis=0) + row <= items).all()
        ]
    return [one for one in found if (one.sum(axis=0) == items).all()]


def exact_p(table: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of all tables with these sums in which pairs share as much or more."""
    known = table @ table.T
    return np.asarray(np.mean([one @ one.T >= known for one in same_sums(table)], axis=0))


def all_pairs(table: sparse.csr_array) -> Pairs:
    """Return every pair of rows, those that share nothing too."""
    one, other = np.triu_indices(table.shape[0], 1)
    return Pairs(one, other, shared(table).toarray()[one, other], table.shape[0])


@pytest.fixture(scope="module")
def davis() -> NDArray[np.float64]:
    return sampled(DAVIS, 60_000, seed=20250915)[0]


class TestCurveball:
    def test_the_exact_values_of_the_small_table(self) -> None:
        assert len(same_sums(BACKBONE)) == 8
        more, less, done = sampled(table_of(BACKBONE), 40_000)
        for found, exact in ((more[0, 2], 0.25), (less[0, 1], 0.5), (less[1, 2], 0.75)):
            assert abs(found - exact) < 4 * sqrt(exact * (1 - exact) / done)

    def test_each_table_of_the_same_sums_is_as_likely(self) -> None:
        table = np.array([[1, 1, 0, 0, 1], [1, 0, 1, 0, 0], [0, 1, 1, 1, 0]])
        more, _, done = sampled(table_of(table), 40_000)
        pairs = np.triu_indices(3, 1)
        assert np.abs(more - exact_p(table))[pairs].max() < 4 * sqrt(0.25 / done)

    @pytest.mark.parametrize(
        ("one", "other", "published"),
        [
            ("Katherina", "Sylvia", 0.0085),
            ("Olivia", "Flora", 0.0346),
            ("Evelyn", "Theresa", 0.0357),
            ("Laura", "Brenda", 0.0371),
            ("Myra", "Katherina", 0.0477),
        ],
    )
    def test_davis(
        self, davis: NDArray[np.float64], one: str, other: str, published: float
    ) -> None:
        found = davis[WOMEN[one], WOMEN[other]]
        assert abs(found - published) < 3 * sqrt(published * (1 - published) * (1 / 60_000) * 2)

    def test_five_pairs_of_davis_stand_out(self, davis: NDArray[np.float64]) -> None:
        assert (davis[np.triu_indices(18, 1)] <= 0.05).sum() == 5

    @settings(max_examples=25)
    @given(tables())
    def test_rows_keep_their_sizes_and_items_their_holders(self, table: sparse.csr_array) -> None:
        walk = Walk(table, 8, np.random.default_rng(3))
        sizes = np.asarray(table.sum(axis=1)).ravel()
        holders = np.asarray(table.sum(axis=0)).ravel()
        for _ in range(3):
            found = walk.draw(np.array([0, 1]), np.array([1, 0]))
            assert (walk.sizes == sizes).all()
            assert (walk.holders == holders[holders > 1]).all()
            assert (found[:, 0] == found[:, 1]).all()
            assert (found.max(axis=1) <= sizes[:2].min()).all()

    @settings(max_examples=15)
    @given(tables(most=6), st.integers(0, 9))
    def test_an_item_of_all_changes_no_p_value(self, table: sparse.csr_array, seed: int) -> None:
        """The same draws are made, and each pair shares one item more in all of them."""
        every = sparse.csr_array(np.ones((table.shape[0], 1), np.int64))
        wide = sparse.csr_array(sparse.hstack([table, every]))
        every_pair = np.triu_indices(table.shape[0], 1)
        found = [by_exact_sizes(t, all_pairs(t), draws=64, seed=seed) for t in (table, wide)]
        assert (found[0].more == found[1].more).all()
        assert (found[0].expected + 1 == found[1].expected).all()
        assert len(found[0].more) == len(every_pair[0])

    def test_large_tables_keep_their_sums_too(self) -> None:
        random = np.random.default_rng(5)
        table = table_of(random.random((600, 2000)) < 0.3)
        walk = Walk(table, 8, random)
        walk.draw(np.array([0]), np.array([1]))
        assert (walk.sizes == table.sum(axis=1)).all()
        assert (walk.holders == table.sum(axis=0)).all()

    @pytest.mark.parametrize("turn", [(17, 0), (0, 17)])
    def test_the_order_of_rows_changes_no_p_value_but_by_chance(
        self, turn: tuple[int, int]
    ) -> None:
        rows = np.roll(np.arange(18), turn[0]) if turn[0] else np.arange(18)[::-1]
        first = by_exact_sizes(DAVIS, all_pairs(DAVIS), draws=8000, seed=1)
        second = by_exact_sizes(DAVIS[rows], all_pairs(DAVIS[rows]), draws=8000, seed=1)
        found = np.zeros((18, 18))
        one, other = (rows[part] for part in np.triu_indices(18, 1))
        found[one, other] = found[other, one] = second.more
        apart = np.abs(found[np.triu_indices(18, 1)] - first.more)
        error = np.sqrt(first.more * (1 - first.more) * 2 / (0.3 * 8000)) + 1 / 8000
        assert (apart < 5 * error).all()

    def test_the_same_seed_draws_the_same(self) -> None:
        first, second = (sampled(DAVIS, 1000, seed=4)[0] for _ in range(2))
        assert (first == second).all()
        assert (sampled(DAVIS, 1000, seed=5)[0] != first).any()


class TestSampling:
    def test_workers_change_no_number(self) -> None:
        pairs = pairs_of(DAVIS)
        one, four = (by_exact_sizes(DAVIS, pairs, draws=2000, workers=n) for n in (1, 4))
        assert one.draws == four.draws >= 2000
        assert (one.more == four.more).all()
        assert (one.expected == four.expected).all()
        assert one.effective == four.effective

    def test_it_agrees_with_one_long_walk(self, davis: NDArray[np.float64]) -> None:
        pairs = pairs_of(DAVIS)
        found = by_exact_sizes(DAVIS, pairs, draws=20_000, seed=7)
        expected = davis[pairs.one, pairs.other]
        error = np.sqrt(expected * (1 - expected) / (found.effective / 2)) + 1 / found.draws
        assert (np.abs(found.more - expected) < 5 * error).all()
        assert found.resolution == 1 / (found.draws + 1)
        assert (found.more >= found.resolution).all()
        assert 0.2 * found.draws < found.effective <= found.draws

    def test_it_ends_early_where_each_pair_is_decided(self) -> None:
        """Two blocks that share all within and nothing between are soon beyond doubt."""
        block = np.ones((3, 40), np.int64)
        table = table_of(np.block([[block, 0 * block], [0 * block, block]]))
        pairs = pairs_of(table)
        done: list[int] = []
        found = by_exact_sizes(table, pairs, progress=lambda now, _: done.append(now))
        assert found.draws == done[-1] < 20_000
        assert not found.undecided.any()
        assert (benjamini_hochberg(found.more, pairs.tests) <= 0.05).all()

    def test_it_soon_ends_where_no_pair_comes_near_the_level(self) -> None:
        found = by_exact_sizes(DAVIS, pairs_of(DAVIS))
        assert found.draws < 20 * 153
        assert not found.undecided.any()

    def test_it_draws_on_where_few_draws_cannot_decide(self) -> None:
        """Two of thirty rows share five items that nobody else has; the others form a ring."""
        table = np.zeros((30, 33), np.int64)
        table[:2, :5] = 1
        for i in range(28):
            table[2 + i, 5 + i] = table[2 + (i + 1) % 28, 5 + i] = 1
        pairs = pairs_of(table_of(table))
        found = by_exact_sizes(table_of(table), pairs)
        assert found.draws >= pairs.tests / 0.05
        kept = benjamini_hochberg(found.more, pairs.tests) <= 0.05
        assert [(pairs.one[i], pairs.other[i]) for i in np.flatnonzero(kept)] == [(0, 1)]

    def test_a_stricter_level_can_be_reached_too(self) -> None:
        table = table_of([[1, 1, 0], [1, 1, 0], [0, 0, 1]])
        asked: list[int] = []
        by_exact_sizes(
            table, pairs_of(table), level=1e-4, progress=lambda _, most: asked.append(most)
        )
        assert asked[0] * 1e-4 >= 3

    def test_chance_leaves_nothing_to_a_table_that_has_no_other(self) -> None:
        table = table_of([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
        found = by_exact_sizes(table, pairs_of(table), draws=100)
        assert found.more.tolist() == found.less.tolist() == [1, 1, 1]
        assert found.expected.tolist() == [2, 1, 1]
        assert found.effective == found.draws

    def test_too_many_rows_are_refused(self) -> None:
        table = table_of(np.ones((MOST_ROWS + 1, 1)))
        with pytest.raises(ValueError, match="up to 1,000 rows"):
            by_exact_sizes(table, pairs_of(table_of(np.ones((2, 1)))))

    def test_a_table_without_pairs_needs_few_draws(self) -> None:
        found = by_exact_sizes(table_of(np.eye(4)), pairs_of(table_of(np.eye(4))))
        assert (len(found.more), found.draws) == (0, 1024)


class TestConfiguration:
    def test_the_example_of_three_by_three(self) -> None:
        table = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 1]])
        found = probabilities(table.sum(axis=1), table.sum(axis=0))
        low, mean, high = 0.216, 0.568, 0.863
        assert found == pytest.approx(
            np.array([[low, low, mean], [low, low, mean], [mean, mean, high]]), abs=6e-4
        )

    @settings(max_examples=40)
    @given(st.integers(0, 2**32 - 1), st.integers(2, 8), st.integers(2, 8))
    def test_the_sums_of_a_model_lead_back_to_it(self, seed: int, rows: int, items: int) -> None:
        random = np.random.default_rng(seed)
        product = np.outer(random.lognormal(size=rows), random.lognormal(size=items))
        model = product / (1 + product)
        found = probabilities(model.sum(axis=1), model.sum(axis=0))
        assert found == pytest.approx(model, abs=1e-6)

    def test_a_row_that_has_every_item_is_sure_of_them(self) -> None:
        found = probabilities([3, 1, 1], [2, 2, 1])
        assert found[0].tolist() == [1, 1, 1]
        assert found[1:].sum(axis=1) == pytest.approx([1, 1])
        assert found.sum(axis=0) == pytest.approx([2, 2, 1])
        assert probabilities([2, 1], [2, 1]).tolist() == [[1, 1], [1, 0]]

    def test_sums_that_no_table_has_are_refused(self) -> None:
        with pytest.raises(ArithmeticError, match="differ in all"):
            probabilities([2, 1, 1], [1, 1, 1.5])
        with pytest.raises(ArithmeticError, match="of the configuration model"):
            probabilities([3, 3, 1, 1], [3, 3, 1, 1])
