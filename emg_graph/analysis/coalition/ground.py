"""What shows that an entity is on record for a function near an agreement: claim by claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emg_graph.analysis.evidence import Citation, Evidence, Position, Role
from emg_graph.analysis.reasons import Reason, Wanted, relation


@dataclass(frozen=True, slots=True)
class Ground:
    """One claim, with the functions and the themes that it tells."""

    claim: str
    functions: tuple[str, ...]
    themes: tuple[str, ...]
    """Those of the agreement in which the role is, or of what was said."""
    basis: str
    standing: str
    sentence: str
    citation: Citation

    @property
    def firm(self) -> bool:
        """Whether a source states it, as current."""
        return self.basis == "stated" and self.standing == "current"

    @property
    def order(self) -> tuple[bool, str, str]:
        """Where it stands among others: what is stated and current first."""
        return (not self.firm, self.sentence, self.claim)


class Grounds:
    """The grounds of any entity, from the reasons that speak for it."""

    def __init__(self, evidence: Evidence, wanted: Wanted) -> None:
        self._evidence = evidence
        self._wanted = wanted
        self._claims: dict[str, Role | Position] = {role.claim: role for role in evidence.roles}
        self._claims |= {position.claim: position for position in evidence.positions}

    def of(self, reasons: Sequence[Reason]) -> tuple[Ground, ...]:
        """Return each claim that lends a function, stated and current ones first."""
        found = {ground.claim: ground for reason in reasons for ground in self._lent(reason)}
        return tuple(sorted(found.values(), key=lambda ground: ground.order))

    def _lent(self, reason: Reason) -> Iterator[Ground]:
        """Yield the claims behind a reason that lends a function; each of them lends some."""
        for claim in reason.claims if reason.functions else ():
            stated = self._claims[claim]
            if isinstance(stated, Position):
                yield self._offered(stated, reason)
            else:
                yield self._held(stated)

    def _offered(self, position: Position, reason: Reason) -> Ground:
        return Ground(
            claim=position.claim,
            functions=position.functions,
            themes=tuple(sorted(position.themes)),
            basis=reason.basis,
            standing="current",
            sentence=reason.sentence,
            citation=position.citation,
        )

    def _held(self, role: Role) -> Ground:
        agreement = self._evidence.agreements[role.agreement]
        where = "this agreement"
        if agreement.id != self._wanted.agreement.id:
            near = relation(self._evidence, self._wanted, agreement)
            where = f"{agreement.called} ({near[1] if near else 'not near'})"
        return Ground(
            claim=role.claim,
            functions=role.functions,
            themes=tuple(sorted(agreement.themes)),
            basis=role.basis,
            standing=role.standing,
            sentence=f"{role.role_label} for {where}: {role.summary}",
            citation=role.citation,
        )
