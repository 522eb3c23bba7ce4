"""What a package cites, section after section: its list of sources holds those and no others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emg_graph.analysis.evidence import Citation

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package


def citations(package: Package) -> Iterator[Citation]:
    """Yield every citation that is printed, in the order of the page."""
    for part in (_card, _presence, _work, _lines, _practice):
        yield from part(package)


def _card(package: Package) -> Iterator[Citation]:
    yield from filter(None, (package.status.citation, package.country.group_citation))
    for row in (*package.counts, *package.others):
        yield Citation(row["source"], row["locator"])


def _presence(package: Package) -> Iterator[Citation]:
    for spender in package.spenders:
        yield from spender.spending.citations
        yield from (citation for _, citation in package.record(spender) if citation)
        yield from (share.citation for share in spender.shares)
    for spending in package.corrections:
        yield from spending.citations


def _work(package: Package) -> Iterator[Citation]:
    yield from (activity.citation for activity in package.activities)
    yield from (project.citation for project in package.projects)
    yield from (tally.citation for tally in package.tallies)


def _lines(package: Package) -> Iterator[Citation]:
    for line in package.lines:
        for cell in line.cells:
            for item in cell.items:
                yield item.citation
                if item.near:
                    yield item.near.citation


def _practice(package: Package) -> Iterator[Citation]:
    yield from (practice.citation for practice in package.practices)
    yield from (figure.citation for figure in package.reported)
    for model in (*package.proposed, *package.shown):
        yield model.proposed_in or model.citation
