"""The commands that load: what they print where, and the code with which they end."""

from __future__ import annotations

import csv
import gc
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import click
import pytest
from conftest import COMMAND, Process, Run
from folders import SMALL, DataFolder

import emg_graph.cli
from emg_graph.checks import Finding
from emg_graph.cli import main, options
from emg_graph.graph import Graph
from emg_graph.records import RECORDS
from emg_graph.store import current_build

FINDING = Finding("OrderShape", "https://w3id.org/emg-graph/agreement/basel", "Two dates: swap.")
Main = Callable[..., tuple[int, str, str]]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX systems")


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the small data."""
    place = tmp_path_factory.mktemp("small") / "store"
    subprocess.run([*COMMAND, "build", "--data", SMALL, "--store", place], check=True)
    return place


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Main:
    """Return a function that runs ``main`` here: exit code, standard output, standard error."""
    monkeypatch.setattr(gc, "freeze", lambda: None)

    def call(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["emg-graph", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        out, errors = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, errors

    return call


# build


def test_a_build_says_its_steps_on_standard_error_and_prints_nothing(
    ended: Main, data: DataFolder, tmp_path: Path
) -> None:
    code, out, said = ended("build", "--data", data.path, "--store", tmp_path / "store")
    assert (code, out) == (0, "")
    lines = said.splitlines()
    assert all(line.startswith("emg-graph: ") for line in lines)
    version = (data.path / "VERSION").read_text(encoding="utf-8").strip()
    assert lines[-1].startswith(f"emg-graph: data {version}, sha256 ")
    assert current_build(tmp_path / "store")


def test_a_build_goes_where_the_environment_says(
    ended: Main, data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMG_GRAPH_STORE", str(tmp_path / "from-env"))
    assert ended("build", "--data", data.path)[0] == 0
    assert current_build(tmp_path / "from-env")


def test_a_build_goes_into_the_users_data_directory_by_default(
    ended: Main, data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert ended("build", "--data", data.path)[0] == 0
    (place,) = (tmp_path / "home" / "emg-graph").iterdir()
    assert current_build(place)


def test_a_build_of_bad_data_tells_every_problem_and_ends_with_2(
    ended: Main, data: DataFolder, tmp_path: Path
) -> None:
    data.set("roles", "entity", "brs-secretariatt")
    data.set("agreements", "adopted_on", "soon")
    code, out, said = ended("build", "--data", data.path, "--store", tmp_path / "store")
    assert (code, out) == (2, "")
    assert said.splitlines()[1:] == [
        "error: 2 problems in the data:",
        "agreements.csv:2 adopted_on: 'soon' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD",
        "roles.csv:2 entity: 'brs-secretariatt' is unknown; did you mean 'brs-secretariat'?",
    ]
    assert current_build(tmp_path / "store") is None


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("memory:", "a build into memory: would be gone at once; name a folder"),
        ("https://a.org/sparql", "https://a.org/sparql is a web address"),
        (str(SMALL), f"{SMALL} is a folder with other things in it; name an empty one"),
        (str(SMALL / "roles.csv"), "roles.csv is not a readable store"),
    ],
)
def test_a_build_into_a_wrong_place_ends_with_2(ended: Main, store: str, said: str) -> None:
    before = {file: file.read_bytes() for file in SMALL.iterdir()}
    code, out, errors = ended("build", "--store", store, "--data", SMALL)
    assert (code, out) == (2, "")
    assert errors.splitlines()[-1].startswith("error: ")
    assert said in errors.splitlines()[-1]
    assert "Traceback" not in errors
    assert {file: file.read_bytes() for file in SMALL.iterdir()} == before


def test_a_data_folder_that_is_none_is_a_usage_error(ended: Main, tmp_path: Path) -> None:
    code, _, said = ended("build", "--data", tmp_path / "nowhere", "--store", tmp_path / "store")
    assert code == 2
    assert "nowhere' does not exist" in said
    assert not (tmp_path / "store").exists()


def test_a_question_to_changed_data_builds_again_and_says_so_on_standard_error(
    ended: Main, data: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMG_GRAPH_STORE", str(tmp_path / "unused"))
    question = ("query", "run", "labels", "--store", tmp_path / "store", "--data", data.path)
    _, before, said = ended(*question, "--format", "csv")
    assert "yet: building it\n" in said
    assert ended(*question, "--format", "csv") == (0, before, "")
    data.set("countries", "name", "The Hashemite Kingdom")
    code, after, said = ended(*question, "--format", "csv")
    assert said.startswith(f"emg-graph: {data.path} has changed since the graph was built")
    assert (code, "emg-graph:" in after) == (0, False)
    assert len(after.splitlines()) == len(before.splitlines())
    assert not (tmp_path / "unused").exists()


@POSIX
def test_an_interrupted_build_ends_with_130_and_a_sentence(
    data: DataFolder, tmp_path: Path
) -> None:
    header, row, *_ = data.read("figures")
    data.write("figures", [header, *([*row[:2], str(n), *row[3:]] for n in range(20_000))])
    place = tmp_path / "store"
    process = subprocess.Popen(
        [*COMMAND, "build", "--data", data.path, "--store", place],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    while not process.stderr.readline().startswith("emg-graph: loading"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=300)
    assert (process.returncode, out) == (130, "")
    assert said.splitlines()[-1] == "stopped; nothing was changed"
    assert "Traceback" not in said
    assert list((place / "builds").iterdir()) == []
    assert current_build(place) is None


# check


def test_a_check_without_findings_ends_with_0(ended: Main, small: Path) -> None:
    code, out, said = ended("check", "--store", small, "--data", SMALL)
    assert (code, out) == (0, "")
    assert said.splitlines() == ["emg-graph: checking shapes and rules", "emg-graph: no findings"]


def test_a_check_prints_its_findings_and_ends_with_1(
    ended: Main, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Graph, "check", lambda _: (FINDING,))
    code, out, said = ended("check", "--store", small, "--data", SMALL)
    assert code == 1
    assert FINDING.message in out
    assert FINDING.message not in said
    code, out, _ = ended("check", "--store", small, "--data", SMALL, "--format", "json")
    assert code == 1
    assert json.loads(out) == [
        {"rule": FINDING.rule, "subject": FINDING.subject, "message": FINDING.message}
    ]


def test_findings_can_be_written_to_a_file(
    ended: Main, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Graph, "check", lambda _: (FINDING,))
    file = tmp_path / "findings.csv"
    args = ("check", "--store", small, "--data", SMALL, "--format", "csv", "-o", file)
    assert ended(*args)[:2] == (1, "")
    assert [*csv.reader(StringIO(file.read_text(encoding="utf-8")))][1] == [
        FINDING.rule, FINDING.subject, FINDING.message,
    ]  # fmt: skip


def test_a_check_of_what_cannot_be_built_ends_with_2(ended: Main, data: DataFolder) -> None:
    data.set("roles", "source", "")
    code, out, said = ended("check", "--store", "memory:", "--data", data.path)
    assert (code, out) == (2, "")
    assert "roles.csv:2 source: is empty; every row cites a source" in said


# data


def test_good_tables_are_counted(ended: Main) -> None:
    code, out, said = ended("data", "check", SMALL)
    assert (code, out) == (0, "")
    assert said.endswith(" rows, no problems\n")


def test_the_shipped_tables_are_the_default(ended: Main) -> None:
    assert ended("data", "check")[0] == 0
    assert ended("data", "format", "--check")[0] == 0


def test_problems_of_the_tables_are_findings(ended: Main, data: DataFolder) -> None:
    data.set("roles", "entity", "zzz")
    code, out, said = ended("data", "check", data.path)
    assert (code, said) == (1, "")
    assert out.splitlines()[0] == "1 problem in the data:"
    assert out.splitlines()[1].startswith("roles.csv:2 entity: 'zzz' is unknown")


def test_the_shipped_tables_are_copied_to_begin_with(ended: Main, tmp_path: Path) -> None:
    code, out, said = ended("data", "copy", tmp_path / "mine")
    assert (code, out) == (0, "")
    assert "name it with --data" in said
    assert ended("data", "check", tmp_path / "mine")[0] == 0
    code, _, said = ended("data", "copy", tmp_path / "mine")
    assert (code, "is there already, with files in it" in said) == (2, True)
    (tmp_path / "file").touch()
    code, _, said = ended("data", "copy", tmp_path / "file" / "mine")
    assert (code, "cannot be written" in said) == (2, True)


def test_tables_are_put_in_canonical_form(ended: Main, data: DataFolder) -> None:
    header, *rows = data.read("roles")
    data.write("roles", [header, *reversed(rows)])
    before = data.file("roles").read_bytes()
    code, out, said = ended("data", "format", data.path, "--check")
    assert (code, out, said) == (1, "", "emg-graph: roles.csv is not in canonical form\n")
    assert data.file("roles").read_bytes() == before
    assert ended("data", "format", data.path) == (0, "", "emg-graph: roles.csv rewritten\n")
    assert data.file("roles").read_bytes() == (SMALL / "roles.csv").read_bytes()
    code, out, said = ended("data", "format", data.path, "--check")
    assert (code, out, said) == (0, "", "emg-graph: every table is in canonical form\n")


def test_tables_that_cannot_be_put_in_form_are_left_alone(ended: Main, data: DataFolder) -> None:
    data.write("countries", [[*row, "capital"] for row in data.read("countries")])
    before = data.file("countries").read_bytes()
    code, _, said = ended("data", "format", data.path)
    assert code == 2
    assert "countries.csv:1: 'capital' is not a column of this table" in said
    assert data.file("countries").read_bytes() == before


def test_the_columns_of_a_table_are_listed(ended: Main) -> None:
    code, out, _ = ended("data", "columns", "roles.csv", "--format", "csv")
    listed = [row[1] for row in csv.reader(StringIO(out))][1:]
    assert (code, listed) == (0, list(RECORDS["roles"].model_fields))
    code, out, _ = ended("data", "columns", "--format", "csv")
    assert {row[0] for row in csv.reader(StringIO(out))} > set(RECORDS)
    code, _, said = ended("data", "columns", "rolls")
    assert (code, said) == (2, "error: no table is called 'rolls'; did you mean 'roles'?\n")


# export


@pytest.mark.parametrize("name", ["g.nq", "g.trig", "g.jsonld", "g.TTL", "tables"])
def test_an_export_is_the_same_under_two_hash_seeds(
    process: Process, small: Path, tmp_path: Path, name: str
) -> None:
    made = []
    for seed in ("1", "2"):
        place = tmp_path / seed / name
        place.parent.mkdir()
        done = process(
            "export", "-o", place, "--store", small, "--data", SMALL, env={"PYTHONHASHSEED": seed}
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert done.stderr == f"emg-graph: {place} is ready\n"
        files = sorted(place.iterdir()) if place.is_dir() else [place]
        made.append({file.name: file.read_bytes() for file in files})
    assert made[0] == made[1]
    assert all(made[0].values())


def test_an_export_says_when_it_is_ready(ended: Main, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "g.nq"
    result = ended("export", "-o", file, "--store", small, "--data", SMALL)
    assert result == (0, "", f"emg-graph: {file} is ready\n")
    assert file.read_bytes().count(b" .\n") > 1000


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("-", "an export is a file or a folder; name one, such as emg.trig"),
        (
            "g.xml",
            "'.xml' is no form of an export; use .nq, .trig, .jsonld, .ttl, .gexf, .graphml, .json,"
            " or a folder for CSV",
        ),
        ("nowhere/g.nq", "nowhere/g.nq cannot be written: No such file or directory"),
    ],
)
def test_an_export_that_cannot_be_written_ends_with_2(
    ended: Main,
    small: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    output: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = ended("export", "-o", output, "--store", small, "--data", SMALL)
    assert result == (2, "", f"error: {said}\n")
    assert list(tmp_path.iterdir()) == []


def test_an_export_of_tables_has_a_file_for_each_class(
    ended: Main, small: Path, tmp_path: Path
) -> None:
    place = tmp_path / "tables"
    for _ in range(2):  # what an export wrote may be written again
        assert ended("export", "-o", place, "--store", small, "--data", SMALL)[0] == 0
    names = {file.name for file in place.iterdir()}
    assert names >= {"action-point.csv", "agreement.csv", "concept.csv", "position.csv"}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*\.csv", name) for name in names)
    assert "claim.csv" not in names


@pytest.mark.parametrize("name", ["letter.txt", "roles.csv", ".hidden"])
def test_an_export_into_a_folder_with_other_files_is_refused_and_writes_nothing(
    ended: Main, small: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "mine").mkdir()
    file = tmp_path / "mine" / name
    file.write_text("mine", encoding="utf-8")
    result = ended("export", "-o", file.parent, "--store", small, "--data", SMALL)
    assert result == (
        2,
        "",
        f"error: {file.parent} is not a folder of an export: there is {name} in it; "
        "name a new or empty folder\n",
    )
    assert list(file.parent.iterdir()) == [file]
    assert file.read_text(encoding="utf-8") == "mine"


def test_an_export_that_is_stopped_by_the_system_leaves_no_draft(
    ended: Main, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    file = tmp_path / "g.nq"
    code, _, said = ended("export", "-o", file, "--store", small, "--data", SMALL)
    assert (code, said) == (2, f"error: {file} cannot be written: Permission denied\n")
    assert list(tmp_path.iterdir()) == []


# Output


def test_a_file_is_replaced_whole_and_a_link_to_it_stays(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("before", encoding="utf-8")
    link.symlink_to(file)
    options.write("é", str(link))
    assert link.is_symlink()
    assert file.read_bytes() == "é".encode()
    assert {path.name for path in tmp_path.iterdir()} == {"file", "link"}


@pytest.mark.parametrize("output", ["", "folder", "file/below", "nowhere/file"])
def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(emg_graph.OutputError, match="cannot be written"):
        options.write("text", output)
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "file"}


def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "file"
    file.write_text("before", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(emg_graph.OutputError, match="file cannot be written: Permission denied"):
        options.write("after", str(file))
    assert file.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [file]


@POSIX
def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    options.write("text", str(pipe))
    assert os.read(reader, 9) == b"text"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(("columns", "expected"), [("72", 72), ("0", None), ("wide", None)])
def test_the_width_is_what_the_environment_says_else_the_terminals(
    monkeypatch: pytest.MonkeyPatch, columns: str, expected: int | None
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", lambda: os.terminal_size((44, 9)))
    assert options.width() == (expected or 44)
    monkeypatch.setattr(os, "get_terminal_size", no_terminal)
    assert options.width() == (expected or 100)


def no_terminal(*_: int) -> None:
    raise OSError("no terminal")


# The end


def test_a_closed_pipe_ends_quietly(small: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [*COMMAND, "query", "run", "labels", "--store", str(small), "--format", "csv"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_behind_standard_output_is_told(small: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "query", "run", "labels", "--store", small, "--format", "csv"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_an_error_has_a_traceback_only_when_asked_for(ended: Main) -> None:
    code, out, said = ended("query", "run", "nope")
    assert (code, out) == (2, "")
    assert said.startswith("error: there is no query called 'nope'")
    code, _, said = ended("--debug", "query", "run", "nope")
    assert code == 2
    assert said.startswith("Traceback")
    assert "error: there is no query called 'nope'" in said


def raising(error: BaseException) -> Callable[..., None]:
    def fail(**_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (RuntimeError("odd"), 2, "error: RuntimeError: odd (to see where, put --debug after"),
        (KeyboardInterrupt(), 130, "stopped; nothing was changed\n"),
        (BrokenPipeError(), 0, ""),
        (OSError(28, "No space left on device"), 2, "error: OSError: [Errno 28] No space left"),
    ],
)
def test_every_end_has_its_code_and_no_traceback(
    ended: Main, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(emg_graph.cli.cli, "main", raising(error))
    result = ended("build")
    assert result[:2] == (code, "")
    assert result[2].startswith(said) if said else result[2] == ""


def test_click_going_silent_is_a_closed_pipe(ended: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the reader has gone, click puts a silent stream in place and ends with 1."""

    def gone(**_: object) -> None:
        monkeypatch.setattr(sys, "stdout", StringIO())
        raise SystemExit(1)

    monkeypatch.setattr(emg_graph.cli.cli, "main", gone)
    assert ended("build")[0] == 0
    monkeypatch.undo()


def test_a_commands_own_exit_code_is_kept(ended: Main, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emg_graph.cli.cli, "main", raising(SystemExit(1)))
    assert ended("build") == (1, "", "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("bild",), "there is no command 'bild'. Did you mean 'build'?"),
        (("zzz",), "there is no command 'zzz'."),
        (("build", "--no-such-option"), "No such option"),
        (("export",), "Missing option"),
    ],
)
def test_a_usage_error_ends_with_2(ended: Main, args: tuple[str, ...], said: str) -> None:
    code, out, errors = ended(*args)
    assert (code, out) == (2, "")
    assert said in errors


def test_the_help_lists_every_command(ended: Main) -> None:
    code, out, _ = ended("--help")
    assert code == 0
    for name in emg_graph.cli._COMMANDS:
        assert f"\n  {name} " in out
    assert emg_graph.cli.cli.get_command(click.Context(emg_graph.cli.cli), "zzz") is None


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "emg_graph", "--version"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"emg-graph, version {emg_graph.__version__}\n"


@pytest.mark.parametrize("name", ["build", "check", "data", "export"])
def test_help_has_examples_that_begin_with_the_command(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"  emg-graph {name}" in result.stdout
