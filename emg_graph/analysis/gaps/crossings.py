"""Agreements that nothing stated links with a cross-cutting theme."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.evidence import Role
from emg_graph.analysis.gaps.asking import agreement_desk
from emg_graph.analysis.gaps.gap import Gap, Ground, Robustness, strongest_first
from emg_graph.analysis.gaps.record import Record, Target
from emg_graph.analysis.gaps.searching import naming, searched
from emg_graph.analysis.gaps.support import role_ground
from emg_graph.analysis.network.wording import counted, listed, lower, unstopped

THEMES = (
    "digital-technology", "disaster-risk", "environmental-crime", "gender", "human-mobility",
    "human-rights",
)  # fmt: skip
"""The themes that cut across agreements; they are those of CQ21."""


def cross_cutting_links(record: Record) -> Iterator[Gap]:
    """Yield each cross-cutting theme with each agreement that is not on it and nothing ties to it.

    A target on the theme that the agreement itself sets ties them, a stated position that names
    the agreement, and a stated, current role in it of a mechanism on the theme. What else an entity
    on the theme does there speaks against the gap, and a target of an agreement above or under it.
    """
    found: dict[tuple[str, str], list[Ground]] = {}
    stated = set()
    for one in record.crossings:
        if one.basis == "stated":
            stated.add((one.agreement, one.theme))
        ground = Ground(f"Read as a link: {_worded(record, one.text)}.", one.basis, one.citation)
        found.setdefault((one.agreement, one.theme), []).append(ground)
    for agreement, known in sorted(record.evidence.agreements.items()):
        for theme in (theme for theme in THEMES if theme in record.evidence.themes):
            narrower = record.evidence.widened(theme)
            own = [one for one in record.targets if one.agreement == agreement]
            on_it = known.themes.union(*(one.themes for one in own)) & narrower
            if not on_it and (agreement, theme) not in stated:
                roles = [role for role in record.roles[agreement] if role.documented]
                if not any(_mechanism(record, role, theme) for role in roles):
                    known_for = (_known(record, role, theme) for role in roles)
                    mine = [ground for ground in known_for if ground]
                    mine += _near(record, agreement, narrower)
                    against = found.get((agreement, theme), [])
                    yield _gap(record, agreement, theme, [*mine, *against])


def _worded(record: Record, text: str) -> str:
    """Return a link of CQ21 in words: what was said for a position, names for ids of actors."""
    kind, _, rest = text.partition(" ")
    for one in record.evidence.positions:
        if (kind, rest) == ("position", one.id):
            return f"{record.short(one.actor)} on record: {unstopped(lower(one.summary))}"
    role, colon, actors = text.partition(": ")
    if not colon:
        return text
    named = " through ".join(record.short(actor) for actor in actors.split(" through "))
    return f"{role.replace('-', ' ')} {named}"


def _near(record: Record, agreement: str, themes: frozenset[str]) -> Iterator[Ground]:
    """Yield the targets on some themes of the agreements above one and under it."""
    for one in record.targets:
        under = agreement in record.above.get(one.agreement, ())
        if one.themes & themes and (under or one.agreement in record.above.get(agreement, ())):
            yield _set(record, one, "under" if under else "above")


def _set(record: Record, target: Target, where: str) -> Ground:
    called = record.evidence.agreements[target.agreement].called
    told = f"{called[:1].upper()}{called[1:]}, which stands {where} it, sets a target on it"
    return Ground(f"{told}: {unstopped(target.name)}.", "inferred", target.citation)


def _mechanism(record: Record, role: Role, theme: str) -> bool:
    """Tell whether a role is that of a mechanism on a theme."""
    body = record.evidence.bodies.get(role.actor)
    return body is not None and bool(body.themes & record.evidence.widened(theme))


def _known(record: Record, role: Role, theme: str) -> Ground | None:
    """Return the role of an entity with mandates or positions on a theme, or None."""
    narrower = record.evidence.widened(theme)
    mandates = {
        one.mandate
        for one in record.crossing.get(role.actor, ())
        if not one.omnibus and one.themes & narrower
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
        looked.places or _examined(record, agreement),
        agreement_desk(record, agreement),
        tuple(
            one.ground
            for one in record.about(agreement)
            if one.supporters or (one.done and asks(one))
        ),
        strongest_first(against),
        Robustness(weaker=len(against)),
        instead=looked.instead,
    )


def _examined(record: Record, agreement: str) -> tuple[str, ...]:
    """Return the sources of every position, and of every role in the agreement."""
    found = {one.citation.source for one in record.evidence.positions}
    return tuple(sorted(found | {role.citation.source for role in record.roles[agreement]}))
