"""How system-wide collaboration moved between two snapshots, and how much of that is reading.

An agreement has system-wide collaboration on record if at least so many actors with stated,
current roles other than the depositary's cover together at least so many functions: the count of
the query on collaboration by year, for the days of the two snapshots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from emg_graph.analysis.comparison.change import ADDED, CLAIM, Change
from emg_graph.analysis.comparison.snapshot import Snapshot
from emg_graph.analysis.comparison.wording import Wording
from emg_graph.records import Role

LEAST_ENTITIES, LEAST_FUNCTIONS = 3, 3
"""The thresholds that the query has unless it is asked with others."""
REACHED, LOST = "reached", "no longer reached"


@dataclass(frozen=True, slots=True)
class Width:
    """How many entities and mechanisms serve an agreement, in how many functions."""

    entities: int = 0
    functions: int = 0

    @property
    def enough(self) -> bool:
        """Whether it has system-wide collaboration on record."""
        return self.entities >= LEAST_ENTITIES and self.functions >= LEAST_FUNCTIONS


@dataclass(frozen=True, slots=True)
class Crossing:
    """An agreement that is on another side of the line now."""

    agreement: str
    name: str
    direction: str
    """``reached`` or ``no longer reached``."""
    old: Width
    new: Width
    common: bool
    """Whether it is so on the sources alone that both snapshots have."""

    @property
    def sentence(self) -> str:
        """What has moved, and whether reading alone may have moved it."""
        alone = "" if self.common else "; not so on the sources alone that both have"
        return (
            f"{self.direction}; entities or mechanisms {self.old.entities} → {self.new.entities},"
            f" functions {self.old.functions} → {self.new.functions}{alone}"
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """How many of something the two snapshots hold."""

    what: str
    old: int
    new: int

    @property
    def difference(self) -> int:
        """How many more there are, or with a minus how many fewer."""
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Collaboration:
    """What moved between two snapshots as wholes, whatever part of them was asked about."""

    reaching: Moved
    """Agreements with system-wide collaboration on record."""
    on_common: Moved
    """The same, on the sources alone that both snapshots have."""
    links: Moved
    """Pairs of an actor and an agreement with a stated, current role."""
    sources_added: tuple[str, ...]
    sources_gone: tuple[str, ...]
    links_added: int
    links_read: int
    """Of the links added, those that stand only in sources that the old snapshot did not have."""
    claims_added: int
    claims_read: int
    """The same of the claims of every table that are stated, and were said nowhere before."""
    crossings: tuple[Crossing, ...]

    @property
    def counts(self) -> tuple[Moved, ...]:
        """The numbers that have an old and a new value."""
        return (self.reaching, self.on_common, self.links)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was read more, and what that means."""
        added, gone = len(self.sources_added), len(self.sources_gone)
        read = f"Counted over the whole of both. Sources added: {added:,}; gone: {gone:,}."
        if not self.claims_added:
            return (read, "No claim was added that is stated and was said nowhere before.")
        return (
            read,
            f"Links added between an actor and an agreement: {self.links_added:,}, of which"
            f" {self.links_read:,} stand only in sources that the old snapshot did not have."
            f" Stated claims added that no other place said before: {self.claims_added:,}, of which"
            f" {self.claims_read:,} from those sources.",
            "What comes from those sources is growth of reading, not of work. The rest may be a"
            " closer reading of sources that both have; only a beginning on record says when work"
            " began.",
        )


def find_collaboration(
    old: Snapshot, new: Snapshot, changes: Iterable[Change], wording: Wording
) -> Collaboration:
    """Return how system-wide collaboration moved.

    Args:
        old: the earlier snapshot.
        new: the later one.
        changes: everything that differs between the two.
        wording: what agreements are called.
    """
    common = old.sources & new.sources
    before, after = widths(_roles(old)), widths(_roles(new))
    both = [widths(_roles(one, common)) for one in (old, new)]
    known, links = _links(_roles(old)), _links(_roles(new))
    fresh = {pair: cited for pair, cited in links.items() if pair not in known}
    claims = [
        one.citation
        for one in changes
        if one.change == ADDED and one.sort == CLAIM and not (one.not_stated or one.restated)
    ]
    return Collaboration(
        reaching=Moved(
            f"agreements with at least {LEAST_ENTITIES} entities or mechanisms in at least"
            f" {LEAST_FUNCTIONS} functions", _reaching(before), _reaching(after),
        ),
        on_common=Moved(
            "the same, on the sources alone that both have", *(_reaching(one) for one in both)
        ),
        links=Moved("links of an actor to an agreement, stated and current",
                    len(known), len(links)),
        sources_added=tuple(sorted(new.sources - old.sources)),
        sources_gone=tuple(sorted(old.sources - new.sources)),
        links_added=len(fresh),
        links_read=sum(cited.isdisjoint(old.sources) for cited in fresh.values()),
        claims_added=len(claims),
        claims_read=sum(one is not None and one.source not in old.sources for one in claims),
        crossings=tuple(_crossings(before, after, both, wording)),
    )  # fmt: skip


def widths(roles: Iterable[Role]) -> Mapping[str, Width]:
    """Return how many actors serve each agreement, in how many functions."""
    entities: dict[str, set[str]] = {}
    functions: dict[str, set[str]] = {}
    for role in roles:
        entities.setdefault(role.agreement, set()).add(role.entity)
        functions.setdefault(role.agreement, set()).update(role.functions)
    return {
        agreement: Width(len(found), len(functions[agreement]))
        for agreement, found in entities.items()
    }


def _roles(snapshot: Snapshot, sources: frozenset[str] | None = None) -> Iterator[Role]:
    """Yield the roles that count, from any source or from some."""
    for row in snapshot.rows["roles"]:
        assert isinstance(row, Role)
        counts = row.basis == "stated" and row.standing == "current" and row.role != "depositary"
        if counts and (sources is None or row.source in sources):
            yield row


def _reaching(found: Mapping[str, Width]) -> int:
    return sum(width.enough for width in found.values())


def _links(roles: Iterable[Role]) -> Mapping[tuple[str, str], set[str]]:
    """Return the actor and the agreement of roles, with the sources that say so."""
    found: dict[tuple[str, str], set[str]] = {}
    for role in roles:
        found.setdefault((role.entity, role.agreement), set()).add(role.source)
    return found


def _crossings(
    before: Mapping[str, Width],
    after: Mapping[str, Width],
    both: list[Mapping[str, Width]],
    wording: Wording,
) -> Iterator[Crossing]:
    for agreement in sorted(before.keys() | after.keys()):
        old, new = before.get(agreement, Width()), after.get(agreement, Width())
        if old.enough != new.enough:
            first, second = (one.get(agreement, Width()).enough for one in both)
            yield Crossing(
                agreement, wording.called(agreement), REACHED if new.enough else LOST, old, new,
                common=(first, second) == (old.enough, new.enough),
            )  # fmt: skip
