"""What pages of the whole site gather from all names, kept name by name: a change costs the names that it touches.

Each kind of summary is found of the names that are asked about (a temporary table, `asked`), few or all, so that what
is kept and what is found anew cannot differ.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from sitegen.catalogue.bridges import Between, between_issuers
from sitegen.catalogue.differences import Statement, statements_by_company
from sitegen.catalogue.listing import index_entries
from sitegen.catalogue.records import IndexEntry
from sitegen.catalogue.signatories import Signatory, wide_signers

KEPT = "summaries"
"""Among what was made: that the table holds the summaries of all names."""

Finding = Callable[[sqlite3.Connection], Iterable[tuple[str, Any]]]
"""Finds the summaries of the names in `asked`: identity and value, of those of which there is anything to say."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of summary."""

    name: str
    find: Finding
    decoder: msgspec.json.Decoder[Any]


def _index(section: str) -> Kind:
    return Kind(section, lambda db: index_entries(db, section), msgspec.json.Decoder(IndexEntry))


INDEX = {section: _index(section) for section in ("parties", "signers", "issuers")}
BETWEEN = Kind("bridges", between_issuers, msgspec.json.Decoder(Between))
SIGNATORIES = Kind("signatories", wide_signers, msgspec.json.Decoder(tuple[Signatory, ...]))
DIFFERENCES = Kind("differences", statements_by_company, msgspec.json.Decoder(tuple[Statement, ...]))
_KINDS = (*INDEX.values(), BETWEEN, SIGNATORIES, DIFFERENCES)

_AT_ONCE = 1000
"""Names whose summaries are found together: what they are in is in memory meanwhile."""
_TOUCHED = """
SELECT key FROM touched WHERE subject = 'identity'
UNION SELECT n.identity FROM touched JOIN name AS n ON n.section = subject AND n.slug = key
WHERE subject IN ('parties', 'signers', 'issuers')
"""
_ALL = """
SELECT identity FROM name UNION SELECT identity FROM party UNION SELECT identity FROM link
UNION SELECT signer_identity FROM block WHERE signer_identity IS NOT NULL
"""


def names_touched(db: sqlite3.Connection) -> list[str]:
    """Return the identities of which something else may be told than before."""
    return [identity for (identity,) in db.execute(_TOUCHED)]


def keep(db: sqlite3.Connection, identities: Iterable[str] | None) -> None:
    """Bring the summaries up to date, of these names or of all."""
    if identities is None:
        db.execute("DELETE FROM summary")
    names = [name for (name,) in db.execute(_ALL)] if identities is None else list(identities)
    for start in range(0, len(names), _AT_ONCE):
        _ask(db, names[start : start + _AT_ONCE])
        db.execute("DELETE FROM summary WHERE identity IN (SELECT identity FROM asked)")
        for kind in _KINDS:
            db.executemany(
                "INSERT INTO summary VALUES (?, ?, ?)",
                ((kind.name, identity, msgspec.json.encode(value).decode()) for identity, value in kind.find(db)),
            )


def summaries(db: sqlite3.Connection, kind: Kind) -> Iterator[Any]:
    """Yield the summaries of all names, in order of identity: as a build keeps them, else found now."""
    if db.execute("SELECT 1 FROM made WHERE kind = ?", (KEPT,)).fetchone():
        rows = db.execute("SELECT data FROM summary WHERE kind = ? ORDER BY identity", (kind.name,))
        yield from (kind.decoder.decode(data) for (data,) in rows)
        return
    _ask(db, None)
    yield from (value for _, value in sorted(kind.find(db), key=lambda found: found[0]))


def _ask(db: sqlite3.Connection, identities: Iterable[str] | None) -> None:
    db.execute("CREATE TEMP TABLE IF NOT EXISTS asked (identity TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM asked")
    if identities is None:
        db.execute(f"INSERT INTO asked {_ALL}")
    else:
        db.executemany("INSERT OR IGNORE INTO asked VALUES (?)", ((identity,) for identity in identities))
