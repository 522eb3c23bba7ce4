"""What two measures of the literature say beside the score: whom the record would name next.

Both look at one table, entities by the agreements in which they have a documented role besides
keeping its papers or money. They predict who was named, not who should be, so they enter no score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.incidence import RELATIONS, Holding, Incidence
from emg_graph.measures.prediction import density, network_based_inference

PREDICTED = "These predict who was named, not who should be."
"""Said wherever they are shown."""
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Prediction:
    """How much the record leads from an entity to an agreement in which it has no role."""

    inference: float
    """Network-based inference: what comes to the agreement from those that the entity serves, if
    each gives what it has in equal parts to its supporters, and these to what they serve."""
    density: float
    """The share of what is related to the agreement that the entity serves, from 0 to 1."""


def predictions(evidence: Evidence, agreement: str) -> Mapping[str, Prediction]:
    """Return what both measures say of each entity for an agreement.

    Empty where the agreement has no supporter on record to start from. An entity without any role
    elsewhere has nothing that leads to it: 0.

    Network-based inference is that of Zhou, Ren, Medo and Zhang (2007), relatedness density that
    of Hidalgo, Klinger, Barabási and Hausmann (2007).
    """
    held = roles_table(evidence)
    if agreement not in held.items:
        return {}
    at = held.items.index(agreement)
    inferred = network_based_inference(held.table).toarray()[:, at]
    near = density(held.table.toarray())[:, at]
    found = {
        actor: Prediction(round(float(inferred[i]), DIGITS), round(float(near[i]), DIGITS))
        for i, actor in enumerate(held.rows)
    }
    nothing = Prediction(0.0, 0.0)
    return {actor.id: found.get(actor.id, nothing) for actor in evidence.compared}


def roles_table(evidence: Evidence) -> Incidence:
    """Return which entity has a stated, current role besides formal ones in which agreement."""
    entities = {actor.id for actor in evidence.compared}
    cells: dict[tuple[str, str], tuple[Holding, ...]] = {}
    for role in evidence.roles:
        if role.documented and role.role not in FORMAL_ROLES and role.actor in entities:
            place = (role.actor, role.agreement)
            holding = Holding(role.claim, role.citation, role.functions)
            cells[place] = (*cells.get(place, ()), holding)
    titles = {agreement.id: agreement.short for agreement in evidence.agreements.values()}
    return Incidence(RELATIONS["agreements"], cells, titles)
