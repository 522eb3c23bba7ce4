"""The tables of public registers: how they call and class what we describe."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    ANYTHING,
    Concept,
    Homepage,
    Id,
    Imported,
    Maps,
    Urls,
)


class Code(Imported):
    """The code or name by which a registry calls a thing."""

    TABLE, CLASS = "codes", "emg:Code"
    IDENTITY = ("subject", "registry", "code", "source", "locator")

    subject: Annotated[Id, ANYTHING, Maps("emg:subject")]
    registry: Annotated[Id, Concept("registry"), Maps("emg:registry")]
    code: Annotated[str, Maps("skos:notation")]


class ChartEntry(Imported):
    """Where the UN system chart places an entity, and what it says founded it."""

    TABLE, CLASS = "chart_entries", "emg:ChartEntry"
    IDENTITY = ("entity", "principal_organ", "category", "subcategory", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    name_as_written: Annotated[str, Maps("emg:nameAsWritten")]
    principal_organ: Annotated[str | None, Maps("emg:principalOrgan")] = None
    category: Annotated[str | None, Maps("emg:category")] = None
    subcategory: Annotated[str | None, Maps("emg:subcategory")] = None
    founding_mandate: Annotated[str | None, Maps("emg:foundingMandate")] = None
    homepage: Homepage = None
    links: Annotated[Urls, Maps("rdfs:seeAlso")] = ()
