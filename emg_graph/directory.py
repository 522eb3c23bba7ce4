"""What the things of a graph are called, and their IRIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from emg_graph import catalogue
from emg_graph.namespaces import BASE, thing_iri
from emg_graph.store import Store

if TYPE_CHECKING:
    from emg_graph.names import Names


_BY_ID = """
SELECT ?iri ?label ?title WHERE {
  ?iri dcterms:identifier "%s" .
  MINUS { ?iri a emg:Claim . }
  OPTIONAL { ?iri skos:prefLabel ?label . FILTER(LANG(?label) = "en") }
  OPTIONAL { ?iri dcterms:title ?title . }
}
"""


class Entry(NamedTuple):
    """A thing in the directory: what it is called best, and where it stands in the graph."""

    identifier: str
    kind: str
    name: str
    iri: str


class Directory:
    """Every name in a graph, read when it is first needed; an id is looked up without them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def iri(self, name: str, kinds: Sequence[str] = ("any",)) -> str:
        """Return the IRI of the thing that an id, name, acronym or alias stands for.

        Raises:
            UnknownNameError: nothing of these kinds is called so; holds suggestions.
        """
        wanted = () if "any" in kinds else tuple(kinds)
        for kind in wanted:
            if self._holds(kind, name.lower()):
                return thing_iri(kind, name.lower())
        return self.iris[self.names.require(name, wanted).identifier]

    def id(self, name: str, kind: str) -> str:
        """Return the id of the thing of a kind that a name stands for.

        Raises:
            UnknownNameError: nothing of this kind is called so; holds suggestions.
        """
        if self._holds(kind, name.lower()):
            return name.lower()
        return self.names.require(name, (kind,)).identifier

    def entry(self, name: str) -> Entry:
        """Return the thing of any kind that an id, name, acronym or alias stands for.

        Raises:
            UnknownNameError: nothing is called so; holds suggestions.
        """
        if found := self._entry(name):
            return found
        label = self.names.require(name)
        called = self.names.name_of(label.identifier)
        return Entry(label.identifier, label.kind, called, self.iris[label.identifier])

    def _entry(self, name: str) -> Entry | None:
        """Return the thing of an id, without reading every name."""
        rows = self._store.select(_BY_ID % name).records() if _is_id(name) else ()
        for row in rows:
            iri = str(row["iri"])
            kind = iri.removeprefix(BASE).split("/")[0] if iri.startswith(BASE) else "target"
            return Entry(name, kind, str(row["label"] or row["title"] or name), iri)
        return None

    def _holds(self, kind: str, name: str) -> bool:
        """Tell whether a name is the id of a thing of a kind."""
        return _is_id(name) and bool(
            self._store.query(f"ASK {{ <{thing_iri(kind, name)}> ?p ?o }}")
        )

    @cached_property
    def names(self) -> Names:
        """Every name with what it stands for."""
        from emg_graph.names import Label, Names  # noqa: PLC0415  (an id is resolved without)

        return Names(
            Label(str(row["text"]), str(row["identifier"]), str(row["kind"]), int(row["rank"]))
            for row in self._rows
        )

    @cached_property
    def iris(self) -> Mapping[str, str]:
        """The IRI of each thing, by its id."""
        return {row["identifier"]: row["iri"] for row in self._rows}

    @cached_property
    def called(self) -> Mapping[str, tuple[str, ...]]:
        """Everything that each thing is called, by its id."""
        found: dict[str, list[str]] = {}
        for row in self._rows:
            found.setdefault(row["identifier"], []).append(row["text"])
        return {thing: tuple(texts) for thing, texts in found.items()}

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, str]]:
        table = self._store.select(catalogue.require_query("labels").text)
        return [{name: str(value) for name, value in row.items()} for row in table.records()]


def _is_id(name: str) -> bool:
    return name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
