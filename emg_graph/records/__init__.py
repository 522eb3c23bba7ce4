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
from emg_graph.records.cooperation import Cooperation
from emg_graph.records.mandates import Citation, Mandate, Programme
from emg_graph.records.money import (
    CountryExpenditure,
    Expenditure,
    GoalExpenditure,
    NoGoalExpenditure,
)
from emg_graph.records.places import CommissionMembership, Seat
from emg_graph.records.projects import PlanMention, PortfolioCount, Project, ProjectLink
from emg_graph.records.reform import Action, Assignment
from emg_graph.records.registers import ChartEntry, Code
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
from emg_graph.records.treaties import Party, Reference

THINGS: tuple[type[Thing], ...] = (
    SourceRecord, ConceptRecord, Entity, Agreement, Target, Mechanism, Meeting, Question,
    Workstream, ActionPoint, Product, Country,
    Mandate, Programme, Project, Action,
)  # fmt: skip
CLAIMS: tuple[type[Claim], ...] = (
    Role, Participation, Attendance, Position, Decision, Figure, Search,
    Citation, Cooperation, Expenditure, GoalExpenditure, NoGoalExpenditure, CountryExpenditure,
    ProjectLink, PortfolioCount, PlanMention, Party, Reference, Assignment, ChartEntry, Code,
    Seat, CommissionMembership,
)  # fmt: skip
RECORDS: Mapping[str, type[Row]] = {model.TABLE: model for model in (*THINGS, *CLAIMS)}

__all__ = [
    "CLAIMS",
    "RECORDS",
    "SEPARATOR",
    "THINGS",
    "Action",
    "ActionPoint",
    "Agreement",
    "Assignment",
    "Attendance",
    "ChartEntry",
    "Citation",
    "Claim",
    "Code",
    "Column",
    "CommissionMembership",
    "Concept",
    "ConceptRecord",
    "Cooperation",
    "Country",
    "CountryExpenditure",
    "Decision",
    "Entity",
    "Expenditure",
    "Figure",
    "GoalExpenditure",
    "Mandate",
    "Maps",
    "Mechanism",
    "Meeting",
    "NoGoalExpenditure",
    "Participation",
    "Party",
    "PlanMention",
    "PortfolioCount",
    "Position",
    "Product",
    "Programme",
    "Project",
    "ProjectLink",
    "Question",
    "Ref",
    "Reference",
    "Role",
    "Row",
    "Search",
    "Seat",
    "SourceRecord",
    "Target",
    "Thing",
    "Workstream",
    "columns",
]
