"""Faults of the catalogue's file: which of them making it anew cures, and what is said of the others."""

import sqlite3
from pathlib import Path

from sitegen.model.failure import Failure

_OF_THE_SYSTEM = frozenset({
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
})  # fmt: skip
"""Primary codes of what no other catalogue would help against: a full disk, a read-only folder."""


class CatalogueError(Failure):
    """The catalogue cannot be used (exit status 3): the message says what, where and what to do."""


def is_damaged(error: sqlite3.Error) -> bool:
    """Say whether a catalogue made anew may cure an error: of its content, not of the disk that it lies on."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _OF_THE_SYSTEM


def unusable(path: Path, error: sqlite3.Error) -> CatalogueError:
    """Return what is said when a catalogue can be neither used nor made anew."""
    return CatalogueError(
        f"{path} could not be used: {error}. Free space, or mend the folder's permissions, then build again; "
        "the last good site is kept."
    )
