"""The dictionary of the tables is complete and current."""

from __future__ import annotations

from click.testing import CliRunner
from regenerate import DICTIONARY, dictionary_page

from emg_graph.cli import cli
from emg_graph.records import RECORDS, columns
from emg_graph.views import dictionary


def test_every_column_of_every_table_is_explained_once() -> None:
    expected = [(name, c.name) for name, model in RECORDS.items() for c in columns(model)]
    assert [row[:2] for row in dictionary.to_table().rows] == expected


def test_the_page_on_the_data_holds_the_dictionary_as_it_is() -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary_page()


def test_columns_says_what_may_stand_in_a_cell_and_what_it_becomes() -> None:
    rows = {row[1]: row[2:] for row in dictionary.to_table().rows if row[0] == "roles"}
    assert rows["entity"] == ("yes", "id of entities.csv or mechanisms.csv", "emg:entity")
    assert rows["functions"] == ("yes", "list of: concept of the scheme function", "emg:function")
    assert rows["from_on"] == ("", "date: YYYY, YYYY-MM or YYYY-MM-DD", "emg:from")


def test_a_number_is_said_to_be_money_or_a_count() -> None:
    rows = {row[:2]: row[2:] for row in dictionary.to_table().rows}
    amount = rows["expenditures_by_country", "amount_usd"]
    assert amount == ("yes", "amount of money", "emg:amount")
    assert rows["cooperations", "events"] == ("", "whole number", "emg:count")


def test_what_is_inferred_is_said_to_be() -> None:
    rows = {row[1]: row[4] for row in dictionary.to_table().rows if row[0] == "agreements"}
    assert rows["themes"] == "emg:hasTheme (inferred)"


def test_the_command_shows_one_table_and_refuses_an_unknown_one() -> None:
    shown = CliRunner().invoke(cli, ["data", "columns", "countries.csv", "--format", "csv"])
    assert shown.exit_code == 0
    assert {line.split(",")[0] for line in shown.stdout.splitlines()} == {"table", "countries"}
    refused = CliRunner().invoke(cli, ["data", "columns", "rolls"])
    assert "did you mean 'roles'" in str(refused.exception)
