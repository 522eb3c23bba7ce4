"""The UN system chart: where it places the entities of ours, and what leads to more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, small_world, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known, system_chart

CHART = SHARED / "system-chart" / "un-entities.csv"
HEADER = (*system_chart.COLUMNS, "socials_twitter", "entity_wikipedia_page")


@pytest.fixture(scope="module")
def known() -> Known:
    return small_world({("system-chart-entries", "UNEP"): ["unep"]})


def chart(path: Path, *entries: Mapping[str, str]) -> Path:
    rows = [[entry.get(column, "") for column in HEADER] for entry in entries]
    return write_csv(path / "chart.csv", HEADER, *rows)


def entry(**values: str) -> dict[str, str]:
    return {
        "entity": "UNEP",
        "entity_long": "United Nations Environment Programme",
        "entity_link": "https://www.unep.org/",
        "un_principal_organ": "General Assembly",
        "category": "Funds and Programmes",
        **values,
    }


def read_one(path: Path, known: Known, **values: str) -> Drafts:
    return system_chart.read([chart(path, entry(**values))], known)


def test_an_entry_is_placed(tmp_path: Path, known: Known) -> None:
    drafts = read_one(tmp_path, known)
    columns = ("entity", "name_as_written", "principal_organ", "category", "homepage", "locator")
    assert cells(drafts, "chart_entries", *columns) == [
        ("unep", "UNEP", "General Assembly", "Funds and Programmes", "https://www.unep.org/",
         "entity UNEP"),
    ]  # fmt: skip


def test_an_entry_under_two_organs_gives_a_row_for_each(tmp_path: Path, known: Known) -> None:
    organs = "['General Assembly', 'Security Council']"
    drafts = read_one(tmp_path, known, un_principal_organ=organs)
    assert cells(drafts, "chart_entries", "principal_organ") == [
        ("General Assembly",),
        ("Security Council",),
    ]
    assert drafts.tallies[0].rows == 1


def test_bodies_that_are_not_ours_are_left_out_by_place_and_name(
    tmp_path: Path, known: Known
) -> None:
    other = {"entity": "UNFICYP", "entity_long": "United Nations Peacekeeping Force in Cyprus"}
    drafts = system_chart.read([chart(tmp_path, other, entry())], known)
    assert (len(rows(drafts, "chart_entries")), drafts.unread) == (1, [])
    assert [*map(str, drafts.omitted)] == [
        "chart.csv, line 2: 'UNFICYP, United Nations Peacekeeping Force in Cyprus' is no body of"
        " the tables"
    ]


def test_an_entry_without_code_is_known_by_its_full_name_and_never_by_its_acronym(
    tmp_path: Path, known: Known
) -> None:
    named = entry(entity="Trade Centre", entity_long="International Trade Centre ")
    other = entry(entity="ITC", entity_long="International Tennis Committee")
    drafts = system_chart.read([chart(tmp_path, named, other)], known)
    assert cells(drafts, "chart_entries", "entity") == [("itc",)]


def test_links_are_public_pages_of_the_bodies_of_the_chart(tmp_path: Path, known: Known) -> None:
    drafts = read_one(
        tmp_path,
        known,
        strategic_plan_link="https://open.unep.org/a plan",
        annual_reports_link="https://www.securitycouncilreport.org/x",
        results_framework_link="https://iseek.unep.org/y",
        entity_news_page="No link found",
        transparency_portal_link="not found.",
        socials_twitter="https://www.unep.org/twitter",
        entity_wikipedia_page="https://www.unep.org/wiki",
    )
    assert cells(drafts, "chart_entries", "links") == [("https://open.unep.org/a%20plan",)]
    assert drafts.unread == []


def test_a_link_that_is_no_address_is_told(tmp_path: Path, known: Known) -> None:
    drafts = read_one(tmp_path, known, annual_reports_link="www.unep.org/report")
    assert doubts(drafts) == [
        "chart.csv, line 2, annual_reports_link: 'www.unep.org/report' is no web address"
    ]


@pytest.mark.parametrize("column", ["entity_link", "annual_reports_link"])
@pytest.mark.parametrize("address", ["https://[bad", "http://[Insert link]"])
def test_an_address_that_no_browser_could_open_is_told(
    tmp_path: Path, known: Known, column: str, address: str
) -> None:
    drafts = read_one(tmp_path, known, **{column: address})
    assert doubts(drafts) == [f"chart.csv, line 2, {column}: '{address}' is no web address"]
    assert len(rows(drafts, "chart_entries")) == 1


def test_such_an_address_of_another_body_or_in_a_founding_text_is_nothing(
    tmp_path: Path, known: Known
) -> None:
    other = entry(entity="X", entity_long="Nobody we know", entity_link="https://[bad")
    own = entry(foundational_mandate="By [this](https://[bad) and <https://www.unep.org/a>")
    drafts = system_chart.read([chart(tmp_path, other, own)], known)
    assert drafts.unread == []
    assert cells(drafts, "chart_entries", "links") == [("https://www.unep.org/a",)]


def test_an_entry_counts_once_however_many_of_its_links_are_not_understood(
    tmp_path: Path, known: Known
) -> None:
    odd = entry(annual_reports_link="report", strategic_plan_link="plan")
    drafts = system_chart.read([chart(tmp_path, odd, entry())], known)
    assert len(drafts.unread) == 2
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 1)


def test_a_founding_text_gives_its_resolutions_and_no_sentence(
    tmp_path: Path, known: Known
) -> None:
    text = (
        "<https://www.unep.org/mandate>\n\n**UNEP\nwas** set up by General Assembly resolution"
        " 2997 (XXVII)\nand acts under resolution 2997 (XXVII) and [this](https://undocs.org/x)."
    )
    drafts = read_one(tmp_path, known, foundational_mandate=text)
    assert cells(drafts, "chart_entries", "founding_mandate", "links") == [
        ("General Assembly resolution 2997 (XXVII); resolution 2997 (XXVII)",
         "https://www.unep.org/mandate"),
    ]  # fmt: skip
    linked = "By the [council](https://undocs.org/en/S/RES/2476(2019)) in its resolution 2476"
    drafts = read_one(tmp_path, known, foundational_mandate=linked)
    assert cells(drafts, "chart_entries", "founding_mandate") == [("S/RES/2476(2019)",)]


def test_a_word_of_the_page_s_layout_is_no_subcategory(tmp_path: Path, known: Known) -> None:
    drafts = read_one(tmp_path, known, subcategory="EntityCard")
    assert cells(drafts, "chart_entries", "subcategory") == [("",)]


def test_a_table_with_other_columns_gives_one_line(tmp_path: Path, known: Known) -> None:
    path = write_csv(tmp_path / "a.csv", ("entity", "name"), ("UNEP", "x"))
    with pytest.raises(DocumentError, match="has other columns: entity_long, entity_link"):
        system_chart.read([path], known)


@needs_shared
def test_the_published_chart() -> None:
    drafts = system_chart.read([CHART], shipped())
    found = rows(drafts, "chart_entries")
    assert drafts.unread == []
    assert len(found) >= 100
    assert len(drafts.omitted) + drafts.tallies[0].rows == 169
    assert {row["entity"] for row in found} >= {"unep", "fao", "isa", "desa", "unece"}
    assert not any("@" in cell for row in found for cell in row.values())
    assert all(
        not any(host in row["links"] for host in ("linkedin", "x.com", "wikipedia"))
        for row in found
    )
