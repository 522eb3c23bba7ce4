"""Entities that held official side events of the UNFCCC together, as counted by pair.

To hold an event together is the same for both, so that a pair stands once, in order of the ids.
Counts of one entity's events at each meeting are no relation between two: a file of those is
refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known
from emg_graph.importers.missed import Missed
from emg_graph.importers.origins import OriginSources, read_origin

REGISTRY = "seors-events"
AGREEMENT = "unfccc"
COLUMNS = ("entity_a", "entity_b", "events_co_organised", "source")
_ACTORS = ("entities", "mechanisms")


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read counts of events by pair of entities.

    Raises:
        DocumentError: a file is no list of pairs.
    """
    drafts = Drafts()
    sources = OriginSources(known, drafts, REGISTRY, "D")
    given: set[tuple[str, str, str]] = set()
    for path in sorted(files, key=lambda path: path.name):
        missed, rows = Missed(path.name), 0
        for line, row in read_csv(path, COLUMNS):
            rows += 1
            _take(line, row, sources, missed, given)
        drafts.unread.extend(missed.unread())
        drafts.count(path.name, rows, missed.lines)
    return drafts


def _take(
    line: int,
    row: Mapping[str, str],
    sources: OriginSources,
    missed: Missed,
    given: set[tuple[str, str, str]],
) -> None:
    """Add the pair of a row, or note what in it was not understood."""
    sides = {column: _side(row[column], sources.known) for column in ("entity_a", "entity_b")}
    for column, found in sides.items():
        if found is None:
            missed.add(line, column, row[column], "is no entity that the tables know")
            return
    one, other = sorted(side for side in sides.values() if side)
    events, origin = row["events_co_organised"].strip(), read_origin(row["source"])
    if not (events.isascii() and events.isdigit() and int(events)):
        missed.add(line, "events_co_organised", events, "is no number of events")
    elif origin is None:
        missed.add(line, "source", row["source"], "does not say from where the list is")
    elif one == other:
        missed.add(line, "entity_b", row["entity_b"], "is the same entity as entity_a")
    elif (key := (one, other, sources.cite(origin))) in given:
        missed.add(line, "entity_b", row["entity_b"], "stands in a pair that is there already")
    else:
        given.add(key)
        sources.drafts.add(
            "cooperations",
            entity=one,
            partner=other,
            kind="organised-with",
            agreements=AGREEMENT,
            events=str(int(events)),
            basis="stated",
            source=key[2],
            locator=f"pair {row['entity_a'].strip()}, {row['entity_b'].strip()}",
            confidence="high",
        )


def _side(cell: str, known: Known) -> str | None:
    return known.by_code(REGISTRY, cell) or known.by_name(cell, _ACTORS)
