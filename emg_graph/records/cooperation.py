"""The table of what is on record between two bodies, outside the roles and memberships."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    Basis,
    Claim,
    Concept,
    Confidence,
    Count,
    Date,
    Id,
    Ids,
    Locator,
    Maps,
    Note,
    Ref,
    ReviewedOn,
    Source,
    Sources,
)


class Cooperation(Claim):
    """What an entity has on record with another: a memorandum, an event, a name in its budget."""

    TABLE, CLASS = "cooperations", "emg:Cooperation"
    OPTIONAL = True
    ORDERED = (("from_on", "to_on"),)
    IDENTITY = ("entity", "partner", "kind", "from_on", "to_on", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    partner: Annotated[Id, ACTORS, Maps("emg:partner")]
    kind: Annotated[Id, Concept("cooperation-kind"), Maps("emg:kind")]
    programme: Annotated[Id | None, Ref(("programmes",)), Maps("emg:programme")] = None
    agreements: Annotated[Ids, Ref(("agreements",)), Maps("emg:agreement")] = ()
    events: Annotated[Count | None, Maps("emg:count")] = None
    name_as_written: Annotated[str | None, Maps("emg:nameAsWritten")] = None
    summary: Annotated[str | None, Maps("dcterms:description", language="en")] = None
    basis: Basis
    from_on: Annotated[Date | None, Maps("emg:from")] = None
    to_on: Annotated[Date | None, Maps("emg:to")] = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None
