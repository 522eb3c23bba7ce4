"""The whole computation of a candidate's score as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from emg_graph.analysis.explanation import BESIDE, Channel, Explanation, Place, Reckoning, Term
from emg_graph.analysis.method import Method
from emg_graph.analysis.prediction import PREDICTED

_PLACE = (
    "A place in the field is the number of candidates that are lower and half of those that are the"
    " same, divided by all others of whom something is known; unknown is the middle, 0.5."
)


def to_json(found: Explanation, method: Method) -> str:
    """Return everything, with the method."""
    data = {**asdict(found), "method": asdict(method)}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_text(found: Explanation, method: Method, width: int = 100) -> str:
    """Return the computation to read in a terminal, each step with its numbers."""
    return "\n".join(_lines(found, method, width)) + "\n"


def _lines(found: Explanation, method: Method, width: int) -> Iterator[str]:
    one = found.candidate
    title = f"{one.short} as a candidate for {found.called}: rank {one.rank} of {found.field}"
    yield from textwrap.wrap(title, width)
    yield "=" * min(len(title), width)
    yield from textwrap.wrap(f"{method.text} {_PLACE}", width)
    for channel in found.channels:
        yield ""
        yield from _channel_lines(channel, width)
    yield ""
    yield "SCORE"
    yield from _wrapped(_mean(found), width)
    yield from _wrapped(
        f"rank {one.rank} of {found.field}; by roles in {_others(found.popularity)} alone:"
        f" rank {one.popularity_rank}", width,
    )  # fmt: skip
    yield ""
    yield "BESIDE THE SCORE"
    yield from _beside(found, width)
    yield from textwrap.wrap(f"Method: {method.line}.", width)


def _channel_lines(channel: Channel, width: int) -> Iterator[str]:
    yield f"CHANNEL {channel.id} – {channel.title.upper()} (weight {channel.weight:g})"
    for measure in channel.measures:
        yield from _wrapped(f"{measure.name}: {measure.text}", width)
        for term in measure.terms:
            yield from _wrapped(_term(term, measure), width, 4)
        if measure.far:
            yield f"    and {measure.far} that {'is' if measure.far == 1 else 'are'} not near: 0"
        yield from _wrapped(_value(measure), width, 4)
        yield from _wrapped(_place(measure.place, measure.percentile), width, 4)
    if len(channel.measures) > 1:
        yield from _wrapped(_together(channel), width)
        yield from _wrapped(_place(channel.place, channel.percentile), width)
    if channel.note:
        yield from _wrapped(channel.note, width)


def _term(term: Term, measure: Reckoning) -> str:
    """Say what a part adds: its nearness times what its count comes to."""
    value = _number(term.value)
    if measure.size != "1":
        value = f"{_number(term.near)} × {_sized(measure.size, term.count)} = {value}"
    cited = "; ".join(f"{one.source}, {one.locator}" for one in term.citations)
    return f"{value}  {term.name} ({term.told}) [{cited}]"


def _sized(size: str, count: float) -> str:
    """Put a count in the place of ``n``."""
    return size.replace(" n)", f" {_number(count)})") if size != "n" else _number(count)


def _value(measure: Reckoning) -> str:
    """Say what the parts come to."""
    if measure.value is None:
        return "unknown: no source of this graph tells"
    value = _number(measure.value)
    if measure.divisor is None:
        return f"sum {value}"
    return f"{_number(measure.near)} / {_number(measure.divisor)} = {value}"


def _place(place: Place | None, percentile: float | None) -> str:
    if place is None:
        return "place in the field: unknown, the middle"
    if place.known == 1:
        return "place in the field: known of this candidate alone, the middle, 0.5"
    return (
        f"place in the field: ({place.lower} + {place.same} / 2) / {place.known - 1}"
        f" = {_number(percentile or 0.0)}"
    )


def _together(channel: Channel) -> str:
    known = [one.percentile for one in channel.measures if one.percentile is not None]
    if channel.value is None:
        return "nothing is known of any of these"
    sums = " + ".join(_number(one) for one in known)
    return f"mean of what is known: ({sums}) / {len(known)} = {_number(channel.value)}"


def _mean(found: Explanation) -> str:
    terms = (f"{one.weight:g} × {_number(one.percentile)}" for one in found.channels)
    total = sum(channel.weight for channel in found.channels)
    return f"({' + '.join(terms)}) / {total:g} = {_number(found.candidate.score)}"


def _others(count: int) -> str:
    return "1 other agreement" if count == 1 else f"{count} other agreements"


def _beside(found: Explanation, width: int) -> Iterator[str]:
    one = found.candidate
    for level, value in (("density", one.density), ("inference", one.inference)):
        said = "no supporter on record to start from" if value is None else _number(value)
        yield from _wrapped(f"{BESIDE[level]}: {said}", width)
    yield from _wrapped(PREDICTED, width)
    if one.standing:
        for left, ranks in one.standing.lines:
            yield from _wrapped(f"rank with {left}: {ranks}", width)


def _number(value: float) -> str:
    """Write a number with up to six decimals.

    >>> _number(0.5), _number(3), _number(119272720.04)
    ('0.5', '3', '119,272,720.04')
    """
    whole, _, decimals = f"{value:,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
