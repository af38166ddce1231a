"""The persons behind one printed name, from all agreements that print it."""

import sqlite3

from sitegen.identity.persons import Mention, anchor, group

_TIES = """
SELECT a.slug, a.key, CASE b.party_kind WHEN 'entity' THEN b.party_key END
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement WHERE b.signer_key = :name
UNION ALL
SELECT a.slug, a.key, l.key
  FROM block AS b JOIN agreement AS a ON a.id = b.agreement
  JOIN link AS l ON l.agreement = b.agreement AND l.block = b.ordinal WHERE b.signer_key = :name
UNION ALL
SELECT a.slug, a.key, 'cik ' || p.cik
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement WHERE p.key = :name AND p.kind = 'person'
UNION ALL
SELECT a.slug, a.key, o.key
  FROM party AS p JOIN agreement AS a ON a.id = p.agreement
  JOIN party AS o ON o.agreement = p.agreement AND o.kind = 'entity' WHERE p.key = :name AND p.kind = 'person'
"""
"""Per mention: the companies that the person signs for or is a co-party with, and any CIK; NULL ties to nothing."""


def persons_named(db: sqlite3.Connection, name_key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the persons of a printed name: each one's anchor, and the slugs of the agreements that name it."""
    ties: dict[tuple[str, str], set[str]] = {}
    for slug, agreement, tie in db.execute(_TIES, {"name": name_key}):
        ties.setdefault((agreement, slug), set()).update([tie] if tie else ())
    homes = sorted(ties)
    groups = group([Mention(home[0], frozenset(ties[home])) for home in homes])
    return tuple((anchor(homes[members[0]][0]), tuple(homes[index][1] for index in members)) for members in groups)
