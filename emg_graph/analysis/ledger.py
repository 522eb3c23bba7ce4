"""The measures of a field of actors, to be worked out for many ways of leaving links out at once.

Everything is an array of ways by links, parts or actors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from emg_graph.analysis.channels import CHANNELS, DIGITS, Gauge
from emg_graph.analysis.crowds import Crowd, crowds_of
from emg_graph.analysis.evidence import Agreement, Evidence
from emg_graph.analysis.links import Flags, Links, Runs, Values, consecutive
from emg_graph.analysis.parts import Part, Tally


class Ledger:
    """The measures of some channels for a field, over the links that bear them."""

    def __init__(
        self,
        evidence: Evidence,
        agreement: Agreement,
        actors: Sequence[str],
        channels: Sequence[str],
    ) -> None:
        links, crowds = Links(), crowds_of(evidence)
        self.columns: dict[str, list[Columns]] = {}
        for name in channels:
            for gauge in CHANNELS[name].values():
                tallies = gauge.parts(evidence, agreement)
                column = Columns(gauge, [tallies.get(actor) for actor in actors], links, crowds)
                self.columns.setdefault(name, []).append(column)
        self.actors = len(actors)
        self.drawn = len(links)
        """So many links bear a part; those that follow only make an actor known."""
        for column in (column for columns in self.columns.values() for column in columns):
            column.hear(links)
        self._sources = np.array(links.sources)

    @property
    def size(self) -> int:
        """The number of links."""
        return len(self._sources)

    @property
    def sources(self) -> list[str]:
        """The sources of the links, by id."""
        return sorted(set(self._sources.tolist()))

    def without(self, source: str) -> Flags:
        """Return which links are left without a source."""
        return np.asarray(self._sources != source)


class Columns:
    """One measure of a field, to be worked out for many ways of leaving links out."""

    def __init__(
        self,
        gauge: Gauge,
        tallies: Sequence[Tally | None],
        links: Links,
        crowds: Mapping[str, Crowd],
    ) -> None:
        self._gauge, self._tallies = gauge, tallies
        parts = [(i, part) for i, tally in enumerate(tallies) if tally for part in tally.parts]
        found = [list(links.of(part).values()) for _, part in parts]
        self._items = Runs.of([n for n, _ in item] for part in found for item in part)
        self._amounts = np.array([item[0][1] for part in found for item in part])
        self._parts = Runs.of(consecutive(len(part) for part in found))
        self._near = np.array([part.near for _, part in parts])
        self._owners = np.array(sorted({i for i, _ in parts}), np.int64)
        sizes = (len(tally.parts) for tally in tallies if tally and tally.parts)
        self._actors = Runs.of(consecutive(sizes))
        self._crowd = Sizes([part for _, part in parts], links, crowds)
        self._heard = Runs.of(())
        self._hearing = np.zeros(0, np.int64)

    def hear(self, links: Links) -> None:
        """Enter the sources by which actors are known without any part."""
        heard = [(i, sorted(tally.heard)) for i, tally in enumerate(self._tallies) if tally]
        telling = [(i, sources) for i, sources in heard if sources]
        self._heard = Runs.of([links.add(source) for source in sources] for _, sources in telling)
        self._hearing = np.array([i for i, _ in telling], np.int64)

    def values(self, left: Flags, *, specialists: bool) -> Values:
        """Return the measure of each actor under each way of leaving out; unknown is no number."""
        amounts = self._items.any(left) * self._amounts
        counts = self._parts.sum(amounts)
        there = counts != 0
        sized = np.zeros(counts.shape)
        if self._crowd.parts:
            counts = self._crowd.sizes(left)
        sized[there] = self._gauge.size.many(counts[there])
        near, whole = self._by_actor(sized * self._near), self._by_actor(sized)
        known = self._known(there, left)
        if self._gauge.share:
            found = np.divide(near, whole, out=np.full(near.shape, np.nan), where=whole > 0)
        else:
            found = near / (1 + self._wholes(whole)) if specialists else near
        return np.where(known, np.round(found, DIGITS), np.nan)

    def _by_actor(self, values: Values) -> Values:
        found = np.zeros((len(values), len(self._tallies)))
        found[:, self._owners] = self._actors.sum(values)
        return found

    def _wholes(self, whole: Values) -> Values:
        fixed = [np.nan if t is None or t.whole is None else t.whole for t in self._tallies]
        return np.where(np.isnan(fixed), whole, fixed)

    def _known(self, there: Flags, left: Flags) -> Flags:
        """Tell of whom something is known: all, or by a part or by another source that is left."""
        if self._gauge.absent is not None:
            return np.ones((len(left), len(self._tallies)), bool)
        known = self._by_actor(there.astype(float)) > 0
        known[:, self._hearing] |= self._heard.any(left)
        return np.asarray(known)


class Sizes:
    """The sizes of the bodies that parts are about, and of the lists that were read whole."""

    def __init__(self, parts: Sequence[Part], links: Links, crowds: Mapping[str, Crowd]) -> None:
        about = {part.thing: part.crowd for part in parts if part.crowd}
        self.parts = len(parts) if about else 0
        whole = {body: crowd for body, crowd in sorted(crowds.items()) if crowd.whole}
        counted = {**about, **whole} if about else {}
        bodies = list(counted)
        self._bodies = np.array([bodies.index(part.thing) for part in parts[: self.parts]])
        self._whole = np.array([crowd.whole for crowd in counted.values()], bool)
        members = [_members(crowd, links) for crowd in counted.values()]
        self._members = Runs.of([of_one for crowd in members for of_one in crowd])
        self._sizes = Runs.of(consecutive(len(crowd) for crowd in members))

    def sizes(self, left: Flags) -> Values:
        """Return what each part's body counts as under each way of leaving out."""
        known = self._sizes.sum(self._members.any(left).astype(float))
        read = np.where(known > 0, known, np.nan)[:, self._whole]
        middle = np.zeros(len(left))
        there = ~np.isnan(read).all(axis=1)
        middle[there] = np.nanmedian(read[there], axis=1)
        sizes = np.where(self._whole, known, np.maximum(known, middle[:, None]))
        return np.asarray(sizes[:, self._bodies])


def _members(crowd: Crowd, links: Links) -> list[list[int]]:
    """Return the numbers of the memberships of each who takes part."""
    found: dict[str, list[int]] = {}
    for member in sorted(crowd.members, key=lambda member: member.claim):
        found.setdefault(member.actor, []).append(links.of_membership(member))
    return list(found.values())
