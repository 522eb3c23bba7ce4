"""The brief in real Chromium: offline, silent, inert, on two pages, readable on a phone.

Skipped with its reason where there is no Chromium; with ``EMG_GRAPH_REQUIRE_BROWSER=1`` that is a
failure instead.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from payloads import PAYLOAD, write_payloads

from emg_graph.graph import Graph, open_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")
SAMPLE = ("cbd", "cites", "minamata", "basel", "unfccc", "un-watercourses")
"""The longest briefs, and others of every length."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def missing(reason: str) -> None:
    """Skip, or fail where a browser is required."""
    if os.environ.get("EMG_GRAPH_REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = next((found for name in NAMES if (found := shutil.which(name))), None)
    if executable is None:
        missing(f"no Chromium is installed (looked for {', '.join(NAMES)})")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the package playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that was opened, and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate(OVERFLOW))


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the briefs of the sample."""
    place = tmp_path_factory.mktemp("briefs")
    for agreement in SAMPLE:
        text = graph.brief(agreement).to_html()
        (place / f"{agreement}.html").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a brief in which every free text of the data tries to be more than text."""
    place = tmp_path_factory.mktemp("hostile")
    graph = open_graph("memory:", write_payloads(place / "data"))
    file = place / "minamata.html"
    file.write_text(graph.brief("minamata").to_html(), encoding="utf-8")
    return file


def visited(browser: Browser, file: Path, width: int = 1280, scheme: str = "light") -> Visit:
    """Open a file without a network and note what it asks for and complains of."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        offline=True,
    )
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("console", lambda message: visit.complaints.append(message.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("dialog", lambda dialog: visit.complaints.append(dialog.message))
    visit.page.goto(file.as_uri(), wait_until="load")
    return visit


@pytest.mark.parametrize("agreement", SAMPLE)
def test_a_brief_opens_without_a_request_or_a_complaint(
    browser: Browser, folder: Path, agreement: str
) -> None:
    file = folder / f"{agreement}.html"
    visit = visited(browser, file)
    assert [url for url in visit.requests if not url.startswith("data:")] == [file.as_uri()]
    assert visit.complaints == []
    assert visit.page.locator("h1").count() == 1
    assert visit.page.locator("svg.picture").bounding_box() is not None


def test_the_payload_stays_text(browser: Browser, hostile: Path) -> None:
    visit = visited(browser, hostile)
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith("data:")] == [hostile.as_uri()]
    assert visit.page.locator("script, img, iframe").count() == 0
    assert PAYLOAD in visit.page.locator("h1").inner_text()
    assert PAYLOAD in visit.page.title()
    assert visit.page.locator("a[href^='javascript']").count() == 0


def test_a_cite_leads_to_its_source(browser: Browser, folder: Path) -> None:
    page = visited(browser, folder / "minamata.html").page
    cite = page.locator("a.cite").first
    target = str(cite.get_attribute("href"))
    cite.click()
    source = page.locator(f"ol.sources > li{target}")
    assert page.url.endswith(target)
    place = source.bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 800


@pytest.mark.parametrize("agreement", SAMPLE)
def test_every_cite_has_a_source_to_lead_to(browser: Browser, folder: Path, agreement: str) -> None:
    page = visited(browser, folder / f"{agreement}.html").page
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.querySelector('ol.sources > li' + href))"
    )
    assert page.locator("a.cite").count() > 10
    assert lost == []


@pytest.mark.parametrize("agreement", SAMPLE)
def test_the_annex_begins_on_the_third_printed_page(
    browser: Browser, folder: Path, agreement: str
) -> None:
    from pypdf import PdfReader

    page = visited(browser, folder / f"{agreement}.html").page
    pdf = page.pdf(prefer_css_page_size=True)
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]
    assert [i for i, text in enumerate(texts, 1) if "Annex A." in text] == [3]
    assert "Limits" in texts[0] + texts[1]


@pytest.mark.parametrize("agreement", ["cbd", "minamata"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_window(
    browser: Browser, folder: Path, agreement: str, scheme: str, width: int
) -> None:
    assert visited(browser, folder / f"{agreement}.html", width, scheme).overflow() <= 0


def test_even_a_very_long_word_is_not_wider_than_a_phone(browser: Browser, hostile: Path) -> None:
    assert visited(browser, hostile, width=375).overflow() <= 0


def test_in_the_dark_text_is_light_on_dark(browser: Browser, folder: Path) -> None:
    page = visited(browser, folder / "minamata.html", scheme="dark").page
    ink, paper = page.evaluate(
        "(s => [s.color, s.backgroundColor].map(c => c.match(/\\d+/g).map(Number)))"
        "(getComputedStyle(document.body))"
    )
    assert min(ink) > 200
    assert max(paper) < 60
