"""The tables of mandates: the documents that task entities, and who cites them for what."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    Concept,
    Date,
    Homepage,
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


class Mandate(Thing):
    """A resolution, decision or other document that tasks entities."""

    TABLE, CLASS, PATH = "mandates", "emg:Mandate", "mandate"
    OPTIONAL = True

    symbol: Annotated[str, Maps("emg:symbol")]
    title: Annotated[str | None, Maps("dcterms:title", language="en")] = None
    body: Annotated[Id, Concept("mandate-body"), Maps("emg:mandateBody")]
    session_on: Annotated[Date | None, Maps("emg:sessionYear")] = None
    homepage: Homepage = None
    source: Source
    locator: Locator
    reviewed_on: ReviewedOn = None
    note: Note = None


class Programme(Thing):
    """A programme of a budget, or one subprogramme or component of it."""

    TABLE, CLASS, PATH = "programmes", "emg:Programme", "programme"
    OPTIONAL = True

    name: Name
    number: Annotated[str | None, Maps("emg:number")] = None
    entity: Annotated[Id, Ref(("entities",)), Maps("emg:programmeOf")]
    budget_on: Annotated[Date, Maps("emg:budgetYear")]
    source: Source
    locator: Locator
    reviewed_on: ReviewedOn = None
    note: Note = None


class Citation(Imported):
    """A mandate that an entity's budget lists for a programme."""

    TABLE, CLASS, LINK = "citations", "emg:Citation", "emg:cites"
    IDENTITY = ("entity", "mandate", "programme", "provision", "source", "locator")

    entity: Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
    mandate: Annotated[Id, Ref(("mandates",)), Maps("emg:mandate")]
    programme: Annotated[Id | None, Ref(("programmes",)), Maps("emg:programme")] = None
    provision: Annotated[str | None, Maps("emg:provision")] = None
    name_as_written: Annotated[str, Maps("emg:nameAsWritten")]
