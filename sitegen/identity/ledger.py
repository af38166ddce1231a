"""The ledger of published addresses: `content/permalinks/KIND.tsv`, append-only, committed.

One line an address: slug, identity key, for agreements the text's SHA-256, and the day it was added. A line is
written before its page. Two branches that both append merge by union.
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

import msgspec

from sitegen.identity.slug import from_key, is_reserved, with_digits
from sitegen.model.failure import Failure
from sitegen.model.findings import Finding

KINDS = ("agreements", "parties", "signers", "issuers")
"""Sections of the site that hold permanent addresses, each with a ledger of its own."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DIGITS = 4
_KEPT_IN_KEYS = "".join(map(chr, range(0x20, 0x7F))).replace("%", "")


class LedgerError(Failure):
    """A ledger that cannot be trusted: its message names the file, the line and the cure."""


class Row(msgspec.Struct, frozen=True):
    """One line of a ledger."""

    slug: str
    key: str
    text_sha256: str | None
    """Of `source.txt`; agreements only."""
    added: str
    """ISO date: the only reading of the clock."""


class Wish(msgspec.Struct, frozen=True):
    """An identity that needs an address."""

    key: str
    slug: str
    """The slug that it would like, from its name; may be empty."""
    text_sha256: str
    """Of the document that first names it."""


class Ledger:
    """All addresses of one kind. The first holder of a slug keeps it."""

    def __init__(self, kind: str, rows: Iterable[Row] = ()) -> None:
        self.kind = kind
        self.rows: list[Row] = []
        self._holder: dict[str, str] = {}
        self._slug: dict[str, str] = {}
        self._first: dict[str, tuple[int, str]] = {}
        self._held: dict[str, list[str]] = {}
        self._texts: dict[str, list[str]] = {}
        self._by_text: dict[str, list[str]] = {}
        self._end = 0
        self._latest = ""
        for row in rows:
            self._record(row)
        self.published = len(self.rows)

    def _record(self, row: Row) -> None:
        self.rows.append(row)
        self._first.setdefault(row.slug, (self._end, row.key))
        self._end += 1
        self._latest = row.added
        held = self._held.setdefault(row.slug, [])
        if row.key not in held:
            held.append(row.key)
        texts = self._texts.setdefault(row.slug, [])
        holder = self._holder.setdefault(row.slug, row.key)
        if holder != row.key and row.text_sha256 in texts:
            # A rename: the same text under another key takes the address with it.
            self._slug.pop(holder, None)
            self._holder[row.slug] = holder = row.key
        if holder == row.key:
            self._slug.setdefault(row.key, row.slug)
        if row.text_sha256:
            if row.text_sha256 not in texts[-1:]:
                texts.append(row.text_sha256)
            self._by_text.setdefault(row.text_sha256, []).append(row.key)

    @property
    def new_rows(self) -> list[Row]:
        """Lines that are not in the file yet."""
        return self.rows[self.published :]

    @property
    def lines(self) -> Iterator[tuple[int, Row]]:
        """The lines, each with its place among all of the ledger's."""
        return enumerate(self.rows, self._end - len(self.rows))

    def slug(self, key: str) -> str | None:
        """Return an identity's address, or None when it has none yet."""
        return self._slug.get(key)

    def holder(self, slug: str) -> str | None:
        """Return the identity key that an address belongs to, or None when it was never given out."""
        return self._holder.get(slug)

    def first(self, slug: str) -> tuple[int, str]:
        """Return the place of an address's first line, and the identity key that it was published for."""
        return self._first[slug]

    def oldest(self, keys: Iterable[str]) -> str | None:
        """Return the address among those of several keys that was published first: it answers for all of them."""
        slugs = {slug for key in keys if (slug := self.slug(key)) is not None}
        return min(slugs, key=self.first, default=None)

    def keys_with_text(self, text_sha256: str) -> list[str]:
        """Return the identity keys under which this very text was published, oldest first."""
        return self._by_text.get(text_sha256, [])

    def texts(self, slug: str) -> list[str]:
        """Return the hashes of the texts that an agreement's address has answered with, oldest first."""
        return self._texts.get(slug, [])

    def assign(self, wish: Wish, today: str) -> str:
        """Return the identity's address, recording a new one when it has none."""
        kept = self.slug(wish.key)
        if kept is not None:
            if self.kind == "agreements" and wish.text_sha256 not in self.texts(kept)[-1:]:
                self._record(Row(kept, wish.key, wish.text_sha256, self._day(today)))
            return kept
        slug = wish.slug or from_key(wish.key)
        digits = _FIRST_DIGITS
        wanted = slug
        while self.holder(slug) is not None or is_reserved(slug):
            slug = with_digits(wanted, wish.text_sha256, wish.key, digits)
            digits += 1
        text = wish.text_sha256 if self.kind == "agreements" else None
        self._record(Row(slug, wish.key, text, self._day(today)))
        return slug

    def move(self, old: str, new: str, text_sha256: str, today: str) -> None:
        """Let a renamed exhibit keep its address: the new identity key takes over the old one's slug."""
        slug = self.slug(old)
        if slug is None:
            raise KeyError(old)
        self._record(Row(slug, new, text_sha256, self._day(today)))

    def _day(self, today: str) -> str:
        """Return the day of a new line: never before another's, lest a clock set back makes the newest the first."""
        return max(today, self._latest)

    def held(self, slug: str) -> list[str]:
        """Return the identity keys that an address has answered for, oldest first."""
        return self._held[slug]

    def addresses(self) -> dict[str, list[str]]:
        """Return every published slug with the identity keys it has answered for, oldest first."""
        return self._held


def _line(kind: str, row: Row) -> str:
    key = quote(row.key, safe=_KEPT_IN_KEYS)
    cells = [row.slug, key, row.text_sha256 or "", row.added] if kind == "agreements" else [row.slug, key, row.added]
    return "\t".join(cells) + "\n"


def format_rows(kind: str, rows: Iterable[Row]) -> str:
    """Return the lines to append to a ledger's file."""
    return "".join(_line(kind, row) for row in rows)


def parse_ledger(kind: str, text: str, name: str) -> Ledger:
    """Read a ledger's file. Raises `LedgerError` on a line that is none: an address must never be lost silently."""
    rows: list[Row] = []
    width = 4 if kind == "agreements" else 3
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")  # noqa: PLW2901 -- an editor's line ends are no part of the day
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != width or not _SLUG.fullmatch(cells[0]) or not cells[1] or not _DAY.fullmatch(cells[-1]):
            hint = " It is a merge conflict's mark: keep the lines of both sides." if line[:3] in "<<<===>>>" else ""
            raise LedgerError(
                f"{name}, line {number}: not an address line (slug, identity key, "
                f"{'text hash, ' if width > 3 else ''}day, with tabs between).{hint} "  # noqa: PLR2004 -- the text hash is the fourth
                f"Restore the file from git, or mend the line; no page was written."
            )
        row = Row(cells[0], unquote(cells[1]), cells[2] or None if kind == "agreements" else None, cells[-1])
        if row not in rows[-1:]:
            rows.append(row)
    # A merge puts the lines of either branch first; the day tells who held an address first.
    return Ledger(kind, sorted(rows, key=lambda row: row.added))


def losses(then: Ledger, now: Ledger) -> Iterator[Finding]:
    """Yield what a ledger lost since an earlier state of it: addresses, and whom they answer for."""
    held = now.addresses()
    for slug, keys in then.addresses().items():
        address = f"{then.kind}/{slug}/"
        if slug not in held:
            yield Finding("SG503", f"{address} was published and is in the ledger no more.")
        elif now.first(slug)[1] != then.first(slug)[1] or then.holder(slug) not in held[slug]:
            whose = f"{keys[-1]!r} before, {now.holder(slug)!r} now"
            yield Finding("SG504", f"{address} answers for another than it was published for: {whose}.")
