"""Tables as text: for the terminal, for spreadsheets, for programs, for documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from emg_graph.answers import Table, Value
from emg_graph.errors import OutputError

_WORD = 24
"""Longer words may be broken to make a column fit."""
_LONG = 10_000
"""From here on a number has separators for whoever reads it; a year has none."""


def render(table: Table, form: str, width: int = 100) -> str:
    """Return a table in one of ``FORMATS``; ``width`` counts only for ``table``.

    Raises:
        OutputError: there is no such format.
    """
    if form not in FORMATS:
        raise OutputError(f"there is no format {form!r}; use {', '.join(FORMATS)}")
    return _fitted(table, width) if form == "table" else FORMATS[form](table)


def to_csv(table: Table) -> str:
    r"""Return comma-separated values with a header.

    >>> to_csv(Table(("id", "n"), (("unep", 2),)))
    'id,n\nunep,2\n'
    """
    import csv  # noqa: PLC0415  (each form imports what it alone needs)
    import io  # noqa: PLC0415

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return buffer.getvalue()


def to_tsv(table: Table) -> str:
    """Return tab-separated values with a header; tabs and line breaks in cells become spaces."""
    lines = [table.columns, *([_one_line(value) for value in row] for row in table.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def to_json(table: Table) -> str:
    """Return an array of objects, one a row."""
    import json  # noqa: PLC0415

    return json.dumps(table.records(), ensure_ascii=False, indent=2) + "\n"


def to_jsonl(table: Table) -> str:
    """Return one JSON object a line."""
    import json  # noqa: PLC0415

    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in table.records())


def to_markdown(table: Table) -> str:
    r"""Return a Markdown table, with what would break it escaped.

    >>> to_markdown(Table(("a",), (("x|y",),)))
    '| a |\n| --- |\n| x\\|y |\n'
    """
    rows = [table.columns, ["---"] * len(table.columns)]
    rows += [[markdown_text(value) for value in row] for row in table.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def to_table(table: Table) -> str:
    """Return columns aligned for a terminal 100 characters wide."""
    return _fitted(table, 100)


FORMATS: Mapping[str, Callable[[Table], str]] = {
    "table": to_table,
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "jsonl": to_jsonl,
    "md": to_markdown,
}


def pivoted(statements: Table) -> Table:
    """Turn rows of thing, property, value into a row a thing and a column a property.

    >>> pivoted(Table(("t", "p", "v"), (("x", "a", 1), ("x", "a", 2), ("y", "b", 3)))).rows
    (('x', '1|2', None), ('y', None, '3'))
    """
    things: dict[Value, dict[Value, list[str]]] = {}
    for thing, name, value in statements.rows:
        things.setdefault(thing, {}).setdefault(name, []).append(_plain(value))
    names = sorted({str(name) for cells in things.values() for name in cells})
    made = (
        (thing, *("|".join(cells[name]) if name in cells else None for name in names))
        for thing, cells in things.items()
    )
    return Table((statements.columns[0], *names), tuple(made))


def _fitted(table: Table, width: int) -> str:
    """Return columns that fit the width, or one block a row where there are too many.

    Long cells are wrapped and empty columns left out.
    """
    if not table.rows:
        return "(no rows)\n"
    every = range(len(table.columns))
    shown = [i for i in every if any(row[i] not in (None, "") for row in table.rows)] or [*every]
    if not shown:
        return f"({len(table.rows)} without columns)\n"
    cells = [[_legible(row[i]) for i in shown] for row in table.rows]
    heads = [table.columns[i].replace("_", " ").upper() for i in shown]
    widths = _widths([heads, *cells], width - 2 * (len(shown) - 1))
    if widths is None:
        return _blocks(heads, cells, width)
    lines = _row_lines(heads, widths)
    for row in cells:
        lines += _row_lines(row, widths)
    return "".join(line + "\n" for line in lines)


def _legible(value: Value) -> str:
    """Write a cell for people: lists with room between their values, long numbers in thousands.

    >>> _legible("unep|who"), _legible(2024), _legible(262845336), _legible(878466.67)
    ('unep | who', '2024', '262,845,336', '878,466.67')
    """
    if isinstance(value, int | float) and abs(value) >= _LONG:
        return f"{value:,}"
    return _one_line(value).replace("|", " | ")


def _blocks(heads: Sequence[str], cells: Sequence[Sequence[str]], width: int) -> str:
    """Return each row as lines of name and value, with an empty line between rows."""
    margin = max(len(head) for head in heads) + 2
    gap = "\n" + " " * margin
    blocks = []
    for row in cells:
        lines = [
            head.lower().ljust(margin) + gap.join(_lines(value, width - margin))
            for head, value in zip(heads, row, strict=True)
            if value
        ]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _lines(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, as many to a line as fit; ``textwrap`` takes long to load."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Give each column what it needs, and take from the widest until all fit, or None."""
    columns = list(zip(*rows, strict=True))
    widths = [max(_span(cell) for cell in column) for column in columns]
    least = [
        min(_WORD, max(_span(w) for c in column for w in [*c.split(), ""])) for column in columns
    ]
    while sum(widths) > room:
        spare = [w - m for w, m in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            return None
        widest = max(range(len(widths)), key=lambda i: (spare[i] > 0, widths[i]))
        widths[widest] -= 1
    return widths


def _row_lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(len(column) for column in columns)
    padded = [column + [""] * (height - len(column)) for column in columns]
    return [
        "  ".join(c + " " * (w - _span(c)) for c, w in zip(line, widths, strict=True)).rstrip()
        for line in zip(*padded, strict=True)
    ]


def _wrapped(text: str, width: int) -> list[str]:
    if _span(text) <= width:
        return [text]
    import textwrap  # noqa: PLC0415

    return textwrap.wrap(text, width, break_on_hyphens=False)


def _span(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    import unicodedata  # noqa: PLC0415

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _one_line(value: Value) -> str:
    return " ".join(_plain(value).split())


def markdown_text(value: Value) -> str:
    r"""Return a value on one line, with what Markdown or HTML would take for its own escaped.

    >>> markdown_text("a|b <c>")
    'a\\|b &lt;c&gt;'
    """
    text = _one_line(value).replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("<", "&lt;").replace(">", "&gt;")
