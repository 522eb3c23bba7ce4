"""The smallest groups that cover what is wanted: set cover, solved exactly.

By integer programming (``scipy.optimize.milp``, the HiGHS solver), never by taking the largest
first, which can need more than the smallest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

ONCE = (0, 1)
"""A member is in a group or not."""


def smallest_covers(
    wanted: Mapping[str, int],
    covers: Mapping[str, frozenset[str]],
    *,
    bounds: Mapping[str, tuple[int, int]] | None = None,
    size: int | None = None,
    most: int = 10,
) -> list[tuple[str, ...]]:
    """Return the smallest groups that cover as much of what is wanted as any group can.

    Where fewer hold something than it is wanted, all who hold it are enough; where nobody does,
    the group is empty. With a size, the groups of at most so many that cover most; there is none
    where more are required than that.

    Members that cover the same stand for one another, and may be given under one name with how
    many there are; a group then names it as often as it has such members.

    Args:
        wanted: how many members must cover each slot.
        covers: the slots that each possible member covers.
        bounds: how often a group has a member at least and at most: ``(1, 1)`` is required,
            ``(0, 0)`` excluded, ``(0, 4)`` one name for four of a kind; else ``(0, 1)``.
        size: the most members of a group.
        most: how many groups to return. Where there are more, it is the solver that chooses.

    Returns:
        Names in alphabetical order, and so the groups.

    >>> covers = {"x": frozenset("a"), "y": frozenset("b"), "z": frozenset("a")}
    >>> smallest_covers({"a": 1, "b": 1}, covers)
    [('x', 'y'), ('y', 'z')]
    >>> smallest_covers({"a": 2}, {"x": frozenset("a")}, bounds={"x": (0, 5)})
    [('x', 'x')]
    """
    often = {one: (bounds or {}).get(one, ONCE) for one in sorted(covers)}
    members = [one for one, (_, most_often) in often.items() if most_often]
    if not members:
        return [()]
    slots = sorted(slot for slot in wanted if any(slot in covers[one] for one in members))
    room = np.array([often[one] for one in members])
    holds = np.array([[slot in covers[one] for one in members] for slot in slots], float)
    holds = holds.reshape(len(slots), len(members))
    need = np.minimum([wanted[slot] for slot in slots], holds @ room[:, 1])
    program = _Program(holds, need, room, size)
    return sorted(
        tuple(one for one, count in zip(members, counts, strict=True) for _ in range(count))
        for counts in program.optima(most)
    )


class _Program:
    """One unknown for each time that a group can have a member, and one for each slot.

    The unknown of a slot is how much of it stays uncovered. That costs more than any number of
    members, so that the most is covered first, and then by the fewest.
    """

    def __init__(
        self,
        holds: NDArray[np.float64],
        need: NDArray[np.float64],
        room: NDArray[np.int64],
        size: int | None,
    ) -> None:
        slots, self._members = holds.shape
        self._member = np.repeat(np.arange(self._members), room[:, 1])
        self._turn = np.concatenate([np.arange(top) for top in room[:, 1]])
        places = len(self._member)
        required = self._turn < room[self._member, 0]
        self._bounds = Bounds(
            np.concatenate([required, np.zeros(slots)]), np.concatenate([np.ones(places), need])
        )
        self._costs = np.concatenate([np.ones(places), np.full(slots, places + 1.0)])
        self._rules = [
            LinearConstraint(np.hstack([holds[:, self._member], np.eye(slots)]), need, np.inf)
        ]
        if len(turns := self._in_turn(slots)):
            self._rules.append(LinearConstraint(turns, 0, np.inf))
        if size is not None:
            chosen = np.concatenate([np.ones(places), np.zeros(slots)])
            self._rules.append(LinearConstraint(chosen, 0, size))

    def _in_turn(self, slots: int) -> NDArray[np.float64]:
        """Return the rule that the second of a kind comes only with the first, a row each."""
        later = np.flatnonzero(self._turn)
        rows = np.zeros((len(later), len(self._member) + slots))
        rows[np.arange(len(later)), later - 1] = 1
        rows[np.arange(len(later)), later] = -1
        return rows

    def optima(self, most: int) -> list[Sequence[int]]:
        """Return up to so many groups of the least cost: how often each has every member."""
        found: list[Sequence[int]] = []
        rules = list(self._rules)
        places = len(self._member)
        while len(found) < most:
            solved = milp(
                self._costs,
                integrality=np.ones(len(self._costs)),
                bounds=self._bounds,
                constraints=rules,
                options={"mip_rel_gap": 0},  # by default what is nearly the best will do
            )
            if solved.x is None:
                break
            if not found:
                rules.append(LinearConstraint(self._costs, -np.inf, round(solved.fun)))
            chosen = solved.x[:places] > 0.5
            found.append(np.bincount(self._member[chosen], minlength=self._members).tolist())
            again = np.concatenate([chosen, np.zeros(len(self._costs) - places)])
            rules.append(LinearConstraint(again, -np.inf, chosen.sum() - 1))
        return found
