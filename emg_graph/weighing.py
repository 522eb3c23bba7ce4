"""How much a shared mandate says: the less, the more entities cite it.

The rule, wherever mandates count: a mandate that n entities cite weighs 1 / log2(1 + n), 1 for one
entity, 0.63 for two, 0.29 for ten; the size discount of Newman (2001) in logarithmic form, as for
mechanisms. From ten entities on it is an omnibus mandate: one that tasks everybody, so that
sharing it says little.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log2

from emg_graph.records import Citation

OMNIBUS = 10
"""A mandate that so many entities cite is an omnibus mandate."""
PLACES = 4
"""The decimal places of a weight."""


def weight(entities: int) -> float:
    """Return how much a mandate counts that so many entities cite.

    >>> [weight(entities) for entities in (1, 2, 10)]
    [1.0, 0.6309, 0.2891]
    """
    return round(1 / log2(1 + entities), PLACES)


def is_omnibus(entities: int) -> bool:
    """Tell whether a mandate that so many entities cite says little of any of them.

    >>> is_omnibus(9), is_omnibus(10)
    (False, True)
    """
    return entities >= OMNIBUS


def citers(citations: Iterable[Citation]) -> dict[str, int]:
    """Return how many entities cite each mandate; an entity counts once however often it does."""
    found: dict[str, set[str]] = {}
    for citation in citations:
        found.setdefault(citation.mandate, set()).add(citation.entity)
    return {mandate: len(found[mandate]) for mandate in sorted(found)}
