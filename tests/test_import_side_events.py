"""Pairs of entities that held events together: awkward rows, and the whole list."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, write_csv

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known
from emg_graph.importers.side_events import COLUMNS, read

COPY = (
    "UNFCCC SEORS archive (accessed 14 Mar 2024) via github:judyjwxie/unfccc-cop-analysis x.csv @"
)
THERE = f"{COPY}687d5ac"
Make = Callable[..., Drafts]


@pytest.fixture(scope="module")
def known() -> Known:
    return shipped()


@pytest.fixture
def make(tmp_path: Path, known: Known) -> Make:
    """Return a function that reads a list of the given pairs."""

    def of(*pairs: tuple[str, ...]) -> Drafts:
        return read([write_csv(tmp_path / "pairs.csv", COLUMNS, *pairs)], known)

    return of


def test_a_pair_stands_once_in_order_of_the_ids(make: Make) -> None:
    drafts = make(("wmo", "unocha", "3", THERE))
    assert rows(drafts, "cooperations") == [
        {
            "entity": "ocha",
            "partner": "wmo",
            "kind": "organised-with",
            "agreements": "unfccc",
            "events": "3",
            "basis": "stated",
            "source": "unfccc-side-events-archive",
            "locator": "pair wmo, unocha",
            "confidence": "high",
        }
    ]
    assert rows(drafts, "sources") == []


def test_what_is_not_understood_is_told_with_its_place(make: Make) -> None:
    drafts = make(
        ("unep", "wmo", "3", THERE),
        ("wmo", "unep", "4", THERE),
        ("unep", "unep", "1", THERE),
        ("unep", "nobody", "1", THERE),
        ("no-one", "unep", "1", THERE),
        ("unep", "fao", "0", THERE),
        ("unep", "who", "1", "somewhere"),
    )
    assert doubts(drafts) == [
        "pairs.csv, line 3, entity_b: 'unep' stands in a pair that is there already",
        "pairs.csv, line 4, entity_b: 'unep' is the same entity as entity_a",
        "pairs.csv, line 5, entity_b: 'nobody' is no entity that the tables know",
        "pairs.csv, line 6, entity_a: 'no-one' is no entity that the tables know",
        "pairs.csv, line 7, events_co_organised: '0' is no number of events",
        "pairs.csv, line 8, source: 'somewhere' does not say from where the list is",
    ]
    assert cells(drafts, "cooperations", "entity", "partner", "events") == [("unep", "wmo", "3")]
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (7, 6)


def test_another_copy_becomes_a_source_of_third_parties(make: Make) -> None:
    [source] = rows(make(("unep", "wmo", "3", f"{COPY}0123abc")), "sources")
    assert (source["id"], source["evidence_class"]) == ("seors-events-0123abc", "D")
    assert "judyjwxie/unfccc-cop-analysis" in source["title"]


def test_the_order_of_files_does_not_matter(tmp_path: Path, known: Known) -> None:
    files = [
        write_csv(tmp_path / f"{name}.csv", COLUMNS, ("unep", "wmo", name, THERE)) for name in "12"
    ]
    one, other = (read(order, known) for order in permutations(files))
    assert one == other
    assert cells(one, "cooperations", "events") == [("1",)]


def test_counts_of_one_entity_are_refused(tmp_path: Path, known: Known) -> None:
    header = ["un_entity", "mea", "cop", "events_as_organiser", "all_events_at_cop", "source"]
    with pytest.raises(DocumentError, match="other columns: entity_a, entity_b"):
        read([write_csv(tmp_path / "by_entity.csv", header, ["unep"])], known)


@needs_shared
def test_the_whole_list(known: Known) -> None:
    drafts = read([SHARED / "portfolio" / "unfccc_side_events_un_pairs.csv"], known)
    found = rows(drafts, "cooperations")
    assert len(found) == 334
    assert drafts.unread == []
    assert all(row["entity"] < row["partner"] for row in found)
    assert max(int(row["events"]) for row in found) == 32
