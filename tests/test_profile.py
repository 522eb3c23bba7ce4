"""Profiles of things: the groups of ``show``, how they are found, and how much is printed."""

from __future__ import annotations

import pytest
from conftest import Run

from emg_graph.answers import Profile, Table
from emg_graph.errors import UnknownNameError
from emg_graph.graph import Graph
from emg_graph.views import sheet


def group(graph: Graph, thing: str, title: str) -> list[dict[str, object]]:
    return [dict(row) for row in dict(graph.show(thing).groups)[title].records()]


@pytest.mark.parametrize(
    ("thing", "titles"),
    [
        ("unep", {"Mandates by theme and year", "Working with others", "Money by year",
                  "Money by goal", "Money by country", "Projects of funds", "In country plans",
                  "UN80 actions", "On the system chart"}),
        ("cbd", {"Mandates that name it", "Projects of funds", "References between agreements"}),
        ("unfccc", {"Parties on record"}),
        ("jor", {"Party to", "Money by country", "Projects of funds"}),
        ("a-res-65-161", {"Cited by", "Named in its words"}),
        ("un80-action-35", {"UN80 actions"}),
        ("sdg-13", {"Money by goal"}),
        ("mercury", {"Mandates by theme and year"}),
    ],
)  # fmt: skip
def test_a_thing_has_the_groups_of_its_kind(thing: str, titles: set[str], graph: Graph) -> None:
    assert titles <= {title for title, _ in graph.show(thing).groups}


def test_money_by_year_adds_up_to_money_by_goal(graph: Graph) -> None:
    year = group(graph, "unep", "Money by year")[0]
    assert (year["year"], year["total_usd"]) == ("2024", 808063860)
    goals = [row for row in group(graph, "unep", "Money by goal") if row["year"] == "2024"]
    coded = sum(int(str(row["amount_usd"])) for row in goals)
    assert year["coded_usd"] == coded == 416780189
    assert year["countries_above_zero"] == 144


def test_shares_of_goals_are_of_the_total_and_of_what_is_coded(graph: Graph) -> None:
    rows = [row for row in group(graph, "unep", "Money by goal") if row["year"] == "2024"]
    for row in rows:
        amount = float(str(row["amount_usd"]))
        for column, whole in (("total", 808063860), ("coded", 416780189)):
            share = float(str(row[f"share_of_{column}_percent"]))
            assert share == pytest.approx(100 * amount / whole, abs=0.051)
    for past in str(rows[0]["earlier"]).split("|"):
        year, _, amount_text = past.partition(": ")
        assert amount_text == f"{int(amount_text.replace(',', '')):,}", year


def test_countries_above_zero_leave_out_corrections(graph: Graph) -> None:
    rows = group(graph, "unep", "Money by country")
    above = sum(float(str(row["amount_usd"])) > 0 for row in rows)
    assert (above, len(rows)) == (144, 145)


def test_a_figure_to_be_checked_says_so(graph: Graph) -> None:
    rows = group(graph, "unep", "Money by country")
    amounts = {str(row["country"]): float(str(row["amount_usd"])) for row in rows}
    (row,) = [row for row in rows if row["note"]]
    assert (row["country"], row["confidence"]) == ("gib", "low")
    assert f" {100 * amounts['gib'] / sum(amounts.values()):.0f}% of what" in str(row["note"])


def test_what_is_not_coded_is_not_reported_and_never_zero(graph: Graph) -> None:
    for thing in ("unep", "imo", "who"):
        for row in group(graph, thing, "Money by year"):
            assert (row["goal_status"] == "coded on goals") == (row["coded_usd"] is not None)
            told = row["coded_usd"] is not None or row["no_goal_usd"] is not None
            assert (row["goal_status"] == "not reported") == (not told)
            unreported = row["country_status"] == "not reported"
            assert unreported == (row["countries_above_zero"] is None)
    (of_2024,) = (row for row in group(graph, "iaea", "Money by year") if row["year"] == "2024")
    assert (of_2024["goal_status"], of_2024["coded_usd"]) == ("coded to no goal alone", None)
    assert {row["country_status"] for row in group(graph, "imo", "Money by year")} == {
        "not reported"
    }


def test_parties_stand_beside_the_counts_of_others(graph: Graph) -> None:
    (row,) = group(graph, "unfccc", "Parties on record")
    assert (row["countries"], row["coverage"]) == (197, "found")
    assert row["figures"] == "198 (undated, untc-xxvii-7)"
    rows = group(graph, "minamata", "Parties on record")
    assert {row["coverage"] for row in rows} == {"partly-found"}


def test_an_omnibus_mandate_is_counted_apart_by_theme(graph: Graph) -> None:
    rows = group(graph, "unep", "Mandates by theme and year")
    assert {row["basis"] for row in rows} == {"computed", "stated"}
    for row in rows:
        years = [part.rsplit(": ", 1)[1] for part in str(row["years"]).split("|")]
        assert sum(map(int, years)) == row["mandates"]
    assert [row["theme"] for row in rows if row["basis"] == "stated"] == ["no theme named"]


@pytest.mark.parametrize(
    ("name", "identifier", "kind", "called"),
    [
        ("a-res-70-1", "a-res-70-1", "mandate", "Transforming our world"),
        ("A/RES/70/1", "a-res-70-1", "mandate", "Transforming our world"),
        ("jor", "jor", "country", "Jordan"),
        ("JOR", "jor", "country", "Jordan"),
        ("gef-10086", "gef-10086", "project", "Reducing global environmental risks"),
        ("sdg-13", "sdg-13", "target", "Climate action"),
        ("cbd", "cbd", "agreement", "Convention on Biological Diversity"),
    ],
)
def test_a_thing_is_found_by_id_and_symbol(
    name: str, identifier: str, kind: str, called: str, graph: Graph
) -> None:
    entry = graph.directory.entry(name)
    assert (entry.identifier, entry.kind) == (identifier, kind)
    assert entry.name.startswith(called)
    assert graph.directory.iris[identifier] == entry.iri


@pytest.mark.parametrize(
    ("code", "country"), [("CAF", "central-african-republic"), ("AZE", "azerbaijan")]
)
def test_a_country_is_found_by_its_code(code: str, country: str, graph: Graph) -> None:
    assert graph.directory.id(code, "country") == country
    assert graph.resolve(code, ("country",)).endswith(f"/country/{country}")


@pytest.mark.parametrize("name", ['a"b', "no-such-thing", "som31-s10"])
def test_what_is_no_id_has_no_entry(name: str, graph: Graph) -> None:
    with pytest.raises(UnknownNameError):
        graph.directory.entry(name)


def test_things_come_before_the_documents_about_them(graph: Graph) -> None:
    kinds = [label.kind for label in graph.find("mercury")]
    documents = [kind in ("mandate", "source") for kind in kinds]
    assert documents == sorted(documents)
    assert "project" not in kinds


LONG = Profile(
    "x", "entity", "X", (("Money", Table(("entity", "n"), (("x", 1), ("x", 2), ("x", 3)))),)
)


def test_a_long_group_is_cut_and_says_so() -> None:
    assert sheet.to_text(LONG, limit=2) == (
        "X\nentity x\n\nMONEY\nN\n1\n2\n… and 1 more; --limit 0 shows all 3\n"
    )
    assert "more" not in sheet.to_text(LONG, limit=3)
    assert "more" not in sheet.to_text(LONG)


def test_a_group_of_one_row_keeps_every_column() -> None:
    one = Profile("x", "entity", "X", (("Money", Table(("entity", "n"), (("x", 1),))),))
    assert "ENTITY" in sheet.to_text(one)


def test_show_cuts_tables_and_nothing_else(run: Run) -> None:
    short, whole = (run("show", "unep", *limit).stdout for limit in ((), ("--limit", "0")))
    assert "… and 133 more; --limit 0 shows all 145" in short
    assert len(short) < len(whole) / 2
    assert run("show", "unep", "--format", "json").stdout.count('"amount_usd"') >= 145
