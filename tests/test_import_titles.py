"""Agreements that titles name: the table of words, its bounds, years and false friends."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

import pytest
from imports import SHARED, needs_shared, shipped

from emg_graph.importers import Known
from emg_graph.importers.gef_entries import first_year, fiscal_year
from emg_graph.importers.namings import NAMINGS
from emg_graph.importers.titles import Titles, full_names
from emg_graph.records import Agreement


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


@pytest.fixture(scope="module")
def titles(known: Known) -> Titles:
    return Titles(known)


def named(titles: Titles, title: str, year: int | None = 2020) -> dict[str, str]:
    return {link.agreement: link.words for link in titles.links(title, year)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Third National Communication to the UNFCCC", {"unfccc": "UNFCCC"}),
        ("Initial National Communications", {"unfccc": "National Communications"}),
        (
            "First Biennial Transparency Report",
            {"paris": "Biennial Transparency Report", "unfccc": "Biennial Transparency Report"},
        ),
        ("Lebanon's First Biennial Update Reporting", {"unfccc": "Biennial Update Reporting"}),
        ("National Adaptation Plan of Action", {"unfccc": "National Adaptation Plan of Action"}),
        ("Tracking Chile's NDC", {"paris": "NDC"}),
        ("Ecuador REDD-plus RBP for results period 2014", {"unfccc": "REDD-plus RBP"}),
        (
            "Enhancing Capacity for Implementing Rio Conventions",
            dict.fromkeys(("cbd", "unccd", "unfccc"), "Rio Conventions"),
        ),
        ("Updating of the NBSAP", {"cbd": "NBSAP"}),
        (
            "National Biodiversity Strategy, and Action Plan and Country Report",
            {"cbd": "Biodiversity Strategy, and Action Plan"},
        ),
        (
            "Global Biodiversity Framework Early Action Support",
            dict.fromkeys(("cbd", "km-gbf"), "Global Biodiversity Framework"),
        ),
        ("Support to the National Biosafety Framework", {"cartagena-protocol": "Biosafety"}),
        ("Implementation of the Nagoya Protocolon Access", {"nagoya": "Nagoya Protocol"}),
        ("Access to and Benefit Sharing of resources", {"nagoya": "Access to and Benefit Sharing"}),
        ("Support NAP Alignment and Reporting", {"unccd": "NAP Alignment"}),
        (
            "Support of Stockholm and Minamata Conventions",
            {"minamata": "Minamata", "stockholm": "Stockholm and Minamata Conventions"},
        ),
        ("Reduction of U-POPs and UPOPs", {"stockholm": "U-POPs"}),
        ("Disposal of PCBs [PCBS]", {"stockholm": "PCBs"}),
        ("Minamata Initial Assessment in Nepal", {"minamata": "Minamata"}),
        ("HCFC Phase-out in Kazakhstan", {"montreal": "HCFC"}),
        ("Integrated Program for HFC Phasing Down", {"kigali": "HFC Phasing Down"}),
        ("Management of a Ramsar Convention site", {"ramsar": "Ramsar Convention"}),
    ],
)
def test_a_title_names_agreements_with_the_words_kept(
    titles: Titles, title: str, expected: dict[str, str]
) -> None:
    assert named(titles, title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Biodiversity conservation in areas beyond national jurisdiction",
        "Enhancing Institutional Capacities on REDD issues",
        "Global Biodiversity Forum (GBF), Phase III",
        "Value chains under the National Biodiversity Economy Strategy",
        "Artisanal and Small-Scale Gold Mining in the Amazon",
        "Minimization of Dioxin Emission from Open Burning",
        "HFC-free Refrigeration",
        "A national communication strategy for sustainable cities",
        "Montreal and Nagoya: sister cities of the delta",
        "POPULAR participation in CBDs, POPSICLE wrappers and HCFCX",
    ],
)
def test_themes_and_false_friends_name_nothing(titles: Titles, title: str) -> None:
    assert named(titles, title) == {}


@pytest.mark.parametrize(
    ("title", "agreement", "since"),
    [
        ("Mercury in gold mining", "minamata", 2013),
        ("Pilot Biosafety Enabling Activity", "cartagena-protocol", 2000),
        ("Management of PCBs", "stockholm", 2001),
        ("Ships' Ballast Water", "bwm", 2004),
        ("Access and Benefit Sharing Policies", "nagoya", 2011),
        ("Nationally Determined Contributions to the 2015 accord", "paris", 2016),
        ("Integrated National Adaptation Plan", "unfccc", 2011),
    ],
)
def test_what_an_agreement_asks_for_names_it_from_the_year_in_which_it_could(
    titles: Titles, title: str, agreement: str, since: int
) -> None:
    assert agreement in named(titles, title, since)
    assert agreement not in named(titles, title, since - 1)
    assert agreement not in named(titles, title, None)


def test_a_name_is_sure_and_what_is_asked_for_is_less_so(titles: Titles) -> None:
    links = titles.links("Mercury and PCBs under the Minamata Convention", 2020)
    assert [(link.agreement, link.confidence) for link in links] == [
        ("minamata", "high"),
        ("stockholm", "medium"),
    ]


def test_an_intended_contribution_was_asked_for_before_the_paris_agreement(titles: Titles) -> None:
    assert set(named(titles, "Intended Nationally Determined Contribution", 2019)) == {"unfccc"}


def test_full_names_are_those_that_say_what_they_are(known: Known) -> None:
    rows = {row.id: row for row in known.tables.rows["agreements"] if isinstance(row, Agreement)}
    names = {naming.pattern.replace("\\", "") for naming in full_names(rows["montreal"])}
    assert "Montreal Protocol(?!w)" in names
    assert not any(name.startswith("Montreal(") for name in names)


def test_every_agreement_of_the_table_is_one_of_ours(known: Known) -> None:
    assert {
        agreement
        for naming in NAMINGS
        for agreement in naming.agreements
        if not known.has("agreements", agreement)
    } == set()


@needs_shared
def test_every_pattern_of_the_table_matches_a_real_title() -> None:
    real = list(_real_titles())
    idle = [
        naming.pattern
        for naming in NAMINGS
        if not any(
            naming.since <= (year or 0) and naming.expression.search(title) for title, year in real
        )
    ]
    assert idle == []


@needs_shared
def test_no_real_title_names_an_agreement_by_areas_beyond_national_jurisdiction(
    titles: Titles,
) -> None:
    real = list(_real_titles())
    assert any("beyond national jurisdiction" in title.casefold() for title, _ in real)
    assert not [title for title, year in real if "bbnj" in named(titles, title, year)]


def _real_titles() -> Iterator[tuple[str, int | None]]:
    folder = SHARED / "portfolio"
    with (folder / "gef_projects_export.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = fiscal_year(row["Approval FY"])
            yield row["Title"], int(year) if year else first_year(row["GEF Period"])
    for one in json.loads((folder / "gcf_projects_api_2023.json").read_text(encoding="utf-8")):
        yield one["ProjectName"], int(one["ApprovalDate"][:4])
