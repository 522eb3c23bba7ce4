"""The tables whose rows describe a thing."""

from __future__ import annotations

from typing import Annotated, Literal

from emg_graph.records.columns import (
    Acronym,
    Aliases,
    Concept,
    Confidence,
    Date,
    Functions,
    Homepage,
    Id,
    Ids,
    Locator,
    Maps,
    Name,
    Note,
    Ref,
    ShortName,
    Source,
    Sources,
    Standing,
    Texts,
    Themes,
    Thing,
    Url,
    Urls,
)


class SourceRecord(Thing):
    """A document, page or data set that was read; itself the evidence, so it cites none."""

    TABLE, CLASS, PATH = "sources", "emg:Source", "source"

    title: Annotated[str, Maps("dcterms:title")]
    publisher: Annotated[str | None, Maps("dcterms:publisher")] = None
    symbol: Annotated[str | None, Maps("emg:symbol")] = None
    evidence_class: Annotated[Literal["A", "B", "C", "D", "E"], Maps("emg:evidenceClass")]
    issued_on: Annotated[Date | None, Maps("dcterms:issued")] = None
    accessed_on: Annotated[Date | None, Maps("emg:accessedOn")] = None
    url: Annotated[Url | None, Maps("schema:url")] = None
    licence: Annotated[str | None, Maps("dcterms:license")] = None
    note: Note = None


class ConceptRecord(Thing):
    """A concept of one of the SKOS schemes."""

    TABLE, CLASS, PATH = "concepts", "skos:Concept", "concept"

    scheme: Annotated[Id, Maps("skos:inScheme")]
    label: Annotated[str, Maps("skos:prefLabel", language="en")]
    definition: Annotated[str, Maps("skos:definition", language="en")]
    broader_concept: Annotated[Id | None, Ref(("concepts",)), Maps("skos:broader")] = None
    alt_en: Annotated[Texts, Maps("skos:altLabel", language="en")] = ()
    alt_fr: Annotated[Texts, Maps("skos:altLabel", language="fr")] = ()
    alt_es: Annotated[Texts, Maps("skos:altLabel", language="es")] = ()
    related_match: Annotated[Urls, Maps("skos:relatedMatch")] = ()
    close_match: Annotated[Urls, Maps("skos:closeMatch")] = ()


class Entity(Thing):
    """An organisation: a UN entity, a treaty secretariat, or a partner outside the UN."""

    TABLE, CLASS, PATH = "entities", "emg:Entity", "entity"

    name: Name
    short_name: ShortName = None
    acronym: Acronym = None
    aliases: Aliases = ()
    kind: Annotated[Id, Concept("entity-kind"), Maps("emg:kind")]
    parent_entity: Annotated[Id | None, Ref(("entities",)), Maps("org:subOrganizationOf")] = None
    emg_status: Annotated[Id, Concept("emg-status"), Maps("emg:emgStatus")]
    homepage: Homepage = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    note: Note = None


class Agreement(Thing):
    """A multilateral environmental agreement: convention, protocol, amendment or framework."""

    TABLE, CLASS, PATH = "agreements", "emg:Agreement", "agreement"
    ORDERED = (("adopted_on", "opened_on"), ("adopted_on", "in_force_on"))

    name: Name
    short_name: ShortName = None
    acronym: Acronym = None
    aliases: Aliases = ()
    kind: Annotated[Id, Concept("agreement-kind"), Maps("emg:kind")]
    status: Annotated[Id, Concept("agreement-status"), Maps("emg:agreementStatus")]
    parent_agreement: Annotated[Id | None, Ref(("agreements",)), Maps("emg:parentAgreement")] = None
    scope: Annotated[str, Maps("emg:scope")]
    cluster: Annotated[str, Maps("emg:cluster")]
    themes: Themes
    sdgs: Annotated[Ids, Ref(("targets",)), Maps("emg:target")] = ()
    adopted_on: Annotated[Date | None, Maps("emg:adoptedOn")] = None
    opened_on: Annotated[Date | None, Maps("emg:openedOn")] = None
    in_force_on: Annotated[Date | None, Maps("emg:inForceOn")] = None
    depositary: Annotated[str | None, Maps("emg:depositaryName")] = None
    secretariat_entity: Annotated[Id | None, Ref(("entities",)), Maps("emg:secretariat")] = None
    administering_entities: Annotated[Ids, Ref(("entities",)), Maps("emg:administeredBy")] = ()
    financial_mechanism: Annotated[str | None, Maps("emg:financialMechanism")] = None
    science_body: Annotated[str | None, Maps("emg:scienceBody")] = None
    homepage: Homepage = None
    untc: Annotated[str | None, Maps("emg:untcNumber")] = None
    ecolex: Annotated[str | None, Maps("emg:ecolexId")] = None
    ieadb: Annotated[str | None, Maps("emg:ieadbId")] = None
    informea: Annotated[str | None, Maps("emg:informeaId")] = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    note: Note = None


class Target(Thing):
    """A goal or target of the 2030 Agenda or of the Kunming-Montreal framework."""

    TABLE, CLASS, PATH = "targets", "emg:Target", "target"

    name: Name
    framework: Annotated[Literal["2030-agenda", "km-gbf"], Maps("emg:framework")]
    kind: Annotated[Literal["goal", "target"], Maps("emg:targetKind")]
    number: Annotated[str, Maps("emg:number")]
    agreement: Annotated[Id | None, Ref(("agreements",)), Maps("emg:targetOf")] = None
    iri: Url | None = None
    external_id: Annotated[str | None, Maps("emg:externalId")] = None
    themes: Themes = ()
    source: Source
    locator: Locator


class Mechanism(Thing):
    """A standing inter-agency body, partnership or fund; it can act and can have members."""

    TABLE, CLASS, PATH = "mechanisms", "emg:Mechanism", "mechanism"
    ORDERED = (("established_on", "ended_on"),)

    name: Name
    short_name: ShortName = None
    acronym: Acronym = None
    aliases: Aliases = ()
    kind: Annotated[Id, Concept("mechanism-kind"), Maps("emg:kind")]
    standing: Standing
    established_on: Annotated[Date | None, Maps("emg:establishedOn")] = None
    ended_on: Annotated[Date | None, Maps("emg:endedOn")] = None
    parent_body: Annotated[
        Id | None, Ref(("mechanisms", "entities")), Maps("org:subOrganizationOf")
    ] = None
    themes: Themes
    functions: Functions = ()
    membership: Annotated[Id, Concept("membership-coverage"), Maps("emg:membershipCoverage")]
    homepage: Homepage = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    note: Note = None


class Meeting(Thing):
    """A meeting, or a segment of one."""

    TABLE, CLASS, PATH = "meetings", "emg:Meeting", "meeting"

    name: Name
    aliases: Aliases = ()
    held_on: Annotated[Date, Maps("emg:heldOn")]
    parent_meeting: Annotated[Id | None, Ref(("meetings",)), Maps("dcterms:isPartOf")] = None
    source: Source
    locator: Locator
    note: Note = None


class Question(Thing):
    """A question that a meeting put to its participants."""

    TABLE, CLASS, PATH = "questions", "emg:Question", "question"

    meeting: Annotated[Id, Ref(("meetings",)), Maps("dcterms:isPartOf")]
    letter: Annotated[str, Maps("emg:number")]
    name: Name
    source: Source
    locator: Locator


class Workstream(Thing):
    """A line of work of the Environment Management Group."""

    TABLE, CLASS, PATH = "workstreams", "emg:Workstream", "workstream"

    name: Name
    acronym: Acronym = None
    aliases: Aliases = ()
    kind: Annotated[Id, Concept("workstream-kind"), Maps("emg:kind")]
    themes: Themes
    source: Source
    locator: Locator
    also_sources: Sources = ()
    note: Note = None


class ActionPoint(Thing):
    """An action point of a meeting, or one lettered part of it."""

    TABLE, CLASS, PATH = "action_points", "emg:ActionPoint", "action-point"

    meeting: Annotated[Id, Ref(("meetings",)), Maps("dcterms:isPartOf")]
    workstream: Annotated[Id, Ref(("workstreams",)), Maps("emg:workstream")]
    parent_action_point: Annotated[
        Id | None, Ref(("action_points",)), Maps("emg:parentActionPoint")
    ] = None
    number: Annotated[str, Maps("emg:number")]
    name: Name
    summary: Annotated[str, Maps("dcterms:description", language="en")]
    source: Source
    locator: Locator


class Product(Thing):
    """A joint report, database, platform, package or standard."""

    TABLE, CLASS, PATH = "products", "emg:Product", "product"

    name: Name
    aliases: Aliases = ()
    kind: Annotated[Id, Concept("product-kind"), Maps("emg:kind")]
    status: Annotated[Id, Concept("product-status"), Maps("emg:productStatus")]
    entities: Annotated[Ids, Ref(("entities", "mechanisms")), Maps("emg:party")] = ()
    themes: Themes
    functions: Functions = ()
    agreements: Annotated[Ids, Ref(("agreements",)), Maps("emg:concernsAgreement")] = ()
    inferred_agreements: Annotated[
        Ids, Ref(("agreements",)), Maps("emg:concernsAgreement", inferred=True)
    ] = ()
    published_title: Annotated[str | None, Maps("dcterms:title")] = None
    published_on: Annotated[Date | None, Maps("dcterms:issued")] = None
    homepage: Homepage = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
    confidence: Confidence
    note: Note = None


class Country(Thing):
    """A country or territory; its id is its code of three letters unless that names another."""

    TABLE, CLASS, PATH = "countries", "emg:Country", "country"

    name: Name
    aliases: Aliases = ()
    iso2: Annotated[str | None, Maps("emg:iso2")] = None
    iso3: Annotated[str, Maps("emg:iso3")]
    groups: Annotated[Ids, Concept("country-group"), Maps("emg:group")] = ()
    group_sources: Annotated[Ids, Ref(("sources",)), Maps("emg:groupSource")] = ()
    region: Annotated[Id | None, Concept("country-region"), Maps("emg:region")] = None
    source: Source
    locator: Locator
    also_sources: Sources = ()
