"""Every page, read as a file: its links lead somewhere, it loads nothing from elsewhere, it holds no inline code."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from browser.sites import Site
from lxml.html import HtmlElement

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
ELSEWHERE = ("https://www.sec.gov/", "https://www.ecfr.gov/current/title-17/", "mailto:?")
LONGEST_DESCRIPTION = 200
LARGEST_PAGE = 100 * 1024
LARGEST_STYLES = 25 * 1024
LARGEST_SCRIPTS = 40 * 1024


class Reference(NamedTuple):
    page: str
    tag: str
    attribute: str
    value: str

    def __str__(self) -> str:
        return f"{self.page}: <{self.tag} {self.attribute}={self.value!r}>"


class Pages(NamedTuple):
    """All pages of a site, read once."""

    site: Site
    trees: dict[str, HtmlElement]
    references: list[Reference]
    anchors: dict[str, set[str]]
    """Ids of each page."""


@pytest.fixture(scope="module", params=["site", "collection", "hostile"])
def pages(request: pytest.FixtureRequest) -> Pages:
    site: Site = request.getfixturevalue(request.param)
    trees = {page: lxml.html.document_fromstring(site.text(page)) for page in site.pages()}
    return Pages(
        site,
        trees,
        [reference for page, tree in trees.items() for reference in _references(page, tree)],
        {page: set(tree.xpath("//@id")) for page, tree in trees.items()},
    )


def _references(page: str, tree: HtmlElement) -> Iterator[Reference]:
    for node in tree.iter("*"):
        for name in ("href", "src", "action", "data-script", "data-names"):
            if name in node.attrib:
                yield Reference(page, node.tag, name, node.get(name))
        if node.get("http-equiv") == "refresh":
            yield Reference(page, "meta", "refresh", node.get("content").partition("url=")[2])
        elif node.get("property") in {"og:url", "og:image"}:
            yield Reference(page, "meta", "content", node.get("content"))


def test_every_internal_link_and_fragment_resolves(pages: Pages) -> None:
    broken = [str(reference) for reference in pages.references if not _leads_somewhere(pages, reference)]
    assert not broken, "\n".join(broken)


def _leads_somewhere(pages: Pages, reference: Reference) -> bool:
    value = reference.value
    folder, address = pages.site.folder, pages.site.address
    if value.startswith(address):
        path, fragment = unquote(value.removeprefix(address)), ""
        if path.endswith("/") or not path:
            path += "index.html"
    else:
        parts = urlsplit(value)
        if parts.scheme:
            return True
        base = urlsplit(address).path
        below = (
            parts.path.removeprefix(base) if parts.path.startswith(base) else join(dirname(reference.page), parts.path)
        )
        path = normpath(unquote(below)) if parts.path else reference.page
        fragment = unquote(parts.fragment)
    if not (folder / path).is_file():
        return False
    return not fragment or fragment in pages.anchors.get(path, ())


def test_links_to_pages_are_relative_and_name_their_file(pages: Pages) -> None:
    """So that they work under any path and from disk; the page for unknown addresses is served at any depth."""
    odd = [
        str(reference)
        for reference in pages.references
        if reference.tag == "a" and reference.page != "404.html" and not urlsplit(reference.value).scheme
        if reference.value.startswith("/") or urlsplit(reference.value).path.endswith("/")
    ]
    assert not odd, "\n".join(odd)


def test_nothing_but_plain_links_leaves_the_site(pages: Pages) -> None:
    """Addresses elsewhere are those of EDGAR and of the rules that agreements cite, and mail to nobody yet."""
    outside = [
        str(reference)
        for reference in pages.references
        if urlsplit(reference.value).scheme or reference.value.startswith("//")
        if not reference.value.startswith(pages.site.address)
        if not (reference.tag == "a" and reference.value.startswith(ELSEWHERE))
    ]
    assert not outside, "\n".join(outside)


def test_every_page_has_the_policy_and_no_inline_code(pages: Pages) -> None:
    strange = [f"{page}: {what}" for page, tree in pages.trees.items() for what in _strange(tree)]
    assert not strange, "\n".join(strange)


def _strange(tree: HtmlElement) -> Iterator[str]:
    policies = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    if policies != [POLICY]:
        yield f"content security policy is {policies}"
    for node in tree.iter("*"):
        if node.tag == "script" and "src" not in node.attrib and node.get("type") != "application/json":
            yield "inline script"
        if node.tag in {"style", "base", "iframe", "object", "embed"}:
            yield f"<{node.tag}>"
        yield from (f"<{node.tag} {name}=…>" for name in node.attrib if name == "style" or name.startswith("on"))


def test_every_page_has_one_main_heading_a_title_and_a_description(pages: Pages) -> None:
    wrong = []
    for page, tree in pages.trees.items():
        if len(tree.xpath("//h1")) != 1:
            wrong.append(f"{page}: h1")
        if not (tree.findtext("head/title") or "").strip():
            wrong.append(f"{page}: title")
        descriptions = [len(text) for text in tree.xpath('//meta[@name="description"]/@content')]
        if len(descriptions) != 1 or not 0 < descriptions[0] <= LONGEST_DESCRIPTION:
            wrong.append(f"{page}: description of {descriptions} characters")
    assert not wrong, "\n".join(wrong)


def test_ids_are_not_used_twice_on_a_page(pages: Pages) -> None:
    twice = [
        f"{page}: {each}"
        for page, tree in pages.trees.items()
        for each, count in Counter(tree.xpath("//@id")).items()
        if count > 1
    ]
    assert not twice, "\n".join(twice)


def test_pages_styles_and_scripts_are_small(site: Site) -> None:
    large = [
        f"{page}: {size:,} bytes"
        for page in site.pages()
        if not page.endswith(("/source/index.html", "graph/index.html"))
        if (size := (site.folder / page).stat().st_size) > LARGEST_PAGE
    ]
    assert not large, "\n".join(large)
    assert _total(site, "*.css") <= LARGEST_STYLES
    assert _total(site, "*.js", but="vis-network") <= LARGEST_SCRIPTS


def _total(site: Site, pattern: str, but: str = "?") -> int:
    assets: list[Path] = list((site.folder / "assets").glob(pattern))
    assert assets, f"no asset is named {pattern}"
    return sum(asset.stat().st_size for asset in assets if not asset.name.startswith(but))


def test_the_sitemap_names_pages_that_exist(site: Site) -> None:
    addresses = re.findall("<loc>(.*?)</loc>", (site.folder / "sitemap.xml").read_text(encoding="utf-8"))
    assert site.address in addresses
    missing = [
        each for each in addresses if not (site.folder / each.removeprefix(site.address) / "index.html").is_file()
    ]
    assert not missing, "\n".join(missing)


def test_data_twins_stand_where_pages_say(pages: Pages) -> None:
    twins = [reference for reference in pages.references if reference.tag == "link" and reference.value == "index.json"]
    assert twins
    for reference in twins:
        place = pages.site.folder / dirname(reference.page) / "index.json"
        assert "schema" in json.loads(place.read_bytes()), reference.page
