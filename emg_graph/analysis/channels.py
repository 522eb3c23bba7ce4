"""Evidence channels: what each measure is. ``scoring`` makes percentiles and a mean of them.

A measure is a sum of parts (``parts``), each of which says what it comes from, how near that is to
the agreement, how much of it there is, and which claims tell of it. It gives an actor a number, or
None where nothing is known; unknown counts as the middle of the field, never as zero. To add a
measure, add a ``Gauge`` to ``CHANNELS``.

* A, roles in related agreements: after item-based similarity over treaty families.
* B, mechanisms on its themes: with the size discount of Newman (2001) in logarithmic form. Counted
  are stated, current members; a list that was not read whole counts as the middle of those that
  were, if that is more (``crowds``).
* C, thematic record: the mean of what is known among the mandates on its themes, the share of
  money on its goals and the share of positions on its themes, each as a percentile of its own.
  Three more pieces would belong here. Custody of an indicator is in the record as a role, so it
  counts in A and not twice. Paragraphs of budgets that name an entity are in the record only where
  they name it as a partner of another, without a theme, so they count nowhere. What an entity was
  founded for is not in the record: the chart of the UN system names the resolution of hardly any.
* D, projects on related agreements: as A, with the number of projects damped by a logarithm. A
  project counts by the name in its title or a mark of the fund, which are stated, and by the
  subject of its title, which is inferred; by a focal area it does not.

What is on record with the agreement itself (roles in it, projects, plans, mandates and positions
that name it) is direct evidence: it is shown first and apart, and enters no channel.

The specialists' view asks how much of an actor's record lies near, instead of how much lies near:
each sum is divided by 1 and the same sum with everything as near as can be. Who is in everything
no longer leads by size alone, and the 1 keeps a single link from counting as a whole record. Money
and positions are such shares already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.nearness import cosine as cosine
from emg_graph.analysis.nearness import similarity as similarity
from emg_graph.analysis.parts import FORMAL_ROLES as FORMAL_ROLES
from emg_graph.analysis.parts import PROJECTS as PROJECTS
from emg_graph.analysis.parts import RUNNING_ROLES as RUNNING_ROLES
from emg_graph.analysis.parts import (
    Part,
    Tallies,
    Tally,
    mandate_parts,
    mechanism_parts,
    money_parts,
    position_parts,
    project_parts,
    role_parts,
)

Values = NDArray[np.float64] | np.float64

DIGITS = 9
"""So many digits of a measure count: what differs by less is the noise of adding up."""


@dataclass(frozen=True, slots=True)
class Size:
    """How a part's count becomes how much it counts, before its nearness does."""

    text: str
    """The arithmetic, for whoever checks it; ``n`` is the count."""
    many: Callable[[Values], Values]

    def of(self, count: float) -> float:
        """Return how much one count counts."""
        return float(self.many(np.float64(count)))


ONCE = Size("1", np.ones_like)
DAMPED = Size("log2(1 + n)", lambda counts: np.log2(1 + counts))
SMALL = Size("1 / log2(1 + n)", lambda counts: 1 / np.log2(1 + counts))
AMOUNT = Size("n", lambda counts: counts)


@dataclass(frozen=True, slots=True)
class Gauge:
    """One measure: which parts it counts, and how they are put together."""

    name: str
    text: str
    """What is added up, as a clause."""
    counts: str
    """What the count of a part is, in the plural."""
    parts: Callable[[Evidence, Agreement], Tallies]
    size: Size = ONCE
    share: bool = False
    """Whether the sum is divided by the same sum with everything as near as can be."""
    absent: float | None = None
    """What an actor has of whom there is nothing: 0, or None where that means unknown."""

    def __call__(self, evidence: Evidence, agreement: Agreement, actor: str) -> float | None:
        """Return the measure of one actor."""
        return self.value(self.parts(evidence, agreement).get(actor))

    def value(self, tally: Tally | None, *, specialists: bool = False) -> float | None:
        """Return the measure of what was counted for an actor, None where that is unknown."""
        if tally is None:
            return self.absent
        near = sum(self.worth(part) for part in tally.parts)
        divisor = self.divisor(tally, specialists=specialists)
        if divisor is None:
            return float(np.round(near, DIGITS))
        return float(np.round(near / divisor, DIGITS)) if divisor > 0 else None

    def divisor(self, tally: Tally, *, specialists: bool = False) -> float | None:
        """Return what the sum of the parts is divided by; None where it stands as it is."""
        if self.share:
            return self.whole(tally)
        return 1 + self.whole(tally) if specialists else None

    def worth(self, part: Part) -> float:
        """Return what a part adds."""
        return part.near * self.size.of(part.count)

    def whole(self, tally: Tally) -> float:
        """Return what everything of the kind would add, were it as near as can be."""
        if tally.whole is not None:
            return tally.whole
        return sum(self.size.of(part.count) for part in tally.parts)


related_roles = Gauge(
    "roles",
    "the nearness of the other agreements in which it has a stated, current role",
    "roles",
    role_parts,
    absent=0.0,
)
theme_mechanisms = Gauge(
    "mechanisms",
    "the nearness in themes of the mechanisms in which it takes part, the smaller the more",
    "members",
    mechanism_parts,
    SMALL,
    absent=0.0,
)
theme_mandates = Gauge(
    "mandates",
    "the weights of the mandates on its themes that it cites, less for those that many cite",
    "mandates",
    mandate_parts,
)
goal_money = Gauge(
    "money",
    "the share of the money that it codes by goal on the agreement's goals",
    "US dollars",
    money_parts,
    AMOUNT,
    share=True,
)
theme_positions = Gauge(
    "positions",
    "the share of its positions on record that touch the themes",
    "positions",
    position_parts,
    share=True,
)
related_projects = Gauge(
    "projects",
    "the nearness of the other agreements on which it implements projects",
    "projects",
    project_parts,
    DAMPED,
)

CHANNELS: Mapping[str, Mapping[str, Gauge]] = {
    "A": {"roles": related_roles},
    "B": {"mechanisms": theme_mechanisms},
    "C": {"mandates": theme_mandates, "money": goal_money, "positions": theme_positions},
    "D": {"projects": related_projects},
}
"""The measures of each channel, by name."""
TITLES: Mapping[str, str] = {
    "A": "roles in related agreements",
    "B": "mechanisms on its themes",
    "C": "thematic record: mandates, money, positions",
    "D": "projects on related agreements",
}


def popularity(evidence: Evidence, agreement: Agreement, actor: str) -> int:
    """Return the number of other agreements in which the actor has a documented role.

    Keeping the papers or money of an agreement is none.
    """
    served = {
        role.agreement
        for role in evidence.roles
        if role.actor == actor and role.documented and role.role not in FORMAL_ROLES
    }
    return len(served - {agreement.id})


def projects_of(
    evidence: Evidence, actor: str, bases: Collection[str] = ("stated", "inferred")
) -> Mapping[str, frozenset[str]]:
    """Return the projects of an actor on each agreement, stated or inferred."""
    found: dict[str, set[str]] = {}
    for work in evidence.works:
        if work.actor == actor and work.kind in PROJECTS and work.basis in bases:
            found.setdefault(work.agreement, set()).update(work.items)
    return {agreement: frozenset(projects) for agreement, projects in found.items()}


def naming(evidence: Evidence, agreement: str, actor: str) -> frozenset[str]:
    """Return the mandates that an actor cites and whose titles name the agreement."""
    return frozenset(
        item
        for work in evidence.works
        if work.kind == "mandate" and work.actor == actor and work.agreement == agreement
        for item in work.items
    )
