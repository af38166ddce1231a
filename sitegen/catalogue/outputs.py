"""Files below the output folder: whose page each is, what was written, and which pages are still to be made."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from sys import intern

import msgspec


class Due(msgspec.Struct, frozen=True):
    """A page whose files may not be what the catalogue says."""

    kind: str
    key: str
    cause: str


class File(msgspec.Struct, frozen=True):
    """A file of the site."""

    path: str
    kind: str
    """Kind and key of the page that it belongs to."""
    key: str
    about: str
    """Key of the subject that the page shows."""
    sha256: str | None = None
    """None as long as it is only meant to be written; so are the others."""
    size: int | None = None
    modified: int | None = None
    """Nanoseconds."""
    made_of: str | None = None
    """Digest of what its page was made of, where the page tells that (`pages.Page.state`)."""


def mark(db: sqlite3.Connection, due: Iterable[Due]) -> None:
    """Remember pages to be made; the first cause stays."""
    db.executemany("INSERT OR IGNORE INTO dirty VALUES (?, ?, ?)", ((one.kind, one.key, one.cause) for one in due))


def mark_with_others(db: sqlite3.Connection, kinds: Iterable[str]) -> None:
    """Mark what lists all files, when any page is due."""
    db.executemany("INSERT OR IGNORE INTO dirty SELECT ?, '', cause FROM dirty LIMIT 1", ((kind,) for kind in kinds))


def due(db: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return the pages to be made, or to be taken away: causes by kind and key."""
    found: dict[str, dict[str, str]] = {}
    for kind, key, cause in db.execute("SELECT kind, key, cause FROM dirty ORDER BY kind, key"):
        found.setdefault(kind, {})[key] = intern(cause)
    return found


def done(db: sqlite3.Connection, pages: Iterable[tuple[str, str]]) -> None:
    """Take pages off the list: their files are on disk."""
    db.executemany("DELETE FROM dirty WHERE kind = ? AND key = ?", pages)


def all_done(db: sqlite3.Connection) -> None:
    """Take all pages off the list."""
    db.execute("DELETE FROM dirty")


def fingerprints(db: sqlite3.Connection) -> dict[str, str]:
    """Return what each kind of page was made with the last time."""
    return dict(db.execute("SELECT kind, fingerprint FROM made"))


def keep_fingerprints(db: sqlite3.Connection, made: dict[str, str]) -> None:
    """Remember what each kind of page is made with."""
    db.execute("DELETE FROM made")
    db.executemany("INSERT INTO made VALUES (?, ?)", made.items())


def listed(db: sqlite3.Connection, folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, kind and SHA-256 of all files of a folder that were written, in order of path."""
    yield from db.execute(
        "SELECT path, kind, sha256 FROM output WHERE folder = ? AND sha256 IS NOT NULL ORDER BY path", (folder,)
    )


def files_of(db: sqlite3.Connection, folder: str, kind: str, about: str | None = None) -> list[File]:
    """Return the files of a kind of page, of all or of those about one subject."""
    # Named, since SQLite would rather go through all files in the order that is asked for.
    among, values = ("", (folder, kind)) if about is None else ("AND about = ?", (folder, kind, about))
    rows = db.execute(
        "SELECT path, kind, key, about, sha256, size, modified, made_of FROM output INDEXED BY output_about "
        f"WHERE folder = ? AND kind = ? {among} ORDER BY path",
        values,
    )
    return [File(*row) for row in rows]


def files_of_page(db: sqlite3.Connection, folder: str, kind: str, key: str) -> list[File]:
    """Return the files of one page."""
    rows = db.execute(
        "SELECT path, kind, key, about, sha256, size, modified, made_of FROM output INDEXED BY output_page "
        "WHERE folder = ? AND kind = ? AND key = ? ORDER BY path",
        (folder, kind, key),
    )
    return [File(*row) for row in rows]


def altered(db: sqlite3.Connection, folder: str, prefix: str) -> Iterator[File]:
    """Yield the files that are not on disk as they were written. `prefix` is the folder's path, with a slash."""
    stat = os.stat
    rows = db.execute(
        "SELECT path, size, modified FROM output WHERE folder = ? AND sha256 IS NOT NULL ORDER BY path", (folder,)
    ).fetchall()
    for path, size, modified in rows:
        try:
            status = stat(prefix + path)
        except OSError:
            yield from _file(db, folder, path)
            continue
        if status.st_size != size or status.st_mtime_ns != modified:
            yield from _file(db, folder, path)


def _file(db: sqlite3.Connection, folder: str, path: str) -> Iterator[File]:
    for row in db.execute(
        "SELECT path, kind, key, about, sha256, size, modified, made_of FROM output WHERE folder = ? AND path = ?",
        (folder, path),
    ):
        yield File(*row)


def made_of(db: sqlite3.Connection, folder: str, kind: str) -> dict[str, str]:
    """Return what the pages of a kind were made of, by key: of those all of whose files are as they were written."""
    rows = db.execute(
        "SELECT key, min(made_of) FROM output INDEXED BY output_about WHERE folder = ? AND kind = ? "
        "GROUP BY key HAVING count(made_of) = count(*) AND min(made_of) = max(made_of)",
        (folder, kind),
    )
    return dict(rows.fetchall())


def unmake(db: sqlite3.Connection, folder: str, paths: Iterable[str]) -> None:
    """Forget what files were made of: they are not on disk as they were written."""
    db.executemany("UPDATE output SET made_of = NULL WHERE folder = ? AND path = ?", ((folder, path) for path in paths))


def is_of(db: sqlite3.Connection, folder: str, file: File) -> bool:
    """Say whether a file still belongs to the page that it belonged to."""
    row = db.execute("SELECT kind, key FROM output WHERE folder = ? AND path = ?", (folder, file.path)).fetchone()
    return bool(row == (file.kind, file.key))


def is_known(db: sqlite3.Connection, folder: str) -> bool:
    """Say whether anything is known of a folder."""
    return db.execute("SELECT 1 FROM output WHERE folder = ? LIMIT 1", (folder,)).fetchone() is not None


def pages(db: sqlite3.Connection, folder: str, kinds: Iterable[str]) -> int:
    """Return how many pages of these kinds a folder has."""
    (number,) = db.execute(
        "SELECT count(*) FROM (SELECT DISTINCT kind, key FROM output WHERE folder = ? "
        "AND kind IN (SELECT value FROM json_each(?)))",
        (folder, msgspec.json.encode(list(kinds)).decode()),
    ).fetchone()
    return int(number)


def sizes(db: sqlite3.Connection, folder: str, most: int) -> tuple[int, list[tuple[str, int]]]:
    """Return how many bytes a folder's files have, and those that have more than `most`."""
    (whole,) = db.execute("SELECT coalesce(sum(size), 0) FROM output WHERE folder = ?", (folder,)).fetchone()
    large = db.execute("SELECT path, size FROM output WHERE folder = ? AND size > ? ORDER BY path", (folder, most))
    return whole, large.fetchall()


def published_among(db: sqlite3.Connection, paths: Iterable[str]) -> str | None:
    """Return an address among these pages that was ever published; None when none was."""
    for path in paths:
        section, _, slug = path.removesuffix("/index.html").partition("/")
        if (
            path.endswith("/index.html")
            and db.execute("SELECT 1 FROM address WHERE section = ? AND slug = ?", (section, slug)).fetchone()
        ):
            return f"{section}/{slug}"
    return None


def keep_files(db: sqlite3.Connection, folder: str, made: Iterable[File]) -> None:
    """Remember files, what was written and whose they are now."""
    db.executemany(
        "INSERT OR REPLACE INTO output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((folder, *msgspec.structs.astuple(file)) for file in made),
    )


def own(db: sqlite3.Connection, folder: str, path: str) -> bool:
    """Remember a file as the site's own that no page is known to have made; say whether it was not so before."""
    row = "INSERT OR IGNORE INTO output VALUES (?, ?, '', '', '', NULL, NULL, NULL, NULL)"
    return db.execute(row, (folder, path)).rowcount > 0


def own_paths(db: sqlite3.Connection, folder: str) -> Iterator[str]:
    """Yield the files that are the site's own."""
    return (path for (path,) in db.execute("SELECT path FROM output WHERE folder = ? ORDER BY path", (folder,)))


def disown(db: sqlite3.Connection, folder: str, kinds: Iterable[str]) -> None:
    """Forget whose files are of kinds that are none of these: an earlier sitegen made other pages."""
    db.execute(
        "UPDATE output SET kind = '', sha256 = NULL WHERE folder = ? "
        "AND kind NOT IN (SELECT '' UNION SELECT value FROM json_each(?))",
        (folder, msgspec.json.encode(list(kinds)).decode()),
    )


def drop_files(db: sqlite3.Connection, folder: str, paths: Iterable[str]) -> None:
    """Forget files."""
    db.executemany("DELETE FROM output WHERE folder = ? AND path = ?", ((folder, path) for path in paths))
