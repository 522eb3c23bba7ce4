"""A network as one page: self-contained, offline, everything escaped, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from emg_graph.analysis.network import Network
from emg_graph.views.filling import filled
from emg_graph.views.network import content, fence

_PARTS = (
    "data", "geometry", "labels", "filters", "ego", "facts", "panel", "search", "table", "saving",
    "picture", "address", "start",
)  # fmt: skip
"""The parts of the page's script, each after those that it needs."""
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028",
            0x2029: "\\u2029"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network with what its page needs besides."""

    network: Network
    sources: Mapping[str, Mapping[str, Any]]
    """Title, publisher, class, dates and address of each source, by id."""
    version: str
    """What the page says of the data that it was made of."""
    broader: Mapping[str, str] = field(default_factory=dict)
    """The broader theme of each theme that has one."""

    def to_html(self) -> str:
        """Return the page: one file that opens without a network."""
        return _rendered(self)

    def _repr_html_(self) -> str:
        """Show the page in a frame of a notebook."""
        page = html.escape(self.to_html())
        style = "width:100%;height:720px;border:1px solid #ccc"
        sandbox = "allow-scripts allow-downloads allow-popups"
        title = html.escape(self.network.title)
        return (
            f'<iframe title="{title}" sandbox="{sandbox}" style="{style}" srcdoc="{page}"></iframe>'
        )


def _rendered(page: NetworkPage) -> str:
    scripts = [fence.script(), _own_script()]
    return filled(
        "network.html.j2",
        title=page.network.title,
        note=page.network.note,
        version=page.version,
        style=_part("page.css"),
        data=_inert(content.page_data(page.network, page.sources, page.version, page.broader)),
        scripts=scripts,
        policy=_policy(scripts),
    )


def _own_script() -> str:
    """Return the page's own script, in a scope of its own."""
    parts = "\n".join(_part(f"{name}.js") for name in _PARTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def _part(name: str) -> str:
    file = files("emg_graph.views.network") / "script" / name
    return file.read_text(encoding="utf-8")


def _inert(data: object) -> str:
    """Return data as JSON that no parser of HTML takes for anything else."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _policy(scripts: list[str]) -> str:
    """Return a content security policy: these scripts, inline style, and no connection at all."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline';"
        " img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
