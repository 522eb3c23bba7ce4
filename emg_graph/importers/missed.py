"""What a document says that was not understood, told once however often it says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from emg_graph.importers.drafts import Unread


@dataclass(slots=True)
class Missed:
    """The values of one document that were not understood, and the lines with any of them."""

    path: str
    noun: str = "line"
    """What the document is made of."""
    places: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def add(self, line: int, column: str, value: str, reason: str) -> None:
        """Note a value of a line, or of what else the document is made of."""
        self.places.setdefault((column, value, reason), []).append(line)

    @property
    def lines(self) -> int:
        """How many lines hold something that was not understood."""
        return len({line for lines in self.places.values() for line in lines})

    def unread(self) -> Iterator[Unread]:
        """Yield each value once, at the first line where it stands.

        >>> missed = Missed("projects.csv")
        >>> for line in (9, 4): missed.add(line, "Countries", "Mars", "is no country we know")
        >>> print(*missed.unread())
        projects.csv, line 4, Countries (and 1 more): 'Mars' is no country we know
        """
        told = sorted((min(lines), key) for key, lines in self.places.items())
        for first, key in told:
            column, value, reason = key
            rest = len(set(self.places[key])) - 1
            more = f" (and {rest} more)" if rest else ""
            yield Unread(self.path, f"{self.noun} {first}, {column}{more}", value, reason)
