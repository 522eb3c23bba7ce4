"""The tables of public registers: how they call and class what we describe."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    ANYTHING,
    Basis,
    Claim,
    Concept,
    Confidence,
    Homepage,
    Id,
    Locator,
    Maps,
    Note,
    ReviewedOn,
    Source,
    Urls,
)


class Code(Claim):
    """The code or name by which a registry calls a thing."""

    TABLE, CLASS = "codes", "emg:Code"
    OPTIONAL = True
    IDENTITY = ("subject", "registry", "code", "source", "locator")

    subject: Annotated[Id, ANYTHING, Maps("emg:subject")]
    registry: Annotated[Id, Concept("registry"), Maps("emg:registry")]
    code: Annotated[str, Maps("skos:notation")]
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None


class ChartEntry(Claim):
    """Where the UN system chart places an entity, and what it says founded it."""

    TABLE, CLASS = "chart_entries", "emg:ChartEntry"
    OPTIONAL = True
    IDENTITY = ("entity", "principal_organ", "category", "subcategory", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    name_as_written: Annotated[str, Maps("emg:nameAsWritten")]
    principal_organ: Annotated[str | None, Maps("emg:principalOrgan")] = None
    category: Annotated[str | None, Maps("emg:category")] = None
    subcategory: Annotated[str | None, Maps("emg:subcategory")] = None
    founding_mandate: Annotated[str | None, Maps("emg:foundingMandate")] = None
    homepage: Homepage = None
    links: Annotated[Urls, Maps("rdfs:seeAlso")] = ()
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None
