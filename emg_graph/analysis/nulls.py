"""The models of chance: what each leaves as it is on record, and what it draws anew."""

from __future__ import annotations

from collections.abc import Mapping

from emg_graph.errors import QueryError

FIXED, BLIND, MEAN = "fdsm", "hypergeometric", "bicm"
NULLS: Mapping[str, str] = {
    FIXED: (
        "Fixed-degree sequence model: tables drawn at random in which each entity has as many items"
        " and each item as many holders as on record (Strona et al. 2014)."
    ),
    BLIND: (
        "Hypergeometric model: each entity draws as many items as it has blindly from all, so that"
        " items with many holders make pairs look closer than they are (Tumminello et al. 2011)."
    ),
    MEAN: (
        "Bipartite configuration model: entities and items keep their sizes on average alone"
        " (Saracco et al. 2017); it has little power on small tables."
    ),
}
"""The models of chance by name, the one to trust first."""


def require_null(null: str) -> None:
    """Check that there is such a model of chance.

    Raises:
        QueryError: there is none; holds those that there are.
    """
    if null not in NULLS:
        raise QueryError(f"there is no model of chance {null!r}; use {', '.join(NULLS)}")
