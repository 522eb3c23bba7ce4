"""The Python API: open the graph, ask and measure it, and write what it answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from emg_graph import build
from emg_graph.answers import Listing
from emg_graph.errors import OutputError
from emg_graph.measuring import Measuring

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from emg_graph.analysis.comparison import Comparison
    from emg_graph.analysis.network import Network
    from emg_graph.checks import Finding
    from emg_graph.ontology import Ontology
    from emg_graph.views.brief import Brief
    from emg_graph.views.network import NetworkPage
    from emg_graph.views.package import Package

STORE_VARIABLE = "EMG_GRAPH_STORE"


class Graph(Measuring):
    """An open graph of entities, agreements and the evidence that links them."""

    def __repr__(self) -> str:
        from emg_graph.views.card import to_line  # noqa: PLC0415

        return to_line(self.store, self.data_version, self.data_hash)

    def _repr_html_(self) -> str:
        from emg_graph.views.card import to_card  # noqa: PLC0415

        return to_card(self.store, self.data_version, self.data_hash)

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


def compare(
    old: str | Path,
    new: str | Path,
    *,
    kinds: Sequence[str] = (),
    about: str | None = None,
    editorial: bool = False,
    overlay: str | Path | Sequence[str | Path] = (),
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Return what changed between two snapshots of the data; neither is built or changed.

    Args:
        old: a folder of tables or of a built graph, or ``shipped`` for the shipped tables.
        new: the same.
        kinds: only rows of these tables, by name.
        about: only this thing, by id or name, and the rows that refer to it.
        editorial: tell also of rows of which only a note, a confidence or a date of reading
            differs.
        overlay: a folder of tables laid over the new ones, or several, a later over an earlier.
        progress: called with one line before what takes long.

    Raises:
        DataError: the tables of one have problems.
        StoreError: one is neither tables nor a built graph.
        UnknownNameError: there is no such table, or neither snapshot has such a thing.
    """
    from emg_graph.analysis import comparison  # noqa: PLC0415

    overlays = (overlay,) if isinstance(overlay, (str, Path)) else overlay
    laid = tuple(Path(one) for one in overlays)
    before, after = comparison.read_snapshots(old, new, laid, progress)
    same = not laid and comparison.same_place(old, new)
    return comparison.compare_snapshots(
        before, after, kinds=kinds, about=about, editorial=editorial, same=same
    )
