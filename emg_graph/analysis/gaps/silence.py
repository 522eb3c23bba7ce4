"""Evidence gaps: where nobody has looked, or what was looked for was not found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from emg_graph.analysis.evidence import Body, Role
from emg_graph.analysis.gaps.asking import EDITORS, agreement_desk, entity_desk, searchers
from emg_graph.analysis.gaps.gap import (
    NONE_FOUND,
    NOT_SEARCHED,
    Gap,
    Ground,
    Robustness,
    strongest_first,
)
from emg_graph.analysis.gaps.record import NOTHING, UNDONE, Record, Search
from emg_graph.analysis.gaps.searching import Searched, searched
from emg_graph.analysis.network.wording import counted, the

_LOOKED_FOR = "entities with a role in it"
_OUTCOMES = {
    UNDONE: "not looked up yet",
    "unreadable": "could not be read",
    NOTHING: "none found",
}

_BY: Mapping[str, str] = {
    "project": "projects of funds that it carries out",
    "portfolio": "the list of its projects in a fund",
    "plan": "its activities in country plans",
}
"""How it is known in which countries an entity works, besides its expenses."""


def supporters_not_searched(record: Record) -> Iterator[Gap]:
    """Yield the agreements without any search of supporters that was carried out."""
    for agreement, known in sorted(record.evidence.agreements.items()):
        if not record.searched(agreement):
            undone = [one for one in record.about(agreement) if one.supporters]
            roles = [role for role in record.evidence.roles if role.agreement == agreement]
            yield Gap(
                "supporters-not-searched",
                (agreement,),
                f"Nobody is on record as having searched for who serves {known.called}.",
                _LOOKED_FOR,
                NOT_SEARCHED,
                (),
                searchers(agreement_desk(record, agreement)),
                tuple(one.ground for one in undone),
                strongest_first(_unsought(record, role) for role in roles),
                _open("search"),
            )  # fmt: skip


def _unsought(record: Record, role: Role) -> Ground:
    told = f"{record.short(role.actor)} has a role on record without a search"
    sentence = f"{told}: {role.role_label.lower()}."
    return Ground(sentence, role.basis, role.citation, role.claim, role.standing)


def not_looked_up(record: Record) -> Iterator[Gap]:
    """Yield what a search says was not looked up, or could not be read.

    Of an agreement whose supporters nobody searched for, that is told once, as such.
    """
    for one in record.searches:
        known = one.subject in record.evidence.agreements
        told = known and one.supporters and not record.searched(one.subject)
        if one.outcome in (UNDONE, "unreadable") and not told:
            yield _of_search(record, one, "not-looked-up", NOT_SEARCHED, ())


def sought_not_found(record: Record) -> Iterator[Gap]:
    """Yield what a search that was carried out did not find."""
    for one in record.searches:
        if one.outcome == NOTHING and one.done:
            yield _of_search(record, one, "sought-not-found", NONE_FOUND, one.places)


def _of_search(record: Record, one: Search, kind: str, status: str, places: tuple[str, ...]) -> Gap:
    subject = the(record.short(one.subject))
    return Gap(
        kind,
        (one.subject, one.claim.rpartition("/")[2][:12]),
        f"On {subject}, {one.looked_for}: {_OUTCOMES[one.outcome]}.",
        one.looked_for,
        status,
        places,
        EDITORS,
        (one.ground, *_note(one)),
        robustness=Robustness((one.citation.source,), (one.citation.source,), 1, closer="search"),
    )


def _note(one: Search) -> tuple[Ground, ...]:
    return (Ground(one.note, "stated", one.citation, one.claim),) if one.note else ()


def members_not_read(record: Record) -> Iterator[Gap]:
    """Yield the current mechanisms whose members are on record in part or not at all.

    Where a search for just the list found none, that is told as sought and not found.
    """
    for body, known in sorted(record.evidence.bodies.items()):
        if known.standing == "current" and known.coverage not in (None, "complete"):
            looked = searched(record, body, _of_members)
            if looked.status != NONE_FOUND:
                yield _members(record, body, known, looked)


def _members(record: Record, body: str, known: Body, looked: Searched) -> Gap:
    members = [one for one in record.evidence.memberships if one.body == body]
    sources = tuple(sorted({*looked.places, *(one.citation.source for one in members)}))
    instead = "nobody is on record as having looked for the whole list"
    if looked.places:
        instead = (
            f"a search in {counted(len(looked.places), 'source')} did not end with the whole list"
        )
    return Gap(
        "members-not-read",
        (body,),
        _list_told(known, len({one.actor for one in members}), len(sources)),
        "the full list of members",
        looked.status,
        sources,
        searchers(entity_desk(record, body)),
        tuple(one.ground for one in record.about(body)),
        robustness=_open("source"),
        instead=instead if sources else "",
    )


def _list_told(body: Body, members: int, sources: int) -> str:
    """Say how far a list of members was read, and how many are on record."""
    told = f"The list of members of {the(body.short)} was"
    number = counted(members, "member")
    if body.coverage == "partial":
        where = f" in {counted(sources, 'source')}" if sources else ""
        return f"{told} read in part{where}: {number} on record."
    if not members:
        return f"{told} not read; no member is on record."
    return f"{told} not read; {number} {'is' if members == 1 else 'are'} on record from elsewhere."


def _of_members(search: Search) -> bool:
    return "member" in search.looked_for or "full list" in search.looked_for


def budget_not_read(record: Record) -> Iterator[Gap]:
    """Yield the entities of the UN system none of whose mandates were read."""
    read = {actor for actor, _ in record.evidence.budgets}
    sources = tuple(sorted({source for _, source in record.evidence.budgets}))
    for entity in sorted(record.compared - read):
        name = the(record.short(entity))
        told = f"No list of mandates of {name} was read"
        scope = f"; {counted(len(sources), 'budget')} of other entities were" if sources else ""
        statement = f"{told}{scope}."
        against = _budgets_above(record, entity)
        yield _silent(record, "budget-not-read", entity, statement, "its mandates", against)


def _budgets_above(record: Record, entity: str) -> Iterator[Ground]:
    """Yield the budgets that were read of what an entity is part of."""
    for parent in record.above.get(entity, ()):
        for one in record.extents_of.get(parent, ()):
            if one.kind == "budget":
                name, number = the(record.short(parent)), counted(one.number, "mandate")
                told = f"The budget of {name}, of which it is a part, was read: {number}."
                yield Ground(told, "inferred", one.citation)


def presence_not_reported(record: Record) -> Iterator[Gap]:
    """Yield the entities whose expenses by country no source on record gives."""
    sources = tuple(sorted({source for _, what, source in record.places if what == "expenses"}))
    gives = "gives" if len(sources) == 1 else "give"
    where = f"in the {counted(len(sources), 'source')} on record that {gives} such"
    told = f"No expenses by country of {{}} are {where if sources else 'on record'}."
    yield from _without_place(record, "presence-not-reported", "expenses", told, sources)


def seat_not_recorded(record: Record) -> Iterator[Gap]:
    """Yield the entities whose headquarters no source on record names."""
    told = "The headquarters of {} are not on record."
    yield from _without_place(record, "seat-not-recorded", "seat", told)


def _without_place(
    record: Record, kind: str, place: str, told: str, sources: tuple[str, ...] = ()
) -> Iterator[Gap]:
    known = {entity for entity, what, _ in record.places if what == place}
    looked = "its expenses by country" if place == "expenses" else "its headquarters"
    for entity in sorted(record.compared - known):
        against = _countries(record, entity) if place == "expenses" else ()
        statement = told.format(the(record.short(entity)))
        yield _silent(record, kind, entity, statement, looked, against, sources)


def _countries(record: Record, entity: str) -> Iterator[Ground]:
    """Yield in how many countries an entity works by its projects, portfolios and plans."""
    for one in record.extents_of.get(entity, ()):
        if one.kind in _BY:
            where = counted(one.number, "country", "countries")
            told = f"{record.short(entity)} is on record in {where} by {_BY[one.kind]}."
            yield Ground(told, "stated", one.citation)


def _silent(
    record: Record,
    kind: str,
    entity: str,
    statement: str,
    looked_for: str,
    against: Iterable[Ground] = (),
    sources: tuple[str, ...] = (),
) -> Gap:
    desk = searchers(entity_desk(record, entity))
    return Gap(
        kind, (entity,), statement, looked_for, NOT_SEARCHED, sources, desk,
        against=strongest_first(against), robustness=_open("source"),
    )  # fmt: skip


def _open(closer: str) -> Robustness:
    """Return how an evidence gap closes: one search, or one source read."""
    return Robustness(closer=closer)
