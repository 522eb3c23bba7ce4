"""From a data folder to a stored graph, all or nothing.

A build is made in a staging folder, checked there, moved among the store's builds and only then
named in the file ``current``, which is replaced in one step: a build that fails or is killed
leaves the previous graph as it was.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph.errors import DataError, Problem, StoreError
from emg_graph.manifest import (
    Folders,
    Manifest,
    is_fresh,
    new_manifest,
    own_folder,
    read_manifest,
    stamps,
    terms,
    write_manifest,
)
from emg_graph.resources import folder
from emg_graph.staging import moved, remove_all_but, replace, staging
from emg_graph.store import MEMORY, Store, current_build

if TYPE_CHECKING:
    from emg_graph.checks import Finding
    from emg_graph.names import Label
    from emg_graph.tables import Tables

Progress = Callable[[str], None]

MANY = 500_000
"""Rows above which a graph is filled and checked on disk: slower, and bounded in memory."""


def default_store(data: Path | None = None, overlay: Sequence[Path] = ()) -> Path:
    """Return the store folder of a data folder and overlays in the user's own data directory."""
    own = own_folder(data)
    if own is None and not overlay:
        return _user_directory() / "emg-graph" / "shipped"
    import hashlib  # noqa: PLC0415  (a fresh graph is opened without it)

    every = [own or "", *(str(one.resolve()) for one in overlay)]
    key = hashlib.sha256("\n".join(every).encode()).hexdigest()[:12]
    return _user_directory() / "emg-graph" / key


def store_folder(
    store: str | Path | None, data: Path | None = None, overlay: Sequence[Path] = ()
) -> Path:
    """Return the folder that a store's name stands for, by default that of its tables.

    Raises:
        StoreError: the name is a web address.
    """
    if "://" in str(store):
        raise StoreError(f"{store} is a web address; the graph is kept in a folder: name one")
    return Path(store) if store else default_store(data, overlay)


def open_store(
    store: str | Path | None = None,
    data: Path | None = None,
    progress: Progress | None = None,
    *,
    overlay: Sequence[Path] = (),
) -> tuple[Store, Manifest]:
    """Open the graph of a data folder, building it first if it is missing or out of date.

    Args:
        store: a folder, ``memory:``, or None for the default one.
        data: a data folder, or None for the one of which the store was built, else the shipped.
        progress: called with one line for each step of a build.
        overlay: folders of tables laid over it, a later one over an earlier; if no data folder
            is named either, those with which the store was built.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the folder is not a store, or cannot be written.
    """
    tell = progress or _silent
    if str(store) == MEMORY:
        return _filled(Folders(data or folder("data"), tuple(overlay)), tell)
    place = store_folder(store, data, overlay)
    build = current_build(place)
    manifest = read_manifest(build) if build else None
    folders = _wanted(data, tuple(overlay), manifest)
    if build and manifest:
        named = data is not None or overlay
        if manifest.overlays and not named:
            tell(f"the graph in {place} was built with overlays: {manifest.data_version}")
        outlived = not named and not all(one.is_dir() for one in folders.every)
        if outlived or is_fresh(build, manifest, folders):
            return Store.open(build / "db"), manifest
    if build:
        tell(f"{folders} has changed since the graph was built: building it again")
    else:
        tell(f"no graph in {place} yet: building it")
    return build_store(place, folders.data, tell, overlay=folders.overlays)


def build_store(
    place: Path, data: Path, progress: Progress | None = None, *, overlay: Sequence[Path] = ()
) -> tuple[Store, Manifest]:
    """Build the graph of a data folder, with overlays laid over it, and put it in use.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the folder is not a store, or cannot be written.
    """
    tell = progress or _silent
    current_build(place)  # what cannot be read is told before the work
    with staging(place) as draft:
        graph, manifest = _filled(Folders(data, tuple(overlay)), tell, draft / "db")
        if not graph.lasting:
            tell(f"writing {manifest.quads:,} statements")
            Store.create(draft / "db").load(graph.engine.quads_for_pattern(None, None, None, None))
        del graph  # what is open on disk cannot be moved everywhere
        write_manifest(draft, manifest)
        build = moved(draft, place / "builds", manifest.inputs_hash)
    previous = current_build(place)
    replace(place / "current", build.name)
    remove_all_but(place / "builds", {build, previous})
    tell(f"the graph is ready: {manifest.quads:,} statements in {place}")
    return Store.open(build / "db"), manifest


def _wanted(data: Path | None, overlay: tuple[Path, ...], built: Manifest | None) -> Folders:
    """Return the folders that are named; for what is not, those of which the store was built."""
    known = built.folders if built else Folders(folder("data"))
    if data is None:
        return Folders(known.data, overlay or known.overlays)
    return Folders(data, overlay)


def _filled(folders: Folders, tell: Progress, place: Path | None = None) -> tuple[Store, Manifest]:
    """Read, load and check the folders' tables, in memory: the rules are asked faster there.

    Where a place on disk is given, more than ``MANY`` rows are loaded and checked in it.
    """
    from emg_graph import checks, loader, names, tables  # noqa: PLC0415  (only a build needs them)

    files = stamps(folders)
    tell(f"reading the tables in {folders.data}")
    for overlay in folders.overlays:
        tell(f"laying those in {overlay} over them")
    rows = tables.read_tables(folders.data, folders.overlays)
    if doubles := names.clashes(names.labels_of(rows.things())):
        raise DataError([*_clashes(doubles, rows)])
    tell("loading")
    graph = Store.create(place) if place and len(rows) > MANY else Store.memory()
    graph.load(loader.quads(rows))
    graph.load(loader.ontology_quads(terms()))
    del rows  # the rules take as much memory again
    tell("checking the rules")
    found = checks.violations(graph)
    if stamps(folders) != files:
        raise DataError([_changed(folders)])
    if found:
        tell(f"looking up the rows of {len(found):,} findings")
        places = loader.places(tables.read_tables(folders.data, folders.overlays))
        raise DataError([_broken(finding, places.get(finding.subject)) for finding in found])
    return graph, new_manifest(folders, files, len(graph))


def _broken(finding: Finding, place: tuple[str, int] | None) -> Problem:
    """Say which row breaks a rule; what no row says by itself is named by its IRI."""
    if place:
        return Problem(*place, None, None, finding.message)
    return Problem(finding.rule, None, None, finding.subject, finding.message)


def _changed(folders: Folders) -> Problem:
    return Problem(str(folders), None, None, None, "changed while it was read", "build it again")


def _clashes(doubles: Sequence[tuple[Label, Label]], rows: Tables) -> Iterator[Problem]:
    """Say of the row in the upper folder, or of the second, that it takes another's name."""
    homes = rows.homes()
    for pair in doubles:
        first, second = sorted(pair, key=lambda label: homes[label.identifier].layer)
        message = f"names both {first.identifier!r} and {second.identifier!r}"
        hint = f"keep it for one of them; the other stands in {homes[first.identifier]}"
        yield homes[second.identifier].problem(None, second.text, message, hint)


def _user_directory() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _silent(_: str) -> None:
    """Say nothing."""
