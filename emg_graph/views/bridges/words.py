"""Numbers, items and sources of the bridges as words."""

from __future__ import annotations

import textwrap

from emg_graph.analysis.bridges import COUNTS, Bridges, Group, Holder, Measured
from emg_graph.analysis.robustness import DRAWS, Interval

_SHOWN_ITEMS = 8


def cited(places: list[str]) -> str:
    """Return the first places, and how many more there are."""
    more = len(places) - _SHOWN_ITEMS
    shown = " ".join(places[:_SHOWN_ITEMS])
    return f"{shown} and {more} more" if more > 0 else shown


def told_group(found: Bridges, group: Group) -> str:
    """Return a group with the first of its items that somebody holds."""
    held = tuple(item for item in group.items if item in found.incidence.items)
    some = "" if held == group.items else f", {len(held) or 'none'} of them held"
    count = f"{len(group.items)}{some}"
    return f"{group.name} ({count}: {first_of(found, held)})" if held else f"{group.name} ({count})"


def with_id(found: Bridges, item: str) -> str:
    """Return how an item is called, with its id."""
    called = found.called(item)
    return called if called.endswith(f"({item})") else f"{called} ({item})"


def items_of(found: Bridges) -> str:
    """Return what the items are, in the plural."""
    return found.incidence.relation.items


def told_holder(holder: Holder) -> str:
    """Return an entity with its id."""
    return f"{holder.name} ({holder.id})"


def told_stays(holder: Holder) -> str:
    """Say how often its items still lie in two communities or more."""
    tenth, fifth = holder.stays
    told = (
        f"Items in two communities or more in {tenth} of {DRAWS} draws with 10 % of the links left"
        f" out, in {fifth} of {DRAWS} with 20 %"
    )
    return f"{told}; rests on {told_sources(holder.rests_on)}." if holder.joins else f"{told}."


def told_sources(sources: tuple[str, ...]) -> str:
    """Say on which sources something rests: without any one of them it would not stand."""
    return f"each of {', '.join(sources)}" if sources[1:] else (sources or ("no single source",))[0]


def first_of(found: Bridges, items: tuple[str, ...]) -> str:
    """Return the first of some items, and how many more there are."""
    shown = ", ".join(found.called(item) for item in items[:_SHOWN_ITEMS])
    more = len(items) - _SHOWN_ITEMS
    return f"{shown} and {more} more" if more > 0 else shown


def with_interval(name: str, measured: Measured) -> str | None:
    """Return a value, with where it lies when a fifth of the links is left out."""
    if measured.value is None:
        return None
    value = number(name, measured.value)
    return f"{value} ({within(name, measured.fifth)})" if measured.fifth else value


def number(name: str, value: float | None) -> str | None:
    """Return a count as it is, and any other value with two decimals."""
    if value is None:
        return None
    return f"{value:.0f}" if name in COUNTS else f"{value:.2f}"


def within(name: str, interval: Interval | None) -> str | None:
    """Return an interval, or the one value of it."""
    if interval is None:
        return None
    low, high = number(name, interval.low), number(name, interval.high)
    return low if low == high else f"{low}–{high}"


def wrapped(text: str, width: int, indent: int) -> list[str]:
    """Return a text in lines; the second and later ones stand two further in."""
    return textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
