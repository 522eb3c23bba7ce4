"""Words of a sentence: articles, small letters, lists, and what a capacity in a body is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_CAPACITIES: Mapping[str, tuple[str, str, str]] = {
    "accredited-entity": ("is accredited to", "was accredited to", "is to be accredited to"),
    "chair": ("chairs", "chaired", "is to chair"),
    "co-host": ("co-hosts", "co-hosted", "is to co-host"),
    "co-lead": ("co-leads", "co-led", "is to co-lead"),
    "founder": ("is a founder of", "was a founder of", "is to be a founder of"),
    "fund-agency": ("is an agency of", "was an agency of", "is to be an agency of"),
    "host": ("hosts", "hosted", "is to host"),
    "lead": ("leads", "led", "is to lead"),
    "member": ("is a member of", "was a member of", "is to be a member of"),
    "observer": ("is an observer of", "was an observer of", "is to be an observer of"),
    "participant": ("takes part in", "took part in", "is to take part in"),
    "partner": ("is a partner of", "was a partner of", "is to be a partner of"),
    "secretariat-of": (
        "provides the secretariat of",
        "provided the secretariat of",
        "is to provide the secretariat of",
    ),
    "sponsor": ("sponsors", "sponsored", "is to sponsor"),
}
"""What an entity does in a body, by its capacity: now, in the past, and as planned."""

_TENSES = ("current", "historic", "planned")


def takes_part(capacity: str, label: str, standing: str = "current") -> tuple[str, str]:
    """Return what an entity does in a body, and what follows the body's name.

    >>> takes_part("co-lead", "Co-lead"), takes_part("rapporteur", "Rapporteur", "historic")
    (('co-leads', ''), ('took part in', ' (rapporteur)'))
    """
    tense = _TENSES.index(standing)
    if capacity in _CAPACITIES:
        return _CAPACITIES[capacity][tense], ""
    return _CAPACITIES["participant"][tense], f" ({lower(label)})"


def lower(text: str) -> str:
    """Begin a text with a small letter, unless its first word is an acronym or a name.

    >>> lower("Capacity partner"), lower("NDC 3.0 support")
    ('capacity partner', 'NDC 3.0 support')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def the(label: str) -> str:
    """Return a label as a sentence has it: with an article unless it is one word.

    >>> the("Basel Convention"), the("CITES")
    ('the Basel Convention', 'CITES')
    """
    return f"the {label}" if " " in label else label


def listed(words: Sequence[str]) -> str:
    """Return words in one line.

    >>> listed(["asked"]), listed(["asked", "offered", "said"])
    ('asked', 'asked, offered and said')
    """
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "source"), counted(2, "source"), counted(3, "entity", "entities")
    ('1 source', '2 sources', '3 entities')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def unstopped(text: str) -> str:
    """Return a sentence without its full stop.

    >>> unstopped("It is so. ")
    'It is so'
    """
    return text.rstrip().removesuffix(".")
