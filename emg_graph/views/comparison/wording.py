"""How changes are said, in the terminal and on the page."""

from __future__ import annotations

from emg_graph.analysis.comparison import ADDED, CHANGED, ENDED, Change, Comparison, Value
from emg_graph.records import RECORDS, SEPARATOR, Row, columns
from emg_graph.views.paper import counted

EMPTY = "(empty)"
SORTS = {"thing": "Things: what the record describes", "claim": "Claims: what sources say"}


def title(table: str, change: str) -> str:
    """Return the title of a group of rows.

    >>> title("action_points", "added")
    'Action points added'
    """
    words = {ADDED: "added", ENDED: "ended or gone", CHANGED: "changed"}
    return f"{table.replace('_', ' ').capitalize()} {words[change]}"


def hidden(total: int, limit: int) -> str:
    """Say how many rows of a group are not shown, or nothing if all are."""
    if limit <= 0 or total <= limit:
        return ""
    return f"… and {total - limit:,} more; --limit 0 shows all {total:,}"


def differs(one: Change, value: Value) -> str:
    """Say how a cell differs; of a list, only what came and went.

    >>> from emg_graph.analysis.comparison import CHANGED
    >>> row = Change(CHANGED, "", "roles", "claim", "", "", (), {}, frozenset(), None)
    >>> differs(row, Value("functions", "data|norms", "data|finance"))
    'functions: added finance; removed norms'
    >>> differs(row, Value("to_on", "", "2024"))
    'to on: (empty) → 2024'
    """
    column = value.column.replace("_", " ")
    if value.column in _lists(RECORDS[one.table]):
        old, new = (set(cell.split(SEPARATOR)) - {""} for cell in (value.old, value.new))
        parts = [("added", new - old), ("removed", old - new)]
        said = (f"{verb} {', '.join(sorted(cells))}" for verb, cells in parts if cells)
        return f"{column}: {'; '.join(said)}"
    return f"{column}: {value.old or EMPTY} → {value.new or EMPTY}"


def editorial(found: Comparison) -> str:
    """Say how many rows are not told, and how to see them; nothing if all are."""
    if not found.hidden:
        return ""
    rows = counted(found.hidden, "row is", "rows are")
    return f"{rows} not shown, as only a note, a confidence or a date of reading differs: --all"


def _lists(model: type[Row]) -> frozenset[str]:
    return frozenset(column.name for column in columns(model) if column.many)
