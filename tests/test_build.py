"""A build is all or nothing: whatever happens to it, the graph of before answers as it did."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from folders import SMALL, DataFolder

from emg_graph import build as build_module
from emg_graph import manifest as manifest_module
from emg_graph.build import MANY, build_store, default_store, open_store, store_folder
from emg_graph.errors import DataError, StoreError
from emg_graph.resources import folder
from emg_graph.staging import remove_all_but, replace
from emg_graph.store import Store, current_build

HOUR = 3600


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store"


def names_of(place: Path) -> set[str]:
    """Return the names of what stands among the builds."""
    return {file.name for file in (place / "builds").iterdir()}


def opened(place: Path, data: DataFolder) -> tuple[str, list[str]]:
    """Open a store; return the hash of its graph and what was said meanwhile."""
    said: list[str] = []
    store, _ = open_store(place, data.path, said.append)
    return store.snapshot_hash(), said


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


# When it is built


def test_a_missing_graph_is_built_and_said_so(data: DataFolder, place: Path) -> None:
    _, said = opened(place, data)
    assert said[0] == f"no graph in {place} yet: building it"
    assert said[1:4] == [f"reading the tables in {data.path}", "loading", "checking the rules"]
    assert said[4].startswith("writing ")
    assert said[5].startswith("the graph is ready: ")
    assert said[5].endswith(f" statements in {place}")


def test_a_fresh_graph_is_opened_without_a_word(data: DataFolder, place: Path) -> None:
    first, _ = opened(place, data)
    assert opened(place, data) == (first, [])


@pytest.mark.parametrize("name", ["roles.csv", "VERSION", "codes.csv"])
def test_a_changed_file_is_seen_and_the_graph_built_again(
    data: DataFolder, place: Path, name: str
) -> None:
    opened(place, data)
    if name == "roles.csv":
        data.set("roles", "summary", "Said otherwise")
    elif name == "codes.csv":
        data.file("codes").unlink()
    else:
        (data.path / name).write_text("2099.1\n", encoding="utf-8")
    _, said = opened(place, data)
    assert said[0] == f"{data.path} has changed since the graph was built: building it again"
    store, manifest = open_store(place, data.path)
    assert len(store) == manifest.quads
    assert (manifest.data_version == "2099.1") == (name == "VERSION")


def test_a_touched_file_of_equal_content_is_no_change(data: DataFolder, place: Path) -> None:
    first, _ = opened(place, data)
    age(data.file("roles"), 9 * HOUR)
    assert opened(place, data) == (first, [])
    build = current_build(place)
    assert build is not None
    files = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert files[str(data.file("roles"))][1] == data.file("roles").stat().st_mtime_ns


def test_times_that_cannot_be_noted_do_no_harm(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = opened(place, data)
    age(data.file("roles"), 9 * HOUR)
    monkeypatch.setattr(os, "replace", refuse)
    assert opened(place, data) == (first, [])


def refuse(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_change_that_keeps_the_size_is_seen(data: DataFolder, place: Path) -> None:
    first, _ = opened(place, data)
    size = data.file("roles").stat().st_size
    data.set("roles", "summary", data.get("roles", "summary").swapcase())
    assert data.file("roles").stat().st_size == size
    second, said = opened(place, data)
    assert said
    assert second != first


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"form": 1, "what": 2}', "null"])
def test_a_build_with_a_spoilt_manifest_is_built_again(
    data: DataFolder, place: Path, text: str
) -> None:
    first, _ = opened(place, data)
    build = current_build(place)
    assert build is not None
    (build / "manifest.json").write_text(text, encoding="utf-8")
    assert opened(place, data)[1][0].endswith("building it again")
    assert opened(place, data) == (first, [])


def test_another_form_of_graph_is_built_again(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(place, data)
    monkeypatch.setattr(manifest_module, "_FORM", -1)
    assert opened(place, data)[1][0].endswith("building it again")


def test_a_graph_in_memory_leaves_nothing_behind(data: DataFolder, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    store, manifest = open_store("memory:", data.path)
    assert len(store) == manifest.quads > 0
    assert sorted(tmp_path.rglob("*")) == before


def test_a_store_keeps_to_the_data_that_it_was_built_of(data: DataFolder, place: Path) -> None:
    """A question that names the store alone must not replace a graph of one's own tables."""
    first, _ = opened(place, data)
    said: list[str] = []
    store, manifest = open_store(place, None, said.append)
    assert (store.snapshot_hash(), said) == (first, [])
    assert manifest.data == str(data.path)
    data.set("roles", "summary", "Said otherwise")
    open_store(place, None, said.append)
    assert said[0] == f"{data.path} has changed since the graph was built: building it again"


def test_a_graph_outlives_its_data(data: DataFolder, place: Path) -> None:
    first, _ = opened(place, data)
    data.path.rename(data.path.with_name("moved"))
    store, _ = open_store(place)
    assert store.snapshot_hash() == first


@pytest.mark.usefixtures("graph")
def test_the_shipped_data_is_no_folder_of_ones_own() -> None:
    assert open_store(default_store())[1].data is None
    assert open_store(default_store(), folder("data"))[1].data is None


# Where it is kept


def test_each_data_folder_has_a_store_of_its_own_by_default(data: DataFolder) -> None:
    shipped = default_store()
    assert shipped == default_store(folder("data"))
    assert shipped.name == "shipped"
    assert default_store(data.path) != shipped
    assert default_store(data.path).parent == shipped.parent


def test_the_store_stands_in_the_users_data_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_store() == tmp_path / "xdg" / "emg-graph" / "shipped"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert default_store() == tmp_path / ".local" / "share" / "emg-graph" / "shipped"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_store().parts[-5:-2] == (tmp_path.name, "Library", "Application Support")
    monkeypatch.setattr(sys, "platform", "win32")
    assert default_store() == tmp_path / "local" / "emg-graph" / "shipped"
    monkeypatch.delenv("LOCALAPPDATA")
    assert default_store().parts[-5:-2] == (tmp_path.name, "AppData", "Local")


def test_a_web_address_is_no_store(data: DataFolder) -> None:
    with pytest.raises(StoreError, match="https://a/sparql is a web address"):
        open_store("https://a/sparql", data.path)
    assert store_folder("C:/graphs") == Path("C:/graphs")


def snapshot(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "files",
    [
        ["letter.txt"],
        ["current"],
        [".git/HEAD"],
        ["builds/app/manifest.json"],
        ["builds/readme.txt", "current"],
        ["builds/0123456789abcdef-1/db/x", "letter.txt"],
    ],
    ids=" ".join,
)
def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(
    data: DataFolder, place: Path, files: list[str]
) -> None:
    for name in files:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("mine", encoding="utf-8")
        age(place / name, 9 * HOUR)
    before = snapshot(place)
    with pytest.raises(
        StoreError, match="store is a folder with other things in it; name an empty"
    ):
        open_store(place, data.path)
    assert snapshot(place) == before


def test_hidden_files_in_a_store_do_no_harm_and_come_to_none(data: DataFolder, place: Path) -> None:
    opened(place, data)
    for hidden in (place / ".DS_Store", place / "builds" / ".DS_Store"):
        hidden.touch()
        age(hidden, 9 * HOUR)
    build_store(place, data.path)
    assert (place / ".DS_Store").exists()
    assert (place / "builds" / ".DS_Store").exists()


def test_a_file_is_no_store(data: DataFolder, place: Path) -> None:
    place.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="store is not a readable store"):
        open_store(place, data.path)
    with pytest.raises(StoreError, match="store is not a readable store"):
        build_store(place, data.path)
    assert place.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_told(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="store cannot be written: Permission denied"):
        build_store(place, data.path)


def test_an_unreadable_pointer_is_told_before_the_work_and_nothing_is_lost(
    data: DataFolder, place: Path
) -> None:
    opened(place, data)
    (place / "current").write_bytes(b"\xff\xfe")
    before, said = snapshot(place), list[str]()
    with pytest.raises(StoreError, match="store is not a readable store"):
        build_store(place, data.path, said.append)
    assert (snapshot(place), said) == (before, [])


def test_a_pointer_that_cannot_be_replaced_is_told_and_the_draft_of_it_removed(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = opened(place, data)
    data.set("roles", "summary", "Said otherwise")
    really = os.replace

    def refuse_current(source: Path, target: Path) -> None:
        if target.name == "current":
            refuse()
        really(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse_current)
        with pytest.raises(StoreError, match="current cannot be written: Permission denied"):
            build_store(place, data.path)
    assert {file.name for file in place.iterdir()} == {"builds", "current"}
    build = current_build(place)
    assert build is not None
    assert Store.open(build / "db").snapshot_hash() == first


def test_a_finished_build_that_cannot_be_moved_is_told(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StoreError, match="builds cannot be written: Permission denied"):
        build_store(place, data.path)
    assert names_of(place) == set()


# What is refused


def spoilt_cell(data: DataFolder) -> str:
    data.set("roles", "entity", "zzz")
    return "roles.csv:2 entity: 'zzz' is unknown"


def spoilt_name(data: DataFolder) -> str:
    aliases = data.get("entities", "aliases", row=1)
    data.set("entities", "aliases", f"{aliases}|W.H.O|who")
    data.set("entities", "acronym", "WHO")
    return "'WHO' names both "


def spoilt_order(data: DataFolder) -> str:
    data.set("agreements", "in_force_on", "1980-01-01")
    return "agreements.csv:2 in_force_on: '1980-01-01' is before adopted_on, 1989-03-22; correct "


def spoilt_rule(data: DataFolder) -> str:
    data.set("agreements", "opened_on", "2010-01-01")
    return "agreements.csv:2: An agreement is opened before it is in force"


def spoilt_claim(data: DataFolder) -> str:
    data.set("roles", "basis", "via-mechanism", row=2)
    return "roles.csv:4: A role through a mechanism names it"


SPOILERS: tuple[Callable[[DataFolder], str], ...] = (
    spoilt_cell, spoilt_name, spoilt_order, spoilt_rule, spoilt_claim,
)  # fmt: skip


@pytest.mark.parametrize("most", [0, MANY], ids=["on disk", "in memory"])
@pytest.mark.parametrize("spoil", SPOILERS, ids=lambda spoil: spoil.__name__)
def test_bad_data_over_a_good_graph_leaves_it_in_use(
    data: DataFolder,
    place: Path,
    tmp_path: Path,
    spoil: Callable[[DataFolder], str],
    most: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("emg_graph.build.MANY", most)
    first, _ = opened(place, data)
    bad = DataFolder(tmp_path / "bad")
    said = spoil(bad)
    builds = names_of(place)
    with pytest.raises(DataError) as caught:
        build_store(place, bad.path)
    assert said in str(caught.value)
    assert names_of(place) == builds
    assert opened(place, data) == (first, [])


def test_a_graph_that_is_filled_on_disk_is_the_same(
    data: DataFolder, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory, said = opened(tmp_path / "other", data)
    monkeypatch.setattr("emg_graph.build.MANY", 0)
    on_disk, besides = opened(place, data)
    assert on_disk == in_memory
    writing = [line for line in said if line.startswith("writing ")]
    assert writing
    assert len(besides) == len(said) - len(writing)
    assert opened(place, data) == (on_disk, [])


@pytest.mark.parametrize("spoil", [False, True], ids=["right", "wrong"])
@pytest.mark.parametrize("moment", ["loading", "checking the rules"])
def test_data_that_changes_while_it_is_read_is_not_taken_for_what_it_became(
    data: DataFolder, place: Path, moment: str, *, spoil: bool
) -> None:
    def interfere(line: str) -> None:
        if line == moment:
            data.set("roles", "summary", "Said otherwise meanwhile")

    if spoil:
        spoilt_rule(data)
    with pytest.raises(DataError, match="changed while it was read; build it again"):
        build_store(place, data.path, interfere)
    assert current_build(place) is None


def test_a_missing_data_folder_is_a_problem_in_the_data(place: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere: cannot be read: .*; name a folder of tables"):
        open_store(place, tmp_path / "nowhere")


def test_a_folder_that_is_called_like_a_table_is_a_problem_in_the_data(
    data: DataFolder, place: Path
) -> None:
    data.file("roles").unlink()
    data.file("roles").mkdir()
    with pytest.raises(DataError, match=r"roles\.csv: cannot be read"):
        open_store(place, data.path)


def test_data_without_a_version_is_unversioned(data: DataFolder) -> None:
    (data.path / "VERSION").unlink()
    assert open_store("memory:", data.path)[1].data_version == "unversioned"


# What is left behind


def test_the_previous_build_stays_for_those_who_read_it_and_earlier_ones_go(
    data: DataFolder, place: Path
) -> None:
    kept = []
    for number in range(3):
        data.set("roles", "summary", f"Said {number}")
        build_store(place, data.path)
        build = current_build(place)
        assert build is not None
        kept.append(build.name)
        age(build, 2 * HOUR)
    assert names_of(place) == set(kept[1:])


def test_a_young_build_that_no_one_uses_is_left_to_its_maker(data: DataFolder, place: Path) -> None:
    for number in range(3):
        data.set("roles", "summary", f"Said {number}")
        build_store(place, data.path)
    assert len(names_of(place)) == 3


def test_old_leftovers_are_cleared_away_and_young_ones_left(data: DataFolder, place: Path) -> None:
    opened(place, data)
    old, young = (place / "builds" / f".staging-{name}" for name in ("old", "young"))
    for leftover, seconds in ((old, 1.1 * HOUR), (young, 0.9 * HOUR)):
        (leftover / "db").mkdir(parents=True)
        age(leftover, seconds)
    build_store(place, data.path)
    assert not old.exists()
    assert young.exists()


def test_what_another_build_clears_away_first_is_no_error(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, there = place / "0123456789abcdef-1", place / "0123456789abcdef-2"
    there.mkdir(parents=True)
    age(there, 2 * HOUR)
    monkeypatch.setattr(Path, "iterdir", lambda _: [gone, there])
    remove_all_but(place, set())
    assert not there.exists()


def test_two_builds_of_one_content_have_two_folders(data: DataFolder, place: Path) -> None:
    build_store(place, data.path)
    build_store(place, data.path)
    assert {name.partition("-")[2] for name in names_of(place)} == {"1", "2"}


# Several at once


def test_a_build_that_overtakes_another_breaks_neither(
    data: DataFolder, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The faster one clears up and takes its place just before the slower one does."""
    other = DataFolder(tmp_path / "other")
    other.set("roles", "summary", "Said otherwise")
    opened(place, data)
    nested: list[str] = []

    def overtaken(file: Path, text: str, *, optional: bool = False) -> None:
        if file.name == "current" and not nested:
            nested.append(text)
            store, _ = build_store(place, other.path)
            assert store.snapshot_hash() == opened(place, other)[0]
        replace(file, text, optional=optional)

    monkeypatch.setattr(build_module, "replace", overtaken)
    data.set("roles", "note", "Noted")
    store, _ = build_store(place, data.path)
    assert nested
    assert opened(place, data) == (store.snapshot_hash(), [])


def test_a_name_taken_in_the_last_moment_is_passed_over(
    data: DataFolder, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, taken = Path.rename, list[Path]()

    def overtaken(draft: Path, target: Path) -> Path:
        if not taken:
            taken.append(target)
            (target / "db").mkdir(parents=True)
        return really(draft, target)

    monkeypatch.setattr(Path, "rename", overtaken)
    build_store(place, data.path)
    build = current_build(place)
    assert build is not None
    assert build.name == taken[0].name.removesuffix("1") + "2"


BUILD = """
import sys
from pathlib import Path
from emg_graph.build import build_store
store, _ = build_store(Path(sys.argv[1]), Path(sys.argv[2]))
print(store.snapshot_hash())
"""


def python(program: str, *args: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_builds_at_the_same_time_do_not_break_each_other(place: Path, tmp_path: Path) -> None:
    folders = [DataFolder(tmp_path / f"data-{number}") for number in range(3)]
    for number, data in enumerate(folders):
        data.set("roles", "summary", f"Said {number}")
    processes = [python(BUILD, place, folders[number % 3].path) for number in range(6)]
    hashes = set()
    for process in processes:
        out, errors = process.communicate(timeout=300)
        assert (process.returncode, errors) == (0, "")
        hashes.add(out.strip())
    assert len(hashes) == 3
    store, _ = open_store(place)
    assert store.snapshot_hash() in hashes


# Killed

KILL = """
import os, signal, sys
from pathlib import Path
from emg_graph import build
place, data, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def tell(line):
    if line.startswith(moment):
        die()

if moment == "half written":
    load = build.Store.load
    build.Store.load = lambda self, quads: (load(self, list(quads)[:100]), die())
elif moment == "moving":
    build.moved = die
elif moment == "pointing":
    really = build.replace
    build.replace = lambda file, *_: die() if file.name == "current" else really(file, *_)
elif moment == "clearing":
    build.remove_all_but = die
build.build_store(place, data, tell)
"""
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX systems")


@POSIX
@pytest.mark.parametrize(
    "moment", ["reading", "loading", "half written", "checking", "moving", "pointing"]
)
def test_killed_before_the_last_step_the_graph_of_before_answers(
    data: DataFolder, place: Path, tmp_path: Path, moment: str
) -> None:
    first, _ = opened(place, data)
    other = DataFolder(tmp_path / "other")
    other.set("roles", "summary", "Said otherwise")
    process = python(KILL, place, other.path, moment)
    process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    assert opened(place, data) == (first, [])
    for leftover in names_of(place):
        age(place / "builds" / leftover, 2 * HOUR)
    build_store(place, other.path)
    assert len(names_of(place)) == 2
    assert opened(place, other)[0] != first


@POSIX
def test_killed_after_the_last_step_the_new_graph_answers(
    data: DataFolder, place: Path, tmp_path: Path
) -> None:
    first, _ = opened(place, data)
    other = DataFolder(tmp_path / "other")
    other.set("roles", "summary", "Said otherwise")
    python(KILL, place, other.path, "clearing").communicate(timeout=300)
    second, said = opened(place, other)
    assert (said, second != first) == ([], True)


@POSIX
@pytest.mark.no_cover
@pytest.mark.slow
def test_killed_at_any_time_the_graph_of_before_answers(
    data: DataFolder, place: Path, tmp_path: Path
) -> None:
    first, _ = opened(place, data)
    large = DataFolder(tmp_path / "large")
    header, row, *_ = large.read("figures")
    rows = [[*row[:2], str(number), *row[3:]] for number in range(6_000)]
    large.write("figures", [header, *rows])
    start = time.monotonic()
    done, _ = python(BUILD, tmp_path / "elsewhere", large.path).communicate(timeout=300)
    whole = time.monotonic() - start
    in_the_middle = 0
    for eighths in range(1, 8):
        process = python(BUILD, place, large.path)
        time.sleep(whole * eighths / 8)
        process.kill()
        process.communicate(timeout=60)
        build = current_build(place)
        assert build is not None
        answer = Store.open(build / "db").snapshot_hash()
        assert answer in (first, done.strip())
        in_the_middle += answer == first
        if answer != first:
            build_store(place, data.path)
    assert in_the_middle >= 3
    build_store(place, large.path)
    assert opened(place, large)[1] == []


# The same bytes

EXPORT = """
import sys
from pathlib import Path
from emg_graph.build import open_store
store, _ = open_store("memory:", Path(sys.argv[1]))
for suffix in (".nq", ".trig", ".ttl"):
    sys.stdout.buffer.write(store.export(suffix))
"""


def test_two_builds_under_two_hash_seeds_export_the_same_bytes() -> None:
    exports = {
        subprocess.run(
            [sys.executable, "-c", EXPORT, str(SMALL)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(exports) == 1
    assert len(exports.pop()) > 10_000
