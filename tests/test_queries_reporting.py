"""Shared targets, older mandates, movement, disagreement (CQ28, 31, 32, 35)."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from folders import DataFolder

from emg_graph.answers import Value
from emg_graph.graph import Graph, open_graph
from emg_graph.records import (
    Citation,
    Cooperation,
    Expenditure,
    Figure,
    GoalExpenditure,
    Mandate,
    Party,
    Project,
    Role,
)
from emg_graph.tables import Tables

Row = dict[str, Value]
ISSUED = 2025
"""The budgets that are read were all issued in this year."""


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def ask(graph: Graph | DataFolder, name: str, **params: str) -> list[Row]:
    found = open_graph("memory:", graph.path) if isinstance(graph, DataFolder) else graph
    return found.query(name, **params).records()


def of(rows: list[Row], *findings: str) -> list[Row]:
    return [row for row in rows if row["finding"] in findings]


def parts(cell: Value) -> set[str]:
    return set(str(cell).split("|")) if cell else set()


# CQ28


def test_one_indicator_serves_the_agreements_it_is_kept_for(graph: Graph, tables: Tables) -> None:
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    keepers: dict[str, set[str]] = defaultdict(set)
    for role in tables.claims():
        if isinstance(role, Role) and (role.role, role.standing) == (
            "indicator-custodian",
            "current",
        ):
            place = f"{role.source} {role.locator}"
            held[place][role.agreement].add(role.basis)
            keepers[place].add(role.entity)
    rows = of(ask(graph, "CQ28"), "one indicator")
    shared = {place: kept for place, kept in held.items() if len(kept) > 1}
    assert {f"{row['source']} {row['id']}" for row in rows} == set(shared)
    for row in rows:
        kept = shared[f"{row['source']} {row['id']}"]
        stated = {agreement for agreement, bases in kept.items() if "stated" in bases}
        assert parts(row["agreements"]) == stated
        assert parts(row["inferred_agreements"]) == set(kept) - stated
        assert parts(row["entities"]) == keepers[f"{row['source']} {row['id']}"]
        assert row["how_many"] == len(kept)
        assert row["basis"] == ("stated" if len(stated) > 1 else "inferred")


def test_chemicals_agreements_share_one_indicator_that_unep_keeps(graph: Graph) -> None:
    (row,) = [row for row in ask(graph, "CQ28") if row["id"] == "indicator 12.4.1"]
    assert row["agreements"] == "basel|montreal|rotterdam|stockholm"
    assert (row["inferred_agreements"], row["entities"]) == ("minamata", "unep")


def test_an_agreement_keeps_the_rows_that_it_shares(graph: Graph) -> None:
    everything = ask(graph, "CQ28")
    found = ask(graph, "CQ28", agreement="minamata")
    shared = [row for row in found if row["how_many"] and row["id"]]
    assert shared == [
        row
        for row in everything
        if "minamata" in parts(row["agreements"]) | parts(row["inferred_agreements"])
    ]


def test_what_is_not_recorded_comes_after_what_is_shared(graph: Graph) -> None:
    unrecorded = [row["status"] is not None for row in ask(graph, "CQ28")]
    assert unrecorded == sorted(unrecorded)
    assert any(unrecorded)


def test_that_reporting_duties_are_not_recorded_is_said(graph: Graph) -> None:
    (row,) = of(
        ask(graph, "CQ28", agreement="cites"), "agreements whose reporting duties are not recorded"
    )
    assert (row["how_many"], row["status"]) == (1, "not searched")


def test_a_search_for_reporting_duties_is_counted(data: DataFolder) -> None:
    data.set("searches", "looked_for", "reporting duties of the parties")
    data.set("searches", "outcome", "none-found")
    rows = of(ask(data, "CQ28"), "agreements whose reporting duties are not recorded")
    assert {(row["status"], row["how_many"]) for row in rows} == {
        ("none found in 1 source", 1),
        ("not searched", 2),
    }


# CQ31


def cited(tables: Tables) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.claims():
        if isinstance(row, Citation):
            found[row.mandate].add(row.entity)
    return found


def mandates(tables: Tables) -> dict[str, Mandate]:
    return {row.id: row for row in tables.things() if isinstance(row, Mandate)}


@pytest.mark.parametrize(("params", "limit"), [({}, 20), ({"years": "40"}, 40)])
def test_a_mandate_is_older_by_the_year_of_what_cites_it(
    params: dict[str, str], limit: int, graph: Graph, tables: Tables
) -> None:
    rows = of(ask(graph, "CQ31", **params), "older than asked")
    expected = {
        row.id: ISSUED - int(row.session_on[:4])
        for row in mandates(tables).values()
        if row.session_on and ISSUED - int(row.session_on[:4]) > limit
    }
    assert {row["mandate"]: row["age"] for row in rows} == expected
    assert len(rows) == len(expected)
    who = cited(tables)
    assert all(parts(row["citing"]) == who[str(row["mandate"])] for row in rows)


def test_a_newer_text_has_the_same_title_and_body(graph: Graph, tables: Tables) -> None:
    who = cited(tables)
    series: dict[tuple[str, str], list[Mandate]] = defaultdict(list)
    for row in mandates(tables).values():
        if row.title and row.session_on:
            series[row.title, row.body].append(row)
    expected = {}
    for texts in series.values():
        for row in texts:
            later = [one for one in texts if str(one.session_on)[:4] > str(row.session_on)[:4]]
            if later:
                newest = max(later, key=lambda one: (str(one.session_on)[:4], one.id))
                both = {e for one in later for e in who[one.id] & who[row.id]}
                expected[row.id] = newest.id, both
    rows = of(
        ask(graph, "CQ31"),
        "older text cited beside a newer one", "older text cited, a newer one by others",
    )  # fmt: skip
    assert {row["mandate"]: (row["newer"], parts(row["citing_both"])) for row in rows} == expected
    for answer in rows:
        assert ("beside" in str(answer["finding"])) == bool(answer["citing_both"])


def test_what_has_no_year_is_counted_by_body(graph: Graph, tables: Tables) -> None:
    rows = of(ask(graph, "CQ31"), "year not recorded")
    assert {row["body"]: row["mandates"] for row in rows} == Counter(
        row.body for row in mandates(tables).values() if not row.session_on
    )


def test_an_entity_keeps_the_mandates_that_it_cites(graph: Graph, tables: Tables) -> None:
    who = cited(tables)
    rows = [row for row in ask(graph, "CQ31", entity="unep") if row["mandate"]]
    assert rows == [row for row in ask(graph, "CQ31") if "unep" in who.get(str(row["mandate"]), ())]
    assert {row["symbol"] for row in rows} >= {"A/RES/2997(XXVII)", "A/RES/47/190"}


# CQ32


@pytest.mark.parametrize(("least", "functions"), [(3, 3), (5, 5)])
def test_agreements_reach_by_entities_and_functions(
    least: int, functions: int, graph: Graph, tables: Tables
) -> None:
    given = {} if least == 3 else {"least_entities": "5", "least_functions": "5"}
    rows = ask(graph, "CQ32", **given)
    roles = [
        row
        for row in tables.claims()
        if isinstance(row, Role) and row.basis == "stated" and row.role != "depositary"
    ]
    (today,) = of(rows, "reaching today")
    current = [row for row in roles if row.standing == "current"]
    assert parts(today["ids"]) == reaching(current, least, functions)
    assert today["how_many"] == len(parts(today["ids"]))
    dated = {
        int(str(row["year"])): parts(row["ids"]) for row in of(rows, "reaching by dated roles")
    }
    for year in range(1990, 2026):
        begun = [
            row
            for row in roles
            if row.from_on
            and int(row.from_on[:4]) <= year
            and not (row.to_on and int(row.to_on[:4]) <= year)
        ]
        if year in dated:
            assert dated[year] == reaching(begun, least, functions)


def reaching(roles: list[Role], least: int, functions: int) -> set[str]:
    entities: dict[str, set[str]] = defaultdict(set)
    covered: dict[str, set[str]] = defaultdict(set)
    for role in roles:
        entities[role.agreement].add(role.entity)
        covered[role.agreement] |= set(role.functions)
    return {a for a in entities if len(entities[a]) >= least and len(covered[a]) >= functions}


def test_what_is_dated_is_counted_by_year_and_the_rest_without_one(
    graph: Graph, tables: Tables
) -> None:
    rows = ask(graph, "CQ32")
    found = {(row["finding"], row["year"]): (row["how_many"], row["joint"]) for row in rows}
    joint: Counter[tuple[str, int | None]] = Counter()
    for claim in tables.claims():
        if isinstance(claim, Cooperation):
            joint[claim.kind, int(claim.from_on[:4]) if claim.from_on else None] += 1
    assert {key: found[key] for key in joint} == {key: (n, n) for key, n in joint.items()}
    assert found["organised-with", None][0] == 334, "no side event has a date"
    projects = [row for row in tables.things() if isinstance(row, Project)]
    in_2014 = [row for row in projects if (row.approved_on or "").startswith("2014")]
    together = sum(len(row.entities) > 1 for row in in_2014)
    assert found["project", 2014] == (len(in_2014), together)


# CQ35


def test_counts_that_differ_from_a_list_of_parties_are_shown(graph: Graph, tables: Tables) -> None:
    listed = Counter(
        row.agreement for row in tables.claims() if isinstance(row, Party) and row.status == "party"
    )
    counts: dict[str, list[str]] = defaultdict(list)
    for row in tables.claims():
        if isinstance(row, Figure) and row.quantity == "party-count":
            counts[row.subject].append(row.value)
    expected = {
        (name, value)
        for name, number in listed.items()
        if set(counts[name]) - {str(number)}
        for value in (*counts[name], f"{number} countries listed")
    }
    rows = of(ask(graph, "CQ35"), "party count and party rows differ")
    assert {(row["subject"], row["value"]) for row in rows} == expected
    notes = {row["subject"]: str(row["note"]) for row in rows if "listed" in str(row["value"])}
    assert notes["unfccc"].startswith("A whole list")
    assert notes["minamata"].startswith("A lower bound")
    assert all(row["as_of"] for row in rows if "listed" in str(row["value"]))


def test_a_count_that_equals_the_list_is_no_disagreement(data: DataFolder) -> None:
    assert of(ask(data, "CQ35"), "party count and party rows differ")
    rows = data.read("figures")
    place = next(i for i, row in enumerate(rows[1:]) if row[:2] == ["minamata", "party-count"])
    data.set("figures", "value", "2", place)
    assert not of(ask(data, "CQ35"), "party count and party rows differ")


def test_expenses_on_goals_beside_totals(graph: Graph, tables: Tables) -> None:
    totals: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    coded: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in tables.claims():
        if isinstance(row, Expenditure):
            totals[row.entity, row.year_on] += Decimal(row.amount_usd)
        if isinstance(row, GoalExpenditure):
            coded[row.entity, row.year_on] += Decimal(row.amount_usd)
    apart = {key for key in coded if abs(totals[key] - coded[key]) * 1000 >= totals[key]}
    rows = of(ask(graph, "CQ35"), "expenses on goals and total differ")
    assert {(row["subject"], row["as_of"]) for row in rows} == apart
    assert len(rows) == 2 * len(apart)
    values = {row["value"] for row in rows if (row["subject"], row["as_of"]) == ("unep", "2024")}
    assert values == {"808063860", "416780189"}
