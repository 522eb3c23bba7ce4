"""The tables of the UN80 initiative: its actions, and the entities that they name."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    Concept,
    Date,
    Id,
    Imported,
    Locator,
    Maps,
    Name,
    Note,
    Ref,
    ReviewedOn,
    Source,
    Thing,
)


class Action(Thing):
    """An action of the UN80 initiative."""

    TABLE, CLASS, PATH = "actions", "emg:Action", "action"
    OPTIONAL = True
    ORDERED = (("first_milestone_on", "final_milestone_on"),)

    name: Name
    number: Annotated[str, Maps("emg:number")]
    work_package: Annotated[str, Maps("emg:workPackage")]
    work_package_number: Annotated[str, Maps("emg:workPackageNumber")]
    summary: Annotated[str | None, Maps("dcterms:description", language="en")] = None
    reported_status: Annotated[str | None, Maps("emg:reportedStatus")] = None
    document_paragraph: Annotated[str | None, Maps("emg:documentParagraph")] = None
    first_milestone_on: Annotated[Date | None, Maps("emg:firstMilestoneOn")] = None
    final_milestone_on: Annotated[Date | None, Maps("emg:finalMilestoneOn")] = None
    source: Source
    locator: Locator
    reviewed_on: ReviewedOn = None
    note: Note = None


class Assignment(Imported):
    """An entity that an action names or that leads it; an office, never a person."""

    TABLE, CLASS = "assignments", "emg:Assignment"
    IDENTITY = ("entity", "action", "capacity", "name_as_written", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    action: Annotated[Id, Ref(("actions",)), Maps("emg:action")]
    capacity: Annotated[Id, Concept("capacity"), Maps("emg:capacity")]
    name_as_written: Annotated[str, Maps("emg:nameAsWritten")]
