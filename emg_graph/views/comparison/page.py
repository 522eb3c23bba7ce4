"""A comparison as a page that opens without a network, runs nothing and prints on A4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from emg_graph.analysis.comparison import Change, Comparison
from emg_graph.analysis.comparison.content import NOTE
from emg_graph.tables.overlay import labels
from emg_graph.views.comparison.text import counts, numbers, shown
from emg_graph.views.comparison.wording import SORTS, differs, hidden, title
from emg_graph.views.paper import printed

_SOURCE = {"evidence_class": "evidence_class", "issued": "issued_on", "accessed": "accessed_on"}
"""What a list of sources calls columns that have other names in the table."""
_SAME = ("title", "publisher", "symbol", "url")


@dataclass(frozen=True)
class _Paper:
    """What the page shows of a comparison."""

    found: Comparison
    limit: int

    @property
    def data_version(self) -> str:
        return self.found.new.version

    @property
    def data_hash(self) -> str:
        return self.found.new.data_hash

    @cached_property
    def names(self) -> list[str]:
        """The two snapshots by the ends of their paths, as short as they can be told apart."""
        return labels([Path(side.name) for side in (self.found.old, self.found.new)])

    @cached_property
    def groups(self) -> list[tuple[str, str, int, list[Change]]]:
        """The sort and the title of each group of rows, how many they are, and those shown."""
        return [
            (SORTS[group[0].sort], title(*key), len(group), list(shown(group, self.limit)))
            for key, group in self.found.groups
        ]

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, str]]:
        """What is cited on the page, in the order of its first mention."""
        cited = (one.citation for *_, told in self.groups for one in told)
        ids = dict.fromkeys(citation.source for citation in cited if citation)
        return {id_: _source(self.found.sources.get(id_, {"title": id_})) for id_ in ids}

    def number(self, source: str) -> int:
        """Return the number of a source in the list."""
        return self._numbers[source]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {source: number for number, source in enumerate(self.sources, 1)}


def to_html(found: Comparison, limit: int = 0) -> str:
    """Return the page, with so many rows of each group; 0 shows all."""
    return printed(
        "comparison.html.j2", _Paper(found, limit), found=found, limit=limit, note=NOTE,
        counts=counts(found.tallies), numbers=numbers(found.collaboration), differs=differs,
        hidden=hidden,
    )  # fmt: skip


def _source(cells: Mapping[str, str]) -> Mapping[str, str]:
    names = {**{name: name for name in _SAME}, **_SOURCE}
    return {name: cells.get(column, "") for name, column in names.items()}
