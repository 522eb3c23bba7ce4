"""The gaps of the record as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from emg_graph.analysis.gaps import STATUSES, Gap, Gaps, Ground, Kind, Robustness
from emg_graph.analysis.gaps.report import DEFINITION, NOTE
from emg_graph.analysis.network.wording import counted


def to_json(found: Gaps) -> str:
    """Return every gap with all that speaks for and against it, whatever the limit."""
    data = {
        "subject": found.subject,
        "definition": DEFINITION,
        "statuses": dict(STATUSES),
        "sources": found.sources,
        "looked": [asdict(one) for one in found.looked],
        "kinds": [
            {"id": kind.id, "title": kind.title, "rule": kind.rule, "evidence": kind.evidence,
             "gaps": len(found.of(kind.id))}
            for kind in found.kinds
        ],
        "gaps": [_gap(gap) for gap in found.gaps],
        "method": asdict(found.method),
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "kind": gap.kind,
        "subjects": gap.subjects,
        "statement": gap.statement,
        "looked_for": gap.looked_for,
        "status": gap.status,
        "outcome": gap.outcome,
        "sources": gap.sources,
        "evidence": [_ground(one) for one in gap.grounds],
        "counter_evidence": [_ground(one) for one in gap.against],
        "robustness": _robustness(gap.robustness),
        "check": gap.check,
        "touches": gap.touches,
    }


def _ground(ground: Ground) -> dict[str, Any]:
    at = ground.citation
    return {
        "sentence": ground.sentence,
        "basis": ground.basis,
        "standing": ground.standing,
        "source": at.source if at else None,
        "locator": at.locator if at else None,
        "claim": ground.claim,
    }


def _robustness(robustness: Robustness) -> dict[str, Any]:
    return {"sentence": robustness.sentence, **asdict(robustness)}


def to_text(found: Gaps, limit: int = 0, width: int = 100) -> str:
    """Return the gaps to read in a terminal, the first so many of each kind, or with 0 all."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def hidden(kind: Kind, total: int, limit: int) -> str | None:
    """Say how many gaps of a kind are not shown, or None if all are.

    >>> hidden(Kind("synergy", "", ""), 3, 1)
    '… and 2 more of 3; --kind synergy --limit 0 shows all'
    """
    if limit <= 0 or total <= limit:
        return None
    return f"… and {total - limit:,} more of {total:,}; --kind {kind.id} --limit 0 shows all"


def _lines(found: Gaps, limit: int, width: int) -> Iterator[str]:
    title = f"Gaps in the record: {found.name}" if found.name else "Gaps in the record"
    yield from textwrap.wrap(title, width)
    yield "=" * min(len(title), width)
    yield from textwrap.wrap(DEFINITION, width)
    for status, meaning in STATUSES.items():
        yield from _wrapped(f"{status}: {meaning}", width)
    yield ""
    yield f"WHERE WAS LOOKED ({counted(found.sources, 'source')} on record)"
    for one in found.looked:
        told = f"{one.looked_at:,} of {one.of:,} {one.what}, in {counted(one.sources, 'source')}"
        yield from _wrapped(told, width)
    for kind, gaps in found.by_kind():
        yield ""
        yield from _kind_lines(kind, gaps, limit, width)
    if not found.gaps:
        yield ""
        yield from textwrap.wrap(_nothing(found), width)
    yield ""
    yield from textwrap.wrap(NOTE, width)
    yield from textwrap.wrap(f"Method: {found.method.text} ({found.method.line})", width)


def _nothing(found: Gaps) -> str:
    """Say that no rule found a gap: which is no proof that nothing lacks."""
    if not found.looked[0].of:
        return "No gap found: this graph holds no agreement, so that there is nothing to look at."
    if not found.kinds:
        return "None of the kinds of gap asked for speaks of such a thing; leave --kind out."
    return "No gap found by these rules; other things may lack for which there is no rule."


def _kind_lines(kind: Kind, gaps: Sequence[Gap], limit: int, width: int) -> Iterator[str]:
    first = "EVIDENCE GAPS – " if kind.evidence else ""
    yield from textwrap.wrap(f"{first}{kind.title.upper()} ({len(gaps):,})", width)
    yield from _wrapped(f"Rule: {kind.rule}", width)
    for gap in gaps[:limit] if limit > 0 else gaps:
        yield ""
        yield from _gap_lines(gap, width, kind.weighed)
    if more := hidden(kind, len(gaps), limit):
        yield ""
        yield from _wrapped(more, width)


def _gap_lines(gap: Gap, width: int, weighed: bool) -> Iterator[str]:
    """Yield a gap; where its rule looks at weaker links, also that there is none."""
    yield from _wrapped(f"{gap.statement} ({gap.outcome})", width)
    if gap.grounds:
        yield from _wrapped(f"for: {_told(gap.grounds)}", width, 4)
    if gap.against or weighed:
        against = _told(gap.against) if gap.against else "no weaker link on record"
        yield from _wrapped(f"against: {against}", width, 4)
    yield from _wrapped(f"robustness: {gap.robustness.sentence}", width, 4)
    yield from _wrapped(f"could check: {gap.check}", width, 4)
    yield from _wrapped(f"id: {gap.id}", width, 4)


def _told(grounds: Sequence[Ground]) -> str:
    """Return the first of some grounds with its source, and how many there are besides."""
    first = grounds[0]
    at = f" [{first.citation.source}, {first.citation.locator}]" if first.citation else ""
    standing = "" if first.standing == "current" else f", {first.standing}"
    more = f" … and {len(grounds) - 1} more" if len(grounds) > 1 else ""
    return f"{first.sentence} ({first.basis}{standing}){at}{more}"


def _wrapped(text: str, width: int, indent: int = 2) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
