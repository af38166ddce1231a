"""Pages of many agreements in a real browser: any two side by side, and tables that can be sorted."""

import re

import pytest
from browser.overflow import overflow
from browser.sites import Site
from browser.watched import PHONE, Reader
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ROSTER = "issuers/*/roster"
AUTHORITY = "issuers/*/authority"


def _longest(site: Site, kind: str) -> str:
    """Return the longest first part of a kind."""
    return site.kinds()[kind][-1]


def test_any_two_agreements_are_laid_side_by_side_and_linked(reader: Reader, collection: Site) -> None:
    page = reader.tab()
    page.goto(collection.address + _longest(collection, ROSTER))
    older, newer = page.get_by_label("Older"), page.get_by_label("Newer")
    slugs = page.locator("#pick-a option").evaluate_all("all => all.map(one => one.value)")
    assert (older.input_value(), newer.input_value()) == (slugs[1], slugs[0])
    older.select_option(slugs[-1])
    expect(page.locator("#two tbody tr").first).to_be_visible()
    assert page.url.endswith(f"?a={slugs[-1]}&b={slugs[0]}")
    words = page.locator("#two [role=status]").inner_text()
    assert re.fullmatch(r"36 of 38 parties differ in being a party or in who signs\.", words), words
    assert page.locator("#two tbody tr", has_text="Joined").count() == 18
    assert page.locator("#two tbody tr", has_text="Not a party there").count() == 18
    again = reader.tab()
    again.goto(page.url)
    expect(again.locator("#two [role=status]")).to_have_text(words)
    expect(again.get_by_label("Older")).to_have_value(slugs[-1])
    chip = again.locator("#two a.ev").first
    chip.click()
    again.wait_for_url("**/source/index.html#L*")


def test_the_roster_is_whole_without_javascript(reader: Reader, collection: Site) -> None:
    page = reader.tab(java_script_enabled=False)
    page.goto(collection.address + _longest(collection, ROSTER))
    expect(page.locator("#two")).to_be_hidden()
    expect(page.locator("table.roster")).to_be_visible()
    parts = page.locator("#roster .links a")
    assert parts.count() > 0
    parts.last.click()
    expect(page.locator("table.roster")).to_be_visible()


def test_a_table_is_sorted_by_any_column(reader: Reader, collection: Site) -> None:
    page = reader.tab(PHONE)
    page.goto(collection.address + _longest(collection, AUTHORITY))
    dates = page.locator("td[data-l=Dated]")
    before = dates.evaluate_all("all => all.map(one => one.dataset.v)")
    page.get_by_label("Sort by").select_option(label="Dated, first to last")
    after = dates.evaluate_all("all => all.map(one => one.dataset.v)")
    assert after == sorted(before)
    assert after != before
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.get_by_label("Sort by").select_option(label="the order of the page")
    assert dates.evaluate_all("all => all.map(one => one.dataset.v)") == before
    assert overflow(page) is None
