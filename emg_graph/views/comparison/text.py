"""A comparison to read in a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields

from emg_graph.analysis.comparison import Change, Comparison
from emg_graph.analysis.comparison.collaboration import Collaboration
from emg_graph.analysis.comparison.content import NOTE, Tally
from emg_graph.answers import Table
from emg_graph.views import rows
from emg_graph.views.comparison.wording import SORTS, differs, hidden, title


def to_text(found: Comparison, limit: int = 0, width: int = 100) -> str:
    """Return what changed, with so many rows of each group; 0 shows all."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def to_json(found: Comparison, limit: int = 0) -> str:
    """Return everything that is told, each row whole, with counts, numbers and method."""
    changes = [one for _, group in found.groups for one in shown(group, limit)]
    data = {
        "old": _side(found.old),
        "new": _side(found.new),
        "finding": found.finding,
        "tables": [asdict(tally) for tally in found.tallies],
        "changes": [_change(one) for one in changes],
        "collaboration": asdict(found.collaboration),
        "note": NOTE,
        "method": asdict(found.method),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def shown(group: Sequence[Change], limit: int) -> Sequence[Change]:
    """Return the first so many rows of a group, or with 0 all."""
    return group[:limit] if limit > 0 else group


def counts(tallies: Iterable[Tally]) -> Table:
    """Return the tables of which rows differ, a row each."""
    names = tuple(field.name for field in fields(Tally))
    made = (tuple(getattr(tally, name) for name in names) for tally in tallies)
    return Table(names, tuple(made))


def numbers(found: Collaboration) -> Table:
    """Return the numbers on collaboration, a row each."""
    made = ((one.what, one.old, one.new, one.difference) for one in found.counts)
    return Table(("what", "old", "new", "difference"), tuple(made))


def _side(side: object) -> dict[str, object]:
    return {name: getattr(side, name) for name in ("name", "form", "version", "data_hash", "rows")}


def _change(one: Change) -> dict[str, object]:
    """Return a row that differs as JSON has it; sets have an order there."""
    cited = asdict(one.citation) if one.citation else {"source": None, "locator": None}
    return {
        "change": one.change,
        "how": one.how,
        "table": one.table,
        "sort": one.sort,
        "id": one.id,
        "name": one.name,
        "editorial": one.editorial,
        "values": [asdict(value) for value in one.values],
        "row": dict(one.cells),
        **cited,
    }


def _lines(found: Comparison, limit: int, width: int) -> Iterator[str]:
    yield from textwrap.wrap(f"Old: {found.old.line}", width)
    yield from textwrap.wrap(f"New: {found.new.line}", width)
    yield ""
    yield from textwrap.wrap(found.finding, width)
    if not found.every:
        return
    yield ""
    yield "WHICH TABLES"
    yield rows.render(counts(found.tallies), "table", width)
    sort = ""
    for (table, change), group in found.groups:
        if group[0].sort != sort:
            sort = group[0].sort
            yield from (SORTS[sort].upper(), "")
        yield f"{title(table, change)} ({len(group):,})"
        for one in shown(group, limit):
            yield from _change_lines(one, width)
        if more := hidden(len(group), limit):
            yield f"  {more}"
        yield ""
    yield from _collaboration_lines(found.collaboration, width)
    yield ""
    yield from textwrap.wrap(NOTE, width)
    yield from textwrap.wrap(f"Method: {found.method.text}", width)


def _change_lines(one: Change, width: int) -> Iterator[str]:
    place = f" [{one.citation.source}, {one.citation.locator}]" if one.citation else ""
    known = f" ({one.id})" if one.sort == "thing" else ""
    how = f": {one.how}" if one.how and not one.values else ""
    yield from _wrapped(f"{one.name}{known}{one.marks}{how}{place}", width, 2)
    for value in one.values:
        yield from _wrapped(differs(one, value), width, 6)


def _collaboration_lines(found: Collaboration, width: int) -> Iterator[str]:
    yield "HOW SYSTEM-WIDE COLLABORATION MOVED ON RECORD"
    yield rows.render(numbers(found), "table", width).rstrip("\n")
    for one in found.crossings:
        yield from _wrapped(f"{one.name} ({one.agreement}): {one.sentence}", width, 2)
    for sentence in found.sentences:
        yield from textwrap.wrap(sentence, width)


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
