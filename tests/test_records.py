"""The models of the tables: what a cell may hold, and what the models promise each other."""

from __future__ import annotations

import calendar
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pyoxigraph import NamedNode

from emg_graph import namespaces as ns
from emg_graph.records import CLAIMS, RECORDS, THINGS, Claim, Country, Row, columns
from emg_graph.records.columns import ANYTHING, Amount, Count, Date, Id, Ids, Url

DATE: TypeAdapter[str] = TypeAdapter(Date)
ID: TypeAdapter[str] = TypeAdapter(Id)
IDS: TypeAdapter[tuple[str, ...]] = TypeAdapter(Ids)
URL: TypeAdapter[str] = TypeAdapter(Url)
AMOUNT: TypeAdapter[str] = TypeAdapter(Amount)
COUNT: TypeAdapter[str] = TypeAdapter(Count)


def accepts(adapter: TypeAdapter[Any], value: str) -> bool:
    try:
        adapter.validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("value", ["2017", "2017-08", "2017-08-16", "2024-02-29", "0001"])
def test_a_date_is_a_year_a_month_or_a_day(value: str) -> None:
    assert DATE.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    [
        "", "17", "2017-8", "2017-13", "2017-00", "2017-02-29", "2017-04-31", "0000",
        "2017-08-16T00:00", "16.08.2017", "2017-08-", " 2017", "２０１７", "soon",
    ],
)  # fmt: skip
def test_what_is_not_a_date_of_the_calendar_is_refused(value: str) -> None:
    assert not accepts(DATE, value)


@given(st.integers(1, 9999), st.integers(0, 14), st.integers(0, 33))
def test_days_are_those_of_the_calendar(year: int, month: int, day: int) -> None:
    right = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    assert accepts(DATE, f"{year:04}-{month:02}-{day:02}") == right


@pytest.mark.parametrize("value", ["unep", "a-res-70-1", "4returns"])
def test_an_id_is_lower_case_with_single_hyphens(value: str) -> None:
    assert ID.validate_python(value) == value


@pytest.mark.parametrize("value", ["", "UNEP", "a--b", "-a", "a-", "a b", "a_b", "é", "a/b"])
def test_other_ids_are_refused(value: str) -> None:
    assert not accepts(ID, value)


def test_a_list_is_split_and_its_empty_parts_left_out() -> None:
    assert IDS.validate_python(" a |b||c| ") == ("a", "b", "c")
    assert IDS.validate_python(("a", "b")) == ("a", "b")
    assert not accepts(IDS, "a|B")


@pytest.mark.parametrize(
    "value",
    ["https://www.unep.org", "http://a.org:8080/b_c/?d=e&f=%20#g", "https://fr.wikipedia.org/é"],
)
def test_a_web_address_is_accepted(value: str) -> None:
    assert URL.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    ["www.unep.org", "ftp://a.org", "https://", "http://a b", "http://[", "http://a/%zz",
     "http://a:b/", "http://a/?x[]=1", "http://a/#b#c", "http://a/<b>", "http://a/\n"],
)  # fmt: skip
def test_what_is_not_a_web_address_is_refused(value: str) -> None:
    assert not accepts(URL, value)


@given(st.text().map("https://a.org/".__add__) | st.text().map("https://".__add__))
def test_every_accepted_web_address_can_stand_in_the_graph(value: str) -> None:
    if accepts(URL, value):
        assert NamedNode(value).value == value


@pytest.mark.parametrize("value", ["0", "1250000", "12.5", "12.50", "-28638.50", "007"])
def test_an_amount_is_whole_or_has_cents(value: str) -> None:
    assert AMOUNT.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "1,250", "1 250", "12.505", ".5", "5.", "+5", "--5", "1e6", "USD 5", "１２", "5\n", "NaN"],
)
def test_what_is_no_amount_is_refused_with_what_to_write(value: str) -> None:
    with pytest.raises(ValidationError, match="write digits without separators, as 1250000"):
        AMOUNT.validate_python(value)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_sum_in_cents_is_an_amount(value: Decimal) -> None:
    assert accepts(AMOUNT, f"{value:f}")


@given(st.text(max_size=6) | st.integers(0, 10**9).map(str))
def test_a_count_is_digits_and_nothing_else(value: str) -> None:
    assert accepts(COUNT, value) == (value.isascii() and value.isdigit())


@pytest.mark.parametrize("table", RECORDS)
def test_references_point_to_tables_that_exist(table: str) -> None:
    things = {model.TABLE for model in THINGS}
    for column in columns(RECORDS[table]):
        if column.ref and column.ref != ANYTHING:
            assert set(column.ref.tables) <= things, column.name
        assert not (column.ref and column.concept), column.name


@pytest.mark.parametrize("table", RECORDS)
def test_a_column_of_references_takes_ids_only(table: str) -> None:
    for column in columns(RECORDS[table]):
        if column.ref or column.concept:
            with pytest.raises(ValidationError, match="is not an id"):
                RECORDS[table].model_validate({column.name: "Not An Id"})


@pytest.mark.parametrize("model", CLAIMS, ids=lambda model: model.TABLE)
def test_a_claim_is_told_apart_by_its_source_and_place_not_by_its_words(
    model: type[Claim],
) -> None:
    names = {column.name for column in columns(model)}
    assert set(model.IDENTITY) <= names
    assert {"source", "locator"} <= set(model.IDENTITY)
    mendable = {"id", "summary", "note", "confidence", "verified_on", "also_sources", "caveat"}
    assert not mendable & set(model.IDENTITY)


@pytest.mark.parametrize("model", CLAIMS, ids=lambda model: model.TABLE)
def test_a_claim_must_have_source_locator_basis_and_confidence(model: type[Claim]) -> None:
    required = {column.name for column in columns(model) if column.required}
    assert {"source", "locator", "basis", "confidence"} <= required


@pytest.mark.parametrize("model", CLAIMS, ids=lambda model: model.TABLE)
def test_a_link_is_between_the_first_two_identity_columns(model: type[Claim]) -> None:
    if model.LINK:
        assert ns.expand(model.LINK)
        by_name = {column.name: column for column in columns(model)}
        assert all(by_name[name].ref for name in model.IDENTITY[:2])


def test_a_link_that_asks_for_a_value_asks_for_a_concept_of_the_table() -> None:
    asked = {model.TABLE: model.LINKED_IF for model in CLAIMS if model.LINK}
    assert asked["parties"] == ("status", "party")
    for table, (column, _) in asked.items():
        found = {one.name: one for one in columns(RECORDS[table])}
        assert column not in found or found[column].concept, table
    assert {asked[name] for name in ("roles", "citations", "references", "project_links")} == {
        ("standing", "current")
    }


def test_a_row_that_an_importer_writes_says_when_a_person_reviewed_it() -> None:
    reviewed = {name for name, model in RECORDS.items() if "reviewed_on" in model.model_fields}
    assert reviewed == {name for name, model in RECORDS.items() if model.OPTIONAL}


@pytest.mark.parametrize("table", RECORDS)
def test_what_is_ordered_is_dates_of_the_table(table: str) -> None:
    dates = {column.name for column in columns(RECORDS[table]) if column.date}
    assert all(set(pair) <= dates for pair in RECORDS[table].ORDERED)


def test_every_period_and_the_life_of_agreements_and_mechanisms_is_ordered() -> None:
    ordered = {name: set(model.ORDERED) for name, model in RECORDS.items() if model.ORDERED}
    periods = {name for name, model in RECORDS.items() if "to_on" in model.model_fields}
    assert periods == {name for name, pairs in ordered.items() if ("from_on", "to_on") in pairs}
    assert ordered["mechanisms"] == {("established_on", "ended_on")}
    assert ordered["agreements"] == {("adopted_on", "opened_on"), ("adopted_on", "in_force_on")}


def test_tables_classes_and_paths_are_told_apart() -> None:
    assert len(RECORDS) == len(THINGS) + len(CLAIMS)
    assert len({model.PATH for model in THINGS}) == len(THINGS)
    assert len({model.CLASS for model in THINGS}) == len(THINGS)


def test_columns_are_read_off_the_model() -> None:
    by_name = {column.name: column for column in columns(RECORDS["roles"])}
    assert list(by_name)[:3] == ["entity", "agreement", "role"]
    assert by_name["functions"].many
    assert by_name["from_on"].date
    assert not by_name["from_on"].required
    assert by_name["role"].concept is not None
    assert {c.name for c in columns(RECORDS["entities"]) if c.url} == {"homepage"}
    numbers = {c.name: c.number for c in columns(RECORDS["plan_mentions"]) if c.number}
    assert numbers == dict.fromkeys(("required_usd", "available_usd", "spent_usd"), "xsd:decimal")
    assert {c.name: c.number for c in columns(RECORDS["cooperations"]) if c.number} == {
        "events": "xsd:integer"
    }
    assert {c.name for c in columns(RECORDS["chart_entries"]) if c.url and c.many} == {"links"}


def test_a_record_is_frozen_and_takes_no_unknown_column() -> None:
    cells = {"id": "jor", "name": "Jordan", "iso3": "JOR", "source": "s", "locator": "p. 1"}
    record: Row = Country.model_validate(cells)
    with pytest.raises(ValidationError, match="frozen"):
        record.id = "x"  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Country.model_validate(cells | {"capital": "Amman"})
