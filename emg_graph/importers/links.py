"""What links a project to an agreement."""

from __future__ import annotations

from dataclasses import dataclass

from emg_graph.importers.drafts import Drafts


@dataclass(frozen=True, slots=True)
class Link:
    """An agreement that a project serves, on what ground, and the words that show it."""

    agreement: str
    ground: str
    basis: str
    confidence: str
    words: str = ""

    def add_to(self, drafts: Drafts, project: str, source: str, locator: str) -> None:
        """Add the row of a project's link."""
        drafts.add(
            "project_links",
            project=project,
            agreement=self.agreement,
            ground=self.ground,
            matched_text=self.words,
            basis=self.basis,
            source=source,
            locator=locator,
            confidence=self.confidence,
        )
