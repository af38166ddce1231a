"""The one vis-network script of a site, as pyvis ships it, checked before it is copied; and its licences."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from sitegen.model.failure import UsageError

VIS_NETWORK = "vis-network-9.1.2.min.js"
VIS_NETWORK_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""Of the copy in pyvis 0.3.2, which was reviewed: it differs from npm's in white space."""


def vis_network() -> bytes:
    """Return the script. Raises `UsageError` when pyvis is not installed or ships another one than the one reviewed."""
    found = find_spec("pyvis")  # located, not imported: the import alone takes a quarter of a second
    for place in found.submodule_search_locations or () if found else ():
        script = (Path(place) / "lib" / "vis-9.1.2" / "vis-network.min.js").read_bytes()
        if hashlib.sha256(script).hexdigest() == VIS_NETWORK_SHA256:
            return script
    raise UsageError("the vis-network script of pyvis 0.3.2 is missing or changed: install pyvis==0.3.2.")
