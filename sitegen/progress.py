"""A progress bar for a terminal, shown when a build takes longer than a second."""

import time
from typing import TextIO

_PATIENCE = 1.0
_EVERY = 0.1
_WIDTH = 30


class Bar:
    """Draws one line and draws it over again."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._next = time.monotonic() + _PATIENCE
        self._shown = 0

    def __call__(self, what: str, done: int, of: int) -> None:
        """Tell that `done` of `of` things are done."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY
        filled = _WIDTH * done // max(of, 1)
        line = f"{what} [{'█' * filled}{'·' * (_WIDTH - filled)}] {done:,} of {of:,}"
        self._out.write(f"\r{line:<{self._shown}}")
        self._out.flush()
        self._shown = len(line)

    def clear(self) -> None:
        """Take the bar off the terminal."""
        if self._shown:
            self._out.write(f"\r{'':{self._shown}}\r")
            self._out.flush()
