"""The rows of a data folder, or of a built graph, as they stood at one time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from emg_graph.errors import StoreError
from emg_graph.manifest import Folders, Manifest, new_manifest, own_folder, read_manifest
from emg_graph.records import Row, Thing
from emg_graph.resources import folder
from emg_graph.store import MEMORY, Store, current_build

SHIPPED = "shipped"
"""The word for the shipped tables; a folder of that name is ``./shipped``."""
TABLES, BUILT = "tables", "built graph"
_HINT = (
    "name a folder of tables (as emg-graph data copy makes), the folder of a built graph (as"
    f" emg-graph build --store makes), or {SHIPPED}"
)
_LARGE = 1_000_000
"""Tables of so many bytes take a second or more to read."""
_MANY = 50_000
"""So do so many statements."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every row of the data at one time, by table."""

    name: str
    """What it was called when it was asked for."""
    form: str
    """``tables``, or ``built graph``."""
    version: str
    data_hash: str
    rows: Mapping[str, Sequence[Row]]
    overlays: tuple[Path, ...] = ()
    """The folders of tables that were laid over it."""

    def things(self) -> Iterator[Thing]:
        """Yield every row that describes a thing."""
        return (row for row in chain(*self.rows.values()) if isinstance(row, Thing))

    @property
    def sources(self) -> frozenset[str]:
        """The ids of its sources."""
        return frozenset(row.id for row in self.things() if row.TABLE == "sources")


def read_snapshots(
    old: str | Path,
    new: str | Path,
    overlay: Sequence[Path] = (),
    progress: Progress | None = None,
) -> tuple[Snapshot, Snapshot]:
    """Read two snapshots, the same tables once only.

    Args:
        old: a folder of tables or of a built graph, or ``shipped``.
        new: the same.
        overlay: folders of tables laid over the new ones, a later one over an earlier.
        progress: called with a line before what takes long.

    Raises:
        DataError: the tables of one have problems.
        StoreError: one is neither tables nor a built graph.
    """
    _place(new)  # what is no snapshot is told before the work
    first = read_snapshot(old, progress=progress)
    return first, read_snapshot(new, overlay, progress, known=first)


def read_snapshot(
    name: str | Path,
    overlay: Sequence[Path] = (),
    progress: Progress | None = None,
    known: Snapshot | None = None,
) -> Snapshot:
    """Read the rows of a data folder or of a built graph, without building or changing either.

    Args:
        name: the folder, or ``shipped``.
        overlay: folders of tables laid over it, a later one over an earlier.
        progress: called with a line before what takes long.
        known: a snapshot that is returned under the new name if its tables are the same.

    Raises:
        DataError: the tables have problems.
        StoreError: it is neither tables nor a built graph, or a built graph is to have overlays.
    """
    place = _place(name)
    tell = progress or _silent
    build = current_build(place)
    if build is None:
        return _of_tables(str(name), Folders(place, tuple(overlay)), tell, known)
    if overlay:
        message = "is a built graph, over which no tables can be laid; name a folder of tables"
        raise StoreError(f"{name} {message}")
    return _of_build(str(name), build, tell, known)


def _place(name: str | Path) -> Path:
    """Return the folder that is meant, if it holds what can be compared."""
    if name == SHIPPED:
        return folder("data")
    if str(name) == MEMORY or "://" in str(name):
        what = "keeps nothing" if str(name) == MEMORY else "is a web address"
        raise StoreError(f"{name} {what}; {_HINT}")
    place = Path(name)
    if not place.exists():
        raise StoreError(f"there is no folder {name}; {_HINT}")
    if not place.is_dir():
        raise StoreError(f"{name} is a file; name the folder in which it stands, or {SHIPPED}")
    try:
        found = [file.name for file in place.iterdir()]
    except OSError as error:
        raise StoreError(f"{name} cannot be read: {error.strerror}") from error
    tables = any(one.lower().endswith(".csv") for one in found)
    if not tables and current_build(place) is None:
        looked = "no tables (agreements.csv, roles.csv …) and no built graph (builds, current)"
        raise StoreError(f"{name} holds {looked}; {_HINT}")
    return place


def _of_tables(name: str, folders: Folders, tell: Progress, known: Snapshot | None) -> Snapshot:
    manifest = new_manifest(folders, {}, 0)
    if known and known.data_hash == manifest.data_hash:
        return _renamed(known, name, TABLES, manifest)
    from emg_graph.tables import read_tables  # noqa: PLC0415  (a built graph is read without)

    if sum(file.stat().st_size for file in folders.data.glob("*.csv")) > _LARGE:
        tell(f"reading the tables in {name}")
    rows = read_tables(folders.data, folders.overlays).rows
    return Snapshot(
        _laid(name, folders),
        TABLES,
        manifest.data_version,
        manifest.data_hash,
        rows,
        folders.overlays,
    )


def _of_build(name: str, build: Path, tell: Progress, known: Snapshot | None) -> Snapshot:
    from emg_graph.analysis.comparison.stored import stored_rows  # noqa: PLC0415

    manifest = read_manifest(build)
    if manifest is None:
        raise StoreError(f"the graph in {name} does not say of what it was made; build it again")
    if known and known.data_hash == manifest.data_hash:
        return _renamed(known, name, BUILT, manifest)
    if manifest.quads > _MANY:
        tell(f"reading the graph in {name}")
    rows = stored_rows(Store.open(build / "db"))
    folders = manifest.folders
    return Snapshot(
        _laid(name, folders), BUILT, manifest.data_version, manifest.data_hash, rows,
        folders.overlays,
    )  # fmt: skip


def _laid(name: str, folders: Folders) -> str:
    """Return what tables are called, with what is laid over them."""
    return " with ".join([name, *(one.resolve().name for one in folders.overlays)])


def _renamed(known: Snapshot, name: str, form: str, manifest: Manifest) -> Snapshot:
    """Return what is made of the same tables as another snapshot, with the same rows."""
    overlays = manifest.folders.overlays
    return replace(
        known,
        name=_laid(name, manifest.folders),
        form=form,
        version=manifest.data_version,
        overlays=overlays,
    )


def same_place(old: str | Path, new: str | Path) -> bool:
    """Tell whether two names stand for one folder."""
    return own_folder(_place(old)) == own_folder(_place(new))


def _silent(_: str) -> None:
    """Say nothing."""
