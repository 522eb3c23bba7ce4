"""Who already serves an agreement, who else could, and which functions nobody covers.

A candidate is an entity of the UN system, or a treaty secretariat, without a documented role in
the agreement, for whom the graph holds at least one reason. Bands keep evidence of work apart
from mere nearness; within a band nobody is ranked. The score orders only who is shown first where
space is short, and predicts who was named, not who should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from emg_graph.analysis.candidate import Candidate as Candidate
from emg_graph.analysis.candidate import Lens as Lens
from emg_graph.analysis.candidate import compared
from emg_graph.analysis.candidate import lens_of as lens_of
from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.country import Country, CountryAnswer
from emg_graph.analysis.coverage import Coverage as Coverage
from emg_graph.analysis.coverage import coverage_of
from emg_graph.analysis.evidence import Actor, Agreement, Evidence, Role
from emg_graph.analysis.explaining import explain
from emg_graph.analysis.explanation import Explanation as Explanation
from emg_graph.analysis.method import Method
from emg_graph.analysis.outside import why_not
from emg_graph.analysis.presence import PRESENCES
from emg_graph.analysis.reasons import BANDS as BANDS
from emg_graph.analysis.reasons import (
    SUPPORTING,
    Reason,
    Wanted,
    reasons_for,
    work_reasons,
)
from emg_graph.analysis.result import Result
from emg_graph.analysis.scoring import Share as Share
from emg_graph.answers import Table, Tabular
from emg_graph.errors import QueryError


@dataclass(frozen=True, slots=True)
class Collaborators(Tabular):
    """The answer: linked actors, candidates in three bands, and coverage by function."""

    agreement: str
    name: str
    short: str
    called: str
    themes: tuple[str, ...]
    linked: tuple[Role, ...]
    actors: Mapping[str, Actor]
    """The linked actors by id."""
    works: Mapping[str, tuple[Reason, ...]]
    """What else the linked actors have on record with the agreement, by id."""
    candidates: tuple[Candidate, ...]
    coverage: tuple[Coverage, ...]
    considered: int
    """Entities that were looked at, those without any reason included."""
    method: Method
    country: CountryAnswer | None = None
    explanation: Explanation | None = None
    """How the score of one candidate comes about, where that was asked."""

    def band(self, name: str) -> tuple[Candidate, ...]:
        """Return the candidates of a band, alphabetically; of a country the nearest first."""
        found = [candidate for candidate in self.candidates if candidate.band == name]
        return tuple(sorted(found, key=lambda c: (self._nearness(c.id), c.short.casefold(), c.id)))

    def candidate(self, actor: str) -> Candidate | None:
        """Return a candidate by id, if there is one."""
        return next((candidate for candidate in self.candidates if candidate.id == actor), None)

    def _nearness(self, actor: str) -> int:
        return PRESENCES.index(self.country.presence[actor].state) if self.country else 0

    @property
    def supporters(self) -> tuple[str, ...]:
        """Who has a documented role besides running the agreement, by id."""
        roles = (role for role in self.linked if role.documented)
        return tuple(sorted({role.actor for role in roles if role.role not in RUNNING_ROLES}))

    @property
    def missing(self) -> tuple[Coverage, ...]:
        """The functions for which nobody is documented."""
        return tuple(cover for cover in self.coverage if not cover.documented)

    def results(self) -> Iterator[Result]:
        """Yield each candidate with its reasons, to be kept in the graph."""
        for candidate in self.candidates:
            reasons = candidate.reasons
            told = "; ".join(f"{reason.sentence} ({reason.basis})" for reason in reasons)
            yield Result(
                (self.agreement, candidate.id),
                f"{candidate.short} could collaborate on {self.called}: {told}."
                f" {candidate.placed(len(self.candidates))}.",
                sources=tuple(sorted({reason.citation.source for reason in reasons})),
                values={"score": candidate.score, "rank": candidate.rank},
            )

    def to_table(self) -> Table:
        """Return one row for each link, each reason of each candidate, and each function."""
        from emg_graph.analysis.tabular import to_table  # noqa: PLC0415  (it is about this class)

        return to_table(self)

    def _repr_html_(self) -> str:
        from emg_graph.analysis.tabular import to_page  # noqa: PLC0415

        return to_page(self)


def find_collaborators(
    evidence: Evidence,
    agreement: str,
    *,
    functions: Sequence[str] = (),
    themes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    exclude_sources: Sequence[str] = (),
    country: Country | None = None,
    lens: Lens | None = None,
    explained: str | None = None,
    data: str = "",
) -> Collaborators:
    """Return who serves an agreement, and who else could and why.

    Args:
        evidence: what the graph holds, read for this agreement.
        agreement: id of the agreement.
        functions: keep only candidates whose evidence touches one of these functions.
        themes: look only at these themes and narrower ones, instead of the agreement's own.
        kinds: keep only candidates of these kinds of entity.
        exclude_sources: leave out every claim from these sources.
        country: say also who is on record there.
        lens: what candidates are compared by; by default every channel.
        explained: id of the actor whose score is to be explained.
        data: the hash of the data.

    Raises:
        QueryError: the actor to be explained is no candidate; says why.
    """
    known = evidence.without(exclude_sources)
    subject = known.agreements[agreement]
    narrowed = known.widened_all(themes)
    wanted = Wanted(subject, narrowed or subject.themes, bool(themes))
    linked = tuple(role for role in known.roles if role.agreement == agreement)
    coverage = coverage_of(known, agreement, linked)
    field = _field(known, subject, linked, kinds)
    found = {actor.id: reasons_for(known, wanted, actor.id) for actor in field}
    kept = [actor for actor in field if _fits(found[actor.id], functions)]
    actors = {role.actor: known.actors[role.actor] for role in linked}
    everyone = (*actors, *(actor.id for actor in kept))
    how = lens or Lens()
    held = {cover.function: len(cover.documented) for cover in coverage}
    made = Collaborators(
        agreement=agreement,
        name=subject.name,
        short=subject.short,
        called=subject.called,
        themes=tuple(sorted(wanted.themes)),
        linked=linked,
        actors=actors,
        works={actor: tuple(_works(known, wanted, actor)) for actor in actors},
        candidates=compared(known, wanted, kept, found, held, how),
        coverage=coverage,
        considered=len(field),
        method=how.method(
            {"agreement": (agreement,), "function": functions, "theme": themes,
             "exclude-source": exclude_sources, "kinds": kinds,
             "country": (country.id,) if country else ()}, data,
        ),
        country=_there(country.without(exclude_sources), agreement, everyone) if country else None,
    )  # fmt: skip
    if explained is None:
        return made
    if candidate := made.candidate(explained):
        return replace(made, explanation=explain(known, subject, made.candidates, candidate, how))
    actor = known.actors[explained]
    reasons = reasons_for(known, wanted, explained)
    why = why_not(known, subject, actor, reasons, functions=functions, kinds=kinds)
    raise QueryError(f"{actor.short} is no candidate for {subject.called}: it {why}")


def _works(evidence: Evidence, wanted: Wanted, actor: str) -> list[Reason]:
    return sorted(work_reasons(evidence, wanted, actor), key=lambda reason: reason.order)


def _there(country: Country, agreement: str, actors: Sequence[str]) -> CountryAnswer:
    presence = {actor: country.presence(actor) for actor in dict.fromkeys(actors)}
    status = country.status(agreement)
    return CountryAnswer(country.id, country.name, status, country.region, presence)


def _field(
    evidence: Evidence, agreement: Agreement, linked: Sequence[Role], kinds: Sequence[str]
) -> list[Actor]:
    """Return the entities that could be candidates, by id.

    Whoever runs the agreement is none, even where that rests on an inferred role.
    """
    taken: set[str | None] = {
        role.actor for role in linked if role.documented or role.role in RUNNING_ROLES
    }
    taken |= agreement.administering | {agreement.secretariat}
    return [
        actor
        for actor in evidence.compared
        if actor.id not in taken and (not kinds or actor.kind in kinds)
    ]


def _fits(reasons: Sequence[Reason], functions: Sequence[str]) -> bool:
    on_record = {function for reason in reasons for function in reason.touches}
    alone = any(reason.channel not in SUPPORTING for reason in reasons)
    return alone and (not functions or bool(on_record & set(functions)))
