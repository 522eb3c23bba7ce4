"""The country package in real Chromium: offline, silent, inert, on paper, on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from browsing import Visiting, axe_script, violations
from payloads import PAYLOAD, write_payloads

from emg_graph.graph import Graph, open_graph

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

SAMPLE = (("minamata", "JOR"), ("unfccc", "PAN"), ("cites", "CAF"), ("cms", "TKL"))
NAMES = tuple(f"{agreement}-{country}" for agreement, country in SAMPLE)


@pytest.fixture(scope="module")
def pages(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the packages of the sample."""
    place = tmp_path_factory.mktemp("packages")
    for name, (agreement, country) in zip(NAMES, SAMPLE, strict=True):
        text = graph.package(agreement, country).to_html()
        (place / f"{name}.html").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package in which every free text of the data tries to be more than text."""
    place = tmp_path_factory.mktemp("hostile")
    graph = open_graph("memory:", write_payloads(place / "data"))
    file = place / "minamata.html"
    file.write_text(graph.package("minamata", "jor").to_html(), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", NAMES)
def test_a_package_opens_without_a_request_or_a_complaint(
    visited: Visiting, pages: Path, name: str
) -> None:
    file = pages / f"{name}.html"
    visit = visited(file)
    assert visit.asked == [file.as_uri()]
    assert visit.complaints == []
    assert visit.page.locator("h1").count() == 1


def test_the_payload_stays_text(visited: Visiting, hostile: Path) -> None:
    visit = visited(hostile)
    assert visit.complaints == []
    assert visit.page.locator("script, img, iframe").count() == 0
    assert PAYLOAD in visit.page.locator("h1").inner_text()


def test_a_cite_leads_to_its_source(visited: Visiting, pages: Path) -> None:
    page = visited(pages / "minamata-JOR.html").page
    cite = page.locator("a.cite").first
    target = str(cite.get_attribute("href"))
    cite.click()
    place = page.locator(f"ol.sources > li{target}").bounding_box()
    assert place is not None
    assert -1 < place["y"] < 800


@pytest.mark.parametrize("name", NAMES)
def test_finding_ask_and_status_stand_on_the_first_printed_page(
    visited: Visiting, pages: Path, name: str
) -> None:
    from pypdf import PdfReader

    page = visited(pages / f"{name}.html").page
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = PdfReader(io.BytesIO(pdf)).pages
    texts = [sheet.extract_text() for sheet in sheets]
    for part in ("Finding.", "Ask.", "1. The country", "2. Who is present"):
        assert part in texts[0]
    assert len(texts) <= 5
    assert {(round(s.mediabox.width), round(s.mediabox.height)) for s in sheets} == {(595, 842)}


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_functions_is_on_one_printed_page(
    visited: Visiting, pages: Path, name: str
) -> None:
    from pypdf import PdfReader

    page = visited(pages / f"{name}.html").page
    pdf = page.pdf(prefer_css_page_size=True)
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]
    (text,) = [text for text in texts if "4. Who covers what" in text]
    assert "Convening" in text.partition("4. Who covers what")[2]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_window(
    visited: Visiting, pages: Path, name: str, width: int, scheme: str
) -> None:
    assert visited(pages / f"{name}.html", width, scheme).overflow() <= 0


def test_even_a_very_long_word_is_not_wider_than_a_phone(visited: Visiting, hostile: Path) -> None:
    assert visited(hostile, width=375).overflow() <= 0


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_the_package_bars_nobody(
    visited: Visiting, pages: Path, name: str, width: int, scheme: str
) -> None:
    page = visited(pages / f"{name}.html", width, scheme, bypass_csp=True).page
    assert violations(page, axe_script()) == []
