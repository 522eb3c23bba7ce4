"""Two snapshots compared, table by table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from emg_graph.analysis.comparison.change import CHANGES, EDITORIAL, Change
from emg_graph.analysis.comparison.collaboration import (
    LEAST_ENTITIES,
    LEAST_FUNCTIONS,
    find_collaboration,
)
from emg_graph.analysis.comparison.content import Comparison, side
from emg_graph.analysis.comparison.differing import differing
from emg_graph.analysis.comparison.retiring import retired_rows
from emg_graph.analysis.comparison.snapshot import Snapshot
from emg_graph.analysis.comparison.wording import Wording, called
from emg_graph.analysis.method import Method
from emg_graph.errors import UnknownNameError
from emg_graph.names import NAME, Label, Names, labels_of
from emg_graph.records import RECORDS, columns

_METHOD = (
    "The rows of the two are paired by the id of a thing and by the columns of which the IRI of a"
    " claim is made; of these, the end and the status of a claim may differ, and so may its place"
    " in the source where one row alone of each is like the other. Rows of one alone are added or"
    " gone; of the others each cell is compared, lists without order. Rows that differ only in"
    f" {', '.join(EDITORIAL)} are counted apart. A claim is held to be read anew if the old"
    " snapshot did not have its source."
)


def compare_snapshots(
    old: Snapshot,
    new: Snapshot,
    *,
    kinds: Sequence[str] = (),
    about: str | None = None,
    editorial: bool = False,
    same: bool = False,
) -> Comparison:
    """Return what was added, has ended and has changed from one snapshot to another.

    Args:
        old: the earlier one.
        new: the later one.
        kinds: tables by name; only their rows are told.
        about: id or name of a thing; only it and the rows that refer to it are told.
        editorial: tell also of rows of which only editorial columns differ.
        same: whether both were read in one folder.

    Raises:
        UnknownNameError: there is no such table, or neither snapshot has such a thing.
    """
    tables = [_table(kind) for kind in kinds]
    thing = None if about is None else _thing(about, old, new)
    wording = Wording(old, new)
    every = sorted(_changes(old, new, wording), key=_order)
    asked = (
        one
        for one in every
        if (not tables or one.table in tables) and (thing is None or thing in one.things)
    )
    return Comparison(
        old=side(old),
        new=side(new),
        every=tuple(asked),
        collaboration=find_collaboration(old, new, every, wording),
        sources=_sources(old, new),
        method=_method(old, new, tables, thing),
        editorial=editorial,
        same=same,
    )


def _changes(old: Snapshot, new: Snapshot, wording: Wording) -> Iterator[Change]:
    retired = retired_rows(new.overlays)
    for table, model in RECORDS.items():
        before, after = old.rows.get(table, ()), new.rows.get(table, ())
        if before is not after:
            yield from differing(model, before, after, wording, retired)


def _order(one: Change) -> tuple[int, int, bool, str, str]:
    """Put what has ended on record before what is only gone, then go by name."""
    table, change = [*RECORDS].index(one.table), CHANGES.index(one.change)
    return table, change, one.gone, one.name.casefold(), one.id


def _table(kind: str) -> str:
    """Return the name of a table, which may be given as its file."""
    name = kind.strip().lower().removesuffix(".csv")
    if name not in RECORDS:
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(name, RECORDS, n=1, cutoff=0.5)
        raise UnknownNameError(kind, "table", near, listed_by="emg-graph data columns")
    return name


def _thing(name: str, old: Snapshot, new: Snapshot) -> str:
    """Return the id of the thing of either snapshot that a name stands for."""
    things = [thing for snapshot in (new, old) for thing in snapshot.things()]
    wanted = name.strip().lower()
    if any(thing.id == wanted for thing in things):
        return wanted
    own = (Label(called(thing), thing.id, thing.TABLE, NAME) for thing in things)
    return Names(chain(labels_of(things), own)).require(name).identifier


def _sources(old: Snapshot, new: Snapshot) -> Mapping[str, Mapping[str, str]]:
    """Return the cells of every source, without the empty ones."""
    names = [column.name for column in columns(RECORDS["sources"])]
    return {
        str(getattr(row, "id", "")): {
            name: str(cell) for name in names if (cell := getattr(row, name))
        }
        for snapshot in (old, new)
        for row in snapshot.rows["sources"]
    }


def _method(old: Snapshot, new: Snapshot, tables: Sequence[str], thing: str | None) -> Method:
    parameters = [("kind", table) for table in tables]
    parameters += [("about", thing)] if thing else []
    parameters += [
        ("least entities", str(LEAST_ENTITIES)),
        ("least functions", str(LEAST_FUNCTIONS)),
        ("old data", old.data_hash),
    ]
    parameters += [("overlay", overlay.name) for overlay in new.overlays]
    return Method("comparison", _METHOD, tuple(parameters), None, new.data_hash)
