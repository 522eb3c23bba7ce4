"""What is on record of an entity on the agreement, in a few words each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.reasons import ON_IT
from emg_graph.views.package.parts import Spender
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
    if spender.related and (reason := spender.reason):
        through = joined(package.called(reason.through[:2])) or reason.channel
        where = "on it, elsewhere" if reason.band == ON_IT else "related"
        yield f"{where}: {through} ({reason.basis.replace('-', ' ')})", reason.citation
    if link := spender.only_inferred:
        said = f"{link.sentence[0].lower()}{link.sentence[1:]}"
        yield f"inferred: {said.rstrip('.')}", link.citation
