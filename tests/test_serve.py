"""The preview: what a browser is given, what it is never given, and what it hears."""

import http.client
import json
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from browser.specimens import exhibit
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect
from werkzeug.test import Client

from sitegen import serve, watch
from sitegen.config import Config, load
from sitegen.follow import page_of
from sitegen.model.failure import UsageError
from sitegen.preview import LISTED, Preview

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quillfeather</title>'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'\">"
    '<link rel="stylesheet" href="{up}assets/site.1.css"></head><body><h1>{heading}</h1></body></html>'
)


def write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)


def site(root: Path, base_url: str = "https://example.github.io/dossiers/") -> Config:
    """A built site of three pages in `root/public`, and a file beside it that nobody may read."""
    for folder in ("content", "theme/templates"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    write(root / "sitegen.toml", f'base_url = "{base_url}"\ntheme = "theme"\n')
    public = root / "public"
    write(public / "index.html", PAGE.format(up="", heading="Home"))
    write(public / "parties" / "ada-testperson" / "index.html", PAGE.format(up="../../", heading="Ada Testperson"))
    write(public / "404.html", PAGE.format(up="", heading="No such page"))
    write(public / "assets" / "site.1.css", "h1 { color: rgb(0, 0, 255) }")
    write(root / "secret.txt", "nobody may read this")
    return load(root)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(Preview(site(tmp_path), "127.0.0.1"))


def test_pages_lie_under_the_base_path_as_they_will_when_published(client: Client) -> None:
    page = client.get("/dossiers/parties/ada-testperson/")
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "<h1>Ada Testperson</h1>" in page.text
    assert client.get("/dossiers/parties/ada-testperson/index.html").text == page.text
    assert client.get("/parties/ada-testperson/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/", "/dossiers/"),
        ("/dossiers", "/dossiers/"),
        ("/dossiers/parties/ada-testperson", "/dossiers/parties/ada-testperson/"),
    ],
)
def test_the_way_to_a_page_is_shown(client: Client, asked: str, sent_to: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer.location) == (302, sent_to)


def test_a_site_at_a_root_is_served_at_the_root(tmp_path: Path) -> None:
    client = Client(Preview(site(tmp_path, "https://dossiers.example/"), "127.0.0.1"))
    assert "<h1>Home</h1>" in client.get("/").text
    assert client.get("/parties/ada-testperson").location == "/parties/ada-testperson/"
    doubled = client.get("/", environ_overrides={"PATH_INFO": "//parties/ada-testperson"})
    assert doubled.location == "/parties/ada-testperson/"  # never an address of the host "parties"


def test_a_base_path_with_a_space_is_found(tmp_path: Path) -> None:
    client = Client(Preview(site(tmp_path, "https://example.com/my%20dossiers/"), "127.0.0.1"))
    assert client.get("/").location == "/my%20dossiers/"
    assert "<h1>Home</h1>" in client.get("/my%20dossiers/").text


@pytest.mark.parametrize("asked", ["/dossiers/no-such", "/dossiers/parties/no-such/", "/elsewhere", "/dossiers/index"])
def test_a_missing_page_is_the_site_s_own_404_page(client: Client, asked: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 404
    assert "<h1>No such page</h1>" in answer.text


def test_before_the_first_build_there_is_a_page_that_waits_for_it(tmp_path: Path) -> None:
    config = site(tmp_path)
    for file in config.output.rglob("*.html"):
        file.unlink()
    answer = Client(Preview(config, "127.0.0.1")).get("/dossiers/")
    assert answer.status_code == 404
    assert "live.js" in answer.text


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("index.json", "application/json; charset=utf-8"),
        ("source.txt", "text/plain; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("party.tsv", "text/tab-separated-values; charset=utf-8"),
        ("mark.svg", "image/svg+xml; charset=utf-8"),
        ("card.png", "image/png"),
        ("exhibit.pdf", "application/pdf"),
        ("face.woff2", "font/woff2"),
        (".nojekyll", "application/octet-stream"),
    ],
)
def test_files_bear_their_types_on_every_system(client: Client, tmp_path: Path, name: str, content_type: str) -> None:
    (tmp_path / "public" / name).write_bytes(b"x")
    answer = client.get(f"/dossiers/{name}")
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_comes_from_a_cache_and_what_a_page_loads_is_asked_for_anew(client: Client, tmp_path: Path) -> None:
    for asked in ("", "no-such", "assets"):
        assert client.get(f"/dossiers/{asked}").headers["Cache-Control"] == "no-store"
    for asked in ("assets/site.1.css", ".sitegen/live.js"):
        first = client.get(f"/dossiers/{asked}")
        assert first.headers["Cache-Control"] == "no-cache"
        again = client.get(f"/dossiers/{asked}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    write(tmp_path / "public" / "assets" / "site.1.css", "h1 { color: rgb(255, 0, 0) }")
    etag = first.headers["ETag"]
    assert client.get("/dossiers/assets/site.1.css", headers={"If-None-Match": etag}).status_code == 200


def test_a_part_of_a_file_is_given_where_a_browser_asks_for_one(client: Client) -> None:
    part = client.get("/dossiers/assets/site.1.css", headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"color", "bytes 5-9/28")
    assert client.get("/dossiers/assets/site.1.css", headers={"Range": "bytes=999-"}).status_code == 416
    whole = client.head("/dossiers/assets/site.1.css")
    assert (whole.status_code, whole.content_length, whole.headers["Accept-Ranges"]) == (200, 28, "bytes")


def test_only_reading_is_answered(client: Client) -> None:
    assert client.head("/dossiers/").status_code == 200
    assert client.head("/dossiers/").data == b""
    for answer in (client.post("/dossiers/"), client.put("/dossiers/a.html"), client.delete("/dossiers/")):
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "asked",
    [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "..%2fsecret.txt",
        "%2e%2e%2fsecret.txt",
        "parties/../../secret.txt",
        "parties/%2e%2e/%2e%2e/secret.txt",
        "..%5csecret.txt",
        "..\\secret.txt",
        "%00",
        "index.html%00.txt",
        "link.txt",
        "linked/secret.txt",
        "linked",
        "linked/",
        "/secret.txt",
        "a" * 5000,
        "%ff%fe",
    ],
)
def test_nothing_outside_the_site_is_reachable(client: Client, tmp_path: Path, asked: str) -> None:
    (tmp_path / "public" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "public" / "linked").symlink_to(tmp_path)
    answer = client.get(f"/dossiers/{asked}")
    assert answer.status_code == 404
    assert "nobody may read this" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LocalHost", "[::1]"])
def test_this_machine_s_own_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/dossiers/", headers={"Host": host}).status_code == 200


FOREIGN = """evil.example evil.example:8000 localhost.evil.example 127.0.0.1.evil.example a@localhost localhost/x [
localhost:port 192.168.1.7 0.0.0.0 [::2] 2130706433 :8000"""


@pytest.mark.parametrize("host", ["", *FOREIGN.split()])
def test_a_foreign_page_that_calls_itself_this_machine_is_refused(client: Client, host: str) -> None:
    for asked in ("/dossiers/", "/dossiers/.sitegen/events", "/dossiers/.sitegen/live.js", "/"):
        answer = client.get(asked, headers={"Host": host})
        assert answer.status_code == 403
        assert "Home" not in answer.text


def test_the_host_that_the_user_named_is_answered(tmp_path: Path) -> None:
    named = Client(Preview(site(tmp_path), "Desk.example"))
    assert named.get("/dossiers/", headers={"Host": "desk.example:8000"}).status_code == 200
    everywhere = Client(Preview(site(tmp_path), "0.0.0.0"))  # noqa: S104  nothing is bound
    assert everywhere.get("/dossiers/", headers={"Host": "192.168.1.7:8000"}).status_code == 200
    assert everywhere.get("/dossiers/", headers={"Host": "evil.example"}).status_code == 403


# --- Live reload -----------------------------------------------------------------------------------------------------


def stamped(page: str) -> tuple[str, str]:
    """The stamp and the fingerprint in a served page."""
    _, _, script = page.partition('data-stamp="')
    stamp, _, rest = script.partition('" data-page="')
    return stamp, rest.partition('"')[0]


def heard(preview: Preview, stamp: str) -> tuple[str, dict[str, object]]:
    """The first event on a new connection: its id and its data."""
    events = preview.events(stamp)
    next(events)
    lines = next(events).decode().splitlines()
    return lines[0].removeprefix("id: "), json.loads(lines[1].removeprefix("data: "))


def test_the_script_is_added_as_it_is_served_and_never_to_the_built_file(client: Client, tmp_path: Path) -> None:
    built = (tmp_path / "public" / "index.html").read_text()
    served = client.get("/dossiers/").text
    before, _, after = served.partition('<script src="/dossiers/.sitegen/live.js"')
    assert before + after.partition("</script>")[2] == built
    assert "live.js" not in client.get("/dossiers/assets/site.1.css").text
    assert (tmp_path / "public" / "index.html").read_text() == built
    script = client.get("/dossiers/.sitegen/live.js")
    assert (script.status_code, script.content_type) == (200, "text/javascript; charset=utf-8")


def test_a_page_hears_what_changed_since_it_was_served(tmp_path: Path) -> None:
    config = site(tmp_path)
    preview = Preview(config, "127.0.0.1")
    preview.show(config, ["index.html", "404.html"], None)
    stamp, _ = stamped(Client(preview).get("/dossiers/").text)
    assert heard(preview, stamp)[1] == {"changed": [], "error": None}
    preview.show(config, ["index.html"], None)
    preview.show(config, ["parties/ada-testperson/index.html"], None)
    later, news = heard(preview, stamp)
    assert news == {"changed": ["index.html", "parties/ada-testperson/index.html"], "error": None}
    assert heard(preview, later)[1] == {"changed": [], "error": None}


def test_a_page_that_cannot_be_told_what_changed_is_told_to_look(tmp_path: Path) -> None:
    config = site(tmp_path)
    preview = Preview(config, "127.0.0.1")
    preview.show(config, [], None)
    stamp, _ = stamped(Client(preview).get("/dossiers/").text)
    for odd in ("", "from-another-run-1", f"{stamp}0000", f"{stamp}²", stamp.replace("-1", "--1"), "9" * 5000):
        assert heard(preview, odd)[1] == {"changed": None, "error": None}, odd
    preview.show(config, [f"{number}.html" for number in range(LISTED + 1)], None)
    assert heard(preview, stamp)[1] == {"changed": None, "error": None}


def test_a_failed_build_is_told_until_it_is_mended(tmp_path: Path) -> None:
    config = site(tmp_path)
    preview = Preview(config, "127.0.0.1")
    preview.show(config, [], None)
    stamp, _ = stamped(Client(preview).get("/dossiers/").text)
    preview.show(config, [], "party.html, line 3: unknown tag.")
    assert heard(preview, stamp)[1]["error"] == "party.html, line 3: unknown tag."
    in_error, _ = stamped(Client(preview).get("/dossiers/").text)
    assert heard(preview, in_error)[1]["error"] == "party.html, line 3: unknown tag."
    preview.show(config, ["index.html"], None)
    # The failed build may have written pages before it failed.
    assert heard(preview, stamp)[1] == {"changed": None, "error": None}


SAVED = [
    ("exhibits/a.txt", "agreements/2010-03-01-paper/index.html"),
    ("exhibits/a.txt.toml", "agreements/2010-03-01-paper/index.html"),
    ("exhibits", "agreements/2010-03-01-paper/index.html"),
    ("exhibits/b.txt", None),
    ("pages/about.md", "about/index.html"),
    ("pages", "about/index.html"),
    ("notes/parties/ada-testperson.md", "parties/ada-testperson/index.html"),
    ("notes/parties/bert-specimen.md", None),
    ("identities.toml", None),
    ("../theme/static/site.css", None),
]


@pytest.mark.parametrize(("saved", "page"), SAVED)
def test_a_browser_that_follows_goes_to_the_page_of_what_was_saved(
    tmp_path: Path, saved: str, page: str | None
) -> None:
    config = site(tmp_path)
    write(config.content / "pages" / "about.md", "About")
    write(config.content / "notes" / "parties" / "ada-testperson.md", "A note")
    write(config.content / "exhibits" / "a.txt", "An exhibit")
    write(config.output / "agreements/2010-03-01-paper/index.json", '{"source": {"path": "exhibits/a.txt", "n": 1}}')
    write(config.output / "agreements/2011-03-01-gone/index.json", '{"schema": "sitegen/withdrawn/1"}')
    changed = ["index.html", "agreements/2011-03-01-gone/index.html", "agreements/2010-03-01-paper/index.html"]
    changed += ["about/index.html", "parties/ada-testperson/index.html"]
    place = (config.content / saved).resolve()
    assert page_of(config, [place], changed) == page
    assert page_of(config, [place], ["index.html"]) is None


def test_only_a_page_that_was_open_when_the_file_was_saved_goes_there(tmp_path: Path) -> None:
    config = site(tmp_path)
    changed, saved = ["about/index.html"], [config.content / "pages" / "about.md"]
    for follow, went in ((True, "about/index.html"), (False, None)):
        preview = Preview(config, "127.0.0.1", follow=follow)
        preview.show(config, [], None)
        events = preview.events("")
        next(events), next(events)
        preview.show(config, changed, None, saved)
        told = json.loads(next(events).decode().splitlines()[1].removeprefix("data: "))
        assert told.get("go") == went
        assert "go" not in heard(preview, "")[1]


def test_a_page_that_opened_just_before_the_save_goes_there_too(tmp_path: Path) -> None:
    config = site(tmp_path)
    preview = Preview(config, "127.0.0.1", follow=True)
    preview.show(config, [], None)
    events = preview.events("")
    next(events)
    preview.show(config, ["about/index.html"], None, [config.content / "pages" / "about.md"])
    assert json.loads(next(events).decode().splitlines()[1].removeprefix("data: ")).get("go") == "about/index.html"


def test_a_stylesheet_alone_leaves_the_fingerprint_of_a_page(client: Client, tmp_path: Path) -> None:
    page = tmp_path / "public" / "index.html"
    _, before = stamped(client.get("/dossiers/").text)
    page.write_text(page.read_text().replace("site.1.css", "site.2.css"))
    assert stamped(client.get("/dossiers/").text)[1] == before
    page.write_text(page.read_text().replace("Home", "House"))
    assert stamped(client.get("/dossiers/").text)[1] != before


# --- The whole command -----------------------------------------------------------------------------------------------


class Result(msgspec.Struct, frozen=True):
    changed: tuple[str, ...] = ()
    postponed: bool = False


class Serving:
    """`sitegen serve` in a thread of its own, with a build that copies the exhibit into the home page."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.opened: list[str] = []
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self) -> None:
        serve.serve(lambda: load(self.root), self.rebuild, port=0, open_browser=True, follow=True, say=self.said.put)

    def rebuild(self, config: Config, _: watch.Changed, *_hurried: watch.Hurried) -> Result:
        if self.stop.is_set():
            raise KeyboardInterrupt
        self.changed: list[str] = []
        for place in sorted(config.content.glob("*.txt")):
            text = place.read_text()
            if text == "broken":
                raise UsageError("a.txt is <b>broken</b>.")
            self.put(config, "index.html", PAGE.format(up="", heading=text))
        for article in sorted(config.content.glob("pages/*.md")):
            self.put(config, f"{article.stem}/index.html", PAGE.format(up="../", heading=article.read_text()))
        for sheet in sorted((config.theme / "static").glob("*.css")):
            self.put(config, f"assets/{sheet.name}", sheet.read_text())
            for page in sorted(config.output.rglob("*.html")):
                path = page.relative_to(config.output).as_posix()
                self.put(config, path, page.read_text().replace("site.1.css", sheet.name))
        return Result(tuple(self.changed))

    def put(self, config: Config, path: str, text: str) -> None:
        place = config.output / path
        if not place.exists() or place.read_text() != text:
            write(place, text)
            self.changed.append(path)

    def until_said(self, beginning: str) -> str:
        while not (line := self.said.get(timeout=20)).startswith(beginning):
            pass
        return line


@pytest.fixture
def serving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serving]:
    site(tmp_path)
    running = Serving(tmp_path)
    monkeypatch.setattr("webbrowser.open", running.opened.append)
    running.thread.start()
    yield running
    running.stop.set()
    write(tmp_path / "content" / "end.txt", "end")
    running.thread.join(timeout=20)
    assert not running.thread.is_alive()


def test_a_change_is_told_to_a_browser_that_listens(serving: Serving) -> None:
    address = serving.until_said("Preview at ").removeprefix("Preview at ")
    serving.until_said("Watching content")
    assert serving.opened == [address]
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=20)
    connection.request("GET", "/dossiers/")
    stamp, _ = stamped(connection.getresponse().read().decode())
    connection.request("GET", f"/dossiers/.sitegen/events?since={stamp}")
    events = connection.getresponse()
    assert events.headers["Content-Type"] == "text/event-stream"
    write(serving.root / "content" / "a.txt", "Quillfeather Capital, L.P.")
    while not (line := events.readline().decode()).startswith('data: {"changed":["index.html"]'):
        assert line
    connection.close()


def is_refusal(message: ConsoleMessage) -> bool:
    """Browsers ask each server for an icon of their own accord."""
    return message.type == "error" and not message.location["url"].endswith("/favicon.ico")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a real browser that keeps its own list of what the site's Content-Security-Policy refused."""
    page = browser.new_page()
    page.set_default_timeout(20_000)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if is_refusal(message) else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    yield page
    page.close()
    assert refused == []


def opened(serving: Serving, page: Page, path: str = "") -> None:
    """Open a page and mark it: a reload takes the mark away."""
    address = serving.until_said("Preview at ").removeprefix("Preview at ")
    serving.until_said("Watching content")
    with page.expect_response(lambda response: "/.sitegen/events" in response.url):
        page.goto(address + path, wait_until="load")
    page.evaluate("window.marked = true")


def comes_about(page: Page, expression: str) -> None:
    """Wait as `page.wait_for_function` does, which the pages' Content-Security-Policy refuses."""
    for _ in range(200):
        with suppress(Error):  # a page that reloads at that moment answers nothing
            if page.evaluate(expression):
                return
        page.wait_for_timeout(100)
    pytest.fail(f"{expression} did not come about")


def save(place: Path, text: str) -> None:
    """Replace a file as many editors do: it is never empty, so the page is made anew once."""
    fresh = place.parents[1] / "fresh"
    fresh.write_text(text)
    fresh.replace(place)


@pytest.mark.browser
def test_a_changed_page_reloads_where_it_was_scrolled_to(serving: Serving, page: Page) -> None:
    opened(serving, page)
    tall = "Quillfeather " + "Capital, L.P. " * 3000
    save(serving.root / "content" / "a.txt", tall)
    expect(page.locator("h1")).to_contain_text("Quillfeather")
    page.wait_for_load_state("load")
    page.evaluate("window.scrollTo(0, 700)")
    save(serving.root / "content" / "a.txt", tall.replace("Quillfeather", "Ada Testperson"))
    expect(page.locator("h1")).to_contain_text("Ada Testperson")
    comes_about(page, "scrollY === 700")


@pytest.mark.browser
def test_a_page_that_was_short_for_a_moment_is_again_where_it_was_scrolled_to(serving: Serving, page: Page) -> None:
    opened(serving, page)
    tall = "Quillfeather " + "Capital, L.P. " * 3000
    save(serving.root / "content" / "a.txt", tall)
    expect(page.locator("h1")).to_contain_text("Quillfeather")
    page.wait_for_load_state("load")
    page.evaluate("window.scrollTo(0, 700)")
    save(serving.root / "content" / "a.txt", "Inkwell")
    expect(page.locator("h1")).to_have_text("Inkwell")
    save(serving.root / "content" / "a.txt", tall.replace("Quillfeather", "Ada Testperson"))
    expect(page.locator("h1")).to_contain_text("Ada Testperson")
    comes_about(page, "scrollY === 700")
    page.mouse.wheel(0, -400)
    comes_about(page, "scrollY === 300")
    save(serving.root / "content" / "a.txt", tall)
    expect(page.locator("h1")).to_contain_text("Quillfeather")
    comes_about(page, "scrollY === 300")


@pytest.mark.browser
def test_a_page_that_did_not_change_stays_as_it_is(serving: Serving, page: Page) -> None:
    opened(serving, page, "parties/ada-testperson/")
    write(serving.root / "content" / "a.txt", "Quillfeather Capital, L.P.")
    serving.until_said("Changed: content/a.txt")
    # The stylesheet's change comes after; when it has come, the page has heard of the first one too.
    write(serving.root / "theme" / "static" / "site.2.css", "h1 { color: rgb(255, 0, 0) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(255, 0, 0)")
    assert page.evaluate("window.marked") is True


@pytest.mark.browser
def test_a_stylesheet_of_the_same_name_is_swapped_too(serving: Serving, page: Page) -> None:
    opened(serving, page)
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 255)")
    write(serving.root / "theme" / "static" / "site.1.css", "h1 { color: rgb(255, 0, 0) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(255, 0, 0)")
    assert page.evaluate("window.marked") is True
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)


@pytest.mark.browser
def test_a_browser_that_follows_goes_where_the_work_is_and_stays_there(serving: Serving, page: Page) -> None:
    opened(serving, page)
    write(serving.root / "content" / "pages" / "about us.md", "Quillfeather")
    expect(page.locator("h1")).to_have_text("Quillfeather")
    assert page.url.endswith("/dossiers/about%20us/index.html")
    write(serving.root / "content" / "pages" / "about us.md", "Ada Testperson")
    expect(page.locator("h1")).to_have_text("Ada Testperson")
    write(serving.root / "content" / "a.txt", "Inkwell")
    serving.until_said("Changed: content/a.txt")
    assert page.url.endswith("/dossiers/about%20us/index.html")


@pytest.mark.browser
def test_a_failed_build_is_shown_over_the_last_good_page_until_it_is_mended(serving: Serving, page: Page) -> None:
    opened(serving, page, "parties/ada-testperson/")
    write(serving.root / "content" / "a.txt", "broken")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("a.txt is <b>broken</b>.")
    expect(alert).to_have_css("position", "fixed")
    expect(page.locator("h1")).to_have_text("Ada Testperson")
    page.keyboard.press("Escape")
    expect(alert).to_have_count(0)
    page.reload()
    expect(alert).to_contain_text("a.txt is <b>broken</b>.")
    write(serving.root / "content" / "a.txt", "Quillfeather Capital, L.P.")
    expect(alert).to_have_count(0)


@pytest.mark.browser
def test_a_page_out_of_sight_holds_no_connection_and_catches_up_when_it_is_seen(serving: Serving, page: Page) -> None:
    hide = "Object.defineProperty(document, 'hidden', {{ value: {}, configurable: true }}); "
    turn = hide + "document.dispatchEvent(new Event('visibilitychange'))"
    opened(serving, page)
    page.evaluate(turn.format("true"))
    write(serving.root / "content" / "a.txt", "Quillfeather Capital, L.P.")
    while "Quillfeather" not in (serving.root / "public" / "index.html").read_text():
        serving.until_said("Changed: content/a.txt")
    assert page.evaluate("window.marked") is True
    page.evaluate(turn.format("false"))
    expect(page.locator("h1")).to_have_text("Quillfeather Capital, L.P.")


SCRIPT = """
import pathlib, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run started in the background ignores it
from sitegen import config, serve, watch
root = pathlib.Path(sys.argv[1])
class Result:
    changed, postponed = (), False
sys.exit({command}(lambda: config.load(root), lambda *_: Result()))
"""


@pytest.mark.parametrize("command", ["watch.watch", "serve.serve"])
def test_ctrl_c_ends_it_with_a_word_and_no_traceback(tmp_path: Path, command: str) -> None:
    site(tmp_path)
    arguments = [sys.executable, "-c", SCRIPT.format(command=command), str(tmp_path)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        said = []
        while not (line := running.stderr.readline()).startswith("Watching"):
            assert line
            said.append(line)
        address = said[0].removeprefix("Preview at ").strip() if said else None
        if address:
            listening = http.client.HTTPConnection(address.split("/")[2], timeout=20)
            listening.request("GET", "/dossiers/.sitegen/events")
            listening.getresponse()
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=20) == 0
        assert running.stderr.read() == "Stopped.\n"


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with serve.listen("127.0.0.1", taken) as ours:
            assert ours.getsockname()[1] != taken


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 65536), ("127.0.0.1", -1), ("192.0.2.1", 8000)])
def test_a_host_or_port_that_cannot_be_had_is_said(host: str, port: int) -> None:
    with pytest.raises(UsageError, match="--port"):
        serve.listen(host, port)


def until(running: "subprocess.Popen[str]", beginning: str) -> str:
    assert running.stderr is not None
    while not (line := running.stderr.readline()).startswith(beginning):
        assert line, running.wait()
    return line


def fetched(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=20)
    connection.request("GET", f"/{path}")
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_command_itself_shows_what_is_added_heals_what_is_deleted_and_ends_at_once(
    tmp_path: Path, end: signal.Signals
) -> None:
    exhibits = tmp_path / "content" / "exhibits"
    write(exhibits / "a.txt", exhibit("Paper, Inc.", "March 1, 2010", ("Quillfeather, L.P.", "Ada Testperson")))
    code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    code += "from sitegen.cli import main; sys.exit(main(['serve', '--port', '0', '--quiet']))"
    with subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running:
        try:
            address = until(running, "Preview at ").removeprefix("Preview at ").strip()
            until(running, "Watching content")
            assert fetched(address, "parties/quillfeather-lp/")[0] == 200
            write(exhibits / "b.txt", exhibit("Blotter, Inc.", "May 1, 2011", ("Inkwell LLC", "Ada Testperson")))
            until(running, "Changed: content/exhibits/b.txt")
            while fetched(address, "manifest.json")[1].count("/inkwell-llc/index.html") == 0:
                time.sleep(0.05)
            (tmp_path / "public").rename(tmp_path / "gone")
            until(running, "Changed: gone and 1 more")  # the one that is gone, too
            while fetched(address, "parties/inkwell-llc/")[0] != 200:
                time.sleep(0.05)
            write(tmp_path / "sitegen.toml", "titel = 'Dossiers'")
            until(running, "error: ")
            begun = time.monotonic()
            running.send_signal(end)
            assert running.wait(timeout=20) == 0
            assert time.monotonic() - begun < 5  # 0.1 s; a busy machine takes longer
            assert running.stderr is not None
            assert running.stderr.read().endswith("Stopped.\n")
        finally:
            running.kill()
