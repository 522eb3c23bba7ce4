"""Networks written out in a line or two, and strategies that make them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from emg_graph.analysis.network import BASES, STANDINGS, Fact, Link, Network, Node
from emg_graph.analysis.network.links import network

KIND_OF = {
    "a": "agreement", "e": "entity", "f": "function", "m": "mechanism", "p": "product",
    "t": "theme", "w": "workstream",
}  # fmt: skip
"""What a thing is by the first letter of its id."""
STATED = Fact("It is so.", "stated", source="s", locator="p. 1")
READ = Fact("It seems so.", "inferred")
TERMS = ("capacity-partner", "secretariat", "depositary")
FUNCTIONS = ("f1", "f2", "f3")
Row = tuple[str, str, str, Fact]


def thing(name: str, label: str = "", themes: Iterable[str] = ()) -> Node:
    """Return a thing whose kind is that of its first letter."""
    return Node(name, KIND_OF[name[0]], label or name, label or name, themes=frozenset(themes))


def whole(rows: Iterable[Row], others: Iterable[str] = ()) -> Network:
    """Return a network of facts, each with its two ends and its relation, and of other things."""
    facts: dict[tuple[str, str, str], list[Fact]] = {}
    for start, end, relation, fact in rows:
        facts.setdefault((start, end, relation), []).append(fact)
    links = [
        Link.resting(*key, tuple(sorted(told, key=lambda fact: (fact.strength, repr(fact)))))
        for key, told in facts.items()
    ]
    names = {end for link in links for end in (link.start, link.end)}.union(others)
    known = {name: thing(name) for name in sorted(names)}
    alone = [node.id for node in known.values() if node.kind != "function"]
    return network("all", "All", "", known, links, alone=alone)


def rows(text: str, relation: str = "role", fact: Fact = STATED) -> list[Row]:
    """Return a row for each pair in a text such as ``e1-a1 e1-a2``.

    >>> rows("e1-a1 e2-a1", "role")[1][:3]
    ('e2', 'a1', 'role')
    """
    pairs = (pair.split("-") for pair in text.split())
    return [(start, end, relation, fact) for start, end in pairs]


def facts(terms: Sequence[str | None] = (None,)) -> st.SearchStrategy[Fact]:
    """Return facts of any strength, some of them roles with functions."""
    return st.builds(
        Fact,
        st.sampled_from(["One.", "Two.", "Three."]),
        st.sampled_from([basis for basis in BASES if basis != "missing"]),
        st.sampled_from([*STANDINGS]),
        st.sets(st.sampled_from(FUNCTIONS), max_size=2).map(lambda found: tuple(sorted(found))),
        st.just("s"),
        st.just("p. 1"),
        st.sampled_from(terms),
    )


def many(starts: str, ends: str, relation: str) -> st.SearchStrategy[list[Row]]:
    """Return rows of a relation between things such as ``e1 e2`` and ``a1 a2``."""
    terms = TERMS if relation == "role" else (None,)
    ends_ = st.sampled_from(ends.split())
    row = st.tuples(st.sampled_from(starts.split()), ends_, st.just(relation), facts(terms))
    return st.lists(row, max_size=14)


def worlds() -> st.SearchStrategy[list[Row]]:
    """Return the rows of a network with every relation that is projected."""
    return st.tuples(
        many("e1 e2 e3 e4 m1", "a1 a2 a3", "role"),
        many("e1 e2 e3 e4 m1", "m2 w1", "membership"),
        many("e1 e2 e3", "t1 t2 a1", "position"),
        many("a1 a2 a3 m1", "t1 t2 t3", "theme"),
        many("a1 e1", "a2 e2", "parent").map(same_kind),
    ).map(lambda parts: [row for part in parts for row in part])


def same_kind(made: list[Row]) -> list[Row]:
    return [row for row in made if row[0][0] == row[1][0]]
