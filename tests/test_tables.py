"""The data folder: every fault is told with its place, and the canonical form loses nothing."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import SMALL, DataFolder, problems
from hypothesis import given
from hypothesis import strategies as st

from emg_graph.errors import DataError
from emg_graph.records import RECORDS, columns
from emg_graph.resources import folder as shipped
from emg_graph.tables import canonical, format_folder, read_tables
from emg_graph.tables.cells import Cells, Place
from emg_graph.tables.folder import Tables
from emg_graph.tables.reading import Problems, Reading, note_identity

EXCEL = "(in Excel: 'CSV UTF-8 (comma delimited)')"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.mark.parametrize("path", [SMALL, shipped("data")], ids=["small", "shipped"])
def test_a_clean_folder_gives_a_record_for_each_row(path: Path) -> None:
    tables = read_tables(path)
    assert list(tables.rows) == list(RECORDS)
    for name, rows in tables.rows.items():
        file = path / f"{name}.csv"
        if file.is_file() or not RECORDS[name].OPTIONAL:
            assert len(rows) == len(cells_of(file.read_text(encoding="utf-8"))) - 1, name
        else:
            assert rows == ()
    assert len(list(tables.things())) + len(list(tables.claims())) == count(tables)


def count(tables: Tables) -> int:
    return sum(len(rows) for rows in tables.rows.values())


# One cell


def test_a_row_that_was_read_can_be_copied_with_a_change(data: DataFolder) -> None:
    row = read_tables(data.path).rows["roles"][0]
    copied = row.model_copy(update={"note": "x"})
    assert vars(copied) == {**vars(row), "note": "x"}
    assert row.model_copy() == row


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\x0c"])
def test_a_line_ends_with_a_line_feed_alone(data: DataFolder, mark: str) -> None:
    data.set("roles", "note", f"one{mark}two")
    data.set("roles", "entity", "zzz", row=1)
    file = data.file("roles")
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert "roles.csv:3 entity: 'zzz' is unknown" in "\n".join(problems(data))


def test_an_unknown_id_is_told_with_the_likeliest(data: DataFolder) -> None:
    data.set("roles", "entity", "brs-secretariatt")
    assert problems(data) == [
        "roles.csv:2 entity: 'brs-secretariatt' is unknown; did you mean 'brs-secretariat'?"
    ]


def test_an_unknown_id_like_no_other_is_told_where_to_look(data: DataFolder) -> None:
    data.set("roles", "entity", "zzz", row=1)
    data.set("figures", "subject", "zzz")
    assert problems(data) == [
        "roles.csv:3 entity: 'zzz' is unknown; it must be an id of entities.csv or mechanisms.csv",
        "figures.csv:2 subject: 'zzz' is unknown; it must be the id of a thing",
    ]


def test_an_id_of_another_table_is_told_so(data: DataFolder) -> None:
    data.set("roles", "entity", "basel")
    assert problems(data) == [
        "roles.csv:2 entity: 'basel' is not an id of entities.csv or mechanisms.csv; "
        "it must be an id of entities.csv or mechanisms.csv"
    ]


def test_a_concept_of_another_scheme_is_told_so(data: DataFolder) -> None:
    data.set("roles", "role", "high")
    kind = "a concept of the scheme 'role'"
    assert problems(data) == [f"roles.csv:2 role: 'high' is not {kind}; it must be {kind}"]


def test_a_position_is_no_thing_that_a_figure_could_be_of(data: DataFolder) -> None:
    data.set("figures", "subject", data.get("positions", "id"))
    assert ["is not the id of a thing" in line for line in problems(data)] == [True]


def test_one_unknown_id_in_a_list_is_told_alone(data: DataFolder) -> None:
    data.set("roles", "functions", "norms|normz")
    assert problems(data) == ["roles.csv:2 functions: 'normz' is unknown; did you mean 'norms'?"]


@pytest.mark.parametrize("table", [n for n, m in RECORDS.items() if "source" in m.model_fields])
def test_a_row_that_cites_no_source_is_told(data: DataFolder, table: str) -> None:
    data.set(table, "source", "")
    said = f"{table}.csv:2 source: is empty; every row cites a source: name one of sources.csv"
    assert said in problems(data)


def test_an_empty_required_cell_is_told(data: DataFolder) -> None:
    data.set("roles", "locator", " ")
    assert problems(data) == ["roles.csv:2 locator: is empty; this column is required"]


def test_a_list_of_nothing_is_empty(data: DataFolder) -> None:
    data.set("roles", "functions", " | ")
    assert problems(data) == ["roles.csv:2 functions: is empty; this column is required"]


@pytest.mark.parametrize("value", ["2017-02-30", "16/08/2017", "2017-8"])
def test_a_date_that_is_none_is_told(data: DataFolder, value: str) -> None:
    data.set("agreements", "adopted_on", value, row=1)
    assert problems(data) == [
        f"agreements.csv:3 adopted_on: {value!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
    ]


def test_an_id_with_capitals_is_told_once_and_as_unknown_where_it_is_meant(
    data: DataFolder,
) -> None:
    data.set("countries", "id", "JOR")
    assert problems(data)[0] == (
        "countries.csv:2 id: 'JOR' is not an id; use lower-case letters, digits and single hyphens"
    )


def test_an_address_without_scheme_is_told(data: DataFolder) -> None:
    data.set("entities", "homepage", "www.unep.org")
    assert "entities.csv:2 homepage: 'www.unep.org' is not a web address" in problems(data)[0]


@pytest.mark.parametrize("value", ["1,250,000", "1 250 000", "12.505", "1e6", "5.", "USD 5", "-"])
def test_an_amount_that_is_none_is_told(data: DataFolder, value: str) -> None:
    data.set("expenditures", "amount_usd", value)
    assert problems(data) == [
        f"expenditures.csv:2 amount_usd: {value!r} is not an amount; "
        "write digits without separators, as 1250000 or 12.50"
    ]


@pytest.mark.parametrize("value", ["2.5", "-2", "1,250", "some"])
def test_a_count_that_is_none_is_told(data: DataFolder, value: str) -> None:
    data.set("portfolio_counts", "projects", value)
    assert problems(data) == [
        f"portfolio_counts.csv:2 projects: {value!r} is not a count; "
        "write digits without separators"
    ]


def test_an_amount_that_is_optional_may_be_empty(data: DataFolder) -> None:
    data.set("projects", "grant", "")
    assert read_tables(data.path)


def test_a_word_outside_a_closed_list_is_told_with_the_list(data: DataFolder) -> None:
    data.set("sources", "evidence_class", "F")
    assert problems(data) == [
        "sources.csv:2 evidence_class: 'F' is not one of 'A', 'B', 'C', 'D' or 'E'"
    ]


@pytest.mark.parametrize(
    ("character", "code"),
    [("\x1b", "U+001B"), ("\x07", "U+0007"), ("\x7f", "U+007F"), ("\x9b", "U+009B")],
)
@pytest.mark.parametrize(
    ("table", "column"),
    [("roles", "summary"), ("roles", "note"), ("entities", "aliases"), ("sources", "title")],
)
def test_a_control_character_is_told(
    data: DataFolder, table: str, column: str, character: str, code: str
) -> None:
    before = data.get(table, column)
    data.set(table, column, f"{before}{character}[31mx")
    assert problems(data) == [
        f"{table}.csv:2 {column}: holds a control character, {code}; remove it"
    ]


def test_a_control_character_is_told_in_every_column(data: DataFolder) -> None:
    for name in RECORDS:
        header, row, *others = data.read(name)
        for spoilt in (header[::2], header[1::2]):  # more at once were too many to tell them all
            cells = zip(header, row, strict=True)
            made = ["\x1b" if column in spoilt else cell for column, cell in cells]
            data.write(name, [header, made, *others])
            assert {*problems(data)} >= {
                f"{name}.csv:2 {column}: holds a control character, U+001B; remove it"
                for column in spoilt
            }
        data.write(name, [header, row, *others])


def test_tabs_and_line_breaks_are_spaces_and_no_problem(data: DataFolder) -> None:
    data.set("roles", "note", "one\ttwo\r\nthree")
    assert read_tables(data.path)


# One row


ORDERED = [
    pytest.param(name, *pair, id=f"{name} {' '.join(pair)}")
    for name, model in RECORDS.items()
    for pair in model.ORDERED
]


@pytest.mark.parametrize(("table", "first", "second"), ORDERED)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2014", "2010"),
        ("2014-03", "2014-02-28"),
        ("2014-03-02", "2014-03-01"),
        ("2014-01", "2013"),
    ],
)
def test_an_end_before_its_start_is_told(
    data: DataFolder, table: str, first: str, second: str, start: str, end: str
) -> None:
    period(data, table, {first: start, second: end})
    assert problems(data) == [
        f"{table}.csv:2 {second}: {end!r} is before {first}, {start}; correct one of the two"
    ]


@pytest.mark.parametrize(("table", "first", "second"), ORDERED)
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2014", "2014"),
        ("2014-03", "2014"),
        ("2014", "2014-01-01"),
        ("2014-03-31", "2014-03"),
        ("2013-12", "2014"),
        ("", "2010"),
        ("2014", ""),
    ],
)
def test_dates_are_compared_only_as_finely_as_both_are_given(
    data: DataFolder, table: str, first: str, second: str, start: str, end: str
) -> None:
    period(data, table, {first: start, second: end})
    assert read_tables(data.path)


def period(data: DataFolder, table: str, dates: dict[str, str]) -> None:
    """Give the first row of a table these dates and no others."""
    for pair in RECORDS[table].ORDERED:
        for column in pair:
            data.set(table, column, dates.get(column, ""))


def test_dates_in_the_wrong_order_are_told_with_the_other_problems(data: DataFolder) -> None:
    period(data, "roles", {"from_on": "2014", "to_on": "2010"})
    data.set("roles", "functions", "normz")
    data.set("participations", "entity", "zzz")
    assert [line.partition(": ")[0] for line in problems(data)] == [
        "roles.csv:2 to_on",
        "roles.csv:2 functions",
        "participations.csv:2 entity",
    ]


def test_what_is_no_date_is_told_once_and_not_compared(data: DataFolder) -> None:
    period(data, "roles", {"from_on": "soon", "to_on": "2010"})
    assert problems(data) == [
        "roles.csv:2 from_on: 'soon' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"
    ]


def test_a_duplicate_claim_is_told_with_its_first_line(data: DataFolder) -> None:
    line = data.add("roles", summary="Other words", confidence="low", note="Mended")
    assert problems(data) == [
        f"roles.csv:{line}: makes the same claim as line 2; merge the two, or tell them apart in "
        "entity, agreement, role, via_mechanism, from_on, to_on, source, locator"
    ]


def test_a_duplicate_claim_hides_behind_neither_spaces_nor_the_order_of_a_list(
    data: DataFolder,
) -> None:
    data.set("positions", "acts", "offered|proposed")
    locator = data.get("positions", "locator")
    data.add("positions", id="another", acts=" proposed |offered", locator=f" {locator}  ")
    assert ["makes the same claim as line 2" in line for line in problems(data)] == [True]


def test_a_claim_at_another_place_of_the_source_is_another(data: DataFolder) -> None:
    data.add("roles", locator="another page")
    assert read_tables(data.path)


@pytest.mark.parametrize(
    ("table", "like"),
    [("agreements", "entities"), ("concepts", "concepts"), ("positions", "sources")],
)
def test_an_id_stands_once_in_all_tables(data: DataFolder, table: str, like: str) -> None:
    identifier = data.get(like, "id")
    line = data.add(table, id=identifier)
    said = (
        f"{table}.csv:{line} id: {identifier!r} is already the id of another row; see {like}.csv:2"
    )
    assert problems(data)[0] == said
    assert len(problems(data)) == (2 if table == "positions" else 1)  # it is the same claim, too


@pytest.mark.parametrize(("cells", "few"), [(3, "few"), (17, "many")])
def test_a_row_with_too_few_or_too_many_cells_is_told(
    data: DataFolder, cells: int, few: str
) -> None:
    rows = data.read("roles")
    rows[3] = (rows[3] + ["more"])[:cells]
    data.write("roles", rows)
    assert problems(data) == [
        f"roles.csv:4: has too {few} cells: {cells} instead of 16; "
        "quote a cell that holds a comma, and close every quotation mark"
    ]


def test_a_quoted_line_break_does_not_upset_the_line_numbers(data: DataFolder) -> None:
    data.set("roles", "note", "one\ntwo\n\nthree")
    data.set("roles", "entity", "zzz", row=1)
    assert [line.partition(" ")[0] for line in problems(data)] == ["roles.csv:6"]


def test_empty_lines_are_passed_over_and_counted(data: DataFolder) -> None:
    data.set("roles", "entity", "zzz", row=1)
    said = spoil(data, "roles", lambda text: text.replace(b"\n", b"\n\n"))
    assert [line.partition(" ")[0] for line in said] == ["roles.csv:5"]


# One file


def spoil(data: DataFolder, table: str, change: Callable[[bytes], bytes]) -> list[str]:
    file = data.file(table)
    file.write_bytes(change(file.read_bytes()))
    return problems(data)


def test_a_missing_table_is_told_once_with_where_it_is_expected(data: DataFolder) -> None:
    data.file("sources").unlink()
    place = data.file("sources")
    assert problems(data) == [f"sources.csv: is missing; expected at {place}"]


def test_every_table_of_an_empty_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_tables(tmp_path)
    needed = [f"{name}.csv" for name, model in RECORDS.items() if not model.OPTIONAL]
    assert [problem.path for problem in caught.value.problems] == needed


OPTIONAL = [name for name, model in RECORDS.items() if model.OPTIONAL]


def test_what_importers_fill_is_optional_and_what_the_rest_rests_on_is_not() -> None:
    assert {"mandates", "citations", "expenditures", "projects", "parties"} <= set(OPTIONAL)
    assert not {"sources", "concepts", "entities", "agreements", "roles"} & set(OPTIONAL)


def test_a_folder_may_be_without_its_optional_tables(data: DataFolder) -> None:
    whole = read_tables(data.path)
    for name in OPTIONAL:
        data.file(name).unlink()
    found = read_tables(data.path)
    assert {name for name, rows in found.rows.items() if not rows} == set(OPTIONAL)
    assert all(found.rows[name] == whole.rows[name] for name in RECORDS if name not in OPTIONAL)
    assert format_folder(data.path) == ()


def test_what_refers_to_an_optional_table_that_is_not_there_is_told(data: DataFolder) -> None:
    data.file("mandates").unlink()
    said = "citations.csv:2 mandate: 'a-res-70-1' is unknown; it must be an id of mandates.csv"
    assert said in problems(data)


@pytest.mark.parametrize("name", OPTIONAL)
def test_an_optional_table_that_is_there_has_rows(data: DataFolder, name: str) -> None:
    header = data.read(name)[0]
    data.write(name, [header])
    hint = "add at least one row, or remove the file"
    assert f"{name}.csv: has a header and no rows; {hint}" in problems(data)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("citation.csv", "did you mean citations.csv?"),
        ("Parties.csv", "did you mean parties.csv?"),
        ("budget.csv", "emg-graph data columns lists the tables"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_the_likeliest(
    data: DataFolder, name: str, hint: str
) -> None:
    (data.path / name).write_text("entity\n", encoding="utf-8")
    assert problems(data) == [f"{name}: is no table; {hint}"]
    with pytest.raises(DataError, match="is no table"):
        format_folder(data.path)


def test_what_a_misnamed_table_may_hold_is_not_called_unknown(data: DataFolder) -> None:
    data.file("mandates").rename(data.path / "mandate.csv")
    assert problems(data) == ["mandate.csv: is no table; did you mean mandates.csv?"]


def test_files_that_are_no_csv_and_hidden_ones_are_passed_over(data: DataFolder) -> None:
    for name in ("notes.txt", "._roles.csv", ".~lock.roles.csv#", "roles.xlsx"):
        (data.path / name).write_text("mine", encoding="utf-8")
    assert read_tables(data.path)
    assert format_folder(data.path) == ()


def test_what_is_no_file_cannot_be_read(data: DataFolder) -> None:
    data.file("countries").unlink()
    data.file("countries").mkdir()
    assert problems(data) == ["countries.csv: cannot be read: Is a directory"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"])
def test_an_empty_file_is_told(data: DataFolder, content: bytes) -> None:
    assert spoil(data, "countries", lambda _: content) == [
        "countries.csv: is empty; its first line names the columns"
    ]


def test_an_empty_table_is_told(data: DataFolder) -> None:
    assert spoil(data, "countries", lambda text: text.splitlines(keepends=True)[0]) == [
        "countries.csv: has a header and no rows; add at least one row"
    ]


def test_a_file_in_another_encoding_is_told_with_the_line_of_the_first_wrong_byte(
    data: DataFolder,
) -> None:
    data.set("countries", "name", "Curaçao")
    said = spoil(data, "countries", lambda text: text.decode().encode("latin-1"))
    assert said == [f"countries.csv:2: is not UTF-8 (byte '\\xe7'); save the file as UTF-8 {EXCEL}"]


def test_excels_unicode_text_is_told(data: DataFolder) -> None:
    said = spoil(data, "countries", lambda text: text.decode().encode("utf-16"))
    assert said == [f"countries.csv:1: is not UTF-8 (byte '\\xff'); save the file as UTF-8 {EXCEL}"]


def test_a_byte_order_mark_alone_does_no_harm(data: DataFolder) -> None:
    file = data.file("countries")
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read_tables(data.path).rows["countries"]


def test_carriage_returns_do_no_harm(data: DataFolder) -> None:
    file = data.file("countries")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_tables(data.path) == read_tables(SMALL)


@pytest.mark.parametrize(("mark", "said"), [(b";", "';'"), (b"\t", "'tab'")])
def test_a_csv_saved_by_excel_with_another_separator_is_told(
    data: DataFolder, mark: bytes, said: str
) -> None:
    changed = spoil(data, "roles", lambda text: b"\xef\xbb\xbf" + text.replace(b",", mark))
    assert changed == [f"roles.csv:1: separates its cells by {said}; save it with commas {EXCEL}"]


def test_a_missing_column_is_told(data: DataFolder) -> None:
    data.write("questions", [row[:-1] for row in data.read("questions")])
    assert problems(data) == ["questions.csv:1 locator: is missing from the header; add the column"]


def test_an_extra_column_is_told(data: DataFolder) -> None:
    data.write("countries", [[*row, "capital"] for row in data.read("countries")])
    assert problems(data) == [
        "countries.csv:1: 'capital' is not a column of this table; remove it or rename it"
    ]


def test_a_misspelt_column_is_told_with_the_likeliest(data: DataFolder) -> None:
    rows = data.read("questions")
    data.write("questions", [[n.replace("source", "sorce") for n in rows[0]], *rows[1:]])
    said = [line for line in problems(data) if line.startswith("questions.csv:1")]
    assert said == [
        "questions.csv:1: 'sorce' is not a column of this table; did you mean 'source'?",
        "questions.csv:1 source: is missing from the header; add the column",
    ]


def test_a_column_that_stands_twice_is_told_once(data: DataFolder) -> None:
    data.write("countries", [[*row, row[1]] for row in data.read("countries")])
    assert problems(data) == ["countries.csv:1 name: stands twice in the header; remove one"]


def test_columns_may_stand_in_any_order(data: DataFolder) -> None:
    data.write("roles", [row[::-1] for row in data.read("roles")])
    assert read_tables(data.path) == read_tables(SMALL)


@pytest.mark.parametrize("start", [0, 1], ids=["in the header", "in a row"])
def test_an_open_quotation_mark_is_told_where_it_begins(data: DataFolder, start: int) -> None:
    lines = data.file("countries").read_text(encoding="utf-8").splitlines()
    lines[start] = '"' + lines[start]
    said = spoil(data, "countries", lambda _: "\n".join(lines).encode())
    assert len(said) == 1
    assert said[0].startswith(f"countries.csv:{start + 1}: is not CSV: ")
    assert said[0].endswith("look for a quotation mark that is not closed or not doubled")


# All at once


def test_faults_of_every_file_are_told_at_once(data: DataFolder) -> None:
    data.set("sources", "title", "")
    data.set("agreements", "in_force_on", "soon")
    data.set("figures", "subject", "zzz")
    data.set("roles", "entity", "zzz")
    data.set("roles", "confidence", "")
    assert [line.partition(": ")[0] for line in problems(data)] == [
        "sources.csv:2 title",
        "agreements.csv:2 in_force_on",
        "roles.csv:2 confidence",
        "roles.csv:2 entity",
        "figures.csv:2 subject",
    ]


def test_hints_are_not_sought_for_problems_that_are_only_counted() -> None:
    found = Problems()
    reading = Reading(problems=found)
    for line in range(2, 200):
        row = Cells(Place("concepts.csv", line), {"id": "same", "scheme": "theme"})
        note_identity(row, RECORDS["concepts"], reading)
    assert (found.total, len(found.kept), found.full) == (197, DataError.LIMIT, True)


MEASURE = """
import resource, sys
from pathlib import Path
from emg_graph.errors import DataError
from emg_graph.tables import read_tables
try:
    read_tables(Path(sys.argv[1]))
except DataError as error:
    print(error.total, len(error.problems), len(str(error).splitlines()), end=" ")
status = Path("/proc/self/status")
if status.is_file():  # what getrusage says there begins with the peak of the process that forked
    print(next(line.split()[1] for line in status.open() if line.startswith("VmHWM:")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measured(path: Path) -> list[int]:
    """Return, for a large faulty folder, the counts of problems and the peak of memory."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    return [int(number) for number in done.stdout.split()]


def enlarge(data: DataFolder, rows: int, every: int) -> None:
    """Give the table of figures many rows, of which every so many has a fault."""
    header, first, *_ = data.read("figures")
    value, when = header.index("value"), header.index("as_of_on")
    made = [list(first) for _ in range(rows)]
    for number, row in enumerate(made):
        row[value] = str(number)
        if number % every == 0:
            row[when] = "soon"
    data.write("figures", [header, *made])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of memory is read the POSIX way")
def test_of_a_thousand_faults_in_a_hundred_thousand_rows_fifty_are_told_and_all_counted(
    data: DataFolder,
) -> None:
    enlarge(data, 100_000, every=100)
    *counts, some = measured(data.path)
    assert counts == [1000, 50, 52]
    enlarge(data, 100_000, every=1)
    *counts, every = measured(data.path)
    assert counts == [100_000, 50, 52]
    assert every < 1.1 * some


# The canonical form

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TEXTS = RECORDS["questions"]
"""A table without lists, whose parts the canonical form puts in order."""
QUESTIONS = st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=6)


def table(rows: list[list[str]], header: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([header, *rows])
    return buffer.getvalue()


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@given(QUESTIONS)
def test_the_canonical_form_of_a_canonical_form_is_itself(rows: list[list[str]]) -> None:
    once = canonical(table(rows, [column.name for column in columns(TEXTS)]), TEXTS)
    assert canonical(once, TEXTS) == once


@given(QUESTIONS)
def test_the_canonical_form_loses_nothing_but_the_width_of_spaces(rows: list[list[str]]) -> None:
    form = canonical(table(rows, [column.name for column in columns(TEXTS)]), TEXTS)
    expected = sorted([" ".join(cell.split()) for cell in row] for row in rows)
    assert cells_of(form)[1:] == expected


@given(st.lists(st.sampled_from(["unep", "who", "fao", "", " ilo "])), st.randoms())
def test_a_list_is_the_same_in_any_order(parts: list[str], rng: random.Random) -> None:
    model = RECORDS["products"]
    names = [column.name for column in columns(model)]

    def form(cell: str) -> str:
        return canonical(table([["x" if n != "entities" else cell for n in names]], names), model)

    shuffled = [*parts, *parts]
    rng.shuffle(shuffled)
    assert form("|".join(parts)) == form("|".join(shuffled))
    kept = cells_of(form("|".join(parts)))[1][names.index("entities")]
    assert set(kept.split("|")) - {""} == {part.strip() for part in parts} - {""}


@pytest.mark.parametrize("name", RECORDS)
def test_every_order_of_rows_and_columns_has_one_form(name: str) -> None:
    file = SMALL / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    header, *rows = cells_of(text)
    rng = random.Random(7)
    for _ in range(3):
        rng.shuffle(rows)
        order = rng.sample(range(len(header)), len(header))
        mixed = table([[row[i] for i in order] for row in rows], [header[i] for i in order])
        assert canonical("\ufeff" + mixed, RECORDS[name]) == canonical(text, RECORDS[name])


def test_what_is_read_is_what_was_written(data: DataFolder) -> None:
    """Write, read, write: the same bytes, and the same records."""
    rng = random.Random(7)
    for name in RECORDS:
        header, *rows = data.read(name)
        rng.shuffle(rows)
        data.write(name, [header, *([f" {cell} " for cell in row] for row in rows)])
    before = read_tables(data.path)
    assert set(format_folder(data.path, write)) == {f"{name}.csv" for name in RECORDS}
    assert all(data.file(name).read_bytes() == (SMALL / f"{name}.csv").read_bytes()
               for name in RECORDS)  # fmt: skip
    after = read_tables(data.path)
    assert format_folder(data.path) == ()
    assert {n: set(rows) for n, rows in before.rows.items()} == {
        n: set(rows) for n, rows in after.rows.items()
    }


def write(file: Path, text: str) -> None:
    file.write_bytes(text.encode())


@pytest.mark.parametrize("path", [SMALL, shipped("data")], ids=["small", "shipped"])
def test_the_kept_tables_are_in_canonical_form(path: Path) -> None:
    assert format_folder(path) == ()


def test_a_file_that_differs_only_by_its_mark_or_line_ends_is_not_canonical(
    data: DataFolder,
) -> None:
    file = data.file("countries")
    for other in (b"\xef\xbb\xbf" + file.read_bytes(), file.read_bytes().replace(b"\n", b"\r\n")):
        file.write_bytes(other)
        assert format_folder(data.path) == ("countries.csv",)
        assert file.read_bytes() == other


@pytest.mark.parametrize("fault", ["extra column", "few cells", "missing", "latin-1", "open quote"])
def test_nothing_is_rewritten_where_something_would_be_lost(data: DataFolder, fault: str) -> None:
    header, *roles = data.read("roles")
    data.write("roles", [header, *reversed(roles)])
    rows = data.read("countries")
    if fault == "extra column":
        data.write("countries", [[*row, "capital"] for row in rows])
    elif fault == "few cells":
        data.write("countries", [rows[0], rows[1][:-1]])
    elif fault == "missing":
        data.file("countries").unlink()
    elif fault == "latin-1":
        data.file("countries").write_bytes("é".encode("latin-1"))
    else:
        data.file("countries").write_text('id,name,iso2,source,locator\n"jor,', encoding="utf-8")
    before = {file.name: file.read_bytes() for file in data.path.iterdir()}
    with pytest.raises(DataError, match=r"countries\.csv"):
        format_folder(data.path, write)
    assert {file.name: file.read_bytes() for file in data.path.iterdir()} == before


def test_the_text_of_no_table_has_no_canonical_form() -> None:
    with pytest.raises(DataError, match=r"countries\.csv: is empty"):
        canonical("", RECORDS["countries"])
