"""Which page shows what was just saved, for a browser that follows the work."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.config import Config
from sitegen.content import shown


class _Source(msgspec.Struct, frozen=True):
    path: str


class _Twin(msgspec.Struct, frozen=True):
    """What is needed of a dossier's data."""

    source: _Source


def page_of(config: Config, saved: Iterable[Path], changed: Iterable[str]) -> str | None:
    """Return the page, below the output folder, of the first saved file that has one among the changed pages.

    That is an exhibit's dossier, also when its sidecar was saved, a page of the site's own, or the page of a note.
    """
    files = [shown(path, config.content) for path in saved if config.content in path.parents]
    pages = {path: None for path in changed if path.endswith("/index.html")}
    for file in files:
        parts = file.removesuffix(".md").split("/")
        page = "/".join((*parts[1:], "index.html"))
        if file.endswith(".md") and parts[0] in {"pages", "notes"} and page in pages:
            return page
    exhibits = {file.removesuffix(".toml") for file in files}
    dossiers = (page for page in pages if page.startswith("agreements/") and page.count("/") == len(("slug", "index")))
    return next((page for page in dossiers if _exhibit(config.output / page) in exhibits), None)


def _exhibit(page: Path) -> str | None:
    try:
        return msgspec.json.decode(page.with_suffix(".json").read_bytes(), type=_Twin).source.path
    except (OSError, msgspec.MsgspecError):
        return None
