"""Every kind of page passes axe-core (WCAG 2.2 AA and best practice): light and dark, on a desktop and on a phone."""

import pytest
from browser.access import violations
from browser.sites import Site
from browser.watched import DESKTOP, PHONE, Reader
from playwright.sync_api import Browser, expect

from sitegen.config import load
from sitegen.preview import Preview
from sitegen.serve import answering, listen

pytestmark = pytest.mark.browser


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


def test_axe_finds_nothing_in_the_preview_s_word_of_a_failed_build(site: Site, browser: Browser) -> None:
    config = load(site.folder.parent)
    preview = Preview(config, "127.0.0.1")
    preview.show(config, [], "themes/own/templates/party.html:3: 'nmae' is undefined.")
    with listen("127.0.0.1", 0) as listening, answering(preview, listening):
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        expect(page.get_by_role("alert")).to_contain_text("party.html:3: 'nmae' is undefined.")
        assert violations(page) == []
        page.close()


def _examples(site: Site, name: str) -> list[str]:
    """Return the longest page of each kind, and a party that is a person; of the collection what the site lacks."""
    kinds = site.kinds()
    if name == "site":
        people = [page for page in kinds["parties/*"] if "Who signs</h2>" in site.text(page)]
        return [pages[-1] for pages in kinds.values()] + people[-1:]
    own = {"all", "letter", "about", "review", "search", "parties", "issuers"}
    own |= {"roster", "compare", "authority", "bridges", "differences"}
    pages = [pages[-1] for kind, pages in kinds.items() if own & set(kind.removesuffix("/*").split("/")[-1:])]
    noted = [page for page in kinds["signers/*"] if 'id="editor"' in site.text(page)]
    return [*pages, kinds["agreements/*"][0], kinds["parties/*"][0], *noted]
