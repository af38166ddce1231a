"""The preview's answers to a browser: files below the output folder as GitHub Pages gives them, and news of changes."""

import functools
import hashlib
import ipaddress
import mimetypes
import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import msgspec
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Request, Response

from sitegen.config import Config
from sitegen.follow import page_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HEARTBEAT = 10.0
"""Seconds between signs of life on a quiet connection: writing one finds out a browser that has gone."""
LISTED = 500
"""Changed paths that are kept at most; past that every open page looks for itself."""

_OWN = ".sitegen/"
_LIVE = Path(__file__).with_name("live.js")
_LINK = re.compile(rb"<link\s[^>]{1,1000}>")
_TYPES = mimetypes.MimeTypes(filenames=())
_TYPES.add_type("text/javascript", ".js")
_TYPES.add_type("application/xml", ".xml")
_TYPES.add_type("font/woff2", ".woff2")
_TYPES.add_type("application/manifest+json", ".webmanifest")
_TEXTS = {"application/json", "application/xml", "application/manifest+json", "image/svg+xml"}
_NO_PAGE = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No such page</title></head>'
    b"<body><p>There is no such page, and no site with a 404 page of its own was built yet.</p></body></html>"
)


class News(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a browser hears after each try of the build."""

    changed: tuple[str, ...] | None
    """Paths of the site that changed since it last heard; None when they cannot be told."""
    error: str | None
    """Why the last build failed."""
    go: str | None = None
    """The page of what was just saved, for a browser that follows."""


class Preview:
    """A WSGI application: one site, and what became of it while it was looked at."""

    def __init__(self, config: Config, host: str, *, follow: bool = False) -> None:
        self._config = config
        self._follow = follow
        self._go: str | None = None
        self._hosts = _Hosts(host)
        self._run = secrets.token_hex(4)
        self._tries = 0
        self._changed: dict[str, int] = {}
        self._known_from = 0
        self._error: str | None = None
        self._closed = False
        self._heard = threading.Condition()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        request = Request(environ)
        response = self.answer(request)
        # A page says which try of the build it is of, and must never come from a cache. All else is asked for anew, and
        # not sent again when the browser has it.
        is_kept = response.status_code == HTTPStatus.OK and response.mimetype not in {"text/html", "text/event-stream"}
        response.headers["Cache-Control"] = "no-cache" if is_kept else "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        if is_kept:
            response.add_etag()
            try:
                response.make_conditional(request, accept_ranges=True, complete_length=response.content_length)
            except RequestedRangeNotSatisfiable as error:
                return error.get_response()(environ, start_response)
        return response(environ, start_response)

    @property
    def base(self) -> str:
        """The path that the site is published under, percent-encoded: `/`, or `/sitegen/`."""
        return urlsplit(self._config.base_url or "/").path or "/"

    def show(self, config: Config, changed: Sequence[str], error: str | None, occasion: Sequence[Path] = ()) -> None:
        """Take in what a try of the build did, and what led to it, and tell it to all who listen."""
        with self._heard:
            self._config = config
            self._tries += 1
            self._go = page_of(config, occasion, changed) if self._follow else None
            self._changed.update(dict.fromkeys(changed, self._tries))
            if error or self._tries == 1 or len(self._changed) > LISTED:
                # It cannot be told what changed in pages that were served before now: each looks for itself.
                self._changed.clear()
                self._known_from = self._tries
            self._error = error
            self._heard.notify_all()

    def close(self) -> None:
        """Let all who listen go."""
        with self._heard:
            self._closed = True
            self._heard.notify_all()

    def answer(self, request: Request) -> Response:
        """Give the file, page or stream that a request asks for."""
        if not self._hosts.trusts(request.environ.get("HTTP_HOST", "")):
            return _refusal(
                HTTPStatus.FORBIDDEN, "The preview answers to the name that it was started with alone (--host)."
            )
        if request.method not in {"GET", "HEAD"}:
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "The preview can only be read.", Allow="GET, HEAD")
        base = unquote(self.base)
        if request.path == "/" != base or request.path + "/" == base:
            return _redirect(self.base)
        address = request.path.removeprefix(base) if request.path.startswith(base) else None
        if address == _OWN + "live.js":
            return Response(_LIVE.read_bytes(), content_type="text/javascript; charset=utf-8")
        if address == _OWN + "events":
            since = request.headers.get("Last-Event-ID") or request.args.get("since", "")
            return Response(self.events(since), content_type="text/event-stream")
        return self._site(address)

    def events(self, since: str) -> Iterator[bytes]:
        """Tell news as server-sent events: once at once, then after each try of the build."""
        heard, joined = None, self._stamp
        yield b"retry: 1000\n\n"
        while True:
            with self._heard:
                is_news = self._heard.wait_for(functools.partial(self._has_more_than, heard), HEARTBEAT)
                if self._closed:
                    return
                stamp, news = self._stamp, self._news(since)
                if stamp != joined:  # who comes later, or comes back, stays where he is
                    news = msgspec.structs.replace(news, go=self._go)
            if is_news:
                yield b"id: %s\ndata: %s\n\n" % (stamp.encode(), msgspec.json.encode(news))
                since = heard = stamp
            else:
                yield b":\n\n"

    def _has_more_than(self, heard: str | None) -> bool:
        return self._closed or (self._tries > 0 and self._stamp != heard)

    @property
    def _stamp(self) -> str:
        return f"{self._run}-{self._tries}"

    def _news(self, since: str) -> News:
        run, _, tries = since.rpartition("-")
        known = run == self._run and tries.isascii() and tries.isdecimal() and len(tries) <= len(str(self._tries))
        if not known or int(tries) < self._known_from:
            return News(None, self._error)
        return News(tuple(path for path, when in self._changed.items() if when > int(tries)), self._error)

    def _site(self, address: str | None) -> Response:
        output = self._config.output
        stamp = self._stamp  # taken before the page is read: what changes later is news to it
        found = None if address is None else find(output, address)
        if address is not None and found is not None and found.is_dir():
            return _redirect(self.base + quote(address) + "/")
        body = _read(found)
        if body is not None and found is not None:
            return self._file(body, _content_type(found), HTTPStatus.OK, stamp)
        missing = _read(find(output, "404.html"))
        return self._file(missing or _NO_PAGE, "text/html; charset=utf-8", HTTPStatus.NOT_FOUND, stamp)

    def _file(self, body: bytes, content_type: str, status: HTTPStatus, stamp: str) -> Response:
        if content_type.startswith("text/html"):
            body = _with_live_reload(body, self.base + _OWN + "live.js", stamp)
        return Response(body, status, content_type=content_type)


class _Hosts:
    """The names that the preview answers to.

    A web page elsewhere can give its own name this machine's address (DNS rebinding) and then read what is served
    here; the Host header still bears its name.
    """

    def __init__(self, given: str) -> None:
        self._names = {"localhost", "127.0.0.1", "::1", given.strip("[]").lower()}
        # Bound to every address of the machine, it is asked for by any of them; an address cannot be rebound.
        self._any_address = given in {"0.0.0.0", "::"}  # noqa: S104  compared, not bound

    def trusts(self, header: str) -> bool:
        try:
            parts = urlsplit("//" + header)
            name, _ = parts.hostname, parts.port
        except ValueError:
            return False
        if name is None or parts.netloc != header or "@" in header:
            return False
        return name in self._names or (self._any_address and _is_address(name))


def find(output: Path, address: str) -> Path | None:
    """Find what lies at an address below the output folder: a file, or a folder that was asked for without its slash.

    Nothing outside the folder is found, whatever the address says and wherever links lead.
    """
    *folders, name = address.split("/")
    parts = [*folders, name or "index.html"]
    if any(part in {"", ".", ".."} or "\\" in part for part in parts):
        return None
    try:
        path = output.joinpath(*parts).resolve(strict=True)
        return path if path.is_relative_to(output.resolve()) and (path.is_file() or path.is_dir()) else None
    except (OSError, ValueError):
        return None


def _read(path: Path | None) -> bytes | None:
    try:
        return path.read_bytes() if path else None
    except OSError:
        return None


def _content_type(path: Path) -> str:
    content_type = _TYPES.guess_type(path.name)[0] or "application/octet-stream"
    is_text = content_type.startswith("text/") or content_type in _TEXTS
    return f"{content_type}; charset=utf-8" if is_text else content_type


def _with_live_reload(page: bytes, live: str, stamp: str) -> bytes:
    """Add the script, and with it a fingerprint of the page without its stylesheets: all that a reload depends on."""
    bare = _LINK.sub(lambda link: b"" if b"stylesheet" in link[0] else link[0], page)
    fingerprint = hashlib.sha256(bare).hexdigest()[:16]
    script = f'<script src="{live}" data-stamp="{stamp}" data-page="{fingerprint}"></script>'.encode()
    body, end, rest = page.rpartition(b"</body>")
    return body + script + end + rest if end else page + script


def _redirect(address: str) -> Response:
    return Response(status=HTTPStatus.FOUND, headers={"Location": address})


def _refusal(status: HTTPStatus, why: str, **headers: str) -> Response:
    return Response(why + "\n", status, headers, content_type="text/plain; charset=utf-8")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
