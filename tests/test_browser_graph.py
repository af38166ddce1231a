"""The live graph in a real browser: it draws, walks signature blocks, opens names, and leaves no reader out."""

import re
from pathlib import Path

import pytest
from browser.sites import Site
from browser.watched import PHONE, Reader
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AGREEMENT = "agreements/2003-11-17-hanaro-telecom/graph/index.html"


def _open(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.locator(".stage.drawn canvas")).to_be_visible()


def _point(tab: Page, name: str) -> tuple[float, float]:
    """Where the middle of a name's box is on the screen: the live graph lies exactly on the picture."""
    box = tab.locator(f'.box[data-box="{name}"] rect').bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_on_a_name_opens_its_page(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    tab.mouse.click(*_point(tab, "newbridge-asia-genpar-iii-lp"))
    expect(tab).to_have_url(site.address + "parties/newbridge-asia-genpar-iii-lp/index.html")


def test_pointing_at_a_name_tells_its_blocks_and_no_other(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    tab.mouse.move(*_point(tab, "ht-holdings-v-lp"))
    card = tab.locator("[data-card]")
    expect(card).to_contain_text(
        "HT Holdings V, L.P., by Newbridge Asia GenPar III, L.P., by Newbridge Asia Advisors III, Inc., "
        "signed by Jeffrey D. Ekberg (“Vice President”)"
    )
    expect(card).not_to_contain_text("Ekleberry")


def test_arrow_keys_walk_a_signature_block(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT + "#node=ht-holdings-vi-lp")
    says, live = tab.locator("[data-says]"), tab.locator("[data-live]")
    expect(says).to_contain_text("HT Holdings VI, L.P.")
    live.focus()
    for name in ("Newbridge Asia GenPar III, L.P.", "Newbridge Asia Advisors III, Inc.", "Jeffrey D. Ekberg"):
        live.press("ArrowRight")
        expect(says).to_contain_text(f"{name}. ")
        expect(says).to_contain_text("Block 28 of 32: HT Holdings VI, L.P.")
    live.press("ArrowDown")
    expect(says).to_contain_text("Block 29 of 32: HT Holdings VII, L.P.")
    assert tab.url.endswith("#node=jeffrey-d-ekberg")
    live.press("Enter")
    expect(tab).to_have_url(re.compile(re.escape(site.address + "signers/jeffrey-d-ekberg/index.html")))


def test_escape_lets_go_and_the_zoom_keys_work(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    live = tab.locator("[data-live]")
    live.focus()
    live.press("ArrowDown")
    expect(tab.locator("[data-card]")).to_be_visible()
    live.press("Escape")
    expect(tab.locator("[data-card]")).to_be_hidden()
    for key in ("+", "-", "0"):
        live.press(key)


def test_search_finds_a_name(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    tab.get_by_label("Find a name in the graph").fill("tarrant")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-card]")).to_contain_text("Tarrant Advisors, Inc.")
    tab.get_by_label("Find a name in the graph").fill("nobody at all")
    tab.keyboard.press("Enter")
    expect(tab.locator("[data-says]")).to_contain_text("No match")


def test_full_screen_and_back(site: Site, reader: Reader) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    tab.get_by_role("button", name="Full screen").click()
    expect(tab.locator(".graph.opened")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator(".graph.opened")).to_have_count(0)
    expect(tab.get_by_role("button", name="Full screen")).to_have_attribute("aria-pressed", "false")


def test_the_picture_is_saved_whole(site: Site, reader: Reader, tmp_path: Path) -> None:
    tab = reader.tab()
    _open(tab, site.address + AGREEMENT)
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Save as SVG").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.suffix == ".svg"
    text = file.read_text(encoding="utf-8")
    assert text.count("<a ") == 46
    assert f'href="{site.address}parties/tarrant-advisors-inc/index.html"' in text
    assert "var(--" not in text


def test_a_phone_reads_the_list_and_opens_the_graph_when_asked(site: Site, reader: Reader) -> None:
    tab = reader.tab(PHONE, has_touch=True, is_mobile=True)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site.address + AGREEMENT)
    expect(tab.get_by_role("heading", name="As a list")).to_be_visible()
    assert not [url for url in asked if "vis-network" in url]
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    tab.get_by_role("button", name="Open the graph").click()
    expect(tab.locator(".graph.opened canvas")).to_be_visible()
    assert len([url for url in asked if "vis-network" in url]) == 1


def test_a_link_to_a_name_finds_it_in_a_phone_s_list(site: Site, reader: Reader) -> None:
    tab = reader.tab(PHONE)
    tab.goto(site.address + AGREEMENT + "#node=joseph-yin")
    expect(tab.locator(".tree").get_by_role("link", name="Joseph Yin")).to_be_focused()
    expect(tab.locator(".tree").get_by_role("link", name="Joseph Yin")).to_be_in_viewport()


def test_no_word_of_the_picture_covers_another(site: Site, reader: Reader) -> None:
    for size, scale in (((1280, 900), 1), ((640, 450), 2), (PHONE, 2)):
        tab = reader.tab(size, java_script_enabled=False, device_scale_factor=scale)
        tab.goto(site.address + AGREEMENT)
        words = tab.locator(".chart text").all()
        boxes = [(word.text_content(), word.bounding_box()) for word in words]
        assert len(boxes) > 140
        for index, (one, a) in enumerate(boxes):
            for two, b in boxes[:index]:
                assert a
                assert b
                apart_x = a["x"] + a["width"] <= b["x"] + 1 or b["x"] + b["width"] <= a["x"] + 1
                # A line's height has air above and below its letters.
                apart_y = a["y"] + a["height"] * 0.8 <= b["y"] + 1 or b["y"] + b["height"] * 0.8 <= a["y"] + 1
                assert apart_x or apart_y, (one, two)


def test_every_name_fits_its_box(site: Site, reader: Reader) -> None:
    tab = reader.tab((1280, 900), java_script_enabled=False)
    tab.goto(site.address + AGREEMENT)
    for box in tab.locator(".chart .box").all():
        outer = box.locator("rect").bounding_box()
        assert outer
        for text in box.locator("text").all():
            inner = text.bounding_box()
            assert inner
            assert outer["x"] <= inner["x"]
            assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]


def test_without_scripts_and_on_paper_the_picture_stands(site: Site, reader: Reader) -> None:
    tab = reader.tab(java_script_enabled=False)
    tab.goto((site.folder / AGREEMENT).as_uri())
    expect(tab.locator(".chart")).to_be_visible()
    expect(tab.locator("[data-tools]")).to_be_hidden()
    tab.locator(".chart").get_by_role("link", name="American International Reinsurance Company, Ltd.").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("American International Reinsurance Company, Ltd.")
    live = reader.tab()
    _open(live, (site.folder / AGREEMENT).as_uri())
    live.emulate_media(media="print")
    expect(live.locator(".chart")).to_have_css("visibility", "visible")
    expect(live.locator("[data-live]")).to_be_hidden()


def test_the_live_graph_changes_with_the_colour_scheme(site: Site, reader: Reader) -> None:
    tab = reader.tab(color_scheme="light")
    _open(tab, site.address + AGREEMENT)
    ground = (
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {"
        " const canvas = document.querySelector('[data-live] canvas');"
        " const copy = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });"
        " copy.drawImage(canvas, -(canvas.width >> 3), -6); done(copy.getImageData(0, 0, 1, 1).data[0]); })))"
    )
    assert tab.evaluate(ground) > 200
    tab.emulate_media(color_scheme="dark")
    assert tab.evaluate(ground) < 60


def test_all_kinds_of_graph_pages_open(site: Site, collection: Site, reader: Reader) -> None:
    tab = reader.tab()
    for made in (site, collection):
        for kind, pages in made.kinds().items():
            if kind.endswith("graph"):
                _open(tab, made.address + pages[0])
                _open(tab, made.address + pages[-1])
