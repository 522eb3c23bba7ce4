"""What agreements say of one another: the treaty references of ECOLEX, through manyenviron.

Each reference is one row and, in most cases, its inverse another (``Amends``, ``Amended by``); they
give one row of ours. Only those between two of our agreements are taken, as facts, without the
titles. Our agreements are known by their ``ecolex`` number, or by codes of ``ecolex-treaties``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known
from emg_graph.records import Agreement

SOURCE, REGISTRY = "manyenviron-dataset", "ecolex-treaties"
COLUMNS = ("treatyID1", "treatyID2", "RefType", "ecolex1", "ecolex2")
_FORWARD = {
    "Amends": "amending",
    "Cites": "citing",
    "Enables": "enabling",
    "Supersedes": "superseding",
}
_INVERSE = {
    "Amended by": "Amends",
    "Cited by": "Cites",
    "Enabled by": "Enables",
    "Superseded by": "Supersedes",
}

Edge = tuple[str, str, str]
"""The agreement that does something, the one that it is done to, and the word for it."""


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read references between agreements of ours.

    Raises:
        DocumentError: a file is not of this form.
    """
    drafts, ours, edges = Drafts(), _ours(known), dict[Edge, str]()
    _add_source(drafts)
    for path in sorted(files):
        before, others, rows, unread = set(edges), 0, 0, len(drafts.unread)
        for line, row in read_csv(path, COLUMNS):
            first, second = _agreement(row, "1", ours, known), _agreement(row, "2", ours, known)
            place, word = f"line {line}", row["RefType"].strip()
            if word not in _FORWARD and word not in _INVERSE:
                drafts.unread.append(Unread(path.name, place, word, "is no kind of reference"))
            elif first is None or second is None:
                others += 1
            elif first == second:
                reason = "is a reference of an agreement to itself"
                drafts.unread.append(Unread(path.name, place, f"{first} {word}", reason))
            else:
                rows += 1
                edges.setdefault(*_edge(first, second, word, row))
        told = f"rows on agreements that are not ours: {others:,}" if others else ""
        for edge in sorted(edges.keys() - before):
            _add(drafts, edge, edges[edge])
        doubtful = len(drafts.unread) - unread
        drafts.count(path.name, rows + doubtful, doubtful, told)
    return drafts


def _ours(known: Known) -> dict[str, str]:
    return {
        row.ecolex: row.id
        for row in known.tables.rows["agreements"]
        if isinstance(row, Agreement) and row.ecolex
    }


def _agreement(
    row: Mapping[str, str], side: str, ours: Mapping[str, str], known: Known
) -> str | None:
    """Return the agreement of ours on one side of a reference."""
    ecolex, treaty = row[f"ecolex{side}"].strip(), row[f"treatyID{side}"].strip()
    by_code = known.by_code(REGISTRY, ecolex) or known.by_code(REGISTRY, treaty)
    return by_code or ours.get(ecolex)


def _edge(first: str, second: str, word: str, row: Mapping[str, str]) -> tuple[Edge, str]:
    """Return a reference in its forward form, and where it stands."""
    one, other = (row[f"ecolex{side}"].strip() or row[f"treatyID{side}"].strip() for side in "12")
    if word in _INVERSE:
        first, second, one, other, word = second, first, other, one, _INVERSE[word]
    return (first, second, word), f"data/references.rda, {one} {word} {other}"


def _add_source(drafts: Drafts) -> None:
    drafts.add(
        "sources",
        id=SOURCE,
        title="manyenviron: data on environmental agreements",
        publisher="globalgov (PANARCHIC project, Geneva Graduate Institute)",
        evidence_class="D",
        url="https://github.com/globalgov/manyenviron",
        licence="CC BY 4.0",
    )


def _add(drafts: Drafts, edge: Edge, locator: str) -> None:
    first, second, word = edge
    drafts.add(
        "references",
        agreement=first,
        referred_agreement=second,
        relation=_FORWARD[word],
        basis="stated",
        source=SOURCE,
        locator=locator,
        confidence="medium",
    )
