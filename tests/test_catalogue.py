"""The catalogue: how a query file is read, found by name, and given its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from emg_graph import catalogue
from emg_graph.catalogue import Param, Query, queries, read_query, require_query
from emg_graph.errors import QueryError

TEXT = """\
#+ title: Who serves what
#+ question: CQ99
#+ description: First half,
#+ description: second half.
#+ param: agreement, kind agreement|mechanism, required, the agreement, if any, e.g. minamata
#+ param: word, kind text, optional, a word, e.g. trade
#+ param: least, kind number, optional, at least so many, e.g. 2
#+ columns: agreement, n
SELECT ?agreement ?n
WHERE {
  # values ?agreementIri
  ?s ?p ?agreementIri .
  {
    # values ?agreementIri
    # values ?word
    # values ?least
  }
  # values ?other
}
ORDER BY ?agreement
"""


def iri(value: str, kinds: tuple[str, ...]) -> str:
    return f"urn:{'+'.join(kinds)}:{value}"


@pytest.fixture
def query(tmp_path: Path) -> Query:
    file = tmp_path / "CQ99-who-serves.rq"
    file.write_text(TEXT, encoding="utf-8")
    return read_query(file, "cq")


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a folder of our own in the place of the shipped queries."""
    monkeypatch.setattr(catalogue, "folder", lambda _: tmp_path)
    catalogue._catalogue.cache_clear()
    yield tmp_path
    catalogue._catalogue.cache_clear()


def put(shelf: Path, name: str, text: str = TEXT) -> None:
    file = shelf / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_file_is_read_with_its_header(query: Query) -> None:
    assert (query.name, query.group, query.question) == ("who-serves", "cq", "CQ99")
    assert query.title == "Who serves what"
    assert query.description == "First half, second half."
    assert query.columns == ("agreement", "n")
    assert query.text == TEXT
    assert query.params[0] == Param(
        "agreement", ("agreement", "mechanism"), True, "the agreement, if any", "minamata"
    )
    assert [param.required for param in query.params] == [True, False, False]


def test_a_number_that_orders_files_is_no_part_of_the_name(tmp_path: Path) -> None:
    for file, name in (("10-facts.rq", "facts"), ("CQ01-a-b.rq", "a-b"), ("plain.rq", "plain")):
        put(tmp_path, file)
        assert read_query(tmp_path / file, "x").name == name


@pytest.mark.parametrize("key", ["title", "description", "columns"])
def test_a_header_without_a_key_is_refused(key: str, tmp_path: Path) -> None:
    kept = [line for line in TEXT.splitlines() if not line.startswith(f"#+ {key}")]
    put(tmp_path, "x.rq", "\n".join(kept))
    with pytest.raises(QueryError, match=f"x.rq: the header has no line '#\\+ {key}: …'"):
        read_query(tmp_path / "x.rq", "cq")


def test_a_malformed_parameter_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "x.rq", TEXT.replace(", required, ", ", needed, "))
    with pytest.raises(QueryError, match=r"x\.rq: malformed line '#\+ param: agreement"):
        read_query(tmp_path / "x.rq", "cq")


def test_values_go_to_every_place_of_their_parameter(query: Query) -> None:
    text = query.bind({"agreement": ["a", "b"]}, iri)
    clause = "VALUES ?agreementIri { <urn:agreement+mechanism:a> <urn:agreement+mechanism:b> }"
    assert text.count(clause) == 2
    assert f"\n  {clause}\n" in text
    assert f"\n    {clause}\n" in text
    assert "# values ?agreementIri" not in text


def test_a_place_without_a_value_stays_a_comment(query: Query) -> None:
    text = query.bind({"agreement": "a"}, iri)
    for name in ("word", "least", "other"):
        assert f"# values ?{name}\n" in text


def test_a_text_is_quoted_and_a_number_is_not(query: Query) -> None:
    text = query.bind({"agreement": "a", "word": 'a "b" \\ c\nd\re', "least": "-12"}, iri)
    assert r'VALUES ?word { "a \"b\" \\ c\nd\re" }' in text
    assert "VALUES ?least { -12 }" in text


def test_a_text_cannot_break_out_of_its_quotes(query: Query) -> None:
    """As SPARQL, the bound text still has one string in the clause."""
    from pyoxigraph import QuerySolutions, Store

    wicked = '" } ?s ?p ?o . VALUES ?x { "\\'
    clause = query.bind({"agreement": "a", "word": wicked}, iri).splitlines()[14].strip()
    answer = Store().query(f"SELECT ?word WHERE {{ {clause} }}")
    assert isinstance(answer, QuerySolutions)
    assert [solution["word"].value for solution in answer] == [wicked]


@pytest.mark.parametrize("value", ["two", "1.5", "", "1 2", "1 } #"])
def test_what_is_no_whole_number_is_refused(value: str, query: Query) -> None:
    with pytest.raises(QueryError):
        query.bind({"agreement": "a", "least": value}, iri)


def test_an_unknown_parameter_is_refused_with_the_known_ones(query: Query) -> None:
    with pytest.raises(QueryError) as refused:
        query.bind({"agreement": "a", "agrement": "a"}, iri)
    assert str(refused.value) == (
        "the query who-serves has no parameter agrement; did you mean agreement?"
        " it takes agreement, word, least"
    )
    with pytest.raises(QueryError, match=r"no parameter zzz; it takes agreement, word, least$"):
        query.bind({"zzz": "a"}, iri)


def test_a_query_without_parameters_says_so() -> None:
    with pytest.raises(QueryError, match=r"no parameter theme; it takes none$"):
        require_query("thin-support").bind({"theme": "mercury"}, iri)


@pytest.mark.parametrize("given", [{}, {"agreement": ""}, {"agreement": []}])
def test_a_missing_parameter_is_refused(given: dict[str, str], query: Query) -> None:
    with pytest.raises(QueryError) as refused:
        query.bind(given, iri)
    assert str(refused.value) == (
        "the query who-serves needs a value for agreement: the agreement, if any"
        " (e.g. -p agreement=minamata)"
    )


def test_an_optional_parameter_that_is_given_has_a_value(query: Query) -> None:
    """It is not taken for one that was not given, which would answer another question."""
    with pytest.raises(QueryError, match="needs a value for word"):
        query.bind({"agreement": "a", "word": []}, iri)


@pytest.mark.parametrize("name", ["CQ01", "cq01", " roles-of-agreement ", "roles-of-agreement.rq"])
def test_a_query_is_found_by_its_name_or_number(name: str) -> None:
    assert require_query(name).question == "CQ01"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("role-of-agreements", "did you mean roles-of-agreement"),
        ("CQ98", "did you mean cq"),
        ("zzzzzz", "see: emg-graph query list"),
    ],
)
def test_an_unknown_query_is_refused_with_the_likeliest(name: str, hint: str) -> None:
    with pytest.raises(QueryError) as refused:
        require_query(name)
    assert str(refused.value).startswith(f"there is no query called {name!r}; {hint}")


def test_all_queries_come_by_group_and_file() -> None:
    found = queries()
    assert [query.group for query in found] == sorted(query.group for query in found)
    profile = [query.name for query in found if query.group == "profile"]
    assert profile[0] == "facts"
    assert profile[-1] == "sources"
    assert len({query.name for query in found}) == len(found)


def test_reading_one_file_gives_what_reading_all_gives() -> None:
    for query in queries():
        assert require_query(query.name) == query


def test_two_queries_of_one_name_are_refused(shelf: Path) -> None:
    put(shelf, "a/one.rq")
    put(shelf, "b/10-one.rq")
    with pytest.raises(QueryError, match=r"two queries are called one: rename 10-one\.rq"):
        require_query("one")


def test_a_file_named_after_a_number_answers_only_to_its_own(shelf: Path) -> None:
    """The number of the header counts, not that of the file."""
    put(shelf, "cq/CQ98-who-serves.rq")
    put(shelf, "notes.txt", "not a folder")
    put(shelf, "cq/notes.txt", "not a query")
    assert require_query("CQ99").name == "who-serves"
    with pytest.raises(QueryError, match="no query called 'CQ98'; did you mean cq99"):
        require_query("CQ98")


def test_a_file_in_no_folder_is_no_query(shelf: Path) -> None:
    put(shelf, "stray.rq")
    assert queries() == ()
