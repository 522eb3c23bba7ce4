"""What entities share, against chance: the numbers, the words, and what they rest on."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from conftest import Process, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_incidence import made

from emg_graph.analysis.claims import Citation
from emg_graph.analysis.incidence import RELATIONS, Holding, Incidence, read_incidence
from emg_graph.analysis.nulls import BLIND, FIXED, NULLS
from emg_graph.analysis.overlap import (
    COMPLEMENTARY,
    TO_CHECK,
    UNKNOWN,
    find_overlaps,
)
from emg_graph.errors import QueryError
from emg_graph.graph import Graph
from emg_graph.views import overlap as view

SMALL = made({"p": "abcd", "q": "abc", "r": "de", "s": "ef"})


def doing(functions: dict[tuple[str, str], str]) -> Incidence:
    """Return a table in which each place has functions, told by letters."""
    cells = {
        place: (Holding("-".join(place), Citation("s", f"p. {place[1]}"), tuple(letters)),)
        for place, letters in functions.items()
    }
    return Incidence(RELATIONS["agreements"], cells, {item: item.upper() for _, item in cells})


class TestNumbers:
    def test_of_a_small_table_by_hand(self) -> None:
        found = find_overlaps(SMALL, about=("q", "p"), null=BLIND)
        (pair,) = found.pairs
        assert (pair.one, pair.other, pair.shared) == ("p", "q", ("a", "b", "c"))
        assert (pair.one_total, pair.other_total) == (4, 3)
        assert (pair.jaccard, pair.form, pair.newman) == (0.75, "nested", 3.0)
        assert pair.expected == 4 * 3 / 6
        assert pair.p == pytest.approx(4 / 20)  # 4 of the 20 triples lie within the four
        assert pair.q == pytest.approx(min(1, 6 * 4 / 20))  # the least of six pairs
        assert not pair.beyond

    def test_every_pair_is_tested_whoever_is_asked_about(self) -> None:
        whole = {(p.one, p.other): p for p in find_overlaps(SMALL, draws=500).pairs}
        for one, other in whole:
            (pair,) = find_overlaps(SMALL, about=(one, other), draws=500).pairs
            assert pair == whole[one, other]
        assert {p.other for p in find_overlaps(SMALL, about=("p",), draws=500).pairs} == {"q", "r"}

    def test_two_that_share_nothing_are_told_so(self) -> None:
        found = find_overlaps(SMALL, about=("q", "s"), draws=500)
        (pair,) = found.pairs
        assert (pair.shared, pair.form, pair.p) == ((), "nothing shared", 1)
        assert found.items == ()

    @given(st.dictionaries(st.sampled_from("pqrst"), st.text("abcdefgh", min_size=1), min_size=2))
    @settings(max_examples=30)
    def test_chance_never_lowers_below_its_resolution(self, places: dict[str, str]) -> None:
        found = find_overlaps(made(places), draws=64)
        for pair in found.pairs:
            assert 1 / 65 - 1e-4 <= pair.p <= pair.q <= 1
            assert len(pair.shared) <= min(pair.one_total, pair.other_total)
            assert 0 <= pair.newman <= len(pair.shared)
            assert pair.turnover + pair.nestedness <= 1

    def test_an_unknown_model_and_one_without_a_solution_are_refused(self) -> None:
        with pytest.raises(QueryError, match="use fdsm, hypergeometric, bicm"):
            find_overlaps(SMALL, null="sdsm")
        tight = made({"p": "abc", "q": "abd", "r": "a", "s": "b"})
        with pytest.raises(QueryError, match="use --null fdsm"):
            find_overlaps(tight, null="bicm")

    def test_too_many_entities_are_told_what_to_do(self) -> None:
        many = made({f"e{i}": "ab"[i % 2] for i in range(2001)})
        with pytest.raises(QueryError, match="up to 1,000 entities, and these are 2,001; use"):
            find_overlaps(many)

    @pytest.mark.parametrize(
        "wrong", [{"q": 0.0}, {"q": 2.0}, {"seed": -1}, {"draws": 0}, {"draws": -5}]
    )
    def test_numbers_that_mean_nothing_are_refused(
        self, graph: Graph, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(QueryError, match="q lies between 0 and 1"):
            graph.overlaps(**wrong)

    def test_nested_is_said_only_where_the_lesser_has_nothing_of_its_own(self) -> None:
        places = {"p": "abcdefghij", "q": "abcdx", "r": "abc", "s": "ayz"}
        forms = {(p.one, p.other): p.form for p in find_overlaps(made(places), draws=64).pairs}
        assert forms["p", "r"] == "nested"
        assert forms["p", "q"] == "mostly nested"
        assert forms["p", "s"] == "partly shared"


class TestItems:
    def test_functions_part_what_is_shared(self) -> None:
        found = find_overlaps(
            doing({
                ("p", "a"): "xy", ("q", "a"): "y",
                ("p", "b"): "x", ("q", "b"): "y",
                ("p", "c"): "x", ("q", "c"): "",
            }),
            about=("p", "q"),
            draws=64,
        )  # fmt: skip
        assert {item.id: item.reading for item in found.items} == {
            "a": TO_CHECK,
            "b": COMPLEMENTARY,
            "c": UNKNOWN,
        }
        text = view.to_text(found)
        assert "SAME FUNCTION: TO CHECK TOGETHER (1)\n  A [a], both for y\n" in text
        assert "DIFFERENT FUNCTIONS: COMPLEMENTARY (1)\n  B [b]\n    p (x): s, p. b\n" in text
        assert "FUNCTION NOT ON RECORD FOR ONE OF THEM (1)\n  C [c]\n" in text

    def test_only_two_entities_stand_side_by_side(self) -> None:
        assert find_overlaps(SMALL, about=("p",), draws=64).items == ()


class TestWords:
    def test_that_no_pair_is_beyond_chance_and_none_could_be(self) -> None:
        text = " ".join(view.to_text(find_overlaps(SMALL, draws=64)).split())
        assert "No pair is distinguishable from chance at this size (q ≤ 0.05); a" in text
        assert "q = 0.092 at best" in text  # 6 pairs tested, 64 draws: 6 / 65

    def test_how_many_are_and_what_is_hidden(self) -> None:
        block = {f"{side}{i}": side * 1 for side in "ab" for i in range(3)}
        cells = {
            (entity, f"{items}{n}"): (Holding("c", Citation("s", "1")),)
            for entity, items in block.items()
            for n in range(30)
        }
        held = Incidence(RELATIONS["mandates"], cells, {item: item for _, item in cells})
        found = find_overlaps(held, null=FIXED)
        assert found.beyond == 6
        assert found.pairs_beyond == tuple(pair for pair in found.pairs if pair.beyond)
        assert len(found.pairs_beyond) == 6
        text = " ".join(view.to_text(found, limit=2).split())
        assert "15 pairs tested, of which 6 share something. 6 pairs share more than" in text
        assert "… and 4 more pairs that share something; --limit 0 shows all" in text

    def test_that_nothing_is_on_record(self) -> None:
        found = find_overlaps(SMALL, names={"z": "Zed"}, about=("p", "z"))
        assert (found.pairs, found.absent) == ((), ("z",))
        assert "draws" not in dict(found.method.parameters)
        assert "Zed: no agreements found in 6 sources." in view.to_text(found)

    def test_that_one_shares_nothing_on_record(self) -> None:
        alone = made({"p": "ab", "q": "ab", "z": "xy"})
        text = view.to_text(find_overlaps(alone, names={"z": "Zed"}, about=("z",), draws=64))
        assert "Zed has 2 agreements on record; nobody else with one of them found in 4" in text

    def test_of_two_that_what_they_share_is_or_is_not_beyond_chance(self) -> None:
        text = " ".join(view.to_text(find_overlaps(SMALL, about=("p", "q"), draws=64)).split())
        assert "p and q share 3 agreements: not distinguishable from chance (q 0." in text

    def test_an_empty_table_has_no_pairs(self) -> None:
        found = find_overlaps(made({}))
        assert found.pairs == ()
        assert "0 entities and 0 agreements" in view.to_text(found)


class TestShipped:
    @pytest.mark.parametrize("by", RELATIONS)
    def test_each_pair_is_what_a_count_of_its_items_says(self, graph: Graph, by: str) -> None:
        found = graph.overlaps(by=by, null=BLIND)
        held = read_incidence(graph.store, by)
        portfolios = {entity: {*held.of(entity)} for entity in held.rows}
        sharing = {
            pair: portfolios[pair[0]] & portfolios[pair[1]]
            for pair in combinations(held.rows, 2)
            if portfolios[pair[0]] & portfolios[pair[1]]
        }
        assert {(p.one, p.other): {*p.shared} for p in found.pairs} == sharing
        assert found.method.data == graph.data_hash
        for pair in found.pairs[:20]:
            one, other = portfolios[pair.one], portfolios[pair.other]
            assert pair.jaccard == round(len(one & other) / len(one | other), 6)
            weights = (1 / (len(held.holders(item)) - 1) for item in one & other)
            assert pair.newman == pytest.approx(sum(weights), abs=1e-6)

    def test_offices_that_serve_alike_are_beyond_chance(self, graph: Graph) -> None:
        found = graph.overlaps("unon", "unov", draws=2000)
        assert found.pairs[0].beyond
        assert len(found.pairs[0].shared) > 10 * found.pairs[0].expected

    def test_mandates_are_counted_as_the_query_counts_them(self, graph: Graph) -> None:
        """Mandates without a title included: ``CQ13`` counts without any."""
        asked = graph.query("CQ13").records()
        counted = {(row["entity"], row["other_entity"]): row["shared"] for row in asked}
        found = graph.overlaps(by="mandates", null=BLIND)
        for pair in found.pairs:
            assert len(pair.shared) <= int(str(counted[pair.one, pair.other]))
        (pair,) = graph.overlaps("dpo", "dppa", null=BLIND).pairs
        assert len(pair.shared) == counted["dpo", "dppa"] == 13

    def test_an_entity_from_elsewhere_is_compared_when_it_is_named(self, graph: Graph) -> None:
        found = graph.overlaps("iucn", by="agreements", null=BLIND)
        assert "iucn" in found.incidence.rows
        assert found.names["iucn"] != "iucn"

    def test_a_source_less_adds_no_shared_item(self, graph: Graph) -> None:
        whole = graph.overlaps("unep", "fao", by="agreements", null=BLIND)
        source = whole.items[0].one_places[0].split(",")[0]
        less = graph.overlaps("unep", "fao", by="agreements", null=BLIND, exclude_sources=[source])
        assert {*less.pairs[0].shared} <= {*whole.pairs[0].shared}

    def test_more_than_two_or_the_same_twice_are_refused(self, graph: Graph) -> None:
        for names in (("unep", "unep"), ("unep", "fao", "who")):
            with pytest.raises(QueryError, match="two different entities"):
                graph.overlaps(*names)
        with pytest.raises(QueryError, match="nothing is held by 'staff'"):
            graph.overlaps(by="staff")


class TestCommand:
    def test_json_holds_what_is_needed_to_compute_it_again(self, run: Run) -> None:
        args = ("overlaps", "unep", "fao", "--by", "agreements", "--draws", "64", "--seed", "3")
        first, second = (run(*args, "--format", "json").stdout for _ in range(2))
        assert first == second
        found = json.loads(first)
        assert found["method"]["seed"] == 3
        assert dict(found["method"]["parameters"])["draws"] == "64"
        assert found["draws"]["resolution"] == pytest.approx(1 / 65)
        assert found["items_of_both"][0]["one_places"]
        other = json.loads(run(*args[:-1], "4", "--format", "json").stdout)
        assert other["pairs"][0]["expected"] != found["pairs"][0]["expected"]

    def test_csv_has_a_row_for_each_pair(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "pairs.csv"
        run("overlaps", "--by", "sdgs", "--null", "hypergeometric", "--format", "csv", "-o", file)
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
        assert len(rows) > 200
        for row in rows:
            assert int(row["shared_count"]) == len(row["shared"].split("|"))
            assert float(row["q"]) <= 1
            assert (row["pairs_tested"], row["null"], row["draws"]) == ("630", "hypergeometric", "")

    def test_errors_are_one_line(self, process: Process) -> None:
        for args, said in (
            (("uneep",), "did you mean 'unep'"),
            (("unep", "unep"), "give two different entities"),
            (("unep", "--null", "sdsm"), "'sdsm' is not one of"),
            (("unep", "--q", "0"), "0 is not in the range"),
            (("unep", "--draws", "0"), "0 is not in the range"),
            (("--null", "bicm", "--seed", "2"), "--draws and --seed are for --null fdsm"),
        ):
            done = process("overlaps", *args)
            assert done.returncode == 2
            assert said in done.stderr
            assert "Traceback" not in done.stderr

    def test_every_model_answers_and_names_itself(self, run: Run) -> None:
        for null, text in NULLS.items():
            told = run("overlaps", "unep", "--by", "sdgs", "--null", null).stdout
            assert text.split(":")[0] in told.replace("\n", " ")
