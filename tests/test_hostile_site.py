"""Names that are code to anyone who does not quote them are shown letter by letter, and do nothing."""

import pytest
from browser import specimens
from browser.access import violations
from browser.overflow import overflow
from browser.sites import Site
from browser.watched import DESKTOP, PHONE, Reader
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_page_runs_breaks_or_widens_by_a_name(size: tuple[int, int], reader: Reader, hostile: Site) -> None:
    page = reader.tab(size)
    wide = []
    for each in hostile.pages():
        page.goto(hostile.address + each)
        if fault := overflow(page):
            wide.append(f"{each}: {fault}")
    assert not wide, "\n".join(wide)


def test_names_are_shown_letter_by_letter(reader: Reader, hostile: Site) -> None:
    page = reader.tab()
    for index in ("parties/index.html", "search/index.html", "agreements/*"):
        page.goto(hostile.address + hostile.kinds().get(index, [index])[-1])
        words = page.locator("main").inner_text()
        for name in specimens.HOSTILE:
            assert name in words, f"{page.url} does not show {name[:50]}"


@pytest.mark.parametrize("name", specimens.HOSTILE, ids=range(len(specimens.HOSTILE)))
def test_each_name_has_a_page_that_is_found_by_it(name: str, reader: Reader, hostile: Site) -> None:
    page = reader.tab()
    page.goto(f"{hostile.address}parties/index.html")
    page.get_by_role("searchbox").fill(name)
    expect(page.locator("main .idx li:visible")).to_have_count(1)
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert page.title().startswith(name[:40])
    source = page.locator("main .src code").all_inner_texts()
    assert any(name in " ".join(line.split()) for line in source)


def test_a_page_of_the_sites_own_runs_nothing(reader: Reader, hostile: Site) -> None:
    page = reader.tab()
    page.goto(f"{hostile.address}about/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("<script>alert(1)</script>")
    words = page.locator("main").inner_text()
    assert "<img src=x onerror=alert(1)>" in words
    assert "{{ 7*7 }}" in words
    assert page.locator("main [href^='javascript']").count() == 0


def test_axe_finds_nothing_on_pages_with_hostile_names(reader: Reader, hostile: Site) -> None:
    page = reader.tab(PHONE)
    found = []
    for pages in hostile.kinds().values():
        page.goto(hostile.address + pages[-1])
        found += [f"{pages[-1]}, {fault}" for fault in violations(page)]
    assert not found, "\n".join(found)
