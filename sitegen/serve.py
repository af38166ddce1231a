"""Watch, and preview: the site under its base path on this machine, reloading where something changed."""

import contextlib
import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.model.failure import UsageError
from sitegen.watch import Configure, Rebuild, Say, attempts, say_aside, system

if TYPE_CHECKING:
    from sitegen.preview import Preview

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  named by the user, never the default
"""Hosts that mean every address of this machine."""
NEXT_PORTS = 20
"""Ports tried after a taken one, before the system is asked for any."""


def serve(
    configure: Configure,
    rebuild: Rebuild,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    follow: bool = False,
    poll: bool = False,
    say: Say = say_aside,
) -> int:
    """Build, preview and build again until Ctrl-C; give the exit status.

    Raises UsageError when the first settings are wrong, or the host or port cannot be had.
    """
    from sitegen.preview import Preview  # noqa: PLC0415  werkzeug is loaded only where something is served

    preview = Preview(configure(), host, follow=follow)
    with listen(host, port) as listening, answering(preview, listening):
        address = f"http://{_name(host)}:{listening.getsockname()[1]}{preview.base}"
        say(f"Preview at {address}")
        if listening.getsockname()[1] != port != 0:
            say(f"Port {port} is taken by another program.")
        if host in EVERYWHERE:
            say("It can be read by everyone on this machine's networks.")
        try:
            for attempt in attempts(configure, rebuild, system(say, poll=poll), say):
                preview.show(attempt.config, attempt.changed, attempt.error, attempt.occasion)
                if open_browser:
                    webbrowser.open(address)
                    open_browser = False
        except KeyboardInterrupt:
            say("Stopped.")
    return 0


def _name(host: str) -> str:
    if host in EVERYWHERE:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def listen(host: str, port: int) -> socket.socket:
    """Listen at a port, or at the next free one. Raises UsageError when the host or port cannot be had."""
    if not 0 <= port <= 65535:  # noqa: PLR2004  the range of TCP ports
        raise UsageError(f"--port {port}: a port is a number from 0 to 65535.")
    for candidate in (*range(port, min(port + NEXT_PORTS, 65535) + 1), 0):
        try:
            family, *_, where = socket.getaddrinfo(host, candidate, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
            return socket.create_server(where[:2], family=family)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                continue
            why = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or errno.EINVAL)
            raise UsageError(
                f"cannot listen at {host}, port {candidate}: {why}. Name another --host or --port."
            ) from None
    raise UsageError(f"no port is free at {host}. End a program that holds one.")


@contextlib.contextmanager
def answering(preview: "Preview", listening: socket.socket) -> Iterator[None]:
    """Answer requests in threads of their own while the block lasts."""
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415  see above

    class Handler(WSGIRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Say nothing: the terminal is for the build."""

    host, port = listening.getsockname()[:2]
    server = make_server(host, port, preview, threaded=True, request_handler=Handler, fd=listening.fileno())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        preview.close()
        server.shutdown()
        thread.join()
