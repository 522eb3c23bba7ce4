"""The page of a comparison in real Chromium: offline, silent, inert, on paper, on a phone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from browsing import Visiting, axe_script, violations
from folders import SMALL, DataFolder
from payloads import write_payloads
from test_comparison import edit_much

from emg_graph.graph import compare
from emg_graph.views.comparison import to_html

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a comparison with every kind of change."""
    place = tmp_path_factory.mktemp("comparison")
    folder = DataFolder(place / "edited")
    edit_much(folder)
    file = place / "page.html"
    file.write_text(to_html(compare(SMALL, folder.path), 2), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page in which every free text of the data tries to be more than text."""
    place = tmp_path_factory.mktemp("hostile")
    file = place / "page.html"
    found = compare(SMALL, write_payloads(place / "data"), editorial=True)
    file.write_text(to_html(found), encoding="utf-8")
    return file


def test_it_opens_without_a_request_or_a_complaint(visited: Visiting, page: Path) -> None:
    visit = visited(page)
    assert visit.asked == [page.as_uri()]
    assert visit.complaints == []
    assert visit.page.locator("h1").count() == 1


def test_the_payload_stays_text(visited: Visiting, hostile: Path) -> None:
    visit = visited(hostile)
    assert visit.asked == [hostile.as_uri()]
    assert visit.complaints == []
    assert visit.page.locator("script, img, iframe").count() == 0
    assert "<script>alert(1)</script>" in visit.page.locator("main").inner_text()


def test_every_cite_has_a_source_to_lead_to(visited: Visiting, page: Path) -> None:
    opened = visited(page).page
    lost = opened.evaluate(
        "[...document.querySelectorAll('a.cite')].map(a => a.getAttribute('href'))"
        ".filter(href => !document.querySelector('ol.sources > li' + href))"
    )
    assert opened.locator("a.cite").count() > 5
    assert lost == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_window(
    visited: Visiting, page: Path, width: int, scheme: str
) -> None:
    assert visited(page, width, scheme).overflow() <= 0


def test_even_a_very_long_word_is_not_wider_than_a_phone(visited: Visiting, hostile: Path) -> None:
    assert visited(hostile, width=375).overflow() <= 0


def test_it_prints_with_what_changed_on_the_first_sheet(visited: Visiting, page: Path) -> None:
    from pypdf import PdfReader

    pdf = visited(page).page.pdf(prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]
    assert "Finding." in sheets[0]
    assert "How system-wide collaboration moved" in sheets[0]
    assert len(sheets) <= 3


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_it_bars_nobody(visited: Visiting, page: Path, width: int, scheme: str) -> None:
    opened = visited(page, width, scheme, bypass_csp=True).page
    assert violations(opened, axe_script()) == []
