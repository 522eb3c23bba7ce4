"""Every shipped query: its form, its order, its answers, and whether they are right."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import regenerate
from transcripts import SMALL

from emg_graph import namespaces as ns
from emg_graph.answers import Table
from emg_graph.catalogue import Query, queries, read_query
from emg_graph.errors import QueryError
from emg_graph.graph import Graph, open_graph
from emg_graph.records import Agreement, Attendance, Figure, Mechanism, Position, Role, Search
from emg_graph.resources import folder
from emg_graph.tables import Tables, read_tables
from emg_graph.views.rows import to_csv

FILES = sorted(folder("queries").rglob("*.rq"))
QUERIES = queries()
DEAR = {"sources-of-thing"}
"""Of everything at once it takes half a minute, and it is never asked so: its thing is required."""
RUNNING_THE_TREATY = {
    "administers", "depositary", "hosts-secretariat", "secretariat", "treaty-institution",
}  # fmt: skip


def relative(file: Path) -> str:
    return file.relative_to(folder("queries")).as_posix()


def name_of(query: Query) -> str:
    return query.name


def header_keys(text: str) -> list[str]:
    return [line[3:].partition(":")[0] for line in text.splitlines() if line.startswith("#+ ")]


def body(text: str) -> str:
    """Return the query without its header."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+ "))


def bare(text: str) -> str:
    """Return the body with IRIs, quoted texts and comments made empty, lines kept."""
    return re.sub(
        r'"(?:[^"\\\n]|\\.)*"|<[^<>\s]*>|(?<![\w<])#.*$', '""', body(text), flags=re.MULTILINE
    )


def in_braces(text: str) -> str:
    """Return what stands from the first SELECT on."""
    return text[text.index("SELECT") :]


def selected(text: str) -> tuple[str, ...]:
    """Return the variables of the outermost SELECT, in order."""
    clause = re.search(r"^SELECT (?:DISTINCT )?(.*)$", body(text), flags=re.MULTILINE)
    assert clause
    found = re.findall(r"\((?:[^()]|\([^()]*\))* AS \?(\w+)\)|\?(\w+)", clause[1])
    return tuple(computed or plain for computed, plain in found)


def order_keys(text: str) -> list[str]:
    """Return the variables of the outermost ORDER BY, in order."""
    last = text.rstrip("\n").splitlines()[-1]
    assert last.startswith("ORDER BY "), "the file ends with the order of its rows"
    words = last.removeprefix("ORDER BY ").split()
    assert all(re.fullmatch(r"\?\w+|DESC\(\?\w+\)", word) for word in words), last
    return re.findall(r"\?(\w+)", last)


@pytest.fixture(scope="session")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture(scope="session")
def small_tables() -> Tables:
    return read_tables(SMALL)


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_the_header_is_complete_and_in_order(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    keys = "".join(f"{key} " for key in header_keys(text))
    form = r"title (question )?(description )+(param )*columns "
    assert re.fullmatch(form, keys)
    query = read_query(file, file.parent.name)
    assert not query.title.endswith(".")
    assert query.description.endswith(".")
    assert (query.question is not None) == (query.group == "cq")
    if query.question:
        assert file.name.startswith(f"{query.question}-")


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_the_columns_named_are_those_selected(file: Path) -> None:
    query = read_query(file, file.parent.name)
    assert query.columns == selected(query.text)
    assert all(re.fullmatch(r"[a-z][a-z_]*", column) for column in query.columns)


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_prefixes_are_written_out_used_and_in_order(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <([^>]+)>$", text, flags=re.MULTILINE))
    used = set(re.findall(r"(?<![\w?-])([a-z][\w-]*):(?=\w)", in_braces(bare(text))))
    assert list(declared) == sorted(used)
    known = {name: iri for name, iri in ns.PREFIXES.items() if name in declared}
    assert all(declared[name] == iri for name, iri in known.items())


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_lines_are_indented_by_two_spaces_a_level(file: Path) -> None:
    depth = 0
    for line in bare(file.read_text(encoding="utf-8")).splitlines():
        words = line.strip()
        closers = len(words) - len(words.lstrip("})"))
        if words:
            assert line == " " * (2 * (depth - closers)) + words, line
        depth += sum(words.count(mark) for mark in "{(") - sum(words.count(m) for m in "})")
    assert depth == 0


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_there_is_one_triple_a_line_and_nothing_is_left_implicit(file: Path) -> None:
    text = in_braces(bare(file.read_text(encoding="utf-8")))
    assert "SELECT *" not in text
    assert "NOT EXISTS" not in text, "MINUS is many times faster"
    for line in text.splitlines():
        assert len(re.findall(r" \.(?= |$)", line)) <= 1, line
        assert not re.search(r" [;,]( |$)", line), line


@pytest.mark.parametrize("file", FILES, ids=relative)
def test_no_path_has_an_optional_step(file: Path) -> None:
    assert not re.search(r"(:\w+|\))\?[\s/|)]", in_braces(bare(file.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_each_parameter_has_its_place_and_each_place_its_parameter(query: Query) -> None:
    marks = re.findall(r"^ +# values \?(\w+)$", query.text, flags=re.MULTILINE)
    assert {mark.removesuffix("Iri") for mark in marks} == {param.name for param in query.params}


def assert_no_two_different_rows_tie(query: Query, answer: Table) -> None:
    """Rows that the order does not tell apart are equal, so that the engine cannot choose."""
    places = [query.columns.index(key) for key in order_keys(query.text)]
    known: dict[tuple[object, ...], tuple[object, ...]] = {}
    for row in answer.rows:
        assert known.setdefault(tuple(row[i] for i in places), row) == row


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_it_runs_as_it_stands_in_total_order_and_for_its_examples(
    query: Query, graph: Graph, small: Graph
) -> None:
    unbound = (small if query.name in DEAR else graph).store.select(query.text)
    assert unbound.columns == query.columns
    assert bool(unbound.rows) == (query.group != "check")
    assert_no_two_different_rows_tie(query, unbound)
    if query.params:
        given = {param.name: param.example for param in query.params}
        bound = graph.query(query.name, **given)
        assert bound.rows, "the example is one with an answer"
        assert_no_two_different_rows_tie(query, bound)
        assert query.name in DEAR or len(bound) <= len(unbound)


@pytest.mark.parametrize("query", QUERIES, ids=name_of)
def test_the_order_of_its_rows_in_the_small_folder_is_total(query: Query, small: Graph) -> None:
    assert set(order_keys(query.text)) <= set(query.columns)
    assert_no_two_different_rows_tie(query, small.store.select(query.text))


@pytest.mark.parametrize("query", regenerate.golden_queries(), ids=name_of)
def test_no_row_comes_twice(query: Query, graph: Graph) -> None:
    rows = graph.query(query.name, **regenerate.values(query)).rows
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("query", [q for q in QUERIES if q.group == "cq"], ids=name_of)
def test_a_competency_question_carries_its_sources(query: Query) -> None:
    if "source" in query.columns:
        assert "locator" in query.columns
    else:
        assert "no single source" in query.description


@pytest.mark.parametrize("query", regenerate.golden_queries(), ids=name_of)
def test_the_answer_is_the_golden_one(query: Query, graph: Graph) -> None:
    golden = regenerate.GOLDEN / f"{query.name}.csv"
    assert regenerate.answer(graph, query) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("query", regenerate.golden_queries(small=True), ids=name_of)
def test_the_small_answer_is_the_golden_one(query: Query, small: Graph) -> None:
    golden = regenerate.GOLDEN_SMALL / f"{query.name}.csv"
    assert regenerate.answer(small, query, small=True) == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_answer_without_a_query() -> None:
    for place, small in ((regenerate.GOLDEN, False), (regenerate.GOLDEN_SMALL, True)):
        expected = {f"{query.name}.csv" for query in regenerate.golden_queries(small)}
        assert {file.name for file in place.glob("*.csv")} == expected


def test_answers_are_the_same_under_any_hash_seed() -> None:
    script = (
        "import json, regenerate as r\n"
        "graph = r.open_graph('memory:', r.SMALL)\n"
        "found = {q.name: r.answer(graph, q, True) for q in r.golden_queries(True)}\n"
        "print(json.dumps(found))\n"
    )
    for seed in ("1", "271828"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(regenerate.TESTS)}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", script],
            env=env, capture_output=True, text=True, check=True, encoding="utf-8",
        )  # fmt: skip
        for name, text in json.loads(done.stdout).items():
            golden = (regenerate.GOLDEN_SMALL / f"{name}.csv").read_text(encoding="utf-8")
            assert text == golden, name


# Whether the answers are right: against the tables, counted without the graph.


def rows_of(table: Table, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in table.records()]


def roles(tables: Tables) -> Iterator[Role]:
    return (row for row in tables.claims() if isinstance(row, Role))


def supports(role: Role) -> bool:
    return role.basis == "stated" and role.standing == "current"


def narrower(tables: Tables, theme: str) -> set[str]:
    broader = {row.id: getattr(row, "broader_concept", None) for row in tables.rows["concepts"]}  # type: ignore[attr-defined]
    found = {theme}
    while more := {one for one, other in broader.items() if other in found} - found:
        found |= more
    return found


def sought(tables: Tables, subject: str) -> list[Search]:
    """Return the searches for entities for a thing, those put off included."""
    return [
        row
        for row in tables.rows[Search.TABLE]
        if isinstance(row, Search)
        and row.subject == subject
        and row.looked_for.startswith("entities ")
    ]


def performed(tables: Tables, subject: str) -> list[Search]:
    """Return the searches for entities that were carried out for a thing."""
    done = ("none-found", "partly-found", "found")
    return [row for row in sought(tables, subject) if row.outcome in done]


def test_every_role_is_in_the_answer_on_its_agreement(graph: Graph, tables: Tables) -> None:
    answer = graph.store.select(next(q for q in QUERIES if q.question == "CQ01").text)
    found = rows_of(answer, "agreement", "entity", "role", "functions", "basis", "source")
    expected = [
        (r.agreement, r.entity, r.role, "|".join(sorted(r.functions)), r.basis, r.source)
        for r in roles(tables)
    ]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_positions_are_narrowed_by_theme_and_by_agreement(graph: Graph, tables: Tables) -> None:
    positions = [row for row in tables.claims() if isinstance(row, Position)]
    speakers = sorted({position.entity for position in positions})
    wanted = narrower(tables, "pollution")
    found = graph.query("CQ02", entity=speakers, theme="pollution")
    assert {row["position"] for row in found.records()} == {
        position.id for position in positions if wanted & set(position.themes)
    }
    found = graph.query("CQ02", entity=speakers, agreement="basel")
    assert {row["position"] for row in found.records()} == {
        position.id
        for position in positions
        if "basel" in (*position.agreements, *position.inferred_agreements)
    }
    everything = graph.query("CQ02", entity=speakers)
    assert len(everything) == len(positions)
    assert {(row["position"], row["acts"]) for row in everything.records()} == {
        (position.id, "|".join(sorted(position.acts))) for position in positions
    }


def test_thin_support_counts_supporters_and_searches(graph: Graph, tables: Tables) -> None:
    helpers: dict[str, set[str]] = defaultdict(set)
    for role in roles(tables):
        if supports(role) and role.role not in RUNNING_THE_TREATY:
            helpers[role.agreement].add(role.entity)
    agreements = [row for row in tables.things() if isinstance(row, Agreement)]
    expected = {
        agreement.id: (
            len(helpers[agreement.id]),
            len({s for row in performed(tables, agreement.id) for s in row.sources_searched}),
        )
        for agreement in agreements
        if len(helpers[agreement.id]) <= 1
    }
    rows = [row for row in graph.query("CQ18").records() if row["kind"] == "agreement"]
    found = {row["id"]: (row["supporters"], searched(str(row["status"]))) for row in rows}
    assert found == expected


def searched(status: str) -> int:
    """Return the number of sources that a status names; none means not searched."""
    number = re.search(r"in (\d+) sources?$", status)
    assert bool(number) != status.endswith("not searched")
    return int(number[1]) if number else 0


def test_thin_support_of_a_theme_counts_its_agreements_mechanisms_and_offers(
    graph: Graph, tables: Tables
) -> None:
    themes = [row.id for row in tables.things() if getattr(row, "scheme", "") == "theme"]
    rows = {row["id"]: row for row in graph.query("CQ18").records() if row["kind"] == "theme"}
    about = {row.id: set(row.themes) for row in tables.things() if isinstance(row, Agreement)}
    for theme in themes:
        wanted = narrower(tables, theme)
        actors = {
            role.entity
            for role in roles(tables)
            if supports(role)
            and role.role not in RUNNING_THE_TREATY
            and wanted & about[role.agreement]
        }
        actors |= {
            row.id
            for row in tables.things()
            if isinstance(row, Mechanism) and row.standing == "current" and wanted & set(row.themes)
        }
        actors |= {
            row.entity
            for row in tables.claims()
            if isinstance(row, Position)
            and {"offered", "supported"} & set(row.acts)
            and wanted & set(row.themes)
        }
        assert (theme in rows) == (len(actors) <= 1), theme
        if theme in rows:
            assert rows[theme]["supporters"] == len(actors)
            assert rows[theme]["supporter"] == next(iter(actors), None)


def test_a_missing_function_says_whether_it_was_searched_for(graph: Graph, tables: Tables) -> None:
    answer = graph.store.select(next(q for q in QUERIES if q.question == "CQ19").text)
    best: dict[tuple[str, str], set[str]] = defaultdict(set)
    other: dict[tuple[str, str], set[str]] = defaultdict(set)
    for role in roles(tables):
        for function in role.functions:
            (best if supports(role) else other)[role.agreement, function].add(role.entity)
    for row in answer.records():
        key = (str(row["agreement"]), str(row["function"]))
        assert (row["documented_entities"] or "") == "|".join(sorted(best[key]))
        assert (row["weaker_entities"] or "") == "|".join(sorted(other[key] - best[key]))
        if row["documented"]:
            assert row["status"] == "documented"
        elif row["weaker"]:
            assert row["status"] == "weaker links only"
        else:
            places = {s for one in performed(tables, key[0]) for s in one.sources_searched}
            number = f"{len(places)} source{'s' if len(places) != 1 else ''}"
            nobody = all(one.outcome == "none-found" for one in sought(tables, key[0]))
            told = (
                f"none found in {number}"
                if nobody
                else f"not searched by itself, in general in {number}"
            )
            assert row["status"] == (told if places else "not searched")


SIDES = {"ask": {"asked", "proposed"}, "offer": {"offered"}}


def asks_and_offers(positions: list[Position]) -> Iterator[tuple[str, ...]]:
    """Yield side, position, acts, themes and other position of each row of CQ26."""
    for (side, acts), (_, others) in zip(SIDES.items(), reversed(SIDES.items()), strict=True):
        opposite = [position for position in positions if others & set(position.acts)]
        for position in (one for one in positions if acts & set(one.acts)):
            said = "|".join(sorted(acts & set(position.acts)))
            alone = set(position.themes)
            for other in opposite:
                shared = set(position.themes) & set(other.themes)
                if shared and other.entity != position.entity:
                    alone -= shared
                    yield side, position.id, said, "|".join(sorted(shared)), other.id
            if alone:
                yield side, position.id, said, "|".join(sorted(alone)), ""


def test_asks_and_offers_are_matched_from_both_sides(graph: Graph, tables: Tables) -> None:
    positions = {row.id: row for row in tables.claims() if isinstance(row, Position)}
    rows = graph.query("CQ26").records()
    names = ("side", "position", "acts", "themes", "other_position")
    found = [tuple(str(row[name] or "") for name in names) for row in rows]
    assert sorted(found) == sorted(asks_and_offers([*positions.values()]))
    matches = {(r["side"], r["position"], r["other_position"]) for r in rows if r["other_position"]}
    opposite = {"ask": "offer", "offer": "ask"}
    assert matches == {(opposite[str(side)], other, one) for side, one, other in matches}
    for row in rows:
        one, other = positions[str(row["position"])], positions.get(str(row["other_position"]))
        assert (row["entity"], row["source"], row["locator"]) == (
            one.entity,
            one.source,
            one.locator,
        )
        if other:
            assert row["status"] == "shares a theme"
            assert (row["other_entity"], row["other_source"], row["other_locator"]) == (
                other.entity, other.source, other.locator,
            )  # fmt: skip
        else:
            assert row["status"] == f"no {opposite[str(row['side'])]} on record"


def test_a_theme_narrows_the_asks_and_offers(graph: Graph) -> None:
    rows = graph.query("CQ26", theme="environmental-governance").records()
    assert rows
    assert {row["themes"] for row in rows} == {"environmental-governance"}


def test_a_position_stands_once_in_a_profile_with_all_its_acts(
    graph: Graph, tables: Tables
) -> None:
    positions = [row for row in tables.claims() if isinstance(row, Position)]
    assert any(len(position.acts) > 1 for position in positions)
    for entity in {position.entity for position in positions}:
        rows = graph.query("positions", thing=entity).records()
        own = [row for row in rows if row["entity"] == entity]
        assert [(row["position"], row["acts"]) for row in own] == sorted(
            (position.id, "|".join(sorted(position.acts)))
            for position in positions
            if position.entity == entity
        )
        assert len({row["position"] for row in rows}) == len(rows)


def test_a_fact_that_is_a_thing_has_its_name_and_its_id(small: Graph) -> None:
    facts = {row["property"]: row for row in small.query("facts", thing="minamata").records()}
    assert facts["secretariat"]["id"] == "minamata-secretariat"
    assert facts["secretariat"]["value"] == "Secretariat of the Minamata Convention on Mercury"
    assert (facts["has theme"]["value"], facts["has theme"]["id"]) == (
        "Chemicals; Mercury", "chemicals|mercury",
    )  # fmt: skip
    assert (facts["in force on"]["value"], facts["in force on"]["id"]) == ("2017-08-16", None)


def test_the_evidence_counts_the_sources_of_searches_for_entities(
    graph: Graph, small: Graph, tables: Tables
) -> None:
    subjects = {row.subject for row in tables.claims() if isinstance(row, Search)}
    expected = {
        subject: len(
            {source for one in performed(tables, subject) for source in one.sources_searched}
        )
        for subject in subjects
        if performed(tables, subject)
    }
    found = graph.query("evidence-searches").rows
    assert found == tuple(sorted(expected.items()))
    assert small.query("evidence-searches").rows == (("basel-ban", 1),), "two were not looked up"


def test_the_evidence_names_those_who_administer_an_agreement(graph: Graph, tables: Tables) -> None:
    found: dict[object, set[object]] = defaultdict(set)
    for row in graph.query("evidence-agreements").records():
        found[row["agreement"]] |= {row["administering"]} - {None}
    assert found == {
        row.id: set(row.administering_entities)
        for row in tables.things()
        if isinstance(row, Agreement)
    }


def test_disagreements_are_those_of_the_figures(graph: Graph, tables: Tables) -> None:
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in tables.claims():
        if isinstance(row, Figure):
            groups[row.subject, row.quantity].append(row)
    expected = {}
    for key, figures in groups.items():
        pairs = [(a, b) for a in figures for b in figures if a.value != b.value]
        told_apart = all(a.as_of_on and b.as_of_on and a.as_of_on != b.as_of_on for a, b in pairs)
        if pairs:
            expected[key] = "values of different dates" if told_apart else "sources differ"
    findings = ("sources differ", "values of different dates")
    rows = [row for row in graph.query("CQ35").records() if row["finding"] in findings]
    assert {(r["subject"], r["quantity"]): r["finding"] for r in rows} == expected
    assert len(rows) == sum(len(groups[key]) for key in expected)


def test_what_was_never_looked_for_is_said(graph: Graph, tables: Tables) -> None:
    open_ = {
        (row.subject, row.looked_for)
        for row in tables.claims()
        if isinstance(row, Search) and row.outcome == "not-looked-up"
    }
    rows = [row for row in graph.query("CQ35").records() if row["finding"] == "not searched"]
    assert open_ <= {(row["subject"], row["value"]) for row in rows}
    agreements = {row.id for row in tables.things() if isinstance(row, Agreement)}
    gaps = graph.query("unsearched-agreements").records()
    assert {(r["agreement"], r["looked_for"]) for r in gaps if r["source"]} == {
        (subject, text) for subject, text in open_ if subject in agreements
    }


def test_who_attended_and_is_not_on_record(graph: Graph, tables: Tables) -> None:
    claims = list(tables.claims())
    spoke = {(row.meeting, row.entity) for row in claims if isinstance(row, Position)}
    sat = {(row.body, row.entity) for row in claims if isinstance(row, Attendance)}
    found = rows_of(graph.query("attended-without-position"), "meeting", "entity")
    assert found == sorted(sat - spoke)


def test_shared_agreements_are_counted_with_the_totals(graph: Graph, tables: Tables) -> None:
    """A stated, current role counts once for each agreement; the deposit of it does not."""
    serves: dict[str, set[str]] = defaultdict(set)
    for role in roles(tables):
        if supports(role) and role.role != "depositary":
            serves[role.entity].add(role.agreement)
    expected = {
        (one, other, len(both), len(serves[one]), len(serves[other]), "|".join(sorted(both)))
        for one in serves
        for other in serves
        if one != other and (both := serves[one] & serves[other])
    }
    answer = graph.query("shared-agreements", entity=sorted(serves))
    assert set(answer.rows) == expected
    assert len(answer) == len(expected)
    deposits = {role.entity for role in roles(tables) if role.role == "depositary"} - set(serves)
    assert deposits, "there is one who does nothing else"
    assert not graph.query("shared-agreements", entity=sorted(deposits)).rows


def test_shared_agreements_are_those_of_an_entity(graph: Graph) -> None:
    with pytest.raises(QueryError, match="shared-agreements needs a value for entity"):
        graph.query("shared-agreements")
    assert {row[0] for row in graph.query("shared-agreements", entity="who").rows} == {"who"}


@pytest.mark.parametrize("thing", ["minamata", "rotterdam", "green-customs", "mercury"])
def test_the_sources_of_a_thing_cover_what_is_inferred(thing: str, graph: Graph) -> None:
    rows = graph.query("CQ33", thing=thing).records()
    assert all((row["basis"] == "stated") == (row["method"] is None) for row in rows)
    assert all((row["relation"] == "principal") == (row["locator"] is not None) for row in rows)
    assert any(row["basis"] == "inferred" for row in rows)


# By hand, on the small folder; golden_small/README.md gives the reasons in full.


def test_by_hand_who_serves_minamata(small: Graph) -> None:
    """Ten rows of roles.csv name it: WHO and UNEP more than once."""
    found = rows_of(small.query("CQ01", agreement="minamata"), "entity", "role", "basis")
    assert found == [
        ("gef", "financial-mechanism", "stated"),
        ("global-mercury-partnership", "capacity-partner", "stated"),
        ("green-customs", "enforcement-partner", "stated"),
        ("minamata-secretariat", "secretariat", "stated"),
        ("unep", "administers", "stated"),
        ("unep", "capacity-partner", "stated"),
        ("unep", "indicator-custodian", "inferred"),
        ("who", "mandated-partner", "stated"),
        ("who", "mandated-partner", "stated"),
        ("world-bank", "trustee", "via-mechanism"),
    ]


def test_by_hand_which_functions_are_missing(small: Graph) -> None:
    """Nobody delivers; only UNEP, by inference, has data; and no search is on record."""
    rows = rows_of(small.query("CQ19", agreement="minamata"), "function", "status")
    assert rows[:2] == [("delivery", "not searched"), ("data", "weaker links only")]
    assert {status for _, status in rows[2:]} == {"documented"}
    # The Ban Amendment has an inferred secretariat (convening, norms); one source was searched.
    rows = rows_of(small.query("CQ19", agreement="basel-ban"), "function", "status")
    assert {str(function): status for function, status in rows} == {
        **dict.fromkeys(
            ["capacity", "data", "delivery", "enforcement", "finance", "knowledge", "policy"],
            "not searched by itself, in general in 1 source",
        ),
        "convening": "weaker links only",
        "norms": "weaker links only",
    }


def test_by_hand_thin_support(small: Graph) -> None:
    """Basel: its secretariat and UNEP run it, Green Customs supports it. The Ban: nobody."""
    rows = rows_of(small.query("CQ18"), "kind", "id", "supporters", "status")
    assert [row for row in rows if row[0] == "agreement"] == [
        ("agreement", "basel-ban", 0, "none found in 1 source"),
        ("agreement", "basel", 1, "one on record, not searched"),
    ]


def test_by_hand_asks_and_offers(small: Graph) -> None:
    """The ITC proposes on governance what the UNU offers; nothing else meets."""
    names = ("side", "position", "acts", "themes", "other_position")
    itc, unicef, unu = "som31-s09-itc", "som31-s10-unicef", "som31-s23-unu"
    governance = "environmental-governance"
    others = "environmental-finance|green-economy|trade"
    offered = "environmental-finance|environmental-governance|green-economy|trade"
    assert rows_of(small.query("CQ26"), *names) == [
        ("ask", itc, "proposed", others, None),
        ("ask", unicef, "proposed", "coordination", None),
        ("ask", itc, "proposed", governance, unu),
        ("offer", itc, "offered", offered, None),
        ("offer", unu, "offered", "education-and-awareness", None),
        ("offer", unu, "offered", governance, itc),
    ]


def test_by_hand_shared_agreements(small: Graph) -> None:
    """UNEP is in Basel and Minamata; the World Bank's role there is through the GEF."""
    names = ("other_entity", "shared", "entity_total", "other_total", "agreements")
    assert rows_of(small.query("shared-agreements", entity="unep"), *names) == [
        ("green-customs", 2, 2, 2, "basel|minamata"),
        ("brs-secretariat", 1, 2, 1, "basel"),
        ("gef", 1, 2, 1, "minamata"),
        ("global-mercury-partnership", 1, 2, 1, "minamata"),
        ("minamata-secretariat", 1, 2, 1, "minamata"),
        ("who", 1, 2, 1, "minamata"),
    ]
    assert not small.query("shared-agreements", entity="world-bank").rows


def test_by_hand_workstreams(small: Graph) -> None:
    """Mercury is under chemicals and that under pollution, which both workstreams have."""
    names = ("workstream", "shared_themes", "status", "modality")
    assert rows_of(small.query("CQ04", agreement="minamata"), *names) == [
        ("img-pollution", "pollution", "continued", "agreed"),
        ("img-pollution", "pollution", "continued", "endorsed"),
        ("mea-synergies", "chemicals|pollution", "invited-to-consider", "invited"),
        ("mea-synergies", "chemicals|pollution", "new", "endorsed"),
    ]


def test_by_hand_disagreements(small: Graph) -> None:
    """An undated 191 beside 187 of 2019, and two counts of one meeting; one 153 is no dispute."""
    rows = rows_of(small.query("CQ35"), "finding", "subject", "value")
    assert [row for row in rows if row[0] == "sources differ"] == [
        ("sources differ", "basel", "191"),
        ("sources differ", "basel", "187"),
        ("sources differ", "som31-senior", "45 members and 3 observers"),
        ("sources differ", "som31-senior", "48"),
    ]
    assert ("not searched", "minamata", "entities with a role for the agreement") in rows
    assert next(row[0] for row in rows if row[1] == "som31-senior") == "could not be read"


def test_by_hand_reusable_products(small: Graph) -> None:
    """One report, by two links; three mechanisms with a current role."""
    names = ("id", "link", "basis")
    assert rows_of(small.query("CQ09", agreement="minamata"), *names) == [
        ("gef", "mechanism: Financial mechanism", "stated"),
        ("global-mercury-partnership", "mechanism: Capacity partner", "stated"),
        ("green-customs", "mechanism: Enforcement partner", "stated"),
        ("unicef-minamata-mercury-report", "concerns the agreement", "inferred"),
        ("unicef-minamata-mercury-report", "shares the theme mercury", "inferred"),
    ]


def test_several_values_are_told_apart_in_the_rows(small: Graph) -> None:
    both = small.query("CQ01", agreement=["minamata", "basel"])
    assert to_csv(both).count("\nbasel,") == 3
    assert to_csv(both).count("\nminamata,") == 10
