"""Which edition of a data set a list is of, where the list itself does not say of which day it is.

One edition of each data set is known, with its day. A list is of that edition unless whoever
imports it gives another day, and a list with a later date is refused until somebody does: to
stamp it with the known day would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import DocumentError
from emg_graph.importers.cells import read_date
from emg_graph.importers.parties.membership import is_after

_SAID = "The day of which it is was given by the person who imported it."


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a data set: its source, and the day of which it is."""

    source: Mapping[str, str]
    as_of: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set whose lists do not say of which day they are."""

    name: str
    known: Mapping[str, str]
    """The edition that is known, as a source."""

    def edition(
        self,
        path: Path,
        dates: Iterable[tuple[str, str]],
        *,
        published: str | None,
        given: str | None,
    ) -> Edition:
        """Return the edition that a list is of.

        Args:
            path: the list.
            dates: places in it, each with a date that cannot be after the day of the list.
            published: the day of the known edition, where there is one of this list.
            given: the day that whoever imports the list gives.

        Raises:
            DocumentError: the day is not known, or the list has a date after the known one.
        """
        if given and given != published:
            return Edition(self._source(given), given)
        if not published:
            raise DocumentError(
                f"{path} does not say of which day it is; give the day, as --as-of 2026-10-31"
            )
        if not given:
            _require_not_later(path, dates, published)
        return Edition(self.known, published)

    def _source(self, as_of: str) -> dict[str, str]:
        kept = ("publisher", "evidence_class", "url", "licence")
        return {
            "id": f"{self.known['id']}-{as_of}",
            "title": f"{self.name} as of {as_of}",
            **{column: self.known[column] for column in kept},
            "note": _SAID,
        }


def _require_not_later(path: Path, dates: Iterable[tuple[str, str]], day: str) -> None:
    for place, date in dates:
        if read_date(date) and is_after(date, day):
            raise DocumentError(
                f"{path}, {place}: {date} is after {day}, the day of the edition that is known;"
                " give the day of this one, as --as-of 2026-10-31"
            )
