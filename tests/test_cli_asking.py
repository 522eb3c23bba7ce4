"""The commands that ask: query, sparql, show, find, collaborators."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Process, Run

from emg_graph.analysis.reasons import BANDS
from emg_graph.answers import Table
from emg_graph.catalogue import queries
from emg_graph.errors import EmgGraphError, OutputError, QueryError, UnknownNameError
from emg_graph.graph import Graph
from emg_graph.views import rows

FORMS = ("table", "csv", "tsv", "json", "jsonl", "md")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
PAIRS = (
    "PREFIX emg: <https://w3id.org/emg-graph/ontology#>\n"
    "SELECT ?s ?o WHERE { ?s emg:memberOf ?o . } ORDER BY ?s ?o LIMIT 3"
)


def answer(run: Run, *args: str | Path, stdin: str | None = None) -> str:
    result = run(*args, stdin=stdin)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(run: Run, *args: str | Path) -> EmgGraphError:
    result = run(*args)
    assert result.stdout == ""
    assert isinstance(result.exception, EmgGraphError), result.output
    return result.exception


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# query


def test_the_list_names_every_query_with_its_parameters(run: Run) -> None:
    listed = {row["name"]: row for row in records(answer(run, "query", "list", "--format", "csv"))}
    assert set(listed) == {query.name for query in queries()}
    row = listed["positions-of-entity"]
    assert row["parameters"] == "entity, [theme], [agreement]"
    assert (row["group"], row["question"]) == ("cq", "CQ02")
    numbers = {row["question"] for row in listed.values()} - {""}
    assert numbers >= {f"CQ{n:02}" for n in (1, 2, 4, 5, 9, 18, 19, 26, 33, 35)}


def test_the_list_begins_with_the_questions_that_people_ask(run: Run) -> None:
    listed = records(answer(run, "query", "list", "--format", "csv"))
    groups = list(dict.fromkeys(row["group"] for row in listed))
    assert groups[:4] == ["cq", "overlap", "gap", "profile"]
    assert {"analysis", "check"} <= set(groups[4:])
    assert len(groups) == len(set(groups)), "a group stands together"
    for group in groups:
        names = [row["name"] for row in listed if row["group"] == group]
        assert names == [query.name for query in queries() if query.group == group]


@pytest.mark.parametrize("form", FORMS)
def test_the_list_comes_in_every_form(form: str, run: Run) -> None:
    assert "shared-agreements" in answer(run, "query", "list", "--format", form)


@pytest.mark.parametrize("name", ["CQ19", "cq19", "missing-functions"])
def test_a_query_shows_its_text(name: str, run: Run) -> None:
    query = next(query for query in queries() if query.question == "CQ19")
    assert answer(run, "query", "show", name) == query.text


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_comes_in_every_form(form: str, run: Run, graph: Graph) -> None:
    text = answer(run, "query", "run", "CQ19", "-p", "agreement=minamata", "--format", form)
    assert text == rows.render(graph.query("CQ19", agreement="minamata"), form, 100)


def test_an_answer_comes_as_sparql_results(run: Run, graph: Graph) -> None:
    text = answer(run, "query", "run", "CQ19", "-p", "agreement=minamata", "--format", "srj")
    found = json.loads(text)
    table = graph.query("CQ19", agreement="minamata")
    assert tuple(found["head"]["vars"]) == table.columns
    assert [row["function"]["value"] for row in found["results"]["bindings"]] == [
        row["function"] for row in table.records()
    ]


@pytest.mark.parametrize(
    "name",
    ["minamata", "Minamata Convention", "MINAMATA CONVENTION ON MERCURY", "mercury convention"],
)
def test_a_parameter_takes_any_name_of_the_thing(name: str, run: Run) -> None:
    text = answer(run, "query", "run", "CQ01", "-p", f"agreement={name}", "--format", "csv")
    assert {row["agreement"] for row in records(text)} == {"minamata"}


def test_a_parameter_takes_several_values(run: Run) -> None:
    text = answer(run, "query", "run", "CQ01", "-p", "agreement=basel, minamata", "--format", "csv")
    assert {row["agreement"] for row in records(text)} == {"basel", "minamata"}


def test_several_parameters_narrow_together(run: Run) -> None:
    given = ("-p", "entity=unicef", "-p", "agreement=minamata", "--format", "csv")
    assert len(records(answer(run, "query", "run", "CQ02", *given))) == 1
    given = ("-p", "entity=itc", "-p", "agreement=minamata", "--format", "csv")
    assert records(answer(run, "query", "run", "CQ02", *given)) == []


def test_an_unknown_parameter_is_refused_with_the_known_ones(run: Run) -> None:
    error = refused(run, "query", "run", "CQ01", "-p", "agrement=minamata")
    assert isinstance(error, QueryError)
    assert "has no parameter agrement; did you mean agreement? it takes agreement" in str(error)


def test_a_missing_parameter_is_refused_with_an_example(run: Run) -> None:
    error = refused(run, "query", "run", "CQ01")
    assert "needs a value for agreement" in str(error)
    assert "-p agreement=minamata" in str(error)
    for empty in ("agreement=", "agreement= , "):
        assert "needs a value" in str(refused(run, "query", "run", "CQ01", "-p", empty))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("-p", "agreement"), "write a parameter as NAME=VALUE, not 'agreement'"),
        (
            ("-p", "agreement=cbd", "-p", "agreement=cms"),
            "the parameter agreement is given twice; write agreement=A,B",
        ),
    ],
)
def test_a_parameter_is_written_one_way(given: tuple[str, ...], words: str, run: Run) -> None:
    assert str(refused(run, "query", "run", "CQ01", *given)) == words


def test_a_name_of_another_kind_is_refused(run: Run) -> None:
    error = refused(run, "query", "run", "CQ01", "-p", "agreement=unicef")
    assert isinstance(error, UnknownNameError)
    assert str(error) == (
        "no agreement is called 'unicef'; it is the name of another kind of thing, entity: "
        "try emg-graph show"
    )


def test_a_misspelt_name_is_refused_with_the_likeliest(run: Run) -> None:
    error = refused(run, "query", "run", "CQ01", "-p", "agreement=minimata")
    assert "did you mean 'minamata'" in str(error)


def test_an_unknown_query_is_refused(run: Run) -> None:
    for command in ("show", "run"):
        assert "did you mean missing-functions" in str(
            refused(run, "query", command, "missing-function")
        )


# sparql


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "md"])
def test_sparql_answers_in_our_forms(form: str, run: Run, graph: Graph) -> None:
    table = graph.sparql(PAIRS)
    assert isinstance(table, Table)
    assert len(table) == 3
    assert answer(run, "sparql", PAIRS, "--format", form) == rows.render(table, form, 100)


@pytest.mark.parametrize("form", ["csv", "tsv", "srj"])
def test_sparql_answers_in_the_standard_forms(form: str, run: Run, graph: Graph) -> None:
    printed = run("sparql", PAIRS, "--format", form).stdout_bytes
    assert printed == graph.store.serialized(PAIRS, form)
    assert printed.count(b"https://w3id.org/emg-graph/entity/") >= 3


def test_a_query_comes_from_a_text_a_file_or_standard_input(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "my query.rq"
    file.write_text(COUNT, encoding="utf-8")
    asked = answer(run, "sparql", COUNT)
    assert asked.splitlines()[0] == "N"
    assert int(asked.splitlines()[1].replace(",", "")) > 10_000
    assert answer(run, "sparql", file) == asked
    assert answer(run, "sparql", "-", stdin=COUNT) == asked


@pytest.mark.parametrize("form", [*FORMS, "srj"])
def test_a_yes_or_no_comes_in_every_form(form: str, run: Run) -> None:
    for text, expected in (("ASK { ?s ?p ?o }", True), ("ASK { ?s <urn:none> ?o }", False)):
        printed = answer(run, "sparql", text, "--format", form)
        said: Any = json.loads(printed)["boolean"] if form == "srj" else printed.strip()
        assert said == (expected if form == "srj" else str(expected).lower())


def test_triples_come_as_a_table_or_as_turtle(run: Run) -> None:
    thing = "https://w3id.org/emg-graph/agreement/minamata"
    for text in (f"DESCRIBE <{thing}>", f"CONSTRUCT WHERE {{ <{thing}> ?p ?o }}"):
        table = json.loads(answer(run, "sparql", text, "--format", "json"))
        assert {row["subject"] for row in table} == {thing}
        assert set(table[0]) == {"subject", "predicate", "object"}
        turtle = answer(run, "sparql", text, "--format", "csv")
        assert turtle.startswith("@prefix ")
        assert f"<{thing}>" in turtle


def test_an_answer_without_values_is_still_an_answer(run: Run) -> None:
    assert answer(run, "sparql", "SELECT ?x WHERE { }") == "X\n\n"
    assert answer(run, "sparql", "SELECT ?x WHERE { ?x <urn:none> ?y }") == "(no rows)\n"


def test_the_default_graph_is_the_union_and_each_source_has_its_own(run: Run) -> None:
    text = (
        "PREFIX emg: <https://w3id.org/emg-graph/ontology#> ASK { GRAPH"
        " <https://w3id.org/emg-graph/source/som31-report> { ?claim a emg:Position . } }"
    )
    assert answer(run, "sparql", text) == "true\n"
    assert answer(run, "sparql", text.replace("som31-report", "minamata-cop2-inf2")) == "false\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?x WHERE { ?x }", "not valid SPARQL"),
        ("SELECT ?x WHERE { ?x unknown:p ?y }", "not valid SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "not valid SPARQL"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "not valid SPARQL"),
        ("missing.rq", "'missing.rq' is neither SPARQL nor a readable file"),
        ("", "neither SPARQL nor a readable file"),
    ],
)
def test_what_is_no_query_is_refused(text: str, words: str, run: Run) -> None:
    error = refused(run, "sparql", text)
    assert isinstance(error, QueryError)
    assert words in str(error)


def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_bytes(b"\xff\xfe\x00")
    assert "neither SPARQL nor a readable file" in str(refused(run, "sparql", file))


def test_the_known_prefixes_need_not_be_declared(run: Run) -> None:
    body = PAIRS.partition("\n")[2]
    assert body.startswith("SELECT")
    for form in (*FORMS, "srj"):
        bare = answer(run, "sparql", body, "--format", form)
        assert bare == answer(run, "sparql", PAIRS, "--format", form)


# show


@pytest.mark.parametrize(
    ("thing", "kind", "groups"),
    [
        ("unicef", "entity", {"Facts", "Positions on record", "Attendance", "Memberships"}),
        ("minamata", "agreement", {"Facts", "Roles", "Figures", "Searches on record"}),
        ("mea-synergies", "workstream", {"Facts", "Decisions", "Figures"}),
        ("Green Customs", "mechanism", {"Facts", "Roles", "Memberships"}),
        ("mercury", "theme", {"Facts", "Related things"}),
    ],
)
def test_everything_known_of_a_thing_is_shown_in_groups(
    thing: str, kind: str, groups: set[str], run: Run
) -> None:
    found = json.loads(answer(run, "show", thing, "--format", "json"))
    assert found["kind"] == kind
    assert groups <= set(found["groups"])
    assert all(found["groups"].values()), "a group without a row is left out"


def test_each_statement_shown_has_its_source(run: Run) -> None:
    for thing in (
        "unicef",
        "minamata",
        "mea-synergies",
        "green-customs",
        "unicef-who-air-pollution-report",
    ):
        groups = json.loads(answer(run, "show", thing, "--format", "json"))["groups"]
        for title, found in groups.items():
            if title not in ("Facts", "Related things"):
                assert all(row.get("source") or row.get("sources") for row in found), title
        assert groups["Where this description comes from"], "the facts have theirs here"


def test_a_profile_comes_as_text_and_as_markdown(run: Run) -> None:
    text = answer(run, "show", "unicef").splitlines()
    assert text[:4] == ["United Nations Children's Fund", "entity unicef", "", "FACTS"]
    assert "POSITIONS ON RECORD" in text
    page = answer(run, "show", "UNICEF", "--format", "md")
    assert page.startswith("# United Nations Children's Fund\n\nentity `unicef`\n\n## Facts\n")


def test_showing_what_nobody_knows_is_refused(run: Run) -> None:
    error = refused(run, "show", "minamatta")
    assert isinstance(error, UnknownNameError)
    assert "did you mean 'minamata'" in str(error)


# find


def test_a_thing_is_found_by_a_part_of_its_name_in_any_case_or_accent(run: Run) -> None:
    for text in ("ESCAZU", "escazú", " Escazú  "):
        first = records(answer(run, "find", text, "--format", "csv"))[0]
        assert (first["id"], first["kind"]) == ("escazu", "agreement")
    first = records(answer(run, "find", "mercurio", "--kind", "theme", "--format", "csv"))[0]
    assert (first["id"], first["found_as"]) == ("mercury", "mercurio")


def test_a_thing_is_found_by_words_of_its_name_in_any_order(run: Run) -> None:
    kind = ("--kind", "agreement", "--format", "csv")
    found = records(answer(run, "find", "Mercury MINAMATA", *kind))
    assert [row["id"] for row in found] == ["minamata"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_found_comes_in_every_form(form: str, run: Run) -> None:
    assert "minamata" in answer(run, "find", "mercury", "--format", form)


def test_kinds_narrow_what_is_found(run: Run) -> None:
    kinds = ("--kind", "agreement", "--kind", "theme", "--format", "csv")
    found = records(answer(run, "find", "mercury", *kinds))
    assert {row["kind"] for row in found} == {"agreement", "theme"}


def test_an_unknown_kind_is_refused_with_the_known_ones(run: Run) -> None:
    error = refused(run, "find", "mercury", "--kind", "agreements")
    assert str(error).startswith("there is no kind 'agreements'; use ")
    assert "agreement, " in str(error)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("minamatta", "nothing is called 'minamatta'; did you mean minamata"),
        ("qqqqqq", "nothing is called 'qqqqqq'\n"),
    ],
)
def test_finding_nothing_says_so_and_exits_with_one(text: str, said: str, run: Run) -> None:
    result = run("find", text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"emg-graph: {said}")


@pytest.mark.parametrize("text", ["", "  ", "…", "-.!"])
def test_looking_for_no_letter_and_no_digit_is_refused(text: str, run: Run) -> None:
    error = refused(run, "find", "--", text)
    assert isinstance(error, QueryError)
    assert str(error) == "give a part of a name to look for, such as mercury"


# collaborators


def collaborators(run: Run, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(run, "collaborators", *args, "--format", "json"))
    return found


def bands(found: dict[str, Any]) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {"on-it": [], "direct": [], "indirect": []}
    for candidate in found["candidates"]:
        made[candidate["band"]].append(candidate["id"])
    return made


def test_a_limit_never_cuts_in_silence(run: Run) -> None:
    sizes = {band: len(ids) for band, ids in bands(collaborators(run, "cbd")).items()}
    assert min(sizes.values()) > 2
    text = answer(run, "collaborators", "cbd", "--limit", "2")
    for total in sizes.values():
        said = f"… and {total - 2} more in this band; --limit 0 shows all {total}"
        assert said in " ".join(text.split())
    for form in ("csv", "tsv", "jsonl", "md"):
        result = run("collaborators", "cbd", "--limit", "2", "--format", form)
        for band, total in sizes.items():
            assert f"emg-graph: {band}: … and {total - 2} more" in result.stderr


def test_a_limit_keeps_so_many_of_each_band(run: Run) -> None:
    result = run("collaborators", "stockholm", "--limit", "2", "--format", "csv")
    shown = {(row["part"], row["id"]) for row in records(result.stdout)}
    for band in ("on-it", "direct", "indirect"):
        assert len([part for part, _ in shown if part == band]) == 2


@pytest.mark.parametrize("limit", ["0", "10000"])
def test_nothing_is_said_where_nothing_is_hidden(limit: str, run: Run) -> None:
    found = records(answer(run, "collaborators", "minamata", "--limit", limit, "--format", "csv"))
    shown = {(row["part"], row["id"]) for row in found if row["part"] in BANDS}
    expected = bands(collaborators(run, "minamata"))
    assert shown == {(band, name) for band, names in expected.items() for name in names}
    assert "more in this band" not in answer(run, "collaborators", "minamata", "--limit", limit)


def test_json_holds_every_candidate_whatever_the_limit(run: Run) -> None:
    assert collaborators(run, "minamata", "--limit", "1") == collaborators(run, "minamata")


def test_a_negative_limit_is_refused(run: Run) -> None:
    result = run("collaborators", "minamata", "--limit", "-1")
    assert result.exit_code == 2
    assert "--limit" in result.stderr


def test_functions_kinds_themes_and_sources_narrow_the_candidates(run: Run) -> None:
    everyone = collaborators(run, "cites")
    ids = {candidate["id"] for candidate in everyone["candidates"]}
    enforcing = collaborators(run, "cites", "--function", "enforcement")
    assert set() < {candidate["id"] for candidate in enforcing["candidates"]} < ids
    agencies = collaborators(run, "cites", "--kinds", "specialised-agency")
    assert {candidate["kind"] for candidate in agencies["candidates"]} == {"specialised-agency"}
    mobile = collaborators(run, "cites", "--theme", "human-mobility")
    assert {candidate["id"] for candidate in mobile["candidates"]} != ids
    without = json.dumps(collaborators(run, "cites", "--exclude-source", "som31-report"))
    assert '"source": "som31-report"' not in without
    assert '"source": "som31-report"' in json.dumps(everyone)


@pytest.mark.parametrize("option", ["--function", "--theme", "--kinds", "--exclude-source"])
def test_an_unknown_value_of_an_option_is_refused(option: str, run: Run) -> None:
    error = refused(run, "collaborators", "cites", option, "nonsense-of-ours")
    assert isinstance(error, UnknownNameError)
    assert str(error).endswith("; try emg-graph find") or "; it is one of " in str(error)
    assert "'nonsense-of-ours'" in str(error)


def test_an_unknown_function_is_refused_with_the_known_ones(run: Run, graph: Graph) -> None:
    error = refused(run, "collaborators", "cites", "--function", "money")
    known = ", ".join(sorted(graph.evidence.functions))
    assert str(error) == f"no function is called 'money'; it is one of {known}"


def test_an_unknown_agreement_is_refused(run: Run) -> None:
    said = "no agreement is called 'unep'; it is the name of another kind of thing, entity"
    assert said in str(refused(run, "collaborators", "unep"))


# what they share


ASKING = {
    "query list": ("query", "list"),
    "query run": ("query", "run", "CQ18"),
    "sparql": ("sparql", COUNT),
    "show": ("show", "unicef"),
    "find": ("find", "mercury"),
    "collaborators": ("collaborators", "basel"),
}


@pytest.mark.parametrize("words", ASKING.values(), ids=ASKING)
def test_an_answer_goes_to_a_file_as_it_goes_to_the_screen(
    words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    file.write_text("old", encoding="utf-8")
    assert answer(run, *words, "--format", "json", "-o", file) == ""
    assert file.read_text(encoding="utf-8") == answer(run, *words, "--format", "json")
    assert list(tmp_path.iterdir()) == [file], "no draft is left"


@pytest.mark.parametrize("suffix", ["json", "CSV", "md"])
def test_the_suffix_of_a_file_says_the_form(suffix: str, run: Run, tmp_path: Path) -> None:
    words, file = ("find", "mercury"), tmp_path / f"answer.{suffix}"
    assert answer(run, *words, "-o", file) == ""
    assert file.read_text(encoding="utf-8") == answer(run, *words, "--format", suffix.lower())


@pytest.mark.parametrize("name", ["answer", "answer.txt"])
def test_without_a_suffix_a_file_holds_a_table(name: str, run: Run, tmp_path: Path) -> None:
    answer(run, "find", "mercury", "-o", tmp_path / name)
    assert (tmp_path / name).read_text(encoding="utf-8") == answer(run, "find", "mercury")


@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_a_suffix_without_a_form_is_refused(suffix: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / f"answer.{suffix}"
    result = run("find", "mercury", "-o", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"nothing is written as .{suffix} here" in result.stderr
    assert ".csv, .tsv, .json, .jsonl, .md, or name a --format" in result.stderr
    assert not file.exists()
    answer(run, "find", "mercury", "--format", "csv", "-o", file)
    assert file.read_text(encoding="utf-8").startswith("id,")


def test_several_functions_stand_with_commas_between_them(run: Run) -> None:
    words = ("coalition", "cites", "--format", "json")
    apart = answer(run, *words, "--function", "capacity", "--function", "convening")
    assert answer(run, *words, "--functions", " capacity,convening,") == apart


@pytest.mark.parametrize("words", ASKING.values(), ids=ASKING)
def test_a_file_that_cannot_be_written_is_an_error(
    words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    error = refused(run, *words, "-o", tmp_path / "none" / "answer.txt")
    assert isinstance(error, OutputError)
    assert "cannot be written" in str(error)


@pytest.mark.parametrize("words", ASKING.values(), ids=ASKING)
def test_an_unknown_form_is_refused_with_the_known_ones(words: tuple[str, ...], run: Run) -> None:
    result = run(*words, "--format", "xml")
    assert result.exit_code == 2
    assert "'table'" in result.stderr
    assert "'json'" in result.stderr


def test_exit_codes_and_words_of_errors(process: Process) -> None:
    """One line on standard error, nothing on standard output, no traceback, exit 2."""
    for words in (("query", "run", "CQ01"), ("show", "nobody-of-ours"), ("sparql", "SELECT {")):
        done = process(*words)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("error: ")
        assert "Traceback" not in done.stderr
