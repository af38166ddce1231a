"""Pages of names: display name and kind by majority of the mentions, the address by the first of them."""

import re
import sqlite3
from collections.abc import Iterable, Mapping

from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import Ledger, Wish
from sitegen.identity.similar import sort_key, stem
from sitegen.identity.slug import name_slug

_MENTIONS = {
    "parties": "SELECT identity, key, name, kind, agreement, ordinal AS place FROM party",
    "signers": "SELECT signer_identity AS identity, signer_key AS key, signer AS name, 'person' AS kind, agreement, "
    "ordinal AS place FROM block WHERE signer IS NOT NULL",
    "issuers": "SELECT issuer_identity AS identity, issuer_key AS key, issuer AS name, 'entity' AS kind, "
    "id AS agreement, 0 AS place FROM agreement WHERE issuer <> ''",
}
"""Where each section's names are mentioned."""
SECTIONS = tuple(_MENTIONS)
"""Sections of names."""


def split_key(identity: str, agreement: str) -> str:
    """Return the identity of those who share a name, known by the agreement that was published first."""
    return f"{identity}#{agreement}"


def scope_of(db: sqlite3.Connection, *, whole: bool) -> None:
    """Lay down which identities are looked at anew: those touched, and who shares an agreement with them; or all."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS scope (identity TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM scope")
    if whole:
        for mentions in _MENTIONS.values():
            db.execute(f"INSERT OR IGNORE INTO scope SELECT identity FROM ({mentions})")
        db.execute("INSERT OR IGNORE INTO scope SELECT identity FROM name")
        db.execute("INSERT OR IGNORE INTO scope SELECT identity FROM person")
        return
    db.execute("INSERT OR IGNORE INTO scope SELECT key FROM touched WHERE subject = 'identity'")
    for column, table, agreement in (
        ("identity", "party", "agreement"),
        ("signer_identity", "block", "agreement"),
        ("issuer_identity", "agreement", "id"),
    ):
        db.execute(
            f"INSERT OR IGNORE INTO scope SELECT m.{column} FROM touched JOIN agreement AS a ON a.slug = touched.key "
            f"JOIN {table} AS m ON m.{agreement} = a.id WHERE subject = 'agreements' AND m.{column} IS NOT NULL"
        )


def name_identities(
    db: sqlite3.Connection,
    ledger: Ledger,
    today: str,
    decisions: Decisions,
    members: Mapping[str, tuple[str, ...]],
) -> None:
    """Bring a section's pages of the names in scope up to date; what differs is written."""
    mentions = db.execute(
        "SELECT m.identity, m.key, m.name, m.kind, a.text_sha256, coalesce(a.date, '') FROM scope "
        f"CROSS JOIN ({_MENTIONS[ledger.kind]}) AS m USING (identity) JOIN agreement AS a ON a.id = m.agreement "
        "ORDER BY a.path, a.ordinal, m.place"
    )
    pages: dict[str, _Mentions] = {}
    for identity, key, name, kind, text, date in mentions:
        page = pages.get(identity)
        if page is None:
            page = pages[identity] = _Mentions(identity, key, name, text)
        page.add(name, kind, date)
    joined: dict[str, list[str]] = {}
    for key, identity in decisions.spellings.items():
        joined.setdefault(identity, []).append(key)
    preferred = {decisions.identity(entry.names[0].key): entry.names[0].name for entry in decisions.of("preferred")}
    kinds = {decisions.identity(entry.names[0].key): entry.value for entry in decisions.of("kind")}
    rows: list[tuple[str, ...]] = []
    for page in pages.values():
        whole = page.identity.partition("#")[0]
        spellings = joined.get(whole, [whole])
        held = _held_by(spellings, members.get(page.identity))
        key = page.key if page.identity not in members else split_key(page.key, members[page.identity][0])
        slug = ledger.oldest(held) or ledger.assign(Wish(key, name_slug(page.first_name), page.text), today)
        name, kind = preferred.get(whole) or page.name(), kinds.get(whole) or page.kind()
        rows.append((ledger.kind, page.identity, slug, name, kind, stem(name, kind), sort_key(name, kind)))
    _replace(db, ledger.kind, rows)


def _replace(db: sqlite3.Connection, section: str, rows: list[tuple[str, ...]]) -> None:
    found = db.execute("SELECT name.* FROM scope CROSS JOIN name USING (identity) WHERE section = ?", (section,))
    old, new = set(found), set(rows)
    db.executemany("DELETE FROM name WHERE section = ? AND identity = ?", [row[:2] for row in old - new])
    db.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", [row for row in rows if row not in old])


def _held_by(spellings: Iterable[str], agreements: tuple[str, ...] | None) -> Iterable[str]:
    """Yield the keys under which the ledger may hold an identity's address."""
    if agreements is None:
        yield from spellings
        return
    for key in spellings:
        yield from (split_key(key, slug) for slug in agreements)


_SHOUTED = re.compile(r"[^a-z]*[A-Z][^a-z]*")


class _Mentions:
    """The printings of one identity, counted."""

    __slots__ = ("_kinds", "_names", "first_name", "identity", "key", "text")

    def __init__(self, identity: str, key: str, first_name: str, text: str) -> None:
        self.identity = identity
        self.key = key
        self.first_name = first_name
        self.text = text
        self._names: dict[str, tuple[int, str]] = {}
        self._kinds: dict[str, int] = {}

    def add(self, name: str, kind: str, date: str) -> None:
        count, latest = self._names.get(name, (0, ""))
        self._names[name] = (count + 1, max(latest, date))
        self._kinds[kind] = self._kinds.get(kind, 0) + 1

    def name(self) -> str:
        """Choose the display name: not all capitals before most frequent before latest."""
        return max(self._names, key=lambda name: (not _SHOUTED.fullmatch(name), *self._names[name], name))

    def kind(self) -> str:
        """Choose the kind that most mentions have; a tie is an entity."""
        return max(self._kinds, key=lambda kind: (self._kinds[kind], kind == "entity"))
