"""Take the picture of a brief that stands in the README.

Needs the ``dev`` extra and Debian's Chromium::

    python docs/picture.py
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from emg_graph import open_graph

PICTURE = Path(__file__).with_name("brief.png")
SIZE = {"width": 960, "height": 1120}


def main() -> None:
    """Write ``brief.png``."""
    page_text = open_graph("memory:").brief("minamata").to_html()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "minamata.html"
        file.write_text(page_text, encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        page.goto(file.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
