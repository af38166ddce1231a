"""Changes as the operating system tells them (watchdog), or as a look at every file once a second finds them."""

import contextlib
import errno
import os
import queue
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
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
from watchdog.observers.polling import PollingObserver

from sitegen.changes import Change, Places, State

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
_LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}


class Observed(FileSystemEventHandler):
    """Changes of the watched places. The observer's threads put events into a queue; whoever reads it does the rest."""

    def __init__(self, stack: contextlib.ExitStack, say: Callable[[str], None], *, poll: bool) -> None:
        self._stack = stack
        self._say = say
        self._places = Places((), Path(), frozenset(), ())
        self._watches: dict[tuple[Path, bool], ObservedWatch] = {}
        self._events: queue.SimpleQueue[FileSystemEvent] = queue.SimpleQueue()
        self._changes: list[Change] = []
        try:
            self._observer, self.settle = self._looking() if poll else self._told()
        except OSError as error:
            self._look_instead(error)

    def _told(self) -> tuple[BaseObserver, float]:
        if sys.platform != "linux":
            return self._started(Observer()), NO_CLOSE_COMES
        from watchdog.observers.inotify import InotifyObserver  # noqa: PLC0415  cannot be imported elsewhere

        # Full events tell a file that was moved in, and is whole, from one that was made here and grows.
        return self._started(InotifyObserver(generate_full_events=True)), CLOSE_COMES

    def _looking(self) -> tuple[BaseObserver, float]:
        return self._started(PollingObserver(timeout=POLL)), 1.5 * POLL

    def _started(self, observer: BaseObserver) -> BaseObserver:
        observer.start()
        self._stack.callback(observer.join)
        self._stack.callback(observer.stop)
        return observer

    def _look_instead(self, error: OSError) -> None:
        if error.errno not in _LIMITS:
            raise error
        setting = f"fs.inotify.{_LIMITS[error.errno]}"
        self._say(f"The system can watch no more folders (its limit {setting} is reached).")
        self._say(f"Every file is looked at once a second instead. Cure: sudo sysctl {setting}=1048576")
        self._watches.clear()
        self._observer, self.settle = self._looking()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event from an observer's thread."""
        self._events.put(event)

    def attend(self, places: Places) -> None:
        """Watch these places from now on; by looking, when the system can tell of no more."""
        try:
            self._attend(places)
        except OSError as error:
            self._look_instead(error)
            self._attend(places)

    def _attend(self, places: Places) -> None:
        trees = list(places.trees)
        for tree in trees:
            self._watch(tree, recursive=True)
            # Only now: a link that is made while this loop runs is either found here or told of.
            trees.extend(real for real in _linked_folders(tree) if real not in trees and not _inside(real, trees))
        # The folder above a tree tells when the tree goes and comes back. It comes last: past the system's limit
        # watchdog passes over folders inside a tree in silence, and the next one asked for by name raises.
        above = {places.folder, *(tree.parent for tree in trees)}.difference(trees)
        for folder in sorted(above):
            self._watch(folder, recursive=False)
        for path, recursive in list(self._watches):
            if path not in (trees if recursive else above):
                self._unwatch(path, recursive=recursive)
        self._places = msgspec.structs.replace(places, trees=tuple(trees))

    def _watch(self, path: Path, *, recursive: bool) -> None:
        if (path, recursive) not in self._watches:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                watch = self._observer.schedule(self, str(path), recursive=recursive, event_filter=_TOLD)
                self._watches[path, recursive] = watch

    def _unwatch(self, path: Path, *, recursive: bool) -> None:
        self._observer.unschedule(self._watches.pop((path, recursive)))

    def next(self, timeout: float | None) -> Change | None:
        """Give the next change that counts; None when there is none for `timeout` seconds (None: wait for ever)."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self._changes:
            left = None if until is None else max(0.0, until - time.monotonic())
            try:
                event = self._events.get(timeout=left)
            except queue.Empty:
                return None
            self._changes = self._read(event)
        return self._changes.pop(0)

    def _read(self, event: FileSystemEvent) -> list[Change]:
        source, target = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path))
        known = [path for path in (source, target) if self._places.counts(path, is_folder=event.is_directory)]
        for path in known:
            if path not in self._places.settings and (path.is_symlink() or not _inside(path, self._places.trees)):
                self._attend_again(path)
        return [Change(path, self._state(event, path, renamed=known == [source, target])) for path in known]

    def _attend_again(self, path: Path) -> None:
        """Watch anew what lies at a path: a watched folder went or came back, or a link may lead to one."""
        for watched, recursive in list(self._watches):
            if watched == path or path in watched.parents:
                self._unwatch(watched, recursive=recursive)
        self.attend(self._places)

    def _state(self, event: FileSystemEvent, path: Path, *, renamed: bool) -> State:
        if event.event_type == "deleted":
            return State.GONE
        if event.event_type == "moved":
            return State.WHOLE if renamed or os.fsdecode(event.dest_path) == str(path) else State.GONE
        if isinstance(event, FileAttribEvent | DirAttribEvent):
            return State.TOUCHED
        written = isinstance(event, FileCreatedEvent | FileModifiedEvent)
        # A synthetic event is of a file in a folder that was moved here as a whole; a link is made at one stroke.
        whole = not written or event.is_synthetic or path.is_symlink() or self._is_old(path)
        return State.WHOLE if whole else State.GROWING

    def _is_old(self, path: Path) -> bool:
        """Say whether nobody wrote to the file lately: then it was linked or moved here as a whole."""
        try:
            return time.time() - path.stat().st_mtime > self.settle
        except OSError:
            return False


def _linked_folders(tree: Path) -> Iterator[Path]:
    """Find the folders that links inside a tree lead to: the system tells nothing through a link."""
    for folder, names, _ in os.walk(tree):
        for path in (Path(folder, name) for name in names):
            if path.is_symlink():
                yield path.resolve()


def _inside(path: Path, trees: Sequence[Path]) -> bool:
    return any(tree in path.parents for tree in trees)


@contextlib.contextmanager
def observe(places: Places, *, poll: bool, say: Callable[[str], None]) -> Iterator[Observed]:
    """Watch places until the block ends: by looking once a second if asked to, or if the system can tell no more."""
    with contextlib.ExitStack() as stack:
        observed = Observed(stack, say, poll=poll)
        observed.attend(places)
        yield observed
