"""The network in other tools: networkx, GraphML, GEXF, node-link JSON; and the graph as JSON-LD."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from folders import SMALL
from hypothesis import given
from hypothesis import settings as cheap
from networks import STATED, Row, rows, thing, whole, worlds
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset

from emg_graph.analysis.network import BASES, CONFIDENCES, STANDINGS, Fact, Link, Network
from emg_graph.analysis.network.links import network
from emg_graph.errors import OutputError
from emg_graph.graph import Graph, open_graph
from emg_graph.views.network import (
    VIEWS,
    attributes,
    exchange,
    near,
    to_gexf,
    to_graphml,
    to_networkx,
    to_node_link,
    view_of,
)
from emg_graph.views.network.layout import positions
from emg_graph.views.network.looks import LOOKS, sizes, width
from emg_graph.views.network.opening import opening

DOCUMENT = SMALL.parents[2] / "docs" / "network.md"
GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
TYPES = {"integer", "long", "double", "float", "boolean", "liststring", "string", "anyURI"}
"""Of GEXF 1.2draft, data.xsd."""
SHAPES = {"solid", "dotted", "dashed", "double"}
"""Of an edge in GEXF 1.2draft, viz.xsd."""
NMTOKEN = r"[\w.:-]+"
FORMS: Mapping[str, Callable[[Network], bytes]] = {
    ".gexf": to_gexf,
    ".graphml": to_graphml,
    ".json": to_node_link,
}


@pytest.fixture(scope="module")
def small() -> Graph:
    return open_graph("memory:", SMALL)


@pytest.fixture(scope="module", params=VIEWS)
def view(request: pytest.FixtureRequest, graph: Graph) -> Network:
    return view_of(graph, request.param)


def read_back(data: bytes, suffix: str) -> nx.MultiGraph:
    if suffix == ".gexf":
        return nx.read_gexf(io.BytesIO(data))
    if suffix == ".graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.node_link_graph(json.loads(data), edges="links")


_WRITTEN: dict[tuple[str, str], bytes] = {}


def written(found: Network, suffix: str) -> bytes:
    """Return a view of the shipped data in a form, made once for all tests."""
    key = (found.view, suffix)
    if key not in _WRITTEN:
        _WRITTEN[key] = FORMS[suffix](found)
    return _WRITTEN[key]


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes without those of the drawing."""
    return {name: value for name, value in values.items() if name != "viz"}


def edges(graph: nx.MultiGraph) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the attributes of each edge by its relation, its first end and its other one."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for one, other, data in graph.edges(data=True):
        first = data["subject"]
        assert first in (one, other)
        key = (data["relation"], first, other if first == one else one)
        assert key not in found
        found[key] = data
    return found


def joined(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as XML holds them: lists in one text."""
    return {k: exchange._text(v) for k, v in values.items()}


class TestNetworkx:
    def test_every_node_and_link_is_there_once(self, view: Network) -> None:
        graph = to_networkx(view)
        assert [*graph] == [node.id for node in view.nodes]
        assert edges(graph).keys() == {(link.relation, link.start, link.end) for link in view.links}
        assert graph.number_of_edges() == len(view.links)

    def test_the_attributes_are_those_that_are_explained(self, graph: Graph) -> None:
        nodes: set[str] = set()
        links: set[str] = set()
        for view in VIEWS:
            found = graph.to_networkx(view)
            assert found.graph.keys() == attributes.GRAPH.keys()
            nodes |= {name for _, data in found.nodes(data=True) for name in data}
            links |= {name for *_, data in found.edges(data=True) for name in data}
        assert nodes == attributes.NODE.keys()
        assert links == attributes.EDGE.keys()

    def test_the_document_explains_the_same_attributes(self) -> None:
        text = DOCUMENT.read_text(encoding="utf-8")
        shown = re.findall(r"^\| `(\w+)` \| (.*?) \|$", text, re.MULTILINE)
        parts = (attributes.GRAPH, attributes.NODE, attributes.EDGE, attributes.STATEMENT)
        explained = [row for part in parts for row in part.items()]
        assert shown[: len(explained)] == explained

    def test_some_attributes_are_always_known(self, view: Network) -> None:
        graph = to_networkx(view)
        for _, data in graph.nodes(data=True):
            assert {"label", "kind", "name"} <= data.keys()
        for *_, data in graph.edges(data=True):
            assert {"relation", "subject", "basis", "standing", "evidence", "weight"} <= data.keys()

    def test_what_is_not_known_is_left_out(self, view: Network) -> None:
        graph = to_networkx(view)
        values = [value for _, data in graph.nodes(data=True) for value in data.values()]
        values += [value for *_, data in graph.edges(data=True) for value in data.values()]
        assert not any(value is None or value == "" or value == [] for value in values)

    def test_shared_items_are_kept_on_projected_edges(self, view: Network) -> None:
        for *_, data in to_networkx(view).edges(data=True):
            if data["relation"].startswith("shared-"):
                assert len(data["shared"]) == data["evidence"] > 0
            elif data["relation"] not in ("missing-body", "missing-supporter"):
                assert "shared" not in data

    def test_each_statement_stands_with_its_own_source(self, small: Graph) -> None:
        data = small.to_networkx()["unep"]["minamata"]["role"]
        assert data["subject"] == "unep"
        assert (data["basis"], data["standing"], data["evidence"]) == ("stated", "current", 2)
        assert data["confidence"] == "medium"
        assert all(told.keys() == attributes.STATEMENT.keys() for told in data["statements"])
        first, *_, last = data["statements"]
        assert first == {
            "sentence": "UNEP (administers the secretariat for the Minamata Convention): performs"
            " the secretariat functions for the Convention through its Executive Director, in"
            " Geneva.",
            "basis": "stated", "standing": "current", "confidence": "medium",
            "source": "codexis-minamata-article-24", "locator": "Art. 24.3",
            "note": "Copy of the treaty text in Czech.",
        }  # fmt: skip
        assert (last["basis"], last["source"]) == ("inferred", "sdg-custodians-2019")

    def test_our_own_reading_has_no_source(self, small: Graph) -> None:
        (told,) = small.to_networkx()["basel"]["waste"]["theme"]["statements"]
        assert (told["basis"], told["source"], told["confidence"]) == ("inferred", None, None)

    @pytest.mark.parametrize(
        ("fact", "mark"),
        [
            (Fact("So.", "stated", confidence="high"), ""),
            (Fact("So.", "inferred"), " [inferred]"),
            (Fact("So.", "via-mechanism"), " [through a mechanism]"),
            (Fact("So.", "stated", "historic"), " [past]"),
            (Fact("So.", "inferred", "planned"), " [inferred, planned or proposed]"),
            (Fact("So.", "stated", confidence="low"), " [low confidence]"),
            (Fact("So.", "stated", confidence="medium"), " [medium confidence]"),
            (Fact("So.", "stated", source="s", locator="p. 1"), " [s, p. 1]"),
            (
                Fact("So.", "inferred", source="s", locator="p. 1", note="A list of 2007."),
                " [inferred] [s, p. 1] Note: A list of 2007.",
            ),
        ],
    )
    def test_only_what_is_stated_current_and_sure_stands_without_a_mark_in_xml(
        self, fact: Fact, mark: str
    ) -> None:
        made = whole(rows("e1-a1", fact=fact))
        for suffix in (".gexf", ".graphml"):
            back = edges(read_back(FORMS[suffix](made), suffix))
            assert back["role", "e1", "a1"]["statements"] == f"So.{mark}"

    def test_two_links_to_and_fro_are_two_edges(self) -> None:
        made = whole(rows("e1-e2 e2-e1", "position"))
        graph = to_networkx(made)
        found = {key: data["subject"] for _, _, key, data in graph.edges(keys=True, data=True)}
        assert found == {"position": "e1", "position-back": "e2"}
        for suffix, form in FORMS.items():
            assert read_back(form(made), suffix).number_of_edges() == 2

    def test_the_graph_is_a_copy_that_may_be_changed(self, small: Graph) -> None:
        graph = small.to_networkx("entities")
        graph["itc"]["unu"]["shared-positions"]["shared"].append("x")
        graph.remove_node("unep")
        again = small.to_networkx("entities")
        assert again["itc"]["unu"]["shared-positions"]["shared"] == ["environmental-governance"]
        assert "unep" in again

    @cheap(max_examples=20)
    @given(worlds())
    def test_every_statement_arrives(self, made: list[Row]) -> None:
        found = whole(made)
        told = sum(len(data["statements"]) for *_, data in to_networkx(found).edges(data=True))
        assert told == len(made)


class TestFiles:
    @pytest.mark.parametrize("suffix", FORMS)
    def test_nodes_and_edges_come_back(self, view: Network, suffix: str) -> None:
        graph, back = to_networkx(view), read_back(written(view, suffix), suffix)
        assert not back.is_directed()
        assert [*back] == [*graph]
        assert edges(back).keys() == edges(graph).keys()
        assert back.graph["name"] == view.title

    @pytest.mark.parametrize("suffix", FORMS)
    def test_attributes_come_back(self, view: Network, suffix: str) -> None:
        graph, back = to_networkx(view), read_back(written(view, suffix), suffix)
        plain = joined if suffix != ".json" else dict
        for name, data in graph.nodes(data=True):
            assert plain(data).items() <= known(back.nodes[name]).items()
        returned = edges(back)
        for key, data in edges(graph).items():
            assert plain(data).items() <= known(returned[key]).items()

    @pytest.mark.parametrize("suffix", FORMS)
    def test_positions_come_back_upwards_positive_but_for_screens(
        self, view: Network, suffix: str
    ) -> None:
        back = read_back(written(view, suffix), suffix)
        up = 1 if suffix == ".json" else -1
        for name, (x, y) in positions(view, opening(view)).items():
            data = back.nodes[name]
            place = data["viz"]["position"] if suffix == ".gexf" else data
            assert (place["x"], place["y"]) == (x, up * y)

    @pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
    def test_colours_sizes_and_widths_come_back(self, view: Network, suffix: str) -> None:
        data = written(view, suffix)
        back = read_back(data, suffix)
        radius = sizes(view, opening(view))
        for node in view.nodes:
            drawn = back.nodes[node.id]
            colour = drawn["viz"]["color"] if suffix == ".gexf" else drawn
            code = "#" + "".join(f"{colour[name]:02x}" for name in "rgb")
            assert code == LOOKS[node.kind].light
            assert (drawn["viz"] if suffix == ".gexf" else drawn)["size"] == radius[node.id]
        expected = {(link.relation, link.start, link.end): width(link) for link in view.links}
        if suffix == ".graphml":
            assert {key: data["width"] for key, data in edges(back).items()} == expected
        else:
            lines = ET.fromstring(data).iter(f"{GEXF}edge")
            found = {line.get("id"): line.find(f"{VIZ}thickness") for line in lines}
            for (relation, start, end), wide in expected.items():
                element = found[f"{start}.{relation}.{end}"]
                assert element is not None
                assert float(element.get("value", "")) == wide

    @pytest.mark.parametrize("suffix", FORMS)
    def test_an_empty_network_is_a_file_too(self, suffix: str) -> None:
        for found in (whole([]), whole([], ["e1"])):
            assert len(read_back(FORMS[suffix](found), suffix)) == len(found.nodes)

    @pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
    def test_what_xml_refuses_is_replaced(self, suffix: str) -> None:
        text = "a\ufffeb\uffff\x00\x0b <&>\"' \U0001f30d\u2028"
        fact = Fact(text, "stated", source="s", locator="l")
        known = {"e1": thing("e1", text), "a1": thing("a1", "]]>")}
        found = network("all", text, text, known, [Link("e1", "a1", "role", (fact,))])
        back = read_back(FORMS[suffix](found), suffix)
        clean = "a\ufffdb\ufffd\ufffd\ufffd <&>\"' \U0001f30d\u2028"
        assert back.nodes["e1"]["label"] == clean
        assert edges(back)["role", "e1", "a1"]["statements"] == f"{clean} [s, l]"
        assert back.nodes["a1"]["label"] == "]]>"

    def test_node_link_json_holds_any_text_as_it_is(self) -> None:
        fact = replace(STATED, sentence="a\ufffe\u2028</script>")
        back = read_back(to_node_link(whole(rows("e1-a1", fact=fact))), ".json")
        (told,) = back["e1"]["a1"]["role"]["statements"]
        assert told["sentence"] == fact.sentence

    def test_node_link_json_keeps_lists_and_says_what_it_is(self, small: Graph) -> None:
        data = json.loads(to_node_link(view_of(small, "entities")))
        assert data["multigraph"] is True
        assert data["directed"] is False
        assert data["graph"].keys() == attributes.GRAPH.keys()
        (unep,) = (node for node in data["nodes"] if node["id"] == "unep")
        assert all(isinstance(unep[axis], int) for axis in "xy")
        shared = {(link["source"], link["target"]): link["shared"] for link in data["links"]}
        assert shared["itc", "unu"] == ["environmental-governance"]

    def test_files_are_the_same_under_two_hash_seeds(self) -> None:
        program = (
            "import hashlib, folders\n"
            "from emg_graph.graph import open_graph\n"
            "from emg_graph.views import network as n\n"
            "graph = open_graph('memory:', folders.SMALL)\n"
            "for view in n.VIEWS:\n"
            "    for form in (n.to_gexf, n.to_graphml, n.to_node_link):\n"
            "        print(hashlib.sha256(form(n.view_of(graph, view))).hexdigest())\n"
            "print(hashlib.sha256(graph.store.export('.jsonld')).hexdigest())\n"
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
        assert len({*printed[0]}) == 13


class TestGexf:
    """The structure that Gephi reads: GEXF 1.2draft."""

    @pytest.fixture
    def root(self, view: Network) -> ET.Element:
        return ET.fromstring(written(view, ".gexf"))

    def test_it_is_gexf_1_2_without_a_clock(self, root: ET.Element, view: Network) -> None:
        assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
        (meta,) = root.iter(f"{GEXF}meta")
        assert meta.attrib == {}
        assert [(part.tag, part.text) for part in meta] == [
            (f"{GEXF}creator", "emg-graph"), (f"{GEXF}description", view.note),
        ]  # fmt: skip
        assert not re.search(rb"20\d\d-\d\d-\d\d\"|lastmodified", written(view, ".gexf")[:1500])

    def test_the_graph_is_static_and_undirected(self, root: ET.Element) -> None:
        (graph,) = root.iter(f"{GEXF}graph")
        assert graph.get("mode") == "static"
        assert graph.get("defaultedgetype") == "undirected"
        assert "timeformat" not in graph.attrib
        assert {child.tag for child in graph} == {
            f"{GEXF}attributes", f"{GEXF}nodes", f"{GEXF}edges",
        }  # fmt: skip

    def test_every_value_is_of_a_declared_attribute(self, root: ET.Element) -> None:
        for kind in ("node", "edge"):
            (declared,) = (
                part for part in root.iter(f"{GEXF}attributes") if part.get("class") == kind
            )
            names = {part.get("id"): part.get("title") for part in declared}
            assert len({*names.values()}) == len(names), "no title comes twice"
            assert {part.get("type") for part in declared} <= TYPES
            for element in root.iter(f"{GEXF}{kind}"):
                used = [value.get("for") for value in element.iter(f"{GEXF}attvalue")]
                assert {*used} <= names.keys()
                assert len({*used}) == len(used)

    def test_ids_are_unique_and_ends_exist(self, root: ET.Element, view: Network) -> None:
        nodes = [element.get("id") for element in root.iter(f"{GEXF}node")]
        lines = [*root.iter(f"{GEXF}edge")]
        assert len({*nodes}) == len(nodes) == len(view.nodes)
        assert len({line.get("id") for line in lines}) == len(lines) == len(view.links)
        assert {end for line in lines for end in (line.get("source"), line.get("target"))} <= {
            *nodes
        }
        weights = [float(line.get("weight", "nan")) for line in lines]
        assert all(weight > 0 for weight in weights), "a line of no weight is left out by Gephi"

    def test_every_node_and_edge_can_be_drawn(self, root: ET.Element) -> None:
        for element in root.iter(f"{GEXF}node"):
            assert element.get("label")
            (colour,) = element.iter(f"{VIZ}color")
            assert all(0 <= int(colour.get(name, "")) <= 255 for name in "rgb")
            assert float(colour.get("a", "")) == 1
            (place,) = element.iter(f"{VIZ}position")
            assert all(re.fullmatch(r"-?\d+\.\d", place.get(axis, "")) for axis in "xyz")
            (size,) = element.iter(f"{VIZ}size")
            assert float(size.get("value", "")) > 0
        for element in root.iter(f"{GEXF}edge"):
            (shape,) = element.iter(f"{VIZ}shape")
            assert shape.get("value") in SHAPES
            (thickness,) = element.iter(f"{VIZ}thickness")
            assert float(thickness.get("value", "")) > 0

    def test_relations_are_kinds_so_that_none_is_added_to_another(
        self, root: ET.Element, view: Network
    ) -> None:
        kinds = {line.get("id"): line.get("kind") for line in root.iter(f"{GEXF}edge")}
        assert kinds == {
            f"{link.start}.{link.relation}.{link.end}": link.relation for link in view.links
        }

    def test_lines_look_as_strong_as_they_are(self, small: Graph) -> None:
        root = ET.fromstring(to_gexf(small.links))
        shapes = {
            line.get("id"): [shape.get("value") for shape in line.iter(f"{VIZ}shape")]
            for line in root.iter(f"{GEXF}edge")
        }
        assert shapes["unep.role.minamata"] == ["solid"]
        assert shapes["world-bank.role.minamata"] == ["dashed"]
        assert shapes["basel.theme.waste"] == ["dotted"]


class TestGraphml:
    def test_ids_are_unique_tokens_so_that_no_edge_is_taken_for_another(
        self, view: Network
    ) -> None:
        root = ET.fromstring(written(view, ".graphml"))
        for tag in ("node", "edge", "key"):
            ids = [element.get("id", "") for element in root.iter(f"{GRAPHML}{tag}")]
            assert len({*ids}) == len(ids)
            assert all(re.fullmatch(NMTOKEN, name) for name in ids)

    def test_every_value_is_of_a_declared_key(self, view: Network) -> None:
        root = ET.fromstring(written(view, ".graphml"))
        keys = {key.get("id"): key.get("for") for key in root.iter(f"{GRAPHML}key")}
        assert {*keys.values()} <= {"graph", "node", "edge"}
        for tag in ("node", "edge"):
            for element in root.iter(f"{GRAPHML}{tag}"):
                used = [value.get("key") for value in element.iter(f"{GRAPHML}data")]
                assert all(keys[key] == tag for key in used)

    def test_what_gephi_takes_for_a_label_is_one(self, view: Network) -> None:
        """It reads the key d3 of a node and d7 of an edge as the label, as yEd writes them."""
        root = ET.fromstring(written(view, ".graphml"))
        names = {
            (key.get("for"), key.get("id")): key.get("attr.name")
            for key in root.iter(f"{GRAPHML}key")
        }
        assert names["node", "d3"] == "label"
        assert ("edge", "d7") not in names

    def test_numbers_are_declared_as_such(self, view: Network) -> None:
        root = ET.fromstring(written(view, ".graphml"))
        types = {
            (key.get("for"), key.get("attr.name")): key.get("attr.type")
            for key in root.iter(f"{GRAPHML}key")
        }
        for name in ("x", "y", "size"):
            assert types["node", name] == "double"
        assert {types["node", name] for name in "rgb"} == {"long"}
        assert types["edge", "weight"] == "double"
        assert types["edge", "evidence"] == "long"


class TestExport:
    @pytest.mark.parametrize("suffix", FORMS)
    def test_a_view_is_written_as_its_suffix_says(
        self, small: Graph, tmp_path: Path, suffix: str
    ) -> None:
        for view in VIEWS:
            file = small.export(tmp_path / f"{view}{suffix}", view)
            assert file.read_bytes() == FORMS[suffix](view_of(small, view))
        everything = small.export(str(tmp_path / f"x{suffix.upper()}"))
        assert everything.read_bytes() == FORMS[suffix](small.links)
        assert len([*tmp_path.iterdir()]) == len(VIEWS) + 1, "and nothing beside"

    @pytest.mark.parametrize("name", ["g.nq", "g.jsonld", "g.ttl", "tables", "g.xml"])
    def test_only_a_network_has_a_view(self, small: Graph, tmp_path: Path, name: str) -> None:
        with pytest.raises(OutputError, match="only a network has a view or a thing in its middle"):
            small.export(tmp_path / name, "all")
        with pytest.raises(OutputError, match="only a network has a view or a thing in its middle"):
            small.export(tmp_path / name, theme="mercury")
        assert [*tmp_path.iterdir()] == []

    @pytest.mark.parametrize("suffix", FORMS)
    def test_what_touches_one_thing_is_written_as_well(
        self, small: Graph, tmp_path: Path, suffix: str
    ) -> None:
        file = tmp_path / f"n{suffix}"
        found = {
            "agreement": ("Mercury Convention", "minamata"),
            "entity": ("GEF", "gef"),
            "theme": ("Mercury", "mercury"),
        }
        for kind, (name, middle) in found.items():
            small.export(file, **{kind: name})
            assert file.read_bytes() == FORMS[suffix](near(small, middle))
            made = small.to_networkx(**{kind: name})
            assert made.graph["view"] == f"around-{middle}"
            assert edges(made).keys() == edges(read_back(file.read_bytes(), suffix)).keys()

    def test_only_one_thing_can_be_asked_for(self, small: Graph, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="give one of a view, an agreement, an entity or"):
            small.export(tmp_path / "n.json", "gaps", theme="mercury")
        with pytest.raises(OutputError, match="give one of a view"):
            small.to_networkx(agreement="minamata", entity="unep")
        assert [*tmp_path.iterdir()] == []

    def test_candidates_all_weigh_the_same(self, small: Graph) -> None:
        made = small.to_networkx(agreement="minamata")
        weights = {
            data["weight"]
            for *_, data in made.edges(data=True)
            if data["relation"].startswith("candidate")
        }
        assert weights == {1.0}

    def test_an_unknown_view_is_told(self, small: Graph, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="there is no view 'bodies'"):
            small.export(tmp_path / "g.gexf", "bodies")
        assert [*tmp_path.iterdir()] == []

    def test_a_folder_in_the_way_is_told(self, small: Graph, tmp_path: Path) -> None:
        (tmp_path / "g.gexf").mkdir()
        with pytest.raises(OutputError, match=r"g\.gexf cannot be written: Is a directory"):
            small.export(tmp_path / "g.gexf")
        assert [file.name for file in tmp_path.iterdir()] == ["g.gexf"]


class TestJsonLd:
    def test_it_holds_the_same_quads(self, small: Graph) -> None:
        quads = small.store.quads()
        assert {*parse(small.store.export(".jsonld"), format=RdfFormat.JSON_LD)} == {*quads}

    def test_rdflib_reads_the_same_quads(self, small: Graph) -> None:
        def read(suffix: str, form: str) -> set[tuple[str, ...]]:
            dataset = Dataset()
            dataset.parse(io.BytesIO(small.store.export(suffix)), format=form)
            return {tuple(map(text, quad)) for quad in dataset.quads()}

        def text(term: Any) -> str:
            return str(term) if term is None or not hasattr(term, "n3") else str(term.n3())

        found = read(".jsonld", "json-ld")
        assert found == read(".nq", "nquads")
        assert len(found) == len(small.store)

    def test_each_graph_is_one_object(self, small: Graph) -> None:
        data = json.loads(small.store.export(".jsonld"))
        graphs = [part["@id"] for part in data if "@graph" in part]
        assert len({*graphs}) == len(graphs) > 10


def test_the_marks_of_every_statement_are_words_of_the_legend(graph: Graph) -> None:
    for *_, data in graph.to_networkx().edges(data=True):
        for told in data["statements"]:
            assert told["basis"] in BASES
            assert told["standing"] in STANDINGS
            assert told["confidence"] is None or told["confidence"] in CONFIDENCES
