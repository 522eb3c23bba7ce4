"""Asking a graph: queries, names, profiles, and what the measures read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from emg_graph import catalogue
from emg_graph.answers import Listing, Table, Value
from emg_graph.answers import Profile as Profile
from emg_graph.manifest import Manifest
from emg_graph.store import Store

if TYPE_CHECKING:
    from emg_graph.analysis.evidence import Evidence
    from emg_graph.analysis.network import Network
    from emg_graph.directory import Directory
    from emg_graph.names import Label, Names


class Asking:
    """An open graph that can be asked."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
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

        >>> from emg_graph import open_graph
        >>> graph = open_graph()
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
        return self.directory.iri(name, kinds)

    def show(self, thing: str) -> Profile:
        """Return everything known of a thing, grouped, each statement with its source.

        Raises:
            UnknownNameError: nothing is called so.
        """
        entry = self.directory.entry(thing)
        groups = []
        for query in catalogue.queries():
            if query.group == "profile":
                table = self.store.select(query.bind({"thing": entry.iri}, _as_given))
                if table.rows:
                    groups.append((query.title, table))
        return Profile(entry.identifier, entry.kind, entry.name, tuple(groups))

    def find(self, text: str, kinds: Sequence[str] = ()) -> Listing[Label]:
        """Return the things with a name, acronym or alias that holds the text, best first."""
        from emg_graph.names import Label  # noqa: PLC0415

        return Listing(self.names.find(text, kinds), Label)

    @property
    def names(self) -> Names:
        """Every name in the graph."""
        return self.directory.names

    @cached_property
    def directory(self) -> Directory:
        """What the things are called, and their IRIs."""
        from emg_graph.directory import Directory  # noqa: PLC0415

        return Directory(self.store)

    @cached_property
    def evidence(self) -> Evidence:
        """What the rankings weigh."""
        from emg_graph.analysis.reading import read_evidence  # noqa: PLC0415

        return read_evidence(self.store)

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Value]]:
        """Title, publisher, class, dates and address of every source, by id."""
        return {str(row["source"]): row for row in self.query("evidence-sources").records()}

    @cached_property
    def links(self) -> Network:
        """Every thing and link on record."""
        from emg_graph.analysis.network import read_network  # noqa: PLC0415

        return read_network(self.store, self.directory.called)


def _as_given(value: str, _: tuple[str, ...]) -> str:
    return value
