"""The filters of a network's page in Chromium: each hides and shows just what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import pytest
from browsing import Visiting
from network_pages import Pages, expected, named, shown

from emg_graph.analysis.network import Link, Network, Node

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

T = TypeVar("T", Link, Node)

OF_LINK: Mapping[str, Callable[[Link], str]] = {
    "relation": lambda link: link.relation,
    "basis": lambda link: link.basis,
    "standing": lambda link: link.standing,
}


@pytest.mark.parametrize("name", ["all", "gaps", "entities"])
def test_a_tick_of_links_hides_and_shows_its_links(
    visited: Visiting, pages: Pages, name: str
) -> None:
    network = pages.page(name).network
    visit = visited(pages.file(name))
    visit.page.click("#reset")
    whole = expected(network)
    assert shown(visit.page) == whole
    for group, of in OF_LINK.items():
        for value in sorted({of(link) for link in network.links}):
            visit.page.uncheck(f"input[data-key='{group}:{value}']")
            assert shown(visit.page) == expected(network, _other(of, value))
            visit.page.check(f"input[data-key='{group}:{value}']")
    assert shown(visit.page) == whole
    assert visit.complaints == []


def test_a_tick_of_things_hides_and_shows_its_things(visited: Visiting, pages: Pages) -> None:
    network = pages.page("all").network
    page = visited(pages.file("all")).page
    for kind in sorted({node.kind for node in network.nodes}):
        page.uncheck(f"input[data-key='kind:{kind}']")
        assert shown(page) == expected(network, node_passes=_other(_kind, kind))
        page.check(f"input[data-key='kind:{kind}']")
    assert shown(page) == expected(network)


def test_ticks_of_functions_leave_only_links_with_one_of_them(
    visited: Visiting, pages: Pages
) -> None:
    network = pages.page("all").network
    page = visited(pages.file("all")).page
    ticked: set[str] = set()
    for function in ("enforcement", "finance"):
        ticked.add(function)
        page.check(f"input[data-key='function:{function}']")
        _, links = shown(page)
        wanted = expected(network, lambda link: not ticked.isdisjoint(link.functions))
        assert links == wanted[1]
        assert len(links) > 5


def test_the_legend_counts_what_there_is(visited: Visiting, pages: Pages) -> None:
    network = pages.page("all").network
    page = visited(pages.file("all")).page
    tick = page.locator("label", has=page.locator("input[data-key='relation:membership']"))
    links = sum(link.relation == "membership" for link in network.links)
    assert tick.inner_text().split("\n") == ["Member of a body", f"{links:,}"]
    page.check("input[data-key='function:finance']")
    now = sum("~membership~" in name for name in shown(page)[1])
    assert tick.inner_text().split("\n")[1] == f"{now:,} of {links:,}"


@pytest.mark.parametrize("name", ["all", "gaps"])
def test_a_broad_theme_keeps_what_has_a_narrower_one(
    visited: Visiting, pages: Pages, name: str
) -> None:
    network = pages.page(name).network
    theme = _broad(pages, network)
    themes = pages.graph.evidence.widened(theme)
    visit = visited(pages.file(name))
    visit.page.click("#reset")
    visit.page.select_option("#theme", theme)
    things, links = shown(visit.page)
    kept = {node.id for node in network.nodes if node.kind == "agreement" and node.id in things}
    assert kept == {node.id for node in _agreements(network) if themes & node.themes}
    assert any(theme not in network.known[thing].themes for thing in kept)
    assert len(links) > len(kept) / 2
    assert visit.complaints == []


def test_a_theme_keeps_the_links_of_entities_that_share_what_has_it(
    visited: Visiting, pages: Pages
) -> None:
    network = pages.page("entities").network
    themes = pages.graph.evidence.widened("chemicals")
    page = visited(pages.file("entities")).page
    page.click("#reset")
    page.select_option("#theme", "chemicals")

    def has_it(link: Link) -> bool:
        return any({item, *network.known[item].themes} & themes for item in link.shared)

    assert shown(page) == expected(network, has_it)
    assert shown(page) != expected(network)


def test_the_slider_hides_the_lightest_links_first(visited: Visiting, pages: Pages) -> None:
    network = pages.page("entities").network
    heaviest = max(link.weight for link in network.links)
    page = visited(pages.file("entities")).page
    assert 100 < len(shown(page)[1]) < len(network.links)
    page.locator("#least").focus()
    page.keyboard.press("End")
    assert shown(page) == expected(network, lambda link: link.weight == heaviest)
    page.keyboard.press("Home")
    assert shown(page) == expected(network)


def test_the_threshold_hides_no_link_of_what_is_looked_at(visited: Visiting, pages: Pages) -> None:
    network = pages.page("entities").network
    page = visited(pages.file("entities")).page
    page.evaluate("() => { location.hash = 'node=unicef'; }")
    own = {named(link) for link in network.links if "unicef" in (link.start, link.end)}
    page.locator("#panel h2", has_text="UNICEF").wait_for()
    assert own <= shown(page)[1]
    assert len(shown(page)[1]) < len(network.links) / 2
    assert "Strength " in page.locator("#panel").inner_text()
    page.click("[data-steps='1']")
    things, links = shown(page)
    assert links == {named(ln) for ln in network.links if {ln.start, ln.end} <= things}
    assert not page.locator("#all").is_visible()


def test_show_all_lifts_the_threshold(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("entities")).page
    page.click("#all")
    assert shown(page) == expected(pages.page("entities").network)
    assert not page.locator("#all").is_visible()


def test_a_function_of_the_gaps_shows_all_that_lack_it(visited: Visiting, pages: Pages) -> None:
    network = pages.page("gaps").network
    page = visited(pages.file("gaps")).page
    page.check("input[data-key='function:enforcement']")
    lacking = {
        named(link)
        for link in network.links
        if link.relation == "missing-function" and "enforcement" in (*link.functions, link.end)
    }
    assert lacking == {name for name in shown(page)[1] if "~missing-function~" in name}
    assert len(lacking) > 5


def test_what_is_there_for_related_work_alone_goes_with_it(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    alone = set(page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).nodes"
        ".filter(node => node.candidate).map(node => node.id)"
    ))  # fmt: skip
    entry = page.locator(".entry")
    assert len(alone & shown(page)[0]) > 2
    assert entry.inner_text().split("\n")[0] == "Related work only"
    page.click("#reset")
    assert alone <= shown(page)[0]
    for relation in ("candidate", "candidate-indirect"):
        page.uncheck(f"input[data-key='relation:{relation}']")
    assert shown(page)[0].isdisjoint(alone)
    assert entry.locator(".n").inner_text() == f"0 of {len(alone)}"
    one = min(alone)
    page.evaluate("one => { location.hash += `&node=${one}`; }", one)
    page.locator("#panel.chosen").wait_for()
    assert shown(page)[0] & alone == {one}


def test_show_everything_undoes_every_filter(visited: Visiting, pages: Pages) -> None:
    network = pages.page("all").network
    page = visited(pages.file("all")).page
    page.uncheck("input[data-key='kind:entity']")
    page.check("input[data-key='function:finance']")
    page.select_option("#theme", "chemicals")
    page.click("#reset")
    assert shown(page) == expected(network)
    assert page.is_checked("input[data-key='kind:entity']")
    assert not page.is_checked("input[data-key='function:finance']")
    assert page.input_value("#theme") == ""


def test_the_gaps_open_with_the_missing_links_alone(visited: Visiting, pages: Pages) -> None:
    network = pages.page("gaps").network
    page = visited(pages.file("gaps")).page
    missing = {name for name in shown(page)[1] if "~missing-" in name}
    assert missing == shown(page)[1]
    assert not page.is_checked("input[data-key='relation:function']")
    link = next(link for link in network.links if link.status and link.relation in str(missing))
    page.evaluate("thing => { location.hash = `node=${thing}`; }", link.start)
    said = f"{link.status[0].upper()}{link.status[1:]}".removesuffix(".")
    assert f"{said}." in page.locator("#panel .missing").all_inner_texts()


def test_the_table_holds_what_the_picture_shows(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    page.locator("#table > summary").click()
    for _ in range(2):
        nodes, links = shown(page)
        captions = page.locator("#rows caption").all_inner_texts()
        assert captions == [f"Things ({len(nodes)})", f"Links ({len(links)})"]
        rows = page.locator("#rows tbody").evaluate_all("all => all.map(one => one.rows.length)")
        assert rows == [len(nodes), len(links)]
        page.uncheck("input[data-key='basis:inferred']")
    page.locator("#rows button.link", has_text="Global Mercury Partnership").click()
    assert page.locator("#panel h2").inner_text() == "Global Mercury Partnership"
    assert page.evaluate("document.activeElement.id") == "panel"


def _other(of: Callable[[T], str], value: str) -> Callable[[T], bool]:
    """Return what tells whether something has another value."""
    return lambda one: of(one) != value


def _kind(node: Node) -> str:
    return node.kind


def _agreements(network: Network) -> list[Node]:
    return [node for node in network.nodes if node.kind == "agreement"]


def _broad(pages: Pages, network: Network) -> str:
    """Return a theme that most agreements have only through a narrower one."""

    def through(theme: str) -> int:
        themes = pages.graph.evidence.widened(theme) - {theme}
        return sum(
            bool(themes & node.themes) and theme not in node.themes for node in _agreements(network)
        )

    return max(sorted(set(pages.graph.evidence.broader.values())), key=through)
