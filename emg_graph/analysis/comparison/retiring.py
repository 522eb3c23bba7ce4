"""The rows that an overlay retires, and where it says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

Key = tuple[str, ...]


def retired_rows(overlays: Sequence[Path]) -> Mapping[tuple[str, Key], str]:
    """Return the place of each row that overlays retire, by table and by what it is known by.

    An overlay that is there no longer says nothing.
    """
    from emg_graph.tables.lines import RETIRED, read_cells  # noqa: PLC0415
    from emg_graph.tables.overlay import open_overlays  # noqa: PLC0415
    from emg_graph.tables.reading import Reading  # noqa: PLC0415

    reading = Reading()
    there = [overlay for overlay in overlays if overlay.is_dir()]
    return {
        (table.model.TABLE, row.key(table.model)): str(row.place)
        for overlay in open_overlays(there)
        for table in overlay.tables
        for row in read_cells(table, reading)
        if row.values.get(RETIRED) == "yes"
    }
