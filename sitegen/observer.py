"""Changes as the operating system tells them (watchdog), or as a look at every file once a second finds them."""

import contextlib
import errno
import os
import queue
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from watchdog.events import (
    DirAttribEvent,
    FileAttribEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileSystemEvent,
)

from sitegen.changes import Change, Places, State
from sitegen.content import is_scratch
from sitegen.notifier import Notifier, hearing_losses

_LIMITS = {errno.ENOSPC: "max_user_watches", errno.EMFILE: "max_user_instances"}


class Observed:
    """Changes of the watched places. Threads put events into a queue; whoever reads it does the rest."""

    def __init__(self, say: Callable[[str], None], *, poll: bool) -> None:
        self._say = say
        self._given = self._places = Places((), Path(), frozenset(), ())
        self._closed: frozenset[Path] = frozenset()
        self._anew: State | None = None
        self._newest: Path | None = None
        self._changes: list[Change] = []
        self._poll = poll
        self._notifier = self._begun()

    @property
    def settle(self) -> float:
        """Seconds after which a file that was written to, and not seen closed, is taken as whole."""
        return self._notifier.settle

    def end(self) -> None:
        """Watch nothing any more."""
        self._notifier.end()

    def lost(self) -> None:
        """Tell that changes were not told."""
        self._notifier.events.put(None)

    def attend(self, places: Places) -> None:
        """Watch these places from now on; by looking, when the system can tell of no more."""
        self._given = places
        try:
            self._attend(places)
        except OSError as error:
            self._look_instead(error)
            self.end()
            self._notifier = self._begun()
            self._attend(places)

    def next(self, timeout: float | None) -> Change | None:
        """Give the next change that counts; None when there is none for `timeout` seconds (None: wait for ever)."""
        until = None if timeout is None else time.monotonic() + timeout
        while not self._changes:
            if self._notifier.events.empty():
                self._keep_up()
                if self._changes:
                    break
            left = None if until is None else max(0.0, until - time.monotonic())
            try:
                event = self._notifier.events.get(timeout=left)
            except queue.Empty:
                return None
            self._changes = self._read(event)
        return self._changes.pop(0)

    def waiting(self) -> list[Change]:
        """Give the changes that are told of and that `next` has not given yet."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._changes += self._read(self._notifier.events.get_nowait())
        return self._changes

    def _begun(self) -> Notifier:
        if not self._poll:
            try:
                return Notifier(poll=False)
            except OSError as error:
                self._look_instead(error)
        return Notifier(poll=True)

    def _look_instead(self, error: OSError) -> None:
        if self._poll or error.errno not in _LIMITS:
            raise error
        self._poll = True
        setting = f"fs.inotify.{_LIMITS[error.errno]}"
        self._say(f"The system can watch no more folders (its limit {setting} is reached).")
        self._say(f"Every file is looked at once a second instead. Cure: sudo sysctl {setting}=1048576")

    def _attend(self, places: Places) -> None:
        trees, files, closed = list(places.trees), set(places.settings), set[Path]()
        for tree in trees:
            self._notifier.watch(tree, recursive=True)
            # Only now: a link that is made while this loop runs is either found here or told of.
            links = _links(tree, closed)
            files.update(real for real in links if not real.is_dir())
            trees.extend(real for real in links if real.is_dir() and real not in trees and not _inside(real, trees))
        # The folder above a tree tells when the tree goes and comes back. It comes last: past the system's limit
        # watchdog passes over folders inside a tree in silence, and the next one asked for by name raises.
        ends = (*trees, *(file for file in files if not _inside(file, trees)))
        above = {places.folder, *(path.parent for path in ends)}.difference(trees)
        for folder in sorted(above):
            self._notifier.watch(folder, recursive=False)
        self._notifier.unwatch(lambda path, recursive: path not in (trees if recursive else above))
        self._places = msgspec.structs.replace(places, trees=tuple(trees), settings=frozenset(files))
        self._closed = frozenset(closed)

    def _attend_again(self, path: Path) -> None:
        """Watch anew what lies at a path: a watched folder went or came back, or a link may lead to one."""
        self._notifier.unwatch(lambda watched, _: watched == path or path in watched.parents)
        self.attend(self._given)

    def _keep_up(self) -> None:
        """Once all events are read, do what they call for: begin anew, or see whether new folders are watched."""
        newest, self._newest = self._newest, None
        try:
            if newest and not self._poll:
                self._notifier.probe(newest)
        except OSError as error:
            self._look_instead(error)
            self._anew = State.GROWING
        if self._anew:
            self.end()
            self._notifier = self._begun()
            self.attend(self._given)
            # What happened in between was not told: each tree counts as changed.
            self._changes = [Change(tree, self._anew) for tree in self._places.trees]
            self._anew = None

    def _read(self, event: FileSystemEvent | None) -> list[Change]:
        if event is None:
            self._anew = State.GROWING
            return []
        source, target = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path))
        if event.is_directory:
            self._heed_folder(event, source, target)
        known = [path for path in (source, target) if self._places.counts(path, is_folder=event.is_directory)]
        for path in known:
            if path not in self._places.settings and (path.is_symlink() or not _inside(path, self._places.trees)):
                self._attend_again(path)
        return [Change(path, self._state(event, path, renamed=known == [source, target])) for path in known]

    def _heed_folder(self, event: FileSystemEvent, source: Path, target: Path) -> None:
        """Note what a change of a folder calls for."""
        if event.event_type == "created" or event.dest_path:
            self._newest = target if event.dest_path else source
        if event.event_type == "moved" and not event.dest_path and not self._poll:
            # watchdog goes on watching a folder that was moved away, under the name that it had.
            self._anew = self._anew or State.GONE
        if isinstance(event, DirAttribEvent) and source in self._closed:
            self._anew = self._anew or State.GONE

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


def _links(tree: Path, closed: set[Path]) -> list[Path]:
    """Find what links inside a tree lead to, of which the system tells nothing, and folders closed to this user."""
    found, todo = [], [tree]
    while todo:
        folder = todo.pop()
        try:
            with os.scandir(folder) as entries:
                children = [entry for entry in entries if not is_scratch(entry.name)]
        except PermissionError:
            closed.add(folder)
            continue
        except OSError:
            continue
        for entry in children:
            if entry.is_symlink():
                found.append(Path(os.path.realpath(entry.path)))
            elif entry.is_dir(follow_symlinks=False):
                todo.append(folder / entry.name)
    return found


def _inside(path: Path, trees: Sequence[Path]) -> bool:
    return any(tree in path.parents for tree in trees)


@contextlib.contextmanager
def observe(places: Places, *, poll: bool, say: Callable[[str], None]) -> Iterator[Observed]:
    """Watch places until the block ends: by looking once a second if asked to, or if the system can tell no more."""
    observed = Observed(say, poll=poll)
    with contextlib.ExitStack() as stack:
        stack.enter_context(hearing_losses(observed.lost))
        stack.callback(observed.end)
        observed.attend(places)
        yield observed
