"""The whole site of the first exhibit, as a reader sees it: every page's words and the agreement's data.

After a change that is meant, `GOLDEN=write .venv/bin/pytest tests/test_golden.py` writes the files anew; read the diff.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from sitegen.build import build
from sitegen.config import load

CONTENT = Path(__file__).parents[1] / "content"
GOLDEN = Path(__file__).parent / "sites" / "hanaro"
BASE = "https://example.org/dossiers/"
SECTIONS = (
    "home",
    "bridges",
    "differences",
    "agreements",
    "parties",
    "signers",
    "issuers",
    "search",
    "review",
    "data",
    "how-to-read",
    "graph",
)
TWINS = (
    "index.json",
    "agreements/2003-11-17-hanaro-telecom/index.json",
    "parties/newbridge-asia-genpar-iii-lp/index.json",
    "parties/richard-c-blum/index.json",
    "signers/john-william-troy/index.json",
    "issuers/hanaro-telecom-inc/index.json",
    "review/index.json",
)
# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "header", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "td", "th", "tr", "ul",
))
# fmt: on


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    (folder / "content").symlink_to(CONTENT)
    build(load(folder, base_url=BASE, locked=True))
    return folder / "public"


def words(page: Path) -> str:
    """Return a page's title, description and text, a line a block, links with where they lead."""
    root = lxml.html.fromstring(page.read_text(encoding="utf-8"))
    title = root.findtext("head/title")
    description = root.xpath("string(head/meta[@name='description']/@content)")
    lines = "".join(_pieces(root.find(".//main"))).split("\n")
    text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
    return f"{title}\n{description}\n{text}\n"


def _pieces(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in {"script", "svg", "template"}:
        yield element.tail or ""
        return
    block = element.tag in BLOCKS
    yield "\n" if block else ""
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
    if element.tag == "a" and not element.get("href", "#").startswith("#"):
        yield f" <{element.get('href')}>"
    yield "\n" if block else ""
    yield element.tail or ""


def compare(name: str, found: str) -> None:
    place = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(found, encoding="utf-8")
    assert found == place.read_text(encoding="utf-8"), f"{name} differs; see the head of this test"


@pytest.mark.parametrize("section", SECTIONS)
def test_the_words_of_every_page(public: Path, section: str) -> None:
    folder = public if section == "home" else public / section
    pages = sorted(folder.glob("*.html") if section == "home" else folder.rglob("*.html"))
    assert pages
    found = "".join(f"=== {page.relative_to(public).as_posix()}\n{words(page)}\n" for page in pages)
    compare(f"{section}.txt", found)


def test_no_section_of_the_site_is_left_out(public: Path) -> None:
    folders = {page.relative_to(public).parts[0] for page in public.rglob("*.html") if page.parent != public}
    assert folders <= set(SECTIONS)


@pytest.mark.parametrize("path", TWINS)
def test_the_data_of_a_page_of_every_kind(public: Path, path: str) -> None:
    compare(path, (public / path).read_text(encoding="utf-8"))
