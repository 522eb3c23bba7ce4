"""How a result was computed, so that anybody can compute it again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Method:
    """What was measured, with which parameters, on which data."""

    measure: str
    """Its short name, such as ``overlap``."""
    text: str
    """What was done, in a sentence or two, with the publication it follows."""
    parameters: tuple[tuple[str, str], ...] = ()
    """Names and values, in the order of the command's options."""
    seed: int | None = None
    """Where the chance began, of a method that draws at random."""
    data: str = ""
    """The hash of the data."""

    @property
    def line(self) -> str:
        """The parameters, the seed and the data in one line.

        >>> Method("overlap", "…", (("draws", "100"),), 1, "0123456789abcdef").line
        'draws 100, seed 1, data 0123456789ab'
        """
        said = [f"{name} {value}" for name, value in self.parameters]
        said += [f"seed {self.seed}"] if self.seed is not None else []
        said += [f"data {self.data[:12]}"] if self.data else []
        return ", ".join(said)
