"""The CEB financial statistics: expenses by goal, by country and by organisation."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from imports import (
    SHARED,
    cells,
    doubts,
    needs_shared,
    rows,
    shipped,
    small_world,
    total,
    write_csv,
    write_json,
)

from emg_graph.errors import DocumentError
from emg_graph.importers import Known, ceb_country, ceb_sdg, ceb_total

HEADER = (*ceb_sdg.COLUMNS, "SDG indicator")
CEB = SHARED / "ceb"


@pytest.fixture(scope="module")
def known() -> Known:
    codes = {("ceb-statistics", code): ["un-secretariat"] for code in ("UN", "UN-DPO")}
    return small_world(codes)


@pytest.fixture(scope="module")
def world() -> Known:
    return shipped()


def expenses(path: Path, *rows: tuple[str, ...]) -> Path:
    return write_csv(path / "expenses.csv", HEADER, *rows)


def country(code: str, entities: Any, total: Any, name: str = "Somewhere") -> dict[str, Any]:
    return {"iso3": code, "name": name, "region": "Asia", "total": total, "entities": entities}


def by_country(path: Path, *records: Any, year: str = "2024") -> Path:
    return write_json(path / f"country-expenses-{year}.json", list(records))


def test_rows_of_a_goal_and_of_its_targets_come_to_one_sum(tmp_path: Path, known: Known) -> None:
    path = expenses(
        tmp_path,
        ("2024", "UNEP", "EXP", "0.10", "12"),
        ("2024", "UNEP", "EXP", "0.20", "12", "12.4"),
        ("2024", "UNEP", "EXP", "1000000", "12", "12.4", "12.4.1"),
        ("2024", "WHO", "EXP", "-59989", "3", "3.d"),
    )
    drafts = ceb_sdg.read([path], known)
    columns = ("entity", "goal", "year_on", "amount_usd", "code_as_written", "locator", "note")
    assert cells(drafts, "expenditures_by_goal", *columns) == [
        ("unep", "sdg-12", "2024", "1000000.30", "UNEP", "EXP, UNEP, 2024, goal 12", ""),
        ("who", "sdg-3", "2024", "-59989", "WHO", "EXP, WHO, 2024, goal 3", ""),
    ]
    assert drafts.tallies[0].rows == 4


def test_budgets_are_counted_and_give_no_row(tmp_path: Path, known: Known) -> None:
    path = expenses(
        tmp_path,
        ("2024", "UNEP", "BUD", "5", "12"),
        ("2024", "UNEP", "BUG", "5", "12"),
    )
    drafts = ceb_sdg.read([path], known)
    assert (rows(drafts, "expenditures_by_goal"), drafts.unread) == ([], [])
    assert drafts.tallies[0].besides == "rows of budgets: 2"


def test_what_is_on_no_goal_has_a_table_of_its_own(tmp_path: Path, known: Known) -> None:
    path = expenses(
        tmp_path,
        ("2024", "UNEP", "EXP", "700", "X00"),
        ("2024", "UNEP", "EXP", "800", "x00"),
        ("2024", "UNEP", "EXP", "5", "12"),
    )
    drafts = ceb_sdg.read([path], known)
    columns = ("entity", "year_on", "amount_usd", "code_as_written", "locator")
    assert cells(drafts, "expenditures_on_no_goal", *columns) == [
        ("unep", "2024", "1500", "UNEP", "EXP, UNEP, 2024, no goal")
    ]
    assert cells(drafts, "expenditures_by_goal", "amount_usd") == [("5",)]
    assert (drafts.tallies[0].rows, drafts.unread) == (3, [])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("2024", "UNEP", "EXP", "5", ""), "'' is no goal of the 2030 Agenda"),
        (("2024", "UNEP", "EXP", "5", "Other"), "'Other' is no goal of the 2030 Agenda"),
        (("2024", "UNEP", "EXP", "5", "18"), "'18' is no goal of the 2030 Agenda"),
        (("24", "UNEP", "EXP", "5", "12"), "'24' is no year"),
        (("2024", "UNEP", "INC", "5", "12"), "'INC' is no kind of figure that is known"),
        (("2024", "UNEPP", "EXP", "5", "12"), "'UNEPP' is no organisation of the codes"),
        (("2024", "UNEP", "EXP", "1,233,000", "12"), "'1,233,000' is no amount"),
        (("2024", "UNEP", "EXP", "n/a", "X00"), "'n/a' is no amount"),
    ],
)
def test_a_row_that_is_not_understood_is_told_with_its_line(
    tmp_path: Path, known: Known, row: tuple[str, ...], told: str
) -> None:
    path = expenses(tmp_path, ("2024", "UNEP", "EXP", "1", "3"), row)
    drafts = ceb_sdg.read([path], known)
    assert [one.startswith(f"expenses.csv, line 3: {told}") for one in doubts(drafts)] == [True]
    assert cells(drafts, "expenditures_by_goal", "amount_usd") == [("1",)]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 1)


def test_a_target_of_another_goal_is_noted_and_the_goal_counts(
    tmp_path: Path, known: Known
) -> None:
    path = expenses(
        tmp_path, ("2019", "UNEP", "EXP", "5", "12", "2.1"), ("2019", "UNEP", "EXP", "5", "12")
    )
    note = "Rows that name a target of another goal: 1 of 2."
    assert cells(ceb_sdg.read([path], known), "expenditures_by_goal", "goal", "note") == [
        ("sdg-12", note)
    ]


def test_the_code_stays_as_written_where_several_stand_for_one_entity(
    tmp_path: Path, known: Known
) -> None:
    path = expenses(
        tmp_path, ("2024", "UN", "EXP", "5", "12"), ("2024", "UN-DPO", "EXP", "7", "12")
    )
    drafts = ceb_sdg.read([path], known)
    columns = ("entity", "code_as_written", "amount_usd")
    assert cells(drafts, "expenditures_by_goal", *columns) == [
        ("un-secretariat", "UN", "5"),
        ("un-secretariat", "UN-DPO", "7"),
    ]


def test_what_two_files_give_is_not_counted_twice(tmp_path: Path, known: Known) -> None:
    row = ("2024", "UNEP", "EXP", "5", "12")
    old = write_csv(tmp_path / "a.csv", HEADER, row)
    new = write_csv(tmp_path / "b.csv", HEADER, row, ("2025", "UNEP", "EXP", "6", "12"))
    drafts = ceb_sdg.read([new, old], known)
    assert cells(drafts, "expenditures_by_goal", "amount_usd") == [("5",), ("6",)]
    assert doubts(drafts) == [
        "b.csv, EXP, UNEP, 2024, goal 12: '5' is given by a.csv too, which is read first"
    ]
    assert [(one.rows, one.unread, one.besides) for one in drafts.tallies] == [
        (1, 0, ""),
        (2, 1, "sums of another file: 1"),
    ]


def test_all_rows_of_a_sum_that_another_file_gives_are_left_out(
    tmp_path: Path, known: Known
) -> None:
    row = ("2024", "UNEP", "EXP", "5", "12")
    paths = [write_csv(tmp_path / f"{name}.csv", HEADER, row, row) for name in "ab"]
    drafts = ceb_sdg.read(paths, known)
    assert [(one.rows, one.unread) for one in drafts.tallies] == [(2, 0), (2, 2)]
    drafts.require_understood()


def test_the_order_of_rows_and_files_does_not_matter(tmp_path: Path, known: Known) -> None:
    first = ("2024", "WHO", "EXP", "5", "3"), ("2023", "UNEP", "EXP", "5", "12")
    one = write_csv(tmp_path / "one.csv", HEADER, *first)
    two = write_csv(tmp_path / "two.csv", HEADER, ("2022", "WHO", "EXP", "5", "3"))
    before = ceb_sdg.read([one, two], known).rows
    write_csv(one, HEADER, *reversed(first))
    assert ceb_sdg.read([two, one], known).rows == before


def test_a_table_with_other_columns_gives_one_line(tmp_path: Path, known: Known) -> None:
    path = write_csv(tmp_path / "a.csv", ("year", "agency", "amount"), ("2024", "UNEP", "5"))
    with pytest.raises(DocumentError, match="has other columns: calendar year, entity code"):
        ceb_sdg.read([path], known)


def test_expenses_by_country_keep_code_year_and_corrections(tmp_path: Path, known: Known) -> None:
    found = {"UNEP": 454753.0, "UN": 5.004, "UN-DPO": -28638.5, "WHO": 0.0}
    path = by_country(tmp_path, country("JOR", found, 426119.5))
    drafts = ceb_country.read([path], known)
    columns = ("entity", "country", "year_on", "amount_usd", "code_as_written", "locator")
    assert cells(drafts, "expenditures_by_country", *columns) == [
        ("un-secretariat", "jor", "2024", "5", "UN", "JOR, UN"),
        ("un-secretariat", "jor", "2024", "-28638.50", "UN-DPO", "JOR, UN-DPO"),
        ("unep", "jor", "2024", "454753", "UNEP", "JOR, UNEP"),
        ("who", "jor", "2024", "0", "WHO", "JOR, WHO"),
    ]
    assert {row["source"] for row in rows(drafts, "expenditures_by_country")} == {
        row["id"] for row in rows(drafts, "sources")
    }
    assert drafts.unread == []


def test_a_country_that_misses_its_total_is_told_and_gives_no_row(
    tmp_path: Path, known: Known
) -> None:
    near, far = {"UNEP": 10.0}, {"UNEP": 10.0, "WHO": 5.0}
    path = by_country(tmp_path, country("JOR", near, 11.0), country("RWA", far, 17.0))
    drafts = ceb_country.read([path], known)
    assert doubts(drafts) == [
        "country-expenses-2024.json, RWA, total: '17.0' is the total, but its organisations come"
        " to 15; nothing of this country is taken"
    ]
    assert cells(drafts, "expenditures_by_country", "country") == [("jor",)]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (3, 2)


def test_every_figure_of_a_country_that_is_not_known_is_counted_and_told_once(
    tmp_path: Path, known: Known
) -> None:
    path = by_country(
        tmp_path,
        country("JOR", {"UNEP": 1}, 1),
        country("AFR", {"UNEP": 1, "WHO": 1, "UN": 1}, 3),
        country("XQX", {}, 0),
        country("RWA", {"UNEP": 1, "UNEPP": 1}, 2),
    )
    drafts = ceb_country.read([path], known)
    assert len(drafts.unread) == 3
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (7, 5)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (country("AFR", {"UNEP": 1}, 1, "Africa"), "AFR: 'AFR (Africa)' is no country of"),
        (country("", {"UNEP": 1}, 1, "Global"), "no code: ' (Global)' is no country of"),
        (country("RWA", {"UNEPP": 1}, 1), "RWA, UNEPP: 'UNEPP' is no organisation of the codes"),
        (country("RWA", {"UNEP": "many"}, 0), "RWA, UNEP: 'many' is no amount"),
        (country("RWA", {"UNEP": True}, 0), "RWA, UNEP: 'True' is no amount"),
        (country("RWA", {}, None), "RWA, total: 'None' is no amount"),
        (country("RWA", [1], 1), "RWA: '[1]' is no list of organisations"),
        (country("JOR", {"UNEP": 2}, 2), "JOR: 'JOR' stands twice; its first entry is read"),
    ],
)
def test_what_is_no_country_organisation_or_amount_is_told(
    tmp_path: Path, known: Known, record: dict[str, Any], told: str
) -> None:
    path = by_country(tmp_path, country("JOR", {"UNEP": 1}, 1), record)
    drafts = ceb_country.read([path], known)
    start = f"country-expenses-2024.json, {told}"
    assert [one.startswith(start) for one in doubts(drafts)] == [True]
    assert cells(drafts, "expenditures_by_country", "country", "amount_usd") == [("jor", "1")]


def test_the_year_of_a_file_by_country_is_in_its_name(tmp_path: Path, known: Known) -> None:
    path = by_country(tmp_path, country("JOR", {}, 0), year="latest")
    with pytest.raises(DocumentError, match="does not say of which year it is"):
        ceb_country.read([path], known)
    path = by_country(tmp_path, country("JOR", {}, 0), year="2023-2024")
    with pytest.raises(DocumentError, match="does not say of which year it is"):
        ceb_country.read([path], known)


def test_two_files_of_one_year_are_refused(tmp_path: Path, known: Known) -> None:
    paths = [by_country(tmp_path, country("JOR", {}, 0), year=year) for year in ("2024", "v2-2024")]
    with pytest.raises(DocumentError, match="are both of 2024; give one of them"):
        ceb_country.read(paths, known)


def test_totals_are_of_one_year_a_file(tmp_path: Path, known: Known) -> None:
    entries = [
        {"entity": "WHO", "source": "ceb", "year": 2024, "amount": 622770150.4138006},
        {"entity": "UNEP", "source": "ceb", "year": 2024, "amount": 808063860.0},
        {"entity": "UNEP", "source": "ceb", "year": 2024, "amount": 1.0},
        {"entity": "UNEPP", "source": "ceb", "year": 2024, "amount": 1.0},
        {"entity": "UN", "source": "ceb", "year": 2024, "amount": "n/a"},
    ]
    drafts = ceb_total.read([write_json(tmp_path / "a.json", entries)], known)
    assert cells(drafts, "expenditures", "entity", "amount_usd", "source", "locator") == [
        ("unep", "808063860", "ceb-entity-spending-2024", "entity UNEP"),
        ("who", "622770150.41", "ceb-entity-spending-2024", "entity WHO"),
    ]
    assert [one.split(": ", 1)[1].split(" ")[0] for one in doubts(drafts)] == [
        "'n/a'", "'UNEP'", "'UNEPP'",
    ]  # fmt: skip
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (5, 3)
    entries[0]["year"] = 2023
    with pytest.raises(DocumentError, match="is not of one year, but of 2023, 2024"):
        ceb_total.read([write_json(tmp_path / "a.json", entries)], known)
    with pytest.raises(DocumentError, match="is not of one year, but of None"):
        ceb_total.read([write_json(tmp_path / "a.json", [entries[1] | {"year": None}])], known)


def test_totals_of_another_shape_give_one_line(tmp_path: Path, known: Known) -> None:
    path = write_json(tmp_path / "a.json", {"entity": "UNEP"})
    with pytest.raises(DocumentError, match="a list of objects was expected"):
        ceb_total.read([path], known)


@needs_shared
def test_the_published_expenses_by_goal(world: Known) -> None:
    drafts = ceb_sdg.read([CEB / "expenses_sdgs.csv"], world)
    found = rows(drafts, "expenditures_by_goal")
    assert drafts.unread == []
    years = Counter(row["year_on"] for row in found)
    assert (years["2022"], years["2023"], years["2024"]) == (310, 321, 316)
    of_2024 = total(row for row in found if row["year_on"] == "2024")
    assert round(of_2024 / 10**9, 1) == Decimal("41.3")
    on_none = rows(drafts, "expenditures_on_no_goal")
    assert {row["year_on"] for row in on_none} == {"2024"}
    assert round((of_2024 + total(on_none)) / 10**9, 1) == Decimal("51.5")


@needs_shared
def test_the_published_expenses_by_country_come_to_their_totals(world: Known) -> None:
    years = ("2022", "2023", "2024")
    drafts = ceb_country.read([CEB / f"country-expenses-{year}.json" for year in years], world)
    found = rows(drafts, "expenditures_by_country")
    assert drafts.unread == []
    assert [tally.rows for tally in drafts.tallies] == [2593, 2711, 2632]
    of_2024 = total(row for row in found if row["year_on"] == "2024")
    assert of_2024 == Decimal("45509537634.66")


@needs_shared
def test_the_published_totals(world: Known) -> None:
    drafts = ceb_total.read([CEB / "entity-spending-2024.json"], world)
    assert drafts.unread == []
    assert round(total(rows(drafts, "expenditures")) / 10**9, 1) == Decimal("66.0")
    lumped = [row["entity"] for row in rows(drafts, "expenditures") if row["entity"] == "dpo"]
    assert lumped == []
    columns = ("entity", "code_as_written")
    assert ("un-secretariat", "UN-DPO") in cells(drafts, "expenditures", *columns)
