"""The smallest groups that cover what is wanted: the published example, and every group tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from emg_graph.measures.cover import smallest_covers

T = TypeVar("T")

FAMILY = {
    "S1": (1, 2, 3, 4, 5, 6), "S2": (5, 6, 8, 9), "S3": (1, 4, 7, 10),
    "S4": (2, 5, 7, 8, 11), "S5": (3, 6, 9, 12), "S6": (10, 11),
}  # fmt: skip


def subsets_of(letters: str) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(letters))


@dataclass(frozen=True)
class Wish:
    """What a group is to cover, by whom, and how often each may be in it."""

    wanted: dict[str, int]
    covers: dict[str, frozenset[str]]
    bounds: dict[str, tuple[int, int]]
    size: int | None

    def missing(self, group: Sequence[str], more: frozenset[str] = frozenset()) -> int:
        """Return how many times are left uncovered, of all slots together."""
        covers = {**self.covers, "more": more}
        held = {slot: sum(slot in covers[one] for one in group) for slot in self.wanted}
        return sum(max(0, often - held[slot]) for slot, often in self.wanted.items())

    def by_trying_all(self) -> list[tuple[str, ...]]:
        """Return what is best of every group that the bounds allow."""
        names = sorted(self.covers)
        bounds = [self.bounds[name] for name in names]
        counts = product(*(range(low, top + 1) for low, top in bounds))
        groups = [
            tuple(one for one, count in zip(names, row, strict=True) for _ in range(count))
            for row in counts
            if self.size is None or sum(row) <= self.size
        ]
        worth = {group: (self.missing(group), len(group)) for group in groups}
        least = min(worth.values(), default=None)
        return sorted(group for group, its in worth.items() if its == least)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    names = draw(st.lists(st.sampled_from("uvwxyz"), min_size=1, max_size=5, unique=True))
    room = st.sampled_from([(0, 1), (0, 1), (0, 0), (1, 1), (0, 2), (1, 3)])
    return Wish(
        wanted=draw(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 3), min_size=1)),
        covers={name: draw(subsets_of("abcde")) for name in names},
        bounds={name: draw(room) for name in names},
        size=draw(st.sampled_from([None, None, 1, 2, 3])),
    )


class TestCover:
    def covers(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(map(str, slots)) for name, slots in FAMILY.items()}

    def test_three_do_where_the_largest_first_takes_four(self) -> None:
        wanted = {str(slot): 1 for slot in range(1, 13)}
        assert smallest_covers(wanted, self.covers()) == [("S3", "S4", "S5")]
        left, taken = set(wanted), 0
        while left:
            left -= max(self.covers().values(), key=lambda slots: len(slots & left))
            taken += 1
        assert taken == 4

    def test_what_is_required_is_in_and_what_is_excluded_is_not(self) -> None:
        wanted = {str(slot): 1 for slot in range(1, 13)}
        with_first = smallest_covers(wanted, self.covers(), bounds={"S1": (1, 1)})
        assert with_first
        assert all("S1" in group for group in with_first)
        without = smallest_covers(wanted, self.covers(), bounds={"S4": (0, 0)})
        assert without
        assert all("S4" not in group for group in without)

    def test_a_size_gives_what_covers_most(self) -> None:
        wanted = {str(slot): 1 for slot in range(1, 13)}
        covers = self.covers()
        groups = smallest_covers(wanted, covers, size=2)
        best = max(
            len(covers[one] | covers[other]) for one, other in combinations(sorted(covers), 2)
        )
        assert {len(covers[one] | covers[other]) for one, other in groups} == {best}

    def test_where_nobody_holds_or_nobody_may_the_group_is_empty(self) -> None:
        assert smallest_covers({"a": 1}, {}) == [()]
        assert smallest_covers({"a": 1}, {"x": frozenset("b")}) == [()]
        assert smallest_covers({}, {"x": frozenset("b")}) == [()]
        assert smallest_covers({"a": 1}, {"x": frozenset("a")}, bounds={"x": (0, 0)}) == [()]
        assert smallest_covers({"a": 1}, {"x": frozenset("a")}, size=0) == [()]

    def test_more_required_than_the_size_allows_is_no_group(self) -> None:
        covers = {"x": frozenset("a"), "y": frozenset("b")}
        both = {"x": (1, 1), "y": (1, 1)}
        assert smallest_covers({"a": 1}, covers, bounds=both, size=1) == []
        assert smallest_covers({"a": 1}, covers, bounds=both) == [("x", "y")]

    def test_a_slot_wanted_more_often_than_held_takes_all_who_hold_it(self) -> None:
        covers = {"x": frozenset("ab"), "y": frozenset("b"), "z": frozenset("c")}
        assert smallest_covers({"a": 5, "b": 5}, covers) == [("x", "y")]

    def test_the_best_is_found_where_much_is_left_uncovered(self) -> None:
        covers = {f"m{i:03}": frozenset({f"s{i:03}"}) for i in range(150)}
        wanted = dict.fromkeys((slot for cover in covers.values() for slot in cover), 1)
        covers["two"] = frozenset({"s000", "s001"})
        found = smallest_covers(wanted, covers, size=30, most=3)
        assert len(found) == 3
        for group in found:
            assert len(group) == 30
            assert "two" in group
            assert len(frozenset().union(*(covers[one] for one in group))) == 31

    def test_some_and_not_all_of_the_optima(self) -> None:
        covers = {f"m{i:02}": frozenset("a") for i in range(20)}
        assert len(smallest_covers({"a": 1}, covers)) == 10
        assert smallest_covers({"a": 1}, covers, most=30) == [(one,) for one in sorted(covers)]

    @settings(max_examples=60, deadline=None)
    @given(wishes())
    def test_no_smaller_group_covers_as_much_and_none_is_left_out(self, wish: Wish) -> None:
        found = smallest_covers(
            wish.wanted, wish.covers, bounds=wish.bounds, size=wish.size, most=2000
        )
        assert found == wish.by_trying_all()

    @settings(max_examples=40, deadline=None)
    @given(wishes(), subsets_of("abcd"))
    def test_a_member_more_never_leaves_more_uncovered_nor_needs_a_larger_group(
        self, wish: Wish, cover: frozenset[str]
    ) -> None:
        before = smallest_covers(wish.wanted, wish.covers, size=wish.size, most=1)[0]
        more = {**wish.covers, "more": cover}
        after = smallest_covers(wish.wanted, more, size=wish.size, most=1)[0]
        worth = (wish.missing(before), len(before))
        assert (wish.missing(after, cover), len(after)) <= worth

    @settings(max_examples=40, deadline=None)
    @given(wishes(), st.randoms(use_true_random=False))
    def test_the_order_changes_nothing(self, wish: Wish, random: Random) -> None:
        def shuffled(given: Mapping[str, T]) -> dict[str, T]:
            return dict(random.sample(list(given.items()), len(given)))

        again = smallest_covers(
            shuffled(wish.wanted), shuffled(wish.covers), bounds=shuffled(wish.bounds),
            size=wish.size, most=2000,
        )  # fmt: skip
        first = smallest_covers(
            wish.wanted, wish.covers, bounds=wish.bounds, size=wish.size, most=2000
        )
        assert again == first

    @settings(max_examples=40, deadline=None)
    @given(wishes())
    def test_one_name_for_many_alike_says_the_same_as_many_names(self, wish: Wish) -> None:
        alike = {one: max(top, 1) for one, (_, top) in wish.bounds.items()}
        apart = {
            f"{one}-{i}": cover for one, cover in wish.covers.items() for i in range(alike[one])
        }
        several = smallest_covers(wish.wanted, apart, size=wish.size, most=3000)
        together = {tuple(one.split("-")[0] for one in group) for group in several}
        bounds = {one: (0, count) for one, count in alike.items()}
        found = smallest_covers(wish.wanted, wish.covers, bounds=bounds, size=wish.size, most=3000)
        assert found == sorted(together)
