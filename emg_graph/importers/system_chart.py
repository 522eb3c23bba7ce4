"""Entities as the UN system chart places them: the table behind systemchart.un.org.

Entries are known by their codes (``system-chart-entries``) or full names; those of bodies that our
tables do not have are left out. An entry under two principal organs gives a row for each. Links are
kept that lead to public pages of the bodies of the chart, and no address of a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from emg_graph.importers.addresses import domain_of, read_address
from emg_graph.importers.documents import read_csv
from emg_graph.importers.drafts import Drafts, Omitted, Unread
from emg_graph.importers.known import Known
from emg_graph.records import SEPARATOR

SOURCE, REGISTRY = "system-chart", "system-chart-entries"
LINKS = (
    "entity_news_page", "entity_data_page", "organizational_chart_link",
    "budget_financial_reporting_link", "results_framework_link", "strategic_plan_link",
    "annual_reports_link", "transparency_portal_link", "entity_mandate_registry",
    "entity_custom_mandate_registry",
)  # fmt: skip
COLUMNS = (
    "entity", "entity_long", "entity_link", "un_principal_organ", "category", "subcategory",
    "foundational_mandate", *LINKS,
)  # fmt: skip

_INTERNAL = re.compile(r"//(?:iseek|intranet)\.|sharepoint", re.IGNORECASE)
_ABSENT = re.compile(r"(?:no|not)\b.*", re.IGNORECASE | re.DOTALL)
"""How the chart says that there is no link."""
_LAYOUT = frozenset({"EntityCard"})
"""Words about the chart's own page that stand among its subcategories by mistake."""
_LISTED = re.compile(r"['\"]([^'\"]+)['\"]")
_LINK = re.compile(r"https?://[^\s<>)]+(?:\(\d{4}\))?")
_SYMBOL = re.compile(r"undocs\.org/(?:[a-z]{2}/)?([ASE]/RES/[\w/]+(?:\(\w+\))?)")
_RESOLUTION = re.compile(
    r"(?:(?:GA|General Assembly|Security Council|ECOSOC) )?[Rr]esolution \d+(?:/\d+)?"
    r"(?: ?\((?:[IVXLC]+|\d{4})\))?"
)


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read the entries of the chart that are entities or mechanisms of ours.

    Raises:
        DocumentError: a file is not of this form.
    """
    drafts = Drafts()
    _add_source(drafts)
    for path in sorted(files):
        rows = [(f"line {line}", row) for line, row in read_csv(path, COLUMNS)]
        homepages = (read_address(row["entity_link"]) for _, row in rows)
        domains = {domain_of(address) for address in homepages if address}
        ours = unread = 0
        for place, row in rows:
            if not (entity := _entity(row, known)):
                drafts.omitted.append(_omitted(path.name, place, row))
                continue
            links, doubtful = _links(row, domains)
            ours, unread = ours + 1, unread + bool(doubtful)
            drafts.unread.extend(
                Unread(path.name, f"{place}, {column}", row[column].strip(), "is no web address")
                for column in doubtful
            )
            _add(drafts, entity, row, links)
        drafts.count(path.name, ours, unread)
    return drafts


def _add_source(drafts: Drafts) -> None:
    drafts.add(
        "sources",
        id=SOURCE,
        title="UN System Chart: data on entities",
        publisher="United Nations (Executive Office of the Secretary-General)",
        evidence_class="B",
        url="https://systemchart.un.org/",
    )


def _entity(row: Mapping[str, str], known: Known) -> str | None:
    """Return what an entry is about, by its code or its full name: acronyms are too short."""
    name = row["entity_long"].strip()
    by_code = known.by_code(REGISTRY, row["entity"])
    return by_code or known.by_name(name, ("entities", "mechanisms"))


def _omitted(file: str, place: str, row: Mapping[str, str]) -> Omitted:
    names = (row["entity"].strip(), row["entity_long"].strip())
    return Omitted(file, place, ", ".join(filter(None, names)), "is no body of the tables")


def _add(drafts: Drafts, entity: str, row: Mapping[str, str], links: Sequence[str]) -> None:
    name, sub = row["entity"].strip(), row["subcategory"].strip()
    for organ in _organs(row["un_principal_organ"]):
        drafts.add(
            "chart_entries",
            entity=entity,
            name_as_written=name,
            principal_organ=organ,
            category=row["category"].strip(),
            subcategory="" if sub in _LAYOUT else sub,
            founding_mandate="; ".join(_mandates(row["foundational_mandate"])),
            homepage=read_address(row["entity_link"]),
            links=SEPARATOR.join(links),
            basis="stated",
            source=SOURCE,
            locator=f"entity {name}",
            confidence="high",
        )


def _organs(cell: str) -> list[str]:
    """Return the principal organs of an entry; two stand in a bracketed list.

    >>> _organs("['General Assembly', 'Security Council']")
    ['General Assembly', 'Security Council']
    """
    return _LISTED.findall(cell) if cell.strip().startswith("[") else [cell.strip()]


def _mandates(cell: str) -> list[str]:
    """Return the resolutions that a text on the founding mandate names, by symbol if it links them.

    >>> _mandates("by [its resolution 2476](https://undocs.org/en/S/RES/2476(2019)) of June")
    ['S/RES/2476(2019)']
    >>> _mandates("established by GA resolution 173 (II)")
    ['GA resolution 173 (II)']
    """
    text = " ".join(_LINK.sub(" ", cell).split())
    return list(dict.fromkeys(_SYMBOL.findall(cell) or _RESOLUTION.findall(text)))


def _links(row: Mapping[str, str], domains: set[str]) -> tuple[list[str], list[str]]:
    """Return the public links of an entry, and the columns whose text is no address."""
    kept = {*_LINK.findall(row["foundational_mandate"]), *(row[column] for column in LINKS)}
    doubtful = [column for column in ("entity_link", *LINKS) if _is_doubtful(row[column])]
    found = filter(None, map(read_address, kept))
    return sorted({link for link in found if _is_public(link, domains)}), doubtful


def _is_doubtful(cell: str) -> bool:
    """Tell whether a cell holds neither an address nor the word that there is none.

    >>> _is_doubtful("www.unep.org"), _is_doubtful("No link found"), _is_doubtful("")
    (True, False, False)
    """
    return bool(cell.strip()) and not read_address(cell) and not _ABSENT.fullmatch(cell.strip())


def _is_public(link: str, domains: set[str]) -> bool:
    return domain_of(link) in domains and not _INTERNAL.search(link)
