"""Take the pictures that stand in the README: a brief, and the network around an agreement.

Needs the ``dev`` extra and Debian's Chromium::

    python docs/picture.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from emg_graph import open_graph

PLACE = Path(__file__).parent
BRIEF = {"width": 960, "height": 1120}
NETWORK = {"width": 1360, "height": 860}


def take(browser: Browser, text: str, address: str, size: dict[str, int], picture: str) -> None:
    """Open a page at an address after the #, and take its picture."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        page = browser.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
        page.goto(f"{file.as_uri()}#{address}")
        page.wait_for_timeout(500)
        page.screenshot(path=PLACE / picture)
        page.close()


def main() -> None:
    """Write ``brief.png`` and ``network.png``."""
    graph = open_graph("memory:")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take(browser, graph.brief("minamata").to_html(), "", BRIEF, "brief.png")
        page = graph.network(agreement="minamata").to_html()
        take(browser, page, "node=minamata", NETWORK, "network.png")
        browser.close()


if __name__ == "__main__":
    main()
