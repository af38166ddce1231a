"""The output folder: what differs is written, a page that is there is replaced whole; only own files are deleted."""

import contextlib
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from sitegen.model.failure import Failure


class OutputError(Failure):
    """The site could not be written (exit status 3): the message says what, where and what to do."""


class Written(msgspec.Struct, frozen=True):
    """What a file is, now that it is on disk."""

    sha256: str
    size: int
    modified: int
    """Nanoseconds."""


class Output:
    """Writes files below a folder and remembers what it changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.changed: list[str] = []
        """Files that were written or removed."""
        self.removed = 0
        """How many of them were removed."""

    def check_free(self, paths: Iterable[str]) -> None:
        """Raise `OutputError` when one of these paths, none of them the site's own, is taken by a file."""
        for path in paths:
            place = self.folder / path
            if place.exists() and not place.is_dir():
                raise OutputError(
                    f"{place} exists and was not made by sitegen. Move it away, or name another folder with --output; "
                    "nothing was written."
                )

    def write(self, path: str, data: bytes) -> Written:
        """Put a file in place unless the same bytes are there already."""
        sha256 = hashlib.sha256(data).hexdigest()
        place = self.folder / path
        there = True
        try:
            status = place.stat()
            if status.st_size == len(data) and place.read_bytes() == data:
                return Written(sha256, status.st_size, status.st_mtime_ns)
        except OSError:
            there = False
        draft = place.with_name(f".{place.name}.sitegen") if there else place
        try:
            if not there:
                # Nobody reads a page that is not there yet; one cut short by a kill differs, and is written again.
                place.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(data)
            if there:
                draft.replace(place)
            status = place.stat()
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise OutputError(
                f"{place} could not be written: {error.strerror}. Free space or mend the folder's permissions, then "
                "build again: what was written so far is kept."
            ) from None
        self.changed.append(path)
        return Written(sha256, len(data), status.st_mtime_ns)

    def check_stayed(self, path: str) -> None:
        """Raise `OutputError` when what was written is gone: the folder was deleted or moved in the meantime."""
        if not (self.folder / path).exists():
            raise OutputError(
                f"{self.folder} was deleted or moved while the site was written into it. Build again: the site "
                "will be whole."
            )

    def remove(self, path: str) -> None:
        """Delete a file of the site's own, and folders that it leaves empty."""
        place = self.folder / path
        try:
            place.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise OutputError(f"{place} could not be removed: {error.strerror}. Remove it by hand.") from None
        self.changed.append(path)
        self.removed += 1
        self._remove_empty(place.parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and self.folder in folder.parents:
            try:
                os.rmdir(folder)  # noqa: PTH106 -- refuses a folder that holds anything, as it must
            except OSError:
                return
            folder = folder.parent
