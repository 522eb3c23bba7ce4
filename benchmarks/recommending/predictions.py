"""What the baselines make of a case: they see the same masked record."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from emg_graph.analysis.channels import FORMAL_ROLES, popularity, similarity
from emg_graph.analysis.evidence import Evidence
from emg_graph.measures.prediction import density
from recommending import baselines
from recommending.baselines import Values
from recommending.cases import FAMILY, Case

SVD_RANKS = (1, 2, 3, 4, 6, 8, 12)


def predictions(case: Case, actors: Sequence[str]) -> dict[str, Values]:
    """Return the scores of each baseline for these entities in a case, by its name.

    Neighbours and walks are those of entities or those of agreements: both are tried.
    """
    row = row_of(case.evidence)
    rows = [row[actor] for actor in actors]
    weights = _weights(case)
    found = {name: (values @ weights)[rows] for name, values in _tables(case.evidence).items()}
    return {
        "popularity": served(case, actors),
        "popularity, any role": support(case.evidence, formal=True).sum(axis=1)[rows],
        "best-connected": connected(case.evidence)[rows],
        **found,
    }


def served(case: Case, actors: Sequence[str]) -> Values:
    """Return in how many other agreements each has a documented role."""
    agreement = case.evidence.agreements[case.subject.id]
    return np.array([float(popularity(case.evidence, agreement, actor)) for actor in actors])


def connected(evidence: Evidence) -> Values:
    """Return in how many agreements and mechanisms each entity is, in the order of ids."""
    row, bodies = row_of(evidence), sorted(evidence.bodies)
    place = {body: i for i, body in enumerate(bodies)}
    seats = np.zeros((len(row), len(bodies)))
    for member in evidence.memberships:
        if member.basis == "stated" and member.standing == "current" and member.actor in row:
            seats[row[member.actor], place[member.body]] = 1
    return np.asarray(support(evidence).sum(axis=1) + seats.sum(axis=1))


def support(evidence: Evidence, *, formal: bool = False) -> Values:
    """Return who has a documented role in what: entities by agreements, in the order of ids.

    Args:
        evidence: what is left of the record.
        formal: whether keeping the papers or the money counts too.
    """
    row = row_of(evidence)
    column = {name: i for i, name in enumerate(sorted(evidence.agreements))}
    table = np.zeros((len(row), len(column)))
    for role in evidence.roles:
        counts = formal or role.role not in FORMAL_ROLES
        if role.documented and counts and role.actor in row:
            table[row[role.actor], column[role.agreement]] = 1
    return table


def row_of(evidence: Evidence) -> dict[str, int]:
    """Return the row of each entity in a table of all."""
    entities = sorted(actor.id for actor in evidence.actors.values() if actor.type == "entity")
    return {name: i for i, name in enumerate(entities)}


def _tables(evidence: Evidence) -> dict[str, Values]:
    """Return what each baseline makes of the table of roles: entities by agreements."""
    table = support(evidence)
    turned = np.ascontiguousarray(table.T)
    patterns = baselines.decompositions(table, SVD_RANKS)
    return {
        "NBI": baselines.inference(table),
        "density": density(table),
        "Jaccard, entities": baselines.jaccard_neighbours(table),
        "Jaccard, agreements": baselines.jaccard_neighbours(turned).T,
        "PageRank, entities": baselines.pagerank(table),
        "PageRank, agreements": baselines.pagerank(turned).T,
        **{f"SVD, rank {rank}": values for rank, values in patterns.items()},
    }


def _weights(case: Case) -> Values:
    """Return how much the scores for each agreement count.

    An agreement whose whole family is left out has no link to start from: there the scores for
    all others count, by their nearness, which is more than the baselines have of themselves.
    """
    evidence, own = case.evidence, case.evidence.agreements[case.subject.id]
    names = sorted(evidence.agreements)
    if case.masking != FAMILY:
        return np.array([float(name == own.id) for name in names])
    others = (None if name == own.id else evidence.agreements[name] for name in names)
    return np.array([similarity(evidence, own, one) if one else 0.0 for one in others])
