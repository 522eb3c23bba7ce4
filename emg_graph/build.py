"""From a data folder to a stored graph, all or nothing.

A build is made in a staging folder, checked there, moved among the store's builds and only then
named in the file ``current``, which is replaced in one step: a build that fails or is killed
leaves the previous graph as it was.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emg_graph.errors import DataError, Problem, StoreError
from emg_graph.resources import folder
from emg_graph.staging import moved, remove_all_but, replace, staging
from emg_graph.store import MEMORY, Store, current_build

if TYPE_CHECKING:
    from emg_graph.checks import Finding

Progress = Callable[[str], None]

_FORM = 1
"""Raised when the loader makes other quads of the same tables."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build was made of."""

    form: int
    data: str | None
    """The data folder, or None for the shipped one."""
    data_version: str
    data_hash: str
    inputs_hash: str
    quads: int
    files: dict[str, tuple[int, int]]


def default_store(data: Path | None = None) -> Path:
    """Return the store folder of a data folder in the user's own data directory."""
    own = _own_folder(data)
    if own is None:
        return _user_directory() / "emg-graph" / "shipped"
    import hashlib  # noqa: PLC0415  (a fresh graph is opened without it)

    key = hashlib.sha256(own.encode()).hexdigest()[:12]
    return _user_directory() / "emg-graph" / key


def store_folder(store: str | Path | None, data: Path | None = None) -> Path:
    """Return the folder that a store's name stands for, by default that of a data folder.

    Raises:
        StoreError: the name is a web address.
    """
    if "://" in str(store):
        raise StoreError(f"{store} is a web address; the graph is kept in a folder: name one")
    return Path(store) if store else default_store(data)


def open_store(
    store: str | Path | None = None, data: Path | None = None, progress: Progress | None = None
) -> tuple[Store, Manifest]:
    """Open the graph of a data folder, building it first if it is missing or out of date.

    Args:
        store: a folder, ``memory:``, or None for the default one.
        data: a data folder, or None for the one of which the store was built, else the shipped.
        progress: called with one line for each step of a build.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the folder is not a store, or cannot be written.
    """
    tell = progress or _silent
    if str(store) == MEMORY:
        graph = Store.memory()
        return graph, _fill(graph, data or folder("data"), tell)
    place = store_folder(store, data)
    build = current_build(place)
    manifest = _read_manifest(build) if build else None
    if data is None and build and manifest and manifest.data:
        data = Path(manifest.data)
        if not data.is_dir():
            return Store.open(build / "db"), manifest
    source = data or folder("data")
    if build is None:
        tell(f"no graph in {place} yet: building it")
    elif manifest and _is_fresh(build, manifest, source):
        return Store.open(build / "db"), manifest
    else:
        tell(f"{source} has changed since the graph was built: building it again")
    return build_store(place, source, tell)


def build_store(
    place: Path, data: Path, progress: Progress | None = None
) -> tuple[Store, Manifest]:
    """Build the graph of a data folder and put it in use.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the folder is not a store, or cannot be written.
    """
    tell = progress or _silent
    current_build(place)  # what cannot be read is told before the work
    with staging(place) as draft:
        graph = Store.create(draft / "db")
        manifest = _fill(graph, data, tell)
        del graph
        replace(draft / "manifest.json", json.dumps(asdict(manifest)))
        build = moved(draft, place / "builds", manifest.inputs_hash)
    previous = current_build(place)
    replace(place / "current", build.name)
    remove_all_but(place / "builds", {build, previous})
    tell(f"the graph is ready: {manifest.quads:,} statements in {place}")
    return Store.open(build / "db"), manifest


def _fill(graph: Store, data: Path, tell: Progress) -> Manifest:
    """Read, check and load a data folder into an empty store."""
    from emg_graph import checks, loader, names, tables  # noqa: PLC0415  (only a build needs them)

    files = _inputs(data)
    stamps = _stamps(files)
    tell(f"reading the tables in {data}")
    rows = tables.read_tables(data)
    doubles = names.clashes(names.labels_of(rows.things()))
    if doubles:
        raise DataError([_clash(first, second) for first, second in doubles])
    tell("loading")
    graph.load(loader.quads(rows))
    graph.load(loader.ontology_quads(_terms()))
    tell("checking the rules")
    if found := checks.violations(graph):
        places = loader.places(rows)
        raise DataError([_broken(finding, places.get(finding.subject)) for finding in found])
    if _stamps(files) != stamps:
        raise DataError([_changed(data)])
    return Manifest(
        form=_FORM,
        data=_own_folder(data),
        data_version=_version(data),
        data_hash=_hash(_tables(data)),
        inputs_hash=_hash(files),
        quads=len(graph),
        files=stamps,
    )


def _broken(finding: Finding, place: tuple[str, int] | None) -> Problem:
    """Say which row breaks a rule; what no row says by itself is named by its IRI."""
    if place:
        return Problem(*place, None, None, finding.message)
    return Problem(finding.rule, None, None, finding.subject, finding.message)


def _changed(data: Path) -> Problem:
    return Problem(str(data), None, None, None, "changed while it was read", "build it again")


def _own_folder(data: Path | None) -> str | None:
    """Return the whole path of a data folder, or None for the shipped one."""
    if data is None or (path := data.resolve()) == folder("data").resolve():
        return None
    return str(path)


def _clash(first: Any, second: Any) -> Problem:
    return Problem(
        f"{second.kind}.csv", None, None, second.text,
        f"names both {first.identifier!r} and {second.identifier!r}", "keep it for one of them",
    )  # fmt: skip


def _is_fresh(build: Path, manifest: Manifest, data: Path) -> bool:
    """Compare sizes and times first, and contents only where those differ."""
    if manifest.form != _FORM:
        return False
    files = _inputs(data)
    stamps = _stamps(files)
    if stamps == {name: tuple(stamp) for name, stamp in manifest.files.items()}:
        return True
    if _hash(files) != manifest.inputs_hash:
        return False
    renewed = {**asdict(manifest), "files": stamps}
    replace(build / "manifest.json", json.dumps(renewed), optional=True)
    return True


def _read_manifest(build: Path) -> Manifest | None:
    try:
        return Manifest(**json.loads((build / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _tables(data: Path) -> list[Path]:
    try:
        files = sorted(file for file in data.iterdir() if file.suffix == ".csv")
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", "name a folder of tables"
        raise DataError([Problem(str(data), None, None, None, message, hint)]) from error
    return [file for file in files if file.is_file()]


def _terms() -> list[Path]:
    return [folder("ontology") / name for name in ("emg-alignments.ttl", "emg.ttl")]


def _inputs(data: Path) -> list[Path]:
    return [*_tables(data), *_terms(), *([data / "VERSION"] if _has_version(data) else [])]


def _hash(files: list[Path]) -> str:
    import hashlib  # noqa: PLC0415

    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _stamps(files: list[Path]) -> dict[str, tuple[int, int]]:
    return {str(f): (f.stat().st_size, f.stat().st_mtime_ns) for f in files}


def _version(data: Path) -> str:
    if not _has_version(data):
        return "unversioned"
    return (data / "VERSION").read_text(encoding="utf-8", errors="replace").strip()


def _has_version(data: Path) -> bool:
    return (data / "VERSION").is_file()


def _user_directory() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _silent(_: str) -> None:
    """Say nothing."""
