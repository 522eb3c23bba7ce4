"""The bridges as JSON: everything, with each claim."""

from __future__ import annotations

import json
from typing import Any

from emg_graph.analysis.bridges import Bridges, Community, Holder, Measured


def to_json(found: Bridges) -> str:
    """Return everything: communities, every entity with every interval, and each claim."""
    data = {
        "by": found.incidence.relation.name,
        "meaning": found.incidence.relation.meaning,
        "method": {
            "measure": found.method.measure,
            "text": found.method.text,
            "parameters": dict(found.method.parameters),
            "seed": found.method.seed,
            "data": found.method.data,
        },
        "sources": list(found.incidence.sources),
        "entities_compared": len(found.names),
        "modularity": round(found.quality, 4),
        "communities": [_community_data(found, each) for each in found.communities],
        "entities": [_holder_data(found, holder) for holder in found.holders],
        "between": _between_data(found),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _community_data(found: Bridges, community: Community) -> dict[str, Any]:
    titles = found.incidence.titles
    return {
        "name": community.name,
        "items": [{"id": item, "title": titles[item]} for item in community.items],
        "entities": list(community.holders),
    }


def _holder_data(found: Bridges, holder: Holder) -> dict[str, Any]:
    return {
        "id": holder.id,
        "name": holder.name,
        "joins": holder.joins,
        "measures": {name: _measured_data(one) for name, one in holder.measures.items()},
        "stays": dict(zip(("10 %", "20 %"), holder.stays, strict=True)),
        "rests_on": list(holder.rests_on),
        "sides": [
            {"community": side.community.name, "items": _items_data(found, holder.id, side.items)}
            for side in holder.sides
        ],
    }


def _measured_data(measured: Measured) -> dict[str, Any]:
    within = {
        "10 %": measured.tenth, "20 %": measured.fifth, "sources": measured.sources
    }  # fmt: skip
    return {
        "value": measured.value,
        **{name: [one.low, one.high] if one else None for name, one in within.items()},
    }


def _items_data(found: Bridges, entity: str, items: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "item": item,
            "title": found.incidence.titles[item],
            "claim": holding.claim,
            "functions": list(holding.functions),
            "source": holding.citation.source,
            "locator": holding.citation.locator,
        }
        for item, holding in found.claims(entity, items)
    ]


def _between_data(found: Bridges) -> dict[str, Any] | None:
    between = found.between
    if between is None:
        return None
    return {
        "one": {"name": between.one.name, "items": list(between.one.items)},
        "other": {"name": between.other.name, "items": list(between.other.items)},
        "entities": [
            {
                "id": joint.id,
                "name": joint.name,
                "one": _items_data(found, joint.id, joint.one),
                "other": _items_data(found, joint.id, joint.other),
                "rests_on": list(joint.rests_on),
            }
            for joint in between.joints
        ],
    }
