"""Sites that the page tests look at: built into a folder, and served at the address that their pages name."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from browser.host import hosted

from sitegen.build import build
from sitegen.config import load


class Site(NamedTuple):
    """A built site."""

    folder: Path
    address: str
    """Where it is served, ending in `/`; its `base_url`."""

    def pages(self) -> list[str]:
        """Return the files of all HTML pages, below the root, in order."""
        return sorted(place.relative_to(self.folder).as_posix() for place in self.folder.rglob("*.html"))

    def kinds(self) -> dict[str, list[str]]:
        """Return the pages of each kind, such as `parties/*/graph`, the one with least text first."""
        kinds: dict[str, list[str]] = {}
        for page in sorted(self.pages(), key=lambda page: ((self.folder / page).stat().st_size, page)):
            kinds.setdefault(_kind(page), []).append(page)
        return kinds

    def text(self, page: str) -> str:
        return (self.folder / page).read_text(encoding="utf-8")


def _kind(page: str) -> str:
    section, *below = page.split("/")[:-1] or [page.removesuffix(".html")]
    if below:
        below[0] = "letter" if len(below[0]) < len("abc") or below[0] == "0-9" else "*"
    if "compare" in below:
        below[-1] = "*"
    return "/".join([section, *below])


@contextmanager
def built(place: Path, files: Mapping[str, bytes]) -> Iterator[Site]:
    """Build a site of these files of a content folder, and serve it."""
    public = place / "public"
    public.mkdir(parents=True)
    for name, data in files.items():
        file = place / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    with hosted(public) as address:
        build(load(place, base_url=address))
        yield Site(public, address)
