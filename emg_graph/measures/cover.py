"""The smallest groups that cover what is wanted: set cover, solved exactly.

By integer programming (``scipy.optimize.milp``, the HiGHS solver), never by taking the largest
first, which can need more than the smallest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp


def smallest_covers(
    wanted: Mapping[str, int],
    covers: Mapping[str, frozenset[str]],
    *,
    required: Collection[str] = (),
    excluded: Collection[str] = (),
    size: int | None = None,
    most: int = 10,
) -> list[tuple[str, ...]]:
    """Return the smallest groups that cover as much of what is wanted as any group can.

    Where fewer hold something than it is wanted, all who hold it are enough. With a size, the
    groups of at most so many that cover most.

    Args:
        wanted: how many members must cover each slot.
        covers: the slots that each possible member covers.
        required: members that every group has.
        excluded: members that none has.
        size: the most members of a group.
        most: how many groups to return, alphabetically by their members.

    >>> covers = {"x": frozenset("a"), "y": frozenset("b"), "z": frozenset("a")}
    >>> smallest_covers({"a": 1, "b": 1}, covers)
    [('x', 'y'), ('y', 'z')]
    """
    members = sorted(set(covers) - set(excluded))
    slots = sorted(wanted)
    if not members:
        return []
    holds = np.array([[slot in covers[one] for one in members] for slot in slots], float)
    need = np.minimum([wanted[slot] for slot in slots], holds.sum(axis=1))
    program = _Program(holds, need, np.array([one in required for one in members], float), size)
    return sorted(tuple(members[i] for i in group) for group in program.optima(most))


class _Program:
    """One unknown for each member, and one for how much of each slot stays uncovered."""

    def __init__(
        self,
        holds: np.ndarray,
        need: np.ndarray,
        required: np.ndarray,
        size: int | None,
    ) -> None:
        slots, self._members = holds.shape
        self._bounds = Bounds(
            np.concatenate([required, np.zeros(slots)]),
            np.concatenate([np.ones(self._members), need]),
        )
        self._rules = [LinearConstraint(np.hstack([holds, np.eye(slots)]), need, np.inf)]
        self._chosen = np.concatenate([np.ones(self._members), np.zeros(slots)])
        if size is not None:
            self._rules.append(LinearConstraint(self._chosen, 0, size))
        self._costs = np.concatenate([np.ones(self._members), np.full(slots, self._members + 1.0)])

    def optima(self, most: int) -> list[tuple[int, ...]]:
        """Return up to so many groups of the least cost, found one after the other."""
        found: list[tuple[int, ...]] = []
        rules, least = list(self._rules), np.inf
        while len(found) < most:
            solved = milp(
                self._costs,
                integrality=np.ones(len(self._costs)),
                bounds=self._bounds,
                constraints=rules,
            )
            if solved.x is None or round(solved.fun) > least:
                break
            least = round(solved.fun)
            group = tuple(np.flatnonzero(solved.x[: self._members] > 0.5).tolist())
            found.append(group)
            again = np.zeros(len(self._costs))
            again[list(group)] = 1
            rules.append(LinearConstraint(again, -np.inf, len(group) - 1))
        return found
