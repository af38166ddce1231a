"""The network that pyvis builds, as data for the page: our own template shows it, never pyvis's."""

from copy import copy
from functools import cache
from typing import Any

import msgspec

from sitegen.graph.chains import Chains
from sitegen.graph.drawing import Drawing
from sitegen.graph.pyvis_import import network_class

_OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1, "hierarchical": {"enabled": False}},
    "interaction": {
        "dragNodes": False,
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "multiselect": False,
        "navigationButtons": False,
        "keyboard": {"enabled": False},
    },
    "nodes": {"chosen": False, "physics": False},
    "edges": {"chosen": False, "physics": False},
}


@cache
def _empty() -> Any:
    """Return a network without nodes: to make one costs more than to fill it, since it brings a Jinja2 environment."""
    net = network_class()(directed=True, cdn_resources="in_line")
    net.options = _OPTIONS
    return net


def network(chains: Chains, drawing: Drawing) -> dict[str, object]:
    """Build the vis.js network of a drawing with pyvis, and beside it what vis.js does not know: strokes and paths.

    Plain values, for a template to encode as JSON that cannot end its script element (`tojson`).
    """
    net = copy(_empty())
    net.nodes, net.edges, net.node_ids, net.node_map = [], [], [], {}
    for box in drawing.boxes:
        node = box.node
        net.add_node(
            node.id,
            label=node.name or node.id,
            shape="custom",
            group=node.look,
            x=box.x,
            y=box.y,
            w=box.w,
            h=box.h,
            lines=box.lines,
            note=node.note,
            page=node.page,
        )
    for edge in chains.edges:
        # The strokes of the drawing show the edges: several may run as one, and bend where the layout says.
        net.add_edge(edge.tail, edge.head, id=edge.id, hidden=True)
    nodes, edges, _heading, _height, _width, _options = net.get_network_data()
    beside = {
        "nodes": nodes,
        "edges": edges,
        "options": _OPTIONS,
        "strokes": drawing.strokes,
        "bands": drawing.bands,
        "frames": drawing.frames,
        "paths": [
            {
                "nodes": path.nodes,
                "edges": path.edges,
                "says": [role.text for role in path.roles],
                "number": path.block + 1,
                "signed": path.signed,
                "lines": path.place.label,
                "to": path.place.to,
                "told": path.told,
            }
            for path in chains.paths
        ],
        "width": drawing.width,
        "height": drawing.height,
    }
    plain: dict[str, object] = msgspec.to_builtins(beside)
    return plain
