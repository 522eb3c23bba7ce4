"""Pages of networks, each made once, and what one does and sees there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from emg_graph.analysis.network import Link, Network, Node
from emg_graph.graph import Graph
from emg_graph.views.network import NetworkPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASKED: Mapping[str, Mapping[str, str]] = {
    "all": {},
    "entities": {"view": "entities"},
    "agreements": {"view": "agreements"},
    "gaps": {"view": "gaps"},
    "minamata": {"agreement": "minamata"},
    "cites": {"agreement": "cites"},
    "unfccc": {"agreement": "unfccc"},
    "unep": {"entity": "unep"},
    "chemicals": {"theme": "chemicals"},
}
Shown = tuple[set[str], set[str]]


class Pages:
    """The pages of one graph, written when they are first asked for."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.graph = graph
        self._folder = folder
        self.page = cache(self._page)
        self.file = cache(self._file)

    def _page(self, name: str) -> NetworkPage:
        return self.graph.network(**ASKED[name])

    def _file(self, name: str) -> Path:
        return written(self.page(name), self._folder / f"{name}.html")


def written(page: NetworkPage, file: Path) -> Path:
    """Write a page and return where it is."""
    file.write_text(page.to_html(), encoding="utf-8")
    return file


def named(link: Link) -> str:
    """Return how the page names a link."""
    return f"{link.start}~{link.relation}~{link.end}"


def shown(page: Page) -> Shown:
    """Return the things and the links that the picture shows."""
    return set(page.evaluate("emgGraph.nodes()")), set(page.evaluate("emgGraph.links()"))


def expected(
    network: Network,
    link_passes: Callable[[Link], bool] = lambda _: True,
    node_passes: Callable[[Node], bool] = lambda _: True,
) -> Shown:
    """Return what is left of a network: links that pass, and things that have one or never had."""
    open_nodes = {node.id for node in network.nodes if node_passes(node)}
    linked = {end for link in network.links for end in (link.start, link.end)}
    links = [
        link for link in network.links if link_passes(link) and {link.start, link.end} <= open_nodes
    ]
    left = {end for link in links for end in (link.start, link.end)}
    return left | (open_nodes - linked), {*map(named, links)}


def spot(page: Page, thing: str) -> tuple[float, float]:
    """Return where in the window the mark of a thing is."""
    box = page.locator("#canvas").bounding_box()
    assert box
    place = page.evaluate("thing => emgGraph.place(thing)", thing)
    return box["x"] + place["x"], box["y"] + place["y"]


def click_on(page: Page, thing: str, *, aside: float = 0, tap: bool = False) -> None:
    """Click on the mark of a thing, or somewhat beside it, and wait for the panel."""
    x, y = spot(page, thing)
    (page.touchscreen.tap if tap else page.mouse.click)(x + aside, y)
    page.locator("#panel.chosen").wait_for()


def overlapping(labels: list[Any]) -> list[tuple[str, str]]:
    """Return the pairs of labels that lie on top of each other."""

    def meet(a: list[float], b: list[float]) -> bool:
        return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]

    return [
        (one["text"], other["text"])
        for i, one in enumerate(labels)
        for other in labels[:i]
        if meet(one["box"], other["box"])
    ]
