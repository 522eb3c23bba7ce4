"""The Python API: open the graph, ask it, and write what it answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph import build, catalogue
from emg_graph.answers import Listing, Table, Value
from emg_graph.answers import Profile as Profile
from emg_graph.errors import OutputError
from emg_graph.manifest import Manifest
from emg_graph.store import Store

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from emg_graph.analysis.candidates import Collaborators
    from emg_graph.analysis.country import Country
    from emg_graph.analysis.evidence import Evidence
    from emg_graph.analysis.network import Network
    from emg_graph.checks import Finding
    from emg_graph.directory import Directory
    from emg_graph.names import Label, Names
    from emg_graph.ontology import Ontology
    from emg_graph.views.brief import Brief
    from emg_graph.views.network import NetworkPage
    from emg_graph.views.package import Package

STORE_VARIABLE = "EMG_GRAPH_STORE"


class Graph:
    """An open graph of entities, agreements and the evidence that links them."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self.store = store
        self.data_version = manifest.data_version
        self.data_hash = manifest.data_hash

    def __len__(self) -> int:
        """Return the number of statements (quads)."""
        return len(self.store)

    def __repr__(self) -> str:
        from emg_graph.views.card import to_line  # noqa: PLC0415

        return to_line(self.store, self.data_version, self.data_hash)

    def _repr_html_(self) -> str:
        from emg_graph.views.card import to_card  # noqa: PLC0415

        return to_card(self.store, self.data_version, self.data_hash)

    def query(self, name: str, **params: str | Sequence[str]) -> Table:
        """Run a shipped query by its name or its question's number.

        Raises:
            QueryError: no such query, or a parameter is unknown or missing.
            UnknownNameError: a parameter names nothing in the graph.

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

    def collaborators(
        self,
        agreement: str,
        *,
        functions: Sequence[str] = (),
        themes: Sequence[str] = (),
        kinds: Sequence[str] = (),
        exclude_sources: Sequence[str] = (),
        country: str | None = None,
    ) -> Collaborators:
        """Return who serves an agreement, and who else could and why.

        Args:
            agreement: id or name of the agreement.
            functions: keep only candidates whose evidence touches one of these functions.
            themes: look at these themes instead of the agreement's own.
            kinds: keep only candidates of these kinds of entity.
            exclude_sources: leave out every claim from these sources.
            country: say also who is on record there; a name, an id or an ISO code.

        Raises:
            UnknownNameError: one of the arguments names nothing in the graph.
        """
        from emg_graph.analysis.candidates import find_collaborators  # noqa: PLC0415
        from emg_graph.analysis.reading import read_evidence_on  # noqa: PLC0415

        subject = self.directory.id(agreement, "agreement")
        narrowed = [self.directory.id(name, "theme") for name in themes]
        return find_collaborators(
            read_evidence_on(self.store, self.evidence, subject, narrowed),
            subject,
            functions=[self.directory.id(name, "function") for name in functions],
            themes=narrowed,
            kinds=[self.directory.id(name, "entity-kind") for name in kinds],
            exclude_sources=[self.directory.id(name, "source") for name in exclude_sources],
            country=None if country is None else self._country(country, subject),
        )

    def _country(self, name: str, agreement: str) -> Country:
        from emg_graph.analysis.reading.country import read_country  # noqa: PLC0415

        return read_country(self.store, self.directory.id(name, "country"), agreement)

    def brief(self, agreement: str) -> Brief:
        """Return the collaboration brief of an agreement; render it with its ``to_`` methods.

        Raises:
            UnknownNameError: no agreement is called so.
        """
        from emg_graph.views.brief import make_brief  # noqa: PLC0415

        return make_brief(self, self.directory.id(agreement, "agreement"))

    def package(self, agreement: str, country: str) -> Package:
        """Return the package of an agreement for a country; render it with its ``to_`` methods.

        Args:
            agreement: id or name of the agreement.
            country: ISO code of two or three letters, id or name of the country.

        Raises:
            UnknownNameError: no agreement or no country is called so.
        """
        from emg_graph.views.package import make_package  # noqa: PLC0415

        return make_package(
            self, self.directory.id(agreement, "agreement"), self.directory.id(country, "country")
        )

    def check(self) -> Listing[Finding]:
        """Return what the violation queries and the SHACL shapes find wrong."""
        from emg_graph import checks  # noqa: PLC0415

        found = {*checks.violations(self.store), *checks.shape_findings(self.store)}
        return Listing(sorted(found), checks.Finding)

    def network(
        self,
        view: str = "all",
        *,
        agreement: str | None = None,
        entity: str | None = None,
        theme: str | None = None,
    ) -> NetworkPage:
        """Return the network as a page to explore; write what its ``to_html`` gives.

        Args:
            view: ``all``, ``entities``, ``agreements`` or ``gaps``.
            agreement: only what touches this agreement, and who else has related work on record.
            entity: only what touches this entity or mechanism.
            theme: only what has this theme or a narrower one, and who serves it.

        Raises:
            OutputError: there is no such view, or more than one thing is asked for.
            UnknownNameError: a name stands for nothing in the graph.
        """
        from emg_graph.views import network  # noqa: PLC0415

        return network.page_of(self, self._network(view, agreement, entity, theme))

    def to_networkx(
        self,
        view: str = "all",
        *,
        agreement: str | None = None,
        entity: str | None = None,
        theme: str | None = None,
    ) -> nx.MultiGraph:
        """Return a view, or what touches one thing, as a ``networkx.MultiGraph``.

        What each attribute is stands in ``emg_graph.views.network.attributes``; the arguments are
        those of ``network``.

        Raises:
            OutputError: there is no such view, or more than one thing is asked for.
            UnknownNameError: a name stands for nothing in the graph.

        >>> graph = open_graph().to_networkx("entities")
        >>> graph["iom"]["ohchr"]["shared-bodies"]["shared"]
        ['un-water', 'unsdg']
        """
        from emg_graph.views import network  # noqa: PLC0415

        return network.to_networkx(self._network(view, agreement, entity, theme))

    def _network(
        self, view: str, agreement: str | None, entity: str | None, theme: str | None
    ) -> Network:
        """Return the one network that is asked for."""
        from emg_graph.views import network  # noqa: PLC0415

        asked = {"agreement": agreement, "entity": entity, "theme": theme}
        given = [(kind, name) for kind, name in asked.items() if name is not None]
        if len(given) + (view != "all") > 1:
            raise OutputError("give one of a view, an agreement, an entity or a theme")
        if not given:
            return network.view_of(self, view)
        kinds = ("entity", "mechanism") if entity is not None else (given[0][0],)
        return network.near(self, self.names.require(given[0][1], kinds).identifier)

    def ontology(self, term: str | None = None, *, schemes: Sequence[str] = ()) -> Ontology:
        """Return the terms and concept schemes, or only a term and some schemes, with their uses.

        Raises:
            UnknownNameError: there is no such term or scheme; holds suggestions.

        >>> open_graph().ontology("serves").terms[0].subjects
        ('emg:Entity', 'emg:Mechanism')
        """
        from emg_graph.ontology import read_ontology  # noqa: PLC0415

        found = read_ontology(self.store, self.data_version)
        return found.part(term, schemes) if term is not None or schemes else found

    def export(
        self,
        path: str | Path,
        view: str | None = None,
        *,
        agreement: str | None = None,
        entity: str | None = None,
        theme: str | None = None,
    ) -> Path:
        """Write the graph for other tools; the suffix of the path says in which form.

        RDF as ``.nq``, ``.trig``, ``.jsonld`` or (graphs merged) ``.ttl``; the network, with the
        arguments of ``network``, as ``.graphml``, ``.gexf`` or node-link ``.json``; without a
        suffix a folder with one CSV for each kind of thing and claim.

        Raises:
            OutputError: the suffix or the view is unknown, more than one thing is asked for, or
                the place cannot be written.
            UnknownNameError: a name stands for nothing in the graph.
        """
        from emg_graph.views.export import write_export  # noqa: PLC0415

        chosen = any(part is not None for part in (view, agreement, entity, theme))
        return write_export(
            self.store,
            Path(path),
            lambda: self._network(view or "all", agreement, entity, theme),
            chosen=chosen,
        )

    def rdflib(self) -> Dataset:
        """Return the graph as an ``rdflib.Dataset`` over the same open store, to be read only.

        >>> from rdflib import DCTERMS, Literal
        >>> dataset = open_graph().rdflib()
        >>> str(dataset.value(predicate=DCTERMS.identifier, object=Literal("minamata")))
        'https://w3id.org/emg-graph/agreement/minamata'
        """
        from emg_graph.dataset import to_dataset  # noqa: PLC0415

        return to_dataset(self.store)

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


def open_graph(
    store: str | Path | None = None,
    data: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
    *,
    overlay: str | Path | Sequence[str | Path] = (),
) -> Graph:
    """Open the graph, building it first if it is missing or older than its data.

    Args:
        store: a folder to keep the graph in, or ``memory:``; by default the environment
            variable ``EMG_GRAPH_STORE``, or a folder in the user's data directory.
        data: a folder of the same tables as the shipped ``data/``; by default the shipped one.
        progress: called with one line for each step of a build.
        overlay: a folder of tables laid over those, or several, a later one over an earlier:
            their rows add to those below, correct them or retire them.

    Raises:
        DataError: the tables have problems; the previous graph is left as it was.
        StoreError: the store cannot be read or written.
    """
    place = store or os.environ.get(STORE_VARIABLE) or None
    folder = Path(data) if data is not None else None
    overlays = (overlay,) if isinstance(overlay, (str, Path)) else overlay
    laid = tuple(Path(one) for one in overlays)
    return Graph(*build.open_store(place, folder, progress, overlay=laid))


def _as_given(value: str, _: tuple[str, ...]) -> str:
    return value
