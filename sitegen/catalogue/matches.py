"""Which page a person means by a name, a short name or an address."""

import sqlite3

from sitegen.catalogue.records import NameRef
from sitegen.model.name import key

_FINDABLE = """
SELECT section, slug, name, kind, identity AS key, (
    SELECT alias FROM party WHERE party.identity = name.identity AND section = 'parties' AND alias IS NOT NULL LIMIT 1
  ) AS short FROM name
UNION ALL
SELECT 'agreements', slug, coalesce(issuer, first_party, path) || coalesce(', ' || date, ''), kind, accession, path
  FROM agreement
"""
_MATCHES = (
    "slug = :slug AND :section IN ('', section)",
    (
        "key IN (SELECT :key UNION SELECT identity FROM spelling WHERE key = :key) OR key = :words "
        "OR substr(key, 1, length(:key) + 1) = :key || '#'"
    ),
    "short = :words COLLATE NOCASE OR name = :words COLLATE NOCASE",
    "name LIKE :likely ESCAPE '\\' OR short LIKE :likely ESCAPE '\\'",
)
"""Ways to match a name, the exact ones first."""


def matches(db: sqlite3.Connection, words: str) -> tuple[NameRef, ...]:
    """Return the pages that a name, short name or address means; the nearest kind of match alone, all of it."""
    section, _, slug = words.strip().strip("/").rpartition("/")
    likely = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    values = {"section": section, "slug": slug, "key": str(key(words)), "words": words.strip(), "likely": likely}
    for condition in _MATCHES:
        query = f"SELECT section, slug, name, kind FROM ({_FINDABLE}) WHERE {condition} ORDER BY section, slug"
        if rows := db.execute(query, values).fetchall():
            return tuple(NameRef(*row) for row in rows)
    return ()
