"""What a measure computed, line by line, in a form that can be kept in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from emg_graph.analysis.method import Method


@dataclass(frozen=True, slots=True)
class Result:
    """One line: what it is about, what it says, and its numbers."""

    concerns: tuple[str, ...]
    """Ids of the things that it is about, in an order that tells one line from another."""
    text: str
    """What it says, in a sentence."""
    shared: tuple[str, ...] = ()
    """Ids of the items that it rests on."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that it rests on, or that were examined."""
    values: Mapping[str, float | int | str] = field(default_factory=dict)
    """Numbers and words by the term of the ontology that they are values of."""


class Computed(Protocol):
    """An answer that a measure computed."""

    @property
    def method(self) -> Method:
        """How it was computed."""

    def results(self) -> Iterable[Result]:
        """Return its lines."""
