"""watchdog's observers, made fit to run for days: begun, ended, begun anew; what one of them loses is told."""

import contextlib
import logging
import os
import queue
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchdog.events import (
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserverVFS
from watchdog.utils import BaseThread

POLL = 1.0
"""Seconds between two looks at a file system that tells nothing."""
CLOSE_COMES = 1.0
"""Seconds without a write after which a file counts as whole, where the system tells when a writer closes it: a hard
link, or a file in a folder that was watched a moment too late, is never closed."""
NO_CLOSE_COMES = 0.25
"""The same where it tells of writes only."""

# Opening, reading and closing after reading are not listed: a build never wakes itself.
_TOLD: list[type[FileSystemEvent]] = [
    DirAttribEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_ENDINGS = 10
"""More parts of an observer than may fail, each once, while it ends."""


class Notifier(FileSystemEventHandler):
    """One observer, the folders that it watches, and the queue that its threads put events into.

    Raises OSError when the system can watch no more.
    """

    def __init__(self, *, poll: bool) -> None:
        self.events: queue.SimpleQueue[FileSystemEvent | None] = queue.SimpleQueue()
        """What happened, in order; None where events were lost."""
        self._watches: dict[tuple[Path, bool], ObservedWatch] = {}
        self._observer, self.settle = _looking() if poll else _told()
        self._observer.start()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event from an observer's thread."""
        self.events.put(event)

    def watch(self, path: Path, *, recursive: bool) -> None:
        """Watch a folder, unless it is watched or is not there."""
        if (path, recursive) not in self._watches:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                watch = self._observer.schedule(self, str(path), recursive=recursive, event_filter=_TOLD)
                self._watches[path, recursive] = watch

    def unwatch(self, lets_go: Callable[[Path, bool], bool]) -> None:
        """Watch some folders no more."""
        for path, recursive in [watched for watched in self._watches if lets_go(*watched)]:
            self._observer.unschedule(self._watches.pop((path, recursive)))

    def probe(self, folder: Path) -> None:
        """Raise OSError when a new folder inside a tree cannot be watched: watchdog passes over it in silence."""
        if (folder, False) not in self._watches:
            self.watch(folder, recursive=False)
            self.unwatch(lambda path, recursive: path == folder and not recursive)

    def end(self) -> None:
        """Stop the observer's threads and give its watches back to the system."""
        for _ in range(_ENDINGS):
            with contextlib.suppress(KeyError):  # watchdog stumbles over folders that were moved out of a tree
                self._observer.stop()
                break
        self._observer.join()


def _told() -> tuple[BaseObserver, float]:
    if sys.platform != "linux":
        return Observer(), NO_CLOSE_COMES
    from watchdog.observers.inotify import InotifyObserver  # noqa: PLC0415  cannot be imported elsewhere

    # Full events tell a file that was moved in, and is whole, from one that was made here and grows.
    return InotifyObserver(generate_full_events=True), CLOSE_COMES


def _looking() -> tuple[BaseObserver, float]:
    return PollingObserverVFS(_status, os.scandir, polling_interval=POLL), 1.5 * POLL


def _status(path: str) -> os.stat_result:
    """Look at a file; at a link to a folder, not through it, since links may lead in a circle."""
    status = os.lstat(path)
    if not stat.S_ISLNK(status.st_mode):
        return status
    with contextlib.suppress(OSError):
        real = os.stat(path)  # noqa: PTH116  watchdog gives text
        return status if stat.S_ISDIR(real.st_mode) else real
    return status


@contextlib.contextmanager
def hearing_losses(lost: Callable[[], None]) -> Iterator[None]:
    """Call `lost` when watchdog says that it lost events, or when one of its threads dies, until the block ends."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno == logging.WARNING and record.name.startswith("watchdog.observers.inotify"):
                lost()

    def died(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.thread, BaseThread):
            lost()
        else:
            others(args)

    ear, logger, others = Ear(), logging.getLogger("watchdog"), threading.excepthook
    logger.addHandler(ear)
    propagate, logger.propagate = logger.propagate, False
    threading.excepthook = died
    try:
        yield
    finally:
        threading.excepthook = others
        logger.propagate = propagate
        logger.removeHandler(ear)
