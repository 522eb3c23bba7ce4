"""Overlays: rows added, corrected and retired; what is wrong is told where it stands."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from folders import SMALL, DataFolder
from hypothesis import given, settings
from hypothesis import strategies as st
from overlays import NEW, ROLE, SOURCE, WHO, Rows, written
from pyoxigraph import Quad

from emg_graph import loader
from emg_graph.build import open_store
from emg_graph.errors import DataError
from emg_graph.records import RECORDS
from emg_graph.resources import folder as shipped
from emg_graph.tables import canonical, format_folder, read_tables
from emg_graph.tables.lines import RETIRED

Lay = Callable[..., Path]

CITED = {"source": "system-chart", "locator": "panel 2"}
"""Where a correction is found, which it has to say."""


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Return a function that writes an overlay and returns its folder."""

    def write(name: str = "team", **tables: Rows) -> Path:
        return written(tmp_path / name, tables)

    return write


def said(*overlays: Path, data: Path = SMALL) -> list[str]:
    """Return what is wrong with a folder and its overlays, each problem in its words."""
    with pytest.raises(DataError) as caught:
        read_tables(data, overlays)
    assert caught.value.total == len(caught.value.problems)
    return [str(problem) for problem in caught.value.problems]


def cells(table: str, *overlays: Path, **wanted: str) -> list[dict[str, Any]]:
    """Return the rows of a table that have these values, once the overlays are laid over it."""
    rows = (dict(row) for row in read_tables(SMALL, overlays).rows[table])
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def quads(*overlays: Path, data: Path = SMALL) -> set[Quad]:
    return set(loader.quads(read_tables(data, overlays)))


# Adding


def test_a_new_thing_with_its_source_and_its_claims_is_added(lay: Lay) -> None:
    team = lay(sources=[SOURCE], entities=[NEW], roles=[ROLE])
    (office,) = cells("entities", team, id="er-office")
    assert (office["name"], office["acronym"]) == ("Environment Office", None)
    assert len(cells("roles", team, entity="er-office")) == 1
    assert quads(team) > quads()


def test_rows_below_stay_as_they_are(lay: Lay) -> None:
    team = lay(sources=[SOURCE], entities=[NEW])
    before, after = read_tables(SMALL).rows, read_tables(SMALL, [team]).rows
    assert set(after["entities"]) > set(before["entities"])
    assert after["roles"] == before["roles"]


def test_a_claim_that_differs_below_in_its_place_only_is_another_one(lay: Lay) -> None:
    team = lay(sources=[SOURCE], roles=[{**ROLE, "entity": "who"}, {**ROLE, **WHO, "locator": "x"}])
    assert len(cells("roles", team, entity="who")) == len(cells("roles", entity="who")) + 2


def test_columns_stand_in_any_order_and_are_trimmed(lay: Lay) -> None:
    backwards = {name: f" {cell} " for name, cell in reversed(NEW.items())}
    assert quads(lay(sources=[SOURCE], entities=[backwards])) == quads(
        lay("other", sources=[SOURCE], entities=[NEW])
    )


def test_a_table_with_a_header_alone_is_a_form_to_be_filled_in(lay: Lay) -> None:
    team = lay(entities=[NEW])
    (team / "entities.csv").write_text("id,name,retired\n", encoding="utf-8")
    assert quads(team) == quads()


def test_files_that_are_no_csv_and_hidden_ones_are_passed_over(lay: Lay) -> None:
    team = lay(sources=[SOURCE])
    for name in ("notes.txt", "VERSION", "._roles.csv", ".~lock.roles.csv#", "roles.xlsx"):
        (team / name).write_text("mine", encoding="utf-8")
    assert read_tables(SMALL, [team])


# Correcting


def test_a_cell_with_a_value_replaces_the_one_below_and_no_other(lay: Lay) -> None:
    changed = {"homepage": "https://www.who.int/team", **CITED}
    team = lay(entities=[{"id": "who", "acronym": "", **changed}])
    (before,), (after,) = cells("entities", id="who"), cells("entities", team, id="who")
    assert after == {**before, **changed}


@pytest.mark.parametrize("cited", [{}, {"source": "som31-report"}, {"locator": "p. 4"}])
def test_a_correction_without_a_source_and_locator_of_its_own_is_told(
    lay: Lay, cited: dict[str, str]
) -> None:
    team = lay(entities=[{"id": "who", "note": "x", "homepage": "https://www.who.int/t", **cited}])
    assert said(team) == [
        "team/entities.csv:2 homepage: 'https://www.who.int/t' is not what system-chart says, which"
        " the row goes on citing; give the source and the locator of the correction in this row too"
    ]


def test_a_position_says_where_its_correction_is_found(lay: Lay) -> None:
    team = lay(positions=[{"id": "som31-s10-unicef", "acts": "said|proposed", "locator": "p. 4"}])
    assert said(team) == [
        "team/positions.csv:2 acts: 'proposed|said' is not what som31-report says, which the row "
        "goes on citing; give the source and the locator of the correction in this row too"
    ]


@pytest.mark.parametrize(
    "row",
    [
        {"note": "Ask first"},
        {"also_sources": "er-plan"},
        {"acronym": "-"},
        {"acronym": "WHO"},
    ],
    ids=["a note", "further sources", "an emptied cell", "a repeated cell"],
)
def test_what_puts_no_new_words_under_a_source_needs_none(lay: Lay, row: dict[str, str]) -> None:
    assert read_tables(SMALL, [lay(sources=[SOURCE], entities=[{"id": "who", **row}])])


def test_retiring_needs_no_source_whatever_else_the_row_holds(lay: Lay) -> None:
    first = lay("first", sources=[SOURCE], entities=[NEW])
    second = lay("second", entities=[{"id": NEW["id"], "name": "Old office", "retired": "yes"}])
    assert cells("entities", first, second, id=NEW["id"]) == []


def test_a_concept_is_corrected_without_a_source_since_it_cites_none(lay: Lay) -> None:
    team = lay(concepts=[{"id": "capacity-partner", "definition": "Trains people."}])
    (after,) = cells("concepts", team, id="capacity-partner")
    assert after["definition"] == "Trains people."


def test_a_claim_is_corrected_by_what_makes_it(lay: Lay) -> None:
    team = lay(roles=[{**WHO, "summary": "Is asked first"}])
    before, after = cells("roles", **WHO), cells("roles", team, **WHO)
    assert after == [{**before[0], "summary": "Is asked first"}]
    assert len(read_tables(SMALL, [team]).rows["roles"]) == len(read_tables(SMALL).rows["roles"])


def test_the_period_of_a_claim_says_which_is_meant(lay: Lay) -> None:
    copy = {**WHO, "source": "vdocuments-23-22-united-nations", "locator": "UNEP/MC/COP.1/INF/5"}
    team = lay(roles=[{**copy, "from_on": "2013", "to_on": "2017", "note": "Read again"}])
    assert [row["note"] for row in cells("roles", team, **copy)] == ["Read again"]
    assert said(lay("no-period", roles=[{**copy, "note": "Read again"}])) == [
        "no-period/roles.csv:2: makes a claim that is in no row of roles.csv below, and a row that "
        "adds it needs functions, basis, standing, summary, confidence too; did you mean "
        "roles.csv:14? There its from_on is '2013' and its to_on is '2017'"
    ]


def test_a_position_goes_by_its_id_so_that_all_else_can_be_corrected(lay: Lay) -> None:
    cited = {"source": "som31-report", "locator": "p. 4"}
    team = lay(positions=[{"id": "som31-s10-unicef", "acts": "said|proposed", **cited}])
    (after,) = cells("positions", team, entity="unicef")
    assert (after["acts"], after["locator"]) == (("proposed", "said"), "p. 4")


def test_a_hyphen_empties_what_may_be_empty(lay: Lay) -> None:
    team = lay(entities=[{"id": "who", "acronym": "-", "aliases": " - ", "note": "-"}])
    (after,) = cells("entities", team, id="who")
    assert (after["acronym"], after["aliases"], after["note"]) == (None, (), None)


def test_in_a_new_row_a_hyphen_is_an_empty_cell(lay: Lay) -> None:
    dashed = {**ROLE, "entity": "who", "via_mechanism": "-", "from_on": "-", "note": "-"}
    plain = {**ROLE, "entity": "who"}
    assert quads(lay(sources=[SOURCE], roles=[dashed])) == quads(
        lay("plain", sources=[SOURCE], roles=[plain])
    )


@pytest.mark.parametrize("path", [SMALL, shipped("data")], ids=["small", "shipped"])
def test_no_cell_of_the_tables_is_a_lone_hyphen_nor_a_column_called_retired(path: Path) -> None:
    """Else a copy of them, laid over them, would say something else."""
    for file in path.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        assert RETIRED not in header
        assert not any("-" in row for row in rows)


def test_a_correction_is_checked_where_it_stands_and_what_is_kept_where_that_stands(
    lay: Lay, tmp_path: Path
) -> None:
    data = DataFolder(tmp_path / "data")
    data.set("agreements", "adopted_on", "soon", row=2)
    wrong = {"kind": "treaty", "homepage": "minamata.org"}
    team = lay(agreements=[{"id": "minamata", **wrong, **CITED}])
    assert said(team, data=data.path) == [
        "agreements.csv:4 adopted_on: 'soon' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
        "team/agreements.csv:2 homepage: 'minamata.org' is not a web address; begin with http:// or"
        " https://, and write %5B for [, %20 for a space and so on",
        "team/agreements.csv:2 kind: 'treaty' is unknown; it must be a concept of the scheme "
        "'agreement-kind'",
    ]


# Retiring


def test_a_claim_that_is_retired_is_gone(lay: Lay) -> None:
    team = lay(roles=[{**WHO, "retired": "yes", "note": "Out of date"}])
    assert cells("roles", team, **WHO) == []
    assert quads(team) < quads()


def test_a_thing_is_retired_with_what_refers_to_it(lay: Lay) -> None:
    products = [row["id"] for row in cells("products")]
    (found,) = cells("searches", subject="unicef-minamata-mercury-report")
    search = {name: str(found[name]) for name in ("subject", "looked_for", "source", "locator")}
    search["sources_searched"] = "|".join(found["sources_searched"])
    team = lay(
        products=[{"id": str(identifier), "retired": "yes"} for identifier in products],
        positions=[{"id": "som31-s10-unicef", "named_products": "-"}],
        searches=[{**search, "retired": "yes"}],
    )
    assert cells("products", team) == []


def test_what_refers_to_a_retired_thing_is_told_with_both_places_and_the_remedy(lay: Lay) -> None:
    team = lay(mechanisms=[{"id": "gef", "retired": "yes"}])
    remedy = "in an overlay, retire this row as well or correct its cell"
    cells = [
        "projects.csv:2 fund", "projects.csv:3 fund", "roles.csv:4 entity",
        "roles.csv:15 via_mechanism", "portfolio_counts.csv:2 fund", "portfolio_counts.csv:3 fund",
    ]  # fmt: skip
    assert said(team) == [
        f"{cell}: 'gef' was retired in team/mechanisms.csv:2; {remedy}" for cell in cells
    ]


def test_a_row_of_the_overlay_that_names_a_retired_source_is_told(lay: Lay) -> None:
    team = lay("team", sources=[SOURCE], entities=[NEW])
    later = lay("later", sources=[{"id": "er-plan", "retired": "yes"}])
    assert said(team, later) == [
        "team/entities.csv:2 source: 'er-plan' was retired in later/sources.csv:2; "
        "in an overlay, retire this row as well or correct its cell"
    ]


def test_an_id_may_move_to_another_table(lay: Lay) -> None:
    mechanism = {
        **{name: cell for name, cell in NEW.items() if name != "emg_status"},
        "id": "unu", "source": "som31-report", "kind": "network", "themes": "waste",
        "standing": "current", "membership": "partial",
    }  # fmt: skip
    team = lay(entities=[{"id": "unu", "retired": "yes"}], mechanisms=[mechanism])
    assert any("'unu' is not an id of entities.csv" in line for line in said(team))


# What is wrong is told, one by one


def test_a_correction_of_an_unknown_id_is_told_with_the_likeliest_and_what_a_new_row_needs(
    lay: Lay,
) -> None:
    assert said(lay(mechanisms=[{"id": "green-custom", "homepage": "https://a.org"}])) == [
        "team/mechanisms.csv:2 id: 'green-custom' is in no row of mechanisms.csv below, and a row "
        "that adds it needs name, kind, standing, themes, membership, source, locator, confidence "
        "too; did you mean 'green-customs'?"
    ]


def test_an_unknown_id_like_no_other_is_told_what_to_do(lay: Lay) -> None:
    assert said(lay(countries=[{"id": "xyz", "name": "X", "iso3": "XYZ", "source": ""}])) == [
        "team/countries.csv:2 id: 'xyz' is in no row of countries.csv below, and a row that adds it"
        " needs source, locator too; correct the id, or add the whole row"
    ]


def test_an_id_of_another_table_is_told_where_it_belongs(lay: Lay) -> None:
    assert said(lay(entities=[{"id": "gef", "note": "x"}, {"id": "iomc", "note": "x"}])) == [
        "team/entities.csv:2 id: 'gef' is in no row of entities.csv below, and a row that adds it "
        "needs name, kind, emg_status, source, locator, confidence too; it stands in "
        "mechanisms.csv:2: put this row into mechanisms.csv",
        "team/entities.csv:3 id: 'iomc' is in no row of entities.csv below, and a row that adds it "
        "needs name, kind, emg_status, source, locator, confidence too; correct the id, or add the "
        "whole row",
    ]


def test_retiring_an_unknown_id_is_told_with_the_likeliest(lay: Lay) -> None:
    assert said(lay(entities=[{"id": "uniceff", "retired": "yes"}])) == [
        "team/entities.csv:2 id: 'uniceff' is in no row of entities.csv below, so there is nothing "
        "to retire; did you mean 'unicef'?"
    ]


def test_retiring_what_an_overlay_below_has_retired_is_told_so(lay: Lay) -> None:
    rows: Rows = [{"id": "unicef-minamata-mercury-report", "retired": "yes"}]
    fix: Rows = [{"id": "som31-s10-unicef", "named_products": "-"}]
    first, second = lay("first", products=rows, positions=fix), lay("second", products=rows)
    assert said(first, second) == [
        "second/products.csv:2 id: 'unicef-minamata-mercury-report' is in no row of products.csv "
        "below, so there is nothing to retire; it was retired in first/products.csv:2"
    ]


@pytest.mark.parametrize(
    ("changed", "hint"),
    [
        ({"locator": "Art. 16"}, "did you mean roles.csv:13? There its locator is 'Art. 16.2'"),
        (
            {"locator": "Art. 16", "to_on": "2020"},
            "did you mean roles.csv:13? There its to_on is empty and its locator is 'Art. 16.2'",
        ),
        (
            {"locator": "p. 1", "to_on": "2020", "source": "system-chart"},
            "repeat the cells below that make it, or add the whole row",
        ),
    ],
    ids=["one", "two", "three"],
)
def test_retiring_a_claim_that_is_not_below_is_told_with_the_nearest(
    lay: Lay, changed: dict[str, str], hint: str
) -> None:
    assert said(lay(roles=[{**WHO, **changed, "retired": "yes"}])) == [
        "team/roles.csv:2: makes a claim that is in no row of roles.csv below, so there is nothing "
        f"to retire; {hint}"
    ]


def test_a_hyphen_in_a_required_column_is_told_once(lay: Lay) -> None:
    remedy = "give a value, or leave it empty to keep the one below"
    what = f"'-' would empty the cell, and this column is required; {remedy}"
    old, new = {"id": "who", "name": "-", "kind": "-"}, {**NEW, "source": "-"}
    assert said(lay(sources=[SOURCE], entities=[old, new])) == [
        f"team/entities.csv:2 name: {what}",
        f"team/entities.csv:2 kind: {what}",
        f"team/entities.csv:3 source: {what}",
    ]


@pytest.mark.parametrize("cell", ["no", "YES", "x", "-", "2026"])
def test_retired_is_yes_or_empty(lay: Lay, cell: str) -> None:
    assert said(lay(entities=[{"id": "who", "retired": cell}])) == [
        f"team/entities.csv:2 retired: {cell!r} is not 'yes'; write yes, or leave it empty"
    ]


@pytest.mark.parametrize("retired", ["", "yes"])
def test_a_row_that_does_not_say_which_is_meant_is_told(lay: Lay, retired: str) -> None:
    team = lay(
        entities=[{"id": " ", "name": "x", "retired": retired}],
        roles=[{**WHO, "source": "", "retired": retired}],
    )
    assert said(team) == [
        "team/entities.csv:2 id: is empty; this column says which row is meant",
        "team/roles.csv:2 source: is empty; this column says which row is meant",
    ]


def test_two_rows_of_an_overlay_on_the_same_are_told(lay: Lay) -> None:
    team = lay(
        entities=[{"id": "who", "note": "a"}, {"id": "who", "retired": "yes"}],
        roles=[{**WHO, "note": "a"}, {**WHO, "note": "b"}],
    )
    assert said(team) == [
        "team/entities.csv:3 id: 'who' is already the id of another row; see team/entities.csv:2",
        "team/roles.csv:3: makes the same claim as line 2; merge the two, or tell them apart in "
        "entity, agreement, role, via_mechanism, from_on, to_on, source, locator",
    ]


def test_an_id_that_another_table_has_is_told_of_the_overlay_though_its_table_comes_first(
    lay: Lay,
) -> None:
    team = lay(sources=[SOURCE], entities=[{**NEW, "id": "basel"}], targets=[])
    assert (
        "team/entities.csv:2 id: 'basel' is already the id of another row; see agreements.csv:2"
    ) in said(team)


def test_a_corrected_row_is_not_told_of_an_id_that_a_new_one_takes(lay: Lay) -> None:
    note: Rows = [{"id": "basel", "note": "x"}]
    team = lay(sources=[SOURCE], entities=[{**NEW, "id": "basel"}], agreements=note)
    assert (
        "team/entities.csv:2 id: 'basel' is already the id of another row; see agreements.csv:2"
    ) in said(team)


def test_a_position_that_is_made_the_same_as_another_is_told_with_its_place(lay: Lay) -> None:
    data = {row["id"]: row for row in cells("positions")}
    other = data["som31-s09-itc"]
    team = lay(
        positions=[
            {
                "id": "som31-s10-unicef",
                "entity": "itc",
                "acts": "|".join(other["acts"]),
                "source": str(other["source"]),
                "locator": str(other["locator"]),
            }
        ]
    )
    assert ["team/positions.csv:2: makes the same claim as positions.csv:2" in line
            for line in said(team)] == [True]  # fmt: skip


def test_an_unknown_column_is_told_with_the_likeliest(lay: Lay) -> None:
    assert said(lay(entities=[{"id": "who", "homepge": "x", "retierd": "", "colour": ""}])) == [
        "team/entities.csv:1: 'homepge' is not a column of this table; did you mean 'homepage'?",
        "team/entities.csv:1: 'retierd' is not a column of this table; did you mean 'retired'?",
        "team/entities.csv:1: 'colour' is not a column of this table; remove it or rename it",
    ]


def test_the_columns_that_say_which_row_is_meant_must_be_there(lay: Lay) -> None:
    team = lay(entities=[{"name": "x"}], figures=[{"subject": "basel", "quantity": "party-count"}])
    assert said(team) == [
        "team/entities.csv:1 id: is missing from the header; add the column",
        "team/figures.csv:1 value: is missing from the header; add the column",
        "team/figures.csv:1 source: is missing from the header; add the column",
        "team/figures.csv:1 locator: is missing from the header; add the column",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("role.csv", "did you mean roles.csv?"),
        ("Roles.csv", "did you mean roles.csv?"),
        ("roles.CSV", "did you mean roles.csv?"),
        ("entity.csv", "did you mean entities.csv?"),
        ("budget.csv", "emg-graph data columns lists the tables"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_the_likeliest(lay: Lay, name: str, hint: str) -> None:
    team = lay(sources=[SOURCE])
    (team / name).write_text("entity\n", encoding="utf-8")
    assert said(team) == [f"team/{name}: is no table; {hint}"]


def test_what_a_misnamed_table_may_hold_is_not_called_unknown(lay: Lay) -> None:
    team = lay(sources=[SOURCE], entity=[NEW], roles=[ROLE, {**ROLE, "role": "helper"}])
    assert said(team) == [
        "team/entity.csv: is no table; did you mean entities.csv?",
        "team/roles.csv:3 role: 'helper' is unknown; it must be a concept of the scheme 'role'",
    ]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert said(tmp_path) == [
        f"{tmp_path.name}: holds no table; an overlay has at least one, such as roles.csv"
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (line,) = said(tmp_path / "nowhere")
    assert line.startswith("nowhere: cannot be read: No such file")
    assert line.endswith("; name a folder of tables")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"id,name\nwho,Caf\xe9\n", "team/entities.csv:2: is not UTF-8 (byte '\\xe9'); save the"),
        (b"", "team/entities.csv: is empty; its first line names the columns"),
        (b"id;name\nwho;X\n", "team/entities.csv:1: separates its cells by ';'; save it with"),
        (b"id,name\nwho\n", "team/entities.csv:2: has too few cells: 1 instead of 2; quote a cell"),
        (b'id,name\n"who,X\n', "team/entities.csv:2: is not CSV: "),
    ],
    ids=["latin-1", "empty", "semicolons", "few cells", "open quote"],
)
def test_a_malformed_file_is_told_with_the_name_of_its_folder(
    lay: Lay, content: bytes, problem: str
) -> None:
    team = lay(roles=[ROLE], sources=[SOURCE])  # whose entity may stand in the malformed file
    (team / "entities.csv").write_bytes(content)
    (line,) = said(team)
    assert line.startswith(problem)


def test_what_a_row_that_went_astray_was_to_add_is_not_called_unknown(lay: Lay) -> None:
    partial = {name: cell for name, cell in NEW.items() if name != "locator"}
    assert said(lay(sources=[SOURCE], entities=[partial], roles=[ROLE])) == [
        "team/entities.csv:2 id: 'er-office' is in no row of entities.csv below, and a row that "
        "adds it needs locator too; correct the id, or add the whole row"
    ]


def test_corrections_are_not_judged_where_the_table_below_cannot_be_read(
    lay: Lay, tmp_path: Path
) -> None:
    data = DataFolder(tmp_path / "data")
    data.file("entities").unlink()
    lines = said(lay(entities=[{"id": "who", "note": "x"}]), data=data.path)
    assert lines == [f"entities.csv: is missing; expected at {data.file('entities')}"]


def test_an_end_before_its_start_is_told_of_the_overlay(lay: Lay) -> None:
    assert said(lay(agreements=[{"id": "minamata", "adopted_on": "2018", **CITED}])) == [
        "team/agreements.csv:2 opened_on: '2013-10-10' is before adopted_on, 2018; "
        "correct one of the two",
        "team/agreements.csv:2 in_force_on: '2017-08-16' is before adopted_on, 2018; "
        "correct one of the two",
    ]


def test_faults_of_every_folder_are_told_at_once(lay: Lay, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    data.set("roles", "entity", "zzz")
    first = lay("first", entities=[{"id": "whoo", "note": "x"}], figures=[{"subject": "x"}])
    second = lay("second", sources=[{"id": "er-plan", "title": "-"}], rolls=[])
    assert [line.partition(": ")[0] for line in said(first, second, data=data.path)] == [
        "second/rolls.csv",
        "second/sources.csv:2 title",
        *(f"first/figures.csv:1 {name}" for name in ("quantity", "value", "source", "locator")),
        "second/sources.csv:2 id",
        "first/entities.csv:2 id",
        "roles.csv:2 entity",
    ]


def test_overlays_of_one_name_are_told_apart(tmp_path: Path) -> None:
    rows: Rows = [{"id": "zzz", "retired": "yes"}]
    one, other = (written(tmp_path / name / "team", {"entities": rows}) for name in ("a", "b"))
    assert [line.partition(" ")[0] for line in said(one, other)] == [
        "a/team/entities.csv:2",
        "b/team/entities.csv:2",
    ]


# Names and rules, which a build checks


def test_a_name_that_another_thing_has_is_told_of_the_overlay_with_the_other_place(
    lay: Lay,
) -> None:
    team = lay(sources=[SOURCE], entities=[{**NEW, "id": "a-office", "name": "UNICEF"}])
    with pytest.raises(DataError) as caught:
        open_store("memory:", SMALL, overlay=[team])
    assert str(caught.value).splitlines()[1] == (
        "team/entities.csv:2: 'UNICEF' names both 'unicef' and 'a-office'; "
        "keep it for one of them; the other stands in entities.csv:7"
    )


def test_a_broken_rule_is_told_of_the_row_that_broke_it(lay: Lay) -> None:
    late = {"id": "minamata", "opened_on": "2019", **CITED}
    team = lay(agreements=[late], roles=[{**WHO, "note": "x"}])
    with pytest.raises(DataError, match=r"team/agreements\.csv:2: An agreement is opened before"):
        open_store("memory:", SMALL, overlay=[team])


# Several, and in any order


def test_a_later_overlay_lies_over_an_earlier(lay: Lay) -> None:
    who: Rows = [{"id": "who", "note": "1", "acronym": "-"}]
    first = lay("first", sources=[SOURCE], entities=[NEW, *who])
    short = {"id": NEW["id"], "acronym": "E", **CITED}
    second = lay("second", entities=[{"id": "who", "note": "2"}, short])
    (after,), (office,) = (cells("entities", first, second, id=one) for one in ("who", NEW["id"]))
    assert (after["note"], after["acronym"], office["acronym"]) == ("2", None, "E")
    (after,) = cells("entities", first, id="who")
    assert after["note"] == "1"


def test_what_one_overlay_retires_a_later_one_may_add_again(lay: Lay) -> None:
    row = {name: str(cell) for name, cell in cells("roles", **WHO)[0].items() if cell}
    row["functions"] = "knowledge"
    again = lay("again", roles=[row])
    gone = lay("gone", roles=[{**WHO, "retired": "yes"}])
    assert [one["functions"] for one in cells("roles", gone, again, **WHO)] == [("knowledge",)]


def copied(place: Path, target: Path, seed: int) -> Path:
    """Copy a folder of tables, its rows and columns in another order."""
    target.mkdir()
    rng = random.Random(seed)
    for name in (name for name in RECORDS if (place / f"{name}.csv").is_file()):
        with (place / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rng.shuffle(rows)
        order = rng.sample(list(rows[0]), len(rows[0]))
        written(target, {name: [{column: row[column] for column in order} for row in rows]})
    return target


@pytest.mark.no_cover
@pytest.mark.parametrize("path", [SMALL, shipped("data")], ids=["small", "shipped"])
def test_a_copy_laid_over_what_it_copies_changes_nothing(path: Path, tmp_path: Path) -> None:
    copy = copied(path, tmp_path / "copy", seed=7)
    plain = quads(data=path)
    assert quads(copy, data=path) == plain
    assert quads(copy, copy, data=path) == plain


def test_an_overlay_of_nothing_new_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = copied(SMALL, tmp_path / "copy", seed=8)
    plain, _ = open_store("memory:", SMALL)
    laid, _ = open_store("memory:", SMALL, overlay=[copy])
    assert all(plain.export(suffix) == laid.export(suffix) for suffix in (".nq", ".trig", ".ttl"))


WORDS = st.sampled_from(["", "-", "one", "two", "Dritte"])
CORRECTIONS = st.dictionaries(
    st.sampled_from(["brs-secretariat", "unep", "unicef", "who", "er-1", "er-2", "er-3"]),
    st.fixed_dictionaries({"note": WORDS, "homepage": st.sampled_from(["", "-", "https://a.org"])}),
    min_size=1,
)


def entities(corrections: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """Return rows that correct those below or, where the id is new, are whole."""
    return [
        {**(NEW | {"name": name} if name.startswith("er-") else CITED), **cells, "id": name}
        for name, cells in corrections.items()
    ]


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that writes an overlay with its source into a folder of its own."""

    def write(rows: Rows) -> Path:
        place = tmp_path_factory.mktemp("overlay")
        return written(place, {"sources": [SOURCE], **({"entities": rows} if rows else {})})

    return write


@settings(max_examples=25)
@given(CORRECTIONS, st.randoms())
def test_the_order_of_rows_and_columns_says_nothing(
    folders: Callable[..., Path], corrections: dict[str, dict[str, str]], rng: random.Random
) -> None:
    rows = entities(corrections)
    mixed = [dict(rng.sample(list(row.items()), len(row))) for row in rng.sample(rows, len(rows))]
    assert quads(folders(rows)) == quads(folders(mixed))


@settings(max_examples=25)
@given(CORRECTIONS, st.data())
def test_two_overlays_say_what_one_of_both_their_rows_says(
    folders: Callable[..., Path], corrections: dict[str, dict[str, str]], data: st.DataObject
) -> None:
    rows = entities(corrections)
    upper = [row for row in rows if data.draw(st.booleans())]
    lower = [row for row in rows if row not in upper]
    assert quads(folders(lower), folders(upper)) == quads(folders(rows))


@settings(max_examples=25)
@given(CORRECTIONS)
def test_what_is_added_and_then_retired_or_corrected_back_leaves_the_base(
    folders: Callable[..., Path], corrections: dict[str, dict[str, str]]
) -> None:
    with (SMALL / "entities.csv").open(encoding="utf-8", newline="") as file:
        base = {row["id"]: row for row in csv.DictReader(file)}
    back: list[dict[str, str]] = []
    for name in corrections:
        known = {column: cell or "-" for column, cell in base.get(name, {}).items()}
        back.append(known or {"id": name, "retired": "yes"})
    assert quads(folders(entities(corrections)), folders(back)) == quads(folders([]))


# The canonical form


def test_an_overlay_is_put_in_form_with_the_columns_that_it_has(lay: Lay) -> None:
    team = lay(
        entities=[{"retired": "", "note": " b  c ", "id": "who"}, {"id": "unep", "aliases": "b|a"}],
        sources=[SOURCE],
    )
    assert format_folder(None, overlays=[team]) == ("team/entities.csv",)
    assert format_folder(None, write, [team]) == ("team/entities.csv",)
    text = (team / "entities.csv").read_text(encoding="utf-8")
    assert text == "id,aliases,note,retired\nunep,a|b,,\nwho,,b c,\n"
    assert format_folder(None, overlays=[team]) == ()


def write(file: Path, text: str) -> None:
    file.write_bytes(text.encode())


def test_a_folder_and_an_overlay_are_put_in_form_together_or_not_at_all(
    lay: Lay, tmp_path: Path
) -> None:
    data = DataFolder(tmp_path / "data")
    data.write("countries", [row[::-1] for row in data.read("countries")])
    team = lay(entities=[{"note": "x", "id": "who"}], role=[ROLE])
    before = data.file("countries").read_bytes()
    with pytest.raises(DataError, match=r"team/role\.csv: is no table; did you mean roles\.csv\?"):
        format_folder(data.path, write, [team])
    assert data.file("countries").read_bytes() == before
    (team / "role.csv").unlink()
    changed = ("countries.csv", "team/entities.csv")
    assert format_folder(data.path, write, [team]) == changed


def test_a_table_of_the_whole_keeps_its_own_form() -> None:
    with pytest.raises(DataError, match=r"countries\.csv:1: 'retired' is not a column of this"):
        canonical("id,name,iso2,source,locator,retired\n", RECORDS["countries"])
