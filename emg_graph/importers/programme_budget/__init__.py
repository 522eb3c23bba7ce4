"""Proposed programme budgets of the United Nations: legislative mandates and partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from emg_graph.importers.drafts import Drafts, Unread
from emg_graph.importers.known import Known
from emg_graph.importers.programme_budget.blocks import Paragraph
from emg_graph.importers.programme_budget.chapters import Chapter
from emg_graph.importers.programme_budget.cover import Cover
from emg_graph.importers.programme_budget.fascicle import Fascicle, open_fascicle
from emg_graph.importers.programme_budget.lists import Row
from emg_graph.importers.programme_budget.mandates import Listed, best_of, read_mandates
from emg_graph.importers.programme_budget.partners import Named, Partners
from emg_graph.importers.programme_budget.programmes import Programme, read_programmes
from emg_graph.records import Entity

__all__ = ["read"]


def read(files: Sequence[Path], known: Known) -> Drafts:
    """Read fascicles of a proposed programme budget.

    Raises:
        DocumentError: a file is no fascicle.
    """
    fascicles = sorted(
        (open_fascicle(path, known) for path in files),
        key=lambda one: (one.cover.identifier, one.path),
    )
    drafts = Drafts()
    partners = Partners(known)
    programmes: dict[str, tuple[Programme, Cover]] = {}
    documents: dict[str, list[tuple[Row, Listed, Cover]]] = {}
    for fascicle in fascicles:
        _add_source(fascicle.cover, known, drafts)
        for programme in _programmes(fascicle):
            programmes.setdefault(programme.id, (programme, fascicle.cover))
        lost, before = _add_lost(fascicle, drafts), len(drafts.unread)
        for row, listed in _add_citations(fascicle, drafts):
            documents.setdefault(listed.id, []).append((row, listed, fascicle.cover))
        silent = _add_partners(fascicle, partners, known, drafts)
        unread = lost + len(drafts.unread) - before
        rows = len(fascicle.rows) + len(fascicle.strays)
        drafts.count(fascicle.path.name, rows, unread, _besides(rows, silent))
    _add_programmes(programmes, drafts)
    _add_mandates(documents, drafts)
    return drafts


def _besides(rows: int, silent: Sequence[str]) -> str:
    """Say what a fascicle has no row for on purpose, and where.

    >>> _besides(7, ["para. 14.3", "para. 14.4"])
    '2 paragraphs on cooperation name nobody known (para. 14.3, para. 14.4)'
    """
    found = [] if rows else ["no legislative mandates found"]
    if silent:
        said = (
            "paragraph on cooperation names"
            if len(silent) == 1
            else "paragraphs on cooperation name"
        )
        found.append(f"{len(silent)} {said} nobody known ({', '.join(silent)})")
    return "; ".join(found)


def _add_source(cover: Cover, known: Known, drafts: Drafts) -> None:
    """Add the fascicle as a source, unless it is one already."""
    if known.has("sources", cover.identifier):
        return
    drafts.add(
        "sources",
        id=cover.identifier,
        title=cover.whole_title,
        publisher="United Nations",
        symbol=cover.symbol,
        evidence_class="A",
        issued_on=str(int(cover.year) - 1),
        url=cover.address,
    )


def _programmes(fascicle: Fascicle) -> Iterator[Programme]:
    yield from (row.programme for row in fascicle.rows if row.programme)
    yield from read_programmes(fascicle.cover, fascicle.blocks, fascicle.chapters)


def _add_lost(fascicle: Fascicle, drafts: Drafts) -> int:
    """Tell each chapter whose entity is not known, and return how many rows are lost by it."""
    rows = Counter(row.chapter.code for row in fascicle.rows if not row.chapter.entity)
    paragraphs = Counter(
        chapter.code for _, chapter in fascicle.on_cooperation() if not chapter.entity
    )
    for code in dict.fromkeys([*rows, *paragraphs]):
        drafts.unread.append(
            Unread(fascicle.path.name, "chapter", code, _no_entity(rows[code], paragraphs[code]))
        )
    return rows.total()


def _no_entity(rows: int, paragraphs: int) -> str:
    """Say what is lost by a chapter whose entity is not known.

    >>> _no_entity(127, 1).split(", ")[1]
    'so 127 rows of its lists and 1 paragraph on cooperation are not read; add the code'
    """
    counts = ((rows, "{:,} row{} of its lists"), (paragraphs, "{:,} paragraph{} on cooperation"))
    lost = [form.format(count, "" if count == 1 else "s") for count, form in counts if count]
    verb = "is" if rows + paragraphs == 1 else "are"
    return (
        "has no entity in the codes of programme-budget in codes.csv, so"
        f" {' and '.join(lost)} {verb} not read; add the code"
    )


def _add_citations(fascicle: Fascicle, drafts: Drafts) -> Iterator[tuple[Row, Listed]]:
    """Add a citation for each document of each row of a known entity, and yield the documents."""
    for row in fascicle.strays:
        drafts.unread.append(
            Unread(fascicle.path.name, row.place, row.symbols, "is neither a heading nor a row")
        )
    for row in fascicle.rows:
        if not row.chapter.entity:
            continue
        listed = read_mandates(row)
        if not listed:
            drafts.unread.append(_unread(fascicle, row))
        for document in listed:
            _add_citation(row, document, fascicle.cover, drafts)
            yield row, document


def _unread(fascicle: Fascicle, row: Row) -> Unread:
    reason = "is no symbol of a document" if row.heading else "stands under no heading"
    return Unread(fascicle.path.name, row.place, row.symbols or row.title, reason)


def _add_citation(row: Row, document: Listed, cover: Cover, drafts: Drafts) -> None:
    drafts.add(
        "citations",
        entity=row.chapter.entity,
        mandate=document.id,
        programme=row.programme.id if row.programme else None,
        provision=document.provision,
        name_as_written=row.symbols,
        basis="stated",
        source=cover.identifier,
        locator=row.place,
        confidence=row.chapter.confidence,
    )


def _add_partners(
    fascicle: Fascicle, partners: Partners, known: Known, drafts: Drafts
) -> list[str]:
    """Add those whom the paragraphs on cooperation name, and return where nobody is named."""
    rows = known.tables.rows["entities"]
    parents = {row.id: row.parent_entity for row in rows if isinstance(row, Entity)}
    silent: list[str] = []
    for block, chapter in fascicle.on_cooperation():
        if not chapter.entity:
            continue
        own = {chapter.entity, chapter.owner, parents.get(chapter.entity)}
        named = [one for one in partners.find(block.text) if one.id not in own]
        if not named:
            silent.append(_place(block, chapter))
        for one in named:
            _add_partner(one, block, chapter, fascicle.cover, drafts)
    return silent


def _add_partner(
    named: Named, block: Paragraph, chapter: Chapter, cover: Cover, drafts: Drafts
) -> None:
    drafts.add(
        "cooperations",
        entity=chapter.entity,
        partner=named.id,
        kind="names-as-partner",
        name_as_written=named.written,
        basis="stated",
        source=cover.identifier,
        locator=_place(block, chapter),
        confidence=min(named.confidence, chapter.confidence, key=_RANK.index),
    )


_RANK = ("low", "medium", "high")


def _place(block: Paragraph, chapter: Chapter) -> str:
    if block.number:
        return f"para. {block.number}"
    return f"{chapter.code}, paragraph on cooperation with other entities"


def _add_programmes(programmes: dict[str, tuple[Programme, Cover]], drafts: Drafts) -> None:
    for identifier, (programme, cover) in sorted(programmes.items()):
        drafts.add(
            "programmes",
            id=identifier,
            name=programme.name,
            number=programme.number,
            entity=programme.entity,
            budget_on=cover.year,
            source=cover.identifier,
            locator=programme.place(),
        )


def _add_mandates(documents: dict[str, list[tuple[Row, Listed, Cover]]], drafts: Drafts) -> None:
    """Add each document once, as the first source that gives its title describes it."""
    for identifier, found in sorted(documents.items()):
        row, document, address = best_of((row, listed) for row, listed, _ in found)
        cover = next(cover for other, _, cover in found if other is row)
        drafts.add(
            "mandates",
            id=identifier,
            symbol=document.symbol,
            title=document.title,
            body=document.body,
            session_on=document.session_on,
            homepage=address,
            source=cover.identifier,
            locator=row.place,
        )
