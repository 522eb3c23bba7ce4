"""The package as rows, one a finding, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emg_graph.analysis.evidence import Citation
from emg_graph.answers import Table, Value
from emg_graph.views.package.parts import Holder

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package

Row = dict[str, Value]

COLUMNS = (
    "part", "agreement", "country", "id", "name", "statement", "function", "amount", "unit",
    "period", "basis", "source", "locator", "note",
)  # fmt: skip


def to_table(package: Package) -> Table:
    """Return one row for each finding, in the order of the page."""
    ids: Row = {"agreement": package.agreement.id, "country": package.country.id}
    found = [ids | row for part in _PARTS for row in part(package)]
    return Table(COLUMNS, tuple(tuple(row.get(name) for name in COLUMNS) for row in found))


def _status(package: Package) -> Iterator[Row]:
    status = package.status
    said = status.says(package.country.called, package.agreement.called)
    yield {"part": "status", "id": status.kind, "name": status.word, "statement": said,
           "period": status.as_of or None,
           "basis": "stated" if status.row or status.group else None,
           **_cited(status.citation)}  # fmt: skip
    for row in package.counts:
        yield {"part": "party count", "statement": "parties in all, not of this country",
               "amount": _number(row["value"]), "unit": "parties", "period": row["as_of"],
               "basis": "stated", "source": row["source"], "locator": row["locator"],
               "note": row["note"]}  # fmt: skip


def _presence(package: Package) -> Iterator[Row]:
    spent = [*(one.spending for one in package.spenders), *package.corrections]
    for one in spent:
        yield {"part": "presence", "id": one.entity, "name": package.names.get(one.entity),
               "statement": "expenses in the country", "amount": one.amount, "unit": "USD",
               "period": one.year, "basis": "stated", "note": one.note,
               **_cited(*one.citations)}  # fmt: skip
    for spender in package.spenders:
        if link := spender.only_inferred:
            yield {"part": "inferred link", "id": spender.actor.id, "name": spender.actor.short,
                   "statement": link.sentence, "basis": link.basis,
                   **_cited(link.citation)}  # fmt: skip
        for share in spender.shares:
            yield {"part": "goal world-wide", "id": share.entity, "name": spender.actor.short,
                   "statement": f"expenses world-wide on SDG {share.number}, not of the country",
                   "amount": share.amount, "unit": "USD", "period": share.year,
                   "basis": share.basis, **_cited(share.citation)}  # fmt: skip


def _under_way(package: Package) -> Iterator[Row]:
    for one in package.activities:
        yield {"part": "plan activity", "id": one.entity, "name": one.title,
               "statement": f"{one.link}: {one.agreement} ({one.matched_text})",
               "amount": one.required, "unit": None if one.required is None else "USD",
               "period": "/".join(filter(None, (one.since, one.until))) or None,
               "basis": one.basis, **_cited(one.citation)}  # fmt: skip
    for project in package.projects:
        yield {"part": "project", "id": project.id, "name": project.name,
               "statement": f"{project.link}: {'|'.join(project.agreements)};"
               f" by {'|'.join(project.entities)}",
               "amount": project.grant, "unit": project.currency, "period": project.approved,
               "basis": project.basis, "note": project.note,
               **_cited(project.citation)}  # fmt: skip


def _counted(package: Package) -> Iterator[Row]:
    for one in package.counted:
        yield {"part": "counted projects", "id": one.entity, "name": package.names.get(one.entity),
               "statement": f"further projects of {one.fund}, {one.area}, which serves"
               f" {'|'.join(one.agreements)}: only counted, not to be added up",
               "amount": one.projects, "unit": "projects", "period": one.as_of,
               "basis": "inferred", **_cited(one.citation)}  # fmt: skip


def _covers(package: Package) -> Iterator[Row]:
    for cover in package.covers:
        label: Row = {"part": "function", "function": cover.function}
        if not cover.holders:
            yield {**label, "name": cover.label, "statement": cover.status}
        words = (
            *((one, one.place) for one in cover.holders),
            *((one, f"present, on record nearby{_through(one)}") for one in cover.nearby),
            *((one, "weaker link only") for one in cover.weaker),
        )
        for one, statement in words:
            yield {**label, "id": one.actor.id, "name": one.actor.short, "statement": statement,
                   "basis": one.basis, **_cited(one.citation)}  # fmt: skip


def _reporting(package: Package) -> Iterator[Row]:
    for one in package.reporters:
        yield {"part": "reporting", "id": one.actor.id, "name": one.actor.short,
               "statement": f"{'present' if one.here else 'elsewhere'}: {one.what}",
               "basis": "inferred", **_cited(one.citation)}  # fmt: skip


def _number(text: str) -> Value:
    """Return a figure as a number; one that is written in words has none."""
    try:
        return int(text)
    except ValueError:
        return None


def _through(holder: Holder) -> str:
    return f": {'|'.join(holder.through)}" if holder.through else ""


def _practice(package: Package) -> Iterator[Row]:
    for one in package.practices:
        yield {"part": "good practice", "id": one.position, "name": "|".join(one.countries),
               "statement": one.summary, "basis": "stated", **_cited(one.citation)}  # fmt: skip
    for figure in package.reported:
        yield {"part": "good practice", "id": figure.country, "name": figure.country_name,
               "statement": figure.note, "amount": _number(figure.value), "unit": "entities",
               "period": figure.as_of, "basis": "stated", **_cited(figure.citation)}  # fmt: skip
    for model in package.models:
        yield {"part": "model", "id": model.id, "name": model.name, "statement": model.state,
               "function": "|".join(model.functions), "basis": model.basis,
               **_cited(model.proposed_in or model.citation)}  # fmt: skip


def _plan(package: Package) -> Iterator[Row]:
    for number, step in enumerate(package.steps, 1):
        yield {"part": "step", "id": str(number), "name": step.what, "statement": step.why,
               "amount": step.week, "unit": "week"}  # fmt: skip
    for line in package.silences:
        yield {"part": "silence", "statement": line}


def _cited(*citations: Citation | None) -> Row:
    """Return source and locator; several places in one source are joined."""
    known = [one for one in citations if one]
    return {"source": "|".join(dict.fromkeys(one.source for one in known)) or None,
            "locator": "|".join(one.locator for one in known) or None}  # fmt: skip


_PARTS = (_status, _presence, _under_way, _counted, _covers, _reporting, _practice, _plan)
