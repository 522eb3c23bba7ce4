"""What a package says, before it is put into a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from emg_graph.analysis.evidence import Agreement, Citation
from emg_graph.analysis.reasons import ON_IT
from emg_graph.answers import Table, Tabular
from emg_graph.views.package.page import rendered
from emg_graph.views.package.parts import (
    UNREPORTED,
    Activity,
    Country,
    Cover,
    Holder,
    Model,
    Practice,
    Project,
    Reported,
    Spender,
    Spending,
)
from emg_graph.views.package.silence import silences
from emg_graph.views.package.status import Status
from emg_graph.views.package.steps import Step, steps_for
from emg_graph.views.package.table import to_table
from emg_graph.views.paper import counted, framed, joined


@dataclass(frozen=True, slots=True)
class Package(Tabular):
    """Everything that the package of an agreement for a country says."""

    agreement: Agreement
    family: tuple[Agreement, ...]
    """The other agreements under the same root, whose activities and projects count too."""
    country: Country
    status: Status
    others: tuple[Mapping[str, Any], ...]
    """The country's rows in dated lists of other agreements."""
    counts: tuple[Mapping[str, Any], ...]
    """Party counts, each with its own date, the latest first."""
    spenders: tuple[Spender, ...]
    corrections: tuple[Spending, ...]
    """Reported as zero or below."""
    goals: tuple[tuple[int, str, str], ...]
    """Number, name and basis of the agreement's Sustainable Development Goals."""
    activities: tuple[Activity, ...]
    projects: tuple[Project, ...]
    covers: tuple[Cover, ...]
    practices: tuple[Practice, ...]
    reported: tuple[Reported, ...]
    models: tuple[Model, ...]
    searches: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    functions: Mapping[str, str]
    data_version: str
    data_hash: str

    @property
    def title(self) -> str:
        """What the package is called."""
        return f"{self.agreement.short} in {self.country.called}"

    @property
    def finding(self) -> str:
        """What the record shows, in one sentence."""
        roles = sum(bool(one.roles) for one in self.spenders)
        here = sum(bool(one.activities or one.projects) for one in self.spenders)
        it = "it or its family" if self.family else "it"
        years = joined(sorted({one.spending.year for one in self.spenders}))
        parts = [self.status.says(self.country.called, self.agreement.called)]
        if self.spenders:
            report = counted(len(self.spenders), "UN entity reports", "UN entities report")
            parts.append(
                f"{report} expenses there for {years}, {roles} of them with a stated, current role"
                f" in it, {here} with an activity or project on {it} in the country, and"
                f" {len(self.related)} with a link elsewhere alone"
            )
        else:
            parts.append("no UN entity's expenses there are on record")
        if self.uncovered:
            parts.append(f"nobody is documented for {joined(self.labels(self.uncovered))}")
        text = "; ".join(parts) + "."
        return text[0].upper() + text[1:]

    @property
    def ask(self) -> str:
        """What the reader is asked to do, in one sentence addressed to a post."""
        first = "" if self.status.kind == "party" else "confirm the status with the depositary, "
        return (
            f"To {self.addressee}: {first}call {joined(self._guests())} together within two weeks,"
            " and write a post beside each step of section 6."
        )

    def _guests(self) -> Iterator[str]:
        """Yield who should meet first, as a sentence names them."""
        if len(self.core) > _FEW:
            yield f"the {len(self.core)} entities that section 2 lists first"
        else:
            yield from (one.actor.short for one in self.core)
        if len(self.core) < _ENOUGH and len(self.related) > 1:
            yield f"two of the {len(self.related)} entities with a link elsewhere"
        if not self.core and len(self.related) < _ENOUGH:
            yield "the secretariat of the agreement"
        yield "the national focal point"

    @property
    def addressee(self) -> str:
        """A post, never a person."""
        return f"the UN Resident Coordinator's Office for {self.country.called}"

    @property
    def core(self) -> tuple[Spender, ...]:
        """Who is present and has something on record on the agreement or its family."""
        return tuple(one for one in self.spenders if one.core)

    @property
    def related(self) -> tuple[Spender, ...]:
        """Who is present and has work elsewhere or a shared body on record, and no more."""
        return tuple(one for one in self.spenders if one.related)

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The functions for which nobody is documented."""
        return tuple(cover.function for cover in self.covers if not cover.holders)

    @property
    def absent(self) -> tuple[Holder, ...]:
        """Who has a role and is not seen in the country, each once, by name."""
        found = {holder.actor.id: holder for cover in self.covers for holder in cover.afar}
        return tuple(sorted(found.values(), key=lambda one: one.actor.short.casefold()))

    @property
    def unreported(self) -> tuple[Holder, ...]:
        """Those of them who report no expenses by country at all."""
        return tuple(holder for holder in self.absent if holder.place == UNREPORTED)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of a coalition, with the responsible post left to the reader."""
        return tuple(steps_for(self))

    @property
    def silences(self) -> tuple[str, ...]:
        """Where the data is silent: not searched, not reported, none found."""
        return tuple(silences(self))

    @property
    def last_read(self) -> str:
        """The month in which the sources were last read."""
        return max((str(s["accessed"]) for s in self.sources.values() if s["accessed"]), default="")

    def labels(self, functions: Iterable[str]) -> list[str]:
        """Return functions by their labels, in sentence case."""
        return [self.functions[function].lower() for function in functions]

    def called(self, ids: Iterable[str]) -> list[str]:
        """Return actors, bodies and agreements by their short names."""
        return [self.names.get(id_, id_) for id_ in ids]

    def record(self, spender: Spender) -> Iterator[tuple[str, Citation | None]]:
        """Yield what is on record of an entity on the agreement, the nearest first."""
        for role in (*spender.roles, *spender.kin):
            kin = "" if role.agreement == self.agreement.id else self.names[role.agreement]
            yield ", ".join(filter(None, (role.role_label, kin))), role.citation
        if spender.activities:
            yield counted(spender.activities, "plan activity", "plan activities"), None
        if spender.projects:
            yield counted(spender.projects, "project", "projects"), None
        if spender.related and (reason := spender.reason):
            through = joined(self.called(reason.through[:2])) or reason.channel
            where = "on it, elsewhere" if reason.band == ON_IT else "related"
            yield f"{where}: {through} ({reason.basis.replace('-', ' ')})", reason.citation

    def number(self, source: str) -> int:
        """Return the number under which the package lists a source."""
        return list(self.sources).index(source) + 1

    def with_sources(self, known: Mapping[str, Mapping[str, Any]]) -> Package:
        """Return the package with every source that it cites, in the order of the page."""
        cited = dict.fromkeys(citation.source for citation in self._citations())
        return replace(self, sources={source: known[source] for source in cited})

    def to_html(self) -> str:
        """Return one self-contained page without any script."""
        return rendered("package.html.j2", self)

    def to_markdown(self) -> str:
        """Return the same in Markdown."""
        return rendered("package.md.j2", self)

    def to_table(self) -> Table:
        """Return one row for each finding, with its source."""
        return to_table(self)

    def _repr_html_(self) -> str:
        return framed(self.to_html(), f"Package: {self.title}")

    def _citations(self) -> Iterator[Citation]:
        """Yield every citation, section after section."""
        yield self.country.citation
        if self.status.citation:
            yield self.status.citation
        rows = (*self.counts, *self.others, *self.searches)
        yield from (Citation(row["source"], row["locator"]) for row in rows)
        for spender in self.spenders:
            yield from spender.spending.citations
            yield from (citation for _, citation in self.record(spender) if citation)
            yield from (share.citation for share in spender.shares)
        for spending in self.corrections:
            yield from spending.citations
        yield from (activity.citation for activity in self.activities)
        yield from (project.citation for project in self.projects)
        yield from (practice.citation for practice in self.practices)
        yield from (figure.citation for figure in self.reported)
        for cover in self.covers:
            held = (*cover.holders, *cover.nearby, *cover.weaker)
            yield from (holder.citation for holder in held)
        for model in self.models:
            yield model.citation
            if model.proposed_in:
                yield model.proposed_in


_FEW = 6
"""So many entities are named in a sentence."""
_ENOUGH = 3
"""So many can begin a coalition."""
