"""What a country is to an agreement, as far as a dated list tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emg_graph.analysis.evidence import Citation

LOOKED_FOR = "parties, country by country"
"""How a search for a list of parties is put on record."""
_DATES = (
    ("signed", "signed"),
    ("consented", "consent given"),
    ("from", "in effect from"),
    ("to", "until"),
)


@dataclass(frozen=True, slots=True)
class Status:
    """The country's row in the dated list, the list, and how far the list is known to go."""

    row: Mapping[str, Any] | None
    list: Mapping[str, Any] | None
    search: Mapping[str, Any] | None
    group: Mapping[str, Any] | None = None
    """The country's place in the dated list of a group of the agreement's own parties."""

    @property
    def kind(self) -> str:
        """``party``, ``signatory``, ``withdrawn``, ``in-group``, ``not-listed`` or ``no-list``."""
        if self.row:
            return str(self.row["status"])
        if self.group:
            return "in-group"
        return "not-listed" if self.list else "no-list"

    @property
    def word(self) -> str:
        """The status in two or three words."""
        words = {
            "in-group": f"Stood {self._group_list}",
            "not-listed": "Not on the list",
            "no-list": "Not searched: no dated list at hand",
        }
        return words.get(self.kind) or str(self.row and self.row["status_label"])

    @property
    def whole(self) -> bool:
        """Whether the list is on record as whole at its date."""
        return bool(self.search and self.search["outcome"] == "found")

    @property
    def bounded(self) -> bool:
        """Whether the list is on record as a lower bound."""
        return bool(self.search and self.search["outcome"] != "found")

    @property
    def as_of(self) -> str:
        """The date of the list, as a sentence has it."""
        dated = self.row or self.group or self.list
        if not dated:
            return ""
        bounded = self.bounded and dated is not self.group
        return f"about {dated['as_of']}" if bounded else str(dated["as_of"] or "")

    @property
    def dates(self) -> tuple[tuple[str, str], ...]:
        """What is dated in the row, each with its date."""
        if not self.row:
            return ()
        return tuple((label, self.row[name]) for name, label in _DATES if self.row[name])

    @property
    def reach(self) -> str:
        """How far the list goes, in one sentence, or why there is nothing to say."""
        if self.kind == "in-group":
            return (
                "The list is of a group of the parties alone and has no dates of consent; what"
                f" changed since {self.as_of or 'then'} is not in it."
            )
        if not (self.row or self.list):
            return (
                "No dated list of its parties, country by country, is at hand in this graph; ask"
                " the depositary. The counts below are of parties, not of this country."
            )
        if self.whole:
            return f"The list is whole as of {self.as_of}; what changed since is not in it."
        if self.bounded:
            tail = "absence from it shows nothing" if self.kind == "not-listed" else "check it"
            return (
                f"The list is of {self.as_of} and may be incomplete: States that joined since are"
                f" missing and those that left may still stand in it; {tail} with the depositary."
            )
        return f"The list is of {self.as_of}; whether it is whole is not on record."

    @property
    def citation(self) -> Citation | None:
        """Where the row stands, or the list if the country has none in it."""
        if self.row:
            return Citation(self.row["source"], self.row["locator"])
        if self.group:
            return Citation(self.group["source"], self.group["locator"])
        if self.list:
            return Citation(self.list["source"], self._place())
        return None

    def says(self, country: str, called: str) -> str:
        """Return the status as a clause, such as ``Jordan is a party to it``."""
        words = {
            "party": f"{country} is a party to {called}",
            "signatory": f"{country} had signed {called} without being bound by it yet",
            "withdrawn": f"{country} had left {called}",
            "in-group": f"{country} stood {self._group_list} to {called}",
            "not-listed": f"{country} is not on the list of parties to {called}",
            "no-list": f"whether {country} is a party to {called} was not searched",
        }
        bounded = self.bounded and self.kind != "in-group"
        dated = f" (list of {self.as_of}{'; may be incomplete' if bounded else ''})"
        return words[self.kind] + (dated if self.as_of else "")

    @property
    def _group_list(self) -> str:
        """Where it stands, such as ``in the list of Article 5 parties``."""
        return str(self.group["status"]) if self.group else ""

    def _place(self) -> str:
        return str(self.search["locator"]) if self.search else f"list of {self.as_of}"
