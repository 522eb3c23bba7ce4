"""The page of a network in real Chromium: offline, silent, inert, for everybody, and large."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Visit, Visiting, axe_script, violations, visits
from network_pages import ASKED, Pages, click_on, overlapping, shown, written
from payloads import LONG, PAYLOAD, write_payloads
from synthetic import synthetic_network

from emg_graph.analysis.network import Fact, Link, Network, Node
from emg_graph.graph import open_graph
from emg_graph.views.network import NetworkPage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

WIDTHS = (1360, 390)
ON_A_PHONE = ("all", "entities", "gaps", "minamata")
REFUSED = {
    "connect-src": "fetch('https://example.org/').catch(() => {})",
    "img-src": "document.body.append(Object.assign(new Image(), {src: 'https://example.org/a'}))",
    "script-src-elem": "document.body.append(Object.assign(document.createElement('script'),"
    " {text: 'window.broken = true'}))",
    "script-src-attr": "document.body.setAttribute('onclick', 'window.broken = true')",
    "frame-src": "document.body.append(Object.assign(document.createElement('iframe'),"
    " {src: 'https://example.org/'}))",
}
LOOSE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const loose = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.includes("\\u202e") || text.parentElement.closest("script, noscript")) continue;
    let box = text.parentElement;
    const alone = () => box.textContent.trim() === text.data.trim();
    const kept = () => getComputedStyle(box).unicodeBidi.includes("isolate");
    const inline = () => getComputedStyle(box).display === "inline";
    while (alone() && !kept() && inline()) box = box.parentElement;
    if (!kept() && !alone()) loose.push(box.outerHTML.slice(0, 300));
  }
  return loose;
}"""
"""Texts with a mark of direction that could turn round what stands beside them."""


@pytest.fixture(
    scope="module",
    params=[*((name, 1360) for name in ASKED), *((name, 390) for name in ON_A_PHONE)],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def opened(request: pytest.FixtureRequest, browser: Browser, pages: Pages) -> Iterator[Visit]:
    """Return a view as it opens on a desktop and on a phone."""
    name, width = request.param
    with visits(browser) as visiting:
        yield visiting(pages.file(name), width)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return pages in which every free text of the data tries to be more than text."""
    folder = tmp_path_factory.mktemp("hostile")
    return Pages(open_graph("memory:", write_payloads(folder / "data")), folder)


@pytest.fixture(scope="module")
def spiteful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with payloads where checked data has none: addresses, status, version."""
    text, evil = f"{PAYLOAD}{LONG}", "javascript:alert(1)"
    label = f"{'🌍' * 40}{text}"
    known = {
        name: Node(name, "entity", label, text, (text,), text, text, evil, "s", text)
        for name in ("a", "b")
    }
    link = Link("a", "b", "shared-bodies", (Fact(text, "inferred", "historic", (), "s", text),),
                ("a",), 1.0, text)  # fmt: skip
    sources = {"s": {"title": text, "publisher": text, "accessed": text, "url": evil}}
    network = Network("all", text, text, (*known.values(),), (link,), (), known)
    file = tmp_path_factory.mktemp("spiteful") / "page.html"
    return written(NetworkPage(network, sources, text), file)


def test_a_view_opens_without_a_request_or_a_complaint(opened: Visit) -> None:
    assert [url.partition("#")[0] for url in opened.asked] == [opened.page.url.partition("#")[0]]
    assert opened.complaints == []
    assert opened.page.locator("h1").count() == 1
    nodes, links = shown(opened.page)
    count = opened.page.locator("#count").inner_text()
    assert f"Showing {len(nodes):,} of " in count
    weaker = opened.page.locator("#all").is_visible()
    assert (f" the {len(links):,} strongest of " if weaker else f" and {len(links):,} of ") in count
    assert opened.page.locator("#caution").is_visible()


def test_no_label_lies_on_another_in_the_opening_picture(opened: Visit) -> None:
    labels = opened.page.evaluate("emgGraph.labels()")
    assert len(labels) > 10
    assert overlapping(labels) == []


def test_a_view_is_not_wider_than_its_window(opened: Visit) -> None:
    assert opened.overflow() <= 0


def test_nothing_outside_the_page_can_be_reached_from_it(visited: Visiting, pages: Pages) -> None:
    page = visited(pages.file("minamata")).page
    page.evaluate(
        "() => { window.refused = []; addEventListener('securitypolicyviolation',"
        " (event) => refused.push(event.effectiveDirective)); }"
    )
    for directive, attempt in REFUSED.items():
        page.evaluate(f"() => {{ {attempt} }}")
        page.wait_for_function("name => refused.includes(name)", arg=directive)
    page.locator("body").dispatch_event("click")
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("name", ["all", "entities", "gaps", "minamata"])
def test_the_payload_stays_text(visited: Visiting, hostile: Pages, name: str) -> None:
    visit = visited(hostile.file(name))
    for thing in hostile.page(name).network.nodes:
        visit.page.evaluate("thing => { location.hash = `node=${thing}`; }", thing.id)
        visit.page.locator("#panel h2", has_text=thing.label[:60]).wait_for()
        assert visit.page.evaluate(LOOSE) == []
    visit.page.locator("#table > summary").click()
    visit.page.fill("#query", "script")
    assert visit.page.evaluate(LOOSE) == []
    assert visit.complaints == []
    assert [url.partition("#")[0] for url in visit.asked] == [hostile.file(name).as_uri()]
    assert visit.page.locator("script").count() == 3
    assert visit.page.locator("img, iframe, a[href^='javascript']").count() == 0
    assert PAYLOAD in str(visit.page.locator("#rows").text_content())


@pytest.mark.parametrize("width", WIDTHS)
def test_texts_of_ten_thousand_characters_break_nothing(
    visited: Visiting, spiteful: Path, width: int
) -> None:
    visit = visited(spiteful, width, fragment="#node=a&table=1")
    assert visit.complaints == []
    assert visit.overflow() <= 0
    assert visit.page.locator("img, iframe, a[href^='javascript']").count() == 0
    assert str(visit.page.locator("#panel").text_content()).count(LONG) > 5
    assert visit.page.evaluate(LOOSE) == []
    assert max(len(label["text"]) for label in visit.page.evaluate("emgGraph.labels()")) < 80
    heading = visit.page.locator("h1").bounding_box()
    assert heading
    assert heading["height"] < 120
    with visit.page.expect_download():
        visit.page.click("#png")


def test_without_script_the_page_says_where_else_the_content_is(
    visited: Visiting, pages: Pages
) -> None:
    page = visited(pages.file("minamata"), java_script_enabled=False).page
    assert "emg-graph export" in page.locator("body").inner_text()
    assert not page.locator("#query").is_visible()


def test_in_a_notebook_the_page_works_in_its_frame(
    visited: Visiting, pages: Pages, tmp_path: Path
) -> None:
    file = tmp_path / "notebook.html"
    shell = f"<!doctype html><title>n</title>{pages.page('minamata')._repr_html_()}"
    file.write_text(shell, encoding="utf-8")
    visit = visited(file)
    frame = visit.page.frames[1]
    frame.fill("#query", "UNEP")
    frame.press("#query", "Enter")
    assert frame.locator("#panel h2").inner_text() == "UNEP"
    assert not frame.locator("#copy").is_visible()
    assert visit.complaints == []


def test_two_thousand_things_and_twelve_thousand_links_still_work(
    visited: Visiting, tmp_path: Path
) -> None:
    network = synthetic_network(2000, 12000)
    assert (len(network.nodes), len(network.links)) == (2000, 12000)
    visit = visited(written(NetworkPage(network, {}, "made up"), tmp_path / "large.html"))
    page = visit.page
    page.set_default_timeout(30_000)
    assert overlapping(page.evaluate("emgGraph.labels()")) == []
    page.uncheck("input[data-key='basis:inferred']")
    stated = {link.basis for link in network.links} - {"inferred"}
    assert len(shown(page)[1]) == sum(link.basis in stated for link in network.links)
    page.fill("#query", "t7")
    page.press("#query", "Enter")
    assert page.locator("#panel h2").inner_text() == "Thing 7"
    page.click("[data-steps='1']")
    assert 1 < len(shown(page)[0]) < 2000
    page.click("[data-steps='0']")
    click_on(page, "n1")
    assert page.locator("#panel h2").inner_text() == "Thing 1"
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("all", 1360, "light"), ("all", 390, "dark"), ("entities", 1360, "light"),
     ("gaps", 1360, "dark"), ("gaps", 390, "light"), ("minamata", 1360, "light")],
)  # fmt: skip
def test_a_view_bars_nobody(
    visited: Visiting, pages: Pages, name: str, width: int, scheme: str
) -> None:
    """A policy that lets no other script in would keep axe-core out: only here it is passed by."""
    page = visited(pages.file(name), width, scheme, bypass_csp=True).page
    page.evaluate("document.getElementById('filters').open = true")
    axe = axe_script()
    page.fill("#query", "un")
    assert page.locator("#found li").count() > 1
    assert violations(page, axe) == []
    page.press("#query", "Enter")
    if name != "entities":
        page.locator("#table > summary").click()
    assert page.locator("#panel.chosen").count() == 1
    assert violations(page, axe) == []
