"""The findings of which a package is made, each with its citation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from emg_graph.analysis.evidence import Actor, Citation, Role
from emg_graph.analysis.reasons import Reason

PRESENT = "present"
"""Reports expenses above zero in the country."""
WITHIN = "within"
"""Part of an entity that does; its own part is not reported."""
ELSEWHERE = "elsewhere"
"""Reports expenses in other countries, and none above zero in this one."""
UNREPORTED = "unreported"
"""Reports no expenses by country, so that nothing follows from its absence."""


@dataclass(frozen=True, slots=True)
class Country:
    """The country that a package is for."""

    id: str
    name: str
    code: str
    groups: tuple[str, ...]
    citation: Citation
    group_citation: Citation | None = None
    """The lists of groups in which it was looked for."""

    @property
    def called(self) -> str:
        """Its name as a sentence has it.

        >>> Country("nld", "Netherlands", "NLD", (), Citation("s", "p")).called
        'the Netherlands'
        """
        words = self.name.split()
        article = words[0] in _FIRST or words[-1] in _LAST or self.name in _WHOLE
        return f"the {self.name}" if article else self.name


_FIRST = frozenset({"Democratic", "Netherlands", "Republic", "State", "United"})
_LAST = frozenset({"Federation", "Islands", "Republic", "See"})
_WHOLE = frozenset({"Bahamas", "Comoros", "Congo", "Gambia", "Maldives", "Philippines"})


@dataclass(frozen=True, slots=True)
class Share:
    """What an entity spent world-wide on a goal of the agreement; it says nothing of a country."""

    entity: str
    goal: str
    number: int
    name: str
    basis: str
    year: str
    amount: float
    coded: float
    """What the entity coded to any goal in that year."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Spending:
    """What an entity reports to have spent in the country in the latest year."""

    entity: str
    year: str
    amount: float
    citations: tuple[Citation, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many projects an entity has in a field that serves the agreement, read by none."""

    entity: str
    fund: str
    area: str
    agreements: tuple[str, ...]
    """The agreement, or those of its family, that the field or the fund serves (inferred)."""
    projects: int
    as_of: str
    citation: Citation


def at_least(found: Iterable[Count]) -> int:
    """Return how many projects there are at least, since one may be in several counts.

    >>> here = Citation("s", "p")
    >>> rows = [("unep", "gef", 2), ("undp", "gef", 3), ("undp", "gcf", 1)]
    >>> at_least(Count(entity, fund, "", (), n, "2024", here) for entity, fund, n in rows)
    4
    """
    by_fund: dict[str, int] = {}
    for one in found:
        by_fund[one.fund] = max(by_fund.get(one.fund, 0), one.projects)
    return sum(by_fund.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one field of a fund, the largest first."""

    fund: str
    area: str
    agreements: tuple[str, ...]
    as_of: str
    counts: tuple[Count, ...]
    citation: Citation


def tallies(found: Iterable[Count]) -> tuple[Tally, ...]:
    """Return the counts by field of each fund, the last fund by name first."""
    fields: dict[tuple[str, str, Citation], list[Count]] = {}
    by_area = sorted(found, key=lambda one: (one.area, one.citation))
    for one in sorted(by_area, key=lambda one: one.fund, reverse=True):
        fields.setdefault((one.fund, one.area, one.citation), []).append(one)
    return tuple(
        Tally(
            fund, area, counts[0].agreements, counts[0].as_of,
            tuple(sorted(counts, key=lambda one: (-one.projects, one.entity))), citation,
        )
        for (fund, area, citation), counts in fields.items()
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of plans and projects, whatever country or agreement it speaks of."""

    plans: int
    """Sources with activities of country plans."""
    links: int
    """Sources with projects that are linked to an agreement."""
    lists: int
    """Lists of projects that were read whole."""
    funds: tuple[str, ...]
    """The funds of which these are."""


@dataclass(frozen=True, slots=True)
class Spender:
    """An entity present in the country, and what links it to the agreement."""

    actor: Actor
    spending: Spending
    roles: tuple[Role, ...]
    """Its stated, current roles in the agreement."""
    kin: tuple[Role, ...]
    """Those in other agreements of its family."""
    activities: int
    """Activities of the country's plan that name the agreement or its family (stated)."""
    projects: int
    """Projects of the funds in the country of which that is stated too."""
    supposed: tuple[int, int]
    """Activities and projects there of which it is inferred alone."""
    counted: tuple[Count, ...]
    """How many further projects it has there that are only counted."""
    shares: tuple[Share, ...]
    reason: Reason | None
    """The best-founded link beside those, if it is not inferred."""
    inferred: Reason | None
    """The nearest inferred link, for one without any other."""
    nearby: int
    """Links of its projects to related agreements, which count where two are named."""

    @property
    def core(self) -> bool:
        """Whether it is on record on the agreement itself or on its family, as stated."""
        return bool(self.roles or self.kin or self.activities or self.projects)

    @property
    def related(self) -> bool:
        """Whether only work elsewhere or a shared body links it to the agreement."""
        return not self.core and self.reason is not None

    @property
    def only_inferred(self) -> Reason | None:
        """The nearest inferred link of one that has no other."""
        return None if self.core or self.related else self.inferred

    @property
    def share(self) -> float:
        """The part of its goal-coded money that it spent on the agreement's goals."""
        return sum(one.amount / one.coded for one in self.shares if one.coded > 0)


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of a country plan that names the agreement or its family, or is on either."""

    entity: str
    agreement: str
    title: str
    matched_text: str
    own: bool
    """Whether its own text links it, or only that of the output above it."""
    since: str | None
    until: str | None
    required: float | None
    available: float | None
    spent: float | None
    basis: str
    citation: Citation

    @property
    def stated(self) -> bool:
        """Whether its text names the agreement."""
        return self.basis == "stated"

    @property
    def link(self) -> str:
        """What links it to the agreement, in a few words."""
        if self.stated:
            return "names it"
        return "on its subject" if self.own else "by the text above it"


@dataclass(frozen=True, slots=True)
class Project:
    """A project of a fund that names the country and serves the agreement or its family."""

    id: str
    name: str
    fund: str
    entities: tuple[str, ...]
    agreements: tuple[str, ...]
    grounds: tuple[str, ...]
    basis: str
    countries: int
    grant: float | None
    currency: str | None
    status: str | None
    approved: str | None
    note: str | None
    citation: Citation

    @property
    def stated(self) -> bool:
        """Whether its title names the agreement, or the fund marks it."""
        return self.basis == "stated"

    @property
    def link(self) -> str:
        """What links it to the agreements, in a few words."""
        return ", ".join(_LINKS.get(one, one.replace("-", " ")) for one in self.grounds)

    @property
    def over(self) -> bool:
        """Whether the fund gives it as completed or cancelled."""
        return self.state in _OVER

    @property
    def state(self) -> str:
        """Its status as the fund gives it, in lower case."""
        return self.status.lower() if self.status else "status not reported"


_OVER = frozenset({"cancelled", "completed"})
_LINKS = {
    "named-in-title": "title names it",
    "subject-in-title": "title on its subject",
    "transparency-flag": "marked by the fund",
    "focal-area": "by focal area",
}


@dataclass(frozen=True, slots=True)
class Near:
    """What an entity has on record near the country, in a few words."""

    words: str
    citation: Citation
    member: bool = False
    """Whether it is that the country is a member of it."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a role in a function, where it is seen from the country, and what shows it."""

    actor: Actor
    place: str
    within: str | None
    """The entity of which it is part, where that one is present."""
    through: tuple[str, ...]
    """The agreements in which it has the role."""
    basis: str
    citation: Citation
    at_work: bool
    """Whether it has or pays for work in the country, listed or counted."""
    near: Near | None = None
    """What it has on record near the country, if nothing in it."""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who covers a function for the agreement, seen from the country."""

    function: str
    label: str
    holders: tuple[Holder, ...]
    """With a stated, current role."""
    nearby: tuple[Holder, ...]
    """Present, and on record for it in another agreement or at a meeting."""
    weaker: tuple[Holder, ...]
    """On record only as historic, inferred or through a mechanism."""
    status: str

    @property
    def present(self) -> tuple[Holder, ...]:
        """The holders that report expenses in the country."""
        return tuple(holder for holder in self.holders if holder.place == PRESENT)

    @property
    def afar(self) -> tuple[Holder, ...]:
        """The others, without expenses above zero on record there; unreported ones last."""
        others = (holder for holder in self.holders if holder.place != PRESENT)
        return tuple(sorted(others, key=lambda holder: holder.place == UNREPORTED))


@dataclass(frozen=True, slots=True)
class Practice:
    """A position on record that names countries as a case."""

    position: str
    entity: str
    acts: tuple[str, ...]
    countries: tuple[str, ...]
    country_names: tuple[str, ...]
    summary: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Reported:
    """A number of entities said to be at work in a country."""

    country: str
    country_name: str
    value: str
    as_of: str | None
    note: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Model:
    """A way of support that could be copied, or that was proposed."""

    id: str
    name: str
    state: str
    functions: tuple[str, ...]
    used_for: tuple[str, ...]
    basis: str
    proposed_in: Citation | None
    citation: Citation
