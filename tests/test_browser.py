"""The brief in real Chromium: offline, silent, inert, on two pages, readable on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from browsing import Visiting, axe_script, violations
from payloads import PAYLOAD, write_payloads

from emg_graph.graph import Graph, open_graph

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

SAMPLE = ("cbd", "cites", "minamata", "basel", "unfccc", "un-watercourses")
"""The longest briefs, and others of every length."""


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


@pytest.mark.parametrize("agreement", SAMPLE)
def test_a_brief_opens_without_a_request_or_a_complaint(
    visited: Visiting, folder: Path, agreement: str
) -> None:
    file = folder / f"{agreement}.html"
    visit = visited(file)
    assert visit.asked == [file.as_uri()]
    assert visit.complaints == []
    assert visit.page.locator("h1").count() == 1
    assert visit.page.locator("svg.picture").bounding_box() is not None


def test_the_payload_stays_text(visited: Visiting, hostile: Path) -> None:
    visit = visited(hostile)
    assert visit.complaints == []
    assert visit.asked == [hostile.as_uri()]
    assert visit.page.locator("script, img, iframe").count() == 0
    assert PAYLOAD in visit.page.locator("h1").inner_text()
    assert PAYLOAD in visit.page.title()
    assert visit.page.locator("a[href^='javascript']").count() == 0


def test_a_cite_leads_to_its_source(visited: Visiting, folder: Path) -> None:
    page = visited(folder / "minamata.html").page
    cite = page.locator("a.cite").first
    target = str(cite.get_attribute("href"))
    cite.click()
    source = page.locator(f"ol.sources > li{target}")
    assert page.url.endswith(target)
    place = source.bounding_box()
    assert place is not None
    assert 0 <= place["y"] < 800


@pytest.mark.parametrize("agreement", SAMPLE)
def test_every_cite_has_a_source_to_lead_to(
    visited: Visiting, folder: Path, agreement: str
) -> None:
    page = visited(folder / f"{agreement}.html").page
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.querySelector('ol.sources > li' + href))"
    )
    assert page.locator("a.cite").count() > 10
    assert lost == []


@pytest.mark.parametrize("agreement", SAMPLE)
def test_the_annex_begins_on_the_third_printed_page(
    visited: Visiting, folder: Path, agreement: str
) -> None:
    from pypdf import PdfReader

    page = visited(folder / f"{agreement}.html").page
    pdf = page.pdf(prefer_css_page_size=True, page_ranges="1-4")
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]
    assert [i for i, text in enumerate(texts, 1) if "Annex A." in text] == [3]
    assert "Limits" in texts[0] + texts[1]


@pytest.mark.parametrize("agreement", ["cbd", "minamata"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_window(
    visited: Visiting, folder: Path, agreement: str, scheme: str, width: int
) -> None:
    assert visited(folder / f"{agreement}.html", width, scheme).overflow() <= 0


def test_even_a_very_long_word_is_not_wider_than_a_phone(visited: Visiting, hostile: Path) -> None:
    assert visited(hostile, width=375).overflow() <= 0


def test_in_the_dark_text_is_light_on_dark(visited: Visiting, folder: Path) -> None:
    page = visited(folder / "minamata.html", scheme="dark").page
    ink, paper = page.evaluate(
        "(s => [s.color, s.backgroundColor].map(c => c.match(/\\d+/g).map(Number)))"
        "(getComputedStyle(document.body))"
    )
    assert min(ink) > 200
    assert max(paper) < 60


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_the_brief_bars_nobody(visited: Visiting, folder: Path, width: int, scheme: str) -> None:
    page = visited(folder / "minamata.html", width, scheme, bypass_csp=True).page
    assert violations(page, axe_script()) == []
