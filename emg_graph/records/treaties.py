"""The tables of what binds agreements: their parties, and what they say of one another."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    Concept,
    Date,
    Id,
    Imported,
    Maps,
    Ref,
)


class Party(Imported):
    """What a country is to an agreement, as a dated list gives it."""

    TABLE, CLASS, LINK = "parties", "emg:Party", "emg:partyTo"
    LINKED_IF = ("status", "party")
    ORDERED = (("signed_on", "consented_on"), ("consented_on", "from_on"), ("from_on", "to_on"))
    IDENTITY = ("country", "agreement", "status", "source", "locator")

    country: Annotated[Id, Ref(("countries",)), Maps("emg:country")]
    agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:agreement")]
    status: Annotated[Id, Concept("party-status"), Maps("emg:partyStatus")]
    consent: Annotated[Id | None, Concept("consent"), Maps("emg:consent")] = None
    signed_on: Annotated[Date | None, Maps("emg:signedOn")] = None
    consented_on: Annotated[Date | None, Maps("emg:consentedOn")] = None
    from_on: Annotated[Date | None, Maps("emg:from")] = None
    to_on: Annotated[Date | None, Maps("emg:to")] = None
    as_of_on: Annotated[Date, Maps("emg:asOf")]


class Reference(Imported):
    """What one agreement does to another: amends, cites, enables or supersedes it."""

    TABLE, CLASS, LINK = "references", "emg:Reference", "emg:refersTo"
    IDENTITY = ("agreement", "referred_agreement", "relation", "source", "locator")

    agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:agreement")]
    referred_agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:referredAgreement")]
    relation: Annotated[Id, Concept("reference-relation"), Maps("emg:relation")]
