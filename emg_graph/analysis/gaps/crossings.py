"""Agreements that nothing stated links with a cross-cutting theme."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.evidence import Role
from emg_graph.analysis.gaps.asking import agreement_desk
from emg_graph.analysis.gaps.gap import NONE_FOUND, Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import Record
from emg_graph.analysis.gaps.searching import naming, searched
from emg_graph.analysis.gaps.support import role_ground
from emg_graph.analysis.network.wording import counted, listed, lower

THEMES = (
    "digital-technology", "disaster-risk", "environmental-crime", "gender", "human-mobility",
    "human-rights",
)  # fmt: skip
"""The themes that cut across agreements; they are those of CQ21."""


def cross_cutting_links(record: Record) -> Iterator[Gap]:
    """Yield each cross-cutting theme with each agreement that is not on it and nothing ties to it.

    A stated position that names the agreement ties them, and a stated, current role in it of a
    mechanism on the theme. What else an entity on the theme does there speaks against the gap.
    """
    found: dict[tuple[str, str], list[Ground]] = {}
    stated = set()
    for one in record.crossings:
        if one.basis == "stated":
            stated.add((one.agreement, one.theme))
        ground = Ground(f"Read as a link: {one.text}.", one.basis, one.citation)
        found.setdefault((one.agreement, one.theme), []).append(ground)
    for agreement, known in sorted(record.evidence.agreements.items()):
        for theme in (theme for theme in THEMES if theme in record.evidence.themes):
            on_it = known.themes & record.evidence.widened(theme)
            if not on_it and (agreement, theme) not in stated:
                roles = [role for role in record.roles[agreement] if role.documented]
                if not any(_mechanism(record, role, theme) for role in roles):
                    known_for = (_known(record, role, theme) for role in roles)
                    mine = [ground for ground in known_for if ground]
                    against = found.get((agreement, theme), [])
                    yield _gap(record, agreement, theme, [*mine, *against])


def _mechanism(record: Record, role: Role, theme: str) -> bool:
    """Tell whether a role is that of a mechanism on a theme."""
    body = record.evidence.bodies.get(role.actor)
    return body is not None and bool(body.themes & record.evidence.widened(theme))


def _known(record: Record, role: Role, theme: str) -> Ground | None:
    """Return the role of an entity with mandates or positions on a theme, or None."""
    narrower = record.evidence.widened(theme)
    mandates = {
        one.mandate
        for one in record.cross_cutting
        if one.actor == role.actor and not one.omnibus and one.themes & narrower
    }
    spoken = [
        one
        for one in record.evidence.positions
        if one.actor == role.actor and one.themes & narrower
    ]
    if not mandates and not spoken:
        return None
    known = [counted(len(mandates), "mandate")] if mandates else []
    known += [counted(len(spoken), "position")] if spoken else []
    told = role_ground(record, role)
    by = f"It has {listed(known)} on {lower(record.short(theme))}, as titles and words were read."
    return Ground(f"{told.sentence} {by}", told.basis, told.citation, told.claim, told.standing)


def _gap(record: Record, agreement: str, theme: str, against: list[Ground]) -> Gap:
    asks = naming(theme)
    looked = searched(record, agreement, asks, f"did not ask for {lower(record.short(theme))}")
    called = record.evidence.agreements[agreement].called
    name = lower(record.short(theme))
    return Gap(
        "cross-cutting-link",
        (agreement, theme),
        f"No position, and no role of a mechanism, on record links {called} with {name}, and it is"
        " none of its own themes.",
        f"a position that names it and is on {name}, or a stated, current role of a mechanism on"
        f" {name}",
        looked.status,
        looked.places if looked.status == NONE_FOUND else _examined(record, agreement),
        agreement_desk(record, agreement),
        tuple(one.ground for one in record.about(agreement) if one.done and asks(one)),
        strongest_first(against),
        Robustness(weaker=len(against)),
    )


def _examined(record: Record, agreement: str) -> tuple[str, ...]:
    """Return the sources of every position, and of every role in the agreement."""
    found = {one.citation.source for one in record.evidence.positions}
    return tuple(sorted(found | {role.citation.source for role in record.roles[agreement]}))
