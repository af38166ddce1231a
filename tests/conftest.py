"""What several tests share: the site of this repository's own content, and a browser that notes what goes wrong."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import chromium, specimens
from browser.sites import Site, built
from browser.watched import Reader
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

# The same examples in every run of continuous integration; new ones each time that a person runs the tests.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

# A page that is waited for comes, or never does: a busy machine must not decide.
expect.set_options(timeout=30_000)

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
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site of invented exhibits that has pages of all kinds."""
    with built(tmp_path_factory.mktemp("collection"), specimens.collection()) as made:
        yield made


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site of exhibits whose names are code to anyone who does not quote them."""
    with built(tmp_path_factory.mktemp("hostile"), specimens.hostile()) as made:
        yield made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; as root it runs without its sandbox, as it must."""
    program = chromium.find()
    assert program, "no Chromium found: run `bash tests/browser/install.sh`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program)
        yield launched
        launched.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """Return a reader whose browser notes all that goes wrong; the test fails when anything did."""
    watched = Reader(browser)
    yield watched
    watched.close()
    assert not watched.faults, "\n".join(watched.faults)
