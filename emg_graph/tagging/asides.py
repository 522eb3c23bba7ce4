"""Words that a text sets aside, and the names of those who act: neither are its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SET_ASIDE = re.compile(
    r"\b(?:other than|excluding|excepting|except(?: for)?|without|not including)\b[^,;:.()]*",
    re.IGNORECASE,
)
_MINISTERS = re.compile(
    r"\bminist(?:ers?|ry|ries) (?:of|for|responsible for|in charge of) [^,;:.()]*?"
    r"(?=\b(?:on|at|in|to|adopted|held)\b|\bof the region|[,;:.()]|$)",
    re.IGNORECASE,
)
_MINISTRIES = re.compile(r"\b(?:\w+ and )?\w+ (?:ministers|ministries)\b", re.IGNORECASE)
_SECTORS = re.compile(r"\b\w+(?:, \w+(?: \w+)?)+,? and \w+(?: \w+)? sectors\b", re.IGNORECASE)


def set_aside(text: str) -> Iterator[range]:
    """Yield the characters that are set aside or name those who act.

    >>> [text[i.start:i.stop] for text in ("waste other than plastics",) for i in set_aside(text)]
    ['other than plastics']
    """
    for pattern in (_SET_ASIDE, _MINISTERS, _MINISTRIES, _SECTORS):
        for match in pattern.finditer(text):
            yield range(match.start(), match.end())
