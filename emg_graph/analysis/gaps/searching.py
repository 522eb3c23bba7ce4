"""Whether anybody searched for just this: a wider search says where was looked, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from emg_graph.analysis.gaps.gap import NONE_FOUND, NOT_SEARCHED
from emg_graph.analysis.gaps.record import Record, Search
from emg_graph.analysis.network.wording import counted, listed
from emg_graph.analysis.searches import naming as naming
from emg_graph.analysis.searches import none_found, places


@dataclass(frozen=True, slots=True)
class Searched:
    """The status that the searches of a thing give, and where they looked."""

    status: str
    places: tuple[str, ...] = ()
    instead: str = ""
    """What was searched for in its place, where nobody searched for just this."""


def searched(
    record: Record,
    subject: str,
    asks: Callable[[Search], bool],
    besides: str = "did not ask for this",
) -> Searched:
    """Return whether a search on a thing looked for just this and found none.

    One that found a part of it, or was put off, leaves it open; so does one whose source is left
    out, since nobody knows any more what it asked.

    Args:
        record: what is looked at.
        subject: the id of the thing.
        asks: tells whether a search looked for just this.
        besides: what a search for supporters did not do, in words.
    """
    about = [one for one in record.about(subject) if one.supporters or asks(one)]
    none = none_found(about, asks)
    if none and subject not in record.doubted:
        return Searched(NONE_FOUND, places(none))
    done = [one for one in about if one.done]
    if not done:
        return Searched(NOT_SEARCHED)
    looked = places(done)
    outcomes = listed(sorted({one.outcome.replace("-", " ") for one in done}))
    told = f"a general search in {counted(len(looked), 'source')} ({outcomes}) {besides}"
    return Searched(NOT_SEARCHED, looked, told)
