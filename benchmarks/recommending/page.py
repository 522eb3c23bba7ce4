"""The short tables of ``docs/method.md``, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from recommending.cases import FAMILY, LINK
from recommending.report import MEASURES, Outcomes, groups_needed, moved
from recommending.trial import Outcome
from recommending.ways import BASELINES, CONTROL, HONEST, NESTINGS, SHIPPED, SVD

PEERS = (CONTROL, *BASELINES)
CHANGES = (
    *(f"{change} {name}" for change in ("without", "half of") for name in "ABCD"),
    *(f"{name} alone" for name in "ABCD"),
    *(name for name in NESTINGS if name != SVD),
)
"""What else the channels might be: of each, how much less it finds than what is shipped."""


def page(outcomes: Outcomes, data: str) -> Iterator[str]:
    """Yield the tables: of each field, of both measures, of one link left out, of the channels.

    Args:
        outcomes: of each masking that was measured.
        data: the hash of the data.
    """
    yield ""
    yield f"in short, as docs/method.md has it (data {data[:12]}):"
    hidden = outcomes[FAMILY]
    for field, outcome in hidden.items():
        yield ""
        yield from _means(field, outcome)
    for field, outcome in hidden.items():
        yield ""
        yield from _less(f"less in MAP, {field}", outcome)
    yield ""
    yield from _differences("less in AUC", HONEST, PEERS, hidden, "auc")
    if LINK in outcomes:
        yield ""
        yield from _differences("one link left out", HONEST, PEERS, outcomes[LINK])
    for masking, fields in outcomes.items():
        yield ""
        yield from _differences(f"{masking}: shipped less", SHIPPED, CHANGES, fields)


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


def _means(field: str, outcome: Outcome) -> Iterator[str]:
    """Yield what each way finds in one field."""
    yield from _head((field, *MEASURES.values()))
    for way in (HONEST, SHIPPED, *PEERS):
        yield _row((way, *(str(outcome.estimate(way, measure)) for measure in MEASURES)))


def _less(title: str, outcome: Outcome) -> Iterator[str]:
    """Yield how much more the ranking has than its peers, and what that rests on."""
    yield from _head((title, "difference", "p", "groups", "without one group"))
    for way in (SHIPPED, *PEERS):
        apart, chance = _apart(outcome, HONEST, way, "precision")
        many = groups_needed(outcome, HONEST, way)
        yield _row((way, apart, chance, many, moved(outcome, HONEST, way)))


def _differences(
    title: str,
    one: str,
    others: Sequence[str],
    outcomes: Mapping[str, Outcome],
    measure: str = "precision",
) -> Iterator[str]:
    """Yield how much more one way has of a measure than others, in each field."""
    yield from _head((title, *(cell for field in outcomes for cell in (field, "p"))))
    for other in others:
        cells = (_apart(outcome, one, other, measure) for outcome in outcomes.values())
        yield _row((other, *(cell for pair in cells for cell in pair)))


def _apart(outcome: Outcome, one: str, other: str, measure: str) -> tuple[str, str]:
    """Return a difference with its interval, and p: bold where both show that more is found."""
    apart = outcome.difference(one, other, measure).signed
    chance = f"{outcome.by_chance(one, other, measure):.3f}"
    return apart, f"**{chance}**" if outcome.shown(one, other, measure) else chance


def _head(cells: Sequence[str]) -> Iterator[str]:
    yield _row(cells)
    yield "|---" * len(cells) + "|"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
