"""How much of a document was read: its rows, those not understood among them, and the share."""

from __future__ import annotations

import pytest

from emg_graph.errors import DocumentError
from emg_graph.importers import Drafts, Merge, Unread
from emg_graph.views import imported


def read(*documents: tuple[str, int, int, int], besides: str = "") -> Drafts:
    """Return what documents give: each has a name, rows, those not understood, and gives rows."""
    drafts = Drafts()
    for name, rows, unread, given in documents:
        drafts.add("sources", id=name)
        for number in range(given):
            drafts.add("mandates", id=f"{name}-{number}")
        drafts.unread.extend(Unread(name, f"row {n}", "?", "is no symbol") for n in range(unread))
        drafts.count(name, rows, unread, besides)
    return drafts


def test_a_document_is_counted_with_whether_it_gives_a_row() -> None:
    drafts = read(("a", 5, 2, 3), ("b", 4, 4, 0), ("c", 1, 1, 1))
    assert [(one.path, one.rows, one.unread, one.given) for one in drafts.tallies] == [
        ("a", 5, 2, True),
        ("b", 4, 4, False),
        ("c", 1, 1, True),
    ]


def test_the_share_not_understood_is_of_all_rows() -> None:
    told = imported.to_text(read(("a", 127, 127, 0), ("b", 73, 0, 73)), Merge())
    assert told.startswith("2 files read: 200 rows, 127 not understood (63.50%)\n")
    told = imported.to_text(read(("a", 1, 1, 1)), Merge())
    assert told.startswith("1 file read: 1 row, 1 not understood (100.00%)\n")


@pytest.mark.parametrize("name", ["a", "b"])
def test_a_document_of_which_no_row_is_understood_is_refused_beside_a_sound_one(name: str) -> None:
    drafts = read(*sorted([(name, 2, 2, 0), ("a" if name == "b" else "b", 3, 0, 3)]))
    told = rf"^{name} was read and nothing in it understood \(2 rows\); the first is row 0: '\?' is"
    with pytest.raises(DocumentError, match=told):
        drafts.require_understood()


@pytest.mark.parametrize(
    ("rows", "unread", "given"), [(2, 1, 0), (2, 2, 1), (0, 0, 0), (3, 0, 0), (1, 1, 1)]
)
def test_a_document_of_which_something_is_understood_is_taken(
    rows: int, unread: int, given: int
) -> None:
    assert not refused(read(("a", rows, unread, given), ("b", 3, 0, 3)))


def test_a_document_that_holds_something_besides_is_taken() -> None:
    assert refused(read(("a", 1, 1, 0)))
    assert not refused(read(("a", 1, 1, 0), besides="rows of budgets: 9"))


def refused(drafts: Drafts) -> bool:
    try:
        drafts.require_understood()
    except DocumentError:
        return True
    return False
