"""Which page a person means by a name, a short name or an address."""

import sqlite3

import msgspec

from sitegen.catalogue.records import NameRef
from sitegen.model.name import key

_NAMES = """
SELECT section, slug, name, kind, identity AS key, (
    SELECT alias FROM party WHERE party.identity = name.identity AND section = 'parties' AND alias IS NOT NULL LIMIT 1
  ) AS short FROM name
"""
_AGREEMENTS = """
SELECT 'agreements' AS section, slug, coalesce(issuer, first_party, path) || coalesce(', ' || date, '') AS name, kind,
  accession AS key, path AS short
  FROM agreement
"""
_SECTIONS = ("agreements", "parties", "signers", "issuers")
_MATCHES = (
    "slug = :slug AND section IN (SELECT value FROM json_each(:sections))",
    (
        "key IN (SELECT :key UNION SELECT identity FROM spelling WHERE key = :key) OR key = :words "
        "OR key >= :key || '#' AND key < :key || '$'"
    ),
    "short = :words COLLATE NOCASE OR name = :words COLLATE NOCASE",
    "name LIKE :likely ESCAPE '\\' OR short LIKE :likely ESCAPE '\\'",
)
"""Ways to match a name, the exact ones first."""


def matches(db: sqlite3.Connection, words: str) -> tuple[NameRef, ...]:
    """Return the pages that a name, short name or address means; the nearest kind of match alone, all of it."""
    section, _, slug = words.strip().strip("/").rpartition("/")
    likely = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    sections = msgspec.json.encode([section] if section else _SECTIONS).decode()
    values = {"sections": sections, "slug": slug, "key": str(key(words)), "words": words.strip(), "likely": likely}
    for condition in _MATCHES:
        # Each asked by itself: of both together SQLite would make the whole list before it looks for one.
        both = (f"SELECT section, slug, name, kind FROM ({one}) WHERE {condition}" for one in (_NAMES, _AGREEMENTS))
        query = f"{' UNION ALL '.join(both)} ORDER BY 1, 2"
        if rows := db.execute(query, values).fetchall():
            return tuple(NameRef(*row) for row in rows)
    return ()
