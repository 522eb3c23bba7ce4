"""The Python API: open the graph, ask it, and write what it answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph import build, catalogue
from emg_graph.namespaces import thing_iri
from emg_graph.store import Store, Table

if TYPE_CHECKING:
    from emg_graph.analysis.candidates import Collaborators
    from emg_graph.analysis.evidence import Evidence
    from emg_graph.checks import Finding
    from emg_graph.names import Label, Names
    from emg_graph.views.brief import Brief

STORE_VARIABLE = "EMG_GRAPH_STORE"


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything known of one thing: its name, and one table for each kind of statement."""

    id: str
    kind: str
    name: str
    groups: tuple[tuple[str, Table], ...]


class Graph:
    """An open graph of entities, agreements and the evidence that links them."""

    def __init__(self, store: Store, manifest: build.Manifest) -> None:
        self.store = store
        self.data_version = manifest.data_version
        self.data_hash = manifest.data_hash

    def __len__(self) -> int:
        """Return the number of statements (quads)."""
        return len(self.store)

    def query(self, name: str, **params: str | Sequence[str]) -> Table:
        """Run a shipped query by its name or its question's number.

        Raises:
            QueryError: no such query, or a parameter is unknown or missing.
            UnknownNameError: a parameter names nothing in the graph.

        >>> graph = open_graph("memory:")
        >>> graph.query("CQ01", agreement="minamata").columns[:3]
        ('agreement', 'entity', 'name')
        """
        query = catalogue.require_query(name)
        return self.store.select(query.bind(params, self.resolve))

    def sparql(self, text: str) -> Table | bool:
        """Run SPARQL 1.1 over the union of all graphs.

        Raises:
            QueryError: the text is not valid SPARQL.
        """
        return self.store.query(text)

    def resolve(self, name: str, kinds: Sequence[str] = ("any",)) -> str:
        """Return the IRI of the thing that an id, name, acronym or alias stands for.

        Raises:
            UnknownNameError: nothing of these kinds is called so; holds suggestions.
        """
        wanted = () if "any" in kinds else tuple(kinds)
        for kind in wanted:
            if name.replace("-", "").isalnum() and name.isascii() and name.islower():
                iri = thing_iri(kind, name)
                if self.store.query(f"ASK {{ <{iri}> ?p ?o }}"):
                    return iri
        label = self.names.require(name, wanted)
        return self._iris[label.identifier]

    def show(self, thing: str) -> Profile:
        """Return everything known of a thing, grouped, each statement with its source.

        Raises:
            UnknownNameError: nothing is called so.
        """
        label = self.names.require(thing)
        iri = self._iris[label.identifier]
        name = self.names.name_of(label.identifier)
        groups = []
        for query in catalogue.queries():
            if query.group == "profile":
                table = self.store.select(query.bind({"thing": iri}, _as_given))
                if table.rows:
                    groups.append((query.title, table))
        return Profile(label.identifier, label.kind, name, tuple(groups))

    def find(self, text: str, kinds: Sequence[str] = ()) -> tuple[Label, ...]:
        """Return the things with a name, acronym or alias that holds the text, best first."""
        return self.names.find(text, kinds)

    def collaborators(
        self,
        agreement: str,
        *,
        functions: Sequence[str] = (),
        themes: Sequence[str] = (),
        kinds: Sequence[str] = (),
        exclude_sources: Sequence[str] = (),
    ) -> Collaborators:
        """Return who serves an agreement, and who else could and why.

        Args:
            agreement: id or name of the agreement.
            functions: keep only candidates whose evidence touches one of these functions.
            themes: look at these themes instead of the agreement's own.
            kinds: keep only candidates of these kinds of entity.
            exclude_sources: leave out every claim from these sources.

        Raises:
            UnknownNameError: one of the arguments names nothing in the graph.
        """
        from emg_graph.analysis.candidates import find_collaborators  # noqa: PLC0415

        return find_collaborators(
            self.evidence,
            self._id(agreement, "agreement"),
            functions=[self._id(name, "function") for name in functions],
            themes=[self._id(name, "theme") for name in themes],
            kinds=[self._id(name, "entity-kind") for name in kinds],
            exclude_sources=[self._id(name, "source") for name in exclude_sources],
        )

    def brief(self, agreement: str) -> Brief:
        """Return the collaboration brief of an agreement; render it with its ``to_`` methods.

        Raises:
            UnknownNameError: no agreement is called so.
        """
        from emg_graph.views.brief import make_brief  # noqa: PLC0415

        return make_brief(self, self._id(agreement, "agreement"))

    def check(self) -> tuple[Finding, ...]:
        """Return what the violation queries and the SHACL shapes find wrong."""
        from emg_graph import checks  # noqa: PLC0415

        found = {*checks.violations(self.store), *checks.shape_findings(self.store)}
        return tuple(sorted(found))

    def export(self, path: str | Path) -> Path:
        """Write the graph as ``.nq``, ``.trig`` or ``.ttl``, or its tables into a folder.

        A folder is named without a suffix and gets one CSV for each kind of thing and claim.

        Raises:
            OutputError: the suffix is unknown or the place cannot be written.
        """
        from emg_graph.views.export import write_export  # noqa: PLC0415

        return write_export(self.store, Path(path))

    @cached_property
    def names(self) -> Names:
        """Every name in the graph."""
        from emg_graph.names import Label, Names  # noqa: PLC0415

        return Names(
            Label(str(row["text"]), str(row["identifier"]), str(row["kind"]), int(row["rank"] or 0))
            for row in self._labels.records()
        )

    @cached_property
    def evidence(self) -> Evidence:
        """What the rankings weigh."""
        from emg_graph.analysis.reading import read_evidence  # noqa: PLC0415

        return read_evidence(self.store)

    @cached_property
    def _labels(self) -> Table:
        return self.query("labels")

    @cached_property
    def _iris(self) -> dict[str, str]:
        return {str(row["identifier"]): str(row["iri"]) for row in self._labels.records()}

    def _id(self, name: str, kind: str) -> str:
        return self.names.require(name, (kind,)).identifier


def open_graph(
    store: str | Path | None = None,
    data: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Graph:
    """Open the graph, building it first if it is missing or older than its data.

    Args:
        store: a folder to keep the graph in, or ``memory:``; by default the environment
            variable ``EMG_GRAPH_STORE``, or a folder in the user's data directory.
        data: a folder of the same tables as the shipped ``data/``; by default the shipped one.
        progress: called with one line for each step of a build.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the store cannot be read or written.
    """
    place = store or os.environ.get(STORE_VARIABLE) or None
    folder = Path(data) if data is not None else None
    return Graph(*build.open_store(place, folder, progress))


def _as_given(value: str, _: tuple[str, ...]) -> str:
    return value
