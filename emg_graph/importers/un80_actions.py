"""Actions of the UN80 initiative, with the entities that they name and the offices that lead.

The file repeats an action for each part of it; a part gets an id and a name of its own. Names are
made of the number and the title of the work package; what an action is about is left to a person
(``summary``). Entities and offices are known by their codes (``un80-list``), where one cell may
stand for several; an office without a code is known by the entity that its title ends with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from emg_graph.importers.documents import records_of
from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known
from emg_graph.records import Code

SOURCE, REGISTRY = "un80-actions", "un80-list"
KEYS = (
    "action_number", "work_package_number", "work_package_name", "is_subaction",
    "sub_action_details", "action_entities", "action_leads", "work_package_leads",
    "first_milestone_deadline", "final_milestone_deadline",
)  # fmt: skip
_OFFICE = re.compile(r"(?:Administrator|ASG|DG|ED|ES|HC|Rector|SG|USG)\s+(.+)")
"""The title of the head of an entity, and the entity."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NOBODY = frozenset({"", "n/a"})


@dataclass(slots=True)
class _File:
    """One file while it is read."""

    name: str
    known: Known
    codes: Mapping[str, Sequence[str]]
    drafts: Drafts
    unread: list[Unread] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    doubtful: set[int] = field(default_factory=set)
    """The entries that hold something that is not understood."""

    def take(self, entry: int, record: Mapping[str, Any]) -> None:
        """Add an action and those whom it names, and note whether all of it is understood."""
        before = len(self.unread)
        self._take(entry, record)
        if len(self.unread) > before:
            self.doubtful.add(entry)

    def _take(self, entry: int, record: Mapping[str, Any]) -> None:
        number, part = str(record["action_number"]), ""
        if record["is_subaction"]:
            part = " ".join(str(record["sub_action_details"] or "").split())
        action = "-".join(filter(None, ("un80-action", number, _slug(part))))
        if not number.isdecimal() or (record["is_subaction"] and not part):
            reason = "is no number of an action, or of a part without a name"
            self._doubt(f"entry {entry}", number, reason)
        elif action in self.seen:
            self._doubt(f"entry {entry}", action, "stands twice; its first entry is read")
        else:
            self.seen.add(action)
            self._add(action, number, part, record)

    def _add(self, action: str, number: str, part: str, record: Mapping[str, Any]) -> None:
        place = ", ".join(filter(None, (f"action {number}", part)))
        package = " ".join(str(record["work_package_name"]).split())
        first = self._date(record, "first_milestone_deadline", place)
        final = self._date(record, "final_milestone_deadline", place)
        if first and final and first > final:
            self._doubt(place, first, f"is the first milestone, but the final one is {final}")
            first = final = ""
        self.drafts.add(
            "actions",
            id=action,
            name=f"UN80 action {number}: {part or package}",
            number=number,
            work_package=package,
            work_package_number=str(record["work_package_number"]),
            reported_status=_text(record, "public_action_status"),
            document_paragraph=_paragraph(record),
            first_milestone_on=first,
            final_milestone_on=final,
            source=SOURCE,
            locator=place,
        )
        for capacity, written in _named(record):
            self._assign(action, capacity, written, place)

    def _date(self, record: Mapping[str, Any], key: str, place: str) -> str:
        text = str(record[key] or "").strip()
        if not text or _is_day(text):
            return text
        self._doubt(f"{place}, {key}", text, "is no day of the calendar, as 2026-03-31")
        return ""

    def _assign(self, action: str, capacity: str, written: str, place: str) -> None:
        found = self._whom(written)
        if not found:
            reason = f"is nobody of the codes of {REGISTRY} in codes.csv"
            self._doubt(f"{place}, {capacity}", written, reason)
        for entity in found:
            self.drafts.add(
                "assignments",
                entity=entity,
                action=action,
                capacity=capacity,
                name_as_written=written,
                basis="stated",
                source=SOURCE,
                locator=place,
                confidence="high",
            )

    def _doubt(self, place: str, value: str, reason: str) -> None:
        self.unread.append(Unread(self.name, place, value, reason))

    def _whom(self, written: str) -> Sequence[str]:
        """Return the entities that a name or an office stands for."""
        if found := self.codes.get(written):
            return found
        office = _OFFICE.fullmatch(written)
        if office and (found := self.codes.get(office[1])):
            return found
        name = office[1] if office else written
        known = self.known.by_name(name, ("entities", "mechanisms"))
        return [known] if known else []


def _text(record: Mapping[str, Any], key: str) -> str:
    """Return what a file says under a key, which older editions may lack."""
    return " ".join(str(record.get(key) or "").split())


def _paragraph(record: Mapping[str, Any]) -> str:
    """Return the report of a work stream and the paragraph in it, as far as they are given."""
    report, paragraph = _text(record, "report"), _text(record, "document_paragraph")
    return ", ".join(filter(None, (report, paragraph and f"para. {paragraph}")))


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read actions and whom they name.

    Raises:
        DocumentError: a file is not of this form.
    """
    drafts, codes = Drafts(), _codes(known)
    drafts.add(
        "sources",
        id=SOURCE,
        title="UN80 Initiative: actions and work packages",
        publisher="United Nations",
        evidence_class="B",
        url="https://un80actions.un.org",
    )
    for path in sorted(files):
        records = records_of(path, KEYS)
        file = _File(path.name, known, codes, drafts)
        for entry, record in sorted(enumerate(records, 1), key=_order):
            file.take(entry, record)
        drafts.unread.extend(file.unread)
        drafts.count(path.name, len(records), len(file.doubtful))
    return drafts


def _codes(known: Known) -> dict[str, list[str]]:
    """Return every thing that each code of the registry stands for."""
    found: dict[str, list[str]] = {}
    for row in known.tables.rows["codes"]:
        if isinstance(row, Code) and row.registry == REGISTRY:
            found.setdefault(row.code, []).append(row.subject)
    return found


def _order(numbered: tuple[int, Mapping[str, Any]]) -> tuple[int, str, bool, str]:
    """Put actions in the order of their numbers, each before its parts."""
    _, record = numbered
    number, part = str(record["action_number"]), str(record["sub_action_details"] or "")
    return (len(number), number, bool(record["is_subaction"]), part)


def _named(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each name once in each capacity, as written."""
    columns = {
        "named-in-action": "action_entities",
        "action-lead": "action_leads",
        "package-lead": "work_package_leads",
    }
    for capacity, column in columns.items():
        cell = record[column] or ""
        names = cell if isinstance(cell, list) else str(cell).split(";")
        written = dict.fromkeys(" ".join(str(name).split()) for name in names)
        yield from ((capacity, name) for name in written if name.lower() not in _NOBODY)


def _is_day(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _slug(text: str) -> str:
    """Return words as a part of an id.

    >>> _slug("Contractual translation & documentation")
    'contractual-translation-documentation'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
