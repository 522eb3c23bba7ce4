"""How candidates are compared: parts, channels, predictions, robustness and the explanation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log2

import numpy as np
import pytest
from conftest import Run
from folders import SMALL
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from worlds import (
    ENTITIES,
    SOURCES,
    SUBJECT,
    cited,
    member,
    partner,
    project,
    shuffled_world,
    small_world,
    spoken,
    worlds,
)

from emg_graph.analysis import channels, nearness, prediction, scoring, standing
from emg_graph.analysis.candidates import (
    Collaborators,
    Lens,
    find_collaborators,
    lens_of,
)
from emg_graph.analysis.evidence import Body, Citation, Evidence
from emg_graph.analysis.explanation import Explanation
from emg_graph.analysis.incidence import read_incidence
from emg_graph.analysis.ledger import Ledger
from emg_graph.analysis.parts import ids_of
from emg_graph.analysis.standing import standings
from emg_graph.cli import collaborators as command
from emg_graph.errors import QueryError, UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.measures.prediction import density, network_based_inference
from emg_graph.recording import graph_iri
from emg_graph.views import explanation, listing

GAUGES = [gauge for gauges in channels.CHANNELS.values() for gauge in gauges.values()]
EVERY = tuple(channels.CHANNELS)
LETTERS = st.sampled_from(EVERY)


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


def far(evidence: Evidence, *names: str) -> Evidence:
    """Let agreements have nothing to do with the subject."""
    agreements = {
        name: replace(one, cluster="other", themes=frozenset({"t3"})) if name in names else one
        for name, one in evidence.agreements.items()
    }
    return replace(evidence, agreements=agreements)


def shares(
    evidence: Evidence, *actors: str, specialists: bool = False
) -> list[Mapping[str, scoring.Share]]:
    subject = evidence.agreements[SUBJECT]
    return scoring.shares(evidence, subject, actors, specialists=specialists)


def ranks_of(evidence: Evidence, actors: tuple[str, ...], *, specialists: bool) -> list[int]:
    """Rank actors by what ``shares`` says of them."""
    found = shares(evidence, *actors, specialists=specialists)
    scores = [scoring.combined({name: s.percentile for name, s in one.items()}) for one in found]
    return scoring.ranks([scoring.rounded(score) for score in scores])


class TestParts:
    @given(worlds, st.sampled_from(GAUGES), st.booleans())
    def test_a_measure_is_what_its_parts_come_to(
        self, evidence: Evidence, gauge: channels.Gauge, specialists: bool
    ) -> None:
        for tally in gauge.parts(evidence, evidence.agreements[SUBJECT]).values():
            total = sum(part.near * gauge.size.of(part.count) for part in tally.parts)
            divisor = gauge.divisor(tally, specialists=specialists)
            value = gauge.value(tally, specialists=specialists)
            if divisor is None:
                assert value == pytest.approx(total, abs=1e-8)
            elif divisor > 0:
                assert value == pytest.approx(total / divisor, abs=1e-8)
                assert value is not None
                assert gauge.share or 0 <= value < 1 or gauge.name == "mandates"
            else:
                assert value is None

    @given(worlds, st.sampled_from(GAUGES))
    def test_every_part_rests_on_claims_of_its_actor(
        self, evidence: Evidence, gauge: channels.Gauge
    ) -> None:
        for actor, tally in gauge.parts(evidence, evidence.agreements[SUBJECT]).items():
            assert len({part.thing for part in tally.parts}) == len(tally.parts)
            for part in tally.parts:
                assert part.behind
                assert {claim.actor for claim in part.behind} == {actor}
                assert 0 <= part.near <= 1
                assert part.thing != SUBJECT

    @settings(max_examples=30)
    @given(worlds, st.sampled_from(SOURCES), st.sampled_from(GAUGES))
    def test_removing_a_source_never_adds_a_part(
        self, evidence: Evidence, source: str, gauge: channels.Gauge
    ) -> None:
        subject = evidence.agreements[SUBJECT]
        before, left = gauge.parts(evidence, subject), evidence.without([source])
        for actor, tally in gauge.parts(left, subject).items():
            known = {part.thing: part for part in before[actor].parts}
            for part in tally.parts:
                assert part.items <= known[part.thing].items
                assert set(part.behind) <= set(known[part.thing].behind)
                assert all(claim.citation.source != source for claim in part.behind)

    def test_a_project_on_the_agreement_is_not_near_it_once_that_source_is_left_out(self) -> None:
        works = (
            project("e0", SUBJECT, "x1", source="s1"),
            project("e0", "a1", "x1", "x2"),
        )
        evidence = replace(small_world(), works=works)
        subject = evidence.agreements[SUBJECT]
        for world in (evidence, evidence.without(["s1"])):
            assert channels.related_projects(world, subject, "e0") == 1.0
        twice = evidence.without(["s2"]).without(["s1"])
        assert channels.related_projects(twice, subject, "e0") == 1.0

    def test_a_mandate_that_names_it_is_not_near_it_once_that_source_is_left_out(self) -> None:
        evidence = replace(
            small_world(),
            works=(project("e0", SUBJECT, "n1", kind="mandate", source="s1"),),
            mandates=(cited("e0", "n1", "t0"), cited("e0", "n2", "t0", weight=0.5)),
            budgets=frozenset({("e0", "s0")}),
        )
        subject = evidence.agreements[SUBJECT]
        assert channels.theme_mandates(evidence, subject, "e0") == 0.5
        assert channels.theme_mandates(evidence.without(["s1"]), subject, "e0") == 0.5

    @pytest.mark.parametrize("agreement", ["minamata", "cbd"])
    def test_shipped_parts_have_claims_and_sources(self, graph: Graph, agreement: str) -> None:
        sources = {row["source"] for row in graph.query("evidence-sources").records()}
        for gauge in GAUGES:
            found = gauge.parts(graph.evidence, graph.evidence.agreements[agreement])
            for part in (part for tally in found.values() for part in tally.parts):
                assert all(ids_of(claim) for claim in part.behind)
                assert {claim.citation.source for claim in part.behind} <= sources


class TestNearness:
    def test_a_reference_counts_only_where_it_is_given_a_weight(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        world = replace(small_world(), references=frozenset({("a1", SUBJECT, "s0")}))
        world = far(world, "a1", "a2")
        subject, cites, other = (world.agreements[name] for name in (SUBJECT, "a1", "a2"))
        assert nearness.similarity(world, subject, cites) == 0
        assert "references" not in nearness.told(world, subject, cites)
        monkeypatch.setattr(nearness, "NEARNESS", {"cluster": 1.0, "themes": 1.0, "references": 1})
        assert nearness.similarity(world, subject, cites) == pytest.approx(1 / 3)
        assert nearness.similarity(world, cites, subject) == pytest.approx(1 / 3)
        assert nearness.similarity(world, subject, other) == 0
        assert nearness.similarity(world.without(["s0"]), subject, cites) == 0
        assert nearness.told(world, subject, cites) == "mean of cluster 0, themes 0, references 1"
        monkeypatch.setattr(nearness, "NEARNESS", {"cluster": 0.5, "themes": 1, "references": 1.5})
        assert nearness.similarity(world, subject, cites) == pytest.approx(0.5)
        assert nearness.told(world, subject, cites).endswith(", weighted")

    def test_shipped_references_are_stated_and_between_agreements(self, graph: Graph) -> None:
        known = graph.evidence
        assert known.refers("minamata", "basel")
        assert known.refers("basel", "minamata")
        assert not known.refers("minamata", "cites")
        assert {name for pair in known.references for name in pair[:2]} <= set(known.agreements)


class TestChannelsApart:
    @settings(max_examples=30)
    @given(worlds, st.sets(LETTERS, max_size=3))
    def test_removing_channels_leaves_the_others_as_they_are(
        self, evidence: Evidence, removed: set[str]
    ) -> None:
        left = scoring.channels_without(removed)
        subject = evidence.agreements[SUBJECT]
        every = scoring.shares(evidence, subject, ENTITIES)
        some = scoring.shares(evidence, subject, ENTITIES, channels=left)
        for whole, part in zip(every, some, strict=True):
            assert set(part) == set(EVERY) - removed
            assert part == {name: whole[name] for name in part}

    @settings(max_examples=30)
    @given(worlds, st.sets(LETTERS, max_size=3))
    def test_the_score_is_the_mean_of_the_channels_that_are_left(
        self, evidence: Evidence, removed: set[str]
    ) -> None:
        plain = find_collaborators(evidence, SUBJECT)
        some = find_collaborators(evidence, SUBJECT, lens=lens_of(sorted(removed)))
        assert {c.id for c in plain.candidates} == {c.id for c in some.candidates}
        for candidate in some.candidates:
            places = [share.percentile for share in candidate.channels.values()]
            assert candidate.score == pytest.approx(sum(places) / len(places), abs=1e-6)

    def test_not_all_channels_can_be_removed_and_only_those_that_are(self) -> None:
        with pytest.raises(QueryError, match="keep at least one channel"):
            lens_of(EVERY)
        with pytest.raises(QueryError, match="no channel 'E'; it is one of A, B, C, D"):
            lens_of(["e"])
        assert lens_of(["b", "D"]).channels == ("A", "C")

    def test_a_channel_without_weight_is_not_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(scoring, "WEIGHTS", {"A": 0.0, "B": 1.0, "C": 1.0, "D": 1.0})
        with pytest.raises(QueryError, match="keep at least one channel"):
            lens_of(["B", "C", "D"])

    def test_the_command_offers_the_channels_that_there_are(self) -> None:
        assert command.CHANNELS == EVERY == tuple(scoring.WEIGHTS) == tuple(channels.TITLES)

    def test_equal_sums_are_equal_in_whatever_order_they_are_added(self) -> None:
        """0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in their last digit and say the same."""
        mandates = [cited("e0", f"n{i}", "t0", weight=w / 10) for i, w in enumerate((1, 2, 3))]
        mandates += [cited("e1", f"n{i}", "t0", weight=w / 10) for i, w in enumerate((3, 2, 1))]
        read = frozenset({("e0", "s0"), ("e1", "s0")})
        evidence = replace(small_world(), mandates=tuple(mandates), budgets=read)
        one, other = shares(evidence, "e0", "e1")
        assert one["C"] == other["C"]


class TestSpecialists:
    def test_who_is_in_everything_no_longer_leads(self) -> None:
        """e0 serves one near agreement, 1 / (1 + 1); e1 that and two far ones, 1 / (1 + 3)."""
        roles = (
            partner("e0", "a1", claim="r1"),
            *(partner("e1", f"a{i}", claim=f"r{i + 1}") for i in (1, 2, 3)),
        )
        evidence = far(small_world(roles=roles), "a2", "a3")
        plain = shares(evidence, "e0", "e1")
        assert [one["A"].value for one in plain] == [1.0, 1.0]
        special = shares(evidence, "e0", "e1", specialists=True)
        assert [one["A"].value for one in special] == [0.5, 0.25]
        assert [one["A"].percentile for one in special] == [1.0, 0.0]

    def test_bodies_and_projects_are_weighed_as_they_are_counted(self) -> None:
        """A body of one on its theme, 1, beside a body of three elsewhere, 1 / 2: 1 / (1 + 1.5).
        Three projects nearby, 2, beside one far away, 1: 2 / (1 + 3)."""
        evidence = far(
            small_world(
                bodies={
                    "m0": Body("m0", "Small", "Small", "current", None, frozenset({"t0"})),
                    "m1": Body("m1", "Other", "Other", "current", None, frozenset({"t3"})),
                },
                memberships=(
                    member("e0", "m0"),
                    *(member(f"e{i}", "m1", claim=f"m{i + 2}") for i in (0, 1, 2)),
                ),
            ),
            "a2",
        )
        works = (project("e0", "a1", "x1", "x2", "x3"), project("e0", "a2", "x4"))
        (one, _) = shares(replace(evidence, works=works), "e0", "e1", specialists=True)
        assert one["B"].value == pytest.approx(1 / 2.5)
        assert one["D"].value == pytest.approx(log2(4) / (1 + log2(4) + log2(2)))

    def test_mandates_are_divided_by_all_that_the_entity_cites(self) -> None:
        evidence = replace(
            small_world(),
            mandates=(cited("e0", "n1", "t0", weight=0.5),),
            budgets=frozenset({("e0", "s0")}),
            portfolios={"e0": 3.0},
        )
        (one,) = shares(evidence, "e0", specialists=True)
        assert one["C"].measures["mandates"].value == 0.125
        (plain,) = shares(evidence, "e0")
        assert plain["C"].measures["mandates"].value == 0.5

    @settings(max_examples=30)
    @given(worlds)
    def test_what_is_a_share_already_stays_one(self, evidence: Evidence) -> None:
        plain, special = shares(evidence, *ENTITIES), shares(evidence, *ENTITIES, specialists=True)
        for one, other in zip(plain, special, strict=True):
            for name in ("money", "positions"):
                assert one["C"].measures[name] == other["C"].measures[name]

    def test_a_portfolio_is_the_weight_of_every_mandate_once(self, graph: Graph) -> None:
        held = read_incidence(graph.store, "mandates")
        weights = {row["actor"]: row for row in graph.query("evidence-portfolios").records()}
        assert weights["unep"]["mandates"] == len(held.of("unep"))
        count = {item: len(held.holders(item)) for item in held.items}
        alone = sum(count[item] == 1 for item in held.of("unep"))
        assert alone <= float(str(weights["unep"]["weight"])) <= len(held.of("unep"))

    def test_shipped_specialists_move_away_from_popularity(self, graph: Graph) -> None:
        def agreeing(found: Collaborators) -> float:
            pairs = [(c.rank, c.popularity_rank) for c in found.candidates]
            return float(np.corrcoef(np.array(pairs).T)[0, 1])

        plain = graph.collaborators("cbd")
        special = graph.collaborators("cbd", specialists=True)
        assert {c.id for c in plain.candidates} == {c.id for c in special.candidates}
        assert agreeing(special) < agreeing(plain)
        assert [c.popularity_rank for c in sorted(plain.candidates, key=lambda c: c.id)] == [
            c.popularity_rank for c in sorted(special.candidates, key=lambda c: c.id)
        ]
        assert ("specialists", "yes") in special.method.parameters


class TestPrediction:
    def test_both_measures_by_hand(self) -> None:
        """e0 and e1 serve a1, e1 the subject too. Of the subject's 1, all is e1's, who gives half
        of it to a1: e0 has ½. What is related to it: itself by 1, a1 by ½ (both of e1, of two);
        e0 serves ½ of 1½."""
        roles = (
            partner("e0", "a1", claim="r1"),
            partner("e1", "a1", claim="r2"),
            partner("e1", SUBJECT, claim="r3"),
            partner("e2", SUBJECT, claim="r4", role="depositary"),
            partner("e3", SUBJECT, claim="r5", basis="inferred"),
        )
        found = prediction.predictions(small_world(roles=roles), SUBJECT)
        assert set(found) == set(ENTITIES)
        assert found["e0"].inference == 0.25
        assert found["e0"].density == pytest.approx(1 / 3, abs=1e-6)
        assert (found["e3"].inference, found["e3"].density) == (0.0, 0.0)

    def test_without_a_supporter_there_is_nothing_to_start_from(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        assert prediction.predictions(world, SUBJECT) == {}
        (candidate,) = find_collaborators(world, SUBJECT).candidates
        assert (candidate.inference, candidate.density) == (None, None)
        text = listing.to_text(find_collaborators(world, SUBJECT))
        assert "no supporter on record from which to predict" in text

    @settings(max_examples=30)
    @given(worlds)
    def test_density_is_a_share_and_both_are_of_all_or_none(self, evidence: Evidence) -> None:
        found = prediction.predictions(evidence, SUBJECT)
        assert set(found) in (set(), {actor.id for actor in evidence.compared})
        assert all(0 <= one.density <= 1 and one.inference >= 0 for one in found.values())

    @pytest.mark.parametrize("agreement", ["minamata", "cbd", "montreal"])
    def test_shipped_predictions_are_those_of_the_table_of_agreements(
        self, graph: Graph, agreement: str
    ) -> None:
        held = read_incidence(graph.store, "agreements")
        inferred = network_based_inference(held.table).toarray()
        near = density(held.table.toarray())
        known = 0
        for candidate in graph.collaborators(agreement).candidates:
            if candidate.id in held.rows:
                place = held.rows.index(candidate.id), held.items.index(agreement)
                assert candidate.inference == pytest.approx(inferred[place], abs=1e-6)
                assert candidate.density == pytest.approx(near[place], abs=1e-6)
                known += 1
            else:
                assert candidate.inference == candidate.density == 0
        assert known > 5

    def test_a_shipped_agreement_without_a_supporter_predicts_nothing(self, graph: Graph) -> None:
        assert "kigali" not in read_incidence(graph.store, "agreements").items
        found = graph.collaborators("kigali").candidates
        assert {(c.inference, c.density) for c in found} == {(None, None)}

    @settings(max_examples=30)
    @given(worlds)
    def test_neither_enters_the_score(self, evidence: Evidence) -> None:
        for candidate in find_collaborators(evidence, SUBJECT).candidates:
            places = {name: share.percentile for name, share in candidate.channels.items()}
            assert candidate.score == scoring.rounded(scoring.combined(places))


class TestStanding:
    @settings(max_examples=25)
    @given(worlds, st.booleans())
    def test_a_source_left_out_is_as_if_it_had_never_been_read(
        self, evidence: Evidence, specialists: bool
    ) -> None:
        """The budgets tell of every mandate, as those that are shipped do."""
        read = {(one.actor, one.citation.source) for one in evidence.mandates}
        evidence = replace(evidence, budgets=evidence.budgets | read)
        subject = evidence.agreements[SUBJECT]
        found = standings(evidence, subject, ENTITIES, specialists=specialists, draws=3)
        now = ranks_of(evidence, ENTITIES, specialists=specialists)
        without = {
            source: ranks_of(evidence.without([source]), ENTITIES, specialists=specialists)
            for source in Ledger(evidence, subject, ENTITIES, EVERY).sources
        }
        for i, one in enumerate(found):
            taken = [now[i], *(ranks[i] for ranks in without.values())]
            assert (one.sources.low, one.sources.high) == (min(taken), max(taken))
            moves = {source: abs(ranks[i] - now[i]) for source, ranks in without.items()}
            if one.moved_by is None:
                assert not any(moves.values())
                assert one.moved_to == now[i]
            else:
                assert moves[one.moved_by] == max(moves.values()) > 0
                assert one.moved_to == without[one.moved_by][i]

    @settings(max_examples=30)
    @given(worlds, st.booleans())
    def test_with_nothing_left_out_the_rank_is_the_rank(
        self, evidence: Evidence, specialists: bool
    ) -> None:
        ledger = Ledger(evidence, evidence.agreements[SUBJECT], ENTITIES, EVERY)
        everything = np.ones((1, ledger.size), bool)
        for name, columns in ledger.columns.items():
            for column, gauge in zip(columns, channels.CHANNELS[name].values(), strict=True):
                (values,) = column.values(everything, specialists=specialists)
                tallies = gauge.parts(evidence, evidence.agreements[SUBJECT])
                for value, actor in zip(values, ENTITIES, strict=True):
                    known = gauge.value(tallies.get(actor), specialists=specialists)
                    assert value == known or (known is None and np.isnan(value))

    @settings(max_examples=15)
    @given(worlds.flatmap(shuffled_world))
    def test_the_order_of_the_evidence_changes_nothing(
        self, pair: tuple[Evidence, Evidence]
    ) -> None:
        one, other = (
            standings(world, world.agreements[SUBJECT], ENTITIES, draws=5) for world in pair
        )
        assert one == other

    @settings(max_examples=15)
    @given(worlds)
    def test_where_no_link_is_left_out_the_interval_is_the_rank(self, evidence: Evidence) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(standing, "SHARES", (0.0,))
            found = standing.standings(evidence, evidence.agreements[SUBJECT], ENTITIES, draws=3)
        now = ranks_of(evidence, ENTITIES, specialists=False)
        for one, rank in zip(found, now, strict=True):
            assert [(ranks.low, ranks.high) for _, ranks in one.links] == [(rank, rank)]
            assert one.sources.low <= rank <= one.sources.high

    def test_the_same_seed_draws_the_same_and_another_does_not(self) -> None:
        roles = tuple(
            partner(f"e{i}", f"a{j}", claim=f"r{i}{j}") for i in range(4) for j in range(1, 4 - i)
        )
        world = small_world(roles=roles)
        subject = world.agreements[SUBJECT]
        drawn = [standings(world, subject, ENTITIES, seed=seed, draws=4) for seed in (1, 1, 2)]
        assert drawn[0] == drawn[1]
        assert drawn[0] != drawn[2]

    def test_the_only_source_of_a_first_place_is_named(self) -> None:
        """e0 serves three near agreements by one source, e1 one and e2 none by another."""
        roles = tuple(partner("e0", f"a{i}", claim=f"r{i}") for i in (1, 2, 3))
        other = replace(partner("e1", "a1", claim="r4"), citation=Citation("s1", "p. 1"))
        world = small_world(roles=(*roles, other))
        first, second, _ = standings(world, world.agreements[SUBJECT], ["e0", "e1", "e2"])
        assert (first.sources.low, first.sources.high) == (1, 2)
        assert (first.moved_by, first.moved_to) == ("s0", 2)
        assert (second.moved_by, second.moved_to) == ("s0", 1)
        assert first.briefly.endswith("; without a source 1–2")
        assert first.lines[-1] == (
            "one source left out, each in turn", "1–2; most without s0: 2",
        )  # fmt: skip

    def test_nobody_and_nothing_have_no_standing_to_lose(self) -> None:
        world = small_world()
        assert standings(world, world.agreements[SUBJECT], []) == []
        (alone,) = standings(world, world.agreements[SUBJECT], ["e0"])
        assert (str(alone.sources), alone.moved_by, alone.moved_to) == ("1", None, 1)
        assert [str(ranks) for _, ranks in alone.links] == ["1", "1"]

    def test_a_seed_below_zero_is_refused(self) -> None:
        with pytest.raises(QueryError, match="not -1"):
            lens_of(robust=True, seed=-1)

    def test_shipped_ranks_without_a_source(self, graph: Graph) -> None:
        found = graph.collaborators("minamata", robust=True)
        assert found.method.seed == 1
        moved = {c.standing.moved_by for c in found.candidates if c.standing}
        source = min(name for name in moved if name)
        evidence = graph.evidence.without([source])
        ids = tuple(c.id for c in found.candidates)
        subject = evidence.agreements["minamata"]
        assert graph.evidence.mandates == ()
        ledger = Ledger(graph.evidence, subject, ids, ("A", "B", "D"))
        for name, columns in ledger.columns.items():
            (gauge,) = channels.CHANNELS[name].values()
            (values,) = columns[0].values(ledger.without(source)[None, :], specialists=False)
            known = [gauge(evidence, subject, actor) for actor in ids]
            assert np.allclose(values, np.array(known, float), equal_nan=True)


SIZES: Mapping[str, Callable[[float], float]] = {
    "1": lambda _: 1.0,
    "n": lambda n: n,
    "log2(1 + n)": lambda n: log2(1 + n),
    "1 / log2(1 + n)": lambda n: 1 / log2(1 + n),
}


def recomputed(found: Explanation) -> float:
    """Work a score out again from the terms and places that an explanation shows."""
    total = weights = 0.0
    for channel in found.channels:
        places = []
        for measure in channel.measures:
            terms = [term.near * SIZES[measure.size](term.count) for term in measure.terms]
            assert terms == pytest.approx([term.value for term in measure.terms], abs=1e-8)
            assert sum(terms) == pytest.approx(measure.near, abs=1e-7)
            if measure.place is None:
                continue
            divisor = 1 if measure.divisor is None else measure.divisor
            assert measure.value == pytest.approx(sum(terms) / divisor, abs=1e-7)
            others = measure.place.known - 1
            halves = measure.place.lower + measure.place.same / 2
            places.append(halves / others if others else 0.5)
            assert measure.percentile == pytest.approx(places[-1], abs=1e-6)
        if channel.place is None:
            assert not places
            place = 0.5
        else:
            if len(channel.measures) > 1:
                assert channel.value == pytest.approx(sum(places) / len(places), abs=1e-6)
            others = channel.place.known - 1
            place = (channel.place.lower + channel.place.same / 2) / others if others else 0.5
        assert channel.percentile == pytest.approx(place, abs=1e-6)
        total += channel.weight * place
        weights += channel.weight
    return total / weights


def explained(evidence: Evidence, actor: str, lens: Lens | None = None) -> Explanation:
    found = find_collaborators(evidence, SUBJECT, explained=actor, lens=lens).explanation
    assert found
    return found


class TestExplanation:
    @settings(max_examples=25)
    @given(worlds, st.booleans())
    def test_the_score_follows_from_what_is_shown(
        self, evidence: Evidence, specialists: bool
    ) -> None:
        lens = Lens(specialists=specialists)
        everyone = find_collaborators(evidence, SUBJECT, lens=lens).candidates
        assume(everyone)
        for candidate in everyone:
            found = explained(evidence, candidate.id, lens)
            assert found.candidate == candidate
            assert recomputed(found) == pytest.approx(candidate.score, abs=2e-6)

    @pytest.mark.parametrize("agreement", ["minamata", "cites"])
    @pytest.mark.parametrize("specialists", [False, True])
    def test_every_shipped_score_follows_from_what_is_shown(
        self, graph: Graph, agreement: str, specialists: bool
    ) -> None:
        for candidate in graph.collaborators(agreement).candidates[::9]:
            found = graph.collaborators(
                agreement, explain=candidate.id, specialists=specialists
            ).explanation
            assert found
            assert recomputed(found) == pytest.approx(found.candidate.score, abs=2e-6)

    def test_every_sum_of_the_text_can_be_done_on_a_calculator(self, graph: Graph) -> None:
        found = graph.collaborators("cbd", explain="undp", specialists=True)
        assert found.explanation
        text = explanation.to_text(found.explanation, found.method, width=10_000)
        sums = re.findall(r"([(0-9][^=:;\[\n]*[0-9)]) = ([0-9.,]+)", text)
        assert len(sums) > 20
        for left, right in sums:
            done = left.replace(",", "").replace("×", "*")
            assert eval(done, {"log2": log2}) == pytest.approx(
                float(right.replace(",", "")), rel=1e-4, abs=2e-6
            ), left

    def test_the_text_fits_and_names_every_source(self, graph: Graph) -> None:
        found = graph.collaborators("minamata", explain="IAEA", robust=True)
        assert found.explanation
        text = explanation.to_text(found.explanation, found.method)
        assert max(len(line) for line in text.splitlines()) <= 100
        flat = " ".join(text.split())
        terms = [t for c in found.explanation.channels for m in c.measures for t in m.terms]
        assert terms
        for term in terms:
            assert term.claims
            for citation in term.citations:
                assert " ".join(f"{citation.source}, {citation.locator}".split()) in flat
        assert prediction.PREDICTED in flat
        assert "rank with 20% of the links left out at random, nine draws in ten:" in flat
        assert found.method.line in flat

    def test_the_rows_hold_every_step(self, graph: Graph) -> None:
        found = graph.collaborators("minamata", explain="iaea", robust=True)
        assert found.explanation
        rows = found.explanation.to_table().records()
        levels = [row["level"] for row in rows]
        assert levels.count("channel") == len(EVERY)
        assert levels.count("measure") == len(GAUGES)
        results = ["score", "rank", "popularity", "inference", "density", *["robust"] * 3]
        assert levels[-len(results) :] == results
        score = next(row for row in rows if row["level"] == "score")
        of_channels = [row for row in rows if row["level"] == "channel"]
        total = sum(float(str(r["weight"])) * float(str(r["percentile"])) for r in of_channels)
        assert score["value"] == pytest.approx(total / float(str(score["count"])), abs=1e-6)
        for row in rows:
            if row["level"] == "part":
                assert row["source"]
                assert row["locator"]
                assert row["claims"]

    def test_what_nobody_knows_and_what_only_one_has_is_told(self) -> None:
        alone = replace(small_world(roles=(partner("e0", "a1"),)), positions=(spoken("e0", "t0"),))
        found = explained(alone, "e0")
        text = explanation.to_text(found, find_collaborators(alone, SUBJECT).method)
        assert "known of this candidate alone, the middle, 0.5" in text
        assert "unknown: no source of this graph tells" in text
        assert "no supporter on record to start from" in text
        assert "the share of its positions on record that touch the themes" in text
        assert "1 / 1 = 1" in text
        silent = small_world(roles=(partner("e0", "a1"),))
        text = explanation.to_text(explained(silent, "e0"), Lens().method({}, ""))
        assert "nothing is known of any of these" in text

    def test_how_near_a_body_is_can_be_worked_out_too(self, graph: Graph) -> None:
        found = graph.collaborators("cbd", explain="undp").explanation
        assert found
        terms = [t for c in found.channels for m in c.measures for t in m.terms if c.id == "B"]
        assert len(terms) > 5
        for term in terms:
            numbers = re.search(r"themes, (\d+) / sqrt\((\d+) × (\d+)\)$", term.told)
            assert numbers
            shared, one, other = map(int, numbers.groups())
            assert term.near == pytest.approx(shared / (one * other) ** 0.5, abs=1e-8)

    def test_a_list_not_read_whole_is_told(self, graph: Graph) -> None:
        found = graph.collaborators("cbd", explain="undp")
        assert found.explanation
        text = " ".join(explanation.to_text(found.explanation, found.method).split())
        assert "1 / log2(1 + 5) = " in text
        doubt = "(list not read whole: counted as 5, the middle of those that were; cosine of"
        assert doubt in text
        assert re.search(r"\(list not read whole: \d+ on record; cosine of the themes", text)
        rows = found.explanation.to_table().records()
        told = [str(row["told"]) for row in rows if row["level"] == "part"]
        assert any(f"({one}".startswith(doubt) for one in told)

    def test_what_a_thematic_record_leaves_out_is_told(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        found = explained(world, "e0")
        notes = {channel.id: channel.note for channel in found.channels}
        assert [name for name, note in notes.items() if note] == ["C"]
        for words in ("custody of an indicator", "paragraphs of budgets", "founded for"):
            assert words in notes["C"]
        text = explanation.to_text(found, Lens().method({}, ""))
        assert notes["C"] in " ".join(text.split())
        rows = found.to_table().records()
        (row,) = (one for one in rows if (one["level"], one["channel"]) == ("channel", "C"))
        assert row["told"] == notes["C"]

    def test_one_agreement_is_one_and_two_are_two(self) -> None:
        roles = (partner("e0", "a1"), partner("e0", "a2", claim="r2"), partner("e1", "a1"))
        world = small_world(roles=roles)
        for actor, words in (("e1", "in 1 other agreement alone"), ("e0", "2 other agreements")):
            text = explanation.to_text(explained(world, actor), Lens().method({}, ""))
            assert words in text

    def test_a_mandate_that_all_cite_is_marked(self) -> None:
        world = replace(
            small_world(roles=(partner("e0", "a1"), partner("e0", "a2", claim="r2"))),
            mandates=(cited("e0", "n1", "t0"), cited("e0", "n2", "t0", omnibus=True)),
            budgets=frozenset({("e0", "s0")}),
        )
        world = far(world, "a2")
        text = explanation.to_text(explained(world, "e0"), Lens().method({}, ""))
        assert "N1 (on its themes)" in text
        assert "N2 (omnibus, cited by very many)" in text
        assert "and 1 that is not near: 0" in text
        assert "nothing is known of any of these" not in text


class TestWhyNot:
    def refused(self, evidence: Evidence, actor: str, **options: list[str]) -> str:
        with pytest.raises(QueryError) as error:
            find_collaborators(evidence, SUBJECT, explained=actor, **options)  # type: ignore[arg-type]
        return str(error.value)

    def test_each_reason_is_told(self) -> None:
        roles = (
            partner("e0", SUBJECT, claim="r1"),
            partner("e1", SUBJECT, claim="r2", role="secretariat", basis="inferred"),
            partner("e2", "a1", claim="r3"),
        )
        world = small_world(roles=roles)
        start = "is no candidate for A0: it"
        assert self.refused(world, "e0") == (
            f"E0 {start} already has a documented role in it: Partner. Helps. [s0, p. 1]"
        )
        assert (
            self.refused(world, "e1")
            == f"E1 {start} runs the agreement: Partner. Helps. [s0, p. 1]"
        )
        assert self.refused(world, "e3").startswith(f"E3 {start} has no reason on record")
        assert self.refused(world, "m0") == f"M0 {start} is a mechanism; only entities are compared"
        assert self.refused(world, "e2", kinds=["agency"]) == (
            f"E2 {start} is of the kind fund, which was not asked for"
        )
        assert self.refused(world, "e2", functions=["norms"]) == (
            f"E2 {start} has nothing on record that touches norms"
        )

    def test_whoever_runs_it_without_a_role_and_whoever_is_outside(self) -> None:
        world = small_world(roles=(partner("e3", "a1"),))
        subject = replace(
            world.agreements[SUBJECT], secretariat="e0", administering=frozenset({"e1"})
        )
        outside = replace(world.actors["e3"], group="other")
        world = replace(
            world,
            agreements={**world.agreements, SUBJECT: subject},
            actors={**world.actors, "e3": outside},
        )
        assert "it is its secretariat" in self.refused(world, "e0")
        assert "it administers its secretariat" in self.refused(world, "e1")
        assert "neither of the UN system nor a treaty secretariat" in self.refused(world, "e3")

    def test_what_most_entities_have_is_no_reason(self) -> None:
        world = replace(small_world(), mandates=(cited("e0", "n1", "t0"),))
        assert self.refused(world, "e0").endswith(
            "has no reason on record but single or widely shared mandates, which most entities have"
        )

    @pytest.mark.parametrize(
        ("name", "words"),
        [("UNEP", "runs the agreement"), ("unido", "documented role"), ("IUCN", "UN system"),
         ("GEF", "is a mechanism")],
    )  # fmt: skip
    def test_shipped_names_are_told_apart(self, graph: Graph, name: str, words: str) -> None:
        with pytest.raises(QueryError, match=words):
            graph.collaborators("minamata", explain=name)
        with pytest.raises(UnknownNameError):
            graph.collaborators("minamata", explain="nonsense-of-ours")


class TestMethod:
    def test_it_says_what_was_asked_in_the_order_of_the_options(self) -> None:
        lens = lens_of(["D"], specialists=True, robust=True, seed=7)
        found = find_collaborators(
            small_world(),
            SUBJECT,
            functions=["data"],
            exclude_sources=["s1"],
            lens=lens,
            data="abc",
        ).method
        assert found.measure == "candidates"
        assert found.parameters == (
            ("agreement", SUBJECT),
            ("function", "data"),
            ("exclude-source", "s1"),
            ("channels", "A 1, B 1, C 1"),
            ("nearness", "themes 1"),
            ("specialists", "yes"),
            ("robust", "10% and 20% of the links left out, 200 draws each"),
        )
        assert (found.seed, found.data) == (7, "abc")
        assert "how much of a record lies near" in found.text

    def test_whatever_is_asked_otherwise_is_another_computation(self, small: Graph) -> None:
        """Or one answer would be kept in the place of another."""
        methods = [
            small.collaborators("minamata").method,
            small.collaborators("basel").method,
            small.collaborators("minamata", functions=["data"]).method,
            small.collaborators("minamata", themes=["mercury"]).method,
            small.collaborators("minamata", kinds=["treaty-secretariat"]).method,
            small.collaborators("minamata", exclude_sources=["a-80-6-sect-13"]).method,
            small.collaborators("minamata", country="JOR").method,
            small.collaborators("minamata", without_channels=["A"]).method,
            small.collaborators("minamata", specialists=True).method,
            small.collaborators("minamata", robust=True).method,
            small.collaborators("minamata", robust=True, seed=2).method,
        ]
        names = [graph_iri(method) for method in methods]
        assert len(set(names)) == len(names)
        assert {method.parameters[0][0] for method in methods} == {"agreement"}

    def test_results_of_two_agreements_are_kept_beside_each_other(self) -> None:
        graph = open_graph("memory:", SMALL)
        asked = ("minamata", "basel")
        found = {name: graph.collaborators(name) for name in asked}
        kept = {name: graph.record(one) for name, one in found.items()}
        assert all(one.candidates for one in found.values())
        for name, place in kept.items():
            assert kept_lines(graph, place) == len(found[name].candidates)

    def test_it_has_the_hash_of_the_data_and_no_seed_where_nothing_is_drawn(
        self, small: Graph
    ) -> None:
        found = small.collaborators("minamata").method
        assert (found.seed, found.data) == (None, small.data_hash)


def kept_lines(graph: Graph, place: str) -> int:
    """Count the results that a computed graph holds."""
    answer = graph.sparql(f"SELECT ?line WHERE {{ GRAPH <{place}> {{ ?line a emg:Result }} }}")
    assert not isinstance(answer, bool)
    return len(answer.records())


class TestResults:
    def test_each_line_has_the_sources_of_its_reasons_and_every_rank(self, graph: Graph) -> None:
        found = graph.collaborators("minamata", robust=True)
        lines = {line.concerns[1]: line for line in found.results()}
        assert set(lines) == {candidate.id for candidate in found.candidates}
        for candidate in found.candidates:
            line = lines[candidate.id]
            assert line.sources == tuple(sorted({r.citation.source for r in candidate.reasons}))
            assert line.values == {"score": candidate.score, "rank": candidate.rank}
            assert all(f"{r.sentence} ({r.basis})" in line.text for r in candidate.reasons)
            end = f"place {candidate.popularity_rank} by roles in other agreements."
            assert line.text.endswith(end)
            assert f"Rank {candidate.rank} of {len(found.candidates)} by related" in line.text
            assert candidate.standing
            for left, ranks in candidate.standing.lines:
                assert f"; with {left}: {ranks}" in line.text

    def test_how_far_a_rank_moves_is_told_only_where_it_is_known(self) -> None:
        world = small_world(roles=(partner("e0", "a1"),))
        (line,) = find_collaborators(world, SUBJECT).results()
        assert line.sources == ("s0",)
        assert line.text.endswith(
            " Rank 1 of 1 by related evidence; place 1 by roles in other agreements."
        )


def asked(run: Run, *args: str) -> str:
    result = run("collaborators", *args)
    assert result.exit_code == 0, result.output
    return result.stdout


class TestCommand:
    def test_the_table_shows_where_evidence_and_popularity_put_a_candidate(self, run: Run) -> None:
        text = asked(run, "minamata", "--limit", "1")
        assert re.search(
            r"^      rank \d+ of \d+ by related evidence; serves 0\.\d\d of", text, re.MULTILINE
        )
        assert "they predict who was named, not who should be" in " ".join(text.split())
        robust = asked(run, "minamata", "--limit", "1", "--robust", "--specialists")
        assert re.search(r"rank \d+ \(\d+(–\d+)?; without a source \d+(–\d+)?\) of \d+", robust)
        flat = " ".join(robust.split())
        assert "nine in ten draws with a fifth of the links left out" in flat
        assert "how much of a record lies near" in flat
        assert max(len(line) for line in text.splitlines() if line.startswith("      rank")) <= 100

    def test_rows_have_ranks_and_only_where_asked_how_far_they_move(self, run: Run) -> None:
        plain = list(csv.DictReader(io.StringIO(asked(run, "minamata", "--format", "csv"))))
        data = json.loads(asked(run, "minamata", "--format", "json", "--robust", "--seed", "3"))
        moved = list(
            csv.DictReader(
                io.StringIO(asked(run, "minamata", "--format", "csv", "--robust", "--seed", "3"))
            )
        )
        assert "moved_by" not in plain[0]
        told = {row["id"]: row for row in moved if row["part"] in ("on-it", "direct", "indirect")}
        assert set(told) == {candidate["id"] for candidate in data["candidates"]}
        for one in data["candidates"]:
            row = told[one["id"]]
            assert int(row["rank"]) == one["rank"]
            assert int(row["popularity_rank"]) == one["popularity_rank"]
            assert float(row["score"]) == one["score"]
            assert float(row["density"]) == one["density"]
            assert row["moved_by"] == (one["standing"]["moved_by"] or "")
            assert row["rank_source_out"].startswith(f"{one['standing']['sources']['low']:g}")
        assert data["method"]["seed"] == 3
        linked = next(row for row in moved if row["part"] == "linked")
        assert linked["rank"] == linked["moved_by"] == ""

    def test_a_channel_is_left_out_whatever_its_case(self, run: Run) -> None:
        text = asked(run, "minamata", "--without-channel", "a", "--format", "json")
        assert {name for c in json.loads(text)["candidates"] for name in c["channels"]} == {
            "B", "C", "D",
        }  # fmt: skip
        every = [part for letter in "ABCD" for part in ("--without-channel", letter)]
        assert isinstance(run("collaborators", "minamata", *every).exception, QueryError)
        assert run("collaborators", "minamata", "--without-channel", "E").exit_code == 2

    def test_a_missing_function_says_what_was_searched_and_names_its_weaker_links(
        self, run: Run
    ) -> None:
        text = " ".join(asked(run, "minamata", "--limit", "1").split())
        assert (
            "Enforcement: not searched by itself, in general in 2 sources; weaker"
            " links only: Green Customs This shows"
        ) in text

    @pytest.mark.parametrize(
        ("asked_for", "words"),
        [
            (("--seed", "2"), "--seed is for the draws of --robust"),
            (("--explain", "iaea", "--limit", "2"), "--limit cuts bands"),
            (("--explain", "iaea", "--country", "JOR"), "--country orders bands"),
            (("--robust", "--seed", "-1"), "--seed"),
        ],
    )
    def test_no_option_is_ignored_in_silence(
        self, run: Run, asked_for: tuple[str, ...], words: str
    ) -> None:
        result = run("collaborators", "minamata", *asked_for)
        assert (result.exit_code, result.stdout) == (2, "")
        assert words in result.stderr

    @pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "jsonl", "md"])
    def test_an_explanation_comes_in_every_form(self, run: Run, form: str) -> None:
        text = asked(run, "minamata", "--explain", "iaea", "--robust", "--format", form)
        assert "marketscreener-reduce-mercury-emissions" in text
        if form == "json":
            data = json.loads(text)
            assert data["candidate"]["id"] == "iaea"
            assert data["method"]["measure"] == "candidates"
            assert [channel["id"] for channel in data["channels"]] == list(EVERY)

    def test_whoever_is_no_candidate_cannot_be_explained(self, run: Run) -> None:
        error = run("collaborators", "minamata", "--explain", "unep").exception
        assert isinstance(error, QueryError)
        assert str(error).startswith("UNEP is no candidate for the Minamata Convention: it runs")
