"""The project list of the Green Climate Fund: awkward entries, and the whole of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, write_json

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.gcf_projects import read

RATE = {"EffectiveDate": "2023-02-01"}
PLAIN: dict[str, Any] = {
    "ApprovedRef": "FP001",
    "ProjectName": "Wetlands of Peru",
    "ApprovalDate": "2019-11-05T00:00:00.000Z",
    "Theme": "Adaptation",
    "Size": "Small",
    "ProjectURL": "https://www.greenclimate.fund/projects/FP001",
    "Countries": [{"CountryName": "Peru", "ISO3": "PER"}],
    "Entities": [{"Name": "United Nations Development Programme", "Acronym": "UNDP"}],
    "Funding": [
        {"Source": "GCF", "Budget": 600, "Currency": "EUR", "CurrentExchangeRate": RATE},
        {"Source": "GCF", "Budget": 40.5, "Currency": "EUR"},
        {"Source": "Co-Financing", "Budget": 7, "Currency": "USD"},
    ],
}
NAMED = PLAIN | {"ApprovedRef": "FP002", "ProjectName": "Peru REDD+\n  Results-based Payments"}
Make = Callable[..., Drafts]


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


@pytest.fixture
def make(tmp_path: Path, known: Known) -> Make:
    """Return a function that reads an answer of the given entries."""

    def of(*entries: dict[str, Any]) -> Drafts:
        return read([write_json(tmp_path / "gcf.json", entries)], known)

    return of


def test_a_title_on_an_agreement_gives_a_project_in_its_own_currency(make: Make) -> None:
    drafts = make(NAMED)
    [project] = rows(drafts, "projects")
    assert project == {
        "id": "gcf-fp002",
        "name": "Peru REDD+ Results-based Payments",
        "number": "FP002",
        "fund": "gcf",
        "entities": "undp",
        "countries": "per",
        "focal_areas": "Adaptation",
        "project_type": "Small",
        "grant": "640.50",
        "currency": "EUR",
        "approved_on": "2019-11-05",
        "homepage": "https://www.greenclimate.fund/projects/FP001",
        "source": "gcf-projects-api-2023",
        "locator": "ApprovedRef FP002",
        "note": "The sum is all that the fund gives, grants, loans and others together.",
    }
    assert cells(drafts, "project_links", "project", "agreement", "ground", "basis") == [
        ("gcf-fp002", "unfccc", "subject-in-title", "inferred")
    ]


def test_only_a_title_that_names_an_agreement_is_stated(make: Make) -> None:
    drafts = make(NAMED | {"ProjectName": "REDD+ Results-based Payments under the UNFCCC"})
    assert cells(drafts, "project_links", "ground", "basis", "matched_text") == [
        ("named-in-title", "stated", "UNFCCC")
    ]


def test_the_purpose_of_the_fund_makes_no_link_and_is_noted(make: Make) -> None:
    drafts = make(PLAIN)
    assert rows(drafts, "projects") == rows(drafts, "project_links") == []
    [count] = rows(drafts, "portfolio_counts")
    assert (count["entity"], count["focal_area"], count["country"], count["projects"]) == (
        ("undp", "Adaptation", "per", "1")
    )
    assert "by the fund's purpose" in count["note"]


@pytest.mark.parametrize(
    "funding",
    [
        [],
        [
            {"Source": "GCF", "Budget": 1, "Currency": "EUR"},
            {"Source": "GCF", "Budget": 1, "Currency": "USD"},
        ],
        [{"Source": "GCF", "Budget": "much", "Currency": "EUR"}],
        [{"Source": "GCF", "Budget": 1}],
    ],
)
def test_sums_that_are_not_one_stay_empty(make: Make, funding: list[dict[str, object]]) -> None:
    drafts = make(PLAIN, NAMED | {"Funding": funding})
    assert cells(drafts, "projects", "grant", "currency") == [("", "")]


def test_what_is_not_known_is_told_once_with_its_place(make: Make) -> None:
    bank = {"Entities": [{"Name": "XacBank LLC", "Acronym": "Xac"}]}
    mars = {"Countries": [{"CountryName": "Mars", "ISO3": "MRS"}]}
    drafts = make(PLAIN | bank, NAMED | bank | {"ApprovedRef": "FP003"}, NAMED | mars, NAMED | mars)
    assert doubts(drafts) == [
        "gcf.json, entry 1, Entities (and 1 more): 'XacBank LLC' is no entity that the tables know",
        "gcf.json, entry 3, Countries: 'Mars' is no country that the tables know",
        "gcf.json, entry 4, ApprovedRef: 'FP002' is there twice; the first one counts",
    ]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (4, 4)
    assert cells(drafts, "projects", "entities", "countries") == [("", "per"), ("undp", "")]


def test_without_rates_of_exchange_the_last_approval_dates_the_answer(make: Make) -> None:
    [source] = rows(make(PLAIN | {"Funding": []}), "sources")
    assert source["id"] == "gcf-projects-api-2019"


@pytest.mark.parametrize(
    ("dated", "told"), [("n/a", "n/a"), (None, "null"), (2023, "2023"), ("", ""), ([], "[]")]
)
def test_a_rate_without_a_date_is_told_and_the_others_date_the_answer(
    make: Make, dated: object, told: str
) -> None:
    rate = {"Source": "GCF", "CurrentExchangeRate": {"EffectiveDate": dated}}
    drafts = make(PLAIN, NAMED | {"Funding": [rate]})
    assert doubts(drafts) == [f"gcf.json, entry 2, EffectiveDate: {told!r} is no date"]
    assert cells(drafts, "projects", "source", "grant") == [("gcf-projects-api-2023", "")]
    assert drafts.tallies[0].unread == 1


def test_no_date_of_a_rate_at_all_leaves_the_last_approval(make: Make) -> None:
    rate = {"CurrentExchangeRate": {"EffectiveDate": "n/a"}}
    drafts = make(PLAIN | {"Funding": [rate]})
    assert cells(drafts, "portfolio_counts", "source") == [("gcf-projects-api-2019",)]


@pytest.mark.parametrize("currency", [["USD"], {"code": "USD"}, 7])
def test_a_currency_of_another_form_is_told_and_the_sum_stays_empty(
    make: Make, currency: object
) -> None:
    part = {"Source": "GCF", "Budget": 1, "Currency": currency}
    drafts = make(PLAIN, NAMED | {"Funding": [part]})
    shown = json.dumps(currency)
    assert doubts(drafts) == [f"gcf.json, entry 2, Currency: {shown!r} is no currency"]
    assert cells(drafts, "projects", "grant", "currency") == [("", "")]


@pytest.mark.parametrize("budget", [1e60, 10**27, -(10**40)])
def test_a_sum_beyond_all_money_is_none(make: Make, budget: float) -> None:
    part = {"Source": "GCF", "Budget": budget, "Currency": "USD"}
    drafts = make(PLAIN, NAMED | {"Funding": [part, part]})
    assert cells(drafts, "projects", "grant", "currency") == [("", "")]


def test_of_two_answers_the_later_one_describes_a_project(tmp_path: Path, known: Known) -> None:
    late = {**NAMED, "Size": "Large", "Funding": [{"CurrentExchangeRate": {**RATE}}]}
    late["Funding"][0]["CurrentExchangeRate"]["EffectiveDate"] = "2024-02-01"
    new, old = (
        write_json(tmp_path / name, [entry])
        for name, entry in (("b.json", late), ("a.json", NAMED))
    )
    one, other = (read(files, known) for files in permutations([new, old]))
    assert one.rows == other.rows
    assert cells(one, "projects", "project_type", "source") == [("Large", "gcf-projects-api-2024")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"Countries": "Peru"}, "Countries of entry 1 is no list"),
        ({"Funding": [3]}, "Funding of entry 1 is no list"),
        ({"ApprovalDate": "soon"}, "ApprovalDate of entry 1 is 'soon'"),
        ({"ApprovedRef": 7}, "ApprovedRef of entry 1 is 7"),
        ({"ProjectName": " "}, "ProjectName of entry 1 is ' '"),
        ({"ProjectURL": "none"}, "ProjectURL of entry 1 is 'none'"),
    ],
)
def test_another_kind_of_answer_is_refused(make: Make, change: dict[str, Any], told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        make(PLAIN | change)


@needs_shared
def test_the_whole_answer(known: Known) -> None:
    drafts = read([SHARED / "portfolio" / "gcf_projects_api_2023.json"], known)
    assert drafts.tallies[0].rows == 209
    assert len(rows(drafts, "projects")) == 8
    assert set(cells(drafts, "project_links", "agreement", "ground", "basis")) == {
        ("unfccc", "subject-in-title", "inferred")
    }
    undp = [row for row in rows(drafts, "portfolio_counts") if row["entity"] == "undp"]
    assert sum(int(row["projects"]) for row in undp) > 30
    assert all("is no entity" in one for one in doubts(drafts))
    assert rows(drafts, "sources") == []
