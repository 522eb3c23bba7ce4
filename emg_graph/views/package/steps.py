"""The steps of a coalition in a country: what, why, by when and from what; who is for the reader.

Each step is filled in from the findings of the page; the responsible post is left empty, since no
source says who should lead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from emg_graph.views.paper import joined

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, why, in which week it is done, and what it takes from the page."""

    what: str
    why: str
    week: int
    inputs: str


def steps_for(package: Package) -> Iterator[Step]:
    """Yield the steps, from the country's status to a report back."""
    yield _status(package)
    yield _first_meeting(package)
    yield Step(
        "Agree with the national focal point on the two or three duties that matter most this year",
        "The agreement's own deadlines and national plans were not searched here.",
        3,
        f"Section 7; home page and secretariat of {package.agreement.called}",
    )
    yield _under_way(package)
    yield _functions(package)
    yield _afar(package)
    yield _gaps(package)
    yield Step(
        "Write one joint funding note with the fund's agency and the ministry in charge of finance",
        "Support for several functions is easier to fund as one request than as many.",
        8,
        _money(package),
    )
    yield Step(
        "Choose one data set to share and one reporting calendar, with who fills in what",
        "Who spends here on the agreement's goals is not reported; a shared sheet would show it.",
        10,
        "Sections 2 and 4, data and statistics, reporting; section 7",
    )
    yield Step(
        "Put the steps into the country team's joint work plan and report back to the EMG",
        "Work that is not reported back cannot be copied elsewhere.",
        12,
        "This table, filled in; section 5",
    )


def _status(package: Package) -> Step:
    why = {
        "party": "The list has its own date; what changed since is not in it.",
        "signatory": "A signature alone does not bind; support then aims at ratification.",
        "withdrawn": "What binds the country today decides what can be asked of it.",
        "in-group": "The list is of a group of parties, with its own date; what changed since is"
        " not in it.",
        "not-listed": "Absence from the list is no proof; support to a non-party aims at joining.",
        "no-list": "Whether the country is a party was not searched.",
    }[package.status.kind]
    return Step(
        "Confirm the country's status and its national focal point with the depositary and the"
        " secretariat",
        why,
        1,
        "Section 1",
    )


def _first_meeting(package: Package) -> Step:
    core = [one.actor.short for one in package.core]
    found = [f"{_names(core)} on record on it here"] if core else []
    if package.related:
        found.append(f"{len(package.related)} more with a link elsewhere")
    return Step(
        "Hold a first meeting of those at work here, and agree on one purpose in a sentence",
        "Those who work side by side already can agree soonest."
        if core
        else "Of those present none is on record on it here: begin by asking.",
        2,
        f"Section 2: {joined(found)}" if found else "Section 2",
    )


def _under_way(package: Package) -> Step:
    further = f"{package.further} only counted" if package.further else ""
    found = [part for part in (package.work, further) if part]
    return Step(
        "Lay plan activities and projects side by side: aim, place, partner, end date",
        "What runs already is the cheapest place to add to; what is finished left people and data.",
        4,
        f"Section 3: {joined(found) or 'none listed'}",
    )


def _functions(package: Package) -> Step:
    held = sum(bool(cover.present) for cover in package.covers)
    more = sum(bool(cover.nearby) and not cover.present for cover in package.covers)
    verb = "has" if held == 1 else "have"
    tail = f"; {more} more only through another agreement or a position" if more else ""
    return Step(
        "Name for each function who leads here and who supports",
        "Shared functions need one point of contact; section 4 says who has a role on record.",
        5,
        f"Section 4: {held} of {len(package.covers)} functions {verb} someone here with a"
        f" role in it{tail}",
    )


def _afar(package: Package) -> Step:
    names = [holder.actor.short for holder in package.absent]
    near = [one.actor.short for one in package.absent if one.near and not one.near.member]
    joins = [one.actor.short for one in package.absent if one.near and one.near.member]
    tail = f"; with expenses in the region: {_names(near)}" if near else ""
    tail += f"; of which the country is a member: {_names(joins)}" if joins else ""
    return Step(
        "Ask those with a role but not seen here for one named contribution each",
        "Headquarters and regional offices can help without an office in the country.",
        6,
        f"Section 4: {_names(names)}{tail}" if names else "Section 4: no other role on record",
    )


def _gaps(package: Package) -> Step:
    labels = package.labels(package.uncovered)
    return Step(
        f"Decide on {joined(labels)}: who could take it on, or which model to copy"
        if labels
        else "Check the functions that rest on one entity, and name a second",
        "No stated, current role for it was found; somebody may do it unrecorded."
        if labels
        else "Every function has somebody on record; one alone is little.",
        7,
        "Sections 4 and 5",
    )


def _money(package: Package) -> str:
    finance = next((cover for cover in package.covers if cover.function == "finance"), None)
    names = [holder.actor.short for holder in finance.holders] if finance else []
    return f"Section 4, finance: {_names(names)}; section 3" if names else "Sections 3 and 5"


def _names(names: Sequence[str]) -> str:
    """Return a few names, and how many more there are."""
    more = len(names) - _NAMED
    return joined(names) if more <= 0 else f"{', '.join(names[:_NAMED])} and {more} more"
