"""Changes of watched files, and when a burst of them is worth a build. Pure: a clock and a source of changes go in."""

import time
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Protocol

import msgspec

from sitegen.content import is_scratch

GATHER = 0.05
"""Seconds of silence that end a burst, once its first change has been given out."""
GONE = 0.1
"""Seconds in which an editor that saves by renaming or deleting has put the file back."""
PATIENCE = 30.0
"""Seconds that a file which never stops growing can hold a burst up."""


class State(Enum):
    """What a change says about the file."""

    WHOLE = "whole"
    """Closed by its writer, renamed to this name, or a folder."""
    GROWING = "growing"
    """Made or written to: more may come."""
    GONE = "gone"
    """Deleted, or renamed to a name that does not count."""
    TOUCHED = "touched"
    """Permissions or owner changed."""


class Change(msgspec.Struct, frozen=True):
    """One path that changed."""

    path: Path
    state: State


class Notices(Protocol):
    """Where changes come from."""

    @property
    def settle(self) -> float:
        """Seconds after which a file that was written to, and not seen closed, is taken as whole."""

    def next(self, timeout: float | None) -> Change | None:
        """Give the next change; None when there is none for `timeout` seconds (None: wait for ever)."""

    def waiting(self) -> Sequence[Change]:
        """Give the changes that are told of and that `next` has not given yet."""


class Places(msgspec.Struct, frozen=True):
    """What is watched; all paths absolute and without links."""

    trees: tuple[Path, ...]
    """Folders with all that is in them; they may go and come back."""
    folder: Path
    """A folder of which folders and links count when they come or go: a theme of the site's own, a link to content."""
    settings: frozenset[Path]
    """Settings files; they lie in `folder`, or in another folder above a tree."""
    ignored: tuple[Path, ...]
    """Folders that the build itself writes: they count when they come or go, what is in them never."""

    def counts(self, path: Path, *, is_folder: bool) -> bool:
        """Say whether a change of this path is an occasion to build."""
        if path in self.settings or path in self.trees:
            return True
        if any(path == own or own in path.parents for own in self.ignored):
            return is_folder and path in self.ignored
        for tree in self.trees:
            if tree in path.parents:
                return not any(map(is_scratch, path.relative_to(tree).parts))
        return path.parent == self.folder and (is_folder or path.is_symlink()) and not is_scratch(path.name)


def bursts(
    notices: Notices,
    clock: Callable[[], float] = time.monotonic,
    patience: Callable[[], float | None] = lambda: None,
) -> Iterator[frozenset[Path]]:
    """Give sets of changed paths, each when it is time to build, for ever; an empty one after `patience` seconds.

    A change after a time of silence is given out at once. Changes that follow within `GATHER` seconds are gathered. A
    file that is still being written, or has just gone, holds its burst up until it is whole, at most `PATIENCE`
    seconds: half an exhibit would leave an address in the ledger that nobody can take back.
    """
    ended = float("-inf")
    while True:
        change = notices.next(patience())
        if change is None:
            yield frozenset()
            continue
        first = last = clock()
        paths: set[Path] = set()
        held: dict[Path, float] = {}
        while True:
            while change is not None:
                last = clock()
                paths.add(change.path)
                if change.state is State.GROWING:
                    held[change.path] = last + notices.settle
                elif change.state is State.GONE:
                    held[change.path] = last + GONE
                elif change.state is State.WHOLE:
                    held.pop(change.path, None)
                change = notices.next(0)
            quiet = first if first - ended >= GATHER else last + GATHER
            due = min(max([quiet, *held.values()]), first + PATIENCE)
            wait = due - clock()
            if wait <= 0:
                break
            change = notices.next(wait)
        yield frozenset(paths)
        ended = clock()
