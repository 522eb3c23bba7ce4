"""The things that can be named, read for completion: at once, in silence, building nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from emg_graph.errors import EmgGraphError
from emg_graph.namespaces import BASE
from emg_graph.resources import folder
from emg_graph.store import MEMORY, Store, current_build

TABLES: Mapping[str, str] = {
    "agreements": "agreement",
    "entities": "entity",
    "mechanisms": "mechanism",
    "workstreams": "workstream",
    "products": "product",
    "concepts": "",
    "meetings": "meeting",
    "questions": "question",
    "action_points": "action-point",
    "targets": "target",
    "countries": "country",
    "mandates": "mandate",
    "programmes": "programme",
    "projects": "project",
    "actions": "action",
    "sources": "source",
}
"""The kind of thing in each table, those first that are asked for most; concepts say their own."""

_NAMES = ("name", "label", "title", "symbol")


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that can be named."""

    id: str
    kind: str
    name: str


def known_things(
    store: str | None, data: Path | None, overlay: Sequence[Path] = (), kinds: Sequence[str] = ()
) -> tuple[Known, ...]:
    """Return the things of some kinds, or of any, in the order of kinds and then by id.

    They are those of the given tables, else of the graph that is built, else of the shipped
    tables. What cannot be read counts as empty.
    """
    found: tuple[Known, ...] = ()
    if data is None and not overlay:
        with suppress(EmgGraphError):
            found = _of_graph(store)
    if not found:
        found = _of_tables([data or folder("data"), *overlay])
    order = list(TABLES.values())
    last = order.index("")
    return tuple(
        sorted(
            (one for one in found if not kinds or one.kind in kinds),
            key=lambda one: (order.index(one.kind) if one.kind in order else last, one.id),
        )
    )


def _of_graph(store: str | None) -> tuple[Known, ...]:
    from emg_graph.build import store_folder  # noqa: PLC0415

    if store == MEMORY or (build := current_build(store_folder(store))) is None:
        return ()
    found = Store.open(build / "db").select(_THINGS).rows
    return tuple(Known(str(id_), _kind(str(iri)), str(name)) for iri, id_, name in found)


def _kind(iri: str) -> str:
    """Return the kind of a thing; only targets have IRIs that others have given them."""
    return iri.split("/")[-2] if iri.startswith(BASE) else "target"


def _of_tables(places: Sequence[Path]) -> tuple[Known, ...]:
    """Return the things of a folder of tables with those laid over it."""
    found: dict[str, Known] = {}
    for place in places:
        for one, retired in _rows(place):
            if retired:
                found.pop(one.id, None)
            else:
                below = found.get(one.id, one)
                found[one.id] = Known(one.id, one.kind or below.kind, one.name or below.name)
    return tuple(found.values())


def _rows(place: Path) -> Iterator[tuple[Known, bool]]:
    """Yield each thing of a folder's tables, and whether its row takes it away."""
    for table, kind in TABLES.items():
        with suppress(OSError, UnicodeDecodeError, csv.Error):
            text = (place / f"{table}.csv").read_text(encoding="utf-8-sig")
            for row in csv.DictReader(text.splitlines()):
                name = next((row[column] for column in _NAMES if row.get(column)), "")
                if id_ := row.get("id"):
                    yield (
                        Known(id_, kind or row.get("scheme") or "", name),
                        row.get("retired") == "yes",
                    )


_THINGS = """
SELECT ?thing ?id ?name
WHERE {
  ?thing dcterms:identifier ?id .
  { ?thing skos:prefLabel ?name . }
  UNION
  {
    ?thing a emg:Source .
    ?thing dcterms:title ?name .
  }
  UNION
  {
    ?thing a emg:Mandate .
    ?thing emg:symbol ?symbol .
    OPTIONAL { ?thing dcterms:title ?title . }
    BIND(COALESCE(?title, ?symbol) AS ?name)
  }
}
"""
