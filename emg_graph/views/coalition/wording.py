"""What is said of a coalition: who could take a place, and what is left and why."""

from __future__ import annotations

from collections.abc import Iterable

from emg_graph.analysis.coalition import Coalition, Filled, Group, Need, Place, Slot
from emg_graph.analysis.presence import COMMISSION, ELSEWHERE, IN_REGION, PRESENT, UNREPORTED
from emg_graph.views.paper import counted, joined

_NEARNESS = {
    PRESENT: "present", IN_REGION: "in its region", COMMISSION: "its regional commission",
    ELSEWHERE: "elsewhere", UNREPORTED: "presence not reported",
}  # fmt: skip


def hidden(total: int, limit: int) -> str | None:
    """Say how many groups are not shown, or None if all are."""
    if limit <= 0 or total <= limit:
        return None
    more = counted(total - limit, "more group", "more groups")
    return f"… and {more}; --limit 0 shows all {total}"


def nothing_wanted(found: Coalition) -> str:
    """Say why no group is needed."""
    if not found.functions:
        return "no functions are in this graph; nothing to cover"
    return "each function has two or more on record; nothing to cover"


def no_group(found: Coalition) -> str:
    """Say why there is no group."""
    if any(need.excluded for need in found.needs):
        return "none: everybody on record for any of this is excluded"
    return "none: nobody was found who covers any of this by a stated, current record"


def heading(found: Coalition) -> str:
    """Return what the groups are, how large, and how much each covers."""
    groups = "GROUPS" if len(found.groups) > 1 else "GROUP"
    measure = measured(found, found.groups[0])
    if found.size is None:
        return f"THE SMALLEST {groups} ({measure})"
    verb = "COVER" if len(found.groups) > 1 else "COVERS"
    return f"THE {groups} OF UP TO {found.size} THAT {verb} MOST ({measure})"


def measured(found: Coalition, group: Group) -> str:
    """Say how large a group is, and how much it covers."""
    members = counted(group.size, "member", "members")
    return f"{members}, covering {len(group.covered)} of {len(found.needs)}"


def star(found: Coalition) -> str:
    """Say what the mark on a slot of a member means."""
    if found.times == 1:
        return "* nobody else of the group covers it"
    return "* without this member it is covered less often than wanted"


def tally(found: Coalition) -> str:
    """Say how many groups there are, and how many of them are given."""
    if found.total == 1:
        return "No other group is as small and covers as much."
    at_least = "" if found.all_known else "at least "
    groups = counted(found.total, "group", "groups")
    told = f"There are {at_least}{groups} as small that cover as much"
    if found.total != found.arrangements:
        told += f"; {at_least}{found.arrangements} with those of equal cover counted as one"
    given = len(found.groups)
    return f"{told}; {given} are given." if found.arrangements > given else f"{told}."


def here(found: Coalition, need: Need) -> str:
    """Say who is documented for the function in the agreement itself."""
    if not need.coverage.documented:
        weaker = shorts(found, need.coverage.weaker)
        links = f"; weaker links only: {weaker}" if weaker else ""
        return f"nobody documented here ({need.coverage.status}{links})"
    theme = " (on which theme is not on record)" if need.slot.theme else ""
    return f"documented here: {shorts(found, need.coverage.documented)}{theme}"


def missing(found: Coalition, group: Group) -> str:
    """Say what one group leaves uncovered although somebody could cover it."""
    reachable = {need.slot for need in found.needs if need.holders}
    left = [short_of(found, one) for one in group.uncovered if one.slot in reachable]
    return f", which leaves {joined(left)}" if left else ""


def short_of(found: Coalition, filled: Filled) -> str:
    """Return a slot in words, and how often it is covered if at all."""
    name = found.called_slot(filled.slot)
    if not filled.times:
        return name
    return f"{name} (covered {filled.times} of {filled.wanted} times)"


def who(found: Coalition, place: Place) -> str:
    """Name who could take a place, and how many of them it takes."""
    names = [f"{found.actors[one].short}{_near(found, one)}" for one in place.entities]
    if place.required:
        return f"{names[0]} (required)"
    if len(names) == place.count:
        return joined(names)
    number = "" if place.count == 1 else f"{place.count} of "
    return f"{number}{joined(names, 'or')} (equal cover)"


def covered(found: Coalition, place: Place) -> str:
    """Return what a place covers, what nobody else of the group does marked."""
    words = [f"{_lower(found, s)}{'*' if s in place.marginal else ''}" for s in place.covers]
    return ", ".join(words) or "nothing of this"


def lost(found: Coalition, group: Group) -> str:
    """Say what another group covers less often than the first."""
    before = {one.slot: min(one.times, one.wanted) for one in found.groups[0].filled}
    less = [one.slot for one in group.filled if one.times < before[one.slot]]
    return f"; less of {joined(_lower(found, slot) for slot in less)}" if less else ""


def why(found: Coalition, need: Need) -> str:
    """Say who else is on record for what a group leaves uncovered, and what was searched here."""
    parts = []
    if need.holders:
        parts.append(f"on record nearby: {shorts(found, need.holders)}")
    if need.excluded:
        parts.append(f"on record nearby and excluded: {shorts(found, need.excluded)}")
    if need.weaker:
        parts.append(f"inferred or earlier links only, to check: {shorts(found, need.weaker)}")
    if not need.coverage.documented:
        parts.append(f"here: {need.coverage.status}")
    return "; ".join(parts)


def none_found(found: Coalition) -> str:
    """Say among whom and in how many sources none was found."""
    if not found.sources:
        return "Not searched, since this graph holds no roles and no positions"
    sources = counted(found.sources, "source", "sources")
    among = counted(found.candidates, "candidate", "candidates")
    return f"None found among {among}, in the {sources} of roles and offers"


def shorts(found: Coalition, entities: Iterable[str]) -> str:
    """Return entities by their short names."""
    return ", ".join(found.actors[one].short for one in entities)


def _near(found: Coalition, entity: str) -> str:
    if not found.country or entity not in found.country.presence:
        return ""
    return f" [{_NEARNESS[found.country.presence[entity].state]}]"


def _lower(found: Coalition, slot: Slot) -> str:
    return found.called_slot(slot).lower()
