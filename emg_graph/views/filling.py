"""Templates filled in: pages with everything escaped, and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def filled(
    template: str, filters: Mapping[str, Callable[..., str]] | None = None, **values: Any
) -> str:
    """Return a template of ``views/templates`` filled with values; a missing one is an error.

    Args:
        template: its name; a page, which ends in ``.html.j2``, escapes what is filled in.
        filters: functions that the template may apply, by name.
        values: what the template calls by name.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  (0.1 seconds)

    environment = Environment(
        loader=PackageLoader("emg_graph.views"),
        autoescape=template.endswith(".html.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(filters or {})
    return environment.get_template(template).render(**values)
