"""The shipped queries: files with a header, typed parameters and named columns.

A file begins with lines ``#+ key: value``: ``title``, ``description``, ``columns`` and, where it
has them, ``question`` (a competency question, ``CQ01``) and one ``param`` a line, as
``param: agreement, kind agreement, required, the agreement asked about, e.g. minamata``. In its
body a line ``# values ?agreementIri`` marks where the parameter's VALUES clause goes (``Iri`` is
left away where no column has the parameter's name); without a value the line stays a comment, so
that every file is valid SPARQL as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from emg_graph.errors import QueryError
from emg_graph.resources import folder

_HEADER = r"#\+ ([a-z]+): (.*)"
_PARAM = r"(\w+), kind ([\w|-]+), (required|optional), (.*), e\.g\. (\S+)"
_PREFIX = r"^(?:CQ)?\d+-"
"""What orders the files of a folder and is no part of a query's name."""
_MARK = r"(?m)^(\s*)# values \?(\w+)\s*$"

Resolve = Callable[[str, tuple[str, ...]], str]
"""Turns what a user wrote, and the kinds it may be, into an IRI; raises if it cannot."""


class Param(NamedTuple):
    """A parameter of a query: a thing of some kind, or ``text`` or ``number``."""

    name: str
    kinds: tuple[str, ...]
    required: bool
    help: str
    example: str


class Query(NamedTuple):
    """A shipped query."""

    name: str
    group: str
    title: str
    description: str
    question: str | None
    params: tuple[Param, ...]
    columns: tuple[str, ...]
    text: str

    def bind(self, values: Mapping[str, str | Sequence[str]], resolve: Resolve) -> str:
        """Return the query's text with a VALUES clause for each given parameter.

        Raises:
            QueryError: a parameter is unknown, missing or of the wrong kind.
        """
        known = {param.name: param for param in self.params}
        for name in values:
            if name not in known:
                raise QueryError(self._unknown(name))
        for param in self.params:
            if not values.get(param.name) and (param.required or param.name in values):
                raise QueryError(
                    f"the query {self.name} needs a value for {param.name}: {param.help}"
                    f" (e.g. -p {param.name}={param.example})"
                )
        clauses = {
            name: _terms(known[name], [value] if isinstance(value, str) else value, resolve)
            for name, value in values.items()
        }

        def bound(mark: re.Match[str]) -> str:
            terms = clauses.get(mark[2].removesuffix("Iri"))
            return f"{mark[1]}VALUES ?{mark[2]} {{ {terms} }}" if terms else mark[0]

        return re.sub(_MARK, bound, self.text)

    def _unknown(self, name: str) -> str:
        import difflib  # noqa: PLC0415

        names = [param.name for param in self.params]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
        hint = f" did you mean {near[0]}?" if near else ""
        known = f"it takes {', '.join(names)}" if names else "it takes none"
        return f"the query {self.name} has no parameter {name};{hint} {known}"


def queries() -> tuple[Query, ...]:
    """Return every shipped query, by group and name."""
    return tuple(_catalogue().values())


def require_query(name: str) -> Query:
    """Return the query of a name, or of a competency question's number.

    Raises:
        QueryError: there is none; holds the likeliest names.
    """
    wanted = name.strip().removesuffix(".rq").lower()
    if query := _read_alone(wanted):
        return query
    known = _catalogue()
    for query in known.values():
        if wanted in (query.name, (query.question or "").lower()):
            return query
    import difflib  # noqa: PLC0415

    words = [*known, *(query.question for query in known.values() if query.question)]
    near = difflib.get_close_matches(wanted, [word.lower() for word in words], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "see: emg-graph query list"
    raise QueryError(f"there is no query called {name!r}; {hint}")


def read_query(file: Path, group: str) -> Query:
    """Read a query file.

    Raises:
        QueryError: its header lacks a key or has a malformed one.
    """
    text = file.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not (match := re.fullmatch(_HEADER, line)):
            break
        header.setdefault(match[1], []).append(match[2].strip())
    for key in ("title", "description", "columns"):
        if key not in header:
            raise QueryError(f"{file.name}: the header has no line '#+ {key}: …'")
    return Query(
        name=_name(file),
        group=group,
        title=header["title"][0],
        description=" ".join(header["description"]),
        question=header.get("question", [None])[0],
        params=tuple(_param(file, line) for line in header.get("param", [])),
        columns=tuple(part.strip() for part in header["columns"][0].split(",")),
        text=text,
    )


@cache
def _catalogue() -> Mapping[str, Query]:
    found: dict[str, Query] = {}
    for file in _files():
        query = read_query(file, file.parent.name)
        if query.name in found:
            raise QueryError(f"two queries are called {query.name}: rename {file.name}")
        found[query.name] = query
    return found


def _read_alone(wanted: str) -> Query | None:
    """Read only the file that is called so, or numbered so, and answers to it."""
    files = [
        file
        for file in _files()
        if wanted == _name(file) or file.name.lower().startswith(f"{wanted}-")
    ]
    if len(files) != 1:
        return None
    query = read_query(files[0], files[0].parent.name)
    return query if wanted in (query.name, (query.question or "").lower()) else None


def _files() -> list[Path]:
    groups = (group for group in sorted(folder("queries").iterdir()) if group.is_dir())
    return [file for group in groups for file in sorted(group.iterdir()) if file.suffix == ".rq"]


def _name(file: Path) -> str:
    return re.sub(_PREFIX, "", file.stem)


def _param(file: Path, line: str) -> Param:
    if not (match := re.fullmatch(_PARAM, line)):
        raise QueryError(f"{file.name}: malformed line '#+ param: {line}'")
    name, kinds, required, help_, example = match.groups()
    return Param(name, tuple(kinds.split("|")), required == "required", help_, example)


def _terms(param: Param, values: Sequence[str], resolve: Resolve) -> str:
    return " ".join(_term(param, value, resolve) for value in values)


def _term(param: Param, value: str, resolve: Resolve) -> str:
    if param.kinds == ("text",):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'
    if param.kinds == ("number",):
        if not re.fullmatch(r"-?\d+", value):
            raise QueryError(f"{param.name} takes a whole number, not {value!r}")
        return value
    return f"<{resolve(value, param.kinds)}>"
