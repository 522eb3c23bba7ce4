"""The bodies whose resolutions and decisions a budget lists, as its headings name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Body:
    """A body, and how the documents that it adopts are called.

    In a form, ``{n}`` is the number as a budget writes it; ``{s}`` and ``{r}`` are its parts
    before and after the stroke.
    """

    concept: str
    resolution: str
    decision: str = ""
    first_decision: int = 0
    """The number from which on a year's or session's documents are decisions; 0: there is none."""
    dated: bool = False
    """Whether the first part of its numbers is the year."""

    def named(self, number: str, kind: str) -> str:
        """Return the full form of a number.

        >>> unea = Body("unea", "UNEP/EA.{s}/RES.{r}", "UNEP/EA.{s}/DEC.{r}")
        >>> unea.named("6/4", "resolution"), unea.named("3/1", "decision")
        ('UNEP/EA.6/RES.4', 'UNEP/EA.3/DEC.1')
        """
        form = self.decision if kind == "decision" and self.decision else self.resolution
        first, _, rest = number.rpartition("/")
        return form.format(n=number, s=first, r=rest)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a list: whose documents it holds and of which kind."""

    text: str
    body: Body
    kind: str
    """``resolution`` or ``decision``: what a bare number stands for."""
    known: bool = True
    """Whether the body is one of those listed here."""


def _simple(concept: str, short: str, dated: bool = False) -> Body:
    return Body(concept, f"{short}/RES/{{n}}", f"{short}/DEC/{{n}}", dated=dated)


_OTHER = Body("other-body", "")
_TREATY = Body("treaty-text", "")
_CPR = "HSP/CPR recommendation {n}"
_BODIES: Mapping[str, Body] = MappingProxyType(
    {
        r"general assembly": Body("general-assembly", "A/RES/{n}", "A/DEC/{n}", 401),
        r"security council": Body("security-council", "S/RES/{n}"),
        r"economic and social council": Body(
            "economic-and-social-council", "E/RES/{n}", "E/DEC/{n}", 201, dated=True
        ),
        r"human rights council": Body(
            "human-rights-council", "A/HRC/RES/{n}", "A/HRC/DEC/{n}", 101
        ),
        r"commission on human rights": _simple("commission-on-human-rights", "E/CN.4", dated=True),
        r"united nations environment assembly": Body(
            "unea", "UNEP/EA.{s}/RES.{r}", "UNEP/EA.{s}/DEC.{r}"
        ),
        r"governing council of (?:the united nations environment programme|unep)": Body(
            "unep-governing-council", "UNEP/GC/DEC/{n}"
        ),
        r"(?:un|united nations)[- ]habitat assembly": Body(
            "un-habitat-assembly", "HSP/HA.{s}/RES.{r}", "HSP/HA.{s}/DEC.{r}"
        ),
        r"economic commission for africa": _simple("economic-commission-for-africa", "ECA"),
        r"economic commission for europe": _simple("economic-commission-for-europe", "ECE"),
        r"economic commission for latin america": _simple(
            "economic-commission-for-latin-america-and-the-caribbean", "ECLAC"
        ),
        r"economic and social commission for asia and the pacific": _simple(
            "economic-and-social-commission-for-asia-and-the-pacific", "ESCAP"
        ),
        r"economic and social commission for western asia": _simple(
            "economic-and-social-commission-for-western-asia", "ESCWA"
        ),
        r"commission on narcotic drugs": _simple("commission-on-narcotic-drugs", "CND"),
        r"commission on crime prevention and criminal justice": _simple(
            "commission-on-crime-prevention-and-criminal-justice", "CCPCJ"
        ),
        r"commission on the status of women": _simple("commission-on-the-status-of-women", "CSW"),
        r"commission for social development": _simple("commission-for-social-development", "CSocD"),
        r"commission on population and development": _simple(
            "commission-on-population-and-development", "CPD", dated=True
        ),
        r"united nations convention against transnational organized crime": _simple(
            "conference-of-the-parties-to-untoc", "CTOC"
        ),
        r"united nations convention against corruption": _simple(
            "conference-of-the-states-parties-to-uncac", "CAC"
        ),
        r"united nations framework convention on climate change": Body(
            "conference-of-the-parties-to-unfccc", "Decision {n}"
        ),
        r"united nations conference on trade and development": Body("unctad-conference", ""),
        r"world trade organization": Body("wto-ministerial-conference", ""),
        r"conference on disarmament": Body("conference-on-disarmament", ""),
        r"multilateral environmental agreements of the economic commission for europe": Body(
            "governing-bodies-of-ece-treaties", ""
        ),
        r"united nations transport agreements": Body("governing-bodies-of-ece-treaties", ""),
        r"secretary-general’?'?s bulletins?": Body("secretary-general", ""),
    }
)
_OF_ENTITY: Mapping[tuple[str, str], Body] = MappingProxyType(
    {
        ("un-habitat", "governing council"): Body(
            "un-habitat-governing-council", "HSP/GC/RES/{n}", "HSP/GC/DEC/{n}"
        ),
        ("un-habitat", "executive board"): Body("un-habitat-executive-board", "HSP/EB/DEC/{n}"),
        ("un-habitat", "committee of permanent representatives"): Body(
            "un-habitat-committee-of-permanent-representatives", _CPR
        ),
        ("unep", "governing council"): Body("unep-governing-council", "UNEP/GC/DEC/{n}"),
    }
)
"""Bodies that only the entity's own budget may call by half their name."""
_TEXT = re.compile(
    r"(?:provisional )?(?:rules|statute|charter|covenant|constitution)\b"
    r"|(?:\w+ )*(?:convention|agreement|treaty|protocol)s?\b",
    re.IGNORECASE,
)
_ADOPTED = re.compile(
    r"\b(?:resolution|decision|declaration|communiqué|conclusion|statement|note|letter|mandate|"
    r"report|recommendation|bulletin)s?\b",
    re.IGNORECASE,
)


def read_heading(text: str, entity: str | None) -> Heading:
    """Read the heading of a list of mandates, whatever its style.

    >>> found = read_heading("Economic and Social Council decisions", "unep")
    >>> found.body.concept, found.kind
    ('economic-and-social-council', 'decision')
    """
    body = _body(text.casefold(), entity)
    if body is None:
        named = _TREATY if is_text(text) else _OTHER
        return Heading(text, named, "resolution", known=False)
    form = _form(text.casefold())
    if form:
        body = Body(body.concept, form.format(_SHORT.get(body.concept, text), n="{n}"), dated=True)
    return Heading(text, body, _kind(text.casefold()))


def is_heading(text: str, entity: str | None) -> bool:
    """Tell whether a paragraph is by its words the heading of a list of mandates.

    >>> is_heading("Security Council resolutions", "unep"), is_heading("Climate action", "unep")
    (True, False)
    """
    if len(text) > 400 or text.endswith(".") or not _ADOPTED.search(text):
        return False
    return _body(text.casefold(), entity) is not None


def is_text(text: str) -> bool:
    """Tell whether a heading is itself the name of a treaty, charter or set of rules.

    >>> is_text("Provisional rules of procedure of the Security Council")
    True
    """
    return bool(_TEXT.match(text)) and not _ADOPTED.search(text)


_SHORT: Mapping[str, str] = MappingProxyType(
    {"commission-on-the-status-of-women": "CSW", "economic-and-social-council": "ECOSOC"}
)


def _body(text: str, entity: str | None) -> Body | None:
    """Return the body that is named first, the longer name before the shorter."""
    found = [
        (match.start(), -len(match[0]), body)
        for pattern, body in _BODIES.items()
        if (match := re.search(rf"\b{pattern}", text))
    ]
    special = [one for one in found if one[2].concept == "governing-bodies-of-ece-treaties"]
    if found:
        return min(special or found, key=lambda one: one[:2])[2]
    for (owner, name), body in _OF_ENTITY.items():
        if owner == entity and text.startswith(name):
            return body
    return None


def _kind(text: str) -> str:
    if "resolution" in text or not re.search(r"\bdecisions?\b", text):
        return "resolution"
    return "decision"


def _form(text: str) -> str:
    """Return how documents are called that have a year or number and no series of symbols."""
    if "resolution" in text:
        return ""
    if "agreed conclusion" in text:
        return "{} agreed conclusions {n}"
    if "communiqué" in text:
        return "{} ministerial communiqué {n}"
    return ""
