"""The kinds of gap, each with the rule by which one is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SUBJECTS = ("agreement", "theme", "entity", "mechanism", "workstream")
"""The kinds of thing that can be asked about."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of gap: what it is called, and the rule by which one is found."""

    id: str
    title: str
    rule: str
    about: tuple[str, ...] = ()
    """Of what kinds of thing it speaks."""
    evidence: bool = False
    """Whether what is lacking is that somebody looks."""
    weighed: bool = False
    """Whether weaker links are looked at, and stand against one."""


KINDS: Mapping[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "supporters-not-searched",
            "Agreements whose supporters nobody has searched for",
            "No search for entities on this agreement was carried out.",
            about=("agreement",),
            evidence=True,
        ),
        Kind(
            "not-looked-up",
            "What the record itself says has not been looked up",
            "A row of the searches says that this was not looked up yet, or that the source could"
            " not be read.",
            about=SUBJECTS,
            evidence=True,
        ),
        Kind(
            "members-not-read",
            "Mechanisms whose list of members was not read whole",
            "The members of a current mechanism are on record in part or not at all, and no"
            " search for just their list ended with none found.",
            about=("mechanism",),
            evidence=True,
        ),
        Kind(
            "budget-not-read",
            "Entities whose mandates were not read",
            "No budget or other list of mandates of this entity was read. The budgets that were"
            " cover the Secretariat and those that report with it, so that this is often a matter"
            " of scope; the budget of what it is part of, where that was read, stands against.",
            about=("entity",),
            evidence=True,
        ),
        Kind(
            "presence-not-reported",
            "Entities whose expenses by country are not on record",
            "No source on record gives the expenses of this entity by country. The countries of"
            " its projects, portfolios and activities in country plans stand against.",
            about=("entity",),
            evidence=True,
        ),
        Kind(
            "seat-not-recorded",
            "Entities whose headquarters are not on record",
            "No source on record gives the city of this entity's headquarters.",
            about=("entity",),
            evidence=True,
        ),
        Kind(
            "sought-not-found",
            "What was searched for and not found",
            "A search on record was carried out for this and found none.",
            about=SUBJECTS,
        ),
        Kind(
            "thin-support",
            "Agreements and themes with one documented supporter or none",
            "At most one entity or mechanism has a stated, current role in the agreement besides"
            " running it; for a theme: in an agreement on it, or is a current mechanism on it, or"
            " offered or supported something on it. Projects and activities of country plans stand"
            " against; they are no role.",
            about=("agreement", "theme"),
            weighed=True,
        ),
        Kind(
            "missing-function",
            "Functions for which nobody is documented in an agreement",
            "No stated, current role in the agreement has this function; keeping its deposit or"
            " money counts for none. Projects and activities of country plans that a source ties to"
            " the agreement stand against delivery, and those of a fund against finance; they are"
            " no role.",
            about=("agreement",),
            weighed=True,
        ),
        Kind(
            "agreements-apart",
            "Related agreements without a common supporter, mechanism or reference",
            "Two agreements share at least two themes and have no supporter, mechanism, secretariat"
            " or family in common, their secretariats have no stated, current seat in one body on"
            " a theme of each besides coordination, and no reference, product, mandate, project,"
            " cooperation, position or activity on record names both. Who runs both is named, and"
            " joins nothing by that alone; other common seats of the secretariats, and workstreams"
            " on a common theme, stand against.",
            about=("agreement", "theme"),
            weighed=True,
        ),
        Kind(
            "synergy",
            "Entities that share more than chance explains, and no body or product",
            "Two entities share more mandates, or serve more of the same agreements, than their"
            " sizes explain (q at or below 0.05, by the model asked for and by the hypergeometric"
            " one, which is tried first), and no mechanism, workstream"
            " or product on record has both, by themselves or through what they are part of; a"
            " body that only coordinates the whole system stands against and closes nothing. One"
            " of the two is not part of the other. Shared is not the same as doing the same: it"
            " is a reason to look whether the two are complementary.",
            about=("agreement", "entity"),
            weighed=True,
        ),
        Kind(
            "ask-without-offer",
            "Asks on record without an offer of another entity",
            "A position asked for or proposed something, and no offer of another entity on record"
            " shares a theme with it. Those on wider or narrower themes stand against, and what"
            " others supported or said on a common theme without asking themselves; what was only"
            " said is no weaker link.",
            about=("agreement", "theme", "entity"),
            weighed=True,
        ),
        Kind(
            "offer-without-ask",
            "Offers on record without an ask of another entity",
            "A position offered something, and no ask or proposal of another entity on record"
            " shares a theme with it. Those on wider or narrower themes stand against, and what"
            " others supported or said on a common theme; what was only said is no weaker link.",
            about=("agreement", "theme", "entity"),
            weighed=True,
        ),
        Kind(
            "regional-link",
            "Regional commissions without a stated link",
            "A regional commission has no stated, current role in an agreement of global scope, no"
            " stated part in a workstream, and no position, activity of a country plan, project or"
            " cooperation that a source ties to it; an agreement of a region has no such link with"
            " any of the commissions.",
            about=("agreement", "entity", "workstream"),
            weighed=True,
        ),
        Kind(
            "environment-mandate",
            "Entities with a mandate on the environment and no recorded part",
            "The budget of an entity lists a mandate whose title is on an environmental theme or"
            " names an agreement (mandates that task everybody left out), and no stated, current"
            " role in an agreement, seat in a body other than of system-wide coordination, joint"
            " product or project on an agreement is on record, of the entity or of a part of it.",
            about=("entity",),
            weighed=True,
        ),
        Kind(
            "cross-cutting-link",
            "Agreements without a stated link to a cross-cutting theme",
            "Gender, human rights, digital technology, human mobility, disaster risk or"
            " environmental crime, each by itself: it is no theme of the agreement or of a target"
            " that the agreement itself sets, no position on record names the agreement and is on"
            " it, and no mechanism on it has a stated, current role in the agreement. Targets of"
            " agreements under it or above it stand against, and so do roles of entities whose"
            " mandates or positions are on it.",
            about=("agreement", "theme"),
            weighed=True,
        ),
    )
}
"""Every kind of gap, those first in which nobody looked: they are the cheapest to close."""
