"""What the graphs and files for other tools say of nodes and edges: each attribute in words."""

from __future__ import annotations

from collections.abc import Mapping

GRAPH: Mapping[str, str] = {
    "name": "Title of the view.",
    "view": "`all`, `entities`, `agreements`, `gaps`, or `around-` and an id.",
    "note": "What the view shows, what it leaves out, and what may not be read into it.",
}

NODE: Mapping[str, str] = {
    "label": "Short name or acronym.",
    "kind": "`entity`, `agreement`, `mechanism`, `workstream`, `theme`, `product` or `function`.",
    "name": "Whole name.",
    "detail": "What it is more narrowly, such as a convention or a fund.",
    "homepage": "Address of its own website.",
    "themes": "Ids of the themes that we read from its title, cluster or purpose.",
    "source": "Id of the source that describes it.",
    "locator": "The place in that source.",
}

EDGE: Mapping[str, str] = {
    "relation": "What links the two, such as `role`, `membership` or `shared-agreements`.",
    "subject": "Id of the end at which it begins: who has the role, the member, the part.",
    "basis": "What its strongest statements rest on: `stated`, `via-mechanism` or `inferred`;"
    " `missing` of a gap.",
    "standing": "Of when they speak: `current`, `planned` or `historic`.",
    "functions": "Ids of the functions that they name.",
    "evidence": "How many items are shared, or else how many strongest statements there are.",
    "weight": "Of shared items Newman's weight; of a missing function the share of agreements that"
    " would have it with this one; else the same as `evidence`.",
    "shared": "Ids of the items that both ends have in common.",
    "status": "Of a gap whether anyone has searched, and how many weaker links there are.",
    "confidence": "How sure the surest of its strongest statements is: `high`, `medium` or `low`.",
    "statements": "Every statement behind it, searches of gaps included, each with what is below.",
}

STATEMENT: Mapping[str, str] = {
    "sentence": "What it says.",
    "basis": "`stated`, `via-mechanism` or `inferred`.",
    "standing": "`current`, `planned` or `historic`.",
    "confidence": "`high`, `medium` or `low`; none of our own readings of themes.",
    "source": "Id of its source; none of our own readings of themes.",
    "locator": "The place in that source.",
    "note": "What the record adds, such as the year of a list.",
}
