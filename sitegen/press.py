"""Pages → the bytes of their files, by workers when there are many."""

from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.catalogue.catalogue import Catalogue
from sitegen.export.twins import EXPORTERS, encode
from sitegen.pages import PAGES, Page
from sitegen.pages.site import Site
from sitegen.render.folder import ThemeFolder, theme_folder
from sitegen.workers import Workers, ahead

if TYPE_CHECKING:
    from sitegen.render.theme import Theme

WORTH_WORKERS = 256
"""Pages from which on workers make them: fewer are made before a worker has started."""
_BATCH = 32
"""Pages that a worker is asked for at once."""
_AHEAD = 2
"""Batches that are begun, for each worker, ahead of the page that is written."""
_KINDS = {page.kind: page for page in PAGES}

Made = tuple[bytes, ...]
"""The files of one page, in the order of `file_paths`."""


def file_paths(page: Page, key: str) -> Iterator[str]:
    """Yield the files of a page: itself, its data twin, and a dossier's text."""
    path = page.path(key)
    yield path
    if page.kind in EXPORTERS and not path.endswith("/source/index.html"):
        yield path.removesuffix("index.html") + "index.json"
    if page.kind == "agreement":
        yield f"agreements/{key}/source.txt"


def make(site: Site, theme: "Theme", page: Page, key: str) -> Made:
    """Make the files of a page. Raises `ThemeError` where a template is at fault."""
    path = page.path(key)
    made: list[bytes] = []
    for file in file_paths(page, key):
        if file == path:
            made.append(theme.render(page.template, page.view(site, key), site, path).encode())
        elif file.endswith("/source.txt"):
            made.append(site.catalogue.dossier(key).text.encode())
        else:
            made.append(encode(EXPORTERS[page.kind](site, key)))
    return tuple(made)


class Press:
    """Makes pages of one committed state of the catalogue, which others may read while it does."""

    def __init__(self, site: Site, folder: ThemeFolder, state: Path, jobs: int) -> None:
        self._site = site
        self._folder = folder
        self._state = state
        """The folder that the catalogue is in."""
        self._jobs = jobs
        self._theme: Theme | None = None

    def make_all(self, pages: Sequence[tuple[Page, str]]) -> Generator[Made, None, None]:
        """Yield the files of each page, in order; those that a worker died of are made here."""
        if self._jobs == 1 or len(pages) < WORTH_WORKERS:
            for page, key in pages:
                yield self._make(page, key)
            return
        asked = ([(page.kind, key) for page, key in pages[at : at + _BATCH]] for at in range(0, len(pages), _BATCH))
        settings = {name: getattr(self._site, name) for name in Site.__struct_fields__ if name != "catalogue"}
        with Workers(self._jobs, _open, self._folder, self._state, settings) as workers:
            begun = ((batch, workers.submit(_make_batch, batch)) for batch in asked)
            for batch, making in ahead(begun, _AHEAD * self._jobs):
                yield from self._made(batch, making)

    def _made(self, batch: list[tuple[str, str]], making: "Future[list[Made]]") -> Iterator[Made]:
        try:
            yield from making.result()
        except BrokenExecutor:
            for kind, key in batch:
                yield self._make(_KINDS[kind], key)

    def _make(self, page: Page, key: str) -> Made:
        if self._theme is None:
            self._theme = _theme(self._folder, self._state)
        return make(self._site, self._theme, page, key)


@lru_cache(maxsize=1)
def _theme(folder: ThemeFolder, state: Path) -> "Theme":
    """Make a theme ready, once for all builds that this process makes with it."""
    from sitegen.render.theme import Theme  # noqa: PLC0415 -- a build that renders nothing needs no Jinja2

    return Theme.of(folder, state)


def prepare(directory: Path, state: Path) -> None:
    """Load a theme and its templates before the first page waits for them. Raises `ThemeError`."""
    _theme(theme_folder(directory), state).prepare(dict.fromkeys(page.template for page in PAGES))


_opened: list[tuple[Site, "Theme"]] = []
"""In a worker: what it makes pages of, and with."""


def _open(folder: ThemeFolder, state: Path, settings: dict[str, Any]) -> None:
    site = Site(catalogue=Catalogue.open(state / "catalogue.db"), **settings)
    _opened.append((site, _theme(folder, state)))


def _make_batch(batch: list[tuple[str, str]]) -> list[Made]:
    site, theme = _opened[0]
    return [make(site, theme, _KINDS[kind], key) for kind, key in batch]
