"""Expenses by organisation, year and goal: the raw file of the CEB financial statistics.

The file mixes expenses (``EXP``) with budgets (``BUD``, ``BUG``); expenses alone are read. Rows of
an organisation, year and goal, be they for the goal, a target or an indicator, are parts of one
sum. What the publisher attributes to no goal (``X00``) goes to a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from emg_graph.importers import ceb
from emg_graph.importers.amounts import amount_text, read_amount
from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known
from emg_graph.records import Target

SOURCE = "ceb-expenses-sdgs"
COLUMNS = (
    "calendar year", "entity code", "type of financial information", "amount", "SDG goal",
    "SDG target",
)  # fmt: skip
_EXPENSES, _BUDGETS, _NO_GOAL = "EXP", ("BUD", "BUG"), "X00"
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)

Key = tuple[str, str, str]
"""The code of the organisation, the year, and the number of the goal, or ``X00``."""


@dataclass(slots=True)
class _Sum:
    """What some rows come to."""

    amount: Decimal = Decimal(0)
    rows: int = 0
    astray: int = 0
    """How many of them name a target of another goal."""

    def add(self, amount: Decimal, astray: bool = False) -> None:
        self.amount += amount
        self.rows += 1
        self.astray += astray


@dataclass(slots=True)
class _File:
    """What one file gives."""

    path: Path
    known: Known
    goals: Mapping[str, str]
    sums: dict[Key, _Sum] = field(default_factory=dict)
    budgets: int = 0
    repeated: int = 0
    """How many sums a file before this one gives too."""
    lost: int = 0
    """How many rows of expenses are not understood."""
    unread: list[Unread] = field(default_factory=list)

    def take(self, line: int, row: Mapping[str, str]) -> None:
        """Add a row of the file to the sum that it belongs to, or say why not."""
        kind, goal = row["type of financial information"].strip(), row["SDG goal"].strip()
        if kind in _BUDGETS:
            self.budgets += 1
        elif doubt := self._doubt(row, kind, goal):
            self._lose(f"line {line}", *doubt)
        elif (amount := read_amount(row["amount"])) is None:
            reason = "is no amount; digits without separators are expected"
            self._lose(f"line {line}", row["amount"], reason)
        else:
            key = (row["entity code"].strip(), row["calendar year"].strip(), goal.upper())
            target = row["SDG target"].strip()
            astray = bool(target) and target.split(".")[0] != goal
            self.sums.setdefault(key, _Sum()).add(amount, astray)

    def leave(self, key: Key, first: str) -> None:
        """Leave out a sum that a file before this one gives too."""
        amount, rows = amount_text(self.sums[key].amount), self.sums.pop(key).rows
        self.repeated += 1
        self._lose(_place(key), amount, f"is given by {first} too, which is read first", rows)

    def count_in(self, drafts: Drafts) -> None:
        """Count the rows of expenses, and say what else there is."""
        rows = sum(total.rows for total in self.sums.values()) + self.lost
        counts = (("rows of budgets", self.budgets), ("sums of another file", self.repeated))
        besides = "; ".join(f"{what}: {count:,}" for what, count in counts if count)
        drafts.unread.extend(self.unread)
        drafts.count(self.path.name, rows, self.lost, besides)

    def _lose(self, place: str, value: str, reason: str, rows: int = 1) -> None:
        self.lost += rows
        self.unread.append(Unread(self.path.name, place, value, reason))

    def _doubt(self, row: Mapping[str, str], kind: str, goal: str) -> tuple[str, str] | None:
        """Return the cell that is not understood and why, if there is one."""
        code, year = row["entity code"].strip(), row["calendar year"].strip()
        if kind != _EXPENSES:
            return kind, "is no kind of figure that is known (EXP, BUD, BUG)"
        if not _YEAR.fullmatch(year):
            return year, "is no year"
        if not ceb.spender(self.known, code):
            return code, ceb.NO_CODE
        if goal.upper() != _NO_GOAL and goal not in self.goals:
            return goal, "is no goal of the 2030 Agenda"
        return None


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read expenses by goal.

    Raises:
        DocumentError: a file is not of this form.
    """
    drafts, goals = Drafts(), _goals(known)
    _add_source(drafts)
    given: dict[Key, str] = {}
    for path in sorted(files):
        file = _File(path, known, goals)
        for line, row in read_csv(path, COLUMNS):
            file.take(line, row)
        for key, total in sorted(file.sums.items()):
            if first := given.get(key):
                file.leave(key, first)
            else:
                given[key] = path.name
                _add(drafts, key, total, file)
        file.count_in(drafts)
    return drafts


def _add_source(drafts: Drafts) -> None:
    drafts.add(
        "sources",
        id=SOURCE,
        title="CEB financial statistics: expenses by organisation and Sustainable Development Goal",
        publisher=ceb.PUBLISHER,
        evidence_class="B",
        url="https://unsceb.org/financial-statistics",
    )


def _goals(known: Known) -> dict[str, str]:
    """Return the ids of the goals of the 2030 Agenda by their number."""
    return {
        row.number: row.id
        for row in known.tables.rows["targets"]
        if isinstance(row, Target) and (row.framework, row.kind) == ("2030-agenda", "goal")
    }


def _add(drafts: Drafts, key: Key, total: _Sum, file: _File) -> None:
    code, year, goal = key
    note = ""
    if total.astray:
        note = f"Rows that name a target of another goal: {total.astray} of {total.rows}."
    to_goal = {} if goal == _NO_GOAL else {"goal": file.goals[goal]}
    drafts.add(
        "expenditures_by_goal" if to_goal else "expenditures_on_no_goal",
        **to_goal,
        entity=ceb.spender(file.known, code),
        year_on=year,
        amount_usd=amount_text(total.amount),
        code_as_written=code,
        basis="stated",
        source=SOURCE,
        locator=_place(key),
        confidence="high",
        note=note,
    )


def _place(key: Key) -> str:
    code, year, goal = key
    return f"{_EXPENSES}, {code}, {year}, {'no goal' if goal == _NO_GOAL else f'goal {goal}'}"
