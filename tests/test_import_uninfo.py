"""Mentions of agreements in country plans: awkward rows, and the whole list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.uninfo import COLUMNS, read

COPY = "UNINFO (api.uninfo.org), via github:united-nations/open public/*.json @"
PLAIN = {
    "workspace_id": "14",
    "iso3": "ZWE",
    "project_id": "103889",
    "agency": "UNEP",
    "mea": "montreal",
    "matched_text": "HCFC",
    "where": "name_or_description",
    "code": " 2.1.8",
    "name": "HCFC Phase out\u200b ",
    "start": "2022-06-27",
    "end": "2026-12-27",
    "required_usd": "500000",
    "available_usd": "",
    "spent_usd": "12.345",
    "source": f"{COPY}af72496",
}
Make = Callable[..., Drafts]


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


def mentions(path: Path, *changes: dict[str, str]) -> Path:
    made = [PLAIN | change for change in changes]
    return write_csv(path, COLUMNS, *([row[name] for name in COLUMNS] for row in made))


@pytest.fixture
def make(tmp_path: Path, known: Known) -> Make:
    """Return a function that reads a list of the given rows."""

    def of(*changes: dict[str, str]) -> Drafts:
        return read([mentions(tmp_path / "plans.csv", *changes)], known)

    return of


def test_a_row_gives_a_mention_with_its_dates_and_sums(make: Make) -> None:
    drafts = make({})
    assert rows(drafts, "plan_mentions") == [
        {
            "entity": "unep",
            "agreement": "montreal",
            "countries": "zwe",
            "plan": "UNINFO workspace 14",
            "number": "103889",
            "title": "HCFC Phase out",
            "matched_text": "HCFC",
            "place": "own-text",
            "basis": "inferred",
            "source": "uninfo-plans-2026",
            "locator": "sub-output 2.1.8",
            "confidence": "medium",
            "required_usd": "500000",
            "available_usd": "",
            "spent_usd": "12.34",
            "from_on": "2022-06-27",
            "to_on": "2026-12-27",
        }
    ]
    assert rows(drafts, "sources") == []


@pytest.mark.parametrize(
    ("agreement", "words", "basis"),
    [
        ("montreal", "Protocolo de Montreal", "stated"),
        ("rotterdam", "Rotterdam", "stated"),
        ("whc", "World heritage", "stated"),
        ("cartagena", "Cartagena Protocol", "stated"),
        ("paris", "NDCs", "inferred"),
        ("unfccc", "National Adaptation Plan", "inferred"),
        ("cbd", "Kunming", "inferred"),
        ("minamata", "mercure", "inferred"),
    ],
)
def test_only_a_name_in_its_own_text_is_stated(
    make: Make, agreement: str, words: str, basis: str
) -> None:
    drafts = make({"mea": agreement, "matched_text": words, "name": "Support"})
    assert cells(drafts, "plan_mentions", "place", "basis", "matched_text") == [
        ("own-text", basis, words)
    ]


def test_a_name_in_the_title_counts_before_other_words_of_the_text(make: Make) -> None:
    drafts = make({"name": "HCFC phase-out under the Montreal Protocol"})
    assert cells(drafts, "plan_mentions", "basis", "matched_text") == [
        ("stated", "Montreal Protocol")
    ]


@pytest.mark.parametrize("words", ["HCFC", "Montreal Protocol"])
def test_what_only_the_text_above_says_is_inferred(make: Make, words: str) -> None:
    drafts = make({"where": "parent_output", "matched_text": words})
    assert cells(drafts, "plan_mentions", "place", "basis", "confidence", "matched_text") == [
        ("parent-text", "inferred", "low", words)
    ]


def test_countries_stand_in_one_order_and_the_biosafety_protocol_under_its_id(make: Make) -> None:
    drafts = make({"iso3": "SGP|BRN|MYS", "mea": "cartagena"})
    assert cells(drafts, "plan_mentions", "countries", "agreement") == [
        ("brn|mys|sgp", "cartagena-protocol")
    ]


def test_the_same_mention_is_kept_once_and_counted(make: Make) -> None:
    drafts = make({}, {"matched_text": "HCFCs"}, {"mea": "kigali"})
    assert cells(drafts, "plan_mentions", "agreement", "matched_text") == [
        ("montreal", "HCFC"),
        ("kigali", "HCFC"),
    ]
    [tally] = drafts.tallies
    assert (tally.rows, tally.unread, tally.besides) == (3, 0, "1 repeated")


def test_what_is_not_understood_is_told_with_its_place(make: Make) -> None:
    drafts = make(
        {"agency": "UNXYZ"},
        {"mea": "no-such"},
        {"iso3": "MRS"},
        {"where": "elsewhere"},
        {"source": "somewhere"},
        {"project_id": ""},
        {"start": "2026-01-01", "end": "2025-01-01", "spent_usd": "1,000"},
        {"project_id": "2", "start": "soon", "iso3": "ZWE|MRS"},
    )
    assert doubts(drafts) == [
        "plans.csv, line 2, agency: 'UNXYZ' is no entity that the tables know",
        "plans.csv, line 3, mea: 'no-such' is no agreement that the tables know",
        "plans.csv, line 4, iso3: 'MRS' names no country that the tables know",
        "plans.csv, line 5, where: 'elsewhere' is no place of a mention",
        "plans.csv, line 6, source: 'somewhere' does not say from where the list is",
        "plans.csv, line 7, project_id: '' is empty",
        "plans.csv, line 8, end: '2025-01-01' is before the start, 2026-01-01",
        "plans.csv, line 8, spent_usd: '1,000' is no sum of money",
        "plans.csv, line 9, iso3: 'MRS' is no country that the tables know",
        "plans.csv, line 9, start: 'soon' is no date",
    ]
    assert cells(drafts, "plan_mentions", "from_on", "to_on", "spent_usd", "countries") == [
        ("", "", "", "zwe"),
        ("", "2026-12-27", "12.34", "zwe"),
    ]


def test_another_copy_becomes_a_source_once(make: Make) -> None:
    new = {"source": f"{COPY}0123abc"}
    drafts = make(new, new | {"project_id": "2"})
    [source] = rows(drafts, "sources")
    assert source["id"] == "uninfo-plans-0123abc"
    assert source["url"] == "https://github.com/united-nations/open"
    assert {row["source"] for row in rows(drafts, "plan_mentions")} == {source["id"]}


def test_the_order_of_files_does_not_matter(tmp_path: Path, known: Known) -> None:
    files = [
        mentions(tmp_path / "a.csv", {}),
        mentions(tmp_path / "b.csv", {"matched_text": "HPMP"}, {"project_id": "2"}),
    ]
    one, other = (read(order, known) for order in permutations(files))
    assert one == other
    assert len(rows(one, "plan_mentions")) == 2


def test_a_table_with_other_columns_is_refused(tmp_path: Path, known: Known) -> None:
    with pytest.raises(DocumentError, match="other columns: workspace_id"):
        read([write_csv(tmp_path / "other.csv", ["iso3"], ["ZWE"])], known)


@needs_shared
def test_the_whole_list(known: Known) -> None:
    drafts = read([SHARED / "portfolio" / "uninfo_mea_mentions.csv"], known)
    found = rows(drafts, "plan_mentions")
    assert len(found) == 986
    assert drafts.unread == []
    places = Counter((row["place"], row["basis"]) for row in found)
    assert places == {
        ("own-text", "stated"): 324,
        ("own-text", "inferred"): 604,
        ("parent-text", "inferred"): 58,
    }
    stated = Counter(row["agreement"] for row in found if row["basis"] == "stated")
    assert (stated["unfccc"], stated["paris"], stated["montreal"], stated["cbd"]) == (38, 48, 49, 3)
    agreements = Counter(row["agreement"] for row in found)
    assert (agreements["unfccc"], agreements["paris"], agreements["montreal"]) == (234, 218, 128)
