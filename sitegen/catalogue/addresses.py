"""Agreements and names to addresses: from the ledger or new, in an order that content alone decides."""

import sqlite3
from collections.abc import Mapping

import msgspec

from sitegen.catalogue.copies import note_copies
from sitegen.catalogue.identities import decide, note_ciks
from sitegen.catalogue.kept import keep_lines
from sitegen.catalogue.names import SECTIONS, name_identities, scope_of
from sitegen.catalogue.people import note_persons
from sitegen.catalogue.proposed import propose
from sitegen.catalogue.record import replace_findings
from sitegen.identity.decisions import Decisions
from sitegen.identity.ledger import Ledger, Wish
from sitegen.identity.slug import agreement_slug


def give_addresses(
    db: sqlite3.Connection,
    ledgers: Mapping[str, Ledger],
    today: str,
    decisions: Decisions | None = None,
    *,
    whole: bool = True,
) -> None:
    """Give every mention its identity and every identity its address, and say what all documents say together.

    Without `whole` only what was touched is looked at anew: right when the ledger is as it was the last time; pairs of
    near names, which compare all names, are left to `propose`. Raises
    `DecisionError` when a decision names what the site never had; nothing is given out then.
    """
    made = decisions or Decisions()
    _address_agreements(db, ledgers["agreements"], today, whole=whole)
    members = decide(db, made, ledgers)
    scope_of(db, whole=whole)
    for section in SECTIONS:
        name_identities(db, ledgers[section], today, made, members)
    for kind, ledger in ledgers.items():
        _keep_addresses(db, kind, ledger, whole=whole)
        keep_lines(db, ledger, whole=whole)
    note_persons(db, made)
    note_ciks(db)
    note_copies(db)
    note_changed_texts(db, ledgers["agreements"], whole=whole)
    if whole:
        propose(db)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_TOUCHED = "slug IN (SELECT key FROM touched WHERE subject = 'agreements')"


def _address_agreements(db: sqlite3.Connection, ledger: Ledger, today: str, *, whole: bool) -> None:
    among = "" if whole else "WHERE slug IS NULL"
    rows = db.execute(
        "SELECT id, key, date, issuer, first_party, text_sha256, slug, home, published "
        f"FROM agreement {among} ORDER BY path, ordinal"
    ).fetchall()
    changed: list[tuple[str, str, int, int]] = []
    for agreement, identity, date, issuer, first_party, text, *old in rows:
        if ledger.slug(identity) is None:
            renamed = [
                key
                for key in ledger.keys_with_text(text)
                if ledger.slug(key) and not db.execute("SELECT 1 FROM agreement WHERE key = ?", (key,)).fetchone()
            ]
            if renamed:
                ledger.move(renamed[0], identity, text, today)
        slug = ledger.assign(Wish(identity, agreement_slug(date, issuer, first_party), text), today)
        published, home = ledger.first(slug)
        if [slug, home, published] != old:
            changed.append((slug, home, published, agreement))
    # Addresses may go from one to another: first they are free, then they are given.
    db.executemany("UPDATE agreement SET slug = NULL WHERE id = ? AND slug IS NOT NULL", [row[3:] for row in changed])
    db.executemany("UPDATE agreement SET slug = ?, home = ?, published = ? WHERE id = ?", changed)


def _keep_addresses(db: sqlite3.Connection, kind: str, ledger: Ledger, *, whole: bool) -> None:
    """Bring the published addresses of a section up to date with the ledger."""
    slugs = set(ledger.addresses()) if whole else {row.slug for row in ledger.new_rows}
    held = {(slug, key, next(reversed(ledger.texts(slug)), None)) for slug in slugs for key in ledger.held(slug)}
    among, of = ("", ()) if whole else ("AND slug IN (SELECT value FROM json_each(?))", (_json(sorted(slugs)),))
    found = set(db.execute(f"SELECT slug, key, text FROM address WHERE section = ? {among}", (kind, *of)))
    db.executemany(
        "DELETE FROM address WHERE section = ? AND slug = ? AND key = ?", [(kind, *r[:2]) for r in found - held]
    )
    db.executemany("INSERT INTO address VALUES (?, ?, ?, ?)", [(kind, *row) for row in sorted(held - found)])


def note_changed_texts(db: sqlite3.Connection, ledger: Ledger, *, whole: bool = True) -> None:
    """Raise a finding on each agreement whose text is not the one that its address was published with."""
    among = "" if whole else f"WHERE {_TOUCHED}"
    rows = db.execute(f"SELECT id, slug, text_sha256 FROM agreement {among} ORDER BY slug").fetchall()
    changed = []
    for agreement, slug, text in rows:
        earlier = [other for other in ledger.texts(slug) if other != text]
        if earlier:
            message = (
                f"The text of this agreement was changed after its address was published: from SHA-256 "
                f"{earlier[-1]} to {text}."
            )
            changed.append((agreement, message))
    replace_findings(db, "SG502", None if whole else [row[0] for row in rows], changed)


def addresses_recorded(db: sqlite3.Connection, content: str) -> frozenset[tuple[str, str]]:
    """Return the addresses (section, slug) of the last build of this content folder."""
    if db.execute("SELECT 1 FROM addressed WHERE content = ?", (content,)).fetchone() is None:
        return frozenset()
    return frozenset(db.execute("SELECT section, slug FROM address"))


def unanswered(db: sqlite3.Connection, published: frozenset[tuple[str, str]]) -> list[str]:
    """Return the addresses, published earlier, that the ledger does not hold any more."""
    known = set(db.execute("SELECT section, slug FROM address")) if published else set()
    return sorted(f"{section}/{slug}" for section, slug in published - known)


def is_ledger_known(db: sqlite3.Connection, content: str, hashes: Mapping[str, str]) -> bool:
    """Say whether the catalogue was made with the ledger of this content folder as it is now."""
    if db.execute("SELECT 1 FROM addressed WHERE content = ?", (content,)).fetchone() is None:
        return False
    return dict(db.execute("SELECT section, sha256 FROM ledger")) == hashes


def keep_ledger(db: sqlite3.Connection, content: str, hashes: Mapping[str, str]) -> None:
    """Remember the ledger that the catalogue was made with."""
    db.execute("DELETE FROM addressed")
    db.execute("INSERT INTO addressed VALUES (?)", (content,))
    db.execute("DELETE FROM ledger")
    db.executemany("INSERT INTO ledger VALUES (?, ?)", hashes.items())
