"""The first lines of a package: what the record shows, and what the reader is asked to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from emg_graph.views.package.parts import Spender
from emg_graph.views.paper import counted, joined

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package

NAMED = 6
"""So many entities are named in a sentence."""
_ENOUGH = 3
"""So many can begin a coalition."""


def finding(package: Package) -> str:
    """Return what the record shows, in short sentences."""
    said = (one for part in (_status, _present, _under_way, _uncovered) for one in part(package))
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in said)


def ask(package: Package) -> str:
    """Return what the reader is asked to do, in one sentence addressed to a post."""
    first = "" if package.status.kind == "party" else "confirm the status with the depositary, "
    return (
        f"To {package.addressee}: {first}call {joined(_guests(package))} together within two"
        " weeks, and name a responsible post for each step of section 6."
    )


def nearest(related: Sequence[Spender]) -> list[Spender]:
    """Return two of those with a link elsewhere alone, as the method of the page says.

    Most project links to related agreements first, then the highest share of goal-coded money on
    the agreement's goals, then by name.
    """
    return sorted(related, key=lambda one: (-one.nearby, -one.share, one.actor.short.casefold()))[
        :2
    ]


def _status(package: Package) -> Iterator[str]:
    yield package.status.says(package.country.called, package.agreement.called)


def _present(package: Package) -> Iterator[str]:
    if not package.spenders:
        yield "no UN entity's expenses there are on record"
        return
    years = joined(sorted({one.spending.year for one in package.spenders}))
    report = counted(len(package.spenders), "UN entity reports", "UN entities report")
    yield f"{report} spending there in {years}"
    it = "it or on agreements counted with it" if package.family else "it"
    if package.core:
        here = f"{len(package.core)} of them {_are(package.core)} on record"
        yield f"{here} on {it}{_who(package.core)}"
    else:
        who = "none of them is" if len(package.spenders) > 1 else "it is not"
        yield f"{who} on record on {it}"
    if package.related:
        more = "more " if package.core else ""
        yield (
            f"{len(package.related)} {more}{_are(package.related)} on record on it elsewhere, on"
            f" related agreements or through a shared body{_who(package.related)}"
        )


def _under_way(package: Package) -> Iterator[str]:
    if package.work:
        yield f"work on {'it or those' if package.family else 'it'} in the country: {package.work}"
    if package.further:
        those = " or those" if package.family else ""
        yield f"{package.further} there are only counted, in fields that serve it{those} (inferred)"


def _uncovered(package: Package) -> Iterator[str]:
    by_status: dict[str, list[str]] = {}
    for cover in package.covers:
        if not cover.holders:
            by_status.setdefault(cover.status, []).append(f"for {cover.label.lower()}")
    yield from (f"{joined(labels)} {status}" for status, labels in by_status.items())


def _guests(package: Package) -> Iterator[str]:
    """Yield who should meet first, as a sentence names them."""
    if len(package.core) > NAMED:
        yield f"the {len(package.core)} entities that section 2 lists first"
    else:
        yield from (one.actor.short for one in package.core)
    if len(package.core) < _ENOUGH:
        yield from (one.actor.short for one in nearest(package.related))
    if not package.core and len(package.related) < _ENOUGH:
        yield "the secretariat of the agreement"
    yield "the national focal point"


def _are(found: Sequence[Spender]) -> str:
    return "is" if len(found) == 1 else "are"


def _who(found: Sequence[Spender]) -> str:
    """Return the names of a few, and nothing for many."""
    return f": {joined(one.actor.short for one in found)}" if len(found) <= NAMED else ""
