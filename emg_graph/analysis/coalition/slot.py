"""What a group is to cover, and what is wished of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emg_graph.analysis.coverage import Coverage
from emg_graph.errors import QueryError

FEW = 2
"""A function for which fewer are documented is wanted, unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A function to be covered; where themes are asked for, on one of them."""

    function: str
    theme: str | None = None

    @property
    def id(self) -> str:
        """Its theme, if it has one, and its function.

        >>> Slot("data").id, Slot("data", "mercury").id
        ('data', 'mercury/data')
        """
        return f"{self.theme}/{self.function}" if self.theme else self.function


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wished of a group, by ids."""

    functions: tuple[str, ...] = ()
    """To be covered, in place of those for which fewer than two are documented."""
    themes: tuple[str, ...] = ()
    """On each of these, or a narrower one."""
    size: int | None = None
    """The most members."""
    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    times: int = 1
    """How many members must cover each slot."""

    def check(self) -> None:
        """See that the wishes do not contradict each other.

        Raises:
            QueryError: they do, or a number is below one.
        """
        for name, number in (("size", self.size), ("times", self.times)):
            if number is not None and number < 1:
                raise QueryError(f"the {name} must be 1 or more, not {number}")
        if both := sorted(set(self.require) & set(self.exclude)):
            raise QueryError(f"{', '.join(both)} cannot be both required and excluded")


def wanted_slots(coverage: Sequence[Coverage], wishes: Wishes) -> tuple[Slot, ...]:
    """Return what is to be covered: by functions, then by themes, in the order of their ids."""
    functions = [
        cover.function
        for cover in coverage
        if cover.function in wishes.functions
        or (not wishes.functions and len(cover.documented) < FEW)
    ]
    themes: list[str | None] = [*sorted(set(wishes.themes))] or [None]
    return tuple(Slot(function, theme) for function in functions for theme in themes)
