"""Rows of the package's queries made into its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.presence import COMMISSION, IN_REGION, Presence
from emg_graph.analysis.reading.country import presences
from emg_graph.views.package.parts import (
    Activity,
    Count,
    Country,
    Model,
    Near,
    Practice,
    Project,
    Readings,
    Reported,
    Share,
    Spending,
)

Record = Mapping[str, Any]
COUNTED = "projects only counted"
LIST_OF_A_GROUP = "list of a group"
"""How CQ25 names a finding and the reach of a list."""
Nearness = tuple[int, bool]
"""Less the number of shared themes, and whether the cluster is another: the lowest is nearest."""


def country(rows: Sequence[Record]) -> Country:
    """Return the country of rows that differ in the group alone."""
    row = rows[0]
    groups = tuple(dict.fromkeys(str(one["group_label"]) for one in rows if one["group"]))
    lists = row["group_source"]
    place = f"lists of groups of countries, {row['code']}"
    cited = Citation(lists, place) if lists else _citation(row) if groups else None
    return Country(row["country"], row["name"], row["code"], groups, _citation(row), cited)


def spendings(rows: Iterable[Record]) -> tuple[Spending, ...]:
    """Return what each entity spent in its latest year, several codes of it added up."""
    made = []
    for entity, found in groupby(rows, key=lambda row: str(row["entity"])):
        every = list(found)
        latest = [row for row in every if row["year"] == every[0]["year"]]
        amount = sum(float(row["amount"]) for row in latest)
        cited = tuple(_citation(row) for row in latest)
        notes = "; ".join(dict.fromkeys(row["note"] for row in latest if row["note"]))
        made.append(Spending(entity, latest[0]["year"], amount, cited, notes or None))
    return tuple(made)


def reporting(rows: Iterable[Record]) -> frozenset[str]:
    """Return the entities that report expenses in any country."""
    return frozenset(str(row["entity"]) for row in rows)


def parents(rows: Iterable[Record]) -> dict[str, str]:
    """Return of what each body is part."""
    return {str(row["start"]): str(row["end"]) for row in rows}


def near(described: Record, spent: Sequence[Record], support: Sequence[Record]) -> dict[str, Near]:
    """Return what each entity that is not present has in the region, or else its membership."""
    found = presences(str(described["name"]), spent, support)
    return {
        actor: made
        for actor, there in found.items()
        if (made := _near(there, str(described["region_label"])))
    }


def _near(there: Presence, region: str) -> Near | None:
    if there.state == IN_REGION and there.regional_citation:
        return Near(f"expenses in {there.others} of {region}", there.regional_citation)
    if there.state == COMMISSION and there.member:
        return Near("the country is a member of it", there.member, member=True)
    return None


def shares(rows: Sequence[Record]) -> tuple[Share, ...]:
    """Return the latest year of each entity on each goal; stated goals, or else inferred ones."""
    stated = [row for row in rows if row["goal_basis"] == "stated"] or list(rows)
    latest = max((str(row["year"]) for row in stated), default="")
    return tuple(
        Share(
            row["entity"], row["goal"], int(row["number"]), row["goal_name"], row["goal_basis"],
            row["year"], float(row["amount"]), float(row["coded"]), _citation(row),
        )
        for row in stated
        if row["year"] == latest
    )  # fmt: skip


def goals(found: Iterable[Share]) -> tuple[tuple[int, str, str], ...]:
    """Return number, name and basis of each goal, in order."""
    return tuple(sorted({(share.number, share.name, share.basis) for share in found}))


def activities(rows: Iterable[Record], agreement: str) -> tuple[Activity, ...]:
    """Return the activities, those whose own text names the agreement first.

    One that names several agreements of the family is shown once, with the one asked about if
    that is among them.
    """
    made = [
        Activity(
            row["entity"], row["agreement"], row["title"], row["matched_text"],
            row["place"] == "own-text", row["from"], row["to"], row["required"],
            row["available"], row["spent"], row["basis"], _citation(row),
        )
        for row in rows
    ]  # fmt: skip
    unique: dict[tuple[str, str, Citation], Activity] = {}
    for one in sorted(made, key=lambda one: (not one.own, one.agreement != agreement)):
        unique.setdefault((one.entity, one.title, one.citation), one)
    return tuple(sorted(unique.values(), key=lambda one: (not one.own, one.entity, one.title)))


def projects(rows: Iterable[Record]) -> tuple[Project, ...]:
    """Return each project once: those not over first, stated before inferred, the latest first."""
    by_project: dict[str, list[Record]] = {}
    for row in rows:
        by_project.setdefault(row["project"], []).append(row)
    made = [_project(found) for found in by_project.values()]
    return tuple(sorted(sorted(made, key=lambda one: one.id), key=_recent))


def _recent(one: Project) -> tuple[bool, bool, int]:
    return (one.over, one.basis != "stated", -int((one.approved or "0")[:4]))


def _project(rows: Sequence[Record]) -> Project:
    stated = [row for row in rows if row["basis"] == "stated"] or rows
    row = stated[0]
    return Project(
        row["project"], row["name"], row["fund"], _all(rows, "entity"), _all(stated, "agreement"),
        _all(stated, "ground"), row["basis"], int(row["countries"]), row["grant"], row["currency"],
        row["status"], row["approved"], row["note"], _citation(row),
    )  # fmt: skip


def counts(findings: Iterable[Record]) -> tuple[Count, ...]:
    """Return the projects that are only counted, one an entity and field of a fund."""
    fields: dict[tuple[str, str, str, Citation], list[Record]] = {}
    for row in findings:
        if row["finding"] == COUNTED:
            key = (row["id"], row["fund"], row["focal_area"], _citation(row))
            fields.setdefault(key, []).append(row)
    return tuple(
        Count(
            entity, fund, area, _all(rows, "agreements"), int(rows[0]["projects"]),
            rows[0]["as_of"], citation,
        )
        for (entity, fund, area, citation), rows in sorted(fields.items())
    )  # fmt: skip


def group_listing(findings: Iterable[Record], agreement: str) -> Record | None:
    """Return the latest row of a dated list of a group of the agreement's own parties."""
    rows = [
        row for row in findings if row["id"] == agreement and row["coverage"] == LIST_OF_A_GROUP
    ]
    return max(rows, key=lambda row: str(row["as_of"] or ""), default=None)


def readings(rows: Sequence[Record]) -> Readings:
    """Return what was read of plans and projects."""
    sources = Counter(kind for kind, _ in {(row["kind"], row["source"]) for row in rows})
    return Readings(sources["plan"], sources["link"], sources["list"], _all(rows, "fund"))


def practices(rows: Iterable[Record]) -> tuple[Practice, ...]:
    """Return each position that names countries, with all of them."""
    by_position: dict[str, list[Record]] = {}
    for row in rows:
        if row["kind"] == "position":
            by_position.setdefault(row["position"], []).append(row)
    return tuple(
        Practice(
            position, found[0]["entity"], _all(found, "act"), _all(found, "country"),
            _all(found, "country_name"), found[0]["summary"], _citation(found[0]),
        )
        for position, found in sorted(by_position.items())
    )  # fmt: skip


def reported(rows: Iterable[Record]) -> tuple[Reported, ...]:
    """Return the numbers of entities said to be at work in a country."""
    return tuple(
        Reported(
            row["country"], row["country_name"], row["value"], row["as_of"], row["summary"],
            _citation(row),
        )
        for row in rows
        if row["kind"] == "figure"
    )  # fmt: skip


def models(
    proposed: Iterable[Record], copied: Iterable[Record], near: Mapping[str, Nearness]
) -> tuple[Model, ...]:
    """Return the models put forward on record, then those in use for other agreements.

    ``near`` says how near each agreement is to the one asked about; the lowest is the nearest.
    """
    found: dict[str, list[Record]] = {}
    for row in proposed:
        found.setdefault(row["product"], []).append(row)
    made = [
        Model(
            id_, rows[0]["name"], str(rows[0]["status_label"]).lower(), _all(rows, "function"), (),
            "stated", _citation(rows[0]),
            Citation(rows[0]["product_source"], rows[0]["product_locator"]),
        )
        for id_, rows in sorted(found.items())
    ]  # fmt: skip
    others: dict[str, list[Record]] = {}
    for row in copied:
        if row["id"] not in found:
            others.setdefault(row["id"], []).append(row)
    ordered = sorted(others.items(), key=lambda item: (_nearest(item[1], near), item[0]))
    return (*made, *(_copied(rows) for _, rows in ordered))


def _nearest(rows: Sequence[Record], near: Mapping[str, Nearness]) -> tuple[Nearness, bool]:
    """Return how near the nearest agreement is for which a model is used, stated uses first."""
    stated = [row for row in rows if row["basis"] == "stated"] or rows
    return min(near.get(str(row["used_for"]), (0, True)) for row in stated), stated[0][
        "basis"
    ] != "stated"


def _copied(rows: Sequence[Record]) -> Model:
    stated = [row for row in rows if row["basis"] == "stated"] or rows
    return Model(
        rows[0]["id"], rows[0]["name"], "in use", _all(rows, "function"),
        _all(stated, "used_for"), stated[0]["basis"], None, _citation(stated[0]),
    )  # fmt: skip


def _citation(row: Record) -> Citation:
    return Citation(row["source"], row["locator"])


def _all(rows: Iterable[Record], column: str) -> tuple[str, ...]:
    return tuple(sorted({str(row[column]) for row in rows if row[column] is not None}))
