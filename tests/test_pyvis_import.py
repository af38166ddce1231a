"""pyvis imported without its notebook parts gives what pyvis gives, and leaves no trace on other modules."""

import json
import subprocess
import sys

USE = """
import json, sys
{}
net = Network(directed=True, cdn_resources="in_line")
net.options = {{"physics": {{"enabled": False}}}}
for name in ("Quillfeather Capital, L.P.", "Ada Testperson", "</script>"):
    net.add_node(name, label=name, shape="custom", x=1.5, lines=["a", "b"])
net.add_edge("Quillfeather Capital, L.P.", "Ada Testperson", id="1>2", hidden=True)
nodes, edges, *_, options = net.get_network_data()
heavy = sorted({{"IPython", "networkx", "jsonpickle"}} & set(sys.modules))
print(json.dumps([nodes, edges, options, heavy]))
"""


def used(importing: str) -> list[object]:
    done = subprocess.run([sys.executable, "-c", USE.format(importing)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_the_network_is_the_same_and_nothing_heavy_is_loaded() -> None:
    full = used("from pyvis.network import Network")
    light = used("from sitegen.graph.pyvis_import import network_class; Network = network_class()")
    assert light[:3] == full[:3]
    assert full[3] == ["IPython", "jsonpickle", "networkx"]
    assert light[3] == []


def test_modules_that_are_loaded_already_are_left_alone() -> None:
    light = used(
        "import networkx\nfrom sitegen.graph.pyvis_import import network_class; Network = network_class()\n"
        "assert networkx.Graph and sys.modules['networkx'] is networkx"
    )
    assert light[3] == ["networkx"]
