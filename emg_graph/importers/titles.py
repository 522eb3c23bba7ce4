"""Agreements that the title of a project names, or of which it tells what they alone ask for.

That a title names an agreement is stated. That a project on mercury is for the Minamata Convention
follows from its subject, so that it is inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from emg_graph.importers.known import Known
from emg_graph.importers.links import Link
from emg_graph.importers.namings import CUT_NAMES, NAMINGS, Naming
from emg_graph.records import Agreement

_KINDS = re.compile(
    r"\b(?:convention|protocol|agreement|treaty|framework|amendment)\b", re.IGNORECASE
)
_LEAST_WORDS = 2
_GROUNDS = {
    "name": ("named-in-title", "stated", "high"),
    "subject": ("subject-in-title", "inferred", "medium"),
}
"""Ground, basis and confidence of a link, by what the words of a title tell."""


@dataclass(frozen=True)
class Titles:
    """What titles can name or be on, among the agreements that are known."""

    known: Known

    def links(self, title: str, year: int | None) -> tuple[Link, ...]:
        """Return a link to each agreement that a title of a year names or is on, with the words.

        A title without a year has only what is told in every year. Where it has both the name of
        an agreement and its subject, the name counts.
        """
        found: dict[str, Link] = {}
        folded = title.casefold()
        for naming, expression in self._namings:
            if naming.since > (year or 0) or naming.holds not in folded:
                continue
            if not (match := expression.search(title)):
                continue
            for agreement in naming.agreements:
                link = Link(agreement, *_GROUNDS[naming.tells], words=match[0])
                found.setdefault(agreement, link)
        return tuple(found[agreement] for agreement in sorted(found))

    def name_in(self, text: str, agreement: str) -> str | None:
        """Return the words of a text that are the name of an agreement, or None."""
        found = (
            expression.search(text)
            for naming, expression in self._namings
            if naming.tells == "name" and agreement in naming.agreements
        )
        return next((match[0] for match in found if match), None)

    def named_by(self, words: str, agreement: str) -> bool:
        """Tell whether words found for an agreement are its name, whole or cut."""
        cut = (one for one in CUT_NAMES if agreement in one.agreements)
        whole = self.name_in(words, agreement)
        return bool(whole) or any(one.expression.search(words) for one in cut)

    @cached_property
    def _namings(self) -> tuple[tuple[Naming, re.Pattern[str]], ...]:
        """All namings of agreements that are known, names before subjects."""
        rows = [row for row in self.known.tables.rows["agreements"] if isinstance(row, Agreement)]
        there = {row.id for row in rows}
        own = [naming for row in rows for naming in full_names(row)]
        namings = (
            replace(one, agreements=kept)
            for one in sorted((*own, *NAMINGS), key=lambda one: one.tells == "subject")
            if (kept := tuple(name for name in one.agreements if name in there))
        )
        return tuple((naming, naming.expression) for naming in namings)


def full_names(agreement: Agreement) -> Iterator[Naming]:
    """Yield an agreement's names that cannot be mistaken, for they say what it is."""
    for name in sorted({agreement.name, agreement.short_name or "", *agreement.aliases}):
        if _KINDS.search(name) and len(name.split()) >= _LEAST_WORDS:
            pattern = rf"{re.escape(name)}(?!\w)"
            yield Naming(pattern, (agreement.id,), holds=name.casefold())
