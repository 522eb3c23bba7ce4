"""The data folder, with overlays laid over it: read into checked records, or put in canonical form.

Reading reports every problem of every file at once, each with path, line, column, value and what
to do; the first ``DataError.LIMIT`` are kept and the rest counted, so memory stays bounded.
"""

from __future__ import annotations

from emg_graph.tables.folder import Tables, read_tables
from emg_graph.tables.form import canonical, format_folder

__all__ = ["Tables", "canonical", "format_folder", "read_tables"]
