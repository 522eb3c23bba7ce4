"""The bridges as rows: for spreadsheets, data frames and notebooks."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.bridges.answer import MEASURES, NOTE, Bridges, Holder
from emg_graph.answers import Table, Value, to_html

_HOLDERS = (
    "part", "entity", "name", *MEASURES,
    *(f"{name}_{end}" for name in MEASURES for end in ("low", "high")),
    "stays_10", "stays_20", "rests_on", "joined",
)  # fmt: skip
_CLAIMS = (
    "part", "entity", "name", "group", "item", "title", "claim", "functions", "amount", "source",
    "locator",
)  # fmt: skip


def to_table(found: Bridges, limit: int = 0) -> Table:
    """Return a row for each entity; of one entity or of two groups, a row for each claim.

    The columns ``_low`` and ``_high`` hold the interval with a fifth of the links left out.

    Args:
        found: the answer.
        limit: so many entities of each part, or of those between two groups; 0 for all.
    """
    if found.between:
        return Table(_CLAIMS, tuple(_joint_rows(found, limit)))
    if found.asked is not None:
        return Table(_CLAIMS, tuple(_side_rows(found)))
    parts = (("joins", found.joining), ("others", found.others))
    rows = (_holder_row(part, holder) for part, every in parts for holder in every[: limit or None])
    return Table(_HOLDERS, tuple(rows))


def to_page(found: Bridges) -> str:
    """Return the answer for a notebook: the communities, and then its table."""
    communities = Table(
        ("community", "items", "entities"),
        tuple((one.name, "|".join(one.items), "|".join(one.holders)) for one in found.communities),
    )
    groups = (("Communities", communities), ("Entities", to_table(found)))
    return to_html(groups, f"Bridges by {found.incidence.relation.name}", NOTE)


def _holder_row(part: str, holder: Holder) -> tuple[Value, ...]:
    values = [holder.measures[name].value for name in MEASURES]
    ends: list[Value] = []
    for name in MEASURES:
        fifth = holder.measures[name].fifth
        ends += [fifth.low, fifth.high] if fifth else [None, None]
    joined = "|".join(f"{side.community.name}: {' '.join(side.items)}" for side in holder.sides)
    rests_on = "|".join(holder.rests_on) or None
    return (part, holder.id, holder.name, *values, *ends, *holder.stays, rests_on, joined)


def _side_rows(found: Bridges) -> Iterator[tuple[Value, ...]]:
    for holder in found.holders:
        for side in holder.sides:
            yield from _claim_rows(found, holder.id, holder.name, side.community.name, side.items)


def _joint_rows(found: Bridges, limit: int) -> Iterator[tuple[Value, ...]]:
    assert found.between
    for joint in found.between.joints[: limit or None]:
        for group, items in ((found.between.one, joint.one), (found.between.other, joint.other)):
            yield from _claim_rows(found, joint.id, joint.name, group.name, items)


def _claim_rows(
    found: Bridges, entity: str, name: str, group: str, items: tuple[str, ...]
) -> Iterator[tuple[Value, ...]]:
    for item, holding in found.claims(entity, items):
        yield (
            "claim", entity, name, group, item, found.incidence.titles[item], holding.claim,
            "|".join(holding.functions) or None, holding.amount,
            holding.citation.source, holding.citation.locator,
        )  # fmt: skip
