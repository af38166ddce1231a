"""What every page may ask: the catalogue's answers and the site's own settings. No clock, no disk."""

from urllib.parse import urlsplit

import msgspec

from sitegen.catalogue.catalogue import Catalogue
from sitegen.read.article import Article
from sitegen.read.note import EditorNote


class Site(msgspec.Struct, frozen=True):
    """The catalogue and the settings that pages show."""

    catalogue: Catalogue
    title: str = "Filing Dossiers"
    base_url: str | None = None
    """Ends in `/`."""
    noindex: bool = False
    articles: tuple[Article, ...] = ()
    """The site's own pages, in order of menu."""
    notes: dict[str, EditorNote] = {}
    """The editor's notes, by `parties/<slug>`, `agreements/<slug>`, …"""
    schemas: tuple[str, ...] = ()
    """File names below `data/schema/`."""

    def address(self, path: str) -> str | None:
        """Return a page's published address; None when the site does not know where it is published."""
        return None if self.base_url is None else self.base_url + path.removesuffix("index.html")

    @property
    def base_path(self) -> str:
        """The path that the site is published below, for pages that are served at any depth."""
        return urlsplit(self.base_url).path if self.base_url else "/"
