"""What a build was made of, and whether the folders still hold the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from emg_graph import staging
from emg_graph.errors import DataError, Problem
from emg_graph.resources import folder

_FORM = 1
"""Raised when the loader makes other quads of the same tables."""

Stamps = dict[str, tuple[int, int]]
"""The size and the time of change of each file, by its path."""


class Folders(NamedTuple):
    """The tables of which a graph is made: a data folder, and overlays in their order."""

    data: Path
    overlays: tuple[Path, ...] = ()

    def __str__(self) -> str:
        return " or ".join(map(str, self.every))

    @property
    def every(self) -> tuple[Path, ...]:
        """The data folder and the overlays."""
        return (self.data, *self.overlays)

    @property
    def version(self) -> str:
        """The version of the data, then what each overlay adds: its version, else its name.

        >>> Folders(folder("data"), (Path("country-team"),)).version.partition("+")[1:]
        ('+', 'country-team')
        """
        names = ["unversioned", *(overlay.resolve().name for overlay in self.overlays)]
        pairs = zip(self.every, names, strict=True)
        return "+".join(_version(place) or name for place, name in pairs)


class Manifest(NamedTuple):
    """What a build was made of."""

    form: int
    data: str | None
    """The data folder, or None for the shipped one."""
    data_version: str
    data_hash: str
    inputs_hash: str
    quads: int
    files: Stamps
    overlays: Sequence[str] = ()

    @property
    def folders(self) -> Folders:
        """The folders of which the build was made."""
        data = Path(self.data) if self.data else folder("data")
        return Folders(data, tuple(map(Path, self.overlays)))


def new_manifest(folders: Folders, files: Stamps, quads: int) -> Manifest:
    """Describe what is made of the folders while their files are as stamped."""
    return Manifest(
        form=_FORM,
        data=own_folder(folders.data),
        data_version=folders.version,
        data_hash=_hash(_tables(folders)),
        inputs_hash=_hash(_inputs(folders)),
        quads=quads,
        files=files,
        overlays=_resolved(folders.overlays),
    )


def read_manifest(build: Path) -> Manifest | None:
    """Return the manifest of a build, or None if it has no readable one."""
    try:
        return Manifest(**json.loads((build / "manifest.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_manifest(build: Path, manifest: Manifest, *, optional: bool = False) -> None:
    """Keep the manifest of a build with it; an optional one may stay as it is.

    Raises:
        StoreError: it cannot be written.
    """
    text = json.dumps(manifest._asdict())
    staging.replace(build / "manifest.json", text, optional=optional)


def is_fresh(build: Path, manifest: Manifest, folders: Folders) -> bool:
    """Compare sizes and times first, and contents only where those differ."""
    if manifest.form != _FORM:
        return False
    now = stamps(folders)
    if [*now.items()] == [(name, tuple(stamp)) for name, stamp in manifest.files.items()]:
        return True
    if _hash(_inputs(folders)) != manifest.inputs_hash or folders.version != manifest.data_version:
        return False
    own, overlays = own_folder(folders.data), _resolved(folders.overlays)
    renewed = manifest._replace(files=now, data=own, overlays=overlays)
    write_manifest(build, renewed, optional=True)
    return True


def stamps(folders: Folders) -> Stamps:
    """Return the size and time of every file of which a graph is made, in one order.

    Raises:
        DataError: a folder cannot be read.
    """
    found = ((file, file.stat()) for _, file in _inputs(folders))
    return {str(file): (stat.st_size, stat.st_mtime_ns) for file, stat in found}


def own_folder(data: Path | None) -> str | None:
    """Return the whole path of a data folder, or None for the shipped one."""
    if data is None or (path := data.resolve()) == folder("data").resolve():
        return None
    return str(path)


def terms() -> list[Path]:
    """Return the files of the ontology that stand in every graph."""
    return [folder("ontology") / name for name in ("emg-alignments.ttl", "emg.ttl")]


def _inputs(folders: Folders) -> Iterator[tuple[str, Path]]:
    """Yield every file, under a name that says in which of the folders it stands."""
    yield from _tables(folders)
    yield from ((file.name, file) for file in terms())
    for prefix, place in _prefixed(folders):
        if (file := place / "VERSION").is_file():
            yield f"{prefix}VERSION", file


def _tables(folders: Folders) -> Iterator[tuple[str, Path]]:
    for prefix, place in _prefixed(folders):
        try:
            files = sorted(file for file in place.iterdir() if file.suffix == ".csv")
        except OSError as error:
            message, hint = f"cannot be read: {error.strerror}", "name a folder of tables"
            raise DataError([Problem(str(place), None, None, None, message, hint)]) from error
        yield from ((f"{prefix}{file.name}", file) for file in files if file.is_file())


def _prefixed(folders: Folders) -> Iterator[tuple[str, Path]]:
    """Yield each folder with what tells its files from those of the folders below."""
    for number, place in enumerate(folders.every):
        yield f"{number}/" if number else "", place.resolve()


def _hash(files: Iterator[tuple[str, Path]]) -> str:
    import hashlib  # noqa: PLC0415  (a fresh graph is opened without it)

    digest = hashlib.sha256()
    for name, file in files:
        digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _resolved(overlays: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(overlay.resolve()) for overlay in overlays)


def _version(place: Path) -> str | None:
    """Return what a folder's VERSION says, on one line, or None."""
    if not (place / "VERSION").is_file():
        return None
    return " ".join((place / "VERSION").read_text(encoding="utf-8", errors="replace").split())
