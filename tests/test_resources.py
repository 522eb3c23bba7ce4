"""Where the shipped folders are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from emg_graph import resources


@pytest.mark.parametrize("name", ["ontology", "data", "queries"])
def test_a_shipped_folder_is_found_and_holds_files(name: str) -> None:
    assert any(resources.folder(name).rglob("*.*"))


def test_the_copy_in_a_wheel_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "emg_graph"
    (package / "_shipped" / "data").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.folder("data") == package / "_shipped" / "data"
    assert resources.installed()


def test_a_checkout_has_it_beside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "emg_graph")
    assert resources.folder("data") == tmp_path / "data"
    assert not resources.installed()


def test_a_folder_that_is_not_shipped_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="'nowhere' is not part of this installation"):
        resources.folder("nowhere")
