"""The review in a real browser: filters narrow it, a reader without scripts has all of it, and axe finds nothing."""

from collections.abc import Iterator

import pytest
from browser.access import violations
from browser.sites import Site, built
from browser.specimens import exhibit
from browser.watched import DESKTOP, PHONE, Reader
from playwright.sync_api import expect

from sitegen.pages import review

pytestmark = pytest.mark.browser
STRANGER = "\n\nIVY STRANGER, L.P.\n\nBy:  /s/ Ben Specimen\nName:  Ben Specimen\nTitle: Director\n"


def files(number: int) -> dict[str, bytes]:
    """Return agreements in each of which a stranger signs, and a letter."""
    return {"letter.txt": b"Dear reader,\n\nno agreement stands here.\n"} | {
        f"{at}.txt": (
            exhibit(
                f"Invented Works {at}, Inc.", f"March 3, {2001 + at}", ("Quillfeather Capital, L.P.", "Blotwood LLC")
            )
            + STRANGER
        ).encode()
        for at in range(number)
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with built(tmp_path_factory.mktemp("small"), files(3)) as made:
        yield made


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(review, "A_PAGE", 2)
        with built(tmp_path_factory.mktemp("large"), files(5)) as made:
            yield made


def test_notes_are_chosen_by_weight_kind_and_words(small: Site, reader: Reader) -> None:
    page = reader.tab()
    page.goto(small.address + "review/index.html")
    notes, status = page.locator("article[data-code]"), page.locator(".field [role=status]")
    whole = notes.count()
    assert whole == notes.locator("visible=true").count()
    page.select_option("#by-weight", label="For information")
    assert set(notes.locator("visible=true").evaluate_all("a => a.map(e => e.dataset.weight)")) == {"inf"}
    page.select_option("#by-weight", label="All")
    page.select_option("#by-code", "SG402")
    assert set(notes.locator("visible=true").evaluate_all("a => a.map(e => e.dataset.code)")) == {"SG402"}
    page.fill("#filter", "works march 2003")
    expect(status).to_have_text(f"1 of {whole} notes")
    assert page.locator("#sg201").is_hidden()


def test_a_reader_without_scripts_has_all_notes_and_no_dead_filter(small: Site, reader: Reader) -> None:
    page = reader.tab(java_script_enabled=False)
    page.goto(small.address + "review/index.html")
    notes = page.locator("article[data-code]")
    assert notes.count() == notes.locator("visible=true").count() > 3
    assert page.locator("#filter").is_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_any_page_of_a_large_review(large: Site, reader: Reader, size: tuple[int, int]) -> None:
    page = reader.tab(size)
    pages = [path for path in large.pages() if path.startswith("review/")]
    assert {"review/index.html", "review/sg402/index.html", "review/agreements/index.html"} < set(pages)
    faults = []
    for path in (path for path in pages if path.count("/") < 3 or path.endswith("2001/index.html")):
        page.goto(large.address + path)
        faults += [f"{path}: {fault}" for fault in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > size[0]:
            faults.append(f"{path} is wider than the window")
    assert faults == []
