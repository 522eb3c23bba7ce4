"""The tables whose rows are evidence: one claim, one source and a place in it."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    ANYTHING,
    Basis,
    Claim,
    Concept,
    Confidence,
    Date,
    Functions,
    Id,
    Ids,
    Locator,
    Maps,
    Note,
    Ref,
    Source,
    Sources,
    Standing,
)


class Role(Claim):
    """What an entity or mechanism is to an agreement."""

    TABLE, CLASS, LINK = "roles", "emg:Role", "emg:serves"
    ORDERED = (("from_on", "to_on"),)
    IDENTITY = (
        "entity", "agreement", "role", "via_mechanism", "from_on", "to_on", "source", "locator",
    )  # fmt: skip

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:agreement")]
    role: Annotated[Id, Concept("role"), Maps("emg:role")]
    functions: Functions
    basis: Basis
    via_mechanism: Annotated[Id | None, Ref(("mechanisms",)), Maps("emg:viaMechanism")] = None
    standing: Standing
    from_on: Annotated[Date | None, Maps("emg:from")] = None
    to_on: Annotated[Date | None, Maps("emg:to")] = None
    summary: Annotated[str, Maps("dcterms:description", language="en")]
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    verified_on: Annotated[Date | None, Maps("emg:verifiedOn")] = None
    note: Note = None


class Participation(Claim):
    """What an entity is in a mechanism or workstream."""

    TABLE, CLASS, LINK = "participations", "emg:Participation", "emg:memberOf"
    ORDERED = (("from_on", "to_on"),)
    IDENTITY = ("entity", "body", "capacity", "from_on", "to_on", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    body: Annotated[Id, Ref(("mechanisms", "workstreams")), Maps("emg:body")]
    capacity: Annotated[Id, Concept("capacity"), Maps("emg:capacity")]
    basis: Basis
    standing: Standing
    from_on: Annotated[Date | None, Maps("emg:from")] = None
    to_on: Annotated[Date | None, Maps("emg:to")] = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    verified_on: Annotated[Date | None, Maps("emg:verifiedOn")] = None
    note: Note = None


class Attendance(Claim):
    """Who sat at a meeting for an entity: capacity and post, never a person's name."""

    TABLE, CLASS, LINK = "attendance", "emg:Participation", "emg:attended"
    IDENTITY = ("entity", "body", "capacity", "source", "locator")

    entity: Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
    body: Annotated[Id, Ref(("meetings",)), Maps("emg:body")]
    capacity: Annotated[Id, Concept("capacity"), Maps("emg:capacity")]
    post: Annotated[str | None, Maps("emg:post")] = None
    name_as_written: Annotated[str, Maps("emg:nameAsWritten")]
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    note: Note = None


class Position(Claim):
    """What an entity put on record at a meeting, paraphrased in one sentence."""

    TABLE, CLASS = "positions", "emg:Position"
    IDENTITY = ("entity", "meeting", "question", "acts", "source", "locator")

    id: Annotated[Id, Maps("dcterms:identifier")]
    entity: Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
    meeting: Annotated[Id, Ref(("meetings",)), Maps("emg:meeting")]
    question: Annotated[Id | None, Ref(("questions",)), Maps("emg:question")] = None
    acts: Annotated[Ids, Concept("act"), Maps("emg:act")]
    functions: Functions = ()
    themes: Annotated[Ids, Concept("theme"), Maps("emg:theme")]
    agreements: Annotated[Ids, Ref(("agreements",)), Maps("emg:agreement")] = ()
    inferred_agreements: Annotated[Ids, Ref(("agreements",)), Maps("emg:inferredAgreement")] = ()
    named_entities: Annotated[Ids, Ref(("entities",)), Maps("emg:namesEntity")] = ()
    named_mechanisms: Annotated[Ids, Ref(("mechanisms",)), Maps("emg:namesMechanism")] = ()
    named_workstreams: Annotated[Ids, Ref(("workstreams",)), Maps("emg:namesWorkstream")] = ()
    named_products: Annotated[Ids, Ref(("products",)), Maps("emg:namesProduct")] = ()
    named_countries: Annotated[Ids, Ref(("countries",)), Maps("emg:namesCountry")] = ()
    summary: Annotated[str, Maps("dcterms:description", language="en")]
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    note: Note = None


class Decision(Claim):
    """What a meeting decided on a workstream, with its modality and caveats."""

    TABLE, CLASS = "decisions", "emg:Decision"
    IDENTITY = ("workstream", "meeting", "status", "modality", "source", "locator")

    workstream: Annotated[Id, Ref(("workstreams",)), Maps("emg:workstream")]
    meeting: Annotated[Id, Ref(("meetings",)), Maps("emg:meeting")]
    action_point: Annotated[Id | None, Ref(("action_points",)), Maps("emg:actionPoint")] = None
    number: Annotated[str, Maps("emg:number")]
    status: Annotated[Id, Concept("decision-status"), Maps("emg:decisionStatus")]
    modality: Annotated[Id, Concept("modality"), Maps("emg:modality")]
    caveat: Annotated[str | None, Maps("emg:caveat", language="en")] = None
    summary: Annotated[str, Maps("dcterms:description", language="en")]
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    note: Note = None


class Figure(Claim):
    """A dated or disputed value of a thing, from one source."""

    TABLE, CLASS = "figures", "emg:Figure"
    IDENTITY = ("subject", "quantity", "value", "as_of_on", "source", "locator")

    subject: Annotated[Id, ANYTHING, Maps("emg:subject")]
    quantity: Annotated[Id, Concept("quantity"), Maps("emg:quantity")]
    value: Annotated[str, Maps("emg:value")]
    as_of_on: Annotated[Date | None, Maps("emg:asOf")] = None
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    note: Note = None


class Search(Claim):
    """What was looked for, where, and with what outcome."""

    TABLE, CLASS = "searches", "emg:Search"
    IDENTITY = ("subject", "looked_for", "sources_searched", "source", "locator")

    subject: Annotated[Id, ANYTHING, Maps("emg:subject")]
    looked_for: Annotated[str, Maps("emg:lookedFor", language="en")]
    sources_searched: Annotated[Ids, Ref(("sources",)), Maps("emg:searchedIn")]
    outcome: Annotated[Id, Concept("search-outcome"), Maps("emg:outcome")]
    searched_on: Annotated[Date, Maps("emg:searchedOn")]
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    note: Note = None
