"""The picture of a network: where things stand, how they look, and the page around them."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from folders import SMALL
from hypothesis import given
from hypothesis import settings as cheap
from networks import READ, STATED, Row, rows, thing, whole, worlds
from payloads import write_payloads
from synthetic import synthetic_network

from emg_graph.analysis.network import BASES, CANDIDATES, CONFIDENCES, KINDS, Link, Network
from emg_graph.analysis.network.links import network
from emg_graph.cli.network import VIEWS as CLI_VIEWS
from emg_graph.cli.network import command
from emg_graph.errors import OutputError, UnknownNameError
from emg_graph.graph import Graph, open_graph
from emg_graph.views.network import VIEWS, NetworkPage, fence, near, page_of, view_of
from emg_graph.views.network import layout as layouts
from emg_graph.views.network.layout import LARGE, positions
from emg_graph.views.network.looks import DASHES, LOOKS, sizes, width
from emg_graph.views.network.opening import CROWDED, Opening, opening

Spots = Mapping[str, tuple[int, int]]
EVERYTHING = Opening(None, frozenset())
_NUMBER = re.compile(r"\d[\d,]*(?<!,)")
PAYLOADS = (
    "</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028\u2029", '"\\', "&amp;",
    "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "' onload='x", "\u202eright", "\ufffe",
)  # fmt: skip
_POSITIONS = """
import json, sys
from synthetic import synthetic_network
from emg_graph.views.network.layout import positions
from emg_graph.views.network.opening import opening
found = synthetic_network(*map(int, sys.argv[1:]))
print(json.dumps(positions(found, opening(found))))
print(*(name for name in ("networkx", "rustworkx") if name in sys.modules))
"""
LOADING = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "object": "data",
    "embed": "src", "source": "src", "video": "src", "audio": "src", "form": "action",
    "base": "href", "use": "href", "image": "href", "input": "src",
}  # fmt: skip
"""The attribute with which an element has something loaded or sent."""


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture(scope="module")
def page(small: Graph) -> str:
    return small.network(agreement="minamata").to_html()


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Read(HTMLParser):
    """What a parser of HTML makes of a page."""

    elements: list[Element] = field(default_factory=list)
    inside: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.elements[-1].text += data

    def all(self, tag: str) -> list[Element]:
        return [one for one in self.elements if one.tag == tag]


def read(text: str) -> Read:
    reader = Read()
    reader.feed(text)
    return reader


def held(text: str) -> Any:
    """Return the data that a page holds."""
    (data,) = (one for one in read(text).all("script") if one.attributes.get("id") == "data")
    return json.loads(data.text)


def page_around(found: Network, **source: str) -> str:
    return NetworkPage(found, {"s": source}, "data 1").to_html()


def in_process(*args: object, seed: str = "0") -> tuple[Spots, list[str]]:
    """Lay out a synthetic network in a new process; return its places and what it imported."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _POSITIONS, *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent), "PYTHONHASHSEED": seed},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    first, second, *_ = done.stdout.split("\n")
    return {name: (x, y) for name, (x, y) in json.loads(first).items()}, second.split()


class TestLayout:
    @pytest.mark.parametrize(("nodes", "links"), [(120, 300), (LARGE + 20, 700)])
    def test_places_are_the_same_each_time_under_any_hash_seed(
        self, nodes: int, links: int
    ) -> None:
        found = synthetic_network(nodes, links)
        here = positions(found, opening(found))
        assert positions(found, opening(found)) == here
        for seed in ("1", "271828"):
            assert in_process(nodes, links, seed=seed)[0] == here

    def test_many_nodes_are_laid_out_by_rustworkx_and_few_without_it(self) -> None:
        assert in_process(LARGE, 400)[1] == ["networkx"]
        assert in_process(LARGE + 1, 400)[1] == ["rustworkx"]

    def test_the_border_is_where_it_is_said_to_be(self, monkeypatch: pytest.MonkeyPatch) -> None:
        called: list[str] = []
        for name in ("_by_networkx", "_by_rustworkx"):

            def spot(count: int, _: object, name: str = name) -> layouts.Array:
                called.append(name)
                return np.arange(count * 2, dtype=float).reshape(count, 2)

            monkeypatch.setattr(layouts, name, spot)
        for count in (LARGE, LARGE + 1):
            found = synthetic_network(count, 350)
            positions(found, opening(found))
        assert called == ["_by_networkx", "_by_rustworkx"]

    @pytest.mark.parametrize("view", VIEWS)
    def test_the_boxes_of_labels_hardly_overlap(self, graph: Graph, view: str) -> None:
        found = view_of(graph, view)
        assert crossed(found) <= len(found.nodes) / 5

    def test_the_boxes_of_a_large_network_hardly_overlap(self) -> None:
        found = synthetic_network(600, 2000)
        assert crossed(found) <= len(found.nodes) / 20

    @pytest.mark.parametrize("name", ["minamata", "unep", "chemicals", "gef"])
    def test_the_thing_in_focus_is_the_origin(self, graph: Graph, name: str) -> None:
        found = near(graph, name)
        assert positions(found, opening(found))[name] == (0, 0)

    def test_without_a_focus_the_middle_of_all_is_the_origin(self, graph: Graph) -> None:
        found = view_of(graph, "agreements")
        places = np.array([*positions(found, opening(found)).values()])
        assert abs(places.min(axis=0) + places.max(axis=0)).max() <= 2

    def test_nothing_and_one_thing_have_places_too(self) -> None:
        assert positions(whole([]), EVERYTHING) == {}
        assert positions(whole([], ["e1"]), EVERYTHING) == {"e1": (0, 0)}

    def test_things_without_links_stand_apart_as_well(self) -> None:
        found = positions(whole([], ["e1", "e2", "e3"]), EVERYTHING)
        assert len({*found.values()}) == 3

    @cheap(max_examples=15)
    @given(worlds())
    def test_every_node_has_a_place_of_its_own(self, made: list[Row]) -> None:
        found = whole(made)
        places = positions(found, opening(found))
        assert [*places] == [node.id for node in found.nodes]
        assert len({*places.values()}) == len(places)
        assert all(isinstance(number, int) for place in places.values() for number in place)

    def test_boxes_on_one_spot_are_pushed_apart(self) -> None:
        boxes = np.full((4, 2), (40.0, 15.0))
        pushed = layouts._apart(np.zeros((4, 2)), boxes)
        assert not overlaps(pushed, boxes)

    def test_links_that_are_not_shown_at_first_pull_little(self) -> None:
        """With its links hidden a pair drifts apart; each of a chain holds the next."""
        made = whole([*rows("e1-e2 e2-e3 e3-e4 e4-e5"), *rows("e1-e5", "product")])

        def apart(first: Opening) -> float:
            places = positions(made, first)
            return math.dist(places["e1"], places["e5"]) / math.dist(places["e1"], places["e2"])

        assert apart(Opening(None, frozenset({"product"}))) > 1.3 * apart(EVERYTHING)


def overlaps(places: layouts.Array, boxes: layouts.Array, slack: float = 2.0) -> int:
    """Return how many pairs of boxes overlap by more than the slack in both ways."""
    count = 0
    for i in range(len(places)):
        room = boxes[i] + boxes[i + 1 :] - np.abs(places[i] - places[i + 1 :])
        count += int((room > slack).all(axis=1).sum())
    return count


def crossed(found: Network) -> int:
    places = positions(found, opening(found))
    spots = np.array([places[node.id] for node in found.nodes], dtype=float)
    return overlaps(spots, layouts._boxes(found))


class TestOpening:
    @pytest.mark.parametrize("view", VIEWS)
    def test_a_crowded_view_opens_with_its_heaviest_links(self, graph: Graph, view: str) -> None:
        found = view_of(graph, view)
        first = opening(found)
        shown = [one for one in found.links if first.shows(one)]
        hidden = [one for one in found.links if not first.shows(one)]
        if view == "all":
            assert not hidden
            return
        assert len(shown) >= min(CROWDED[view], len(found.links))
        assert sum(one.weight > (first.least or 0) for one in shown) <= CROWDED[view]
        heaviest = [one for one in hidden if one.relation not in first.aside]
        assert max((one.weight for one in heaviest), default=0) < min(one.weight for one in shown)

    def test_of_the_gaps_the_gaps_are_shown(self, graph: Graph) -> None:
        found = view_of(graph, "gaps")
        first = opening(found)
        assert {one.basis for one in found.links if first.shows(one)} == {"missing"}

    def test_a_view_with_few_links_opens_with_all(self, small: Graph) -> None:
        found = view_of(small, "entities")
        assert opening(found).least == 0.0
        assert all(opening(found).shows(one) for one in found.links)


_SEEN_BY = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopes": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopes": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How linear red, green and blue arrive (Machado, Oliveira and Fernandes 2009)."""


class TestLooks:
    def test_every_kind_and_basis_has_a_look(self) -> None:
        assert LOOKS.keys() == KINDS.keys()
        assert DASHES.keys() == BASES.keys()

    def test_shapes_and_dashes_all_differ(self) -> None:
        assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)
        assert len({*DASHES.values()}) == len(DASHES)
        assert DASHES["stated"] == (), "what a source states is a whole line"

    @pytest.mark.parametrize("eyes", _SEEN_BY)
    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_colours_can_be_told_apart_with_any_colour_vision(self, theme: str, eyes: str) -> None:
        seen = {kind: lab(getattr(look, theme), eyes) for kind, look in LOOKS.items()}
        for one, other in combinations(seen, 2):
            assert math.dist(seen[one], seen[other]) > 10, (one, other)

    def test_the_outline_stands_out_from_the_paper_and_the_fill_from_one_of_them(self) -> None:
        """Of WCAG 2.2: a graphical object has a contrast of 3 to 1."""
        for theme, paper, ink in papers():
            assert contrast(paper, ink) > 7
            for look in LOOKS.values():
                fill = getattr(look, theme)
                assert max(contrast(fill, paper), contrast(fill, ink)) > 3

    def test_more_links_make_a_larger_node_up_to_a_limit(self) -> None:
        made = whole(rows(" ".join(f"e1-a{i}" for i in range(300))))
        found = sizes(made, EVERYTHING)
        assert found["e1"] == 18
        assert found["a7"] == 6
        assert {*sizes(made, Opening(9.0, frozenset())).values()} == {5}

    def test_more_evidence_makes_a_wider_line_up_to_a_limit(self) -> None:
        widths = [width(Link("a", "b", "role", weight=weight)) for weight in (0, 1, 2, 9, 999)]
        assert widths == sorted(widths)
        assert (widths[0], widths[-1]) == (0.8, 6.0)

    def test_a_line_in_doubt_is_narrow(self) -> None:
        unsure = replace(STATED, confidence="low")
        many = tuple(replace(unsure, sentence=f"{number}.") for number in range(9))
        assert width(Link.resting("e1", "a1", "role", many)) == 0.8
        sure = replace(STATED, confidence="medium")
        assert width(Link.resting("e1", "a1", "role", (*many, sure))) > 3

    @pytest.mark.parametrize("relation", sorted(CANDIDATES))
    def test_all_with_related_work_have_one_width(self, relation: str) -> None:
        low = replace(READ, confidence="low")
        assert width(Link("e1", "a1", relation, (READ,) * 9, weight=9.0)) == 1.2
        assert width(Link("e1", "a1", relation, (low,))) == 1.2


def channels(colour: str) -> list[float]:
    """Return linear red, green and blue."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def contrast(one: str, other: str) -> float:
    light = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), channels(colour),
                                             strict=True)) for colour in (one, other))  # fmt: skip
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(colour: str, eyes: str) -> tuple[float, ...]:
    """Return lightness and the two colour axes of CIELAB, as some eyes see a colour."""
    seen = np.clip(np.array(_SEEN_BY[eyes]) @ np.array(channels(colour)), 0, 1)
    to_xyz = np.array(
        [(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)]
    )
    xyz = to_xyz @ seen / np.array([0.95047, 1, 1.08883])
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116).tolist()
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def papers() -> list[tuple[str, str, str]]:
    """Return the colours of paper and ink, light and dark, as the page's style has them."""
    style = (Path(layouts.__file__).parent / "script" / "page.css").read_text(encoding="utf-8")
    light, dark = ({"paper": paper, "ink": ink} for ink, paper in found_in(style)[:2])
    return [("light", light["paper"], light["ink"]), ("dark", dark["paper"], dark["ink"])]


def found_in(style: str) -> list[tuple[str, str]]:
    """Return ink and paper of each ``:root`` rule, in six digits."""
    found = re.findall(r":root \{[^}]*--ink: (#\w+);[^}]*--paper: (#\w+);", style)
    return [(six(ink), six(paper)) for ink, paper in found]


def six(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])


class TestContent:
    def test_facts_and_sources_stand_once_and_are_found_by_number(self, small: Graph) -> None:
        found = small.network()
        data = held(found.to_html())
        facts = [tuple(fact) for fact in data["facts"]]
        assert len({*facts}) == len(facts)
        names = [source["id"] for source in data["sources"]]
        assert names == sorted({*names})
        for link, one in zip(data["links"], found.network.links, strict=True):
            told = [data["facts"][number] for number in link["facts"]]
            assert [fact[0] for fact in told] == [fact.sentence for fact in one.facts]
            for fact, original in zip(told, one.facts, strict=True):
                source = None if fact[3] is None else names[fact[3]]
                assert (source, fact[4]) == (original.source, original.locator)
                assert fact[5:] == [original.confidence, original.note]

    def test_every_source_has_its_title_and_class(self, graph: Graph) -> None:
        data = held(graph.network().to_html())
        assert all(source["title"] and source["class"] in "ABCDE" for source in data["sources"])

    def test_a_source_that_nobody_describes_is_called_by_its_id(self) -> None:
        data = held(NetworkPage(whole(rows("e1-a1")), {}, "1").to_html())
        assert [(source["id"], source["title"]) for source in data["sources"]] == [("s", "s")]

    def test_only_what_is_there_is_in_the_legend(self) -> None:
        data = held(NetworkPage(whole(rows("e1-a1")), {}, "1").to_html())
        assert [*data["kinds"]] == ["entity", "agreement"]
        assert [*data["relations"]] == ["role"]
        assert [*data["bases"]] == ["stated"]
        assert [*data["standings"]] == ["current"]
        assert (data["functions"], data["themes"]) == ({}, {})

    def test_how_sure_the_record_is_can_be_told_apart(self, graph: Graph) -> None:
        found = graph.network(entity="wco")
        data = held(found.to_html())
        assert [*data["confidences"].items()] == [
            (word, label) for word, label in CONFIDENCES.items() if word in data["confidences"]
        ]
        assert {"high", "medium"} <= data["confidences"].keys()
        for link, one in zip(data["links"], found.network.links, strict=True):
            assert link["confidence"] == one.confidence
            assert not one.confidence or one.confidence in data["confidences"]
        assert held(page_around(whole(rows("e1-a1"))))["confidences"] == {}

    def test_who_is_there_for_related_work_alone_is_told(self, small: Graph) -> None:
        data = held(small.network(agreement="minamata").to_html())
        related = {node["id"] for node in data["nodes"] if node["candidate"]}
        assert related == {"brs-secretariat"}, "UNICEF spoke on it, the World Bank is trustee"
        assert data["aside"] == ["relation:candidate-indirect"]
        for view in ({}, {"entity": "unep"}, {"theme": "mercury"}):
            data = held(small.network(**view).to_html())
            assert not any(node["candidate"] for node in data["nodes"])
            assert data["aside"] == []

    @pytest.mark.parametrize("view", VIEWS)
    def test_a_view_says_what_it_holds_and_what_is_hidden(self, graph: Graph, view: str) -> None:
        found = graph.network(view)
        data = held(found.to_html())
        links, *things = (int(n.replace(",", "")) for n in _NUMBER.findall(data["summary"][0]))
        assert links == len(found.network.links)
        assert sum(things) == len(found.network.nodes)
        first = opening(found.network)
        hidden = sum(not first.shows(one) for one in found.network.links)
        said = [_NUMBER.findall(line)[0] for line in data["summary"][1:]]
        assert sum(int(number.replace(",", "")) for number in said) == hidden
        assert (data["strength"] is None) == (data["least"] is None)
        assert "missing from the record" in data["caution"]

    def test_an_agreement_is_summed_up_by_who_is_on_record(self, small: Graph) -> None:
        page = small.network(agreement="minamata")
        data = held(page.to_html())
        assert data["summary"][:-1] == [*page.network.summary]
        assert data["summary"][-1] == (
            "Hidden at first, shown by its tick: Related work (indirect), no documented role here"
            " (2)."
        )
        assert data["strength"] is None
        assert data["caution"].startswith("A whole line is stated by a source; dotted lines are")

    def test_the_second_and_third_line_between_two_things_are_bent(self) -> None:
        made = [*rows("e1-m1"), *rows("e1-m1", "membership"), *rows("m1-e1", "product")]
        edges = held(page_around(whole(made)))["drawing"]["edges"]
        assert [edge.get("smooth", {}).get("roundness", 0) for edge in edges] == [0, 0.12, 0.24]

    def test_lines_are_dashed_by_basis(self, small: Graph) -> None:
        found = small.network()
        drawing = held(found.to_html())["drawing"]
        for edge, link in zip(drawing["edges"], found.network.links, strict=True):
            assert edge["dashes"] == ([*DASHES[link.basis]] or False)
            assert edge["width"] == width(link)

    def test_the_focus_and_what_is_left_out_are_told(self, small: Graph) -> None:
        data = held(small.network(agreement="minamata").to_html())
        assert [data["nodes"][place]["id"] for place in data["focus"]] == ["minamata"]
        data = held(small.network("gaps").to_html())
        assert data["aside"] == ["relation:function"]


class TestFence:
    NODES = ({"id": 0, "x": 1, "title": "<b>"}, {"id": 1, "x": 2})
    EDGES = ({"id": 0, "from": 0, "to": 1, "dashes": [2, 5]},)

    def test_what_goes_in_comes_out(self) -> None:
        found = fence.drawn(self.NODES, self.EDGES, {"physics": {"enabled": False}})
        assert found["nodes"] == [*self.NODES]
        assert found["edges"] == [*self.EDGES]
        assert json.loads(found["options"]) == {"physics": {"enabled": False}}

    def test_what_is_given_is_left_as_it_was_and_nothing_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        nodes = [{"id": 0}]
        found = fence.drawn(nodes, [], {})
        found["nodes"][0]["x"] = 1
        assert nodes == [{"id": 0}]
        assert [*tmp_path.iterdir()] == []

    def test_the_script_is_that_of_vis_network(self) -> None:
        script = fence.script()
        assert "vis-network" in script[:2000]
        assert "</script" not in script.lower(), "it stands in an element of that name"


class TestPage:
    def test_the_bytes_are_the_same_under_two_hash_seeds(self) -> None:
        program = (
            "import sys, hashlib, folders\n"
            "from emg_graph.graph import open_graph\n"
            "graph = open_graph('memory:', folders.SMALL)\n"
            "pages = [graph.network(view) for view in ('all', 'entities', 'agreements', 'gaps')]\n"
            "for page in (*pages, graph.network(agreement='minamata')):\n"
            "    print(hashlib.sha256(page.to_html().encode()).hexdigest())\n"
        )
        printed = []
        for seed in ("1", "271828"):
            env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)}
            done = subprocess.run(
                [sys.executable, "-W", "error", "-c", program],
                env=env, capture_output=True, text=True, check=True,
            )  # fmt: skip
            printed.append(done.stdout.split())
        assert printed[0] == printed[1]
        assert len({*printed[0]}) == 5

    def test_the_scripts_are_those_that_the_policy_allows(self, page: str) -> None:
        (policy,) = (
            one.attributes["content"]
            for one in read(page).all("meta")
            if one.attributes.get("http-equiv") == "Content-Security-Policy"
        )
        rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
        scripts = [one.text for one in read(page).all("script") if not one.attributes]
        assert len(scripts) == 2
        allowed = [
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in scripts
        ]
        assert rules["script-src"].split() == allowed
        assert rules["default-src"] == "'none'"
        assert "connect-src" not in rules, "so that nothing can be fetched or sent"
        assert rules["form-action"] == rules["base-uri"] == "'none'"
        assert rules["img-src"] == "data: blob:"

    def test_nothing_is_loaded_from_elsewhere(self, page: str) -> None:
        for one in read(page).elements:
            address = one.attributes.get(LOADING.get(one.tag, ""))
            assert address is None or address.startswith("data:"), one
            assert not {"srcset", "poster", "background", "ping"} & one.attributes.keys()
        for style in read(page).all("style"):
            assert "@import" not in style.text
            assert not re.search(r"url\((?!['\"]?(data:|#))", style.text)

    def test_there_is_no_handler_in_any_element(self, page: str) -> None:
        names = {name for one in read(page).elements for name in one.attributes}
        assert not {name for name in names if name.startswith("on")}

    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_the_data_is_inert_whatever_it_holds(self, payload: str) -> None:
        fact = STATED.__class__(payload, "stated", source="s", locator=payload)
        known = {"e1": thing("e1", payload), "a1": thing("a1")}
        found = network("all", payload, payload, known, [Link("e1", "a1", "role", (fact,))])
        text = page_around(found, title=payload, url=payload)
        plain = page_around(whole(rows("e1-a1")), title="", url="")
        tags = [one.tag for one in read(text).elements]
        assert tags == [one.tag for one in read(plain).elements], "no element is added"
        data = held(text)
        assert data["nodes"][1]["label"] == payload
        assert data["facts"][0][0] == payload
        assert data["sources"][0]["title"] == payload
        (raw,) = re.findall(
            r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL
        )
        assert not re.search("[<>&\u2028\u2029]", raw)

    def test_a_folder_full_of_payloads_adds_no_element(self, tmp_path: Path, page: str) -> None:
        spoilt = open_graph("memory:", write_payloads(tmp_path / "data"))
        text = spoilt.network(agreement="minamata").to_html()
        assert [one.tag for one in read(text).elements] == [one.tag for one in read(page).elements]
        assert any("onerror" in node["name"] for node in held(text)["nodes"])

    def test_the_page_says_what_it_shows_and_of_which_data(self, small: Graph, page: str) -> None:
        reader = read(page)
        assert [one.text.strip() for one in reader.all("h1")] == ["Minamata Convention on Mercury"]
        (note,) = (one.text for one in reader.all("p") if one.text.startswith("Everything on"))
        assert "not who should act" in note
        said = " ".join(one.text for one in reader.elements if one.tag != "script")
        assert f"data small, sha256 {small.data_hash[:12]}" in said

    def test_a_notebook_shows_it_in_a_frame_of_its_own(self, small: Graph) -> None:
        found = small.network("agreements")
        (frame,) = read(found._repr_html_()).elements
        assert frame.tag == "iframe"
        assert frame.attributes["srcdoc"] == found.to_html()
        assert frame.attributes["title"] == found.network.title
        assert "allow-same-origin" not in str(frame.attributes["sandbox"])

    def test_an_empty_network_is_a_page_too(self) -> None:
        data = held(page_around(whole([])))
        assert (data["nodes"], data["links"], data["facts"], data["sources"]) == ([], [], [], [])
        assert data["summary"] == []


class TestView:
    def test_the_views_are_named_alike_everywhere(self) -> None:
        from emg_graph.cli.export import command as export

        assert VIEWS == CLI_VIEWS
        for asked in (command, export):
            (choice,) = (param.type for param in asked.params if param.name == "view")
            assert tuple(choice.choices) == VIEWS  # type: ignore[attr-defined]

    @pytest.mark.parametrize("view", VIEWS)
    def test_a_view_is_what_it_is_called(self, small: Graph, view: str) -> None:
        assert view_of(small, view).view == view
        assert small.network(view).network == view_of(small, view)

    def test_a_thing_may_be_asked_for_by_any_name(self, small: Graph) -> None:
        assert small.network(agreement="Mercury Convention").network.focus == ("minamata",)
        assert small.network(entity="UNICEF").network.focus == ("unicef",)
        assert small.network(entity="GEF").network.focus == ("gef",)
        assert small.network(theme="Mercury").network.focus == ("mercury",)

    def test_only_one_thing_can_be_asked_for(self, small: Graph) -> None:
        with pytest.raises(OutputError, match="give one of a view, an agreement, an entity or"):
            small.network(agreement="minamata", entity="unep")
        with pytest.raises(OutputError, match="give one of a view"):
            small.network("gaps", theme="mercury")

    def test_an_unknown_view_or_name_is_told(self, small: Graph) -> None:
        known = "use all, entities, agreements, gaps"
        with pytest.raises(OutputError, match=f"there is no view 'bodies'; {known}"):
            small.network("bodies")
        with pytest.raises(OutputError, match="there is no view 'bodies'"):
            small.to_networkx("bodies")
        with pytest.raises(UnknownNameError, match="no agreement is called 'minamta'; did you"):
            small.network(agreement="minamta")
        with pytest.raises(UnknownNameError, match="it is the name of another kind of thing"):
            small.network(entity="minamata")

    def test_a_page_has_the_sources_that_it_cites(self, small: Graph) -> None:
        found = page_of(small, view_of(small))
        cited = {fact.source for one in found.network.links for fact in one.facts if fact.source}
        assert cited <= found.sources.keys()
