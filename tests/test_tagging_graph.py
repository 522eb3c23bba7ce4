"""What is computed stands in a graph of its own: tags with their words, and weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import SMALL, DataFolder
from pyoxigraph import Literal, NamedNode, Quad

from emg_graph import loader
from emg_graph import namespaces as ns
from emg_graph.answers import Table
from emg_graph.computed import TEXTS, computed_quads
from emg_graph.records import CLAIMS, THINGS, Citation, columns
from emg_graph.store import Store
from emg_graph.tables import Tables, read_tables
from emg_graph.weighing import OMNIBUS, citers, is_omnibus, weight

TABLES = read_tables(SMALL)
QUADS = frozenset(loader.quads(TABLES))
COMPUTED = NamedNode(ns.GRAPH_COMPUTED)
TITLE = "Chemicals and waste, and the Basel Convention"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def rows(found: frozenset[Quad] | set[Quad], text: str) -> list[tuple[object, ...]]:
    store = Store.memory()
    store.load(found)
    table = store.query(f"PREFIX emg: <{ns.PREFIXES['emg']}>\n{text}")
    assert isinstance(table, Table)
    return list(table.rows)


def computed(tables: Tables) -> set[Quad]:
    return {quad for quad in loader.quads(tables) if quad.graph_name == COMPUTED}


def tagged(data: DataFolder, title: str = TITLE) -> set[Quad]:
    """Return what is computed where the first mandate has a title."""
    data.set("mandates", "title", title)
    return computed(read_tables(data.path))


# Tags


def test_a_tag_keeps_its_subject_what_it_names_its_words_and_their_place(data: DataFolder) -> None:
    mandate = ns.thing_iri("mandate", data.get("mandates", "id"))
    found = rows(
        tagged(data),
        f"""SELECT ?named ?text ?locator {{
          ?tag a emg:Tag ; emg:subject <{mandate}> ; emg:matchedText ?text ;
            emg:locator ?locator ; emg:theme|emg:agreement ?named .
        }} ORDER BY ?text""",
    )
    assert found == [
        (ns.thing_iri("agreement", "basel"), "Basel Convention", "title, characters 30–45"),
        (ns.thing_iri("theme", "chemicals"), "Chemicals", "title, characters 1–9"),
        (ns.thing_iri("theme", "waste"), "waste", "title, characters 15–19"),
    ]
    assert TITLE[30 - 1 : 45] == "Basel Convention"


def test_plain_links_lead_from_the_text_to_what_it_names(data: DataFolder) -> None:
    mandate = NamedNode(ns.thing_iri("mandate", data.get("mandates", "id")))
    links = {
        (quad.predicate.value, quad.object)
        for quad in tagged(data)
        if quad.subject == mandate and quad.object != mandate
    }
    named = {
        (ns.EMG.taggedWith, NamedNode(ns.thing_iri("theme", "chemicals"))),
        (ns.EMG.taggedWith, NamedNode(ns.thing_iri("theme", "waste"))),
        (ns.EMG.namesAgreement, NamedNode(ns.thing_iri("agreement", "basel"))),
    }
    assert named <= links
    assert {name for name, _ in links} <= {
        ns.EMG.taggedWith, ns.EMG.namesAgreement, ns.EMG.citationWeight
    }  # fmt: skip


def test_words_found_twice_are_two_tags_and_one_link(data: DataFolder) -> None:
    found = tagged(data, "Waste upon waste")
    waste = NamedNode(ns.thing_iri("theme", "waste"))
    subject = NamedNode(ns.thing_iri("mandate", data.get("mandates", "id")))
    tags = {
        q.subject for q in found if q.predicate == NamedNode(ns.EMG.theme) and q.object == waste
    }
    own = {t for t in tags if Quad(t, NamedNode(ns.EMG.subject), subject, COMPUTED) in found}
    assert len(own) == 2
    assert sum(q.subject == subject and q.object == waste for q in found) == 1


def test_mandates_programmes_and_positions_are_searched() -> None:
    subjects = {
        str(quad.object.value).removeprefix(ns.BASE).split("/")[0]
        for quad in QUADS
        if quad.predicate == NamedNode(ns.EMG.subject)
        and quad.graph_name == COMPUTED
        and isinstance(quad.object, NamedNode)
    }
    assert subjects == {"mandate", "programme", "claim"}
    models = {model.TABLE: model for model in (*THINGS, *CLAIMS)}
    assert all(
        column in {c.name for c in columns(models[table])} for table, column in TEXTS.items()
    )


def test_what_is_tagged_stands_in_the_graph() -> None:
    described = {quad.subject for quad in QUADS if quad.graph_name != COMPUTED}
    for quad in QUADS:
        if quad.predicate == NamedNode(ns.EMG.subject) and quad.graph_name == COMPUTED:
            assert quad.object in described


def test_a_text_without_a_title_has_no_tags(data: DataFolder) -> None:
    mandate = NamedNode(ns.thing_iri("mandate", data.get("mandates", "id")))
    found = tagged(data, "")
    assert not any(quad.object == mandate for quad in found)


def test_without_the_tables_of_importers_there_is_still_what_made_the_graph() -> None:
    fewer = {
        name: found for name, found in TABLES.rows.items() if name not in (*TEXTS, "citations")
    }
    found = set(computed_quads(Tables(fewer), loader._iri))
    made = NamedNode(ns.expand("prov:wasGeneratedBy"))
    activities = {quad.object for quad in found if quad.predicate == made}
    assert {quad.subject for quad in found} == {COMPUTED, *activities}
    assert len(activities) == 2


def test_the_graph_says_how_it_was_computed() -> None:
    told = [
        str(quad.object.value)
        for quad in QUADS
        if quad.graph_name == COMPUTED
        and quad.predicate.value == ns.expand("dcterms:description")
        and isinstance(quad.object, Literal)
    ]
    assert len(told) == 2
    assert any("1 / log2(1 + n)" in text and f"least {OMNIBUS} entities" in text for text in told)
    assert any("institution" in text and "longest" in text for text in told)


# Weights


def citation(entity: str, mandate: str, locator: str = "p. 1") -> Citation:
    return Citation(
        entity=entity, mandate=mandate, name_as_written="70/1", basis="stated", source="s",
        locator=locator, confidence="high",
    )  # fmt: skip


def test_an_entity_that_cites_twice_counts_once() -> None:
    found = citers(
        [citation("unep", "m"), citation("unep", "m", "p. 2"), citation("itc", "m"),
         citation("itc", "a")]
    )  # fmt: skip
    assert found == {"a": 1, "m": 2}
    assert list(found) == ["a", "m"]


def test_the_more_entities_cite_a_mandate_the_less_it_weighs() -> None:
    weights = [weight(entities) for entities in range(1, 60)]
    assert weights == sorted(weights, reverse=True)
    assert (weights[0], weights[1]) == (1.0, 0.6309)
    assert all(0 < value <= 1 for value in weights)


def test_the_weight_of_a_mandate_is_a_decimal_of_four_places() -> None:
    found = {
        str(quad.subject.value).rsplit("/", 1)[1]: quad.object
        for quad in QUADS
        if quad.predicate == NamedNode(ns.EMG.citationWeight)
        and isinstance(quad.subject, NamedNode)
    }
    decimal = NamedNode(ns.expand("xsd:decimal"))
    assert found == {
        "a-res-70-1": Literal("0.6309", datatype=decimal),
        "unep-ea-1-res-5": Literal("1", datatype=decimal),
        "unep-gc-27-12": Literal("1", datatype=decimal),
    }


@pytest.mark.parametrize("entities", [OMNIBUS - 1, OMNIBUS])
def test_a_mandate_that_ten_entities_cite_is_marked_omnibus(
    data: DataFolder, entities: int
) -> None:
    mandate = data.get("citations", "mandate")
    known = [row[0] for row in data.read("entities")[1:]]
    while len(known) < entities:
        known.append(f"entity-{len(known)}")
        data.add("entities", id=known[-1], name=known[-1], short_name="", acronym="", aliases="")
    cited = {row[0] for row in data.read("citations")[1:] if row[1] == mandate}
    for entity in [name for name in known if name not in cited][: entities - len(cited)]:
        data.add("citations", entity=entity)
    found = computed(read_tables(data.path))
    marked = [quad for quad in found if quad.predicate == NamedNode(ns.EMG.omnibus)]
    assert bool(marked) is is_omnibus(entities)
    for quad in marked:
        assert quad.subject == NamedNode(ns.thing_iri("mandate", mandate))
        assert quad.object == Literal("true", datatype=NamedNode(ns.expand("xsd:boolean")))
