"""The page on the measures: its arithmetic holds, and starts from what is on record."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import hypergeom

from emg_graph.analysis.incidence import RELATIONS, Incidence, read_incidence
from emg_graph.analysis.prediction import predictions
from emg_graph.graph import Graph
from emg_graph.measures.portfolios import newman
from emg_graph.measures.prediction import density
from emg_graph.measures.significance import benjamini_hochberg

PAGE = (Path(__file__).parent.parent / "docs" / "method.md").read_text(encoding="utf-8")
SUMS = re.findall(r"`([-0-9. +*/()]+) = ([-0-9.]+)`", " ".join(PAGE.split()))

_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def value(node: ast.expr) -> float:
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](value(node.left), value(node.right))
    assert isinstance(node, ast.Constant)
    assert isinstance(node.value, int | float)
    return float(node.value)


@pytest.mark.parametrize(("sum_", "told"), SUMS)
def test_the_arithmetic_holds(sum_: str, told: str) -> None:
    """To the last digit that is told."""
    half = 0.5 * 10 ** -len(told.partition(".")[2])
    assert value(ast.parse(sum_, mode="eval").body) == pytest.approx(float(told), abs=half)


def test_the_page_computes() -> None:
    assert len(SUMS) >= 15


def test_every_relation_is_told() -> None:
    assert all(f"| `{relation}` |" in PAGE for relation in RELATIONS)


@pytest.fixture(scope="module")
def roles(graph: Graph) -> Incidence:
    return read_incidence(graph.store, "agreements")


def told(*words: str) -> bool:
    return all(" ".join(word.split()) in " ".join(PAGE.split()) for word in words)


def test_what_fao_and_unitar_share(roles: Incidence) -> None:
    fao, unitar = (set(roles.of(entity)) for entity in ("fao", "unitar"))
    assert (len(fao), len(unitar), len(fao & unitar), len(roles.items)) == (8, 4, 3, 74)
    assert {len(roles.holders(item)) for item in fao & unitar} == {5}
    assert told("FAO has 8 agreements, UNITAR 4, and 3 are the same", "has five holders on record")
    rows = [roles.rows.index(entity) for entity in ("fao", "unitar")]
    assert newman(roles.table)[rows[0], rows[1]] == pytest.approx(0.75)
    for entity in ("fao", "unitar"):
        sources = [
            {one.citation.source for one in roles.cells[entity, item]} for item in fao & unitar
        ]
        assert set.intersection(*sources)


def test_the_false_discovery_rate_of_the_pair(roles: Incidence) -> None:
    common = (roles.table @ roles.table.T).toarray()
    sizes = np.diag(common)
    one, other = np.triu_indices(len(common), 1)
    found = hypergeom.sf(common[one, other] - 1, len(roles.items), sizes[one], sizes[other])
    place = next(
        i
        for i, pair in enumerate(zip(one.tolist(), other.tolist(), strict=True))
        if {roles.rows[row] for row in pair} == {"fao", "unitar"}
    )
    assert len(found) == 2016
    assert (found <= found[place]).sum() == 9
    assert found[place] == pytest.approx(0.003273, abs=5e-7)
    assert benjamini_hochberg(found)[place] == pytest.approx(0.733, abs=5e-4)
    assert (benjamini_hochberg(found) <= 0.05).sum() == 3
    assert told("with p the ninth smallest of all", "reports three other pairs here")


def test_the_two_measures_beside_the_score(graph: Graph, roles: Incidence) -> None:
    assert roles.of("world-bank") == ("montreal",)
    both = set(roles.holders("montreal")) & set(roles.holders("minamata"))
    assert {entity: len(roles.of(entity)) for entity in both} == {"undp": 2, "unido": 2, "unep": 28}
    assert (len(roles.holders("montreal")), len(roles.holders("minamata"))) == (5, 8)
    found = predictions(graph.evidence, "minamata")["world-bank"]
    assert (round(found.inference, 4), round(found.density, 4)) == (0.2071, 0.0698)
    near = density(roles.table.toarray())
    at = roles.rows.index("world-bank"), roles.items.index("minamata")
    assert near[at] == pytest.approx(0.375 / 5.375)


def test_where_who_lies(graph: Graph, roles: Incidence) -> None:
    (who,) = graph.bridges(entity="who").holders
    assert sorted(len(side.items) for side in who.sides) == [1, 2]
    others = {entity for item in roles.of("who") for entity in roles.holders(item)} - {"who"}
    assert len(others) == 12
    assert round(who.measures["effective_size"].value or 0) == 9
    assert len(who.rests_on) == 1
    assert told("WHO shares with 12 entities", "rests on one page about one convention")
