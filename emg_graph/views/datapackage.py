"""The tables as a Frictionless Data Package, so that others can read and check them without us.

The descriptor follows version 1 of Data Package and Table Schema, which every tool knows.
``rdfProperty`` and ``rdfClass`` are keys of our own; the specification allows them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from emg_graph.errors import OutputError
from emg_graph.namespaces import expand
from emg_graph.ontology.terms import shipped
from emg_graph.records import RECORDS, SEPARATOR, THINGS, Claim, Column, Row, Thing, columns
from emg_graph.records.columns import ANYTHING
from emg_graph.resources import folder
from emg_graph.views import dictionary

FILE = "datapackage.json"

Descriptor = dict[str, Any]

_SHIPPED: Descriptor = {
    "name": "emg-graph-data",
    "title": "UN entities and the multilateral environmental agreements that they serve",
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "title": "Creative Commons Attribution 4.0 International",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ],
}
"""What holds of the shipped tables only."""
_OWN: Descriptor = {"name": "emg-graph-tables"}
_NUMBERS = {"xsd:decimal": "number", "xsd:integer": "integer"}
"""The types of Table Schema for our kinds of number."""


def to_json(place: Path) -> str:
    """Return the descriptor of a folder of tables, of those that it has.

    Raises:
        OutputError: a table that every folder has is not there; an overlay, for one, is no
            package of its own.
    """
    held = [table for table in RECORDS if (place / f"{table}.csv").is_file()]
    needed = [table for table, model in RECORDS.items() if not model.OPTIONAL]
    if missing := [table for table in needed if table not in held]:
        raise OutputError(f"{place} is no whole folder of tables: {missing[0]}.csv is not there")
    shipped_folder = place.resolve() == folder("data").resolve()
    described = describe(_version(place), _SHIPPED if shipped_folder else _OWN, held)
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _version(place: Path) -> str:
    """Return a folder's version on one line, or nothing."""
    file = place / "VERSION"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    return " ".join(text.split())


def describe(version: str, about: Descriptor, held: Collection[str] = tuple(RECORDS)) -> Descriptor:
    """Return the descriptor of the tables held, as nested mappings and lists, in one order.

    >>> describe("1", {"name": "mine"})["resources"][0]["schema"]["primaryKey"]
    ['id']
    """
    return {
        "profile": "tabular-data-package",
        **about,
        "description": "One row describes one thing, or makes one claim from one source and names"
        f" the place in it. Lists in a cell are separated by {SEPARATOR}.",
        **({"version": version} if version else {}),
        "resources": [_resource(RECORDS[table], held) for table in held],
    }


def _resource(model: type[Row], held: Collection[str]) -> Descriptor:
    return {
        "profile": "tabular-data-resource",
        "name": model.TABLE,
        "path": f"{model.TABLE}.csv",
        "description": (model.__doc__ or "").strip().splitlines()[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\n",
            "header": True,
        },
        "rdfClass": expand(model.CLASS),
        "schema": {
            "fields": [_field(column, model) for column in columns(model)],
            "missingValues": [""],
            **_keys(model),
            "foreignKeys": list(_foreign_keys(model, held)),
        },
    }


def _keys(model: type[Row]) -> Descriptor:
    """Return what tells a row from others.

    Empty cells may stand in the identity of some claims, and not in a primary key; such a table
    has a unique key, of version 2 of the specification, instead.
    """
    known = {column.name: column for column in columns(model)}
    if "id" in known:
        return {"primaryKey": ["id"]}
    assert issubclass(model, Claim)
    if all(known[name].required for name in model.IDENTITY):
        return {"primaryKey": list(model.IDENTITY)}
    return {"uniqueKeys": [list(model.IDENTITY)]}


def _foreign_keys(model: type[Row], held: Collection[str]) -> Iterator[Descriptor]:
    """Yield the references to one table, if the package has it: a key needs its resource."""
    for column in columns(model):
        tables = _tables(column)
        if len(tables) == 1 and tables[0] in held and not column.many:
            resource = "" if tables[0] == model.TABLE else tables[0]
            yield {"fields": [column.name], "reference": {"resource": resource, "fields": ["id"]}}


def _tables(column: Column) -> tuple[str, ...]:
    """Return the tables in which a column's ids are found."""
    if column.concept:
        return ("concepts",)
    if column.ref == ANYTHING:
        return tuple(thing.TABLE for thing in THINGS)
    return column.ref.tables if column.ref else ()


def _field(column: Column, model: type[Row]) -> Descriptor:
    type_ = _NUMBERS[column.number] if column.number else "string"
    found: Descriptor = {"name": column.name, "type": type_}
    if column.url and not column.many:
        found["format"] = "uri"
    found["description"] = " ".join(_sentences(column, model))
    if constraints := _constraints(column):
        found["constraints"] = constraints
    if kind := _class(column, model):
        found["rdfType"] = expand(kind)
    if column.maps:
        found["rdfProperty"] = expand(column.maps.property)
    return found


def _sentences(column: Column, model: type[Row]) -> Iterator[str]:
    if column.name == "id" and issubclass(model, Thing):
        yield "The id of the row, permanent and unique across all tables."
    if meaning := _meanings().get(expand(column.maps.property) if column.maps else ""):
        yield meaning
    holds = dictionary.holds(column)
    yield f"{holds[0].upper()}{holds[1:]}{f', separated by {SEPARATOR}' if column.many else ''}."
    if column.maps and column.maps.inferred:
        yield "Inferred, not stated by the source."
    if (tables := _tables(column)) and column.many:
        yield "A foreign key cannot express this, since a cell holds several ids."
    elif len(tables) > 1:
        yield "A foreign key cannot express this, since the ids are those of several tables."
    elif column.concept:
        yield "The foreign key cannot express the scheme."


@cache
def _meanings() -> Mapping[str, str]:
    """Return the definitions of the ontology's own properties, by their IRIs."""
    said = shipped().items()
    return {iri: part["skos:definition"][0] for iri, part in said if "skos:definition" in part}


def _constraints(column: Column) -> Descriptor:
    found: Descriptor = {"required": True} if column.required else {}
    if column.choices:
        found["enum"] = list(column.choices)
    if column.number:  # a pattern is for texts only
        found |= {"minimum": 0} if column.number == "xsd:integer" else {}
    elif column.pattern:
        one = column.pattern.replace("(?:", "(")  # the specification knows plain groups only
        found["pattern"] = f"({one})(\\{SEPARATOR}({one}))*" if column.many else one
    return found


def _class(column: Column, model: type[Row]) -> str | None:
    """Return the class of the things that a column names one of, if it is one class."""
    tables = _tables(column)
    if column.name == "id" and issubclass(model, Thing):
        return model.CLASS
    return RECORDS[tables[0]].CLASS if len(tables) == 1 and not column.many else None
