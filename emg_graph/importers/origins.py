"""Where a list compiled from a public archive says that it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from emg_graph.importers.cells import tidy
from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known
from emg_graph.records import SourceRecord

_FORM = re.compile(r"(?P<name>.+?),? via github:(?P<repository>\S+) .+ @(?P<commit>[0-9a-f]{7,40})")


@dataclass(frozen=True, slots=True)
class Origin:
    """An archive, and the public repository at whose commit a copy of it was read."""

    name: str
    repository: str
    commit: str

    def source(self, known: Known) -> str | None:
        """Return the id of the source that stands for this copy already, or None."""
        rows = known.tables.rows["sources"]
        ids = (
            row.id
            for row in rows
            if isinstance(row, SourceRecord) and self._described(row.note or "")
        )
        return min(ids, default=None)

    def _described(self, note: str) -> bool:
        return self.repository in note and self.commit in note


def read_origin(cell: str) -> Origin | None:
    """Return the origin that a cell describes, or None where it describes none.

    >>> read_origin("UNINFO (api.uninfo.org), via github:united-nations/open data/*.json @af72496")
    Origin(name='UNINFO (api.uninfo.org)', repository='united-nations/open', commit='af72496')
    """
    match = _FORM.fullmatch(tidy(cell))
    return Origin(**match.groupdict()) if match else None


@dataclass(slots=True)
class OriginSources:
    """The origins that documents of one kind name, added to the sources where they are new."""

    known: Known
    drafts: Drafts
    kind: str
    """The beginning of the id of a new source."""
    evidence_class: str
    ids: dict[Origin, str] = field(default_factory=dict)

    def cite(self, origin: Origin) -> str:
        """Return the id of an origin's source."""
        if origin not in self.ids:
            self.ids[origin] = origin.source(self.known) or self._new(origin)
        return self.ids[origin]

    def _new(self, origin: Origin) -> str:
        identifier = f"{self.kind}-{origin.commit}"
        self.drafts.add(
            "sources",
            id=identifier,
            title=f"{origin.name}: copy in {origin.repository}",
            publisher=f"{origin.repository} on GitHub",
            evidence_class=self.evidence_class,
            url=f"https://github.com/{origin.repository}",
            note=f"Read as stored in {origin.repository} (commit {origin.commit}).",
        )
        return identifier
