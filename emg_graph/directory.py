"""What the things of a graph are called, and their IRIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from emg_graph import catalogue
from emg_graph.namespaces import thing_iri
from emg_graph.store import Store

if TYPE_CHECKING:
    from emg_graph.names import Names


class Directory:
    """Every name in a graph, read when it is first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def iri(self, name: str, kinds: Sequence[str] = ("any",)) -> str:
        """Return the IRI of the thing that an id, name, acronym or alias stands for.

        Raises:
            UnknownNameError: nothing of these kinds is called so; holds suggestions.
        """
        wanted = () if "any" in kinds else tuple(kinds)
        for kind in wanted:
            if name.replace("-", "").isalnum() and name.isascii() and name.islower():
                iri = thing_iri(kind, name)
                if self._store.query(f"ASK {{ <{iri}> ?p ?o }}"):
                    return iri
        return self.iris[self.names.require(name, wanted).identifier]

    def id(self, name: str, kind: str) -> str:
        """Return the id of the thing of a kind that a name stands for.

        Raises:
            UnknownNameError: nothing of this kind is called so; holds suggestions.
        """
        return self.names.require(name, (kind,)).identifier

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
