"""What is on record of an entity on the agreement, in a few words each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.reasons import ON_IT
from emg_graph.views.package.parts import Spender, at_least
from emg_graph.views.paper import counted, joined

if TYPE_CHECKING:
    from emg_graph.views.package.content import Package


def on_record(package: Package, spender: Spender) -> Iterator[tuple[str, Citation | None]]:
    """Yield roles, work here, and else the nearest link: a founded one, or one that is inferred."""
    for role in (*spender.roles, *spender.kin):
        kin = "" if role.agreement == package.agreement.id else package.names[role.agreement]
        yield ", ".join(filter(None, (role.role_label, kin))), role.citation
    if spender.activities:
        yield counted(spender.activities, "plan activity", "plan activities"), None
    if spender.projects:
        yield counted(spender.projects, "project", "projects"), None
    if here := _supposed(spender):
        yield f"inferred: {here} here", None
    if spender.counted:
        few = "at least " if len(spender.counted) > 1 else ""
        number = counted(at_least(spender.counted), "project", "projects")
        yield f"inferred: {few}{number} only counted", None
    if spender.related and (reason := spender.reason):
        through = joined(package.called(reason.through[:2])) or reason.channel
        where = "on it, elsewhere" if reason.band == ON_IT else "related"
        yield f"{where}: {through} ({reason.basis.replace('-', ' ')})", reason.citation
    if link := spender.only_inferred:
        said = f"{link.sentence[0].lower()}{link.sentence[1:]}"
        yield f"inferred: {said.rstrip('.')}", link.citation


def _supposed(spender: Spender) -> str:
    """Return the work in the country of which the link to the agreement is inferred."""
    activities, projects = spender.supposed
    return joined(
        counted(number, one, many)
        for number, one, many in (
            (activities, "plan activity", "plan activities"),
            (projects, "project", "projects"),
        )
        if number
    )
