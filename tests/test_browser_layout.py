"""How pages lie on screens and on paper, and how they are used by keyboard."""

from io import BytesIO
from typing import Any

import pytest
from browser.overflow import overflow
from browser.sites import Site
from browser.watched import DESKTOP, PHONE, Reader
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser

WIDTHS = (360, 390, 1440, 1600)


@pytest.mark.parametrize("name", ["site", "collection"])
def test_no_page_is_wider_than_its_window(name: str, reader: Reader, request: pytest.FixtureRequest) -> None:
    """The shortest and the longest page of each kind."""
    site: Site = request.getfixturevalue(name)
    page = reader.tab()
    wide = []
    for pages in site.kinds().values():
        for each in {pages[0], pages[-1]}:
            page.goto(site.address + each)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                if fault := overflow(page):
                    wide.append(f"{each} at {width}: {fault}")
    assert not wide, "\n".join(wide)


def test_every_page_loads_without_a_fault_and_fits_a_small_phone(reader: Reader, site: Site) -> None:
    page = reader.tab((360, 740))
    wide = []
    for each in site.pages():
        page.goto(site.address + each)
        if fault := overflow(page):
            wide.append(f"{each}: {fault}")
    assert not wide, "\n".join(wide)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_skip_link_comes_first_and_leads_to_the_content(size: tuple[int, int], reader: Reader, site: Site) -> None:
    page = reader.tab(size)
    for pages in site.kinds().values():
        page.goto(site.address + pages[-1])
        page.keyboard.press("Tab")
        skip = page.locator(":focus")
        expect(skip).to_have_text("Skip to content")
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()


_FOCUSED = """() => {
  const e = document.activeElement, look = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    what: e.outerHTML.slice(0, 90), body: e === document.body,
    seen: box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    outline: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2,
  };
}"""
_STOPS = 60


@pytest.mark.parametrize(("scheme", "script"), [("light", True), ("dark", False)], ids=["light", "dark, no script"])
def test_focus_is_seen_wherever_the_keyboard_goes(scheme: Any, script: Any, reader: Reader, site: Site) -> None:
    page = reader.tab(color_scheme=scheme, java_script_enabled=script)
    for pages in site.kinds().values():
        page.goto(site.address + pages[-1])
        for stop in _stops(page):
            assert stop["seen"], f"{pages[-1]}: focus is out of sight at {stop['what']}"
            assert stop["outline"], f"{pages[-1]}: no outline at {stop['what']}"


def _stops(page: Page) -> list[dict[str, Any]]:
    """Return the first places that Tab goes to, up to the end of the page."""
    stops: list[dict[str, Any]] = []
    while len(stops) < _STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop["body"]:
            break
        stops.append(stop)
    assert stops, "Tab goes nowhere"
    return stops


def _printed(page: Page) -> PdfReader:
    return PdfReader(BytesIO(page.pdf(format="Letter", prefer_css_page_size=True)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_party_prints_on_four_letter_pages_at_most(scheme: Any, reader: Reader, site: Site) -> None:
    page = reader.tab(color_scheme=scheme)
    kinds = site.kinds()
    long = []
    for each in kinds["parties/*"][-3:] + kinds["signers/*"][-3:]:
        page.goto(site.address + each)
        count = len(_printed(page).pages)
        if count > 4:
            long.append(f"{each}: {count} pages")
    assert not long, "\n".join(long)


def test_a_dossier_prints_on_ten_letter_pages_at_most(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(site.address + site.kinds()["agreements/*"][-1])
    assert len(_printed(page).pages) <= 10


def test_print_shows_lines_and_the_address_but_no_controls(reader: Reader, site: Site) -> None:
    page = reader.tab(color_scheme="dark")
    page.goto(f"{site.address}parties/aig-asian-infrastructure-fund-ii-lp/index.html")
    words = "\n".join(sheet.extract_text() for sheet in _printed(page).pages)
    assert "[L101]" in words
    assert f"{site.address}parties/aig-asian-infrastructure-fund-ii-lp/" in words
    for control in ("Copy link", "Copy this fact", "Skip to content", "Email"):
        assert control not in words
