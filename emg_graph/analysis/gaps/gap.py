"""What a gap is: a statement about the record, with what was looked for and what speaks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emg_graph.analysis.claims import Citation
from emg_graph.analysis.gaps.kinds import KINDS
from emg_graph.analysis.network.links import BASES, STANDINGS
from emg_graph.analysis.network.wording import counted
from emg_graph.analysis.robustness import Interval

DOCUMENTED = "documented"
NONE_FOUND = "searched and none found"
NOT_SEARCHED = "not searched"
STATUSES: Mapping[str, str] = {
    DOCUMENTED: "a source itself says that something is wanted",
    NONE_FOUND: "a search on record looked for just this in the sources named, and found none",
    NOT_SEARCHED: "no search on record looked for just this to the end; wider ones are named",
}
"""What each status says."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What speaks for a gap or against it, as a sentence with its source."""

    sentence: str
    basis: str
    citation: Citation | None = None
    claim: str | None = None
    standing: str = "current"

    @property
    def strength(self) -> tuple[int, int, str, str]:
        """Its place in the order from strong to weak: current first, then stated."""
        at = self.citation.source if self.citation else ""
        basis = [*BASES, "computed"].index(self.basis)
        return [*STANDINGS].index(self.standing), basis, self.sentence, at


def strongest_first(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Return grounds, each once, the strongest first."""
    return tuple(sorted(set(grounds), key=lambda one: (*one.strength, repr(one))))


@dataclass(frozen=True, slots=True)
class Drop:
    """What chance says of a pair where a share of all links is left out at random."""

    share: float
    p: Interval
    beyond: float
    """The share of draws in which the pair stays beyond chance."""
    null: str = "hypergeometric"
    """The model of chance by which it is tested: another would take too long."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """How easily a gap would close or fall."""

    rests_on: tuple[str, ...] = ()
    """The sources of what speaks for it, by id."""
    needed: tuple[str, ...] = ()
    """Those of them without any one of which it would not be listed."""
    wrong: int | None = None
    """How many claims or readings must be wrong for it to fall; None where it rests on none."""
    closing: int = 1
    """How many links more would close it."""
    closer: str = "link"
    """What would close it: a link, a search or a source read."""
    weaker: int = 0
    """Weaker links on record any of which would count if it were confirmed."""
    unit: str = "claim"
    p: float | None = None
    q: float | None = None
    dropped: tuple[Drop, ...] = ()

    @property
    def sentence(self) -> str:
        """It in words.

        >>> Robustness(weaker=2).sentence
        'stands whichever source is dropped; 1 more link would close it; weaker on record: 2'
        """
        said = [self._sources, f"{counted(self.closing, f'more {self.closer}')} would close it"]
        if self.wrong is not None:
            said.insert(1, f"falls if {counted(self.wrong, self.unit)} {self._be} wrong")
        if self.weaker:
            said.append(f"weaker on record: {self.weaker}")
        return "; ".join((*said, *map(_told, self.dropped)))

    @property
    def _be(self) -> str:
        return "is" if self.wrong == 1 else "are"

    @property
    def _sources(self) -> str:
        if self.needed:
            return f"would not be listed without {', '.join(self.needed)}"
        if self.p is not None:
            return f"what is shared rests on {counted(len(self.rests_on), 'source')}"
        return "stands whichever source is dropped"


def _told(drop: Drop) -> str:
    return (
        f"{drop.share:.0%} of links left out: {drop.null} p {drop.p}, beyond chance in"
        f" {drop.beyond:.0%}"
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the record lacks."""

    kind: str
    subjects: tuple[str, ...]
    """Ids of what it is about."""
    statement: str
    looked_for: str
    status: str
    sources: tuple[str, ...]
    """The sources examined: those searched, or where nobody searched those of the records read."""
    check: str
    """Who could check it: a role, never a person."""
    grounds: tuple[Ground, ...] = ()
    against: tuple[Ground, ...] = ()
    """Weaker facts that speak against it, the strongest first."""
    robustness: Robustness = Robustness()
    touches: tuple[str, ...] = ()
    """Ids of what it touches besides, such as the themes that two agreements share."""
    number: int = 0
    """The number by which its kind is ordered, the greatest first; 0 where ids alone order."""
    instead: str = ""
    """What was searched or read in the sources, where nobody searched for just this to the end."""

    @property
    def id(self) -> str:
        """Its kind and subjects, the same in every answer.

        >>> Gap("missing-function", ("basel", "data"), "", "", NOT_SEARCHED, (), "").id
        'missing-function/basel/data'
        """
        return "/".join((self.kind, *self.subjects))

    @property
    def rule(self) -> str:
        """The rule by which it was found."""
        return KINDS[self.kind].rule

    @property
    def outcome(self) -> str:
        """Its status in words, with the number of sources examined."""
        sources = counted(len(self.sources), "source")
        if self.status == NONE_FOUND:
            return f"none found in {sources}"
        if self.status == DOCUMENTED:
            return f"documented; none found in the records of {sources}"
        if self.instead:
            return f"{NOT_SEARCHED}; {self.instead}"
        if not self.sources:
            return NOT_SEARCHED
        return f"{NOT_SEARCHED}; none in the records of {sources}"

    @property
    def cited(self) -> frozenset[str]:
        """The sources of what speaks for it and against it."""
        told = (*self.grounds, *self.against)
        return frozenset(one.citation.source for one in told if one.citation)

    @property
    def counter(self) -> Ground | None:
        """The strongest of what speaks against it, or None."""
        return self.against[0] if self.against else None
