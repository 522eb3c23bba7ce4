"""What entities are mandated to do, where they spend, and what they do on an agreement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from emg_graph.analysis.claims import Citation, CitedMandate, Spending, Work
from emg_graph.analysis.evidence import Evidence, Goal
from emg_graph.analysis.reading.asking import Record, all_of, citation_of, parts, records
from emg_graph.store import Store

_ACTED = itemgetter("kind", "actor", "agreement", "source", "basis")
"""What the rows have in common that tell of one kind of cooperation of an actor."""


def read_evidence_on(
    store: Store, evidence: Evidence, agreement: str, themes: Iterable[str] = ()
) -> Evidence:
    """Return the evidence with what is read only for one agreement: work on it, its mandates.

    Args:
        store: the graph.
        evidence: what was read of all agreements.
        agreement: id of the agreement.
        themes: what is looked at besides the agreement's own themes.
    """
    asked = evidence.widened_all({*evidence.agreements[agreement].themes, *themes})
    works = (*_plans(store, agreement), *_cooperations(store, agreement, evidence))
    return replace(
        evidence,
        works=(*evidence.works, *works, *_namings(store, agreement)),
        mandates=tuple(read_mandates(store, asked)),
    )


def with_portfolios(store: Store, evidence: Evidence) -> Evidence:
    """Return the evidence with the weight of all mandates that each entity cites."""
    found = {row["actor"]: float(row["weight"]) for row in records(store, "portfolios")}
    return replace(evidence, portfolios=found)


def read_projects(store: Store) -> tuple[Work, ...]:
    """Read the projects on every agreement."""
    return tuple(
        Work(
            row["kind"], row["actor"], row["agreement"], row["basis"], parts(row["items"]),
            citation_of(row), parts(row["claims"]), row["since"], row["until"],
            row["title"], row["example"], row["fund"], float(row["amount"]),
        )
        for row in records(store, "projects")
    )  # fmt: skip


def read_spending(store: Store) -> tuple[Spending, ...]:
    """Read what each entity spent on each goal in the latest year."""
    return tuple(
        Spending(
            row["actor"], row["year"], row["goal"], float(row["amount"]), citation_of(row),
            row["claim"],
        )
        for row in records(store, "spending")
    )  # fmt: skip


def read_goals(store: Store) -> Mapping[str, tuple[Goal, ...]]:
    """Read the goals of each agreement: the stated ones, or where there are none the inferred."""
    found: dict[str, tuple[Goal, ...]] = {}
    for agreement, rows in groupby(records(store, "goals"), key=lambda row: row["agreement"]):
        goals = [Goal(row["goal"], row["number"], row["basis"]) for row in rows]
        goals.sort(key=lambda goal: int(goal.number))
        stated = [goal for goal in goals if goal.basis == "stated"]
        found[str(agreement)] = tuple(stated or goals)
    return found


def _plans(store: Store, agreement: str) -> Iterator[Work]:
    for row in records(store, "plans", agreement=agreement):
        claims = parts(row["claims"])
        subject = (row["kind"], row["basis"]) == ("own-text", "inferred")
        yield Work(
            "subject-in-text" if subject else row["kind"], row["actor"], row["agreement"],
            row["basis"], claims, citation_of(row), claims, row["since"], row["until"],
            row["title"], countries=int(row["countries"]),
        )  # fmt: skip


def _cooperations(store: Store, agreement: str, evidence: Evidence) -> Iterator[Work]:
    """Yield each memorandum by itself, and the others of a kind and source together."""
    found = records(store, "cooperations", agreement=agreement)
    for (kind, actor, *_), run in groupby(found, key=_ACTED):
        rows = list(run)
        if kind == "memorandum":
            yield from (_together([row], evidence) for row in rows)
        elif kind != "accreditation" or evidence.actors[actor].type != "mechanism":
            yield _together(rows, evidence)  # not the fund, to which the others are accredited


def _together(rows: Sequence[Record], evidence: Evidence) -> Work:
    """Make rows of one kind, actor and source into one work with its partners."""
    row = rows[0]
    partners = tuple(dict.fromkeys(one["partner"] for one in rows))
    named = "|".join(evidence.actors[partner].short for partner in partners[:3])
    basis = "via-mechanism" if row["kind"] == "accreditation" else row["basis"]
    years = sorted(one["from"][:4] for one in rows if one["from"])
    return Work(
        row["kind"], row["actor"], row["agreement"], basis, partners, citation_of(row),
        all_of(rows, "claim"), years[0] if years else None, years[-1] if years else None, named,
        superseded=all(one["superseded"] for one in rows),
    )  # fmt: skip


def _namings(store: Store, agreement: str) -> Iterator[Work]:
    for row in records(store, "namings", agreement=agreement):
        yield Work(
            "mandate", row["actor"], row["agreement"], "computed", parts(row["items"]),
            citation_of(row), parts(row["claims"]), row["since"], row["until"], row["example"],
            omnibus=parts(row["omnibus"]),
        )  # fmt: skip


def read_mandates(store: Store, themes: Collection[str]) -> Iterator[CitedMandate]:
    """Yield each mandate on some themes once for each entity and source that cites it."""
    found = records(store, "mandates", theme=themes) if themes else []
    key: Callable[[Record], tuple[str, ...]] = lambda row: (  # noqa: E731
        row["actor"], row["mandate"], row["source"],
    )  # fmt: skip
    for (*_, source), run in groupby(sorted(found, key=key), key=key):
        rows = list(run)
        one = rows[0]
        yield CitedMandate(
            one["actor"], one["mandate"], one["symbol"], one["session"],
            frozenset(all_of(rows, "theme")), float(one["weight"]), bool(one["omnibus"]),
            Citation(source, min(row["locator"] for row in rows)), all_of(rows, "claim"),
        )  # fmt: skip
