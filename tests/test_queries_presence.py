"""Who is in a country (CQ25) and what entities spend, against the tables."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Run
from folders import SMALL, DataFolder

from emg_graph.answers import Value
from emg_graph.errors import UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.importers.gef_projects import AREAS
from emg_graph.records import (
    Agreement,
    Country,
    CountryExpenditure,
    Expenditure,
    GoalExpenditure,
    NoGoalExpenditure,
    Party,
    PlanMention,
    PortfolioCount,
    Project,
    ProjectLink,
    Role,
)
from emg_graph.tables import Tables

Row = dict[str, Value]


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def ask(graph: Graph | DataFolder, country: str, **params: str) -> list[Row]:
    found = open_graph("memory:", graph.path) if isinstance(graph, DataFolder) else graph
    return found.query("CQ25", country=country, **params).records()


def of(rows: list[Row], finding: str) -> list[Row]:
    return [row for row in rows if row["finding"] == finding]


@pytest.mark.parametrize("name", ["jor", "JOR", "JO", "jo", "Jordan", "jordan"])
def test_a_country_is_found_by_its_id_name_or_code(name: str, graph: Graph) -> None:
    assert graph.resolve(name, ("country",)).endswith("/country/jor")
    assert graph.directory.id(name, "country") == "jor"


def test_a_country_is_found_by_codes_that_are_no_id(graph: Graph, tables: Tables) -> None:
    """CAF and AZE are entities' names first; where a country is asked for they mean the country."""
    countries = [row for row in tables.things() if isinstance(row, Country)]
    assert {row.id for row in countries if row.id != row.iso3.lower()} == {
        "azerbaijan", "central-african-republic",
    }  # fmt: skip
    for row in countries:
        for code in filter(None, (row.iso3, row.iso3.lower(), row.iso2)):
            assert graph.directory.id(code, "country") == row.id
    assert not graph.resolve("CAF").endswith("/central-african-republic")


def test_what_is_no_country_is_refused(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match="no country is called 'XYZ'"):
        graph.query("CQ25", country="XYZ")


@pytest.mark.parametrize("country", ["jor", "rwa", "central-african-republic", "bra"])
def test_presence_is_an_expense_above_zero_the_largest_first(
    country: str, graph: Graph, tables: Tables
) -> None:
    rows = of(ask(graph, country), "expenses in the country")
    expected = sorted(
        (Decimal(row.amount_usd), row.entity, row.locator)
        for row in tables.claims()
        if isinstance(row, CountryExpenditure)
        and row.country == country
        and Decimal(row.amount_usd) > 0
    )
    found = [(Decimal(str(row["amount"])), row["id"], row["locator"]) for row in rows]
    assert sorted(found) == expected
    assert [amount for amount, *_ in found] == sorted((a for a, *_ in found), reverse=True)


def test_by_hand_jordan(graph: Graph) -> None:
    """The 29 entities of paragraph 12 are a figure, not 29 rows; 18 reported expenses."""
    rows = ask(graph, "Jordan")
    spending = of(rows, "expenses in the country")
    assert len(spending) == 18
    assert (spending[0]["id"], spending[0]["amount"]) == ("unrwa", 262_845_336)
    (figure,) = of(rows, "figure on the country")
    assert (figure["status"], figure["locator"]) == ("entity-count: 29", "para. 12")
    (case,) = of(rows, "good case on record")
    assert (case["id"], case["status"]) == ("unrwa", "som31-s12-unrwa")
    parties = {row["id"]: row for row in of(rows, "status under the agreement")}
    assert (parties["unfccc"]["as_of"], parties["unfccc"]["coverage"]) == ("2024-10", "whole list")
    assert parties["minamata"]["coverage"] == "lower bound"


@pytest.mark.parametrize("country", ["rwa", "pan"])
def test_a_position_that_names_the_country_is_a_good_case(country: str, graph: Graph) -> None:
    (case,) = of(ask(graph, country), "good case on record")
    assert (case["status"], case["locator"]) == ("som31-s27-unccd", "para. 27")


def test_plans_and_projects_are_those_of_the_country(graph: Graph, tables: Tables) -> None:
    projects = {row.id: row for row in tables.things() if isinstance(row, Project)}
    for country in ("jor", "ken"):
        rows = ask(graph, country)
        links = {
            (row.project, row.agreement, row.ground, row.basis)
            for row in tables.claims()
            if isinstance(row, ProjectLink) and country in projects[row.project].countries
        }
        found = of(rows, "project on the agreement")
        names = ("id", "agreements", "status", "basis")
        assert links, "the examples are countries with projects"
        assert {tuple(row[name] for name in names) for row in found} == links
        for row in found:
            if row["id"]:
                assert row["entities"] == (
                    "|".join(sorted(projects[str(row["id"])].entities)) or None
                )
        plans = sorted(
            (row.entity, row.agreement, row.place, row.basis)
            for row in tables.claims()
            if isinstance(row, PlanMention) and country in row.countries
        )
        named = of(rows, "country plan names the agreement")
        asked = of(rows, "country plan on its subject")
        assert {row["basis"] for row in asked} <= {"inferred"}
        if plans:
            assert {row["basis"] for row in named} <= {"stated"}
            cells = [(r["id"], r["agreements"], r["status"], r["basis"]) for r in (*named, *asked)]
            assert sorted(cells, key=str) == plans
        else:
            assert [row["status"] for row in named] == [
                "not searched; none in the records of 1 source"
            ]


def test_a_list_read_whole_is_told_from_records_that_nobody_searched(graph: Graph) -> None:
    """Nothing on Tokelau and CITES: the lists of both funds were read whole, the plans were not."""
    missing = {
        str(row["finding"]): row["status"]
        for row in ask(graph, "tkl", agreement="cites")
        if not row["basis"] and not row["agreements"]
    }
    assert missing == {
        "country plan names the agreement": "not searched; none in the records of 1 source",
        "good case on record": "not searched; none in the records of 1 source",
        "project on the agreement": "none by title or mark in the 2 lists read",
    }


def test_an_agreement_served_by_a_field_has_the_projects_that_are_only_counted(
    graph: Graph, tables: Tables
) -> None:
    """By the importer's own list of fields, of the latest edition of each fund, and inferred."""
    counts = [row for row in tables.claims() if isinstance(row, PortfolioCount)]
    latest = {row.fund: max(r.as_of_on for r in counts if r.fund == row.fund) for row in counts}
    purpose = {"gcf": ("paris", "unfccc")}
    for country in ("chn", "jor", "ken"):
        expected = sorted(
            (row.entity, row.fund, row.focal_area, agreement, int(row.projects))
            for row in counts
            if row.country == country and row.as_of_on == latest[row.fund]
            for agreement in purpose.get(row.fund, (AREAS.get(row.focal_area),))
            if agreement
        )
        names = ("id", "fund", "focal_area", "agreements", "projects")
        found = of(ask(graph, country), "projects only counted")
        assert expected, "the examples are countries with counts"
        assert sorted((tuple(row[name] for name in names) for row in found), key=str) == sorted(
            expected, key=str
        )
        assert {row["basis"] for row in found} == {"inferred"}
        assert all(row["source"] and row["locator"] for row in found)


def test_by_hand_land_degradation_in_china(graph: Graph) -> None:
    """As the table has it; chemicals and international waters count for no agreement."""
    rows = of(ask(graph, "chn", agreement="unccd"), "projects only counted")
    assert [(row["id"], row["projects"]) for row in rows][:5] == [
        ("adb", 7), ("undp", 7), ("world-bank", 7), ("fao", 6), ("unep", 5),
    ]  # fmt: skip
    for agreement in ("minamata", "stockholm", "montreal", "unclos"):
        assert not of(ask(graph, "chn", agreement=agreement), "projects only counted")


def test_counts_of_an_older_edition_are_left_out(data: DataFolder) -> None:
    cells = {"country": "jor", "focal_area": "Climate Change", "entity": "who"}
    data.add("portfolio_counts", **cells, as_of_on="2023-04", projects="9")
    data.add("portfolio_counts", **cells, as_of_on="2025", projects="2")
    blank = dict.fromkeys(("aliases", "untc", "ecolex", "ieadb", "informea"), "")
    data.add("agreements", **blank, id="unfccc", name="A", short_name="B", acronym="C")
    rows = of(ask(data, "jor"), "projects only counted")
    assert [(row["as_of"], row["projects"]) for row in rows] == [("2025", 2)]


def test_a_group_of_an_agreements_own_parties_is_a_stated_place_in_a_list(graph: Graph) -> None:
    (row,) = of(ask(graph, "jor", agreement="montreal"), "status under the agreement")
    assert (row["status"], row["coverage"]) == (
        "in the list of Article 5 parties", "list of a group",
    )  # fmt: skip
    assert (row["as_of"], row["basis"], row["source"]) == (
        "2024-10", "stated", "countrygroups-dataset",
    )  # fmt: skip
    assert row["from"] is None
    (other,) = of(ask(graph, "usa", agreement="montreal"), "status under the agreement")
    assert (other["status"], other["basis"]) == ("not searched", None)


def test_every_agreement_has_a_status_or_was_not_searched(graph: Graph, tables: Tables) -> None:
    """Each agreement once: on a list, not on it, or without a list."""
    agreements = sorted(row.id for row in tables.things() if isinstance(row, Agreement))
    listed = {row.agreement for row in tables.claims() if isinstance(row, Party)}
    for country in ("jor", "usa"):
        rows = of(ask(graph, country), "status under the agreement")
        named = [name for row in rows for name in str(row["agreements"]).split("|")]
        assert sorted(named) == agreements
        (rest,) = [row for row in rows if row["id"] is None]
        assert rest["status"] == "not searched"
        grouped = {row["id"] for row in rows if row["coverage"] == "list of a group"}
        assert grouped == ({"montreal"} if country == "jor" else set())
        assert {row["id"] for row in rows} - {None} - grouped == listed
        for row in rows:
            if row["status"] == "not on the list":
                assert row["coverage"] in ("whole list", "lower bound")


def test_an_agreement_narrows_and_says_who_serves(graph: Graph, tables: Tables) -> None:
    rows = ask(graph, "jor", agreement="minamata")
    assert {row["agreements"] for row in rows} == {None, "minamata"}
    serving: dict[str, set[str]] = defaultdict(set)
    for role in tables.claims():
        if (
            isinstance(role, Role)
            and role.agreement == "minamata"
            and (role.basis, role.standing) == ("stated", "current")
        ):
            serving[role.entity].add(role.role)
    present = of(rows, "expenses in the country")
    for row in present:
        assert row["roles"] == ("|".join(sorted(serving[str(row["id"])])) or None)
    assert "administers" in str(next(row["roles"] for row in present if row["id"] == "unep"))
    absent = {row["id"] for row in of(rows, "serves the agreement")}
    helping = {entity for entity, roles in serving.items() if roles - {"depositary"}}
    assert absent == helping - {row["id"] for row in present}
    assert not of(ask(graph, "jor"), "serves the agreement")


def test_what_is_missing_is_said(small: Graph) -> None:
    """Ghana has only plans here: no expenses, no project, and a list that says nothing of it."""
    rows = ask(small, "gha")
    status = {
        (row["finding"], row["agreements"]): row["status"] for row in rows if not row["basis"]
    }
    assert status == {
        ("expenses in the country", None): "not reported",
        ("good case on record", None): "not searched; none in the records of 1 source",
        ("project on the agreement", None): "none by title or mark in the 1 list read",
        ("status under the agreement", "basel"): "not on the list",
        ("status under the agreement", "minamata"): "not on the list",
        ("status under the agreement", "basel-ban"): "not searched",
    }
    plans = of(rows, "country plan names the agreement")
    assert [(row["id"], row["basis"], row["amount"]) for row in plans] == [
        ("unep", "stated", 54_732)
    ]
    above = of(rows, "country plan on its subject")
    assert [(row["id"], row["status"], row["basis"]) for row in above] == [
        ("who", "parent-text", "inferred")
    ]


def test_where_no_list_was_read_whole_the_records_are_said_to_hold_none(data: DataFolder) -> None:
    data.file("portfolio_counts").unlink()
    (row,) = of(ask(data, "gha"), "project on the agreement")
    assert row["status"] == "not searched; none in the records of 1 source"
    data.file("project_links").unlink()
    (row,) = of(ask(data, "gha"), "project on the agreement")
    assert row["status"] == "not searched"


def test_a_sum_below_zero_is_no_presence(data: DataFolder) -> None:
    data.set("expenditures_by_country", "amount_usd", "-5")
    data.set("expenditures_by_country", "amount_usd", "0", 3)
    (row,) = of(ask(data, "jor"), "expenses in the country")
    assert (row["id"], row["status"]) == (None, "not reported")


def test_spending_is_the_sum_of_the_rows(graph: Graph, tables: Tables) -> None:
    totals: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    coded: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    on_none: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    goals: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in tables.claims():
        if isinstance(row, NoGoalExpenditure):
            on_none[row.entity, int(row.year_on)] += Decimal(row.amount_usd)
        if isinstance(row, Expenditure):
            totals[row.entity, int(row.year_on)] += Decimal(row.amount_usd)
        if isinstance(row, GoalExpenditure):
            coded[row.entity, int(row.year_on)] += Decimal(row.amount_usd)
            goals[row.entity, int(row.year_on)].add(row.goal)
    rows = graph.query("entity-spending").records()
    assert {(row["entity"], row["year"]) for row in rows} == set(totals)
    for line in rows:
        key = str(line["entity"]), int(str(line["year"]))
        assert Decimal(str(line["total_usd"])) == totals[key]
        if key in coded:
            assert Decimal(str(line["goals_usd"])) == coded[key]
            assert line["goals"] == len(goals[key])
            assert (
                abs(float(str(line["share_percent"])) - float(coded[key] / totals[key] * 100))
                < 0.06
            )
            assert line["status"] == "coded on goals"
        else:
            assert line["status"] == (
                "coded to no goal alone" if key in on_none else "not reported"
            )
            assert line["goals_usd"] is line["share_percent"] is None
        if key in on_none:
            assert Decimal(str(line["no_goal_usd"])) == on_none[key]
        else:
            assert line["no_goal_usd"] is None
        if key in coded or key in on_none:
            rest = totals[key] - coded[key] - on_none[key]
            assert abs(Decimal(str(line["not_coded_usd"])) - rest) < 1
        else:
            assert line["not_coded_usd"] is None


def test_of_66_billion_in_2024_the_list_by_goal_holds_51_and_41_on_a_goal(graph: Graph) -> None:
    rows = graph.query("entity-spending", year="2024").records()
    total, coded, on_none = (
        sum(float(str(row[name] or 0)) for row in rows)
        for name in ("total_usd", "goals_usd", "no_goal_usd")
    )
    assert (round(total / 1e9, 1), round(coded / 1e9, 1)) == (66.0, 41.3)
    assert round((coded + on_none) / 1e9, 1) == 51.5


def test_amounts_have_separators_for_people_only(run: Run) -> None:
    asked = ("query", "run", "entity-spending", "-p", "entity=unep", "-p", "year=2024")
    assert "808,063,860" in run(*asked).stdout
    assert ",808063860," in run(*asked, "--format", "csv").stdout
    assert '"total_usd": 808063860,' in run(*asked, "--format", "json").stdout
