"""One build at a time: of a site, and of a content folder, whose ledger grows with it."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def locked(path: Path, folder: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold a lock file and a folder while the block runs; who comes second waits for the first to end.

    `waiting` is called once when there is something to wait for. A kill sets both free.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(path.open("ab")).fileno()]
        with contextlib.suppress(OSError):  # whoever reads the folder says better what is wrong with it
            held.append(os.open(folder, os.O_RDONLY))
            stack.callback(os.close, held[-1])
        for descriptor in held if fcntl else ():
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if waiting:
                    waiting()
                    waiting = None
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            except OSError:  # a network file system without locks
                continue
        yield
