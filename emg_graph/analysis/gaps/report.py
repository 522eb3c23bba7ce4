"""The gaps of a record, by kind, those first in which nobody looked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from emg_graph.analysis.gaps import silence
from emg_graph.analysis.gaps.apart import agreements_apart
from emg_graph.analysis.gaps.coverage import Looked, looked_at
from emg_graph.analysis.gaps.crossings import cross_cutting_links
from emg_graph.analysis.gaps.gap import Gap
from emg_graph.analysis.gaps.kinds import KINDS, Kind
from emg_graph.analysis.gaps.mandated import environment_mandates
from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.gaps.regions import regional_links
from emg_graph.analysis.gaps.spoken import asks_without_offer, offers_without_ask
from emg_graph.analysis.gaps.support import missing_functions, thin_support
from emg_graph.analysis.method import Method
from emg_graph.analysis.nulls import BLIND, FIXED
from emg_graph.analysis.result import Result
from emg_graph.analysis.robustness import DRAWS, SEED
from emg_graph.answers import Table, Tabular, to_html
from emg_graph.errors import QueryError

DEFINITION = (
    "A gap is a statement about the record, not about the world: what the sources of this graph"
    " do not hold. It is a reason to look; it does not say that nobody works on it, and it judges"
    " nobody."
)
NOTE = (
    "Gaps where nobody looked come first: they are the cheapest to close. Within a kind the order"
    " is that of the ids, of agreements side by side that of the themes they share; it ranks"
    " nobody. Corrections are welcome."
)
_METHOD = (
    "Each rule is applied to every agreement, theme and entity on record. Only stated, current"
    " links close a gap; past, planned and inferred ones, and those through a mechanism, stand"
    " beside it as counter-evidence."
)
_BEYOND = (
    " Sharing beyond chance: {null} null, q at or below {level:g} (Benjamini and Hochberg 1995)."
)
_FIRST = (
    " Only pairs that the quick hypergeometric model does not explain either are listed; above a"
    " thousand entities it decides alone."
)
_DROPPED = (
    " Each such pair is tested again {draws} times with a tenth and a fifth of all links left out"
    " at random, by the hypergeometric model alone, against its threshold in the whole table."
)

LEVEL = 0.05
"""The false discovery rate at which sharing counts as beyond chance."""

Progress = Callable[[int, int], None]
Rule = Callable[[Record], Iterator[Gap]]

_RULES: Mapping[str, Rule] = {
    "supporters-not-searched": silence.supporters_not_searched,
    "not-looked-up": silence.not_looked_up,
    "members-not-read": silence.members_not_read,
    "budget-not-read": silence.budget_not_read,
    "presence-not-reported": silence.presence_not_reported,
    "seat-not-recorded": silence.seat_not_recorded,
    "sought-not-found": silence.sought_not_found,
    "thin-support": thin_support,
    "missing-function": missing_functions,
    "agreements-apart": agreements_apart,
    "ask-without-offer": asks_without_offer,
    "offer-without-ask": offers_without_ask,
    "regional-link": regional_links,
    "environment-mandate": environment_mandates,
    "cross-cutting-link": cross_cutting_links,
}
"""The rule of each kind but ``synergy``, which takes a model of chance besides."""

_COLUMNS = (
    "id", "kind", "subjects", "statement", "status", "outcome", "looked_for", "sources",
    "evidence", "claims", "counter_evidence", "counter_basis", "counter_source",
    "counter_locator", "weaker", "robustness", "check", "examined",
)  # fmt: skip
_BRIEF = ("statement", "outcome", "counter_evidence", "robustness", "check")
"""The columns that a notebook shows."""


@dataclass(frozen=True, slots=True)
class Gaps(Tabular):
    """What the record lacks, in the order of the kinds."""

    gaps: tuple[Gap, ...]
    looked: tuple[Looked, ...]
    """How far the search went."""
    sources: int
    """How many sources the record has."""
    kinds: tuple[Kind, ...]
    """The kinds that were asked for."""
    method: Method
    subject: str | None = None
    """The id of what was asked about."""
    name: str | None = None
    """How it is called."""

    def __len__(self) -> int:
        return len(self.gaps)

    def __bool__(self) -> bool:
        return True

    def of(self, kind: str) -> tuple[Gap, ...]:
        """Return the gaps of a kind."""
        return tuple(gap for gap in self.gaps if gap.kind == kind)

    def by_kind(self) -> Iterator[tuple[Kind, tuple[Gap, ...]]]:
        """Yield each kind that has gaps, with them."""
        for kind, run in groupby(self.gaps, key=lambda gap: gap.kind):
            yield KINDS[kind], tuple(run)

    def results(self) -> Iterator[Result]:
        """Yield each gap with its status, to be kept in the graph."""
        for gap in self.gaps:
            values: dict[str, float | int | str] = {"resultStatus": gap.status}
            if gap.robustness.p is not None and gap.robustness.q is not None:
                values |= {"pValue": gap.robustness.p, "qValue": gap.robustness.q}
            told = f"{gap.statement} ({gap.outcome})"
            sources = tuple(sorted({*gap.sources, *gap.cited}))
            yield Result(gap.subjects, told, gap.touches, sources, values)

    def to_table(self) -> Table:
        """Return a row for each gap, with its strongest counter-evidence."""
        return Table(_COLUMNS, tuple(_row(gap) for gap in self.gaps))

    def first(self, limit: int) -> Table:
        """Return the rows of the first so many gaps of each kind, or with 0 of all."""
        shown = (gaps[:limit] if limit > 0 else gaps for _, gaps in self.by_kind())
        return Table(_COLUMNS, tuple(_row(gap) for gaps in shown for gap in gaps))

    def _repr_html_(self) -> str:
        groups = [(kind.title, _brief(gaps)) for kind, gaps in self.by_kind()]
        title = f"Gaps in the record{f': {self.name}' if self.name else ''}"
        return to_html(groups, title=title, note=f"{DEFINITION} {NOTE}")


def find_gaps(
    record: Record,
    *,
    subject: str | None = None,
    kinds: Collection[str] = tuple(KINDS),
    null: str = FIXED,
    exclude_sources: Collection[str] = (),
    progress: Progress | None = None,
    data: str = "",
) -> Gaps:
    """Return what a record lacks.

    Args:
        record: what is looked at.
        subject: only gaps about this agreement, theme, entity or body, by id; a theme stands for
            the narrower ones too.
        kinds: only gaps of these kinds, ids of ``KINDS``.
        null: the model of chance that decides what entities share beyond it.
        exclude_sources: leave out every claim and search from these sources.
        progress: called while a model of chance draws at random.
        data: the hash of the data.
    """
    less = record.without(exclude_sources)
    asked = tuple(kind for kind in KINDS.values() if kind.id in kinds)
    wanted = _asked(less, subject)
    found = [
        gap
        for kind in asked
        for gap in _ordered(_found(less, kind.id, null, progress, wanted))
        if wanted is None or not wanted.isdisjoint((*gap.subjects, *gap.touches))
    ]
    method = _method(asked, subject, null, exclude_sources, data)
    name = less.name(subject) if subject else None
    return Gaps(tuple(found), looked_at(less), len(less.sources), asked, method, subject, name)


def require_kinds(kinds: Collection[str] = ()) -> tuple[Kind, ...]:
    """Return the kinds of gap of these ids, in their order, or all.

    Raises:
        QueryError: one is unknown; holds the likeliest.
    """
    from difflib import get_close_matches  # noqa: PLC0415  (most never need it)

    for kind in kinds:
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"use {', '.join(KINDS)}"
            raise QueryError(f"there is no kind of gap {kind!r}; {hint}")
    return tuple(kind for kind in KINDS.values() if not kinds or kind.id in kinds)


def require_about(kinds: Collection[Kind], thing: str, named: Collection[str]) -> tuple[Kind, ...]:
    """Return those of some kinds of gap that speak of a kind of thing.

    Args:
        kinds: the kinds of gap.
        thing: the kind of thing, one of ``SUBJECTS``.
        named: ids of the kinds that were asked for by name; each of them must speak of it.

    Raises:
        QueryError: one that was asked for cannot; holds those that can.
    """
    mute = [kind.id for kind in kinds if kind.id in named and thing not in kind.about]
    if mute:
        able = ", ".join(kind.id for kind in KINDS.values() if thing in kind.about)
        article = "an" if thing[0] in "aeiou" else "a"
        raise QueryError(f"{' and '.join(mute)} cannot speak of {article} {thing}; use {able}")
    return tuple(kind for kind in kinds if thing in kind.about)


def _found(
    record: Record,
    kind: str,
    null: str,
    progress: Progress | None,
    about: Collection[str] | None,
) -> Iterator[Gap]:
    if kind != "synergy":
        return _RULES[kind](record)
    from emg_graph.analysis.gaps.synergy import synergy  # noqa: PLC0415  (it loads slowly)

    return synergy(record, null, LEVEL, progress, about)


def _ordered(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: (-gap.number, gap.subjects))


def _asked(record: Record, subject: str | None) -> frozenset[str] | None:
    """Return the ids that a subject stands for: a theme for the narrower ones too."""
    if subject is None:
        return None
    if subject in record.evidence.themes:
        return record.evidence.widened(subject)
    return frozenset({subject})


def _method(
    kinds: Collection[Kind],
    subject: str | None,
    null: str,
    without: Collection[str],
    data: str,
) -> Method:
    said = [("subject", subject)] if subject else []
    said += [("kinds", "|".join(kind.id for kind in kinds))] if len(kinds) < len(KINDS) else []
    chance = any(kind.id == "synergy" for kind in kinds)
    said += [("null", null), ("q", f"{LEVEL:g}")] if chance else []
    said += [("without", "|".join(sorted(without)))] if without else []
    if not chance:
        return Method("gaps", _METHOD, tuple(said), data=data)
    text = _METHOD + _BEYOND.format(null=null, level=LEVEL)
    text += _FIRST if null != BLIND else ""
    text += _DROPPED.format(draws=DRAWS) if null in (FIXED, BLIND) else ""
    return Method("gaps", text, tuple(said), SEED, data)


def _row(gap: Gap) -> tuple[str | int | None, ...]:
    counter, at = gap.counter, gap.counter.citation if gap.counter else None
    return (
        gap.id, gap.kind, "|".join(gap.subjects), gap.statement, gap.status, gap.outcome,
        gap.looked_for, len(gap.sources), len(gap.grounds),
        "|".join(sorted({one.claim for one in gap.grounds if one.claim})) or None,
        counter.sentence if counter else None, counter.basis if counter else None,
        at.source if at else None, at.locator if at else None, len(gap.against),
        gap.robustness.sentence, gap.check, "|".join(gap.sources) or None,
    )  # fmt: skip


def _brief(gaps: Iterable[Gap]) -> Table:
    at = [_COLUMNS.index(column) for column in _BRIEF]
    return Table(_BRIEF, tuple(tuple(_row(gap)[i] for i in at) for gap in gaps))
