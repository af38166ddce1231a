"""Which page shows what was just saved, for a browser that follows the work."""

from collections.abc import Iterable, Iterator
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

    That is an exhibit's dossier, also when its sidecar was saved, a page of the site's own, or the page of a note. A
    new folder is told of before what is in it, so a folder stands for all its files.
    """
    files = [shown(path, config.content).removesuffix(".toml") for path in saved if config.content in path.parents]
    pages = [page for page in changed if files and page.endswith("/index.html")]
    sources = [(page, source) for page in pages for source in _sources(config, page)]
    for file in files:
        for page, source in sources:
            within = source.startswith(f"{file}/") and (config.content / source).exists()
            if source == file or within:
                return page
    return None


def _sources(config: Config, page: str) -> Iterator[str]:
    """Yield the files below the content folder that a page may be of."""
    name = page.removesuffix("/index.html")
    yield from (f"pages/{name}.md", f"notes/{name}.md")
    if name.startswith("agreements/") and name.count("/") == 1 and (exhibit := _exhibit(config.output / page)):
        yield exhibit


def _exhibit(page: Path) -> str | None:
    try:
        return msgspec.json.decode(page.with_suffix(".json").read_bytes(), type=_Twin).source.path
    except (OSError, msgspec.MsgspecError):
        return None
