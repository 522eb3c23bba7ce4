"""The short tables of ``docs/method.md``, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from recommending.cases import FAMILY, LINK
from recommending.report import Outcomes, groups_needed
from recommending.trial import FIELDS, Outcome
from recommending.ways import BASELINES, CONTROL, HONEST, NESTINGS, SHIPPED, SVD

PEERS = (CONTROL, *BASELINES)
CHANGES = (
    *(f"{change} {name}" for change in ("without", "half of") for name in "ABCD"),
    *(name for name in NESTINGS if name != SVD),
)
"""What else the channels might be: of each, how much less it finds than what is shipped."""


def page(outcomes: Outcomes, data: str) -> Iterator[str]:
    """Yield the tables: of each field, of one link left out, and of the channels.

    Args:
        outcomes: of each masking that was measured.
        data: the hash of the data.
    """
    yield ""
    yield f"in short, as docs/method.md has it (data {data[:12]}):"
    for field, outcome in outcomes[FAMILY].items():
        yield ""
        yield from _beside(field, outcome)
    if LINK in outcomes:
        yield ""
        yield from _differences("one link left out", HONEST, PEERS, {LINK: outcomes[LINK]})
    yield ""
    yield from _differences("shipped less", SHIPPED, CHANGES, outcomes, needed=False)


def written(text: str, lines: Iterable[str], data: str) -> str:
    """Return the document with these tables in the place of those with the same heads.

    Args:
        text: the document.
        lines: the tables, as ``page`` yields them.
        data: the hash of the data.

    Raises:
        ValueError: a table is not in the document.
    """
    document = text.split("\n")
    rest = iter(lines)
    for head in rest:
        if head.startswith("|"):
            table = [head, *takewhile(_in_table, rest)]
            first = document.index(head)
            before = sum(1 for _ in takewhile(_in_table, document[first:]))
            document[first : first + before] = table
    return re.sub(r"(?<=last tables, on data )[0-9a-f]+", data[:12], "\n".join(document))


def _in_table(line: str) -> bool:
    return line.startswith("|")


def _beside(field: str, outcome: Outcome) -> Iterator[str]:
    """Yield the ranking beside its peers in one field."""
    yield from _head((field, "MAP", "AUC", "less in MAP", "less in AUC", "groups"))
    for way in (HONEST, SHIPPED, *PEERS):
        mean = outcome.mean(way)
        apart = () if way == HONEST else _apart(outcome, way)
        yield _row((way, f"{mean.precision:.2f}", f"{mean.auc:.2f}", *(apart or ("", "", ""))))


def _apart(outcome: Outcome, way: str) -> tuple[str, str, str]:
    precise = outcome.difference(HONEST, way).signed
    return (
        precise,
        outcome.difference(HONEST, way, "auc").signed,
        groups_needed(outcome, HONEST, way),
    )


def _differences(
    title: str, one: str, others: Sequence[str], outcomes: Outcomes, *, needed: bool = True
) -> Iterator[str]:
    """Yield how much more one way has than others, under each masking and in each field."""
    columns: Mapping[str, Outcome] = {
        f"{masking}, {field}" if len(outcomes) > 1 else field: outcome
        for masking, fields in outcomes.items()
        for field, outcome in fields.items()
    }
    assert len(columns) == len(outcomes) * len(FIELDS)
    heads = [(name, "groups") if needed else (name,) for name in columns]
    yield from _head((title, *(cell for cells in heads for cell in cells)))
    for other in others:
        cells = [other]
        for outcome in columns.values():
            cells.append(outcome.difference(one, other).signed)
            cells += [groups_needed(outcome, one, other)] * needed
        yield _row(cells)


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(cells)
    yield "|---" * len(cells) + "|"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
