"""What becomes of an address that a mail program damaged, in a real browser; and what one answer costs."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from browser.sites import Site, built
from browser.watched import Reader
from exhibits import exhibit
from playwright.sync_api import Page, expect

from sitegen.pages.arrival import parts

pytestmark = pytest.mark.browser

DOSSIER, PARTY = "agreements/2014-01-02-inkwell-testing/", "parties/quillfeather-capital-fund-v-lp/"


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    parties = ("Quillfeather Capital Fund V, L.P.", "Blotter (Asia) Ltd.", "Blotter (Asia) II Ltd.")
    text = exhibit("Inkwell Testing Corp.", "January 2, 2014", [(party, "Ada Testperson") for party in parties])
    with built(tmp_path_factory.mktemp("mailed"), {"exhibits/a.txt": text.encode()}) as made:
        yield made


def arrive(reader: Reader, site: Site, damaged: str) -> Page:
    page = reader.tab()
    page.goto(site.address.removesuffix("/dossiers/") + damaged if damaged.startswith("/") else site.address + damaged)
    return page


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("parties/quillfeather-capital-", PARTY),
        ("parties/quillfeather-capital-fund-v-l", PARTY),
        ("parties/quillfeather-capital-fund-v-lp/)", PARTY),
        ("parties/quillfeather-capital-fund-v-lp).", PARTY),
        ("parties/quillfeather-capital-fund-v-lp.", PARTY),
        ("parties/quillfeather-capital-fund-v-lp/%3E", PARTY),
        ("parties/quillfeather-capital-fund-v-lp/%20", PARTY),
        ("parties/quillfeather-capital-%20fund-v-lp/", PARTY),
        ("parties/quillfeather-capital-fund-v-lp%20is", PARTY),
        ("parties/quillfeather-capital-fund-v-lp/&utm_source=mail", PARTY),
        ("parties/quillfeather-capital-fund-v-lp%3Futm_source=mail", PARTY),
        ("Parties/Quillfeather-Capital-Fund-V-LP/", PARTY),
        ("PARTIES/QUILLFEATHER-CAPITAL-FUND-V-LP/INDEX.HTML", PARTY),
        ("partiesquillfeather-capital-fund-v-lp/", PARTY),
        ("parties//quillfeather-capital-fund-v-lp//index.html)", PARTY),
        ("parties/quillfeather-capital-fund-v-lpindex.html", PARTY),
        ("parties/quillfeather–capital‑fund-v-lp/", PARTY),
        ("parties/blotter-asia-ltd%2", "parties/blotter-asia-ltd/"),
        (f"{DOSSIER}source/%23L5", f"{DOSSIER}source/#L5"),
        ("agreements/2014-01-02-Inkwell-Testing/source/index.html#L5", f"{DOSSIER}source/#L5"),
        (f"{DOSSIER.removesuffix('/')},", DOSSIER),
    ],
)
def test_a_damaged_address_leads_to_the_one_page_that_was_meant(
    reader: Reader, mailed: Site, damaged: str, meant: str
) -> None:
    page = arrive(reader, mailed, damaged)
    page.wait_for_url(mailed.address + meant)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("There is no page at this address")
    reader.faults.clear()  # the browser's own remark on the status 404


def test_what_could_mean_several_is_offered_as_a_list(reader: Reader, mailed: Site) -> None:
    page = arrive(reader, mailed, "parties/blotter-as")
    links = page.locator("#meant a")
    expect(links).to_have_text(["parties/blotter-asia-ii-ltd", "parties/blotter-asia-ltd"])
    assert links.first.get_attribute("href") == f"{mailed.address}parties/blotter-asia-ii-ltd/"
    reader.faults.clear()


@pytest.mark.parametrize(
    "damaged", ["parties/zebra-", "nothing/at-all", "parties/", "agreements/%", "%2F%2Fevil.example"]
)
def test_an_address_that_means_nothing_stays_on_the_page(reader: Reader, mailed: Site, damaged: str) -> None:
    page = arrive(reader, mailed, damaged)
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(mailed.address)
    expect(page.locator("#meant")).to_be_hidden()
    reader.faults.clear()


def test_one_request_of_at_most_50_kb_answers_on_a_site_of_100_000_addresses() -> None:
    addresses = sorted(
        f"parties/quillfeather-capital-fund-{number:06}-special-situations-lp" for number in range(100_000)
    )
    cut = parts(tuple(addresses))
    assert sorted({address for part in cut for address in part}) == addresses
    assert max(len(json.dumps(part, separators=(",", ":"))) for part in cut) <= 50_000
    assert sum(len(part[0]) + 3 for part in cut) < 20_000
    assert all(part[-2:] == following[:2] for part, following in pairwise(cut))


def test_an_added_address_changes_its_own_part_alone() -> None:
    addresses = [f"parties/quillfeather-capital-fund-{number:06}-lp" for number in range(20_000)]
    before = parts(tuple(addresses))
    after = parts(tuple(sorted([*addresses, "parties/quillfeather-capital-fund-010000-lp-2"])))
    assert len(before) > 20
    assert len(set(before) ^ set(after)) <= 4


def test_scripts_stay_small_together() -> None:
    scripts = (Path(__file__).parents[1] / "themes" / "dossier" / "static").glob("*.js")
    assert sum(path.stat().st_size for path in scripts) <= 40 * 1024
