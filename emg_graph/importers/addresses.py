"""Web addresses as documents write them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from emg_graph.records import ChartEntry, columns

_ADDRESS = re.compile(
    next(str(column.pattern) for column in columns(ChartEntry) if column.name == "homepage")
)
_AS_IT_IS = "%:/?#@!$&'()*+,;=-._~"
_SHARED = frozenset({"ac", "co", "com", "edu", "gov", "org"})
"""Labels under which countries give out domains, as in ``isa.org.jm``."""


def read_address(text: str) -> str | None:
    """Return a web address as the tables write it, or None where the text is none.

    >>> read_address(" https://www.unep.org/a page[1]"), read_address("No link found")
    ('https://www.unep.org/a%20page%5B1%5D', None)
    """
    address = quote(text.strip(), safe=_AS_IT_IS)
    return address if _ADDRESS.fullmatch(address) else None


def domain_of(address: str) -> str:
    """Return the domain that the owner of an address holds, which ``read_address`` has read.

    >>> domain_of("https://open.unep.org/projects"), domain_of("https://www.isa.org.jm/")
    ('unep.org', 'isa.org.jm')
    """
    labels = (urlsplit(address).hostname or "").split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED
    return ".".join(labels[-3:] if shared else labels[-2:])
