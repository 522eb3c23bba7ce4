"""Arguments that name something: what a shell may offer for them.

Nothing is checked here: a name, acronym or alias is as good as an id, and the graph resolves it.
What goes wrong while a shell asks is no concern of whoever types; then nothing is offered.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from emg_graph.cli.known import Known

    _Type = click.ParamType[str]
else:
    _Type = click.ParamType  # which older versions of click do not let be indexed

Offers = Iterable[tuple[str, str]]
"""What can be typed, each with a word on what it is."""


class Name(_Type, ABC):
    """An argument that is completed from a list."""

    name = "name"

    def shell_complete(
        self, ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return what begins with the word typed so far, in any case."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        try:
            offers = list(self.offers(ctx, incomplete))
        except Exception:
            return []
        typed = incomplete.casefold()
        return [
            CompletionItem(value, help=" ".join(help_.split()) or None)
            for value, help_ in offers
            if value.casefold().startswith(typed)
        ]

    @abstractmethod
    def offers(self, ctx: click.Context, incomplete: str, /) -> Offers:
        """Return everything that can stand here, at least what begins with the word."""


class ThingName(Name):
    """The name of a thing of some kinds, or of any: ids are offered."""

    name = "thing"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def offers(self, ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return the ids with the names of the things."""
        return ((one.id, one.name) for one in _things(ctx, self.kinds))


class KindName(Name):
    """A kind of thing, such as entity or theme."""

    name = "kind"

    def offers(self, ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return every kind with the number of its things."""
        return _counted(one.kind for one in _things(ctx))


class SchemeName(Name):
    """A concept scheme."""

    name = "scheme"

    def offers(self, ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return every scheme with the number of its concepts."""
        from emg_graph.cli.known import TABLES  # noqa: PLC0415

        others = set(TABLES.values())
        return _counted(one.kind for one in _things(ctx) if one.kind not in others)


class TermName(Name):
    """A term of the ontology."""

    name = "term"

    def offers(self, _ctx: click.Context, incomplete: str, /) -> Offers:
        """Return every class and property, with the prefix if one is typed."""
        from emg_graph import namespaces as ns  # noqa: PLC0415

        prefix, mark, _ = incomplete.rpartition(":")
        for kind, names in (
            ("class", ns.CLASSES),
            ("object property", ns.OBJECT_PROPERTIES),
            ("datatype property", ns.DATATYPE_PROPERTIES),
        ):
            yield from ((f"{prefix and 'emg'}{mark}{name}", kind) for name in sorted(names))


class TableName(Name):
    """A table of the data."""

    name = "table"

    def offers(self, _ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return the shipped tables."""
        from emg_graph.resources import folder  # noqa: PLC0415

        return ((file.stem, file.name) for file in sorted(folder("data").glob("*.csv")))


class QueryName(Name):
    """A shipped query, or the number of a competency question."""

    name = "query"

    def offers(self, _ctx: click.Context, _incomplete: str, /) -> Offers:
        """Return the names with their titles, then the numbers with theirs."""
        from emg_graph.catalogue import queries  # noqa: PLC0415

        found = queries()
        yield from ((query.name, query.title) for query in found)
        yield from ((query.question, query.title) for query in found if query.question)


class QueryParameter(Name):
    """A parameter of the query that is named before it, as ``NAME=VALUE`` or ``NAME=A,B``."""

    name = "parameter"

    def offers(self, ctx: click.Context, incomplete: str, /) -> Offers:
        """Return the names of the parameters, or after a name and = the ids it can take."""
        from emg_graph.catalogue import require_query  # noqa: PLC0415

        # click puts arguments aside when the last option has no value yet
        query = ctx.params.get("name") or ctx.args[0]
        params = require_query(query).params
        name, equals, typed = incomplete.partition("=")
        if not equals:
            return ((f"{param.name}=", param.help) for param in params)
        kinds = next(param.kinds for param in params if param.name == name)
        before, comma, _ = typed.rpartition(",")
        given = f"{name}={before}{comma}"
        wanted = () if "any" in kinds else kinds
        return ((f"{given}{one.id}", one.name) for one in _things(ctx, wanted))


def _things(ctx: click.Context, kinds: Sequence[str] = ()) -> tuple[Known, ...]:
    """Return the things of the graph that the command line names so far."""
    from emg_graph.cli.known import known_things  # noqa: PLC0415

    given = ctx.params
    data, overlay = given.get("data"), given.get("overlay") or ()
    return known_things(given.get("store"), data, overlay, kinds)


def _counted(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return ((word, f"{count:,}") for word, count in sorted(counts.items()))
