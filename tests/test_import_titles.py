"""Agreements that titles name or are on: the words, their bounds, years and false friends."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

import pytest
from imports import SHARED, needs_shared, shipped

from emg_graph.importers import Known
from emg_graph.importers.gef_entries import first_year, fiscal_year
from emg_graph.importers.namings import CUT_NAMES, NAMINGS
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
def test_a_title_names_agreements_or_is_on_them_with_the_words_kept(
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
def test_themes_and_false_friends_give_no_link(titles: Titles, title: str) -> None:
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
def test_what_an_agreement_asks_for_counts_from_the_year_in_which_it_could(
    titles: Titles, title: str, agreement: str, since: int
) -> None:
    assert agreement in named(titles, title, since)
    assert agreement not in named(titles, title, since - 1)
    assert agreement not in named(titles, title, None)


def test_a_name_is_stated_and_wins_over_a_subject_which_is_inferred(titles: Titles) -> None:
    links = titles.links("Mercury and PCBs under the Minamata Convention", 2020)
    assert [
        (link.agreement, link.ground, link.basis, link.confidence, link.words) for link in links
    ] == [
        ("minamata", "named-in-title", "stated", "high", "Minamata Convention"),
        ("stockholm", "subject-in-title", "inferred", "medium", "PCBs"),
    ]


@pytest.mark.parametrize(
    ("title", "agreement"),
    [
        ("Mercury in gold mining", "minamata"),
        ("National Action Plan for Artisanal and Small-scale Gold Mining", "minamata"),
        ("Management of POPs, PCBs and DDT", "stockholm"),
        ("HCFC and ODS", "montreal"),
        ("First National Communication", "unfccc"),
        ("Participation in the Clearing-House Mechanism", "cbd"),
        ("NBSAP", "cbd"),
        ("Global Biodiversity Framework", "cbd"),
        ("Biosafety", "cartagena-protocol"),
        ("CBIT and the NDC", "paris"),
        ("Land Degradation Neutrality", "unccd"),
        ("ABS", "nagoya"),
        ("Ballast Water", "bwm"),
        ("HFC Phase-down", "kigali"),
    ],
)
def test_a_subject_is_never_stated(titles: Titles, title: str, agreement: str) -> None:
    [link] = [link for link in titles.links(title, 2020) if link.agreement == agreement]
    assert (link.ground, link.basis) == ("subject-in-title", "inferred")


@pytest.mark.parametrize(
    ("title", "agreements"),
    [
        ("Global Biodiversity Framework", {"km-gbf"}),
        ("Implementing the Rio Conventions", {"cbd", "unccd", "unfccc"}),
        ("A World Heritage site", {"whc"}),
        ("Minamata and mercury", {"minamata"}),
        ("UNFCCC, CBD and UNCCD", {"cbd", "unccd", "unfccc"}),
    ],
)
def test_a_name_is_stated_of_those_that_have_it(
    titles: Titles, title: str, agreements: set[str]
) -> None:
    links = titles.links(title, 2020)
    assert {link.agreement for link in links if link.basis == "stated"} == agreements


@pytest.mark.parametrize(
    ("words", "agreement", "named"),
    [
        ("Rotterdam", "rotterdam", True),
        ("Basel, Rotterdam", "basel", True),
        ("BRS Conventions", "stockholm", True),
        ("Acuerdo de París", "paris", True),
        ("World Heritage", "whc", True),
        ("Stockholm convention", "stockholm", True),
        ("International Trade in Endangered Species", "cites", True),
        ("international trade in endangered species", "cites", False),
        ("Rotterdam", "basel", False),
        ("NDC", "paris", False),
        ("REDD+", "unfccc", False),
        ("Diversidad Biológica", "cbd", False),
        ("Global Biodiversity Framework", "cbd", False),
        ("Mercurio", "minamata", False),
    ],
)
def test_words_that_were_found_are_a_name_or_only_a_subject(
    titles: Titles, words: str, agreement: str, named: bool
) -> None:
    assert titles.named_by(words, agreement) is named


def test_a_name_cut_short_is_none_in_a_title(titles: Titles) -> None:
    assert named(titles, "Wetlands between Basel, Rotterdam and Escazú") == {}
    assert titles.name_in("A port in Rotterdam", "rotterdam") is None
    assert titles.name_in("NBSAP for the CBD", "cbd") == "CBD"


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
        for naming in (*NAMINGS, *CUT_NAMES)
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
def test_every_name_cut_short_is_in_the_list_of_country_plans() -> None:
    file = SHARED / "portfolio" / "uninfo_mea_mentions.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        words = {row["matched_text"] for row in csv.DictReader(lines)}
    assert not [one.pattern for one in CUT_NAMES if not any(map(one.expression.search, words))]


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
