"""Published addresses that have no page of their own any more, and the pages that answer for them now."""

import sqlite3
from collections.abc import Callable

from sitegen.catalogue.records import NameRef, Withdrawn

Named = Callable[[str, str], NameRef | None]
"""The page of a section's identity."""
Meant = Callable[[str, str, str], NameRef]
"""The page of a section's identity, and the person whom it means in an agreement."""

_GONE = (
    "NOT EXISTS (SELECT 1 FROM name AS n WHERE n.section = d.section AND n.slug = d.slug) "
    "AND NOT EXISTS (SELECT 1 FROM agreement AS a WHERE d.section = 'agreements' AND a.slug = d.slug)"
)
"""Of an address: that it has no page of its own."""


def withdrawn_addresses(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return section and slug of all published addresses without a page of their own, in order."""
    return db.execute(f"SELECT DISTINCT section, slug FROM address AS d WHERE {_GONE} ORDER BY 1, 2").fetchall()


def keys_held(db: sqlite3.Connection, section: str, slug: str) -> list[tuple[str, str | None]]:
    """Return the keys that such an address answered for, and its text; nothing for an address with a page."""
    query = f"SELECT key, text FROM address AS d WHERE section = ? AND slug = ? AND {_GONE} ORDER BY key"
    return db.execute(query, (section, slug)).fetchall()


def gone(db: sqlite3.Connection, section: str, slug: str, named: Named, meant: Meant) -> Withdrawn:
    """Return what answers for one published address without a page. Raises `KeyError` for any other."""
    rows = keys_held(db, section, slug)
    if not rows:
        raise KeyError(f"{section}/{slug}")
    held = [key for key, _ in rows]
    targets = _same_text(db, rows[0][1]) if section == "agreements" else _now(db, section, held, named, meant)
    return Withdrawn(section, slug, min(held), targets)


def _same_text(db: sqlite3.Connection, text: str | None) -> tuple[NameRef, ...]:
    """Return the dossiers of a text whose exhibit was removed and stored elsewhere."""
    query = "SELECT slug, coalesce(issuer, first_party, title, path) FROM agreement WHERE text_sha256 = ? ORDER BY 1"
    return tuple(NameRef("agreements", slug, name, "agreement") for slug, name in db.execute(query, (text,)))


def _now(db: sqlite3.Connection, section: str, keys: list[str], named: Named, meant: Meant) -> tuple[NameRef, ...]:
    """Return the pages of all mentions that an address of a name answered for."""
    table, printed, identity, home = {
        "parties": ("party", "key", "identity", "agreement"),
        "signers": ("block", "signer_key", "signer_identity", "agreement"),
        "issuers": ("agreement", "issuer_key", "issuer_identity", "id"),
    }[section]
    refs: dict[NameRef, None] = {}
    for key_held in keys:
        name, _, agreement = key_held.partition("#")
        rows = db.execute(
            f"SELECT DISTINCT m.{identity}, a.slug FROM {table} AS m JOIN agreement AS a ON a.id = m.{home} "
            f"WHERE m.{printed} = ? AND ? IN ('', a.slug)",
            (name, agreement),
        ).fetchall()
        if agreement:
            refs.update((meant(section, one, slug), None) for one, slug in rows)
            continue
        joined = db.execute("SELECT identity FROM spelling WHERE key = ?", (name,))
        known = [named(section, one) for one, *_ in (*rows, *joined)]
        refs.update((ref, None) for ref in known if ref is not None)
    return tuple(sorted(refs, key=lambda ref: (ref.slug, ref.person or "")))
