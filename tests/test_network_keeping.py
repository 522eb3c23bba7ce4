"""What one keeps of a network's page: pictures saved from Chromium, and paper."""

from __future__ import annotations

import io
import math
import re
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from browsing import Visit, Visiting
from network_pages import Pages, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.no_cover, pytest.mark.slow]

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["all", "gaps"])
def test_the_svg_holds_what_the_picture_shows(visited: Visiting, pages: Pages, name: str) -> None:
    visit = visited(pages.file(name))
    visit.page.uncheck("input[data-key='kind:entity']")
    nodes, links = shown(visit.page)
    known = pages.page(name).network.known
    saved = _saved(visit, "svg")
    root = ElementTree.fromstring(saved)
    titles = [title.text for title in root.iter(f"{SVG}title")][1:]
    assert sorted(str(title) for title in titles) == sorted(known[thing].name for thing in nodes)
    lines = [path for path in root.iter(f"{SVG}path") if "stroke-width" in path.attrib]
    assert len(links) <= len(lines)
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {label["text"] for label in visit.page.evaluate("emgGraph.labels()")} <= texts
    assert "Agreement" in texts
    assert not {element.tag for element in root.iter()} & {f"{SVG}script", f"{SVG}foreignObject"}
    assert visit.complaints == []


def test_a_bent_line_leans_only_a_little(visited: Visiting, pages: Pages) -> None:
    saved = _saved(visited(pages.file("entities")), "svg").decode()
    bent = re.findall(r'd="M(\S+) (\S+)Q(\S+) (\S+) (\S+) (\S+)"', saved)
    assert len(bent) > 5
    for numbers in bent:
        ax, ay, x, y, bx, by = map(float, numbers)
        aside = math.hypot(x - (ax + bx) / 2, y - (ay + by) / 2)
        assert aside <= 0.3 * math.hypot(bx - ax, by - ay) + 1


def test_the_png_is_the_picture_twice_as_large(visited: Visiting, pages: Pages) -> None:
    visit = visited(pages.file("minamata"))
    box = visit.page.locator("#canvas").bounding_box()
    width, height, pixels = _decoded(_saved(visit, "png"))
    assert box
    assert width == pytest.approx(2 * box["width"], abs=2)
    assert 60 < height / 2 - box["height"] < 160
    assert len(set(zip(*(pixels[i::4] for i in range(3)), strict=True))) > 50
    assert visit.complaints == []


def test_in_the_dark_the_pictures_are_dark(visited: Visiting, pages: Pages) -> None:
    _, _, pixels = _decoded(_saved(visited(pages.file("minamata"), scheme="dark"), "png"))
    assert max(pixels[:3]) < 60


@pytest.mark.parametrize("table", [False, True])
def test_paper_holds_picture_legend_panel_and_the_open_table(
    visited: Visiting, pages: Pages, table: bool
) -> None:
    from pypdf import PdfReader

    fragment = f"#node=unep{'&table=1' if table else ''}"
    page = visited(pages.file("minamata"), scheme="dark", fragment=fragment).page
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(_printed(page))).pages]
    first = sheets[0]
    assert "Minamata Convention on Mercury" in first
    assert "Through a mechanism" in first
    assert "Global Mercury Partnership" in first
    assert any("United Nations Environment Programme" in sheet for sheet in sheets)
    assert any("What the record says" in sheet for sheet in sheets) == table


@pytest.mark.parametrize("name", ["minamata", "gaps"])
def test_the_opening_picture_is_printed_on_one_sheet_with_note_and_caution(
    visited: Visiting, pages: Pages, name: str
) -> None:
    from pypdf import PdfReader

    page = visited(pages.file(name)).page
    caution = page.locator("#caution").inner_text()
    count = page.locator("#count").inner_text()
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(_printed(page))).pages]
    assert len(sheets) == 1
    words = _joined(sheets[0])
    assert _joined(pages.page(name).network.note) in words
    assert words.count(_joined(caution)) == 1
    assert _joined(count) in words
    assert words.count(_joined("Stated by a source")) == (name == "minamata")
    assert (_joined("Least strength: ") in words) == (name == "gaps")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_legend_of_a_saved_picture_keeps_within_it(
    visited: Visiting, pages: Pages, width: int
) -> None:
    visit = visited(pages.file("minamata"), width)
    if width > 1000:
        visit.page.uncheck("input[data-key='basis:via-mechanism']")
    saved = _saved(visit, "svg").decode()
    root = ElementTree.fromstring(saved)
    visit.page.set_content(saved)
    ends = visit.page.locator("text").evaluate_all(
        "all => all.map(one => [one.textContent, one.getBoundingClientRect().right"
        " - one.ownerSVGElement.getBoundingClientRect().left])"
    )
    assert max(end for _, end in ends) <= float(root.attrib["width"]) + 1
    texts = " ".join(text for text, _ in ends)
    assert "Role in an agreement" in texts
    assert "Related work only" in texts
    assert "Showing " in texts
    assert ("Through a mechanism" in texts) == (width < 1000)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_after_printing_the_page_is_as_it_was(
    visited: Visiting, pages: Pages, width: int, scheme: str
) -> None:
    visit = visited(pages.file("minamata"), width, scheme, fragment="#node=unep")
    before = _look(visit.page)
    visit.page.emulate_media(media="print")
    visit.page.locator("#printed svg").wait_for()
    assert not visit.page.locator("#field").is_visible()
    assert not visit.page.locator("#groups").is_visible()
    assert visit.page.locator("#panel h2").is_visible()
    assert visit.page.locator(".note p").is_visible()
    assert _look(visit.page) != before
    visit.page.emulate_media(media="screen")
    visit.page.locator("#field").wait_for()
    visit.page.locator(".note:not([open])").wait_for()
    assert _look(visit.page) == before
    assert visit.complaints == []


def _joined(text: str) -> str:
    """Return a text without the spaces, line ends and ligatures of a PDF."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _saved(visit: Visit, form: str) -> bytes:
    """Return what the button saves."""
    with visit.page.expect_download() as download:
        visit.page.click(f"#{form}")
    assert download.value.suggested_filename.endswith(f".{form}")
    return Path(download.value.path()).read_bytes()


def _printed(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True)


def _look(page: Page) -> tuple[bool, str | None]:
    """Return whether the note is open, and the colour of an entity in it."""
    entity = page.locator("[data-fill='kind entity']").first
    return page.evaluate("document.querySelector('.note').open"), entity.get_attribute("fill")


def _decoded(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the filtered bytes of a PNG of 8-bit RGBA, without row marks."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (depth, kind) == (8, 6)
    data, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            data += png[place + 8 : place + 8 + length]
        place += 12 + length
    raw, row = zlib.decompress(data), 4 * width + 1
    return width, height, b"".join(raw[i + 1 : i + row] for i in range(0, len(raw), row))
