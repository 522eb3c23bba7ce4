"""A coalition as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from emg_graph.analysis.coalition import Coalition, Group


def to_json(found: Coalition) -> str:
    """Return everything: slots, groups, the alternative, and each claim behind a cover."""
    data = asdict(found)
    data["groups"] = [_group(group) for group in found.groups]
    if found.alternative:
        data["alternative"]["groups"] = [_group(group) for group in found.alternative.groups]
    for need, kept in zip(data["needs"], found.needs, strict=True):
        need["coverage"]["status"] = kept.coverage.status
    for cover, shown in zip(data["covers"], found.covers, strict=True):
        cover["basis"] = "stated" if shown.firm else "weaker"
    data["method"]["parameters"] = dict(found.method.parameters)
    if found.country:
        data["country"]["presence"] = {
            id_: {"state": there.state, "amount": there.amount, "year": there.year, **asdict(there)}
            for id_, there in found.country.presence.items()
            if id_ in found.actors
        }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _group(group: Group) -> dict[str, Any]:
    return {"size": group.size, "ways": group.ways, **asdict(group)}
