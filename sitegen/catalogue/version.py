"""The parser's own version: a cached parse is good only for the code that made it."""

import hashlib
from functools import cache
from importlib.resources import files

_PACKAGES = ("model", "read", "parse")


@cache
def parser_version() -> str:
    """Return a hash of the source of `model`, `read` and `parse`: 16 hex digits."""
    digest = hashlib.sha256()
    todo = [files("sitegen") / name for name in _PACKAGES]
    while todo:
        entry = todo.pop()
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            if child.is_dir():
                todo.append(child)
            elif child.name.endswith(".py"):
                digest.update(child.name.encode() + b"\0" + child.read_bytes())
    return digest.hexdigest()[:16]
