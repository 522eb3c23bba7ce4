"""Templates filled in: pages with everything escaped, and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

Filter = Callable[..., str]


def filled(template: str, filters: Mapping[str, Filter] | None = None, **values: Any) -> str:
    """Return a template of ``views/templates`` filled with values; a missing one is an error.

    Args:
        template: its name; a page, which ends in ``.html.j2``, escapes what is filled in.
        filters: functions that the template may apply, by name.
        values: what the template calls by name.
    """
    applied = tuple(sorted((filters or {}).items(), key=lambda named: named[0]))
    return _environment(applied).get_template(template).render(**values)


@lru_cache(maxsize=8)
def _environment(filters: tuple[tuple[str, Filter], ...]) -> Environment:
    """Return where templates are read, once for the same filters: reading them takes longest."""
    import jinja2  # noqa: PLC0415  (0.1 seconds)

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("emg_graph.views"),
        autoescape=jinja2.select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(filters)
    return environment
