"""The open graph as an ``rdflib.Dataset``: read by all that knows rdflib, written by nothing.

The bridge is oxrdflib, over the engine that is open already, so nothing is copied. What it leaves
to trip over is mended here: plain strings that differ from the same string made in rdflib, a
length that scans the whole store, graphs that can be written behind its back, and queries that
rdflib answers by its own slow evaluator without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar, cast

from oxrdflib import OxigraphStore
from pyoxigraph import Store as Oxigraph
from rdflib import XSD, Dataset, Graph, Literal
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Node, Variable

from emg_graph.errors import QueryError, StoreError
from emg_graph.namespaces import PREFIXES
from emg_graph.store import Store, query_errors

Triple = tuple[Node, Node, Node]
_Term = TypeVar("_Term", bound=Node)
Pattern = tuple[Node | None, Node | None, Node | None]

_READS = frozenset({"dump", "named_graphs", "quads_for_pattern", "query"})
_READ_ONLY = (
    "this graph is read-only; for a copy to write to: copy = rdflib.Dataset(default_union=True);"
    " copy += graph.rdflib()"
)
_PREPARED = (
    "a prepared query would be answered by rdflib's own slow evaluator; give the query's text, and"
    " values for the variables that it selects as initBindings"
)
_UNSELECTED = (
    "a variable given in initBindings must be selected by the query, or else be bound in its text"
    " by VALUES"
)


def to_dataset(store: Store) -> Dataset:
    """Return a store as an rdflib dataset whose default graph is the union of all graphs.

    Our prefixes are bound beside those that rdflib knows. A triple that stands in two graphs comes
    twice, as it does in SPARQL. To write to it raises a ``StoreError``.
    """
    dataset = Dataset(store=ReadOnlyStore(store=store.engine), default_union=True)
    _bind(dataset)
    return dataset


class _Reader:
    """The engine, less everything that would write to it, whoever reaches for it."""

    def __init__(self, engine: Oxigraph) -> None:
        self._engine = engine

    def __len__(self) -> int:
        return len(self._engine)

    def __getattr__(self, name: str) -> Any:
        if name not in _READS:
            raise StoreError(_READ_ONLY)
        return getattr(self._engine, name)


class ReadOnlyStore(OxigraphStore):
    """The engine as a store of rdflib's.

    What the bridge would add, load or drop fails at ``_inner``; the methods that would not get so
    far are refused by name.
    """

    @property
    def _inner(self) -> Oxigraph:
        assert self._store is not None
        return cast("Oxigraph", _Reader(self._store))

    def triples(
        self, triple_pattern: Pattern, context: Graph | None = None
    ) -> Iterator[tuple[Triple, Iterator[Graph | None]]]:
        """Yield what fits a pattern, plain strings as rdflib makes them itself."""
        for triple, contexts in super().triples(triple_pattern, context):
            yield _as_in_rdflib(triple), contexts

    def contexts(self, triple: Triple | None = None) -> Iterator[Graph]:  # type: ignore[override]
        """Yield the graphs that hold a triple, or all, by name."""
        yield from sorted(super().contexts(triple), key=lambda graph: str(graph.identifier))

    def __len__(self, context: Graph | None = None) -> int:
        return len(self._inner) if context is None else super().__len__(context)

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Answer by the engine, or say why it cannot; never by rdflib's own evaluator.

        Raises:
            QueryError: the query is prepared, not valid, or asked with what the engine lacks.
        """
        if isinstance(query, Query):
            raise QueryError(_PREPARED)
        if kwargs:
            raise QueryError(f"{', '.join(sorted(kwargs))}: not known here; say it in the query")
        bindings: dict[str, Identifier] = {
            Variable(name): term for name, term in initBindings.items()
        }
        try:
            with query_errors():
                result = super().query(query, initNs, bindings, queryGraph)
                return _result_as_in_rdflib(result)
        except QueryError as error:
            if not (bindings and isinstance(error.__cause__, RuntimeError)):
                raise
            raise QueryError(f"{error}; {_UNSELECTED}") from error

    def update(self, *_: object, **__: object) -> NoReturn:
        """Refuse to write."""
        raise StoreError(_READ_ONLY)

    remove = open = destroy = update

    def add_graph(self, graph: Graph) -> None:
        """Let rdflib name a graph, which it does whenever one is asked for by its name."""

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Leave the engine open: it belongs to the graph."""


def _bind(graph: Graph) -> None:
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri, replace=True)


def _result_as_in_rdflib(result: Result) -> Result:
    """Return a result read to its end, so that its errors come now, without unbound variables."""
    if result.type == "SELECT":
        result.bindings = [
            {name: _plain(term) for name, term in row.items() if term is not None}
            for row in result.bindings
        ]
    elif result.graph is not None:
        found: Iterable[Triple] = result.graph
        result.graph = Graph()
        _bind(result.graph)
        for triple in found:
            result.graph.add(_as_in_rdflib(triple))
    return result


def _as_in_rdflib(triple: Triple) -> Triple:
    subject, predicate, value = triple
    return subject, predicate, _plain(value)


def _plain(term: _Term) -> _Term | Literal:
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term
