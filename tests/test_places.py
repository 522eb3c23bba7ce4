"""Where entities could support a country from, against the tables."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from folders import SMALL

from emg_graph.analysis.presence import COMMISSION, IN_REGION, PRESENT
from emg_graph.answers import Value
from emg_graph.graph import Graph, open_graph
from emg_graph.records import CommissionMembership, Country, CountryExpenditure, Seat
from emg_graph.tables import Tables
from emg_graph.views.package.parts import Near

Row = dict[str, Value]


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


def of(graph: Graph, country: str, ground: str) -> list[Row]:
    rows = graph.query("support-in-country", country=country).records()
    return [row for row in rows if row["ground"] == ground]


def regions(tables: Tables) -> dict[str, str | None]:
    return {row.id: row.region for row in tables.things() if isinstance(row, Country)}


def test_the_commissions_have_as_many_members_as_the_budget_says(tables: Tables) -> None:
    """A/80/6 gives 54 for ECA (Sect. 18, para. 18.183) and 56 for ECE (Sect. 20)."""
    members = Counter(
        row.entity for row in tables.claims() if isinstance(row, CommissionMembership)
    )
    assert members == {"eca": 54, "eclac": 46, "escap": 53, "escwa": 21, "unece": 56}


def test_every_country_but_one_that_the_standard_lacks_is_in_a_region(tables: Tables) -> None:
    assert [id_ for id_, region in regions(tables).items() if not region] == ["xkx"]


def test_members_of_the_commission_for_africa_are_in_its_regions(tables: Tables) -> None:
    known = regions(tables)
    found = {
        known[row.country]
        for row in tables.claims()
        if isinstance(row, CommissionMembership) and row.entity == "eca"
    }
    assert found == {
        f"{part}-africa" for part in "eastern middle northern southern western".split()
    }


@pytest.mark.parametrize("country", ["jor", "kwt", "bra", "xkx"])
def test_expenses_in_the_region_are_those_in_its_other_countries(
    country: str, graph: Graph, tables: Tables
) -> None:
    known = regions(tables)
    expected = {
        (row.entity, row.country, float(row.amount_usd))
        for row in tables.claims()
        if isinstance(row, CountryExpenditure)
        and row.country != country
        and known[country]
        and known[row.country] == known[country]
    }
    found = of(graph, country, "expenses in the region")
    assert {(r["entity"], r["place"], float(str(r["amount_usd"]))) for r in found} == expected
    assert bool(found) == (country != "xkx")


def test_each_seat_is_given_with_its_source(graph: Graph, tables: Tables) -> None:
    seats = [row for row in tables.claims() if isinstance(row, Seat)]
    found = of(graph, "jor", "headquarters")
    assert {(r["entity"], r["city"], r["source"]) for r in found} == {
        (row.entity, row.city, row.source) for row in seats
    }
    cities = defaultdict(set)
    for row in seats:
        cities[row.entity].add(row.city)
    assert cities["unep"] == {"Nairobi"}
    assert cities["irmct"] == {"Arusha", "The Hague"}


def test_who_spends_nothing_by_country_is_near_as_a_commission(graph: Graph) -> None:
    found = graph.collaborators("unfccc", country="JOR").country
    assert found
    there = found.presence["escwa"]
    assert (there.state, there.nearby, found.region) == (COMMISSION, (), "Western Asia")
    assert [seat.city for seat in there.seats] == ["Beirut"]


def test_a_doubted_sum_is_not_in_the_sum_of_a_region(graph: Graph) -> None:
    """What UNEP reports for Gibraltar may hold money for global work."""
    found = graph.collaborators("minamata", country="malta").country
    assert found
    assert found.region == "Southern Europe"
    assert "Gibraltar" not in {one.country for one in found.presence["unep"].nearby}
    rows = of(graph, "malta", "expenses in the region")
    assert ("unep", "low") in {(r["entity"], r["confidence"]) for r in rows if r["place"] == "gib"}


def test_the_nearest_place_decides(small: Graph) -> None:
    found = small.collaborators("minamata", country="jor").country
    assert found
    assert found.presence["who"].state == PRESENT
    assert [one.country for one in found.presence["who"].nearby] == ["Iraq"]
    assert found.presence["unicef"].state == IN_REGION
    assert found.presence["unicef"].regional_amount == 54022300


def test_the_islands_of_the_pacific_have_one_region(graph: Graph) -> None:
    found = graph.collaborators("cbd", country="TUV").country
    assert found
    assert found.region == "Oceania"
    assert "Fiji" in {one.country for one in found.presence["unicef"].nearby}


def test_a_country_without_a_region_has_nobody_near(graph: Graph) -> None:
    found = graph.collaborators("minamata", country="XKX").country
    assert found
    assert found.region is None
    assert not any(there.nearby for there in found.presence.values())


def near(graph: Graph, agreement: str, country: str) -> dict[str, Near]:
    package = graph.package(agreement, country)
    holders = (one for cover in package.covers for one in cover.holders)
    return {one.actor.id: one.near for one in holders if one.near}


def test_a_package_tells_the_region_from_elsewhere_with_its_rows(graph: Graph) -> None:
    package = graph.package("minamata", "pan")
    found = near(graph, "minamata", "pan")
    there = graph.collaborators("minamata", country="pan").country
    assert there
    for actor, one in found.items():
        presence = there.presence[actor]
        assert one.citation in (presence.regional_citation, presence.member)
        assert one.words in package.to_markdown()
    assert "Central America" in found["unido"].words


def test_a_doubted_sum_is_near_nobody_in_a_package_either(graph: Graph) -> None:
    there = graph.collaborators("barcelona-convention", country="malta").country
    assert there
    assert near(graph, "barcelona-convention", "malta")["unep"].words == (
        f"expenses in {len(there.presence['unep'].nearby)} other countries of Southern Europe"
    )


def test_a_member_from_another_part_of_the_world_is_not_in_the_region(graph: Graph) -> None:
    """France is a member of the commission for Latin America and the Caribbean."""
    found = near(graph, "escazu", "fra")["eclac"]
    assert (found.member, found.words) == (True, "the country is a member of it")
