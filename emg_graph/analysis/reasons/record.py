"""The thematic record: mandates on the themes, and money on the goals."""

from __future__ import annotations

from collections.abc import Iterator

from emg_graph.analysis.channels import naming
from emg_graph.analysis.claims import CitedMandate
from emg_graph.analysis.evidence import Evidence
from emg_graph.analysis.reasons.reason import (
    INDIRECT,
    MONEY,
    THIN_MANDATES,
    Reason,
    Wanted,
    counted_reason,
)
from emg_graph.analysis.reasons.wording import and_list, counted, dollars, listed_themes, percent

_SHOWN = 3
"""So many mandates are named in a sentence."""
_ENOUGH = 2
"""So many mandates on a theme that few share make a candidate; a single title may be a chance."""
_COMMON = 10
"""A theme on which so many entities cite mandates says little of one; as of omnibus mandates."""


def mandate_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield one reason for the mandates on the themes; omnibus ones are none, and only counted.

    A mandate is on a theme if its title is on it or on a narrower one, as computed. One that
    names the agreement is told apart.
    """
    themes = evidence.widened_all(wanted.themes)
    named = naming(evidence, wanted.agreement.id, actor)
    citations = [
        one
        for one in evidence.mandates_of.get(actor, ())
        if one.themes & themes and one.mandate not in named
    ]
    found: dict[str, CitedMandate] = {one.mandate: one for one in citations if not one.omnibus}
    own = sorted(
        found.values(), key=lambda one: (one.weight, one.session or "", one.symbol), reverse=True
    )
    if not own:
        return
    about = sorted({theme for one in own for theme in one.themes & themes})
    shown = [f"{one.symbol} ({one.session})" if one.session else one.symbol for one in own[:_SHOWN]]
    among = "among them " if len(own) > _SHOWN else ""
    sentence = (
        f"Cites {counted(len(own), 'mandate', 'mandates')} on {listed_themes(evidence, about)},"
        f" {among}{and_list(shown)}"
    )
    if more := len({one.mandate for one in citations} - set(found)):
        sentence += f"; {counted(more, 'omnibus mandate', 'omnibus mandates')} not counted"
    claims = tuple(
        sorted({claim for one in citations if one.mandate in found for claim in one.claims})
    )
    common = {theme for theme in about if evidence.citers_by_theme[theme] >= _COMMON}
    telling = [one for one in own if one.themes & themes - common]
    channel = "mandates on its themes" if len(telling) >= _ENOUGH else THIN_MANDATES
    yield counted_reason(INDIRECT, channel, sentence, "computed", own[0].citation, claims)


def money_reasons(evidence: Evidence, wanted: Wanted, actor: str) -> Iterator[Reason]:
    """Yield one reason for the money on the goals, as a share of what the actor codes by goal."""
    goals = {goal.id: goal for goal in evidence.goals.get(wanted.agreement.id, ())}
    coded = [one for one in evidence.spending if one.actor == actor and one.amount > 0]
    spent = [one for one in coded if one.goal in goals]
    if not spent or wanted.narrowed:
        return
    largest = max(spent, key=lambda one: (one.amount, one.goal))
    total, own = (sum(one.amount for one in rows) for rows in (coded, spent))
    numbers = and_list(sorted({goals[one.goal].number for one in spent}, key=int))
    basis = goals[largest.goal].basis
    related = "" if basis == "stated" else " (to which its themes relate)"
    many = "s" if len({one.goal for one in spent}) > 1 else ""
    sentence = (
        f"Spent {dollars(own)} on SDG{many} {numbers}{related} in {largest.year},"
        f" {percent(own / total)} of what it codes by goal"
    )
    claims = tuple(sorted(one.claim for one in spent))
    yield counted_reason(INDIRECT, MONEY, sentence, basis, largest.citation, claims)
