"""A static host for a built site, like GitHub Pages: below a project's path, compressed, with a 404 page."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

BELOW = "/dossiers/"
"""The path that the site is served under."""


class _Host(ThreadingHTTPServer):
    daemon_threads = True
    folder: Path


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Host

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        place = self.server.folder / path.removeprefix(BELOW)
        if path.endswith("/"):
            place /= "index.html"
        known = path.startswith(BELOW) and place.is_file()
        if not known:
            place = self.server.folder / "404.html"
        body = place.read_bytes()
        self.send_response(HTTPStatus.OK if known else HTTPStatus.NOT_FOUND)
        kind = mimetypes.guess_type(place.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=600")
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the tests watch what the browser asks for."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine alone, and give the address of its root, ending in `/`."""
    with _Host(("127.0.0.1", 0), _Answer) as server:
        server.folder = folder
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        finally:
            server.shutdown()
