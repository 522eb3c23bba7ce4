"""The actions of the UN80 initiative, those whom they name, and those who lead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from imports import SHARED, cells, doubts, needs_shared, rows, shipped, small_world, write_json

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Known, un80_actions

ACTIONS = SHARED / "un80" / "actions.json"
REGISTRY = "un80-list"


@pytest.fixture(scope="module")
def known() -> Known:
    return small_world(
        {
            (REGISTRY, "ECE"): ["itc"],
            (REGISTRY, "WHO / UN Health"): ["who", "undp"],
            (REGISTRY, "SA Reform"): ["itc"],
        }
    )


def action(number: Any = 35, **values: Any) -> dict[str, Any]:
    return {
        "action_number": number,
        "work_package_number": 27,
        "work_package_name": "Environment",
        "is_subaction": False,
        "sub_action_details": None,
        "indicative_activity": "A long sentence of the publisher.",
        "action_entities": None,
        "action_leads": [],
        "work_package_leads": [],
        "first_milestone_deadline": "2026-01-30",
        "final_milestone_deadline": None,
        **values,
    }


def read(path: Path, known: Known, *actions: dict[str, Any]) -> Drafts:
    return un80_actions.read([write_json(path / "actions.json", list(actions))], known)


def test_an_action_is_named_by_its_number_and_work_package(tmp_path: Path, known: Known) -> None:
    drafts = read(tmp_path, known, action())
    columns = ("id", "name", "number", "work_package_number", "first_milestone_on", "locator")
    assert cells(drafts, "actions", *columns) == [
        ("un80-action-35", "UN80 action 35: Environment", "35", "27", "2026-01-30", "action 35")
    ]
    assert "sentence" not in str(rows(drafts, "actions"))


def test_a_part_of_an_action_has_an_id_and_a_name_of_its_own(tmp_path: Path, known: Known) -> None:
    whole = action(95, sub_action_details="The first part")
    part = action(95, sub_action_details="Travel & rés", is_subaction=True)
    drafts = read(tmp_path, known, part, whole)
    assert cells(drafts, "actions", "id", "name", "locator") == [
        ("un80-action-95", "UN80 action 95: Environment", "action 95"),
        ("un80-action-95-travel-res", "UN80 action 95: Travel & rés", "action 95, Travel & rés"),
    ]


def test_actions_come_in_the_order_of_their_numbers(tmp_path: Path, known: Known) -> None:
    drafts = read(tmp_path, known, action(10), action(9), action(100))
    assert cells(drafts, "actions", "number") == [("9",), ("10",), ("100",)]


def test_entities_and_offices_keep_what_is_written(tmp_path: Path, known: Known) -> None:
    found = action(
        action_entities="UNEP; ECE ; WHO / UN Health;; N/A; UNEP",
        action_leads=["USG UNEP", "SG ECE"],
        work_package_leads=["SA Reform"],
    )
    drafts = read(tmp_path, known, found)
    assert cells(drafts, "assignments", "entity", "capacity", "name_as_written") == [
        ("unep", "named-in-action", "UNEP"),
        ("itc", "named-in-action", "ECE"),
        ("who", "named-in-action", "WHO / UN Health"),
        ("undp", "named-in-action", "WHO / UN Health"),
        ("unep", "action-lead", "USG UNEP"),
        ("itc", "action-lead", "SG ECE"),
        ("itc", "package-lead", "SA Reform"),
    ]
    assert drafts.unread == []


@pytest.mark.parametrize("leads", [["USG Mars", "Chief Plumber"], "USG Mars; Chief Plumber"])
def test_an_office_that_is_not_known_is_told(tmp_path: Path, known: Known, leads: Any) -> None:
    drafts = read(tmp_path, known, action(action_leads=leads))
    assert doubts(drafts) == [
        f"actions.json, action 35, action-lead: '{name}' is nobody of the codes of un80-list in"
        " codes.csv"
        for name in ("USG Mars", "Chief Plumber")
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"final_milestone_deadline": "Q1 2026"}, "'Q1 2026' is no day of the calendar"),
        ({"final_milestone_deadline": "2026-02-31"}, "'2026-02-31' is no day of the calendar"),
        ({"final_milestone_deadline": "2025-12-31"}, "'2026-01-30' is the first milestone, but"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_left_out(
    tmp_path: Path, known: Known, values: dict[str, Any], told: str
) -> None:
    drafts = read(tmp_path, known, action(**values))
    assert [told in one for one in doubts(drafts)] == [True]
    assert cells(drafts, "actions", "final_milestone_on") == [("",)]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (action(), "entry 2: 'un80-action-35' stands twice; its first entry is read"),
        (action("thirty"), "entry 2: 'thirty' is no number of an action"),
        (action(36, is_subaction=True), "entry 2: '36' is no number of an action, or of a part"),
    ],
)
def test_an_action_that_cannot_be_told_apart_is_told(
    tmp_path: Path, known: Known, other: dict[str, Any], told: str
) -> None:
    drafts = read(tmp_path, known, action(), other)
    assert [told in one for one in doubts(drafts)] == [True]
    assert len(rows(drafts, "actions")) == 1
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 1)


def test_an_action_counts_once_however_much_of_it_is_not_understood(
    tmp_path: Path, known: Known
) -> None:
    odd = action(action_leads=["USG Mars", "Chief Plumber"], final_milestone_deadline="soon")
    drafts = read(tmp_path, known, odd, action(36))
    assert len(drafts.unread) == 3
    assert (drafts.tallies[0].rows, drafts.tallies[0].unread) == (2, 1)


def test_a_file_of_another_shape_gives_one_line(tmp_path: Path, known: Known) -> None:
    with pytest.raises(DocumentError, match="entry 1 has no work_package_number"):
        read(tmp_path, known, {"action_number": 1})


@needs_shared
def test_the_published_actions() -> None:
    drafts = un80_actions.read([ACTIONS], shipped())
    assert drafts.unread == []
    assert len(rows(drafts, "actions")) == 90
    assert len({row["work_package_number"] for row in rows(drafts, "actions")}) == 31
    of_35 = [row for row in rows(drafts, "assignments") if row["action"] == "un80-action-35"]
    named = {row["name_as_written"] for row in of_35 if row["capacity"] == "named-in-action"}
    leads = {row["entity"] for row in of_35 if row["capacity"] == "action-lead"}
    assert len(named) == 23
    assert leads == {"unep", "unfccc-secretariat"}
    (whole,) = (row for row in rows(drafts, "actions") if row["id"] == "un80-action-35")
    assert {name: cell for name, cell in whole.items() if cell} == {
        "id": "un80-action-35",
        "name": "UN80 action 35: Environment",
        "number": "35",
        "work_package": "Environment",
        "work_package_number": "27",
        "reported_status": "Further work ongoing",
        "document_paragraph": "WS3, para. 47",
        "first_milestone_on": "2026-01-30",
        "final_milestone_on": "2026-09-17",
        "source": "un80-actions",
        "locator": "action 35",
    }
    assert {row["reported_status"] for row in rows(drafts, "actions")} == {
        "Decision taken",
        "Further work ongoing",
    }
