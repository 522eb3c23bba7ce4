"""The tables of projects: those of the funds, and what country plans name."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    ACTORS,
    Amount,
    Concept,
    Count,
    Date,
    Homepage,
    Id,
    Ids,
    Imported,
    Locator,
    Maps,
    Name,
    Note,
    Ref,
    ReviewedOn,
    Source,
    Texts,
    Thing,
)

_Countries = Annotated[Ids, Ref(("countries",)), Maps("emg:country")]


class Project(Thing):
    """A project of a fund."""

    TABLE, CLASS, PATH = "projects", "emg:Project", "project"
    OPTIONAL = True

    name: Name
    number: Annotated[str, Maps("emg:number")]
    fund: Annotated[Id, Ref(("mechanisms",)), Maps("emg:fund")]
    entities: Annotated[Ids, ACTORS, Maps("emg:implementedBy")] = ()
    countries: _Countries = ()
    scope: Annotated[str | None, Maps("emg:scope")] = None
    focal_areas: Annotated[Texts, Maps("emg:focalArea")] = ()
    project_type: Annotated[str | None, Maps("emg:projectType")] = None
    grant: Annotated[Amount | None, Maps("emg:amount")] = None
    currency: Annotated[str | None, Maps("emg:currency")] = None
    project_status: Annotated[str | None, Maps("emg:projectStatus")] = None
    approved_on: Annotated[Date | None, Maps("emg:approvedOn")] = None
    homepage: Homepage = None
    source: Source
    locator: Locator
    reviewed_on: ReviewedOn = None
    note: Note = None


class ProjectLink(Imported):
    """An agreement that a project serves, and what shows it."""

    TABLE, CLASS, LINK = "project_links", "emg:ProjectLink", "emg:projectOn"
    IDENTITY = ("project", "agreement", "ground", "source", "locator")

    project: Annotated[Id, Ref(("projects",)), Maps("emg:project")]
    agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:agreement")]
    ground: Annotated[Id, Concept("link-ground"), Maps("emg:ground")]
    matched_text: Annotated[str | None, Maps("emg:matchedText")] = None


class PortfolioCount(Imported):
    """How many further projects of a fund an entity has in a focal area and country."""

    TABLE, CLASS = "portfolio_counts", "emg:PortfolioCount"
    IDENTITY = ("entity", "fund", "focal_area", "country", "scope", "as_of_on", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    fund: Annotated[Id, Ref(("mechanisms",)), Maps("emg:fund")]
    focal_area: Annotated[str, Maps("emg:focalArea")]
    country: Annotated[Id | None, Ref(("countries",)), Maps("emg:country")] = None
    scope: Annotated[str | None, Maps("emg:scope")] = None
    projects: Annotated[Count, Maps("emg:count")]
    as_of_on: Annotated[Date, Maps("emg:asOf")]


class PlanMention(Imported):
    """An activity of an entity in a UN country plan whose text has words for an agreement."""

    TABLE, CLASS = "plan_mentions", "emg:PlanMention"
    ORDERED = (("from_on", "to_on"),)
    IDENTITY = ("entity", "agreement", "plan", "number", "place", "source", "locator")

    entity: Annotated[Id, ACTORS, Maps("emg:entity")]
    agreement: Annotated[Id, Ref(("agreements",)), Maps("emg:agreement")]
    countries: _Countries
    plan: Annotated[str, Maps("emg:plan")]
    number: Annotated[str, Maps("emg:number")]
    title: Annotated[str, Maps("dcterms:title")]
    matched_text: Annotated[str, Maps("emg:matchedText")]
    place: Annotated[Id, Concept("mention-place"), Maps("emg:mentionPlace")]
    from_on: Annotated[Date | None, Maps("emg:from")] = None
    to_on: Annotated[Date | None, Maps("emg:to")] = None
    required_usd: Annotated[Amount | None, Maps("emg:requiredAmount")] = None
    available_usd: Annotated[Amount | None, Maps("emg:availableAmount")] = None
    spent_usd: Annotated[Amount | None, Maps("emg:amount")] = None
