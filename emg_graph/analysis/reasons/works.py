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


def work_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield one reason for each kind of work that the actor has on record with the agreement."""
    by_kind: dict[str, list[Work]] = {}
    for work in evidence.works:
        if work.actor == actor and work.agreement == wanted.agreement.id and not wanted.narrowed:
            by_kind.setdefault(work.kind, []).append(work)
    for kind, works in by_kind.items():
        channel, told = _KINDS[kind]
        last = max(works, key=lambda work: (work.until or "", work.citation))
        through = last.basis == "via-mechanism"
        yield counted_reason(
            ON_IT if last.basis in ("stated", "computed") else INDIRECT,
            channel,
            told(evidence, works, last),
            last.basis,
            last.citation,
            tuple(sorted({claim for work in works for claim in work.claims})),
            distance=SERVING if through else ITSELF,
        )


def related_project_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield the stated projects on agreements that are near, one reason for each way of nearness.

    A project that is on the agreement itself is not counted again.
    """
    own = projects_of(evidence, actor)
    itself = own.get(wanted.agreement.id, frozenset())
    near: dict[str, dict[str, frozenset[str]]] = {}
    for agreement, projects in own.items():
        link = relation(evidence, wanted, evidence.agreements[agreement])
        if link and agreement != wanted.agreement.id and projects - itself:
            near.setdefault(link[0], {})[agreement] = projects - itself
    for band, found in near.items():
        works = [
            work
            for work in evidence.works
            if work.actor == actor and work.kind in PROJECTS and work.agreement in found
        ]
        last = max(works, key=lambda work: (work.until or "", work.citation))
        yield counted_reason(
            band,
            "projects on related agreements",
            _related(evidence, band, found),
            "stated",
            last.citation,
            tuple(sorted({claim for work in works for claim in work.claims})),
            through=tuple(sorted(found)),
        )


def _related(evidence: Evidence, band: str, found: Mapping[str, frozenset[str]]) -> str:
    total = len(frozenset().union(*found.values()))
    if total == 1 and len(found) == 1:
        how = "a related agreement" if band == DIRECT else "an agreement of the same cluster only"
        return f"Implements 1 project on {how}, {evidence.agreements[next(iter(found))].called}"
    order = sorted(found, key=lambda agreement: (-len(found[agreement]), agreement))
    named = [f"{evidence.agreements[one].called} {len(found[one])}" for one in order[:_FEW]]
    if len(order) > _FEW:
        named.append(f"{len(order) - _FEW} more")
    how = "related agreements" if band == DIRECT else "agreements of the same cluster only"
    return f"Implements {counted(total, 'project', 'projects')} on {how} ({and_list(named)})"


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
        return (
            f"Has {number} in United Nations country plans {how}, in {places}{period}, the latest:"
            f" {cut(last.example or '')}"
        )

    return told


def _memorandum(evidence: Evidence, works: Sequence[Work], _: Work) -> str:
    partners = [
        f"{evidence.actors[item].short}{f' ({work.since})' if work.since else ''}"
        for work in works
        for item in work.items
    ]
    a = "a memorandum" if len(partners) == 1 else "memoranda"
    return f"Is party to {a} on this agreement, with {and_list(list(dict.fromkeys(partners)))}"


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
    "focal-area": (
        "project in its field",
        _implements("in a focal area that is read as the field of this agreement"),
    ),
    "own-text": ("country plan", _planned("that name this agreement in their own text")),
    "parent-text": (
        "country plan, text above",
        _planned("under an output that names this agreement"),
    ),
    "memorandum": ("memorandum on it", _memorandum),
    "organised-with": ("side events on it", _organised),
    "accreditation": ("accreditation", _accredited),
    "mandate": ("mandate that names it", _named),
}
"""The channel of each kind of work, and how it is told."""
