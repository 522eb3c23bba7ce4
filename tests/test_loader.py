"""Records become quads: each claim in the graph of its source, each plain link once."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from folders import SMALL, DataFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from emg_graph import loader
from emg_graph import namespaces as ns
from emg_graph.answers import Table
from emg_graph.records import CLAIMS, RECORDS, Agreement, Claim
from emg_graph.resources import folder
from emg_graph.store import Store
from emg_graph.tables import Tables, read_tables

SERVES = NamedNode(ns.EMG.serves)
TABLES = read_tables(SMALL)
QUADS = frozenset(loader.quads(TABLES))


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def quads(data: DataFolder) -> set[Quad]:
    return set(loader.quads(read_tables(data.path)))


def stored(found: Iterable[Quad]) -> Store:
    store = Store.memory()
    store.load(found)
    return store


def nodes(found: Iterable[Quad], name: str) -> set[str]:
    """Return the claims of a class."""
    return {
        str(quad.subject) for quad in found
        if quad.predicate.value == ns.expand("rdf:type") and quad.object == NamedNode(name)
    }  # fmt: skip


def thing(kind: str, identifier: str) -> NamedNode:
    return NamedNode(ns.thing_iri(kind, identifier))


def serving(data: DataFolder) -> set[tuple[object, object, str]]:
    return {
        (quad.subject, quad.object, graph_of(quad))
        for quad in quads(data)
        if quad.predicate == SERVES
    }


def graph_of(quad: Quad) -> str:
    assert isinstance(quad.graph_name, NamedNode)
    return quad.graph_name.value


def given_by_rows(found: Iterable[Quad]) -> frozenset[Quad]:
    """Leave out what is computed, which hangs on many rows at once."""
    return frozenset(quad for quad in found if graph_of(quad) != ns.GRAPH_COMPUTED)


# Graphs


def test_every_statement_stands_in_a_graph_that_says_what_it_is() -> None:
    sources = {ns.thing_iri("source", row.id) for row in TABLES.things() if row.TABLE == "sources"}
    own = {
        ns.GRAPH_THINGS, ns.GRAPH_SCHEMES, ns.GRAPH_LINKS, ns.GRAPH_INFERRED, ns.GRAPH_COMPUTED,
    }  # fmt: skip
    found = {graph_of(quad) for quad in QUADS}
    assert found <= sources | own
    assert own < found


def test_a_claim_stands_whole_in_the_graph_of_its_source() -> None:
    claims = nodes(QUADS, ns.EMG.Claim)
    sources = {
        str(quad.subject): quad.object
        for quad in QUADS
        if quad.predicate.value == ns.expand("dcterms:source")
    }
    assert len(claims) == len(list(TABLES.claims()))
    for quad in given_by_rows(QUADS):
        if str(quad.subject) in claims:
            assert quad.graph_name == sources[str(quad.subject)]


def test_one_link_of_three_sources_stands_once_beside_three_claims(data: DataFolder) -> None:
    entity, agreement = data.get("roles", "entity"), data.get("roles", "agreement")
    first = data.get("roles", "source")
    sources = [first, *(row[0] for row in data.read("sources")[1:] if row[0] != first)][:3]
    for source in sources[1:]:
        data.add("roles", source=source)
    pair = f"<{ns.thing_iri('entity', entity)}> emg:serves <{ns.thing_iri('agreement', agreement)}>"
    store = stored(quads(data))
    assert rows(store, f"SELECT (COUNT(*) AS ?n) {{ {pair} }}") == ((1,),)
    assert rows(store, f"SELECT ?g {{ GRAPH ?g {{ {pair} }} }}") == ((ns.GRAPH_LINKS,),)
    claims = rows(
        store,
        f"""SELECT ?claim ?source {{ GRAPH ?source {{
          ?claim a emg:Role ; emg:entity <{ns.thing_iri("entity", entity)}> ;
            emg:agreement <{ns.thing_iri("agreement", agreement)}> . }} }}""",
    )
    assert {source for _, source in claims} == {ns.thing_iri("source", s) for s in sources}
    assert len({claim for claim, _ in claims}) == len(claims) == 3


def rows(store: Store, text: str) -> tuple[tuple[object, ...], ...]:
    table = store.query(f"PREFIX emg: <{ns.PREFIXES['emg']}>\n{text}")
    assert isinstance(table, Table)
    return table.rows


@pytest.mark.parametrize(
    ("column", "value"),
    [("standing", "historic"), ("basis", "inferred"), ("basis", "via-mechanism")],
)
def test_only_a_stated_current_role_makes_the_plain_link(
    data: DataFolder, column: str, value: str
) -> None:
    entity, agreement = data.get("roles", "entity"), data.get("roles", "agreement")
    link = (thing("entity", entity), thing("agreement", agreement), ns.GRAPH_LINKS)
    assert link in serving(data)
    for row, cells in enumerate(data.read("roles")[1:]):
        if cells[:2] == [entity, agreement]:
            data.set("roles", column, value, row)
    assert link not in serving(data)


def linked(row: Claim) -> bool:
    column, wanted = row.LINKED_IF
    return getattr(row, column, wanted) == wanted


@pytest.mark.parametrize("model", [m for m in CLAIMS if m.LINK], ids=lambda model: model.TABLE)
def test_the_plain_links_are_those_of_the_stated_and_current_rows(model: type[Claim]) -> None:
    expected = {
        tuple(getattr(row, name) for name in model.IDENTITY[:2])
        for row in TABLES.rows[model.TABLE]
        if isinstance(row, Claim) and row.basis == "stated" and linked(row)
    }
    assert model.LINK is not None
    links = {
        (ns.identifier(str(q.subject)[1:-1]), ns.identifier(str(q.object)[1:-1]))
        for q in QUADS
        if q.predicate.value == ns.expand(str(model.LINK))
    }
    assert links == expected
    assert expected


def pairs(found: Iterable[Quad], name: str) -> set[tuple[str, str]]:
    """Return the ids of the things between which a plain link stands, in the graph of links."""
    return {
        (ns.identifier(str(quad.subject)[1:-1]), ns.identifier(str(quad.object)[1:-1]))
        for quad in found
        if quad.predicate.value == name and graph_of(quad) == ns.GRAPH_LINKS
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (ns.EMG.cites, {("itc", "a-res-70-1"), ("unep", "a-res-70-1"), ("unep", "unep-ea-1-res-5"),
                        ("unep", "unep-gc-27-12")}),
        (ns.EMG.partyTo, {("jor", "minamata"), ("rwa", "minamata")}),
        (ns.EMG.projectOn, {("gef-10748", "minamata"), ("gef-9302", "minamata")}),
        (ns.EMG.refersTo, {("basel-ban", "basel"), ("minamata", "basel")}),
    ],
    ids=["cites", "partyTo", "projectOn", "refersTo"],
)  # fmt: skip
def test_mandates_parties_projects_and_references_make_plain_links(
    name: str, expected: set[tuple[str, str]]
) -> None:
    """A signatory is no party, and a project filed under a focal area is not known to be on it."""
    assert pairs(QUADS, name) == expected


@pytest.mark.parametrize("status", ["signatory", "withdrawn"])
def test_only_a_party_is_party_to_an_agreement(data: DataFolder, status: str) -> None:
    data.add("concepts", id="withdrawn", scheme="party-status", broader_concept="")
    assert ("jor", "minamata") in pairs(quads(data), ns.EMG.partyTo)
    data.set("parties", "status", status, row=1)
    assert pairs(quads(data), ns.EMG.partyTo) == {("rwa", "minamata")}


def test_what_is_inferred_of_things_stands_apart_and_says_how_it_came_about() -> None:
    themes = {graph_of(quad) for quad in QUADS if quad.predicate.value == ns.EMG.hasTheme}
    assert themes == {ns.GRAPH_INFERRED}
    made = NamedNode(ns.expand("prov:wasGeneratedBy"))
    inferred = NamedNode(ns.GRAPH_INFERRED)
    activities = [q.object for q in QUADS if q.predicate == made and q.subject == inferred]
    assert len(activities) == 1
    assert str(activities[0]) in nodes(QUADS, ns.expand("prov:Activity"))


# Identity


def claims_of(data: DataFolder, name: str) -> set[str]:
    return nodes(quads(data), name)


@pytest.mark.parametrize("column", ["summary", "note", "confidence", "verified_on", "also_sources"])
def test_a_mended_cell_changes_no_claim_iri(data: DataFolder, column: str) -> None:
    before = claims_of(data, ns.EMG.Role)
    value = {"confidence": "low", "verified_on": "2026-11-20", "also_sources": "som31-report"}
    old = data.set("roles", column, value.get(column, "Mended."))
    assert old != value.get(column, "Mended.")
    assert claims_of(data, ns.EMG.Role) == before


@pytest.mark.parametrize("column", ["source", "locator", "role", "from_on"])
def test_another_source_place_role_or_period_is_another_claim(
    data: DataFolder, column: str
) -> None:
    before = claims_of(data, ns.EMG.Role)
    other = {"source": "som31-report", "locator": "p. 9", "role": "administers", "from_on": "2001"}
    assert data.set("roles", column, other[column]) != other[column]
    after = claims_of(data, ns.EMG.Role)
    assert len(before - after) == len(after - before) == 1


def test_ids_never_collide_across_tables() -> None:
    for tables in (TABLES, read_tables(folder("data"))):
        ids = [row.id for row in tables.things()]
        iris = {quad.subject for quad in loader.quads(tables)
                if quad.predicate.value == ns.expand("dcterms:identifier")}  # fmt: skip
        positions = len(tables.rows["positions"])
        assert len(set(ids)) == len(ids)
        assert len(iris) == len(ids) + positions


# Values


@pytest.mark.parametrize(
    ("value", "kind"), [("1989", "gYear"), ("1989-03", "gYearMonth"), ("1989-03-22", "date")]
)
def test_a_date_is_typed_by_its_precision(data: DataFolder, value: str, kind: str) -> None:
    data.set("agreements", "adopted_on", value)
    expected = Literal(value, datatype=NamedNode(ns.expand(f"xsd:{kind}")))
    assert expected in {quad.object for quad in quads(data)}


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        ("expenditures", "amount_usd", "-28638.50", "decimal"),
        ("projects", "grant", "200000", "decimal"),
        ("portfolio_counts", "projects", "0", "integer"),
    ],
)
def test_a_number_is_typed(
    data: DataFolder, table: str, column: str, value: str, kind: str
) -> None:
    data.set(table, column, value)
    expected = Literal(value, datatype=NamedNode(ns.expand(f"xsd:{kind}")))
    assert expected in {quad.object for quad in quads(data)}


def test_a_folder_without_optional_tables_gives_the_graph_of_the_rest(data: DataFolder) -> None:
    optional = {model.CLASS for model in RECORDS.values() if model.OPTIONAL}
    for name, model in RECORDS.items():
        if model.OPTIONAL:
            data.file(name).unlink()
    left = quads(data)
    assert left < QUADS
    assert not any(nodes(left, ns.expand(name)) for name in optional)


def test_a_goal_keeps_the_iri_that_the_united_nations_gave_it() -> None:
    subjects = {str(quad.subject) for quad in QUADS}
    assert "<http://metadata.un.org/sdg/12>" in subjects
    assert str(thing("target", "sdg-12")) not in subjects


def test_texts_for_people_have_a_language_and_codes_have_none() -> None:
    by_property = {quad.predicate.value: quad.object for quad in QUADS}
    name, acronym = by_property[ns.expand("skos:prefLabel")], by_property[ns.EMG.acronym]
    assert isinstance(name, Literal)
    assert isinstance(acronym, Literal)
    assert (name.language, acronym.language) == ("en", None)


def test_a_concept_without_a_broader_one_tops_its_scheme() -> None:
    tops = {str(q.subject) for q in QUADS if q.predicate.value == ns.expand("skos:topConceptOf")}
    narrower = {str(q.subject) for q in QUADS if q.predicate.value == ns.expand("skos:broader")}
    assert not tops & narrower
    assert len(tops) + len(narrower) == len(TABLES.rows["concepts"])


def test_a_web_address_is_a_node() -> None:
    pages = [q.object for q in QUADS if q.predicate.value == ns.expand("foaf:homepage")]
    assert pages
    assert all(isinstance(page, NamedNode) for page in pages)


# Properties of the whole


def reordered(tables: Tables, rng: random.Random) -> Tables:
    return Tables({name: tuple(rng.sample(rows, len(rows))) for name, rows in tables.rows.items()})


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_any_order_of_rows_builds_the_same_bytes(rng: random.Random) -> None:
    mixed = stored(loader.quads(reordered(TABLES, rng)))
    assert mixed.export(".nq") == stored(QUADS).export(".nq")


@given(st.sampled_from(CLAIMS), st.data())
@settings(max_examples=60, deadline=None)
def test_removing_claims_never_adds_a_statement(model: type[Claim], draw: st.DataObject) -> None:
    rows = TABLES.rows[model.TABLE]
    kept = draw.draw(st.lists(st.sampled_from(rows), unique=True))
    fewer = given_by_rows(loader.quads(Tables({**TABLES.rows, model.TABLE: tuple(kept)})))
    whole = given_by_rows(QUADS)
    assert fewer <= whole
    assert (fewer == whole) == (len(kept) == len(rows))


def test_the_ontology_stands_in_its_own_graph() -> None:
    files = sorted(folder("ontology").glob("emg.ttl"))
    found = list(loader.ontology_quads(files))
    assert {graph_of(quad) for quad in found} == {ns.GRAPH_ONTOLOGY}
    assert NamedNode(ns.EMG.Role) in {quad.subject for quad in found}


def test_every_thing_and_claim_is_known_by_its_file_and_line() -> None:
    found = loader.places(TABLES)
    classes = {ns.expand(model.CLASS) for model in RECORDS.values()}
    assert set(found) == {
        quad.subject.value
        for quad in QUADS
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.predicate.value == ns.expand("rdf:type")
        and quad.object.value in classes
    }
    for name, rows in TABLES.rows.items():
        lines = [line for file, line in found.values() if file == f"{name}.csv"]
        assert lines == [*range(2, 2 + len(rows))]
    line = loader.places(TABLES)[thing("agreement", "minamata").value]
    assert line == ("agreements.csv", 2 + [row.id for row in TABLES.things()
                    if isinstance(row, Agreement)].index("minamata"))  # fmt: skip


def test_the_schemes_are_the_same_text_in_any_order_of_rows() -> None:
    rng = random.Random(7)
    text = loader.schemes_turtle(TABLES)
    assert loader.schemes_turtle(reordered(TABLES, rng)) == text
    assert text.startswith("@prefix dcterms: ")
    assert text.count("skos:topConceptOf") == len(
        [q for q in QUADS if q.predicate.value == ns.expand("skos:topConceptOf")]
    )


def test_every_table_gives_statements() -> None:
    for name, model in RECORDS.items():
        assert nodes(QUADS, ns.expand(model.CLASS)), name
