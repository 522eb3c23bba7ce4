"""Measure the page of a network beside pyvis as it comes and cytoscape.js, in one run.

For the shipped graph, and for 2,000 nodes with 12,000 links, each page is made, written, opened in
headless Chromium without a network, and dragged; printed are its bytes, the seconds that making it
took, the seconds to the first stable picture, and the median and 95th percentile of the time
between two frames while it is dragged::

    python benchmarks/views.py

The same nodes and links go into each. pyvis draws and settles them itself; cytoscape.js gets our
positions. Needs the ``dev`` extra, Chromium, and npm for cytoscape.js, which is left out without.
Seconds are those of this machine; the last column compares each peer's first picture with ours.
Above 4,000 links our page leaves the lines out while it is dragged, and the others draw them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

from emg_graph import open_graph
from emg_graph.analysis.network import Network
from emg_graph.views.network import NetworkPage, layout, opening

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from synthetic import synthetic_network

CYTOSCAPE = "cytoscape@3.34.4"
PATIENCE = 90
"""Seconds to wait for a stable picture."""
STEPS = 60
SIZE = {"width": 1360, "height": 860}
_FRAMES = """() => {
  const times = [];
  let last = performance.now();
  const next = (now) => {
    times.push(now - last);
    last = now;
    window.going_ = requestAnimationFrame(next);
  };
  window.frames_ = times;
  window.going_ = requestAnimationFrame(next);
}"""
_STOP = "() => { cancelAnimationFrame(window.going_); return window.frames_.slice(1); }"
_TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
_HEADS = (("KB", 8), ("made s", 9), ("stable s", 10), ("frame ms", 10), ("p95 ms", 8), ("ratio", 8))


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: bytes, seconds to make it and to its first stable picture, ms between frames."""

    bytes: int
    made: float
    stable: float | None
    median: float | None
    slow: float | None


def ours(network: Network) -> str:
    """Return our page."""
    return NetworkPage(network, {}, "benchmark").to_html()


def pyvis_page(network: Network) -> str:
    """Return the page that pyvis makes of the same nodes and links, everything by default."""
    from pyvis.network import Network as Pyvis

    made = Pyvis(cdn_resources="in_line", width="100%", height="800px")
    for node in network.nodes:
        made.add_node(node.id, label=node.label, title=node.name, group=node.kind)
    for link in network.links:
        made.add_edge(link.start, link.end, title=link.relation)
    return str(made.generate_html())


def cytoscape_page(script: str) -> Callable[[Network], str]:
    """Return what makes a page of cytoscape.js with our positions."""

    def page(network: Network) -> str:
        spots = layout.positions(network, opening.opening(network))
        elements: list[Mapping[str, Any]] = [
            {
                "data": {"id": node.id, "label": node.label},
                "position": {"x": spots[node.id][0], "y": spots[node.id][1]},
            }
            for node in network.nodes
        ]
        elements += [
            {"data": {"id": f"e{i}", "source": link.start, "target": link.end}}
            for i, link in enumerate(network.links)
        ]
        text = json.dumps(elements).replace("<", "\\u003c")
        style = json.dumps([{"selector": "node", "style": {"label": "data(label)"}}])
        return (
            "<!doctype html><meta charset=utf-8><div id=cy style='position:absolute;inset:0'></div>"
            f"<script>{script}</script><script>const cy = cytoscape({{container:"
            f"document.getElementById('cy'), elements: {text}, style: {style},"
            " layout: {name: 'preset'}});</script>"
        )

    return page


READY: Mapping[str, str] = {
    "emg-graph": "() => window.emgGraph && window.emgGraph.labels().length > 0",
    "pyvis": "() => { if (!window.watched_ && window.network) { window.watched_ = true;"
    " network.once('stabilized', () => { window.settled_ = true; }); }"
    " return window.settled_ || (window.network && network.physics.stabilized); }",
    "cytoscape.js": "() => typeof cy !== 'undefined' && cy.nodes().length > 0",
}


def measured(
    name: str, make: Callable[[Network], str], network: Network, chrome: Browser
) -> Measured:
    """Make a page, open it, drag it."""
    start = time.perf_counter()
    text = make(network)
    taken = time.perf_counter() - start
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        context = chrome.new_context(viewport=SIZE, offline=True)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        stable = first_picture(page, file, READY[name])
        median, slow = (None, None) if stable is None else frames(page)
        context.close()
    return Measured(len(text.encode()), taken, stable, median, slow)


def first_picture(page: Page, file: Path, ready: str) -> float | None:
    """Return the seconds from asking for the page to a picture that stands still, or None."""
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="load")
        page.wait_for_function(ready, polling=50)
        page.evaluate(_TWO_FRAMES)
    except NotInTime:
        return None
    return time.perf_counter() - start


def frames(page: Page) -> tuple[float, float]:
    """Return the median and 95th percentile of milliseconds between frames while dragging."""
    x, y = SIZE["width"] / 2 + 37, SIZE["height"] / 2 + 211
    page.evaluate(_FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(x + 3 * step, y - step)
    page.mouse.up()
    times = sorted(page.evaluate(_STOP))
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def cytoscape_script(folder: Path) -> str | None:
    """Fetch cytoscape.js with npm, or return None where that is not possible."""
    if not (npm := shutil.which("npm")):
        return None
    done = subprocess.run(
        [npm, "pack", "--silent", CYTOSCAPE], cwd=folder, capture_output=True, check=False
    )
    if done.returncode:
        return None
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        file = archive.extractfile("package/dist/cytoscape.min.js")
        assert file
        return file.read().decode()


def main() -> int:
    """Measure and print."""
    networks = {
        "shipped": open_graph("memory:").network().network,
        "2,000 nodes, 12,000 links": synthetic_network(2000, 12000),
    }
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        makers: dict[str, Callable[[Network], str]] = {"emg-graph": ours, "pyvis": pyvis_page}
        if script := cytoscape_script(Path(folder)):
            makers["cytoscape.js"] = cytoscape_page(script)
        chrome = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for title, network in networks.items():
            print(f"{title}: {len(network.nodes):,} nodes, {len(network.links):,} links")
            print(" " * 14 + "".join(f"{head:>{width}}" for head, width in _HEADS))
            base: float | None = None
            for name, make in makers.items():
                found = measured(name, make, network, chrome)
                base = base or found.stable
                print(line(name, found, base))
        chrome.close()
    return 0


def line(name: str, found: Measured, base: float | None) -> str:
    """Return one line of the table."""
    head = f"{name:14}{found.bytes / 1024:8,.0f}{found.made:9.2f}"
    if found.stable is None or found.median is None or found.slow is None:
        return f"{head}{f'> {PATIENCE}':>10}"
    ratio = f"{found.stable / base:8.2f}" if base else ""
    return f"{head}{found.stable:10.2f}{found.median:10.1f}{found.slow:8.1f}{ratio}"


if __name__ == "__main__":
    sys.exit(main())
