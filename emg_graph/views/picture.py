"""A still picture of an agreement's network as SVG: readable in print, without a script.

Left those already linked, in the middle the agreement, right the candidates shown, between them
the bodies and related agreements through which they are near. Whole lines are stated links,
dashed ones go through a mechanism or are inferred; shapes tell kinds apart as well as colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 1000
_ROW = 26
_TOP = 46
_LABEL = 34
"""Characters of a label that fit between two columns."""
_COLUMNS = {"linked": 190, "agreement": 370, "bridge": 545, "candidate": 815}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture: which column it stands in, and what it is."""

    id: str
    label: str
    column: str
    shape: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes, stated or not."""

    start: str
    end: str
    stated: bool


def draw(nodes: Sequence[Node], edges: Iterable[Edge], title: str) -> str:
    """Return the picture as an SVG element with a title and a description."""
    columns = {name: [n for n in nodes if n.column == name] for name in _COLUMNS}
    height = _TOP + _ROW * max(len(column) for column in columns.values()) + 16
    places = _places(columns, height)
    known = [edge for edge in edges if edge.start in places and edge.end in places]
    lines = [_line(edge, places) for edge in sorted(set(known), key=lambda e: (e.start, e.end))]
    marks = [_mark(node, *places[node.id]) for node in nodes]
    heads = [
        f'<text class="head" x="{_COLUMNS[name]}" y="20" text-anchor="middle">{text}</text>'
        for name, text in (
            ("linked", "Already linked"),
            ("bridge", "Through"),
            ("candidate", "Candidates"),
        )
        if columns[name]
    ]
    described = (
        f"Actors already linked: {len(columns['linked'])}; candidates:"
        f" {len(columns['candidate'])}; the tables hold the same."
    )
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height}" role="img"'
        f' aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{described}</desc>"
        + "".join([*lines, *marks, *heads])
        + "</svg>"
    )


def _places(columns: dict[str, list[Node]], height: int) -> dict[str, tuple[int, int]]:
    """Spread each column evenly over the height."""
    places = {}
    for name, column in columns.items():
        step = (height - _TOP - 16) / max(len(column), 1)
        for i, node in enumerate(column):
            places[node.id] = (_COLUMNS[name], round(_TOP + step * (i + 0.5)))
    return places


def _line(edge: Edge, places: dict[str, tuple[int, int]]) -> str:
    (x1, y1), (x2, y2) = places[edge.start], places[edge.end]
    middle = (x1 + x2) // 2
    kind = "stated" if edge.stated else "other"
    return f'<path class="{kind}" d="M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"/>'


def _mark(node: Node, x: int, y: int) -> str:
    shapes = {
        "entity": f'<circle cx="{x}" cy="{y}" r="6"/>',
        "mechanism": f'<rect x="{x - 6}" y="{y - 6}" width="12" height="12"/>',
        "agreement": f'<path d="M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z"/>',
    }
    left = node.column == "linked"
    text_x, anchor = (x - 12, "end") if left else (x + 12, "start")
    if node.column == "agreement":
        text_x, anchor, y_text = x, "middle", y - 14
    else:
        y_text = y + 4
    label = node.label if len(node.label) <= _LABEL else node.label[: _LABEL - 1] + "…"
    return (
        f'<g class="{node.shape} {node.column}"><title>{escape(node.label)}</title>'
        f"{shapes[node.shape]}"
        f'<text x="{text_x}" y="{y_text}" text-anchor="{anchor}">{escape(label)}</text></g>'
    )
