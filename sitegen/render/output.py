"""The output folder: what differs is written, a page that is there is replaced whole; only own files are deleted."""

import contextlib
import hashlib
import os
from pathlib import Path

from sitegen.model.failure import Failure


class OutputError(Failure):
    """The site could not be written (exit status 3): the message says what, where and what to do."""


class Output:
    """Writes one build's files below a folder and remembers what they are."""

    def __init__(self, folder: Path, own: set[str]) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}
        """SHA-256 of every file of this build, by path below the folder."""
        self.changed: list[str] = []
        """Files that were written or removed."""
        self.size = 0
        """Bytes of all files of this build."""
        self._own = own

    def check_free(self, paths: list[str]) -> None:
        """Raise `OutputError` when one of these paths is taken by a file that is not the site's own."""
        for path in paths:
            place = self.folder / path
            if path not in self._own and place.exists() and not place.is_dir():
                raise OutputError(
                    f"{place} exists and was not made by sitegen. Move it away, or name another folder with --output; "
                    "nothing was written."
                )

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place unless the same bytes are there already."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.files[path] = sha256
        self.size += len(data)
        place = self.folder / path
        there = True
        try:
            if place.stat().st_size == len(data) and place.read_bytes() == data:
                return
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
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise OutputError(
                f"{place} could not be written: {error.strerror}. Free space or mend the folder's permissions, then "
                "build again: what was written so far is kept."
            ) from None
        self.changed.append(path)

    def check_stayed(self) -> None:
        """Raise `OutputError` when the folder was deleted or moved while files were written into it."""
        first = next(iter(self.files), None)
        if first is not None and not (self.folder / first).exists():
            raise OutputError(
                f"{self.folder} was deleted or moved while the site was written into it. Build again: the site "
                "will be whole."
            )

    def prune(self) -> None:
        """Delete own files that this build did not make, and folders that they leave empty."""
        for path in sorted(self._own - self.files.keys()):
            place = self.folder / path
            try:
                place.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise OutputError(f"{place} could not be removed: {error.strerror}. Remove it by hand.") from None
            self.changed.append(path)
            self._remove_empty(place.parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and self.folder in folder.parents:
            try:
                os.rmdir(folder)  # noqa: PTH106 -- refuses a folder that holds anything, as it must
            except OSError:
                return
            folder = folder.parent
