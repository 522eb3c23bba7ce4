"""The tables of where entities can be found: their seats, and the countries that they serve."""

from __future__ import annotations

from typing import Annotated

from emg_graph.records.columns import Date, Id, Imported, Maps, Ref


class Seat(Imported):
    """The city and country of an entity's headquarters."""

    TABLE, CLASS = "seats", "emg:Seat"
    IDENTITY = ("entity", "city", "country", "source", "locator")

    entity: Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
    city: Annotated[str, Maps("emg:city")]
    country: Annotated[Id, Ref(("countries",)), Maps("emg:country")]


class CommissionMembership(Imported):
    """The full membership of a country in a regional commission, by a list that names it."""

    TABLE, CLASS = "commission_members", "emg:CommissionMembership"
    IDENTITY = ("country", "entity", "source", "locator")

    country: Annotated[Id, Ref(("countries",)), Maps("emg:country")]
    entity: Annotated[Id, Ref(("entities",)), Maps("emg:entity")]
    as_of_on: Annotated[Date | None, Maps("emg:asOf")] = None
