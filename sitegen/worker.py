"""The program of a worker process: calls come in by standard input, answers go out by standard output.

A program of its own, not `multiprocessing`: the caller's main module is not run again, and a death is known to be of
the one call that was being answered.
"""

import os
import pickle
import signal
import struct
import sys
import traceback
from contextlib import suppress
from typing import Any, BinaryIO

_SIZE = struct.Struct(">Q")


def send(stream: BinaryIO, what: Any) -> None:
    """Write a value as its size and its pickle. Raises `OSError` when nobody reads any more."""
    data = pickle.dumps(what)
    stream.write(_SIZE.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read a value that `send` wrote. Raises `EOFError` when there is no whole one."""
    size = _SIZE.unpack(_exactly(stream, _SIZE.size))[0]
    return pickle.loads(_exactly(stream, size))  # noqa: S301 -- from this very program's other end


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _answer(call: tuple[Any, tuple[Any, ...], dict[str, Any]]) -> tuple[bool, Any]:
    """Call; return whether it went well, and what it gave or raised."""
    work, values, named = call
    try:
        return True, work(*values, **named)
    except Exception as error:  # noqa: BLE001 -- it is raised again where the answer is awaited
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        return False, error


def main() -> None:
    """Answer calls until there are no more."""
    # Born deaf to Ctrl-C so that its start shows no traceback; from here on Ctrl-C ends it without a word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    # What is printed by mistake must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with suppress(EOFError, BrokenPipeError):
        while True:
            send(answers, _answer(receive(sys.stdin.buffer)))


if __name__ == "__main__":
    main()
