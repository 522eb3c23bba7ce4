"""The kinds of documents that can be imported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known

Read = Callable[[Sequence[Path], Known], Drafts]


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of document: its module, its files, and what it gives."""

    module: str
    files: str
    summary: str
    undated: bool = False
    """Whether its documents may not say of which day they are, so that ``Known.as_of`` tells."""

    @property
    def read(self) -> Read:
        """The function that reads documents of this kind."""
        module = import_module(f"emg_graph.importers.{self.module}")
        read: Read = module.read
        return read


KINDS: Mapping[str, Kind] = {
    "ceb-country": Kind("ceb_country", "JSON", "expenses by country, as open.un.org gives them"),
    "ceb-sdg": Kind("ceb_sdg", "CSV", "expenses by goal, from the CEB financial statistics"),
    "ceb-total": Kind("ceb_total", "JSON", "expenses by entity, as open.un.org gives them"),
    "gcf-projects": Kind("gcf_projects", "JSON", "projects of the Green Climate Fund, its API"),
    "gef-projects": Kind("gef_projects", "CSV", "projects of the Global Environment Facility"),
    "memoranda": Kind("memoranda", "CSV", "dated memoranda and accreditations"),
    "parties": Kind(
        "parties", "CSV", "parties to agreements, with dates and kind of consent", undated=True
    ),
    "programme-budget": Kind("programme_budget", "DOCX", "legislative mandates and partners"),
    "references": Kind("references", "CSV", "what agreements say of one another"),
    "side-events": Kind("side_events", "CSV", "entities that held UNFCCC side events together"),
    "system-chart": Kind("system_chart", "CSV", "entities as the UN system chart places them"),
    "un80-actions": Kind("un80_actions", "JSON", "actions of the UN80 initiative"),
    "uninfo": Kind("uninfo", "CSV", "activities in country plans with words for an agreement"),
}
