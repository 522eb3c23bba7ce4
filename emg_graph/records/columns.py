"""What a column can be: its type, the property it maps to, the ids that it refers to.

Pydantic checks the types; ``columns`` reads everything else off a model once.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    get_args,
    get_origin,
)

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

_T = TypeVar("_T")

SEPARATOR = "|"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_AMOUNT = re.compile(r"-?\d+(?:\.\d{1,2})?", re.ASCII)
_COUNT = re.compile(r"\d+", re.ASCII)
_URL_PART = r"(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_URL = re.compile(rf"https?://[\w.-]+(?::[0-9]+)?(?:[/?]{_URL_PART})?(?:#{_URL_PART})?")


@dataclass(frozen=True, slots=True)
class Maps:
    """The property that a column's values become; ``inferred`` ones stand in their own graph."""

    property: str
    inferred: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """The tables in which a column's ids must be found."""

    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """The scheme of ``concepts.csv`` in which a column's ids must be found."""

    scheme: str


def _split(cell: object) -> object:
    """Split a cell into its list of values, without the empty ones."""
    if isinstance(cell, str):
        return tuple(part.strip() for part in cell.split(SEPARATOR) if part.strip())
    return cell


def _valid_id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("is not an id; use lower-case letters, digits and single hyphens")
    return value


def _valid_date(value: str) -> str:
    """Accept ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` of the calendar.

    >>> _valid_date("2017-08")
    '2017-08'
    """
    match = _DATE.fullmatch(value)
    if match:
        year, month, day = (int(part) if part else 1 for part in match.groups())
        if year and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
            return value
    raise ValueError("is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")


def _valid_url(value: str) -> str:
    """Accept a web address that is a valid IRI, so that it can stand in the graph.

    >>> _valid_url("https://www.unep.org/a?b=c%20d#e")
    'https://www.unep.org/a?b=c%20d#e'
    """
    if not _URL.fullmatch(value):
        raise ValueError(
            "is not a web address; begin with http:// or https://, and write %5B for [,"
            " %20 for a space and so on"
        )
    return value


def _valid_amount(value: str) -> str:
    """Accept a sum of money in whole units or with cents, without separators.

    >>> _valid_amount("-28638.50")
    '-28638.50'
    """
    if not _AMOUNT.fullmatch(value):
        raise ValueError("is not an amount; write digits without separators, as 1250000 or 12.50")
    return value


def _valid_count(value: str) -> str:
    if not _COUNT.fullmatch(value):
        raise ValueError("is not a count; write digits without separators")
    return value


_FORMS: Mapping[Any, re.Pattern[str]] = {
    _valid_id: _ID,
    _valid_date: _DATE,
    _valid_url: _URL,
    _valid_amount: _AMOUNT,
    _valid_count: _COUNT,
}

Id = Annotated[str, AfterValidator(_valid_id)]
Date = Annotated[str, AfterValidator(_valid_date)]
Url = Annotated[str, AfterValidator(_valid_url)]
Amount = Annotated[str, AfterValidator(_valid_amount)]
Count = Annotated[str, AfterValidator(_valid_count)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_split)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_split)]
Urls = Annotated[tuple[Url, ...], BeforeValidator(_split)]

Source = Annotated[Id, Ref(("sources",)), Maps("dcterms:source")]
Sources = Annotated[Ids, Ref(("sources",)), Maps("emg:alsoSource")]
Locator = Annotated[str, Maps("emg:locator")]
Confidence = Annotated[Id, Concept("confidence"), Maps("emg:confidence")]
Basis = Annotated[Id, Concept("basis"), Maps("emg:basis")]
ReviewedOn = Annotated[Date | None, Maps("emg:reviewedOn")]
"""When a person last changed an imported row; from then on no importer writes over it."""
Note = Annotated[str | None, Maps("skos:editorialNote")]
Name = Annotated[str, Maps("skos:prefLabel", language="en")]
ShortName = Annotated[str | None, Maps("emg:shortName")]
Aliases = Annotated[Texts, Maps("skos:altLabel")]
Acronym = Annotated[str | None, Maps("emg:acronym")]
Homepage = Annotated[Url | None, Maps("foaf:homepage")]
Themes = Annotated[Ids, Concept("theme"), Maps("emg:hasTheme", inferred=True)]
Functions = Annotated[Ids, Concept("function"), Maps("emg:function")]
Standing = Annotated[Id, Concept("standing"), Maps("emg:standing")]

ACTORS = Ref(("entities", "mechanisms"))
ANYTHING = Ref(("*",))


class Row(BaseModel):
    """One row of a table, of cells without spaces at their ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TABLE: ClassVar[str]
    CLASS: ClassVar[str]
    OPTIONAL: ClassVar[bool] = False
    """Whether a folder may be without the table, as those are that importers fill."""
    ORDERED: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of date columns of which the first is not after the second."""


class Thing(Row):
    """A row that describes a thing, under an id that is permanent and unique in all tables."""

    PATH: ClassVar[str]
    """The segment of the thing's IRI before its id."""

    id: Annotated[Id, Maps("dcterms:identifier")]


class Claim(Row):
    """A row of evidence: one statement, one source and a place in it."""

    IDENTITY: ClassVar[tuple[str, ...]]
    LINK: ClassVar[str | None] = None
    """The plain property that current, stated rows also assert, as ``subject property object``."""
    LINKED_IF: ClassVar[tuple[str, str]] = ("standing", "current")
    """The column, where the table has it, and the value of rows that assert it."""

    if TYPE_CHECKING:
        basis: str
        source: str


class Imported(Claim):
    """A claim that an importer reads; its table closes with the same columns as all of these."""

    OPTIONAL = True

    basis: Basis
    source: Source
    locator: Locator
    confidence: Confidence
    reviewed_on: ReviewedOn = None
    note: Note = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, read off its model once."""

    name: str
    required: bool
    many: bool
    maps: Maps | None
    ref: Ref | None
    concept: Concept | None
    date: bool
    url: bool
    number: Literal["xsd:decimal", "xsd:integer"] | None
    """The datatype of its values where they are numbers."""
    pattern: str | None
    """The regular expression that the whole of each value fits, if there is one."""
    choices: tuple[str, ...]
    """The only values there are, where the model itself lists them."""


@cache
def columns(model: type[Row]) -> tuple[Column, ...]:
    """Return the columns of a table in the order of its file.

    >>> from emg_graph.records.things import Target
    >>> [column.name for column in columns(Target)][:4]
    ['id', 'name', 'framework', 'kind']
    """
    return tuple(_columns(model))


def _columns(model: type[Row]) -> Iterator[Column]:
    closing = Imported.model_fields if issubclass(model, Imported) else {}
    own = [name for name in model.model_fields if name not in closing]
    for name in (*own, *closing):
        field = model.model_fields[name]
        notes = list(_notes(field.annotation)) + list(field.metadata)
        checks = [getattr(note, "func", None) for note in notes]
        literal = get_origin(field.annotation) is Literal
        yield Column(
            name=name,
            required=field.is_required(),
            many=any(isinstance(note, BeforeValidator) for note in notes),
            maps=_first(notes, Maps),
            ref=_first(notes, Ref),
            concept=_first(notes, Concept),
            date=_valid_date in checks,
            url=_valid_url in checks,
            number=_number(checks),
            pattern=next((_FORMS[check].pattern for check in checks if check in _FORMS), None),
            choices=get_args(field.annotation) if literal else (),
        )


def _number(checks: list[Any]) -> Literal["xsd:decimal", "xsd:integer"] | None:
    if _valid_amount in checks:
        return "xsd:decimal"
    return "xsd:integer" if _valid_count in checks else None


def _notes(annotation: Any) -> Iterator[Any]:
    """Walk the metadata of nested ``Annotated``, unions and tuples."""
    if get_origin(annotation) is Annotated:
        inner, *notes = get_args(annotation)
        yield from notes
        yield from _notes(inner)
    else:
        for inner in get_args(annotation):
            yield from _notes(inner)


def _first(notes: list[Any], kind: type[_T]) -> _T | None:
    return next((note for note in notes if isinstance(note, kind)), None)
