"""A graph of tables and overlays: kept apart, built again when either changes, asked the same."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import Process
from folders import SMALL
from overlays import NEW, ROLE, SOURCE, Rows, written
from transcripts import OVERLAYS

import emg_graph
from emg_graph.build import build_store, default_store, open_store
from emg_graph.cli import cli
from emg_graph.errors import DataError
from emg_graph.manifest import Folders
from emg_graph.resources import folder as shipped
from emg_graph.store import current_build
from emg_graph.tables import Tables, format_folder, read_tables

Lay = Callable[..., Path]

EXAMPLE = OVERLAYS / "country-team"


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """Return a function that writes an overlay and returns its folder."""

    def write(name: str = "team", **tables: Rows) -> Path:
        return written(tmp_path / name, tables)

    return write


@pytest.fixture
def team(lay: Lay) -> Path:
    return lay(sources=[SOURCE], entities=[NEW], roles=[ROLE])


def opened(place: Path, data: Path | None, *overlays: Path) -> tuple[str, list[str]]:
    """Open a store; return the hash of its graph and what was said meanwhile."""
    lines: list[str] = []
    store, _ = open_store(place, data, lines.append, overlay=overlays)
    return store.snapshot_hash(), lines


def test_a_build_says_what_it_lays_over_what(team: Path, tmp_path: Path) -> None:
    _, lines = opened(tmp_path / "store", SMALL, team)
    assert lines[1:3] == [f"reading the tables in {SMALL}", f"laying those in {team} over them"]
    assert opened(tmp_path / "store", SMALL, team)[1] == []


FIGURE = {
    "subject": "minamata", "quantity": "party-count", "value": "999", "basis": "stated",
    "source": "er-plan", "locator": "p. 3", "confidence": "low",
}  # fmt: skip


@pytest.mark.parametrize("change", ["cell", "VERSION", "new table"])
def test_a_change_of_an_overlay_is_seen(team: Path, tmp_path: Path, change: str) -> None:
    before, _ = opened(tmp_path / "store", SMALL, team)
    if change == "cell":
        written(team, {"entities": [{**NEW, "name": "Environment Bureau"}]})
    elif change == "VERSION":
        (team / "VERSION").write_text("7\n", encoding="utf-8")
    else:
        written(team, {"figures": [FIGURE]})
    after, lines = opened(tmp_path / "store", SMALL, team)
    what = f"{SMALL} or {team} has changed since the graph was built: building it again"
    assert lines[0] == what
    assert (after == before) == (change == "VERSION")
    assert opened(tmp_path / "store", SMALL, team) == (after, [])


def test_a_touched_file_of_an_overlay_is_no_change(team: Path, tmp_path: Path) -> None:
    before = opened(tmp_path / "store", SMALL, team)[0]
    os.utime(team / "roles.csv", (1, 1))
    assert opened(tmp_path / "store", SMALL, team) == (before, [])


def test_an_overlay_of_another_place_and_the_same_tables_is_not_built_again_but_remembered(
    team: Path, tmp_path: Path
) -> None:
    first = opened(tmp_path / "store", SMALL, team)[0]
    moved = shutil.copytree(team, tmp_path / "elsewhere" / "team")
    assert opened(tmp_path / "store", SMALL, moved) == (first, [])
    shutil.rmtree(team)
    written(moved, {"entities": [{**NEW, "name": "Environment Bureau"}]})
    _, lines = opened(tmp_path / "store", None)
    assert lines[1].startswith(f"{SMALL} or {moved} has changed")


def test_the_same_tables_under_another_name_have_another_version_and_are_built_again(
    team: Path, tmp_path: Path
) -> None:
    opened(tmp_path / "store", SMALL, team)
    other = team.rename(team.with_name("other"))
    assert opened(tmp_path / "store", SMALL, other)[1]
    version = (SMALL / "VERSION").read_text(encoding="utf-8").strip()
    _, manifest = open_store(tmp_path / "store", SMALL, overlay=[other])
    assert manifest.data_version == f"{version}+other"


def test_the_order_of_overlays_is_a_difference(lay: Lay, tmp_path: Path) -> None:
    one, two = (lay(name, entities=[{"id": "who", "note": name}]) for name in ("one", "two"))
    first, _ = opened(tmp_path / "store", SMALL, one, two)
    second, lines = opened(tmp_path / "store", SMALL, two, one)
    assert lines
    assert first != second
    orders = ([one, two], [two, one])
    manifests = [open_store("memory:", SMALL, overlay=order)[1] for order in orders]
    assert len({manifest.data_hash for manifest in manifests}) == 2
    assert [m.data_version.partition("+")[2] for m in manifests] == ["one+two", "two+one"]


def test_the_hash_says_in_which_folder_a_table_stands(lay: Lay) -> None:
    rows: Rows = [{"id": "who", "note": "x"}]
    both = lay("both", sources=[SOURCE], entities=rows)
    lower, upper = lay("lower", sources=[SOURCE]), lay("upper", entities=rows)
    plain, together, apart = (
        open_store("memory:", SMALL, overlay=overlays)[1].data_hash
        for overlays in ([], [both], [lower, upper])
    )
    assert len({plain, together, apart}) == 3


def test_an_overlay_says_its_version_or_else_its_name(team: Path) -> None:
    version = (SMALL / "VERSION").read_text(encoding="utf-8").strip()
    assert Folders(SMALL, (team,)).version == f"{version}+team"
    (team / "VERSION").write_text(" 2026-12\n\n", encoding="utf-8")
    assert Folders(SMALL, (team, team.parent)).version == f"{version}+2026-12+{team.parent.name}"
    assert Folders(team.parent, (team,)).version == "unversioned+2026-12"


def test_an_overlay_named_by_a_dot_has_its_name(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(team)
    assert Folders(SMALL, (Path(),)).version.endswith("+team")
    assert default_store(None, [Path()]) == default_store(None, [team])


def test_each_choice_of_folders_has_a_store_of_its_own(team: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    choices: list[tuple[Path | None, list[Path]]] = [
        (None, []), (None, [team]), (None, [other]), (None, [team, other]), (None, [other, team]),
        (SMALL, []), (SMALL, [team]),
    ]  # fmt: skip
    places = [default_store(data, overlay) for data, overlay in choices]
    assert len(set(places)) == len(places)
    assert len({place.parent for place in places}) == 1
    assert default_store(shipped("data"), [team]) == default_store(None, [team])


def test_a_store_keeps_to_the_folders_that_it_was_built_of(team: Path, tmp_path: Path) -> None:
    first, _ = opened(tmp_path / "store", SMALL, team)
    again, (line,) = opened(tmp_path / "store", None)
    assert again == first
    assert line == f"the graph in {tmp_path / 'store'} was built with overlays: small+team"
    written(team, {"entities": [{**NEW, "name": "Environment Bureau"}]})
    second, lines = opened(tmp_path / "store", None)
    assert lines[1].startswith(f"{SMALL} or {team} has changed")
    assert second != first


def test_an_overlay_that_is_named_alone_lies_over_the_data_of_the_store(
    team: Path, lay: Lay, tmp_path: Path
) -> None:
    opened(tmp_path / "store", SMALL, team)
    other = lay("other", entities=[{"id": "who", "note": "x"}])
    opened(tmp_path / "store", None, other)
    store, manifest = open_store(tmp_path / "store")
    assert manifest.folders == Folders(SMALL, (other,))
    assert store.snapshot_hash() == opened(tmp_path / "new", SMALL, other)[0]


def test_a_data_folder_that_is_named_alone_is_laid_over_by_nothing(
    team: Path, tmp_path: Path
) -> None:
    opened(tmp_path / "store", SMALL, team)
    assert opened(tmp_path / "store", SMALL)[0] == opened(tmp_path / "plain", SMALL)[0]


def test_a_graph_outlives_its_overlay(team: Path, tmp_path: Path) -> None:
    first, _ = opened(tmp_path / "store", SMALL, team)
    shutil.rmtree(team)
    again, lines = opened(tmp_path / "store", None)
    assert (again, len(lines)) == (first, 1)
    with pytest.raises(DataError, match=r"team: cannot be read"):
        opened(tmp_path / "store", SMALL, team)


def test_a_store_of_before_there_were_overlays_is_opened_as_it_is(
    team: Path, tmp_path: Path
) -> None:
    first, _ = opened(tmp_path / "store", SMALL)
    build = current_build(tmp_path / "store")
    assert build
    manifest = build / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    assert ', "overlays": []' in text
    manifest.write_text(text.replace(', "overlays": []', ""), encoding="utf-8")
    assert opened(tmp_path / "store", SMALL) == (first, [])
    assert opened(tmp_path / "store", SMALL, team)[1]


def test_a_bad_overlay_leaves_the_graph_of_before(team: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    first, _ = opened(place, SMALL, team)
    builds = {file.name for file in (place / "builds").iterdir()}
    good = (team / "roles.csv").read_bytes()
    written(team, {"roles": [{**ROLE, "entity": "er-offise"}]})
    with pytest.raises(DataError, match=r"team/roles\.csv:2 entity: 'er-offise' is unknown; did"):
        opened(place, SMALL, team)
    assert {file.name for file in (place / "builds").iterdir()} == builds
    (team / "roles.csv").write_bytes(good)
    assert opened(place, SMALL, team) == (first, [])


KILL = """
import os, signal, sys
from pathlib import Path
from emg_graph.build import build_store

def tell(line):
    if line.startswith(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)

build_store(Path(sys.argv[1]), Path(sys.argv[2]), tell, overlay=[Path(sys.argv[3])])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")
@pytest.mark.parametrize("moment", ["laying", "loading", "checking"])
def test_killed_while_it_is_built_the_graph_of_before_answers(
    team: Path, tmp_path: Path, moment: str
) -> None:
    place = tmp_path / "store"
    first, _ = opened(place, SMALL)
    given = map(str, (place, SMALL, team, moment))
    command = [sys.executable, "-W", "error", "-c", KILL, *given]
    assert subprocess.run(command, check=False).returncode == -9
    assert opened(place, SMALL) == (first, [])


def test_an_overlay_that_changes_while_it_is_read_is_told(team: Path, tmp_path: Path) -> None:
    def interfere(line: str) -> None:
        if line == "loading":
            written(team, {"roles": [{**ROLE, "summary": "Said otherwise"}]})

    with pytest.raises(DataError, match="changed while it was read; build it again"):
        build_store(tmp_path / "store", SMALL, interfere, overlay=[team])


def test_nothing_is_written_into_any_folder_of_tables(team: Path, tmp_path: Path) -> None:
    data = shutil.copytree(SMALL, tmp_path / "data")
    before = {file: file.read_bytes() for place in (team, data) for file in place.iterdir()}
    opened(tmp_path / "store", data, team)
    assert {file: file.read_bytes() for place in (team, data) for file in place.iterdir()} == before


# From Python


@pytest.mark.parametrize("many", [False, True], ids=["one", "several"])
def test_a_graph_is_opened_with_one_overlay_or_several(team: Path, many: bool) -> None:
    overlay: str | list[str | Path] = [team, str(team)] if many else str(team)
    graph = emg_graph.open_graph("memory:", SMALL, overlay=overlay)
    assert graph.show("er-office").name == "Environment Office"
    assert graph.data_version.endswith("+team+team" if many else "+team")


def test_a_brief_names_the_overlay_that_it_rests_on(team: Path) -> None:
    graph = emg_graph.open_graph("memory:", SMALL, overlay=team)
    text = graph.brief("minamata").to_markdown()
    assert f"data {graph.data_version} " in text
    assert "+team" in text
    assert "Environment Office" in text


# The command line


def commands(command: click.Command, path: tuple[str, ...] = ()) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return [(" ".join(path), command)]
    context = click.Context(command)
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [one for name, child in found if child for one in commands(child, (*path, name))]


COMMANDS = dict(commands(cli))


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_that_takes_data_takes_overlays_and_says_what_they_are(words: str) -> None:
    options = {parameter.name: parameter for parameter in COMMANDS[words].params}
    reads = "data" in options and words != "import"  # which writes into one folder
    assert ("overlay" in options) == (reads or words in ("compare", "data check", "data format"))
    if "overlay" in options:
        assert options["overlay"].multiple
        result = CliRunner().invoke(cli, [*words.split(), "--help"], terminal_width=200)
        assert "tables laid over the others: their rows add to those, correct" in result.stdout


QUESTIONS = (
    ("brief", "minamata"),
    ("check",),
    ("collaborators", "minamata"),
    ("find", "environment office"),
    ("query", "run", "CQ01", "-p", "agreement=minamata"),
    ("show", "er-office"),
    ("sparql", "ASK { ?s dcterms:identifier 'er-office' }"),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_command_answers_from_the_tables_laid_over_the_others(
    question: tuple[str, ...], team: Path
) -> None:
    arguments = [*question, "--store", "memory:", "--data", str(SMALL), "--overlay", str(team)]
    if question[0] == "sparql":
        arguments[1] = f"PREFIX dcterms: <http://purl.org/dc/terms/> {question[1]}"
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert f"laying those in {team} over them" in result.stderr
    expected = {"check": "", "sparql": "true\n"}.get(question[0])
    if expected is None:
        assert "er-" in result.stdout
    else:
        assert result.stdout == expected


def test_a_build_of_an_overlay_leaves_the_shipped_graph_alone(
    team: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", "linux")
    arguments = ["build", "--data", str(SMALL), "--overlay", str(team)]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert "+team, sha256 " in result.stderr.splitlines()[-1]
    place = default_store(SMALL, [team])
    assert {file.name for file in place.parent.iterdir()} == {place.name}
    assert current_build(place)


def test_an_overlay_that_is_no_folder_is_a_usage_error(process: Process, tmp_path: Path) -> None:
    done = process("show", "who", "--overlay", tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere' does not exist" in done.stderr


def test_a_mistake_in_an_overlay_ends_a_question_with_2(process: Process, lay: Lay) -> None:
    team = lay(entities=[{"id": "whoo", "retired": "yes"}])
    done = process("show", "who", "--store", "memory:", "--overlay", team)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("team/entities.csv:2 id: 'whoo' is in no row")


def checked(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["data", *map(str, arguments)])
    if isinstance(result.exception, emg_graph.EmgGraphError):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_a_check_counts_the_rows_of_all_folders(team: Path) -> None:
    rows = sum(len(rows) for rows in read_tables(SMALL).rows.values())
    code, out, err = checked("check", SMALL, "--overlay", team)
    assert (code, out, err) == (0, "", f"emg-graph: {rows + 3:,} rows, no problems\n")


def test_a_check_tells_the_problems_of_an_overlay_as_findings(lay: Lay) -> None:
    team = lay(entities=[{"id": "whoo", "retired": "yes"}])
    code, out, err = checked("check", SMALL, "--overlay", team)
    assert (code, err) == (1, "")
    assert out.startswith("1 problem in the data:\nteam/entities.csv:2 id: 'whoo' is in no row")


def test_overlays_alone_are_put_in_form_and_the_shipped_tables_left(lay: Lay) -> None:
    team = lay(entities=[{"note": "x", "id": "who"}])
    code, _, err = checked("format", "--overlay", team, "--check")
    assert (code, err) == (1, "emg-graph: team/entities.csv is not in canonical form\n")
    code, _, err = checked("format", "--overlay", team)
    assert (code, err) == (0, "emg-graph: team/entities.csv rewritten\n")
    code, _, err = checked("format", SMALL, "--overlay", team, "--check")
    assert (code, err) == (0, "emg-graph: every table is in canonical form\n")


# The example of the documentation


@pytest.fixture(scope="module")
def example() -> Tables:
    return read_tables(shipped("data"), [EXAMPLE])


@pytest.mark.no_cover
def test_the_example_adds_corrects_and_retires(example: Tables) -> None:
    base = read_tables(shipped("data"))
    changed = {
        name: (len(set(rows) - set(base.rows[name])), len(set(base.rows[name]) - set(rows)))
        for name, rows in example.rows.items()
        if rows != base.rows[name]
    }
    assert changed == {
        "sources": (2, 0), "entities": (3, 1), "mechanisms": (2, 0), "participations": (2, 0),
        "roles": (2, 0), "figures": (0, 1),
    }  # fmt: skip


def test_the_example_says_of_every_row_that_it_is_one() -> None:
    for file in EXAMPLE.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                note = row.get("note", "")
                assert row.get("retired") or "Invented" in note or "example" in note, file.name


def test_the_example_is_in_canonical_form() -> None:
    assert format_folder(None, overlays=[EXAMPLE]) == ()


@pytest.mark.no_cover
def test_the_first_draft_has_mistakes_of_several_kinds() -> None:
    with pytest.raises(DataError) as caught:
        read_tables(shipped("data"), [OVERLAYS / "first-draft"])
    lines = str(caught.value).splitlines()
    for words in ("is no table", "did you mean", "is required", "in no row of", "was retired in"):
        assert any(words in line for line in lines), words


def test_the_rows_that_the_page_shows_are_those_of_the_example() -> None:
    page = (OVERLAYS.parent / "overlay.md").read_text(encoding="utf-8")
    shown = [block.partition("```")[0].splitlines() for block in page.split("```text\n")[1:]]
    kept = {
        line
        for file in EXAMPLE.glob("*.csv")
        for line in file.read_text(encoding="utf-8").splitlines()
    }
    assert shown
    assert all(line in kept for lines in shown for line in lines)


# What a question to a built graph costs


QUESTION = """
import sys
from emg_graph.cli import cli
cli.main(sys.argv[1:], standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""


def test_a_question_to_a_built_overlay_reads_no_tables(team: Path, tmp_path: Path) -> None:
    build_store(tmp_path / "store", SMALL, overlay=[team])
    question = ("query", "run", "CQ01", "-p", "agreement=minamata")
    where = ("--data", SMALL, "--overlay", team, "--store", tmp_path / "store")
    done = subprocess.run(
        [sys.executable, "-c", QUESTION, *question, *where],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = set(done.stderr.split())
    assert "er-office" in done.stdout
    assert not imported & {"pydantic", "csv", "emg_graph.tables", "emg_graph.records", "_hashlib"}
