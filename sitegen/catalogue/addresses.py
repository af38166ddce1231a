"""Names to pages, and pages to addresses: from the ledger or new, in an order that content alone decides."""

import re
import sqlite3
from collections.abc import Iterable, Mapping

from sitegen.catalogue.copies import note_copies
from sitegen.catalogue.identities import decide, note_ciks, split_key
from sitegen.catalogue.proposed import propose
from sitegen.catalogue.record import record_finding
from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import Ledger, Wish
from sitegen.identity.similar import sort_key, stem
from sitegen.identity.slug import agreement_slug, name_slug
from sitegen.model.findings import Finding

_MENTIONS = {
    "parties": "SELECT identity, key, name, kind, agreement, ordinal AS place FROM party",
    "signers": "SELECT signer_identity, signer_key, signer, 'person', agreement, ordinal AS place FROM block "
    "WHERE signer IS NOT NULL",
    "issuers": "SELECT issuer_identity, issuer_key, issuer, 'entity', id AS agreement, 0 AS place FROM agreement "
    "WHERE issuer <> ''",
}
"""Where each section's names are mentioned."""


def give_addresses(
    db: sqlite3.Connection, ledgers: Mapping[str, Ledger], today: str, decisions: Decisions | None = None
) -> None:
    """Give every mention its identity and every identity its address.

    Raises `DecisionError` when a decision names what the site never had; nothing is given out then.
    """
    made = decisions or Decisions()
    _address_agreements(db, ledgers["agreements"], today)
    members = decide(db, made, ledgers)
    db.execute("DELETE FROM name")
    for section in _MENTIONS:
        _address_names(db, ledgers[section], today, made, members)
    db.execute("DELETE FROM address")
    for kind, ledger in ledgers.items():
        db.executemany(
            "INSERT OR IGNORE INTO address VALUES (?, ?, ?, ?)",
            (
                (kind, slug, name, ledger.texts(slug)[-1] if ledger.texts(slug) else None)
                for slug, names in ledger.addresses().items()
                for name in names
            ),
        )
    note_ciks(db)
    note_copies(db)
    propose(db)


def _address_agreements(db: sqlite3.Connection, ledger: Ledger, today: str) -> None:
    rows = db.execute(
        "SELECT id, key, date, issuer, first_party, text_sha256 FROM agreement ORDER BY path, ordinal"
    ).fetchall()
    live = {row[1] for row in rows}
    db.execute("UPDATE agreement SET slug = NULL")
    for agreement, identity, date, issuer, first_party, text in rows:
        if ledger.slug(identity) is None:
            renamed = [old for old in ledger.keys_with_text(text) if old not in live and ledger.slug(old)]
            if renamed:
                ledger.move(renamed[0], identity, text, today)
        slug = ledger.assign(Wish(identity, agreement_slug(date, issuer, first_party), text), today)
        published, home = ledger.first(slug)
        db.execute(
            "UPDATE agreement SET slug = ?, home = ?, published = ? WHERE id = ?", (slug, home, published, agreement)
        )


def _address_names(
    db: sqlite3.Connection,
    ledger: Ledger,
    today: str,
    decisions: Decisions,
    members: Mapping[str, tuple[str, ...]],
) -> None:
    """Make a section's pages of names: display name and kind by majority, the address by first mention."""
    rows = db.execute(
        f"SELECT m.*, a.text_sha256, coalesce(a.date, '') FROM ({_MENTIONS[ledger.kind]}) AS m "
        "JOIN agreement AS a ON a.id = m.agreement ORDER BY a.path, a.ordinal, m.place"
    )
    pages: dict[str, _Mentions] = {}
    for identity, key, name, kind, _agreement, _place, text, date in rows:
        page = pages.get(identity)
        if page is None:
            page = pages[identity] = _Mentions(identity, key, name, text)
        page.add(name, kind, date)
    joined: dict[str, list[str]] = {}
    for key, identity in decisions.spellings.items():
        joined.setdefault(identity, []).append(key)
    preferred = {decisions.identity(entry.names[0].key): entry.names[0].name for entry in decisions.of("preferred")}
    kinds = {decisions.identity(entry.names[0].key): entry.value for entry in decisions.of("kind")}
    for page in pages.values():
        whole = page.identity.partition("#")[0]
        spellings = joined.get(whole, [whole])
        held = _held_by(spellings, members.get(page.identity))
        key = page.key if page.identity not in members else split_key(page.key, members[page.identity][0])
        slug = ledger.oldest(held) or ledger.assign(Wish(key, name_slug(page.first_name), page.text), today)
        name, kind = preferred.get(whole) or page.name(), kinds.get(whole) or page.kind()
        values = (ledger.kind, page.identity, slug, name, kind, stem(name, kind), sort_key(name, kind))
        db.execute("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", values)


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


def note_changed_texts(db: sqlite3.Connection, ledger: Ledger) -> None:
    """Raise a finding on each agreement whose text is not the one that its address was published with."""
    db.execute("DELETE FROM finding WHERE code = 'SG502'")
    rows = db.execute("SELECT id, path, slug, text_sha256 FROM agreement ORDER BY id").fetchall()
    for agreement, path, slug, text in rows:
        earlier = [other for other in ledger.texts(slug) if other != text]
        if earlier:
            message = (
                f"The text of this agreement was changed after its address was published: from SHA-256 "
                f"{earlier[-1]} to {text}."
            )
            record_finding(db, path, agreement, Finding("SG502", message), None)


def addresses_recorded(db: sqlite3.Connection, content: str) -> frozenset[tuple[str, str]]:
    """Return the addresses (section, slug) of the last build of this content folder."""
    if db.execute("SELECT 1 FROM addressed WHERE content = ?", (content,)).fetchone() is None:
        return frozenset()
    return frozenset(db.execute("SELECT section, slug FROM address"))


def unanswered(db: sqlite3.Connection, content: str, published: frozenset[tuple[str, str]]) -> list[str]:
    """Return the addresses, published earlier, that the ledger of this content folder does not hold any more."""
    db.execute("DELETE FROM addressed")
    db.execute("INSERT INTO addressed VALUES (?)", (content,))
    known = set(db.execute("SELECT section, slug FROM address"))
    return sorted(f"{section}/{slug}" for section, slug in published - known)
