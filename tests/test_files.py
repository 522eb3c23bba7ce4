"""A file is replaced in one step: the old one or the new one, and never a draft beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from emg_graph import files


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("before", [None, b"before, and longer"], ids=["new", "old"])
def test_a_file_holds_what_it_was_given_and_stands_alone(
    tmp_path: Path, before: bytes | None
) -> None:
    file = tmp_path / "file.txt"
    if before is not None:
        file.write_bytes(before)
    files.replace(file, b"a\r\n\xff")
    assert file.read_bytes() == b"a\r\n\xff"
    assert list(tmp_path.iterdir()) == [file]


def test_who_reads_the_old_file_meanwhile_reads_it_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"before")
    with file.open("rb") as reader:
        files.replace(file, b"after")
        assert reader.read() == b"before"


def test_the_whole_draft_is_written_before_the_file_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"before")
    seen: list[tuple[bytes, bytes, Path]] = []

    def look(draft: Path, target: Path) -> None:
        seen.append((draft.read_bytes(), target.read_bytes(), draft.parent))
        draft.rename(target)

    monkeypatch.setattr(os, "replace", look)
    files.replace(file, b"after")
    assert seen == [(b"after", b"before", tmp_path)]


def test_a_file_that_cannot_be_replaced_stays_and_its_draft_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"before")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        files.replace(file, b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_a_draft_that_is_cut_short_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(b"before")

    def half(draft: Path, data: bytes) -> int:
        with draft.open("wb") as target:
            target.write(data[:2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space left on device"):
        files.replace(file, b"after")
    assert file.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [file]


def test_the_first_error_is_told_where_the_draft_cannot_be_removed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stay(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "unlink", stay)
    with pytest.raises(PermissionError):
        files.replace(tmp_path / "file.txt", b"after")


@pytest.mark.parametrize(
    ("name", "error"),
    [("nowhere/file.txt", FileNotFoundError), ("folder", OSError), ("file/below", OSError)],
)
def test_a_place_that_is_none_is_an_error_of_the_system(
    tmp_path: Path, name: str, error: type[OSError]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(error):
        files.replace(tmp_path / name, b"text")
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "file"}
