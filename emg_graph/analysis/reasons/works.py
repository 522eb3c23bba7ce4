"""Work on the agreement itself, and projects on related agreements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from emg_graph.analysis.channels import PROJECTS, projects_of
from emg_graph.analysis.claims import Work
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.reasons.near import relation
from emg_graph.analysis.reasons.reason import (
    DIRECT,
    INDIRECT,
    ITSELF,
    ON_IT,
    SERVING,
    Reason,
    Wanted,
    counted_reason,
)
from emg_graph.analysis.reasons.wording import and_list, counted, cut, dollars, years

_FEW = 4
"""So many related agreements are named in a sentence."""
_SUBJECTS = frozenset({"subject-in-title", "subject-in-text"})
"""Kinds of work on what an agreement deals with: direct evidence of related work, not of it."""


def work_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield a reason for each kind and basis of the actor's work on record with the agreement."""
    by_kind: dict[tuple[str, str], list[Work]] = {}
    for work in evidence.works:
        if work.actor == actor and work.agreement == wanted.agreement.id and not wanted.narrowed:
            by_kind.setdefault((work.kind, work.basis), []).append(work)
    for (kind, _), works in by_kind.items():
        channel, told = _KINDS[kind]
        last = max(works, key=lambda work: (work.until or "", work.citation))
        through = last.basis == "via-mechanism"
        yield counted_reason(
            _band(last),
            channel,
            told(evidence, works, last),
            last.basis,
            last.citation,
            tuple(sorted({claim for work in works for claim in work.claims})),
            distance=SERVING if through else ITSELF,
        )


def _band(work: Work) -> str:
    if work.kind in _SUBJECTS:
        return DIRECT
    return ON_IT if work.basis in ("stated", "computed") else INDIRECT


def related_project_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield the projects on agreements that are near, by the way of nearness and by the basis.

    A project that is on the agreement itself is not counted again, nor among the inferred ones any
    that is stated.
    """
    itself = projects_of(evidence, actor).get(wanted.agreement.id, frozenset())
    stated: dict[str, frozenset[str]] = {}
    for basis in ("stated", "inferred"):
        near: dict[str, dict[str, frozenset[str]]] = {}
        for agreement, projects in projects_of(evidence, actor, [basis]).items():
            link = relation(evidence, wanted, evidence.agreements[agreement])
            if link and agreement != wanted.agreement.id:
                near.setdefault(link[0], {})[agreement] = projects
        for band, found in near.items():
            told = itself | stated.get(band, frozenset())
            left = {one: projects - told for one, projects in found.items() if projects - told}
            stated.setdefault(band, frozenset().union(*left.values()))
            if left:
                yield _related_reason(evidence, actor, band, basis, left)


def _related_reason(
    evidence: Evidence, actor: str, band: str, basis: str, found: Mapping[str, frozenset[str]]
) -> Reason:
    works = [
        work
        for work in evidence.works
        if (work.actor, work.basis) == (actor, basis)
        and work.kind in PROJECTS
        and work.agreement in found
    ]
    last = max(works, key=lambda work: (work.until or "", work.citation))
    return counted_reason(
        band,
        "projects on related agreements",
        _related(evidence, band, basis, found),
        basis,
        last.citation,
        tuple(sorted({claim for work in works for claim in work.claims})),
        through=tuple(sorted(found)),
    )


def _related(evidence: Evidence, band: str, basis: str, found: Mapping[str, frozenset[str]]) -> str:
    total, named = len(frozenset().union(*found.values())), basis == "stated"
    if total == 1 and len(found) == 1:
        how = "a related agreement" if band == DIRECT else "an agreement of the same cluster only"
        which = f"{how}, {evidence.agreements[next(iter(found))].called}"
        told = f"on {which}" if named else f"with a title on what {which}, deals with"
        return f"Implements 1 project {told}"
    how = "related agreements" if band == DIRECT else "agreements of the same cluster only"
    told = f"on {how}" if named else f"with titles on what {how} deal with"
    number = counted(total, "project", "projects")
    return f"Implements {number} {told} ({and_list(_per_agreement(evidence, found))})"


def _per_agreement(evidence: Evidence, found: Mapping[str, frozenset[str]]) -> list[str]:
    """Return how many projects each agreement has, the most first, and how many are left out."""
    order = sorted(found, key=lambda agreement: (-len(found[agreement]), agreement))
    named = [f"{evidence.agreements[one].called} {len(found[one])}" for one in order[:_FEW]]
    return [*named, f"{len(order) - _FEW} more"] if len(order) > _FEW else named


def _items(works: Sequence[Work]) -> int:
    return len({item for work in works for item in work.items})


def _period(works: Sequence[Work]) -> str:
    return years([work.since for work in works], [work.until for work in works])


def _implements(how: str) -> Callable[[Evidence, Sequence[Work], Work], str]:
    def told(evidence: Evidence, works: Sequence[Work], last: Work) -> str:
        number = counted(_items(works), "project", "projects")
        funds = sorted({evidence.actors[work.fund].short for work in works if work.fund})
        given = sum(work.amount for work in works)
        facts = [_period(works), f"{dollars(given)} from the fund" if given else ""]
        known = "; ".join(fact for fact in facts if fact)
        marks = f" ({known})" if known else ""
        verb = "the latest" if _items(works) > 1 else "called"
        where = " and ".join(f"the {fund}" for fund in funds)
        return (
            f"Implements {number} of {where} {how}{marks}, {verb}:"
            f" {cut(last.example or '')} ({last.example_id})"
        )

    return told


def _planned(how: str) -> Callable[[Evidence, Sequence[Work], Work], str]:
    def told(_: Evidence, works: Sequence[Work], last: Work) -> str:
        number = counted(_items(works), "activity", "activities")
        places = counted(max(work.countries for work in works), "country", "countries")
        period = f", {_period(works)}" if _period(works) else ""
        verb = "the latest" if _items(works) > 1 else "called"
        return (
            f"Has {number} in United Nations country plans {how}, in {places}{period}, {verb}:"
            f" {cut(last.example or '')}"
        )

    return told


def _memorandum(evidence: Evidence, works: Sequence[Work], _: Work) -> str:
    """Tell the latest memorandum with each partner, the latest of them first."""
    latest: dict[str, Work] = {}
    for work in sorted(works, key=lambda work: (work.until or "", not work.superseded)):
        latest |= dict.fromkeys(work.items, work)
    partners = sorted(latest, key=lambda item: evidence.actors[item].short.casefold())
    partners.sort(key=lambda item: latest[item].until or "", reverse=True)
    named = [f"{evidence.actors[one].short}{_when(latest[one])}" for one in partners]
    a = "a memorandum" if len(named) == 1 else "memoranda"
    return f"Has on record {a} on this agreement with {and_list(named)}"


def _when(work: Work) -> str:
    """Return the year of a memorandum and whether another has come after it, in brackets."""
    facts = [work.until, "superseded since" if work.superseded else None]
    known = ", ".join(filter(None, facts))
    return f" ({known})" if known else ""


def _organised(_: Evidence, works: Sequence[Work], last: Work) -> str:
    partners = counted(_items(works), "other", "others")
    named = and_list((last.example or "").split("|"))
    often = f", most often {named}" if _items(works) > 1 else f", {named}"
    return f"Organised side events at meetings of this agreement with {partners}{often}"


def _accredited(evidence: Evidence, works: Sequence[Work], _: Work) -> str:
    funds = sorted({evidence.actors[item].short for work in works for item in work.items})
    return f"Is accredited to the {and_list(funds)}, said to serve this agreement"


def _named(_: Evidence, works: Sequence[Work], last: Work) -> str:
    number = counted(_items(works), "mandate", "mandates")
    period = f" ({_period(works)})" if _period(works) else ""
    one = "the latest" if _items(works) > 1 else "that is"
    told = f"Cites {number} with a title that names this agreement{period}, {one} {last.example}"
    broad = {item for work in works for item in work.omnibus}
    return f"{told}; {len(broad)} omnibus" if broad else told


_KINDS: Mapping[str, tuple[str, Callable[[Evidence, Sequence[Work], Work], str]]] = {
    "named-in-title": ("project on it", _implements("with a title that names this agreement")),
    "transparency-flag": (
        "project on it",
        _implements("that the fund counts as transparency work under this agreement"),
    ),
    "subject-in-title": (
        "project on its subject",
        _implements("with a title on what this agreement deals with"),
    ),
    "focal-area": (
        "project in its field",
        _implements("in a focal area that is read as the field of this agreement"),
    ),
    "own-text": ("country plan", _planned("that name this agreement in their own text")),
    "subject-in-text": (
        "country plan on its subject",
        _planned("whose own text is on what this agreement asks for"),
    ),
    "parent-text": (
        "country plan, text above",
        _planned("under an output that names this agreement or what it asks for"),
    ),
    "memorandum": ("memorandum on it", _memorandum),
    "organised-with": ("side events on it", _organised),
    "accreditation": ("accreditation", _accredited),
    "mandate": ("mandate that names it", _named),
}
"""The channel of each kind of work, and how it is told."""
