"""Web pages as sources: those that the tables have, and new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from emg_graph.importers.drafts import Drafts
from emg_graph.importers.known import Known
from emg_graph.records import SourceRecord

_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(?:[/?]\S*)?", re.ASCII)
_PUBLISHERS = {
    "fao.org": ("FAO", "B"),
    "greenclimate.fund": ("Green Climate Fund", "B"),
    "iisd.org": ("IISD", "D"),
    "pic.int": ("Rotterdam Convention secretariat", "B"),
    "ramsar.org": ("Ramsar Convention secretariat", "B"),
    "unep.org": ("UNEP", "B"),
    "unep-wcmc.org": ("UNEP-WCMC", "B"),
    "unu.edu": ("United Nations University", "B"),
}
"""Publisher and class of pages by domain; pages of other hosts are third parties'."""


@dataclass(frozen=True, slots=True)
class Webpage:
    """A page as a source: its id, and its class of evidence."""

    source: str
    evidence_class: str


@dataclass(slots=True)
class WebpageSources:
    """The pages that a document cites, added to the sources where they are new."""

    known: Known
    drafts: Drafts
    pages: dict[str, Webpage] = field(default_factory=dict)

    def page(self, url: str) -> Webpage:
        """Return the source that the page of an address is."""
        if url not in self.pages:
            self.pages[url] = self._there(url) or self._new(url)
        return self.pages[url]

    def _there(self, url: str) -> Webpage | None:
        """Return the page among the sources of the tables, whatever its scheme and last slash."""
        rows = (row for row in self.known.tables.rows["sources"] if isinstance(row, SourceRecord))
        same = (row for row in rows if row.url and _bare(row.url) == _bare(url))
        found = min(same, key=lambda row: row.id, default=None)
        return Webpage(found.id, found.evidence_class) if found else None

    def _new(self, url: str) -> Webpage:
        host = urlsplit(url).netloc.removeprefix("www.")
        publisher, evidence_class = next(
            (
                told
                for domain, told in _PUBLISHERS.items()
                if host == domain or host.endswith(f".{domain}")
            ),
            (host, "D"),
        )
        page = Webpage(identifier(url), evidence_class)
        self.drafts.add(
            "sources",
            id=page.source,
            title=f"Page on memoranda or accreditations at {host}",
            publisher=publisher,
            evidence_class=evidence_class,
            url=url,
            note="Read as a stored excerpt.",
        )
        return page


def is_address(text: str) -> bool:
    """Tell whether a text is the address of a web page.

    >>> is_address("https://sdg.iisd.org/?p=735573"), is_address("sdg.iisd.org")
    (True, False)
    """
    return _ADDRESS.fullmatch(text) is not None


def identifier(url: str) -> str:
    """Return the id of a page as a source, made of its address.

    >>> identifier("https://sdg.iisd.org/?p=735573")
    'sdg-iisd-org-p-735573'
    """
    return "-".join(re.findall(r"[a-z0-9]+", _bare(url).casefold()))


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
