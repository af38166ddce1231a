"""Browser tabs that note every error, every breach of the content security policy and every request elsewhere."""

import re
from typing import Any

from browser.host import BELOW
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

_TELL = """
addEventListener('securitypolicyviolation', e =>
  console.error(`content security policy: ${e.violatedDirective} forbids ${e.blockedURI || e.sample}`));
"""
_OWN = re.compile(rf"http://127\.0\.0\.1:\d+{BELOW}|file://|blob:")
DESKTOP = (1440, 900)
PHONE = (390, 844)


class Reader:
    """Opens pages as different readers do. What goes wrong on any of them is in `faults`, with the page's address."""

    def __init__(self, browser: Browser) -> None:
        self.faults: list[str] = []
        self._browser = browser
        self._contexts: list[Any] = []

    def tab(self, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        """Return a new tab with storage of its own. Options are those of Playwright's `new_context`."""
        context = self._browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        self._contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(_TELL)
        page = context.new_page()
        page.on("console", lambda message: self._console(page, message))
        page.on("pageerror", lambda error: self._fault(page, f"script error: {error}"))
        page.on("dialog", lambda dialog: (self._fault(page, f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._request(page, request))
        page.on("requestfailed", lambda request: self._failed(page, request))
        page.on("response", lambda response: self._response(page, response))
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _fault(self, page: Page, what: str) -> None:
        self.faults.append(f"{page.url}: {what}")

    def _console(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._fault(page, f"console {message.type}: {message.text}")

    def _request(self, page: Page, request: Request) -> None:
        if not _OWN.match(request.url):
            self._fault(page, f"asks for {request.url}, which is outside the site")

    def _failed(self, page: Page, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # given up because the reader moved on
            self._fault(page, f"{request.url} failed: {request.failure}")

    def _response(self, page: Page, response: Response) -> None:
        if not response.ok and response.status:
            self._fault(page, f"{response.url} answers {response.status}")
