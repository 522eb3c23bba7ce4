"""What entities share as text for a terminal, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

from emg_graph.analysis.network.wording import counted, listed
from emg_graph.analysis.overlap import (
    COMPLEMENTARY,
    TO_CHECK,
    UNKNOWN,
    Overlaps,
    Pair,
    significant,
)
from emg_graph.answers import Table
from emg_graph.measures.sampling import Sample
from emg_graph.views import rows

_READING = {
    TO_CHECK: "SAME FUNCTION: TO CHECK TOGETHER",
    COMPLEMENTARY: "DIFFERENT FUNCTIONS: COMPLEMENTARY",
    UNKNOWN: "SHARED, FUNCTION NOT ON RECORD FOR ONE OF THEM",
}
_NOTE = (
    "A number against chance says that sizes do not explain it; it does not say that two entities"
    " do the same work, nor that one of them should not. A pair that shares nothing on record may"
    " share much that these sources do not tell."
)


def to_json(found: Overlaps) -> str:
    """Return every pair asked about, the items of two entities, and how it was computed."""
    sample = found.measured.chance
    data = {
        "relation": found.incidence.relation.name,
        "held_if": found.incidence.relation.meaning,
        "entities": len(found.incidence.rows),
        "items": len(found.incidence.items),
        "sources": list(found.incidence.sources),
        "pairs_tested": found.measured.pairs.tests,
        "pairs_beyond_chance": found.beyond,
        "none_on_record": list(found.absent),
        "method": asdict(found.method),
        "pairs": [asdict(pair) for pair in found.pairs],
        "items_of_both": [{**asdict(item), "reading": item.reading} for item in found.items],
    }
    if isinstance(sample, Sample):
        data["draws"] = {
            "made": sample.draws,
            "effective": round(sample.effective),
            "resolution": sample.resolution,
            "undecided": int(sample.undecided.sum()),
        }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def to_text(found: Overlaps, limit: int = 20, width: int = 100) -> str:
    """Return the answer to read in a terminal."""
    return "\n".join(_lines(found, limit, width)) + "\n"


def _lines(found: Overlaps, limit: int, width: int) -> Iterator[str]:
    for sentence in sentences(found):
        yield from textwrap.wrap(sentence, width)
    yield ""
    shown = found.pairs[:limit] if limit else found.pairs
    if shown:
        yield rows.render(_table(found, shown), "table", width).rstrip("\n")
    if len(found.pairs) > len(shown):
        left = len(found.pairs) - len(shown)
        yield f"… and {left:,} more pairs that share something; --limit 0 shows all"
    if found.items:
        yield from _items(found, width)
    yield ""
    yield from textwrap.wrap(_NOTE, width)
    yield from textwrap.wrap(f"{found.method.text} Parameters: {found.method.line}.", width)


def sentences(found: Overlaps) -> Iterator[str]:
    """Say what was tested, what is beyond chance, and how finely chance was measured."""
    incidence, tested = found.incidence, found.measured.pairs.tests
    held = incidence.relation
    yield (
        f"{len(incidence.rows):,} entities and {len(incidence.items):,} {held.items}; an entity has"
        f" one where {held.meaning}."
    )
    if not incidence.rows:
        yield f"No {held.items} are on record; there is nothing to compare."
        return
    yield from silences(found)
    if found.absent:
        return
    yield from _together(found)
    sharing = int((found.measured.pairs.common > 0).sum())
    yield f"{tested:,} pairs tested, of which {sharing:,} share something. {_verdict(found)}"
    if isinstance(found.measured.chance, Sample):
        yield _drawn(found.measured.chance)


def silences(found: Overlaps) -> Iterator[str]:
    """Say of whom nothing is on record, else who shares nothing, with what was looked at."""
    incidence, held = found.incidence, found.incidence.relation
    looked = counted(len(incidence.sources), "source")
    for entity in found.absent:
        absence = held.absence.format(items=held.items, sources=looked)
        yield f"{found.names.get(entity, entity)}: {absence}."
    for entity in found.alone if len(found.about) == 1 and not found.absent else ():
        own = counted(len(incidence.of(entity)), incidence.relation.item, incidence.relation.items)
        name = found.names.get(entity, entity)
        yield f"{name} has {own} on record; nobody else with one of them found in {looked}."


def _together(found: Overlaps) -> Iterator[str]:
    """Say of two entities what they share, and whether chance explains it."""
    incidence = found.incidence
    if len(found.about) == 2:
        (pair,) = found.pairs
        one, other = (found.names.get(entity, entity) for entity in found.about)
        if not pair.shared:
            yield f"{one} and {other} share no {incidence.relation.item} on record."
            return
        said = "more than chance explains" if pair.beyond else "not distinguishable from chance"
        alike = counted(len(pair.shared), incidence.relation.item, incidence.relation.items)
        yield f"{one} and {other} share {alike}: {said} (q {pair.q:.2g}, at q ≤ {found.level:g})."


def _verdict(found: Overlaps) -> str:
    if not found.beyond:
        said = f"No pair is distinguishable from chance at this size (q ≤ {found.level:g})"
        return f"{said}{_out_of_reach(found)}."
    verb = "pair shares" if found.beyond == 1 else "pairs share"
    said = f"{found.beyond:,} {verb} more than chance explains (q ≤ {found.level:g})"
    sample = found.measured.chance
    if isinstance(sample, Sample) and (open_ := int((sample.undecided & found.told).sum())):
        said += f", {open_} of them undecided"
    return f"{said}."


def _out_of_reach(found: Overlaps) -> str:
    """Say whether a single pair could have been told with so many draws."""
    sample = found.measured.chance
    if not isinstance(sample, Sample):
        return ""
    least = min(1, sample.resolution * found.measured.pairs.tests)
    if least <= found.level:
        return ""
    return f"; a single pair could reach q = {least:.2g} at best with so many draws"


def _drawn(sample: Sample) -> str:
    undecided = int(sample.undecided.sum())
    more = (
        f" {counted(undecided, 'pair')} marked ? may fall on the other side with more --draws."
        if undecided
        else ""
    )
    return (
        f"{sample.draws:,} tables drawn, worth {max(1, sample.effective):,.0f} independent ones or"
        f" more; the least p that they can give is {sample.resolution:.2g}.{more}"
    )


def _table(found: Overlaps, pairs: tuple[Pair, ...]) -> Table:
    heads = ("pair", "shared", "of", "jaccard", "form", "newman", "expected", "p", "q")
    return Table(heads, tuple(_row(found, pair) for pair in pairs))


def _row(found: Overlaps, pair: Pair) -> tuple[str | int | float, ...]:
    one, other = (found.names.get(entity, entity) for entity in (pair.one, pair.other))
    return (
        f"{one} – {other}",
        len(pair.shared),
        f"{pair.one_total} / {pair.other_total}",
        f"{pair.jaccard:.2f}",
        pair.form,
        f"{pair.newman:.2f}",
        f"{pair.expected:.1f}",
        f"{'≤ ' if _at_the_floor(found, pair) else ''}{pair.p:.2g}",
        f"{pair.q:.2g}{'?' if pair.undecided else ''}",
    )


def _at_the_floor(found: Overlaps, pair: Pair) -> bool:
    """Tell whether a p-value is the least that the draws can give."""
    sample = found.measured.chance
    return isinstance(sample, Sample) and pair.p <= significant(sample.resolution)


def _items(found: Overlaps, width: int) -> Iterator[str]:
    """Yield the items of two entities by what their functions say, each with its places."""
    pair = found.pairs[0]
    one, other = (found.names.get(entity, entity) for entity in (pair.one, pair.other))
    known = any(item.one_functions or item.other_functions for item in found.items)
    nowhere = f"SHARED; NO FUNCTIONS ARE ON RECORD FOR {found.incidence.relation.items.upper()}"
    for reading, title in _READING.items():
        items = [item for item in found.items if item.reading == reading]
        if items:
            yield from ("", f"{title if known else nowhere} ({len(items)})")
        for item in items:
            both = sorted({*item.one_functions} & {*item.other_functions})
            alike = f", both for {listed(both)}" if both else ""
            yield from _wrapped(f"{item.title} [{item.id}]{alike}", width, "  ")
            told = ((one, item.one_functions, item.one_places),
                    (other, item.other_functions, item.other_places))  # fmt: skip
            for name, functions, places in told:
                does = f" ({', '.join(functions)})" if functions else ""
                yield from _wrapped(f"{name}{does}: {'; '.join(places)}", width, "    ")


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=f"{indent}  ")
