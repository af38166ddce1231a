"""pyvis without what it brings for notebooks.

`pyvis.network` imports IPython, networkx and jsonpickle at its top. Building nodes and edges uses none of them, and
they are four fifths of a quarter of a second that every build with a graph would pay. In a process that imported pyvis
this way, its functions that draw from networkx do not work.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_UNUSED = {"IPython": (), "IPython.display": ("IFrame",), "networkx": (), "jsonpickle": ()}
"""Modules, with the names that are imported from them."""


@contextmanager
def _stand_ins() -> Iterator[None]:
    """Let empty modules stand in for those that are not loaded yet, while the block runs."""
    put = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
    for name, module in put.items():
        for member in _UNUSED[name]:
            setattr(module, member, None)
    sys.modules.update(put)
    try:
        yield
    finally:
        for name in put:
            del sys.modules[name]


def network_class() -> Any:
    """Return `pyvis.network.Network`."""
    with _stand_ins():
        from pyvis.network import Network  # type: ignore[import-untyped] # noqa: PLC0415 -- only builds with a graph
    return Network
