"""A theme's folder: its templates and static files, and what the pages of a template depend on. Needs no Jinja2."""

import hashlib
import os
import re
import time
from functools import cached_property
from pathlib import Path

import msgspec

from sitegen.graph.asset import VIS_NETWORK, vis_network
from sitegen.model.failure import UsageError

_HASH_LENGTH = 10
_TICK = 2 * 10**9
"""Nanoseconds in which some file systems tell no two writes apart."""
_REFERENCE = re.compile(
    r"\{%[-+]?\s*(?:extends|include|import|from)\s+"
    r"(?:([\"\'])(?P<name>.+?)\1\s*(?=[-+]?%\}|as\b|import\b|ignore\b|with)|)"
)
_ASSET = re.compile(r"asset_path\(\s*(?:([\"\'])(.+?)\1\s*\)|)")


class ThemeError(UsageError):
    """The theme cannot be used: the message says what, where and what to do."""


class Asset(msgspec.Struct, frozen=True):
    """A static file of the theme."""

    path: str
    """Below the site's root: `assets/site.0a1b2c3d4e.css`."""
    data: bytes


class ThemeFolder:
    """What a theme folder holds: `templates/` and `static/` (themes/README.md is the contract)."""

    def __init__(self, directory: Path) -> None:
        """Read the folder. Raises `ThemeError` when it is no theme."""
        self.templates = directory / "templates"
        if not self.templates.is_dir():
            raise ThemeError(f"{directory}: the theme has no folder templates/. Name another with --theme.")
        static = _files(directory / "static")
        static[VIS_NETWORK] = vis_network()
        self.assets = {name: Asset(_hashed(name, data), data) for name, data in static.items()}
        self._fingerprints: dict[str, str] = {}

    @cached_property
    def _sources(self) -> dict[str, str]:
        found = _files(self.templates)
        return {name: data.decode("utf-8", "replace") for name, data in found.items() if "__pycache__" not in name}

    def fingerprint(self, template: str) -> str:
        """Return a hash of all that a template draws on: the templates that it names, and their static files."""
        if template not in self._fingerprints:
            self._fingerprints[template] = self._fingerprint(template)
        return self._fingerprints[template]

    def _fingerprint(self, template: str) -> str:
        sources, names = self._sources, {template}
        todo = [template]
        while todo:
            for found in _REFERENCE.finditer(sources.get(todo.pop(), "")):
                # What a template works out itself could be any of them.
                more = {found["name"]} if found["name"] else set(sources)
                todo.extend(more - names)
                names |= more
        text = "".join(f"{name}\0{sources.get(name, '')}\0" for name in sorted(names))
        asked = [found[2] for found in _ASSET.finditer(text)]
        assets = self.assets if None in asked else {name: self.assets[name] for name in asked if name in self.assets}
        paths = "".join(f"{asset.path}\0" for _, asset in sorted(assets.items()))
        return hashlib.sha256((text + paths).encode("utf-8", "replace")).hexdigest()


def theme_folder(directory: Path) -> ThemeFolder:
    """Return what a folder holds: the same object as the last time, when nothing in it was written since.

    A file as new as the last two seconds is read again, as exhibits are. Raises `ThemeError` when it is no theme.
    """
    stamp, last = _stamp(directory), _last.get(directory)
    if last is None or stamp is None or last[0] != stamp:
        last = stamp, ThemeFolder(directory)
        _last.clear()
        _last[directory] = last
    return last[1]


_last: dict[Path, tuple[object, ThemeFolder]] = {}


def _stamp(directory: Path) -> tuple[object, ...] | None:
    """Return what tells that files are as they were; None where that cannot be told."""
    marks: list[tuple[str, int, int, int, int]] = []
    newest = time.time_ns() - _TICK
    for folder in (directory / "templates", directory / "static"):
        for above, _, names in os.walk(folder):
            for name in names:
                place = f"{above}/{name}"
                try:
                    status = os.stat(place)  # noqa: PTH116 -- many, at each build
                except OSError:
                    return None
                if max(status.st_mtime_ns, status.st_ctime_ns) > newest:
                    return None
                marks.append((place, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(sorted(marks))


def _files(folder: Path) -> dict[str, bytes]:
    try:
        places = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
        return {place.relative_to(folder).as_posix(): place.read_bytes() for place in places}
    except OSError as error:
        raise ThemeError(f"{error.filename}: cannot be used: {error.strerror}. Mend its permissions.") from None


def _hashed(name: str, data: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.sha256(data).hexdigest()[:_HASH_LENGTH]
    return f"assets/{stem}.{digest}.{suffix}" if dot and stem else f"assets/{name}.{digest}"
