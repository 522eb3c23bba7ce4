"""Two snapshots compared: each kind of change, both ways of reading them, and unkind input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Process, Run
from folders import SMALL, DataFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import ROLE, written
from payloads import PAYLOAD, write_payloads

import emg_graph
from emg_graph.analysis.comparison import (
    Change,
    Comparison,
    Snapshot,
    compare_snapshots,
    read_snapshot,
    read_snapshots,
)
from emg_graph.analysis.comparison.collaboration import Width
from emg_graph.analysis.comparison.content import COLUMNS
from emg_graph.analysis.comparison.stored import claim_iri, stored_rows
from emg_graph.analysis.comparison.wording import Wording
from emg_graph.build import build_store
from emg_graph.errors import DataError, StoreError, UnknownNameError
from emg_graph.graph import Graph, compare, open_graph
from emg_graph.records import RECORDS, Role, Row, Thing, columns
from emg_graph.store import Store
from emg_graph.tables import Tables, read_tables
from emg_graph.views.comparison import to_html, to_json, to_text

NEW_SOURCE = {"id": "new-report", "title": "New report", "evidence_class": "B"}
WITHDRAWN = {
    "id": "withdrawn",
    "scheme": "party-status",
    "label": "Withdrawn",
    "definition": "Was bound and has left.",
}
SUPPORT = {
    "agreement": "basel-ban", "basis": "stated", "standing": "current", "via_mechanism": "",
    "from_on": "", "to_on": "", "locator": "p. 9", "also_sources": "", "note": "",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "edited")


@pytest.fixture(scope="module")
def small() -> Snapshot:
    return read_snapshot(SMALL)


def changed(folder: DataFolder, **asked: object) -> Comparison:
    """Return what changed from the small tables to those of a folder."""
    return compare(SMALL, folder.path, **asked)  # type: ignore[arg-type]


def only(found: Comparison) -> Change:
    """Return the one row that differs."""
    (one,) = found.every
    return one


def line(folder: DataFolder, table: str, **cells: str) -> int:
    """Return the number of the first row of a table with these cells."""
    header, *rows = folder.read(table)
    return next(
        number
        for number, row in enumerate(rows)
        if all(row[header.index(name)] == cell for name, cell in cells.items())
    )


class TestWhatIsTold:
    def test_a_row_that_is_added(self, folder: DataFolder) -> None:
        folder.add("roles", entity="who", agreement="minamata", role="capacity-partner")
        one = only(changed(folder))
        assert (one.change, one.table, one.sort, one.how) == ("added", "roles", "claim", "")
        assert one.name == "WHO · Minamata Convention · Capacity partner"
        assert one.values == ()
        assert one.citation is not None
        assert one.citation.source == folder.get("roles", "source")
        assert one.cells["agreement"] == "minamata"
        assert one.id in {claim_iri(row) for row in read_tables(folder.path).claims()}

    def test_a_row_that_is_gone(self, folder: DataFolder) -> None:
        folder.remove("roles", 2)
        one = only(changed(folder))
        assert (one.change, one.how, one.gone, one.values) == ("ended", "row gone", True, ())
        assert one.name == "GEF · Minamata Convention · Financial mechanism"
        assert one.id in {claim_iri(row) for row in read_tables(SMALL).claims()}

    def test_a_claim_that_is_historic_now_has_ended(self, folder: DataFolder) -> None:
        folder.set("participations", "standing", "historic", 1)
        one = only(changed(folder))
        assert (one.change, one.gone) == ("ended", False)
        assert one.how == "standing current → historic"
        assert [(v.column, v.old, v.new) for v in one.values] == [
            ("standing", "current", "historic")
        ]

    def test_an_end_that_is_set_makes_another_iri_and_is_told_as_the_end(
        self, folder: DataFolder
    ) -> None:
        folder.set("roles", "to_on", "2025-06", 2)
        folder.set("roles", "standing", "historic", 2)
        found = changed(folder)
        one = only(found)
        assert one.change == "ended"
        assert one.how == "standing current → historic; to_on set to 2025-06"
        assert one.id not in {claim_iri(row) for row in read_tables(SMALL).claims()}
        assert [(v.column, v.old, v.new) for v in one.values] == [
            ("standing", "current", "historic"), ("to_on", "", "2025-06"),
        ]  # fmt: skip

    def test_an_end_of_what_is_current_still_is_ahead_and_a_change(
        self, folder: DataFolder
    ) -> None:
        folder.set("roles", "to_on", "2031", 2)
        assert folder.get("roles", "standing", 2) == "current"
        one = only(changed(folder))
        assert (one.change, one.how) == ("changed", "")
        assert [(v.column, v.old, v.new) for v in one.values] == [("to_on", "", "2031")]

    def test_an_end_of_what_is_planned_is_a_change(self, folder: DataFolder) -> None:
        before = folder.set("plan_mentions", "to_on", "", 0)
        assert before
        one = only(compare(folder.path, SMALL))
        assert (one.change, one.how) == ("changed", "")
        assert [(v.column, v.old, v.new) for v in one.values] == [("to_on", "", before)]

    def test_an_end_of_what_has_no_standing_is_an_end(self, folder: DataFolder) -> None:
        folder.set("parties", "to_on", "2025", 1)
        assert only(changed(folder)).how == "to_on set to 2025"

    def test_an_end_that_is_only_moved_is_a_change(self, folder: DataFolder) -> None:
        folder.set("roles", "to_on", "2025-06", 2)
        later = DataFolder(folder.path.parent / "later")
        later.set("roles", "to_on", "2026", 2)
        one = only(compare(folder.path, later.path))
        assert (one.change, one.how) == ("changed", "")

    def test_two_claims_that_differ_in_their_end_alone_are_not_taken_for_each_other(
        self, folder: DataFolder
    ) -> None:
        role = dict(zip(*folder.read("roles")[:2], strict=True))
        other = DataFolder(folder.path.parent / "other")
        folder.set("roles", "to_on", "2001", 0)
        folder.add("roles", **{**role, "to_on": "2002"})
        other.set("roles", "to_on", "2003", 0)
        told = [(one.change, one.gone) for one in compare(folder.path, other.path).every]
        assert told == [("added", False), ("ended", True), ("ended", True)]

    def test_a_mechanism_that_has_an_end_now_has_ended(self, folder: DataFolder) -> None:
        folder.set("mechanisms", "ended_on", "2024", 1)
        assert only(changed(folder)).change == "changed"
        folder.set("mechanisms", "standing", "historic", 1)
        one = only(changed(folder))
        assert (one.change, one.sort) == ("ended", "thing")
        assert one.how == "standing current → historic; ended_on set to 2024"
        assert one.id == "global-mercury-partnership"

    def test_a_signatory_that_is_a_party_now_has_changed(self, folder: DataFolder) -> None:
        folder.set("parties", "status", "party", 0)
        one = only(changed(folder))
        assert (one.change, one.id) != ("ended", "")
        assert [(v.column, v.old, v.new) for v in one.values] == [("status", "signatory", "party")]
        assert one.change == "changed"

    def test_a_party_that_has_withdrawn_has_ended(self, folder: DataFolder) -> None:
        folder.add("concepts", **WITHDRAWN)
        folder.set("parties", "status", "withdrawn", 1)
        assert only(changed(folder, kinds=["parties"])).how == "status party → withdrawn"

    def test_other_cells_are_told_with_old_and_new(self, folder: DataFolder) -> None:
        before = folder.set("agreements", "scope", "Something else", 0)
        one = only(changed(folder))
        assert (one.change, one.sort) == ("changed", "thing")
        assert [(v.column, v.old, v.new) for v in one.values] == [
            ("scope", before, "Something else")
        ]

    def test_a_place_that_was_put_right_is_a_change(self, folder: DataFolder) -> None:
        before = folder.set("roles", "locator", "p. 77", 2)
        folder.set("roles", "note", "Read again.", 2)
        found = changed(folder)
        one = only(found)
        assert (one.change, one.how, one.editorial) == ("changed", "", False)
        assert [(v.column, v.old, v.new) for v in one.values if v.column != "note"] == [
            ("locator", before, "p. 77")
        ]
        assert one.citation
        assert one.citation.locator == "p. 77"
        assert one.id in {claim_iri(row) for row in read_tables(folder.path).claims()}
        assert f"locator: {before} → p. 77" in to_text(found)
        assert found.collaboration.claims_added == 0

    def test_a_place_is_put_right_wherever_a_claim_says_the_same(self, folder: DataFolder) -> None:
        """Also where its IRI is made of little, as that of a position, or holds a number."""
        for table in ("positions", "expenditures", "figures", "parties"):
            folder.set(table, "locator", "p. 77", 0)
        told = [(one.table, one.change, [v.column for v in one.values]) for one in
                changed(folder).every]  # fmt: skip
        assert sorted(told) == [
            (table, "changed", ["locator"])
            for table in ("expenditures", "figures", "parties", "positions")
        ]

    def test_another_claim_at_another_place_is_not_taken_for_it(self, folder: DataFolder) -> None:
        folder.set("positions", "locator", "para. 77", 0)
        folder.set("positions", "summary", "Would do something else.", 0)
        added, gone = changed(folder).every
        assert (added.change, gone.change, gone.gone) == ("added", "ended", True)

    def test_two_places_for_one_are_not_taken_for_each_other(self, folder: DataFolder) -> None:
        role = dict(zip(*[folder.read("roles")[i] for i in (0, 3)], strict=True))
        folder.set("roles", "locator", "p. 77", 2)
        folder.add("roles", **{**role, "locator": "p. 78"})
        told = [(one.change, one.gone) for one in changed(folder).every]
        assert told == [("added", False), ("added", False), ("ended", True)]

    def test_a_claim_in_another_source_says_where_it_was_and_is(self, folder: DataFolder) -> None:
        source, place = (folder.get("roles", name, 2) for name in ("source", "locator"))
        folder.add("sources", **NEW_SOURCE)
        folder.set("roles", "source", "new-report", 2)
        found = changed(folder, kinds=["roles"])
        added, gone = found.every
        assert (added.change, added.how) == ("added", f"said before in {source}, {place}")
        assert (gone.change, gone.how) == ("ended", f"row gone; said still in new-report, {place}")
        assert found.collaboration.claims_added == 0

    def test_what_was_only_inferred_was_not_said_before(self, folder: DataFolder) -> None:
        assert folder.set("roles", "basis", "stated", 1) == "inferred"
        folder.set("roles", "locator", "p. 77", 1)
        added, gone = changed(folder).every
        assert (added.how, gone.how) == ("", "row gone")
        assert changed(folder).collaboration.claims_added == 1

    @pytest.mark.parametrize(
        ("table", "column", "value"),
        [
            ("roles", "note", "Another note."),
            ("roles", "confidence", "low"),
            ("roles", "verified_on", "2026-01-01"),
            ("mandates", "reviewed_on", "2026-01-01"),
            ("sources", "accessed_on", "2020-01-01"),
        ],
    )
    def test_what_is_only_editorial_is_counted_apart(
        self, folder: DataFolder, table: str, column: str, value: str
    ) -> None:
        folder.set(table, column, value)
        found = changed(folder)
        assert found.changes == ()
        assert (found.hidden, only(found).editorial) == (1, True)
        assert found.tallies[0].editorial == 1
        assert found.tallies[0].changed == 0
        assert "(not shown; --all shows them)" in found.finding
        shown = changed(folder, editorial=True)
        assert shown.changes == shown.every == found.every
        assert (shown.hidden, "--all" in shown.finding) == (0, False)

    def test_a_note_beside_another_change_is_told_with_it(self, folder: DataFolder) -> None:
        folder.set("roles", "note", "Another note.")
        folder.set("roles", "summary", "Another summary")
        one = only(changed(folder))
        assert not one.editorial
        assert [value.column for value in one.values] == ["summary", "note"]

    def test_a_number_written_otherwise_is_the_same(self, folder: DataFolder) -> None:
        amount = folder.get("expenditures", "amount_usd").split(".")[0]
        folder.set("expenditures", "amount_usd", f"{amount}.00")
        assert folder.get("expenditures", "amount_usd") != DataFolder(
            folder.path.parent / "whole"
        ).get("expenditures", "amount_usd")
        folder2 = DataFolder(folder.path.parent / "bare")
        folder2.set("expenditures", "amount_usd", amount)
        assert compare(folder.path, folder2.path).every == ()
        folder2.set("expenditures", "amount_usd", f"{amount}.50")
        assert only(compare(folder.path, folder2.path)).values[0].new == f"{amount}.5"

    def test_a_number_that_comes_or_goes_is_told(self, folder: DataFolder) -> None:
        before = folder.set("projects", "grant", "", 0)
        assert [(v.old, v.new) for v in only(changed(folder)).values] == [(before, "")]

    def test_what_is_not_stated_is_counted_apart(self, folder: DataFolder) -> None:
        folder.set("roles", "summary", "Another summary", 0)
        folder.set("roles", "summary", "Another summary", 1)
        found = changed(folder)
        assert [folder.get("roles", "basis", row) for row in (0, 1)] == ["stated", "inferred"]
        (tally,) = found.tallies
        assert (tally.changed, tally.not_stated) == (2, 1)
        assert sorted(one.marks for one in found.every) == [
            " (inferred, current)", " (stated, current)",
        ]  # fmt: skip

    def test_counts_are_of_each_table(self, folder: DataFolder) -> None:
        folder.remove("roles", 3)
        folder.add("roles", entity="who", role="capacity-partner")
        folder.set("agreements", "scope", "Something else")
        found = changed(folder)
        assert found.finding == (
            "Things: 0 added, 0 ended, 1 changed."
            " Claims: 1 added, 1 ended (1 of them gone from the record), 0 changed."
        )
        agreements, roles = found.tallies
        assert (agreements.sort, roles.sort) == ("thing", "claim")
        assert (agreements.table, agreements.old, agreements.new) == ("agreements", 3, 3)
        assert (agreements.added, agreements.ended, agreements.changed) == (0, 0, 1)
        assert (roles.table, roles.added, roles.ended, roles.changed) == ("roles", 1, 1, 0)
        assert roles.old == roles.new

    def test_the_rows_of_the_answer_are_one_a_cell(self, folder: DataFolder) -> None:
        folder.set("roles", "note", "Another note.")
        folder.set("roles", "summary", "Another summary")
        folder.remove("participations", 1)
        table = changed(folder).to_table()
        assert table.columns == COLUMNS
        assert [row["column"] for row in table.records()] == ["summary", "note", None]
        assert [row["basis"] for row in table.records()] == ["stated"] * 3

    def test_the_method_names_both_data(self, folder: DataFolder) -> None:
        folder.remove("roles", 2)
        method = changed(folder, kinds=["roles"], about="gef").method
        parameters = dict(method.parameters)
        assert parameters["kind"] == "roles"
        assert parameters["about"] == "gef"
        assert parameters["old data"] == open_graph("memory:", SMALL).data_hash
        assert method.data == read_snapshot(folder.path).data_hash
        assert method.data != parameters["old data"]
        assert "paired by the id" in method.text


class TestRetired:
    def test_what_an_overlay_retires_is_told_so(self, tmp_path: Path) -> None:
        row = dict(zip(*DataFolder(tmp_path / "copy").read("figures")[:2], strict=True))
        known = {name: row[name] for name in RECORDS["figures"].IDENTITY}  # type: ignore[attr-defined]
        team = written(tmp_path / "team", {"figures": [{**known, "retired": "yes"}]})
        found = compare(SMALL, SMALL, overlay=team)
        assert only(found).how == "claim retired in team/figures.csv:2"
        assert (found.new.name, found.same) == (f"{SMALL} with team", False)
        assert ("overlay", "team") in found.method.parameters

    def test_a_retired_thing_is_told_by_its_id(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "wider")
        folder.add("sources", **NEW_SOURCE)
        rows = [{"id": "new-report", "retired": "yes"}]
        team = written(tmp_path / "team", {"sources": rows})
        one = only(compare(folder.path, folder.path, overlay=[team]))
        assert (one.change, one.id) == ("ended", "new-report")
        assert one.how == "id retired in team/sources.csv:2"

    def test_a_built_graph_remembers_its_overlays(self, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "wider")
        folder.add("sources", **NEW_SOURCE)
        rows = [{"id": "new-report", "retired": "yes"}]
        team = written(tmp_path / "team", {"sources": rows})
        build_store(tmp_path / "store", folder.path, overlay=[team])
        one = only(compare(folder.path, tmp_path / "store"))
        assert one.how == "id retired in team/sources.csv:2"
        (team / "sources.csv").unlink()
        team.rmdir()
        assert only(compare(folder.path, tmp_path / "store")).how == "row gone"

    def test_a_built_graph_takes_no_overlay(self, tmp_path: Path) -> None:
        build_store(tmp_path / "store", SMALL)
        team = written(tmp_path / "team", {"roles": [ROLE]})
        with pytest.raises(StoreError, match="no tables can be laid"):
            compare(SMALL, tmp_path / "store", overlay=team)


class TestAsking:
    @pytest.fixture
    def edited(self, folder: DataFolder) -> DataFolder:
        folder.set("agreements", "scope", "Something else", 0)
        folder.remove("roles", 2)
        folder.remove("participations", 1)
        return folder

    def test_for_some_tables(self, edited: DataFolder) -> None:
        found = changed(edited, kinds=["roles.csv", "agreements"])
        assert {one.table for one in found.every} == {"roles", "agreements"}
        assert "(asked for: kind roles, kind agreements)" in found.finding

    def test_for_a_thing_by_any_of_its_names(self, edited: DataFolder) -> None:
        by_id = changed(edited, about="gef")
        assert only(by_id).name.startswith("GEF · ")
        assert changed(edited, about="Global Environment Facility").every == by_id.every
        assert changed(edited, about="minamata").every == by_id.every

    def test_for_a_source_or_a_concept(self, edited: DataFolder) -> None:
        source = DataFolder(edited.path.parent / "plain").get("roles", "source", 2)
        assert only(changed(edited, about=source)).table == "roles"
        assert only(changed(edited, about="Financial mechanism")).table == "roles"

    def test_both_what_a_cell_was_and_what_it_is_count(self, folder: DataFolder) -> None:
        before = folder.set("roles", "functions", "norms", 2)
        assert before == "finance"
        for concept in ("finance", "norms"):
            assert only(changed(folder, about=concept)).change == "changed"
        assert changed(folder, about="capacity").every == ()

    def test_what_is_unknown_is_told_with_the_nearest(self, edited: DataFolder) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'roles'"):
            changed(edited, kinds=["role"])
        with pytest.raises(UnknownNameError, match="no table is called 'xyzzy'"):
            changed(edited, kinds=["xyzzy"])
        with pytest.raises(UnknownNameError, match="did you mean 'minamata'"):
            changed(edited, about="minamatta")

    def test_collaboration_is_of_the_whole(self, edited: DataFolder) -> None:
        asked, whole = changed(edited, about="basel"), changed(edited)
        assert asked.collaboration == whole.collaboration


def reaching(graph: Graph) -> int:
    """Return how many agreements the query finds to reach today."""
    rows = graph.query("CQ32").records()
    return sum(int(row["how_many"] or 0) for row in rows if row["finding"] == "reaching today")


def supported(folder: DataFolder, source: str) -> None:
    """Make three entities serve an amendment that has none, in three functions."""
    for entity, function in (("who", "data"), ("unicef", "finance"), ("itc", "delivery")):
        folder.add(
            "roles", entity=entity, role="capacity-partner", functions=function, source=source,
            **SUPPORT,
        )  # fmt: skip


class TestCollaboration:
    def test_the_shipped_numbers_are_those_of_the_query(self, graph: Graph, tables: Tables) -> None:
        shipped = Snapshot("shipped", "tables", graph.data_version, graph.data_hash, tables.rows)
        found = compare_snapshots(shipped, shipped)
        assert found.collaboration.reaching.new == reaching(graph) > 10
        assert found.every == ()

    def test_an_agreement_that_reaches_by_new_sources_alone(self, folder: DataFolder) -> None:
        folder.add("sources", **NEW_SOURCE)
        supported(folder, "new-report")
        found = changed(folder).collaboration
        before, after = open_graph("memory:", SMALL), open_graph("memory:", folder.path)
        assert (found.reaching.old, found.reaching.new) == (reaching(before), reaching(after))
        assert found.reaching.difference == 1
        assert found.on_common.difference == 0
        assert (found.links_added, found.links_read) == (3, 3)
        assert (found.claims_added, found.claims_read) == (3, 3)
        assert found.sources_added == ("new-report",)
        (crossing,) = found.crossings
        assert (crossing.agreement, crossing.direction) == ("basel-ban", "reached")
        assert not crossing.common
        assert crossing.old == Width(0, 0)
        assert crossing.new == Width(3, 3)

    def test_an_agreement_that_reaches_by_sources_known_before(self, folder: DataFolder) -> None:
        supported(folder, folder.get("sources", "id"))
        found = changed(folder).collaboration
        assert found.on_common.difference == found.reaching.difference == 1
        assert (found.links_added, found.links_read, found.claims_read) == (3, 0, 0)
        assert found.crossings[0].common
        back = compare(folder.path, SMALL).collaboration
        assert back.crossings[0].direction == "no longer reached"
        assert back.crossings[0].common
        assert back.reaching.difference == -1
        assert back.sentences[1].startswith("No claim was added that is stated")

    @pytest.mark.parametrize(
        "cells",
        [{}, {"role": "depositary"}, {"basis": "inferred"}, {"standing": "historic"}],
    )
    def test_some_roles_do_not_count(self, folder: DataFolder, cells: dict[str, str]) -> None:
        folder.add("sources", **NEW_SOURCE)
        folder.add("concepts", id="depositary", scheme="role", label="Depositary", definition="…")
        role = {**SUPPORT, "entity": "who", "role": "capacity-partner", "source": "new-report"}
        folder.add("roles", **{**role, **cells})
        found = changed(folder).collaboration
        counted = 0 if cells else 1
        assert (found.links.difference, found.links_added) == (counted, counted)

    def test_a_link_that_an_old_source_says_too_is_not_merely_read(
        self, folder: DataFolder
    ) -> None:
        folder.add("sources", **NEW_SOURCE)
        for source in ("new-report", folder.get("sources", "id")):
            folder.add("roles", **{**SUPPORT, "entity": "who", "source": source})
        found = changed(folder).collaboration
        assert (found.links_added, found.links_read) == (1, 0)
        assert (found.claims_added, found.claims_read) == (2, 1)


class TestStores:
    def test_a_graph_gives_back_every_row_of_its_tables(self, small: Snapshot) -> None:
        stored = stored_rows(open_graph("memory:", SMALL).store)
        assert stored.keys() == RECORDS.keys()
        for table, rows in small.rows.items():
            assert {*map(_cells, stored[table])} == {*map(_cells, rows)}, table

    def test_both_ways_of_reading_tell_the_same(self, folder: DataFolder, tmp_path: Path) -> None:
        edit_much(folder)
        build_store(tmp_path / "old", SMALL)
        build_store(tmp_path / "new", folder.path)
        read = compare(SMALL, folder.path)
        assert {one.change for one in read.every} == {"added", "ended", "changed"}
        for old, new in (
            (tmp_path / "old", tmp_path / "new"),
            (SMALL, tmp_path / "new"),
            (tmp_path / "old", folder.path),
        ):
            found = compare(old, new)
            assert found.every == read.every
            assert found.collaboration == read.collaboration
            assert found.tallies == read.tallies
            assert found.method == read.method

    def test_a_graph_and_its_own_tables_say_the_same(self, tmp_path: Path) -> None:
        build_store(tmp_path / "store", SMALL)
        found = compare(SMALL, tmp_path / "store")
        assert found.finding == "Nothing changed: the two say the same."
        assert (found.old.form, found.new.form) == ("tables", "built graph")
        assert compare(tmp_path / "store", SMALL).new.form == "tables"

    def test_a_graph_is_read_as_it_is_though_its_tables_have_changed(
        self, folder: DataFolder, tmp_path: Path
    ) -> None:
        build_store(tmp_path / "store", folder.path)
        before = (tmp_path / "store" / "current").read_text(encoding="utf-8")
        folder.remove("roles", 2)
        assert only(compare(tmp_path / "store", folder.path)).gone
        assert (tmp_path / "store" / "current").read_text(encoding="utf-8") == before

    def test_a_graph_without_a_readable_manifest(self, tmp_path: Path) -> None:
        build_store(tmp_path / "store", SMALL)
        for manifest in (tmp_path / "store").glob("builds/*/manifest.json"):
            manifest.write_text("{", encoding="utf-8")
        with pytest.raises(StoreError, match="does not say of what it was made; build it again"):
            compare(SMALL, tmp_path / "store")

    def test_what_is_computed_is_no_row(self, small: Snapshot) -> None:
        from pyoxigraph import Literal, NamedNode, Quad

        from emg_graph import namespaces as ns

        store = open_graph("memory:", SMALL).store
        role = next(claim_iri(row) for row in small.rows["roles"])
        summary, kept = NamedNode(ns.expand("dcterms:description")), stored_rows(store)
        graph = NamedNode(f"{ns.GRAPH_COMPUTED}/overlap-1")
        store.load([Quad(NamedNode(role), summary, Literal("Computed", language="en"), graph)])
        assert stored_rows(store) == kept

    def test_a_graph_of_another_version(self) -> None:
        from pyoxigraph import NamedNode, Quad

        from emg_graph import namespaces as ns

        claim, source = NamedNode(f"{ns.BASE}claim/1"), NamedNode(f"{ns.BASE}source/s")
        store = Store.memory()
        types = (NamedNode(ns.expand(name)) for name in ("emg:Claim", "emg:Role"))
        store.load(Quad(claim, NamedNode(ns.expand("rdf:type")), one, source) for one in types)
        with pytest.raises(StoreError, match="claim/1, which is a row of no table"):
            stored_rows(store)


def _cells(row: Row) -> tuple[object, ...]:
    """Return the values of a row; a number without the zeros that a store does not keep."""
    return tuple(
        float(value) if column.number and value else value
        for column in columns(type(row))
        for value in [getattr(row, column.name)]
    )


def edit_much(folder: DataFolder) -> None:
    """Make a change of every kind, in things and in claims."""
    folder.add("sources", **NEW_SOURCE)
    supported(folder, "new-report")
    folder.remove("roles", 4)
    folder.set("roles", "to_on", "2025-06", 2)
    folder.set("roles", "standing", "historic", 2)
    folder.set("roles", "note", "Another note.", 1)
    folder.set("participations", "standing", "historic", 1)
    folder.set("mechanisms", "ended_on", "2024", 1)
    folder.set("agreements", "themes", "mercury", 1)
    folder.set("products", "inferred_agreements", "basel", 0)
    folder.set("targets", "name", "Another name", 0)
    folder.set("concepts", "alt_fr", "autre", 0)
    folder.set("expenditures", "amount_usd", "12.50", 0)
    folder.set("positions", "locator", "para. 99", 0)
    folder.add("concepts", **WITHDRAWN)
    folder.set("parties", "status", "withdrawn", 1)


Rows = Mapping[str, Sequence[Row]]
EDITED = ("roles", "participations", "agreements", "parties", "figures", "sources", "searches")


@st.composite
def snapshots(draw: st.DrawFn, small: Snapshot) -> Snapshot:
    """Return the small data with some rows left out and some cells changed."""
    rows: dict[str, Sequence[Row]] = dict(small.rows)
    for table in draw(st.sets(st.sampled_from(EDITED), max_size=3)):
        kept = [draw(edited(row)) for row in small.rows[table] if draw(st.integers(0, 5))]
        rows[table] = tuple({_identity(row): row for row in kept}.values())
    return replace(small, rows=rows)


@st.composite
def edited(draw: st.DrawFn, row: Row) -> Row:
    """Return a row, some of whose cells may be other than they were."""
    names = {
        "note", "standing", "to_on", "status", "scope", "themes", "functions", "value", "locator",
    }  # fmt: skip
    own = sorted(names & type(row).model_fields.keys())
    update: dict[str, object] = {}
    for name in draw(st.sets(st.sampled_from(own), max_size=2)) if own else ():
        value = draw(st.sampled_from(("a", "b", "historic")))
        update[name] = (value,) if name in ("themes", "functions") else value
    return row.model_copy(update=update)


def _identity(row: Row) -> tuple[object, ...]:
    names = ("id",) if isinstance(row, Thing) else row.IDENTITY  # type: ignore[attr-defined]
    return tuple(getattr(row, name) for name in names)


def alone(found: Comparison) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the rows that the new snapshot alone holds, and those that the old alone does."""
    added = {(one.table, one.id) for one in found.every if one.change == "added"}
    return added, {(one.table, one.id) for one in found.every if one.gone}


def cells(found: Comparison) -> list[tuple[str, str, str, str]]:
    """Return each cell that differs: table, column, old, new."""
    return sorted(
        (one.table, value.column, value.old, value.new)
        for one in found.every
        for value in one.values
    )


class TestProperties:
    @given(st.data())
    @settings(max_examples=25)
    def test_a_snapshot_does_not_differ_from_itself(
        self, small: Snapshot, data: st.DataObject
    ) -> None:
        one = data.draw(snapshots(small))
        same = replace(one, rows={name: tuple(reversed(rows)) for name, rows in one.rows.items()})
        found = compare_snapshots(one, same)
        assert found.every == ()
        assert found.finding.startswith("Nothing changed")
        assert all(moved.difference == 0 for moved in found.collaboration.counts)

    @given(st.data())
    @settings(max_examples=40)
    def test_the_way_back_mirrors_the_way_there(self, small: Snapshot, data: st.DataObject) -> None:
        one, other = data.draw(snapshots(small)), data.draw(snapshots(small))
        there, back = compare_snapshots(one, other), compare_snapshots(other, one)
        assert alone(there) == alone(back)[::-1]
        assert cells(there) == sorted((one, two, new, old) for one, two, old, new in cells(back))
        for here, way in zip(there.collaboration.counts, back.collaboration.counts, strict=True):
            assert (here.old, here.new) == (way.new, way.old)

    @given(st.data())
    @settings(max_examples=40)
    def test_a_row_more_is_one_row_added(self, small: Snapshot, data: st.DataObject) -> None:
        table = data.draw(st.sampled_from([name for name in RECORDS if small.rows[name]]))
        place = data.draw(st.integers(0, len(small.rows[table]) - 1))
        rows = small.rows[table]
        less = replace(small, rows={**small.rows, table: (*rows[:place], *rows[place + 1 :])})
        found = compare_snapshots(less, small)
        assert [(one.change, one.table) for one in found.every] == [("added", table)]
        assert only(found).name == Wording(small).named(rows[place])

    @given(st.data())
    @settings(max_examples=25)
    def test_counts_add_up(self, small: Snapshot, data: st.DataObject) -> None:
        one, other = data.draw(snapshots(small)), data.draw(snapshots(small))
        found = compare_snapshots(one, other)
        for tally in found.tallies:
            gone = sum(change.gone for change in found.every if change.table == tally.table)
            assert tally.new == tally.old + tally.added - gone
            told_of = [change for change in found.every if change.table == tally.table]
            parts = tally.added + tally.ended + tally.changed + tally.editorial
            assert parts == len(told_of)
            assert tally.not_stated <= parts


class TestUnkindInput:
    @pytest.mark.parametrize(
        ("made", "words"),
        [
            (lambda place: place / "nowhere", "there is no folder .*nowhere; name a folder of"),
            (lambda place: _file(place / "roles.csv"), "roles.csv is a file; name the folder"),
            (lambda place: _folder(place / "empty"), "holds no tables .* and no built graph"),
            (lambda place: _text(place / "texts"), "holds no tables"),
            (lambda place: _torn(place / "torn"), "holds no tables"),
            (lambda _: "memory:", "memory: keeps nothing; name a folder"),
            (lambda _: "https://example.org/data", "is a web address; name a folder"),
        ],
    )
    def test_what_is_no_snapshot(
        self, tmp_path: Path, made: Callable[[Path], Path | str], words: str
    ) -> None:
        unfit = made(tmp_path)
        for pair in ((unfit, SMALL), (SMALL, unfit)):
            with pytest.raises(StoreError, match=words):
                compare(*pair)

    def test_a_folder_that_may_not_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(_: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refused)
        with pytest.raises(StoreError, match="cannot be read: Permission denied"):
            compare(tmp_path, SMALL)

    def test_bad_rows_are_told_as_by_whoever_reads_them(self, folder: DataFolder) -> None:
        folder.set("roles", "entity", "nobody", 0)
        folder.set("roles", "standing", "", 1)
        with pytest.raises(DataError) as told_by_tables:
            read_tables(folder.path)
        with pytest.raises(DataError) as told_here:
            changed(folder)
        assert str(told_here.value) == str(told_by_tables.value)
        assert told_here.value.total == 2

    def test_a_document_with_the_name_of_a_table(self, folder: DataFolder) -> None:
        folder.file("roles").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
        with pytest.raises(DataError, match=r"roles\.csv:2: is not UTF-8"):
            changed(folder)

    def test_tables_without_rows(self, folder: DataFolder) -> None:
        for table in RECORDS:
            folder.write(table, folder.read(table)[:1])
        with pytest.raises(DataError, match="has a header and no rows"):
            changed(folder)

    def test_the_same_folder_twice_by_other_names(self, folder: DataFolder) -> None:
        around = folder.path.parent / "x" / ".." / folder.path.name
        (folder.path.parent / "x").mkdir()
        found = compare(folder.path, around)
        assert found.finding == "Nothing changed: both are the same folder."
        other = DataFolder(folder.path.parent / "other")
        found = compare(folder.path, other.path)
        assert found.finding == "Nothing changed: the two say the same."

    def test_the_command_says_it_in_one_line(self, process: Process, tmp_path: Path) -> None:
        done = process("compare", SMALL, tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("error: ")
        assert done.stderr.count("\n") == 1


def _file(path: Path) -> Path:
    path.write_text("entity,agreement\n", encoding="utf-8")
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _text(path: Path) -> Path:
    _folder(path)
    _file(path / "notes.txt")
    return path


def _torn(path: Path) -> Path:
    """Return a store whose build has not come to its end."""
    (path / "builds").mkdir(parents=True)
    (path / "current").write_text("nothing", encoding="utf-8")
    return path


class TestCommand:
    @pytest.fixture
    def edited(self, folder: DataFolder) -> Path:
        edit_much(folder)
        return folder.path

    def test_the_table_fits_and_tells_each_part(self, run: Run, edited: Path) -> None:
        result = run("compare", SMALL, edited)
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        text = result.stdout
        assert max(map(len, text.splitlines())) <= 100
        assert "\nRoles added (3)\n" in text
        assert "\nParticipations ended or gone (1)\n" in text
        assert text.index("\nTHINGS: ") < text.index("\nCLAIMS: ") < text.index("\nRoles added")
        assert "      to on: (empty) → 2025-06\n" in text
        assert "      themes: added mercury; removed " in text
        assert "HOW SYSTEM-WIDE COLLABORATION MOVED ON RECORD" in text
        moved = (
            "reached; entities or mechanisms 0 → 3, functions 0 → 3; not so on the sources alone"
        )
        assert f"(basel-ban): {moved} that both have" in " ".join(text.split())
        assert "(not shown; --all shows them)" in " ".join(text.split())

    def test_the_limit_says_what_is_hidden(self, run: Run, edited: Path) -> None:
        text = run("compare", SMALL, edited, "--limit", "1").stdout
        assert "  … and 2 more; --limit 0 shows all 3\n" in text
        assert "… and" not in run("compare", SMALL, edited, "--limit", "0").stdout
        rows = run("compare", SMALL, edited, "--limit", "1", "--kind", "roles", "--format", "csv")
        assert "emg-graph: Roles added: … and 2 more; --limit 0 shows all 3\n" in rows.stderr
        assert rows.stdout.count("\nadded,") == 1

    def test_a_negative_limit_is_refused(self, process: Process) -> None:
        done = process("compare", SMALL, SMALL, "--limit", "-1")
        assert done.returncode == 2
        assert "is not in the range x>=0" in done.stderr

    @pytest.mark.parametrize("form", ["csv", "tsv"])
    def test_rows_for_a_spreadsheet(self, run: Run, edited: Path, form: str) -> None:
        result = run("compare", SMALL, edited, "--format", form, "--all")
        mark = "," if form == "csv" else "\t"
        header, *rows = csv.reader(io.StringIO(result.stdout), delimiter=mark)
        assert tuple(header) == COLUMNS
        table = compare(SMALL, edited, editorial=True).to_table()
        assert len(rows) == len(table)
        assert result.stderr == ""

    def test_json_holds_every_row_whole(self, run: Run, edited: Path) -> None:
        result = run("compare", SMALL, edited, "--format", "json")
        data = json.loads(result.stdout)
        found = compare(SMALL, edited)
        assert [one["id"] for one in data["changes"]] == [one.id for one in found.changes]
        added = next(one for one in data["changes"] if one["table"] == "roles")
        assert added["row"]["agreement"] == "basel-ban"
        assert (added["source"], added["locator"]) == ("new-report", "p. 9")
        assert data["old"]["data_hash"] == found.old.data_hash
        assert data["method"]["data"] == found.new.data_hash
        assert data["collaboration"]["reaching"]["new"] == found.collaboration.reaching.new
        assert result.stderr.startswith("emg-graph: 1 row is not shown")

    @pytest.mark.parametrize("form", ["jsonl", "md"])
    def test_lines_for_programs_and_documents(self, run: Run, edited: Path, form: str) -> None:
        result = run("compare", SMALL, edited, "--format", form)
        assert result.exit_code == 0
        first = result.stdout.splitlines()[0]
        assert first.startswith('{"change": "added"' if form == "jsonl" else "| change | how |")

    def test_a_file_that_ends_in_html_is_a_page(
        self, run: Run, edited: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "page.html"
        result = run("compare", SMALL, edited, "-o", file)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr.startswith("emg-graph: 1 row is not shown")
        page = file.read_text(encoding="utf-8")
        assert page == run("compare", SMALL, edited, "--format", "html").stdout
        assert page == to_html(compare(SMALL, edited), 40)

    def test_nothing_changed_in_words(self, run: Run) -> None:
        result = run("compare", SMALL, SMALL)
        assert result.exit_code == 0
        assert "\nNothing changed: both are the same folder.\n" in result.stdout
        assert "COLLABORATION" not in result.stdout
        rows = run("compare", SMALL, SMALL, "--format", "csv")
        assert rows.stdout == ",".join(COLUMNS) + "\n"
        assert rows.stderr == "emg-graph: Nothing changed: both are the same folder.\n"

    def test_what_takes_long_is_announced(
        self, run: Run, edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        build_store(tmp_path / "store", edited)
        monkeypatch.setattr("emg_graph.analysis.comparison.snapshot._LARGE", 0)
        monkeypatch.setattr("emg_graph.analysis.comparison.snapshot._MANY", 0)
        result = run("compare", SMALL, tmp_path / "store")
        assert result.stderr == (
            f"emg-graph: reading the tables in {SMALL}\n"
            f"emg-graph: reading the graph in {tmp_path / 'store'}\n"
        )

    def test_the_shipped_tables_have_a_word(
        self, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("emg_graph.analysis.comparison.snapshot.folder", lambda _: SMALL)
        result = run("compare", "shipped", SMALL)
        assert result.stdout.startswith("Old: shipped (tables, data small, sha256 ")
        assert "both are the same folder" in result.stdout

    def test_the_same_bytes_whatever_the_seed_of_hashes(
        self, process: Process, edited: Path
    ) -> None:
        args = ("compare", SMALL, edited, "--all", "--format")
        for form in ("json", "html"):
            printed = {
                process(*args, form, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
            }
            assert len(printed) == 1
            assert printed != {""}


class TestPage:
    def test_it_says_what_the_text_says(self, folder: DataFolder) -> None:
        edit_much(folder)
        found = changed(folder)
        page = to_html(found)
        for one in found.changes:
            assert one.name in page
        assert "<script" not in page
        assert found.finding in page
        assert found.new.data_hash in page
        assert page.count('<li id="s') == len(
            {one.citation.source for one in found.changes if one.citation}
        )

    def test_a_limit_is_said(self, folder: DataFolder) -> None:
        edit_much(folder)
        assert "… and 2 more; --limit 0 shows all 3" in to_html(changed(folder), 1)

    def test_no_crossing_and_no_change_are_said(self, folder: DataFolder) -> None:
        assert "Nothing changed" in to_html(changed(folder))
        folder.remove("roles", 2)
        assert "No agreement has crossed the line." in to_html(changed(folder))

    def test_a_payload_stays_text(self, tmp_path: Path) -> None:
        hostile = write_payloads(tmp_path / "hostile")
        found = compare(SMALL, hostile)
        assert found.changes
        page = to_html(found)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert PAYLOAD.split("</")[0] not in page

    def test_a_notebook_shows_the_finding_and_the_rows(self, folder: DataFolder) -> None:
        folder.remove("roles", 2)
        shown = changed(folder)._repr_html_()
        assert "1 ended (1 of them gone from the record)" in shown
        assert "row gone" in shown

    def test_every_form_is_short_of_nothing(self, folder: DataFolder) -> None:
        edit_much(folder)
        found = changed(folder, editorial=True)
        assert "autre" in to_text(found)
        assert "autre" in to_json(found)
        assert "autre" in to_html(found)


class TestApi:
    def test_the_names_are_public(self) -> None:
        assert emg_graph.compare is compare
        assert emg_graph.Comparison is Comparison

    def test_the_same_tables_are_read_once(self) -> None:
        old, new = read_snapshots(SMALL, SMALL)
        assert old.rows is new.rows
        assert all(isinstance(row, Role) for row in old.rows["roles"])
