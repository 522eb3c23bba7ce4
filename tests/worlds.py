"""Small worlds for the tests of the analysis: drawn ones, and one to be filled by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from emg_graph.analysis.candidates import Candidate
from emg_graph.analysis.channels import RUNNING_ROLES
from emg_graph.analysis.claims import CitedMandate, Spending, Work
from emg_graph.analysis.evidence import (
    Actor,
    Agreement,
    Body,
    Citation,
    Evidence,
    Goal,
    Joint,
    Membership,
    Position,
    Role,
)
from emg_graph.analysis.reasons import DIRECT, RELATED, Reason, Wanted, reasons_for

SUBJECT = "a0"
AGREEMENTS = ("a0", "a1", "a2", "a3")
ENTITIES = ("e0", "e1", "e2", "e3", "e4")
MECHANISMS = ("m0", "m1")
FUNCTIONS = ("data", "finance", "norms")
THEMES = ("t0", "t1", "t2", "t3")
SOURCES = ("s0", "s1", "s2")
WORKS = (
    "named-in-title", "transparency-flag", "subject-in-title", "focal-area", "own-text",
    "subject-in-text", "parent-text", "memorandum", "organised-with", "mandate",
)  # fmt: skip
"""The kinds of work on an agreement that have no partner to be read."""
BASES = {
    "mandate": "computed", "subject-in-title": "inferred", "focal-area": "inferred",
    "subject-in-text": "inferred", "parent-text": "inferred",
}  # fmt: skip
"""The basis of the kinds of work that are not stated."""

WEIGHTS = {"n0": 1.0, "n1": 0.5, "n2": 0.25}


def subsets(of: tuple[str, ...], least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """Draw some of the words, in order."""
    sizes = range(least, len(of) + 1)
    return st.sampled_from([group for size in sizes for group in combinations(of, size)])


def citations() -> SearchStrategy[Citation]:
    return st.builds(Citation, st.sampled_from(SOURCES), st.just("p. 1"))


def role_strategy(
    agreements: tuple[str, ...] = AGREEMENTS,
    actors: tuple[str, ...] = (*ENTITIES, *MECHANISMS),
    roles: tuple[str, ...] = ("partner", "mandated-partner", "depositary", "secretariat"),
    basis: tuple[str, ...] = ("stated", "inferred", "via-mechanism"),
    standing: tuple[str, ...] = ("current", "historic"),
) -> SearchStrategy[Role]:
    """Draw a role without the claim's id, which ``numbered`` gives."""
    return st.builds(
        Role,
        claim=st.just(""),
        actor=st.sampled_from(actors),
        agreement=st.sampled_from(agreements),
        role=st.sampled_from(roles),
        role_label=st.just("Partner"),
        functions=subsets(FUNCTIONS, 1),
        basis=st.sampled_from(basis),
        standing=st.sampled_from(standing),
        since=st.none(),
        until=st.none(),
        via=st.none(),
        summary=st.just("Helps."),
        confidence=st.just("high"),
        note=st.none(),
        citation=citations(),
    )


def membership_strategy() -> SearchStrategy[Membership]:
    return st.builds(
        Membership,
        claim=st.just(""),
        actor=st.sampled_from(ENTITIES),
        body=st.sampled_from((*MECHANISMS, "w0")),
        capacity=st.just("member"),
        capacity_label=st.just("Member"),
        basis=st.sampled_from(("stated", "inferred")),
        standing=st.sampled_from(("current", "historic")),
        citation=citations(),
    )


def position_strategy() -> SearchStrategy[Position]:
    return st.builds(
        Position,
        id=st.just("p"),
        claim=st.just(""),
        actor=st.sampled_from(ENTITIES),
        meeting=st.just("meeting"),
        acts=subsets(("asked", "offered", "said"), 1),
        themes=subsets(THEMES).map(frozenset),
        functions=subsets(FUNCTIONS),
        agreements=subsets(AGREEMENTS).map(frozenset),
        inferred_agreements=subsets(AGREEMENTS).map(frozenset),
        summary=st.just("Would help."),
        citation=citations(),
    )


def joint_strategy() -> SearchStrategy[Joint]:
    return st.builds(
        Joint,
        product=st.just(""),
        name=st.just("Report"),
        status=st.just("Announced"),
        actor=st.sampled_from(ENTITIES),
        agreement=st.sampled_from(AGREEMENTS),
        basis=st.sampled_from(("stated", "inferred")),
        citation=citations(),
    )


def work_strategy(agreements: tuple[str, ...] = AGREEMENTS) -> SearchStrategy[Work]:
    """Draw work on an agreement; what it counts is of one source, and of a known fund."""

    def made(kind: str, actor: str, agreement: str, items: tuple[str, ...], at: Citation) -> Work:
        paired = kind in ("memorandum", "organised-with")
        counted = ("m0",) if paired else tuple(f"{at.source}-{item}" for item in items)
        named = "M0" if paired else "The latest"
        basis = BASES.get(kind, "stated")
        return Work(
            kind, actor, agreement, basis, counted, at, ("",), "2019", "2024", named, "x1", "m1",
            1e6, 2,
        )  # fmt: skip

    return st.builds(
        made,
        st.sampled_from(WORKS),
        st.sampled_from(ENTITIES),
        st.sampled_from(agreements),
        subsets(("i0", "i1", "i2"), 1),
        citations(),
    )


def mandate_strategy() -> SearchStrategy[CitedMandate]:
    return st.builds(
        CitedMandate,
        st.sampled_from(ENTITIES),
        st.sampled_from(sorted(WEIGHTS)),
        st.just("A/RES/1"),
        st.sampled_from((None, "2020")),
        subsets(THEMES, 1).map(frozenset),
        st.just(0.0),
        st.booleans(),
        citations(),
        st.just(("",)),
    )


def spending_strategy() -> SearchStrategy[Spending]:
    return st.builds(
        Spending,
        st.sampled_from(ENTITIES),
        st.just("2024"),
        st.sampled_from(("sdg-3", "sdg-12")),
        st.sampled_from((-5.0, 10.0, 2e6)),
        citations(),
        st.just(""),
    )


def agreement_strategy(number: int) -> SearchStrategy[Agreement]:
    """Draw an agreement whose parent, if it has one, comes before it."""
    name = AGREEMENTS[number]
    return st.builds(
        Agreement,
        id=st.just(name),
        name=st.just(f"Convention {name}"),
        short=st.just(name.upper()),
        parent=st.sampled_from((None, None, *AGREEMENTS[:number])),
        cluster=st.sampled_from(("waste", "water")),
        themes=subsets(THEMES).map(frozenset),
        secretariat=st.sampled_from((None, None, *ENTITIES)),
        administering=st.sampled_from((frozenset(), frozenset(), frozenset({"e0"}))),
    )


def actor_strategy(name: str) -> SearchStrategy[Actor]:
    return st.builds(
        Actor,
        id=st.just(name),
        type=st.just("entity" if name in ENTITIES else "mechanism"),
        name=st.just(f"Office {name}"),
        short=st.sampled_from(("Alpha", "beta", "Gamma")),
        kind=st.sampled_from(("fund", "agency")),
        kind_label=st.just("Kind"),
        group=st.sampled_from(("un-system", "un-system", "un-system", None, "other")),
    )


def body_strategy(name: str) -> SearchStrategy[Body]:
    return st.builds(
        Body,
        id=st.just(name),
        name=st.just(f"Group {name}"),
        short=st.sampled_from((name, f"Group {name}")),
        standing=st.just("current"),
        coverage=st.sampled_from(("partial", "complete", "not-seen", None)),
        themes=subsets(THEMES).map(frozenset),
    )


def evidence_strategy() -> SearchStrategy[Evidence]:
    """Draw a small world."""
    agreements = st.tuples(*(agreement_strategy(i) for i in range(len(AGREEMENTS))))
    actors = st.tuples(*(actor_strategy(name) for name in (*ENTITIES, *MECHANISMS)))
    bodies = st.tuples(*(body_strategy(name) for name in (*MECHANISMS, "w0")))
    return st.builds(
        Evidence,
        agreements=agreements.map(lambda found: {a.id: a for a in found}),
        actors=actors.map(lambda found: {a.id: a for a in found}),
        bodies=bodies.map(lambda found: {b.id: b for b in found}),
        functions=st.just({name: name.capitalize() for name in FUNCTIONS}),
        themes=st.just({name: f"Theme {name}" for name in THEMES}),
        broader=st.just({"t1": "t0", "t2": "t1"}),
        roles=st.lists(role_strategy(), max_size=9).map(tuple),
        memberships=st.lists(membership_strategy(), max_size=7).map(tuple),
        positions=st.lists(position_strategy(), max_size=4).map(tuple),
        joints=st.lists(joint_strategy(), max_size=3).map(tuple),
        searched=st.dictionaries(st.sampled_from(AGREEMENTS), st.integers(1, 3)),
        works=st.lists(work_strategy(), max_size=5).map(tuple),
        mandates=st.lists(mandate_strategy(), max_size=4).map(tuple),
        budgets=st.frozensets(st.tuples(st.sampled_from(ENTITIES), st.sampled_from(SOURCES))),
        spending=st.lists(spending_strategy(), max_size=4).map(tuple),
        goals=st.just({SUBJECT: (Goal("sdg-12", "12", "stated"),)}),
    ).map(numbered)


def numbered(evidence: Evidence) -> Evidence:
    """Give each claim an id of its own, and each mandate one weight."""
    return replace(
        evidence,
        roles=tuple(replace(c, claim=f"r{i}") for i, c in enumerate(evidence.roles)),
        memberships=tuple(replace(c, claim=f"m{i}") for i, c in enumerate(evidence.memberships)),
        positions=tuple(replace(c, claim=f"p{i}") for i, c in enumerate(evidence.positions)),
        joints=tuple(replace(c, product=f"j{i}") for i, c in enumerate(evidence.joints)),
        works=tuple(replace(c, claims=(f"w{i}",)) for i, c in enumerate(evidence.works)),
        mandates=tuple(
            replace(c, claims=(f"c{i}",), weight=WEIGHTS[c.mandate])
            for i, c in enumerate(evidence.mandates)
        ),
        spending=tuple(replace(c, claim=f"s{i}") for i, c in enumerate(evidence.spending)),
    )


worlds = evidence_strategy()


def wanted_of(evidence: Evidence) -> Wanted:
    subject = evidence.agreements[SUBJECT]
    return Wanted(subject, subject.themes, narrowed=False)


def claims_for(evidence: Evidence, actor: str) -> set[str]:
    """Return every claim that speaks for an actor."""
    found = reasons_for(evidence, wanted_of(evidence), actor)
    return {claim for reason in found for claim in reason.claims}


def claims_of(
    evidence: Evidence,
) -> list[list[Role | Membership | Position | Joint | Work | CitedMandate | Spending]]:
    """Return every claim, kind after kind."""
    return [
        [*evidence.roles],
        [*evidence.memberships],
        [*evidence.positions],
        [*evidence.joints],
        [*evidence.works],
        [*evidence.mandates],
        [*evidence.spending],
    ]


def documented_in(evidence: Evidence, agreement: str) -> set[str]:
    return {r.actor for r in evidence.roles if r.agreement == agreement and r.documented}


def running(evidence: Evidence, agreement: str) -> set[str | None]:
    """Return who runs an agreement, on record in whatever way."""
    subject = evidence.agreements[agreement]
    roles = (role for role in evidence.roles if role.agreement == agreement)
    return {
        subject.secretariat,
        *subject.administering,
        *(role.actor for role in roles if role.role in RUNNING_ROLES),
    }


def permuted_pair(
    values: list[float | None],
) -> SearchStrategy[tuple[list[float | None], list[int]]]:
    """Draw a list with an order to put it in."""
    return st.tuples(st.just(values), st.permutations(range(len(values))))


def shuffled_world(evidence: Evidence) -> SearchStrategy[tuple[Evidence, Evidence]]:
    """Draw a world with the same world in another order."""

    def other(
        roles: list[Role], memberships: list[Membership], actors: list[tuple[str, Actor]]
    ) -> tuple[Evidence, Evidence]:
        moved = replace(
            evidence, roles=tuple(roles), memberships=tuple(memberships), actors=dict(actors)
        )
        return evidence, moved

    return st.builds(
        other,
        st.permutations(evidence.roles),
        st.permutations(evidence.memberships),
        st.permutations(list(evidence.actors.items())),
    )


def brute_force(
    wanted: tuple[str, ...], covers: Mapping[str, frozenset[str]]
) -> list[tuple[str, ...]]:
    """Try every group of every size."""
    reachable = {word for word in wanted if any(word in cover for cover in covers.values())}
    for size in range(1, len(covers) + 1):
        found = [
            group
            for group in combinations(sorted(covers), size)
            if reachable and reachable <= set().union(*(covers[key] for key in group))
        ]
        if found:
            return found
    return []


def small_world(
    roles: tuple[Role, ...] = (),
    memberships: tuple[Membership, ...] = (),
    positions: tuple[Position, ...] = (),
    joints: tuple[Joint, ...] = (),
    bodies: Mapping[str, Body] | None = None,
    searched: Mapping[str, int] | None = None,
) -> Evidence:
    """Make a world in which all agreements share a cluster and the theme t0."""
    return Evidence(
        agreements={
            name: Agreement(
                name, name, name.upper(), None, "waste", frozenset({"t0"}), None, frozenset()
            )
            for name in AGREEMENTS
        },
        actors={
            name: Actor(
                name,
                "entity" if name in ENTITIES else "mechanism",
                f"Office {name}",
                name.upper(),
                "fund",
                "Fund",
                "un-system",
            )
            for name in (*ENTITIES, *MECHANISMS)
        },
        bodies=bodies
        or {
            "m0": Body("m0", "Group m0", "M0", "current", None, frozenset({"t0"})),
            "m1": Body("m1", "M1", "M1", "current", None, frozenset({"t3"})),
        },
        functions={name: name.capitalize() for name in FUNCTIONS},
        themes={name: f"Theme {name}" for name in THEMES},
        broader={},
        roles=roles,
        memberships=memberships,
        positions=positions,
        joints=joints,
        searched=searched or {},
    )


def project(
    actor: str,
    agreement: str,
    *items: str,
    kind: str = "named-in-title",
    source: str = "s0",
    since: str | None = "2019",
    until: str | None = "2024",
) -> Work:
    """Make the projects of an actor on an agreement, or other work of the kind."""
    claims = tuple(f"{actor}-{agreement}-{item}" for item in items)
    return Work(
        kind, actor, agreement, BASES.get(kind, "stated"), items, Citation(source, "p. 1"), claims,
        since, until, "The last", "x9", "m1", 2_500_000, 3,
    )  # fmt: skip


def cited(
    actor: str, mandate: str, *themes: str, weight: float = 1.0, omnibus: bool = False
) -> CitedMandate:
    """Make a mandate that an actor cites."""
    return CitedMandate(
        actor, mandate, mandate.upper(), "2020", frozenset(themes), weight, omnibus,
        Citation("s0", "p. 1"), (f"{actor}-{mandate}",),
    )  # fmt: skip


def spent(actor: str, goal: str, amount: float) -> Spending:
    return Spending(actor, "2024", goal, amount, Citation("s0", "p. 1"), f"{actor}-{goal}")


def partner(
    actor: str,
    agreement: str,
    *,
    claim: str = "r1",
    role: str = "partner",
    basis: str = "stated",
    standing: str = "current",
) -> Role:
    return Role(
        claim,
        actor,
        agreement,
        role,
        "Partner",
        ("data",),
        basis,
        standing,
        None,
        None,
        None,
        "Helps.",
        "high",
        None,
        Citation("s0", "p. 1"),
    )


def member(actor: str, body: str, *, claim: str = "m1") -> Membership:
    return Membership(
        claim, actor, body, "member", "Member", "stated", "current", Citation("s0", "p. 1")
    )


def spoken(actor: str, theme: str, *, act: str = "said") -> Position:
    return Position(
        "p",
        "p1",
        actor,
        "meeting",
        (act,),
        frozenset({theme}),
        ("data",),
        frozenset(),
        frozenset(),
        "Would help.",
        Citation("s0", "p. 1"),
    )


def a_reason(
    *,
    channel: str = "role in a related agreement",
    sentence: str = "Partner for the A1: Helps.",
    functions: tuple[str, ...] = (),
    through: tuple[str, ...] = (),
    body: str | None = None,
    current: bool = True,
) -> Reason:
    return Reason(
        DIRECT,
        channel,
        sentence,
        "stated",
        functions,
        functions,
        Citation("s0", "p. 1"),
        ("r1",),
        through,
        body,
        RELATED,
        current,
    )


def a_candidate(
    best: Reason, *, adds: tuple[str, ...] = (), strengthens: tuple[str, ...] = ()
) -> Candidate:
    return Candidate("e0", "Office", "O", "fund", DIRECT, (best,), adds, strengthens, 0.5, 1, 1, {})
