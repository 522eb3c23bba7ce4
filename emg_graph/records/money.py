"""The tables of expenses in US dollars; a year without a row is not reported, never zero."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    Amount,
    Date,
    Id,
    Imported,
    Maps,
    Ref,
)

_Spender = Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
_Year = Annotated[Date, Maps("emg:year")]
_Dollars = Annotated[Amount, Maps("emg:amount")]
_Code = Annotated[str, Maps("emg:nameAsWritten")]


class Expenditure(Imported):
    """What an entity spent in a year."""

    TABLE, CLASS = "expenditures", "emg:Expenditure"
    IDENTITY = ("entity", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code


class GoalExpenditure(Imported):
    """What an entity spent in a year, as it coded its money to a Sustainable Development Goal."""

    TABLE, CLASS = "expenditures_by_goal", "emg:Expenditure"
    IDENTITY = ("entity", "goal", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    goal: Annotated[Id, Ref(("targets",)), Maps("emg:target")]
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code


class NoGoalExpenditure(Imported):
    """What an entity spent in a year and coded, where it codes by goal, to no goal."""

    TABLE, CLASS = "expenditures_on_no_goal", "emg:NoGoalExpenditure"
    IDENTITY = ("entity", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code


class CountryExpenditure(Imported):
    """What an entity spent in a year in a country."""

    TABLE, CLASS = "expenditures_by_country", "emg:Expenditure"
    IDENTITY = ("entity", "country", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    country: Annotated[Id, Ref(("countries",)), Maps("emg:country")]
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code
