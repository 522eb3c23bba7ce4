"""The ontology as something to read: its terms, its concept schemes, and what uses each.

Terms and alignments come from the ontology's own files, the columns that become them from the
records, and concepts and counts from a graph, whose tables may be the user's own.
"""

from __future__ import annotations

from emg_graph.ontology.schemes import Concept, Scheme
from emg_graph.ontology.terms import (
    CLASS,
    DATATYPE_PROPERTY,
    KINDS,
    OBJECT_PROPERTY,
    Origin,
    Term,
)
from emg_graph.ontology.whole import Ontology, read_ontology

__all__ = [
    "CLASS",
    "DATATYPE_PROPERTY",
    "KINDS",
    "OBJECT_PROPERTY",
    "Concept",
    "Ontology",
    "Origin",
    "Scheme",
    "Term",
    "read_ontology",
]
