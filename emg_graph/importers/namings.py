"""Words that stand for agreements, as tables: their names, and what they alone ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Naming:
    """Words of titles that stand for agreements.

    ``since`` is the year from which they do: before an agreement was there to ask for it, work on
    a substance was not work for the agreement.
    """

    pattern: str
    agreements: tuple[str, ...]
    since: int = 0
    tells: Literal["name", "subject"] = "name"
    """A name, an acronym or words that only the agreement is called by; or only what it asks for or
    deals with, from which one can infer that it is meant."""
    exact_case: bool = False
    holds: str = ""
    """Folded words of every match: to look for them first spares most of the searches."""

    @property
    def expression(self) -> re.Pattern[str]:
        """The pattern between bounds of words, for acronyms in exact case."""
        return re.compile(rf"(?<!\w)(?:{self.pattern})", 0 if self.exact_case else re.IGNORECASE)


def _name(pattern: str, *agreements: str) -> Naming:
    return Naming(pattern, agreements)


def _acronym(pattern: str, *agreements: str) -> Naming:
    return Naming(rf"(?:{pattern})(?!\w)", agreements, exact_case=True)


def _asked(pattern: str, *agreements: str, since: int = 0, acronym: bool = False) -> Naming:
    return Naming(pattern, agreements, since, "subject", acronym)


_CLIMATE = ("unfccc", "paris")

NAMINGS: tuple[Naming, ...] = (
    _acronym(r"UNFCCC", "unfccc"),
    _name(r"(?:framework )?convention on climate change\b", "unfccc"),
    _asked(r"national communications?\b(?! (?:strateg|campaign|plan))", "unfccc"),
    _asked(r"initial communication\b", "unfccc"),
    _asked(r"biennial updated? report(?:s|ing)?\b", "unfccc"),
    _asked(r"national adaptation (?:action plan|(?:plan|programm?e?)s? of action)\b", "unfccc"),
    _asked(r"NAPAs?\b", "unfccc", acronym=True),
    _asked(r"national adaptation plan(?:s|ning)?\b", "unfccc", since=2011),
    _asked(r"intended nationally determined contributions?\b", "unfccc"),
    _asked(r"technology needs assessments?\b", "unfccc", since=2002),
    _asked(r"(?:greenhouse gas|GHG) inventor(?:y|ies)\b", "unfccc"),
    _asked(r"REDD(?:\+|-plus) (?:results?[- ]based payments?|RBP)\b", "unfccc", since=2014),
    _asked(r"biennial transparency reports?\b", *_CLIMATE),
    _asked(r"(?<!intended )nationally determined contributions?\b", "paris", since=2016),
    _asked(r"NDCs?\b", "paris", since=2016, acronym=True),
    _asked(r"enhanced transparency framework\b", "paris", since=2016),
    _asked(r"CBIT\b", "paris", since=2016, acronym=True),
    _asked(r"capacity[- ]building initiative for transparency\b", "paris", since=2016),
    _name(r"rio conventions?\b", "unfccc", "cbd", "unccd"),
    _acronym(r"CBD", "cbd"),
    _name(r"convention on BD\b", "cbd"),
    _asked(r"NBSAPs?\b", "cbd", acronym=True),
    _asked(
        r"biodiversity (?:conservation )?(?:strateg(?:y|ies|ic)|startegy),?"
        r"(?: and)? action plans?\b",
        "cbd",
    ),
    _asked(r"national biodiversity strateg(?:y|ies)\b", "cbd"),
    _asked(r"clearing[- ]?house mechanism\b", "cbd"),
    _asked(r"aichi biodiversity targets?\b", "cbd"),
    _name(r"global biodiversity framework\b", "km-gbf"),
    _asked(r"global biodiversity framework\b", "cbd"),
    _asked(r"biosafety\b", "cartagena-protocol", since=2000),
    _asked(r"LMOs?\b", "cartagena-protocol", since=2000, acronym=True),
    _asked(r"living modified organisms?\b", "cartagena-protocol", since=2000),
    _name(r"nagoya protocol", "nagoya"),
    _name(r"protocol on access and benefit[- ]sharing\b", "nagoya"),
    _asked(
        r"access (?:to )?(?:genetic resources )?and (?:related )?benefit[- ]sharing\b",
        "nagoya",
        since=2011,
    ),
    _asked(r"ABS\b", "nagoya", since=2011, acronym=True),
    _asked(r"fair and equitable benefit[- ]sharing\b", "nagoya", since=2011),
    _acronym(r"UNCCD", "unccd"),
    _asked(r"national action (?:plan|programme) to combat desertification\b", "unccd", since=1997),
    _asked(r"NAP alignment\b", "unccd", since=2009),
    _asked(r"land degradation neutrality\b", "unccd", since=2013),
    _asked(r"LDN\b", "unccd", since=2013, acronym=True),
    _name(r"stockholm (?:(?:and|,) \w+ )?conventions?\b", "stockholm"),
    _asked(r"(?:[Uu]-?)?P[Oo]P[Ss]?\b", "stockholm", since=2001, acronym=True),
    _asked(r"persistent organic pollutants?\b", "stockholm", since=2001),
    _asked(r"PCBs?\b", "stockholm", since=2001, acronym=True),
    _asked(r"polychlorinated biphenyls?\b", "stockholm", since=2001),
    _asked(r"DDT\b", "stockholm", since=2001, acronym=True),
    _name(r"minamata\b", "minamata"),
    _asked(r"mercury\b", "minamata", since=2013),
    _asked(
        r"national action plans? (?:for|in|on) (?:the )?artisanal and small[- ]scale gold mining\b",
        "minamata",
        since=2013,
    ),
    _asked(r"HCFCs?\b", "montreal", acronym=True),
    _asked(r"ODS\b", "montreal", acronym=True),
    _asked(r"ozone[- ]depleting substances?\b", "montreal"),
    _asked(r"methyl bromide\b", "montreal"),
    _asked(r"phase-out of CFC\b", "montreal"),
    _asked(r"HFC phas(?:e|ing)[- ]down\b", "kigali", since=2017),
    _asked(r"ballast water\b", "bwm", since=2004),
    _name(r"world heritage\b", "whc"),
)
"""What stands for agreements beside their own full names, which the tables give.

The order is that in which the words that are kept for an agreement are chosen, names before
subjects. Themes are left out, however near they are to an agreement: areas beyond national
jurisdiction, REDD+ as such, dioxins, gold mining as such.
"""

CUT_NAMES: tuple[Naming, ...] = (
    _name(r"basel\b", "basel"),
    _name(r"rotterdam\b", "rotterdam"),
    _name(r"BRS conventions?\b", "basel", "rotterdam", "stockholm"),
    _name(r"escaz[uú]\b", "escazu"),
    _acronym(r"Long-range Transboundary Air", "lrtap"),
    _acronym(r"International Trade in Endangered Species", "cites"),
    _name(r"sendai framework\b", "sendai"),
    _acronym(r"UNCLOS", "unclos"),
    _name(r"(?:accord|acuerdo) de par[ií]s\b", "paris"),
    _name(r"protocol[eo] de montr[eé]al\b", "montreal"),
    _name(r"convention[- ]cadre des nations unies sur les changements climatiques\b", "unfccc"),
)
"""Names as a list that has found them already gives them: cut, or in another language.

In a title they would find too much, for some are cities, and some a subject in small letters.
"""
