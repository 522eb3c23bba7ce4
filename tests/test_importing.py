"""Rows of documents merged into a folder: what is added, changed, left, and never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from conftest import Process, Run
from folders import DataFolder
from imports import SHARED, needs_shared, shipped, write_json

from emg_graph import files, importers
from emg_graph.errors import DataError, DocumentError, OutputError
from emg_graph.importers import Draft, Drafts, Kind, Known, Omitted, Tally, Unread, kinds
from emg_graph.resources import folder as shipped_folder
from emg_graph.views import imported

MANDATE = {
    "id": "a-res-1-1",
    "symbol": "A/RES/1/1",
    "title": "Mercury",
    "body": "general-assembly",
    "source": "som31-report",
    "locator": "row 1",
}
BODY = "general-assembly,mandate-body,General Assembly,The main organ.,,,,,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """Return a folder of tables with a scheme of bodies and no mandates yet."""
    made = DataFolder(tmp_path / "tables")
    for table in ("citations", "cooperations", "mandates", "programmes", "chart_entries"):
        made.file(table).unlink(missing_ok=True)
    concepts = made.file("concepts")
    if "\ngeneral-assembly," not in concepts.read_text(encoding="utf-8"):
        with concepts.open("a", encoding="utf-8") as file:
            file.write(BODY)
    return made


def draft(**cells: str) -> Draft:
    return Draft("mandates", MANDATE | cells)


def put(folder: DataFolder, *drafts: Draft) -> importers.Merge:
    """Merge the rows, write them, and return what was done."""
    merged = importers.merge(folder.path, drafts)
    importers.write(folder.path, merged)
    return merged


def everything(folder: DataFolder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.path.iterdir()}


def test_a_new_row_is_added_and_a_table_begun_where_there_is_none(folder: DataFolder) -> None:
    merged = put(folder, draft())
    assert [one.values["id"] for one in merged.added] == ["a-res-1-1"]
    assert folder.get("mandates", "title") == "Mercury"


def test_a_second_run_changes_nothing(folder: DataFolder) -> None:
    put(folder, draft())
    before = everything(folder)
    merged = put(folder, draft())
    assert (merged.added, merged.changed, len(merged.left), merged.texts) == ([], [], 1, {})
    assert everything(folder) == before


def test_a_row_given_otherwise_is_updated_and_the_difference_told(folder: DataFolder) -> None:
    put(folder, draft())
    merged = put(folder, draft(title="Mercury and lead"))
    assert [change.differing for change in merged.changed] == [("title",)]
    assert folder.get("mandates", "title") == "Mercury and lead"


def test_a_row_that_a_person_edited_stays_and_the_difference_is_told(folder: DataFolder) -> None:
    put(folder, draft())
    folder.set("mandates", "title", "Quicksilver")
    folder.set("mandates", "reviewed_on", "2026-11-20")
    merged = put(folder, draft(title="Mercury and lead"))
    assert [change.after["title"] for change in merged.reviewed] == ["Mercury and lead"]
    assert folder.get("mandates", "title") == "Quicksilver"
    assert "title 'Quicksilver' → 'Mercury and lead'" in imported.to_text(Drafts(), merged)


def test_a_person_s_row_that_the_document_gives_as_it_is_is_no_difference(
    folder: DataFolder,
) -> None:
    put(folder, draft())
    folder.set("mandates", "reviewed_on", "2026-11-20")
    merged = put(folder, draft())
    assert (merged.reviewed, len(merged.left)) == ([], 1)


def test_an_empty_cell_of_a_document_keeps_what_the_table_has(folder: DataFolder) -> None:
    put(folder, draft(note="Seen by us"))
    merged = put(folder, draft(note=""))
    assert merged.changed == []
    assert folder.get("mandates", "note") == "Seen by us"


def test_what_another_source_described_first_stays_as_it_is(folder: DataFolder) -> None:
    put(folder, draft())
    merged = put(folder, draft(title="Something else", source="system-chart"))
    assert (merged.changed, len(merged.left)) == ([], 1)
    assert folder.get("mandates", "title") == "Mercury"


@pytest.mark.parametrize(
    ("issued", "title"),
    [("2027", "Mercury"), ("2028", "Something else"), ("2027-05", "Mercury"), ("", "Mercury")],
)
def test_a_later_edition_describes_a_thing_anew(
    folder: DataFolder, issued: str, title: str
) -> None:
    def edition(name: str, date: str) -> Draft:
        values = {"id": name, "title": "Budget", "evidence_class": "A", "issued_on": date}
        return Draft("sources", values)

    put(folder, edition("budget-2027", "2027"), draft(source="budget-2027"))
    put(folder, edition("another", issued), draft(title="Something else", source="another"))
    assert folder.get("mandates", "title") == title


def test_a_person_s_row_stays_whatever_document_gives_it_otherwise_and_it_is_told(
    folder: DataFolder,
) -> None:
    put(folder, draft())
    folder.set("mandates", "title", "Quicksilver")
    folder.set("mandates", "reviewed_on", "2026-11-20")
    merged = put(folder, draft(source="system-chart"))
    assert [change.differing for change in merged.reviewed] == [("title", "source")]
    assert folder.get("mandates", "title") == "Quicksilver"
    merged = put(folder, draft(title="Quicksilver", source="system-chart"))
    assert (merged.reviewed, len(merged.left)) == ([], 1)


def test_what_a_person_changed_of_a_claim_is_not_added_again(folder: DataFolder) -> None:
    def spent(entity: str, place: str = "entity UN") -> Draft:
        values = {
            "entity": entity, "year_on": "1999", "amount_usd": "5", "code_as_written": "UN",
            "basis": "stated", "source": "som31-report", "locator": place, "confidence": "high",
        }  # fmt: skip
        return Draft("expenditures", values)

    put(folder, spent("unep"), spent("who", "entity WHO"))
    (row,) = (n for n, one in enumerate(folder.read("expenditures")[1:]) if "entity UN" in one)
    folder.set("expenditures", "entity", "unicef", row)
    folder.set("expenditures", "reviewed_on", "2026-11-20", row)
    before = everything(folder)
    merged = put(folder, spent("unep"), spent("who", "entity WHO"))
    assert everything(folder) == before
    assert (merged.added, merged.gone, len(merged.left)) == ([], [], 1)
    assert [(one.before["entity"], one.differing) for one in merged.reviewed] == [
        ("unicef", ("entity",))
    ]


def test_rows_of_a_table_without_reviews_are_added_to_and_never_changed(
    folder: DataFolder,
) -> None:
    title = folder.get("sources", "title")
    known = Draft("sources", {"id": folder.get("sources", "id"), "title": "Another title"})
    new = Draft("sources", {"id": "budget-2027", "title": "Budget", "evidence_class": "A"})
    merged = put(folder, known, new)
    assert (len(merged.added), len(merged.left), merged.changed) == (1, 1, [])
    assert title in [row[1] for row in folder.read("sources")]


def test_a_row_that_the_document_no_longer_gives_stays_and_is_told(folder: DataFolder) -> None:
    put(folder, draft(), draft(id="a-res-1-2", symbol="A/RES/1/2"))
    merged = put(folder, draft())
    assert [change.key for change in merged.gone] == [("a-res-1-2",)]
    assert len(folder.read("mandates")) == 3


def test_rows_about_years_that_the_documents_do_not_have_are_not_missed(
    folder: DataFolder,
) -> None:
    def spent(year: str, goal: str = "sdg-12") -> Draft:
        values = {
            "entity": "unep", "goal": goal, "year_on": year, "amount_usd": "5",
            "code_as_written": "UNEP", "basis": "stated", "source": "som31-report",
            "locator": f"{year}, {goal}", "confidence": "high",
        }  # fmt: skip
        return Draft("expenditures_by_goal", values)

    put(folder, spent("1998"), spent("1999"), spent("1999", "sdg-3"))
    merged = put(folder, spent("1999"))
    assert [change.before["goal"] for change in merged.gone] == ["sdg-3"]


def test_of_two_drafts_of_one_row_the_first_counts(folder: DataFolder) -> None:
    put(folder, draft(), draft(title="Second"))
    assert folder.get("mandates", "title") == "Mercury"


def test_rows_that_break_a_rule_of_the_tables_change_nothing(folder: DataFolder) -> None:
    before = everything(folder)
    merged = importers.merge(folder.path, [draft(body="nobody")])
    with pytest.raises(DataError, match="'nobody' is unknown"):
        importers.write(folder.path, merged)
    assert everything(folder) == before


def test_a_malformed_table_is_told_and_left(folder: DataFolder) -> None:
    folder.file("mandates").write_text("id,symbol\na,b,c\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"mandates.csv"):
        importers.merge(folder.path, [draft()])


def test_a_folder_that_cannot_be_written_is_told(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path, _data: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("emg_graph.files.replace", refuse)
    with pytest.raises(OutputError, match=r"mandates.csv cannot be written: Permission denied"):
        put(folder, draft())


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_stopped_between_two_tables_it_puts_the_first_back(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, stopped: BaseException
) -> None:
    citation = {
        "entity": "unep", "mandate": "a-res-1-1", "name_as_written": "1/1", "basis": "stated",
        "source": "som31-report", "locator": "row 1", "confidence": "high",
    }  # fmt: skip
    merged = importers.merge(folder.path, [draft(), Draft("citations", citation)])
    assert list(merged.texts) == ["mandates", "citations"]
    before = everything(folder)
    replace = files.replace

    def once(file: Path, data: bytes) -> None:
        if file.stem == "citations":
            raise stopped
        replace(file, data)

    monkeypatch.setattr(files, "replace", once)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        importers.write(folder.path, merged)
    assert everything(folder) == before


def test_things_are_written_before_the_claims_that_refer_to_them(folder: DataFolder) -> None:
    citation = {
        "entity": "unep", "mandate": "a-res-1-1", "name_as_written": "1/1", "basis": "stated",
        "source": "som31-report", "locator": "row 1", "confidence": "high",
    }  # fmt: skip
    merged = importers.merge(folder.path, [Draft("citations", citation), draft()])
    assert [*merged.texts] == ["mandates", "citations"]


def test_since_leaves_out_rows_about_earlier_years_alone() -> None:
    drafts = Drafts()
    for year in ("2021", "2022"):
        drafts.add("expenditures", year_on=year)
    drafts.add("mandates", id="x")
    assert [one.values.get("year_on") for one in drafts.since(2022)] == ["2022", None]
    assert len([*drafts.since(None)]) == 3


def reading(*rows: Draft, unread: Sequence[Unread] = (), omitted: Sequence[Omitted] = ()) -> Kind:
    """Return a kind whose documents give these rows, whatever they hold."""

    class Fixed(Kind):
        @property
        def read(self) -> Callable[[Sequence[Path], Known], Drafts]:
            return lambda files, known: Drafts(
                [*rows],
                [*unread],
                [Tally(file.name, len(rows) + len(unread), len(unread)) for file in files],
                [*omitted],
            )

    return Fixed("none", "CSV", "made for a test")


@pytest.fixture
def import_(
    folder: DataFolder, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., str]:
    """Return a function that imports given rows by the command, and gives what it printed."""
    document = tmp_path / "document.csv"
    document.write_text("any\n", encoding="utf-8")

    def invoke(kind: Kind, *args: str, code: int = 0) -> str:
        known: Mapping[str, Kind] = {**kinds.KINDS, "parties": kind}
        monkeypatch.setattr("emg_graph.cli.importing.KINDS", known)
        result = run("import", "parties", document, "--data", folder.path, *args)
        assert result.exit_code == code, result.output
        return result.stdout

    return invoke


def test_the_command_counts_by_table_and_lists_what_it_could_not_read(
    folder: DataFolder, import_: Callable[..., str]
) -> None:
    unread = Unread("document.csv", "row 7", "n/a", "is no symbol")
    printed = import_(reading(draft(), unread=[unread]), code=1)
    assert "1 file read: 2 rows, 1 not understood (50.00%)" in printed
    assert "document.csv, row 7: 'n/a' is no symbol" in printed
    assert folder.get("mandates", "id") == "a-res-1-1"
    assert "Nothing has changed." in import_(reading(draft()))


def test_a_dry_run_writes_nothing_and_says_so(
    folder: DataFolder, import_: Callable[..., str]
) -> None:
    before = everything(folder)
    assert "Nothing was written (--dry-run)." in import_(reading(draft()), "--dry-run")
    assert everything(folder) == before


def test_as_data_every_row_has_an_outcome_and_a_place(import_: Callable[..., str]) -> None:
    printed = import_(reading(draft()), "--format", "json")
    assert json.loads(printed) == [
        {
            "outcome": "added",
            "table": "mandates",
            "row": "a-res-1-1",
            "place": "som31-report, row 1",
            "detail": "",
        }
    ]


def test_long_lists_are_cut_in_a_terminal_and_whole_as_data(import_: Callable[..., str]) -> None:
    unread = [Unread("document.csv", f"row {n}", "?", "is no symbol") for n in range(60)]
    kind = reading(draft(), unread=unread)
    assert "… and 20 more; --format csv lists all" in import_(kind, code=1)
    assert import_(kind, "--format", "csv", code=1).count("is no symbol") == 60


def test_the_share_not_understood_is_of_lines_however_often_a_value_is_told() -> None:
    one = Unread("a.csv", "line 2, Countries (and 7 more)", "Mars", "is no country")
    drafts = Drafts(unread=[one], tallies=[Tally("a.csv", 100, 8)])
    printed = imported.to_text(drafts, importers.Merge())
    assert printed.startswith("1 file read: 100 rows, 8 not understood (8.00%)\n")
    assert "Not understood (1):" in printed


def test_an_installed_package_is_never_written_into(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("emg_graph.resources.installed", lambda: True)
    told = run("import", "parties", write_json(tmp_path / "parties.csv", []))
    assert told.exit_code == 2
    assert "emg-graph data copy my-tables" in told.output


def test_what_is_left_out_on_purpose_is_named_first_few_in_a_terminal_and_all_as_data(
    import_: Callable[..., str],
) -> None:
    omitted = [Omitted("document.csv", f"row {n}", f"Body {n}", "is not ours") for n in range(7)]
    kind = reading(draft(), omitted=omitted)
    printed = import_(kind, "--dry-run")
    assert "Left out on purpose (7):\n  document.csv, row 0: 'Body 0' is not ours\n" in printed
    assert "'Body 4'" in printed
    assert "'Body 5'" not in printed
    assert "… and 2 more; --format csv lists all" in printed
    found = json.loads(import_(kind, "--format", "json"))
    assert [row["row"] for row in found if row["outcome"] == "left out"] == [
        f"Body {n}" for n in range(7)
    ]
    assert found[-1] == {
        "outcome": "left out",
        "table": "",
        "row": "Body 6",
        "place": "document.csv, row 6",
        "detail": "is not ours",
    }


def test_a_document_of_which_nothing_is_understood_is_refused_and_changes_nothing(
    folder: DataFolder, run: Run, tmp_path: Path
) -> None:
    entry = {"iso3": "XQX", "name": "Nowhere", "total": 1, "entities": {"UNEP": 1}}
    nowhere = write_json(tmp_path / "country-expenses-2032.json", [entry])
    before = everything(folder)
    told = run("import", "ceb-country", nowhere, "--data", folder.path)
    assert told.exit_code != 0
    assert str(told.exception) == (
        "country-expenses-2032.json was read and nothing in it understood (1 row); the first is"
        " XQX: 'XQX (Nowhere)' is no country of countries.csv"
    )
    assert isinstance(told.exception, DocumentError)
    assert everything(folder) == before


def test_the_refusal_of_a_document_exits_as_other_bad_documents_do(
    process: Process, folder: DataFolder, tmp_path: Path
) -> None:
    entry = {"iso3": "XQX", "name": "Nowhere", "total": 1, "entities": {}}
    nowhere = write_json(tmp_path / "country-expenses-2032.json", [entry])
    told = process("import", "ceb-country", nowhere, "--data", folder.path)
    assert told.returncode == 2
    assert told.stderr.count("error: ") == 1


@pytest.mark.parametrize(
    ("tallies", "refused"),
    [
        ((Tally("a", 1, 1),), True),
        ((Tally("a", 3, 3),), True),
        ((Tally("a", 1, 1, "rows on others: 9"),), False),
        ((Tally("a", 0, 0),), False),
    ],
)
def test_only_what_was_read_and_not_understood_at_all_is_refused(
    tallies: tuple[Tally, ...], refused: bool
) -> None:
    drafts = Drafts(unread=[Unread("a", "line 2", "?", "is no symbol")], tallies=[*tallies])
    drafts.add("sources", id="budget-2027")
    if refused:
        with pytest.raises(DocumentError, match="a was read and nothing in it understood"):
            drafts.require_understood()
    else:
        drafts.require_understood()


def test_one_document_that_is_not_understood_stops_those_that_are() -> None:
    drafts = Drafts([draft()], [Unread("b", "line 2", "?", "is no symbol")])
    drafts.tallies.extend([Tally("a", 1, 0), Tally("b", 1, 1, given=False)])
    with pytest.raises(DocumentError, match="b was read"):
        drafts.require_understood()


PUBLISHED = {
    "ceb-country": (("ceb/country-expenses-*.json",), 2024),
    "ceb-sdg": (("ceb/expenses_sdgs.csv",), 2022),
    "ceb-total": (("ceb/entity-spending-*.json",), None),
    "gcf-projects": (("portfolio/gcf_projects_api_2023.json",), None),
    "gef-projects": (("portfolio/gef_projects_export.csv",), None),
    "memoranda": (("portfolio/cooperation_agreements_dated.csv",), None),
    "parties": (("parties/mea_parties_manytreaties.csv", "parties/unfccc.csv"), None),
    "references": (("agreements/ecolex_treaty_references.csv",), None),
    "side-events": (("portfolio/unfccc_side_events_un_pairs.csv",), None),
    "system-chart": (("system-chart/un-entities.csv",), None),
    "un80-actions": (("un80/actions.json",), None),
    "uninfo": (("portfolio/uninfo_mea_mentions.csv",), None),
}
"""The documents that the shipped tables were made of, and the year since which they are."""


@pytest.fixture(scope="module")
def world() -> Known:
    return shipped()


@needs_shared
@pytest.mark.parametrize("kind", sorted(kinds.KINDS.keys() - {"programme-budget"}))
def test_the_shipped_tables_are_what_the_published_documents_give(kind: str, world: Known) -> None:
    patterns, since = PUBLISHED[kind]
    files = [file for pattern in patterns for file in sorted(SHARED.glob(pattern))]
    drafts = kinds.KINDS[kind].read(files, world)
    merged = importers.merge(shipped_folder("data"), drafts.since(since))
    assert (merged.added, merged.changed, merged.gone, [*merged.texts]) == ([], [], [], [])
    assert len(merged.left) > 1


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_has_a_reader(kind: str) -> None:
    assert callable(kinds.KINDS[kind].read)


def test_an_unknown_kind_is_told_with_those_that_there_are(
    process: Process, tmp_path: Path
) -> None:
    document = tmp_path / "document.csv"
    document.write_text("any\n", encoding="utf-8")
    told = process("import", "budget", document)
    assert told.returncode == 2
    assert "programme-budget" in told.stderr


def test_a_file_that_is_not_there_is_told(process: Process) -> None:
    told = process("import", "parties", "nowhere.csv")
    assert told.returncode == 2
    assert "nowhere.csv" in told.stderr
