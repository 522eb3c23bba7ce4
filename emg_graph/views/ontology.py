"""The ontology as a table, as a document, and as a page to read without a network."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from emg_graph.answers import Table, Value
from emg_graph.ontology import CLASS, KINDS, Concept, Ontology, Scheme, Term
from emg_graph.views import dictionary, rows
from emg_graph.views.filling import filled

DOCUMENTS = ("md", "html")
_TITLES = dict(zip(KINDS, ("Classes", "Object properties", "Datatype properties"), strict=True))
_COLUMNS = (
    "name", "kind", "label", "definition", "used_on", "holds", "columns", "relations", "uses",
)  # fmt: skip

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A term or concept, as tables and documents show it."""

    name: str
    anchor: str
    kind: str
    label: str
    definition: str
    iri: str
    uses: int
    counted: str
    """The uses in words."""
    used_on: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    relations: Pairs = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document."""

    title: str
    anchor: str
    lead: str
    entries: tuple[Entry, ...]


def render(ontology: Ontology, form: str, width: int = 100, *, overview: bool = False) -> str:
    """Return an ontology for the terminal (``table``), as a document or as rows.

    Args:
        ontology: the whole of it or a part.
        form: ``md``, ``html`` or a form of ``rows``.
        width: of the terminal, for ``table``.
        overview: for the terminal, leave details away and name schemes without their concepts.

    Raises:
        OutputError: there is no such format.
    """
    if form in DOCUMENTS:
        return _document(ontology, f"ontology.{form}.j2")
    if form != "table":
        return rows.render(to_table(ontology), form)
    if overview:
        return rows.render(to_overview(ontology), form, width)
    return to_text(ontology, width)


def to_html(ontology: Ontology) -> str:
    """Return one page without scripts that asks for nothing from elsewhere."""
    return render(ontology, "html")


def to_overview(ontology: Ontology) -> Table:
    """Return one short row for each term and each scheme."""
    found: list[tuple[Value, ...]] = [
        (term.name, term.kind, term.definition, term.uses) for term in ontology.terms
    ]
    for scheme in ontology.schemes:
        text = f"{_counted(len(scheme.concepts), 'concept')}; --scheme {scheme.name} lists them."
        found.append((scheme.name, "concept scheme", text, scheme.uses))
    return Table(("name", "kind", "definition", "uses"), tuple(found))


def to_text(ontology: Ontology, width: int = 100) -> str:
    """Return each term in full, and the concepts of each scheme, to read in a terminal."""
    parts = [_block(_term(term), width) for term in ontology.terms]
    for scheme in ontology.schemes:
        found = ((one.id, one.label, one.definition, one.uses) for one in scheme.concepts)
        table = Table(("id", "label", "definition", "uses"), tuple(found))
        parts.append(f"{scheme.title.upper()}\n{rows.render(table, 'table', width)}")
    return "\n".join(parts)


def to_table(ontology: Ontology) -> Table:
    """Return one row for each term and each concept, lists joined by ``|``."""
    found = (
        (
            entry.name, entry.kind, entry.label, entry.definition, "|".join(entry.used_on),
            "|".join(entry.holds), "|".join(entry.columns),
            "|".join(" ".join(pair) for pair in entry.relations), entry.uses,
        )
        for section in sections(ontology)
        for entry in section.entries
    )  # fmt: skip
    return Table(_COLUMNS, tuple(found))


def sections(ontology: Ontology) -> Iterator[Section]:
    """Yield each kind of term of which there are any, then each scheme."""
    for kind, title in _TITLES.items():
        if terms := [term for term in ontology.terms if term.kind == kind]:
            anchor = title.lower().replace(" ", "-")
            yield Section(title, anchor, "", tuple(_term(term) for term in terms))
    for scheme in ontology.schemes:
        yield Section(
            f"Concept scheme: {scheme.title}",
            f"scheme-{scheme.name}",
            f"What may stand in {', '.join(scheme.columns)}.",
            tuple(_concept(concept, scheme) for concept in scheme.concepts),
        )


def _term(term: Term) -> Entry:
    columns = ["computed"] if term.computed else []
    columns += [f"{table}.csv" for table in term.tables]
    for origin in term.origins:
        mark = " (derived)" if origin.derived else ""
        columns.append(f"{origin.table}.{origin.column.name}{mark}")
    return Entry(
        name=term.name,
        anchor=term.local,
        kind=term.kind,
        label=term.label,
        definition=term.definition,
        iri=term.iri,
        uses=term.uses,
        counted=_counted(term.uses, "thing" if term.kind == CLASS else "statement"),
        used_on=term.subjects,
        holds=tuple(dict.fromkeys(dictionary.holds(origin.column) for origin in term.origins)),
        columns=tuple(columns),
        relations=term.relations,
    )


def _concept(concept: Concept, scheme: Scheme) -> Entry:
    broader = (("skos:broader", concept.broader),) if concept.broader else ()
    return Entry(
        name=concept.id,
        anchor=f"concept-{concept.id}",
        kind=f"concept of {scheme.name}",
        label=concept.label,
        definition=concept.definition,
        iri=concept.iri,
        uses=concept.uses,
        counted=_counted(concept.uses, "statement"),
        relations=(*broader, *concept.matches),
        also=concept.also,
    )


def _block(entry: Entry, width: int) -> str:
    """Return one term as lines of a title and what stands under it."""
    facts = {
        "meaning": entry.definition,
        "used on": ", ".join(entry.used_on),
        "holds": "; ".join(entry.holds),
        "from": ", ".join(entry.columns),
        "relations": "; ".join(" ".join(pair) for pair in entry.relations),
        "uses": entry.counted,
    }
    lines = [
        textwrap.fill(
            words, width, initial_indent=f"  {title:11}", subsequent_indent=" " * 13,
            break_long_words=False, break_on_hyphens=False,
        )
        for title, words in facts.items()
        if words
    ]  # fmt: skip
    head = f"{entry.name} ({entry.kind}): {entry.label}"
    return "".join(f"{line}\n" for line in [head, *lines])


def _counted(count: int, noun: str) -> str:
    """Say how many.

    >>> _counted(1, "thing"), _counted(1379, "thing")
    ('1 thing', '1,379 things')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _document(ontology: Ontology, template: str) -> str:
    parts = tuple(sections(ontology))
    anchors = {entry.name: entry.anchor for part in parts for entry in part.entries}
    filters = {"md": rows.markdown_text}
    return filled(template, filters, ontology=ontology, sections=parts, anchors=anchors)
