"""Where the data is silent, in clear words: not searched, not reported, none found.

"None found in N sources" counts searches on record alone. A list that was read whole and would
hold it is named as a list read; where records were read and nobody searched, both are said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from emg_graph.views.package.parts import Readings
from emg_graph.views.paper import counted, joined

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package

_CARRIED_OUT = frozenset({"found", "none-found", "partly-found"})
_NEVER = (
    "the country's national focal point, ministry in charge and national plans",
    "the country's own reports under the agreement and when the next is due",
    "the stage of the cooperation framework and who sits in the country team",
    "money of the government, of banks and of bilateral donors",
)


def silences(package: Package) -> Iterator[str]:
    """Yield what is not searched, then what is not reported, then what was not found."""
    if package.status.kind == "no-list":
        yield (
            f"Not searched: whether {package.country.called} is a party, since no dated list of"
            " parties is at hand."
        )
    yield from (f"Not searched: {what}." for what in _NEVER)
    if not package.reporters:
        yield "Not searched: who helps with the country's reports under the agreement."
    for search in package.searches:
        if search["outcome"] not in _CARRIED_OUT:
            yield f"Not searched: {search['looked_for']}."
    yield from _unreported(package)
    yield from _unfound(package)
    for search in package.searches:
        if search["outcome"] == "partly-found":
            yield (
                f"Searched in part, in {_sources(search)}, {search['searched_on']}:"
                f" {search['looked_for']}."
            )


def unsearched(sources: int) -> str:
    """Return what is said where records were read that hold none, and nobody searched for it.

    >>> unsearched(2), unsearched(0)
    ('not searched; none in the records of 2 sources', 'not searched')
    """
    records = f"; none in the records of {counted(sources, 'source', 'sources')}"
    return "not searched" + (records if sources else "")


def no_activities(readings: Readings) -> str:
    """Return what is said where no activity of the plan is listed."""
    return unsearched(readings.plans)


def no_projects(readings: Readings) -> str:
    """Return what is said where no project is listed: the lists of the funds are read whole."""
    if not readings.lists:
        return unsearched(readings.links)
    return f"none in the {counted(readings.lists, 'list', 'lists')} read"


def _unreported(package: Package) -> Iterator[str]:
    yield (
        "Not reported: which goals the expenses in the country serve. Figures by goal are of each"
        " entity world-wide, and not every entity codes its money by goal."
    )
    yield (
        "Not reported: the part of departments, offices and treaty secretariats within the"
        " expenses of the UN Secretariat and of UNEP, and what is spent across several countries."
    )
    if names := [holder.actor.short for holder in package.unreported]:
        yield f"Not reported by country at all, so that absence shows nothing: {joined(names)}."


def _unfound(package: Package) -> Iterator[str]:
    if not package.activities:
        yield (
            f"{_sentence(package.no_activities)}: activities of the UN country plan that name the"
            " agreement or its family, or are on its subject. Whether the whole plan of the"
            " country was read is not on record."
        )
    if not package.projects:
        yield (
            f"{_sentence(package.no_projects)}{_lists(package)}: projects in the country whose"
            " title names the agreement or its family, or is on its subject."
        )
    if package.further:
        yield (
            f"Not read one by one: {package.further} in the country that the funds count in a"
            " field that serves it. What they do, and whether they are under way, is not on"
            " record."
        )
    for cover in package.covers:
        if not cover.holders:
            weaker = joined(one.actor.short for one in cover.weaker)
            tail = f"; weaker links only: {weaker}" if weaker else ""
            yield f"{cover.label}: {cover.status}{tail}."


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]


def _lists(package: Package) -> str:
    """Return in brackets whose lists of projects were read."""
    funds = package.called(package.readings.funds)
    return f" (of the projects of {joined(funds)})" if funds else ""


def _sources(search: Mapping[str, Any]) -> str:
    return counted(len(str(search["sources_searched"]).split("|")), "source", "sources")
