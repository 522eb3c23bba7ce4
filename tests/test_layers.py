"""The layers are a contract: it is kept, and it would notice if it were not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import emg_graph

PACKAGE = Path(emg_graph.__file__).parent
PROJECT = PACKAGE.parent / "pyproject.toml"
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

pytestmark = pytest.mark.skipif(not PROJECT.is_file(), reason="the contracts are in a checkout")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return the package in a folder of its own, beside a copy of the contracts."""
    skipped = shutil.ignore_patterns("__pycache__", "_shipped")
    shutil.copytree(PACKAGE, tmp_path / "emg_graph", ignore=skipped)
    shutil.copy(PROJECT, tmp_path)
    return tmp_path / "emg_graph"


def lint(package: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def contracts() -> list[str]:
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]
    return [contract["name"] for contract in settings["contracts"]]


def test_every_contract_is_kept(copy: Path) -> None:
    code, said = lint(copy)
    assert code == 0, said
    assert all(f"{name} KEPT" in said for name in contracts())


def test_a_module_that_no_layer_declares_is_noticed(copy: Path) -> None:
    (copy / "undeclared.py").write_text('"""New."""\n', encoding="utf-8")
    code, said = lint(copy)
    assert code == 1
    assert "Layers point one way BROKEN" in said
    assert "emg_graph.undeclared" in said


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("store.py", "from emg_graph import loader", "The store knows neither records nor loader"),
        ("records/columns.py", "import pyoxigraph", "Records know no RDF library"),
        ("names.py", "import click", "Only the command line knows click"),
        ("staging.py", "import click", "Only the command line knows click"),
        ("tables/form.py", "from emg_graph import build", "Layers point one way"),
        ("views/network/content.py", "import pyvis", "Only the fence knows pyvis"),
        (
            "analysis/network/gaps.py",
            "import networkx",
            "Only layout and exchange know networkx and rustworkx",
        ),
        (
            "views/network/looks.py",
            "from rustworkx import PyGraph",
            "Only layout and exchange know networkx and rustworkx",
        ),
        ("analysis/scoring.py", "import scipy", "Only measures and incidence know scipy"),
        (
            "measures/cover.py",
            "from emg_graph import store",
            "Measures know neither records nor graph",
        ),
    ],
)
def test_an_import_that_goes_the_wrong_way_is_noticed(
    copy: Path, module: str, line: str, contract: str
) -> None:
    file = copy / module
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, said = lint(copy)
    assert code == 1
    assert f"{contract} BROKEN" in said


def test_the_contract_of_click_names_every_module_but_the_command_line() -> None:
    settings = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]
    by_name = {contract["name"]: contract for contract in settings["contracts"]}
    named = set(by_name["Only the command line knows click"]["source_modules"])
    modules = {
        f"emg_graph.{file.stem}"
        for file in PACKAGE.iterdir()
        if (file.suffix == ".py" or (file / "__init__.py").is_file())
        and file.stem not in ("__init__", "__main__", "cli")
    }
    assert named == modules
