"""Measuring a graph: collaborators, overlaps, coalitions, gaps, bridges, and keeping results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from emg_graph.asking import Asking
from emg_graph.errors import QueryError

if TYPE_CHECKING:
    from emg_graph.analysis.bridges import Bridges
    from emg_graph.analysis.candidates import Collaborators
    from emg_graph.analysis.coalition import Coalition
    from emg_graph.analysis.country import Country
    from emg_graph.analysis.gaps import Gaps
    from emg_graph.analysis.overlap import Overlaps
    from emg_graph.analysis.result import Computed


class Measuring(Asking):
    """An open graph on which every measure can be taken."""

    def collaborators(
        self,
        agreement: str,
        *,
        functions: Sequence[str] = (),
        themes: Sequence[str] = (),
        kinds: Sequence[str] = (),
        exclude_sources: Sequence[str] = (),
        country: str | None = None,
        without_channels: Sequence[str] = (),
        specialists: bool = False,
        explain: str | None = None,
        robust: bool = False,
        seed: int = 1,
    ) -> Collaborators:
        """Return who serves an agreement, and who else could and why.

        Args:
            agreement: id or name of the agreement.
            functions: keep only candidates whose evidence touches one of these functions.
            themes: look at these themes instead of the agreement's own.
            kinds: keep only candidates of these kinds of entity.
            exclude_sources: leave out every claim from these sources.
            country: say also who is on record there; a name, an id or an ISO code.
            without_channels: letters of the evidence channels to leave out of the score.
            specialists: score how much of each record lies near, instead of how much lies near.
            explain: a candidate whose score is to be explained, by id or name.
            robust: say how far each rank moves without a source or without some links.
            seed: where the chance begins by which links are left out.

        Raises:
            QueryError: there is no such channel, none would be left, the seed is below zero, or
                who is to be explained is no candidate.
            UnknownNameError: one of the arguments names nothing in the graph.
        """
        from emg_graph.analysis.candidates import find_collaborators, lens_of  # noqa: PLC0415
        from emg_graph.analysis.reading import read_evidence_on, with_portfolios  # noqa: PLC0415

        lens = lens_of(without_channels, specialists=specialists, robust=robust, seed=seed)
        subject = self.directory.id(agreement, "agreement")
        narrowed = [self.directory.id(name, "theme") for name in themes]
        evidence = read_evidence_on(self.store, self.evidence, subject, narrowed)
        return find_collaborators(
            with_portfolios(self.store, evidence) if specialists else evidence,
            subject,
            functions=[self.directory.id(name, "function") for name in functions],
            themes=narrowed,
            kinds=[self.directory.id(name, "entity-kind") for name in kinds],
            exclude_sources=[self.directory.id(name, "source") for name in exclude_sources],
            country=None if country is None else self._country(country, subject),
            lens=lens,
            explained=None if explain is None else self._actor(explain),
            data=self.data_hash,
        )

    def overlaps(
        self,
        *entities: str,
        by: str = "mandates",
        null: str = "fdsm",
        draws: int | None = None,
        seed: int = 1,
        q: float = 0.05,
        exclude_sources: Sequence[str] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Overlaps:
        """Return what pairs of entities share, and whether chance explains it.

        Compared are the UN system and treaty secretariats, and whoever else is asked about.

        Args:
            entities: ids or names of at most two; by default every pair is told.
            by: the relation: mandates, agreements, themes, mechanisms, sdgs or positions.
            null: the model of chance: fdsm, hypergeometric or bicm.
            draws: how many tables fdsm draws; by default as many as it takes.
            seed: of the draws.
            q: the false discovery rate up to which a pair is told as beyond chance.
            exclude_sources: leave out every claim from these sources.
            progress: called after each round with the draws made and the most there will be.

        Raises:
            UnknownNameError: one of the arguments names nothing in the graph.
            QueryError: there is no such relation or model, or more than two entities are given.
        """
        from emg_graph.analysis.incidence import read_compared, read_incidence  # noqa: PLC0415
        from emg_graph.analysis.overlap import find_overlaps  # noqa: PLC0415

        about = tuple(self.directory.id(name, "entity") for name in entities)
        if len(about) > 2 or len({*about}) < len(about):
            raise QueryError("give two different entities, one, or none for every pair")
        if not 0 < q < 1 or seed < 0 or (draws is not None and draws < 1):
            raise QueryError("q lies between 0 and 1, seeds are 0 or more, and draws 1 or more")
        sources = [self.directory.id(name, "source") for name in exclude_sources]
        names = read_compared(self.store)
        names |= {one: self.names.name_of(one) for one in about if one not in names}
        incidence = read_incidence(self.store, by, names).without(sources)
        return find_overlaps(
            incidence,
            names=names,
            about=about,
            null=null,
            draws=draws,
            seed=seed,
            q=q,
            progress=progress,
            data=self.data_hash,
        )

    def coalition(
        self,
        agreement: str,
        *,
        functions: Sequence[str] = (),
        themes: Sequence[str] = (),
        country: str | None = None,
        size: int | None = None,
        require: Sequence[str] = (),
        exclude: Sequence[str] = (),
        times: int = 1,
    ) -> Coalition:
        """Return the smallest groups that cover what few or none are on record for.

        Args:
            agreement: id or name of the agreement.
            functions: to be covered, in place of those for which fewer than two are documented.
            themes: on which each is to be covered, narrower ones included.
            country: say also who is on record there; a name, an id or an ISO code.
            size: the most members; without it, as many as it takes.
            require: entities that are in each group.
            exclude: entities that are in none.
            times: how many members must cover each function.

        Raises:
            QueryError: the wishes contradict each other.
            UnknownNameError: one of the arguments names nothing in the graph.
        """
        from emg_graph.analysis.coalition import Wishes, find_coalition  # noqa: PLC0415

        ids = self.directory.id
        wishes = Wishes(
            functions=tuple(ids(name, "function") for name in functions),
            themes=tuple(ids(name, "theme") for name in themes),
            size=size,
            require=tuple(ids(name, "entity") for name in require),
            exclude=tuple(ids(name, "entity") for name in exclude),
            times=times,
        )
        wishes.check()
        found = self.collaborators(agreement, themes=wishes.themes, country=country)
        return find_coalition(self.evidence, found, wishes, self.data_hash)

    def gaps(
        self,
        subject: str | None = None,
        *,
        kinds: Sequence[str] = (),
        exclude_sources: Sequence[str] = (),
        null: str = "fdsm",
        progress: Callable[[int, int], None] | None = None,
    ) -> Gaps:
        """Return what the record lacks: statements about the record, not about the world.

        Args:
            subject: only gaps about this agreement, theme, entity, mechanism or workstream.
            kinds: only gaps of these kinds, such as ``missing-function``.
            exclude_sources: leave out every claim and search from these sources.
            null: the model of chance for what entities share: fdsm, hypergeometric or bicm.
            progress: called while a model of chance draws at random.

        Raises:
            QueryError: there is no such kind or model, or a kind cannot speak of the subject.
            UnknownNameError: the subject or a source names nothing in the graph.
        """
        from emg_graph.analysis import gaps  # noqa: PLC0415
        from emg_graph.analysis.nulls import require_null  # noqa: PLC0415

        asked, about = gaps.require_kinds(kinds), None
        require_null(null)
        sources = [self.directory.id(name, "source") for name in exclude_sources]
        if subject is not None:
            *_, kind, about = self.resolve(subject, gaps.SUBJECTS).split("/")
            asked = gaps.require_about(asked, kind, kinds)
        return gaps.find_gaps(
            gaps.read_record(self.store, self.evidence, [one.id for one in asked]),
            subject=about,
            kinds=[one.id for one in asked],
            null=null,
            exclude_sources=sources,
            progress=progress,
            data=self.data_hash,
        )

    def bridges(
        self,
        by: str = "agreements",
        entity: str | None = None,
        *,
        between: tuple[str, str] | None = None,
        seed: int = 1,
        progress: Callable[[str], None] | None = None,
    ) -> Bridges:
        """Return which entities lie between communities of items, and which they join.

        Args:
            by: what they hold: agreements, mandates, themes, mechanisms, sdgs or positions.
            entity: tell of this entity alone.
            between: tell only who holds items of both: two items stand for their communities,
                and of agreements two clusters for themselves.
            seed: where the chance begins.
            progress: called with one line for each step; it takes some seconds.

        Raises:
            QueryError: there is no such relation.
            UnknownNameError: a name stands for nothing in the graph.
        """
        from emg_graph.analysis.bridges import find_bridges  # noqa: PLC0415

        return find_bridges(
            self.store,
            by,
            entity=None if entity is None else self.directory.id(entity, "entity"),
            groups=between,
            identify=self.directory.id,
            seed=seed,
            data=self.data_hash,
            progress=progress,
        )

    def record(self, computed: Computed) -> str:
        """Keep what a measure computed in a graph of its own, and return that graph's IRI.

        The same computation replaces what was kept of it before; a new build drops it.

        Raises:
            StoreError: the graph cannot be written.
        """
        from emg_graph.recording import record  # noqa: PLC0415

        return record(self.store, computed, self.directory.iris.get)

    def _country(self, name: str, agreement: str) -> Country:
        from emg_graph.analysis.reading.country import read_country  # noqa: PLC0415

        return read_country(self.store, self.directory.id(name, "country"), agreement)

    def _actor(self, name: str) -> str:
        """Return the id of the entity or mechanism that a name stands for."""
        return self.resolve(name, ("entity", "mechanism")).rpartition("/")[2]
