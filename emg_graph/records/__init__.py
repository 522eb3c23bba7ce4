"""The tables of ``data/``, one frozen model each: columns, types, references, identity.

Knows no RDF library: ``Maps`` names the property of a column as a prefixed name, and the loader
turns it into a quad. A model whose rows describe a thing derives from ``Thing``, one whose rows
are evidence from ``Claim``; ``IDENTITY`` lists the columns of which a claim's IRI is made.
"""

from __future__ import annotations

from collections.abc import Mapping

from emg_graph.records.claims import (
    Attendance,
    Decision,
    Figure,
    Participation,
    Position,
    Role,
    Search,
)
from emg_graph.records.columns import (
    SEPARATOR,
    Claim,
    Column,
    Concept,
    Maps,
    Ref,
    Row,
    Thing,
    columns,
)
from emg_graph.records.things import (
    ActionPoint,
    Agreement,
    ConceptRecord,
    Country,
    Entity,
    Mechanism,
    Meeting,
    Product,
    Question,
    SourceRecord,
    Target,
    Workstream,
)

THINGS: tuple[type[Thing], ...] = (
    SourceRecord, ConceptRecord, Entity, Agreement, Target, Mechanism, Meeting, Question,
    Workstream, ActionPoint, Product, Country,
)  # fmt: skip
CLAIMS: tuple[type[Claim], ...] = (
    Role, Participation, Attendance, Position, Decision, Figure, Search,
)  # fmt: skip
RECORDS: Mapping[str, type[Row]] = {model.TABLE: model for model in (*THINGS, *CLAIMS)}

__all__ = [
    "CLAIMS",
    "RECORDS",
    "SEPARATOR",
    "THINGS",
    "ActionPoint",
    "Agreement",
    "Attendance",
    "Claim",
    "Column",
    "Concept",
    "ConceptRecord",
    "Country",
    "Decision",
    "Entity",
    "Figure",
    "Maps",
    "Mechanism",
    "Meeting",
    "Participation",
    "Position",
    "Product",
    "Question",
    "Ref",
    "Role",
    "Row",
    "Search",
    "SourceRecord",
    "Target",
    "Thing",
    "Workstream",
    "columns",
]
