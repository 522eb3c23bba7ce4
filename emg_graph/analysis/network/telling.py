"""Reasons told as sentences that begin with the entity's name and say which agreement is meant.

A reason of the brief follows a heading with the name and speaks of "this agreement"; beside a
line of a picture, or in a file, a sentence stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from emg_graph.analysis.candidates import Collaborators
from emg_graph.analysis.evidence import Agreement, Evidence, Membership, Position, Role
from emg_graph.analysis.network.links import BASES, STANDINGS
from emg_graph.analysis.network.wording import listed, lower, takes_part, unstopped
from emg_graph.analysis.reasons import ITSELF, Reason, Wanted, relation

Claim = Role | Position | Membership


@dataclass(frozen=True, slots=True)
class Teller:
    """What it takes to tell the reasons of one agreement's candidates."""

    wanted: Wanted
    evidence: Evidence
    claims: Mapping[str, Claim]

    @classmethod
    def of(cls, found: Collaborators, evidence: Evidence) -> Self:
        """Return the teller for what was found in some evidence."""
        wanted = Wanted(evidence.agreements[found.agreement], frozenset(found.themes), False)
        every: tuple[Claim, ...] = (*evidence.roles, *evidence.positions, *evidence.memberships)
        return cls(wanted, evidence, {claim.claim: claim for claim in every})

    @property
    def subject(self) -> Agreement:
        """The agreement itself."""
        return self.wanted.agreement

    def told(self, short: str, reason: Reason) -> str:
        """Return a reason as a sentence about the entity of that name."""
        claims = [self.claims[claim] for claim in reason.claims if claim in self.claims]
        roles = [claim for claim in claims if isinstance(claim, Role)]
        if roles:
            return f"{short} {self._role(roles)}."
        first = next(iter(claims), None)
        if isinstance(first, Position):
            return f"{short} {self._position(first)}."
        if isinstance(first, Membership):
            return f"{short} {self._membership(first, reason)}."
        if reason.channel == "joint product":
            return f"{short} {self._product(reason)}."
        return f"{short} {self._counted(reason)}."

    def _role(self, roles: Sequence[Role]) -> str:
        did = "; ".join(dict.fromkeys(unstopped(lower(role.summary)) for role in roles))
        agreements = dict.fromkeys(role.agreement for role in roles)
        names = listed([self.evidence.agreements[one].called for one in agreements])
        label = lower(roles[0].role_label)
        return f"{did} ({label} for {names}{self._nearness(roles[0], len(agreements))})"

    def _nearness(self, role: Role, count: int) -> str:
        """Return how the agreement of a role is near, or of the agreement itself why not more."""
        if role.agreement == self.subject.id:
            how = STANDINGS[role.standing] if role.standing != "current" else BASES[role.basis]
            return f"; {how.lower()}"
        near = relation(self.evidence, self.wanted, self.evidence.agreements[role.agreement])
        how = near[1] if near else ""
        if how.startswith("shares "):
            shares = how if count == 1 else how.replace("shares", "share", 1)
            return f", which {shares} with {self.subject.called}"
        if how.startswith("same treaty family"):
            return f", of the same treaty family as {self.subject.called}"
        return f", only in the same cluster as {self.subject.called}: {self.subject.cluster}"

    def _position(self, position: Position) -> str:
        shared = sorted(position.themes & self.wanted.themes)
        if self.subject.id in position.agreements:
            link = f"names {self.subject.called}"
        elif shared:
            themes = listed([lower(self.evidence.themes.get(one, one)) for one in shared])
            link = f"on {themes}, a theme of {self.subject.called}"
            if len(shared) > 1:
                link = f"on {themes}, themes of {self.subject.called}"
        else:
            link = f"read as about {self.subject.called}"
        acts = listed([lower(act) for act in position.acts])
        return f"{unstopped(lower(position.summary))} (on record: {acts}; {link})"

    def _membership(self, membership: Membership, reason: Reason) -> str:
        """Tell of a seat in a body; what the body is to the agreement stands after its name."""
        verb, more = takes_part(membership.capacity, membership.capacity_label)
        _, _, what = reason.sentence.partition(f"{reason.body}, ")
        about = what.replace("this agreement", self.subject.called)
        if reason.distance > ITSELF and self.subject.called not in about:
            about += f", as {self.subject.called} does"
        return f"{verb} {reason.body}{more}, {about}"

    def _product(self, reason: Reason) -> str:
        product = next(joint for joint in self.evidence.joints if joint.product in reason.claims)
        reads = "concerns" if reason.basis == "stated" else "is read as concerning"
        what = f"the joint product {product.name} ({product.status.lower()})"
        return f"is named as a party to {what}, which {reads} {self.subject.called}"

    def _counted(self, reason: Reason) -> str:
        """Tell of work that is counted: projects, activities, mandates, money."""
        told = unstopped(lower(reason.sentence)).replace("this agreement", self.subject.called)
        near = self.subject.called in told
        return told if near else f"{told} (near {self.subject.called})"
