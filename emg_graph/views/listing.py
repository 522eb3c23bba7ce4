"""The collaborators of an agreement as text for a terminal, as rows, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby

from emg_graph.analysis.candidates import Candidate, Collaborators
from emg_graph.analysis.country import CountryAnswer
from emg_graph.analysis.evidence import Citation
from emg_graph.analysis.presence import (
    COMMISSION,
    ELSEWHERE,
    IN_REGION,
    PRESENT,
    UNREPORTED,
    Presence,
    Seat,
    Spent,
)
from emg_graph.analysis.reasons import BANDS
from emg_graph.analysis.reasons.wording import dollars
from emg_graph.analysis.tabular import BAND_TITLES as BAND_TITLES
from emg_graph.analysis.tabular import note_on, shown, through_mechanism_only
from emg_graph.analysis.tabular import to_table as to_table

GROUPS = {
    PRESENT: "Present in {country}:",
    IN_REGION: "With expenses on record in its region, {region} (none above zero in {country}):",
    COMMISSION: "Regional commissions of which {country} is a member:",
    ELSEWHERE: "From elsewhere, or there by projects alone (no expenses above zero in {around}):",
    UNREPORTED: "Presence in {country} not reported (report no expenses by country):",
}
"""The candidates of a band by where they could support a country from."""
THROUGH_MECHANISM = "linked only through a mechanism"
"""Said of a candidate that stands among the linked as well."""
_LINKED = {
    PRESENT: "with expenses there",
    IN_REGION: "with expenses in its region, {region}, and none above zero there",
    COMMISSION: "regional commissions of which it is a member",
    ELSEWHERE: "report by country, with no expenses above zero in {around}",
    UNREPORTED: "report no expenses by country",
}
_NAMED = 3
"""How many countries of a region are named, those with the largest sums."""


def to_json(found: Collaborators) -> str:
    """Return everything: every candidate with reasons, score, rank and channels."""
    data = asdict(found)
    data["missing_functions"] = [cover.function for cover in found.missing]
    if found.country:
        data["country"]["presence"] = {
            id_: {"state": there.state, "amount": there.amount, "year": there.year, **asdict(there)}
            for id_, there in found.country.presence.items()
        }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def to_text(found: Collaborators, limit: int = 0, width: int = 100) -> str:
    """Return the answer to read in a terminal."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def place(citation: Citation) -> str:
    """Return a source and the place in it, in brackets."""
    return f"[{citation.source}, {citation.locator}]"


def hidden(total: int, limit: int) -> str | None:
    """Say how many of a band are not shown, or None if all are."""
    if limit <= 0 or total <= limit:
        return None
    return f"… and {total - limit} more in this band; --limit 0 shows all {total}"


def _lines(found: Collaborators, limit: int, width: int) -> Iterator[str]:
    yield found.name
    yield "=" * min(len(found.name), width)
    yield ""
    if found.country:
        yield from _country_lines(found.country, width)
    yield "ALREADY LINKED"
    yield from _linked_lines(found, width)
    for band in BANDS:
        yield ""
        yield from _band_lines(found, band, limit, width)
    yield ""
    yield "FUNCTIONS WITHOUT A DOCUMENTED ACTOR"
    for cover in found.missing:
        shorts = ", ".join(found.actors[one].short for one in cover.weaker)
        weaker = f"; weaker links only: {shorts}" if shorts else ""
        yield from _wrapped(f"{cover.label}: {cover.status}{weaker}", width)
    if not found.missing:
        yield "  each function has at least one documented actor"
    yield ""
    yield from textwrap.wrap(note_on(found), width)
    if found.country:
        yield from textwrap.wrap(found.country.note, width)
    yield from textwrap.wrap(f"Method: {found.method.line}.", width)


def _country_lines(country: CountryAnswer, width: int) -> Iterator[str]:
    yield f"STATUS OF {country.name.upper()}"
    cited = place(country.status.citation) if country.status.citation else ""
    yield from _wrapped(country.status.sentence, width, cited)
    yield ""


def _linked_lines(found: Collaborators, width: int) -> Iterator[str]:
    if not found.linked:
        yield "  none found in the sources of this graph"
    for actor, roles in groupby(found.linked, key=lambda role: role.actor):
        name = found.actors[actor].short
        for role in roles:
            marks = f" ({role.basis}, {role.standing})"
            told = f"{name}: {role.role_label}{marks}. {role.summary}"
            yield from _wrapped(told, width, place(role.citation))
        for work in found.works[actor]:
            told = f"{name}: + {work.sentence} ({work.basis})"
            yield from _wrapped(told, width, place(work.citation), indent=4)
    if found.country:
        yield from _linked_there(found, found.country, width)


def _linked_there(found: Collaborators, country: CountryAnswer, width: int) -> Iterator[str]:
    """Say of all linked entities together who is in the country; a mechanism is nowhere."""
    yield ""
    yield f"  Of the entities linked, in {country.name}:"
    actors = [id_ for id_, actor in found.actors.items() if actor.type == "entity"]
    for state, words in _LINKED.items():
        named = [
            f"{found.actors[id_].short}{_briefly(country.presence[id_], country)}"
            for id_ in actors
            if country.presence[id_].state == state
        ]
        if named:
            told = f"{_worded(words, country)}: {', '.join(named)}"
            yield from _wrapped(told, width, indent=4)


def _band_lines(found: Collaborators, band: str, limit: int, width: int) -> Iterator[str]:
    candidates = found.band(band)
    yield f"CANDIDATES – {BAND_TITLES[band].upper()} ({len(candidates)}, alphabetical)"
    if not candidates:
        yield "  none on record in this graph for what was asked; not searched"
    country = found.country
    for state, group in groupby(shown(candidates, limit), key=lambda c: _state(country, c.id)):
        if country and state:
            yield from _wrapped(_worded(GROUPS[state], country), width)
        for candidate in group:
            yield from _candidate_lines(found, candidate, width)
    if more := hidden(len(candidates), limit):
        yield f"  {more}"


def _state(country: CountryAnswer | None, actor: str) -> str:
    return country.presence[actor].state if country else ""


def _worded(words: str, country: CountryAnswer) -> str:
    """Put the country and its region into a heading."""
    region = _region(country)
    around = f"{country.name} or {region}" if region else f"{country.name}; no region on record"
    return words.format(country=country.name, region=region, around=around)


def _region(country: CountryAnswer) -> str:
    """Return the region of a country as a sentence has it."""
    return f"the {country.region}" if country.region == "Caribbean" else country.region or ""


def _briefly(there: Presence, country: CountryAnswer) -> str:
    """Say as a sum or in brackets where an entity is, for a list of several."""
    told = next(iter(_there(there, country, brief=True)), None)
    return f" {told[0]} {place(told[1])}" if told else ""


def _there(
    there: Presence, country: CountryAnswer, *, brief: bool = False
) -> Iterator[tuple[str, Citation]]:
    """Yield from where an entity could support the country, each with its source."""
    if there.state == PRESENT and there.here:
        start = "" if brief else f"Expenses in {country.name}: "
        yield f"{start}{_sum(there.here)}", there.here.citation
        return
    if there.regional_citation:
        start = "" if brief else f"Expenses in {_region(country)}: "
        yield f"{start}{_near(there)}", there.regional_citation
    if there.member and not brief:
        yield f"{country.name} is a member of it", there.member
    for seat in there.seats:
        weak = _doubt(seat)
        told = f"Headquarters: {seat.city}, {seat.country}{weak}"
        yield f"(headquarters in {seat.city}{weak})" if brief else told, seat.citation


def _doubt(seat: Seat) -> str:
    """Say in brackets what is weak about a seat."""
    weak = [seat.basis] if seat.basis != "stated" else []
    weak += ["low confidence"] if seat.doubted else []
    return f" ({', '.join(weak)})" if weak else ""


def _near(there: Presence) -> str:
    """Say what an entity spent in other countries of the region, and in which most."""
    names = ", ".join(one.country for one in there.largest[:_NAMED])
    most = "most in " if len(there.nearby) > _NAMED else ""
    amount = dollars(there.regional_amount or 0)
    return f"{amount} in {there.regional_years} in {there.others} ({most}{names})"


def _sum(spent: Spent) -> str:
    doubt = " (low confidence: check before use)" if spent.doubted else ""
    return f"{dollars(spent.amount)} in {spent.year}{doubt}"


def _candidate_lines(found: Collaborators, candidate: Candidate, width: int) -> Iterator[str]:
    name = candidate.name
    if candidate.short != candidate.name:
        name = f"{candidate.short} – {candidate.name}"
    place_ = f"place {candidate.popularity_rank} by roles in other agreements"
    yield f"  {name} ({candidate.id}; {place_})"
    yield from _wrapped(_rank_line(found, candidate), width, indent=6)
    if through_mechanism_only(found, candidate.id):
        yield f"      {THROUGH_MECHANISM}"
    country = found.country
    if country:
        for told, citation in _there(country.presence[candidate.id], country):
            yield from _wrapped(told, width, place(citation), indent=6)
    if candidate.adds:
        yield f"      would add: {', '.join(candidate.adds)}"
    for reason in candidate.reasons:
        sentence = f"• {reason.sentence} ({reason.basis})"
        yield from _wrapped(sentence, width, place(reason.citation), indent=6)


def _rank_line(found: Collaborators, candidate: Candidate) -> str:
    """Say where related evidence puts a candidate, and what stands beside that."""
    moved = f" ({candidate.standing.briefly})" if candidate.standing else ""
    rank = f"rank {candidate.rank}{moved} of {len(found.candidates)} by related evidence"
    if candidate.density is None or candidate.inference is None:
        return f"{rank}; no supporter on record from which to predict"
    near = f"serves {candidate.density:.2f} of what is related"
    return f"{rank}; {near}, NBI {candidate.inference:.3f}"


def _wrapped(text: str, width: int, end: str = "", indent: int = 2) -> list[str]:
    return textwrap.wrap(
        f"{text} {end}", width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
