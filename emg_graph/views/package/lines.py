"""The table of section 4 in cells: each function with who covers it, and then reporting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from emg_graph.analysis.evidence import Citation
from emg_graph.views.package.parts import UNREPORTED, Cover, Holder, Near
from emg_graph.views.package.reporting import Reporter

ABSENT = "no one with a role reports expenses here"
AT_WORK = "work here"
UNSEARCHED = "not searched"


@dataclass(frozen=True, slots=True)
class Item:
    """One name in a cell, with what is said before and after it, and near the country."""

    name: str
    citation: Citation
    before: str = ""
    tag: str = ""
    near: Near | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says first, whether that is a gap, and its names."""

    lead: str = ""
    gap: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: present, from afar, and nearby."""

    label: str
    cells: tuple[Cell, Cell, Cell]


def lines(
    covers: Sequence[Cover], reporters: Sequence[Reporter], names: Mapping[str, str]
) -> Iterator[Line]:
    """Yield a line for each function, and one for reporting."""
    for cover in covers:
        yield Line(cover.label, (*_held(cover, names), _nearby(cover, names)))
    yield _reporting(reporters)


def _held(cover: Cover, names: Mapping[str, str]) -> tuple[Cell, Cell]:
    if not cover.holders:
        tail = "; weaker links only" if cover.weaker else ""
        weaker = tuple(Item(one.actor.short, one.citation) for one in cover.weaker)
        return Cell(cover.status + tail, gap=True, items=weaker), Cell()
    present = tuple(Item(one.actor.short, one.citation) for one in cover.present)
    return Cell("" if present else ABSENT, items=present), Cell(items=_afar(cover.afar, names))


def _afar(found: Sequence[Holder], names: Mapping[str, str]) -> tuple[Item, ...]:
    """Return those from afar; what is said of all without figures stands before the first."""
    first = next((one for one in found if one.place == UNREPORTED), None)
    return tuple(
        Item(
            one.actor.short,
            one.citation,
            before="no figures by country:" if one is first else "",
            tag=", ".join(_tags(one, names)),
            near=one.near,
        )
        for one in found
    )


def _tags(one: Holder, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what is on record in the country of one without expenses there."""
    if one.within:
        yield f"within {names[one.within]}"
    if one.at_work:
        yield AT_WORK


def _nearby(cover: Cover, names: Mapping[str, str]) -> Cell:
    return Cell(
        items=tuple(
            Item(one.actor.short, one.citation, tag=names[one.through[0]] if one.through else "")
            for one in cover.nearby
        )
    )


def _reporting(reporters: Sequence[Reporter]) -> Line:
    here = tuple(_named(one) for one in reporters if one.here)
    afar = tuple(_named(one) for one in reporters if not one.here)
    if not reporters:
        return Line("Reporting", (Cell(UNSEARCHED, gap=True), Cell(), Cell()))
    said = "inferred" if here else "no one whose projects point to it reports expenses here"
    return Line(
        "Reporting", (Cell(said, items=here), Cell("inferred" if afar else "", items=afar), Cell())
    )


def _named(one: Reporter) -> Item:
    return Item(one.actor.short, one.citation, tag=one.what)
