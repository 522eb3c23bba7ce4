"""The script of a network's page: its parts share one scope, in which no name may stand twice."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest

from emg_graph.views.network import page

PARTS = sorted(
    file.name.removesuffix(".js")
    for file in (files("emg_graph.views.network") / "script").iterdir()
    if file.name.endswith(".js")
)
_DECLARED = re.compile(
    r"^(?:async )?(?:function|const|let) (\w+|\[[^\]]*\]|\{[^}]*\})", re.MULTILINE
)


def _names(part: str) -> list[str]:
    text = (files("emg_graph.views.network") / "script" / f"{part}.js").read_text(encoding="utf-8")
    return [name for found in _DECLARED.findall(text) for name in re.findall(r"\w+", found)]


def test_every_part_is_in_the_page() -> None:
    assert sorted(page._PARTS) == PARTS


def test_no_name_is_declared_twice() -> None:
    """A later function of the same name would replace the earlier one without a word."""
    count = Counter(name for part in PARTS for name in _names(part))
    assert len(count) > 80
    assert [name for name, times in count.items() if times > 1] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_a_small_room(part: str) -> None:
    text = (files("emg_graph.views.network") / "script" / f"{part}.js").read_text(encoding="utf-8")
    assert text.startswith("// ")
    assert len(text.splitlines()) < 250
