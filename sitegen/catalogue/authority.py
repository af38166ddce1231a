"""Which signature blocks concern a party or an issuer; an agreement in two files counts once."""

import sqlite3

import msgspec

_OF_PARTY = """
SELECT a.slug, mine.block FROM (
  SELECT agreement, ordinal AS block FROM block WHERE party_identity = :identity
  UNION SELECT agreement, block FROM link WHERE identity = :identity
) AS mine JOIN agreement AS a ON a.id = mine.agreement
WHERE a.copy_of IS NULL ORDER BY a.date IS NULL, a.date DESC, a.slug, mine.block
"""
_OF_ISSUER = """
SELECT a.slug, b.ordinal FROM agreement AS a JOIN block AS b ON b.agreement = a.id
WHERE a.issuer_identity = :identity AND a.copy_of IS NULL ORDER BY a.date IS NULL, a.date DESC, a.slug, b.ordinal
"""
_SEVERAL = """
SELECT n.slug FROM (
  SELECT agreement, ordinal AS block, party_identity AS identity FROM block
  UNION SELECT agreement, block, identity FROM link
) AS mine JOIN name AS n ON n.section = 'parties' AND n.identity = mine.identity
JOIN agreement AS a ON a.id = mine.agreement WHERE a.copy_of IS NULL
GROUP BY n.slug HAVING count(*) > 1 ORDER BY n.sort, n.slug
"""
_SIGNED = """
SELECT n.slug FROM name AS n WHERE n.section = 'issuers' AND EXISTS (
  SELECT 1 FROM agreement AS a JOIN block AS b ON b.agreement = a.id
  WHERE a.issuer_identity = n.identity AND a.copy_of IS NULL)
ORDER BY n.sort, n.slug
"""


class BlockRef(msgspec.Struct, frozen=True):
    """A signature block."""

    agreement: str
    """Slug."""
    block: int
    """Index in the agreement's blocks."""


def blocks_of_party(db: sqlite3.Connection, identity: str) -> tuple[BlockRef, ...]:
    """Return the blocks that sign for a party or print it on a "By:" line, newest agreement first."""
    return _blocks(db, _OF_PARTY, identity)


def blocks_of_issuer(db: sqlite3.Connection, identity: str) -> tuple[BlockRef, ...]:
    """Return the blocks of the agreements about an issuer, newest first; an agreement in two files counts once."""
    return _blocks(db, _OF_ISSUER, identity)


def _blocks(db: sqlite3.Connection, query: str, identity: str) -> tuple[BlockRef, ...]:
    return tuple(BlockRef(*row) for row in db.execute(query, {"identity": identity}))


def with_authority(db: sqlite3.Connection, section: str) -> tuple[str, ...]:
    """Return the slugs of the parties that two blocks or more concern, or of the issuers with any block."""
    return tuple(slug for (slug,) in db.execute({"parties": _SEVERAL, "issuers": _SIGNED}[section]))
