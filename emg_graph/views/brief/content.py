"""What a brief says, before it is put into a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.channels import FORMAL_ROLES
from emg_graph.analysis.coalition import Coalition, Group, Need
from emg_graph.analysis.coverage import Coverage
from emg_graph.analysis.evidence import Actor, Agreement, Position, Role
from emg_graph.analysis.reasons import BANDS, Reason
from emg_graph.analysis.tabular import through_mechanism_only
from emg_graph.views.brief.page import FORMAL, rendered
from emg_graph.views.paper import counted, framed, joined

_CARRIED_OUT = frozenset({"none-found", "partly-found", "found"})


@dataclass(frozen=True, slots=True)
class Linked:
    """An actor already linked: its roles, best documented first."""

    actor: Actor
    roles: tuple[Role, ...]
    functions: Mapping[str, bool]
    """Each function on record, and whether it is documented (stated and current)."""
    formal: Mapping[str, bool]
    """The same of formal roles, such as the depositary's, which do not count."""

    @property
    def documented(self) -> bool:
        """Whether any role is stated and current."""
        return any(role.documented for role in self.roles)

    @property
    def does(self) -> list[str]:
        """The functions for which it is documented."""
        return sorted(function for function, documented in self.functions.items() if documented)

    @property
    def does_formally(self) -> list[str]:
        """The functions for which only a formal role of it is documented."""
        formal = {function for function, documented in self.formal.items() if documented}
        return sorted(formal - set(self.does))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate as the brief shows it, with its first step."""

    candidate: Candidate
    step: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """A function that several hold, and the bodies in which they already meet."""

    cover: Coverage
    names: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that a brief says, before it is put into a form."""

    agreement: Agreement
    addressee: str
    facts: tuple[tuple[str, str], ...]
    read_from: tuple[str, ...]
    """The sources of the facts."""
    found: Collaborators
    linked: tuple[Linked, ...]
    suggestions: tuple[Suggestion, ...]
    coalition: Coalition
    overlaps: tuple[Overlap, ...]
    asked: tuple[Position, ...]
    workstreams: tuple[Mapping[str, Any], ...]
    products: tuple[Mapping[str, Any], ...]
    figures: tuple[Mapping[str, Any], ...]
    searches: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Mapping[str, Any]]
    names: Mapping[str, str]
    functions: Mapping[str, str]
    svg: str
    data_version: str
    data_hash: str

    @property
    def documented(self) -> tuple[Linked, ...]:
        """The linked actors with a stated, current role."""
        return tuple(linked for linked in self.linked if linked.documented)

    @property
    def performed(self) -> tuple[Mapping[str, Any], ...]:
        """The searches that were carried out."""
        return tuple(s for s in self.searches if s["outcome"] in _CARRIED_OUT)

    @property
    def unsearched(self) -> tuple[Mapping[str, Any], ...]:
        """What was not looked up, or could not be read."""
        return tuple(s for s in self.searches if s["outcome"] not in _CARRIED_OUT)

    @property
    def finding(self) -> str:
        """What the record shows, in one sentence."""
        on_it, direct, indirect = (len(self.found.band(band)) for band in BANDS)
        missing = {cover.function for cover in self.found.missing}
        single = set(self.thin) - missing
        parts = [
            self._roles,
            f"{counted(on_it, 'more entity has', 'more entities have')} work on it on record,"
            f" {direct} direct evidence of related work and {indirect} an indirect link",
        ]
        if missing:
            parts.append(f"nobody is documented for {joined(self.labels(missing))}")
        if single:
            rest = "rests" if len(single) == 1 else "each rest"
            parts.append(f"{joined(self.labels(single))} {rest} on one")
        return "; ".join(parts) + "."

    @property
    def _roles(self) -> str:
        """How many actors have a role, or that no stated one is on record."""
        if not self.documented:
            none = f"No stated, current role in {self.found.called} is on record"
            weaker = counted(len(self.linked), "weaker link is listed", "weaker links are listed")
            return f"{none}; {weaker}" if self.linked else none
        return (
            f"{counted(len(self.documented), 'actor has', 'actors have')} a stated, current role"
            f" in {self.found.called}, {len(self.found.supporters)} of them besides running it"
        )

    @property
    def ask(self) -> str:
        """What the reader is asked to do, in one sentence addressed to a post."""
        if not self.suggestions:
            return f"To {self.addressee}: name one source that this graph should read."
        useful = any(s.candidate.adds or s.candidate.strengthens for s in self.suggestions)
        marked = "; what each would add is marked" if useful else ""
        return (
            f"To {self.addressee}: choose two of the entities below and propose to each the first"
            f" step in its row within a month{marked}."
        )

    @property
    def works(self) -> list[tuple[str, Reason]]:
        """What else the linked have on record with the agreement, each with a short name."""
        found = self.found
        return [
            (found.actors[actor].short, work)
            for actor in found.works
            for work in found.works[actor]
        ]

    @property
    def thin(self) -> tuple[str, ...]:
        """The functions for which fewer than two actors are documented."""
        return tuple(c.function for c in self.found.coverage if len(c.documented) < 2)

    @property
    def parties(self) -> tuple[Mapping[str, Any], ...]:
        """Party counts, each with its date and source, the latest first."""
        return tuple(row for row in self.figures if row["quantity"] == "party-count")

    @property
    def streams(self) -> list[dict[str, Any]]:
        """The workstreams on the agreement's themes, with what each record decided."""
        merged: dict[str, list[str]] = {}
        for row in self.workstreams:
            status = str(row["status"]).replace("-", " ")
            said = f"{status}, {row['modality']}, {row['locator']}"
            known = merged.setdefault(str(row["name"]), [])
            if said not in known:
                known.append(said)
        return [{"name": name, "said": said} for name, said in merged.items()]

    @property
    def gaps(self) -> list[str]:
        """Gaps of the record in words: evidence gaps first."""
        lines = [f"Not searched: {s['looked_for']}." for s in self.unsearched]
        for search in self.performed:
            if search["outcome"] != "found":
                count = len(str(search["sources_searched"]).split("|"))
                found = "None found" if search["outcome"] == "none-found" else "Searched in part"
                noun = "source" if count == 1 else "sources"
                lines.append(
                    f"{found} in {count} {noun}, {search['searched_on']}: {search['looked_for']}."
                )
        for cover in self.found.missing:
            weaker = self.called(cover.weaker)
            only = f"; weaker links only: {joined(weaker)}" if weaker else ""
            lines.append(f"No documented actor for {cover.label.lower()}: {cover.status}{only}.")
        return lines

    @property
    def last_read(self) -> str:
        """The month in which the sources were last read."""
        return max((str(s["accessed"]) for s in self.sources.values() if s["accessed"]), default="")

    def shown(self, band: str) -> tuple[Suggestion, ...]:
        """Return the suggestions of a band."""
        return tuple(s for s in self.suggestions if s.candidate.band == band)

    def step_of(self, candidate: Candidate) -> str | None:
        """Return the first step with a candidate, if the brief shows one."""
        steps = (s.step for s in self.suggestions if s.candidate.id == candidate.id)
        return next(steps, None)

    def labels(self, functions: Iterable[str]) -> list[str]:
        """Return functions by their labels, in sentence case."""
        return [self.functions[function].lower() for function in sorted(functions)]

    def purpose(self, role: Role) -> str:
        """Return the functions of a role in words, those of a formal one marked."""
        mark = FORMAL if role.role in FORMAL_ROLES else ""
        return ", ".join(self.labels(role.functions)) + mark

    def through_mechanism_only(self, candidate: Candidate) -> bool:
        """Tell whether a candidate is among the linked, but only through a mechanism."""
        return through_mechanism_only(self.found, candidate.id)

    def needed(self, needs: Iterable[Need]) -> str:
        """Return what is wanted of a group in words."""
        return ", ".join(self.labels(need.slot.function for need in needs))

    def places(self, group: Group, most: int) -> list[str]:
        """Return who could take each place of a group, up to so many, and for which functions."""
        told = []
        for place in group.places:
            names = self.called(place.entities[:most])
            more = len(place.entities) - most
            others = f" (or {counted(more, 'other', 'others')})" if more > 0 else ""
            functions = ", ".join(self.labels(slot.function for slot in place.covers))
            told.append(f"{joined(names, 'or')}{others} for {functions}")
        return told

    def called(self, actors: Iterable[str]) -> list[str]:
        """Return actors by their short names."""
        return [self.names[actor] for actor in actors]

    def nearby(self, candidate: Candidate, function: str) -> bool:
        """Tell whether a candidate is on record for a function nearby."""
        return any(function in reason.functions for reason in candidate.reasons)

    def number(self, source: str) -> int:
        """Return the number under which the brief lists a source."""
        return list(self.sources).index(source) + 1

    def to_html(self) -> str:
        """Return one self-contained page without any script."""
        return rendered("brief.html.j2", self)

    def to_markdown(self) -> str:
        """Return the same in Markdown."""
        return rendered("brief.md.j2", self)

    def _repr_html_(self) -> str:
        return framed(self.to_html(), f"Brief: {self.agreement.name}")
