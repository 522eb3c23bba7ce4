"""The graph, stored on disk or in memory, and asked in SPARQL.

A store folder holds ``builds/``, one folder a build, and ``current``, a file that names the build
in use; replacing that file is the one step that changes what readers see. Imports neither the
records nor the loader, so that asking stays fast.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)
from pyoxigraph import Store as Oxigraph

from emg_graph.answers import Table, Value
from emg_graph.errors import OutputError, QueryError, StoreError
from emg_graph.namespaces import GRAPH_COMPUTED, PREFIXES, with_sorted_prefixes

Term = NamedNode | BlankNode | Literal | Triple | None

MEMORY = "memory:"


def _decimal(text: str) -> int | float:
    """Read a sum of whole dollars as a whole number, so that it is written as in the source."""
    return float(text) if "." in text else int(text)


_NOT_TEXT: Mapping[str, Callable[[str], int | float]] = {
    f"{PREFIXES['xsd']}boolean": lambda text: text in ("true", "1"),
    f"{PREFIXES['xsd']}decimal": _decimal,
    f"{PREFIXES['xsd']}double": float,
    f"{PREFIXES['xsd']}integer": int,
}
_DATASETS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
}
FORMATS = {**_DATASETS, ".ttl": RdfFormat.TURTLE}
"""What ``Store.export`` can write, by suffix."""


class Store:
    """A graph that can be asked; open one with ``memory``, ``create`` or ``open``."""

    def __init__(self, engine: Oxigraph, folder: Path | None = None) -> None:
        self._engine = engine
        self._folder = folder

    @classmethod
    def memory(cls) -> Store:
        """Return an empty store that lives as long as the process."""
        return cls(Oxigraph())

    @classmethod
    def create(cls, folder: Path) -> Store:
        """Make an empty store in a folder of its own, to be filled."""
        return cls(_opened(folder, write=True), folder)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open the database in a folder for reading.

        Raises:
            StoreError: there is none, or it cannot be read.
        """
        return cls(_opened(folder, write=False), folder)

    def __len__(self) -> int:
        return len(self._engine)

    @property
    def lasting(self) -> bool:
        """Whether it stays when the process ends."""
        return self._folder is not None

    @property
    def engine(self) -> Oxigraph:
        """The engine itself, for what is built on it; read from it, never write to it."""
        return self._engine

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads in bulk and order the database for fast reading.

        Raises:
            StoreError: the disk is full, or the database cannot be written for another reason.
        """
        try:
            self._engine.bulk_extend(quads)
            self._engine.optimize()
            self._engine.flush()
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph cannot be written: {error}") from error

    def replace_graph(self, name: str, quads: Iterable[Quad]) -> None:
        """Put quads in the place of all that a named graph holds, in one step.

        A database on disk is opened for writing only as long as that takes.

        Raises:
            StoreError: the database cannot be written.
        """
        triples = "".join(f"{quad.triple} .\n" for quad in quads)
        update = f"DROP SILENT GRAPH <{name}> ;\nINSERT DATA {{ GRAPH <{name}> {{\n{triples}}} }}"
        try:
            if self._folder is None:
                self._engine.update(update)
                return
            writing = _opened(self._folder, write=True)
            writing.update(update)
            writing.flush()
            del writing
            self._engine = _opened(self._folder, write=False)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph cannot be written: {error}") from error

    def query(self, text: str) -> Table | bool:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs.

        Triples come back as a table of subject, predicate and object.

        Raises:
            QueryError: the text is not valid SPARQL 1.1.
        """
        with query_errors():
            answer = self._answer(text)
            if isinstance(answer, QueryBoolean):
                return bool(answer)
            if isinstance(answer, QuerySolutions):
                names = tuple(variable.value for variable in answer.variables)
                rows = (tuple(_value(solution[name]) for name in names) for solution in answer)
                return Table(names, tuple(rows))
            triples = sorted((_triple_values(triple) for triple in answer), key=str)
        return Table(("subject", "predicate", "object"), tuple(triples))

    def select(self, text: str) -> Table:
        """Run a SELECT query.

        Raises:
            QueryError: the text is not valid SPARQL or asks for something other than a table.
        """
        answer = self.query(text)
        if isinstance(answer, bool):
            raise QueryError("this query asks yes or no; a SELECT query was expected")
        return answer

    def serialized(self, text: str, form: str) -> bytes:
        """Run a query and return the engine's own ``srj``, ``csv`` or ``tsv``, or Turtle.

        Raises:
            QueryError: the text is not valid SPARQL.
        """
        buffer = io.BytesIO()
        formats = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
        with query_errors():
            answer = self._answer(text)
            if isinstance(answer, QueryTriples):
                triples = sorted(answer, key=str)
                serialize(triples, buffer, RdfFormat.TURTLE, prefixes=dict(PREFIXES))
                return with_sorted_prefixes(buffer.getvalue())
            answer.serialize(buffer, formats.get(form, QueryResultsFormat.JSON))
        return buffer.getvalue()

    def quads(self) -> list[Quad]:
        """Return every quad that was built, in one total order; what was kept since is left out."""
        found = self._engine.quads_for_pattern(None, None, None, None)
        return sorted((quad for quad in found if not _kept(quad)), key=str)

    def export(self, suffix: str) -> bytes:
        """Return the graph as ``.nq``, ``.trig``, ``.jsonld`` or (merged) ``.ttl``, in order.

        Raises:
            OutputError: the suffix is none of these.
        """
        if suffix not in FORMATS:
            known = ", ".join(FORMATS)
            raise OutputError(f"{suffix or 'no suffix'!r} is no RDF format here; use {known}")
        buffer = io.BytesIO()
        prefixes = dict(PREFIXES) if suffix in (".trig", ".ttl") else None
        quads = self.quads()
        if suffix == ".jsonld":  # one object a graph, not one each time that the graph changes
            quads.sort(key=lambda quad: str(quad.graph_name))
        if suffix in _DATASETS:
            serialize(quads, buffer, FORMATS[suffix], prefixes=prefixes)
        else:
            triples = sorted({quad.triple for quad in quads}, key=str)
            serialize(triples, buffer, FORMATS[suffix], prefixes=prefixes)
        return with_sorted_prefixes(buffer.getvalue()) if prefixes else buffer.getvalue()

    def snapshot_hash(self) -> str:
        """Return the SHA-256 of the graph's sorted N-Quads, in hexadecimal."""
        import hashlib  # noqa: PLC0415

        return hashlib.sha256(self.export(".nq")).hexdigest()

    def _answer(self, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        return self._engine.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)


@contextmanager
def query_errors() -> Iterator[None]:
    """Turn the engine's errors, which may come as late as with the last row, into ours."""
    try:
        yield
    except SyntaxError as error:
        raise QueryError(f"this is not valid SPARQL: {error}") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"this query cannot be run: {error}") from error


def current_build(folder: Path) -> Path | None:
    """Return the folder of the build in use, or None if the store holds none."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{folder} is not a readable store: {error}") from error
    build = folder / "builds" / name
    return build if name and (build / "manifest.json").is_file() else None


def _kept(quad: Quad) -> bool:
    """Tell whether a quad is of a result that was kept, and not of the build."""
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{GRAPH_COMPUTED}/")


def _opened(folder: Path, *, write: bool) -> Oxigraph:
    try:
        return Oxigraph(str(folder)) if write else Oxigraph.read_only(str(folder))
    except OSError as error:
        raise StoreError(f"the graph in {folder} cannot be opened: {error}") from error


def _value(term: Term) -> Value:
    if term is None:
        return None
    if isinstance(term, Literal):
        read = _NOT_TEXT.get(term.datatype.value)
        if read:
            with suppress(ValueError):  # a text that only calls itself a number
                return read(term.value)
        return term.value
    return term.value if isinstance(term, NamedNode) else str(term)


def _triple_values(triple: Triple) -> tuple[Value, ...]:
    return tuple(_value(term) for term in (triple.subject, triple.predicate, triple.object))
