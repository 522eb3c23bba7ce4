"""A network for other tools: networkx, and files that Gephi, yEd, Cytoscape or d3 open.

Positions and colours are those of the page, so that what opens there looks as it did here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from emg_graph.analysis.network import BASES, STANDINGS, Fact, Link, Network, Node
from emg_graph.views.network import looks
from emg_graph.views.network.attributes import STATEMENT
from emg_graph.views.network.layout import positions
from emg_graph.views.network.opening import opening

if TYPE_CHECKING:
    import networkx as nx

_CLOCK = re.compile(rb' lastmodifieddate="[^"]*"')
_CREATOR = re.compile(rb"<creator>[^<]*</creator>")
_EDGE = re.compile(rb'(<edge [^>]*?id="[^".]*\.([^".]*)\.[^"]*")')
_REFUSED = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may hold."""
_LINE = {"stated": "solid", "via-mechanism": "dashed", "inferred": "dotted", "missing": "dashed"}


def to_networkx(network: Network) -> nx.MultiGraph:
    """Return a ``networkx.MultiGraph``: nodes by id, edges keyed by their relation.

    ``attributes`` says what each attribute is. The key of an edge is its relation; of two that
    lead to and fro between the same ends the second has ``-back`` added. Lists are lists; what is
    not known is left out.
    """
    graph = _bare(network)
    for link in network.links:
        back = "-back" if graph.has_edge(link.start, link.end, link.relation) else ""
        key = f"{link.relation}{back}"
        graph.add_edge(link.start, link.end, key=key, **_known(_edge(link)))
    return graph


def to_node_link(network: Network) -> bytes:
    """Return JSON as ``networkx.node_link_graph`` reads it, with ``x`` and ``y`` of each node."""
    import networkx  # noqa: PLC0415

    graph = to_networkx(network)
    for thing, (x, y) in positions(network, opening(network)).items():
        graph.nodes[thing].update(x=x, y=y)
    data = networkx.node_link_data(graph, edges="links")
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def to_graphml(network: Network) -> bytes:
    """Return GraphML with positions, sizes and colours as Gephi reads them; lists joined by |."""
    import networkx  # noqa: PLC0415

    graph = _plain(network)
    for thing, look in _drawn(network).items():
        graph.nodes[thing].update(look["place"], size=look["size"], **look["colour"])
    buffer = io.BytesIO()
    networkx.write_graphml_xml(graph, buffer)
    return buffer.getvalue()


def to_gexf(network: Network) -> bytes:
    """Return GEXF 1.2 with positions, sizes, colours and lines; lists joined by |.

    The ``kind`` of each edge is of GEXF 1.3: without it Gephi makes one line of two relations and
    adds up their weights.
    """
    import networkx  # noqa: PLC0415

    graph = _plain(network)
    for thing, look in _drawn(network).items():
        graph.nodes[thing]["viz"] = {
            "color": {**look["colour"], "a": 1.0},
            "position": {**look["place"], "z": 0.0},
            "size": look["size"],
        }
    for _, _, key, edge in graph.edges(keys=True, data=True):
        edge["id"] = key
        edge["viz"] = {"shape": _LINE[edge["basis"]], "thickness": edge.pop("width")}
    buffer = io.BytesIO()
    networkx.write_gexf(graph, buffer)
    about = f"<description>{escape(_text(network.note))}</description>"
    meta = f"<creator>emg-graph</creator>\n    {about}".encode()
    text = _CREATOR.sub(lambda _: meta, _CLOCK.sub(b"", buffer.getvalue()), count=1)
    return _EDGE.sub(rb'\1 kind="\2"', text)


def _plain(network: Network) -> nx.MultiGraph:
    """Return the graph with attributes that any file can hold, each edge by an id of its own."""
    graph = _bare(network)
    for values in (graph.graph, *(data for _, data in graph.nodes(data=True))):
        values.update({name: _text(value) for name, value in values.items()})
    for link in network.links:
        values = {name: _text(value) for name, value in _known(_edge(link)).items()}
        key = f"{link.start}.{link.relation}.{link.end}"
        graph.add_edge(link.start, link.end, key=key, **values, width=looks.width(link))
    return graph


def _bare(network: Network) -> nx.MultiGraph:
    """Return the nodes without any edge."""
    import networkx  # noqa: PLC0415

    graph = networkx.MultiGraph(name=network.title, view=network.view, note=network.note)
    for node in network.nodes:
        graph.add_node(node.id, **_known(_node(node)))
    return graph


def _text(value: Any) -> Any:
    """Return a value that XML can hold: lists joined, unlawful characters replaced.

    >>> _text(["a", "b\ufffe"]), _text(1.5)
    ('a|b\ufffd', 1.5)
    """
    if isinstance(value, list):
        value = "|".join(one if isinstance(one, str) else _told(one) for one in value)
    return _REFUSED.sub("\ufffd", value) if isinstance(value, str) else value


def _drawn(network: Network) -> dict[str, dict[str, Any]]:
    """Return place, size and colour of each node; upwards is positive, as Gephi has it."""
    first = opening(network)
    sizes = looks.sizes(network, first)
    return {
        node.id: {
            "place": {"x": float(x), "y": float(-y)},
            "size": float(sizes[node.id]),
            "colour": _rgb(looks.LOOKS[node.kind].light),
        }
        for node, (x, y) in zip(network.nodes, positions(network, first).values(), strict=True)
    }


def _rgb(colour: str) -> dict[str, int]:
    """Return red, green and blue from 0 to 255.

    >>> _rgb("#0072b2")
    {'r': 0, 'g': 114, 'b': 178}
    """
    return {name: int(colour[i : i + 2], 16) for name, i in (("r", 1), ("g", 3), ("b", 5))}


def _node(node: Node) -> Mapping[str, Any]:
    return {
        "label": node.label,
        "kind": node.kind,
        "name": node.name,
        "detail": node.detail,
        "homepage": node.homepage,
        "themes": sorted(node.themes),
        "source": node.source,
        "locator": node.locator,
    }


def _edge(link: Link) -> Mapping[str, Any]:
    return {
        "relation": link.relation,
        "subject": link.start,
        "basis": link.basis,
        "standing": link.standing,
        "functions": list(link.functions),
        "evidence": link.evidence,
        "weight": link.weight,
        "shared": list(link.shared),
        "status": link.status,
        "confidence": link.confidence,
        "statements": [_statement(fact) for fact in link.facts],
    }


def _statement(fact: Fact) -> dict[str, str | None]:
    return {name: getattr(fact, name) for name in STATEMENT}


def _told(statement: Mapping[str, str | None]) -> str:
    """Return a statement in one line: what keeps it from being sure, its place, its note.

    >>> _told(_statement(Fact("A serves B.", "inferred", "historic", (), "s", "p. 1", None, "low")))
    'A serves B. [inferred, past, low confidence] [s, p. 1]'
    """
    basis, standing, sure = (statement[name] for name in ("basis", "standing", "confidence"))
    marks = [BASES[str(basis)].lower()] if basis != "stated" else []
    marks += [STANDINGS[str(standing)].lower()] if standing != "current" else []
    marks += [f"{sure} confidence"] if sure in ("low", "medium") else []
    place = ", ".join(filter(None, (statement["source"], statement["locator"])))
    ends = [f" [{words}]" for words in (", ".join(marks), place) if words]
    note = f" Note: {statement['note']}" if statement["note"] else ""
    return f"{statement['sentence']}{''.join(ends)}{note}"


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
