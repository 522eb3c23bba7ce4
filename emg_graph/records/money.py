"""The tables of expenses in US dollars; a year without a row is not reported, never zero."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import (
    Amount,
    Basis,
    Claim,
    Confidence,
    Date,
    Id,
    Locator,
    Maps,
    Note,
    Ref,
    ReviewedOn,
    Source,
)

_Spender = Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
_Year = Annotated[Date, Maps("emg:year")]
_Dollars = Annotated[Amount, Maps("emg:amount")]
_Code = Annotated[str, Maps("emg:nameAsWritten")]


class Expenditure(Claim):
    """What an entity spent in a year."""

    TABLE, CLASS = "expenditures", "emg:Expenditure"
    OPTIONAL = True
    IDENTITY = ("entity", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None


class GoalExpenditure(Claim):
    """What an entity spent in a year, as it coded its money to a Sustainable Development Goal."""

    TABLE, CLASS = "expenditures_by_goal", "emg:Expenditure"
    OPTIONAL = True
    IDENTITY = ("entity", "goal", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    goal: Annotated[Id, Ref(("targets",)), Maps("emg:target")]
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None


class CountryExpenditure(Claim):
    """What an entity spent in a year in a country."""

    TABLE, CLASS = "expenditures_by_country", "emg:Expenditure"
    OPTIONAL = True
    IDENTITY = ("entity", "country", "year_on", "code_as_written", "source", "locator")

    entity: _Spender
    country: Annotated[Id, Ref(("countries",)), Maps("emg:country")]
    year_on: _Year
    amount_usd: _Dollars
    code_as_written: _Code
    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None
