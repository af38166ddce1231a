"""The ledger's lines as the catalogue keeps them: a build that adds a few addresses reads only what these meet."""

import sqlite3
from collections.abc import Iterator

from sitegen.identity.ledger import KINDS, Ledger, Row

_ROWS = "SELECT slug, key, text, added FROM line WHERE section = ? {} ORDER BY number"
_OF_SLUG, _OF_TEXT = "AND slug = ?", "AND text = ?"
_OF_KEY = "AND slug IN (SELECT slug FROM line WHERE section = ?1 AND key = ?2)"


class KeptLedger(Ledger):
    """A ledger that answers as one does that holds all lines; new ones are added in memory."""

    def __init__(self, db: sqlite3.Connection, kind: str) -> None:
        super().__init__(kind)
        self._db = db
        self._read: set[tuple[str, str]] = set()
        last = "SELECT number, added FROM line WHERE section = ? ORDER BY number DESC LIMIT 1"
        for number, added in db.execute(last, (kind,)):
            self._end, self._latest = number + 1, added

    def slug(self, key: str) -> str | None:
        """Return an identity's address, or None when it has none yet."""
        for then in self._lines(_OF_KEY, key):
            if slug := then.slug(key):
                self._slug[key] = slug
        return super().slug(key)

    def holder(self, slug: str) -> str | None:
        """Return the identity key that an address belongs to, or None when it was never given out."""
        self._know(slug)
        return super().holder(slug)

    def first(self, slug: str) -> tuple[int, str]:
        """Return the place of an address's first line, and the identity key that it was published for."""
        self._know(slug)
        return super().first(slug)

    def texts(self, slug: str) -> list[str]:
        """Return the hashes of the texts that an agreement's address has answered with, oldest first."""
        self._know(slug)
        return super().texts(slug)

    def held(self, slug: str) -> list[str]:
        """Return the identity keys that an address has answered for, oldest first."""
        self._know(slug)
        return super().held(slug)

    def keys_with_text(self, text_sha256: str) -> list[str]:
        """Return the identity keys under which this very text was published, oldest first."""
        for then in self._lines(_OF_TEXT, text_sha256):
            self._by_text[text_sha256] = then.keys_with_text(text_sha256)
        return super().keys_with_text(text_sha256)

    def addresses(self) -> dict[str, list[str]]:
        """Return every published slug with the identity keys it has answered for, oldest first."""
        return Ledger(self.kind, [*self._rows("", ()), *self.rows]).addresses()

    def _record(self, row: Row) -> None:
        holder = self.holder(row.slug)
        for key in (row.key, *([holder] if holder else [])):
            self.slug(key)
        if row.text_sha256:
            self.keys_with_text(row.text_sha256)
        super()._record(row)

    def _know(self, slug: str) -> None:
        for then in self._lines(_OF_SLUG, slug):
            (number,) = self._db.execute(
                "SELECT min(number) FROM line WHERE section = ? AND slug = ?", (self.kind, slug)
            ).fetchone()
            self._first[slug] = number, then.first(slug)[1]
            self._held[slug], self._texts[slug] = then.held(slug), then.texts(slug)
            if holder := then.holder(slug):
                self._holder[slug] = holder

    def _lines(self, of: str, value: str) -> Iterator[Ledger]:
        """Yield the ledger of some lines, when they are asked for first and there are any."""
        if (of, value) not in self._read:
            self._read.add((of, value))
            then = Ledger(self.kind, self._rows(of, (value,)))
            if then.rows:
                yield then

    def _rows(self, of: str, values: tuple[str, ...]) -> Iterator[Row]:
        for slug, key, text, added in self._db.execute(_ROWS.format(of), (self.kind, *values)).fetchall():
            yield Row(slug, key, text, added)


def kept_ledgers(db: sqlite3.Connection) -> dict[str, Ledger]:
    """Return the ledger that the catalogue was made with, by section."""
    return {kind: KeptLedger(db, kind) for kind in KINDS}


def keep_lines(db: sqlite3.Connection, ledger: Ledger, *, whole: bool) -> None:
    """Remember a section's lines; without `whole`, those that are new."""
    if whole:
        db.execute("DELETE FROM line WHERE section = ?", (ledger.kind,))
    db.executemany(
        "INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)",
        ((ledger.kind, number, row.slug, row.key, row.text_sha256, row.added) for number, row in ledger.lines),
    )
