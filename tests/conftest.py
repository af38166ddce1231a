"""What several tests share: the site of this repository's own content, and a browser that notes what goes wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.sites import Site, built

if TYPE_CHECKING:
    from browser.watched import Reader
    from playwright.sync_api import Browser

CONTENT = Path(__file__).parents[1] / "content"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the site of this repository's content, as `make site` builds it."""
    files = {
        place.relative_to(CONTENT).as_posix(): place.read_bytes() for place in CONTENT.rglob("*") if place.is_file()
    }
    with built(tmp_path_factory.mktemp("site"), files) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return a Chromium; as root it runs without its sandbox, as it must."""
    from browser.chromium import find
    from playwright.sync_api import sync_playwright

    program = find()
    assert program, "no Chromium found: run `bash tests/browser/install.sh`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program)
        yield chromium
        chromium.close()


@pytest.fixture
def reader(browser: "Browser") -> Iterator["Reader"]:
    """Return a reader whose browser notes all that goes wrong; the test fails when anything did."""
    from browser.watched import Reader

    watched = Reader(browser)
    yield watched
    watched.close()
    assert watched.faults == []
