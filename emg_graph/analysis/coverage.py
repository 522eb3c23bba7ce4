"""Who is on record for each function in an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.evidence import Evidence, Role
from emg_graph.analysis.searches import for_function, none_found, places


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who is on record for a function in the agreement."""

    function: str
    label: str
    documented: tuple[str, ...]
    weaker: tuple[str, ...]
    """On record only as historic, inferred or through a mechanism."""
    searched: int
    """In how many sources supporters of the agreement were looked for."""
    none_found: int = 0
    """In how many sources just this was looked for and not found."""

    @property
    def status(self) -> str:
        """What the record says of it, in words: a gap is one of the record, not of the world."""
        if self.documented:
            return "documented"
        if not self.searched and not self.none_found:
            return "not searched"
        if self.none_found:
            return f"none found in {_sources(self.none_found)}"
        return f"not searched by itself, in general in {_sources(self.searched)}"


def coverage_of(evidence: Evidence, agreement: str, linked: Sequence[Role]) -> tuple[Coverage, ...]:
    """Return who is on record for each function, formal roles apart."""
    covers = []
    sought = evidence.sought.get(agreement, ())
    for function, label in evidence.functions.items():
        holders = [
            role for role in linked if function in role.functions and role.role not in FORMAL_ROLES
        ]
        documented = {role.actor for role in holders if role.documented}
        weaker = {role.actor for role in holders} - documented
        covers.append(
            Coverage(
                function,
                label,
                tuple(sorted(documented)),
                tuple(sorted(weaker)),
                evidence.searched.get(agreement, 0),
                len(places(none_found(sought, for_function(sought, function, evidence.functions)))),
            )
        )
    return tuple(covers)


def _sources(number: int) -> str:
    return f"{number} {'source' if number == 1 else 'sources'}"
