"""The builds of a store folder: made aside, moved in when they are whole, cleared away when old."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from emg_graph import files
from emg_graph.errors import StoreError

_KEY = 16
"""How many characters of the hash of its inputs begin the name of a build."""
_STALE_SECONDS = 3600
"""How old a staging folder must be to have been left by a build that was killed."""
_GRACE_SECONDS = 60
"""How long a build is left alone that no one uses yet: another process may be about to."""


@contextmanager
def staging(place: Path) -> Iterator[Path]:
    """Make a folder to build in; it is gone afterwards unless it was moved."""
    import shutil  # noqa: PLC0415  (only a build needs it)

    builds = place / "builds"
    try:
        if _has_other_things(place):
            raise StoreError(f"{place} is a folder with other things in it; name an empty one")
        builds.mkdir(parents=True, exist_ok=True)
        draft = builds / f".staging-{os.urandom(8).hex()}"
        draft.mkdir()
    except OSError as error:
        raise StoreError(f"{place} cannot be written: {error.strerror}") from error
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _has_other_things(place: Path) -> bool:
    """Tell whether a folder holds anything that no build put there; hidden files do not count."""
    if not place.is_dir():
        return False
    found = {file.name for file in place.iterdir()}
    builds = place / "builds"
    if not builds.is_dir():
        return bool(found)
    visible = {name for name in found if not name.startswith(".")} - {"builds", "current"}
    return bool(visible) or not all(
        file.name.startswith(".") or _is_build(file) for file in builds.iterdir()
    )


def _is_build(file: Path) -> bool:
    """Tell whether something among the builds has a name that ``moved`` gives."""
    key, _, number = file.name.partition("-")
    return len(key) == _KEY and number.isdecimal()


def moved(draft: Path, builds: Path, key: str) -> Path:
    """Move a finished build to a name that is free."""
    number = 1
    while True:
        target = builds / f"{key[:_KEY]}-{number}"
        if not target.exists():
            try:
                return draft.rename(target)
            except OSError as error:
                if not target.exists():  # else another build was faster
                    raise StoreError(f"{builds} cannot be written: {error.strerror}") from error
        number += 1


def replace(file: Path, text: str, *, optional: bool = False) -> None:
    """Replace a file's text in one step; an optional one may stay as it is."""
    try:
        files.replace(file, text.encode())
    except OSError as error:
        if not optional:
            raise StoreError(f"{file} cannot be written: {error.strerror}") from error


def remove_all_but(builds: Path, kept: set[Path | None]) -> None:
    """Remove earlier builds, and staging folders that a killed build left long ago."""
    import shutil  # noqa: PLC0415

    for other in {*builds.iterdir()} - kept:
        is_draft = other.name.startswith(".staging-")
        limit = _STALE_SECONDS if is_draft else _GRACE_SECONDS
        with suppress(FileNotFoundError):  # another build was faster
            if (is_draft or _is_build(other)) and time.time() - other.stat().st_mtime > limit:
                shutil.rmtree(other, ignore_errors=True)
