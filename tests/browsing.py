"""Pages in real Chromium: opened without a network, and watched.

A test that needs what is not installed is skipped with the reason; with
``EMG_GRAPH_REQUIRE_BROWSER=1`` it fails instead. ``EMG_GRAPH_AXE`` is the path of ``axe.min.js``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visit:
    """A page that was opened, and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def asked(self) -> list[str]:
        """What was asked for, but for data within the page."""
        return [url for url in self.requests if not url.startswith(("data:", "blob:"))]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate(OVERFLOW))


class Visiting(Protocol):
    """Opens a file without a network, in a window of its own."""

    def __call__(
        self, file: Path, width: int = 1280, scheme: str = "light", **options: Any
    ) -> Visit: ...


def missing(reason: str) -> NoReturn:
    """Skip, or fail where a browser is required."""
    if os.environ.get("EMG_GRAPH_REQUIRE_BROWSER") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium and stop it at the end."""
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


def visit(
    browser: Browser,
    file: Path,
    width: int = 1280,
    scheme: str = "light",
    *,
    height: int = 800,
    fragment: str = "",
    **options: Any,
) -> Visit:
    """Open a file without a network and note what it asks for and complains of."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        offline=True,
        **options,
    )
    made = Visit(context.new_page())
    made.page.on("request", lambda request: made.requests.append(request.url))
    made.page.on("console", lambda message: made.complaints.append(message.text))
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("dialog", lambda dialog: made.complaints.append(dialog.message))
    made.page.goto(f"{file.as_uri()}{fragment}", wait_until="load")
    return made


@contextmanager
def visits(browser: Browser) -> Iterator[Visiting]:
    """Hand out visits, and close their windows at the end."""
    made: list[Visit] = []

    def visiting(file: Path, width: int = 1280, scheme: str = "light", **options: Any) -> Visit:
        made.append(visit(browser, file, width, scheme, **options))
        return made[-1]

    yield visiting
    for one in made:
        one.page.context.close()


def axe_script() -> str:
    """Return the text of axe-core."""
    path = os.environ.get("EMG_GRAPH_AXE", "")
    if not Path(path).is_file():
        missing(
            "axe-core is not there: EMG_GRAPH_AXE is the path of axe.min.js (npm pack axe-core)"
        )
    return Path(path).read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds wrong with a page as it stands, no rule left out.

    The page must have been opened with ``bypass_csp``, since its policy lets no other script in.
    """
    page.evaluate(axe)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
