"""The ontology, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from emg_graph import namespaces as ns
from emg_graph.answers import Table, Tabular
from emg_graph.errors import UnknownNameError
from emg_graph.ontology.schemes import Scheme, read_schemes
from emg_graph.ontology.terms import Term, read_terms, shipped
from emg_graph.store import Store


@dataclass(frozen=True, slots=True)
class Ontology(Tabular):
    """Terms and schemes, all or some, with their uses in one version of the data."""

    title: str
    description: str
    version: str
    data_version: str
    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]

    def to_table(self) -> Table:
        """Return a row for each term and concept: kind, label, meaning and number of uses."""
        rows = [(t.name, t.kind, t.label, t.definition, t.uses) for t in self.terms]
        rows += [
            (concept.id, scheme.name, concept.label, concept.definition, concept.uses)
            for scheme in self.schemes
            for concept in scheme.concepts
        ]
        return Table(("name", "kind", "label", "definition", "uses"), tuple(rows))

    def part(self, term: str | None = None, schemes: Sequence[str] = ()) -> Ontology:
        """Return only a term and some schemes.

        Args:
            term: ``serves``, ``emg:serves``, its whole IRI or its label; in another case it may
                stand for a class and a property, and gives both.
            schemes: names of schemes, such as ``theme``.

        Raises:
            UnknownNameError: there is no such term or scheme; holds suggestions.
        """
        return replace(
            self,
            terms=() if term is None else _called(term, self.terms),
            schemes=tuple(_require_scheme(name, self.schemes) for name in schemes),
        )


def read_ontology(store: Store, data_version: str) -> Ontology:
    """Read the shipped terms, and the concepts and uses in a graph."""
    said = shipped()
    header = said[ns.ONTOLOGY]
    return Ontology(
        title=header["dcterms:title"][0],
        description=header["dcterms:description"][0],
        version=header["owl:versionIRI"][0].rsplit("/", 1)[-1],
        data_version=data_version,
        terms=read_terms(said, store),
        schemes=read_schemes(store),
    )


def _called(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the term of exactly this name, else all of it in another case, else by label."""
    wanted = text.casefold()
    for same in (
        [term for term in terms if text in term.names],
        [term for term in terms if wanted in map(str.casefold, term.names)],
        [term for term in terms if wanted == term.label.casefold()],
    ):
        if same:
            return tuple(same)
    words = {call.casefold(): term.local for term in terms for call in (term.local, term.label)}
    bare = wanted.removeprefix("emg:")
    near = get_close_matches(bare, sorted(words), n=3, cutoff=0.6)
    found = tuple(dict.fromkeys(words[word] for word in near))
    raise UnknownNameError(text, "term of the ontology", found, listed_by="emg-graph ontology")


def _require_scheme(name: str, schemes: Sequence[Scheme]) -> Scheme:
    names = [scheme.name for scheme in schemes]
    if name not in names:
        near = get_close_matches(name.casefold(), names, n=3, cutoff=0.5)
        raise UnknownNameError(name, "concept scheme", near or names)
    return schemes[names.index(name)]
