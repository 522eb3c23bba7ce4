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
    Count,
    Country,
    Cover,
    Holder,
    Model,
    Practice,
    Project,
    Readings,
    Reported,
    Spender,
    Spending,
    Tally,
    at_least,
    tallies,
)
from emg_graph.views.package.record import on_record
from emg_graph.views.package.reporting import Reporter
from emg_graph.views.package.silence import no_activities, no_projects, silences
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
    counted: tuple[Count, ...]
    """Further projects in a field that serves the agreement or its family, counted alone."""
    readings: Readings
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
        """How many activities and projects are listed, how many are over and how many inferred."""
        said = (
            (_activities(self.activities), self.activities),
            (_projects(self.projects), self.projects),
        )
        return joined(part for part, found in said if found)

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The counts of further projects, by field of each fund."""
        return tallies(self.counted)

    @property
    def further(self) -> str:
        """How many further projects there are that are only counted, or nothing."""
        if not self.counted:
            return ""
        return f"at least {counted(at_least(self.counted), 'further project', 'further projects')}"

    @property
    def no_activities(self) -> str:
        """What is said where no activity of the plan is listed."""
        return no_activities(self.readings)

    @property
    def no_projects(self) -> str:
        """What is said where no project is listed."""
        return no_projects(self.readings)

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
        return "none in the lists of groups read" if searched else "not searched"

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
        """Who has a role, and neither expenses nor work on record in the country, by name."""
        return tuple(holder for holder in self._afar if not holder.at_work)

    @property
    def unreported(self) -> tuple[Holder, ...]:
        """Those with a role who report no expenses by country at all, by name."""
        return tuple(holder for holder in self._afar if holder.place == UNREPORTED)

    @property
    def _afar(self) -> tuple[Holder, ...]:
        """Who has a role and no expenses on record in the country, each once, by name."""
        found = {holder.actor.id: holder for cover in self.covers for holder in cover.afar}
        return tuple(sorted(found.values(), key=lambda one: one.actor.short.casefold()))

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


def _activities(found: Sequence[Activity]) -> str:
    """Return the number of activities, with how many of them are inferred to be on it."""
    bases = Counter("inferred" for one in found if not one.stated)
    return counted(len(found), "plan activity", "plan activities") + _of(len(found), bases)


def _projects(found: Sequence[Project]) -> str:
    """Return the number of projects, with how many of them are over, and how many inferred."""
    states = Counter(one.state for one in found if one.over)
    bases = Counter("inferred" for one in found if not one.stated)
    return counted(len(found), "project", "projects") + _of(len(found), states, bases)


def _of(whole: int, *parts: Counter[str]) -> str:
    """Return how many of a number are what, in brackets; of all of them no number is said."""
    said = [
        word if number == whole else f"{number} {word}"
        for part in parts
        for word, number in sorted(part.items(), reverse=True)
    ]
    return f" ({', '.join(said)})" if said else ""
