"""Agreements that the title of a project names, or of which it names what they alone ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from emg_graph.importers.known import Known
from emg_graph.importers.links import Link
from emg_graph.importers.namings import NAMINGS, Naming
from emg_graph.records import Agreement

_KINDS = re.compile(
    r"\b(?:convention|protocol|agreement|treaty|framework|amendment)\b", re.IGNORECASE
)
_LEAST_WORDS = 2


@dataclass(frozen=True)
class Titles:
    """What titles can name among the agreements that are known."""

    known: Known

    def links(self, title: str, year: int | None) -> tuple[Link, ...]:
        """Return a link to each agreement that a title of a year names, with the words.

        A title without a year names only what is named in every year.
        """
        found: dict[str, Link] = {}
        folded = title.casefold()
        for naming, expression in self._namings:
            if naming.since > (year or 0) or naming.holds not in folded:
                continue
            if not (match := expression.search(title)):
                continue
            for agreement in naming.agreements:
                link = Link(agreement, "named-in-title", "stated", naming.strength, match[0])
                found.setdefault(agreement, link)
        return tuple(found[agreement] for agreement in sorted(found))

    @cached_property
    def _namings(self) -> tuple[tuple[Naming, re.Pattern[str]], ...]:
        rows = [row for row in self.known.tables.rows["agreements"] if isinstance(row, Agreement)]
        there = {row.id for row in rows}
        own = [naming for row in rows for naming in full_names(row)]
        namings = (
            replace(one, agreements=kept)
            for one in (*own, *NAMINGS)
            if (kept := tuple(name for name in one.agreements if name in there))
        )
        return tuple((naming, naming.expression) for naming in namings)


def full_names(agreement: Agreement) -> Iterator[Naming]:
    """Yield an agreement's names that cannot be mistaken, for they say what it is."""
    for name in sorted({agreement.name, agreement.short_name or "", *agreement.aliases}):
        if _KINDS.search(name) and len(name.split()) >= _LEAST_WORDS:
            pattern = rf"{re.escape(name)}(?!\w)"
            yield Naming(pattern, (agreement.id,), holds=name.casefold())
