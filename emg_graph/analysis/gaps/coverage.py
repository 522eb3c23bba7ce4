"""How far the search went: how many agreements, entities and mechanisms, in how many sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emg_graph.analysis.gaps.record import Record


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, of how many, in how many sources."""

    what: str
    looked_at: int
    of: int
    sources: int


def looked_at(record: Record) -> tuple[Looked, ...]:
    """Return the coverage of the search, a row for each thing that was looked for."""
    evidence = record.evidence
    done = [places for places in map(record.searched, evidence.agreements) if places]
    current = [body for body in evidence.bodies.values() if body.standing == "current"]
    whole = [body for body in current if body.coverage == "complete"]
    members = {m.citation.source for m in evidence.memberships}
    spoken = [(one.actor, one.citation.source) for one in evidence.positions]
    return (
        Looked(
            "agreements whose supporters were searched for",
            len(done),
            len(evidence.agreements),
            len({place for places in done for place in places}),
        ),
        Looked("current mechanisms whose members were read whole", len(whole), len(current),
               len(members)),
        _entities(record, "entities whose mandates were read", evidence.budgets),
        _entities(record, "entities whose expenses by country are on record",
                  _placed(record, "expenses")),
        _entities(record, "entities whose headquarters are on record", _placed(record, "seat")),
        _entities(record, "entities with a position on record", spoken),
    )  # fmt: skip


def _placed(record: Record, kind: str) -> list[tuple[str, str]]:
    return [(entity, source) for entity, what, source in record.places if what == kind]


def _entities(record: Record, what: str, pairs: Iterable[tuple[str, str]]) -> Looked:
    """Return how many of the entities compared are named by pairs of entity and source."""
    known = [(entity, source) for entity, source in pairs if entity in record.compared]
    entities = {entity for entity, _ in known}
    return Looked(what, len(entities), len(record.compared), len({source for _, source in known}))
