"""Lists of names: what an index says of each, and how much a name is in."""

import sqlite3
from collections.abc import Iterable, Iterator

from sitegen.catalogue.records import AgreementRef, IndexEntry, NameRef

_REF = "a.slug, a.kind, a.title, a.date, a.issuer, a.first_party, a.schedule, a.parties, a.signers, a.copy_of"
_MENTIONED = {
    "parties": ("party", "identity", "agreement"),
    "signers": ("block", "signer_identity", "agreement"),
    "issuers": ("agreement", "issuer_identity", "id"),
}
"""Where the names of a section are mentioned: table, its columns of identity and agreement."""


class _Entry:
    """What an index says of one name, put together of its mentions, newest first."""

    __slots__ = ("_alias", "_blocks", "_refs")

    def __init__(self) -> None:
        self._refs: dict[str, AgreementRef] = {}
        self._blocks: dict[str, int] = {}
        self._alias: str | None = None

    def add(self, ref: AgreementRef, alias: str | None, blocks: int) -> None:
        self._refs.setdefault(ref.slug, ref)
        self._blocks[ref.slug] = self._blocks.get(ref.slug, 0) + blocks
        self._alias = self._alias or alias

    def line(self, name: NameRef, sort: str) -> IndexEntry:
        """Count each agreement once, in however many files it is."""
        refs = [ref for ref in self._refs.values() if ref.copy_of not in self._refs]
        blocks = sum(self._blocks[ref.slug] for ref in refs)
        return IndexEntry(name, sort, self._alias, blocks or len(refs), refs[0], len(refs))


def index_entries(db: sqlite3.Connection, section: str) -> Iterator[tuple[str, IndexEntry]]:
    """Yield what an index says of the names that are asked about (`summaries`), by identity."""
    table, identity, agreement = _MENTIONED[section]
    told = {"parties": "m.alias, 0, m.ordinal", "signers": "NULL, 1, 0", "issuers": "NULL, 0, 0"}[section]
    found: dict[str, _Entry] = {}
    rows = db.execute(
        f"SELECT asked.identity, {told}, {_REF} FROM asked CROSS JOIN {table} AS m ON m.{identity} = asked.identity "
        f"JOIN agreement AS a ON a.id = m.{agreement} ORDER BY a.date IS NULL, a.date DESC, a.slug, 4"
    )
    refs: dict[str, AgreementRef] = {}
    for name, alias, blocks, _, slug, *ref in rows:
        if slug not in refs:
            refs[slug] = AgreementRef(slug, *ref)
        found.setdefault(name, _Entry()).add(refs[slug], alias, blocks)
    for name, sort, *page in db.execute(
        "SELECT identity, sort, section, slug, name, kind FROM asked CROSS JOIN name USING (identity) "
        "WHERE section = ?",
        (section,),
    ):
        yield name, found[name].line(NameRef(*page), sort)


def in_reading_order(entries: Iterable[IndexEntry]) -> tuple[IndexEntry, ...]:
    """Put a section's names in order: people by family name, numerals by value."""
    return tuple(sorted(entries, key=lambda entry: (entry.sort, entry.ref.slug)))


def agreements_with(db: sqlite3.Connection, section: str, slug: str) -> int:
    """Return in how many agreements a name is, each counted once, in however many files it is."""
    table, identity, agreement = _MENTIONED[section]
    (number,) = db.execute(
        f"WITH here AS (SELECT DISTINCT a.slug, a.copy_of FROM {table} AS m "
        f"JOIN agreement AS a ON a.id = m.{agreement} WHERE m.{identity} = ("
        "SELECT identity FROM name WHERE section = ? AND slug = ?)) "
        "SELECT count(*) FROM here WHERE copy_of IS NULL OR copy_of NOT IN (SELECT slug FROM here)",
        (section, slug),
    ).fetchone()
    return int(number)


def frequent(db: sqlite3.Connection, section: str, least: int) -> tuple[str, ...]:
    """Return the addresses of the names that are in more agreements than `least`, in reading order."""
    table, identity, agreement = _MENTIONED[section]
    rows = db.execute(
        f"SELECT slug FROM name WHERE section = ? AND (SELECT count(DISTINCT {agreement}) FROM {table} AS m "
        f"WHERE m.{identity} = name.identity) > ? ORDER BY sort, slug",
        (section, least),
    )
    return tuple(slug for (slug,) in rows.fetchall() if agreements_with(db, section, slug) > least)


def is_chained(db: sqlite3.Connection, section: str, slug: str) -> bool:
    """Say whether a party or signer shares its signature blocks with two names or more."""
    table, column, agreement = _MENTIONED[section]
    row = db.execute(
        "WITH own AS MATERIALIZED (SELECT identity FROM name WHERE section = :section AND slug = :slug), "
        f"here AS (SELECT {agreement} FROM {table} WHERE {column} = (SELECT identity FROM own)), "
        "stood (agreement, block) AS MATERIALIZED ("
        "SELECT agreement, ordinal FROM block WHERE party_identity = (SELECT identity FROM own) AND agreement IN here "
        "UNION SELECT agreement, ordinal FROM block WHERE signer_identity = (SELECT identity FROM own) "
        "AND signer_key IS NOT NULL AND agreement IN here "
        "UNION SELECT agreement, block FROM link WHERE identity = (SELECT identity FROM own) AND agreement IN here) "
        "SELECT count(*) > 2 FROM ("
        "SELECT b.party_identity FROM stood AS s JOIN block AS b ON b.agreement = s.agreement AND b.ordinal = s.block "
        "UNION SELECT b.signer_identity FROM stood AS s "
        "JOIN block AS b ON b.agreement = s.agreement AND b.ordinal = s.block WHERE b.signer_key IS NOT NULL "
        "UNION SELECT l.identity FROM stood AS s JOIN link AS l USING (agreement, block))",
        {"section": section, "slug": slug},
    ).fetchone()
    return bool(row[0])


def chained(db: sqlite3.Connection, section: str) -> frozenset[str]:
    """Return the slugs of the parties or signers that share their signature blocks with two names or more."""
    mentions = {
        "parties": "SELECT DISTINCT agreement, identity FROM party",
        "signers": "SELECT DISTINCT agreement, signer_identity AS identity FROM block WHERE signer_key IS NOT NULL",
    }[section]
    rows = db.execute(
        "WITH stood AS MATERIALIZED ("
        "SELECT agreement, ordinal AS block, party_identity AS identity FROM block "
        "UNION SELECT agreement, ordinal, signer_identity FROM block WHERE signer_key IS NOT NULL "
        f"UNION SELECT agreement, block, identity FROM link), mention AS MATERIALIZED ({mentions}) "
        "SELECT slug FROM name WHERE section = ? AND identity IN ("
        "SELECT mine.identity FROM mention JOIN stood AS mine USING (agreement, identity) "
        "JOIN stood AS other USING (agreement, block) "
        "GROUP BY mine.identity HAVING count(DISTINCT other.identity) > 2)",
        (section,),
    )
    return frozenset(slug for (slug,) in rows)
