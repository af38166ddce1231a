"""What a reader does on the site, in a real browser; `reader` fails each test in which anything went wrong."""

from urllib.parse import unquote

import pytest
from browser.sites import Site
from browser.watched import PHONE, Reader
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FUND = "AIG Asian Infrastructure Fund II, L.P."
HIGHLIGHT = "e => getComputedStyle(e).backgroundColor"


def _walk_to_the_evidence(page: Page) -> None:
    """Go by clicks alone from home to a party, and from its own signature block to the line that names it."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Parties").click()
    page.get_by_role("link", name=FUND, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FUND)
    chip = page.locator(".chain a.ev").first
    number = chip.evaluate("e => e.lastChild.textContent.slice(1)")
    chip.click()
    page.wait_for_url(f"**/source/index.html#L{number}")
    line = page.locator(f"#L{number}")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text(FUND.upper())
    plain = page.locator(f"#L{int(number) + 4}").evaluate(HIGHLIGHT)
    assert line.evaluate(HIGHLIGHT) != plain


def test_from_home_to_a_party_to_its_evidence_line(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(site.address)
    _walk_to_the_evidence(page)


def test_the_walk_works_without_javascript(reader: Reader, site: Site) -> None:
    page = reader.tab(java_script_enabled=False)
    page.goto(site.address)
    _walk_to_the_evidence(page)


def test_the_walk_and_the_search_work_from_disk(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto((site.folder / "index.html").as_uri())
    _walk_to_the_evidence(page)
    page.goto((site.folder / "index.html").as_uri())
    page.get_by_role("searchbox").fill("kaffenberger")
    page.keyboard.press("Enter")
    page.wait_for_url("file://**/search/index.html?q=kaffenberger")
    expect(page.locator("main li:visible")).to_have_count(1)


def test_a_range_of_lines_is_marked_whole(reader: Reader, site: Site) -> None:
    page = reader.tab()
    source = site.kinds()["agreements/*/source"][0]
    page.goto(f"{site.address}{source}#L101-L105")
    expect(page.locator("li.hit")).to_have_count(5)
    page.goto(f"{site.address}{source}#L103")
    expect(page.locator("li.hit")).to_have_count(1)


def test_a_source_line_leads_back_to_the_dossier(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(site.address + site.kinds()["agreements/*/source"][0])
    page.locator("#L101 .mn a").first.click()
    page.wait_for_url("**/agreements/*/index.html#*")
    target = page.locator(":target")
    expect(target).to_be_in_viewport()


def _copied(page: Page) -> str:
    text = page.evaluate("navigator.clipboard.readText()")
    assert isinstance(text, str)
    return text


def test_copy_link_gives_the_permanent_address(reader: Reader, site: Site) -> None:
    page = reader.tab(permissions=["clipboard-read", "clipboard-write"])
    party = "parties/aig-asian-infrastructure-fund-ii-lp/"
    page.goto(f"{site.address}{party}index.html#cite")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert _copied(page) == site.address + party


def test_without_a_clipboard_the_address_is_selected_to_copy(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{site.address}signers/stuart-osborne/index.html")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Selected")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == f"{site.address}signers/stuart-osborne/"


def test_a_fact_is_copied_with_its_line(reader: Reader, site: Site) -> None:
    page = reader.tab(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site.address}parties/aig-asian-infrastructure-fund-ii-lp/index.html")
    button = page.get_by_role("button", name="Copy this fact").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    text = _copied(page)
    assert text.startswith(FUND)
    fact, _, address = text.rpartition(" ")
    page.goto(address)
    expect(page.locator("li.hit").first).to_be_in_viewport()
    assert f"(Stated, {address.rpartition('#')[2].split('-')[0]}" in fact


def test_mail_names_the_party_and_its_address(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(f"{site.address}parties/aig-asian-infrastructure-fund-ii-lp/index.html")
    mail = unquote(page.get_by_role("link", name="Email").get_attribute("href") or "")
    assert mail.startswith("mailto:?subject=")
    assert FUND in mail
    assert f"{site.address}parties/aig-asian-infrastructure-fund-ii-lp/" in mail


def _names(page: Page) -> list[str]:
    return page.locator("main .idx li:visible a").all_inner_texts()


def test_an_index_is_filtered_as_one_types(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(f"{site.address}parties/index.html")
    everyone = _names(page)
    field = page.get_by_role("searchbox")
    field.fill("newbridge")
    expect(page.get_by_role("status")).to_have_text(f"4 of {len(everyone)} parties")
    assert _names(page) == [name for name in everyone if "Newbridge" in name]
    page.wait_for_url("**/parties/index.html?q=newbridge")
    field.fill("nobody of this name")
    expect(page.get_by_role("status")).to_have_text("No match. Try one word, or fewer letters.")
    assert _names(page) == []
    field.fill("")
    expect(page.get_by_role("status")).to_be_empty()
    assert _names(page) == everyone
    page.wait_for_url("**/parties/index.html")


def test_a_search_can_be_sent_as_a_link(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(site.address)
    page.get_by_role("searchbox").fill("osborne")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=osborne")
    expect(page.get_by_role("searchbox")).to_have_value("osborne")
    assert _names(page) == ["Stuart Osborne"]
    other = reader.tab(PHONE)
    other.goto(page.url)
    expect(other.get_by_role("status")).to_contain_text("1 of")
    assert _names(other) == ["Stuart Osborne"]


@pytest.mark.parametrize("where", ["served", "from disk"])
def test_search_in_a_long_list_loads_names_when_asked(where: str, reader: Reader, collection: Site) -> None:
    page = reader.tab()
    page.goto(collection.address if where == "served" else (collection.folder / "index.html").as_uri())
    page.get_by_role("searchbox").fill("heather 12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("3 of")
    assert _names(page) == [f"Heather 12 Specimen {end}" for end in ("Fund, L.P.", "Holdings Ltd.", "Partners, LLC")]
    page.get_by_role("link", name="Heather 12 Specimen Fund, L.P.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Heather 12 Specimen Fund, L.P.")


def test_a_long_result_is_shown_by_the_hundred(reader: Reader, collection: Site) -> None:
    page = reader.tab()
    page.goto(f"{collection.address}parties/index.html?q=fund")
    expect(page.locator("[data-results] li")).to_have_count(100)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("[data-results] li")).to_have_count(180)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_dark_mode_follows_the_reader(reader: Reader, site: Site) -> None:
    brightness = """() => ['backgroundColor', 'color'].map(of =>
        getComputedStyle(document.body)[of].match(/[0-9.]+/g).slice(0, 3).reduce((sum, each) => sum + +each, 0))"""
    page = reader.tab(color_scheme="light")
    page.goto(site.address)
    paper, ink = page.evaluate(brightness)
    assert paper > 3 * 200 > 3 * 60 > ink
    page.emulate_media(color_scheme="dark")
    paper, ink = page.evaluate(brightness)
    assert paper < 3 * 60 < 3 * 200 < ink


def test_an_unknown_address_at_any_depth_leads_back_into_the_site(reader: Reader, site: Site) -> None:
    page = reader.tab()
    page.goto(f"{site.address}parties/aig-asian/infrastructure-fund-ii-lp.")
    assert all(" 404" in fault for fault in reader.faults)
    reader.faults.clear()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
    page.get_by_role("searchbox").fill("osborne")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.address}search/index.html?q=osborne")


_WORDS = """controls => {
  document.querySelectorAll(controls).forEach(control => { control.hidden = true; });
  return document.querySelector('main').innerText.split(/\\s+/).filter(word => /[\\p{L}\\p{N}]/u.test(word));
}"""
_CONTROLS = "[data-filter], [data-copy], .fact, [data-tools], [data-open], [data-help], [data-says], .acts:has(select)"


def test_everything_is_readable_without_javascript(reader: Reader, site: Site) -> None:
    """The words of each kind of page are the same; no control is shown that would do nothing."""
    page, plain = reader.tab(), reader.tab(java_script_enabled=False)
    for pages in site.kinds().values():
        for each in {pages[0], pages[-1]}:
            page.goto(site.address + each)
            plain.goto(site.address + each)
            lost = set(page.evaluate(_WORDS, _CONTROLS)) - set(plain.locator("main").inner_text().split())
            assert not lost, f"{each} without JavaScript lacks {sorted(lost)}"
            assert plain.locator("button:visible:not(form[action] button)").count() == 0, f"{each}: dead button"
            assert plain.locator("input:visible:not(form[action] input)").count() == 0, f"{each}: dead field"
