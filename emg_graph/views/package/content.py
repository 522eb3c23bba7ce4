"""What a package says, before it is put into a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from emg_graph.analysis.evidence import Agreement, Citation
from emg_graph.answers import Table, Tabular
from emg_graph.views.package.citing import citations
from emg_graph.views.package.finding import ask, finding
from emg_graph.views.package.lines import Line, lines
from emg_graph.views.package.page import MODELS, rendered
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
from emg_graph.views.package.record import on_record
from emg_graph.views.package.reporting import Reporter
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
    reporters: tuple[Reporter, ...]
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
        """What the record shows, in short sentences."""
        return finding(self)

    @property
    def ask(self) -> str:
        """What the reader is asked to do, in one sentence addressed to a post."""
        return ask(self)

    @property
    def addressee(self) -> str:
        """A post, never a person."""
        return (
            f"the UN presence in {self.country.called} (the Resident Coordinator's Office, where"
            " there is one)"
        )

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
    def lines(self) -> tuple[Line, ...]:
        """The table of functions, and reporting, in cells."""
        return tuple(lines(self.covers, self.reporters, self.names))

    @property
    def work(self) -> str:
        """How many activities and projects are on record, and how many projects are over."""
        return joined(
            part
            for part, found in (
                (
                    counted(len(self.activities), "plan activity", "plan activities"),
                    self.activities,
                ),
                (_projects(self.projects), self.projects),
            )
            if found
        )

    @property
    def mixed(self) -> bool:
        """Whether some projects are over and others are not."""
        return len({one.over for one in self.projects}) > 1

    @property
    def groups(self) -> str:
        """The groups of the country, or how far they were looked for."""
        if self.country.groups:
            return ", ".join(self.country.groups)
        searched = self.country.group_citation
        return "none found in the lists of groups" if searched else "not searched"

    @property
    def proposed(self) -> tuple[Model, ...]:
        """The models that were put forward on record."""
        return tuple(model for model in self.models if model.proposed_in)

    @property
    def shown(self) -> tuple[Model, ...]:
        """The nearest models used for other agreements, at most ``MODELS`` a function."""
        taken: Counter[str] = Counter()
        made = []
        for model in self.models:
            if not model.proposed_in and all(taken[one] < MODELS for one in model.functions):
                taken.update(model.functions)
                made.append(model)
        return tuple(made)

    @property
    def left(self) -> int:
        """How many models are on record beside those shown."""
        return len(self.models) - len(self.proposed) - len(self.shown)

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
        return on_record(self, spender)

    def number(self, source: str) -> int:
        """Return the number under which the package lists a source."""
        return list(self.sources).index(source) + 1

    def with_sources(self, known: Mapping[str, Mapping[str, Any]]) -> Package:
        """Return the package with every source that it cites, in the order of the page."""
        cited = dict.fromkeys(citation.source for citation in citations(self))
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


def _projects(found: Sequence[Project]) -> str:
    """Return the number of projects, with how many of them are over."""
    states = Counter(one.state for one in found if one.over)
    tail = joined(
        state if number == len(found) else f"{number} {state}"
        for state, number in sorted(states.items(), reverse=True)
    )
    return counted(len(found), "project", "projects") + (f" ({tail})" if tail else "")
