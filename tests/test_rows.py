"""Tables as text: every form says the same, and the terminal's fits its width."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emg_graph.answers import Table, Value
from emg_graph.errors import OutputError
from emg_graph.views import rows, sheet

TABLE = Table(
    ("id", "party_count", "note", "open"),
    (
        ("minamata", 153, 'says "many"; a|b,\nand\tmore <b>\\', True),
        ("escazú", None, "", False),
        ("北京", 0.5, None, None),
    ),
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), max_size=30)
CELLS: st.SearchStrategy[Value] = st.none() | st.integers() | st.booleans() | TEXTS


@st.composite
def any_table(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 5))
    row = st.tuples(*[CELLS] * width)
    return Table(tuple(f"c{i}" for i in range(width)), tuple(draw(st.lists(row, max_size=6))))


def plain(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def legible(value: Value) -> str:
    """Return what a reader is shown of a number from ten thousand on, or of anything else."""
    long = isinstance(value, int | float) and abs(value) >= 10_000
    return f"{value:,}" if long else plain(value)


def test_csv_is_read_back_as_it_was() -> None:
    read = list(csv.reader(io.StringIO(rows.render(TABLE, "csv"))))
    assert read[0] == list(TABLE.columns)
    assert read[1:] == [[plain(value) for value in row] for row in TABLE.rows]
    assert read[1] == ["minamata", "153", 'says "many"; a|b,\nand\tmore <b>\\', "true"]


@given(any_table())
def test_csv_keeps_every_cell(table: Table) -> None:
    read = list(csv.reader(io.StringIO(rows.to_csv(table), newline="")))
    assert read[1:] == [[plain(value) for value in row] for row in table.rows]


def test_tsv_has_one_line_a_row() -> None:
    lines = rows.render(TABLE, "tsv").split("\n")
    assert lines[0] == "id\tparty_count\tnote\topen"
    assert lines[1] == 'minamata\t153\tsays "many"; a|b, and more <b>\\\ttrue'
    assert lines[2:] == ["escazú\t\t\tfalse", "北京\t0.5\t\t", ""]


@given(any_table())
def test_tsv_never_gains_a_cell_or_a_line(table: Table) -> None:
    lines = rows.to_tsv(table).removesuffix("\n").split("\n")
    assert len(lines) == 1 + len(table.rows)
    assert all(line.count("\t") == len(table.columns) - 1 for line in lines)


def test_json_keeps_numbers_and_empty_cells() -> None:
    text = rows.render(TABLE, "json")
    assert json.loads(text) == TABLE.records()
    assert json.loads(text)[1] == {"id": "escazú", "party_count": None, "note": "", "open": False}
    assert "escazú" in text, "letters are written as they are"
    assert text.endswith("]\n")


@given(any_table())
def test_jsonl_has_one_object_a_line(table: Table) -> None:
    lines = rows.to_jsonl(table).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == table.records()


def test_markdown_escapes_what_would_break_it() -> None:
    lines = rows.render(TABLE, "md").splitlines()
    assert lines[:2] == ["| id | party_count | note | open |", "| --- | --- | --- | --- |"]
    assert lines[2] == r'| minamata | 153 | says "many"; a\|b, and more &lt;b&gt;\\ | true |'
    assert len(lines) == 5


def test_a_table_is_aligned_without_its_empty_columns() -> None:
    table = Table(("id", "empty", "party_count"), (("a", None, 1), ("bcd", "", 22)))
    assert rows.render(table, "table") == "ID   PARTY COUNT\na    1\nbcd  22\n"


def test_an_empty_answer_says_so_to_a_reader_only() -> None:
    empty = Table(("id", "name"), ())
    assert rows.render(empty, "table") == "(no rows)\n"
    assert rows.render(empty, "csv") == "id,name\n"
    assert rows.render(empty, "tsv") == "id\tname\n"
    assert json.loads(rows.render(empty, "json")) == []
    assert rows.render(empty, "jsonl") == ""
    assert rows.render(empty, "md") == "| id | name |\n| --- | --- |\n"


def test_rows_of_nothing_are_shown_under_their_heads() -> None:
    assert rows.to_table(Table(("id", "name"), ((None, ""),))) == "ID  NAME\n\n"
    assert rows.to_table(Table((), ((), ()))) == "(2 without columns)\n"


def test_long_cells_are_wrapped_and_hyphens_kept() -> None:
    table = Table(("id", "text"), (("a", "one-two three four five six seven"),))
    assert rows.render(table, "table", 20).splitlines() == [
        "ID  TEXT",
        "a   one-two three",
        "    four five six",
        "    seven",
    ]


def test_a_list_is_wrapped_between_its_values() -> None:
    table = Table(("id", "themes"), (("a", "chemicals|mercury|waste"),))
    assert rows.render(table, "table", 100).splitlines()[1] == "a   chemicals | mercury | waste"
    assert rows.render(table, "table", 20).splitlines() == [
        "ID  THEMES",
        "a   chemicals |",
        "    mercury | waste",
    ]
    assert rows.render(table, "csv") == "id,themes\na,chemicals|mercury|waste\n"


def test_wide_letters_count_as_two_cells_and_accents_as_none() -> None:
    table = Table(("a", "b"), (("北京", "x"), ("e\u0301", "y"), ("ab", "z")))
    assert rows.to_table(table).splitlines() == ["A     B", "北京  x", "e\u0301     y", "ab    z"]


def test_too_many_columns_become_a_block_a_row() -> None:
    names = tuple(f"name_{i}" for i in range(12))
    table = Table(names, (tuple(f"value-{i}-which-is-long" for i in range(12)), ("x",) * 12))
    lines = rows.render(table, "table", 80).splitlines()
    assert lines[0] == "name 0   value-0-which-is-long"
    assert lines[12] == ""
    assert lines[13:15] == ["name 0   x", "name 1   x"]


def test_a_block_leaves_out_empty_cells_and_wraps_under_the_value() -> None:
    table = Table(
        ("id", "text", "more"), (("a", "one two three four", None), ("b", None, "x" * 40))
    )
    assert rows.render(table, "table", 20) == (
        "id    a\ntext  one two three\n      four\n\nid    b\nmore  " + "x" * 40 + "\n"
    )


@given(any_table(), st.integers(40, 120))
def test_a_table_keeps_to_its_width_where_words_allow(table: Table, width: int) -> None:
    """Texts without wide letters; a word longer than the line may stand out of it."""
    text = rows.render(table, "table", width)
    if text.isascii() and all(len(word) < 8 for word in text.split()):
        assert all(len(line) <= width for line in text.splitlines())


@given(any_table(), st.integers(30, 120))
def test_a_table_shows_every_word(table: Table, width: int) -> None:
    text = "".join(rows.render(table, "table", width).split())
    for row in table.rows:
        for value in row:
            if value is not None and len(str(value)) < 8:
                assert "".join(legible(value).split()) in text


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OutputError) as refused:
        rows.render(TABLE, "xml")
    assert str(refused.value) == ("there is no format 'xml'; use table, csv, tsv, json, jsonl, md")


def test_statements_become_a_row_a_thing() -> None:
    statements = Table(
        ("thing", "property", "value"),
        (("x", "b", 1), ("y", "a", True), ("x", "b", "two"), ("x", "a", None)),
    )
    assert rows.pivoted(statements) == Table(
        ("thing", "a", "b"), (("x", "", "1|two"), ("y", "true", None))
    )


class Profile:
    id, kind, name = "who", "entity", "World Health Organization"
    groups = (("Facts", Table(("property", "value"), (("kind", "agency"),))),)


def test_a_sheet_has_a_title_and_its_groups_in_each_form() -> None:
    assert sheet.to_text(Profile()) == (
        "World Health Organization\nentity who\n\nFACTS\nPROPERTY  VALUE\nkind      agency\n"
    )
    assert sheet.to_markdown(Profile()) == (
        "# World Health Organization\n\nentity `who`\n\n## Facts\n\n"
        "| property | value |\n| --- | --- |\n| kind | agency |\n"
    )
    assert json.loads(sheet.to_json(Profile())) == {
        "id": "who",
        "kind": "entity",
        "name": "World Health Organization",
        "groups": {"Facts": [{"property": "kind", "value": "agency"}]},
    }
