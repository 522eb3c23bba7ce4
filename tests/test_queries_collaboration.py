"""The queries on working together: what counts, what is left out, and what is kept apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest
from folders import DataFolder

from emg_graph.catalogue import require_query
from emg_graph.graph import Graph, open_graph
from emg_graph.records import (
    Agreement,
    Claim,
    Decision,
    Entity,
    Mechanism,
    Participation,
    Position,
    Product,
    Role,
    Thing,
    Workstream,
)
from emg_graph.tables import Tables

TAKES_NO_PART = {"accredited-entity", "founder", "fund-agency", "observer"}
OWNS = {"co-host", "co-lead", "host", "lead", "secretariat-of", "sponsor"}
HELP = {"capacity", "delivery", "enforcement", "finance"}
OVER = {"historic", "planned", "proposed-product"}

AThing = TypeVar("AThing", bound=Thing)
AClaim = TypeVar("AClaim", bound=Claim)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def things(tables: Tables, kind: type[AThing]) -> dict[str, AThing]:
    return {row.id: row for row in tables.things() if isinstance(row, kind)}


def claims(tables: Tables, kind: type[AClaim]) -> list[AClaim]:
    return [row for row in tables.claims() if isinstance(row, kind)]


def ask(place: DataFolder | Graph, name: str, **params: str) -> list[dict[str, object]]:
    """Return the rows of a query; without its required parameters, those for every value."""
    graph = place if isinstance(place, Graph) else open_graph("memory:", place.path)
    query = require_query(name)
    if any(param.required and param.name not in params for param in query.params):
        return [dict(row) for row in graph.store.select(query.text).records()]
    return [dict(row) for row in graph.query(name, **params).records()]


def cell(row: dict[str, object], name: str) -> set[str]:
    """Return the ids of a list."""
    return set(str(row[name] or "").split("|")) - {""}


def column(rows: Iterable[dict[str, object]], name: str) -> set[object]:
    return {row[name] for row in rows}


def ranks(tables: Tables) -> dict[str, set[str]]:
    """Return each theme with itself and the broader ones."""
    above = {row.id: getattr(row, "broader_concept", None) for row in tables.rows["concepts"]}  # type: ignore[attr-defined]

    def climbed(theme: str | None) -> set[str]:
        return {theme, *climbed(above[theme])} if theme else set()

    return {theme: climbed(theme) for theme in above}


def row_of(data: DataFolder, table: str, **cells: str) -> int:
    """Return the number of the one row with these cells."""
    head, *rows = data.read(table)
    found = [
        number
        for number, row in enumerate(rows)
        if cells.items() <= dict(zip(head, row, strict=True)).items()
    ]
    assert len(found) == 1
    return found[0]


def concept(data: DataFolder, scheme: str, name: str) -> None:
    head = data.read("concepts")[0]
    blank = dict.fromkeys(head, "")
    words = {"id": name, "scheme": scheme, "label": name.capitalize(), "definition": "A test."}
    data.add("concepts", **blank | words)


# CQ10: which collaborations are outside any workstream


def of_the_group(tables: Tables) -> set[str]:
    entities = things(tables, Entity)

    def listed(name: str | None) -> bool:
        entity = entities.get(name or "")
        if entity is None:
            return False
        return entity.emg_status in ("emg-member", "emg-observer") or listed(entity.parent_entity)

    return {name for name in entities if listed(name)}


def test_a_collaboration_has_at_least_two_of_the_group(graph: Graph, tables: Tables) -> None:
    group = of_the_group(tables)
    expected: dict[str, set[str]] = {}
    for part in claims(tables, Participation):
        known = (part.basis, part.standing) == ("stated", "current")
        if known and part.capacity not in TAKES_NO_PART and part.entity in group:
            expected.setdefault(part.body, set()).add(part.entity)
    for product in things(tables, Product).values():
        expected[product.id] = set(product.entities) & group
    expected = {name: who for name, who in expected.items() if len(who) > 1}
    rows = {str(row["id"]): row for row in ask(graph, "CQ10")}
    for name, row in rows.items():
        assert cell(row, "entities") == expected[name]
        assert row["together"] == len(expected[name])
        assert row["status"] not in OVER
        assert all((row["source"], row["locator"], row["entity_sources"]))
    # The group itself, a workstream, and what an action point on a workstream names.
    assert set(expected) - set(rows) == {"common-approach-biodiversity", "emg", "img-human-rights"}


def test_what_was_named_at_a_meeting_says_so_and_comes_first(graph: Graph, tables: Tables) -> None:
    rows = ask(graph, "CQ10")
    for row in rows:
        naming = {
            position.id
            for position in claims(tables, Position)
            if row["id"] in (*position.named_mechanisms, *position.named_products)
        }
        assert cell(row, "positions") == naming
        assert str(row["finding"]).startswith("named at a meeting") == bool(naming)
    findings = [row["finding"] for row in rows]
    assert findings == sorted(findings, key=str, reverse=True)
    assert len(set(findings)) == 2


def test_a_mechanism_that_a_position_names_alone_stays(data: DataFolder) -> None:
    data.set("positions", "named_mechanisms", "green-customs", row=0)
    row = next(row for row in ask(data, "CQ10") if row["id"] == "green-customs")
    assert row["positions"] == "som31-s09-itc"
    assert row["finding"] == "named at a meeting, in no workstream on record"


def test_a_mechanism_that_a_position_names_with_a_workstream_is_gone(data: DataFolder) -> None:
    data.set("positions", "named_mechanisms", "green-customs", row=0)
    data.set("positions", "named_workstreams", "img-pollution", row=0)
    assert "green-customs" not in column(ask(data, "CQ10"), "id")


def test_a_product_that_a_position_names_with_a_workstream_is_gone(data: DataFolder) -> None:
    data.set("positions", "named_workstreams", "img-pollution", row=1)
    assert column(ask(data, "CQ10"), "id") == {"global-mercury-partnership", "green-customs"}


@pytest.mark.parametrize("table", ["decisions", "action_points"])
@pytest.mark.parametrize("called", ["Green Customs Initiative", "Green Customs"])
def test_what_a_decision_or_action_point_names_is_gone(
    table: str, called: str, data: DataFolder
) -> None:
    data.set(table, "summary", f"Works with {called} on trade.")
    assert "green-customs" not in column(ask(data, "CQ10"), "id")


@pytest.mark.parametrize("basis", ["stated", "inferred"])
def test_what_takes_part_in_a_workstream_is_gone(basis: str, data: DataFolder) -> None:
    data.add("participations", entity="green-customs", body="img-pollution", basis=basis)
    assert "green-customs" not in column(ask(data, "CQ10"), "id")


def test_what_belongs_to_the_environment_management_group_is_gone(data: DataFolder) -> None:
    data.add("mechanisms", id="emg", name="Environment Management Group", acronym="EMG")
    data.set("mechanisms", "parent_body", "emg", row_of(data, "mechanisms", id="green-customs"))
    assert "green-customs" not in column(ask(data, "CQ10"), "id")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("basis", "inferred"),
        ("standing", "historic"),
        *(("capacity", capacity) for capacity in sorted(TAKES_NO_PART)),
    ],
)
def test_only_taking_part_now_and_by_statement_counts(
    name: str, value: str, data: DataFolder
) -> None:
    if name == "capacity":
        concept(data, "capacity", value)
    body = "global-mercury-partnership"
    for entity in ("brs-secretariat", "who"):
        row = row_of(data, "participations", entity=entity, body=body)
        data.set("participations", name, value, row)
    assert body not in column(ask(data, "CQ10"), "id"), "UNEP is left alone"


def test_whoever_is_not_of_the_group_does_not_count(data: DataFolder) -> None:
    data.set("entities", "emg_status", "emg-not-listed", row_of(data, "entities", id="who"))
    rows = {row["id"]: row for row in ask(data, "CQ10")}
    assert rows["global-mercury-partnership"]["entities"] == "brs-secretariat|unep"
    # The Minamata secretariat counts as an office of UNEP, and no longer without it.
    data.set("entities", "parent_entity", "", row_of(data, "entities", id="minamata-secretariat"))
    assert "unicef-minamata-mercury-report" not in column(ask(data, "CQ10"), "id")


def test_what_is_over_or_only_proposed_is_no_collaboration(data: DataFolder) -> None:
    concept(data, "product-status", "proposed-product")
    data.set("products", "status", "proposed-product")
    data.set("mechanisms", "standing", "historic", row_of(data, "mechanisms", id="green-customs"))
    assert column(ask(data, "CQ10"), "id") == {"global-mercury-partnership"}


def test_stated_and_inferred_agreements_of_a_collaboration_stand_apart(
    graph: Graph, tables: Tables
) -> None:
    for row in ask(graph, "CQ10"):
        basis: dict[str, set[str]] = {"stated": set(), "inferred": set()}
        for role in claims(tables, Role):
            if role.entity == row["id"] and role.standing == "current":
                basis[role.basis].add(role.agreement)
        if product := things(tables, Product).get(str(row["id"])):
            basis["stated"] |= set(product.agreements)
            basis["inferred"] |= set(product.inferred_agreements)
        assert cell(row, "agreements") == basis["stated"]
        assert cell(row, "inferred_agreements") == basis["inferred"]


def test_a_role_that_has_ended_links_a_collaboration_to_no_agreement(data: DataFolder) -> None:
    row = row_of(data, "roles", entity="green-customs", agreement="minamata")
    data.set("roles", "basis", "inferred", row)
    found = next(found for found in ask(data, "CQ10") if found["id"] == "green-customs")
    assert (found["agreements"], found["inferred_agreements"]) == ("basel", "minamata")
    data.set("roles", "standing", "historic", row)
    found = next(found for found in ask(data, "CQ10") if found["id"] == "green-customs")
    assert (found["agreements"], found["inferred_agreements"]) == ("basel", None)
    assert "green-customs" not in column(ask(data, "CQ10", agreement="minamata"), "id")


def test_workstreams_of_a_collaboration_are_read_from_its_themes(
    graph: Graph, tables: Tables
) -> None:
    above = ranks(tables)
    subjects = things(tables, Mechanism) | things(tables, Product)
    for row in ask(graph, "CQ10"):
        reached = set().union(*(above[theme] for theme in subjects[str(row["id"])].themes))
        assert cell(row, "inferred_workstreams") == {
            stream.id
            for stream in things(tables, Workstream).values()
            if reached & set(stream.themes)
        }


def test_a_theme_and_an_agreement_narrow_the_collaborations(graph: Graph, tables: Tables) -> None:
    above = ranks(tables)
    subjects = things(tables, Mechanism) | things(tables, Product)
    rows = ask(graph, "CQ10")
    found = column(ask(graph, "CQ10", theme="waste"), "id")
    assert found == {
        row["id"]
        for row in rows
        if any("waste" in above[theme] for theme in subjects[str(row["id"])].themes)
    }
    found_too = column(ask(graph, "CQ10", agreement="minamata"), "id")
    assert found_too == {
        row["id"]
        for row in rows
        if "minamata" in cell(row, "agreements") | cell(row, "inferred_agreements")
    }
    both = column(ask(graph, "CQ10", theme="waste", agreement="minamata"), "id")
    assert both == found & found_too
    assert both


# CQ12: which support could be copied


def related(tables: Tables, agreement: str) -> set[str]:
    """Return an agreement with all that hang together with it."""
    parents = {row.id: row.parent_agreement for row in things(tables, Agreement).values()}
    family = {agreement}
    while True:
        more = {one for one, parent in parents.items() if parent in family}
        more |= {parent for one in family if (parent := parents[one])}
        if more <= family:
            return family
        family |= more


def test_what_could_be_copied_is_not_there_yet(graph: Graph, tables: Tables) -> None:
    rows = ask(graph, "CQ12")
    serves = {(role.entity, role.agreement) for role in claims(tables, Role)}
    for product in things(tables, Product).values():
        concerned = (*product.agreements, *product.inferred_agreements)
        serves |= {(product.id, agreement) for agreement in concerned}
    families = {name: related(tables, name) for name in things(tables, Agreement)}
    assert len({str(row["agreement"]) for row in rows}) > 40
    for row in rows:
        assert (row["id"], row["used_for"]) in serves
        assert not {(row["id"], one) for one in families[str(row["agreement"])]} & serves


def test_the_use_elsewhere_is_a_claim_with_its_own_basis(graph: Graph, tables: Tables) -> None:
    mechanisms = things(tables, Mechanism)
    expected = {
        (role.entity, function, role.agreement, role.basis, role.source, role.locator)
        for role in claims(tables, Role)
        if role.entity in mechanisms and role.standing == "current"
        for function in HELP & set(role.functions)
    }
    for product in things(tables, Product).values():
        cited = (product.source, product.locator)
        for function in HELP & set(product.functions) if product.status not in OVER else ():
            expected |= {(product.id, function, a, "stated", *cited) for a in product.agreements}
            expected |= {
                (product.id, function, a, "inferred", *cited) for a in product.inferred_agreements
            }
    names = ("id", "function", "used_for", "basis", "source", "locator")
    assert {tuple(row[name] for name in names) for row in ask(graph, "CQ12")} <= expected


def test_few_and_its_status_are_those_of_the_missing_functions(graph: Graph) -> None:
    names = ("documented", "documented_entities", "weaker_entities", "status")
    known = {
        (row["agreement"], row["function"]): [row[name] or None for name in names]
        for row in ask(graph, "CQ19")
    }
    for row in ask(graph, "CQ12"):
        assert [row[name] or None for name in names] == known[row["agreement"], row["function"]]
        assert int(str(row["documented"])) <= 2


def test_a_third_supporter_is_no_longer_few(data: DataFolder) -> None:
    models = [("basel", "finance", "gef"), ("basel", "capacity", "global-mercury-partnership")]
    names = ("agreement", "function", "id")
    for entity, left in (("unu", models), ("who", models[:1])):
        data.add(
            "roles", entity=entity, agreement="basel", role="capacity-partner",
            functions="capacity",
        )  # fmt: skip
        found = [tuple(row[name] for name in names) for row in ask(data, "CQ12", agreement="basel")]
        assert sorted(found) == sorted(left)


def test_what_serves_the_parent_is_not_copied_to_the_amendment(data: DataFolder) -> None:
    """Green Customs serves Basel, hence no model for its Ban Amendment; the GEF is one."""
    found = column(ask(data, "CQ12", agreement="basel-ban"), "id")
    assert found == {"gef", "global-mercury-partnership"}


@pytest.mark.parametrize(("column_", "value"), [("standing", "historic"), ("functions", "data")])
def test_only_current_help_is_a_model(column_: str, value: str, data: DataFolder) -> None:
    data.set("roles", column_, value, row_of(data, "roles", entity="gef", agreement="minamata"))
    assert column(ask(data, "CQ12", agreement="basel"), "id") == {"global-mercury-partnership"}


def test_a_product_is_a_model_unless_it_is_only_proposed(data: DataFolder) -> None:
    concept(data, "product-status", "proposed-product")
    data.set("products", "functions", "delivery")
    row = next(row for row in ask(data, "CQ12", agreement="basel") if row["kind"] == "report")
    assert (row["used_for"], row["basis"], row["locator"]) == ("minamata", "inferred", "para. 10")
    data.set("products", "status", "proposed-product")
    assert "report" not in column(ask(data, "CQ12", agreement="basel"), "kind")


def test_only_a_proposal_is_told_with_the_model(data: DataFolder) -> None:
    data.set("positions", "named_mechanisms", "global-mercury-partnership", row=0)
    first, second = ask(data, "CQ12", agreement="basel")
    assert (first["position"], first["position_locator"]) == ("som31-s09-itc", "para. 9")
    assert (second["id"], second["position"], second["position_source"]) == ("gef", None, None)
    data.set("positions", "acts", "offered", row=0)
    assert column(ask(data, "CQ12", agreement="basel"), "position") == {None}


def test_the_climate_promise_is_offered_as_the_meeting_did(graph: Graph) -> None:
    row = next(r for r in ask(graph, "CQ12", agreement="minamata") if r["id"] == "climate-promise")
    assert (row["used_for"], row["basis"], row["position"]) == ("paris", "stated", "som31-s09-itc")
    assert "One UN MEA package" in str(row["position_summary"])
    assert "climate-promise" not in column(ask(graph, "CQ12", agreement="unfccc"), "id")


def test_a_function_narrows_the_models(graph: Graph) -> None:
    rows = ask(graph, "CQ12", agreement="ramsar")
    for function in HELP:
        found = ask(graph, "CQ12", agreement="ramsar", function=function)
        assert found == [row for row in rows if row["function"] == function]
    assert not ask(graph, "CQ12", agreement="ramsar", function="convening")


# CQ16: which mechanisms already cover the themes of a group


def test_the_groups_are_new_invited_or_proposed_to_the_emg(graph: Graph, tables: Tables) -> None:
    statuses: dict[str, set[str]] = {}
    for decision in claims(tables, Decision):
        if decision.status in ("new", "invited-to-consider"):
            statuses.setdefault(decision.workstream, set()).add(decision.status)
    for position in claims(tables, Position):
        convenes = "emg" in position.named_mechanisms and "convening" in position.functions
        if convenes and "proposed" in position.acts:
            statuses[position.id] = {"proposed"}
    rows = ask(graph, "CQ16")
    found = {str(row["group"]): cell(row, "group_status") for row in rows}
    assert found.items() <= statuses.items()
    assert set(found) == {"mea-synergies", "som31-s10-unicef", "som31-s28-eca"}
    assert found["mea-synergies"] == {"new", "invited-to-consider"}, "both words are kept"
    assert all(row["group_source"] and row["group_locators"] for row in rows)


def test_a_mechanism_covers_a_theme_or_a_narrower_one(graph: Graph, tables: Tables) -> None:
    above = ranks(tables)
    groups = {row.id: set(row.themes) for row in things(tables, Workstream).values()}
    groups |= {row.id: set(row.themes) for row in claims(tables, Position)}
    rows = ask(graph, "CQ16")
    expected = {}
    for group in {str(row["group"]) for row in rows}:
        for mechanism in things(tables, Mechanism).values():
            shared = {theme for theme in mechanism.themes if above[theme] & groups[group]}
            touched = set().union(*(above[theme] for theme in shared)) & groups[group]
            if shared and mechanism.id != "emg":
                expected[group, mechanism.id] = (shared, len(touched), len(groups[group]))
    assert {
        (row["group"], row["mechanism"]): (
            cell(row, "shared_themes"), row["touched"], row["of_themes"],
        )
        for row in rows
    } == expected  # fmt: skip
    assert column(rows, "basis") == {"inferred"}


def test_members_are_those_of_the_time_of_the_mechanism(graph: Graph, tables: Tables) -> None:
    mechanisms = things(tables, Mechanism)
    rows = ask(graph, "CQ16")
    assert column(rows, "standing") == {"current", "historic"}
    for row in rows:
        mechanism = mechanisms[str(row["mechanism"])]
        parts = [
            part
            for part in claims(tables, Participation)
            if (part.body, part.basis, part.standing)
            == (mechanism.id, "stated", mechanism.standing)
        ]
        assert cell(row, "members") == {part.entity for part in parts}
        assert cell(row, "member_sources") == {part.source for part in parts}
        assert (row["membership"], row["source"]) == (mechanism.membership, mechanism.source)


def test_a_workstream_that_is_asked_for_is_shown_whatever_its_status(graph: Graph) -> None:
    rows = ask(graph, "CQ16", workstream="img-biodiversity")
    assert column(rows, "group") == {"img-biodiversity"}
    assert column(rows, "group_status") == {"continued"}
    assert {"blg", "cpf"} <= column(rows, "mechanism")
    assert not ask(graph, "CQ16", workstream="img-gender"), "nothing on record is on gender"


def test_a_theme_narrows_the_mechanisms_by_what_they_share(graph: Graph, tables: Tables) -> None:
    above = ranks(tables)
    rows = ask(graph, "CQ16")
    found = ask(graph, "CQ16", theme="climate")
    assert found == [
        row
        for row in rows
        if any("climate" in above[theme] for theme in cell(row, "shared_themes"))
    ]
    assert 0 < len(found) < len(rows)


@pytest.mark.parametrize(
    ("name", "value"),
    [("named_mechanisms", ""), ("acts", "offered"), ("functions", "knowledge")],
)
def test_a_proposal_is_a_group_if_it_is_for_the_emg_and_to_convene(
    name: str, value: str, data: DataFolder
) -> None:
    """UNICEF proposed to convene, on coordination, and here names the EMG."""
    data.add("mechanisms", id="emg", name="Environment Management Group", acronym="EMG")
    themes = "chemicals|coordination"
    data.set("mechanisms", "themes", themes, row_of(data, "mechanisms", id="green-customs"))
    row = row_of(data, "positions", id="som31-s10-unicef")
    data.set("positions", "named_mechanisms", "emg", row)
    rows = [found for found in ask(data, "CQ16") if found["group_status"] == "proposed"]
    assert [(found["group"], found["mechanism"], found["group_name"]) for found in rows] == [
        ("som31-s10-unicef", "green-customs", "Proposal of United Nations Children's Fund")
    ]
    data.set("positions", name, value, row)
    assert column(ask(data, "CQ16"), "group") == {"mea-synergies"}


# CQ27: which data platforms serve, and whose they are


def test_data_serves_by_a_role_or_as_a_product(graph: Graph, tables: Tables) -> None:
    handles = {row.id for row in things(tables, Mechanism).values() if "data" in row.functions}
    expected: set[tuple[object, ...]] = {
        (role.agreement, role.entity, role.basis, role.summary, role.source, role.locator)
        for role in claims(tables, Role)
        if role.standing == "current" and ("data" in role.functions or role.entity in handles)
    }
    for product in things(tables, Product).values():
        if "data" in product.functions and product.status not in OVER:
            cited = (None, product.source, product.locator)
            expected |= {(a, product.id, "stated", *cited) for a in product.agreements}
            expected |= {(a, product.id, "inferred", *cited) for a in product.inferred_agreements}
    names = ("agreement", "id", "basis", "summary", "source", "locator")
    rows = [row for row in ask(graph, "CQ27") if row["link"] != "shares a theme"]
    assert {tuple(row[name] for name in names) for row in rows} == expected
    assert len(rows) == len(expected), "each once, by its closest link"
    for row in rows:
        assert str(row["link"]).partition(":")[0] in (
            "data role", "mechanism with data", "product",
        )  # fmt: skip
        assert not row["shared_themes"]


def test_a_shared_theme_is_inferred_and_told_only_where_nothing_is_closer(
    graph: Graph, tables: Tables
) -> None:
    above = ranks(tables)
    agreements = things(tables, Agreement)
    subjects = things(tables, Mechanism) | things(tables, Product)
    rows = ask(graph, "CQ27")
    closer = {(r["agreement"], r["id"]) for r in rows if r["link"] != "shares a theme"}
    found = {(r["agreement"], r["id"]): r for r in rows if r["link"] == "shares a theme"}
    expected = {}
    for agreement in agreements.values():
        reached = set().union(*(above[theme] for theme in agreement.themes))
        for thing in subjects.values():
            over = thing.standing if isinstance(thing, Mechanism) else thing.status
            if "data" in thing.functions and over not in OVER and reached & set(thing.themes):
                expected[agreement.id, thing.id] = reached & set(thing.themes)
    assert {key: cell(row, "shared_themes") for key, row in found.items()} == {
        key: themes for key, themes in expected.items() if key not in closer
    }
    assert column(found.values(), "basis") == {"inferred"}


def test_the_owner_is_who_runs_it(graph: Graph, tables: Tables) -> None:
    mechanisms, products = things(tables, Mechanism), things(tables, Product)
    current = [
        part
        for part in claims(tables, Participation)
        if (part.basis, part.standing) == ("stated", "current")
    ]
    for row in ask(graph, "CQ27"):
        name = str(row["id"])
        if name in products:
            owners, members = set(products[name].entities), set()
        elif name in mechanisms:
            parts = [part for part in current if part.body == name]
            owners = {part.entity for part in parts if part.capacity in OWNS}
            owners |= {mechanisms[name].parent_body or ""} - {""}
            others = [p for p in parts if p.capacity not in {*OWNS, "founder", "observer"}]
            members = {part.entity for part in others}
        else:
            owners, members = {name}, set()
        assert cell(row, "owners") == owners
        assert cell(row, "members") == members
        assert bool(row["owner_sources"]) == bool(owners and name in {*mechanisms, *products})


def test_a_product_without_data_or_only_proposed_serves_no_data(data: DataFolder) -> None:
    concept(data, "product-status", "proposed-product")
    report = "unicef-minamata-mercury-report"
    assert report not in column(ask(data, "CQ27", agreement="minamata"), "id")
    data.set("products", "functions", "data")
    (row,) = [r for r in ask(data, "CQ27", agreement="minamata") if r["id"] == report]
    assert (row["link"], row["basis"]) == ("product: concerns the agreement", "inferred")
    assert row["owners"] == "minamata-secretariat|unicef"
    data.set("products", "status", "proposed-product")
    assert report not in column(ask(data, "CQ27", agreement="minamata"), "id")


@pytest.mark.parametrize("capacity", sorted(OWNS))
def test_whoever_runs_a_mechanism_owns_it_and_the_others_belong(
    capacity: str, data: DataFolder
) -> None:
    if capacity not in ("host", "secretariat-of"):
        concept(data, "capacity", capacity)
    row = row_of(data, "mechanisms", id="green-customs")
    data.set("mechanisms", "functions", "data", row)
    row = row_of(data, "participations", entity="minamata-secretariat", body="green-customs")
    data.set("participations", "capacity", capacity, row)
    (found,) = [r for r in ask(data, "CQ27", agreement="basel") if r["id"] == "green-customs"]
    assert found["link"] == "mechanism with data: Enforcement partner"
    assert (found["owners"], found["members"]) == ("minamata-secretariat", "brs-secretariat|unep")
    assert found["owner_sources"] == "ebook-2020-files-basic-page76"


def test_a_role_that_has_ended_serves_no_data(data: DataFolder) -> None:
    row = row_of(data, "roles", entity="unep", role="indicator-custodian")
    data.set("roles", "standing", "historic", row)
    assert not ask(data, "CQ27", agreement="minamata")
