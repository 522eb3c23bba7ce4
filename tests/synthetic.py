"""Seeded networks of any size, in the shape of the real one, for tests and benchmarks."""

from __future__ import annotations

import random

from emg_graph.analysis.network import BASES, Fact, Link, Network, Node
from emg_graph.analysis.network.links import network

_KINDS = ("entity", "entity", "entity", "agreement", "mechanism", "theme", "product", "workstream")
_RELATIONS = ("role", "membership", "position", "theme", "product")
_BASES = tuple(basis for basis in BASES if basis != "missing")


def synthetic_network(nodes: int, links: int, seed: int = 1) -> Network:
    """Return a network in which few things have many links, and each one, as in the real one."""
    chance = random.Random(seed)
    known = {f"n{i}": _node(i, chance) for i in range(nodes)}
    first = [(f"n{i}", f"n{int(i * chance.random() ** 2)}") for i in range(1, nodes)]
    pairs = dict.fromkeys((*ends, chance.choice(_RELATIONS)) for ends in first)
    while len(pairs) < links:
        start, end = (f"n{int(nodes * chance.random() ** 2)}" for _ in range(2))
        if start != end:
            pairs[start, end, chance.choice(_RELATIONS)] = None
    made = [_link(*key, chance) for key in pairs]
    return network("all", "A synthetic network", "Made up.", known, made)


def _link(start: str, end: str, relation: str, chance: random.Random) -> Link:
    facts = tuple(_fact(start, end, chance) for _ in range(chance.randint(1, 3)))
    return Link(start, end, relation, tuple(dict.fromkeys(facts)), weight=float(len(facts)))


def _node(i: int, chance: random.Random) -> Node:
    return Node(
        f"n{i}", chance.choice(_KINDS), f"Thing {i}", f"The thing of number {i}", (f"T{i}",)
    )


def _fact(start: str, end: str, chance: random.Random) -> Fact:
    number = chance.randrange(10_000)
    sentence = f"{start} works with {end} on matter {number}."
    return Fact(sentence, chance.choice(_BASES), source=f"s{number % 300}", locator=f"p. {number}")
