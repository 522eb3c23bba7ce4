"""Bridges: whose items lie in several communities, how far that holds, and what it rests on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from conftest import Process, Run
from folders import SMALL, DataFolder
from hypothesis import given, settings
from hypothesis import strategies as st

from emg_graph.analysis.bridges import (
    MEASURES,
    Bridges,
    Group,
    Holder,
    finding,
    make_bridges,
    moving,
)
from emg_graph.analysis.claims import Citation
from emg_graph.analysis.incidence import RELATIONS, Holding, Incidence, read_incidence
from emg_graph.analysis.robustness import DRAWS, SHARES, kept
from emg_graph.errors import QueryError, UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.measures.modules import quality
from emg_graph.views import bridges as view

TWO_SIDES = {"p": "abc", "q": "abc", "r": "xyz", "s": "xyz", "t": "cx"}
"""Two blocks, and an entity that holds an item of each."""


def made(places: Mapping[str, Sequence[str]], relation: str = "agreements") -> Incidence:
    """Return a table from entity to its items; the source of a claim is called after the item."""
    cells = {
        (entity, item): (Holding(f"{entity}-{item}", Citation(f"source-{item}", "p. 1")),)
        for entity, items in places.items()
        for item in items
    }
    return Incidence(RELATIONS[relation], cells, {item: item.upper() for _, item in cells})


def found_in(places: Mapping[str, Sequence[str]], entity: str | None = None) -> Bridges:
    names = {name: name.upper() for name in (*places, "nobody")}
    return make_bridges(made(places), names, entity=entity, data="0123456789abcdef")


@pytest.fixture(scope="module")
def two_sides() -> Bridges:
    return found_in(TWO_SIDES)


def holder(found: Bridges, id_: str) -> Holder:
    return next(one for one in found.holders if one.id == id_)


def values(one: Holder) -> dict[str, float | None]:
    return {name: measured.value for name, measured in one.measures.items()}


def found_soon(places: Mapping[str, Sequence[str]], entity: str | None = None) -> Bridges:
    """Return the answer of a few draws and divisions."""
    with fewer():
        return found_in(places, entity)


@contextmanager
def fewer() -> Iterator[None]:
    """Let so few draws and divisions do that an answer comes at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "DRAWS", 5)
        patch.setattr(finding, "STARTS", 20)
        yield


class TestBySmallTables:
    def test_the_entity_between_is_the_bridge(self, two_sides: Bridges) -> None:
        assert [one.id for one in two_sides.joining] == ["t"]
        assert [one.id for one in two_sides.others] == ["p", "q", "r", "s"]
        sides = {side.community.items: side.items for side in holder(two_sides, "t").sides}
        assert sorted(sides.values()) == [("c",), ("x",)]

    def test_communities_are_called_by_their_most_typical_items(self, two_sides: Bridges) -> None:
        """One of c and x is held by three of its community: t belongs to either."""
        assert sorted(one.name for one in two_sides.communities) in (
            ["C, A, B", "X, Y, Z"],
            ["A, B, C", "X, Y, Z"],
        )
        assert sorted(name for one in two_sides.communities for name in one.holders) == [*"pqrst"]

    def test_a_longer_community_names_three_and_counts_the_rest(self) -> None:
        found = found_soon({"p": "abcde", "q": "abcde", "s": "xy", "t": "xy"})
        assert [one.name for one in found.communities] == ["A, B, C and 2 more", "X, Y"]

    def test_the_measures_of_the_bridge_by_hand(self, two_sides: Bridges) -> None:
        """Item c has three holders and counts 1/2 with each; so does x: all four ties weigh 1/2.

        The tie of p and q weighs 1/2 + 1 + 1, so that of what t spends a fourth goes to each, and
        a sixth of what p spends to t and five sixths to q: (1/4 + 1/4 * 5/6)^2 for each of four.
        The effective size of t is four less 2 · (1/4 · 1 + 1/4 · 1), as q is all that p has.
        """
        of = values(holder(two_sides, "t"))
        assert of["items"] == of["communities"] == 2
        assert of["spread"] == 0.5
        assert of["degree"] == pytest.approx(2 / 6, abs=1e-4)
        assert of["constraint"] == pytest.approx(4 * (1 / 4 + 5 / 24) ** 2, abs=1e-4)
        assert of["effective_size"] == 3
        # 2 items in one step, 4 entities in two, 4 items in three; at best 6 + 2 · 4 steps
        assert of["closeness"] == pytest.approx(14 / (2 + 8 + 12), abs=1e-4)

    def test_a_bridge_rests_on_the_sources_that_hold_it(self, two_sides: Bridges) -> None:
        bridge = holder(two_sides, "t")
        assert bridge.rests_on == ("source-c", "source-x")
        assert str(bridge.measures["items"].sources) == "1–2"
        assert holder(two_sides, "p").rests_on == ()

    def test_links_left_out_at_random_show_how_far_it_holds(self, two_sides: Bridges) -> None:
        """Where one of its links is left out it joins nothing, and seldom where none is."""
        bridge = holder(two_sides, "t")
        table = two_sides.incidence.table.tocoo()
        own = np.flatnonzero(table.row == two_sides.incidence.rows.index("t"))
        for share, stays in zip(SHARES, bridge.stays, strict=True):
            whole = sum(mask[own].all() for mask in kept(table.nnz, share))
            assert whole / 2 < stays <= whole < DRAWS
        items = bridge.measures["items"]
        assert (str(items.tenth), str(items.fifth), items.value) == ("1–2", "1–2", 2)

    def test_each_draw_leaves_out_the_same_share_and_not_the_same_links(self) -> None:
        masks = list(kept(50, 0.1))
        assert (len(masks), {int((~mask).sum()) for mask in masks}) == (DRAWS, {5})
        assert all(any(not mask[link] for mask in masks) for link in range(50))

    def test_who_shares_nothing_has_no_constraint(self) -> None:
        found = found_soon({"p": "a", "q": "b"})
        assert values(holder(found, "p"))["constraint"] is None
        assert holder(found, "p").measures["constraint"].fifth is None
        assert "CONSTRAINT" not in view.to_text(found)

    def test_an_entity_is_told_of_alone(self, two_sides: Bridges) -> None:
        found = found_in(TWO_SIDES, "t")
        assert [one.id for one in found.holders] == ["t"]
        assert found.holders[0] == holder(two_sides, "t")
        assert found.communities == two_sides.communities
        assert "C (c) [source-c, p. 1]" in view.to_text(found)

    def test_no_items_and_not_compared_are_different_things(self) -> None:
        assert "NOBODY: no agreements found in 6 sources." in view.to_text(
            found_soon(TWO_SIDES, "nobody")
        )
        text = view.to_text(found_soon(TWO_SIDES, "iucn"))
        assert "iucn is not among the entities compared" in text

    def test_nothing_on_record_is_said_in_words(self) -> None:
        found = found_soon({})
        assert (found.communities, found.holders, found.quality) == ((), (), 0.0)
        assert "None of the 1 entities compared holds any agreements" in view.to_text(found)
        assert found.to_table().rows == ()
        assert json.loads(view.to_json(found))["entities"] == []

    @pytest.mark.parametrize("width", [60, 80, 100])
    def test_the_text_fits(self, two_sides: Bridges, width: int) -> None:
        assert max(map(len, view.to_text(two_sides, width=width).splitlines())) <= width

    def test_too_many_entities_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(finding, "MOST_ROWS", 4)
        with pytest.raises(QueryError, match="among up to 4, and here are 5 entities"):
            found_in(TWO_SIDES)

    def test_the_method_says_how_to_compute_it_again(self, two_sides: Bridges) -> None:
        line = two_sides.method.line
        assert line.endswith("draws 200, divisions in a draw 3, seed 1, data 0123456789ab")
        assert "Barber" in two_sides.method.text

    def test_items_of_the_same_title_are_told_apart(self) -> None:
        incidence = made(TWO_SIDES)
        same = Incidence(incidence.relation, incidence.cells, dict.fromkeys("abcxyz", "Report"))
        with fewer():
            found = make_bridges(same, {name: name for name in TWO_SIDES})
        assert found.called("a") == "Report (a)"
        assert "Report (x)" in view.to_text(found)
        assert "(x) (x)" not in view.to_text(found)


class TestBetween:
    def asked(self, one: Group, other: Group, places: Mapping[str, str] = TWO_SIDES) -> Bridges:
        return make_bridges(made(places), {name: name for name in places}, groups=(one, other))

    def test_two_items_stand_for_their_communities(self) -> None:
        found = self.asked(Group("b", ("b",)), Group("z", ("z",))).between
        assert found
        assert found.one.name == "the community of B"
        assert [(one.id, one.one, one.other) for one in found.joints] == [("t", ("c",), ("x",))]
        assert found.joints[0].rests_on == ("source-c", "source-x")

    def test_two_items_of_one_community_stand_for_themselves(self) -> None:
        found = self.asked(Group("a", ("a",)), Group("b", ("b",))).between
        assert found
        assert (found.one.name, found.other.name) == ("A", "B")
        assert [one.id for one in found.joints] == ["p", "q"]

    def test_a_cluster_stands_for_its_agreements(self) -> None:
        one, other = Group("the cluster One", ("a", "v")), Group("the cluster Two", ("b", "c"))
        found = self.asked(one, other)
        assert found.between
        assert (found.between.one, found.between.other) == (one, other)
        assert [joint.id for joint in found.between.joints] == ["p", "q"]
        assert "the cluster One (2, 1 of them held: A)" in view.to_text(found)

    def test_what_several_sources_say_rests_on_none(self) -> None:
        incidence = made({"p": "ab"})
        cells = {
            place: (*held, Holding(f"{held[0].claim}-2", Citation("second", "p. 2")))
            for place, held in incidence.cells.items()
        }
        twice = Incidence(incidence.relation, cells, incidence.titles)
        groups = Group("One", ("a",)), Group("Two", ("b",))
        found = make_bridges(twice, {"p": "P"}, groups=groups)
        assert found.between
        assert found.between.joints[0].rests_on == ()
        assert "rests on no single source" in view.to_text(found)

    def test_none_found_is_said_with_the_number_of_sources(self) -> None:
        found = self.asked(Group("a", ("a",)), Group("v", ("v",)))
        text = view.to_text(found)
        assert "no entity of those compared holds agreements of both: none found in 6 sources" in (
            " ".join(text.split())
        )
        assert "v (1, none of them held)" in text

    def test_a_line_for_each_is_kept(self) -> None:
        found = self.asked(Group("b", ("b",)), Group("z", ("z",)))
        (line,) = found.results()
        assert line.concerns == ("t", "c", "x")
        assert line.text == "t holds agreements of the community of B and of the community of Z."

    def test_a_limit_says_what_it_hides(self) -> None:
        found = self.asked(Group("a", ("a",)), Group("b", ("b",)))
        assert "… and 1 more; --limit 0 shows all 2" in view.to_text(found, 1)
        assert {row[1] for row in view.to_table(found, 1).rows} == {"p"}


portfolios = st.dictionaries(
    st.sampled_from("pqrs"), st.text("abcde", min_size=1, max_size=5), min_size=1, max_size=4
)


class TestWhateverTheTable:
    @settings(max_examples=20)
    @given(portfolios)
    def test_what_is_told_is_what_is_held(self, places: dict[str, str]) -> None:
        found = found_soon(places)
        items = [item for community in found.communities for item in community.items]
        assert sorted(items) == sorted({item for held in places.values() for item in held})
        for one in found.holders:
            sides = [item for side in one.sides for item in side.items]
            assert sorted(sides) == sorted(set(places[one.id]))
            of = values(one)
            assert (of["items"], of["communities"]) == (len(sides), len(one.sides))
            counts = np.array([len(side.items) for side in one.sides])
            assert of["spread"] == pytest.approx(1 - ((counts / counts.sum()) ** 2).sum(), abs=1e-4)
            for name in ("degree", "closeness", "spread"):
                assert 0 <= (of[name] or 0) <= 1
            assert one.joins == (len(one.sides) > 1)
            if one.measures["items"].fifth:
                assert one.measures["items"].fifth.high <= len(sides)

    @settings(max_examples=8)
    @given(portfolios, st.randoms(use_true_random=False))
    def test_the_order_in_which_claims_are_read_says_nothing(
        self, places: dict[str, str], random: object
    ) -> None:
        turned = {entity: places[entity][::-1] for entity in reversed(list(places))}
        assert view.to_json(found_soon(turned)) == view.to_json(found_soon(places))


@pytest.fixture(scope="module")
def shipped(graph: Graph) -> Bridges:
    return graph.bridges()


class TestShipped:
    def test_it_is_recomputed_by_other_means(self, graph: Graph, shipped: Bridges) -> None:
        """With networkx, from the table of roles, and the communities that were found."""
        incidence = read_incidence(graph.store, "agreements")
        projection = nx.Graph()
        projection.add_nodes_from(incidence.rows)
        for item in incidence.items:
            holders = incidence.holders(item)
            for one in holders:
                for other in holders:
                    if one < other:
                        weight = projection.get_edge_data(one, other, {"weight": 0})["weight"]
                        projection.add_edge(one, other, weight=weight + 1 / (len(holders) - 1))
        names = list(projection)
        constraint = nx.constraint(projection, names, weight="weight")
        size = nx.effective_size(projection, names, weight="weight")
        home = {item: group.name for group in shipped.communities for item in group.items}
        assert len(home) == len(incidence.items)
        for each in shipped.holders:
            of, held = values(each), incidence.of(each.id)
            assert of["items"] == len(held)
            assert of["communities"] == len({home[item] for item in held})
            for name, expected in (("constraint", constraint), ("effective_size", size)):
                value = of[name]
                assert (value is None) == (not projection[each.id])
                assert value is None or value == pytest.approx(expected[each.id], abs=1e-4)

    def test_the_modularity_is_that_of_the_communities(self, shipped: Bridges) -> None:
        incidence = shipped.incidence
        home = {
            name: number
            for number, one in enumerate(shipped.communities)
            for name in (*one.items, *(f"entity {holder}" for holder in one.holders))
        }
        rows = np.array([home[f"entity {row}"] for row in incidence.rows])
        items = np.array([home[item] for item in incidence.items])
        assert shipped.quality == pytest.approx(quality(incidence.table, rows, items))
        assert shipped.quality > 0.7

    def test_a_community_is_called_by_what_most_of_it_holds(self, shipped: Bridges) -> None:
        for group in shipped.communities:
            within = {
                item: len(set(shipped.incidence.holders(item)) & set(group.holders))
                for item in group.items
            }
            assert list(group.items) == sorted(within, key=lambda item: (-within[item], item))
            assert group.name.startswith(shipped.called(group.items[0]))

    def test_every_number_opens_into_claims(self, shipped: Bridges) -> None:
        for one in shipped.holders:
            for side in one.sides:
                opened = {item for item, _ in shipped.claims(one.id, side.items)}
                assert opened == set(side.items)

    def test_every_relation_is_answered(self, graph: Graph) -> None:
        for relation in ("themes", "sdgs", "positions"):
            with fewer():
                found = graph.bridges(relation)
            assert found.joining
            assert found.incidence.relation.name == relation
            assert len({one.id for one in found.holders}) == len(found.incidence.rows)

    def test_two_clusters(self, graph: Graph) -> None:
        found = graph.bridges(between=("chemicals and waste", "Biological Diversity"))
        assert found.between
        assert found.holders == ()
        clusters = {
            row["agreement"]: row["cluster"] for row in graph.query("evidence-agreements").records()
        }
        table = read_incidence(graph.store, "agreements")
        expected = {
            entity
            for entity in table.rows
            if {"Chemicals and Waste", "Biological Diversity"}
            <= {clusters[item] for item in table.of(entity)}
        }
        assert {one.id for one in found.between.joints} == expected >= {"unep", "fao"}

    def test_names_that_stand_for_nothing(self, graph: Graph) -> None:
        with pytest.raises(UnknownNameError, match="did you mean 'fao'"):
            graph.bridges(entity="fapo")
        with pytest.raises(UnknownNameError, match=r"no agreement or cluster .* one of Biological"):
            graph.bridges(between=("zzzz", "minamata"))
        with pytest.raises(UnknownNameError, match="did you mean 'minamata'"):
            graph.bridges(between=("minamta", "cbd"))
        with pytest.raises(UnknownNameError, match="no theme is called"):
            graph.bridges("themes", between=("Chemicals and Waste", "climate"))
        with pytest.raises(QueryError, match="there is no relation 'roles'; use mandates"):
            graph.bridges("roles")
        with pytest.raises(QueryError, match="not both"):
            graph.bridges(entity="fao", between=("minamata", "cbd"))
        with pytest.raises(QueryError, match="both of these are the same"):
            graph.bridges(between=("cites", "CITES"))

    def test_a_notebook_shows_communities_and_entities(self, shipped: Bridges) -> None:
        page = shipped._repr_html_()
        assert "<h4>Communities</h4>" in page
        assert "no measure of importance" in page
        assert len(shipped.to_pandas()) == len(shipped.holders)


@pytest.fixture
def soon() -> Iterator[None]:
    with fewer():
        yield


@pytest.mark.usefixtures("soon")
class TestCommand:
    def test_the_table_fits_and_counts_what_it_hides(self, run: Run) -> None:
        result = run("bridges", "--data", SMALL, "--store", "memory:", "--limit", "1")
        assert result.exit_code == 0, result.output
        assert max(map(len, result.stdout.splitlines())) <= 100
        assert "no measure of importance" in result.stdout
        assert "--limit 0 shows all" in result.stdout

    @pytest.mark.parametrize("relation", RELATIONS)
    def test_every_relation_of_the_small_data(self, run: Run, relation: str) -> None:
        result = run(
            "bridges", "--by", relation, "--data", SMALL, "--store", "memory:", "--format", "json"
        )
        data = json.loads(result.stdout)
        incidence = read_incidence(open_graph("memory:", SMALL).store, relation)
        assert {one["id"] for one in data["entities"]} == set(incidence.rows)
        assert data["by"] == relation
        for one in data["entities"]:
            held = {item["item"] for side in one["sides"] for item in side["items"]}
            assert held == set(incidence.of(one["id"]))
            assert set(one["measures"]) == set(MEASURES)
            assert all(
                item["claim"] and item["source"] for s in one["sides"] for item in s["items"]
            )

    def test_an_answer_can_be_kept_in_the_graph(self, run: Run, tmp_path: Path) -> None:
        small = ("--data", SMALL, "--store", tmp_path / "store")
        kept_in = run("bridges", *small, "--record").stderr.split("graph ")[-1].strip()
        text = f"""
            SELECT ?text WHERE {{ GRAPH <{kept_in}> {{ ?line dcterms:description ?text . }} }}
            ORDER BY ?text
        """
        table = run("sparql", text, "--store", tmp_path / "store", "--format", "csv").stdout
        found = open_graph("memory:", SMALL).bridges()
        lines = [result.text for result in found.results()]
        assert len(lines) == len(found.joining) > 0
        assert all(line in table for line in lines)

    def test_rows_of_entities_and_of_claims(self, run: Run) -> None:
        small = ("--data", SMALL, "--store", "memory:")
        whole = run("bridges", *small, "--format", "csv")
        assert "more" not in whole.stderr
        result = run("bridges", *small, "--format", "csv", "--limit", "1")
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        assert all(row["part"] in ("joins", "others") for row in rows)
        assert "others: … and" in result.stderr
        claims = run("bridges", "unep", *small, "--format", "jsonl").stdout.splitlines()
        incidence = read_incidence(open_graph("memory:", SMALL).store, "agreements")
        assert {json.loads(line)["item"] for line in claims} == set(incidence.of("unep"))

    def test_two_agreements(self, run: Run) -> None:
        small = ("--data", SMALL, "--store", "memory:")
        asked = ("bridges", "--between", "basel", "Minamata Convention", *small)
        text = run(*asked).stdout
        assert "BETWEEN " in text
        data = json.loads(run(*asked, "--format", "json").stdout)
        incidence = read_incidence(open_graph("memory:", SMALL).store, "agreements")
        for joint in data["between"]["entities"]:
            held = {one["item"] for side in ("one", "other") for one in joint[side]}
            assert held <= set(incidence.of(joint["id"]))
        assert data["entities"] == []
        run_csv = run(*asked, "--format", "csv", "--limit", "1")
        assert run_csv.exit_code == 0

    def test_a_graph_without_current_roles(self, run: Run, tmp_path: Path) -> None:
        folder = DataFolder(tmp_path / "data")
        for row in range(len(folder.read("roles")) - 1):
            folder.set("roles", "standing", "historic", row)
        for arguments in ((), ("unep",), ("--between", "basel", "minamata")):
            result = run("bridges", *arguments, "--data", folder.path, "--store", "memory:")
            assert result.exit_code == 0, result.output
            assert "entities compared holds any agreements: none found" in result.stdout

    def test_unkind_input_is_answered_in_a_line(self, process: Process) -> None:
        for arguments, said in (
            (("fapo",), "did you mean 'fao'"),
            (("--seed", "-1"), "-1 is not in the range"),
            (("--between", "minamata"), "requires 2 arguments"),
            (("--by", "roles"), "is not one of"),
        ):
            result = process("bridges", *arguments)
            assert result.returncode == 2
            assert said in result.stderr
            assert "Traceback" not in result.stderr

    def test_the_same_whatever_the_hash_seed(self, process: Process) -> None:
        first, second = (
            process(
                "bridges", "--by", "positions", "--format", "json", env={"PYTHONHASHSEED": seed}
            )
            for seed in "12"
        )
        assert first.returncode == 0, first.stderr
        assert first.stdout == second.stdout
        assert "leaving out 10%" in first.stderr
