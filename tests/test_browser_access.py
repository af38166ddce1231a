"""Every kind of page passes axe-core (WCAG 2.2 AA and best practice): light and dark, on a desktop and on a phone."""

from pathlib import Path

import pytest
from browser.sites import Site
from browser.watched import DESKTOP, PHONE, Reader
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "browser/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  found => found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`)))"""


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page, light and dark, each with the rule, the place and the reason."""
    page.evaluate(AXE)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in page.evaluate(_RUN, TAGS)]
    return found


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["site", "collection"])
def test_axe_finds_nothing(name: str, size: tuple[int, int], reader: Reader, request: pytest.FixtureRequest) -> None:
    site: Site = request.getfixturevalue(name)
    page = reader.tab(size)
    found = []
    for each in _examples(site, name):
        page.goto(site.address + each)
        found += [f"{each}, {size[0]} px wide, {fault}" for fault in violations(page)]
    assert not found, "\n".join(found)


def _examples(site: Site, name: str) -> list[str]:
    """Return the longest page of each kind, and a party that is a person; of the collection what the site lacks."""
    kinds = site.kinds()
    if name == "site":
        people = [page for page in kinds["parties/*"] if "Who signs</h2>" in site.text(page)]
        return [pages[-1] for pages in kinds.values()] + people[-1:]
    own = ("all", "letter", "about", "review", "search", "parties", "issuers")
    pages = [pages[-1] for kind, pages in kinds.items() if kind.split("/")[-1] in own]
    return [*pages, kinds["agreements/*"][0], kinds["parties/*"][0]]
