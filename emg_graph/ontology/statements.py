"""Statements grouped by what they are about, names shortened by their prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Parts = dict[str, list[str]]
"""The values of each property of one thing."""


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI with a prefix, if one of the prefixes, given by their IRIs, fits it.

    >>> shortened("http://www.w3.org/ns/prov#Entity", {"http://www.w3.org/ns/prov#": "prov"})
    'prov:Entity'
    >>> shortened("https://example.org/a", {})
    'https://example.org/a'
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = prefixes.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri


def grouped(statements: Iterable[tuple[str, str, str]]) -> dict[str, Parts]:
    """Group statements by subject, and by property.

    >>> grouped([("s", "p", "a"), ("s", "p", "b")])
    {'s': {'p': ['a', 'b']}}
    """
    found: dict[str, Parts] = {}
    for subject, part, value in statements:
        found.setdefault(subject, {}).setdefault(part, []).append(value)
    return found
